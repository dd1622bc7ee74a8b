//! A plan as WebAssembly: the steps of `price.rs`, in the same order, with every number of the plan written into the
//! instructions and nothing left to ask. One function is for one usage, another for columns of them, two at a time; the
//! steps of both are written by the same methods, of which [`Code::pairs`] says what for. Which inputs are given is
//! settled too, so that a value is either there or not. Where a plan has more to it, none is made; and what a function
//! cannot price it leaves, as `price` does. Whoever calls it then asks `price`.

use super::{
    assemble::{
        ADD, AND, BITS_GE, BITS_LE, BITS_MAX, Code, DIV, EQ, FLOOR, GE, GT, INT, INT_ADD, INT_EQ,
        INT_EQZ, INT_GT, INT_LT, INT_SHL, INT_SHR, INT_SUB, LE, LT, Local, MAX, MIN, MUL, NE,
        NEAREST, OR, Op, PAIR_ALL, PAIR_AND, SELECT, SUB, TO_DOUBLE, TO_INT,
    },
    number::Unit,
    plan::{AssumptionPlan, BalancePlan, ChargePlan, Kind, Number, Place, Plan, Test, Tier, bit},
    price::{EACH, EACH_LINE, HEAD, Values},
    read::{ITEM_BITS, ITEM_MASK, Reader, VALUES},
};
use crate::card::{Mode, Step};

/// Where the function for a usage finds what it works on, in bytes from the start of the memory.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Addresses {
    /// The values of a usage, then the items of its lists.
    pub(crate) raw: u32,
    /// As many places for items as they were read.
    pub(crate) read: u32,
    /// Where figures go.
    pub(crate) out: u32,
}

#[derive(Clone, Copy)]
enum At {
    Usage(Addresses),
    /// Two rows, so many bytes from where columns begin, whose addresses are arguments in the order of sources.
    Rows(u32),
}

/// Rows that are priced together, and the pairs they are.
const TOGETHER: u32 = 8;
const PAIRS: u32 = 4;
/// What a double takes, in bytes, and as a shift.
const DOUBLE_BYTES: u32 = 8;
const DOUBLE_SHIFT: u32 = 3;

/// A number or a list that is there.
#[derive(Clone, Copy)]
struct Value {
    source: usize,
    /// The number, or the sum of the list.
    number: Local,
    /// Of a duration, the seconds that were given and the scale that the number is over.
    given: Option<(Local, f64)>,
    /// Where the list's items begin and end, in bytes.
    items: Option<(Local, Local)>,
}

struct Writer<'a> {
    plan: &'a Plan,
    /// The inputs that are given, by their bits.
    given: u32,
    at: At,
    /// Totals are all that is asked for; a compiler leaves out what then comes to nothing.
    alone: bool,
    code: Code,
    values: Vec<Value>,
    /// Of pairs: yes where all of them can be priced, as far as the two below do not say no.
    fine: Option<Local>,
    /// Of pairs: the squares of how far they are from whole milliseconds; and for each number that is the most of some,
    /// what these are. The bits of all pairs are taken together to what is no less than each.
    beside: Option<Local>,
    largest: Vec<(f64, Local)>,
    /// For each step that an assumption asks for, the charges in which it changed a figure, by their bits.
    marks: Vec<(Step, Local)>,
}

