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

/// The ids of what was refused: naming them is no mistake of its own.
struct Refused {
    inputs: Vec<String>,
    charges: Vec<String>,
    balances: Vec<String>,
}

impl Refused {
    fn of(node: &Node, card: &RateCard) -> Self {
        let written = |key| match &node.kind {
            json::Kind::Object(members) => decode::member(members, key),
            _ => None,
        };
        let ids = |key| {
            let id = |item: &Node| match &item.kind {
                json::Kind::Object(members) => match decode::member(members, "id")?.kind {
                    json::Kind::Text(ref id) => Some(id.clone()),
                    _ => None,
                },
                _ => None,
            };
            match written(key).map(|list| &list.kind) {
                Some(json::Kind::List(items)) => items.iter().filter_map(id).collect(),
                _ => Vec::new(),
            }
        };
        let keys: Vec<String> = match written("balances").map(|map| &map.kind) {
            Some(json::Kind::Object(members)) => members.iter().map(|m| m.key.clone()).collect(),
            _ => Vec::new(),
        };
        let mut refused = Self {
            inputs: ids("inputs"),
            charges: ids("charges"),
            balances: keys,
        };
        refused
            .inputs
            .retain(|id| !card.inputs.iter().any(|input| input.id() == id));
        refused
            .charges
            .retain(|id| !card.charges.iter().any(|charge| charge.id.as_str() == id));
        refused
            .balances
            .retain(|id| !card.balances.iter().any(|(known, _)| known == id));
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
            let refused = Refused::of(node, &card);
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
