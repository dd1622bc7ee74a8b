//! An estimate with its arithmetic: what the pipeline did for each charge, as data and in words.

use crate::{
    amount::{Quantity, Rounding},
    card::Mode,
    error::{Code, Error},
    estimate::{self, BillItem, Estimate, Line, Made, PricedTier, Traced, Unmade, given_part},
    hints::{Hint, hints},
    shape::{Fields, Shape, serialize_by_shape},
    tariff::{ChargeRule, Held, QuantityRule, Slot, Source, Tariff, Trouble},
    text::filled,
    usage::{self, Usage},
    words::{self, Tongue},
};

/// What a usage will cost, and why. Serialized, it is the object that the JavaScript API returns.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Explanation<'t> {
    /// The estimate.
    pub estimate: Estimate<'t>,
    /// How each of its lines comes about, in the same order.
    pub lines: Vec<ExplainedLine<'t>>,
    /// The charges that are not made, in the card's order.
    pub not_made: Vec<NotMade<'t>>,
    /// What a little more or less would change, the most valuable first; three at most.
    pub hints: Vec<Hint<'t>>,
}

/// How a line of an estimate comes about.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ExplainedLine<'t> {
    /// The whole arithmetic: `12 s consumed, raised to the 30 s minimum, 30 s × 20 credits per 60 s = 10 credits`.
    pub sentence: String,
    /// What the pipeline did, in its order.
    pub steps: Vec<ExplainedStep<'t>>,
    /// The one plain rate of the line, where it has one.
    pub rate: Option<Rate<'t>>,
}

/// One thing that the pipeline did: its numbers by name, exact, and the same in words. What a step of each kind has is
/// told by [`StepKind`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ExplainedStep<'t> {
    /// Which step it is.
    pub kind: StepKind,
    numbers: Vec<(&'static str, Quantity)>,
    /// The input that is measured, or multiplied by.
    pub of: Option<&'t str>,
    /// Which way a figure went.
    pub round: Option<Rounding>,
    /// Which tier was priced, where the price has tiers.
    pub tier: Option<TierRef>,
    /// Equal items together, the shortest first, where each is billed by itself.
    pub groups: Vec<ItemGroup<'t>>,
    /// The step in words.
    pub sentence: String,
}

/// A step of the pipeline, and the numbers that [`ExplainedStep::number`] has of it. Its `quantity` is what is billed from
/// then on, its `result` what the charge comes to so far; the result of the last step is the line's exact amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StepKind {
    /// Where it starts: `quantity` is what the input measures, or 1; `items` how many it is the sum of.
    Consumed,
    /// The quantity was below the `minimum`, and is raised to it: `quantity`.
    Minimum,
    /// The quantity was no multiple of the `increment`: `quantity`.
    Increment,
    /// A tier was priced: `flat` + `amount` × `quantity` ÷ `per` is what it `adds` to the `result`.
    Price,
    /// The amount was multiplied by a `factor`: `result`.
    Factor,
    /// The amount was below the `limit`, and is raised to it: `result`.
    MinimumAmount,
    /// The amount was above the `limit`, and is lowered to it: `result`.
    MaximumAmount,
    /// The amount was rounded to `decimals`: `result`.
    Round,
    /// The rounded amount was multiplied by an input, `times`: `result`.
    Times,
    /// Every item of a list went through the steps by itself: `quantity` is all that is billed, `result` all of it.
    Items,
}

impl StepKind {
    /// As it is written in JavaScript.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Consumed => "consumed",
            Self::Minimum => "minimum",
            Self::Increment => "increment",
            Self::Price => "price",
            Self::Factor => "factor",
            Self::MinimumAmount => "minimumAmount",
            Self::MaximumAmount => "maximumAmount",
            Self::Round => "round",
            Self::Times => "times",
            Self::Items => "items",
        }
    }
}

/// A tier of a price.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct TierRef {
    /// Its place, counted from 0.
    pub index: usize,
    /// Where it ends; open if not given.
    pub up_to: Option<Quantity>,
    /// How tiers work together.
    pub mode: Mode,
}

