//! From the document to the tariff: every name resolved, every number an integer, every bound proven.

mod charges;
mod conditions;
mod inputs;
mod prices;
mod reach;
mod scale;
mod scope;

use std::num::NonZeroU128;

use super::{
    Assumption, Decimals, Entries, Input, NumericInput, RateCard, Refused, decode::Problems,
    document::Identified,
};
use crate::{
    amount::Rounding,
    error::{Code, Path, Problem},
    exact::{Ratio, lcm},
    tariff::{AssumptionRule, BalanceRule, ChargeRule, Conditions, PlaceRule, Tariff},
    usage,
};
use scale::{Draft, power_of_ten};
use scope::{Scope, overflow};

/// A shown total has fewer units than this: 15 digits, which a double tells apart.
const MAX_SHOWN: u128 = 1_000_000_000_000_000;

pub(super) fn compile(
    mut card: RateCard,
    refused: &Refused,
    problems: &mut Problems,
) -> Option<Tariff> {
    for (key, none, what) in [
        (
            "balances",
            card.balances.is_empty() && refused.balances.is_empty(),
            "a rate card charges in at least one balance",
        ),
        (
            "charges",
            card.charges.is_empty() && refused.charges.is_empty() && card.plans.is_empty(),
            "a rate card has at least one charge or plan",
        ),
    ] {
        if none {
            problems.add(Code::InvalidValue, &Path::Root.key(key), what);
        }
    }
    fill_in(&mut card);
    unique(&card.inputs, &refused.inputs, "inputs", problems);
    unique(&card.charges, &refused.charges, "charges", problems);
    unique(
        &card.assumptions,
        &refused.assumptions,
        "assumptions",
        problems,
    );
    unique(&card.plans, &refused.plans, "plans", problems);

    let sources = inputs::sources(&card, refused, problems);
    let scope = Scope {
        card: &card,
        refused,
        sources: &sources,
    };
    let drafts: Vec<Option<Draft>> = card
        .charges
        .iter()
        .enumerate()
        .map(|(index, charge)| {
            let charges = Path::Root.key("charges");
            scope.draft(
                charge,
                &charges.index(refused.charges.place(index)),
                problems,
            )
        })
        .collect();
    let assumptions: Vec<Option<AssumptionRule>> = card
        .assumptions
        .iter()
        .enumerate()
        .map(|(index, assumption)| {
            let assumptions = Path::Root.key("assumptions");
            scope.assumption(
                assumption,
                &assumptions.index(refused.assumptions.place(index)),
                problems,
            )
        })
        .collect();
    for (index, draft) in drafts.iter().enumerate() {
        if let Some(draft) = draft
            && !reach::reachable(&sources, draft)
        {
            let charges = Path::Root.key("charges");
            problems.add(
                Code::Unreachable,
                &charges.index(refused.charges.place(index)).key("when"),
                "no usage can meet these conditions, so the charge is never made",
            );
        }
    }
    scope.check_plans(problems);
    if !problems.is_empty() {
        return None;
    }
    let drafts: Vec<Draft> = drafts.into_iter().collect::<Option<_>>()?;
    let (balances, charges) = scope.scale(drafts, problems)?;
    let assumptions = assumptions.into_iter().collect::<Option<_>>()?;
    Some(Tariff {
        sources,
        balances,
        charges,
        assumptions,
        card,
    })
}

/// What a card may leave out, written out.
fn fill_in(card: &mut RateCard) {
    let id = card.id.as_str().to_owned();
    card.title.get_or_insert(id);
    for (id, balance) in card.balances.iter_mut() {
        balance.label.get_or_insert_with(|| id.to_owned());
        balance.decimals.get_or_insert(Decimals::DEFAULT);
        balance.round.get_or_insert(Rounding::HalfUp);
    }
    for input in &mut card.inputs {
        let (id, label) = input.label_mut();
        label.get_or_insert_with(|| id.as_str().to_owned());
        match input {
            Input::Choice(input) => {
                for option in &mut input.options {
                    let id = option.id.as_str();
                    option.label.get_or_insert_with(|| id.to_owned());
                }
            }
            Input::Toggle(input) => {
                input.default.get_or_insert(false);
            }
            Input::Number(input) => fill_in_numeric(input, Ratio::ONE),
            Input::Duration(input) => {
                fill_in_numeric(input, Ratio::new(1, 1000).unwrap_or(Ratio::ONE));
            }
            Input::Computed(_) => {}
        }
    }
    for charge in &mut card.charges {
        let id = charge.id.as_str();
        charge.label.get_or_insert_with(|| id.to_owned());
    }
    for plan in &mut card.plans {
        let id = plan.id.as_str();
        plan.label.get_or_insert_with(|| id.to_owned());
    }
}

fn fill_in_numeric(input: &mut NumericInput, step: Ratio) {
    input.min.get_or_insert(Ratio::ZERO);
    input.step.get_or_insert(step);
}

fn unique<T: Identified>(things: &[T], entries: &Entries, key: &str, problems: &mut Problems) {
    let mut seen = std::collections::HashSet::new();
    let root = Path::Root;
    let list = root.key(key);
    for (index, thing) in things.iter().enumerate() {
        if !seen.insert(thing.id()) && !thing.id().is_empty() {
            let item = list.index(entries.place(index));
            problems.add(
                Code::Duplicate,
                &item.key("id"),
                format!("the id \"{}\" is taken already", thing.id()),
            );
        }
    }
}

