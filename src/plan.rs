//! What a period's usages cost with each plan of a card, and which plan is the cheapest that covers them.

use std::cmp::Ordering;

use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::{
    amount::{Amount, Rounding},
    card::{
        Every,
        json::{Kind, Node},
    },
    error::{Code, Error, Path, Problem},
    estimate::{ByBalance, bill},
    exact::{Ratio, gcd},
    tariff::{Slot, SourceKind, Tariff},
    usage::{self, Usage},
    words,
};

/// A number of packs up to this is tried one by one where what they do not cover can be bought too.
const MOST_PACKS: u128 = 1_000;

/// So many usages are priced: each once for every different `input` of the plans.
const MOST_PRICED: usize = 200_000;

/// What usages cost with each plan. Serialized, it is the object that the JavaScript API returns.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Recommendation<'t> {
    /// The period in which all usages are made.
    pub every: Every,
    /// What they take of each balance in that period, as they were given; `None` where they have no price without the
    /// values of a plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub totals: Option<ByBalance<'t>>,
    /// Those that cover everything, the cheapest first; then the others, the cheapest first.
    pub plans: Vec<PlanCost<'t>>,
    /// The id of the cheapest plan that covers everything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub best: Option<&'t str>,
}

/// What usages cost with one plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PlanCost<'t> {
    /// The plan's id.
    pub plan: &'t str,
    /// What people call it.
    pub label: &'t str,
    /// The currency of its price and of all that follows.
    pub currency: &'t str,
    /// What everything costs in the period that was asked for, rounded half up to 2 decimals; compared before rounding.
    pub cost: Amount,
    /// The plan's price, as the card has it.
    pub price: Ratio,
    /// How often that is paid; `None` for a pack.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub every: Option<Every>,
    /// Of a pack: how many are bought.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    /// What one period of the plan, or one pack, includes.
    pub allowances: ByPlan<'t, Ratio>,
    /// What the usages take in one period of the plan, with the values that the plan gives them; rounded half up.
    pub used: ByBalance<'t>,
    /// What is bought beyond the allowances in one period of the plan.
    pub overage: ByPlan<'t, Over>,
    /// Whether everything is covered.
    pub covers: bool,
    /// What is not, in one period of the plan; rounded up.
    pub missing: ByBalance<'t>,
    /// Why the usages have no price with the values that the plan gives them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
    /// The answer in words.
    pub sentence: String,
}

/// What is bought beyond an allowance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Over {
    /// What is needed beyond the allowance, rounded up.
    pub amount: Amount,
    /// What is billed for it, after the minimum and the increment; rounded up.
    pub quantity: Amount,
    /// What that costs, rounded half up to 2 decimals.
    pub cost: Amount,
}

/// One thing for each of some balances.
#[derive(Debug, Clone, PartialEq)]
pub struct ByPlan<'t, T>(Vec<(&'t str, T)>);

impl<'t, T: Copy> ByPlan<'t, T> {
    /// What there is of a balance.
    #[must_use]
    pub fn get(&self, balance: &str) -> Option<T> {
        self.iter()
            .find(|(id, _)| *id == balance)
            .map(|(_, value)| value)
    }

    /// The balances and what there is of them.
    pub fn iter(&self) -> impl Iterator<Item = (&'t str, T)> {
        self.0.iter().copied()
    }
}

impl<T: Serialize> Serialize for ByPlan<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (balance, value) in &self.0 {
            map.serialize_entry(balance, value)?;
        }
        map.end()
    }
}

