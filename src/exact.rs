//! Exact numbers: decimals as they are written, fractions as a card means them.

use std::{cmp::Ordering, fmt};

use crate::{
    amount::Quantity,
    text::{Written, digits, joined, split, written},
};

/// Digits beyond this are refused: so many, times any denominator of a card, still fit an integer.
const MAX_DIGITS: u32 = 22;

/// A fraction with more decimals than this is shown as a fraction.
const MAX_DECIMALS: u32 = 18;

fn power(exponent: u32) -> u128 {
    10_u128.saturating_pow(exponent)
}

/// A decimal number as written: `digits * 10^exponent`, without trailing zeros in `digits`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Decimal {
    pub(crate) negative: bool,
    pub(crate) digits: u128,
    pub(crate) exponent: i32,
}

/// Why a text is no number that can be held exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// Not a number at all.
    NotANumber,
    /// More digits than are kept.
    TooLong,
}

impl Decimal {
    /// Reads what JSON and JavaScript print: `-12.5`, `1e-7`, `1e+21`.
    pub(crate) fn parse(text: &str) -> Result<Self, Unreadable> {
        let (negative, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let mut digits: u128 = 0;
        let mut zeros: u32 = 0;
        let mut exponent: i64 = 0;
        let mut significant: u32 = 0;
        let mut point = false;
        // Whether a digit came last: a point has one on both its sides.
        let mut after_digit = false;
        let mut bytes = rest.as_bytes().iter();
        while let Some(&byte) = bytes.next() {
            match byte {
                b'0'..=b'9' => {
                    after_digit = true;
                    exponent = exponent.saturating_sub(i64::from(point));
                    if byte == b'0' {
                        zeros = zeros.saturating_add(1);
                        continue;
                    }
                    let shift = match digits {
                        0 => 1,
                        _ => zeros.saturating_add(1),
                    };
                    zeros = 0;
                    significant = significant.saturating_add(shift);
                    if significant > MAX_DIGITS {
                        return Err(Unreadable::TooLong);
                    }
                    digits = digits
                        .wrapping_mul(power(shift))
                        .wrapping_add(u128::from(byte.wrapping_sub(b'0')));
                }
                b'.' if after_digit && !point => {
                    point = true;
                    after_digit = false;
                }
                b'e' | b'E' if after_digit => {
                    exponent = exponent.saturating_add(parse_exponent(bytes.as_slice())?);
                    break;
                }
                _ => return Err(Unreadable::NotANumber),
            }
        }
        if !after_digit {
            return Err(Unreadable::NotANumber);
        }
        if digits == 0 {
            return Ok(Self {
                negative: false,
                digits: 0,
                exponent: 0,
            });
        }
        exponent = exponent.saturating_add(i64::from(zeros));
        Ok(Self {
            negative,
            digits,
            exponent: i32::try_from(exponent).map_err(|_| Unreadable::TooLong)?,
        })
    }

    /// A fraction as the decimal it is; `None` where it has none that can be held.
    pub(crate) fn of(ratio: Ratio) -> Option<Self> {
        for decimals in 0..=MAX_DECIMALS {
            if let Some(digits) = ratio.scaled(power(decimals)) {
                let fits = digits < power(MAX_DIGITS);
                return fits.then_some(Self {
                    negative: false,
                    digits,
                    exponent: i32::try_from(decimals).ok()?.checked_neg()?,
                });
            }
        }
        None
    }

    /// This number times `factor`, rounded half up to a whole one. `None` if it is too large to hold.
    pub(crate) fn times_rounded(self, factor: u32) -> Option<u128> {
        let digits = product(self.digits, factor.into())?;
        match u32::try_from(self.exponent) {
            Ok(up) => product(digits, 10_u128.checked_pow(up)?),
            Err(_) => {
                let Some(unit) = 10_u128.checked_pow(self.exponent.unsigned_abs()) else {
                    return Some(0);
                };
                let whole = digits.checked_div(unit)?;
                let rest = digits.checked_rem(unit)?;
                let up = rest >= unit.checked_sub(rest)?;
                whole.checked_add(u128::from(up))
            }
        }
    }

    /// The size of this number, without its sign, against a fraction of at most 15 digits above and below.
    pub(crate) fn compare(self, ratio: Ratio) -> Ordering {
        let left = product(self.digits, ratio.denominator.into());
        let right = Some(u128::from(ratio.numerator));
        let power = 10_u128.checked_pow(self.exponent.unsigned_abs());
        let times_power = |side: Option<u128>| side.zip(power).and_then(|(s, p)| product(s, p));
        let (left, right) = if self.exponent < 0 {
            (left, times_power(right))
        } else {
            (times_power(left), right)
        };
        match (left, right) {
            (Some(left), Some(right)) => left.cmp(&right),
            // What does not fit is the larger side, unless there is nothing to multiply.
            (None, _) if self.digits == 0 => 0.cmp(&ratio.numerator),
            (None, _) => Ordering::Greater,
            (_, None) if ratio.numerator == 0 => self.digits.cmp(&0),
            (_, None) => Ordering::Less,
        }
    }

    /// How many times `step` goes into this number.
    pub(crate) fn in_steps(self, step: Ratio) -> Steps {
        let Some(scaled) = product(self.digits, step.denominator.into()) else {
            return Steps::TooMany;
        };
        let divisor = u128::from(step.numerator);
        let (dividend, divisor) = match u32::try_from(self.exponent) {
            Ok(up) => match 10_u128.checked_pow(up).and_then(|p| product(scaled, p)) {
                Some(dividend) => (dividend, divisor),
                None => return Steps::TooMany,
            },
            // More decimals than the divisor can hold: never a whole number of steps.
            Err(_) => match 10_u128
                .checked_pow(self.exponent.unsigned_abs())
                .and_then(|p| product(divisor, p))
            {
                Some(divisor) => (scaled, divisor),
                None => return Steps::Off,
            },
        };
        match (dividend.checked_rem(divisor), dividend.checked_div(divisor)) {
            (Some(0), Some(steps)) => Steps::Whole(steps),
            _ => Steps::Off,
        }
    }
}

/// What dividing a number by its step gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Steps {
    Whole(u128),
    Off,
    TooMany,
}

