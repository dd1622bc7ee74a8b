//! The names a part of the card can use, and what they stand for.

use super::super::{
    decode::{Problems, quoted},
    json::{Kind, Node},
};
use crate::{
    error::{Code, Path, Problem},
    exact::{Ratio, product},
    tariff::{Source, SourceKind, Tree},
    text::filled,
};

/// What an input of a choice-dependent number is looked up by.
pub(super) const BY: &str = "by";

/// The names a part of the card can use.
pub(super) struct Scope<'a> {
    pub(super) card: &'a Node,
    pub(super) sources: &'a [Source],
}

impl Scope<'_> {
    pub(super) fn source(
        &self,
        id: &str,
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> Option<(usize, &Source)> {
        let sources = self.sources.iter();
        let found = sources.enumerate().find(|(_, source)| source.id == id);
        if found.is_none() && !self.may_be("inputs", id) {
            let inputs = self.card.list("inputs");
            let problem = if inputs.iter().any(|input| input.text_at("id") == id) {
                let message = filled(
                    "the input \"{}\" comes later; only earlier ones can be named here",
                    &[&id],
                );
                Problem::new(Code::UnknownInput, path, message)
            } else {
                let known = self.sources.iter().map(|source| source.id.as_str());
                Problem::unknown(Code::UnknownInput, path, "input", id, known)
            };
            problems.push(problem);
        }
        found.filter(|(_, source)| !matches!(source.kind, SourceKind::Refused))
    }

    pub(super) fn balance(
        &self,
        id: &str,
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> Option<usize> {
        let balances = self.card.get("balances").map_or(&[][..], Node::members);
        let mut known = Vec::new();
        for balance in balances.iter().filter(|balance| balance.is_defined()) {
            if balance.key == id {
                return Some(known.len());
            }
            known.push(balance.key.as_str());
        }
        if !known.is_empty() && !self.may_be("balances", id) {
            problems.push(Problem::unknown(
                Code::UnknownBalance,
                path,
                "balance",
                id,
                known,
            ));
        }
        None
    }

    /// Refuses the id of a charge that the card does not have.
    pub(super) fn unknown_charge(&self, id: &str, path: &Path<'_>, problems: &mut Problems) {
        if !self.may_be("charges", id) {
            let charges = self.card.list("charges").iter();
            let known = charges.filter_map(|charge| Some(charge.get("id")?.text()));
            problems.push(Problem::unknown(
                Code::UnknownCharge,
                path,
                "charge",
                id,
                known,
            ));
        }
    }

    /// Whether something of this id was refused: naming it is no mistake of its own.
    fn may_be(&self, list: &str, id: &str) -> bool {
        match self.card.get(list).map(|list| &list.kind) {
            Some(Kind::Refused(_)) => true,
            Some(Kind::List(items)) => items
                .iter()
                .any(|item| matches!(&item.kind, Kind::Refused(refused) if refused == id)),
            Some(Kind::Object(members)) => members.iter().any(|member| member.key == id),
            _ => false,
        }
    }

    /// A number of the document with its inputs and their values resolved.
    pub(super) fn tree(
        &self,
        num: &Node,
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> Option<Box<Tree<Ratio>>> {
        let Some(by) = num.get(BY) else {
            return Some(Box::new(Tree::Leaf(num.ratio())));
        };
        let (index, source) = self.source(by.text(), &path.key(BY), problems)?;
        let mut all = true;
        let mut listed = false;
        let mut cases: Vec<(u128, Option<Box<Tree<Ratio>>>)> = Vec::new();
        for member in num.members() {
            if member.key == BY || !member.is_defined() {
                continue;
            }
            listed = true;
            let path = path.key(&member.key);
            let key = source.case(&member.key, &path, problems);
            let case = match member.value.kind {
                Kind::Null => Some(None),
                _ => self.tree(&member.value, &path, problems).map(Some),
            };
            let (Some(key), Some(case)) = (key, case) else {
                all = false;
                continue;
            };
            match cases.iter().position(|(known, _)| *known >= key) {
                Some(place) if cases.get(place).is_some_and(|(known, _)| *known == key) => {
                    let message = "this value is listed already";
                    problems.add(Code::Duplicate, &path, message);
                    all = false;
                }
                place => cases.insert(place.unwrap_or(cases.len()), (key, case)),
            }
        }
        if !listed {
            let message = filled("lists no value of \"{}\" and its number", &[&source.id]);
            problems.add(Code::MissingKey, path, message);
            return None;
        }
        all.then(|| {
            Box::new(Tree::By {
                source: index,
                cases,
            })
        })
    }

    /// The number at a key, if there is one.
    pub(super) fn optional_tree(
        &self,
        node: &Node,
        key: &str,
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> Option<Option<Box<Tree<Ratio>>>> {
        match node.get(key) {
            None => Some(None),
            Some(num) => self.tree(num, &path.key(key), problems).map(Some),
        }
    }
}

impl Source {
    /// The denominator of the source's values, and the largest of them (of their sum, for a list).
    pub(crate) fn size(&self) -> Option<(u128, u128)> {
        match &self.kind {
            SourceKind::Numeric(numeric) => {
                let items = u128::from(numeric.max_items.unwrap_or(1));
                Some((numeric.scale, product(numeric.max, items)?))
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
                        filled(
                            "\"{}\" is true or false, not {}",
                            &[&self.id, &quoted(value)],
                        ),
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
                        filled(
                            "{} is no value that \"{}\" can have",
                            &[&quoted(value), &self.id],
                        ),
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
            filled("\"{}\" has no option {}", &[&input, &quoted(value)]),
        )
        .nearest(value, options.iter().map(String::as_str)),
    );
}

pub(super) fn not_numeric(id: &str, path: &Path<'_>, problems: &mut Problems) {
    problems.add(
        Code::InvalidValue,
        path,
        filled("\"{}\" is no number and no duration", &[&id]),
    );
}

pub(super) fn overflow(path: &Path<'_>, problems: &mut Problems) {
    problems.add(
        Code::Overflow,
        path,
        "with these limits and numbers a figure can get too large to be exact; lower \"max\" or use shorter numbers",
    );
}
