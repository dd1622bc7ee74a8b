//! From the checked document to the tariff: every name resolved, every number an integer, every bound proven.

mod charges;
mod conditions;
mod inputs;
mod prices;
mod reach;
mod scale;
mod scope;

use super::{
    Decimals, Step,
    decode::Problems,
    json::{Kind, Node},
};
use crate::{
    amount::Rounding,
    error::{Code, Path},
    exact::{Ratio, TOO_LARGE, divide, lcm},
    tariff::{AssumptionRule, BalanceRule, ChargeRule, PlaceRule, Source},
    text::filled,
    usage::{self, Usage},
};
use scale::{Draft, power_of_ten};
use scope::{Scope, overflow};

/// A shown total has fewer units than this: 15 digits, which a double tells apart.
const MAX_SHOWN: u128 = 1_000_000_000_000_000;

/// What a card comes to.
pub(super) struct Compiled {
    pub(super) sources: Vec<Source>,
    pub(super) balances: Vec<BalanceRule>,
    pub(super) charges: Vec<ChargeRule>,
    pub(super) assumptions: Vec<AssumptionRule>,
    pub(super) most: u128,
}

/// The card is checked; what of it was refused is there as [`Kind::Refused`], and nothing is compiled then.
pub(super) fn compile(card: &Node, problems: &mut Problems) -> Option<Compiled> {
    let none = |key: &str| card.get(key).is_none_or(is_empty);
    if none("balances") {
        let message = "a rate card charges in at least one balance";
        problems.add(Code::InvalidValue, &Path::Root.key("balances"), message);
    }
    if none("charges") && card.list("plans").iter().all(is_refused) {
        let message = "a rate card has at least one charge or plan";
        problems.add(Code::InvalidValue, &Path::Root.key("charges"), message);
    }
    for key in ["inputs", "charges", "assumptions", "plans"] {
        unique(card.list(key), &Path::Root.key(key), problems);
    }
    let sources = inputs::sources(card, problems);
    let scope = Scope {
        card,
        sources: &sources,
    };
    let mut drafts = Vec::new();
    let root = Path::Root;
    let list = root.key("charges");
    for (index, charge) in card.list("charges").iter().enumerate() {
        let path = list.index(index);
        if !is_refused(charge)
            && let Some(draft) = scope.draft(charge, &path, problems)
        {
            if !reach::reachable(&sources, &draft) {
                let message = "no usage can meet these conditions, so the charge is never made";
                problems.add(Code::Unreachable, &path.key("when"), message);
            }
            drafts.push(draft);
        }
    }
    let mut assumptions = Vec::new();
    let list = root.key("assumptions");
    for (index, assumption) in card.list("assumptions").iter().enumerate() {
        if !is_refused(assumption)
            && let Some(rule) = scope.assumption(assumption, &list.index(index), problems)
        {
            assumptions.push(rule);
        }
    }
    scope.check_plans(problems);
    if !problems.is_empty() {
        return None;
    }
    let (balances, charges, most) = scope.scale(drafts, problems)?;
    Some(Compiled {
        sources,
        balances,
        charges,
        assumptions,
        most,
    })
}

fn is_empty(node: &Node) -> bool {
    node.items().is_empty() && node.members().is_empty() && !is_refused(node)
}

const fn is_refused(node: &Node) -> bool {
    matches!(node.kind, Kind::Refused(_))
}

/// What a card may leave out, written out.
pub(super) fn fill_in(card: &mut Node) {
    label(card, "title");
    let Kind::Object(members) = &mut card.kind else {
        return;
    };
    for member in members {
        match (member.key.as_str(), &mut member.value.kind) {
            ("balances", Kind::Object(balances)) => {
                for balance in balances.iter_mut().filter(|balance| balance.is_defined()) {
                    let value = &mut balance.value;
                    fill(value, "label", Kind::Text(balance.key.clone()));
                    let decimals = Decimals::DEFAULT.get().into();
                    fill(value, "decimals", Kind::Ratio(Ratio::of(decimals, 1)));
                    fill(value, "round", Kind::Text("halfUp".to_owned()));
                }
            }
            ("inputs", Kind::List(items)) => items.iter_mut().for_each(fill_in_input),
            ("charges" | "plans", Kind::List(items)) => {
                for item in items {
                    label(item, "label");
                }
            }
            _ => {}
        }
    }
}

fn fill_in_input(input: &mut Node) {
    label(input, "label");
    let step = match input.text_at("kind") {
        "number" => Ratio::ONE,
        "duration" => Ratio::of(1, 1000),
        "toggle" => return fill(input, "default", Kind::Bool(false)),
        _ => {
            if let Kind::Object(members) = &mut input.kind {
                for member in members.iter_mut().filter(|member| member.is("options")) {
                    if let Kind::List(options) = &mut member.value.kind {
                        for option in options {
                            label(option, "label");
                        }
                    }
                }
            }
            return;
        }
    };
    fill(input, "min", Kind::Ratio(Ratio::ZERO));
    fill(input, "step", Kind::Ratio(step));
}

/// The id is the name of what has none.
fn label(node: &mut Node, key: &str) {
    let id = node.text_at("id").to_owned();
    fill(node, key, Kind::Text(id));
}

fn fill(node: &mut Node, key: &str, kind: Kind) {
    if let Kind::Object(members) = &mut node.kind {
        for member in members {
            if member.key == key && !member.is_defined() {
                member.value.kind = kind;
                return;
            }
        }
    }
}

