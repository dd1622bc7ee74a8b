//! The boundary to JavaScript, and only the boundary: functions over numbered rate cards.
//!
//! A number means nothing to another instance of the module, so the JavaScript side keeps what a card was made from.

mod check;
mod columns;
mod curve;
mod diff;
mod explain;
mod fit;
mod hot;
mod panic;
mod plan;
mod read;
mod session;

pub use check::check_usage;
pub use columns::{
    batch_column, batch_rows, charged_in, close_batch, drop_column, emit_rows, open_batch,
};
pub use curve::curve_usage;
pub use diff::diff_usages;
pub use explain::explain_usage;
pub use fit::fit_usage;
pub use hot::{emit_usage, out_address, price_raw, raw_address};
pub use plan::recommend;

use std::{cell::RefCell, rc::Rc, thread::LocalKey};

use serde::Serialize;
use wasm_bindgen::prelude::*;

pub use session::{know_keys, room_of, units_of, verdict_on};

use crate::{
    Error, Tariff,
    card::{
        decode::{Object, Problems},
        json::{Kind, Node},
    },
    error::Path,
    estimate,
    fast::Fast,
    prove,
    shape::Shape,
    usage::Usage,
};
/// 5 KB less than the standard library's. Only in the npm package: another program may have chosen its own.
#[cfg(feature = "package")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

struct Loaded {
    tariff: Rc<Tariff>,
    fast: Option<Fast>,
}

thread_local! {
    static LOADED: RefCell<Vec<Option<Loaded>>> = const { RefCell::new(Vec::new()) };
}

/// What lives as long as the module. The standard library's own way to it has a word for who asks while somebody else
/// has it, which nobody does.
trait Lend<T> {
    fn lend<R: Default>(&'static self, ask: impl FnOnce(&mut T) -> R) -> R;
}

impl<T> Lend<T> for LocalKey<RefCell<T>> {
    fn lend<R: Default>(&'static self, ask: impl FnOnce(&mut T) -> R) -> R {
        let asked = self.try_with(|kept| Some(ask(&mut *kept.try_borrow_mut().ok()?)));
        asked.ok().flatten().unwrap_or_default()
    }
}

/// Compiles a rate card, given as JSON text or as an object, and answers its number.
#[wasm_bindgen(js_name = loadCard)]
pub fn load_card(card: &JsValue) -> Result<u32, JsValue> {
    let node = read::read(card)?;
    load(match &node.kind {
        Kind::Text(text) => Tariff::from_json(text),
        _ => Tariff::from_node(&node, None),
    })
}

fn load(tariff: Result<Tariff, Error>) -> Result<u32, JsValue> {
    let tariff = Rc::new(tariff.map_err(|error| throw(&error))?);
    let fast = Fast::of(&tariff);
    let loading = Some(Loaded { tariff, fast });
    let number = LOADED.lend(|loaded| {
        let free = loaded.iter().position(Option::is_none);
        let number = match free.and_then(|number| loaded.get_mut(number)) {
            Some(slot) => {
                *slot = loading;
                free
            }
            None => {
                loaded.push(loading);
                loaded.len().checked_sub(1)
            }
        };
        u32::try_from(number?).ok()
    });
    number.ok_or_else(|| JsValue::from_str("too many rate cards"))
}

/// Compiles the rate card that comes with the package, and answers its number.
#[wasm_bindgen(js_name = loadInvideoV4)]
pub fn load_invideo_v4() -> Result<u32, JsValue> {
    load(Tariff::from_json(crate::cards::INVIDEO_V4))
}

/// Forgets a rate card; its number may be given to another.
#[wasm_bindgen(js_name = unloadCard)]
pub fn unload_card(number: u32) {
    LOADED.lend(|loaded| {
        if let Some(slot) = usize::try_from(number).ok().and_then(|n| loaded.get_mut(n)) {
            *slot = None;
        }
    });
}

/// The rate card as an object, with every default filled in.
#[wasm_bindgen(js_name = describeCard)]
pub fn describe_card(number: u32) -> Result<JsValue, JsValue> {
    to_js(&loaded(number)?.document.shape())
}

/// Prices the card's examples and compares them with what was published.
#[wasm_bindgen(js_name = proveCard)]
pub fn prove_card(number: u32) -> Result<JsValue, JsValue> {
    to_js(&prove(&*loaded(number)?).shape())
}

/// Prices a usage.
#[wasm_bindgen(js_name = estimateUsage)]
pub fn estimate_usage(number: u32, usage: &JsValue) -> Result<JsValue, JsValue> {
    let tariff = loaded(number)?;
    let estimate = estimate(&tariff, &self::usage(usage)?).map_err(|error| throw(&error))?;
    to_js(&estimate.shape())
}

fn usage(given: &JsValue) -> Result<Usage, JsValue> {
    Ok(Usage::from_node(read::read(given)?))
}

/// Reads the options of a question, which has no others than those known.
fn options(given: &JsValue, known: &[&str]) -> Result<Node, JsValue> {
    let node = read::read(given)?;
    let mut problems = Problems::default();
    Object::open(&node, &Path::Root, known, &mut problems);
    match problems.into_error() {
        Some(error) => Err(throw(&error)),
        None => Ok(node),
    }
}

fn loaded(number: u32) -> Result<Rc<Tariff>, JsValue> {
    LOADED
        .lend(|loaded| {
            let number = usize::try_from(number).ok()?;
            let card = loaded.get(number)?.as_ref()?;
            Some(Rc::clone(&card.tariff))
        })
        .ok_or_else(|| JsValue::from_str("no such rate card"))
}

/// Every error crosses in one shape: `{ problems: [{ code, path, message, suggestion?, line?, column? }] }`.
fn throw(error: &Error) -> JsValue {
    to_js(&error.shape()).unwrap_or_else(|error| error)
}

fn to_js(shape: &Shape<'_>) -> Result<JsValue, JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    Ok(shape.serialize(&serializer)?)
}
