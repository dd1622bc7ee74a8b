//! Conditions on inputs, as checks of their values.

use std::slice;

use super::{
    super::{
        decode::Problems,
        json::{Kind, Node},
    },
    scope::{Scope, overflow, unknown_option},
};
use crate::{
    error::{Code, Path},
    exact::Ratio,
    tariff::{Check, Conditions, Source, SourceKind},
    text::filled,
};

impl Scope<'_> {
    /// The conditions of a charge, an input or an assumption; none where it has no `when`.
    pub(super) fn when(
        &self,
        node: &Node,
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> Option<Conditions> {
        let path = path.key("when");
        let mut out = Some(Conditions::default());
        let members = node.get("when").map_or(&[][..], Node::members);
        for member in members.iter().filter(|member| member.is_defined()) {
            let path = path.key(&member.key);
            let found = self.source(&member.key, &path, problems);
            let check = found.and_then(|(index, source)| {
                Some((index, check(source, &member.value, &path, problems)?))
            });
            match (check, &mut out) {
                (Some(check), Some(conditions)) => conditions.0.push(check),
                _ => out = None,
            }
        }
        out
    }
}

fn check(
    source: &Source,
    condition: &Node,
    path: &Path<'_>,
    problems: &mut Problems,
) -> Option<Check> {
    let item = condition.get("anyItem");
    let any_item = item.is_some();
    if any_item && source.items().is_none() {
        let message = filled("\"{}\" is no list", &[&source.id]);
        problems.add(Code::InvalidValue, &path.key("anyItem"), message);
        return None;
    }
    let tests = match item.unwrap_or(condition) {
        Node {
            kind: Kind::List(tests),
            ..
        } => tests,
        test => slice::from_ref(test),
    };
    let (mut check, expected) = match &source.kind {
        SourceKind::Choice { options } => (
            Check::Options(vec![false; options.len()]),
            "the ids of its options",
        ),
        SourceKind::Toggle => {
            let (off, on) = (false, false);
            (Check::Flag { off, on }, "true or false")
        }
        _ => {
            let ranges = Vec::new();
            (Check::Ranges { ranges, any_item }, "numbers and ranges")
        }
    };
    for test in tests {
        let range = match (&mut check, &test.kind) {
            (Check::Options(chosen), Kind::Text(id)) => {
                let SourceKind::Choice { options } = &source.kind else {
                    return None;
                };
                let index = options.iter().position(|option| option == id);
                if index.is_none() {
                    unknown_option(&source.id, id, options, path, problems);
                }
                *chosen.get_mut(index?)? = true;
                continue;
            }
            (Check::Flag { on, .. }, Kind::Bool(true)) => {
                *on = true;
                continue;
            }
            (Check::Flag { off, .. }, Kind::Bool(false)) => {
                *off = true;
                continue;
            }
            (Check::Ranges { .. }, Kind::Ratio(ratio)) => Some(exactly(*ratio, source)),
            (Check::Ranges { .. }, Kind::Object(_)) => Some(closed(test, source)),
            (Check::Ranges { .. }, Kind::Text(text)) => {
                Ratio::parse(text).map(|ratio| exactly(ratio, source))
            }
            _ => None,
        };
        match (range, &mut check) {
            (Some(Some(range)), Check::Ranges { ranges, .. }) => ranges.push(range),
            (Some(_), _) => {
                overflow(path, problems);
                return None;
            }
            _ => {
                let message = filled("\"{}\" is tested against {}", &[&source.id, &expected]);
                problems.add(Code::WrongType, path, message);
                return None;
            }
        }
    }
    Some(check)
}

/// A value between two steps is never taken: an empty range.
fn exactly(ratio: Ratio, source: &Source) -> Option<(u128, u128)> {
    let (down, up) = ratio.around(source.size()?.0)?;
    Some((up, down))
}

/// The scaled values a range holds, first and last; an empty range where it holds none.
fn closed(range: &Node, source: &Source) -> Option<(u128, u128)> {
    const EMPTY: (u128, u128) = (1, 0);
    let mut from = 0;
    let mut to = u128::MAX;
    for member in range.members().iter().filter(|member| member.is_defined()) {
        let (down, up) = member.value.ratio().around(source.size()?.0)?;
        match member.key.as_str() {
            "atLeast" => from = from.max(up),
            "above" => from = from.max(down.checked_add(1)?),
            "atMost" => to = to.min(down),
            _ => match up.checked_sub(1) {
                Some(last) => to = to.min(last),
                None => return Some(EMPTY),
            },
        }
    }
    Some((from, to))
}
