//! Whole numbers in doubles.

use crate::amount::Rounding;

/// Every figure of a program is below this, and every denominator.
const LIMIT: u128 = 1 << 49;

/// A whole number as a double; `None` from 2^49 on.
pub(super) fn whole(number: u128) -> Option<f64> {
    if number >= LIMIT {
        return None;
    }
    let high = u32::try_from(number >> 32).ok()?;
    let low = u32::try_from(number & 0xffff_ffff).ok()?;
    Some(f64::from(high) * 4_294_967_296.0 + f64::from(low))
}

/// A double that is a small whole number, as an index; anything else is an index beyond every list.
#[expect(
    clippy::as_conversions,
    reason = "saturates: what is no index finds nothing"
)]
pub(crate) const fn to_index(number: f64) -> usize {
    if number >= 0.0 {
        number as usize
    } else {
        usize::MAX
    }
}

/// An index as a double; lists are shorter than 2^32.
pub(crate) fn from_index(index: usize) -> f64 {
    u32::try_from(index).map_or(f64::NAN, f64::from)
}

/// A unit to count in, and how to round to it.
///
/// `value / size`, rounded, is the floor of `a / b` for whole numbers `a` and `b` below 2^51: of `value + size - 1` over
/// `size` for up, of `value` over `size` for down, of `2 value + size` over `2 size` for half up. The floor does not
/// change when `a` grows by a half, and `(a + 1/2) / b` is at least `1 / 2b` away from every whole number. Taking the
/// inverse of `b` and multiplying by it errs by less than `a / b * 2^-52`, which is less than that.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Unit {
    pub(super) size: f64,
    inverse: f64,
    offset: f64,
}

impl Unit {
    pub(super) fn new(size: u128, round: Rounding) -> Option<Self> {
        let size = whole(size)?;
        Some(Self {
            size,
            inverse: 1.0 / size,
            offset: match round {
                Rounding::Up => size - 0.5,
                Rounding::Down => 0.5,
                Rounding::HalfUp => size / 2.0 + 0.25,
            },
        })
    }

    /// The unit, its inverse, and what is added before rounding down.
    #[cfg(target_arch = "wasm32")]
    pub(super) const fn parts(self) -> [f64; 3] {
        [self.size, self.inverse, self.offset]
    }

    /// Whether a value that is almost a half away from a whole one is counted as that: `value + offset` is a half away from
    /// where the count changes. Seconds may then be counted before they are read. They are at most 0.499 milliseconds away
    /// from whole ones, which are below 2^40; the five roundings on the way err by less than 0.001 together.
    #[cfg(target_arch = "wasm32")]
    pub(super) fn bears_a_half(self) -> bool {
        let is_between = self.offset == 0.5 || self.offset == self.size - 0.5;
        is_between && self.size < 4_294_967_296.0
    }

    /// How many units a value is.
    pub(super) fn count(self, value: f64) -> f64 {
        ((value + self.offset) * self.inverse).floor()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_counted_as_integers_are() {
        let sizes: [u128; 12] = [
            1,
            2,
            3,
            7,
            10,
            60,
            1000,
            3000,
            60_000,
            999_999_999_989,
            (1 << 48) + 1,
            (1 << 49) - 1,
        ];
        for size in sizes {
            let mut values = vec![0, 1, 2, (1 << 49) - 1, (1 << 48) - 1];
            for multiple in [1, 2, 3, 1000, 999_983, ((1_u128 << 49) - 1) / size] {
                let near = size.saturating_mul(multiple);
                values.extend([
                    near - 1,
                    near,
                    near + 1,
                    near + size / 2,
                    near + size.div_ceil(2),
                ]);
            }
            for value in values.into_iter().filter(|value| *value < LIMIT) {
                for round in [Rounding::Up, Rounding::Down, Rounding::HalfUp] {
                    assert_eq!(
                        Unit::new(size, round).unwrap().count(whole(value).unwrap()),
                        whole(round.units(value, size)).unwrap(),
                        "{value} in units of {size}, {round:?}"
                    );
                }
            }
        }
    }
}