impl Plan {
    /// A module whose function takes nothing, prices a usage in which these inputs are given, and answers the bits of the
    /// charges that are made; -1 where it leaves it. `alone`: it writes totals and nothing else.
    pub(crate) fn emit_usage(&self, given: u32, at: Addresses, alone: bool) -> Option<Vec<u8>> {
        let mut writer = Writer::new(self, given, At::Usage(at), 0);
        writer.alone = alone;
        let assumptions = if alone {
            &[]
        } else {
            self.assumptions.as_slice()
        };
        for assumption in assumptions {
            if let Place::Charges(_, Some(step)) = assumption.place
                && writer.marks_of(step).is_none()
            {
                let marks = writer.code.local(INT);
                writer.marks.push((step, marks));
            }
        }
        writer.numbers()?;
        // What counts for nothing is read all the same: it is refused where it is not one of the input's.
        for (source, reader, most) in &self.unread {
            if given & bit(*source) != 0 {
                match most {
                    None => drop(writer.one(*source, *reader)),
                    Some(most) => drop(writer.list(*source, *reader, *most)),
                }
            }
        }
        for (source, key) in &self.keyed {
            if let Some(key) = key {
                let value = writer.value(*source)?.number;
                writer.compare(value, EQ, *key);
                writer.require();
            }
        }
        let [made, said, differs] = [(); 3].map(|()| writer.code.local(INT));
        for (index, balance) in self.balances.iter().enumerate() {
            let (exact, shown) = (writer.code.figure(), writer.code.figure());
            for charge in &self.charges {
                if charge.balance == index {
                    writer.line(charge, balance, exact, shown, made)?;
                }
            }
            writer.balance(index, balance, exact, shown, differs);
            for assumption in assumptions {
                if assumption.place == Place::Balance(index) {
                    writer.code.get(exact);
                    writer.multiple(balance.unit);
                    writer.code.get(exact);
                    writer.code.op(NE);
                    writer.say(assumption, said)?;
                }
            }
        }
        for assumption in assumptions {
            match assumption.place {
                Place::Balance(_) => continue,
                Place::Anywhere => writer.code.int(1),
                Place::Charges(charges, step) => {
                    writer.code.int(charges);
                    let changed = step.map_or(Some(made), |step| writer.marks_of(step))?;
                    writer.code.get(changed);
                    writer.code.op(AND);
                    writer.code.int(0);
                    writer.code.int_op(INT_GT);
                }
            }
            writer.say(assumption, said)?;
        }
        if !alone {
            let ignored = writer.code.local(INT);
            writer.code.int(given & self.left_out);
            writer.code.set(ignored);
            for (place, bits) in [said, ignored, differs].into_iter().enumerate() {
                writer.begin_store();
                writer.code.get(bits);
                writer.code.int_op(TO_DOUBLE);
                writer.store(place);
            }
        }
        writer.code.get(made);
        Some(writer.code.module())
    }

    /// A module whose function takes the address of each of these columns, in the order of sources, that of each balance's
    /// totals, and how many rows there are. It writes the totals of balances that are charged, and answers how many rows
    /// are done from the first on: it leaves eight in which one is refused or lies between two milliseconds, and the last
    /// few. `given` has the inputs that are the same in all rows; of these it knows choices alone.
    pub(crate) fn emit_rows(&self, given: u32, columns: u32) -> Option<Vec<u8>> {
        let among = |source: usize, bits: u32| bits & bit(source) != 0;
        let plain = self
            .numbers
            .iter()
            .all(|number| !among(number.source, given & !columns))
            && self
                .unread
                .iter()
                .all(|(source, ..)| !among(*source, given | columns))
            && self
                .keyed
                .iter()
                .all(|(source, _)| !among(*source, columns));
        if !plain {
            return None;
        }
        let balances = u32::try_from(self.balances.len()).ok()?;
        let rows = columns.count_ones().checked_add(balances)?;
        let mut writer = Writer::new(self, columns, At::Rows(0), rows.checked_add(1)?);
        let done = writer.code.local(INT);
        let few = |code: &mut Code| {
            code.get(Code::argument(rows));
            code.get(done);
            code.int_op(INT_SUB);
            code.int(TOGETHER);
            code.int_op(INT_LT);
        };
        writer.code.begin_turns(few);
        for pair in 0..PAIRS {
            writer.at = At::Rows(pair.wrapping_mul(2).wrapping_mul(DOUBLE_BYTES));
            writer.values.clear();
            writer.numbers()?;
            for (index, balance) in self.balances.iter().enumerate() {
                if self.charged() & bit(index) != 0 {
                    writer.total(index, balance)?;
                }
            }
        }
        writer.all_fine();
        writer.code.int_op(INT_EQZ);
        writer.code.leave_loop();
        for address in 0..rows {
            writer.advance(Code::argument(address), TOGETHER.wrapping_mul(DOUBLE_BYTES));
        }
        writer.advance(done, TOGETHER);
        few(&mut writer.code);
        writer.code.end_turns();
        writer.code.get(done);
        Some(writer.code.module())
    }

