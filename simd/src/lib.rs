//! The engine's columns on two doubles at a time. A WebAssembly module of its own, without memory of its own: it works
//! in the engine's, so that engines without such instructions still take the engine itself.
#![cfg(target_arch = "wasm32")]

use core::arch::wasm32::*;

mod kernel;

use kernel::{Balance, Charge, Column, Lane, MOST, TOGETHER, read, total};

#[derive(Clone, Copy)]
struct Two(v128);

impl Lane for Two {
    type Mask = v128;
    #[inline(always)]
    fn splat(number: f64) -> Self {
        Self(f64x2_splat(number))
    }
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        Self(f64x2_add(self.0, other.0))
    }
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        Self(f64x2_sub(self.0, other.0))
    }
    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        Self(f64x2_mul(self.0, other.0))
    }
    #[inline(always)]
    fn div(self, other: Self) -> Self {
        Self(f64x2_div(self.0, other.0))
    }
    #[inline(always)]
    fn floor(self) -> Self {
        Self(f64x2_floor(self.0))
    }
    #[inline(always)]
    fn nearest(self) -> Self {
        Self(f64x2_nearest(self.0))
    }
    #[inline(always)]
    fn abs(self) -> Self {
        Self(f64x2_abs(self.0))
    }
    #[inline(always)]
    fn max(self, other: Self) -> Self {
        Self(f64x2_pmax(self.0, other.0))
    }
    #[inline(always)]
    fn min(self, other: Self) -> Self {
        Self(f64x2_pmin(self.0, other.0))
    }
    #[inline(always)]
    fn below(self, other: Self) -> v128 {
        f64x2_lt(self.0, other.0)
    }
    #[inline(always)]
    fn at_most(self, other: Self) -> v128 {
        f64x2_le(self.0, other.0)
    }
    #[inline(always)]
    fn equals(self, other: Self) -> v128 {
        f64x2_eq(self.0, other.0)
    }
    #[inline(always)]
    fn both(one: v128, other: v128) -> v128 {
        v128_and(one, other)
    }
    #[inline(always)]
    fn all(mask: v128) -> bool {
        i64x2_all_true(mask)
    }
    #[inline(always)]
    fn or_zero(self, mask: v128) -> Self {
        Self(v128_and(self.0, mask))
    }
}

/// Rows that are done in one go.
const GO: usize = 2 * TOGETHER;

/// Totals of `rows` rows, in goes of eight; answers how many are done: all but the last few, or up to the go that has a
/// number which is refused. `inputs` and `outputs` hold the addresses of columns of doubles.
///
/// # Safety
///
/// Every address is of so many things in the shared memory as is said, each aligned.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn run(
    columns: *const Column,
    column_count: usize,
    charges: *const Charge,
    charge_count: usize,
    balances: *const Balance,
    balance_count: usize,
    inputs: *const *const f64,
    outputs: *const *mut f64,
    rows: usize,
) -> usize {
    // Safety: the caller's, as said above; the engine makes every one of these from lists of its own.
    let (columns, charges, balances, inputs, outputs) = unsafe {
        (
            core::slice::from_raw_parts(columns, column_count),
            core::slice::from_raw_parts(charges, charge_count),
            core::slice::from_raw_parts(balances, balance_count),
            core::slice::from_raw_parts(inputs, column_count),
            core::slice::from_raw_parts(outputs, balance_count),
        )
    };
    let mut row = 0;
    while row + GO <= rows {
        // Safety: row + GO is at most rows.
        if !unsafe { go(columns, charges, balances, inputs, outputs, row) } {
            break;
        }
        row += GO;
    }
    row
}

#[inline(always)]
unsafe fn go(
    columns: &[Column],
    charges: &[Charge],
    balances: &[Balance],
    inputs: &[*const f64],
    outputs: &[*mut f64],
    row: usize,
) -> bool {
    let mut values = [[Two::splat(0.0); TOGETHER]; MOST];
    for ((column, input), values) in columns.iter().zip(inputs).zip(&mut values) {
        let load = |place: usize| Two(unsafe { v128_load(input.add(row + 2 * place).cast()) });
        match read(column, [load(0), load(1), load(2), load(3)]) {
            Some(read) => *values = read,
            None => return false,
        }
    }
    let mut rest = charges;
    for (balance, output) in balances.iter().zip(outputs) {
        let Some((own, others)) = rest.split_at_checked(balance.charges as usize) else {
            return false;
        };
        rest = others;
        if own.is_empty() {
            continue;
        }
        let Some(totals) = total(balance, own, &values) else {
            return false;
        };
        for (place, total) in totals.iter().enumerate() {
            unsafe { v128_store(output.add(row + 2 * place).cast(), total.0) };
        }
    }
    true
}
