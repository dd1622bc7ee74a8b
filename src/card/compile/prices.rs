//! Prices and their tiers.

use super::{
    super::{Num, Price, Tier, decode::Problems},
    scale::{PriceDraft, TierDraft},
    scope::Scope,
};
use crate::{
    error::{Code, Path},
    exact::Ratio,
    tariff::Tree,
};

impl Scope<'_> {
    pub(super) fn price(
        &self,
        price: &Price,
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> Option<PriceDraft> {
        let tiers = match price {
            Price::Single(tier) => {
                return self.tier(tier, path, problems).map(|tier| PriceDraft {
                    mode: None,
                    tiers: vec![tier],
                });
            }
            Price::Tiered(tiers) => tiers,
        };
        let list = path.key("tiers");
        if tiers.tiers.is_empty() {
            problems.add(Code::InvalidValue, &list, "a price has at least one tier");
            return None;
        }
        let drafts: Vec<Option<TierDraft>> = tiers
            .tiers
            .iter()
            .enumerate()
            .map(|(index, tier)| self.tier(tier, &list.index(index), problems))
            .collect();
        let drafts: Vec<TierDraft> = drafts.into_iter().collect::<Option<_>>()?;
        rising(&drafts, &list, problems)?;
        Some(PriceDraft {
            mode: Some(tiers.mode),
            tiers: drafts,
        })
    }

    pub(super) fn tier(
        &self,
        tier: &Tier,
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> Option<TierDraft> {
        let mut optional =
            |num: &Option<Num>, key| self.optional_tree(num.as_ref(), &path.key(key), problems);
        let up_to = optional(&tier.up_to, "upTo");
        let flat = optional(&tier.flat, "flat");
        let amount = optional(&tier.amount, "amount");
        let per = optional(&tier.per, "per");
        if tier.flat.is_none() && tier.amount.is_none() {
            problems.add(
                Code::MissingKey,
                &path.key("amount"),
                "a tier needs the key \"amount\" or \"flat\"; free units are amount 0",
            );
            return None;
        }
        let per = per?;
        let per_path = path.key("per");
        if let Some(per) = &per {
            above_zero(per, "\"per\"", &per_path, problems)?;
        }
        let up_to = up_to?;
        if let Some(up_to) = &up_to {
            above_zero(up_to, "\"upTo\"", &path.key("upTo"), problems)?;
        }
        let (amount, inverse_per) = rate(amount?, per.as_ref()).or_else(|| {
            problems.add(Code::Inexact, &per_path, "this rate cannot be held exactly");
            None
        })?;
        Some(TierDraft {
            up_to,
            flat: flat?,
            amount,
            inverse_per,
            per,
        })
    }
}

pub(super) fn above_zero(
    tree: &Tree<Ratio>,
    what: &str,
    path: &Path<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let mut zero = false;
    tree.each_leaf(&mut |ratio| zero |= ratio.is_zero());
    if zero {
        problems.add(Code::InvalidValue, path, format!("{what} is above 0"));
        return None;
    }
    Some(())
}

type Rate = (Option<Tree<Ratio>>, Option<Tree<Ratio>>);

/// An amount for every `per`: divided at once where `per` is one number, else multiplied by its inverse later.
fn rate(amount: Option<Tree<Ratio>>, per: Option<&Tree<Ratio>>) -> Option<Rate> {
    Some(match (amount, per) {
        (None, _) => (None, None),
        (Some(amount), Some(Tree::Leaf(per))) => {
            let inverse = per.inverse()?;
            (Some(amount.map(&|ratio| ratio.times(inverse))?), None)
        }
        (amount, Some(per)) => (amount, Some(per.map(&|ratio| ratio.inverse())?)),
        (amount, None) => (amount, None),
    })
}

/// Tiers rise strictly, and only the last one is open, for every value of the inputs their ends depend on.
fn rising(tiers: &[TierDraft], path: &Path<'_>, problems: &mut Problems) -> Option<()> {
    let ends: Vec<Option<&Tree<Ratio>>> = tiers.iter().map(|tier| tier.up_to.as_ref()).collect();
    for (index, end) in ends.iter().enumerate() {
        if end.is_none() && index.saturating_add(1) < ends.len() {
            let item = path.index(index);
            problems.add(
                Code::MissingKey,
                &item.key("upTo"),
                "only the last tier is open; this one is followed by another",
            );
            return None;
        }
    }
    let ends: Vec<&Tree<Ratio>> = ends.into_iter().flatten().collect();
    let mut budget = 10_000_u32;
    match first_fall(&ends, &mut budget) {
        Ok(None) => Some(()),
        Ok(Some(index)) => {
            let item = path.index(index);
            problems.add(
                Code::InvalidValue,
                &item.key("upTo"),
                "the ends of tiers rise; this one is not above the one before",
            );
            None
        }
        Err(TooComplex) => {
            problems.add(
                Code::TooLarge,
                path,
                "the ends of these tiers depend on too many values to check",
            );
            None
        }
    }
}

struct TooComplex;

/// The first tier whose end is not above the one before, for some values of the inputs.
fn first_fall(ends: &[&Tree<Ratio>], budget: &mut u32) -> Result<Option<usize>, TooComplex> {
    *budget = budget.checked_sub(1).ok_or(TooComplex)?;
    let chosen = ends.iter().find_map(|end| match end {
        Tree::By { source, cases } => Some((*source, cases)),
        Tree::Leaf(_) => None,
    });
    let Some((source, cases)) = chosen else {
        let leaves: Vec<&Ratio> = ends
            .iter()
            .filter_map(|end| match end {
                Tree::Leaf(ratio) => Some(ratio),
                Tree::By { .. } => None,
            })
            .collect();
        let fall = leaves.windows(2).position(|pair| match pair {
            [before, after] => before >= after,
            _ => false,
        });
        return Ok(fall.map(|index| index.saturating_add(1)));
    };
    for (key, _) in cases {
        let narrowed: Option<Vec<&Tree<Ratio>>> =
            ends.iter().map(|end| narrow(end, source, *key)).collect();
        if let Some(narrowed) = narrowed
            && let Some(fall) = first_fall(&narrowed, budget)?
        {
            return Ok(Some(fall));
        }
    }
    Ok(None)
}

/// A tree for one value of a source; `None` where that is not offered.
fn narrow(tree: &Tree<Ratio>, wanted: usize, key: u128) -> Option<&Tree<Ratio>> {
    match tree {
        Tree::By { source, cases } if *source == wanted => cases
            .iter()
            .find(|(case, _)| *case == key)
            .and_then(|(_, case)| case.as_ref())
            .and_then(|case| narrow(case, wanted, key)),
        tree => Some(tree),
    }
}
