//! A tariff with its choices settled: only numbers are left.

use super::{
    number::{Unit, whole},
    read::{Axis, Reader, default_number, reader},
};
use crate::{
    card::{Mode, Step},
    tariff::{ChargeRule, Check, Conditions, PlaceRule, Slot, SourceKind, Tariff, Tree, View},
};

/// What is left to do for one combination of choices.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(super) key: u32,
    /// The numbers that prices were looked up by; `None` for one that is not given.
    #[cfg(target_arch = "wasm32")]
    pub(super) keyed: Vec<(usize, Option<f64>)>,
    /// The sources that are not asked for, by their bits.
    pub(super) left_out: u32,
    /// Those of them that are numbers, and how many items a list takes.
    pub(super) unread: Vec<(usize, Reader, Option<usize>)>,
    pub(super) numbers: Vec<Number>,
    pub(super) charges: Vec<ChargePlan>,
    pub(super) balances: Vec<BalancePlan>,
    pub(super) assumptions: Vec<AssumptionPlan>,
}

/// A numeric source that is asked for.
#[derive(Debug)]
pub(super) struct Number {
    pub(super) source: usize,
    pub(super) kind: Kind,
}

#[derive(Debug)]
pub(super) enum Kind {
    One {
        reader: Reader,
        default: f64,
    },
    /// At most so many.
    List {
        reader: Reader,
        most: usize,
    },
    Computed {
        product: bool,
        parts: Vec<(usize, f64)>,
        /// The inputs that it is made of in the end, by their bits.
        leaves: u32,
    },
}

/// A condition on a number that is left to test.
#[derive(Debug)]
pub(super) struct Test {
    pub(super) source: usize,
    pub(super) ranges: Vec<(f64, f64)>,
    pub(super) any_item: bool,
}

#[derive(Debug)]
pub(super) struct BalancePlan {
    pub(super) unit: Unit,
    pub(super) power: f64,
}

#[derive(Debug)]
pub(super) struct ChargePlan {
    pub(super) index: usize,
    pub(super) balance: usize,
    pub(super) of: Option<usize>,
    pub(super) each: bool,
    pub(super) tests: Vec<Test>,
    /// What makes the charge an error, should it be made.
    pub(super) refused: bool,
    /// From the source's scale to the charge's; where nothing is measured, the charge's scale.
    pub(super) stretch: f64,
    pub(super) scale: f64,
    pub(super) minimum: f64,
    pub(super) increment: Option<Unit>,
    pub(super) mode: Option<Mode>,
    pub(super) tiers: Vec<Tier>,
    pub(super) minimum_amount: f64,
    pub(super) maximum_amount: f64,
    pub(super) round: Option<Unit>,
    pub(super) times: Option<usize>,
}

/// A tier with the charge's factors in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tier {
    pub(super) up_to: f64,
    pub(super) flat: f64,
    pub(super) rate: f64,
}

#[derive(Debug)]
pub(super) struct AssumptionPlan {
    pub(super) index: usize,
    pub(super) tests: Vec<Test>,
    pub(super) place: Place,
}

#[derive(Debug, PartialEq)]
pub(super) enum Place {
    Anywhere,
    /// One of these charges was made, and the step changed a figure of it.
    Charges(u32, Option<Step>),
    Balance(usize),
}

/// The bit of one of few things.
#[inline(always)]
pub(crate) fn bit(index: usize) -> u32 {
    let index = u32::try_from(index).unwrap_or(u32::MAX);
    1_u32.checked_shl(index).unwrap_or(0)
}

/// Conditions as far as choices settle them.
enum Settled {
    No,
    /// A choice that is missing decides, or one of so many tests that are left.
    Unknown(usize),
    /// These are left.
    Tests(Vec<Test>),
}