/// Compares the plans of a card for what is made in one period: the usages, each so many times.
///
/// Every usage is priced by itself and rounded as it would be billed, with the values that a plan's `input` gives it. A plan
/// that is paid for another period is compared in proportion, exactly, as if the usages went on evenly: a year is 12
/// months, 52 weeks or 365 days. A pack, which is paid once, is bought as often as one period needs it; different packs
/// are not combined, neither with each other nor with subscriptions. What a plan does not include is bought at its
/// overage price; without one it is missing, and the plan does not cover the usages.
///
/// ```
/// use credit_estimator::{Tariff, Usage, document::Every, recommend_plan};
///
/// let tariff = Tariff::from_json(r#"{
///     "id": "t", "balances": { "credits": {} },
///     "inputs": [{ "id": "videos", "kind": "number", "max": 1000 }],
///     "charges": [{ "id": "v", "balance": "credits", "quantity": { "of": "videos" }, "price": { "amount": 10 } }],
///     "plans": [
///         { "id": "small", "price": { "amount": 20, "currency": "USD", "every": "month" }, "allowances": { "credits": 100 } },
///         { "id": "large", "price": { "amount": 50, "currency": "USD", "every": "month" }, "allowances": { "credits": 400 } }
///     ]
/// }"#)?;
/// let usages = [(Usage::new().with("videos", 3), 5)];
/// let plans = recommend_plan(&tariff, &usages, Every::Month, None)?;
/// assert_eq!(plans.best, Some("large"));
/// assert_eq!(plans.plans[1].missing.get("credits").unwrap().to_string(), "50.00");
/// # Ok::<(), credit_estimator::Error>(())
/// ```
///
/// # Errors
///
/// [`Code::MissingKey`] at `plans` where the card has none, and at `currency` where its plans are in several and none is
/// chosen; the problems of the usages where no plan can be priced, with paths that start with `usages[0]`.
pub fn recommend_plan<'t>(
    tariff: &'t Tariff,
    usages: &[(Usage, u32)],
    every: Every,
    currency: Option<&str>,
) -> Result<Recommendation<'t>, Error> {
    let plans = chosen(tariff, currency)?;
    let mut needs = Needs {
        tariff,
        usages,
        known: Vec::new(),
    };
    let base = needs.of(None)?;
    let mut compared: Vec<(PlanCost<'t>, Exact)> = Vec::new();
    for (index, plan) in plans {
        let inexact = || {
            let path = Path::Root.key("plans");
            let message = "what this plan costs cannot be held exactly";
            Error::from(Problem::new(Code::Overflow, path.index(index), message))
        };
        let need = needs.of(plan.get("input"))?;
        let (cost, exact) = compare(tariff, plan, need, every).ok_or_else(inexact)?;
        let mut place = compared.len();
        for (index, (other, than)) in compared.iter().enumerate().rev() {
            let order = other.covers.cmp(&cost.covers);
            let order = order.then(exact.compare(*than).ok_or_else(inexact)?);
            if order != Ordering::Less {
                break;
            }
            place = index;
        }
        compared.insert(place, (cost, exact));
    }
    let totals = match base {
        Ok(units) => Some(shown(tariff, &units)),
        Err(error) if compared.iter().all(|(plan, _)| plan.problem.is_some()) => return Err(error),
        Err(_) => None,
    };
    let plans: Vec<_> = compared.into_iter().map(|(plan, _)| plan).collect();
    Ok(Recommendation {
        every,
        totals,
        best: plans
            .first()
            .filter(|plan| plan.covers)
            .map(|plan| plan.plan),
        plans,
    })
}

/// The plans in one currency, with their places in the card.
fn chosen<'t>(tariff: &'t Tariff, currency: Option<&str>) -> Result<Vec<(usize, &'t Node)>, Error> {
    let plans = tariff.document.list("plans");
    if plans.is_empty() {
        let message = "the rate card has no plans";
        return Err(Problem::new(Code::MissingKey, "plans", message).into());
    }
    let mut known: Vec<&str> = Vec::new();
    for plan in plans {
        if !known.contains(&currency_of(plan)) {
            known.push(currency_of(plan));
        }
    }
    let refuse = |code, message: String| Err(Problem::new(code, "currency", message).into());
    let listed = known.join(", ");
    let chosen = match (currency, known.as_slice()) {
        (None, [only]) => only,
        (None, _) => {
            let message = format!("the plans are paid in {listed}; one of them is compared");
            return refuse(Code::MissingKey, message);
        }
        (Some(currency), known) if known.contains(&currency) => currency,
        (Some(currency), _) => {
            let message = format!("no plan is paid in \"{currency}\"; there is {listed}");
            return refuse(Code::InvalidValue, message);
        }
    };
    let plans = plans.iter().enumerate();
    Ok(plans
        .filter(|(_, plan)| currency_of(plan) == chosen)
        .collect())
}

fn currency_of(plan: &Node) -> &str {
    plan.get("price")
        .map_or("", |price| price.text_at("currency"))
}

/// What all usages take of each balance, in units of its last decimal.
type Units = Result<Vec<u128>, Error>;

