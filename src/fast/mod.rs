//! The price of a usage in whole numbers that doubles hold exactly.
//!
//! [`estimate()`](crate::estimate()) decides what a usage costs, with integers of 128 bits. Where no figure of a tariff
//! can reach 2^49, the same steps on doubles give the same figures in less time: a double holds every whole
//! number up to 2^53, so additions and multiplications are exact, and [`Unit`](number::Unit) says why divisions are.
//! What hangs on choices is settled once for each combination of them, in a [`Plan`](plan::Plan). Whatever needs a word
//! said (a value that is refused, a price that is missing) is left to `estimate`: the answer here is then `None`, never
//! a figure.

#![expect(
    clippy::float_arithmetic,
    reason = "whole numbers below 2^49, which a double holds exactly"
)]

#[cfg(target_arch = "wasm32")]
mod assemble;
#[cfg(target_arch = "wasm32")]
mod emit;
mod number;
mod plan;
mod price;
mod read;

#[cfg(target_arch = "wasm32")]
pub(crate) use emit::Addresses;
pub(crate) use plan::Plan;
#[cfg(target_arch = "wasm32")]
pub(crate) use plan::bit;
pub(crate) use price::{FIGURES, Values};
use read::Axis;
pub(crate) use read::{ITEMS, VALUES};

use crate::tariff::Tariff;

/// Plans that are kept, by the last six bits of their keys; a further combination of choices takes the place of another.
const PLANS: usize = 64;

/// The plans of a tariff, each made when it is first asked for.
#[derive(Debug)]
pub(crate) struct Fast {
    axes: Vec<Axis>,
    plans: Vec<Option<Plan>>,
}

impl Fast {
    /// `None` where a figure of the tariff could be too large for a double, or it has too many parts.
    pub(crate) fn of(tariff: &Tariff) -> Option<Self> {
        number::whole(tariff.most)?;
        let many = [
            tariff.sources.len(),
            tariff.charges.len(),
            tariff.assumptions.len(),
        ];
        if many.iter().any(|many| *many >= VALUES) || tariff.balances.len() > price::BALANCES {
            return None;
        }
        Some(Self {
            axes: read::axes(tariff)?,
            plans: Vec::new(),
        })
    }

    /// The plan for the choices and toggles that `choices` stands for, and for the numbers in `raw`. For each choice and
    /// each toggle, in the order of sources, `choices` is multiplied by the number of its values and one more, and the
    /// place of the value is added: the last one where it is not given.
    pub(crate) fn plan(
        &mut self,
        tariff: &Tariff,
        choices: u32,
        raw: &[f64],
        given: u32,
    ) -> Option<&Plan> {
        let mut key = choices;
        for axis in &self.axes {
            key = axis.add(key, raw, given)?;
        }
        if self.plans.is_empty() {
            self.plans.resize_with(PLANS, || None);
        }
        let place = usize::try_from(key & 63).ok()?;
        let kept = self.plans.get_mut(place)?;
        if kept.as_ref().is_none_or(|plan| plan.key != key) {
            *kept = Some(Plan::of(tariff, &self.axes, key)?);
        }
        kept.as_ref()
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