    /// The balances that something may be charged in, by their bits; all where a number decides that.
    pub(crate) fn charged(&self) -> u32 {
        let mut charged = 0;
        for charge in &self.charges {
            charged |= bit(charge.balance);
        }
        if self.keyed.is_empty() {
            charged
        } else {
            u32::MAX
        }
    }
}

impl<'a> Writer<'a> {
    fn new(plan: &'a Plan, given: u32, at: At, arguments: u32) -> Self {
        Self {
            plan,
            given,
            at,
            alone: matches!(at, At::Rows(_)),
            code: Code::new(arguments, matches!(at, At::Rows(_))),
            values: Vec::new(),
            fine: None,
            beside: None,
            largest: Vec::new(),
            marks: Vec::new(),
        }
    }

    fn value(&self, source: usize) -> Option<Value> {
        let found = self.values.iter().find(|value| value.source == source);
        found.copied()
    }

    fn marks_of(&self, step: Step) -> Option<Local> {
        let found = self.marks.iter().find(|(known, _)| *known == step);
        found.map(|(_, marks)| *marks)
    }

    /// `figure op number`, of which a figure is there already.
    fn with(&mut self, op: Op, number: f64) {
        self.code.number(number);
        self.code.op(op);
    }

    fn compare(&mut self, figure: Local, op: Op, number: f64) {
        self.code.get(figure);
        self.with(op, number);
    }

    /// `figure = figure op other`
    fn change(&mut self, figure: Local, op: Op, other: Local) {
        self.code.get(figure);
        self.code.get(other);
        self.code.op(op);
        self.code.set(figure);
    }

    fn advance(&mut self, address: Local, by: u32) {
        self.code.get(address);
        self.code.int(by);
        self.code.int_op(INT_ADD);
        self.code.set(address);
    }

    /// Divides what is there.
    fn divide(&mut self, divisor: f64) {
        if divisor != 1.0 {
            self.with(DIV, divisor);
        }
    }

    /// Leaves the usage, or all rows that are priced together, where no yes is there.
    fn require(&mut self) {
        if self.code.pairs {
            self.fine = Some(self.together(self.fine, PAIR_AND));
        } else {
            self.code.int_op(INT_EQZ);
            self.code.begin_if();
            self.code.int(u32::MAX);
            self.code.answer();
            self.code.end();
        }
    }

    /// Takes the pair that is there together with those before it.
    fn together(&mut self, before: Option<Local>, op: u32) -> Local {
        let all = match before {
            None => self.code.figure(),
            Some(all) => {
                self.code.get(all);
                self.code.pair(op);
                all
            }
        };
        self.code.set(all);
        all
    }

    /// Whether all rows that are priced together can be.
    fn all_fine(&mut self) {
        self.code.number(0.0);
        self.with(EQ, 0.0);
        if let Some(fine) = self.fine {
            self.code.get(fine);
            self.code.op(AND);
        }
        if let Some(beside) = self.beside {
            self.compare(beside, LT, Reader::NEAR * Reader::NEAR);
            self.code.op(AND);
        }
        for (most, largest) in std::mem::take(&mut self.largest) {
            for (op, bound) in [(BITS_GE, 0.0), (BITS_LE, most)] {
                self.code.get(largest);
                self.code.number(bound);
                self.code.pair(op);
                self.code.op(AND);
            }
        }
        self.code.pair(PAIR_ALL);
    }

    /// How many units that which is there is.
    fn count(&mut self, unit: Unit) {
        let [_, inverse, offset] = unit.parts();
        self.with(ADD, offset);
        self.with(MUL, inverse);
        self.code.op(FLOOR);
    }

    fn multiple(&mut self, unit: Unit) {
        self.count(unit);
        self.with(MUL, unit.size);
    }

