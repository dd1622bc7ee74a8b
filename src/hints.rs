//! What a little more or less would change: found at the edges of the tariff's rules, proven by pricing both sides.

use crate::{
    amount::{Amount, Quantity, Rounding},
    estimate::{self, Bill, ByBalance},
    explain::ExplainedLine,
    shape::{Fields, Shape},
    tariff::{ChargeRule, Check, Numeric, Slot, SourceKind, Tariff, Tree, View},
    text::joined,
    usage, words,
};

/// What a little more or less of one input would change.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Hint<'t> {
    /// The kind of the hint.
    pub kind: HintKind,
    /// The input.
    pub input: &'t str,
    /// How much more or less, in its unit: seconds for a duration.
    pub by: Quantity,
    /// The input's value then.
    pub to: Quantity,
    /// The charge whose edge it is; `None` where it is the rounding of an amount.
    pub charge: Option<&'t str>,
    /// What the totals change by, where they do.
    pub delta: ByBalance<'t>,
    /// The same in words: `1 second less saves 5 credits`.
    pub sentence: String,
}

/// Which side of an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HintKind {
    /// A little less costs less.
    Less,
    /// A little more costs less.
    More,
    /// So much is left until the charge next rises.
    Left,
}

impl HintKind {
    /// As it is written in JavaScript.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Less => "less",
            Self::More => "more",
            Self::Left => "left",
        }
    }
}

impl Hint<'_> {
    pub(crate) fn shape(&self) -> Shape<'_> {
        let mut fields = Fields::new();
        fields.text("kind", self.kind.as_str());
        fields.text("input", self.input);
        fields.number("by", &self.by);
        fields.number("to", &self.to);
        fields.text_of("charge", self.charge);
        fields.put("delta", self.delta.shape());
        fields.text("sentence", &self.sentence);
        fields.object()
    }
}

/// So many hints are said at most.
const MOST: usize = 3;

/// Hints for every number or duration that was given, by itself and not in a list.
pub(crate) fn hints<'t>(
    tariff: &'t Tariff,
    given: &[Option<Slot>],
    slots: &[Slot],
    bill: &Bill,
    lines: &[ExplainedLine<'t>],
) -> Vec<Hint<'t>> {
    let mut found = Vec::new();
    let numbers = given
        .iter()
        .filter(|slot| matches!(slot, Some(Slot::Number(_))));
    let is_one_of_several = numbers.count() > 1;
    for (source, rule) in tariff.sources.iter().enumerate() {
        if let (SourceKind::Numeric(numeric), Some(Slot::Number(value)), Some(Some(_))) =
            (&rule.kind, slots.get(source), given.get(source))
            && *value > 0
        {
            let search = Search {
                tariff,
                given,
                slots,
                bill,
                lines,
                source,
                numeric,
                step: numeric.step.scaled(numeric.scale).unwrap_or(1).max(1),
                value: *value,
                is_one_of_several,
            };
            search.all(&mut found);
        }
    }
    best(found)
}

/// The most valuable, each once.
fn best(mut found: Vec<(Value, Hint<'_>)>) -> Vec<Hint<'_>> {
    let mut best: Vec<Hint<'_>> = Vec::new();
    while best.len() < MOST {
        let mut most: Option<(usize, Value)> = None;
        for (index, (value, _)) in found.iter().enumerate() {
            if most.is_none_or(|(_, most)| *value > most) {
                most = Some((index, *value));
            }
        }
        let Some((index, _)) = most else { break };
        let (_, hint) = found.remove(index);
        let is_said =
            |said: &Hint<'_>| (said.kind, said.input, said.to) == (hint.kind, hint.input, hint.to);
        if !best.iter().any(is_said) {
            best.push(hint);
        }
    }
    best
}

/// What comes first: what saves, by its share of a total; then what is free.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Value {
    Left {
        free: bool,
        named: bool,
        by: u128,
    },
    /// Of a total, and of the charge itself.
    Saves {
        millionths: u128,
        own: u128,
    },
}

/// Looks for the edges around the value of one input.
struct Search<'t, 's> {
    tariff: &'t Tariff,
    given: &'s [Option<Slot>],
    slots: &'s [Slot],
    bill: &'s Bill,
    lines: &'s [ExplainedLine<'t>],
    source: usize,
    numeric: &'t Numeric,
    step: u128,
    value: u128,
    is_one_of_several: bool,
}

