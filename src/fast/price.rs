//! The steps of `estimate`, in the same order, on doubles.

use super::{
    number::{Unit, to_index},
    plan::{ChargePlan, Kind, Place, Plan, Test, Tier, bit},
    read::{ITEMS, Reader, VALUES},
};
use crate::card::{Mode, Step};

/// Most balances that are priced this way.
pub(super) const BALANCES: usize = 8;
/// What comes out first: the assumptions' bits, the ignored inputs' bits, and those of the balances whose shown lines do
/// not add up to their totals.
pub(super) const HEAD: usize = 3;
/// Of each balance: its total, by how much its shown lines miss it where they do, its total in units of the last decimal.
pub(super) const EACH: usize = 3;
/// Of each charge that is made: its billed quantity, its amount.
pub(super) const EACH_LINE: usize = 2;
/// What comes out, all in all.
pub(crate) const FIGURES: usize = HEAD + EACH * BALANCES + EACH_LINE * VALUES;

/// What a computed source is of which only some parts are given.
pub(super) const PARTIAL: f64 = f64::INFINITY;

/// The numbers of one usage.
#[derive(Debug)]
pub(crate) struct Values {
    numbers: [f64; VALUES],
    items: Vec<f64>,
    /// Where the items of each list are.
    spans: [(usize, usize); VALUES],
}

impl Values {
    pub(crate) const fn new() -> Self {
        Self {
            numbers: [f64::NAN; VALUES],
            items: Vec::new(),
            spans: [(0, 0); VALUES],
        }
    }

    /// Where the total of a balance comes out.
    #[cfg(target_arch = "wasm32")]
    pub(crate) const fn total_at(balance: usize) -> usize {
        EACH.wrapping_mul(balance).wrapping_add(HEAD)
    }

    fn number(&self, source: usize) -> f64 {
        self.numbers.get(source).copied().unwrap_or(f64::NAN)
    }

    fn items(&self, source: usize) -> &[f64] {
        self.spans
            .get(source)
            .and_then(|(from, to)| self.items.get(*from..*to))
            .unwrap_or_default()
    }

    /// Whether tests pass; `None` where one cannot be decided and none fails.
    fn pass(&self, tests: &[Test]) -> Option<bool> {
        let mut passed = Some(true);
        for test in tests {
            let value = self.number(test.source);
            if value.is_nan() || value == PARTIAL {
                passed = None;
                continue;
            }
            let passes = match test.any_item {
                true => self.items(test.source).iter().any(|item| test.holds(*item)),
                false => test.holds(value),
            };
            if !passes {
                return Some(false);
            }
        }
        passed
    }
}

impl Test {
    fn holds(&self, value: f64) -> bool {
        self.ranges
            .iter()
            .any(|(from, to)| value >= *from && value <= *to)
    }
}

/// The charges in which a step changed a figure, by their bits.
#[derive(Default)]
struct Steps {
    made: u32,
    minimum: u32,
    increment: u32,
    minimum_amount: u32,
    maximum_amount: u32,
    round: u32,
}

impl Steps {
    const fn of(&self, step: Option<Step>) -> u32 {
        match step {
            None => self.made,
            Some(Step::Minimum) => self.minimum,
            Some(Step::Increment) => self.increment,
            Some(Step::MinimumAmount) => self.minimum_amount,
            Some(Step::MaximumAmount) => self.maximum_amount,
            Some(Step::Round) => self.round,
        }
    }
}

