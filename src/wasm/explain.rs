//! An estimate with its arithmetic.

use wasm_bindgen::prelude::*;

use super::{loaded, throw, to_js, usage};
use crate::explain;

/// Prices a usage, and says how each figure comes about.
#[wasm_bindgen(js_name = explainUsage)]
pub fn explain_usage(number: u32, given: &JsValue) -> Result<JsValue, JsValue> {
    let tariff = loaded(number)?;
    let explanation = explain(&tariff, &usage(given)?).map_err(|error| throw(&error))?;
    to_js(&explanation.shape())
}
