//! From fractions to integers over one denominator, with the bound that proves that nothing overflows.

use std::num::NonZeroU128;

use super::super::Mode;
use crate::{
    amount::Rounding,
    exact::{Ratio, lcm},
    tariff::{Billing, ChargeRule, Conditions, PriceRule, QuantityRule, TierRule, Tree},
};

pub(super) fn power_of_ten(decimals: u32) -> u128 {
    10_u128.saturating_pow(decimals)
}

/// A charge with its names resolved and its numbers still fractions.
pub(super) struct Draft {
    pub(super) balance: usize,
    pub(super) when: Conditions,
    pub(super) quantity: Option<QuantityDraft>,
    pub(super) price: PriceDraft,
    pub(super) factors: Vec<Tree<Ratio>>,
    pub(super) minimum_amount: Option<Tree<Ratio>>,
    pub(super) maximum_amount: Option<Tree<Ratio>>,
    pub(super) round: Option<(Rounding, Tree<u32>)>,
    pub(super) times: Option<(usize, u128)>,
}

pub(super) struct QuantityDraft {
    pub(super) of: usize,
    pub(super) scale: u128,
    /// Of one item where each is billed by itself, else of the sum.
    pub(super) max: u128,
    pub(super) items: u128,
    pub(super) each: bool,
    pub(super) billing: BillingDraft,
}

pub(super) struct BillingDraft {
    pub(super) minimum: Option<Tree<Ratio>>,
    pub(super) increment: Option<Tree<Ratio>>,
    pub(super) round: Rounding,
}

pub(super) struct PriceDraft {
    pub(super) mode: Option<Mode>,
    pub(super) tiers: Vec<TierDraft>,
}

pub(super) struct TierDraft {
    pub(super) up_to: Option<Tree<Ratio>>,
    pub(super) flat: Option<Tree<Ratio>>,
    pub(super) amount: Option<Tree<Ratio>>,
    pub(super) inverse_per: Option<Tree<Ratio>>,
    pub(super) per: Option<Tree<Ratio>>,
}

/// The denominators of a charge's figures.
pub(super) struct Scale {
    pub(super) quantity: u128,
    /// Of all `amount`s, of all inverse `per`s, of all factors together.
    pub(super) amounts: u128,
    pub(super) inverse_pers: u128,
    pub(super) factors: Vec<u128>,
    /// Of the amount after everything.
    pub(super) amount: u128,
}

/// The denominator that all leaves have in common, times `start`.
fn common(start: u128, tree: Option<&Tree<Ratio>>) -> Option<u128> {
    let mut common = Some(start);
    if let Some(tree) = tree {
        tree.each_leaf(&mut |ratio| {
            common = common.and_then(|common| lcm(common, ratio.denominator().into()));
        });
    }
    common
}

fn largest(tree: Option<&Tree<u128>>) -> u128 {
    let mut largest = 0;
    if let Some(tree) = tree {
        tree.each_leaf(&mut |leaf| largest = largest.max(*leaf));
    }
    largest
}

fn scaled(tree: Option<&Tree<Ratio>>, scale: u128) -> Option<Option<Tree<u128>>> {
    match tree {
        None => Some(None),
        Some(tree) => tree.map(&|ratio| ratio.scaled(scale)).map(Some),
    }
}

impl Draft {
    pub(super) fn scale(&self) -> Option<Scale> {
        let mut quantity = 1;
        if let Some(draft) = &self.quantity {
            quantity = draft.scale;
            quantity = common(quantity, draft.billing.minimum.as_ref())?;
            quantity = common(quantity, draft.billing.increment.as_ref())?;
        }
        let (mut flats, mut amounts, mut inverse_pers) = (1, 1, 1);
        for tier in &self.price.tiers {
            quantity = common(quantity, tier.up_to.as_ref())?;
            flats = common(flats, tier.flat.as_ref())?;
            amounts = common(amounts, tier.amount.as_ref())?;
            inverse_pers = common(inverse_pers, tier.inverse_per.as_ref())?;
        }
        let rates = amounts.checked_mul(inverse_pers)?.checked_mul(quantity)?;
        let price = lcm(flats, rates)?;
        let mut factors = Vec::with_capacity(self.factors.len());
        let mut amount = price;
        for factor in &self.factors {
            let denominator = common(1, Some(factor))?;
            amount = amount.checked_mul(denominator)?;
            factors.push(denominator);
        }
        amount = common(amount, self.minimum_amount.as_ref())?;
        amount = common(amount, self.maximum_amount.as_ref())?;
        if let Some((_, decimals)) = &self.round {
            let mut most = 0;
            decimals.each_leaf(&mut |decimals| most = most.max(*decimals));
            amount = lcm(amount, power_of_ten(most))?;
        }
        Some(Scale {
            quantity,
            amounts,
            inverse_pers,
            factors,
            amount,
        })
    }