    /// Adds a bit to some where a yes is there.
    fn mark(&mut self, bits: Local, place: usize) {
        self.code.int(u32::try_from(place).unwrap_or(u32::MAX));
        self.code.int_op(INT_SHL);
        self.code.get(bits);
        self.code.op(OR);
        self.code.set(bits);
    }

    /// Values of all inputs that are there. `None` where only some of the parts of a computed one are.
    fn numbers(&mut self) -> Option<()> {
        let plan = self.plan;
        for Number { source, kind } in &plan.numbers {
            let given = self.given & bit(*source) != 0;
            let (mut items, mut seconds) = (None, None);
            let number = match kind {
                Kind::One { reader, .. } if given => {
                    let (number, given) = self.one(*source, *reader);
                    seconds = reader.duration.then_some((given, reader.scale));
                    number
                }
                Kind::One { default, .. } if !default.is_nan() => {
                    let number = self.code.figure();
                    self.code.number(*default);
                    self.code.set(number);
                    number
                }
                Kind::List { reader, most } if given => {
                    let (sum, first, end) = self.list(*source, *reader, *most)?;
                    items = Some((first, end));
                    sum
                }
                Kind::One { .. } | Kind::List { .. } => continue,
                Kind::Computed {
                    product,
                    parts,
                    leaves,
                } => match self.computed(*product, parts) {
                    None if leaves & self.given == 0 => continue,
                    number => number?,
                },
            };
            self.values.push(Value {
                source: *source,
                number,
                given: seconds,
                items,
            });
        }
        Some(())
    }

    fn computed(&mut self, product: bool, parts: &[(usize, f64)]) -> Option<Local> {
        let number = self.code.figure();
        for (place, (part, scale)) in parts.iter().enumerate() {
            let part = self.value(*part)?.number;
            self.compare(part, MUL, *scale);
            if place > 0 {
                self.code.get(number);
                self.code.op(if product { MUL } else { MAX });
            }
            self.code.set(number);
        }
        Some(number)
    }

    fn one(&mut self, source: usize, reader: Reader) -> (Local, Local) {
        match self.at {
            At::Usage(at) => {
                self.code.int(0);
                self.code.load(address(at.raw, source));
            }
            At::Rows(offset) => {
                let before = self.given & bit(source).wrapping_sub(1);
                self.code.get(Code::argument(before.count_ones()));
                self.code.load(offset);
            }
        }
        self.read(reader)
    }

    /// What is there, as `Reader::read` reads it, and as it is.
    fn read(&mut self, reader: Reader) -> (Local, Local) {
        let [value, scaled, nearest] = [(); 3].map(|()| self.code.figure());
        self.code.tee(value);
        if reader.scale != 1.0 {
            self.with(MUL, reader.scale);
        }
        self.code.tee(scaled);
        self.code.op(NEAREST);
        self.code.set(nearest);
        let pairs = self.code.pairs;
        let mut asked = false;
        if reader.duration {
            self.change(scaled, SUB, nearest);
            self.change(scaled, MUL, scaled);
            if pairs {
                self.code.get(scaled);
                self.beside = Some(self.together(self.beside, BITS_MAX));
            } else {
                self.compare(scaled, LT, Reader::NEAR * Reader::NEAR);
                self.also(&mut asked);
            }
        } else {
            self.code.get(nearest);
            self.divide(reader.scale);
            self.code.get(value);
            self.code.op(EQ);
            self.also(&mut asked);
        }
        if pairs && reader.least == 0.0 {
            self.code.get(nearest);
            self.at_most(reader.most);
        } else {
            for (op, bound) in [(GE, reader.least), (LE, reader.most)] {
                self.compare(nearest, op, bound);
                self.also(&mut asked);
            }
        }
        if let Some(step) = reader.step {
            self.code.get(nearest);
            self.multiple(step);
            self.code.get(nearest);
            self.code.op(EQ);
            self.also(&mut asked);
        }
        if asked {
            self.require();
        }
        (nearest, value)
    }

    /// Another yes or no, and whether those before it are yes.
    fn also(&mut self, asked: &mut bool) {
        if *asked {
            self.code.op(AND);
        }
        *asked = true;
    }

