//! What a period's usages cost with each plan of a card, and which plan is the cheapest that covers them.

use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::{
    amount::{Amount, Rounding},
    card::{
        Every,
        json::{Kind, Node},
    },
    error::{Code, Error, Problem},
    estimate::{ByBalance, bill},
    exact::{Ratio, TOO_LARGE, divide, lcm, lowest_terms, times},
    shape::{Fields, Shape, serialize_by_shape},
    tariff::{Slot, SourceKind, Tariff},
    text::{digits, filled, joined, written},
    usage::{self, Usage},
    words,
};

/// So many fewer packs are tried where what they do not cover can be bought too.
const MOST_PACKS: u128 = 100;

/// So many usages are priced: each once, and once more for every plan that gives it values.
const MOST_PRICED: usize = 200_000;

/// What usages cost with each plan. Serialized, it is the object that the JavaScript API returns.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Recommendation<'t> {
    /// The period in which all usages are made.
    pub every: Every,
    /// What they take of each balance in that period, as they were given; `None` where they have no price without the
    /// values of a plan.
    pub totals: Option<ByBalance<'t>>,
    /// Those that cover everything, the cheapest first; then the others, the cheapest first.
    pub plans: Vec<PlanCost<'t>>,
    /// The id of the cheapest plan that covers everything.
    pub best: Option<&'t str>,
}

/// What usages cost with one plan.
#[derive(Debug, Clone, PartialEq)]
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
    pub every: Option<Every>,
    /// Of a pack: how many are bought.
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
    pub problem: Option<Problem>,
    /// The answer in words.
    pub sentence: String,
}

/// What is bought beyond an allowance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

impl Recommendation<'_> {
    pub(crate) fn shape(&self) -> Shape<'_> {
        let mut fields = Fields::new();
        fields.text("every", self.every.as_str());
        if let Some(totals) = &self.totals {
            fields.put("totals", totals.shape());
        }
        fields.put("plans", Shape::list(&self.plans, PlanCost::shape));
        fields.text_of("best", self.best);
        fields.object()
    }
}

impl PlanCost<'_> {
    fn shape(&self) -> Shape<'_> {
        let mut fields = Fields::new();
        fields.text("plan", self.plan);
        fields.text("label", self.label);
        fields.text("currency", self.currency);
        fields.amount("cost", &self.cost);
        fields.put("price", Shape::Ratio(self.price));
        fields.text_of("every", self.every.map(Every::as_str));
        if let Some(count) = self.count {
            fields.put(
                "count",
                Shape::Whole(i64::try_from(count).unwrap_or(i64::MAX)),
            );
        }
        let mut allowances = Fields::new();
        for (balance, allowance) in &self.allowances.0 {
            allowances.put(balance, Shape::Ratio(*allowance));
        }
        fields.put("allowances", allowances.object());
        fields.put("used", self.used.shape());
        let mut overage = Fields::new();
        for (balance, over) in &self.overage.0 {
            overage.put(balance, over.shape());
        }
        fields.put("overage", overage.object());
        fields.put("covers", Shape::Flag(self.covers));
        fields.put("missing", self.missing.shape());
        if let Some(problem) = &self.problem {
            fields.put("problem", problem.shape());
        }
        fields.text("sentence", &self.sentence);
        fields.object()
    }
}

impl Over {
    fn shape(&self) -> Shape<'_> {
        let mut fields = Fields::new();
        fields.amount("amount", &self.amount);
        fields.amount("quantity", &self.quantity);
        fields.amount("cost", &self.cost);
        fields.object()
    }
}

