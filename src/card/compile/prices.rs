//! Prices and their tiers.

use super::{
    super::{Mode, decode::Problems, json::Node},
    scale::{PriceDraft, TierDraft},
    scope::Scope,
};
use crate::{
    error::{Code, Path},
    exact::Ratio,
    tariff::Tree,
    text::filled,
};

impl Scope<'_> {
    pub(super) fn price(
        &self,
        price: &Node,
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> Option<PriceDraft> {
        let mut drafts = Vec::new();
        if !price.has("mode") {
            drafts.push(self.tier(price, path, problems)?);
            return Some(PriceDraft {
                mode: None,
                tiers: drafts,
            });
        }
        let list = path.key("tiers");
        let tiers = price.list("tiers");
        if tiers.is_empty() {
            problems.add(Code::InvalidValue, &list, "a price has at least one tier");
            return None;
        }
        for (index, tier) in tiers.iter().enumerate() {
            if let Some(draft) = self.tier(tier, &list.index(index), problems) {
                drafts.push(draft);
            }
        }
        if drafts.len() < tiers.len() {
            return None;
        }
        rising(&drafts, &list, problems)?;
        Some(PriceDraft {
            mode: Mode::named(price.text_at("mode")),
            tiers: drafts,
        })
    }

    fn tier(&self, tier: &Node, path: &Path<'_>, problems: &mut Problems) -> Option<TierDraft> {
        let up_to = self.optional_tree(tier, "upTo", path, problems);
        let flat = self.optional_tree(tier, "flat", path, problems);
        let amount = self.optional_tree(tier, "amount", path, problems);
        let per = self.optional_tree(tier, "per", path, problems);
        if !tier.has("flat") && !tier.has("amount") {
            let message = "a tier needs the key \"amount\" or \"flat\"; free units are amount 0";
            problems.add(Code::MissingKey, &path.key("amount"), message);
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
        let (amount, inverse_per) = rate(amount?, per.as_deref()).or_else(|| {
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
        problems.add(Code::InvalidValue, path, filled("{} is above 0", &[&what]));
        return None;
    }
    Some(())
}

type Rate = (Option<Box<Tree<Ratio>>>, Option<Box<Tree<Ratio>>>);

/// An amount for every `per`: divided at once where `per` is one number, else multiplied by its inverse later.
fn rate(amount: Option<Box<Tree<Ratio>>>, per: Option<&Tree<Ratio>>) -> Option<Rate> {
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
    let mut ends = Vec::new();
    let mut open = None;
    for (index, tier) in tiers.iter().enumerate() {
        match &tier.up_to {
            Some(end) => ends.push(&**end),
            None => open = open.or(Some(index)),
        }
    }
    let mut refuse = |path: &Path<'_>, code, message: &str| {
        problems.add(code, path, message);
        None
    };
    if let Some(index) = open.filter(|index| index.saturating_add(1) < tiers.len()) {
        let message = "only the last tier is open; this one is followed by another";
        return refuse(&path.index(index).key("upTo"), Code::MissingKey, message);
    }
    let mut budget = 10_000_u32;
    match first_fall(&ends, &mut budget) {
        Ok(None) => Some(()),
        Ok(Some(index)) => {
            let message = "the ends of tiers rise; this one is not above the one before";
            refuse(&path.index(index).key("upTo"), Code::InvalidValue, message)
        }
        Err(TooComplex) => {
            let message = "the ends of these tiers depend on too many values to check";
            refuse(path, Code::TooLarge, message)
        }
    }
}

struct TooComplex;

/// The first tier whose end is not above the one before, for some values of the inputs.
fn first_fall(ends: &[&Tree<Ratio>], budget: &mut u32) -> Result<Option<usize>, TooComplex> {
    *budget = budget.checked_sub(1).ok_or(TooComplex)?;
    let mut before: Option<Ratio> = None;
    for (index, end) in ends.iter().enumerate() {
        match end {
            Tree::By { source, cases } => {
                for (key, _) in cases {
                    let mut narrowed = Vec::new();
                    for end in ends {
                        if let Some(end) = narrow(end, *source, *key) {
                            narrowed.push(end);
                        }
                    }
                    if narrowed.len() == ends.len()
                        && let Some(fall) = first_fall(&narrowed, budget)?
                    {
                        return Ok(Some(fall));
                    }
                }
                return Ok(None);
            }
            Tree::Leaf(end) if before.is_some_and(|before| before >= *end) => {
                return Ok(Some(index));
            }
            Tree::Leaf(end) => before = Some(*end),
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
            .and_then(|(_, case)| case.as_deref())
            .and_then(|case| narrow(case, wanted, key)),
        tree => Some(tree),
    }
}
