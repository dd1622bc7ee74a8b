//! Totals of many rows at once: the steps of the engine's plans that plain charges need, on lanes of doubles. What is
//! read and charged stands in rows of doubles that the engine writes (`src/fast/columns.rs`); the figures are whole
//! numbers below 2^49, for which these steps are exact (`src/fast/number.rs`).

/// One or more doubles that go through the same steps.
pub trait Lane: Copy {
    /// Yes or no for each of them.
    type Mask: Copy;
    fn splat(number: f64) -> Self;
    fn add(self, other: Self) -> Self;
    fn sub(self, other: Self) -> Self;
    fn mul(self, other: Self) -> Self;
    fn div(self, other: Self) -> Self;
    fn floor(self) -> Self;
    fn nearest(self) -> Self;
    fn abs(self) -> Self;
    fn max(self, other: Self) -> Self;
    fn min(self, other: Self) -> Self;
    fn below(self, other: Self) -> Self::Mask;
    fn at_most(self, other: Self) -> Self::Mask;
    fn equals(self, other: Self) -> Self::Mask;
    fn both(one: Self::Mask, other: Self::Mask) -> Self::Mask;
    fn all(mask: Self::Mask) -> bool;
    /// 0 where the mask is no.
    fn or_zero(self, mask: Self::Mask) -> Self;
}

/// How a column of numbers is read; the engine's `Reader` says what that means.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Column {
    /// 1 where the numbers are durations.
    pub duration: f64,
    pub scale: f64,
    pub least: f64,
    pub most: f64,
    pub step: Step,
}

/// A unit to round to; nothing is rounded where `size` is 0. The engine's `Unit` says why this is exact.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Step {
    pub size: f64,
    pub inverse: f64,
    pub offset: f64,
}

#[derive(Clone, Copy)]
#[repr(C)]
pub struct Charge {
    /// The place of the column that is measured.
    pub column: f64,
    /// Which of its steps it has: 1 a minimum, 2 an increment, 3 both, and none of the others; 4 and more all of them.
    pub shape: f64,
    pub stretch: f64,
    pub minimum: f64,
    pub increment: Step,
    /// Of a unit; where there is an increment, of an increment.
    pub rate: f64,
    pub flat: f64,
    pub least: f64,
    pub most: f64,
    pub round: Step,
}

#[derive(Clone, Copy)]
#[repr(C)]
pub struct Balance {
    /// How many of the charges are its own; they follow those of the balance before.
    pub charges: f64,
    pub step: Step,
    pub power: f64,
}

/// Most columns of one run.
pub const MOST: usize = 4;

/// The lanes that go through a step together.
pub const TOGETHER: usize = 4;

pub type Lanes<L> = [L; TOGETHER];

#[inline(always)]
fn each<L: Lane>(lanes: &mut Lanes<L>, change: impl Fn(L) -> L) {
    let [a, b, c, d] = *lanes;
    *lanes = [change(a), change(b), change(c), change(d)];
}

#[inline(always)]
fn lowest<L: Lane>([a, b, c, d]: Lanes<L>) -> L {
    a.min(b).min(c.min(d))
}

/// Reads the values of a column; `None` where one is refused.
#[inline(always)]
pub fn read<L: Lane>(column: &Column, values: Lanes<L>) -> Option<Lanes<L>> {
    let scale = L::splat(column.scale);
    let mut scaled = values;
    if column.scale != 1.0 {
        each(&mut scaled, |value| value.mul(scale));
    }
    let mut nearest = scaled;
    each(&mut nearest, L::nearest);
    let [a, b, c, d] = nearest;
    let highest = a.max(b).max(c.max(d));
    let mut fine = L::both(
        L::splat(column.least).at_most(lowest(nearest)),
        highest.at_most(L::splat(column.most)),
    );
    if column.duration == 1.0 {
        let [e, f, g, h] = scaled;
        let off = |scaled: L, nearest: L| scaled.sub(nearest).abs();
        let (one, two) = (off(e, a).add(off(f, b)), off(g, c).add(off(h, d)));
        // The sum of four is a coarser test than each by itself; what fails it is looked at row by row.
        fine = L::both(fine, one.add(two).below(L::splat(0.499)));
    } else {
        for (value, nearest) in values.into_iter().zip(nearest) {
            let back = match column.scale == 1.0 {
                true => nearest,
                false => nearest.div(scale),
            };
            fine = L::both(fine, back.equals(value));
        }
    }
    if column.step.size != 0.0 {
        for nearest in nearest {
            fine = L::both(fine, column.step.round(nearest).equals(nearest));
        }
    }
    L::all(fine).then_some(nearest)
}

/// The total of a balance, from its charges and the columns as they were read.
#[inline(always)]
pub fn total<L: Lane>(
    balance: &Balance,
    charges: &[Charge],
    read: &[Lanes<L>],
) -> Option<Lanes<L>> {
    let zero = L::splat(0.0);
    let mut total = [zero; TOGETHER];
    for charge in charges {
        let consumed = *read.get(to_index(charge.column))?;
        let mut amount = consumed;
        let minimum = L::splat(charge.minimum);
        let rate = L::splat(charge.rate);
        // A step that is not there is not even asked for: the questions would cost as much as the steps.
        match to_index(charge.shape) {
            0 => each(&mut amount, |amount| amount.mul(rate)),
            1 => each(&mut amount, |amount| amount.max(minimum).mul(rate)),
            2 => each(&mut amount, |amount| {
                charge.increment.count(amount).mul(rate)
            }),
            3 => each(&mut amount, |amount| {
                charge.increment.count(amount.max(minimum)).mul(rate)
            }),
            _ => charge.all_steps(&mut amount),
        }
        // Only a minimum or a flat price makes something of nothing, and nothing is seldom.
        if !L::all(zero.below(lowest(consumed))) {
            for (amount, consumed) in amount.iter_mut().zip(consumed) {
                *amount = amount.or_zero(zero.below(consumed));
            }
        }
        for (total, amount) in total.iter_mut().zip(amount) {
            *total = total.add(amount);
        }
    }
    each(&mut total, |total| balance.step.count(total));
    if balance.power != 1.0 {
        let power = L::splat(balance.power);
        each(&mut total, |total| total.div(power));
    }
    Some(total)
}

impl Charge {
    fn all_steps<L: Lane>(&self, amount: &mut Lanes<L>) {
        let stretch = L::splat(self.stretch);
        let (minimum, rate, flat) = (
            L::splat(self.minimum),
            L::splat(self.rate),
            L::splat(self.flat),
        );
        let (least, most) = (L::splat(self.least), L::splat(self.most));
        for amount in amount {
            let mut sum = amount.mul(stretch).max(minimum);
            if self.increment.size != 0.0 {
                sum = self.increment.count(sum);
            }
            sum = sum.mul(rate).add(flat).max(least).min(most);
            if self.round.size != 0.0 {
                sum = self.round.round(sum);
            }
            *amount = sum;
        }
    }
}

impl Step {
    #[inline(always)]
    fn count<L: Lane>(&self, value: L) -> L {
        let moved = value.add(L::splat(self.offset));
        moved.mul(L::splat(self.inverse)).floor()
    }

    #[inline(always)]
    fn round<L: Lane>(&self, value: L) -> L {
        self.count(value).mul(L::splat(self.size))
    }
}

#[inline(always)]
fn to_index(number: f64) -> usize {
    if number >= 0.0 {
        number as usize
    } else {
        usize::MAX
    }
}
