//! The most that fits.

use wasm_bindgen::prelude::*;

use super::{loaded, options, throw, to_js, usage};
use crate::{
    Error, Limits, Tariff,
    along::Vary,
    card::{decode::Problems, json::Node},
    error::{Code, Path},
    fit::fit,
    limits::amounts,
};

/// The largest value of an input that fits: `{ vary, within, from?, to?, step? }`.
#[wasm_bindgen(js_name = fitUsage)]
pub fn fit_usage(number: u32, given: &JsValue, question: &JsValue) -> Result<JsValue, JsValue> {
    let tariff = loaded(number)?;
    let given = usage(given)?;
    let question = options(question, &["vary", "within", "from", "to", "step"])?;
    let limits = within(&tariff, &question).map_err(|error| throw(&error))?;
    match fit(&tariff, &given, &Vary::of(&question), &limits) {
        Ok(fit) => to_js(&fit.shape()),
        Err(error) => Err(throw(&error)),
    }
}

fn within(tariff: &Tariff, question: &Node) -> Result<Limits, Error> {
    let root = Path::Root;
    let path = root.key("within");
    let mut problems = Problems::default();
    let within = match question.get("within") {
        Some(within) => amounts(tariff, within, &path, &mut problems),
        None => {
            let message = "the key \"within\" is missing: how much of each balance is there";
            problems.add(Code::MissingKey, &path, message);
            Vec::new()
        }
    };
    match problems.into_error() {
        Some(error) => Err(error),
        None => Ok(Limits::of(tariff, &within)),
    }
}
