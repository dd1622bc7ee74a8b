//! The rate card: the document as written, and its compilation into a [`Tariff`].

mod compile;
pub(crate) mod decode;
mod document;
pub(crate) mod json;
#[cfg(feature = "schema")]
pub(crate) mod schema;

pub use document::{
    Assumption, Balance, By, Charge, ChargeQuantity, ChoiceInput, ChoiceOption, Computation,
    ComputedInput, Condition, Count, Currency, Date, Decimals, Every, Example, ExpectedLine, Id,
    Ids, Input, Map, Mode, Name, Num, NumericInput, Overage, OverageQuantity, Plan, PlanPrice,
    Price, Range, RateCard, Source, Step, Test, Tier, Tiers, ToggleInput, When, Where,
};
#[cfg(feature = "schema")]
pub use schema::schema;

use crate::{
    error::{Code, Error, Path, Problem},
    tariff::Tariff,
};
use decode::{Decode, Problems};
use json::Node;

/// What of a card was refused while it was read: naming it is no mistake of its own, and what comes after it
/// keeps its place.
#[derive(Default)]
struct Refused {
    inputs: Entries,
    charges: Entries,
    balances: Entries,
    assumptions: Entries,
    plans: Entries,
}

/// The entries of one of the card's own lists.
#[derive(Default)]
struct Entries {
    refused: Vec<String>,
    /// The places in the document of the entries that were taken.
    taken: Vec<usize>,
    /// There is something in the place of the list or object.
    unreadable: bool,
}

impl Entries {
    fn may_be(&self, id: &str) -> bool {
        self.unreadable || self.refused.iter().any(|refused| refused == id)
    }

    fn place(&self, index: usize) -> usize {
        self.taken.get(index).copied().unwrap_or(index)
    }

    const fn is_empty(&self) -> bool {
        self.refused.is_empty() && self.taken.is_empty() && !self.unreadable
    }

    fn of<T: Decode>(list: Option<&Node>) -> Self {
        let mut entries = Self::default();
        match list.map(|list| &list.kind) {
            Some(json::Kind::List(items)) => {
                for (index, item) in items.iter().enumerate() {
                    match T::decode(item, &Path::Root, &mut Problems::default()) {
                        Some(_) => entries.taken.push(index),
                        None => entries.refused.extend(id_of(item)),
                    }
                }
            }
            Some(_) => entries.unreadable = true,
            None => {}
        }
        entries
    }
}

fn id_of(item: &Node) -> Option<String> {
    let json::Kind::Object(members) = &item.kind else {
        return None;
    };
    match &decode::member(members, "id")?.kind {
        json::Kind::Text(id) => Some(id.clone()),
        _ => None,
    }
}

impl Refused {
    fn of(node: &Node, card: &RateCard) -> Self {
        let json::Kind::Object(members) = &node.kind else {
            return Self::default();
        };
        let written = |key| decode::member(members, key);
        let balances = match written("balances").map(|map| &map.kind) {
            Some(json::Kind::Object(members)) => Entries {
                refused: members.iter().map(|member| member.key.clone()).collect(),
                ..Entries::default()
            },
            other => Entries {
                unreadable: other.is_some(),
                ..Entries::default()
            },
        };
        let mut refused = Self {
            inputs: Entries::of::<Input>(written("inputs")),
            charges: Entries::of::<Charge>(written("charges")),
            balances,
            assumptions: Entries::of::<Assumption>(written("assumptions")),
            plans: Entries::of::<Plan>(written("plans")),
        };
        let taken = |id: &String| card.balances.iter().any(|(known, _)| known == id);
        refused.balances.refused.retain(|id| !taken(id));
        refused
    }
}

impl Tariff {
    /// Reads and checks a rate card. Numbers are read as written, never through a float.
    ///
    /// # Errors
    ///
    /// All problems of the card, each with its path, line and column.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let text = json::without_mark(text);
        let node = json::parse(text)?;
        Self::from_node(&node, Some(text))
    }

    pub(crate) fn from_node(node: &Node, text: Option<&str>) -> Result<Self, Error> {
        let mut problems = Problems::default();
        refuse_crowds(node, &Path::Root, &mut problems);
        if !problems.is_empty() {
            return Err(problems
                .in_order(node, text)
                .into_error()
                .unwrap_or_else(impossible));
        }
        let card = RateCard::decode(node, &Path::Root, &mut problems);
        let tariff = card.and_then(|card| {
            let refused = match problems.is_empty() {
                true => Refused::default(),
                false => Refused::of(node, &card),
            };
            compile::compile(card, &refused, &mut problems)
        });
        match (problems.in_order(node, text).into_error(), tariff) {
            (None, Some(tariff)) => Ok(tariff),
            (Some(error), _) => Err(error),
            (None, None) => Err(impossible()),
        }
    }
}

/// For a card that is refused without a word, which none is.
fn impossible() -> Error {
    let message = "the rate card cannot be compiled";
    Problem::new(Code::Overflow, Path::Root, message).into()
}

/// No list or object of a rate card has more parts: comparing each with each other stays quick.
const MAX_PARTS: usize = 2_000;

fn refuse_crowds(node: &Node, path: &Path<'_>, problems: &mut Problems) {
    let parts = match &node.kind {
        json::Kind::List(items) => {
            for (index, item) in items.iter().enumerate() {
                refuse_crowds(item, &path.index(index), problems);
            }
            items.len()
        }
        json::Kind::Object(members) => {
            for member in members {
                refuse_crowds(&member.value, &path.key(&member.key), problems);
            }
            members.len()
        }
        _ => return,
    };
    if parts > MAX_PARTS {
        problems.add(
            Code::TooMany,
            path,
            format!("{parts} parts, where a rate card has at most {MAX_PARTS} in one place"),
        );
    }
}