impl Plan {
    #[cold]
    #[inline(never)]
    pub(super) fn of(tariff: &Tariff, axes: &[Axis], key: u32) -> Option<Self> {
        let sources = &tariff.sources;
        let mut slots = vec![UNSETTLED; sources.len()];
        let mut rest = key;
        let mut keyed = Vec::new();
        for axis in axes.iter().rev() {
            let taken = axis.take(rest)?;
            *slots.get_mut(axis.source)? = taken.slot;
            if let Some(number) = taken.number {
                keyed.push((axis.source, number));
            }
            rest = taken.rest;
        }
        let mut plan = Self {
            key,
            #[cfg(target_arch = "wasm32")]
            keyed,
            left_out: 0,
            unread: Vec::new(),
            numbers: Vec::new(),
            charges: Vec::new(),
            balances: Vec::new(),
            assumptions: Vec::new(),
        };
        for (index, source) in sources.iter().enumerate() {
            let kind = match &source.kind {
                SourceKind::Computed(computed) => {
                    if computed
                        .parts
                        .iter()
                        .any(|(part, _)| is_left_out(&slots, *part))
                    {
                        plan.left_out |= bit(index);
                        *slots.get_mut(index)? = Slot::LeftOut;
                        continue;
                    }
                    let mut parts = Vec::new();
                    let mut leaves = 0;
                    for (part, scale) in &computed.parts {
                        parts.push((*part, whole(*scale)?));
                        leaves |= plan.leaves(*part);
                    }
                    Kind::Computed {
                        product: computed.product,
                        parts,
                        leaves,
                    }
                }
                kind => {
                    match settle(&source.when, &slots)? {
                        Settled::No => {
                            plan.left_out |= bit(index);
                            if let SourceKind::Numeric(numeric) = kind {
                                let most = match numeric.max_items {
                                    None => None,
                                    Some(most) => Some(usize::try_from(most).ok()?),
                                };
                                plan.unread.push((index, reader(numeric)?, most));
                            }
                            *slots.get_mut(index)? = Slot::LeftOut;
                            continue;
                        }
                        Settled::Tests(tests) if !tests.is_empty() => return None,
                        Settled::Unknown(left) if left > 0 => return None,
                        _ => {}
                    }
                    let SourceKind::Numeric(numeric) = kind else {
                        continue;
                    };
                    let reader = reader(numeric)?;
                    match numeric.max_items {
                        None => Kind::One {
                            reader,
                            default: default_number(source)?,
                        },
                        Some(_) if !matches!(source.default, Slot::Missing) => return None,
                        Some(most) => {
                            whole(numeric.max.checked_mul(most.into())?)?;
                            Kind::List {
                                reader,
                                most: usize::try_from(most).ok()?,
                            }
                        }
                    }
                }
            };
            plan.numbers.push(Number {
                source: index,
                kind,
            });
        }
        for (index, rule) in tariff.charges.iter().enumerate() {
            if let Some(charge) = charge_plan(index, rule, &slots)? {
                plan.charges.push(charge);
            }
        }
        for balance in &tariff.balances {
            plan.balances.push(BalancePlan {
                unit: Unit::new(balance.unit, balance.round)?,
                power: whole(10_u128.checked_pow(balance.decimals.into())?)?,
            });
        }
        for (index, rule) in tariff.assumptions.iter().enumerate() {
            let Settled::Tests(tests) = settle(&rule.when, &slots)? else {
                continue;
            };
            let place = match &rule.place {
                None => Place::Anywhere,
                Some(PlaceRule::BalanceRound(balance)) => Place::Balance(*balance),
                Some(PlaceRule::Charges(charges, step)) => {
                    let mut mask = 0;
                    for charge in charges {
                        mask |= bit(*charge);
                    }
                    Place::Charges(mask, *step)
                }
            };
            plan.assumptions.push(AssumptionPlan {
                index,
                tests,
                place,
            });
        }
        Some(plan)
    }

    /// The inputs that a source is made of, by their bits.
    fn leaves(&self, source: usize) -> u32 {
        let known = self.numbers.iter().find(|number| number.source == source);
        match known.map(|number| &number.kind) {
            Some(Kind::Computed { leaves, .. }) => *leaves,
            _ => bit(source),
        }
    }
}

/// What stands for a number, which no plan knows.
const UNSETTLED: Slot = Slot::Partial { missing: 0 };

fn is_left_out(slots: &[Slot], source: usize) -> bool {
    matches!(slots.get(source), Some(Slot::LeftOut))
}

