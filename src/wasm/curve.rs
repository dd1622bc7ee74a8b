//! Curves, as typed arrays.

use js_sys::{Float64Array, Object, Reflect};
use wasm_bindgen::prelude::*;

use super::{loaded, options, throw, to_js, usage};
use crate::{along::Vary, curve::curve};

/// What a usage costs along one of its inputs: `{ vary, from?, to?, step? }`.
#[wasm_bindgen(js_name = curveUsage)]
pub fn curve_usage(number: u32, given: &JsValue, question: &JsValue) -> Result<JsValue, JsValue> {
    let tariff = loaded(number)?;
    let given = usage(given)?;
    let question = options(question, &["vary", "from", "to", "step"])?;
    let vary = Vary::of(&question);
    let curve = curve(&tariff, &given, &vary).map_err(|error| throw(&error))?;
    let array = |doubles: Vec<f64>| Float64Array::from(doubles.as_slice());
    let totals = Object::new();
    for balance in curve.balances() {
        let column = array(curve.total_doubles(balance));
        Reflect::set(&totals, &balance.into(), &column)?;
    }
    let object = Object::new();
    for (key, value) in [
        ("input", curve.input.into()),
        ("from", to_js(&curve.from)?),
        ("to", to_js(&curve.to)?),
        ("step", to_js(&curve.step)?),
        ("starts", array(curve.start_doubles()).into()),
        ("totals", totals.into()),
        ("edges", to_js(&curve.edges)?),
    ] {
        Reflect::set(&object, &key.into(), &value)?;
    }
    Ok(object.into())
}
