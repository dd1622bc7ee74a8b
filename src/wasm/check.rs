//! Whether a usage may be made.

use wasm_bindgen::prelude::*;

use super::{loaded, read, throw, to_js, usage};
use crate::{check, limits::Limits};

/// Prices a usage and compares it with `{ balances?, guardrails? }`.
#[wasm_bindgen(js_name = checkUsage)]
pub fn check_usage(number: u32, given: &JsValue, options: &JsValue) -> Result<JsValue, JsValue> {
    let tariff = loaded(number)?;
    let limits = match options.is_undefined() {
        true => Ok(Limits::default()),
        false => Limits::from_node(&tariff, &read::read(options)?),
    };
    let given = usage(given)?;
    let answer = limits
        .and_then(|limits| check(&tariff, &given, &limits).map(|check| to_js(&check.shape())));
    answer.map_err(|error| throw(&error))?
}