    /// The rule over `denominator`, and a bound of its amount: every figure on the way is proven to be at
    /// most what is multiplied here without overflow.
    pub(super) fn scaled(self, scale: &Scale, denominator: u128) -> Option<(ChargeRule, u128)> {
        let mut items = 1;
        let mut most_billed = scale.quantity;
        let mut quantity = None;
        if let Some(draft) = self.quantity {
            let from_source = scale.quantity.checked_div(draft.scale)?;
            let minimum = scaled(draft.billing.minimum.as_ref(), scale.quantity)?;
            let increment = match &draft.billing.increment {
                None => None,
                Some(tree) => {
                    Some(tree.map(&|ratio| NonZeroU128::new(ratio.scaled(scale.quantity)?))?)
                }
            };
            items = draft.items;
            most_billed = draft
                .max
                .checked_mul(from_source)?
                .max(largest(minimum.as_ref()));
            if let Some(increment) = &increment {
                let mut most = 0;
                increment.each_leaf(&mut |leaf| most = most.max(leaf.get()));
                most_billed = most_billed.checked_add(most)?;
            }
            quantity = Some(QuantityRule {
                of: draft.of,
                each: draft.each,
                scale: from_source,
                billing: Billing {
                    minimum,
                    increment,
                    round: draft.billing.round,
                },
            });
        }
        most_billed.checked_mul(items)?;

        let mut before_factors = denominator;
        for factor in &scale.factors {
            before_factors = before_factors.checked_div(*factor)?;
        }
        let rates = scale
            .amounts
            .checked_mul(scale.inverse_pers)?
            .checked_mul(scale.quantity)?;
        // What takes amount * inverse per * quantity from its own denominator to the common one.
        let stretch = before_factors.checked_div(rates)?;
        let mut tiers = Vec::with_capacity(self.price.tiers.len());
        let mut most_price: u128 = 0;
        for tier in self.price.tiers {
            let flat = scaled(tier.flat.as_ref(), before_factors)?;
            // An amount without an inverse per of its own takes over the denominator of those that have one.
            let stretch = match &tier.inverse_per {
                None => stretch.checked_mul(scale.inverse_pers)?,
                Some(_) => stretch,
            };
            let amount = match &tier.amount {
                None => None,
                Some(tree) => {
                    Some(tree.map(&|ratio| ratio.scaled(scale.amounts)?.checked_mul(stretch))?)
                }
            };
            let inverse_per = scaled(tier.inverse_per.as_ref(), scale.inverse_pers)?;
            let rate = match &inverse_per {
                None => largest(amount.as_ref()),
                Some(inverse_per) => {
                    largest(amount.as_ref()).checked_mul(largest(Some(inverse_per)))?
                }
            };
            let most = rate
                .checked_mul(most_billed)?
                .checked_add(largest(flat.as_ref()))?;
            most_price = match self.price.mode {
                Some(Mode::Graduated) => most_price.checked_add(most)?,
                _ => most_price.max(most),
            };
            tiers.push(TierRule {
                up_to: scaled(tier.up_to.as_ref(), scale.quantity)?,
                flat,
                amount,
                inverse_per,
                per: tier.per,
            });
        }
        let mut factors = Vec::with_capacity(self.factors.len());
        let mut most_amount = most_price;
        for (tree, factor) in self.factors.iter().zip(&scale.factors) {
            let tree = tree.map(&|ratio| ratio.scaled(*factor))?;
            // A factor below 1 must not hide what came before it.
            most_amount = most_amount.checked_mul(largest(Some(&tree)).max(1))?;
            factors.push(tree);
        }
        let minimum_amount = scaled(self.minimum_amount.as_ref(), denominator)?;
        let maximum_amount = scaled(self.maximum_amount.as_ref(), denominator)?;
        most_amount = most_amount.max(largest(minimum_amount.as_ref()));
        let round = match &self.round {
            None => None,
            Some((mode, decimals)) => {
                let units = decimals.map(&|decimals| {
                    NonZeroU128::new(denominator.checked_div(power_of_ten(*decimals))?)
                })?;
                most_amount = most_amount.checked_add(denominator)?;
                Some((*mode, units))
            }
        };
        let times = self.times.map(|(source, _)| source);
        let most_times = self.times.map_or(1, |(_, max)| max);
        let bound = most_amount.checked_mul(items)?.checked_mul(most_times)?;
        Some((
            ChargeRule {
                balance: self.balance,
                when: self.when,
                quantity,
                price: match (self.price.mode, tiers) {
                    (None, tiers) => PriceRule::Single(tiers.into_iter().next()?),
                    (Some(mode), tiers) => PriceRule::Tiered(mode, tiers),
                },
                factors,
                factor_scales: scale.factors.clone(),
                minimum_amount,
                maximum_amount,
                round,
                times,
                scale: scale.quantity,
            },
            bound,
        ))
    }
}