/// Equal items of a list that is billed item by item.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ItemGroup<'t> {
    /// How many.
    pub count: usize,
    /// What each consumes.
    pub item: Quantity,
    /// What the pipeline did for each.
    pub steps: Vec<ExplainedStep<'t>>,
    /// What each comes to.
    pub amount: Quantity,
}

/// A plain rate: so much for so many units.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Rate<'t> {
    /// So much of the line's balance,
    pub amount: Quantity,
    /// for so many units (seconds, of a duration)
    pub per: Quantity,
    /// of this input.
    pub of: &'t str,
}

/// A charge that is not made.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct NotMade<'t> {
    /// The charge's id.
    pub charge: &'t str,
    /// What people call it.
    pub label: &'t str,
    /// The balance it would be charged in.
    pub balance: &'t str,
    /// Why not.
    pub reason: NotMadeReason,
    /// The input that is why.
    pub input: Option<&'t str>,
    /// The same in words.
    pub sentence: String,
}

/// Why a charge is not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotMadeReason {
    /// What it measures is not given.
    Missing,
    /// What it measures is not asked for with these inputs.
    LeftOut,
    /// Its conditions do not hold.
    Condition,
    /// What it measures, or is multiplied by, is 0.
    Zero,
}

impl NotMadeReason {
    /// As it is written in JavaScript.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::LeftOut => "leftOut",
            Self::Condition => "condition",
            Self::Zero => "zero",
        }
    }
}

/// Prices a usage like [`estimate()`](crate::estimate()), and says how each figure comes about.
///
/// ```
/// use credit_estimator::{Tariff, Usage, cards, explain};
///
/// let tariff = Tariff::from_json(cards::INVIDEO_V4)?;
/// let explanation = explain(&tariff, &Usage::new().with("duration", 12))?;
/// assert_eq!(
///     explanation.lines[0].sentence,
///     "12 s consumed, raised to the 30 s minimum, 30 s × 20 credits per 60 s = 10 credits"
/// );
/// # Ok::<(), credit_estimator::Error>(())
/// ```
///
/// # Errors
///
/// Those of [`estimate()`](crate::estimate()).
pub fn explain<'t>(tariff: &'t Tariff, usage: &Usage) -> Result<Explanation<'t>, Error> {
    let given = usage::read_given(tariff, usage)?;
    let values = usage::settle(tariff, given.clone());
    let slots = values.slots.as_slice();
    let bill = estimate::bill(tariff, slots, true)?;
    let mut lines = Vec::with_capacity(bill.items.len());
    for item in &bill.items {
        if let Some(line) = line(tariff, slots, item) {
            lines.push(line);
        }
    }
    let mut not_made = Vec::with_capacity(bill.not_made.len());
    for (charge, why) in &bill.not_made {
        if let Some(one) = not_made_for(tariff, slots, *charge, *why) {
            not_made.push(one);
        }
    }
    Ok(Explanation {
        estimate: estimate::present(tariff, &values, &bill),
        hints: hints(tariff, &given, slots, &bill, &lines),
        lines,
        not_made,
    })
}

/// Says what was done for one charge.
struct Speaker<'t, 's> {
    tongue: Tongue<'t>,
    rule: &'t ChargeRule,
    /// The denominator of its amounts.
    denominator: u128,
    slots: &'s [Slot],
}