    /// The pair that is there has to be from 0 to a bound.
    fn at_most(&mut self, most: f64) {
        let known = self.largest.iter().find(|(known, _)| *known == most);
        let before = known.map(|(_, largest)| *largest);
        let largest = self.together(before, BITS_MAX);
        if before.is_none() {
            self.largest.push((most, largest));
        }
    }

    /// Reads a list's items to where they are read from. Its sum, and where the items are.
    fn list(
        &mut self,
        source: usize,
        reader: Reader,
        most: usize,
    ) -> Option<(Local, Local, Local)> {
        let At::Usage(at) = self.at else {
            return None;
        };
        let sum = self.code.figure();
        let [first, end] = [(); 2].map(|()| self.code.local(INT));
        self.code.int(0);
        self.code.load(address(at.raw, source));
        self.code.int_op(TO_INT);
        self.code.tee(first);
        self.code.int(ITEM_MASK);
        self.code.op(AND);
        self.code.tee(end);
        self.code.int(u32::try_from(most).ok()?.checked_add(1)?);
        self.code.int_op(INT_LT);
        self.require();
        for (place, shift) in [(first, ITEM_BITS), (end, 0)] {
            self.code.get(place);
            self.code.int(shift);
            self.code.int_op(INT_SHR);
            self.code.int(DOUBLE_SHIFT);
            self.code.int_op(INT_SHL);
            self.code.set(place);
        }
        self.code.get(first);
        self.code.get(end);
        self.code.int_op(INT_ADD);
        self.code.set(end);
        let place = self.begin_items((first, end));
        self.code.get(place);
        self.code.load(address(at.raw, VALUES));
        let (item, _) = self.read(reader);
        self.code.get(place);
        self.code.get(item);
        self.code.store(at.read);
        self.change(sum, ADD, item);
        self.end_items(place);
        Some((sum, first, end))
    }

    /// Goes through the places of a list's items.
    fn begin_items(&mut self, (first, end): (Local, Local)) -> Local {
        let place = self.code.local(INT);
        self.code.get(first);
        self.code.set(place);
        self.code.begin_loop(|code| {
            code.get(place);
            code.get(end);
            code.int_op(INT_EQ);
        });
        place
    }

    /// Goes through a list's items as they were read: the place, and the item.
    fn begin_read(&mut self, list: Value) -> Option<(Local, Local)> {
        let At::Usage(at) = self.at else {
            return None;
        };
        let item = self.code.figure();
        let place = self.begin_items(list.items?);
        self.code.get(place);
        self.code.load(at.read);
        self.code.set(item);
        Some((place, item))
    }

    fn end_items(&mut self, place: Local) {
        self.advance(place, DOUBLE_BYTES);
        self.code.repeat();
    }

    /// Whether a test passes. `None` where it cannot be decided.
    fn test(&mut self, test: &Test) -> Option<()> {
        let value = self.value(test.source)?;
        if !test.any_item {
            self.holds(test, value.number);
            return Some(());
        }
        let found = self.code.local(INT);
        let (place, item) = self.begin_read(value)?;
        self.holds(test, item);
        self.code.get(found);
        self.code.op(OR);
        self.code.set(found);
        self.end_items(place);
        self.code.get(found);
        Some(())
    }

    /// Whether a number is in one of the test's ranges.
    fn holds(&mut self, test: &Test, number: Local) {
        self.code.number(0.0);
        self.with(NE, 0.0);
        for (from, to) in &test.ranges {
            self.compare(number, GE, *from);
            self.compare(number, LE, *to);
            self.code.op(AND);
            self.code.op(OR);
        }
    }

