//! A price along one input: where it changes its course, and the totals at every value between.
//!
//! Between two conditions, two values that a number is chosen by and two ends of tiers, every step of the pipeline takes
//! a larger quantity to the same amount or a larger one. So a piece between them is searched by halving, and never
//! value by value.

use crate::{
    amount::Quantity,
    card::json::{Kind, Node},
    error::{Code, Error, Path, Problem},
    estimate::{self, Estimate, Made, bill, present, resolved},
    exact::Ratio,
    tariff::{ChargeRule, Check, Conditions, Held, Numeric, Slot, SourceKind, Tariff, View},
    text::filled,
    usage::{self, Usage, Value},
};

/// Which input is varied, and from where to where.
#[derive(Debug, Clone, Default)]
pub struct Vary {
    input: Option<Node>,
    from: Option<Node>,
    to: Option<Node>,
    step: Option<Node>,
}

impl Vary {
    /// Varies a number or duration of the card, by its id, over all that it takes.
    #[must_use]
    pub fn new(input: &str) -> Self {
        Self {
            input: Some(Kind::Text(input.to_owned()).into()),
            ..Self::default()
        }
    }

    /// From this value of the input on; its `min` where not given.
    #[must_use]
    pub fn from(mut self, value: impl Into<Value>) -> Self {
        self.from = Some(value.into().0);
        self
    }

    /// Up to this value of the input; its `max` where not given.
    #[must_use]
    pub fn to(mut self, value: impl Into<Value>) -> Self {
        self.to = Some(value.into().0);
        self
    }

    /// Only every so much from `from` on, a multiple of the input's own step.
    #[must_use]
    pub fn step(mut self, value: impl Into<Value>) -> Self {
        self.step = Some(value.into().0);
        self
    }

    /// The same with ends as they were written.
    pub(crate) fn between(input: &str, from: Option<&Node>, to: Option<&Node>) -> Self {
        Self {
            from: from.cloned(),
            to: to.cloned(),
            ..Self::new(input)
        }
    }

    /// The keys `vary`, `from`, `to` and `step` of an object.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn of(question: &Node) -> Self {
        let part = |key| question.get(key).cloned();
        Self {
            input: part("vary"),
            from: part("from"),
            to: part("to"),
            step: part("step"),
        }
    }

    fn source<'t>(&self, tariff: &'t Tariff) -> Result<(usize, &'t Numeric), Problem> {
        let path = Path::Root.key("vary");
        let wrong = |code, message| Problem::new(code, path, message);
        let id = match self.input.as_ref().map(|node| &node.kind) {
            Some(Kind::Text(id)) => id,
            Some(other) => {
                let found = other.name();
                let message = filled("expected the id of an input, found {}", &[&found]);
                return Err(wrong(Code::WrongType, message));
            }
            None => {
                let message = "the key \"vary\" is missing: the id of a number or duration";
                return Err(wrong(Code::MissingKey, message.to_owned()));
            }
        };
        let sources = tariff.sources.iter();
        let Some((index, source)) = sources.clone().enumerate().find(|(_, s)| s.id == *id) else {
            let known = sources.map(|source| source.id.as_str());
            return Err(Problem::unknown(
                Code::UnknownInput,
                path,
                "input",
                id,
                known,
            ));
        };
        let why = match &source.kind {
            SourceKind::Numeric(numeric) if numeric.max_items.is_none() => {
                return Ok((index, numeric));
            }
            SourceKind::Numeric(_) => "is a list",
            SourceKind::Computed(_) => "is computed from other inputs",
            _ => "is no number and no duration",
        };
        let message = filled(
            "\"{}\" {}; one number or duration can be varied",
            &[&id, &why],
        );
        Err(wrong(Code::WrongType, message))
    }

    fn grid(&self, numeric: &Numeric) -> Result<Grid, Error> {
        let mut problems = Vec::new();
        let own = numeric.stride();
        let first = bound(numeric, &self.from, "from", &mut problems).or_else(|| {
            let from = numeric.min.checked_next_multiple_of(own)?;
            (from <= numeric.max).then_some(from)
        });
        let to = bound(numeric, &self.to, "to", &mut problems);
        let any_step = Numeric {
            min: 0,
            limits: (Ratio::ZERO, numeric.limits.1),
            ..numeric.clone()
        };
        let stride = bound(&any_step, &self.step, "step", &mut problems).unwrap_or(own);
        let refuse = |code, key, message| Problem::new(code, Path::Root.key(key), message);
        if stride == 0 {
            problems.push(refuse(Code::InvalidValue, "step", "a step is above 0"));
        }
        if let Some(error) = Error::from_problems(problems) {
            return Err(error);
        }
        let Some(first) = first else {
            let message = "there is no value that this input takes";
            return Err(refuse(Code::NotOffered, "vary", message).into());
        };
        let width = to.unwrap_or(numeric.max).checked_sub(first);
        match width.and_then(|width| width.checked_div(stride)) {
            Some(strides) => Ok(Grid {
                first,
                last: first.wrapping_add(strides.wrapping_mul(stride)),
                stride,
            }),
            None => Err(refuse(Code::TooSmall, "to", "expected \"from\" or more").into()),
        }
    }
}