fn line<'t>(tariff: &'t Tariff, slots: &[Slot], item: &BillItem) -> Option<ExplainedLine<'t>> {
    let rule = tariff.charges.get(item.charge)?;
    let balance = tariff.balances.get(rule.balance)?;
    let one = 10_u128.saturating_pow(balance.decimals.into());
    let measured = rule.quantity.as_ref();
    let speaker = Speaker {
        tongue: Tongue {
            tariff,
            balance: rule.balance,
            duration: measured
                .and_then(|quantity| tariff.sources.get(quantity.of))
                .is_some_and(Source::is_duration),
        },
        rule,
        denominator: balance.unit.saturating_mul(one),
        slots,
    };
    let trace = item.made.trace.as_deref().unwrap_or_default();
    let mut line = ExplainedLine {
        sentence: String::new(),
        steps: Vec::new(),
        rate: None,
    };
    let each = measured.filter(|quantity| quantity.each);
    match each.and_then(|quantity| Some((quantity, slots.get(quantity.of)?))) {
        Some((quantity, Slot::List { items, .. })) => {
            speaker.items(quantity, items, &item.made, &mut line)?;
        }
        _ => {
            line.steps = speaker.steps(trace);
            line.sentence = sentence(&line.steps);
            line.rate = speaker.rate(trace);
        }
    }
    if let Some(Traced::Times { source, times }) = trace.last() {
        let result = speaker.amount(item.made.amount, usize::MAX);
        let times = Quantity::whole(*times);
        let text = speaker.tongue.said("× & =", &[&times, &result]);
        line.sentence.push_str(", ");
        line.sentence.push_str(&text);
        line.rate = None;
        let mut step = step(
            StepKind::Times,
            &[("times", &times), ("result", &result)],
            text,
        );
        step.of = Some(id(tariff, *source));
        line.steps.push(step);
    }
    Some(line)
}

fn id(tariff: &Tariff, source: usize) -> &str {
    tariff.sources.get(source).map_or("", |source| &source.id)
}

fn step<'t>(
    kind: StepKind,
    numbers: &[(&'static str, &Quantity)],
    sentence: String,
) -> ExplainedStep<'t> {
    let mut kept = Vec::with_capacity(numbers.len());
    for (name, number) in numbers {
        kept.push((*name, **number));
    }
    ExplainedStep {
        kind,
        numbers: kept,
        of: None,
        round: None,
        tier: None,
        groups: Vec::new(),
        sentence,
    }
}

