//! The names a part of the card can use, and what they stand for.

use super::super::{Num, RateCard, Refused, decode::Problems};
use crate::{
    error::{Code, Path, Problem},
    exact::Ratio,
    tariff::{Source, SourceKind, Tree},
};

/// What an input of a choice-dependent number is looked up by.
pub(super) const BY: &str = "by";

/// The names a part of the card can use.
pub(super) struct Scope<'a> {
    pub(super) card: &'a RateCard,
    pub(super) refused: &'a Refused,
    pub(super) sources: &'a [Source],
}

impl Scope<'_> {
    pub(super) fn source(
        &self,
        id: &str,
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> Option<(usize, &Source)> {
        let found = self
            .sources
            .iter()
            .enumerate()
            .find(|(_, source)| source.id == id);
        if found.is_none() && !self.refused.inputs.may_be(id) {
            let later = self.card.inputs.iter().any(|input| input.id() == id);
            let message = if later {
                format!("the input \"{id}\" comes later; only earlier ones can be named here")
            } else {
                format!("the rate card has no input \"{id}\"")
            };
            let known = self.sources.iter().map(|source| source.id.as_str());
            let problem = Problem::new(Code::UnknownInput, path, message);
            problems.push(if later {
                problem
            } else {
                problem.nearest(id, known)
            });
        }
        found.filter(|(_, source)| !matches!(source.kind, SourceKind::Refused))
    }

    pub(super) fn balance(
        &self,
        id: &str,
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> Option<usize> {
        let found = self.card.balances.iter().position(|(known, _)| known == id);
        let any = !self.card.balances.is_empty();
        if found.is_none() && any && !self.refused.balances.may_be(id) {
            problems.push(
                Problem::new(
                    Code::UnknownBalance,
                    path,
                    format!("the rate card has no balance \"{id}\""),
                )
                .nearest(id, self.card.balances.iter().map(|(known, _)| known)),
            );
        }
        found
    }

    /// A number of the document with its inputs and their values resolved.
    pub(super) fn tree(
        &self,
        num: &Num,
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> Option<Tree<Ratio>> {
        let by = match num {
            Num::Fixed(ratio) => return Some(Tree::Leaf(*ratio)),
            Num::By(by) => by,
        };
        let (index, source) = self.source(by.input.as_str(), &path.key(BY), problems)?;
        let mut all = true;
        let mut cases: Vec<(u128, Option<Tree<Ratio>>)> = Vec::with_capacity(by.cases.len());
        for (value, case) in &by.cases {
            let path = path.key(value);
            let key = source.case(value, &path, problems);
            let case = match case {
                None => Some(None),
                Some(case) => self.tree(case, &path, problems).map(Some),
            };
            match (key, case) {
                (Some(key), Some(_)) if cases.iter().any(|(known, _)| *known == key) => {
                    problems.add(Code::Duplicate, &path, "this value is listed already");
                    all = false;
                }
                (Some(key), Some(case)) => cases.push((key, case)),
                _ => all = false,
            }
        }
        if by.cases.is_empty() {
            problems.add(
                Code::MissingKey,
                path,
                format!("lists no value of \"{}\" and its number", source.id),
            );
            return None;
        }
        cases.sort_by_key(|(key, _)| *key);
        all.then_some(Tree::By {
            source: index,
            cases,
        })
    }

    pub(super) fn optional_tree(
        &self,
        num: Option<&Num>,
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> Option<Option<Tree<Ratio>>> {
        match num {
            None => Some(None),
            Some(num) => self.tree(num, path, problems).map(Some),
        }
    }
}

impl Source {
    /// The denominator of the source's values, and the largest of them (of their sum, for a list).
    pub(super) fn size(&self) -> Option<(u128, u128)> {
        match &self.kind {
            SourceKind::Numeric(numeric) => {
                let items = u128::from(numeric.max_items.unwrap_or(1));
                Some((numeric.scale, numeric.max.checked_mul(items)?))
            }
            SourceKind::Computed(computed) => Some((computed.scale, computed.max)),
            SourceKind::Choice { .. } | SourceKind::Toggle | SourceKind::Refused => None,
        }
    }

    pub(super) fn items(&self) -> Option<u128> {
        match &self.kind {
            SourceKind::Numeric(numeric) => numeric.max_items.map(u128::from),
            _ => None,
        }
    }

    /// The key of a value in a choice-dependent number.
    pub(super) fn case(
        &self,
        value: &str,
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> Option<u128> {
        match &self.kind {
            SourceKind::Choice { options } => {
                let found = options.iter().position(|option| option == value);
                if found.is_none() {
                    unknown_option(&self.id, value, options, path, problems);
                }
                u128::try_from(found?).ok()
            }
            SourceKind::Toggle => match value {
                "true" => Some(1),
                "false" => Some(0),
                _ => {
                    problems.add(
                        Code::UnknownOption,
                        path,
                        format!("\"{}\" is true or false, not {value:?}", self.id),
                    );
                    None
                }
            },
            SourceKind::Refused => None,
            SourceKind::Numeric(_) | SourceKind::Computed(_) => {
                let (scale, _) = self.size()?;
                let ratio = Ratio::parse(value);
                let key = ratio.and_then(|ratio| ratio.scaled(scale));
                if key.is_none() {
                    problems.add(
                        Code::InvalidValue,
                        path,
                        format!("{value:?} is no value that \"{}\" can have", self.id),
                    );
                }
                key
            }
        }
    }
}

pub(super) fn unknown_option(
    input: &str,
    value: &str,
    options: &[String],
    path: &Path<'_>,
    problems: &mut Problems,
) {
    problems.push(
        Problem::new(
            Code::UnknownOption,
            path,
            format!("\"{input}\" has no option {value:?}"),
        )
        .nearest(value, options.iter().map(String::as_str)),
    );
}

pub(super) fn not_numeric(id: &str, path: &Path<'_>, problems: &mut Problems) {
    problems.add(
        Code::InvalidValue,
        path,
        format!("\"{id}\" is no number and no duration"),
    );
}

pub(super) fn overflow(path: &Path<'_>, problems: &mut Problems) {
    problems.add(
        Code::Overflow,
        path,
        "with these limits and numbers a figure can get too large to be exact; lower \"max\" or use shorter numbers",
    );
}
