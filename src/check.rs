//! Whether a usage may be made: the verdict, its reasons, and what would pass instead.

use crate::{
    along::Vary,
    amount::{Amount, Quantity},
    card::json::{Kind, Number},
    error::Error,
    estimate::{ByBalance, Estimate, estimate},
    exact::Ratio,
    fit::fit,
    limits::{Limit, Limits, Measure},
    shape::{Fields, Shape, serialize_by_shape},
    tariff::{Slot, SourceKind, Tariff},
    text::{filled, written},
    usage::{self, Usage, Value},
    words,
};

/// Whether something may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It passes every limit.
    Ok,
    /// It passes, and a guardrail warns.
    Warn,
    /// A balance does not suffice, or a guardrail blocks.
    Block,
}

/// A limit that is passed over.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Reason<'t> {
    /// What the guardrail measures; `None` for the balance itself.
    pub of: Option<Measure>,
    /// [`Verdict::Warn`] or [`Verdict::Block`].
    pub level: Verdict,
    /// The balance.
    pub balance: &'t str,
    /// The most that passes.
    pub limit: Amount,
    /// The share of the balance that the limit is, for [`Measure::Share`].
    pub share: Option<Ratio>,
    /// What it is compared with: the total, or what is added.
    pub amount: Amount,
    /// The reason in words.
    pub sentence: String,
}

/// What limits say of totals.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Judgement<'t> {
    /// The gravest of the reasons; [`Verdict::Ok`] without any.
    pub verdict: Verdict,
    /// Every limit that is passed over: balances, then guardrails that block, then guardrails that warn and do not block
    /// already.
    pub reasons: Vec<Reason<'t>>,
    /// What is left of each balance that was given, not below 0.
    pub remaining: ByBalance<'t>,
    /// What is missing of each balance that does not suffice.
    pub shortfall: ByBalance<'t>,
}

impl Verdict {
    /// As it is written in JavaScript.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Block => "block",
        }
    }
}

impl Reason<'_> {
    /// What is passed over, as it is written in JavaScript: `balance`, or the guardrail's `of`.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self.of {
            None => "balance",
            Some(of) => of.as_str(),
        }
    }

    fn shape(&self) -> Shape<'_> {
        let mut fields = Fields::new();
        fields.text("kind", self.kind());
        fields.text("level", self.level.as_str());
        fields.text("balance", self.balance);
        fields.amount("limit", &self.limit);
        fields.amount("amount", &self.amount);
        fields.text("sentence", &self.sentence);
        if let Some(share) = self.share {
            fields.put("share", Shape::Ratio(share));
        }
        fields.object()
    }
}

impl Judgement<'_> {
    /// Its first entries: `verdict` and `reasons`.
    pub(crate) fn fields(&self) -> Fields<'_> {
        let mut fields = Fields::new();
        fields.text("verdict", self.verdict.as_str());
        fields.put("reasons", Shape::list(&self.reasons, Reason::shape));
        fields
    }
}

/// What limits say of a usage. Serialized, it is the object that the JavaScript API returns.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Check<'t> {
    /// The verdict and why.
    pub judgement: Judgement<'t>,
    /// What the usage costs.
    pub estimate: Estimate<'t>,
    /// Where it is blocked: for each number or duration that was given by itself, the most of it that passes with all
    /// else as it is.
    pub fits: Vec<Passing<'t>>,
}

/// The most of one input that passes.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Passing<'t> {
    /// The input.
    pub input: &'t str,
    /// The most that passes, in the unit of the input: seconds for a duration. `None` where nothing above 0 does.
    pub value: Option<Quantity>,
    /// What that costs; where nothing passes, what the least of it costs.
    pub totals: ByBalance<'t>,
    /// The same in words.
    pub sentence: String,
}

impl Passing<'_> {
    fn shape(&self) -> Shape<'_> {
        let mut fields = Fields::new();
        fields.text("input", self.input);
        fields.put("totals", self.totals.shape());
        fields.text("sentence", &self.sentence);
        fields.number_of("value", self.value.as_ref());
        fields.object()
    }
}