impl<'t> Speaker<'t, '_> {
    /// An amount before all factors from this one on.
    fn amount(&self, amount: u128, from: usize) -> Quantity {
        let mut denominator = self.denominator;
        for scale in self.rule.factor_scales.iter().skip(from) {
            denominator = denominator.checked_div(*scale).unwrap_or(1);
        }
        Quantity::new(amount, denominator)
    }

    fn quantity(&self, quantity: u128) -> Quantity {
        Quantity::new(quantity, self.rule.scale)
    }

    /// The amount of a tier and what it is per, as the card says them.
    fn tier_rate(&self, tier: &PricedTier) -> Option<(Quantity, Quantity)> {
        let per = tier.per.map_or(words::ONE, Quantity::from);
        let unit = self.amount(tier.rate?, 0);
        let unit = unit.times(Quantity::whole(self.rule.scale))?;
        Some((unit.times(per)?, per))
    }

    fn rate(&self, trace: &[Traced]) -> Option<Rate<'t>> {
        let of = id(self.tongue.tariff, self.rule.quantity.as_ref()?.of);
        let mut found: Option<&PricedTier> = None;
        for traced in trace {
            match traced {
                Traced::Price(tier) if tier.flat.unwrap_or(0) == 0 && found.is_none() => {
                    found = Some(tier);
                }
                Traced::Consumed(_) | Traced::Minimum(_) | Traced::Increment { .. } => {}
                _ => return None,
            }
        }
        let (amount, per) = self.tier_rate(found?)?;
        Some(Rate { amount, per, of })
    }

    /// What was done for one quantity.
    fn steps(&self, trace: &[Traced]) -> Vec<ExplainedStep<'t>> {
        let mut prices = 0_usize;
        for traced in trace {
            prices = prices.saturating_add(usize::from(matches!(traced, Traced::Price(_))));
        }
        let is_several = prices > 1;
        let tongue = self.tongue;
        let say = |sentence: &str, figures: &[&Quantity]| tongue.said(sentence, figures);
        let mut so_far = 0_u128;
        let mut steps = Vec::with_capacity(trace.len());
        for traced in trace {
            steps.push(match traced {
                Traced::Consumed(quantity) => self.consumed(self.quantity(*quantity)),
                Traced::Minimum(minimum) => {
                    let minimum = self.quantity(*minimum);
                    let text = say("raised to the # minimum", &[&minimum]);
                    let numbers = [("minimum", &minimum), ("quantity", &minimum)];
                    step(StepKind::Minimum, &numbers, text)
                }
                Traced::Increment { increment, billed } => {
                    let rule = self.rule.quantity.as_ref();
                    let round = rule.map_or(Rounding::Up, |rule| rule.billing.round);
                    let (increment, quantity) = (self.quantity(*increment), self.quantity(*billed));
                    let mut text = rounded(round).to_owned();
                    tongue.say(&mut text, "# in steps of #", &[&quantity, &increment]);
                    let numbers = [("increment", &increment), ("quantity", &quantity)];
                    let mut step = step(StepKind::Increment, &numbers, text);
                    step.round = Some(round);
                    step
                }
                Traced::Price(tier) => {
                    so_far = so_far.wrapping_add(tier.result);
                    prices = prices.saturating_sub(1);
                    let result = self.amount(so_far, 0);
                    let mut step = self.price(tier, result);
                    if is_several && prices == 0 {
                        tongue.say(&mut step.sentence, ", together =", &[&result]);
                    }
                    step
                }
                Traced::Factor {
                    index,
                    factor,
                    result,
                } => {
                    let scale = self.rule.factor_scales.get(*index).copied().unwrap_or(1);
                    let factor = Quantity::new(*factor, scale);
                    if factor == words::ONE {
                        continue;
                    }
                    let result = self.amount(*result, index.saturating_add(1));
                    let text = say("× & =", &[&factor, &result]);
                    let numbers = [("factor", &factor), ("result", &result)];
                    step(StepKind::Factor, &numbers, text)
                }
                Traced::MinimumAmount(limit) | Traced::MaximumAmount(limit) => {
                    let limit = self.amount(*limit, usize::MAX);
                    let (kind, said) = match traced {
                        Traced::MinimumAmount(_) => {
                            (StepKind::MinimumAmount, "raised to the minimum of $")
                        }
                        _ => (StepKind::MaximumAmount, "lowered to the maximum of $"),
                    };
                    let numbers = [("limit", &limit), ("result", &limit)];
                    step(kind, &numbers, say(said, &[&limit]))
                }
                Traced::Round { unit, result } => {
                    let round = self.rule.round.as_ref();
                    let round = round.map_or(Rounding::HalfUp, |(round, _)| *round);
                    let parts = self.denominator.checked_div(*unit).unwrap_or(1);
                    let decimals = Quantity::whole(parts.checked_ilog10().unwrap_or(0).into());
                    let result = self.amount(*result, usize::MAX);
                    let mut text = rounded(round).to_owned();
                    tongue.say(&mut text, "$", &[&result]);
                    let numbers = [("decimals", &decimals), ("result", &result)];
                    let mut step = step(StepKind::Round, &numbers, text);
                    step.round = Some(round);
                    step
                }
                Traced::Times { .. } => continue,
            });
        }
        steps
    }

    fn consumed(&self, quantity: Quantity) -> ExplainedStep<'t> {
        let Some(rule) = &self.rule.quantity else {
            let text = "counted once".to_owned();
            return step(StepKind::Consumed, &[("quantity", &quantity)], text);
        };
        let text = self.tongue.said("# consumed", &[&quantity]);
        let mut step = step(StepKind::Consumed, &[("quantity", &quantity)], text);
        if let Some(Slot::List { items, .. }) = self.slots.get(rule.of)
            && !rule.each
        {
            let items = Quantity::whole(u128::try_from(items.len()).unwrap_or(0));
            step.numbers.push(("items", items));
            if items != words::ONE {
                let text = &mut step.sentence;
                self.tongue.say(text, " by & items", &[&items]);
            }
        }
        step.of = Some(id(self.tongue.tariff, rule.of));
        step
    }

    fn price(&self, tier: &PricedTier, result: Quantity) -> ExplainedStep<'t> {
        let quantity = self.quantity(tier.quantity);
        let adds = self.amount(tier.result, 0);
        let tongue = self.tongue;
        let mut numbers = vec![("quantity", &quantity)];
        let mut text = String::new();
        let mut in_tier = None;
        if let Some(mode) = self.rule.price.mode {
            let number = u128::try_from(tier.index).unwrap_or(0).saturating_add(1);
            let up_to = tier.up_to.map(|up_to| self.quantity(up_to));
            tongue.say(&mut text, "tier &", &[&Quantity::whole(number)]);
            if let Some(up_to) = &up_to {
                tongue.say(&mut text, " up to #", &[up_to]);
            }
            text.push_str(": ");
            in_tier = Some(TierRef {
                index: tier.index,
                up_to,
                mode,
            });
        }
        let mut is_plain = true;
        let rate = self.tier_rate(tier);
        if let Some((amount, per)) = &rate {
            numbers.push(("amount", amount));
            numbers.push(("per", per));
            let counts = self.rule.quantity.is_some() || quantity != words::ONE;
            is_plain = !counts || amount.numerator() == 0;
            if counts {
                let said = if is_plain { "# free" } else { "# × " };
                tongue.say(&mut text, said, &[&quantity]);
            }
            if !counts || !is_plain {
                tongue.say(&mut text, "@", &[amount]);
                if *per != words::ONE {
                    is_plain = false;
                    tongue.say(&mut text, " per #", &[per]);
                } else if tongue.duration {
                    text.push_str(" per second");
                }
            }
        }
        let flat = tier.flat.map(|flat| self.amount(flat, 0));
        if let Some(flat) = &flat {
            numbers.push(("flat", flat));
            if rate.is_none() {
                tongue.say(&mut text, "@", &[flat]);
            } else if flat.numerator() > 0 {
                is_plain = false;
                tongue.say(&mut text, " + @", &[flat]);
            }
        }
        if !is_plain {
            tongue.say(&mut text, " =", &[&adds]);
        }
        numbers.push(("adds", &adds));
        numbers.push(("result", &result));
        let mut step = step(StepKind::Price, &numbers, text);
        step.tier = in_tier;
        step
    }

    /// A list billed item by item: each different item goes through the pipeline once more, to be told.
    fn items(
        &self,
        quantity: &QuantityRule,
        items: &[u128],
        made: &Made,
        line: &mut ExplainedLine<'t>,
    ) -> Option<()> {
        /// More kinds of items are counted and not said.
        const SAID: usize = 3;
        let mut priced = Vec::with_capacity(items.len());
        for item in items.iter().filter(|item| **item > 0) {
            priced.push(*item);
        }
        sort(&mut priced);
        let mut groups: Vec<ItemGroup<'t>> = Vec::new();
        let mut text = String::new();
        let mut total = 0_u128;
        for equal in priced.chunk_by(|one, next| one == next) {
            let item = *equal.first()?;
            let one = estimate::made_of_item(self.rule, quantity, item, self.slots).ok()?;
            let trace = one.trace.as_deref().unwrap_or_default();
            let rate = self.rate(trace);
            if groups.is_empty() {
                line.rate = rate;
            } else if line.rate != rate {
                line.rate = None;
            }
            let steps = self.steps(trace);
            let count = u128::try_from(equal.len()).ok()?;
            let item = self.quantity(item.wrapping_mul(quantity.scale));
            if groups.len() < SAID {
                if !text.is_empty() {
                    text.push_str("; ");
                }
                if count > 1 {
                    let figures = [&Quantity::whole(count), &item];
                    self.tongue.say(&mut text, "& of #, each ", &figures);
                }
                text.push_str(&sentence(&steps));
            }
            total = total.wrapping_add(one.amount.wrapping_mul(count));
            groups.push(ItemGroup {
                count: equal.len(),
                item,
                steps,
                amount: self.amount(one.amount, usize::MAX),
            });
        }
        let result = self.amount(total, usize::MAX);
        if let Ok(more @ 1..) = u128::try_from(groups.len().saturating_sub(SAID)) {
            let more = Quantity::whole(more);
            self.tongue.say(&mut text, "; and & more", &[&more]);
        }
        if priced.len() > 1 {
            self.tongue.say(&mut text, "; together =", &[&result]);
        }
        let numbers = [
            ("quantity", &self.quantity(made.billed)),
            ("result", &result),
        ];
        let mut step = step(StepKind::Items, &numbers, text.clone());
        step.groups = groups;
        line.steps.push(step);
        line.sentence = text;
        Some(())
    }
}