    /// Steps 2 to 5 of a charge: from what is consumed, in `billed`, to what is billed and its amount.
    fn steps(
        &mut self,
        charge: &ChargePlan,
        given: Option<(Local, f64)>,
        billed: Local,
        amount: Local,
    ) -> Option<()> {
        let index = charge.index;
        if charge.minimum > 0.0 {
            self.limit(billed, (LT, MAX), charge.minimum, (Step::Minimum, index));
        }
        let first = charge.tiers.first()?;
        match (charge.increment, charge.mode) {
            // nobody asks for the quantity
            (Some(unit), None) if self.alone => {
                self.count_billed(charge, given, billed, unit);
                self.price(&Tier {
                    rate: first.rate * unit.size,
                    ..*first
                });
            }
            (increment, mode) => {
                if let Some(unit) = increment {
                    self.count_billed(charge, given, billed, unit);
                    self.set_multiple(billed, unit, (Step::Increment, index));
                }
                match mode {
                    None => self.price_of(billed, first),
                    Some(Mode::Volume) => self.volume(&charge.tiers, billed)?,
                    Some(Mode::Graduated) => self.graduated(&charge.tiers, billed),
                }
            }
        }
        self.code.set(amount);
        if charge.minimum_amount > 0.0 {
            let step = (Step::MinimumAmount, index);
            self.limit(amount, (LT, MAX), charge.minimum_amount, step);
        }
        if charge.maximum_amount < f64::INFINITY {
            let step = (Step::MaximumAmount, index);
            self.limit(amount, (GT, MIN), charge.maximum_amount, step);
        }
        if let Some(unit) = charge.round {
            self.round(amount, unit, (Step::Round, index));
        }
        Some(())
    }

    /// Takes a figure to a bound: `beyond` says where it is beyond it, `pick` takes the right one of the two.
    fn limit(
        &mut self,
        figure: Local,
        (beyond, pick): (Op, Op),
        bound: f64,
        (step, charge): (Step, usize),
    ) {
        if let Some(marks) = self.marks_of(step) {
            self.compare(figure, beyond, bound);
            self.mark(marks, charge);
        }
        self.compare(figure, pick, bound);
        self.code.set(figure);
    }

    /// How many units are billed. Where seconds bear it they are counted themselves: they are there earlier than what is
    /// read of them.
    fn count_billed(
        &mut self,
        charge: &ChargePlan,
        given: Option<(Local, f64)>,
        billed: Local,
        unit: Unit,
    ) {
        let Some((seconds, scale)) = given.filter(|_| unit.bears_a_half()) else {
            self.code.get(billed);
            self.count(unit);
            return;
        };
        let [size, _, offset] = unit.parts();
        self.code.get(seconds);
        if charge.minimum > 0.0 {
            self.with(MAX, charge.minimum / scale);
        }
        self.with(ADD, offset / scale);
        if size != scale {
            self.with(MUL, scale / size);
        }
        self.code.op(FLOOR);
    }

    /// Takes a figure to a multiple of a unit.
    fn round(&mut self, figure: Local, unit: Unit, step: (Step, usize)) {
        self.code.get(figure);
        self.count(unit);
        self.set_multiple(figure, unit, step);
    }

    /// Takes a figure to so many units as are there.
    fn set_multiple(&mut self, figure: Local, unit: Unit, (step, charge): (Step, usize)) {
        let multiple = self.code.figure();
        self.with(MUL, unit.size);
        self.code.set(multiple);
        if let Some(marks) = self.marks_of(step) {
            self.code.get(figure);
            self.code.get(multiple);
            self.code.op(NE);
            self.mark(marks, charge);
        }
        self.code.get(multiple);
        self.code.set(figure);
    }

    /// What a tier takes for the quantity that is there.
    fn price(&mut self, tier: &Tier) {
        self.with(MUL, tier.rate);
        if tier.flat != 0.0 {
            self.with(ADD, tier.flat);
        }
    }

    fn price_of(&mut self, billed: Local, tier: &Tier) {
        self.code.get(billed);
        self.price(tier);
    }

    /// Leaves what is beyond the last tier.
    fn require_tier(&mut self, last: &Tier, billed: Local) {
        if last.up_to < f64::INFINITY {
            self.compare(billed, LE, last.up_to);
            self.require();
        }
    }