impl Check<'_> {
    pub(crate) fn shape(&self) -> Shape<'_> {
        let judgement = &self.judgement;
        let mut fields = judgement.fields();
        fields.put("estimate", self.estimate.shape());
        fields.put("remaining", judgement.remaining.shape());
        fields.put("shortfall", judgement.shortfall.shape());
        fields.put("fits", Shape::list(&self.fits, Passing::shape));
        fields.object()
    }
}

serialize_by_shape!(Check<'_>);

/// Prices a usage and compares its totals with what may be spent.
///
/// ```
/// use credit_estimator::{Limits, Tariff, Usage, Verdict, cards, check};
///
/// let tariff = Tariff::from_json(cards::INVIDEO_V4)?;
/// let limits = Limits::from_json(&tariff, r#"{ "balances": { "credits": 50 } }"#)?;
/// let check = check(&tariff, &Usage::new().with("duration", "3:30"), &limits)?;
/// assert_eq!(check.judgement.verdict, Verdict::Block);
/// assert_eq!(check.judgement.shortfall.get("credits").unwrap().to_string(), "20.00");
/// assert_eq!(check.fits[0].sentence, "Video length: 2:30 passes, for 50 credits");
/// # Ok::<(), credit_estimator::Error>(())
/// ```
///
/// # Errors
///
/// Where the usage cannot be priced.
pub fn check<'t>(tariff: &'t Tariff, usage: &Usage, limits: &Limits) -> Result<Check<'t>, Error> {
    let given = usage::read_given(tariff, usage)?;
    let estimate = estimate(tariff, usage)?;
    let mut totals = Vec::new();
    for (_, amount) in estimate.totals.iter() {
        totals.push(i128::from(amount.units()));
    }
    let judgement = judge(tariff, &[], &totals, limits);
    let mut fits = Vec::new();
    if judgement.verdict == Verdict::Block {
        for (source, slot) in given.iter().enumerate() {
            if matches!(slot, Some(Slot::Number(_)))
                && let Some(fit) = passing(tariff, usage, source, limits)
            {
                fits.push(fit);
            }
        }
    }
    Ok(Check {
        judgement,
        estimate,
        fits,
    })
}

/// The most of an input that passes; `None` for one that is left out.
fn passing<'t>(
    tariff: &'t Tariff,
    usage: &Usage,
    source: usize,
    limits: &Limits,
) -> Option<Passing<'t>> {
    let rule = tariff.sources.get(source)?;
    let SourceKind::Numeric(numeric) = &rule.kind else {
        return None;
    };
    // 0 costs nothing and is nothing, so it is no way out.
    let least = numeric
        .min
        .max(1)
        .checked_next_multiple_of(numeric.stride())?;
    let least = written(&Quantity::new(least, numeric.scale));
    let mut vary = Vary::new(&rule.id);
    if let Some(least) = Number::parse(&least) {
        vary = vary.from(Value(Kind::from(least).into()));
    }
    let fit = fit(tariff, usage, &vary, limits).ok()?;
    let label = words::label(tariff, source);
    let costs = |totals: &ByBalance<'_>| {
        let mut costs = Vec::new();
        for (balance, (_, amount)) in totals.iter().enumerate() {
            if amount.units() != 0 {
                costs.push((balance, amount));
            }
        }
        words::amounts(tariff, &costs)
    };
    let (value, totals, sentence) = match (fit.value, fit.estimate, fit.next) {
        (Some(value), Some(estimate), _) => {
            let costs = costs(&estimate.totals);
            let said = words::quantity(numeric.duration, value);
            let sentence = filled("{}: {} passes, for {}", &[&label, &said, &costs]);
            (Some(value), estimate.totals, sentence)
        }
        (_, _, Some(next)) => {
            let costs = costs(&next.totals);
            let sentence = filled("{}: nothing passes, the least takes {}", &[&label, &costs]);
            (None, next.totals, sentence)
        }
        _ => return None,
    };
    Some(Passing {
        input: &rule.id,
        value,
        totals,
        sentence,
    })
}

