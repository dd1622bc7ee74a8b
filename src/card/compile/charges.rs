//! Charges: their quantities, factors, limits and rounding, with every name resolved.

use super::{
    super::{Decimals, decode::Problems, json::Node},
    prices::above_zero,
    scale::{BillingDraft, Draft, QuantityDraft},
    scope::{Scope, not_numeric},
};
use crate::{
    amount::Rounding,
    error::{Code, Path},
    exact::Ratio,
    tariff::Tree,
    text::filled,
};

impl Scope<'_> {
    pub(super) fn draft(
        &self,
        charge: &Node,
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> Option<Draft> {
        let balance = self.balance(charge.text_at("balance"), &path.key("balance"), problems);
        let when = self.when(charge, path, problems);
        let quantity = match charge.get("quantity") {
            None => Some(None),
            Some(quantity) => self
                .quantity(quantity, &path.key("quantity"), problems)
                .map(Some),
        };
        let price = match charge.get("price") {
            Some(price) => self.price(price, &path.key("price"), problems),
            None => None,
        };
        let factors_path = path.key("factors");
        let mut factors = Some(Vec::new());
        for (index, factor) in charge.list("factors").iter().enumerate() {
            let factor = self.tree(factor, &factors_path.index(index), problems);
            match (factor, &mut factors) {
                (Some(factor), Some(factors)) => factors.push(*factor),
                _ => factors = None,
            }
        }
        let minimum_amount = self.optional_tree(charge, "minimumAmount", path, problems);
        let maximum_amount = self.optional_tree(charge, "maximumAmount", path, problems);
        let decimals = self.optional_tree(charge, "decimals", path, problems);
        if let (Some(Some(least)), Some(Some(most))) = (&minimum_amount, &maximum_amount)
            && let (Tree::Leaf(least), Tree::Leaf(most)) = (&**least, &**most)
            && least > most
        {
            let message = filled(
                "the most that is charged, {}, is below the least, {}",
                &[&most, &least],
            );
            problems.add(Code::InvalidValue, &path.key("maximumAmount"), message);
        }
        let times = match charge.get("times") {
            None => Some(None),
            Some(times) => {
                let path = path.key("times");
                self.source(times.text(), &path, problems)
                    .and_then(|(index, source)| {
                        if let Some((1, max)) = source.size() {
                            return Some(Some((index, max)));
                        }
                        let message = filled("\"{}\" is no whole-number input", &[&source.id]);
                        problems.add(Code::InvalidValue, &path, message);
                        None
                    })
            }
        };
        let round = self.own_round(charge, decimals?, path, problems);
        let id = charge.text_at("id");
        Some(Draft {
            id: id.to_owned(),
            label: charge.text_at("label").to_owned(),
            balance: balance?,
            when: when?,
            quantity: quantity?,
            price: price?,
            factors: factors?,
            minimum_amount: minimum_amount?,
            maximum_amount: maximum_amount?,
            round: round?,
            times: times?,
        })
    }

    fn quantity(
        &self,
        quantity: &Node,
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> Option<QuantityDraft> {
        let billing = self.billing(quantity, path, problems);
        let of_path = path.key("of");
        let (of, source) = self.source(quantity.text_at("of"), &of_path, problems)?;
        let Some((scale, max)) = source.size() else {
            not_numeric(&source.id, &of_path, problems);
            return None;
        };
        let each = quantity.has("each");
        let items = source.items();
        if each && items.is_none() {
            let message = filled(
                "\"{}\" is no list; give it \"maxItems\" to bill each item",
                &[&source.id],
            );
            problems.add(Code::InvalidValue, &path.key("each"), message);
            return None;
        }
        Some(QuantityDraft {
            of,
            scale,
            max,
            items: if each { items.unwrap_or(1) } else { 1 },
            each,
            billing: billing?,
        })
    }

    pub(super) fn billing(
        &self,
        quantity: &Node,
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> Option<BillingDraft> {
        let minimum = self.optional_tree(quantity, "minimum", path, problems);
        let increment = self.optional_tree(quantity, "increment", path, problems);
        if let Some(Some(tree)) = &increment {
            above_zero(tree, "an increment", &path.key("increment"), problems)?;
        }
        Some(BillingDraft {
            minimum: minimum?,
            increment: increment?,
            round: Rounding::named(quantity.text_at("round")).unwrap_or(Rounding::Up),
        })
    }

    fn own_round(
        &self,
        charge: &Node,
        decimals: Option<Box<Tree<Ratio>>>,
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> Option<Option<(Rounding, Box<Tree<Ratio>>)>> {
        let decimals = match decimals {
            Some(tree) => {
                let mut is_whole = true;
                tree.each_leaf(&mut |ratio| {
                    let most = u64::from(Decimals::MAX);
                    is_whole &= ratio.denominator() == 1 && ratio.numerator() <= most;
                });
                if !is_whole {
                    let message = filled("expected a whole number from 0 to {}", &[&Decimals::MAX]);
                    problems.add(Code::InvalidValue, &path.key("decimals"), message);
                    return None;
                }
                tree
            }
            None => {
                let balance = self.card.get("balances")?.get(charge.text_at("balance"))?;
                Box::new(Tree::Leaf(balance.ratio_at("decimals")?))
            }
        };
        let mode = Rounding::named(charge.text_at("round"));
        Some(mode.map(|mode| (mode, decimals)))
    }
}