#[inline(never)]
fn bound(
    numeric: &Numeric,
    node: &Option<Node>,
    key: &str,
    problems: &mut Vec<Problem>,
) -> Option<u128> {
    match usage::read_number(numeric, node.as_ref()?, &Path::Root.key(key)) {
        Ok(value) => Some(value),
        Err(problem) => {
            problems.push(problem);
            None
        }
    }
}

/// The values that are looked at: from the first to the last, both on the input's own grid and over its scale.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Grid {
    pub(crate) first: u128,
    pub(crate) last: u128,
    pub(crate) stride: u128,
}

// A value of the grid is at most the input's `max`, and a number of strides comes from one, so nothing here overflows.
impl Grid {
    /// How many strides it is from one value to a later one.
    pub(crate) fn strides(&self, from: u128, to: u128) -> u128 {
        to.wrapping_sub(from).checked_div(self.stride).unwrap_or(0)
    }

    pub(crate) const fn after(&self, value: u128, strides: u128) -> u128 {
        value.wrapping_add(strides.wrapping_mul(self.stride))
    }

    pub(crate) const fn before(&self, value: u128) -> u128 {
        value.wrapping_sub(self.stride)
    }

    /// The first value at which something holds that holds at `high`, and at every value before it from some value
    /// after `low` on.
    pub(crate) fn first(&self, low: u128, high: u128, holds: &mut dyn FnMut(u128) -> bool) -> u128 {
        let (mut no, mut yes) = (0, self.strides(low, high));
        while yes.wrapping_sub(no) > 1 {
            let middle = no.wrapping_add(yes.wrapping_sub(no) >> 1);
            match holds(self.after(low, middle)) {
                true => yes = middle,
                false => no = middle,
            }
        }
        self.after(low, yes)
    }
}

impl Grid {
    /// The first value after `start` at which something holds that holds from there on up to `last`. It is looked for
    /// around so many strides away.
    pub(crate) fn next(
        &self,
        start: u128,
        last: u128,
        guess: u128,
        holds: &mut dyn FnMut(u128) -> bool,
    ) -> Option<u128> {
        let end = self.strides(start, last).wrapping_add(1);
        let (mut no, mut yes) = (0, end);
        let (mut guess, mut reach) = (guess, 1_u128);
        while yes.wrapping_sub(no) > 1 {
            let probe = match guess > no && guess < yes {
                true => guess,
                false => no.wrapping_add(yes.wrapping_sub(no) >> 1),
            };
            if holds(self.after(start, probe)) {
                yes = probe;
                guess = probe.saturating_sub(reach);
            } else {
                no = probe;
                guess = probe.saturating_add(reach);
            }
            reach = reach.saturating_mul(2);
        }
        (yes < end).then(|| self.after(start, yes))
    }
}

/// Values next to each other between which no total falls.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece {
    pub(crate) first: u128,
    pub(crate) last: u128,
    /// Whether the card has a price for them; it has one for all or for none.
    pub(crate) priced: bool,
}

/// So much is looked at before a search is given up: charges, tiers, inputs and items.
const MOST_WORK: usize = 10_000_000;

/// One usage, with one of its inputs varied.
pub(crate) struct Along<'t> {
    pub(crate) tariff: &'t Tariff,
    pub(crate) source: usize,
    pub(crate) numeric: &'t Numeric,
    pub(crate) grid: Grid,
    given: Vec<Option<Slot>>,
    /// The inputs at the value that was looked at last.
    pub(crate) slots: Vec<Slot>,
    /// The computed inputs that change with the varied one, in their order.
    followers: Vec<usize>,
    /// Where pieces may start because of a condition or of a number's choice, in no order.
    cuts: Vec<u128>,
    next: Option<u128>,
    /// What does not change within the piece, by balance.
    fixed: Vec<u128>,
    moving: Vec<Moving>,
    exact: Vec<u128>,
    /// The shown totals at the value that was priced last, in units of each balance's last decimal.
    pub(crate) units: Vec<u128>,
    /// Why the first piece that has no price has none.
    pub(crate) trouble: Option<Error>,
    /// So much was looked at already.
    work: usize,
    /// How much there is to look at in all inputs, and in those that follow.
    weight: usize,
    light: usize,
}