fn unique(things: &[Node], list: &Path<'_>, problems: &mut Problems) {
    for (index, thing) in things.iter().enumerate() {
        let id = thing.text_at("id");
        let mut before = things.iter().take(index);
        if !id.is_empty() && before.any(|other| other.text_at("id") == id) {
            let item = list.index(index);
            let message = filled("the id \"{}\" is taken already", &[&id]);
            problems.add(Code::Duplicate, &item.key("id"), message);
        }
    }
}

impl Scope<'_> {
    fn assumption(
        &self,
        assumption: &Node,
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> Option<AssumptionRule> {
        let when = self.when(assumption, path, problems);
        let mut place = None;
        if let Some(at) = assumption.get("where") {
            place = Some(self.place(at, &path.key("where"), problems)?);
        }
        let text = |key: &str| assumption.text_at(key).to_owned();
        Some(AssumptionRule {
            id: text("id"),
            text: text("text"),
            because: assumption.get("because").map(|text| text.text().to_owned()),
            when: when?,
            place,
        })
    }

    fn place(&self, at: &Node, path: &Path<'_>, problems: &mut Problems) -> Option<PlaceRule> {
        let step = Step::named(at.text_at("step"));
        match (at.get("charge"), at.get("balance")) {
            (Some(charges), None) => {
                let path = path.key("charge");
                let known = self.card.list("charges");
                let mut rules = Vec::new();
                for id in charges.items() {
                    let id = id.text();
                    match known.iter().position(|charge| charge.text_at("id") == id) {
                        Some(index) => rules.push(index),
                        None => self.unknown_charge(id, &path, problems),
                    }
                }
                Some(PlaceRule::Charges(rules, step))
            }
            (None, Some(balance)) => {
                let place = self.balance(balance.text(), &path.key("balance"), problems);
                if step != Some(Step::Round) {
                    let message = "the one step of a balance is \"round\"";
                    problems.add(Code::InvalidValue, &path.key("step"), message);
                }
                place.map(PlaceRule::BalanceRound)
            }
            _ => {
                let message = "expected the key \"charge\" or the key \"balance\", and not both";
                problems.add(Code::MissingKey, path, message);
                None
            }
        }
    }

    /// A plan's balances exist, its customers' values are taken, and what is over has a price.
    fn check_plans(&self, problems: &mut Problems) {
        let root = Path::Root;
        let plans = root.key("plans");
        for (index, plan) in self.card.list("plans").iter().enumerate() {
            let path = plans.index(index);
            for key in ["allowances", "overage"] {
                let path = path.key(key);
                let entries = plan.get(key).map_or(&[][..], Node::members);
                for entry in entries.iter().filter(|entry| entry.is_defined()) {
                    let path = path.key(&entry.key);
                    self.balance(&entry.key, &path, problems);
                    if let Some(price) = entry.value.get("price") {
                        self.price(price, &path.key("price"), problems);
                    }
                    if let Some(quantity) = entry.value.get("quantity") {
                        self.billing(quantity, &path.key("quantity"), problems);
                    }
                }
            }
            if let Some(input) = plan.get("input") {
                let mut found = Vec::new();
                usage::given(self.sources, &Usage::from_node(input.clone()), &mut found);
                for problem in found {
                    problems.push(problem.below(&path.key("input")));
                }
            }
        }
    }

    /// Takes every number to integers over one denominator per balance, and proves that nothing overflows.
    fn scale(
        &self,
        drafts: Vec<Draft>,
        problems: &mut Problems,
    ) -> Option<(Vec<BalanceRule>, Vec<ChargeRule>, u128)> {
        let root = Path::Root;
        let list = root.key("charges");
        let path = root.key("balances");
        let balances = self.card.get("balances").map_or(&[][..], Node::members);
        let mut rules = Vec::new();
        let mut sums = Vec::new();
        for balance in balances.iter().filter(|balance| balance.is_defined()) {
            let value = &balance.value;
            let decimals = value.ratio_at("decimals")?.numerator();
            rules.push(BalanceRule {
                id: balance.key.clone(),
                label: value.text_at("label").to_owned(),
                decimals: u8::try_from(decimals).ok()?,
                round: Rounding::named(value.text_at("round"))?,
                // the denominator, until all charges have widened it
                unit: power_of_ten(decimals),
            });
            sums.push(0_u128);
        }
        let mut scales = Vec::new();
        for (index, draft) in drafts.iter().enumerate() {
            let scale = draft.scale();
            let rule = rules.get_mut(draft.balance)?;
            let denominator = lcm(rule.unit, scale.amount);
            if denominator == TOO_LARGE {
                overflow(&list.index(index), problems);
                return None;
            }
            rule.unit = denominator;
            scales.push(scale);
        }
        let mut charges = Vec::new();
        let mut most = 0;
        for (index, (draft, scale)) in drafts.into_iter().zip(&scales).enumerate() {
            let balance = draft.balance;
            let denominator = rules.get(balance)?.unit;
            let sum = sums.get_mut(balance)?;
            let (rule, bound, largest) = draft.scaled(scale, denominator)?;
            *sum = sum.saturating_add(bound);
            most = largest.max(denominator).max(*sum).max(most);
            if *sum == TOO_LARGE {
                overflow(&list.index(index), problems);
                return None;
            }
            charges.push(rule);
        }
        for (rule, sum) in rules.iter_mut().zip(sums) {
            rule.unit = divide(rule.unit, power_of_ten(rule.decimals.into()));
            if divide(sum, rule.unit) >= MAX_SHOWN {
                overflow(&path.key(&rule.id), problems);
                return None;
            }
        }
        Some((rules, charges, most))
    }
}