/// Steps in one sentence, without saying the same figure twice.
fn sentence(steps: &[ExplainedStep<'_>]) -> String {
    let mut sentence = String::new();
    for (index, step) in steps.iter().enumerate() {
        if step.kind == StepKind::Consumed {
            let next = |after: usize| steps.get(index.saturating_add(after)).map(|step| step.kind);
            let is_sum = step
                .number("items")
                .is_some_and(|items| items != words::ONE);
            let repeats = next(1) == Some(StepKind::Price) && next(2) != Some(StepKind::Price);
            if step.of.is_none() || repeats && !is_sum {
                continue;
            }
        }
        if !sentence.is_empty() {
            sentence.push_str(", ");
        }
        sentence.push_str(&step.sentence);
    }
    sentence
}

/// Sorts by a heap: slower than the library's sort, and a fraction of its code.
fn sort(values: &mut [u128]) {
    let end = values.len();
    for start in (0..end >> 1).rev() {
        sift(values, start, end);
    }
    for end in (1..end).rev() {
        values.swap(0, end);
        sift(values, 0, end);
    }
}

fn sift(values: &mut [u128], mut at: usize, end: usize) {
    loop {
        let mut child = at.saturating_mul(2).saturating_add(1);
        let next = child.saturating_add(1);
        if next < end && values.get(child) < values.get(next) {
            child = next;
        }
        if child >= end || values.get(at) >= values.get(child) {
            return;
        }
        values.swap(at, child);
        at = child;
    }
}

const fn rounded(round: Rounding) -> &'static str {
    match round {
        Rounding::Up => "rounded up to ",
        Rounding::Down => "rounded down to ",
        Rounding::HalfUp => "rounded to ",
    }
}

