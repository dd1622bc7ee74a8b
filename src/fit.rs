//! The most that fits: the largest value of an input whose price stays within what is there.

use crate::{
    along::{Along, Piece, Vary},
    amount::{Amount, Quantity},
    card::decode::listed,
    error::{Code, Error, Problem},
    estimate::{ByBalance, Estimate},
    limits::Limits,
    shape::{Fields, Shape, serialize_by_shape},
    tariff::Tariff,
    text::{filled, joined},
    usage::Usage,
    words,
};

/// The most that fits. Serialized, it is the object that the JavaScript API returns.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Fit<'t> {
    /// The input that was varied.
    pub input: &'t str,
    /// The largest value that fits, in the unit of the input: seconds for a duration. `None` where none does.
    pub value: Option<Quantity>,
    /// What that value costs.
    pub estimate: Option<Estimate<'t>>,
    /// The balances that do not suffice for `next`.
    pub limited_by: Vec<&'t str>,
    /// Why it is no more.
    pub reason: FitReason,
    /// What is left of each limited balance, rounded down to the balance's decimals.
    pub left: ByBalance<'t>,
    /// What does not fit any more: the value after `value`; where nothing fits, the smallest value that has a price.
    pub next: Option<Next<'t>>,
    /// The answer in words.
    pub sentence: String,
}

/// A value that does not fit, and what it would cost.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Next<'t> {
    /// The value, in the unit of the input.
    pub value: Quantity,
    /// The total of each balance.
    pub totals: ByBalance<'t>,
}

/// Why no more fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FitReason {
    /// The next value takes more of a balance than is there.
    Balance,
    /// It is the largest value that was asked for.
    Max,
    /// The card has no price for the next value.
    NotOffered,
    /// Nothing fits.
    None,
}

impl FitReason {
    /// The reason as it is written in JSON and JavaScript.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Balance => "balance",
            Self::Max => "max",
            Self::NotOffered => "notOffered",
            Self::None => "none",
        }
    }
}

impl FitReason {
    const fn shape(self) -> Shape<'static> {
        Shape::Text(self.as_str())
    }
}

impl Next<'_> {
    fn shape(&self) -> Shape<'_> {
        let mut fields = Fields::new();
        fields.number("value", &self.value);
        fields.put("totals", self.totals.shape());
        fields.object()
    }
}

impl Fit<'_> {
    pub(crate) fn shape(&self) -> Shape<'_> {
        let mut fields = Fields::new();
        fields.text("input", self.input);
        fields.number_of("value", self.value.as_ref());
        if let Some(estimate) = &self.estimate {
            fields.put("estimate", estimate.shape());
        }
        fields.put("limitedBy", Shape::texts(&self.limited_by));
        fields.put("reason", self.reason.shape());
        fields.put("left", self.left.shape());
        if let Some(next) = &self.next {
            fields.put("next", next.shape());
        }
        fields.text("sentence", &self.sentence);
        fields.object()
    }
}

serialize_by_shape!(Fit<'_>, Next<'_>, FitReason);

/// Finds the largest value of an input, on the input's own steps (a millisecond for a duration without one), with which
/// no total is above its limit: a balance, or a guardrail that blocks. It is exact also where a larger value costs less.
///
/// ```
/// use credit_estimator::{Limits, Tariff, Usage, Vary, cards, fit};
///
/// let tariff = Tariff::from_json(cards::INVIDEO_V4)?;
/// let usage = Usage::new().with("media", "generative").with("actor", "human");
/// let within = Limits::from_json(&tariff, r#"{ "balances": { "credits": 100 } }"#)?;
/// let most = fit(&tariff, &usage, &Vary::new("duration"), &within)?;
/// assert_eq!(most.value.unwrap().to_string(), "240");
/// assert_eq!(most.next.unwrap().totals.get("credits").unwrap().to_string(), "105.33");
/// # Ok::<(), credit_estimator::Error>(())
/// ```
///
/// # Errors
///
/// The problems of the usage, each with the path to its input; what cannot be varied, at `vary`; what `from`, `to` and
/// `step` cannot be. An input that is missing anywhere between them is an error; what the card has no price for there
/// does not fit, and is an error where it is everything.
pub fn fit<'t>(
    tariff: &'t Tariff,
    usage: &Usage,
    vary: &Vary,
    limits: &Limits,
) -> Result<Fit<'t>, Error> {
    let ceilings = limits.ceilings(tariff);
    let mut along = Along::new(tariff, usage, vary)?;
    let mut most = None;
    let mut least = None;
    while let Some(piece) = along.piece()? {
        if piece.priced {
            least = least.or(Some(piece.first));
            most = most_of(&mut along, &ceilings, piece).or(most);
        }
    }
    along.hold()?;
    let grid = along.grid;
    let estimate = match most {
        Some(value) => Some(along.estimate(value)?),
        None => None,
    };
    let next = match (most, least) {
        (Some(value), _) => (value < grid.last).then(|| grid.after(value, 1)),
        (None, Some(least)) => Some(least),
        (None, None) => return Err(along.trouble.unwrap_or_else(nothing)),
    };
    let totals = next.and_then(|next| Some((next, along.estimate(next).ok()?.totals)));
    let reason = match (most, next, &totals) {
        (None, _, _) => FitReason::None,
        (_, None, _) => FitReason::Max,
        (_, _, None) => FitReason::NotOffered,
        _ => FitReason::Balance,
    };
    let next = totals.map(|(next, totals)| Next {
        value: along.quantity(next),
        totals,
    });
    let mut fit = Fit {
        input: along.id(),
        value: most.map(|value| along.quantity(value)),
        estimate,
        limited_by: Vec::new(),
        reason,
        left: ByBalance::default(),
        next,
        sentence: String::new(),
    };
    fit.compare(tariff, &ceilings);
    fit.sentence = fit.sentence(&along, &ceilings);
    Ok(fit)
}

