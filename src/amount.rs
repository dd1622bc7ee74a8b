//! Exact amounts and rounding modes.

use std::fmt;

use crate::exact::{decimal_text, fraction, product};
use crate::text::{Written, written};

/// Which way a figure goes that falls between two steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Rounding {
    /// To the next step above: every started minute counts.
    Up,
    /// To the step below.
    Down,
    /// To the nearest step, up from the middle.
    HalfUp,
}

impl Rounding {
    pub(crate) const NAMES: [&'static str; 3] = ["up", "down", "halfUp"];

    /// The mode of a name as a card writes it.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "up" => Some(Self::Up),
            "down" => Some(Self::Down),
            "halfUp" => Some(Self::HalfUp),
            _ => None,
        }
    }

    /// As it is written in a card.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::HalfUp => "halfUp",
        }
    }

    /// `value / unit` as a whole number of units.
    pub(crate) fn units(self, value: u128, unit: u128) -> u128 {
        let whole = value.checked_div(unit).unwrap_or(0);
        let rest = value.wrapping_sub(whole.wrapping_mul(unit));
        let up = match self {
            Self::Up => rest > 0,
            Self::Down => false,
            Self::HalfUp => rest >= unit.wrapping_sub(rest),
        };
        whole.wrapping_add(u128::from(up))
    }
}

/// An exact decimal amount of a balance, as shown: `10.67` is 1067 units at 2 decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Amount {
    units: i64,
    decimals: u8,
}

impl Amount {
    pub(crate) const fn new(units: i64, decimals: u8) -> Self {
        Self { units, decimals }
    }

    /// The amount in units of its last decimal: 1067 for `10.67`.
    #[must_use]
    pub const fn units(self) -> i64 {
        self.units
    }

    /// How many decimals a unit is: 2 for hundredths.
    #[must_use]
    pub const fn decimals(self) -> u8 {
        self.decimals
    }
}

impl fmt::Display for Amount {
    /// All of the balance's decimals: `10.00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = decimal_text(self.units.unsigned_abs().into(), self.decimals.into());
        f.pad_integral(self.units >= 0, "", &text)
    }
}

impl Written for Amount {
    fn write(&self, text: &mut String) {
        if self.units < 0 {
            text.push('-');
        }
        text.push_str(&decimal_text(
            self.units.unsigned_abs().into(),
            self.decimals.into(),
        ));
    }
}

impl serde::Serialize for Amount {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_number(
            self.units < 0,
            self.units.unsigned_abs().into(),
            10_u128.saturating_pow(self.decimals.into()),
            serializer,
        )
    }
}

/// An exact number: a quantity in the unit of its input (seconds for a duration), or an amount that is not rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Quantity {
    numerator: u128,
    denominator: u128,
}

impl Quantity {
    /// `denominator` is never 0.
    // Its divisions are long code: once is enough.
    #[inline(never)]
    pub(crate) fn new(numerator: u128, denominator: u128) -> Self {
        let (numerator, denominator) = crate::exact::lowest_terms(numerator, denominator);
        Self {
            numerator,
            denominator,
        }
    }

    pub(crate) const fn whole(number: u128) -> Self {
        Self {
            numerator: number,
            denominator: 1,
        }
    }

    /// `None` where the product is too large to hold, which no figure of a card is.
    pub(crate) fn times(self, other: Self) -> Option<Self> {
        let one = Self::new(self.numerator, other.denominator);
        let two = Self::new(other.numerator, self.denominator);
        Some(Self {
            numerator: product(one.numerator, two.numerator)?,
            denominator: product(one.denominator, two.denominator)?,
        })
    }

    /// In units of `1 / scale`, rounded half up. `None` where that is too large to hold.
    pub(crate) fn nearest(self, scale: u128) -> Option<u128> {
        let scaled = product(self.numerator, scale)?;
        Some(Rounding::HalfUp.units(scaled, self.denominator))
    }

    /// The number above the line, in lowest terms.
    #[must_use]
    pub const fn numerator(self) -> u128 {
        self.numerator
    }

    /// The number below the line, never 0: 1 for whole seconds, 1000 for odd milliseconds.
    #[must_use]
    pub const fn denominator(self) -> u128 {
        self.denominator
    }
}

impl From<crate::exact::Ratio> for Quantity {
    fn from(ratio: crate::exact::Ratio) -> Self {
        Self::new(ratio.numerator().into(), ratio.denominator().into())
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&written(self))
    }
}

impl Written for Quantity {
    fn write(&self, text: &mut String) {
        for decimals in 0..=18_u32 {
            let unit = 10_u128.saturating_pow(decimals);
            if unit.checked_rem(self.denominator) == Some(0)
                && let Some(units) = unit
                    .checked_div(self.denominator)
                    .and_then(|u| product(u, self.numerator))
            {
                return text.push_str(&decimal_text(units, decimals));
            }
        }
        text.push_str(&fraction(self.numerator, self.denominator));
    }
}

