//! Many rows at once: what one plan needs of columns of numbers, written out for `simd/`, which takes two at a time.

use super::{
    number::Unit,
    plan::{ChargePlan, Kind, Plan, bit},
};

/// Most columns and balances that `simd/` takes.
const MOST: usize = 4;

/// A plan of plain charges, as `simd/src/kernel.rs` has it: so many doubles for each column, charge and balance.
#[derive(Debug, Default)]
pub(crate) struct Tape {
    pub(crate) columns: Vec<f64>,
    pub(crate) charges: Vec<f64>,
    pub(crate) balances: Vec<f64>,
    /// The source of each column.
    pub(crate) sources: Vec<usize>,
}

impl Plan {
    /// For sources that have columns, and no other number given. `None` where the plan has more to it: a condition on a
    /// number, tiers, a computed number.
    pub(crate) fn tape(&self, has_column: impl Fn(usize) -> bool) -> Option<Tape> {
        let mut tape = Tape::default();
        if !self.unread.is_empty() || self.balances.len() > MOST {
            return None;
        }
        let mut never = 0;
        for number in &self.numbers {
            match &number.kind {
                Kind::One { reader, .. } if has_column(number.source) => {
                    tape.sources.push(number.source);
                    let duration = if reader.duration { 1.0 } else { 0.0 };
                    tape.columns
                        .extend([duration, reader.scale, reader.least, reader.most]);
                    push_unit(&mut tape.columns, reader.step);
                }
                Kind::One { default, .. } if !default.is_nan() => return None,
                Kind::One { .. } | Kind::List { .. } => never |= bit(number.source),
                Kind::Computed { .. } => {}
            }
        }
        if tape.sources.len() > MOST {
            return None;
        }
        for (index, balance) in self.balances.iter().enumerate() {
            let mut own = 0.0;
            for charge in &self.charges {
                let made = charge.of.is_none_or(|of| never & bit(of) == 0);
                if charge.balance == index && made {
                    tape.push_charge(charge)?;
                    own += 1.0;
                }
            }
            tape.balances.push(own);
            push_unit(&mut tape.balances, Some(balance.unit));
            tape.balances.push(balance.power);
        }
        Some(tape)
    }
}

impl Tape {
    fn push_charge(&mut self, charge: &ChargePlan) -> Option<()> {
        let column = self
            .sources
            .iter()
            .position(|source| charge.of == Some(*source))?;
        let plain = !charge.refused
            && charge.tests.is_empty()
            && charge.mode.is_none()
            && charge.times.is_none();
        let tier = charge.tiers.first().filter(|_| plain)?;
        let bare = charge.stretch == 1.0
            && tier.flat == 0.0
            && charge.minimum_amount == 0.0
            && charge.maximum_amount == f64::INFINITY
            && charge.round.is_none();
        let shape = match (bare, charge.minimum > 0.0, charge.increment.is_some()) {
            (false, _, _) => 4,
            (true, minimum, increment) => {
                u8::from(minimum).wrapping_add(u8::from(increment).wrapping_mul(2))
            }
        };
        let size = charge.increment.map_or(1.0, |unit| unit.size);
        self.charges.extend([
            super::number::from_index(column),
            f64::from(shape),
            charge.stretch,
            charge.minimum,
        ]);
        push_unit(&mut self.charges, charge.increment);
        self.charges.extend([
            tier.rate * size,
            tier.flat,
            charge.minimum_amount,
            charge.maximum_amount,
        ]);
        push_unit(&mut self.charges, charge.round);
        Some(())
    }
}

fn push_unit(numbers: &mut Vec<f64>, unit: Option<Unit>) {
    numbers.extend(unit.map_or([0.0; 3], Unit::parts));
}
