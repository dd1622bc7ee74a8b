//! The most that fits.

use wasm_bindgen::prelude::*;

use super::{loaded, read, throw, to_js, usage};
use crate::fit;

/// The largest value of an input that fits: `{ vary, within, from?, to?, step? }`.
#[wasm_bindgen(js_name = fitUsage)]
pub fn fit_usage(number: u32, given: &JsValue, options: &JsValue) -> Result<JsValue, JsValue> {
    let tariff = loaded(number)?;
    let given = usage(given)?;
    let options = read::read(options)?;
    let answer = fit::question(&tariff, &options).and_then(|(vary, limits)| {
        fit::fit(&tariff, &given, &vary, &limits).map(|fit| to_js(&fit))
    });
    answer.map_err(|error| throw(&error))?
}