/// What the usages take with the values of a plan, found once for each different plan.
struct Needs<'t, 'u> {
    tariff: &'t Tariff,
    usages: &'u [(Usage, u32)],
    known: Vec<(Option<&'t Node>, Units)>,
}

impl<'t> Needs<'t, '_> {
    fn of(&mut self, input: Option<&'t Node>) -> Result<Units, Error> {
        if let Some((_, units)) = self.known.iter().find(|(known, _)| *known == input) {
            return Ok(units.clone());
        }
        let priced = self.known.len().saturating_add(1);
        if priced.saturating_mul(self.usages.len()) > MOST_PRICED {
            let message = "so many usages are too many to be priced with each plan; give usages that are alike once, with a count";
            return Err(Problem::new(Code::TooMany, "usages", message).into());
        }
        let units = self.price(input);
        self.known.push((input, units.clone()));
        Ok(units)
    }

    fn price(&self, input: Option<&Node>) -> Units {
        let root = Path::Root;
        let list = root.key("usages");
        let mut sums = vec![0_u128; self.tariff.balances.len()];
        for (index, (usage, count)) in self.usages.iter().enumerate() {
            let path = list.index(index);
            let mut usage = usage.clone();
            for member in input.map_or(&[][..], Node::members) {
                usage.set(&member.key, usage::Value(member.value.clone()));
            }
            let given = usage::read_given(self.tariff, &usage).map_err(|e| within(&path, &e))?;
            let values = usage::settle(self.tariff, given);
            let bill = bill(self.tariff, &values.slots, false).map_err(|e| within(&path, &e))?;
            let totals = bill.totals.iter().zip(&self.tariff.balances);
            for (sum, (exact, rule)) in sums.iter_mut().zip(totals) {
                let units = rule.round.units(*exact, rule.unit);
                *sum = sum.saturating_add(units.saturating_mul(u128::from(*count)));
            }
            if sums.iter().any(|sum| *sum >= MOST_UNITS) {
                let message = "all usages together take more than can be held exactly";
                return Err(Problem::new(Code::TooLarge, path, message).into());
            }
        }
        Ok(sums)
    }
}

/// A sum has fewer units than this: 15 digits, which a double tells apart.
const MOST_UNITS: u128 = 1_000_000_000_000_000;

/// The same problems, at their places in a list of usages.
fn within(path: &Path<'_>, error: &Error) -> Error {
    let problems = error.problems().map(|problem| {
        let inner = problem.path();
        let dot = if inner.is_empty() || inner.starts_with('[') {
            ""
        } else {
            "."
        };
        let path = format!("{path}{dot}{inner}");
        Problem::new(problem.code(), path, problem.message())
    });
    Error::from_problems(problems.collect()).unwrap_or_else(|| error.clone())
}

fn shown<'t>(tariff: &'t Tariff, units: &[u128]) -> ByBalance<'t> {
    let mut shown = ByBalance::default();
    for (rule, units) in tariff.balances.iter().zip(units) {
        shown.push(&rule.id, amount(*units, rule.decimals));
    }
    shown
}

fn amount(units: u128, decimals: u8) -> Amount {
    Amount::new(i64::try_from(units).unwrap_or(i64::MAX), decimals)
}

/// How many of a period make a year.
const fn in_a_year(every: Every) -> u128 {
    match every {
        Every::Day => 365,
        Every::Week => 52,
        Every::Month => 12,
        Every::Year => 1,
    }
}