impl Plan {
    /// Prices `raw` into `out`, and answers the bits of the charges that are made. `given` has the bits of the inputs that
    /// are; of those stands in `raw` a number as it was given, or `first * ITEMS + count` for a list; the items of lists
    /// follow from `VALUES` on, those of this list from the `first`. `None` where `estimate` has to say why not.
    pub(crate) fn price(
        &self,
        raw: &[f64],
        given: u32,
        values: &mut Values,
        out: &mut [f64],
    ) -> Option<u32> {
        let (raw, items) = raw.split_at_checked(VALUES)?;
        let raw = |source: usize| match given & bit(source) {
            0 => None,
            _ => raw.get(source).copied(),
        };
        values.items.clear();
        for number in &self.numbers {
            let read = match &number.kind {
                Kind::One { reader, default } => match raw(number.source) {
                    None => *default,
                    Some(given) => reader.read(given)?,
                },
                Kind::List { reader, most } => match raw(number.source) {
                    None => f64::NAN,
                    Some(given) => {
                        let from = values.items.len();
                        let sum = read_list(reader, *most, given, items, &mut values.items)?;
                        *values.spans.get_mut(number.source)? = (from, values.items.len());
                        sum
                    }
                },
                Kind::Computed {
                    product,
                    parts,
                    leaves,
                } => compute(*product, parts, given & leaves != 0, values),
            };
            *values.numbers.get_mut(number.source)? = read;
        }

        let (head, rest) = out.split_at_mut_checked(HEAD)?;
        let (balances, lines) =
            rest.split_at_mut_checked(EACH.wrapping_mul(self.balances.len()))?;
        let mut exact = [0.0; BALANCES];
        let mut shown = [0.0; BALANCES];
        let mut steps = Steps::default();
        for charge in &self.charges {
            let Some((billed, amount)) = charge.amount(values, &mut steps)? else {
                continue;
            };
            let balance = self.balances.get(charge.balance)?;
            let units = balance.unit.count(amount);
            *exact.get_mut(charge.balance)? += amount;
            *shown.get_mut(charge.balance)? += units;
            // Stored one by one: a copy of a few numbers is dearer than all the rest of a charge.
            let line = lines.get_mut(EACH_LINE.wrapping_mul(charge.index)..)?;
            let [quantity, shown, ..] = line else {
                return None;
            };
            *quantity = billed / charge.scale;
            *shown = units / balance.power;
        }
        let mut differs = 0;
        for (index, balance) in self.balances.iter().enumerate() {
            let out = balances.get_mut(EACH.wrapping_mul(index)..)?;
            let [shown_total, missed, whole, ..] = out else {
                return None;
            };
            let total = balance.unit.count(*exact.get(index)?);
            let difference = total - *shown.get(index)?;
            if difference != 0.0 {
                differs |= bit(index);
                *missed = difference / balance.power;
            }
            *shown_total = total / balance.power;
            *whole = total;
        }
        // A number that counts for nothing is refused all the same where it is not one of the input's.
        for (source, reader, most) in &self.unread {
            match (raw(*source), most) {
                (None, _) => {}
                (Some(given), None) => {
                    reader.read(given)?;
                }
                (Some(given), Some(most)) => {
                    read_list(reader, *most, given, items, &mut values.items)?;
                }
            }
        }
        let said = self.said(values, &steps, &exact);
        let [assumptions, left_out, rounding] = head else {
            return None;
        };
        *assumptions = f64::from(said);
        *left_out = f64::from(given & self.left_out);
        *rounding = f64::from(differs);
        Some(steps.made)
    }

    fn said(&self, values: &Values, steps: &Steps, exact: &[f64; BALANCES]) -> u32 {
        let mut said = 0;
        for assumption in &self.assumptions {
            let place = match assumption.place {
                Place::Anywhere => true,
                Place::Charges(charges, step) => steps.of(step) & charges != 0,
                Place::Balance(balance) => match (self.balances.get(balance), exact.get(balance)) {
                    (Some(rule), Some(exact)) => rule.unit.count(*exact) * rule.unit.size != *exact,
                    _ => false,
                },
            };
            if place && values.pass(&assumption.tests) == Some(true) {
                said |= bit(assumption.index);
            }
        }
        said
    }
}

fn read_list(
    reader: &Reader,
    most: usize,
    given: f64,
    items: &[f64],
    read: &mut Vec<f64>,
) -> Option<f64> {
    let given = to_index(given);
    let (first, count) = (given.wrapping_div(ITEMS), given.wrapping_rem(ITEMS));
    if count > most {
        return None;
    }
    let mut sum = 0.0;
    for item in items.get(first..first.checked_add(count)?)? {
        let item = reader.read(*item)?;
        sum += item;
        read.push(item);
    }
    Some(sum)
}