fn parse_exponent(text: &[u8]) -> Result<i64, Unreadable> {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] => (false, digits),
        digits => (false, digits),
    };
    let mut size: Option<i64> = Some(0);
    for byte in digits {
        let digit = match byte {
            b'0'..=b'9' => i64::from(byte.wrapping_sub(b'0')),
            _ => return Err(Unreadable::NotANumber),
        };
        size = size.and_then(|size| size.checked_mul(10)?.checked_add(digit));
    }
    match size {
        _ if digits.is_empty() => Err(Unreadable::NotANumber),
        Some(size) if negative => Ok(size.saturating_neg()),
        Some(size) => Ok(size),
        None => Err(Unreadable::TooLong),
    }
}

/// A non-negative fraction in lowest terms.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ratio {
    numerator: u64,
    denominator: u64,
}

impl Ratio {
    /// 0.
    pub const ZERO: Self = Self {
        numerator: 0,
        denominator: 1,
    };
    /// 1.
    pub const ONE: Self = Self {
        numerator: 1,
        denominator: 1,
    };

    /// For constants that are in lowest terms as written.
    pub(crate) const fn of(numerator: u64, denominator: u64) -> Self {
        Self {
            numerator,
            denominator,
        }
    }

    /// `numerator / denominator` in lowest terms; `None` for a denominator of 0.
    #[must_use]
    pub fn new(numerator: u64, denominator: u64) -> Option<Self> {
        let divisor = gcd(numerator.into(), denominator.into());
        let divisor = u64::try_from(divisor).ok()?;
        Some(Self {
            numerator: numerator.checked_div(divisor)?,
            denominator: match denominator.checked_div(divisor)? {
                0 => return None,
                denominator => denominator,
            },
        })
    }