serialize_by_shape!(Recommendation<'_>, PlanCost<'_>, Over);

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
    let with_input = plans.iter().filter(|plan| plan.has("input")).count();
    if with_input.saturating_add(1).saturating_mul(usages.len()) > MOST_PRICED {
        let message = "so many usages are too many to be priced for each plan; give those that are alike once, with a count";
        return Err(Problem::new(Code::TooMany, "usages", message).into());
    }
    let base = taken(tariff, usages, &Usage::default());
    let mut compared: Vec<PlanCost<'t>> = Vec::new();
    let mut costs: Vec<Exact> = Vec::new();
    for plan in plans {
        let input = plan.get("input").cloned();
        let input = input.map_or_else(Usage::default, Usage::from_node);
        let own;
        let units = if input.members.is_empty() {
            &base
        } else {
            own = taken(tariff, usages, &input);
            &own
        };
        let (cost, exact) = compare(tariff, plan, &input, units, every);
        if exact.is_lost() {
            let message = filled("what \"{}\" costs cannot be held exactly", &[&cost.plan]);
            return Err(Problem::new(Code::Overflow, "plans", message).into());
        }
        let mut place = 0_usize;
        for (other, than) in compared.iter().zip(&costs) {
            let goes_before = match other.covers == cost.covers {
                true => than.is_above(exact),
                false => cost.covers,
            };
            if goes_before {
                break;
            }
            place = place.wrapping_add(1);
        }
        compared.insert(place, cost);
        costs.insert(place, exact);
    }
    let totals = match base {
        Ok(units) => Some(shown(tariff, &units)),
        Err(error) if compared.iter().all(|plan| plan.problem.is_some()) => return Err(error),
        Err(_) => None,
    };
    let best = compared.first().filter(|plan| plan.covers);
    Ok(Recommendation {
        every,
        totals,
        best: best.map(|plan| plan.plan),
        plans: compared,
    })
}

/// The plans in one currency.
fn chosen<'t>(tariff: &'t Tariff, currency: Option<&str>) -> Result<Vec<&'t Node>, Error> {
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
    let listed = crate::card::decode::listed(&known, ", ");
    let chosen = match (currency, known.as_slice()) {
        (None, [only]) => only,
        (None, _) => {
            let message = filled(
                "the plans are paid in {}; one of them is compared",
                &[&listed],
            );
            return refuse(Code::MissingKey, message);
        }
        (Some(currency), known) if known.contains(&currency) => currency,
        (Some(currency), _) => {
            let message = filled(
                "no plan is paid in \"{}\"; there is {}",
                &[&currency, &listed],
            );
            return refuse(Code::InvalidValue, message);
        }
    };
    let mut in_currency = Vec::with_capacity(plans.len());
    for plan in plans.iter().filter(|plan| currency_of(plan) == chosen) {
        in_currency.push(plan);
    }
    Ok(in_currency)
}

fn currency_of(plan: &Node) -> &str {
    plan.get("price")
        .map_or("", |price| price.text_at("currency"))
}

/// What all usages take of each balance, in units of its last decimal.
type Units = Result<Vec<u128>, Error>;

/// What the usages take with the values of a plan.
fn taken(tariff: &Tariff, usages: &[(Usage, u32)], input: &Usage) -> Units {
    let mut sums = vec![0_u128; tariff.balances.len()];
    for (index, (usage, count)) in usages.iter().enumerate() {
        let mut usage = usage.clone();
        for member in &input.members {
            usage.set(&member.key, usage::Value(member.value.clone()));
        }
        let given = usage::read_given(tariff, &usage);
        let bill = given.and_then(|given| {
            let values = usage::settle(tariff, given);
            bill(tariff, &values.slots, false)
        });
        let bill = bill.map_err(|error| error.within(&filled("usages[{}]", &[&index])))?;
        let totals = bill.totals.iter().zip(&tariff.balances);
        for (sum, (exact, rule)) in sums.iter_mut().zip(totals) {
            let units = rule.round.units(*exact, rule.unit);
            // Below 15 digits, so often as a count of 10 digits says.
            *sum = sum.wrapping_add(units.wrapping_mul(u128::from(*count)));
            if *sum >= MOST_UNITS {
                let message = "all usages together take more than can be held exactly";
                return Err(Problem::new(Code::TooLarge, "usages", message).into());
            }
        }
    }
    Ok(sums)
}

/// A sum has fewer units than this: 15 digits, which a double tells apart.
const MOST_UNITS: u128 = 1_000_000_000_000_000;

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