fn not_made_for<'t>(
    tariff: &'t Tariff,
    slots: &[Slot],
    charge: usize,
    why: Unmade,
) -> Option<NotMade<'t>> {
    let rule = tariff.charges.get(charge)?;
    let balance = tariff.balances.get(rule.balance)?;
    // A charge that is not chosen is not missing anything.
    let is_excluded = rule.when.held(slots) == Held::No;
    let given = |code, source| Some(given_part(tariff, slots, Trouble { code, source }));
    let fails = || {
        let mut conditions = rule.when.0.iter();
        let failing = conditions.find(|(source, check)| {
            let slot = slots.get(*source);
            slot.is_some_and(|slot| slot.is_decided() && !check.passes(slot))
        });
        failing.map(|(source, _)| *source)
    };
    let (reason, source) = match why {
        Unmade::Condition => (NotMadeReason::Condition, fails()),
        _ if is_excluded => (NotMadeReason::Condition, fails()),
        Unmade::Zero(source) => (NotMadeReason::Zero, Some(source)),
        Unmade::Missing(of) => (NotMadeReason::Missing, given(Code::MissingInput, of)),
        Unmade::LeftOut(of) => (NotMadeReason::LeftOut, given(Code::LeftOut, of)),
    };
    Some(NotMade {
        charge: &rule.id,
        label: &rule.label,
        balance: &balance.id,
        reason,
        input: source.map(|source| id(tariff, source)),
        sentence: source.map_or_else(String::new, |source| state(tariff, slots, source)),
    })
}

