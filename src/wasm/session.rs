//! What a session in JavaScript asks: its entries live there, in whole units, and outlive an instance of the module.

use wasm_bindgen::prelude::*;

use super::{loaded, read, throw, to_js};
use crate::{
    card::{
        decode::{self, Object, Problems},
        json::Node,
    },
    check::Judgement,
    error::{Error, Path},
    limits::{self, Limits},
    session::{LIMIT, Units, price, weigh},
    shape::{Fields, Shape},
    tariff::Tariff,
    text::split,
    usage::Usage,
};

/// What a usage comes to, in whole units of each balance's last decimal: the least of it, then the most, which differ
/// where one of its values is a range.
#[wasm_bindgen(js_name = unitsOf)]
pub fn units_of(number: u32, usage: &JsValue) -> Result<JsValue, JsValue> {
    let tariff = loaded(number)?;
    let usage = Usage::from_node(read::read(usage)?);
    let Units(units) = price(&tariff, &usage).map_err(|error| throw(&error))?;
    let mut spread = Vec::with_capacity(units.len().saturating_mul(2));
    for (least, _) in &units {
        spread.push(Shape::Whole(*least));
    }
    for (_, most) in &units {
        spread.push(Shape::Whole(*most));
    }
    to_js(&Shape::List(spread))
}

/// What limits leave to spend, in the same units and by balance, null where they say nothing:
/// `{ balances, total, added }`, what is there, and the most that totals and what a step adds may be.
#[wasm_bindgen(js_name = roomOf)]
pub fn room_of(number: u32, limits: &JsValue) -> Result<JsValue, JsValue> {
    let tariff = loaded(number)?;
    let limits = Limits::from_node(&tariff, &read::read(limits)?).map_err(|error| throw(&error))?;
    let [total, added] = limits.apart(&tariff);
    let mut room = Fields::new();
    room.put("balances", units(&limits.balances));
    room.put("total", units(&total));
    room.put("added", units(&added));
    to_js(&room.object())
}

/// Refuses what is no object, and every key that is not among the known ones, which are written with a comma behind each.
#[wasm_bindgen(js_name = knowKeys)]
pub fn know_keys(given: &JsValue, known: &str) -> Result<(), JsValue> {
    let (mut keys, mut rest) = (Vec::new(), known);
    while let Some((key, others)) = split(rest, b',') {
        keys.push(key);
        rest = others;
    }
    let mut problems = Problems::default();
    Object::open(&read::read(given)?, &Path::Root, &keys, &mut problems);
    problems
        .into_error()
        .map_or(Ok(()), |error| Err(throw(&error)))
}

/// The verdict on totals.
#[wasm_bindgen(js_name = verdictOn)]
pub fn verdict_on(number: u32, totals: &JsValue) -> Result<JsValue, JsValue> {
    let tariff = loaded(number)?;
    let judgement = judged(&tariff, &read::read(totals)?).map_err(|error| throw(&error))?;
    let mut verdict = judgement.fields();
    verdict.put("shortfall", judgement.shortfall.shape());
    to_js(&verdict.object())
}

/// The verdict on the totals that it keeps, as
/// `{ balances?, guardrails?, totals, added, mostTotals?, mostAdded? }`. What is taken away is added as 0, which no
/// guardrail minds.
fn judged<'t>(tariff: &'t Tariff, node: &Node) -> Result<Judgement<'t>, Error> {
    let mut problems = Problems::default();
    let limits = Limits::read(tariff, node, &mut problems);
    let mut ends = |least: &str, most: &str| {
        let mut units = |key| shown_units(tariff, node, key, &mut problems);
        let least = units(least);
        let most = units(most).or_else(|| least.clone()).unwrap_or_default();
        let mut ends = Vec::with_capacity(most.len());
        for (least, most) in least.unwrap_or_default().iter().zip(&most) {
            ends.push((*least, *most));
        }
        Units(ends)
    };
    let (totals, added) = (ends("totals", "mostTotals"), ends("added", "mostAdded"));
    match problems.into_error() {
        Some(error) => Err(error),
        None => Ok(weigh(tariff, &totals, &added, &limits)),
    }
}

fn shown_units(
    tariff: &Tariff,
    node: &Node,
    key: &str,
    problems: &mut Problems,
) -> Option<Vec<i64>> {
    let members = decode::members(node, &Path::Root, problems)?;
    let node = decode::member(members, key)?;
    let amounts = limits::amounts(tariff, node, &Path::Root.key(key), problems);
    let mut units = Vec::with_capacity(amounts.len());
    for (amount, rule) in amounts.iter().zip(&tariff.balances) {
        let amount = amount.and_then(|amount| limits::units(amount, rule));
        let amount = amount.and_then(|units| i64::try_from(units).ok());
        units.push(amount.unwrap_or(0));
    }
    Some(units)
}

/// More than any session comes to is as good as without end.
fn units(amounts: &[Option<i128>]) -> Shape<'_> {
    Shape::list(amounts, |amount| match amount {
        Some(units) => Shape::Whole(i64::try_from(*units).unwrap_or(LIMIT).min(LIMIT)),
        None => Shape::Null,
    })
}