/// A charge whose amount changes within the piece.
struct Moving {
    charge: usize,
    /// The input that it is multiplied by and its amount before that, where nothing else changes.
    times: Option<(usize, u128)>,
    weight: usize,
}

/// How much there is to look at in a charge.
fn weight(rule: &ChargeRule) -> usize {
    rule.price.tiers.len()
}

impl<'t> Along<'t> {
    pub(crate) fn new(tariff: &'t Tariff, usage: &Usage, vary: &Vary) -> Result<Self, Error> {
        let mut given = usage::read_given(tariff, usage)?;
        let (source, numeric) = vary.source(tariff)?;
        let grid = vary.grid(numeric)?;
        if let Some(slot) = given.get_mut(source) {
            *slot = Some(Slot::Number(grid.first));
        }
        let mut follows = vec![false; tariff.sources.len()];
        let mut followers = Vec::new();
        let mut light = 1_usize;
        for (index, other) in tariff.sources.iter().enumerate() {
            let follows_one = match &other.kind {
                SourceKind::Computed(computed) => {
                    let mut parts = computed.parts.iter();
                    let any = parts.any(|(part, _)| follows.get(*part) == Some(&true));
                    light = light.saturating_add(if any { computed.parts.len() } else { 0 });
                    any
                }
                _ => false,
            };
            if follows_one {
                followers.push(index);
            }
            if let Some(follows) = follows.get_mut(index) {
                *follows = follows_one || index == source;
            }
        }
        let balances = tariff.balances.len();
        let mut heavy = tariff.sources.len().saturating_add(light);
        for slot in given.iter().flatten() {
            heavy = heavy.saturating_add(items(slot));
        }
        for rule in &tariff.charges {
            heavy = heavy.saturating_add(weight(rule));
        }
        let mut along = Self {
            tariff,
            source,
            numeric,
            grid,
            given,
            slots: Vec::new(),
            followers,
            cuts: Vec::new(),
            next: Some(grid.first),
            fixed: vec![0; balances],
            moving: Vec::new(),
            exact: vec![0; balances],
            units: vec![0; balances],
            trouble: None,
            work: 0,
            weight: heavy,
            light,
        };
        along.settle(grid.first);
        if matches!(along.slots.get(source), Some(Slot::LeftOut)) {
            let id = along.id();
            let message = filled("\"{}\" is not asked for with these inputs", &[&id]);
            return Err(Problem::new(Code::LeftOut, "vary", message).into());
        }
        along.cut(&follows)?;
        Ok(along)
    }

