//! An estimate with its arithmetic: what the pipeline did for each charge, as data and in words.

use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::{
    amount::{Quantity, Rounding},
    card::{Mode, decode::listed},
    error::{Code, Error},
    estimate::{self, BillItem, Estimate, Line, PricedTier, Traced, Unmade, given_part},
    hints::{Hint, hints},
    shape::{Fields, Shape},
    tariff::{BalanceRule, ChargeRule, Held, PriceRule, Slot, Source, Tariff, Trouble},
    usage::{self, Usage},
    words,
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

/// One thing that the pipeline did.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ExplainedStep<'t> {
    /// What it did, in exact numbers.
    pub action: Action<'t>,
    /// The same in words.
    pub sentence: String,
}

/// A step of the pipeline. A `quantity` is what is billed from then on, a `result` what the charge comes to so far;
/// the result of the last step is the line's exact amount.
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "a line has a handful of them")]
#[non_exhaustive]
pub enum Action<'t> {
    /// Where it starts: what the input measures, or 1.
    Consumed {
        /// The input; `None` where nothing is counted.
        of: Option<&'t str>,
        /// Its value, or the sum of its items.
        quantity: Quantity,
        /// How many items it is the sum of.
        items: Option<usize>,
    },
    /// The quantity was below the minimum.
    Minimum {
        /// The least that is billed.
        minimum: Quantity,
        /// The quantity now.
        quantity: Quantity,
    },
    /// The quantity was between two steps.
    Increment {
        /// What is billed is a multiple of it.
        increment: Quantity,
        /// Which way it went.
        round: Rounding,
        /// The quantity now.
        quantity: Quantity,
    },
    /// A tier was priced: `flat + amount × quantity ÷ per`.
    Price {
        /// The units that this tier prices.
        quantity: Quantity,
        /// Its amount and for how many units it is.
        amount: Option<(Quantity, Quantity)>,
        /// What it adds whatever the quantity.
        flat: Option<Quantity>,
        /// Which tier, where the price has tiers.
        tier: Option<TierRef>,
        /// What this tier alone comes to.
        adds: Quantity,
        /// What the charge comes to.
        result: Quantity,
    },
    /// The amount was multiplied.
    Factor {
        /// By this.
        factor: Quantity,
        /// What the charge comes to.
        result: Quantity,
    },
    /// The amount was below the least.
    MinimumAmount {
        /// The least, which the charge comes to.
        limit: Quantity,
    },
    /// The amount was above the most.
    MaximumAmount {
        /// The most, which the charge comes to.
        limit: Quantity,
    },
    /// The charge's own rounding changed the amount.
    Round {
        /// To so many decimals.
        decimals: u32,
        /// Which way.
        round: Rounding,
        /// What the charge comes to.
        result: Quantity,
    },
    /// The rounded amount was multiplied by an input.
    Times {
        /// The input.
        of: &'t str,
        /// Its value.
        times: u128,
        /// What the charge comes to.
        result: Quantity,
    },
    /// Every item of a list went through the steps by itself.
    Items {
        /// Equal items together, the shortest first.
        groups: Vec<ItemGroup<'t>>,
        /// All that is billed.
        quantity: Quantity,
        /// What the charge comes to.
        result: Quantity,
    },
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
    let bill = estimate::bill(tariff, &values.slots, true)?;
    let estimate = estimate::present(tariff, &values, &bill);
    let lines = bill.items.iter();
    let lines: Vec<ExplainedLine<'t>> = lines
        .filter_map(|item| line(tariff, &values.slots, item))
        .collect();
    let not_made = bill.not_made.iter();
    let not_made = not_made
        .filter_map(|(charge, why)| not_made_for(tariff, &values.slots, *charge, *why))
        .collect();
    let hints = hints(tariff, &given, &values.slots, &bill, &lines);
    Ok(Explanation {
        estimate,
        lines,
        not_made,
        hints,
    })
}