/// What a plan costs in one period; `None` where that cannot be held exactly.
fn compare<'t>(
    tariff: &'t Tariff,
    plan: &'t Node,
    need: Units,
    every: Every,
) -> Option<(PlanCost<'t>, Exact)> {
    let price = plan.get("price")?;
    let own = Every::named(price.text_at("every"));
    // So many periods of the plan are in the one that is asked for.
    let periods = match own {
        Some(own) => Exact::new(in_a_year(own), in_a_year(every))?,
        None => Exact::ONE,
    };
    let (units, problem) = match need {
        Ok(units) => (units, None),
        Err(error) => (Vec::new(), error.problems().next().cloned()),
    };
    let mut needs = Vec::new();
    for (units, rule) in units.iter().zip(&tariff.balances) {
        let unit = 10_u128.checked_pow(rule.decimals.into())?;
        needs.push(Exact::new(*units, unit)?.over(periods)?);
    }
    let buying = Buying {
        tariff,
        plan,
        price: Exact::of(price.ratio_at("amount")?),
        needs,
        slots: slots(tariff, plan),
    };
    let bought = match own {
        None if problem.is_none() => buying.cheapest()?,
        _ => buying.buy(1)?,
    };
    let cost = bought.cost.times(periods)?;
    let mut used = ByBalance::default();
    for (need, rule) in buying.needs.iter().zip(&tariff.balances) {
        used.push(&rule.id, need.shown(rule.decimals, Rounding::HalfUp)?);
    }
    let mut missing = ByBalance::default();
    for (balance, over) in &bought.missing {
        let rule = tariff.balances.get(*balance)?;
        missing.push(&rule.id, over.shown(rule.decimals, Rounding::Up)?);
    }
    let mut overage = Vec::new();
    for (balance, over, quantity, cost) in &bought.over {
        let rule = tariff.balances.get(*balance)?;
        let over = Over {
            amount: over.shown(rule.decimals, Rounding::Up)?,
            quantity: quantity.shown(rule.decimals, Rounding::Up)?,
            cost: cost.shown(2, Rounding::HalfUp)?,
        };
        overage.push((rule.id.as_str(), over));
    }
    let allowances = plan.get("allowances").map_or(&[][..], Node::members).iter();
    let mut answer = PlanCost {
        plan: plan.text_at("id"),
        label: plan.text_at("label"),
        currency: price.text_at("currency"),
        cost: cost.shown(2, Rounding::HalfUp)?,
        price: price.ratio_at("amount")?,
        every: own,
        count: match own {
            Some(_) => None,
            None => Some(u64::try_from(bought.count).ok()?),
        },
        allowances: ByPlan(
            allowances
                .filter(|member| member.is_defined())
                .map(|member| (member.key.as_str(), member.value.ratio()))
                .collect(),
        ),
        used,
        overage: ByPlan(overage),
        covers: problem.is_none() && bought.missing.is_empty(),
        missing,
        problem,
        sentence: String::new(),
    };
    answer.sentence = answer.sentence(tariff, every);
    Some((answer, cost))
}

/// The inputs as a plan's customers have them, for what its overage may depend on.
fn slots(tariff: &Tariff, plan: &Node) -> Vec<Slot> {
    let input = plan.get("input").cloned();
    let input = input.map_or_else(Usage::default, Usage::from_node);
    let given = usage::given(&tariff.sources, &input, &mut Vec::new());
    usage::settle(tariff, given).slots
}

/// One plan and what is needed in one of its periods.
struct Buying<'t> {
    tariff: &'t Tariff,
    plan: &'t Node,
    price: Exact,
    needs: Vec<Exact>,
    slots: Vec<Slot>,
}

struct Bought {
    count: u128,
    cost: Exact,
    /// By balance: what is over, what is billed for it, and what that costs.
    over: Vec<(usize, Exact, Exact, Exact)>,
    missing: Vec<(usize, Exact)>,
}