impl serde::Serialize for Quantity {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_number(false, self.numerator, self.denominator, serializer)
    }
}

/// A whole number as an integer, any other as the double nearest to it.
fn serialize_number<S: serde::Serializer>(
    negative: bool,
    numerator: u128,
    denominator: u128,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    // JavaScript has doubles alone.
    if cfg!(not(target_arch = "wasm32"))
        && numerator.checked_rem(denominator) == Some(0)
        && let Some(whole) = numerator
            .checked_div(denominator)
            .and_then(|whole| i64::try_from(whole).ok())
    {
        return serializer.serialize_i64(if negative {
            whole.saturating_neg()
        } else {
            whole
        });
    }
    let double = nearest_double(numerator, denominator);
    serializer.serialize_f64(double.copysign(if negative { -1.0 } else { 1.0 }))
}

/// The double nearest to `numerator / denominator`, which is never 0.
#[expect(
    clippy::as_conversions,
    clippy::float_arithmetic,
    reason = "whole numbers that doubles hold exactly are divided once; any other quotient is rounded once, by `as`"
)]
pub(crate) fn nearest_double(numerator: u128, denominator: u128) -> f64 {
    const EXACT: u128 = 1 << 53;
    if numerator <= EXACT && denominator <= EXACT {
        return numerator as f64 / denominator as f64;
    }
    let mut bits = numerator.checked_div(denominator).unwrap_or(0);
    let mut rest = numerator.checked_rem(denominator).unwrap_or(0);
    let mut scale = 1.0;
    // Binary digits behind the point, until there are more than a double takes.
    while rest != 0 && bits < 1 << 62 {
        let missing = denominator.wrapping_sub(rest);
        let digit = rest >= missing;
        rest = match digit {
            true => rest.wrapping_sub(missing),
            false => rest.wrapping_mul(2),
        };
        bits = bits.wrapping_mul(2) | u128::from(digit);
        scale /= 2.0;
    }
    // What is still left decides between two halves.
    (bits | u128::from(rest != 0)) as f64 * scale
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_double_is_the_nearest() {
        let exact = |text: &str| text.parse::<f64>().unwrap();
        for (numerator, denominator, nearest) in [
            (72_086_914_206_770_827, 1000, "72086914206770.827"),
            (5_327_353_383_727_556_000, 1000, "5327353383727556"),
            (1_504_797_283_799_713_332, 1_000_000, "1504797283799.713332"),
            (100_000_499_999_999_999, 1000, "100000499999999.999"),
            (
                208_420_552_477_010_600_001,
                1_000_000_000,
                "208420552477.010600001",
            ),
            (1, 3 << 100, "2.629536350736706e-31"),
            ((1 << 53) + 1, 1, "9007199254740992"),
            ((1 << 53) + 3, 1, "9007199254740996"),
            ((1 << 55) + 2, 4, "9007199254740992.5"),
            ((1 << 55) + 3, 4, "9007199254740992.75"),
            (u128::MAX, 7, "48611766702991209066196372490252601636.4"),
            (u128::MAX, u128::MAX - 1, "1"),
            (1, u128::MAX, "2.938735877055719e-39"),
        ] {
            assert_eq!(
                nearest_double(numerator, denominator),
                exact(nearest),
                "{numerator} / {denominator}"
            );
        }
    }

    #[test]
    fn rounding_modes() {
        use Rounding::{Down, HalfUp, Up};
        let cases = [
            (Up, 0, 0),
            (Up, 1, 1),
            (Up, 60, 1),
            (Up, 61, 2),
            (Down, 59, 0),
            (Down, 60, 1),
            (HalfUp, 29, 0),
            (HalfUp, 30, 1),
            (HalfUp, 89, 1),
            (HalfUp, 90, 2),
        ];
        for (mode, value, units) in cases {
            assert_eq!(mode.units(value, 60), units, "{mode:?} {value}");
        }
    }

    #[test]
    fn amounts_show_all_their_decimals() {
        for (units, decimals, text) in [
            (1067, 2, "10.67"),
            (1000, 2, "10.00"),
            (7, 2, "0.07"),
            (-1, 2, "-0.01"),
            (3, 0, "3"),
        ] {
            assert_eq!(Amount::new(units, decimals).to_string(), text);
        }
    }

    #[test]
    fn quantities_show_what_they_are() {
        for (n, d, text) in [(210_000, 1000, "210"), (2500, 1000, "2.5"), (1, 3, "1/3")] {
            assert_eq!(Quantity::new(n, d).to_string(), text);
        }
    }
}
