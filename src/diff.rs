//! What changes between two usages: totals, and line by line.

use crate::{
    amount::{Amount, Quantity},
    error::Error,
    estimate::{ByBalance, Estimate, Line, estimate},
    shape::{Fields, Shape, serialize_by_shape},
    tariff::Tariff,
    usage::Usage,
};

/// What changes between two usages. Serialized, it is the object that the JavaScript API returns.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Diff<'t> {
    /// What the one costs.
    pub before: Estimate<'t>,
    /// What the other costs.
    pub after: Estimate<'t>,
    /// By how much each total changes: more is above 0, less is below.
    pub delta: ByBalance<'t>,
    /// Every charge that is made before or after, in the card's order, also where it does not change.
    pub lines: Vec<DiffLine<'t>>,
}

/// One charge, before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DiffLine<'t> {
    /// The charge's id.
    pub charge: &'t str,
    /// What people call it.
    pub label: &'t str,
    /// The balance it is charged in.
    pub balance: &'t str,
    /// What it was, where it was made.
    pub before: Option<Side>,
    /// What it is, where it is made.
    pub after: Option<Side>,
    /// By how much the shown amount changes.
    pub delta: Amount,
}

/// A charge on one side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Side {
    /// The billed quantity, in the unit of its input: seconds for a duration.
    pub quantity: Quantity,
    /// The exact amount, rounded like its balance.
    pub amount: Amount,
}

/// Prices two usages and compares them.
///
/// ```
/// use credit_estimator::{Tariff, Usage, cards, diff};
///
/// let tariff = Tariff::from_json(cards::INVIDEO_V4)?;
/// let before = Usage::new().with("duration", 60);
/// let after = before.clone().with("actor", "human");
/// let diff = diff(&tariff, &before, &after)?;
/// assert_eq!(diff.delta.get("credits").unwrap().to_string(), "5.00");
/// assert_eq!(diff.lines[1].charge, "actor");
/// # Ok::<(), credit_estimator::Error>(())
/// ```
///
/// # Errors
///
/// Where either cannot be priced: the problems of the first that cannot, with paths that begin with `before` or `after`.
pub fn diff<'t>(tariff: &'t Tariff, before: &Usage, after: &Usage) -> Result<Diff<'t>, Error> {
    let before = estimate(tariff, before).map_err(|error| error.within("before"))?;
    let after = estimate(tariff, after).map_err(|error| error.within("after"))?;
    let mut delta = ByBalance::default();
    for ((balance, was), (_, is)) in before.totals.iter().zip(after.totals.iter()) {
        delta.push(balance, less(is, was));
    }
    let mut lines = Vec::new();
    for rule in &tariff.charges {
        let side = |estimate: &Estimate<'t>| -> Option<Line<'t>> {
            let mut lines = estimate.lines.iter();
            lines.find(|line| line.charge == rule.id).cloned()
        };
        let (was, is) = (side(&before), side(&after));
        let Some(line) = is.as_ref().or(was.as_ref()) else {
            continue;
        };
        let amount = |line: &Option<Line<'_>>| {
            let none = Amount::new(0, 0);
            line.as_ref().map_or(none, |line| line.amount)
        };
        let decimals = line.amount.decimals();
        let delta = less(amount(&is), amount(&was));
        lines.push(DiffLine {
            charge: line.charge,
            label: line.label,
            balance: line.balance,
            delta: Amount::new(delta.units(), decimals),
            before: was.as_ref().map(Side::of),
            after: is.as_ref().map(Side::of),
        });
    }
    Ok(Diff {
        before,
        after,
        delta,
        lines,
    })
}

/// Amounts of one balance have the same decimals.
const fn less(one: Amount, other: Amount) -> Amount {
    Amount::new(one.units().saturating_sub(other.units()), one.decimals())
}

impl Side {
    const fn of(line: &Line<'_>) -> Self {
        Self {
            quantity: line.quantity,
            amount: line.amount,
        }
    }

    fn shape(&self) -> Shape<'_> {
        let mut fields = Fields::new();
        fields.number("quantity", &self.quantity);
        fields.amount("amount", &self.amount);
        fields.object()
    }
}

impl DiffLine<'_> {
    fn shape(&self) -> Shape<'_> {
        let mut fields = Fields::new();
        fields.text("charge", self.charge);
        fields.text("label", self.label);
        fields.text("balance", self.balance);
        for (key, side) in [("before", &self.before), ("after", &self.after)] {
            if let Some(side) = side {
                fields.put(key, side.shape());
            }
        }
        fields.amount("delta", &self.delta);
        fields.object()
    }
}

impl Diff<'_> {
    pub(crate) fn shape(&self) -> Shape<'_> {
        let mut fields = Fields::new();
        fields.put("before", self.before.shape());
        fields.put("after", self.after.shape());
        fields.put("delta", self.delta.shape());
        fields.put("lines", Shape::list(&self.lines, DiffLine::shape));
        fields.object()
    }
}

serialize_by_shape!(Diff<'_>);
