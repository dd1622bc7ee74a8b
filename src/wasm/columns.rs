//! Many usages at once: a column of doubles for each input that differs from row to row, in the module's memory.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use super::{LOADED, Loaded, hot::DESK};
use crate::fast::{FIGURES, Tape, Values};

/// Columns of one rate card.
struct Batch {
    rows: usize,
    /// By source; empty for one that is the same in all rows.
    columns: Vec<Vec<f64>>,
    totals: Vec<Vec<f64>>,
    /// Whether there may be anything but 0 in a balance's totals.
    written: Vec<bool>,
    tape: Tape,
    /// The addresses that `simd/` works on: columns, charges, balances, their numbers, inputs, outputs.
    addresses: Vec<u32>,
    inputs: Vec<u32>,
    outputs: Vec<u32>,
}

thread_local! {
    static BATCHES: RefCell<Vec<Option<Batch>>> = const { RefCell::new(Vec::new()) };
}

fn with<T>(batch: usize, ask: impl FnOnce(&mut Batch) -> T) -> Option<T> {
    BATCHES.with_borrow_mut(|batches| batches.get_mut(batch)?.as_mut().map(ask))
}

fn address<T>(list: &[T]) -> u32 {
    u32::try_from(list.as_ptr().expose_provenance()).unwrap_or(0)
}

/// Opens columns of so many rows for a rate card, and answers their number.
#[wasm_bindgen(js_name = openBatch)]
pub fn open_batch(sources: usize, balances: usize, rows: usize) -> usize {
    let batch = Some(Batch {
        rows,
        columns: vec![Vec::new(); sources],
        totals: vec![vec![0.0; rows]; balances],
        written: vec![false; balances],
        tape: Tape::default(),
        addresses: Vec::new(),
        inputs: Vec::new(),
        outputs: Vec::new(),
    });
    BATCHES.with_borrow_mut(|batches| {
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
    BATCHES.with_borrow_mut(|batches| {
        if let Some(slot) = batches.get_mut(batch) {
            *slot = None;
        }
    });
}

/// The address of an input's column, which is made where there is none.
#[wasm_bindgen(js_name = batchColumn)]
pub fn batch_column(batch: usize, source: usize) -> u32 {
    with(batch, |batch| {
        let rows = batch.rows;
        batch.columns.get_mut(source).map_or(0, |column| {
            column.resize(rows, 0.0);
            address(column)
        })
    })
    .unwrap_or(0)
}

/// Whether there may be anything but 0 in a balance's totals.
#[wasm_bindgen(js_name = batchWritten)]
pub fn batch_written(batch: usize, balance: usize) -> bool {
    with(batch, |batch| batch.written.get(balance) == Some(&true)).unwrap_or(false)
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

/// The address of a balance's totals.
#[wasm_bindgen(js_name = batchTotals)]
pub fn batch_totals(batch: usize, balance: usize) -> u32 {
    with(batch, |batch| {
        batch
            .totals
            .get(balance)
            .map_or(0, |totals| address(totals))
    })
    .unwrap_or(0)
}

/// Makes ready for `simd/`, with what is the same in all rows as [`price_raw`](super::price_raw) takes it. Answers the
/// address of its nine arguments but the number of rows, or 0 where it cannot do it.
#[wasm_bindgen(js_name = batchTape)]
pub fn batch_tape(card: usize, batch: usize) -> u32 {
    let answer = with_card(card, |card| {
        with(batch, |batch| {
            DESK.with_borrow(|desk| {
                for source in 0..batch.columns.len() {
                    // A list, or a choice that differs from row to row, is priced row by row.
                    let given = desk.raw.get(source).is_some_and(|raw| !raw.is_nan());
                    let differs = batch
                        .columns
                        .get(source)
                        .is_some_and(|column| !column.is_empty());
                    if card.fast.as_ref()?.is_axis(source) == differs && (given || differs) {
                        return None;
                    }
                }
                let plan = card.fast.as_mut()?.plan(&card.tariff, &desk.raw)?;
                let has_column = |source: usize| {
                    batch
                        .columns
                        .get(source)
                        .is_some_and(|column: &Vec<f64>| !column.is_empty())
                };
                let tape = plan.tape(has_column)?;
                batch.inputs.clear();
                for source in &tape.sources {
                    let column = batch.columns.get(*source)?;
                    if column.is_empty() {
                        return None;
                    }
                    batch.inputs.push(address(column));
                }
                batch.outputs.clear();
                for ((totals, written), own) in batch
                    .totals
                    .iter_mut()
                    .zip(&mut batch.written)
                    .zip(tape.balances.chunks_exact(5))
                {
                    // A balance that nothing is charged in is left as it is: 0.
                    let charged = own.first().is_some_and(|charges| *charges > 0.0);
                    if *written && !charged {
                        totals.fill(0.0);
                    }
                    *written = charged;
                    batch.outputs.push(address(totals));
                }
                let count = |list: &[f64], each| {
                    u32::try_from(list.len().checked_div(each).unwrap_or(0)).unwrap_or(0)
                };
                batch.addresses = vec![
                    address(&tape.columns),
                    count(&tape.columns, 7),
                    address(&tape.charges),
                    count(&tape.charges, 14),
                    address(&tape.balances),
                    count(&tape.balances, 5),
                    address(&batch.inputs),
                    address(&batch.outputs),
                ];
                batch.tape = tape;
                Some(address(&batch.addresses))
            })
        })
        .flatten()
    });
    answer.flatten().unwrap_or(0)
}

/// Prices rows one by one, `from` the first up to before `to`; answers the first row that has to be read and priced as an
/// object, or `to`.
#[wasm_bindgen(js_name = batchRows)]
pub fn batch_rows(card: usize, batch: usize, from: usize, to: usize) -> usize {
    let answer = with_card(card, |card| {
        with(batch, |batch| {
            DESK.with_borrow(|desk| {
                let mut raw = desk.raw.clone();
                batch.written.fill(true);
                let mut values = Values::new();
                let mut out = [0.0; FIGURES];
                for row in from..to {
                    for (raw, column) in raw.iter_mut().zip(&batch.columns) {
                        if let Some(value) = column.get(row) {
                            // In a column this is no number, and not a number that is missing.
                            if value.is_nan() {
                                return row;
                            }
                            *raw = *value;
                        }
                    }
                    let priced = card.fast.as_mut().and_then(|fast| {
                        fast.plan(&card.tariff, &raw)?.price(
                            &raw,
                            batch.columns.len(),
                            &mut values,
                            &mut out,
                        )
                    });
                    if priced.is_none() {
                        return row;
                    }
                    for (balance, totals) in batch.totals.iter_mut().enumerate() {
                        if let (Some(total), Some(figure)) =
                            (totals.get_mut(row), out.get(Values::total_at(balance)))
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
    LOADED.with_borrow_mut(|loaded| loaded.get_mut(number)?.as_mut().map(ask))
}