/// Judges totals: `before` is what is pending already, `added` is what comes to it (or goes, below 0), both by balance
/// in the tariff's order and in units of the balance's last decimal.
///
/// A limit is passed over by what is more than it. What is not added to is not measured by [`Measure::Added`].
pub(crate) fn judge<'t>(
    tariff: &'t Tariff,
    before: &[i128],
    added: &[i128],
    limits: &Limits,
) -> Judgement<'t> {
    let of = |units: &[i128], balance: usize| units.get(balance).copied().unwrap_or(0);
    let total = |balance| of(before, balance).saturating_add(of(added, balance));
    let mut judgement = Judgement {
        verdict: Verdict::Ok,
        reasons: Vec::new(),
        remaining: ByBalance::default(),
        shortfall: ByBalance::default(),
    };
    for (balance, rule) in tariff.balances.iter().enumerate() {
        let id = rule.id.as_str();
        let Some(there) = limits.balances.get(balance).copied().flatten() else {
            continue;
        };
        let left = there.saturating_sub(total(balance));
        let shown = |units: i128| shown(units, rule.decimals);
        judgement.remaining.push(id, shown(left.max(0)));
        if left < 0 {
            let short = shown(left.saturating_neg());
            judgement.shortfall.push(id, short);
            let passed = Passed {
                balance,
                level: Verdict::Block,
                of: None,
                limit: Limit {
                    units: there,
                    share: None,
                },
                amount: total(balance),
            };
            judgement.say(tariff, &passed);
        }
    }
    for level in [Verdict::Block, Verdict::Warn] {
        for rail in &limits.guardrails {
            let amount = match rail.of {
                Measure::Added => of(added, rail.balance),
                Measure::Total | Measure::Share => total(rail.balance),
            };
            let passed = |limit: &Limit| amount > limit.units;
            let limit = match level {
                Verdict::Block => rail.block.filter(passed),
                _ if rail.block.is_some_and(|block| passed(&block)) => None,
                _ => rail.warn.filter(passed),
            };
            if let Some(limit) = limit {
                let passed = Passed {
                    balance: rail.balance,
                    level,
                    of: Some(rail.of),
                    limit,
                    amount,
                };
                judgement.say(tariff, &passed);
            }
        }
    }
    judgement
}

fn shown(units: i128, decimals: u8) -> Amount {
    Amount::new(i64::try_from(units).unwrap_or(i64::MAX), decimals)
}

/// A limit and what is more than it.
struct Passed {
    balance: usize,
    level: Verdict,
    of: Option<Measure>,
    limit: Limit,
    amount: i128,
}

impl<'t> Judgement<'t> {
    fn say(&mut self, tariff: &'t Tariff, passed: &Passed) {
        let Passed {
            balance,
            level,
            of,
            limit,
            amount,
        } = passed;
        let Some(rule) = tariff.balances.get(*balance) else {
            return;
        };
        let id = rule.id.as_str();
        let shown = |units: i128| shown(units, rule.decimals);
        let words = |units: i128| words::amount(tariff, *balance, shown(units));
        let most = words(limit.units);
        let than = match (of, limit.share) {
            (None, _) => filled("the balance of {}", &[&most]),
            (_, Some(share)) => {
                let percent = share.times(HUNDRED).unwrap_or(share);
                filled("{} % of the balance ({})", &[&percent, &most])
            }
            _ => filled("the limit of {}", &[&most]),
        };
        let verb = match of {
            Some(Measure::Added) => "adds",
            _ => "takes",
        };
        let over = words(amount.saturating_sub(limit.units));
        self.verdict = self.verdict.max(*level);
        self.reasons.push(Reason {
            of: *of,
            level: *level,
            balance: id,
            limit: shown(limit.units),
            share: limit.share,
            amount: shown(*amount),
            sentence: filled(
                "{} {}, {} more than {}",
                &[&verb, &words(*amount), &over, &than],
            ),
        });
    }
}

const HUNDRED: Ratio = Ratio::of(100, 1);