/// What an edge is the edge of.
#[derive(Clone, Copy)]
enum Rule {
    Minimum(Quantity),
    Increment(Quantity),
    Tier,
    Condition,
    /// The rounding of an amount.
    Rounding,
}

/// The nearest edges, by the last value before each.
#[derive(Default)]
struct Edges {
    below: Option<(u128, Rule)>,
    above: Option<(u128, Rule)>,
}

/// What a value of the input comes to.
struct Priced {
    /// Shown totals by balance, in units of their last decimal.
    totals: Vec<i64>,
    /// Exact amounts of the charges that are made.
    charges: Vec<(usize, u128)>,
}

impl Priced {
    fn of(tariff: &Tariff, bill: &Bill) -> Self {
        let mut priced = Self {
            totals: Vec::with_capacity(bill.totals.len()),
            charges: Vec::with_capacity(bill.items.len()),
        };
        for (rule, exact) in tariff.balances.iter().zip(&bill.totals) {
            let units = rule.round.units(*exact, rule.unit);
            let units = i64::try_from(units).unwrap_or(i64::MAX);
            priced.totals.push(units);
        }
        for item in &bill.items {
            priced.charges.push((item.charge, item.made.amount));
        }
        priced
    }

    fn made(&self, charge: usize) -> Option<u128> {
        let found = self.charges.iter().find(|(made, _)| *made == charge);
        found.map(|(_, amount)| *amount)
    }
}

