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
    text::filled,
};
use decode::Problems;
use json::{MAX_PARTS, Node};

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

    pub(crate) fn from_node(written: &Node, text: Option<&str>) -> Result<Self, Error> {
        let mut problems = Problems::default();
        refuse_crowds(written, &Path::Root, &mut problems);
        let tariff = match problems.is_empty() {
            true => Self::checked(written.clone(), &mut problems),
            false => None,
        };
        match (problems.in_order(written, text).into_error(), tariff) {
            (None, Some(tariff)) => Ok(tariff),
            (Some(error), _) => Err(error),
            (None, None) => Err(impossible()),
        }
    }

    fn checked(mut card: Node, problems: &mut Problems) -> Option<Self> {
        if !document::CARD.check(&mut card, &Path::Root, problems) {
            return None;
        }
        compile::fill_in(&mut card);
        let compiled = compile::compile(&card, problems)?;
        Some(Self {
            id: card.text_at("id").to_owned(),
            version: card.get("version").map(|version| version.text().to_owned()),
            sources: compiled.sources,
            balances: compiled.balances,
            charges: compiled.charges,
            assumptions: compiled.assumptions,
            most: compiled.most,
            document: card,
            #[cfg(not(target_arch = "wasm32"))]
            card: std::sync::OnceLock::new(),
        })
    }
}

/// For a card that is refused without a word, which none is.
fn impossible() -> Error {
    let message = "the rate card cannot be compiled";
    Problem::new(Code::Overflow, Path::Root, message).into()
}

fn refuse_crowds(node: &Node, path: &Path<'_>, problems: &mut Problems) {
    for (index, item) in node.items().iter().enumerate() {
        refuse_crowds(item, &path.index(index), problems);
    }
    for member in node.members() {
        refuse_crowds(&member.value, &path.key(&member.key), problems);
    }
    let parts = node.items().len().max(node.members().len());
    if parts > MAX_PARTS {
        let message = filled(
            "{} parts, where a rate card has at most {} in one place",
            &[&parts, &MAX_PARTS],
        );
        problems.add(Code::TooMany, path, message);
    }
}