/// A computed value, missing where nothing of it is given and partial where only some is.
fn compute(product: bool, parts: &[(usize, f64)], any: bool, values: &Values) -> f64 {
    let mut result = f64::NAN;
    let mut missing = false;
    for (part, scale) in parts {
        let value = values.number(*part);
        if value.is_nan() || value == PARTIAL {
            missing = true;
            continue;
        }
        let value = value * scale;
        result = if result.is_nan() {
            value
        } else if product {
            result * value
        } else {
            result.max(value)
        };
    }
    match (missing, any) {
        (true, true) => PARTIAL,
        (true, false) => f64::NAN,
        (false, _) => result,
    }
}

impl ChargePlan {
    /// The billed quantity and the amount, over the charge's scale and its balance's denominator; `Some(None)` where the
    /// charge is not made.
    fn amount(&self, values: &Values, steps: &mut Steps) -> Option<Option<(f64, f64)>> {
        let consumed = match self.of {
            None => 1.0,
            Some(of) => values.number(of),
        };
        if consumed.is_nan() {
            return Some(None);
        }
        if !self.tests.is_empty() && !values.pass(&self.tests)? {
            return Some(None);
        }
        if consumed == PARTIAL {
            return None;
        }
        if consumed == 0.0 && !self.refused {
            return Some(None);
        }
        if self.refused {
            return None;
        }
        let mut times = 1.0;
        if let Some(source) = self.times {
            times = values.number(source);
            if times == 0.0 {
                return Some(None);
            }
            if times.is_nan() || times == PARTIAL {
                return None;
            }
        }
        let bit = bit(self.index);
        steps.made |= bit;
        let (mut billed, mut amount) = (0.0, 0.0);
        if let (true, Some(of)) = (self.each, self.of) {
            for item in values.items(of).iter().filter(|item| **item > 0.0) {
                let (item_billed, item_amount) = self.item(item * self.stretch, bit, steps)?;
                billed += item_billed;
                amount += item_amount;
            }
        } else {
            (billed, amount) = self.item(consumed * self.stretch, bit, steps)?;
        }
        Some(Some((billed, amount * times)))
    }

    fn item(&self, consumed: f64, bit: u32, steps: &mut Steps) -> Option<(f64, f64)> {
        let mut billed = consumed;
        if billed < self.minimum {
            billed = self.minimum;
            steps.minimum |= bit;
        }
        if let Some(unit) = self.increment {
            billed = to_multiple(unit, billed, bit, &mut steps.increment);
        }
        let mut amount = match (self.mode, self.tiers.first()) {
            (None, Some(tier)) => tier.amount(billed),
            _ => self.tiered(billed)?,
        };
        if amount < self.minimum_amount {
            amount = self.minimum_amount;
            steps.minimum_amount |= bit;
        }
        if amount > self.maximum_amount {
            amount = self.maximum_amount;
            steps.maximum_amount |= bit;
        }
        if let Some(unit) = self.round {
            amount = to_multiple(unit, amount, bit, &mut steps.round);
        }
        Some((billed, amount))
    }

    fn tiered(&self, billed: f64) -> Option<f64> {
        let mut amount = 0.0;
        let mut below = 0.0;
        for tier in &self.tiers {
            let reached_whole = billed <= tier.up_to;
            if self.mode == Some(Mode::Volume) {
                if reached_whole {
                    return Some(tier.amount(billed));
                }
            } else {
                if billed > below {
                    amount += tier.amount(billed.min(tier.up_to) - below);
                }
                if reached_whole {
                    return Some(amount);
                }
            }
            below = tier.up_to;
        }
        None
    }
}

impl Tier {
    fn amount(&self, quantity: f64) -> f64 {
        self.rate * quantity + self.flat
    }
}

fn to_multiple(unit: Unit, value: f64, bit: u32, changed: &mut u32) -> f64 {
    let multiple = unit.count(value) * unit.size;
    if multiple != value {
        *changed |= bit;
    }
    multiple
}