impl Buying<'_> {
    fn at(&self, key: &str, balance: usize) -> Option<&Node> {
        let id = &self.tariff.balances.get(balance)?.id;
        self.plan.get(key)?.get(id)
    }

    /// Packs that cover what they can; fewer where what is over is cheaper to buy.
    fn cheapest(&self) -> Option<Bought> {
        let mut most = 0;
        for (balance, need) in self.needs.iter().enumerate() {
            let one = self
                .at("allowances", balance)
                .map_or(Ratio::ZERO, Node::ratio);
            let packs = match one.is_zero() {
                true => u128::from(!need.is_zero()),
                false => need.over(Exact::of(one))?.units(1, Rounding::Up)?,
            };
            most = most.max(packs);
        }
        let mut best = self.buy(most)?;
        if self.plan.has("overage") {
            let fewer = most.saturating_sub(1).min(MOST_PACKS);
            for count in (1..=fewer).rev() {
                let found = self.buy(count)?;
                let order = best.missing.len().cmp(&found.missing.len());
                let order = order.reverse().then(found.cost.compare(best.cost)?);
                if order != Ordering::Greater {
                    best = found;
                }
            }
        }
        Some(best)
    }

    fn buy(&self, count: u128) -> Option<Bought> {
        let mut bought = Bought {
            count,
            cost: self.price.times(Exact::new(count, 1)?)?,
            over: Vec::new(),
            missing: Vec::new(),
        };
        for (balance, need) in self.needs.iter().enumerate() {
            let one = self
                .at("allowances", balance)
                .map_or(Ratio::ZERO, Node::ratio);
            let over = need.less(Exact::of(one).times(Exact::new(count, 1)?)?)?;
            if over.is_zero() {
                continue;
            }
            let overage = self.at("overage", balance);
            match overage.map_or(Err(NoPrice::NotOffered), |overage| {
                self.overage(overage, over)
            }) {
                Ok((quantity, cost)) => {
                    bought.cost = bought.cost.plus(cost)?;
                    bought.over.push((balance, over, quantity, cost));
                }
                Err(NoPrice::NotOffered) => bought.missing.push((balance, over)),
                Err(NoPrice::Inexact) => return None,
            }
        }
        Some(bought)
    }

    /// What is billed for so much over, and what that costs.
    fn overage(&self, overage: &Node, over: Exact) -> Result<(Exact, Exact), NoPrice> {
        let mut billed = over;
        if let Some(quantity) = overage.get("quantity") {
            if let Some(minimum) = self.number(quantity.get("minimum"))?
                && billed.compare(minimum).ok_or(NoPrice::Inexact)? == Ordering::Less
            {
                billed = minimum;
            }
            if let Some(increment) = self.number(quantity.get("increment"))? {
                let round = Rounding::named(quantity.text_at("round")).unwrap_or(Rounding::Up);
                let count = billed
                    .over(increment)
                    .and_then(|count| count.units(1, round));
                let count = count.and_then(|count| Exact::new(count, 1)?.times(increment));
                billed = count.ok_or(NoPrice::Inexact)?;
            }
        }
        let price = overage.get("price").ok_or(NoPrice::NotOffered)?;
        let mut cost = Exact::ZERO;
        if !price.has("tiers") {
            return Ok((billed, self.tier(price, billed)?));
        }
        let graduated = price.text_at("mode") == "graduated";
        let mut below = Exact::ZERO;
        for tier in price.list("tiers") {
            let up_to = self.number(tier.get("upTo"))?;
            let reached = match up_to {
                Some(up_to) if billed.compare(up_to) == Some(Ordering::Greater) => up_to,
                _ => billed,
            };
            let whole = reached == billed;
            if graduated && billed.compare(below) == Some(Ordering::Greater) {
                let units = reached.less(below).ok_or(NoPrice::Inexact)?;
                cost = cost.plus(self.tier(tier, units)?).ok_or(NoPrice::Inexact)?;
            } else if whole && !graduated {
                cost = self.tier(tier, billed)?;
            }
            if whole {
                return Ok((billed, cost));
            }
            below = reached;
        }
        Err(NoPrice::NotOffered)
    }

    fn tier(&self, tier: &Node, quantity: Exact) -> Result<Exact, NoPrice> {
        let number = |key| self.number(tier.get(key));
        let flat = number("flat")?.unwrap_or(Exact::ZERO);
        let amount = number("amount")?.unwrap_or(Exact::ZERO);
        let per = number("per")?.unwrap_or(Exact::ONE);
        let amount = quantity.over(per).and_then(|times| times.times(amount));
        amount
            .and_then(|amount| amount.plus(flat))
            .ok_or(NoPrice::Inexact)
    }

    /// A number of the plan, or the one for its customers' value of an input.
    fn number(&self, node: Option<&Node>) -> Result<Option<Exact>, NoPrice> {
        let Some(node) = node else { return Ok(None) };
        let Kind::Object(members) = &node.kind else {
            return Ok(Some(Exact::of(node.ratio())));
        };
        let id = node.text_at("by");
        let mut sources = self.tariff.sources.iter().zip(&self.slots);
        let (source, slot) = sources
            .find(|(source, _)| source.id == id)
            .ok_or(NoPrice::NotOffered)?;
        let is_case = |key: &str| match (&source.kind, slot) {
            (SourceKind::Choice { options }, Slot::Choice(index)) => {
                options.get(*index).is_some_and(|option| option == key)
            }
            (_, Slot::Flag(flag)) => key == if *flag { "true" } else { "false" },
            (_, Slot::Number(number)) => source.size().is_some_and(|(scale, _)| {
                Ratio::parse(key).and_then(|ratio| ratio.scaled(scale)) == Some(*number)
            }),
            _ => false,
        };
        let mut cases = members.iter().filter(|member| member.key != "by");
        match cases.find(|member| is_case(&member.key)) {
            Some(case) if case.value.kind != Kind::Null => self.number(Some(&case.value)),
            _ => Err(NoPrice::NotOffered),
        }
    }
}

/// Why overage has no price.
enum NoPrice {
    NotOffered,
    Inexact,
}