impl<'t> Search<'t, '_> {
    fn all(&self, found: &mut Vec<(Value, Hint<'t>)>) {
        let now = Priced::of(self.tariff, self.bill);
        for (charge, rule) in self.tariff.charges.iter().enumerate() {
            let is_made = now.made(charge).is_some();
            let mut add = |hint: Option<_>| {
                if let Some(hint) = hint {
                    found.push(hint);
                }
            };
            let mut edges = Edges::default();
            self.condition_edges(rule, &mut edges);
            if is_made {
                self.quantity_edges(rule, &mut edges);
            }
            if let Some((below, rule)) = edges.below {
                add(self.saving(&now, (charge, rule), below, HintKind::Less));
            }
            if let Some((last, rule)) = edges.above {
                let beyond = last.saturating_add(self.step);
                add(self.saving(&now, (charge, rule), beyond, HintKind::More));
                add(self.left(&now, (charge, rule), last));
            }
            if is_made
                && self.is_coarse(charge, &now)
                && let Some(below) = self.last_cheaper(&now, charge)
            {
                add(self.saving(&now, (charge, Rule::Rounding), below, HintKind::Less));
            }
        }
    }

    /// The value of a source where the input is `value`: the input's own, or computed from it.
    fn of(&self, source: usize, value: u128) -> u128 {
        let slot = |source: usize| self.slots.get(source).map_or(0, Slot::number);
        match self.tariff.sources.get(source).map(|source| &source.kind) {
            _ if source == self.source => return value,
            Some(SourceKind::Computed(_)) => {}
            _ => return slot(source),
        }
        // A part may be computed too, and stands before what it is a part of: so each is computed once.
        let mut values: Vec<u128> = Vec::new();
        for (index, found) in self
            .tariff
            .sources
            .iter()
            .enumerate()
            .take(source.saturating_add(1))
        {
            let mut result = if index == self.source {
                value
            } else {
                slot(index)
            };
            if let SourceKind::Computed(computed) = &found.kind {
                result = u128::from(computed.product);
                for (part, scale) in &computed.parts {
                    let part = values
                        .get(*part)
                        .map_or(0, |part| part.wrapping_mul(*scale));
                    result = match computed.product {
                        true => result.wrapping_mul(part),
                        false => result.max(part),
                    };
                }
            }
            values.push(result);
        }
        values.last().copied().unwrap_or(0)
    }

    /// The largest value on the input's grid where `holds`, which holds up to some value and not beyond it.
    fn last(&self, holds: &dyn Fn(u128) -> bool) -> Option<u128> {
        let at = |place: u128| place.wrapping_mul(self.step);
        let whole = |value: u128| value.checked_div(self.step);
        let mut low = whole(self.numeric.min.saturating_add(self.step).saturating_sub(1))?;
        let mut high = whole(self.numeric.max)?;
        if low > high || !holds(at(low)) {
            return None;
        }
        while low < high {
            let half = high.saturating_sub(low).saturating_add(1) >> 1;
            let middle = low.saturating_add(half);
            match holds(at(middle)) {
                true => low = middle,
                false => high = middle.saturating_sub(1),
            }
        }
        Some(at(low))
    }

    /// Takes an edge of a source: its values up to `last` are on one side.
    fn edge(&self, source: usize, last: u128, rule: Rule, edges: &mut Edges) {
        if self.of(source, self.numeric.min) == self.of(source, self.numeric.max) {
            return;
        }
        let Some(at) = self.last(&|value| self.of(source, value) <= last) else {
            return;
        };
        if at < self.value {
            if edges.below.is_none_or(|(other, _)| other < at) {
                edges.below = Some((at, rule));
            }
        } else if edges.above.is_none_or(|(other, _)| other > at) {
            edges.above = Some((at, rule));
        }
    }

    fn condition_edges(&self, rule: &ChargeRule, edges: &mut Edges) {
        for (source, check) in &rule.when.0 {
            let Check::Ranges { ranges, any_item } = check else {
                continue;
            };
            for (from, to) in ranges.iter().filter(|_| !any_item) {
                if let Some(before) = from.checked_sub(1) {
                    self.edge(*source, before, Rule::Condition, edges);
                }
                self.edge(*source, *to, Rule::Condition, edges);
            }
        }
    }

    fn quantity_edges(&self, rule: &ChargeRule, edges: &mut Edges) {
        let Some(quantity) = rule.quantity.as_ref().filter(|quantity| !quantity.each) else {
            return;
        };
        let view = &View {
            slots: self.slots,
            item: None,
        };
        let tree = |tree: &Option<Box<Tree<u128>>>| estimate::resolved(tree, view).unwrap_or(None);
        let shown = |quantity| Quantity::new(quantity, rule.scale);
        let consumed = self.of(quantity.of, self.value);
        let consumed = consumed.wrapping_mul(quantity.scale);
        let mut edge = |last: u128, rule| {
            let last = last.checked_div(quantity.scale).unwrap_or(last);
            self.edge(quantity.of, last, rule, edges);
        };
        let billing = &quantity.billing;
        let steps = tree(&billing.increment).map(|increment| Steps {
            round: billing.round,
            increment,
        });
        let minimum = tree(&billing.minimum).unwrap_or(0);
        if minimum > 0 {
            let billed = steps.map_or(minimum, |steps| steps.billed(minimum));
            let last = steps.map_or(minimum, |steps| steps.last_like(minimum));
            edge(last, Rule::Minimum(shown(billed)));
        }
        if let Some(steps) = steps
            && consumed > minimum
        {
            let rule = Rule::Increment(shown(steps.increment));
            let last = steps.last_like(consumed);
            edge(last, rule);
            if let Some(before) = last.checked_sub(steps.increment) {
                edge(before, rule);
            }
        }
        // With an increment, no tier ends nearer than its next multiple.
        if steps.is_none() {
            for up_to in rule.tiers().iter().filter_map(|tier| tree(&tier.up_to)) {
                edge(up_to, Rule::Tier);
            }
        }
    }

    fn priced(&self, value: u128) -> Option<Priced> {
        if !(self.numeric.min..=self.numeric.max).contains(&value) {
            return None;
        }
        let mut given = self.given.to_vec();
        *given.get_mut(self.source)? = Some(Slot::Number(value));
        let values = usage::settle(self.tariff, given);
        let bill = estimate::bill(self.tariff, &values.slots, false).ok()?;
        Some(Priced::of(self.tariff, &bill))
    }

    /// Whether the last decimal of a charge's balance is a good part of its total.
    fn is_coarse(&self, charge: usize, now: &Priced) -> bool {
        const UNITS: i64 = 100;
        let rule = self.tariff.charges.get(charge);
        let total = rule.and_then(|rule| now.totals.get(rule.balance));
        total.is_some_and(|total| (1..UNITS).contains(total))
    }

    /// A value below where the charge's balance has a lower total, and the next one has not.
    fn last_cheaper(&self, now: &Priced, charge: usize) -> Option<u128> {
        let balance = self.tariff.charges.get(charge)?.balance;
        let total = now.totals.get(balance)?;
        self.last(&|value| {
            let priced = match value < self.value {
                true => self.priced(value),
                false => None,
            };
            let then = priced.and_then(|priced| priced.totals.get(balance).copied());
            then.is_some_and(|then| then < *total)
        })
    }

    /// A value that saves at least twice as much as its distance would make one think, because an edge is there.
    fn saving(
        &self,
        now: &Priced,
        (charge, rule): (usize, Rule),
        to: u128,
        kind: HintKind,
    ) -> Option<(Value, Hint<'t>)> {
        let then = self.priced(to)?;
        let before = self.priced(match kind {
            HintKind::Less => to.saturating_add(self.step),
            _ => to.saturating_sub(self.step),
        })?;
        let by = to.abs_diff(self.value);
        // Less than a second counts as one: it is not worth a cut for its own price.
        let distance = by.max(self.numeric.scale);
        let mut millionths = 0;
        for ((now, then), before) in now.totals.iter().zip(&then.totals).zip(&before.totals) {
            if then > now {
                return None;
            }
            let saved = u128::from(now.abs_diff(*then));
            let total = u128::from(now.unsigned_abs());
            let expected = distance.saturating_mul(total).saturating_mul(2);
            if before > then && saved.saturating_mul(self.value) >= expected {
                let share = saved.saturating_mul(1_000_000).checked_div(total);
                millionths = share.unwrap_or(0).max(millionths);
            }
        }
        if millionths == 0 {
            return None;
        }
        let delta = self.delta(now, &then);
        let mut sentence = self.by_in_words(by);
        sentence.push_str(match kind {
            HintKind::Less => " less saves ",
            _ => " more saves ",
        });
        sentence.push_str(&words::amounts(self.tariff, &delta));
        self.which(&mut sentence);
        let hint = self.hint(kind, (charge, rule), (by, to), &delta, sentence)?;
        let own = |priced: &Priced| priced.made(charge).unwrap_or(0);
        let own = own(now)
            .saturating_sub(own(&then))
            .saturating_mul(1_000_000)
            .checked_div(own(now));
        let own = own.unwrap_or(0);
        Some((Value::Saves { millionths, own }, hint))
    }

    /// How much more the charge covers for the same amount.
    fn left(
        &self,
        now: &Priced,
        (charge, rule): (usize, Rule),
        to: u128,
    ) -> Option<(Value, Hint<'t>)> {
        let by = to.saturating_sub(self.value);
        if by < self.numeric.scale {
            return None;
        }
        let then = self.priced(to)?;
        let amount = now.made(charge);
        let stays = |priced: &Priced| priced.made(charge) == amount;
        let beyond = self.priced(to.saturating_add(self.step))?;
        if !stays(&then) || !stays(&self.priced(self.value.saturating_add(self.step))?) {
            return None;
        }
        if beyond.made(charge) <= amount {
            return None;
        }
        let delta = self.delta(now, &then);
        let free = delta.is_empty();
        let label = self.tariff.charges.get(charge)?.label.as_str();
        let mut named = false;
        let mut sentence = self.in_words(Quantity::new(by, self.numeric.scale));
        sentence.push_str(" left ");
        match rule {
            Rule::Minimum(minimum) => {
                sentence.push_str("in the ");
                sentence.push_str(&self.in_words(minimum));
                sentence.push_str(" minimum");
            }
            Rule::Increment(increment) => {
                let unit = self.counted_in(charge, increment);
                named = unit.is_some();
                let unit = unit.unwrap_or_else(|| self.step_in_words(increment));
                sentence.push_str("in this ");
                sentence.push_str(&unit);
            }
            Rule::Condition if amount.is_none() => {
                sentence.push_str("before ");
                sentence.push_str(label);
                sentence.push_str(" is charged");
            }
            _ => sentence.push_str("in this tier"),
        }
        if !free && amount.is_some() {
            sentence.push_str(" of ");
            sentence.push_str(label);
        }
        self.which(&mut sentence);
        let hint = self.hint(HintKind::Left, (charge, rule), (by, to), &delta, sentence)?;
        Some((Value::Left { free, named, by }, hint))
    }

    /// By balance, how far the totals are apart; those that are the same are not in it.
    fn delta(&self, now: &Priced, then: &Priced) -> Vec<(usize, Amount)> {
        let mut delta = Vec::new();
        let totals = now.totals.iter().zip(&then.totals);
        for (balance, ((now, then), rule)) in totals.zip(&self.tariff.balances).enumerate() {
            if then != now {
                let amount = Amount::new(then.saturating_sub(*now), rule.decimals);
                delta.push((balance, amount));
            }
        }
        delta
    }

    fn hint(
        &self,
        kind: HintKind,
        (charge, rule): (usize, Rule),
        (by, to): (u128, u128),
        delta: &[(usize, Amount)],
        sentence: String,
    ) -> Option<Hint<'t>> {
        let mut by_balance = ByBalance::default();
        for (balance, amount) in delta {
            by_balance.push(&self.tariff.balances.get(*balance)?.id, *amount);
        }
        let charge = self.tariff.charges.get(charge)?.id.as_str();
        Some(Hint {
            kind,
            input: self.tariff.sources.get(self.source)?.id.as_str(),
            by: Quantity::new(by, self.numeric.scale),
            to: Quantity::new(to, self.numeric.scale),
            charge: (!matches!(rule, Rule::Rounding)).then_some(charge),
            delta: by_balance,
            sentence,
        })
    }

    fn in_words(&self, quantity: Quantity) -> String {
        words::quantity(self.numeric.duration, quantity)
    }

    /// `1 second`, `1:30`, `2`.
    fn by_in_words(&self, by: u128) -> String {
        let by = Quantity::new(by, self.numeric.scale);
        let text = self.in_words(by);
        match text.strip_suffix(" s") {
            Some(_) if by == words::ONE => "1 second".to_owned(),
            Some(number) => joined(&[number, " seconds"]),
            None => text,
        }
    }

    fn step_in_words(&self, increment: Quantity) -> String {
        for (seconds, name) in [(1, "second"), (60, "minute"), (3600, "hour")] {
            if self.numeric.duration && increment == Quantity::whole(seconds) {
                return name.to_owned();
            }
        }
        joined(&["step of ", &self.in_words(increment)])
    }

    /// The balance's own unit, where one increment costs one of it: `video minute`.
    fn counted_in(&self, charge: usize, increment: Quantity) -> Option<String> {
        let mut items = self.bill.items.iter();
        let place = items.position(|item| item.charge == charge)?;
        let rate = self.lines.get(place)?.rate?;
        let per = Quantity::new(rate.per.denominator(), rate.per.numerator());
        let costs = rate.amount.times(increment)?.times(per)?;
        let balance = self.tariff.charges.get(charge)?.balance;
        (costs == words::ONE).then(|| words::unit(self.tariff, balance, true))
    }

    /// Which input, where that is not plain.
    fn which(&self, sentence: &mut String) {
        if !self.numeric.duration || self.is_one_of_several {
            sentence.push_str(" (");
            sentence.push_str(words::label(self.tariff, self.source));
            sentence.push(')');
        }
    }
}

/// How quantities are taken to multiples.
#[derive(Clone, Copy)]
struct Steps {
    round: Rounding,
    increment: u128,
}

impl Steps {
    /// How far below its multiple a quantity is taken to it.
    const fn reach(self) -> u128 {
        match self.round {
            Rounding::Up => self.increment.saturating_sub(1),
            Rounding::Down => 0,
            Rounding::HalfUp => self.increment >> 1,
        }
    }

    fn billed(self, quantity: u128) -> u128 {
        let reached = quantity.saturating_add(self.reach());
        let whole = reached.checked_div(self.increment).unwrap_or(0);
        whole.saturating_mul(self.increment)
    }

    /// The last quantity that is billed like `quantity`.
    fn last_like(self, quantity: u128) -> u128 {
        let next = self.billed(quantity).saturating_add(self.increment);
        next.saturating_sub(self.reach()).saturating_sub(1)
    }
}
