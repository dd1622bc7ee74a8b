//! Conditions on inputs, as checks of their values.

use super::{
    super::{Condition, Range, Test, When, decode::Problems},
    scope::{Scope, overflow, unknown_option},
};
use crate::{
    error::{Code, Path},
    exact::Ratio,
    tariff::{Check, Conditions, Source, SourceKind},
};

impl Scope<'_> {
    pub(super) fn conditions(
        &self,
        when: &When,
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> Option<Conditions> {
        let mut all = true;
        let mut out = Vec::new();
        for (id, condition) in when.iter() {
            let path = path.key(id);
            let check = self
                .source(id, &path, problems)
                .and_then(|(index, source)| {
                    Some((index, check(source, condition, &path, problems)?))
                });
            match check {
                Some(check) => out.push(check),
                None => all = false,
            }
        }
        all.then_some(Conditions(out))
    }
}

fn check(
    source: &Source,
    condition: &Condition,
    path: &Path<'_>,
    problems: &mut Problems,
) -> Option<Check> {
    let (tests, any_item) = match condition {
        Condition::AnyOf(tests) => (tests, false),
        Condition::AnyItem { any_item } => (any_item, true),
    };
    if any_item && source.items().is_none() {
        problems.add(
            Code::InvalidValue,
            &path.key("anyItem"),
            format!("\"{}\" is no list", source.id),
        );
        return None;
    }
    let wrong = |expected: &str, problems: &mut Problems| {
        problems.add(
            Code::WrongType,
            path,
            format!("\"{}\" is tested against {expected}", source.id),
        );
    };
    match &source.kind {
        SourceKind::Choice { options } => {
            let mut chosen = vec![false; options.len()];
            for test in tests {
                let Test::Option(id) = test else {
                    wrong("the ids of its options", problems);
                    return None;
                };
                let index = options.iter().position(|option| option == id);
                if index.is_none() {
                    unknown_option(&source.id, id, options, path, problems);
                }
                *chosen.get_mut(index?)? = true;
            }
            Some(Check::Options(chosen))
        }
        SourceKind::Toggle => {
            let (mut off, mut on) = (false, false);
            for test in tests {
                match test {
                    Test::Flag(true) => on = true,
                    Test::Flag(false) => off = true,
                    _ => {
                        wrong("true or false", problems);
                        return None;
                    }
                }
            }
            Some(Check::Flag { off, on })
        }
        SourceKind::Refused => None,
        SourceKind::Numeric(_) | SourceKind::Computed(_) => {
            let (scale, _) = source.size()?;
            let mut ranges = Vec::with_capacity(tests.len());
            for test in tests {
                let exactly = |ratio: Ratio| {
                    // A value between two steps is never taken: an empty range.
                    let (down, up) = ratio.around(scale)?;
                    Some((up, down))
                };
                let range = match test {
                    Test::Number(ratio) => exactly(*ratio),
                    Test::Range(range) => closed(range, scale),
                    Test::Option(text) => match Ratio::parse(text) {
                        Some(ratio) => exactly(ratio),
                        None => {
                            wrong("numbers and ranges", problems);
                            return None;
                        }
                    },
                    Test::Flag(_) => {
                        wrong("numbers and ranges", problems);
                        return None;
                    }
                };
                if range.is_none() {
                    overflow(path, problems);
                }
                ranges.push(range?);
            }
            Some(Check::Ranges { ranges, any_item })
        }
    }
}

/// The scaled values a range holds, first and last; an empty range where it holds none.
fn closed(range: &Range, scale: u128) -> Option<(u128, u128)> {
    const EMPTY: (u128, u128) = (1, 0);
    let mut from = 0;
    let mut to = u128::MAX;
    if let Some(at_least) = range.at_least {
        from = from.max(at_least.around(scale)?.1);
    }
    if let Some(above) = range.above {
        from = from.max(above.around(scale)?.0.checked_add(1)?);
    }
    if let Some(at_most) = range.at_most {
        to = to.min(at_most.around(scale)?.0);
    }
    if let Some(below) = range.below {
        match below.around(scale)?.1.checked_sub(1) {
            Some(last) => to = to.min(last),
            None => return Some(EMPTY),
        }
    }
    Some((from, to))
}