fn settle(conditions: &Conditions, slots: &[Slot]) -> Option<Settled> {
    let mut tests = Vec::new();
    let mut unknown = false;
    for (source, check) in &conditions.0 {
        match (slots.get(*source)?, check) {
            (Slot::Missing, _) => unknown = true,
            (&UNSETTLED, Check::Ranges { ranges, any_item }) => {
                let mut test = Test {
                    source: *source,
                    ranges: Vec::new(),
                    any_item: *any_item,
                };
                for (from, to) in ranges {
                    // No value is so large.
                    test.ranges.push((
                        whole(*from).unwrap_or(f64::INFINITY),
                        whole(*to).unwrap_or(f64::MAX),
                    ));
                }
                tests.push(test);
            }
            (&UNSETTLED, _) => return None,
            (slot, check) if !check.passes(slot) => return Some(Settled::No),
            _ => {}
        }
    }
    Some(if unknown {
        Settled::Unknown(tests.len())
    } else {
        Settled::Tests(tests)
    })
}

/// `Some(None)` for a charge that is never made with these choices.
fn charge_plan(index: usize, rule: &ChargeRule, slots: &[Slot]) -> Option<Option<ChargePlan>> {
    let of = rule.quantity.as_ref().map(|quantity| quantity.of);
    if of.is_some_and(|of| is_left_out(slots, of)) {
        return Some(None);
    }
    let mut refused = false;
    let tests = match settle(&rule.when, slots)? {
        Settled::No => return Some(None),
        Settled::Unknown(_) => {
            refused = true;
            Vec::new()
        }
        Settled::Tests(tests) => tests,
    };
    if let Some(times) = rule.times {
        refused |= is_left_out(slots, times);
    }
    let scale = whole(rule.scale)?;
    let mut plan = ChargePlan {
        index,
        balance: rule.balance,
        of,
        each: rule.quantity.as_ref().is_some_and(|quantity| quantity.each),
        tests,
        refused,
        stretch: scale,
        scale,
        minimum: 0.0,
        increment: None,
        mode: None,
        tiers: Vec::new(),
        minimum_amount: 0.0,
        maximum_amount: f64::INFINITY,
        round: None,
        times: rule.times,
    };
    // What a tree is looked up by is settled; a number elsewhere is not looked at.
    if !plan.settle_numbers(rule, slots)? {
        plan.refused = true;
    }
    Some(Some(plan))
}

impl ChargePlan {
    /// Whether every number of the charge is offered for these choices.
    fn settle_numbers(&mut self, rule: &ChargeRule, slots: &[Slot]) -> Option<bool> {
        let view = &View { slots, item: None };
        let mut offered = true;
        let mut number = |tree: Option<&Tree<u128>>, absent: f64| match tree {
            None => Some(absent),
            Some(tree) => match tree.resolve(view) {
                Ok(number) => whole(*number),
                Err(_) => {
                    offered = false;
                    Some(absent)
                }
            },
        };
        let mut factor = 1.0;
        for tree in &rule.factors {
            factor *= number(Some(tree), 1.0)?;
        }
        self.mode = rule.price.mode;
        for tier in &rule.price.tiers {
            let rate =
                number(tier.amount.as_deref(), 0.0)? * number(tier.inverse_per.as_deref(), 1.0)?;
            self.tiers.push(Tier {
                up_to: number(tier.up_to.as_deref(), f64::INFINITY)?,
                flat: number(tier.flat.as_deref(), 0.0)? * factor,
                rate: rate * factor,
            });
        }
        self.minimum_amount = number(rule.minimum_amount.as_deref(), 0.0)?;
        self.maximum_amount = number(rule.maximum_amount.as_deref(), f64::INFINITY)?;
        if let Some(quantity) = &rule.quantity {
            self.stretch = whole(quantity.scale)?;
            self.minimum = number(quantity.billing.minimum.as_deref(), 0.0)?;
            if let Some(tree) = &quantity.billing.increment {
                match tree.resolve(view) {
                    Ok(size) => self.increment = Some(Unit::new(*size, quantity.billing.round)?),
                    Err(_) => offered = false,
                }
            }
        }
        if let Some((mode, tree)) = &rule.round {
            match tree.resolve(view) {
                Ok(size) => self.round = Some(Unit::new(*size, *mode)?),
                Err(_) => offered = false,
            }
        }
        Some(offered)
    }
}