    pub(crate) fn id(&self) -> &'t str {
        let source = self.tariff.sources.get(self.source);
        source.map_or("", |source| source.id.as_str())
    }

    pub(crate) fn quantity(&self, value: u128) -> Quantity {
        Quantity::new(value, self.numeric.scale)
    }

    /// The estimate at a value.
    pub(crate) fn estimate(&mut self, value: u128) -> Result<Estimate<'t>, Error> {
        if let Some(slot) = self.given.get_mut(self.source) {
            *slot = Some(Slot::Number(value));
        }
        let values = usage::settle(self.tariff, self.given.clone());
        let bill = bill(self.tariff, &values.slots, false)?;
        Ok(present(self.tariff, &values, &bill))
    }

    /// Takes every input to what it is at a value, whatever it was before.
    fn settle(&mut self, value: u128) {
        if let Some(slot) = self.given.get_mut(self.source) {
            *slot = Some(Slot::Number(value));
        }
        self.slots = usage::settle(self.tariff, self.given.clone()).slots;
        self.work = self.work.saturating_add(self.weight);
    }

    /// Takes the inputs from one value of a piece to another of the same piece.
    pub(crate) fn look_at(&mut self, value: u128) {
        set(
            self.tariff,
            self.source,
            &self.followers,
            &mut self.slots,
            value,
        );
        self.work = self.work.saturating_add(self.light);
    }

    /// Finds where an input passes a bound of a condition, a value that numbers are chosen by, or 0.
    fn cut(&mut self, follows: &[bool]) -> Result<(), Error> {
        let mut bounds = Vec::new();
        let mut see = |source: usize, value: u128| {
            if follows.get(source) == Some(&true) {
                bounds.push((source, value));
            }
        };
        for source in &self.tariff.sources {
            each_bound(&source.when, &mut see);
        }
        for rule in &self.tariff.charges {
            each_bound(&rule.when, &mut see);
            each_key(rule, &mut see);
            if let Some(quantity) = &rule.quantity {
                see(quantity.of, 1);
            }
            if let Some(times) = rule.times {
                see(times, 1);
            }
        }
        // As if nothing were left out: then a computed input never falls.
        let mut whole: Vec<Slot> = Vec::with_capacity(self.given.len());
        for (source, given) in self.tariff.sources.iter().zip(&self.given) {
            let slot = match &source.kind {
                SourceKind::Computed(computed) => usage::compute(computed, &whole, true),
                _ => given.as_ref().unwrap_or(&source.default).clone(),
            };
            whole.push(slot);
        }
        let (tariff, varied, grid) = (self.tariff, self.source, self.grid);
        let followers = std::mem::take(&mut self.followers);
        for (source, bound) in bounds {
            let mut looked = 1;
            let mut reaches = |value: u128| {
                if source == varied {
                    return value >= bound;
                }
                looked = self.light.saturating_add(looked);
                set(tariff, varied, &followers, &mut whole, value);
                whole.get(source).is_some_and(|slot| slot.number() >= bound)
            };
            if reaches(grid.last) && !reaches(grid.first) {
                self.cuts
                    .push(grid.first(grid.first, grid.last, &mut reaches));
            }
            self.work = self.work.saturating_add(looked);
            self.hold()?;
        }
        self.followers = followers;
        Ok(())
    }

    /// Gives up where this would take too long.
    pub(crate) fn hold(&self) -> Result<(), Error> {
        if self.work <= MOST_WORK {
            return Ok(());
        }
        let message =
            "the price changes its course too often to be followed; narrow \"from\" and \"to\"";
        Err(Problem::new(Code::TooLarge, "vary", message).into())
    }

    /// The next piece, in rising order; its values can be priced until the next one is asked for.
    pub(crate) fn piece(&mut self) -> Result<Option<Piece>, Error> {
        let Some(first) = self.next else {
            return Ok(None);
        };
        self.settle(first);
        let mut last = self.grid.last;
        for cut in self.cuts.iter().filter(|cut| **cut > first) {
            last = last.min(self.grid.before(*cut));
        }
        self.work = self.work.saturating_add(self.cuts.len() >> 3);
        for rule in &self.tariff.charges {
            last = self.tier_end(rule, first, last);
        }
        self.look_at(first);
        let priced = self.enter()?;
        self.next = (last < self.grid.last).then(|| self.grid.after(last, 1));
        self.hold()?;
        Ok(Some(Piece {
            first,
            last,
            priced,
        }))
    }

    /// The last value before `last` at which a charge is in the tier that it is in at `first`.
    fn tier_end(&mut self, rule: &ChargeRule, first: u128, last: u128) -> u128 {
        let Some(quantity) = &rule.quantity else {
            return last;
        };
        if !self.moves(quantity.of) || rule.when.held(&self.slots) != Held::Yes {
            return last;
        }
        let Some(start) = self.billed(rule, first) else {
            return last;
        };
        let view = &View {
            slots: &self.slots,
            item: None,
        };
        let mut end = None;
        for tier in rule.tiers() {
            match resolved(&tier.up_to, view) {
                Ok(Some(up_to)) if up_to < start => {}
                Ok(up_to) => {
                    end = up_to;
                    break;
                }
                Err(_) => break,
            }
        }
        match end {
            Some(end) => self.last_billed(rule, first, last, end),
            None => last,
        }
    }

    /// The last value from `first` to `last` for which a charge bills `most` or less, as it does at `first`.
    pub(crate) fn last_billed(
        &mut self,
        rule: &ChargeRule,
        first: u128,
        last: u128,
        most: u128,
    ) -> u128 {
        let grid = self.grid;
        let mut is_over = |value| self.billed(rule, value).is_some_and(|billed| billed > most);
        match is_over(last) {
            true => grid.before(grid.first(first, last, &mut is_over)),
            false => last,
        }
    }

    /// The quantity that a charge bills at a value of the piece; `None` where that has no price.
    pub(crate) fn billed(&mut self, rule: &ChargeRule, value: u128) -> Option<u128> {
        self.look_at(value);
        let quantity = rule.quantity.as_ref()?;
        let slots = &self.slots;
        let consumed = slots
            .get(quantity.of)?
            .number()
            .wrapping_mul(quantity.scale);
        let view = &View { slots, item: None };
        estimate::bill_quantity(&quantity.billing, consumed, view, &mut Made::default()).ok()
    }

    /// Counts so much more that was looked at.
    pub(crate) const fn tire(&mut self, work: usize) {
        self.work = self.work.saturating_add(work);
    }

    pub(crate) fn moves(&self, source: usize) -> bool {
        source == self.source || self.followers.contains(&source)
    }

    /// Tells what changes within a piece from what does not, at its first value; whether it has a price.
    fn enter(&mut self) -> Result<bool, Error> {
        self.moving.clear();
        self.fixed.fill(0);
        let mut priced = true;
        for (charge, rule) in self.tariff.charges.iter().enumerate() {
            let made = match estimate::charge(rule, &self.slots, false) {
                Ok(Ok(made)) => made,
                Ok(Err(_)) => continue,
                Err(_) => {
                    priced = false;
                    continue;
                }
            };
            let measures = rule.quantity.as_ref().is_some_and(|q| self.moves(q.of));
            let times = rule.times.filter(|times| self.moves(*times));
            let fixed = self.fixed.get_mut(rule.balance);
            match (measures, times, fixed) {
                (false, None, Some(fixed)) => *fixed = fixed.wrapping_add(made.amount),
                _ => {
                    let times = times.filter(|_| !measures).and_then(|source| {
                        let times = self.slots.get(source)?.number();
                        Some((source, made.amount.checked_div(times)?))
                    });
                    self.moving.push(Moving {
                        charge,
                        times,
                        weight: weight(rule),
                    });
                }
            }
        }
        self.work = self.work.saturating_add(self.weight);
        if !priced {
            self.refused()?;
        }
        Ok(priced)
    }

    /// What is missing is missing; what is not offered is so for these values alone.
    fn refused(&mut self) -> Result<(), Error> {
        let Err(error) = bill(self.tariff, &self.slots, false) else {
            return Ok(());
        };
        if error.has(Code::MissingInput) {
            return Err(error);
        }
        self.trouble.get_or_insert(error);
        Ok(())
    }

    /// Prices a value of the piece that was asked for last, which has a price.
    pub(crate) fn price(&mut self, value: u128) {
        self.look_at(value);
        for (exact, fixed) in self.exact.iter_mut().zip(&self.fixed) {
            *exact = *fixed;
        }
        for Moving {
            charge,
            times,
            weight,
        } in &self.moving
        {
            self.work = self.work.saturating_add(*weight);
            let Some(rule) = self.tariff.charges.get(*charge) else {
                continue;
            };
            let amount = match times {
                Some((source, amount)) => {
                    amount.wrapping_mul(self.slots.get(*source).map_or(0, Slot::number))
                }
                None => match estimate::charge(rule, &self.slots, false) {
                    Ok(Ok(made)) => made.amount,
                    _ => 0,
                },
            };
            if let Some(total) = self.exact.get_mut(rule.balance) {
                *total = total.wrapping_add(amount);
            }
        }
        for ((units, exact), rule) in self
            .units
            .iter_mut()
            .zip(&self.exact)
            .zip(&self.tariff.balances)
        {
            *units = rule.round.units(*exact, rule.unit);
        }
    }
}

