//! From a JavaScript value to a JSON value, without losing or guessing anything.

use js_sys::{Array, JsString, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::throw;
use crate::{
    card::json::{Kind, MAX_BYTES, MAX_DEPTH, MAX_NODES, Member, Node, Number},
    error::{Code, Path, Problem},
};

/// Reads plain data. What a getter or a proxy throws is passed on as it is.
pub(super) fn read(value: &JsValue) -> Result<Node, JsValue> {
    let mut nodes = 0;
    node(value, &Path::Root, 0, &mut nodes)
}

fn node(value: &JsValue, path: &Path<'_>, depth: u32, nodes: &mut u32) -> Result<Node, JsValue> {
    *nodes = nodes.saturating_add(1);
    // The order of values, which is the order in which their problems are said.
    let offset = *nodes;
    if *nodes > MAX_NODES {
        return refuse(
            Code::TooLarge,
            path,
            format!("more than {MAX_NODES} values in one document"),
        );
    }
    if depth > MAX_DEPTH {
        return refuse(
            Code::TooDeep,
            path,
            format!("nested more than {MAX_DEPTH} levels deep"),
        );
    }
    let kind = if value.is_undefined() {
        Kind::Undefined
    } else if value.is_null() {
        Kind::Null
    } else if let Some(flag) = value.as_bool() {
        Kind::Bool(flag)
    } else if let Some(number) = value.as_f64() {
        Kind::Number(read_number(number, value))
    } else if let Some(text) = value.dyn_ref::<JsString>() {
        if usize::try_from(text.length()).map_or(true, |length| length > MAX_BYTES) {
            let message = format!("a text of more than {MAX_BYTES} characters");
            return refuse(Code::TooLarge, path, message);
        }
        Kind::Text(String::from(text))
    } else if let Some(list) = value.dyn_ref::<Array>() {
        Kind::List(items(list, path, depth, nodes)?)
    } else if value.is_object() {
        match other_than_plain(value)? {
            Some(name) => Kind::Other(name),
            None => Kind::Object(members(value, path, depth, nodes)?),
        }
    } else if value.is_function() {
        Kind::Other("a function")
    } else if value.is_symbol() {
        Kind::Other("a symbol")
    } else {
        Kind::Other("a bigint")
    };
    Ok(Node { kind, offset })
}

/// The decimal that JavaScript prints for a number: the shortest that reads back as the same double.
fn read_number(number: f64, value: &JsValue) -> Number {
    if !number.is_finite() {
        return Number::NotFinite;
    }
    let text = value
        .unchecked_ref::<js_sys::Number>()
        .to_string_with_radix(10);
    text.ok()
        .and_then(|text| Number::parse(&String::from(text)))
        .unwrap_or(Number::TooLong)
}

fn items(list: &Array, path: &Path<'_>, depth: u32, nodes: &mut u32) -> Result<Vec<Node>, JsValue> {
    let length = list.length();
    if length > MAX_NODES {
        return refuse(
            Code::TooLarge,
            path,
            format!("a list of {length} items, where at most {MAX_NODES} are read"),
        );
    }
    let mut items = Vec::new();
    for index in 0..length {
        let item = Reflect::get_u32(list, index)?;
        let path = path.index(usize::try_from(index).unwrap_or(usize::MAX));
        items.push(node(&item, &path, depth.saturating_add(1), nodes)?);
    }
    Ok(items)
}

fn members(
    object: &JsValue,
    path: &Path<'_>,
    depth: u32,
    nodes: &mut u32,
) -> Result<Vec<Member>, JsValue> {
    let keys = Object::keys(object.unchecked_ref::<Object>());
    if keys.length() > MAX_NODES {
        return refuse(
            Code::TooLarge,
            path,
            format!(
                "an object of {} keys, where at most {MAX_NODES} are read",
                keys.length()
            ),
        );
    }
    let mut members = Vec::new();
    for key in keys.iter() {
        let value = Reflect::get(object, &key)?;
        let key = String::from(key.unchecked_ref::<JsString>());
        let offset = nodes.saturating_add(1);
        let value = node(&value, &path.key(&key), depth.saturating_add(1), nodes)?;
        members.push(Member { key, offset, value });
    }
    Ok(members)
}

/// A Map, a Date or an instance of a class keeps its data where its own keys do not show it: read as an empty
/// object, it would be priced as nothing.
fn other_than_plain(value: &JsValue) -> Result<Option<&'static str>, JsValue> {
    let prototype = Reflect::get_prototype_of(value)?;
    if prototype.is_null() || Reflect::get_prototype_of(&prototype)?.is_null() {
        return Ok(None);
    }
    Ok(Some("an object that is not plain"))
}

fn refuse<T>(code: Code, path: &Path<'_>, message: String) -> Result<T, JsValue> {
    Err(throw(&Problem::new(code, path, message).into()))
}
