//! A card proves itself: its examples, priced and compared with what the vendor printed.

use serde::Serialize;

use crate::{
    amount::{Amount, Quantity},
    card::{Charge, Example, Input, Num, Price, Step, Tier},
    error::{Code, Path, Problem},
    estimate::{Estimate, estimate},
    exact::Ratio,
    tariff::Tariff,
};

/// What a card's examples come to.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Proof {
    /// Each example of the card, in its order.
    pub examples: Vec<ProvedExample>,
    /// What is allowed and is seldom meant, such as an option that a choice-dependent number does not list.
    pub warnings: Vec<Problem>,
}

impl Proof {
    /// Whether every example comes out.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.examples
            .iter()
            .all(|example| example.problems.is_empty())
    }
}

/// One example.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ProvedExample {
    /// Every figure that was printed, and what came out.
    pub figures: Vec<Figure>,
    /// What does not come out, and what kept it from being priced.
    pub problems: Vec<Problem>,
}

/// One printed figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Figure {
    /// Where in the card it stands: `examples[0].expect.credits`.
    pub path: String,
    /// What was printed.
    pub expected: Ratio,
    /// What came out; `None` where the usage cannot be priced.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<Found>,
}

/// A figure that came out.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Found {
    /// An amount, as shown; 0 for a charge that is not made.
    Amount(Amount),
    /// A billed quantity; 0 for a charge that is not made.
    Quantity(Quantity),
}

impl Found {
    fn is(self, expected: Ratio) -> bool {
        let (units, unit) = match self {
            Self::Amount(amount) => (
                u128::from(amount.units().unsigned_abs()),
                10_u128.saturating_pow(amount.decimals().into()),
            ),
            Self::Quantity(quantity) => (quantity.numerator(), quantity.denominator()),
        };
        let expected = (
            u128::from(expected.numerator()),
            u128::from(expected.denominator()),
        );
        units.checked_mul(expected.1) == expected.0.checked_mul(unit)
    }
}

impl std::fmt::Display for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Amount(amount) => amount.fmt(f),
            Self::Quantity(quantity) => quantity.fmt(f),
        }
    }
}

/// Prices a card's examples and compares each figure that they name.
#[must_use]
pub fn prove(tariff: &Tariff) -> Proof {
    let root = Path::Root;
    let examples = root.key("examples");
    Proof {
        examples: tariff
            .card
            .examples
            .iter()
            .enumerate()
            .map(|(index, example)| prove_example(tariff, example, &examples.index(index)))
            .collect(),
        warnings: warnings(tariff),
    }
}

fn prove_example(tariff: &Tariff, example: &Example, path: &Path<'_>) -> ProvedExample {
    let mut problems = Vec::new();
    let estimate = match estimate(tariff, &example.input) {
        Ok(estimate) => Some(estimate),
        Err(error) => {
            let input = path.key("input");
            for problem in error.problems() {
                let path = match problem.path() {
                    "" => input.to_string(),
                    inner => format!("{input}.{inner}"),
                };
                problems.push(Problem::new(problem.code(), path, problem.message()));
            }
            None
        }
    };
    let printed = printed(tariff, example, estimate.as_ref(), path, &mut problems);
    if printed.is_empty() && problems.is_empty() {
        problems.push(Problem::new(
            Code::MissingKey,
            path.key("expect"),
            "an example names at least one figure to compare",
        ));
    }
    for figure in &printed {
        if let Some(found) = figure.found.filter(|found| !found.is(figure.expected)) {
            problems.push(Problem::new(
                Code::ExampleDiffers,
                &figure.path,
                format!("{} was published, and {found} comes out", figure.expected),
            ));
        }
    }
    ProvedExample {
        figures: printed,
        problems,
    }
}

fn printed(
    tariff: &Tariff,
    example: &Example,
    estimate: Option<&Estimate<'_>>,
    path: &Path<'_>,
    problems: &mut Vec<Problem>,
) -> Vec<Figure> {
    let mut figures = Vec::new();
    let expect = path.key("expect");
    for (balance, expected) in example.expect.iter() {
        let path = expect.key(balance);
        let known = tariff.card.balances.iter().map(|(id, _)| id);
        if !known.clone().any(|id| id == balance) {
            let message = format!("the rate card has no balance \"{balance}\"");
            problems
                .push(Problem::new(Code::UnknownBalance, path, message).nearest(balance, known));
            continue;
        }
        let found = estimate.and_then(|estimate| estimate.totals.get(balance));
        figures.push(Figure {
            path: path.to_string(),
            expected: *expected,
            found: found.map(Found::Amount),
        });
    }
    let lines = path.key("lines");
    for (charge, expected) in example.lines.iter() {
        let path = lines.key(charge);
        let known = tariff.card.charges.iter().map(|charge| charge.id.as_str());
        if !known.clone().any(|id| id == charge) {
            let message = format!("the rate card has no charge \"{charge}\"");
            problems.push(Problem::new(Code::UnknownCharge, path, message).nearest(charge, known));
            continue;
        }
        let line =
            estimate.map(|estimate| estimate.lines.iter().find(|line| line.charge == charge));
        if let Some(quantity) = expected.quantity {
            let made = |line: Option<_>| {
                line.map_or(Quantity::new(0, 1), |line: &crate::Line<'_>| line.quantity)
            };
            figures.push(Figure {
                path: path.key("quantity").to_string(),
                expected: quantity,
                found: line.map(|line| Found::Quantity(made(line))),
            });
        }
        if let Some(amount) = expected.amount {
            let made = |line: Option<_>| {
                line.map_or(Amount::new(0, 0), |line: &crate::Line<'_>| line.amount)
            };
            figures.push(Figure {
                path: path.key("amount").to_string(),
                expected: amount,
                found: line.map(|line| Found::Amount(made(line))),
            });
        }
    }
    figures
}

/// Options that a choice-dependent number leaves out without saying `null`.
fn warnings(tariff: &Tariff) -> Vec<Problem> {
    let mut warnings = Vec::new();
    let root = Path::Root;
    let charges = root.key("charges");
    for (index, charge) in tariff.card.charges.iter().enumerate() {
        let path = charges.index(index);
        idle_keys(charge, &path, &mut warnings);
        let mut see = |num: Option<&Num>, path: &Path<'_>| {
            if let Some(num) = num {
                unlisted(tariff, num, path, &mut warnings);
            }
        };
        let quantity = path.key("quantity");
        if let Some(rule) = &charge.quantity {
            see(rule.minimum.as_ref(), &quantity.key("minimum"));
            see(rule.increment.as_ref(), &quantity.key("increment"));
        }
        let price = path.key("price");
        let list = price.key("tiers");
        let mut tier = |tier: &Tier, path: &Path<'_>| {
            see(tier.up_to.as_ref(), &path.key("upTo"));
            see(tier.flat.as_ref(), &path.key("flat"));
            see(tier.amount.as_ref(), &path.key("amount"));
            see(tier.per.as_ref(), &path.key("per"));
        };
        match &charge.price {
            Price::Single(single) => tier(single, &price),
            Price::Tiered(tiers) => {
                for (index, one) in tiers.tiers.iter().enumerate() {
                    tier(one, &list.index(index));
                }
            }
        }
        let factors = path.key("factors");
        for (index, factor) in charge.factors.iter().enumerate() {
            see(Some(factor), &factors.index(index));
        }
        see(charge.minimum_amount.as_ref(), &path.key("minimumAmount"));
        see(charge.maximum_amount.as_ref(), &path.key("maximumAmount"));
        see(charge.decimals.as_ref(), &path.key("decimals"));
    }
    idle_assumptions(tariff, &mut warnings);
    warnings
}