fn items(slot: &Slot) -> usize {
    match slot {
        Slot::List { items, .. } => items.len(),
        _ => 0,
    }
}

/// Takes the varied input and those that follow it to another value.
fn set(tariff: &Tariff, varied: usize, followers: &[usize], slots: &mut [Slot], value: u128) {
    if let Some(slot) = slots.get_mut(varied) {
        *slot = Slot::Number(value);
    }
    for index in followers {
        if let Some(SourceKind::Computed(computed)) = tariff.sources.get(*index).map(|s| &s.kind)
            && let Some(Slot::Number(_)) = slots.get(*index)
        {
            let computed = usage::compute(computed, slots, true);
            if let Some(slot) = slots.get_mut(*index) {
                *slot = computed;
            }
        }
    }
}

/// The values from which on a condition may come out otherwise.
fn each_bound(conditions: &Conditions, see: &mut dyn FnMut(usize, u128)) {
    for (source, check) in &conditions.0 {
        if let Check::Ranges { ranges, .. } = check {
            for (from, to) in ranges.iter().filter(|(from, to)| from <= to) {
                see(*source, *from);
                see(*source, to.saturating_add(1));
            }
        }
    }
}

/// The values that a charge's numbers are chosen by, and those after them.
fn each_key(rule: &ChargeRule, see: &mut dyn FnMut(usize, u128)) {
    rule.each_number(&mut |tree| {
        tree.each_key(&mut |source, key| {
            see(source, key);
            see(source, key.saturating_add(1));
        });
    });
}
