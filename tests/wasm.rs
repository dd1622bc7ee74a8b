//! The boundary, through it: run in Node and in real browsers.
#![cfg(target_arch = "wasm32")]
#![allow(
    missing_docs,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used
)]

mod figures;

use credit_estimator::wasm::{
    describe_card, estimate_usage, load_card, load_invideo_v4, unload_card,
};
use figures::{Expected, rows};
use js_sys::{JSON, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

fn js(json: &str) -> JsValue {
    JSON::parse(json).unwrap()
}

fn at(value: &JsValue, path: &[&str]) -> JsValue {
    path.iter().fold(value.clone(), |value, key| {
        Reflect::get(&value, &(*key).into()).unwrap()
    })
}

fn problem(thrown: &JsValue) -> (String, String) {
    let text = |key| at(thrown, &["problems", "0", key]).as_string().unwrap();
    (text("code"), text("path"))
}

#[wasm_bindgen_test]
fn every_printed_row_comes_out() {
    let card = load_invideo_v4().unwrap();
    for row in rows() {
        let estimate = estimate_usage(card, &js(&row.input.to_string())).unwrap();
        let (found, amount) = match &row.expected {
            Expected::Total { balance, amount } => (at(&estimate, &["totals", balance]), *amount),
            Expected::Line { charge, amount } => {
                let lines = js_sys::Array::from(&at(&estimate, &["lines"]));
                let line = lines
                    .iter()
                    .find(|line| at(line, &["charge"]).as_string().as_deref() == Some(*charge));
                (at(&line.unwrap(), &["amount"]), *amount)
            }
        };
        assert_eq!(found.as_f64(), Some(amount), "{}", row.name);
    }
}

#[wasm_bindgen_test]
fn what_is_no_usage_has_a_code_and_a_path() {
    let card = load_invideo_v4().unwrap();
    let nan = js_sys::Object::new();
    Reflect::set(&nan, &"duration".into(), &f64::NAN.into()).unwrap();
    for (usage, code, path) in [
        (js(r#"{"imagez":3}"#), "unknown_input", "imagez"),
        (js(r#"{"media":"stok"}"#), "unknown_option", "media"),
        (js(r#"{"duration":-1}"#), "negative", "duration"),
        (js(r#"{"duration":14401}"#), "too_large", "duration"),
        (js(r#"{"images":1.5}"#), "off_step", "images"),
        (js(r#"{"clips":[5,"x"]}"#), "invalid_value", "clips[1]"),
        (js(r#"{"duration":null}"#), "wrong_type", "duration"),
        (nan.into(), "not_finite", "duration"),
        (js_sys::Map::new().into(), "wrong_type", ""),
        (js("[]"), "wrong_type", ""),
        (JsValue::UNDEFINED, "wrong_type", ""),
    ] {
        let thrown = estimate_usage(card, &usage).unwrap_err();
        assert_eq!(
            problem(&thrown),
            (code.to_owned(), path.to_owned()),
            "{usage:?}"
        );
    }
}

#[wasm_bindgen_test]
fn undefined_means_absent_and_excuses_no_typo() {
    let card = load_invideo_v4().unwrap();
    let usage = js(r#"{"duration":60}"#);
    Reflect::set(&usage, &"images".into(), &JsValue::UNDEFINED).unwrap();
    let estimate = estimate_usage(card, &usage).unwrap();
    assert_eq!(at(&estimate, &["totals", "credits"]).as_f64(), Some(20.0));
    Reflect::set(&usage, &"imagez".into(), &JsValue::UNDEFINED).unwrap();
    let thrown = estimate_usage(card, &usage).unwrap_err();
    assert_eq!(problem(&thrown).1, "imagez");
}

#[wasm_bindgen_test]
fn a_card_is_the_same_from_text_and_from_an_object() {
    let text = credit_estimator::cards::INVIDEO_V4;
    let from_text = load_card(&text.into()).unwrap();
    let from_object = load_card(&js(text)).unwrap();
    let description = |card| String::from(JSON::stringify(&describe_card(card).unwrap()).unwrap());
    assert_eq!(description(from_text), description(from_object));
    unload_card(from_text);
    assert!(describe_card(from_text).is_err());
    assert_eq!(load_card(&text.into()).unwrap(), from_text);
}

#[wasm_bindgen_test]
fn a_wrong_card_says_where() {
    let card = r#"{
  "id": "x y", "balances": { "credits": {} },
  "charges": [{ "id": "a", "balance": "credits", "price": { "flat": 1 } }]
}"#;
    let thrown = load_card(&card.into()).unwrap_err();
    assert_eq!(
        problem(&thrown),
        ("invalid_value".to_owned(), "id".to_owned())
    );
    assert_eq!(at(&thrown, &["problems", "0", "line"]).as_f64(), Some(2.0));
    assert_eq!(
        at(&thrown, &["problems", "0", "column"]).as_f64(),
        Some(9.0)
    );
}
