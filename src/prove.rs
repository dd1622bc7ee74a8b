//! A card proves itself: its examples, priced and compared with what the vendor printed.

use crate::{
    amount::{Amount, Quantity},
    card::json::{Kind, Member, Node},
    error::{Code, Path, Problem},
    estimate::{Estimate, Line, estimate},
    exact::{Ratio, product},
    shape::{Fields, Shape, serialize_by_shape},
    tariff::{ChargeRule, Check, Conditions, PlaceRule, SourceKind, Tariff},
    text::{Written, filled, written},
    usage::Usage,
};

/// What a card's examples come to.
#[derive(Debug, Clone, PartialEq)]
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
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ProvedExample {
    /// Every figure that was printed, and what came out.
    pub figures: Vec<Figure>,
    /// What does not come out, and what kept it from being priced.
    pub problems: Vec<Problem>,
}

/// One printed figure.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Figure {
    /// Where in the card it stands: `examples[0].expect.credits`.
    pub path: String,
    /// What was printed.
    pub expected: Ratio,
    /// What came out; `None` where the usage cannot be priced.
    pub found: Option<Found>,
}

/// A figure that came out.
#[derive(Debug, Clone, Copy, PartialEq)]
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
        product(units, expected.1) == product(expected.0, unit)
    }
}

impl Proof {
    pub(crate) fn shape(&self) -> Shape<'_> {
        let mut fields = Fields::new();
        let examples = Shape::list(&self.examples, ProvedExample::shape);
        fields.put("examples", examples);
        fields.put("warnings", Shape::list(&self.warnings, Problem::shape));
        fields.object()
    }
}

impl ProvedExample {
    fn shape(&self) -> Shape<'_> {
        let mut fields = Fields::new();
        fields.put("figures", Shape::list(&self.figures, Figure::shape));
        fields.put("problems", Shape::list(&self.problems, Problem::shape));
        fields.object()
    }
}

impl Figure {
    fn shape(&self) -> Shape<'_> {
        let mut fields = Fields::new();
        fields.text("path", &self.path);
        fields.put("expected", Shape::Ratio(self.expected));
        if let Some(found) = &self.found {
            fields.put("found", found.shape());
        }
        fields.object()
    }
}

impl Found {
    const fn shape(&self) -> Shape<'_> {
        match self {
            Self::Amount(amount) => Shape::Amount(amount),
            Self::Quantity(quantity) => Shape::Number(quantity),
        }
    }
}

serialize_by_shape!(Proof, ProvedExample, Figure, Found);

impl std::fmt::Display for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Amount(amount) => amount.fmt(f),
            Self::Quantity(quantity) => quantity.fmt(f),
        }
    }
}

impl Written for Found {
    fn write(&self, text: &mut String) {
        match self {
            Self::Amount(amount) => amount.write(text),
            Self::Quantity(quantity) => quantity.write(text),
        }
    }
}

/// Prices a card's examples and compares each figure that they name.
#[must_use]
pub fn prove(tariff: &Tariff) -> Proof {
    let root = Path::Root;
    let list = root.key("examples");
    let mut examples = Vec::new();
    for (index, example) in tariff.document.list("examples").iter().enumerate() {
        examples.push(prove_example(tariff, example, &list.index(index)));
    }
    let mut warnings = Vec::new();
    let list = root.key("charges");
    for (index, charge) in tariff.document.list("charges").iter().enumerate() {
        let path = list.index(index);
        idle_keys(charge, &path, &mut warnings);
        if let Some(rule) = tariff.charges.get(index) {
            unlisted(tariff, rule, charge, &path, &mut warnings);
        }
    }
    idle_assumptions(tariff, &mut warnings);
    Proof { examples, warnings }
}

fn prove_example(tariff: &Tariff, example: &Node, path: &Path<'_>) -> ProvedExample {
    let mut problems = Vec::new();
    let input = example.get("input").cloned();
    let usage = Usage::from_node(input.unwrap_or_else(|| Kind::Undefined.into()));
    let estimate = match estimate(tariff, &usage) {
        Ok(estimate) => Some(estimate),
        Err(error) => {
            for problem in error.problems() {
                problems.push(problem.clone().below(&path.key("input")));
            }
            None
        }
    };
    let figures = printed(tariff, example, estimate.as_ref(), path, &mut problems);
    if figures.is_empty() && problems.is_empty() {
        problems.push(Problem::new(
            Code::MissingKey,
            path.key("expect"),
            "an example names at least one figure to compare",
        ));
    }
    for figure in &figures {
        if let Some(found) = figure.found.filter(|found| !found.is(figure.expected)) {
            problems.push(Problem::new(
                Code::ExampleDiffers,
                &figure.path,
                filled(
                    "{} was published, and {} comes out",
                    &[&figure.expected, &found],
                ),
            ));
        }
    }
    ProvedExample { figures, problems }
}