/// The value of an input in words: `Media is Stock / basic`, `Video length is not given`.
fn state(tariff: &Tariff, slots: &[Slot], source: usize) -> String {
    let number = |number: u128| {
        let source = tariff.sources.get(source);
        let scale = source.map_or(1, Source::scale);
        words::quantity(
            source.is_some_and(Source::is_duration),
            Quantity::new(number, scale),
        )
    };
    let value = match slots.get(source) {
        None | Some(Slot::Missing | Slot::Partial { .. }) => "not given".to_owned(),
        Some(Slot::LeftOut) => "not asked for".to_owned(),
        Some(Slot::Flag(flag)) => if *flag { "on" } else { "off" }.to_owned(),
        Some(Slot::Choice(index)) => {
            let input = tariff.document.list("inputs").get(source);
            let option = input.and_then(|input| input.list("options").get(*index));
            option
                .map_or("", |option| option.text_at("label"))
                .to_owned()
        }
        Some(Slot::Number(value) | Slot::List { sum: value, .. }) => number(*value),
    };
    filled("{} is {}", &[&words::label(tariff, source), &value])
}

impl ExplainedStep<'_> {
    /// A number of the step, by its name.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<Quantity> {
        let mut numbers = self.numbers.iter();
        numbers
            .find(|(known, _)| *known == name)
            .map(|(_, number)| *number)
    }

    /// What the charge comes to after this step; `None` while it is a quantity.
    #[must_use]
    pub fn result(&self) -> Option<Quantity> {
        self.number("result")
    }

    fn shape(&self) -> Shape<'_> {
        let mut fields = Fields::new();
        fields.text("step", self.kind.as_str());
        fields.text_of("of", self.of);
        for (name, number) in &self.numbers {
            fields.number(name, number);
        }
        if let Some(round) = self.round {
            fields.text("round", round.as_str());
        }
        if let Some(tier) = &self.tier {
            fields.put("tier", tier.shape());
        }
        if self.kind == StepKind::Items {
            fields.put("groups", Shape::list(&self.groups, ItemGroup::shape));
        }
        fields.text("sentence", &self.sentence);
        fields.object()
    }
}

impl TierRef {
    fn shape(&self) -> Shape<'_> {
        let mut fields = Fields::new();
        fields.count("index", self.index);
        fields.number_of("upTo", self.up_to.as_ref());
        let mode = match self.mode {
            Mode::Graduated => "graduated",
            Mode::Volume => "volume",
        };
        fields.text("mode", mode);
        fields.object()
    }
}

impl ItemGroup<'_> {
    fn shape(&self) -> Shape<'_> {
        let mut fields = Fields::new();
        fields.count("count", self.count);
        fields.number("item", &self.item);
        fields.put("steps", Shape::list(&self.steps, ExplainedStep::shape));
        fields.number("amount", &self.amount);
        fields.object()
    }
}

impl Rate<'_> {
    fn shape(&self) -> Shape<'_> {
        let mut fields = Fields::new();
        fields.number("amount", &self.amount);
        fields.number("per", &self.per);
        fields.text("of", self.of);
        fields.object()
    }
}

impl ExplainedLine<'_> {
    fn shape<'a>(&'a self, line: &'a Line<'_>) -> Shape<'a> {
        let mut fields = line.fields();
        fields.text("sentence", &self.sentence);
        fields.put("steps", Shape::list(&self.steps, ExplainedStep::shape));
        if let Some(rate) = &self.rate {
            fields.put("rate", rate.shape());
        }
        fields.object()
    }
}

impl NotMade<'_> {
    fn shape(&self) -> Shape<'_> {
        let mut fields = Fields::new();
        fields.text("charge", self.charge);
        fields.text("label", self.label);
        fields.text("balance", self.balance);
        fields.text("reason", self.reason.as_str());
        fields.text_of("input", self.input);
        fields.text("sentence", &self.sentence);
        fields.object()
    }
}

impl Explanation<'_> {
    pub(crate) fn shape(&self) -> Shape<'_> {
        let mut lines = Vec::with_capacity(self.lines.len());
        for (line, explained) in self.estimate.lines.iter().zip(&self.lines) {
            lines.push(explained.shape(line));
        }
        let mut fields = self.estimate.fields(Shape::List(lines));
        fields.put("notMade", Shape::list(&self.not_made, NotMade::shape));
        fields.put("hints", Shape::list(&self.hints, Hint::shape));
        fields.object()
    }
}

serialize_by_shape!(Explanation<'_>);