    /// Reads a decimal or a fraction: `0.2`, `1/9`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match split(text, b'/') {
            Some((above, below)) => {
                let part = |part: &str| Self::from_decimal(Decimal::parse(part).ok()?);
                part(above)?.times(part(below)?.inverse()?)
            }
            None => Self::from_decimal(Decimal::parse(text).ok()?),
        }
    }

    /// The number above the line.
    #[must_use]
    pub const fn numerator(self) -> u64 {
        self.numerator
    }

    /// The number below the line, never 0.
    #[must_use]
    pub const fn denominator(self) -> u64 {
        self.denominator
    }

    pub(crate) const fn is_zero(self) -> bool {
        self.numerator == 0
    }

    pub(crate) fn inverse(self) -> Option<Self> {
        Self::new(self.denominator, self.numerator)
    }

    pub(crate) fn times(self, other: Self) -> Option<Self> {
        let numerator = product(self.numerator.into(), other.numerator.into())?;
        let denominator = product(self.denominator.into(), other.denominator.into())?;
        let divisor = gcd(numerator, denominator);
        Self::new(
            numerator.checked_div(divisor)?.try_into().ok()?,
            denominator.checked_div(divisor)?.try_into().ok()?,
        )
    }

    /// This fraction times `scale` where that is whole.
    pub(crate) fn scaled(self, scale: u128) -> Option<u128> {
        if scale.checked_rem(self.denominator.into())? != 0 {
            return None;
        }
        let parts = scale.checked_div(self.denominator.into())?;
        product(parts, self.numerator.into())
    }

    /// This fraction times `scale`, rounded down and rounded up.
    pub(crate) fn around(self, scale: u128) -> Option<(u128, u128)> {
        let above = product(scale, self.numerator.into())?;
        let down = above.checked_div(self.denominator.into())?;
        let exact = above.checked_rem(self.denominator.into())? == 0;
        Some((down, if exact { down } else { down.checked_add(1)? }))
    }

    /// `None` where the decimal is negative or has more digits than a fraction holds.
    pub(crate) fn from_decimal(decimal: Decimal) -> Option<Self> {
        if decimal.negative {
            return None;
        }
        let digits = u64::try_from(decimal.digits).ok()?;
        let power = 10_u64.checked_pow(decimal.exponent.unsigned_abs())?;
        if decimal.exponent < 0 {
            Self::new(digits, power)
        } else {
            Self::new(digits.checked_mul(power)?, 1)
        }
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        let left = u128::from(self.numerator).wrapping_mul(other.denominator.into());
        let right = u128::from(other.numerator).wrapping_mul(self.denominator.into());
        left.cmp(&right)
    }
}

impl fmt::Display for Ratio {
    /// A decimal where it ends (`0.2`), a fraction where it does not (`1/9`).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&written(self))
    }
}

impl Written for Ratio {
    fn write(&self, text: &mut String) {
        Quantity::from(*self).write(text);
    }
}

impl fmt::Debug for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl serde::Serialize for Ratio {
    /// A number where a double shows it exactly as written, else its text.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // JavaScript has doubles alone.
        if cfg!(not(target_arch = "wasm32")) && self.denominator == 1 {
            return serializer.serialize_u64(self.numerator);
        }
        if 10_u64.pow(15).checked_rem(self.denominator) == Some(0) && self.numerator < 1 << 53 {
            let double =
                crate::amount::nearest_double(self.numerator.into(), self.denominator.into());
            return serializer.serialize_f64(double);
        }
        serializer.serialize_str(&written(self))
    }
}

/// `1/9`.
pub(crate) fn fraction(numerator: u128, denominator: u128) -> String {
    joined(&[&digits(numerator), "/", &digits(denominator)])
}

/// `units / 10^decimals` with exactly so many decimals.
pub(crate) fn decimal_text(units: u128, decimals: u32) -> String {
    let mut digits = digits(units);
    let decimals = usize::try_from(decimals).unwrap_or(0);
    if decimals > 0 {
        while digits.len() <= decimals {
            digits.insert(0, '0');
        }
        digits.insert(digits.len().saturating_sub(decimals), '.');
    }
    digits
}

pub(crate) fn gcd(a: u128, b: u128) -> u128 {
    let (mut a, mut b) = (a, b);
    while let Some(rest) = a.checked_rem(b) {
        (a, b) = (b, rest);
    }
    a
}

/// A fraction with everything divided out that both have in common.
pub(crate) fn lowest_terms(numerator: u128, denominator: u128) -> (u128, u128) {
    let divisor = gcd(numerator, denominator);
    match (
        numerator.checked_div(divisor),
        denominator.checked_div(divisor),
    ) {
        (Some(numerator), Some(denominator)) => (numerator, denominator),
        _ => (0, 1),
    }
}

/// The product, where it fits: such code is long, and once is enough.
#[inline(never)]
pub(crate) const fn product(a: u128, b: u128) -> Option<u128> {
    a.checked_mul(b)
}

/// What stands for every figure that does not fit, and for all that is made of one.
pub(crate) const TOO_LARGE: u128 = u128::MAX;

/// The product, or [`TOO_LARGE`].
#[inline(never)]
pub(crate) fn times(a: u128, b: u128) -> u128 {
    match (a, b) {
        (TOO_LARGE, _) | (_, TOO_LARGE) => TOO_LARGE,
        _ => a.saturating_mul(b),
    }
}