    /// The price of the last tier, or of one before it where that one is reached.
    fn volume(&mut self, tiers: &[Tier], billed: Local) -> Option<()> {
        let (last, others) = tiers.split_last()?;
        self.require_tier(last, billed);
        let chosen = self.code.figure();
        self.price_of(billed, last);
        self.code.set(chosen);
        for tier in others.iter().rev() {
            self.price_of(billed, tier);
            self.code.get(chosen);
            self.compare(billed, LE, tier.up_to);
            self.code.op(SELECT);
            self.code.set(chosen);
        }
        self.code.get(chosen);
        Some(())
    }

    /// The prices of all tiers that are reached, each for its own part of the quantity.
    fn graduated(&mut self, tiers: &[Tier], billed: Local) {
        if let Some(last) = tiers.last() {
            self.require_tier(last, billed);
        }
        self.code.number(0.0);
        let mut below = 0.0;
        for tier in tiers {
            self.code.get(billed);
            if tier.up_to < f64::INFINITY {
                self.with(MIN, tier.up_to);
            }
            if below > 0.0 {
                self.with(SUB, below);
            }
            self.price(tier);
            self.code.number(0.0);
            self.compare(billed, GT, below);
            self.code.op(SELECT);
            self.code.op(ADD);
            below = tier.up_to;
        }
    }

    /// What a charge consumes, where it can be made at all: `Some(None)` where nothing is measured. Answers nothing where
    /// what it measures is missing, and is not written where something else is.
    fn consumed(&self, charge: &ChargePlan) -> Result<Option<Value>, Option<()>> {
        let consumed = match charge.of {
            None => None,
            Some(of) => Some(self.value(of).ok_or(Some(()))?),
        };
        if charge.refused {
            Err(None)
        } else {
            Ok(consumed)
        }
    }

    /// Sets `billed` to what is consumed, in the charge's scale; the seconds of that, where they are in the same scale.
    fn stretch(
        &mut self,
        charge: &ChargePlan,
        consumed: Option<Value>,
        billed: Local,
    ) -> Option<(Local, f64)> {
        match consumed {
            None => self.code.number(1.0),
            Some(consumed) => self.code.get(consumed.number),
        }
        self.scale(charge, billed);
        consumed?.given.filter(|_| charge.stretch == 1.0)
    }

    /// Sets `billed` to what is there, in the charge's scale.
    fn scale(&mut self, charge: &ChargePlan, billed: Local) {
        if charge.stretch != 1.0 {
            self.with(MUL, charge.stretch);
        }
        self.code.set(billed);
    }

    /// The line of a charge, where it is made.
    fn line(
        &mut self,
        charge: &ChargePlan,
        balance: &BalancePlan,
        exact: Local,
        shown: Local,
        made: Local,
    ) -> Option<()> {
        let consumed = match self.consumed(charge) {
            Ok(consumed) => consumed,
            Err(missing) => return missing,
        };
        self.code.int(1);
        if let Some(consumed) = consumed {
            self.compare(consumed.number, GT, 0.0);
            self.code.op(AND);
        }
        for test in &charge.tests {
            self.test(test)?;
            self.code.op(AND);
        }
        let times = match charge.times {
            None => None,
            Some(times) => Some(self.value(times)?.number),
        };
        if let Some(times) = times {
            self.compare(times, GT, 0.0);
            self.code.op(AND);
        }
        self.code.begin_if();
        let (billed, amount) = (self.code.figure(), self.code.figure());
        match consumed {
            Some(list) if charge.each => {
                let item_amount = self.code.figure();
                let (place, item) = self.begin_read(list)?;
                self.compare(item, GT, 0.0);
                self.code.begin_if();
                self.code.get(item);
                self.scale(charge, item);
                self.steps(charge, None, item, item_amount)?;
                self.change(billed, ADD, item);
                self.change(amount, ADD, item_amount);
                self.code.end();
                self.end_items(place);
            }
            _ => {
                let given = self.stretch(charge, consumed, billed);
                self.steps(charge, given, billed, amount)?;
            }
        }
        if let Some(times) = times {
            self.change(amount, MUL, times);
        }
        self.change(exact, ADD, amount);
        let units = self.code.figure();
        self.code.get(amount);
        self.count(balance.unit);
        self.code.set(units);
        self.change(shown, ADD, units);
        let place = HEAD
            .wrapping_add(EACH.wrapping_mul(self.plan.balances.len()))
            .wrapping_add(EACH_LINE.wrapping_mul(charge.index));
        if !self.alone {
            self.store_over(place, billed, charge.scale);
            self.store_over(place.wrapping_add(1), units, balance.power);
        }
        self.code.int(1);
        self.mark(made, charge.index);
        self.code.end();
        Some(())
    }