/// For a range without a single value, which none is.
fn nothing() -> Error {
    Problem::new(Code::NotOffered, "vary", "there is no value to look at").into()
}

/// The last value of a piece that fits: no total falls within it, so if its first value does not fit, none does.
fn most_of(along: &mut Along<'_>, ceilings: &[Option<i128>], piece: Piece) -> Option<u128> {
    let grid = along.grid;
    let mut is_over = |value| {
        along.price(value);
        let mut pairs = along.units.iter().zip(ceilings);
        pairs.any(|(units, ceiling)| {
            ceiling.is_some_and(|most| u128::try_from(most).map_or(true, |most| *units > most))
        })
    };
    if is_over(piece.first) {
        return None;
    }
    if !is_over(piece.last) {
        return Some(piece.last);
    }
    Some(grid.before(grid.first(piece.first, piece.last, &mut is_over)))
}

impl<'t> Fit<'t> {
    fn compare(&mut self, tariff: &'t Tariff, ceilings: &[Option<i128>]) {
        let units = |totals: Option<&ByBalance<'_>>, id: &str| {
            let amount = totals.and_then(|totals| totals.get(id));
            i128::from(amount.map_or(0, Amount::units))
        };
        let spent = self.estimate.as_ref().map(|estimate| &estimate.totals);
        let next = self.next.as_ref().map(|next| &next.totals);
        for (rule, ceiling) in tariff.balances.iter().zip(ceilings) {
            let id = rule.id.as_str();
            let Some(ceiling) = *ceiling else { continue };
            let left = ceiling.saturating_sub(units(spent, id)).max(0);
            let left = i64::try_from(left).unwrap_or(i64::MAX);
            self.left.push(id, Amount::new(left, rule.decimals));
            if next.is_some() && units(next, id) > ceiling {
                self.limited_by.push(id);
            }
        }
    }

    fn sentence(&self, along: &Along<'_>, ceilings: &[Option<i128>]) -> String {
        let tariff = along.tariff;
        let said = |value| words::quantity(along.numeric.duration, value);
        let mut over = Vec::new();
        let mut there = Vec::new();
        let balances = tariff.balances.iter().zip(ceilings);
        for (index, (rule, ceiling)) in balances.enumerate() {
            let id = rule.id.as_str();
            if let Some(next) = &self.next
                && self.limited_by.contains(&id)
                && let Some(total) = next.totals.get(id)
                && let Some(units) = ceiling.and_then(|ceiling| i64::try_from(ceiling.max(0)).ok())
            {
                over.push(words::amount(tariff, index, total));
                there.push(words::amount(
                    tariff,
                    index,
                    Amount::new(units, rule.decimals),
                ));
            }
        }
        let why = match &self.next {
            Some(next) => joined(&[
                said(next.value).as_str(),
                " would take ",
                &listed(&over, " and "),
                " of ",
                &listed(&there, " and "),
            ]),
            None if self.reason == FitReason::Max => {
                "which is the most that was asked for".to_owned()
            }
            None => "as the card has no price for the next value".to_owned(),
        };
        match self.value {
            Some(value) if self.next.is_some() => filled("{} fits: {}", &[&said(value), &why]),
            Some(value) => filled("{} fits, {}", &[&said(value), &why]),
            None => filled("nothing fits: {}", &[&why]),
        }
    }
}