fn printed(
    tariff: &Tariff,
    example: &Node,
    estimate: Option<&Estimate<'_>>,
    path: &Path<'_>,
    problems: &mut Vec<Problem>,
) -> Vec<Figure> {
    let mut figures = Vec::new();
    let mut figure = |path: &Path<'_>, expected, found| {
        figures.push(Figure {
            path: written(&path),
            expected,
            found,
        });
    };
    let expect = path.key("expect");
    for Member { key, value, .. } in defined(example.get("expect")) {
        let path = expect.key(key);
        if tariff.balances.iter().any(|rule| rule.id == *key) {
            let found = estimate.and_then(|estimate| estimate.totals.get(key));
            figure(&path, value.ratio(), found.map(Found::Amount));
        } else {
            let known = tariff.balances.iter().map(|rule| rule.id.as_str());
            let problem = Problem::unknown(Code::UnknownBalance, path, "balance", key, known);
            problems.push(problem);
        }
    }
    let lines = path.key("lines");
    for Member { key, value, .. } in defined(example.get("lines")) {
        let path = lines.key(key);
        if !tariff.charges.iter().any(|rule| rule.id == *key) {
            let known = tariff.charges.iter().map(|rule| rule.id.as_str());
            let problem = Problem::unknown(Code::UnknownCharge, path, "charge", key, known);
            problems.push(problem);
            continue;
        }
        let line: Option<Option<&Line<'_>>> =
            estimate.map(|estimate| estimate.lines.iter().find(|line| line.charge == key));
        if let Some(quantity) = value.ratio_at("quantity") {
            let found = line.map(|line| line.map_or(Quantity::new(0, 1), |line| line.quantity));
            figure(&path.key("quantity"), quantity, found.map(Found::Quantity));
        }
        if let Some(amount) = value.ratio_at("amount") {
            let found = line.map(|line| line.map_or(Amount::new(0, 0), |line| line.amount));
            figure(&path.key("amount"), amount, found.map(Found::Amount));
        }
    }
    figures
}

fn defined(object: Option<&Node>) -> impl Iterator<Item = &Member> {
    let members = object.map_or(&[][..], Node::members);
    members.iter().filter(|member| member.is_defined())
}

/// Assumptions about a step that their charge does not have, so that they are never said.
fn idle_assumptions(tariff: &Tariff, warnings: &mut Vec<Problem>) {
    let root = Path::Root;
    let list = root.key("charges");
    let charges = tariff.document.list("charges");
    for rule in &tariff.assumptions {
        let Some(PlaceRule::Charges(places, Some(step))) = &rule.place else {
            continue;
        };
        for index in places {
            let path = list.index(*index);
            let quantity = path.key("quantity");
            let charge = charges.get(*index);
            let (node, path) = match step.is_of_quantity() {
                true => (charge.and_then(|charge| charge.get("quantity")), &quantity),
                false => (charge, &path),
            };
            let key = step.as_str();
            if !node.is_some_and(|node| node.has(key)) {
                let message = filled(
                    "the assumption \"{}\" is about this step, which is missing",
                    &[&rule.id],
                );
                warnings.push(Problem::new(Code::NoEffect, path.key(key), message));
            }
        }
    }
}

/// Keys that do nothing without another one.
fn idle_keys(charge: &Node, path: &Path<'_>, warnings: &mut Vec<Problem>) {
    let mut idle = |node: Option<&Node>, path: &Path<'_>, key: &str, without: &str| {
        if node.is_some_and(|node| node.has(key) && !node.has(without)) {
            let message = filled("\"{}\" changes nothing without \"{}\"", &[&key, &without]);
            warnings.push(Problem::new(Code::NoEffect, path.key(without), message));
        }
    };
    let quantity = charge.get("quantity");
    idle(quantity, &path.key("quantity"), "round", "increment");
    let price = path.key("price");
    let list = price.key("tiers");
    idle(charge.get("price"), &price, "per", "amount");
    let tiers = charge
        .get("price")
        .map_or(&[][..], |price| price.list("tiers"));
    for (index, tier) in tiers.iter().enumerate() {
        idle(Some(tier), &list.index(index), "per", "amount");
    }
    idle(Some(charge), path, "decimals", "round");
}

/// Whether a charge can be made with an option of a choice, or with a toggle off or on.
fn can_have(tariff: &Tariff, rule: &ChargeRule, source: usize, option: usize) -> bool {
    let allows = |conditions: &Conditions| {
        conditions.0.iter().all(|(tested, check)| match check {
            Check::Options(options) if *tested == source => options.get(option) == Some(&true),
            Check::Flag { off, on } if *tested == source => [*off, *on].get(option) == Some(&true),
            _ => true,
        })
    };
    let measured = rule.quantity.as_ref().map(|quantity| quantity.of);
    allows(&rule.when)
        && [measured, rule.times]
            .into_iter()
            .flatten()
            .filter_map(|of| tariff.sources.get(of))
            .all(|of| allows(&of.when))
}

/// Options that a choice-dependent number leaves out without saying `null`, and with which its charge can be made.
fn unlisted(
    tariff: &Tariff,
    rule: &ChargeRule,
    node: &Node,
    path: &Path<'_>,
    warnings: &mut Vec<Problem>,
) {
    let by = node.text_at("by");
    let found = tariff.sources.iter().position(|source| source.id == by);
    if let Some(index) = found
        && let Some(source) = tariff.sources.get(index)
    {
        let mut see = |option: usize, value: &str| {
            if !node.has(value) && can_have(tariff, rule, index, option) {
                let message = filled(
                    "the option \"{}\" of \"{}\" is not listed, so it is not offered; write null to say so",
                    &[&value, &by],
                );
                warnings.push(Problem::new(Code::NotOffered, path.key(value), message));
            }
        };
        match &source.kind {
            SourceKind::Choice { options } => {
                for (option, value) in options.iter().enumerate() {
                    see(option, value);
                }
            }
            SourceKind::Toggle => {
                see(0, "false");
                see(1, "true");
            }
            _ => {}
        }
    }
    for (index, item) in node.items().iter().enumerate() {
        unlisted(tariff, rule, item, &path.index(index), warnings);
    }
    for member in node.members() {
        // Conditions hold no numbers, and their keys are any input's.
        if member.key != "when" {
            let path = path.key(&member.key);
            unlisted(tariff, rule, &member.value, &path, warnings);
        }
    }
}
