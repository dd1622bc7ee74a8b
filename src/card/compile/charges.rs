//! Charges: their quantities, factors, limits and rounding, with every name resolved.

use super::{
    super::{Charge, Decimals, Num, decode::Problems},
    prices::above_zero,
    scale::{BillingDraft, Draft, QuantityDraft},
    scope::{Scope, not_numeric},
};
use crate::{
    amount::Rounding,
    error::{Code, Path},
    exact::Ratio,
    tariff::{Conditions, Tree},
};

impl Scope<'_> {
    pub(super) fn draft(
        &self,
        charge: &Charge,
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> Option<Draft> {
        let balance = self.balance(charge.balance.as_str(), &path.key("balance"), problems);
        let when = match &charge.when {
            Some(when) => self.conditions(when, &path.key("when"), problems),
            None => Some(Conditions::default()),
        };
        let quantity_path = path.key("quantity");
        let quantity = match &charge.quantity {
            None => Some(None),
            Some(quantity) => {
                let billing = self.billing(
                    quantity.minimum.as_ref(),
                    quantity.increment.as_ref(),
                    quantity.round,
                    &quantity_path,
                    problems,
                );
                let of_path = quantity_path.key("of");
                let of = self
                    .source(quantity.of.as_str(), &of_path, problems)
                    .and_then(|(of, source)| {
                        let size = source.size();
                        if size.is_none() {
                            not_numeric(&source.id, &of_path, problems);
                        }
                        let items = source.items();
                        if quantity.each && items.is_none() && size.is_some() {
                            problems.add(
                                Code::InvalidValue,
                                &quantity_path.key("each"),
                                format!(
                                    "\"{}\" is no list; give it \"maxItems\" to bill each item",
                                    source.id
                                ),
                            );
                            return None;
                        }
                        let (scale, max) = size?;
                        Some((of, scale, max, items))
                    });
                match (of, billing) {
                    (Some((of, scale, max, items)), Some(billing)) => Some(Some(QuantityDraft {
                        of,
                        scale,
                        max,
                        items: if quantity.each { items.unwrap_or(1) } else { 1 },
                        each: quantity.each,
                        billing,
                    })),
                    _ => None,
                }
            }
        };
        let price = self.price(&charge.price, &path.key("price"), problems);
        let factors_path = path.key("factors");
        let factors: Vec<Option<Tree<Ratio>>> = charge
            .factors
            .iter()
            .enumerate()
            .map(|(index, factor)| self.tree(factor, &factors_path.index(index), problems))
            .collect();
        let mut optional =
            |num: &Option<Num>, key| self.optional_tree(num.as_ref(), &path.key(key), problems);
        let minimum_amount = optional(&charge.minimum_amount, "minimumAmount");
        let maximum_amount = optional(&charge.maximum_amount, "maximumAmount");
        let decimals = optional(&charge.decimals, "decimals");
        if let (Some(Some(Tree::Leaf(least))), Some(Some(Tree::Leaf(most)))) =
            (&minimum_amount, &maximum_amount)
            && least > most
        {
            problems.add(
                Code::InvalidValue,
                &path.key("maximumAmount"),
                format!("the most that is charged, {most}, is below the least, {least}"),
            );
        }
        let times = match &charge.times {
            None => Some(None),
            Some(times) => {
                let path = path.key("times");
                self.source(times.as_str(), &path, problems).and_then(
                    |(index, source)| match source.size() {
                        Some((1, max)) => Some(Some((index, max))),
                        _ => {
                            problems.add(
                                Code::InvalidValue,
                                &path,
                                format!("\"{times}\" is no whole-number input", times = source.id),
                            );
                            None
                        }
                    },
                )
            }
        };
        let round = self.own_round(charge, decimals?, path, problems);
        Some(Draft {
            balance: balance?,
            when: when?,
            quantity: quantity?,
            price: price?,
            factors: factors.into_iter().collect::<Option<_>>()?,
            minimum_amount: minimum_amount?,
            maximum_amount: maximum_amount?,
            round: round?,
            times: times?,
        })
    }

    pub(super) fn billing(
        &self,
        minimum: Option<&Num>,
        increment: Option<&Num>,
        round: Option<Rounding>,
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> Option<BillingDraft> {
        let minimum = self.optional_tree(minimum, &path.key("minimum"), problems);
        let increment_path = path.key("increment");
        let increment = self.optional_tree(increment, &increment_path, problems);
        if let Some(Some(tree)) = &increment {
            above_zero(tree, "an increment", &increment_path, problems)?;
        }
        Some(BillingDraft {
            minimum: minimum?,
            increment: increment?,
            round: round.unwrap_or(Rounding::Up),
        })
    }

    pub(super) fn own_round(
        &self,
        charge: &Charge,
        decimals: Option<Tree<Ratio>>,
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> Option<Option<(Rounding, Tree<u32>)>> {
        let decimals_path = path.key("decimals");
        let decimals = match decimals {
            Some(tree) => {
                let whole = |ratio: &Ratio| {
                    (ratio.denominator() == 1)
                        .then(|| u32::try_from(ratio.numerator()).ok())
                        .flatten()
                        .filter(|decimals| *decimals <= Decimals::MAX)
                };
                let tree = tree.map(&whole);
                if tree.is_none() {
                    problems.add(
                        Code::InvalidValue,
                        &decimals_path,
                        format!("expected a whole number from 0 to {}", Decimals::MAX),
                    );
                }
                tree?
            }
            None => {
                let (_, balance) = self
                    .card
                    .balances
                    .iter()
                    .find(|(id, _)| *id == charge.balance.as_str())?;
                Tree::Leaf(balance.decimals.unwrap_or(Decimals::DEFAULT).get())
            }
        };
        Some(charge.round.map(|mode| (mode, decimals)))
    }
}
