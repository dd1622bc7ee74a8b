//! Many usages at once: a column of doubles for each input that differs from row to row, in the module's memory.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use super::{
    LOADED, Lend, Loaded,
    hot::{DESK, address, with_plan},
};
use crate::fast::{Values, bit};

/// Columns of one rate card.
struct Batch {
    rows: usize,
    /// By source; empty for one that is the same in all rows.
    columns: Vec<Vec<f64>>,
    totals: Vec<Vec<f64>>,
}

impl Batch {
    /// The inputs that have columns, by their bits.
    fn given(&self) -> u32 {
        let mut given = 0;
        for (source, column) in self.columns.iter().enumerate() {
            if !column.is_empty() {
                given |= bit(source);
            }
        }
        given
    }
}

thread_local! {
    static BATCHES: RefCell<Vec<Option<Batch>>> = const { RefCell::new(Vec::new()) };
}

fn with<T>(batch: usize, ask: impl FnOnce(&mut Batch) -> T) -> Option<T> {
    BATCHES.lend(|batches| batches.get_mut(batch)?.as_mut().map(ask))
}

fn empty(count: usize) -> Vec<Vec<f64>> {
    let mut lists = Vec::with_capacity(count);
    lists.resize_with(count, Vec::new);
    lists
}

/// Opens columns of so many rows for a rate card, and answers their number.
#[wasm_bindgen(js_name = openBatch)]
pub fn open_batch(sources: usize, balances: usize, rows: usize) -> usize {
    let batch = Some(Batch {
        rows,
        columns: empty(sources),
        totals: empty(balances),
    });
    BATCHES.lend(|batches| {
        match batches
            .iter_mut()
            .enumerate()
            .find(|(_, slot)| slot.is_none())
        {
            Some((number, slot)) => {
                *slot = batch;
                number
            }
            None => {
                batches.push(batch);
                batches.len().wrapping_sub(1)
            }
        }
    })
}

/// Lets go of columns.
#[wasm_bindgen(js_name = closeBatch)]
pub fn close_batch(batch: usize) {
    BATCHES.lend(|batches| {
        if let Some(slot) = batches.get_mut(batch) {
            *slot = None;
        }
    });
}

/// The address of an input's column, which is made where there is none; with the number of inputs added to its own, that
/// of a balance's totals.
#[wasm_bindgen(js_name = batchColumn)]
pub fn batch_column(batch: usize, place: usize) -> u32 {
    with(batch, |batch| {
        let mut lists = batch.columns.iter_mut().chain(&mut batch.totals);
        let Some(list) = lists.nth(place) else {
            return 0;
        };
        list.resize(batch.rows, 0.0);
        address(list)
    })
    .unwrap_or(0)
}

/// An input has no column any more.
#[wasm_bindgen(js_name = dropColumn)]
pub fn drop_column(batch: usize, source: usize) {
    with(batch, |batch| {
        if let Some(column) = batch.columns.get_mut(source) {
            *column = Vec::new();
        }
    });
}

/// A WebAssembly module whose function `f` prices rows together, with what is the same in all of them as
/// [`price_raw`](super::price_raw) takes it. See `src/fast/emit.rs`.
#[wasm_bindgen(js_name = emitRows)]
pub fn emit_rows(card: usize, batch: usize, choices: u32, given: u32) -> Option<Vec<u8>> {
    let columns = with(batch, |batch| batch.given())?;
    with_plan(card, choices, given, |plan, _| {
        plan.emit_rows(given, columns)
    })
}

/// The balances that may be charged in, by their bits.
#[wasm_bindgen(js_name = chargedIn)]
pub fn charged_in(card: usize, choices: u32, given: u32) -> u32 {
    with_plan(card, choices, given, |plan, _| Some(plan.charged())).unwrap_or(u32::MAX)
}

/// Prices rows one by one, `from` the first up to before `to`; answers the first row that has to be read and priced as an
/// object, or `to`.
#[wasm_bindgen(js_name = batchRows)]
pub fn batch_rows(
    card: usize,
    batch: usize,
    choices: u32,
    given: u32,
    from: usize,
    to: usize,
) -> usize {
    let answer = with_card(card, |card| {
        with(batch, |batch| {
            DESK.lend(|desk| {
                let given = given | batch.given();
                for row in from..to {
                    for (raw, column) in desk.raw.iter_mut().zip(&batch.columns) {
                        if let Some(value) = column.get(row) {
                            *raw = *value;
                        }
                    }
                    let priced = card.fast.as_mut().and_then(|fast| {
                        fast.plan(&card.tariff, choices, &desk.raw, given)?.price(
                            &desk.raw,
                            given,
                            &mut desk.values,
                            &mut desk.out,
                        )
                    });
                    if priced.is_none() {
                        return row;
                    }
                    for (balance, totals) in batch.totals.iter_mut().enumerate() {
                        if let (Some(total), Some(figure)) =
                            (totals.get_mut(row), desk.out.get(Values::total_at(balance)))
                        {
                            *total = *figure;
                        }
                    }
                }
                to
            })
        })
    });
    answer.flatten().unwrap_or(from)
}

fn with_card<T>(number: usize, ask: impl FnOnce(&mut Loaded) -> T) -> Option<T> {
    LOADED.lend(|loaded| loaded.get_mut(number)?.as_mut().map(ask))
}
