//! From fractions to integers over one denominator, with the bound that proves that nothing overflows.

use super::super::Mode;
use crate::{
    amount::Rounding,
    exact::{Ratio, TOO_LARGE, divide, lcm, times},
    tariff::{Billing, ChargeRule, Conditions, PriceRule, QuantityRule, TierRule, Tree},
};

pub(super) fn power_of_ten(decimals: u64) -> u128 {
    u32::try_from(decimals).map_or(TOO_LARGE, |decimals| 10_u128.saturating_pow(decimals))
}

/// A charge with its names resolved and its numbers still fractions.
pub(super) struct Draft {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) balance: usize,
    pub(super) when: Conditions,
    pub(super) quantity: Option<QuantityDraft>,
    pub(super) price: PriceDraft,
    pub(super) factors: Vec<Tree<Ratio>>,
    pub(super) minimum_amount: Option<Box<Tree<Ratio>>>,
    pub(super) maximum_amount: Option<Box<Tree<Ratio>>>,
    /// How the charge is rounded, and to how many decimals.
    pub(super) round: Option<(Rounding, Box<Tree<Ratio>>)>,
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
    pub(super) minimum: Option<Box<Tree<Ratio>>>,
    pub(super) increment: Option<Box<Tree<Ratio>>>,
    pub(super) round: Rounding,
}

pub(super) struct PriceDraft {
    pub(super) mode: Option<Mode>,
    pub(super) tiers: Vec<TierDraft>,
}

pub(super) struct TierDraft {
    pub(super) up_to: Option<Box<Tree<Ratio>>>,
    pub(super) flat: Option<Box<Tree<Ratio>>>,
    pub(super) amount: Option<Box<Tree<Ratio>>>,
    pub(super) inverse_per: Option<Box<Tree<Ratio>>>,
    pub(super) per: Option<Box<Tree<Ratio>>>,
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
fn common(start: u128, tree: Option<&Tree<Ratio>>) -> u128 {
    let mut common = start;
    if let Some(tree) = tree {
        tree.each_leaf(&mut |ratio| common = lcm(common, ratio.denominator().into()));
    }
    common
}

fn largest(tree: &Option<Box<Tree<u128>>>) -> u128 {
    let mut largest = 0;
    if let Some(tree) = tree {
        tree.each_leaf(&mut |leaf| largest = largest.max(*leaf));
    }
    largest
}

/// The leaves as whole numbers over `scale`, each times `factor`.
fn scaled(tree: Option<&Tree<Ratio>>, scale: u128, factor: u128) -> Option<Box<Tree<u128>>> {
    tree?.map(&|ratio| {
        let leaf = ratio.scaled(scale).unwrap_or(TOO_LARGE);
        Some(times(leaf, factor))
    })
}

impl Draft {
    /// Where one of them is [`TOO_LARGE`], the one after everything is.
    pub(super) fn scale(&self) -> Scale {
        let mut quantity = 1;
        if let Some(draft) = &self.quantity {
            quantity = draft.scale;
            quantity = common(quantity, draft.billing.minimum.as_deref());
            quantity = common(quantity, draft.billing.increment.as_deref());
        }
        let (mut flats, mut amounts, mut inverse_pers) = (1, 1, 1);
        for tier in &self.price.tiers {
            quantity = common(quantity, tier.up_to.as_deref());
            flats = common(flats, tier.flat.as_deref());
            amounts = common(amounts, tier.amount.as_deref());
            inverse_pers = common(inverse_pers, tier.inverse_per.as_deref());
        }
        let rates = times(times(amounts, inverse_pers), quantity);
        let mut amount = lcm(flats, rates);
        let mut factors = Vec::new();
        for factor in &self.factors {
            let denominator = common(1, Some(factor));
            amount = times(amount, denominator);
            factors.push(denominator);
        }
        amount = common(amount, self.minimum_amount.as_deref());
        amount = common(amount, self.maximum_amount.as_deref());
        if let Some((_, decimals)) = &self.round {
            let mut most = 0;
            decimals.each_leaf(&mut |decimals| most = most.max(decimals.numerator()));
            amount = lcm(amount, power_of_ten(most));
        }
        Scale {
            quantity,
            amounts,
            inverse_pers,
            factors,
            amount,
        }
    }

