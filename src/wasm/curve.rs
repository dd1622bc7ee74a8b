//! Curves, as typed arrays.

use js_sys::{Float64Array, Object, Reflect};
use wasm_bindgen::prelude::*;

use super::{loaded, options, throw, to_js, usage};
use crate::{along::Vary, curve::curve, edges::Edge, shape::Shape};

/// What a usage costs along one of its inputs: `{ vary, from?, to?, step? }`.
#[wasm_bindgen(js_name = curveUsage)]
pub fn curve_usage(number: u32, given: &JsValue, question: &JsValue) -> Result<JsValue, JsValue> {
    let tariff = loaded(number)?;
    let given = usage(given)?;
    let question = options(question, &["vary", "from", "to", "step"])?;
    let vary = Vary::of(&question);
    let curve = curve(&tariff, &given, &vary).map_err(|error| throw(&error))?;
    let (object, totals) = (Object::new(), Object::new());
    for balance in curve.balances() {
        put(&totals, balance, &array(&curve.total_doubles(balance)))?;
    }
    put(&object, "input", &curve.input.into())?;
    put(&object, "from", &to_js(&Shape::Number(&curve.from))?)?;
    put(&object, "to", &to_js(&Shape::Number(&curve.to))?)?;
    put(&object, "step", &to_js(&Shape::Number(&curve.step))?)?;
    put(&object, "starts", &array(&curve.start_doubles()))?;
    put(&object, "totals", &totals)?;
    put(
        &object,
        "edges",
        &to_js(&Shape::list(&curve.edges, Edge::shape))?,
    )?;
    Ok(object.into())
}

#[inline(never)]
fn put(object: &Object, key: &str, value: &JsValue) -> Result<(), JsValue> {
    Reflect::set(object, &key.into(), value)?;
    Ok(())
}

#[inline(never)]
fn array(doubles: &[f64]) -> JsValue {
    Float64Array::from(doubles).into()
}
