//! Prices without objects: values go in and figures come out through two blocks of doubles in the module's memory.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use super::LOADED;
use crate::fast::{FIGURES, ITEMS, VALUES, Values};

pub(super) struct Desk {
    pub(super) raw: Vec<f64>,
    out: [f64; FIGURES],
    values: Values,
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
pub fn raw_address() -> usize {
    DESK.with_borrow_mut(|desk| {
        desk.raw.resize(VALUES.wrapping_add(ITEMS), f64::NAN);
        desk.raw.as_ptr().expose_provenance()
    })
}

/// Where the figures come out.
#[wasm_bindgen(js_name = outAddress)]
pub fn out_address() -> usize {
    DESK.with_borrow(|desk| desk.out.as_ptr().expose_provenance())
}

/// Prices the values that are there. `false` where the usage must be read and priced as an object: to be refused with a
/// word, or because the rate card has figures that are too large for this way.
#[wasm_bindgen(js_name = priceRaw)]
pub fn price_raw(number: usize) -> bool {
    LOADED.with_borrow_mut(|loaded| {
        let Some(Some(card)) = loaded.get_mut(number) else {
            return false;
        };
        let Some(fast) = &mut card.fast else {
            return false;
        };
        DESK.with_borrow_mut(|desk| {
            fast.plan(&card.tariff, &desk.raw)
                .and_then(|plan| {
                    plan.price(
                        &desk.raw,
                        card.tariff.sources.len(),
                        &mut desk.values,
                        &mut desk.out,
                    )
                })
                .is_some()
        })
    })
}