/// The quotient; [`TOO_LARGE`] stays what it is.
#[inline(never)]
pub(crate) fn divide(a: u128, b: u128) -> u128 {
    match a {
        TOO_LARGE => TOO_LARGE,
        _ => a.checked_div(b).unwrap_or(TOO_LARGE),
    }
}

/// The least common multiple, or [`TOO_LARGE`].
pub(crate) fn lcm(a: u128, b: u128) -> u128 {
    times(divide(a, gcd(a, b)), b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    #[test]
    fn decimals_are_read_as_written() {
        for (text, negative, digits, exponent) in [
            ("0", false, 0, 0),
            ("-0", false, 0, 0),
            ("0.000", false, 0, 0),
            ("20", false, 2, 1),
            ("0.2", false, 2, -1),
            ("1.0", false, 1, 0),
            ("-12.5", true, 125, -1),
            ("1e-7", false, 1, -7),
            ("1e+21", false, 1, 21),
            ("1.50E3", false, 15, 2),
            ("0.30000000000000004", false, 30000000000000004, -17),
            ("1000000.0000001", false, 10000000000001, -7),
        ] {
            assert_eq!(
                decimal(text),
                Decimal {
                    negative,
                    digits,
                    exponent
                },
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_decimal_is_refused() {
        for text in [
            "", "-", ".5", "5.", "1e", "1e+", "0x1", "1_0", "+1", "1.2.3", "NaN", "٣",
        ] {
            assert_eq!(Decimal::parse(text), Err(Unreadable::NotANumber), "{text}");
        }
        assert_eq!(
            Decimal::parse("1.0000000000000000000000000000000001"),
            Err(Unreadable::TooLong)
        );
        assert_eq!(
            Decimal::parse("1e99999999999999999999"),
            Err(Unreadable::TooLong)
        );
    }

    #[test]
    fn milliseconds_are_the_nearest() {
        for (text, milliseconds) in [
            ("5.000000000001", 5000),
            ("5.033333333333333", 5033),
            ("0.0005", 1),
            ("0.00049999", 0),
            ("1e-300", 0),
            ("1e3", 1_000_000),
        ] {
            assert_eq!(
                decimal(text).times_rounded(1000),
                Some(milliseconds),
                "{text}"
            );
        }
        assert_eq!(decimal("1e300").times_rounded(1000), None);
    }

    #[test]
    fn steps_are_exact() {
        let step = |n, d| Ratio::new(n, d).unwrap();
        for (text, step, steps) in [
            ("3", step(1, 1), Steps::Whole(3)),
            ("0.3", step(1, 10), Steps::Whole(3)),
            ("0.30000000000000004", step(1, 10), Steps::Off),
            ("2.5", step(1, 1), Steps::Off),
            ("1", step(1, 3), Steps::Whole(3)),
            ("1e300", step(1, 1), Steps::TooMany),
            ("1e-300", step(1, 1), Steps::Off),
        ] {
            assert_eq!(decimal(text).in_steps(step), steps, "{text}");
        }
    }

    #[test]
    fn sizes_compare_exactly() {
        use Ordering::{Equal, Greater, Less};
        for (text, n, d, order) in [
            ("0", 0, 1, Equal),
            ("0", 1, 3, Less),
            ("0.3333333333333333", 1, 3, Less),
            ("0.3333333333333334", 1, 3, Greater),
            ("0.2", 1, 5, Equal),
            ("1e300", 1_000_000_000_000_000, 1, Greater),
            ("1e-300", 0, 1, Greater),
            ("1e-300", 1, 1_000_000_000_000_000, Less),
            ("1234567890123456789012", 1, 999_999_999_999_999, Greater),
        ] {
            let ratio = Ratio::new(n, d).unwrap();
            assert_eq!(decimal(text).compare(ratio), order, "{text}");
        }
    }

    #[test]
    fn ratios_show_as_a_person_writes_them() {
        for (n, d, text) in [
            (20, 1, "20"),
            (1, 5, "0.2"),
            (1, 9, "1/9"),
            (128, 34, "64/17"),
        ] {
            assert_eq!(Ratio::new(n, d).unwrap().to_string(), text);
        }
        assert_eq!(Ratio::new(1, 0), None);
        assert!(Ratio::new(1, 3) < Ratio::new(1, 2));
    }
}