impl Scope<'_> {
    fn assumption(
        &self,
        assumption: &Assumption,
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> Option<AssumptionRule> {
        let when = match &assumption.when {
            Some(when) => self.conditions(when, &path.key("when"), problems),
            None => Some(Conditions::default()),
        };
        let Some(at) = &assumption.at else {
            return Some(AssumptionRule {
                when: when?,
                place: None,
            });
        };
        let path = path.key("where");
        let place = match (&at.charge, &at.balance) {
            (Some(charges), None) => {
                let path = path.key("charge");
                let mut rules = Vec::with_capacity(charges.0.len());
                for id in &charges.0 {
                    let known = self.card.charges.iter().map(|charge| charge.id.as_str());
                    match known.clone().position(|known| known == id.as_str()) {
                        Some(index) => rules.push(index),
                        None if self.refused.charges.may_be(id.as_str()) => {}
                        None => problems.push(
                            Problem::new(
                                Code::UnknownCharge,
                                path,
                                format!("the rate card has no charge \"{}\"", id.as_str()),
                            )
                            .nearest(id.as_str(), known),
                        ),
                    }
                }
                Some(PlaceRule::Charges(rules, at.step))
            }
            (None, Some(balance)) => {
                let place = self
                    .balance(balance.as_str(), &path.key("balance"), problems)
                    .map(PlaceRule::BalanceRound);
                if at.step != Some(super::Step::Round) {
                    problems.add(
                        Code::InvalidValue,
                        &path.key("step"),
                        "the one step of a balance is \"round\"",
                    );
                }
                place
            }
            _ => {
                problems.add(
                    Code::MissingKey,
                    &path,
                    "expected the key \"charge\" or the key \"balance\", and not both",
                );
                None
            }
        };
        Some(AssumptionRule {
            when: when?,
            place: Some(place?),
        })
    }

    /// A plan's balances exist, its customers' values are taken, and what is over has a price.
    fn check_plans(&self, problems: &mut Problems) {
        let root = Path::Root;
        let plans = root.key("plans");
        for (index, plan) in self.card.plans.iter().enumerate() {
            let path = plans.index(self.refused.plans.place(index));
            let allowances = path.key("allowances");
            for (id, _) in plan.allowances.iter() {
                self.balance(id, &allowances.key(id), problems);
            }
            let overages = path.key("overage");
            for (id, overage) in plan.overage.iter() {
                let path = overages.key(id);
                self.balance(id, &path, problems);
                self.price(&overage.price, &path.key("price"), problems);
                if let Some(quantity) = &overage.quantity {
                    self.billing(
                        quantity.minimum.as_ref(),
                        quantity.increment.as_ref(),
                        quantity.round,
                        &path.key("quantity"),
                        problems,
                    );
                }
            }
            if let Some(input) = &plan.input {
                let mut found = Vec::new();
                usage::given(self.sources, input, &mut found);
                for problem in found {
                    let path = format!("{}.{}", path.key("input"), problem.path());
                    problems.push(Problem::new(problem.code(), path, problem.message()));
                }
            }
        }
    }

    /// Takes every number to integers over one denominator per balance, and proves that nothing overflows.
    fn scale(
        &self,
        drafts: Vec<Draft>,
        problems: &mut Problems,
    ) -> Option<(Vec<BalanceRule>, Vec<ChargeRule>)> {
        let root = Path::Root;
        let list = root.key("charges");
        let mut denominators: Vec<Option<u128>> = self
            .card
            .balances
            .iter()
            .map(|(_, balance)| Some(power_of_ten(balance.decimals?.get())))
            .collect();
        let mut scales = Vec::with_capacity(drafts.len());
        for (index, draft) in drafts.iter().enumerate() {
            let path = list.index(index);
            let scale = draft.scale();
            let denominator = denominators.get_mut(draft.balance)?;
            *denominator = match (&scale, *denominator) {
                (Some(scale), Some(denominator)) => lcm(denominator, scale.amount),
                _ => None,
            };
            if denominator.is_none() {
                overflow(&path, problems);
                return None;
            }
            scales.push(scale?);
        }
        let mut sums = vec![0_u128; denominators.len()];
        let mut charges = Vec::with_capacity(drafts.len());
        for (index, (draft, scale)) in drafts.into_iter().zip(scales).enumerate() {
            let path = list.index(index);
            let denominator = denominators.get(draft.balance).copied().flatten()?;
            let sum = sums.get_mut(draft.balance)?;
            let scaled = draft.scaled(&scale, denominator).and_then(|(rule, bound)| {
                *sum = sum.checked_add(bound)?;
                Some(rule)
            });
            match scaled {
                Some(rule) => charges.push(rule),
                None => {
                    overflow(&path, problems);
                    return None;
                }
            }
        }
        let path = root.key("balances");
        let mut balances = Vec::with_capacity(denominators.len());
        for (((id, balance), denominator), sum) in
            self.card.balances.iter().zip(denominators).zip(sums)
        {
            let decimals = balance.decimals?.get();
            let unit = NonZeroU128::new(denominator?.checked_div(power_of_ten(decimals))?)?;
            if sum / unit >= MAX_SHOWN {
                overflow(&path.key(id), problems);
                return None;
            }
            balances.push(BalanceRule {
                decimals: u8::try_from(decimals).ok()?,
                round: balance.round?,
                unit,
            });
        }
        Some((balances, charges))
    }
}