/// Says what was done for one charge.
struct Speaker<'t, 's> {
    tariff: &'t Tariff,
    rule: &'t ChargeRule,
    balance: &'t BalanceRule,
    slots: &'s [Slot],
    duration: bool,
}

fn line<'t>(tariff: &'t Tariff, slots: &[Slot], item: &BillItem) -> Option<ExplainedLine<'t>> {
    let rule = tariff.charges.get(item.charge)?;
    let measured = rule.quantity.as_ref();
    let speaker = Speaker {
        tariff,
        rule,
        balance: tariff.balances.get(rule.balance)?,
        slots,
        duration: measured.is_some_and(|quantity| words::is_duration(tariff, quantity.of)),
    };
    let trace = item.made.trace.as_deref().unwrap_or_default();
    let (trace, times) = match trace.split_last() {
        Some((Traced::Times { source, times }, rest)) => (rest, Some((*source, *times))),
        _ => (trace, None),
    };
    let (mut steps, mut sentence) = match measured {
        Some(quantity) if quantity.each => speaker.items(trace, item),
        _ => {
            let steps = speaker.steps(trace);
            let sentence = speaker.sentence(&steps);
            (steps, sentence)
        }
    };
    if let Some((source, times)) = times {
        let result = speaker.amount(item.made.amount);
        let text = format!("× {times}{}", speaker.equals(result));
        sentence = [&sentence, ", ", &text].concat();
        let of = id(tariff, source);
        let action = Action::Times { of, times, result };
        steps.push(ExplainedStep {
            action,
            sentence: text,
        });
    }
    Some(ExplainedLine {
        sentence,
        rate: speaker.rate(trace),
        steps,
    })
}

fn id(tariff: &Tariff, source: usize) -> &str {
    tariff.sources.get(source).map_or("", |source| &source.id)
}

