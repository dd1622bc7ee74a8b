//! Values in doubles: one for each source.

use super::{
    number::{Unit, from_index, whole},
    plan::bit,
};
use crate::{
    amount::Rounding,
    tariff::{Numeric, Slot, Source, SourceKind, Tariff},
};

/// A usage has fewer values than this, its lists' items not counted.
pub(crate) const VALUES: usize = 32;
/// Room for the items of all lists of a usage; one that has more is left to `estimate`.
pub(crate) const ITEMS: usize = 1 << ITEM_BITS;
pub(super) const ITEM_BITS: u32 = 12;
#[cfg(target_arch = "wasm32")]
pub(super) const ITEM_MASK: u32 = (1 << ITEM_BITS) - 1;
/// Beyond this a double is too coarse to tell a half of a millisecond.
const MOST_MILLISECONDS: u128 = 1 << 40;

/// A source whose values a plan is made for: a choice, a toggle, or a number that prices are looked up by.
#[derive(Debug)]
pub(super) struct Axis {
    pub(super) source: usize,
    /// The slots of its values; the last one is what it is where it is not given.
    pub(super) slots: Vec<Slot>,
    /// Where it is a number, how it is read, and its values, in the order of `slots`.
    keys: Option<(Reader, Vec<f64>)>,
    size: u32,
}

impl Axis {
    fn new(
        source: usize,
        values: Vec<Slot>,
        default: &Slot,
        keys: Option<(Reader, Vec<f64>)>,
    ) -> Option<Self> {
        let mut slots = values;
        slots.push(default.clone());
        Some(Self {
            source,
            size: u32::try_from(slots.len()).ok()?,
            slots,
            keys,
        })
    }

    /// A key that tells apart what this number is too; choices are in the key already.
    pub(super) fn add(&self, key: u32, raw: &[f64], given: u32) -> Option<u32> {
        let Some((reader, keys)) = &self.keys else {
            return Some(key);
        };
        let place = if given & bit(self.source) == 0 {
            keys.len()
        } else {
            let value = reader.read(*raw.get(self.source)?)?;
            keys.iter().position(|key| *key == value)?
        };
        let place = u32::try_from(place).ok()?;
        key.checked_mul(self.size)?.checked_add(place)
    }

    /// The slot that a key stands for, and the key without it; of a number also what it is, where it is given.
    pub(super) fn take(&self, key: u32) -> Option<Taken> {
        let place = usize::try_from(key.checked_rem(self.size)?).ok()?;
        Some(Taken {
            slot: self.slots.get(place)?.clone(),
            number: self.keys.as_ref().map(|(_, keys)| keys.get(place).copied()),
            rest: key.checked_div(self.size)?,
        })
    }
}

/// What [`Axis::take`] finds.
pub(super) struct Taken {
    pub(super) slot: Slot,
    pub(super) number: Option<Option<f64>>,
    pub(super) rest: u32,
}

/// The axes of a tariff, numbers behind choices and toggles; `None` where something of it cannot be settled by values.
pub(super) fn axes(tariff: &Tariff) -> Option<Vec<Axis>> {
    let mut keyed = Vec::new();
    for charge in &tariff.charges {
        charge.each_number(&mut |tree| {
            tree.each_key(&mut |source, key| keyed.push((source, key)));
        });
    }
    let mut axes = Vec::with_capacity(tariff.sources.len());
    let mut by_number = Vec::new();
    for (index, source) in tariff.sources.iter().enumerate() {
        let mut values = Vec::new();
        let mut keys = None;
        match &source.kind {
            SourceKind::Choice { options } => {
                for (option, _) in options.iter().enumerate() {
                    values.push(Slot::Choice(option));
                }
            }
            SourceKind::Toggle => values = vec![Slot::Flag(false), Slot::Flag(true)],
            kind => {
                let mut numbers = Vec::new();
                for (source, key) in &keyed {
                    let is_key = |slot: &Slot| matches!(slot, Slot::Number(known) if known == key);
                    if *source == index && !values.iter().any(is_key) {
                        values.push(Slot::Number(*key));
                        numbers.push(whole(*key)?);
                    }
                }
                if values.is_empty() {
                    continue;
                }
                let SourceKind::Numeric(numeric) = kind else {
                    return None;
                };
                if numeric.max_items.is_some() {
                    return None;
                }
                keys = Some((reader(numeric)?, numbers));
            }
        }
        let axis = Axis::new(index, values, &source.default, keys)?;
        match axis.keys {
            None => axes.push(axis),
            Some(_) => by_number.push(axis),
        }
    }
    axes.append(&mut by_number);
    Some(axes)
}

/// How a number is taken to a whole multiple of `1 / scale`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader {
    pub(super) duration: bool,
    pub(super) scale: f64,
    pub(super) least: f64,
    pub(super) most: f64,
    pub(super) step: Option<Unit>,
}

/// `None` where doubles are too coarse for the numbers that are taken.
pub(super) fn reader(numeric: &Numeric) -> Option<Reader> {
    const DIGITS: u128 = 1_000_000_000_000_000;
    if numeric.duration {
        if numeric.max > MOST_MILLISECONDS {
            return None;
        }
    } else {
        // A decimal of at most 15 digits is the shortest one of the double that is nearest to it.
        let mut power = 1_u128;
        while power.checked_rem(numeric.scale)? != 0 {
            power = power.checked_mul(10).filter(|power| *power <= DIGITS)?;
        }
        let longest = power.checked_div(numeric.scale)?.checked_mul(numeric.max)?;
        if longest >= DIGITS {
            return None;
        }
    }
    Some(Reader {
        duration: numeric.duration,
        scale: whole(numeric.scale)?,
        least: whole(numeric.min)?,
        most: whole(numeric.max)?,
        step: match numeric.step.scaled(numeric.scale)? {
            1 => None,
            step => Some(Unit::new(step, Rounding::Down)?),
        },
    })
}

impl Reader {
    /// A duration that is this near to a millisecond is that, whatever its decimal is.
    pub(super) const NEAR: f64 = 0.499;

    /// A number as a whole multiple of `1 / scale`; `None` for what is refused, and for what is so near the middle
    /// between two milliseconds that its decimal decides.
    pub(super) fn read(&self, number: f64) -> Option<f64> {
        let scaled = number * self.scale;
        let nearest = scaled.round_ties_even();
        let exact = if self.duration {
            (scaled - nearest).abs() < Self::NEAR
        } else {
            nearest / self.scale == number
        };
        let on_step = match self.step {
            None => true,
            Some(step) => step.count(nearest) * step.size == nearest,
        };
        (exact && nearest >= self.least && nearest <= self.most && on_step).then_some(nearest)
    }
}

/// What a source is where it is a number that is not given.
pub(super) fn default_number(source: &Source) -> Option<f64> {
    match &source.default {
        Slot::Missing => Some(f64::NAN),
        Slot::Number(number) => whole(*number),
        Slot::Choice(index) => Some(from_index(*index)),
        _ => None,
    }
}