/// What a plan costs in one period.
fn compare<'t>(
    tariff: &'t Tariff,
    plan: &'t Node,
    input: &Usage,
    need: &Units,
    every: Every,
) -> (PlanCost<'t>, Exact) {
    const NOTHING: &Node = &Node {
        kind: Kind::Undefined,
        offset: 0,
    };
    let price = plan.get("price").unwrap_or(NOTHING);
    let amount = price.ratio_at("amount").unwrap_or(Ratio::ZERO);
    let own = Every::named(price.text_at("every"));
    // So many periods of the plan are in the one that is asked for.
    let periods = own.map_or(Exact::ONE, |own| {
        Exact::new(in_a_year(own), in_a_year(every))
    });
    let (units, problem) = match need {
        Ok(units) => (units.as_slice(), None),
        Err(error) => (&[][..], Some(error.first().clone())),
    };
    let of_unit = |units: u128, decimals: u8| {
        Exact::new(units, 10_u128.saturating_pow(decimals.into())).over(periods)
    };
    let mut needs = Vec::with_capacity(units.len());
    for (units, rule) in units.iter().zip(&tariff.balances) {
        needs.push(of_unit(*units, rule.decimals));
    }
    // The inputs as the plan's customers have them, for what its overage may depend on.
    let given = usage::given(&tariff.sources, input, &mut Vec::new());
    let buying = Buying {
        tariff,
        plan,
        price: Exact::of(amount),
        needs,
        slots: usage::settle(tariff, given).slots,
    };
    let bought = match own {
        None if problem.is_none() => buying.cheapest(),
        _ => buying.buy(1),
    };
    let mut used = ByBalance::default();
    for (need, rule) in buying.needs.iter().zip(&tariff.balances) {
        used.push(&rule.id, need.shown(rule.decimals, Rounding::HalfUp));
    }
    let mut missing = ByBalance::default();
    let mut overage = Vec::new();
    for Beyond {
        balance,
        over,
        sold,
    } in &bought.beyond
    {
        let Some(rule) = tariff.balances.get(*balance) else {
            continue;
        };
        let amount = over.shown(rule.decimals, Rounding::Up);
        match sold {
            None => missing.push(&rule.id, amount),
            Some((quantity, cost)) => overage.push((
                rule.id.as_str(),
                Over {
                    amount,
                    quantity: quantity.shown(rule.decimals, Rounding::Up),
                    cost: cost.shown(2, Rounding::HalfUp),
                },
            )),
        }
    }
    let mut allowances = Vec::new();
    for member in plan.get("allowances").map_or(&[][..], Node::members) {
        if member.is_defined() {
            allowances.push((member.key.as_str(), member.value.ratio()));
        }
    }
    let cost = bought.cost.times(periods);
    let mut answer = PlanCost {
        plan: plan.text_at("id"),
        label: plan.text_at("label"),
        currency: price.text_at("currency"),
        cost: cost.shown(2, Rounding::HalfUp),
        price: amount,
        every: own,
        count: match own {
            Some(_) => None,
            None => u64::try_from(bought.count).ok(),
        },
        allowances: ByPlan(allowances),
        used,
        overage: ByPlan(overage),
        covers: problem.is_none() && missing.is_empty(),
        missing,
        problem,
        sentence: String::new(),
    };
    answer.sentence = answer.sentence(tariff, every);
    (answer, cost)
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
    beyond: Vec<Beyond>,
}

/// What is needed of a balance beyond its allowance.
struct Beyond {
    balance: usize,
    over: Exact,
    /// What is billed for it and what that costs; `None` where it has no price.
    sold: Option<(Exact, Exact)>,
}

impl Bought {
    fn missing(&self) -> usize {
        let beyond = self.beyond.iter();
        beyond.filter(|beyond| beyond.sold.is_none()).count()
    }
}