impl PlanCost<'_> {
    fn sentence(&self, tariff: &Tariff, every: Every) -> String {
        let per =
            |every: Option<Every>| every.map_or_else(String::new, |e| [" a ", e.as_str()].concat());
        let currency = self.currency;
        let money = |amount: Amount| {
            let text = amount.to_string();
            [text.strip_suffix(".00").unwrap_or(&text), " ", currency].concat()
        };
        let words = |id: &str, amount: Amount| {
            let balance = tariff.balances.iter().position(|rule| rule.id == id);
            words::amount(tariff, balance.unwrap_or(0), amount)
        };
        let price = match self.price.scaled(100).map(|cents| money(amount(cents, 2))) {
            Some(price) => price,
            None => format!("{} {currency}", self.price),
        };
        let mut text = price + &per(self.every);
        let single = text.clone();
        if let Some(count) = self.count.filter(|count| *count != 1) {
            text = format!("{count} × {text}");
        }
        for (index, (id, allowance)) in self.allowances.iter().enumerate() {
            let balance = tariff.balances.iter().position(|rule| rule.id == id);
            let unit = words::unit(tariff, balance.unwrap_or(0), allowance == Ratio::ONE);
            text += if index == 0 { " with " } else { " and " };
            text += &format!("{allowance} {unit}");
        }
        for (id, over) in self.overage.iter() {
            text += &format!(", {} for {} more", money(over.cost), words(id, over.amount));
        }
        for (id, missing) in self.missing.iter() {
            text += &format!(", {} too few", words(id, missing));
        }
        if let Some(problem) = &self.problem {
            text += ", not for these usages: ";
            text += problem.message();
        }
        let all = money(self.cost) + &per(self.every.map(|_| every));
        if self.problem.is_none() && all != single {
            text += ": ";
            text += &all;
        }
        text
    }
}

/// A fraction in lowest terms, not below 0. What cannot be held is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Exact {
    above: u128,
    below: u128,
}

impl Exact {
    const ZERO: Self = Self { above: 0, below: 1 };
    const ONE: Self = Self { above: 1, below: 1 };

    fn of(ratio: Ratio) -> Self {
        Self {
            above: ratio.numerator().into(),
            below: ratio.denominator().into(),
        }
    }

    fn new(above: u128, below: u128) -> Option<Self> {
        let common = gcd(above, below);
        Some(Self {
            above: above.checked_div(common)?,
            below: below.checked_div(common).filter(|below| *below > 0)?,
        })
    }

    const fn is_zero(self) -> bool {
        self.above == 0
    }

    /// Both over one denominator.
    fn together(self, other: Self) -> Option<(u128, u128, u128)> {
        let common = gcd(self.below, other.below);
        let own = other.below.checked_div(common)?;
        let others = self.below.checked_div(common)?;
        Some((
            self.above.checked_mul(own)?,
            other.above.checked_mul(others)?,
            self.below.checked_mul(own)?,
        ))
    }

    fn plus(self, other: Self) -> Option<Self> {
        let (own, others, below) = self.together(other)?;
        Self::new(own.checked_add(others)?, below)
    }

    /// The difference; 0 where the other is larger.
    fn less(self, other: Self) -> Option<Self> {
        let (own, others, below) = self.together(other)?;
        Self::new(own.saturating_sub(others), below)
    }

    fn compare(self, other: Self) -> Option<Ordering> {
        let (own, others, _) = self.together(other)?;
        Some(own.cmp(&others))
    }

    fn times(self, other: Self) -> Option<Self> {
        let left = Self::new(self.above, other.below)?;
        let right = Self::new(other.above, self.below)?;
        Self::new(
            left.above.checked_mul(right.above)?,
            left.below.checked_mul(right.below)?,
        )
    }

    fn over(self, other: Self) -> Option<Self> {
        self.times(Self::new(other.below, other.above)?)
    }

    /// This times `scale`, rounded to a whole number.
    fn units(self, scale: u128, round: Rounding) -> Option<u128> {
        let below = std::num::NonZeroU128::new(self.below)?;
        Some(round.units(self.above.checked_mul(scale)?, below))
    }

    fn shown(self, decimals: u8, round: Rounding) -> Option<Amount> {
        let units = self.units(10_u128.checked_pow(decimals.into())?, round)?;
        Some(Amount::new(i64::try_from(units).ok()?, decimals))
    }
}
