//! From the document to the tariff: every name resolved, every number an integer, every bound proven.

use std::num::NonZeroU128;

use super::{
    Assumption, Charge, Computation, Condition, Count, Decimals, Input, Num, NumericInput, Price,
    Range, RateCard, Refused, Test, Tier, When,
    decode::Problems,
    document::{ComputedInput, Identified},
    reach,
    scale::{BillingDraft, Draft, PriceDraft, QuantityDraft, TierDraft, power_of_ten},
};
use crate::{
    amount::Rounding,
    card::json::{Kind, Number},
    error::{Code, Path, Problem},
    exact::{Decimal, Ratio, lcm},
    tariff::{
        AssumptionRule, BalanceRule, ChargeRule, Check, Computed, Conditions, Numeric, PlaceRule,
        Slot, Source, SourceKind, Tariff, Tree,
    },
    usage,
};

/// A shown total has at most this many units, so that a double holds it exactly.
const MAX_SHOWN: u128 = 1 << 53;

/// What an input of a choice-dependent number is looked up by.
const BY: &str = "by";

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
    unique(&card.inputs, "inputs", problems);
    unique(&card.charges, "charges", problems);
    unique(&card.assumptions, "assumptions", problems);
    unique(&card.plans, "plans", problems);

    let sources = sources(&card, refused, problems);
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
            scope.draft(charge, &charges.index(index), problems)
        })
        .collect();
    let assumptions: Vec<Option<AssumptionRule>> = card
        .assumptions
        .iter()
        .enumerate()
        .map(|(index, assumption)| {
            let assumptions = Path::Root.key("assumptions");
            scope.assumption(assumption, &assumptions.index(index), problems)
        })
        .collect();
    for (index, draft) in drafts.iter().enumerate() {
        if let Some(draft) = draft
            && !reach::reachable(&sources, draft)
        {
            let charges = Path::Root.key("charges");
            problems.add(
                Code::Unreachable,
                &charges.index(index).key("when"),
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

fn unique<T: Identified>(things: &[T], key: &str, problems: &mut Problems) {
    let mut seen = std::collections::BTreeSet::new();
    let root = Path::Root;
    let list = root.key(key);
    for (index, thing) in things.iter().enumerate() {
        if !seen.insert(thing.id()) && !thing.id().is_empty() {
            let item = list.index(index);
            problems.add(
                Code::Duplicate,
                &item.key("id"),
                format!("the id \"{}\" is taken already", thing.id()),
            );
        }
    }
}

fn sources(card: &RateCard, refused: &Refused, problems: &mut Problems) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::with_capacity(card.inputs.len());
    let root = Path::Root;
    let inputs = root.key("inputs");
    for (index, input) in card.inputs.iter().enumerate() {
        let path = inputs.index(index);
        let scope = Scope {
            card,
            refused,
            sources: &sources,
        };
        let when = match input.when() {
            Some(when) => scope.conditions(when, &path.key("when"), problems),
            None => Some(Conditions::default()),
        };
        let kind = match input {
            Input::Choice(choice) => {
                unique_options(choice, &path, problems);
                SourceKind::Choice {
                    options: choice
                        .options
                        .iter()
                        .map(|option| option.id.as_str().to_owned())
                        .collect(),
                }
            }
            Input::Toggle(_) => SourceKind::Toggle,
            Input::Number(numeric) => match numeric_source(numeric, false, &path, problems) {
                Some(numeric) => SourceKind::Numeric(numeric),
                None => SourceKind::Refused,
            },
            Input::Duration(numeric) => match numeric_source(numeric, true, &path, problems) {
                Some(numeric) => SourceKind::Numeric(numeric),
                None => SourceKind::Refused,
            },
            Input::Computed(computed) => match scope.computed_source(computed, &path, problems) {
                Some(computed) => SourceKind::Computed(computed),
                None => SourceKind::Refused,
            },
        };
        let mut source = Source {
            id: input.id().to_owned(),
            kind,
            when: when.unwrap_or_default(),
            default: Slot::Missing,
        };
        if !matches!(source.kind, SourceKind::Refused) {
            read_starts(&mut source, input, &path, problems);
        }
        sources.push(source);
    }
    sources
}

fn unique_options(choice: &super::ChoiceInput, path: &Path<'_>, problems: &mut Problems) {
    let list = path.key("options");
    if choice.options.is_empty() {
        problems.add(
            Code::InvalidValue,
            &list,
            "a choice has at least one option",
        );
    }
    let mut seen = std::collections::BTreeSet::new();
    for (index, option) in choice.options.iter().enumerate() {
        let id = option.id.as_str();
        let item = list.index(index);
        if !seen.insert(id) {
            problems.add(
                Code::Duplicate,
                &item.key("id"),
                format!("the id \"{id}\" is taken already"),
            );
        }
        if id == BY {
            problems.add(
                Code::InvalidValue,
                &item.key("id"),
                "no option is called \"by\", which names the input of a choice-dependent number",
            );
        }
    }
}

fn numeric_source(
    input: &NumericInput,
    duration: bool,
    path: &Path<'_>,
    problems: &mut Problems,
) -> Option<Numeric> {
    let step = input.step?;
    let min = input.min?;
    let scale = if duration {
        1000
    } else {
        u128::from(step.denominator())
    };
    if step.is_zero() {
        problems.add(Code::InvalidValue, &path.key("step"), "a step is above 0");
        return None;
    }
    if duration && step.scaled(1000).is_none() {
        problems.add(
            Code::Inexact,
            &path.key("step"),
            "a duration is taken to the millisecond, so its step is a multiple of 0.001",
        );
        return None;
    }
    if input.max.is_zero() || input.max < min {
        problems.add(
            Code::InvalidValue,
            &path.key("max"),
            format!("the largest value is above 0 and not below the smallest, {min}"),
        );
        return None;
    }
    Some(Numeric {
        duration,
        step,
        scale,
        min: min.around(scale)?.1,
        max: input.max.around(scale)?.0,
        limits: (min, input.max),
        max_items: input.max_items.map(Count::get),
    })
}

/// Reads `default` and `initial` as a usage's value would be.
fn read_starts(source: &mut Source, input: &Input, path: &Path<'_>, problems: &mut Problems) {
    let text = |name: &super::Name| Kind::Text(name.as_str().to_owned());
    let (default, initial) = match input {
        Input::Choice(input) => (
            input.default.as_ref().map(text),
            input.initial.as_ref().map(text),
        ),
        Input::Toggle(input) => (input.default.map(Kind::Bool), input.initial.map(Kind::Bool)),
        Input::Number(input) | Input::Duration(input) => {
            let number = |ratio: Ratio| {
                let number = Number::parse(&ratio.to_string()).unwrap_or(Number::TooLong);
                match input.max_items {
                    Some(_) => Kind::List(vec![Kind::Number(number).into()]),
                    None => Kind::Number(number),
                }
            };
            (input.default.map(number), input.initial.map(number))
        }
        Input::Computed(_) => return,
    };
    for (key, kind) in [("initial", initial), ("default", default)] {
        let Some(kind) = kind else { continue };
        let mut found = Vec::new();
        let slot = usage::read_value(source, &kind.into(), &mut found);
        for problem in found {
            problems.push(Problem::new(
                problem.code(),
                path.key(key),
                problem.message(),
            ));
        }
        source.default = slot;
    }
    let has_default = match input {
        Input::Choice(input) => input.default.is_some(),
        Input::Toggle(_) => true,
        Input::Number(input) | Input::Duration(input) => input.default.is_some(),
        Input::Computed(_) => false,
    };
    if !has_default {
        source.default = Slot::Missing;
    }
}

fn is_among(id: &str, refused: &[String]) -> bool {
    refused.iter().any(|known| known == id)
}

/// The names a part of the card can use.
struct Scope<'a> {
    card: &'a RateCard,
    refused: &'a Refused,
    sources: &'a [Source],
}

impl Scope<'_> {
    fn source(
        &self,
        id: &str,
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> Option<(usize, &Source)> {
        let found = self
            .sources
            .iter()
            .enumerate()
            .find(|(_, source)| source.id == id);
        if found.is_none() && !is_among(id, &self.refused.inputs) {
            let later = self.card.inputs.iter().any(|input| input.id() == id);
            let message = if later {
                format!("the input \"{id}\" comes later; only earlier ones can be named here")
            } else {
                format!("the rate card has no input \"{id}\"")
            };
            let known = self.sources.iter().map(|source| source.id.as_str());
            let problem = Problem::new(Code::UnknownInput, path, message);
            problems.push(if later {
                problem
            } else {
                problem.nearest(id, known)
            });
        }
        found.filter(|(_, source)| !matches!(source.kind, SourceKind::Refused))
    }

    fn balance(&self, id: &str, path: &Path<'_>, problems: &mut Problems) -> Option<usize> {
        let found = self.card.balances.iter().position(|(known, _)| known == id);
        let any = !self.card.balances.is_empty();
        if found.is_none() && any && !is_among(id, &self.refused.balances) {
            problems.push(
                Problem::new(
                    Code::UnknownBalance,
                    path,
                    format!("the rate card has no balance \"{id}\""),
                )
                .nearest(id, self.card.balances.iter().map(|(known, _)| known)),
            );
        }
        found
    }

    fn computed_source(
        &self,
        input: &ComputedInput,
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> Option<Computed> {
        let of = path.key("of");
        if input.of.is_empty() {
            problems.add(
                Code::InvalidValue,
                &of,
                "a computed input is made of at least one other",
            );
        }
        let product = input.kind == Computation::Product;
        let mut parts = Vec::with_capacity(input.of.len());
        for (index, id) in input.of.iter().enumerate() {
            let path = of.index(index);
            let (source, found) = self.source(id.as_str(), &path, problems)?;
            let Some((scale, max)) = found.size() else {
                not_numeric(id.as_str(), &path, problems);
                return None;
            };
            parts.push((source, scale, max));
        }
        let computed = combine(product, &parts);
        if computed.is_none() {
            overflow(path, problems);
        }
        computed
    }

    fn conditions(
        &self,
        when: &When,
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> Option<Conditions> {
        let mut all = true;
        let mut out = Vec::new();
        for (id, condition) in when.iter() {
            let path = path.key(id);
            let check = self
                .source(id, &path, problems)
                .and_then(|(index, source)| {
                    Some((index, check(source, condition, &path, problems)?))
                });
            match check {
                Some(check) => out.push(check),
                None => all = false,
            }
        }
        all.then_some(Conditions(out))
    }

    /// A number of the document with its inputs and their values resolved.
    fn tree(&self, num: &Num, path: &Path<'_>, problems: &mut Problems) -> Option<Tree<Ratio>> {
        let by = match num {
            Num::Fixed(ratio) => return Some(Tree::Leaf(*ratio)),
            Num::By(by) => by,
        };
        let (index, source) = self.source(by.input.as_str(), &path.key(BY), problems)?;
        let mut all = true;
        let mut cases: Vec<(u128, Option<Tree<Ratio>>)> = Vec::with_capacity(by.cases.len());
        for (value, case) in &by.cases {
            let path = path.key(value);
            let key = source.case(value, &path, problems);
            let case = match case {
                None => Some(None),
                Some(case) => self.tree(case, &path, problems).map(Some),
            };
            match (key, case) {
                (Some(key), Some(_)) if cases.iter().any(|(known, _)| *known == key) => {
                    problems.add(Code::Duplicate, &path, "this value is listed already");
                    all = false;
                }
                (Some(key), Some(case)) => cases.push((key, case)),
                _ => all = false,
            }
        }
        if by.cases.is_empty() {
            problems.add(
                Code::MissingKey,
                path,
                format!("lists no value of \"{}\" and its number", source.id),
            );
            return None;
        }
        cases.sort_by_key(|(key, _)| *key);
        all.then_some(Tree::By {
            source: index,
            cases,
        })
    }

    fn optional_tree(
        &self,
        num: Option<&Num>,
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> Option<Option<Tree<Ratio>>> {
        match num {
            None => Some(None),
            Some(num) => self.tree(num, path, problems).map(Some),
        }
    }

    fn draft(&self, charge: &Charge, path: &Path<'_>, problems: &mut Problems) -> Option<Draft> {
        let balance = self.balance(charge.balance.as_str(), &path.key("balance"), problems);
        let when = match &charge.when {
            Some(when) => self.conditions(when, &path.key("when"), problems),
            None => Some(Conditions::default()),
        };
        let quantity_path = path.key("quantity");
        let quantity = match &charge.quantity {
            None => Some(None),
            Some(quantity) => {
                let billing = self.billing(
                    quantity.minimum.as_ref(),
                    quantity.increment.as_ref(),
                    quantity.round,
                    &quantity_path,
                    problems,
                );
                let of_path = quantity_path.key("of");
                let of = self
                    .source(quantity.of.as_str(), &of_path, problems)
                    .and_then(|(of, source)| {
                        let size = source.size();
                        if size.is_none() {
                            not_numeric(&source.id, &of_path, problems);
                        }
                        let items = source.items();
                        if quantity.each && items.is_none() && size.is_some() {
                            problems.add(
                                Code::InvalidValue,
                                &quantity_path.key("each"),
                                format!(
                                    "\"{}\" is no list; give it \"maxItems\" to bill each item",
                                    source.id
                                ),
                            );
                            return None;
                        }
                        let (scale, max) = size?;
                        Some((of, scale, max, items))
                    });
                match (of, billing) {
                    (Some((of, scale, max, items)), Some(billing)) => Some(Some(QuantityDraft {
                        of,
                        scale,
                        max,
                        items: if quantity.each { items.unwrap_or(1) } else { 1 },
                        each: quantity.each,
                        billing,
                    })),
                    _ => None,
                }
            }
        };
        let price = self.price(&charge.price, &path.key("price"), problems);
        let factors_path = path.key("factors");
        let factors: Vec<Option<Tree<Ratio>>> = charge
            .factors
            .iter()
            .enumerate()
            .map(|(index, factor)| self.tree(factor, &factors_path.index(index), problems))
            .collect();
        let mut optional =
            |num: &Option<Num>, key| self.optional_tree(num.as_ref(), &path.key(key), problems);
        let minimum_amount = optional(&charge.minimum_amount, "minimumAmount");
        let maximum_amount = optional(&charge.maximum_amount, "maximumAmount");
        let decimals = optional(&charge.decimals, "decimals");
        let times = match &charge.times {
            None => Some(None),
            Some(times) => {
                let path = path.key("times");
                self.source(times.as_str(), &path, problems).and_then(
                    |(index, source)| match source.size() {
                        Some((1, max)) => Some(Some((index, max))),
                        _ => {
                            problems.add(
                                Code::InvalidValue,
                                &path,
                                format!("\"{times}\" is no whole-number input", times = source.id),
                            );
                            None
                        }
                    },
                )
            }
        };
        let round = self.own_round(charge, decimals?, path, problems);
        Some(Draft {
            balance: balance?,
            when: when?,
            quantity: quantity?,
            price: price?,
            factors: factors.into_iter().collect::<Option<_>>()?,
            minimum_amount: minimum_amount?,
            maximum_amount: maximum_amount?,
            round: round?,
            times: times?,
        })
    }

    fn billing(
        &self,
        minimum: Option<&Num>,
        increment: Option<&Num>,
        round: Option<Rounding>,
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> Option<BillingDraft> {
        let minimum = self.optional_tree(minimum, &path.key("minimum"), problems);
        let increment_path = path.key("increment");
        let increment = self.optional_tree(increment, &increment_path, problems);
        if let Some(Some(tree)) = &increment {
            above_zero(tree, "an increment", &increment_path, problems)?;
        }
        if round.is_some() && matches!(increment, Some(None)) {
            problems.add(
                Code::MissingKey,
                &increment_path,
                "\"round\" says how to reach a multiple of \"increment\", which is missing",
            );
        }
        Some(BillingDraft {
            minimum: minimum?,
            increment: increment?,
            round: round.unwrap_or(Rounding::Up),
        })
    }

    fn own_round(
        &self,
        charge: &Charge,
        decimals: Option<Tree<Ratio>>,
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> Option<Option<(Rounding, Tree<u32>)>> {
        let decimals_path = path.key("decimals");
        let Some(mode) = charge.round else {
            if decimals.is_some() {
                problems.add(
                    Code::MissingKey,
                    &path.key("round"),
                    "\"decimals\" says how finely \"round\" rounds, which is missing",
                );
                return None;
            }
            return Some(None);
        };
        let decimals = match decimals {
            Some(tree) => {
                let whole = |ratio: &Ratio| {
                    (ratio.denominator() == 1)
                        .then(|| u32::try_from(ratio.numerator()).ok())
                        .flatten()
                        .filter(|decimals| *decimals <= Decimals::MAX)
                };
                let tree = tree.map(&whole);
                if tree.is_none() {
                    problems.add(
                        Code::InvalidValue,
                        &decimals_path,
                        format!("expected a whole number from 0 to {}", Decimals::MAX),
                    );
                }
                tree?
            }
            None => {
                let (_, balance) = self
                    .card
                    .balances
                    .iter()
                    .find(|(id, _)| *id == charge.balance.as_str())?;
                Tree::Leaf(balance.decimals.unwrap_or(Decimals::DEFAULT).get())
            }
        };
        Some(Some((mode, decimals)))
    }

    fn price(&self, price: &Price, path: &Path<'_>, problems: &mut Problems) -> Option<PriceDraft> {
        let tiers = match price {
            Price::Single(tier) => {
                return self.tier(tier, path, problems).map(|tier| PriceDraft {
                    mode: None,
                    tiers: vec![tier],
                });
            }
            Price::Tiered(tiers) => tiers,
        };
        let list = path.key("tiers");
        if tiers.tiers.is_empty() {
            problems.add(Code::InvalidValue, &list, "a price has at least one tier");
            return None;
        }
        let drafts: Vec<Option<TierDraft>> = tiers
            .tiers
            .iter()
            .enumerate()
            .map(|(index, tier)| self.tier(tier, &list.index(index), problems))
            .collect();
        let drafts: Vec<TierDraft> = drafts.into_iter().collect::<Option<_>>()?;
        rising(&drafts, &list, problems)?;
        Some(PriceDraft {
            mode: Some(tiers.mode),
            tiers: drafts,
        })
    }

    fn tier(&self, tier: &Tier, path: &Path<'_>, problems: &mut Problems) -> Option<TierDraft> {
        let mut optional =
            |num: &Option<Num>, key| self.optional_tree(num.as_ref(), &path.key(key), problems);
        let up_to = optional(&tier.up_to, "upTo");
        let flat = optional(&tier.flat, "flat");
        let amount = optional(&tier.amount, "amount");
        let per = optional(&tier.per, "per");
        if tier.flat.is_none() && tier.amount.is_none() {
            problems.add(
                Code::MissingKey,
                &path.key("amount"),
                "a tier needs the key \"amount\" or \"flat\"; free units are amount 0",
            );
            return None;
        }
        if tier.per.is_some() && tier.amount.is_none() {
            problems.add(
                Code::MissingKey,
                &path.key("amount"),
                "\"per\" is the quantity that \"amount\" buys, which is missing",
            );
            return None;
        }
        let per = per?;
        let per_path = path.key("per");
        if let Some(per) = &per {
            above_zero(per, "\"per\"", &per_path, problems)?;
        }
        let up_to = up_to?;
        if let Some(up_to) = &up_to {
            above_zero(up_to, "\"upTo\"", &path.key("upTo"), problems)?;
        }
        let (amount, inverse_per) = rate(amount?, per).or_else(|| {
            problems.add(Code::Inexact, &per_path, "this rate cannot be held exactly");
            None
        })?;
        Some(TierDraft {
            up_to,
            flat: flat?,
            amount,
            inverse_per,
        })
    }

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
                        None if is_among(id.as_str(), &self.refused.charges) => {}
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
            let path = plans.index(index);
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

impl Source {
    /// The denominator of the source's values, and the largest of them (of their sum, for a list).
    fn size(&self) -> Option<(u128, u128)> {
        match &self.kind {
            SourceKind::Numeric(numeric) => {
                let items = u128::from(numeric.max_items.unwrap_or(1));
                Some((numeric.scale, numeric.max.checked_mul(items)?))
            }
            SourceKind::Computed(computed) => Some((computed.scale, computed.max)),
            SourceKind::Choice { .. } | SourceKind::Toggle | SourceKind::Refused => None,
        }
    }

    fn items(&self) -> Option<u128> {
        match &self.kind {
            SourceKind::Numeric(numeric) => numeric.max_items.map(u128::from),
            _ => None,
        }
    }

    /// The key of a value in a choice-dependent number.
    fn case(&self, value: &str, path: &Path<'_>, problems: &mut Problems) -> Option<u128> {
        match &self.kind {
            SourceKind::Choice { options } => {
                let found = options.iter().position(|option| option == value);
                if found.is_none() {
                    unknown_option(&self.id, value, options, path, problems);
                }
                u128::try_from(found?).ok()
            }
            SourceKind::Toggle => match value {
                "true" => Some(1),
                "false" => Some(0),
                _ => {
                    problems.add(
                        Code::UnknownOption,
                        path,
                        format!("\"{}\" is true or false, not {value:?}", self.id),
                    );
                    None
                }
            },
            SourceKind::Refused => None,
            SourceKind::Numeric(_) | SourceKind::Computed(_) => {
                let (scale, _) = self.size()?;
                let ratio = Decimal::parse(value).ok().and_then(Ratio::from_decimal);
                let key = ratio.and_then(|ratio| ratio.scaled(scale));
                if key.is_none() {
                    problems.add(
                        Code::InvalidValue,
                        path,
                        format!("{value:?} is no value that \"{}\" can have", self.id),
                    );
                }
                key
            }
        }
    }
}

fn unknown_option(
    input: &str,
    value: &str,
    options: &[String],
    path: &Path<'_>,
    problems: &mut Problems,
) {
    problems.push(
        Problem::new(
            Code::UnknownOption,
            path,
            format!("\"{input}\" has no option {value:?}"),
        )
        .nearest(value, options.iter().map(String::as_str)),
    );
}

fn not_numeric(id: &str, path: &Path<'_>, problems: &mut Problems) {
    problems.add(
        Code::InvalidValue,
        path,
        format!("\"{id}\" is no number and no duration"),
    );
}

fn overflow(path: &Path<'_>, problems: &mut Problems) {
    problems.add(
        Code::Overflow,
        path,
        "with these limits and numbers a figure can get too large to be exact; lower \"max\" or use shorter numbers",
    );
}

fn combine(product: bool, parts: &[(usize, u128, u128)]) -> Option<Computed> {
    let mut scale: u128 = 1;
    for (_, part_scale, _) in parts {
        scale = if product {
            scale.checked_mul(*part_scale)?
        } else {
            lcm(scale, *part_scale)?
        };
    }
    let mut max: u128 = u128::from(product);
    let mut scaled = Vec::with_capacity(parts.len());
    for (source, part_scale, part_max) in parts {
        let factor = if product {
            1
        } else {
            scale.checked_div(*part_scale)?
        };
        let part_max = part_max.checked_mul(factor)?;
        max = if product {
            max.checked_mul(part_max)?
        } else {
            max.max(part_max)
        };
        scaled.push((*source, factor));
    }
    Some(Computed {
        product,
        parts: scaled,
        scale,
        max,
    })
}

fn check(
    source: &Source,
    condition: &Condition,
    path: &Path<'_>,
    problems: &mut Problems,
) -> Option<Check> {
    let (tests, any_item) = match condition {
        Condition::AnyOf(tests) => (tests, false),
        Condition::AnyItem { any_item } => (any_item, true),
    };
    if any_item && source.items().is_none() {
        problems.add(
            Code::InvalidValue,
            &path.key("anyItem"),
            format!("\"{}\" is no list", source.id),
        );
        return None;
    }
    let wrong = |expected: &str, problems: &mut Problems| {
        problems.add(
            Code::WrongType,
            path,
            format!("\"{}\" is tested against {expected}", source.id),
        );
    };
    match &source.kind {
        SourceKind::Choice { options } => {
            let mut chosen = vec![false; options.len()];
            for test in tests {
                let Test::Option(id) = test else {
                    wrong("the ids of its options", problems);
                    return None;
                };
                let index = options.iter().position(|option| option == id);
                if index.is_none() {
                    unknown_option(&source.id, id, options, path, problems);
                }
                *chosen.get_mut(index?)? = true;
            }
            Some(Check::Options(chosen))
        }
        SourceKind::Toggle => {
            let (mut off, mut on) = (false, false);
            for test in tests {
                match test {
                    Test::Flag(true) => on = true,
                    Test::Flag(false) => off = true,
                    _ => {
                        wrong("true or false", problems);
                        return None;
                    }
                }
            }
            Some(Check::Flag { off, on })
        }
        SourceKind::Refused => None,
        SourceKind::Numeric(_) | SourceKind::Computed(_) => {
            let (scale, _) = source.size()?;
            let mut ranges = Vec::with_capacity(tests.len());
            for test in tests {
                let exactly = |ratio: Ratio| {
                    // A value between two steps is never taken: an empty range.
                    let (down, up) = ratio.around(scale)?;
                    Some((up, down))
                };
                let range = match test {
                    Test::Number(ratio) => exactly(*ratio),
                    Test::Range(range) => closed(range, scale),
                    Test::Option(text) => {
                        match Decimal::parse(text).ok().and_then(Ratio::from_decimal) {
                            Some(ratio) => exactly(ratio),
                            None => {
                                wrong("numbers and ranges", problems);
                                return None;
                            }
                        }
                    }
                    Test::Flag(_) => {
                        wrong("numbers and ranges", problems);
                        return None;
                    }
                };
                if range.is_none() {
                    overflow(path, problems);
                }
                ranges.push(range?);
            }
            Some(Check::Ranges { ranges, any_item })
        }
    }
}

/// The scaled values a range holds, first and last; an empty range where it holds none.
fn closed(range: &Range, scale: u128) -> Option<(u128, u128)> {
    const EMPTY: (u128, u128) = (1, 0);
    let mut from = 0;
    let mut to = u128::MAX;
    if let Some(at_least) = range.at_least {
        from = from.max(at_least.around(scale)?.1);
    }
    if let Some(above) = range.above {
        from = from.max(above.around(scale)?.0.checked_add(1)?);
    }
    if let Some(at_most) = range.at_most {
        to = to.min(at_most.around(scale)?.0);
    }
    if let Some(below) = range.below {
        match below.around(scale)?.1.checked_sub(1) {
            Some(last) => to = to.min(last),
            None => return Some(EMPTY),
        }
    }
    Some((from, to))
}

fn above_zero(
    tree: &Tree<Ratio>,
    what: &str,
    path: &Path<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let mut zero = false;
    tree.each_leaf(&mut |ratio| zero |= ratio.is_zero());
    if zero {
        problems.add(Code::InvalidValue, path, format!("{what} is above 0"));
        return None;
    }
    Some(())
}

type Rate = (Option<Tree<Ratio>>, Option<Tree<Ratio>>);

/// An amount for every `per`: divided at once where `per` is one number, else multiplied by its inverse later.
fn rate(amount: Option<Tree<Ratio>>, per: Option<Tree<Ratio>>) -> Option<Rate> {
    Some(match (amount, per) {
        (Some(amount), Some(Tree::Leaf(per))) => {
            let inverse = per.inverse()?;
            (Some(amount.map(&|ratio| ratio.times(inverse))?), None)
        }
        (amount, Some(per)) => (amount, Some(per.map(&|ratio| ratio.inverse())?)),
        (amount, None) => (amount, None),
    })
}

/// Tiers rise strictly, and only the last one is open, for every value of the inputs their ends depend on.
fn rising(tiers: &[TierDraft], path: &Path<'_>, problems: &mut Problems) -> Option<()> {
    let ends: Vec<Option<&Tree<Ratio>>> = tiers.iter().map(|tier| tier.up_to.as_ref()).collect();
    for (index, end) in ends.iter().enumerate() {
        if end.is_none() && index.saturating_add(1) < ends.len() {
            let item = path.index(index);
            problems.add(
                Code::MissingKey,
                &item.key("upTo"),
                "only the last tier is open; this one is followed by another",
            );
            return None;
        }
    }
    let ends: Vec<&Tree<Ratio>> = ends.into_iter().flatten().collect();
    let mut budget = 10_000_u32;
    match first_fall(&ends, &mut budget) {
        Ok(None) => Some(()),
        Ok(Some(index)) => {
            let item = path.index(index);
            problems.add(
                Code::InvalidValue,
                &item.key("upTo"),
                "the ends of tiers rise; this one is not above the one before",
            );
            None
        }
        Err(TooComplex) => {
            problems.add(
                Code::TooLarge,
                path,
                "the ends of these tiers depend on too many values to check",
            );
            None
        }
    }
}

struct TooComplex;

/// The first tier whose end is not above the one before, for some values of the inputs.
fn first_fall(ends: &[&Tree<Ratio>], budget: &mut u32) -> Result<Option<usize>, TooComplex> {
    *budget = budget.checked_sub(1).ok_or(TooComplex)?;
    let chosen = ends.iter().find_map(|end| match end {
        Tree::By { source, cases } => Some((*source, cases)),
        Tree::Leaf(_) => None,
    });
    let Some((source, cases)) = chosen else {
        let leaves: Vec<&Ratio> = ends
            .iter()
            .filter_map(|end| match end {
                Tree::Leaf(ratio) => Some(ratio),
                Tree::By { .. } => None,
            })
            .collect();
        let fall = leaves.windows(2).position(|pair| match pair {
            [before, after] => before >= after,
            _ => false,
        });
        return Ok(fall.map(|index| index.saturating_add(1)));
    };
    for (key, _) in cases {
        let narrowed: Option<Vec<&Tree<Ratio>>> =
            ends.iter().map(|end| narrow(end, source, *key)).collect();
        if let Some(narrowed) = narrowed
            && let Some(fall) = first_fall(&narrowed, budget)?
        {
            return Ok(Some(fall));
        }
    }
    Ok(None)
}

/// A tree for one value of a source; `None` where that is not offered.
fn narrow(tree: &Tree<Ratio>, wanted: usize, key: u128) -> Option<&Tree<Ratio>> {
    match tree {
        Tree::By { source, cases } if *source == wanted => cases
            .iter()
            .find(|(case, _)| *case == key)
            .and_then(|(_, case)| case.as_ref())
            .and_then(|case| narrow(case, wanted, key)),
        tree => Some(tree),
    }
}