    /// The rule over `denominator`, and a bound of its amount: every figure on the way is proven to be at
    /// most what is multiplied here without overflow, or the bound is [`TOO_LARGE`]; and the largest of them.
    pub(super) fn scaled(
        self,
        scale: &Scale,
        denominator: u128,
    ) -> Option<(ChargeRule, u128, u128)> {
        let mut items = 1;
        let mut most_billed = scale.quantity;
        let mut quantity = None;
        if let Some(draft) = self.quantity {
            let from_source = divide(scale.quantity, draft.scale);
            let minimum = scaled(draft.billing.minimum.as_deref(), scale.quantity, 1);
            let increment = scaled(draft.billing.increment.as_deref(), scale.quantity, 1);
            items = draft.items;
            most_billed = times(draft.max, from_source)
                .max(largest(&minimum))
                .saturating_add(largest(&increment));
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
        let mut before_factors = denominator;
        for factor in &scale.factors {
            before_factors = divide(before_factors, *factor);
        }
        let rates = times(times(scale.amounts, scale.inverse_pers), scale.quantity);
        // What takes amount * inverse per * quantity from its own denominator to the common one.
        let stretch = divide(before_factors, rates);
        let mut tiers = Vec::new();
        let mut most_price: u128 = 0;
        for tier in self.price.tiers {
            let flat = scaled(tier.flat.as_deref(), before_factors, 1);
            // An amount without an inverse per of its own takes over the denominator of those that have one.
            let stretch = match &tier.inverse_per {
                None => times(stretch, scale.inverse_pers),
                Some(_) => stretch,
            };
            let amount = scaled(tier.amount.as_deref(), scale.amounts, stretch);
            let inverse_per = scaled(tier.inverse_per.as_deref(), scale.inverse_pers, 1);
            let mut rate = largest(&amount);
            if inverse_per.is_some() {
                rate = times(rate, largest(&inverse_per));
            }
            let most = times(rate, most_billed).saturating_add(largest(&flat));
            most_price = match self.price.mode {
                Some(Mode::Graduated) => most_price.saturating_add(most),
                _ => most_price.max(most),
            };
            let up_to = scaled(tier.up_to.as_deref(), scale.quantity, 1);
            // An end that does not fit makes the whole card too large.
            if largest(&up_to) == TOO_LARGE {
                most_price = TOO_LARGE;
            }
            tiers.push(TierRule {
                up_to,
                flat,
                amount,
                inverse_per,
                per: tier.per,
            });
        }
        let mut factors = Vec::new();
        let mut most_amount = most_price;
        for (tree, factor) in self.factors.iter().zip(&scale.factors) {
            let tree = scaled(Some(tree), *factor, 1);
            // A factor below 1 must not hide what came before it.
            most_amount = times(most_amount, largest(&tree).max(1));
            factors.push(*tree?);
        }
        let minimum_amount = scaled(self.minimum_amount.as_deref(), denominator, 1);
        let maximum_amount = scaled(self.maximum_amount.as_deref(), denominator, 1);
        most_amount = most_amount.max(largest(&minimum_amount));
        if largest(&maximum_amount) == TOO_LARGE || times(most_billed, items) == TOO_LARGE {
            most_amount = TOO_LARGE;
        }
        let mut round = None;
        if let Some((mode, decimals)) = &self.round {
            let units = decimals
                .map(&|decimals| Some(divide(denominator, power_of_ten(decimals.numerator()))))?;
            most_amount = most_amount.saturating_add(denominator);
            round = Some((*mode, units));
        }
        let most_times = self.times.map_or(1, |(_, max)| max);
        let bound = times(times(most_amount, items), most_times);
        Some((
            ChargeRule {
                id: self.id,
                label: self.label,
                balance: self.balance,
                when: self.when,
                quantity,
                price: PriceRule {
                    mode: self.price.mode,
                    tiers,
                },
                factors,
                factor_scales: scale.factors.clone(),
                minimum_amount,
                maximum_amount,
                round,
                times: self.times.map(|(source, _)| source),
                scale: scale.quantity,
            },
            bound,
            bound.max(most_amount).max(times(most_billed, items)),
        ))
    }
}