impl Buying<'_> {
    fn at(&self, key: &str, balance: usize) -> Option<&Node> {
        let id = &self.tariff.balances.get(balance)?.id;
        self.plan.get(key)?.get(id)
    }

    fn allowance(&self, balance: usize) -> Exact {
        Exact::of(
            self.at("allowances", balance)
                .map_or(Ratio::ZERO, Node::ratio),
        )
    }

    /// Packs that cover what they can; fewer where what is over is cheaper to buy.
    fn cheapest(&self) -> Bought {
        let mut most = 0;
        for (balance, need) in self.needs.iter().enumerate() {
            let one = self.allowance(balance);
            most = most.max(match one.is_zero() {
                true => u128::from(!need.is_zero()),
                false => need.over(one).units(1, Rounding::Up),
            });
        }
        let mut best = self.buy(most);
        if self.plan.has("overage") {
            let least = most.saturating_sub(MOST_PACKS).max(1);
            for count in (least..most).rev().chain([1]) {
                let found = self.buy(count);
                if found.missing() <= best.missing() && !found.cost.is_above(best.cost) && most > 0
                {
                    best = found;
                }
            }
        }
        best
    }

    fn buy(&self, count: u128) -> Bought {
        let count_exact = Exact::whole(count);
        let mut bought = Bought {
            count,
            cost: self.price.times(count_exact),
            beyond: Vec::new(),
        };
        for (balance, need) in self.needs.iter().enumerate() {
            let over = need.less(self.allowance(balance).times(count_exact));
            if over.is_zero() {
                continue;
            }
            let overage = self.at("overage", balance);
            let sold = overage.and_then(|overage| self.overage(overage, over));
            bought.cost = match sold {
                _ if over.is_lost() => Exact::LOST,
                Some((_, cost)) => bought.cost.plus(cost),
                None => bought.cost,
            };
            bought.beyond.push(Beyond {
                balance,
                over,
                sold,
            });
        }
        bought
    }

    /// What is billed for so much over, and what that costs.
    fn overage(&self, overage: &Node, over: Exact) -> Option<(Exact, Exact)> {
        let mut billed = over;
        if let Some(quantity) = overage.get("quantity") {
            let minimum = self.number(quantity.get("minimum"), Exact::ZERO)?;
            if minimum.is_above(billed) {
                billed = minimum;
            }
            let increment = self.number(quantity.get("increment"), Exact::ZERO)?;
            if !increment.is_zero() {
                let round = Rounding::named(quantity.text_at("round")).unwrap_or(Rounding::Up);
                billed = Exact::whole(billed.over(increment).units(1, round)).times(increment);
            }
        }
        let price = overage.get("price")?;
        if !price.has("tiers") {
            return Some((billed, self.tier(price, billed)?));
        }
        let graduated = price.text_at("mode") == "graduated";
        let mut cost = Exact::ZERO;
        let mut below = Exact::ZERO;
        for tier in price.list("tiers") {
            let up_to = self.number(tier.get("upTo"), billed)?;
            let goes_on = billed.is_above(up_to);
            let reached = if goes_on { up_to } else { billed };
            if graduated && billed.is_above(below) {
                cost = cost.plus(self.tier(tier, reached.less(below))?);
            } else if !graduated && !goes_on {
                cost = self.tier(tier, billed)?;
            }
            if !goes_on {
                return Some((billed, cost));
            }
            below = reached;
        }
        None
    }

    fn tier(&self, tier: &Node, quantity: Exact) -> Option<Exact> {
        let flat = self.number(tier.get("flat"), Exact::ZERO)?;
        let amount = self.number(tier.get("amount"), Exact::ZERO)?;
        let per = self.number(tier.get("per"), Exact::ONE)?;
        Some(quantity.over(per).times(amount).plus(flat))
    }

    /// A number of the plan, or the one for its customers' value of an input; `None` where that is not offered.
    fn number(&self, node: Option<&Node>, absent: Exact) -> Option<Exact> {
        let Some(node) = node else {
            return Some(absent);
        };
        let Kind::Object(members) = &node.kind else {
            return match node.kind {
                Kind::Null => None,
                _ => Some(Exact::of(node.ratio())),
            };
        };
        let id = node.text_at("by");
        let mut sources = self.tariff.sources.iter().zip(&self.slots);
        let (source, slot) = sources.find(|(source, _)| source.id == id)?;
        let is_case = |key: &str| match (&source.kind, slot) {
            (SourceKind::Choice { options }, Slot::Choice(index)) => {
                options.get(*index).is_some_and(|option| option == key)
            }
            (_, Slot::Flag(flag)) => key == if *flag { "true" } else { "false" },
            (_, Slot::Number(number)) => {
                let scale = source.size().map_or(1, |(scale, _)| scale);
                Ratio::parse(key).and_then(|ratio| ratio.scaled(scale)) == Some(*number)
            }
            _ => false,
        };
        let mut cases = members.iter().filter(|member| member.key != "by");
        let case = cases.find(|member| is_case(&member.key))?;
        self.number(Some(&case.value), absent)
    }
}

