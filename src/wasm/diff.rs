//! What changes between two usages.

use wasm_bindgen::prelude::*;

use super::{loaded, throw, to_js, usage};
use crate::{diff, error::Error};

/// Prices two usages and compares them.
#[wasm_bindgen(js_name = diffUsages)]
pub fn diff_usages(number: u32, before: &JsValue, after: &JsValue) -> Result<JsValue, JsValue> {
    let tariff = loaded(number)?;
    let compared = diff(&tariff, &usage(before)?, &usage(after)?);
    to_js(&compared.map_err(|error: Error| throw(&error))?.shape())
}