impl<'t> Speaker<'t, '_> {
    /// What the balance's last decimal is a part of.
    fn denominator(&self) -> u128 {
        let one = 10_u128.saturating_pow(self.balance.decimals.into());
        self.balance.unit.get().saturating_mul(one)
    }

    fn amount(&self, amount: u128) -> Quantity {
        Quantity::new(amount, self.denominator())
    }

    /// An amount before all factors from this one on.
    fn before_factors(&self, amount: u128, from: usize) -> Quantity {
        let mut scales = self.rule.factor_scales.iter().skip(from);
        let denominator = scales.try_fold(self.denominator(), |rest: u128, scale| {
            rest.checked_div(*scale)
        });
        Quantity::new(amount, denominator.unwrap_or(1))
    }

    fn quantity(&self, quantity: u128) -> Quantity {
        Quantity::new(quantity, self.rule.scale)
    }

    fn in_words(&self, quantity: Quantity) -> String {
        words::quantity(self.duration, quantity)
    }

    fn exactly(&self, amount: Quantity) -> String {
        words::exactly(self.tariff, self.rule.balance, amount)
    }

    fn counted(&self, amount: Quantity) -> String {
        words::counted(self.tariff, self.rule.balance, amount).0
    }

    /// ` = 10 credits`, or ` ≈ 3.33 credits` where more digits follow.
    fn equals(&self, amount: Quantity) -> String {
        let (text, is_exact) = words::counted(self.tariff, self.rule.balance, amount);
        [if is_exact { " = " } else { " ≈ " }, &text].concat()
    }

    /// The amount of a tier and what it is per, as the card says them.
    fn tier_rate(&self, tier: &PricedTier) -> Option<(Quantity, Quantity)> {
        let per = tier.per.map_or(words::ONE, Quantity::from);
        let unit = self.before_factors(tier.rate?, 0);
        let unit = unit.times(Quantity::whole(self.rule.scale))?;
        Some((unit.times(per)?, per))
    }

    fn rate(&self, trace: &[Traced]) -> Option<Rate<'t>> {
        let of = id(self.tariff, self.rule.quantity.as_ref()?.of);
        let mut found: Option<&PricedTier> = None;
        for traced in trace {
            match traced {
                Traced::Price(tier) if tier.flat.unwrap_or(0) == 0 => match found {
                    Some(other)
                        if (other.rate, other.per, other.index)
                            != (tier.rate, tier.per, tier.index) =>
                    {
                        return None;
                    }
                    _ => found = Some(tier),
                },
                Traced::Consumed(_) | Traced::Minimum(_) | Traced::Increment { .. } => {}
                _ => return None,
            }
        }
        let (amount, per) = self.tier_rate(found?)?;
        Some(Rate { amount, per, of })
    }

    /// What was done for one quantity.
    fn steps(&self, trace: &[Traced]) -> Vec<ExplainedStep<'t>> {
        let is_price = |traced: &&Traced| matches!(traced, Traced::Price(_));
        let mut prices = trace.iter().filter(is_price).count();
        let is_several = prices > 1;
        let mut so_far = 0_u128;
        let mut steps = Vec::with_capacity(trace.len());
        for traced in trace {
            let (action, sentence) = match traced {
                Traced::Consumed(quantity) => self.consumed(self.quantity(*quantity)),
                Traced::Minimum(minimum) => {
                    let minimum = self.quantity(*minimum);
                    let sentence = format!("raised to the {} minimum", self.in_words(minimum));
                    (
                        Action::Minimum {
                            minimum,
                            quantity: minimum,
                        },
                        sentence,
                    )
                }
                Traced::Increment { increment, billed } => {
                    let rule = self.rule.quantity.as_ref();
                    let round = rule.map_or(Rounding::Up, |rule| rule.billing.round);
                    let (increment, quantity) = (self.quantity(*increment), self.quantity(*billed));
                    let sentence = format!(
                        "{} {} in steps of {}",
                        rounded(round),
                        self.in_words(quantity),
                        self.in_words(increment)
                    );
                    (
                        Action::Increment {
                            increment,
                            round,
                            quantity,
                        },
                        sentence,
                    )
                }
                Traced::Price(tier) => {
                    so_far = so_far.wrapping_add(tier.result);
                    prices = prices.saturating_sub(1);
                    let result = self.before_factors(so_far, 0);
                    let (action, mut sentence) = self.price(tier, result);
                    if is_several && prices == 0 {
                        sentence = format!("{sentence}, together{}", self.equals(result));
                    }
                    (action, sentence)
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
                    let result = self.before_factors(*result, index.saturating_add(1));
                    let sentence = format!("× {factor}{}", self.equals(result));
                    (Action::Factor { factor, result }, sentence)
                }
                Traced::MinimumAmount(limit) => {
                    let limit = self.amount(*limit);
                    let sentence = format!("raised to the minimum of {}", self.counted(limit));
                    (Action::MinimumAmount { limit }, sentence)
                }
                Traced::MaximumAmount(limit) => {
                    let limit = self.amount(*limit);
                    let sentence = format!("lowered to the maximum of {}", self.counted(limit));
                    (Action::MaximumAmount { limit }, sentence)
                }
                Traced::Round { unit, result } => {
                    let round = self.rule.round.as_ref();
                    let round = round.map_or(Rounding::HalfUp, |(round, _)| *round);
                    let parts = self.denominator().checked_div(*unit).unwrap_or(1);
                    let result = self.amount(*result);
                    let sentence = format!("{} {}", rounded(round), self.counted(result));
                    let decimals = parts.checked_ilog10().unwrap_or(0);
                    (
                        Action::Round {
                            decimals,
                            round,
                            result,
                        },
                        sentence,
                    )
                }
                Traced::Times { .. } => continue,
            };
            steps.push(ExplainedStep { action, sentence });
        }
        steps
    }

    fn consumed(&self, quantity: Quantity) -> (Action<'t>, String) {
        let rule = self.rule.quantity.as_ref();
        let items = rule
            .filter(|rule| !rule.each)
            .and_then(|rule| match self.slots.get(rule.of) {
                Some(Slot::List { items, .. }) => Some(items.len()),
                _ => None,
            });
        let mut sentence = match rule {
            None => "counted once".to_owned(),
            Some(_) => [&self.in_words(quantity), " consumed"].concat(),
        };
        if let Some(several) = items.filter(|items| *items > 1) {
            sentence = format!("{sentence} by {several} items");
        }
        let of = rule.map(|rule| id(self.tariff, rule.of));
        let action = Action::Consumed {
            of,
            quantity,
            items,
        };
        (action, sentence)
    }

    fn price(&self, tier: &PricedTier, result: Quantity) -> (Action<'t>, String) {
        let quantity = self.quantity(tier.quantity);
        let amount = self.tier_rate(tier);
        let flat = tier.flat.map(|flat| self.before_factors(flat, 0));
        let adds = self.before_factors(tier.result, 0);
        let up_to = tier.up_to.map(|up_to| self.quantity(up_to));
        let in_tier = match &self.rule.price {
            PriceRule::Single(_) => None,
            PriceRule::Tiered(mode, _) => Some(TierRef {
                index: tier.index,
                up_to,
                mode: *mode,
            }),
        };
        let counts = self.rule.quantity.is_some() || quantity != words::ONE;
        let mut sentence = match amount {
            Some((amount, _)) if amount.numerator() == 0 && counts => {
                [&self.in_words(quantity), " free"].concat()
            }
            Some((amount, per)) => {
                let mut text = match counts {
                    true => [&self.in_words(quantity), " × ", &self.exactly(amount)].concat(),
                    false => self.exactly(amount),
                };
                if per != words::ONE || self.duration {
                    let per = match self.duration && per == words::ONE {
                        true => "second".to_owned(),
                        false => self.in_words(per),
                    };
                    text = [&text, " per ", &per].concat();
                }
                text
            }
            None => String::new(),
        };
        let is_sum = !sentence.is_empty();
        if let Some(flat) = flat.filter(|flat| flat.numerator() > 0 || !is_sum) {
            let plus = if is_sum { " + " } else { "" };
            sentence = [&sentence, plus, &self.exactly(flat)].concat();
        }
        let is_plain = sentence == self.exactly(adds) || sentence.ends_with(" free");
        if !is_plain {
            sentence.push_str(&self.equals(adds));
        }
        if let Some(tier) = in_tier {
            let number = tier.index.saturating_add(1);
            let up_to = match tier.up_to {
                Some(up_to) => format!(" up to {}", self.in_words(up_to)),
                None => String::new(),
            };
            sentence = format!("tier {number}{up_to}: {sentence}");
        }
        let action = Action::Price {
            quantity,
            amount,
            flat,
            tier: in_tier,
            adds,
            result,
        };
        (action, sentence)
    }

    /// Steps in one sentence, without saying the same figure twice.
    fn sentence(&self, steps: &[ExplainedStep<'t>]) -> String {
        let is_price = |step: &&ExplainedStep<'_>| matches!(step.action, Action::Price { .. });
        let several = steps.iter().filter(is_price).count() > 1;
        let mut sentence = String::new();
        for (index, step) in steps.iter().enumerate() {
            if let Action::Consumed { of, items, .. } = step.action {
                let next = steps.get(index.saturating_add(1)).map(|step| &step.action);
                let repeats = matches!(next, Some(Action::Price { .. }))
                    && items.is_none_or(|items| items < 2)
                    && !several;
                if of.is_none() || repeats {
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

    /// A list billed item by item.
    fn items(&self, trace: &[Traced], item: &BillItem) -> (Vec<ExplainedStep<'t>>, String) {
        /// More kinds of items are counted and not said.
        const SAID: usize = 3;
        let mut parts: Vec<(u128, &[Traced])> = Vec::new();
        for part in trace.chunk_by(|_, next| !matches!(next, Traced::Consumed(_))) {
            if let Some(Traced::Consumed(consumed)) = part.first() {
                let place = parts.partition_point(|(before, _)| before <= consumed);
                parts.insert(place, (*consumed, part));
            }
        }
        let mut groups: Vec<ItemGroup<'t>> = Vec::new();
        let mut sentences: Vec<String> = Vec::new();
        for equal in parts.chunk_by(|one, next| one.0 == next.0) {
            let Some((consumed, part)) = equal.first() else {
                continue;
            };
            let count = equal.len();
            let steps = self.steps(part);
            let amount = steps.last().and_then(|step| step.action.result());
            if groups.len() < SAID {
                let sentence = self.sentence(&steps);
                sentences.push(match count {
                    1 => sentence,
                    _ => {
                        let item = self.in_words(self.quantity(*consumed));
                        format!("{count} of {item}, each {sentence}")
                    }
                });
            }
            groups.push(ItemGroup {
                count,
                item: self.quantity(*consumed),
                steps,
                amount: amount.unwrap_or(Quantity::whole(0)),
            });
        }
        let times = match self.rule.times {
            Some(source) => self.slots.get(source).map_or(1, Slot::number),
            None => 1,
        };
        let result = self.amount(item.made.amount.checked_div(times).unwrap_or(0));
        let more = groups.len().saturating_sub(SAID);
        if more > 0 {
            sentences.push(format!("and {more} more"));
        }
        if parts.len() > 1 {
            sentences.push(["together", &self.equals(result)].concat());
        }
        let sentence = listed(&sentences, "; ");
        let action = Action::Items {
            groups,
            quantity: self.quantity(item.made.billed),
            result,
        };
        let step = ExplainedStep {
            action,
            sentence: sentence.clone(),
        };
        (vec![step], sentence)
    }
}

const fn rounded(round: Rounding) -> &'static str {
    match round {
        Rounding::Up => "rounded up to",
        Rounding::Down => "rounded down to",
        Rounding::HalfUp => "rounded to",
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
        let scale = tariff.sources.get(source).map_or(1, Source::scale);
        words::quantity(
            words::is_duration(tariff, source),
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
    format!("{} is {value}", words::label(tariff, source))
}

impl Action<'_> {
    /// What the charge comes to after this step; `None` while it is a quantity.
    #[must_use]
    pub const fn result(&self) -> Option<Quantity> {
        match self {
            Self::Consumed { .. } | Self::Minimum { .. } | Self::Increment { .. } => None,
            Self::MinimumAmount { limit: result }
            | Self::MaximumAmount { limit: result }
            | Self::Price { result, .. }
            | Self::Factor { result, .. }
            | Self::Round { result, .. }
            | Self::Times { result, .. }
            | Self::Items { result, .. } => Some(*result),
        }
    }
}

impl ExplainedStep<'_> {
    fn shape(&self) -> Shape<'_> {
        let number = Shape::Number;
        let mut fields: Fields<'_> = Vec::with_capacity(8);
        let step = match &self.action {
            Action::Consumed {
                of,
                quantity,
                items,
            } => {
                fields.extend(of.map(|of| ("of", Shape::Text(of))));
                fields.push(("quantity", number(*quantity)));
                fields.extend(items.map(|items| ("items", Shape::whole(items))));
                "consumed"
            }
            Action::Minimum { minimum, quantity } => {
                fields.push(("minimum", number(*minimum)));
                fields.push(("quantity", number(*quantity)));
                "minimum"
            }
            Action::Increment {
                increment,
                round,
                quantity,
            } => {
                fields.push(("increment", number(*increment)));
                fields.push(("round", Shape::Text(round.as_str())));
                fields.push(("quantity", number(*quantity)));
                "increment"
            }
            Action::Price {
                quantity,
                amount,
                flat,
                tier,
                adds,
                ..
            } => {
                fields.push(("quantity", number(*quantity)));
                if let Some((amount, per)) = amount {
                    fields.push(("amount", number(*amount)));
                    fields.push(("per", number(*per)));
                }
                fields.extend(flat.map(|flat| ("flat", number(flat))));
                if let Some(tier) = tier {
                    let mut fields_of_tier = vec![("index", Shape::whole(tier.index))];
                    fields_of_tier.extend(tier.up_to.map(|up_to| ("upTo", number(up_to))));
                    let mode = match tier.mode {
                        Mode::Graduated => "graduated",
                        Mode::Volume => "volume",
                    };
                    fields_of_tier.push(("mode", Shape::Text(mode)));
                    fields.push(("tier", Shape::Object(fields_of_tier)));
                }
                fields.push(("adds", number(*adds)));
                "price"
            }
            Action::Factor { factor, .. } => {
                fields.push(("factor", number(*factor)));
                "factor"
            }
            Action::MinimumAmount { limit } => {
                fields.push(("limit", number(*limit)));
                "minimumAmount"
            }
            Action::MaximumAmount { limit } => {
                fields.push(("limit", number(*limit)));
                "maximumAmount"
            }
            Action::Round {
                decimals, round, ..
            } => {
                fields.push(("decimals", number(Quantity::whole((*decimals).into()))));
                fields.push(("round", Shape::Text(round.as_str())));
                "round"
            }
            Action::Times { of, times, .. } => {
                fields.push(("of", Shape::Text(of)));
                fields.push(("times", number(Quantity::whole(*times))));
                "times"
            }
            Action::Items {
                groups, quantity, ..
            } => {
                let groups = groups.iter().map(|group| {
                    Shape::Object(vec![
                        ("count", Shape::whole(group.count)),
                        ("item", number(group.item)),
                        ("steps", steps_shape(&group.steps)),
                        ("amount", number(group.amount)),
                    ])
                });
                fields.push(("groups", Shape::List(groups.collect())));
                fields.push(("quantity", number(*quantity)));
                "items"
            }
        };
        let result = self.action.result();
        fields.extend(result.map(|result| ("result", number(result))));
        fields.push(("sentence", Shape::Text(&self.sentence)));
        fields.insert(0, ("step", Shape::Text(step)));
        Shape::Object(fields)
    }
}

fn steps_shape<'a>(steps: &'a [ExplainedStep<'_>]) -> Shape<'a> {
    Shape::List(steps.iter().map(ExplainedStep::shape).collect())
}

fn line_shape<'a>(line: &'a Line<'_>, explained: &'a ExplainedLine<'_>) -> Shape<'a> {
    let mut fields = vec![
        ("charge", Shape::Text(line.charge)),
        ("label", Shape::Text(line.label)),
        ("balance", Shape::Text(line.balance)),
        ("quantity", Shape::Number(line.quantity)),
        ("amount", Shape::Amount(line.amount)),
        ("sentence", Shape::Text(&explained.sentence)),
        ("steps", steps_shape(&explained.steps)),
    ];
    if let Some(rate) = explained.rate {
        let rate = vec![
            ("amount", Shape::Number(rate.amount)),
            ("per", Shape::Number(rate.per)),
            ("of", Shape::Text(rate.of)),
        ];
        fields.push(("rate", Shape::Object(rate)));
    }
    Shape::Object(fields)
}

impl NotMade<'_> {
    fn shape(&self) -> Shape<'_> {
        let mut fields = vec![
            ("charge", Shape::Text(self.charge)),
            ("label", Shape::Text(self.label)),
            ("balance", Shape::Text(self.balance)),
            ("reason", Shape::Text(self.reason.as_str())),
        ];
        fields.extend(self.input.map(|input| ("input", Shape::Text(input))));
        fields.push(("sentence", Shape::Text(&self.sentence)));
        Shape::Object(fields)
    }
}

impl Serialize for Explanation<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let lines = self.estimate.lines.iter().zip(&self.lines);
        let lines = lines.map(|(line, explained)| line_shape(line, explained));
        let not_made = self.not_made.iter().map(NotMade::shape);
        let mut map = serializer.serialize_map(None)?;
        self.estimate
            .serialize_into(&mut map, &Shape::List(lines.collect()))?;
        map.serialize_entry("notMade", &Shape::List(not_made.collect()))?;
        map.serialize_entry(
            "hints",
            &Shape::List(self.hints.iter().map(Hint::shape).collect()),
        )?;
        map.end()
    }
}
