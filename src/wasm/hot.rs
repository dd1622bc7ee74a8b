//! Prices without objects: values go in and figures come out through two blocks of doubles in the module's memory.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use super::{LOADED, Lend};
use crate::fast::{Addresses, FIGURES, ITEMS, Plan, VALUES, Values};

pub(super) struct Desk {
    pub(super) raw: Vec<f64>,
    pub(super) out: [f64; FIGURES],
    pub(super) values: Values,
}

thread_local! {
    pub(super) static DESK: RefCell<Desk> = const { RefCell::new(Desk {
        raw: Vec::new(),
        out: [0.0; FIGURES],
        values: Values::new(),
    }) };
}

/// Where the values go in, in bytes from the start of the memory.
#[wasm_bindgen(js_name = rawAddress)]
pub fn raw_address() -> u32 {
    DESK.lend(|desk| {
        // as much again for lists as they are read
        desk.raw
            .resize(VALUES.wrapping_add(ITEMS).wrapping_add(ITEMS), 0.0);
        address(&desk.raw)
    })
}

/// Where the figures come out.
#[wasm_bindgen(js_name = outAddress)]
pub fn out_address() -> u32 {
    DESK.lend(|desk| address(&desk.out))
}

/// Prices the values that are there, with the choices that make `choices` (see `Fast::plan`), of the inputs whose bits are
/// in `given`. Answers the bits of the charges that are made; -1 where the usage must be read and priced as an object: to
/// be refused with a word, or because the rate card has figures that are too large for this way.
#[wasm_bindgen(js_name = priceRaw)]
pub fn price_raw(number: usize, choices: u32, given: u32) -> i32 {
    let made = with_plan(number, choices, given, |plan, desk| {
        plan.price(&desk.raw, given, &mut desk.values, &mut desk.out)
    });
    made.and_then(|made| i32::try_from(made).ok()).unwrap_or(-1)
}

/// A WebAssembly module for such values, whose function `f` does the same; or, with `alone`, writes totals alone. See
/// `src/fast/emit.rs`.
#[wasm_bindgen(js_name = emitUsage)]
pub fn emit_usage(number: usize, choices: u32, given: u32, alone: bool) -> Option<Vec<u8>> {
    with_plan(number, choices, given, |plan, desk| {
        let read = desk.raw.get(VALUES.wrapping_add(ITEMS)..)?;
        plan.emit_usage(
            given,
            Addresses {
                raw: address(&desk.raw),
                read: address(read),
                out: address(&desk.out),
            },
            alone,
        )
    })
}

pub(super) fn with_plan<T>(
    number: usize,
    choices: u32,
    given: u32,
    ask: impl FnOnce(&Plan, &mut Desk) -> Option<T>,
) -> Option<T> {
    LOADED.lend(|loaded| {
        let card = loaded.get_mut(number)?.as_mut()?;
        DESK.lend(|desk| {
            let plan = card
                .fast
                .as_mut()?
                .plan(&card.tariff, choices, &desk.raw, given)?;
            ask(plan, desk)
        })
    })
}

/// Where a list is, in bytes from the start of the memory.
pub(super) fn address<T>(list: &[T]) -> u32 {
    u32::try_from(list.as_ptr().expose_provenance()).unwrap_or(0)
}