/// Assumptions about a step that their charge does not have, so that they are never said.
fn idle_assumptions(tariff: &Tariff, warnings: &mut Vec<Problem>) {
    let root = Path::Root;
    let list = root.key("charges");
    for assumption in &tariff.card.assumptions {
        let Some((ids, step)) = assumption
            .at
            .as_ref()
            .and_then(|at| Some((at.charge.as_ref()?, at.step?)))
        else {
            continue;
        };
        let charges = tariff.card.charges.iter().enumerate();
        for (index, charge) in charges.filter(|(_, charge)| ids.0.contains(&charge.id)) {
            let path = list.index(index);
            let quantity = charge.quantity.as_ref();
            let in_quantity = path.key("quantity");
            let (path, is_there) = match step {
                Step::Minimum => (
                    in_quantity.key("minimum"),
                    quantity.is_some_and(|quantity| quantity.minimum.is_some()),
                ),
                Step::Increment => (
                    in_quantity.key("increment"),
                    quantity.is_some_and(|quantity| quantity.increment.is_some()),
                ),
                Step::MinimumAmount => (path.key("minimumAmount"), charge.minimum_amount.is_some()),
                Step::MaximumAmount => (path.key("maximumAmount"), charge.maximum_amount.is_some()),
                Step::Round => (path.key("round"), charge.round.is_some()),
            };
            if !is_there {
                let id = assumption.id.as_str();
                let message =
                    format!("the assumption \"{id}\" is about this step, which is missing");
                warnings.push(Problem::new(Code::NoEffect, path, message));
            }
        }
    }
}

/// Keys that do nothing without another one.
fn idle_keys(charge: &Charge, path: &Path<'_>, warnings: &mut Vec<Problem>) {
    let mut idle = |path: &Path<'_>, key: &str, without: &str| {
        let message = format!("\"{key}\" changes nothing without \"{without}\"");
        warnings.push(Problem::new(Code::NoEffect, path.key(without), message));
    };
    if let Some(quantity) = &charge.quantity
        && quantity.round.is_some()
        && quantity.increment.is_none()
    {
        idle(&path.key("quantity"), "round", "increment");
    }
    let price = path.key("price");
    let list = price.key("tiers");
    let is_idle = |tier: &Tier| tier.per.is_some() && tier.amount.is_none();
    match &charge.price {
        Price::Single(tier) if is_idle(tier) => idle(&price, "per", "amount"),
        Price::Single(_) => {}
        Price::Tiered(tiers) => {
            for (index, _) in tiers
                .tiers
                .iter()
                .enumerate()
                .filter(|(_, tier)| is_idle(tier))
            {
                idle(&list.index(index), "per", "amount");
            }
        }
    }
    if charge.decimals.is_some() && charge.round.is_none() {
        idle(path, "decimals", "round");
    }
}

fn unlisted(tariff: &Tariff, num: &Num, path: &Path<'_>, warnings: &mut Vec<Problem>) {
    let Num::By(by) = num else { return };
    let values: Vec<&str> = tariff
        .card
        .inputs
        .iter()
        .filter(|input| input.id() == by.input.as_str())
        .flat_map(|input| match input {
            Input::Choice(choice) => choice.options.iter().map(|o| o.id.as_str()).collect(),
            Input::Toggle(_) => vec!["false", "true"],
            _ => Vec::new(),
        })
        .collect();
    for value in values {
        if !by.cases.iter().any(|(case, _)| case == value) {
            warnings.push(Problem::new(
                Code::NotOffered,
                path.key(value),
                format!(
                    "the option \"{value}\" of \"{}\" is not listed, so it is not offered; write null to say so",
                    by.input.as_str()
                ),
            ));
        }
    }
    for (value, case) in &by.cases {
        if let Some(case) = case {
            unlisted(tariff, case, &path.key(value), warnings);
        }
    }
}
