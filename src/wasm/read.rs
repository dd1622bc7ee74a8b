//! From a JavaScript value to a JSON value, without losing or guessing anything.

use wasm_bindgen::prelude::*;

use super::throw;
use crate::card::json::{self, MAX_BYTES, MAX_DEPTH, MAX_NODES, Node};

// What JSON has no word for is written as `Kind::Other` and its neighbours are read; what passes a limit is not
// written further, and refused by the reader at the same place.
#[wasm_bindgen(inline_js = r#"
export function write(value, mostNodes, mostDepth, mostCharacters) {
  let nodes = 0;
  const all = (list, one) => {
    const texts = [];
    for (let i = 0; i < list.length; i++) texts.push(one(list[i]));
    return texts.join();
  };
  const text = (value, depth) => {
    if (++nodes > mostNodes || depth > mostDepth) return "0";
    const type = typeof value;
    if (type === "number") return isFinite(value) ? `${value}` : "N";
    if (type === "string") return value.length > mostCharacters ? "L" : JSON.stringify(value);
    if (value === null || type === "boolean") return `${value}`;
    if (type !== "object") return type === "undefined" ? "U" : type === "function" ? "F" : type === "symbol" ? "S" : "B";
    const inner = (value) => text(value, depth + 1);
    if (Array.isArray(value)) return value.length > mostNodes ? `A${value.length}` : `[${all(value, inner)}]`;
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return "P";
    const keys = Object.keys(value);
    if (keys.length > mostNodes) return `O${keys.length}`;
    return `{${all(keys, (key) => `${JSON.stringify(key)}:${inner(value[key])}`)}}`;
  };
  return text(value, 0);
}
"#)]
extern "C" {
    #[wasm_bindgen(catch)]
    fn write(value: &JsValue, nodes: u32, depth: u32, characters: usize)
    -> Result<String, JsValue>;
}

/// Reads plain data. What a getter or a proxy throws is passed on as it is.
pub(super) fn read(value: &JsValue) -> Result<Node, JsValue> {
    json::parse_value(&text_of(value)?).map_err(|problem| throw(&problem.into()))
}

/// A value as text that is JSON where it can be; a number is the shortest decimal that reads back as the same double.
pub(super) fn text_of(value: &JsValue) -> Result<String, JsValue> {
    write(value, MAX_NODES, MAX_DEPTH, MAX_BYTES)
}