    /// The total of a balance, in three figures.
    fn balance(
        &mut self,
        index: usize,
        balance: &BalancePlan,
        exact: Local,
        shown: Local,
        differs: Local,
    ) {
        let place = Values::total_at(index);
        let units = self.code.figure();
        self.code.get(exact);
        self.count(balance.unit);
        self.code.set(units);
        self.store_over(place, units, balance.power);
        self.store_over(place.wrapping_add(2), units, 1.0);
        if self.alone {
            return;
        }
        self.code.get(units);
        self.code.get(shown);
        self.code.op(NE);
        self.mark(differs, index);
        // only asked for where it is not 0
        let missed = units;
        self.change(missed, SUB, shown);
        self.store_over(place.wrapping_add(1), missed, balance.power);
    }

    /// Says an assumption where a yes is there and its tests pass.
    fn say(&mut self, assumption: &AssumptionPlan, said: Local) -> Option<()> {
        for test in &assumption.tests {
            if self.value(test.source).is_some() {
                self.test(test)?;
            } else {
                self.code.int(0);
            }
            self.code.op(AND);
        }
        self.mark(said, assumption.index);
        Some(())
    }

    fn begin_store(&mut self) {
        self.code.int(0);
    }

    /// Stores the figure that is there at its place.
    fn store(&mut self, place: usize) {
        if let At::Usage(at) = self.at {
            self.code.store(address(at.out, place));
        }
    }

    fn store_over(&mut self, place: usize, figure: Local, divisor: f64) {
        self.begin_store();
        self.code.get(figure);
        self.divide(divisor);
        self.store(place);
    }

    /// The totals of two rows in a balance.
    fn total(&mut self, index: usize, balance: &BalancePlan) -> Option<()> {
        let At::Rows(offset) = self.at else {
            return None;
        };
        let plan = self.plan;
        let place = u32::try_from(index).ok()?;
        let totals = self.given.count_ones().wrapping_add(place);
        self.code.get(Code::argument(totals));
        let mut made = false;
        for charge in &plan.charges {
            if charge.balance == index && self.row(charge)? {
                if made {
                    self.code.op(ADD);
                }
                made = true;
            }
        }
        if !made {
            self.code.number(0.0);
        }
        self.count(balance.unit);
        self.divide(balance.power);
        self.code.store(offset);
        Some(())
    }

    /// The amount of a charge, where it can be made at all.
    fn row(&mut self, charge: &ChargePlan) -> Option<bool> {
        let consumed = match self.consumed(charge) {
            Ok(consumed) => consumed,
            Err(missing) => return missing.map(|()| false),
        };
        let (billed, amount) = (self.code.figure(), self.code.figure());
        let given = self.stretch(charge, consumed, billed);
        self.steps(charge, given, billed, amount)?;
        if let Some(times) = charge.times {
            let times = self.value(times)?.number;
            self.change(amount, MUL, times);
        }
        self.code.get(amount);
        // Only these make something of nothing.
        let makes = charge.minimum > 0.0
            || charge.minimum_amount > 0.0
            || charge.tiers.iter().any(|tier| tier.flat != 0.0);
        if let (Some(consumed), true) = (consumed, makes) {
            self.compare(consumed.number, GT, 0.0);
            self.code.op(AND);
        }
        for test in &charge.tests {
            self.test(test)?;
            self.code.op(AND);
        }
        Some(true)
    }
}

/// The address of a double of a list.
fn address(list: u32, place: usize) -> u32 {
    let place = u32::try_from(place).unwrap_or(0);
    list.wrapping_add(place.wrapping_mul(DOUBLE_BYTES))
}