impl PlanCost<'_> {
    fn sentence(&self, tariff: &Tariff, every: Every) -> String {
        let per =
            |every: Option<Every>| every.map_or_else(String::new, |e| joined(&[" a ", e.as_str()]));
        let currency = self.currency;
        let money = |amount: Amount| {
            let money = written(&amount);
            joined(&[money.strip_suffix(".00").unwrap_or(&money), " ", currency])
        };
        let words = |id: &str, amount: Amount| {
            let balance = tariff.balances.iter().position(|rule| rule.id == id);
            words::amount(tariff, balance.unwrap_or(0), amount)
        };
        let price = match self.price.scaled(100) {
            Some(cents) => money(amount(cents, 2)),
            None => joined(&[&written(&self.price), " ", currency]),
        };
        let single = price + &per(self.every);
        let mut said = match self.count.filter(|count| *count != 1) {
            Some(count) => joined(&[&digits(count.into()), " × ", &single]),
            None => single.clone(),
        };
        let mut joint = " with ";
        for (id, allowance) in self.allowances.iter() {
            let balance = tariff.balances.iter().position(|rule| rule.id == id);
            let unit = words::unit(tariff, balance.unwrap_or(0), allowance == Ratio::ONE);
            said += &joined(&[joint, &written(&allowance), " ", &unit]);
            joint = " and ";
        }
        for (id, over) in self.overage.iter() {
            let more = words(id, over.amount);
            said += &joined(&[", ", &money(over.cost), " for ", &more, " more"]);
        }
        for (id, missing) in self.missing.iter() {
            said += &joined(&[", ", &words(id, missing), " too few"]);
        }
        if let Some(problem) = &self.problem {
            said += ", not for these usages: ";
            said += problem.message();
        }
        let all = money(self.cost) + &per(self.every.map(|_| every));
        if self.problem.is_none() && all != single {
            said += ": ";
            said += &all;
        }
        said
    }
}

/// A fraction in lowest terms, not below 0; or lost, where a figure on the way could not be held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Exact {
    above: u128,
    below: u128,
}

impl Exact {
    const ZERO: Self = Self { above: 0, below: 1 };
    const ONE: Self = Self { above: 1, below: 1 };
    const LOST: Self = Self {
        above: TOO_LARGE,
        below: 1,
    };

    fn of(ratio: Ratio) -> Self {
        Self {
            above: ratio.numerator().into(),
            below: ratio.denominator().into(),
        }
    }

    const fn whole(above: u128) -> Self {
        Self { above, below: 1 }
    }

    #[inline(never)]
    fn new(above: u128, below: u128) -> Self {
        if above == TOO_LARGE || below == TOO_LARGE || below == 0 {
            return Self::LOST;
        }
        let (above, below) = lowest_terms(above, below);
        Self { above, below }
    }

    const fn is_lost(self) -> bool {
        self.above == TOO_LARGE
    }

    const fn is_zero(self) -> bool {
        self.above == 0
    }

    /// Both over one denominator.
    #[inline(never)]
    fn together(self, other: Self) -> (u128, u128, u128) {
        let below = lcm(self.below, other.below);
        (
            times(self.above, divide(below, self.below)),
            times(other.above, divide(below, other.below)),
            below,
        )
    }

    fn plus(self, other: Self) -> Self {
        let (own, others, below) = self.together(other);
        Self::new(own.saturating_add(others), below)
    }

    /// The difference; 0 where the other is larger.
    fn less(self, other: Self) -> Self {
        match self.together(other) {
            (TOO_LARGE, ..) | (_, TOO_LARGE, _) => Self::LOST,
            (own, others, below) => Self::new(own.saturating_sub(others), below),
        }
    }

    /// What is lost is above all else.
    fn is_above(self, other: Self) -> bool {
        let (own, others, _) = self.together(other);
        own > others
    }

    #[inline(never)]
    fn times(self, other: Self) -> Self {
        if self.is_lost() || other.is_lost() {
            return Self::LOST;
        }
        let (left, right) = (
            lowest_terms(self.above, other.below),
            lowest_terms(other.above, self.below),
        );
        Self::new(times(left.0, right.0), times(left.1, right.1))
    }

    fn over(self, other: Self) -> Self {
        self.times(Self::new(other.below, other.above))
    }

    /// This times `scale`, rounded to a whole number.
    #[inline(never)]
    fn units(self, scale: u128, round: Rounding) -> u128 {
        match (times(self.above, scale), self.below) {
            (TOO_LARGE, _) | (_, 0) => TOO_LARGE,
            (above, below) => round.units(above, below),
        }
    }

    fn shown(self, decimals: u8, round: Rounding) -> Amount {
        let unit = 10_u128.saturating_pow(decimals.into());
        amount(self.units(unit, round), decimals)
    }
}
