//! Whether any usage can make a charge.

use super::scale::Draft;
use crate::tariff::{Check, Conditions, Slot, Source, SourceKind};

/// Nothing that a charge names may be left out, so its conditions and those of all these inputs hold together.
pub(super) fn reachable(sources: &[Source], draft: &Draft) -> bool {
    let measured = draft.quantity.as_ref().map(|quantity| quantity.of);
    let times = draft.times.map(|(source, _)| source);
    let mut named = Vec::new();
    for (source, _) in &draft.when.0 {
        named.push(*source);
    }
    for source in [measured, times].into_iter().flatten() {
        named.push(source);
    }
    let mut demands = Demands {
        sources,
        has_value: Vec::with_capacity(sources.len()),
        met: Vec::with_capacity(sources.len()),
        asked: vec![false; sources.len()],
    };
    for (index, source) in sources.iter().enumerate() {
        let has_value = named.contains(&index) || !matches!(source.default, Slot::Missing);
        demands.has_value.push(has_value);
        demands.met.push(None);
    }
    demands.all(&draft.when) && named.into_iter().all(|source| demands.ask(source))
}

struct Demands<'s> {
    sources: &'s [Source],
    /// Whether a source cannot be missing where the charge is made; a condition on one that can be is open.
    has_value: Vec<bool>,
    /// What was demanded of each source so far.
    met: Vec<Option<Check>>,
    asked: Vec<bool>,
}

impl Demands<'_> {
    /// Whether all conditions can hold, beside what was demanded before.
    fn all(&mut self, conditions: &Conditions) -> bool {
        conditions
            .0
            .iter()
            .all(|(source, check)| self.ask(*source) && self.demand(*source, check))
    }

    /// Whether a source can be asked for.
    fn ask(&mut self, source: usize) -> bool {
        let (Some(found), Some(asked)) = (self.sources.get(source), self.asked.get_mut(source))
        else {
            return true;
        };
        if std::mem::replace(asked, true) {
            return true;
        }
        let parts = match &found.kind {
            SourceKind::Computed(computed) => computed.parts.as_slice(),
            _ => &[],
        };
        for (source, check) in &found.when.0 {
            let is_decided = self.has_value.get(*source) == Some(&true);
            if is_decided && !(self.ask(*source) && self.demand(*source, check)) {
                return false;
            }
        }
        parts.iter().all(|(part, _)| self.ask(*part))
    }

    fn demand(&mut self, source: usize, check: &Check) -> bool {
        let (Some(found), Some(met)) = (self.sources.get(source), self.met.get_mut(source)) else {
            return true;
        };
        let check = match met.take() {
            Some(before) => both(&before, check),
            None => check.clone(),
        };
        let possible = possible(found, &check);
        *met = Some(check);
        possible
    }
}

/// More ranges than this are not compared one by one: the charge counts as reachable.
const MOST_RANGES: usize = 10_000;

fn both(one: &Check, other: &Check) -> Check {
    match (one, other) {
        (Check::Options(one), Check::Options(other)) => {
            let mut both = one.clone();
            for (both, other) in both.iter_mut().zip(other) {
                *both &= *other;
            }
            Check::Options(both)
        }
        (Check::Flag { off, on }, Check::Flag { off: off2, on: on2 }) => Check::Flag {
            off: *off && *off2,
            on: *on && *on2,
        },
        (
            Check::Ranges {
                ranges,
                any_item: false,
            },
            Check::Ranges {
                ranges: others,
                any_item: false,
            },
        ) if ranges.len().saturating_mul(others.len()) <= MOST_RANGES => {
            let mut both = Vec::new();
            for (from, to) in ranges {
                for (from2, to2) in others {
                    both.push((*from.max(from2), *to.min(to2)));
                }
            }
            Check::Ranges {
                ranges: both,
                any_item: false,
            }
        }
        // Different items of a list can meet different conditions.
        (one, _) => one.clone(),
    }
}

fn possible(source: &Source, check: &Check) -> bool {
    match check {
        Check::Options(options) => options.contains(&true),
        Check::Flag { off, on } => *off || *on,
        Check::Ranges { ranges, any_item } => {
            let (least, most) = match &source.kind {
                SourceKind::Numeric(numeric) if *any_item => (numeric.min, numeric.max),
                SourceKind::Numeric(numeric) => {
                    let items = u128::from(numeric.max_items.unwrap_or(1));
                    let least = if numeric.max_items.is_some() {
                        0
                    } else {
                        numeric.min
                    };
                    (least, numeric.max.saturating_mul(items))
                }
                SourceKind::Computed(computed) => (0, computed.max),
                _ => return true,
            };
            ranges
                .iter()
                .any(|(from, to)| *from.max(&least) <= *to.min(&most))
        }
    }
}
