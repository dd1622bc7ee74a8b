//! The rate card: the document as written, and its compilation into a [`Tariff`].

mod compile;
pub(crate) mod decode;
mod document;
pub(crate) mod json;
mod scale;

pub use document::{
    Assumption, Balance, By, Charge, ChargeQuantity, ChoiceInput, ChoiceOption, Computation,
    ComputedInput, Condition, Count, Currency, Date, Decimals, Every, Example, ExpectedLine, Id,
    Ids, Input, Map, Mode, Name, Num, NumericInput, Overage, OverageQuantity, Plan, PlanPrice,
    Price, Range, RateCard, Source, Step, Test, Tier, Tiers, ToggleInput, When, Where,
};

use crate::{
    error::{Error, Path},
    tariff::Tariff,
};
use decode::{Decode, Problems};
use json::Node;

impl Tariff {
    /// Reads and checks a rate card. Numbers are read as written, never through a float.
    ///
    /// # Errors
    ///
    /// All problems of the card, each with its path, line and column.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let node = json::parse(text)?;
        Self::from_node(&node, Some(text))
    }

    pub(crate) fn from_node(node: &Node, text: Option<&str>) -> Result<Self, Error> {
        let mut problems = Problems::default();
        let card = RateCard::decode(node, &Path::Root, &mut problems);
        let tariff = card.and_then(|card| compile::compile(card, &mut problems));
        if let Some(text) = text {
            problems = problems.locate(text, node);
        }
        match (problems.into_error(), tariff) {
            (None, Some(tariff)) => Ok(tariff),
            (Some(error), _) => Err(error),
            (None, None) => Err(crate::error::Problem::new(
                crate::error::Code::Overflow,
                "",
                "the rate card cannot be compiled",
            )
            .into()),
        }
    }
}
