//! Tariff + usage -> estimate.

use crate::{
    amount::{Amount, Quantity, Rounding},
    card::{Mode, Step},
    error::{Code, Error, Problem},
    exact::Ratio,
    shape::{Fields, Shape, serialize_by_shape},
    tariff::{
        Billing, ChargeRule, Held, PlaceRule, QuantityRule, Slot, SourceKind, Tariff, TierRule,
        Tree, Trouble, View, needed,
    },
    text::filled,
    usage::{self, Usage},
};

/// What a usage will cost. Serialized, it is the object that the JavaScript API returns.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Estimate<'t> {
    /// The card that priced it.
    pub card: CardRef<'t>,
    /// The total of each balance, in the card's order; balances are never added to each other.
    pub totals: ByBalance<'t>,
    /// What the totals are made of, in the card's order.
    pub lines: Vec<Line<'t>>,
    /// By how much a shown total differs from the sum of its shown lines, where it does.
    pub rounding: ByBalance<'t>,
    /// What was taken for granted.
    pub assumptions: Vec<Stated<'t>>,
    /// Inputs that were given and that the others leave out.
    pub ignored: Vec<&'t str>,
}

impl Estimate<'_> {
    pub(crate) fn shape(&self) -> Shape<'_> {
        self.fields(Shape::list(&self.lines, Line::shape)).object()
    }

    /// Its entries, with `lines` in the place of its own.
    pub(crate) fn fields<'a>(&'a self, lines: Shape<'a>) -> Fields<'a> {
        let mut fields = Fields::new();
        fields.put("card", self.card.shape());
        fields.put("totals", self.totals.shape());
        fields.put("lines", lines);
        fields.put("rounding", self.rounding.shape());
        let assumptions = Shape::list(&self.assumptions, Stated::shape);
        fields.put("assumptions", assumptions);
        fields.put("ignored", Shape::texts(&self.ignored));
        fields
    }
}

serialize_by_shape!(
    Estimate<'_>,
    CardRef<'_>,
    Line<'_>,
    Stated<'_>,
    ByBalance<'_>
);

impl CardRef<'_> {
    fn shape(&self) -> Shape<'_> {
        let mut fields = Fields::new();
        fields.text("id", self.id);
        fields.text_of("version", self.version);
        fields.object()
    }
}

impl Line<'_> {
    fn shape(&self) -> Shape<'_> {
        self.fields().object()
    }

    pub(crate) fn fields(&self) -> Fields<'_> {
        let mut fields = Fields::new();
        fields.text("charge", self.charge);
        fields.text("label", self.label);
        fields.text("balance", self.balance);
        fields.number("quantity", &self.quantity);
        fields.amount("amount", &self.amount);
        fields
    }
}

impl Stated<'_> {
    fn shape(&self) -> Shape<'_> {
        let mut fields = Fields::new();
        fields.text("id", self.id);
        fields.text("text", self.text);
        fields.text_of("because", self.because);
        fields.object()
    }
}

/// The card that priced an estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct CardRef<'t> {
    /// The card's id.
    pub id: &'t str,
    /// The card's version, where it has one.
    pub version: Option<&'t str>,
}

/// One charge of an estimate.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Line<'t> {
    /// The charge's id.
    pub charge: &'t str,
    /// What people call it.
    pub label: &'t str,
    /// The balance it is charged in.
    pub balance: &'t str,
    /// The billed quantity, in the unit of its input: seconds for a duration; 1 where nothing is counted.
    pub quantity: Quantity,
    /// The exact amount, rounded like its balance.
    pub amount: Amount,
}

/// Something taken for granted where the card's source is silent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stated<'t> {
    /// The assumption's id.
    pub id: &'t str,
    /// What is assumed, as a sentence.
    pub text: &'t str,
    /// Why it is.
    pub because: Option<&'t str>,
}

/// Amounts by balance.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ByBalance<'t>(Vec<(&'t str, Amount)>);

impl<'t> ByBalance<'t> {
    pub(crate) const fn new(amounts: Vec<(&'t str, Amount)>) -> Self {
        Self(amounts)
    }

    /// The amount of a balance.
    #[must_use]
    pub fn get(&self, balance: &str) -> Option<Amount> {
        let found = self.0.iter().find(|(id, _)| *id == balance);
        found.map(|(_, amount)| *amount)
    }

    pub(crate) fn push(&mut self, balance: &'t str, amount: Amount) {
        self.0.push((balance, amount));
    }

    /// The balances and their amounts, in the card's order.
    pub fn iter(&self) -> impl Iterator<Item = (&'t str, Amount)> {
        self.0.iter().copied()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn shape(&self) -> Shape<'_> {
        let mut fields = Fields::new();
        for (balance, amount) in &self.0 {
            fields.amount(balance, amount);
        }
        fields.object()
    }
}

/// Prices a usage, exactly.
///
/// # Errors
///
/// Every problem of the usage, with the path to the input: an unknown input or option, a value of the wrong
/// type or beyond the input's limits, an input that a charge needs and that is missing, or something that
/// the card has no price for.
pub fn estimate<'t>(tariff: &'t Tariff, usage: &Usage) -> Result<Estimate<'t>, Error> {
    let values = usage::read(tariff, usage)?;
    let bill = bill(tariff, &values.slots, false)?;
    Ok(present(tariff, &values, &bill))
}

/// The charges that are made, and their exact sums over each balance's denominator.
#[derive(Debug)]
pub(crate) struct Bill {
    pub(crate) items: Vec<BillItem>,
    pub(crate) totals: Vec<u128>,
    /// The charges that are not made and why, where the bill is traced.
    pub(crate) not_made: Vec<(usize, Unmade)>,
}

#[derive(Debug)]
pub(crate) struct BillItem {
    pub(crate) charge: usize,
    pub(crate) made: Made,
}

/// What a charge comes to.
#[derive(Debug, Default)]
pub(crate) struct Made {
    /// The billed quantity over the charge's scale.
    pub(crate) billed: u128,
    /// The amount over its balance's denominator.
    pub(crate) amount: u128,
    steps: Steps,
    /// What was done to come to it, where the bill is traced; not what was done for each item of a list.
    pub(crate) trace: Option<Vec<Traced>>,
}

impl Made {
    fn say(&mut self, traced: impl FnOnce() -> Traced) {
        if let Some(trace) = &mut self.trace {
            trace.push(traced());
        }
    }
}

/// One thing that the pipeline did. Quantities are over the charge's scale, amounts over its balance's denominator
/// (before the factors, over that without theirs).
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Traced {
    /// Starts with this quantity: the whole one, or the next item.
    Consumed(u128),
    /// Raised to it.
    Minimum(u128),
    /// Taken to a multiple of `increment` that is another figure.
    Increment { increment: u128, billed: u128 },
    /// Priced by a tier.
    Price(PricedTier),
    /// Multiplied by the factor of this index.
    Factor {
        index: usize,
        factor: u128,
        result: u128,
    },
    /// Raised to it.
    MinimumAmount(u128),
    /// Lowered to it.
    MaximumAmount(u128),
    /// Taken to a multiple of `unit` that is another figure.
    Round { unit: u128, result: u128 },
    /// All items together, multiplied.
    Times { source: usize, times: u128 },
}

/// A quantity in one tier.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PricedTier {
    pub(crate) index: usize,
    pub(crate) quantity: u128,
    pub(crate) up_to: Option<u128>,
    /// The amount of one unit over the charge's scale.
    pub(crate) rate: Option<u128>,
    /// The `per` that the card says the rate by.
    pub(crate) per: Option<Ratio>,
    pub(crate) flat: Option<u128>,
    pub(crate) result: u128,
}

/// Why a charge is not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unmade {
    /// This source, which it measures, is missing.
    Missing(usize),
    /// This source, which it measures, is left out.
    LeftOut(usize),
    /// Its conditions do not hold.
    Condition,
    /// This source, which it measures or is multiplied by, is 0.
    Zero(usize),
}

/// Which steps changed a figure.
#[derive(Debug, Default, Clone, Copy)]
struct Steps {
    minimum: bool,
    increment: bool,
    minimum_amount: bool,
    maximum_amount: bool,
    round: bool,
}

impl Steps {
    const fn has(self, step: Step) -> bool {
        match step {
            Step::Minimum => self.minimum,
            Step::Increment => self.increment,
            Step::MinimumAmount => self.minimum_amount,
            Step::MaximumAmount => self.maximum_amount,
            Step::Round => self.round,
        }
    }
}

/// Prices every charge. A traced bill also tells what was done for each of them.
pub(crate) fn bill(tariff: &Tariff, slots: &[Slot], traced: bool) -> Result<Bill, Error> {
    let mut not_made = Vec::new();
    let mut items = Vec::with_capacity(tariff.charges.len());
    let mut totals = vec![0_u128; tariff.balances.len()];
    let mut problems = Vec::new();
    for (index, rule) in tariff.charges.iter().enumerate() {
        match charge(rule, slots, traced) {
            Ok(Err(unmade)) if traced => not_made.push((index, unmade)),
            Ok(Err(_)) => {}
            Ok(Ok(made)) => {
                if let Some(total) = totals.get_mut(rule.balance) {
                    *total = total.wrapping_add(made.amount);
                }
                items.push(BillItem {
                    charge: index,
                    made,
                });
            }
            Err(trouble) => problems.push(explain_trouble(tariff, slots, index, trouble)),
        }
    }
    match Error::from_problems(problems) {
        Some(error) => Err(error),
        None => Ok(Bill {
            items,
            totals,
            not_made,
        }),
    }
}

// From here to the end of the pipeline every figure stays within the bounds that were proven when the card
// was compiled (`card::compile::Bounds`), so the arithmetic is plain; `wrapping` says that it cannot overflow.

/// Where a charge is in trouble that counts nothing.
const NO_SOURCE: usize = usize::MAX;

/// Steps 1 to 6 of a charge, or why it is not made.
pub(crate) fn charge(
    rule: &ChargeRule,
    slots: &[Slot],
    traced: bool,
) -> Result<Result<Made, Unmade>, Trouble> {
    let measured = rule.quantity.as_ref().map(|quantity| quantity.of);
    if let Some(of) = measured {
        match slots.get(of) {
            None | Some(Slot::Missing) => return Ok(Err(Unmade::Missing(of))),
            Some(Slot::LeftOut) => return Ok(Err(Unmade::LeftOut(of))),
            Some(_) => {}
        }
    }
    match rule.when.held(slots) {
        Held::No => return Ok(Err(Unmade::Condition)),
        Held::Unknown(source) => {
            return Err(Trouble {
                code: Code::MissingInput,
                source,
            });
        }
        Held::Yes => {}
    }
    let consumed = match measured {
        Some(of) => match needed(slots, of)? {
            slot if slot.number() == 0 => return Ok(Err(Unmade::Zero(of))),
            slot => Some(slot),
        },
        None => None,
    };
    let times = match rule.times {
        Some(source) => match needed(slots, source)?.number() {
            0 => return Ok(Err(Unmade::Zero(source))),
            times => times,
        },
        None => 1,
    };
    let mut made = Made {
        trace: traced.then(Vec::new),
        ..Made::default()
    };
    let view = &View { slots, item: None };
    match (consumed, &rule.quantity) {
        (Some(Slot::List { items, .. }), Some(quantity)) if quantity.each => {
            // A long list is not traced item by item: whoever explains it asks for each different item.
            let trace = made.trace.take();
            for item in items.iter().filter(|item| **item > 0) {
                price_listed(rule, quantity, *item, slots, &mut made)?;
            }
            made.trace = trace;
        }
        (Some(slot), Some(quantity)) => {
            let consumed = slot.number().wrapping_mul(quantity.scale);
            price_item(rule, Some(&quantity.billing), consumed, view, &mut made)?;
        }
        _ => price_item(rule, None, rule.scale, view, &mut made)?,
    }
    made.amount = made.amount.wrapping_mul(times);
    if let Some(source) = rule.times {
        made.say(|| Traced::Times { source, times });
    }
    Ok(Ok(made))
}

fn price_listed(
    rule: &ChargeRule,
    quantity: &QuantityRule,
    item: u128,
    slots: &[Slot],
    made: &mut Made,
) -> Result<(), Trouble> {
    let consumed = item.wrapping_mul(quantity.scale);
    let view = &View {
        slots,
        item: Some((quantity.of, item)),
    };
    price_item(rule, Some(&quantity.billing), consumed, view, made)
}

/// What one item of a list comes to by itself, traced.
pub(crate) fn made_of_item(
    rule: &ChargeRule,
    quantity: &QuantityRule,
    item: u128,
    slots: &[Slot],
) -> Result<Made, Trouble> {
    let mut made = Made {
        trace: Some(Vec::new()),
        ..Made::default()
    };
    price_listed(rule, quantity, item, slots, &mut made)?;
    Ok(made)
}

/// Steps 2 to 5 for one quantity, added to what the charge came to so far.
fn price_item(
    rule: &ChargeRule,
    billing: Option<&Billing>,
    consumed: u128,
    view: &View<'_>,
    made: &mut Made,
) -> Result<(), Trouble> {
    made.say(|| Traced::Consumed(consumed));
    let billed = match billing {
        Some(billing) => bill_quantity(billing, consumed, view, made)?,
        None => consumed,
    };
    let mut amount = price(rule, billed, view, made)?;
    for (index, factor) in rule.factors.iter().enumerate() {
        let factor = *factor.resolve(view)?;
        amount = amount.wrapping_mul(factor);
        made.say(|| Traced::Factor {
            index,
            factor,
            result: amount,
        });
    }
    if let Some(least) = resolved(&rule.minimum_amount, view)?
        && amount < least
    {
        amount = least;
        made.steps.minimum_amount = true;
        made.say(|| Traced::MinimumAmount(least));
    }
    if let Some(most) = resolved(&rule.maximum_amount, view)?
        && amount > most
    {
        amount = most;
        made.steps.maximum_amount = true;
        made.say(|| Traced::MaximumAmount(most));
    }
    if let Some((mode, unit)) = &rule.round {
        let unit = *unit.resolve(view)?;
        let rounded = to_multiple(*mode, amount, unit);
        if rounded != amount {
            made.steps.round = true;
            made.say(|| Traced::Round {
                unit,
                result: rounded,
            });
        }
        amount = rounded;
    }
    made.billed = made.billed.wrapping_add(billed);
    made.amount = made.amount.wrapping_add(amount);
    Ok(())
}

pub(crate) fn bill_quantity(
    billing: &Billing,
    consumed: u128,
    view: &View<'_>,
    made: &mut Made,
) -> Result<u128, Trouble> {
    let mut quantity = consumed;
    if let Some(minimum) = resolved(&billing.minimum, view)?
        && quantity < minimum
    {
        quantity = minimum;
        made.steps.minimum = true;
        made.say(|| Traced::Minimum(minimum));
    }
    if let Some(increment) = resolved(&billing.increment, view)? {
        let billed = to_multiple(billing.round, quantity, increment);
        if billed != quantity {
            made.steps.increment = true;
            made.say(|| Traced::Increment { increment, billed });
        }
        quantity = billed;
    }
    Ok(quantity)
}

fn price(
    rule: &ChargeRule,
    billed: u128,
    view: &View<'_>,
    made: &mut Made,
) -> Result<u128, Trouble> {
    let mut amount = 0_u128;
    let mut below = 0_u128;
    for (index, tier) in rule.price.tiers.iter().enumerate() {
        let up_to = resolved(&tier.up_to, view)?;
        let reached_whole = up_to.is_none_or(|up_to| billed <= up_to);
        match rule.price.mode {
            None | Some(Mode::Volume) => {
                if reached_whole {
                    return tier_amount((index, tier), billed, view, made);
                }
            }
            Some(Mode::Graduated) => {
                if billed > below {
                    let top = up_to.unwrap_or(billed).min(billed);
                    let units = top.wrapping_sub(below);
                    amount = amount.wrapping_add(tier_amount((index, tier), units, view, made)?);
                }
                if reached_whole {
                    return Ok(amount);
                }
            }
        }
        below = up_to.unwrap_or(below);
    }
    let measured = rule.quantity.as_ref().map(|quantity| quantity.of);
    Err(Trouble {
        code: Code::NotOffered,
        source: measured.unwrap_or(NO_SOURCE),
    })
}

fn tier_amount(
    (index, tier): (usize, &TierRule),
    quantity: u128,
    view: &View<'_>,
    made: &mut Made,
) -> Result<u128, Trouble> {
    let mut rate = resolved(&tier.amount, view)?;
    if let (Some(rate), Some(inverse_per)) = (&mut rate, resolved(&tier.inverse_per, view)?) {
        *rate = rate.wrapping_mul(inverse_per);
    }
    let flat = resolved(&tier.flat, view)?;
    let amount = rate.unwrap_or(0).wrapping_mul(quantity);
    let result = amount.wrapping_add(flat.unwrap_or(0));
    made.say(|| {
        Traced::Price(PricedTier {
            index,
            quantity,
            up_to: resolved(&tier.up_to, view).unwrap_or(None),
            rate,
            per: tier
                .per
                .as_ref()
                .and_then(|per| per.resolve(view).ok().copied()),
            flat,
            result,
        })
    });
    Ok(result)
}

#[inline(never)]
pub(crate) fn resolved(
    tree: &Option<Box<Tree<u128>>>,
    view: &View<'_>,
) -> Result<Option<u128>, Trouble> {
    Ok(match tree {
        Some(tree) => Some(*tree.resolve(view)?),
        None => None,
    })
}

pub(crate) fn to_multiple(mode: Rounding, value: u128, unit: u128) -> u128 {
    mode.units(value, unit).wrapping_mul(unit)
}

fn explain_trouble(tariff: &Tariff, slots: &[Slot], charge: usize, trouble: Trouble) -> Problem {
    let source = tariff.sources.get(given_part(tariff, slots, trouble));
    let input = source.map_or("", |source| source.id.as_str());
    let charge = tariff
        .charges
        .get(charge)
        .map_or("", |rule| rule.id.as_str());
    let message = match trouble.code {
        Code::LeftOut => filled(
            "the charge \"{}\" needs \"{}\", which is not asked for with these inputs",
            &[&charge, &input],
        ),
        Code::NotOffered if input.is_empty() => filled(
            "the charge \"{}\" has no price for its quantity",
            &[&charge],
        ),
        Code::NotOffered => filled(
            "the charge \"{}\" has no price for this value of \"{}\"",
            &[&charge, &input],
        ),
        _ => filled(
            "the charge \"{}\" needs \"{}\", which is missing",
            &[&charge, &input],
        ),
    };
    Problem::new(trouble.code, input, message)
}

/// The input that a caller can give: for a computed one, its first part that is why.
pub(crate) fn given_part(tariff: &Tariff, slots: &[Slot], trouble: Trouble) -> usize {
    let is_left_out = trouble.code == Code::LeftOut;
    let Some(SourceKind::Computed(computed)) = tariff
        .sources
        .get(trouble.source)
        .map(|source| &source.kind)
    else {
        return trouble.source;
    };
    let is_why = |part: &&(usize, u128)| match slots.get(part.0) {
        Some(Slot::LeftOut) => is_left_out,
        Some(Slot::Missing) => !is_left_out,
        _ => false,
    };
    let part = computed
        .parts
        .iter()
        .find(is_why)
        .or(computed.parts.first());
    part.map_or(trouble.source, |(source, _)| {
        let source = *source;
        given_part(tariff, slots, Trouble { source, ..trouble })
    })
}

pub(crate) fn present<'t>(tariff: &'t Tariff, values: &usage::Values, bill: &Bill) -> Estimate<'t> {
    let shown = |balance: usize, exact: u128| match tariff.balances.get(balance) {
        Some(rule) => {
            // Compiling proved that a shown figure has 15 digits at most.
            let units = rule.round.units(exact, rule.unit);
            Amount::new(i64::try_from(units).unwrap_or(i64::MAX), rule.decimals)
        }
        None => Amount::new(0, 0),
    };
    let mut lines = Vec::with_capacity(bill.items.len());
    let mut shown_sums = vec![0_i64; tariff.balances.len()];
    for item in &bill.items {
        let Some(rule) = tariff.charges.get(item.charge) else {
            continue;
        };
        let Some(balance) = tariff.balances.get(rule.balance) else {
            continue;
        };
        let amount = shown(rule.balance, item.made.amount);
        if let Some(sum) = shown_sums.get_mut(rule.balance) {
            *sum = sum.saturating_add(amount.units());
        }
        lines.push(Line {
            charge: &rule.id,
            label: &rule.label,
            balance: &balance.id,
            quantity: Quantity::new(item.made.billed, rule.scale),
            amount,
        });
    }
    let mut totals = Vec::with_capacity(bill.totals.len());
    let mut rounding = Vec::new();
    for (index, (rule, exact)) in tariff.balances.iter().zip(&bill.totals).enumerate() {
        let id = rule.id.as_str();
        let total = shown(index, *exact);
        totals.push((id, total));
        let sum = shown_sums.get(index).copied().unwrap_or(0);
        let difference = total.units().saturating_sub(sum);
        if difference != 0 {
            rounding.push((id, Amount::new(difference, total.decimals())));
        }
    }
    let decided = |place: &PlaceRule| match place {
        PlaceRule::Charges(charges, step) => bill.items.iter().any(|item| {
            charges.contains(&item.charge) && step.is_none_or(|step| item.made.steps.has(step))
        }),
        PlaceRule::BalanceRound(balance) => {
            let exact = bill.totals.get(*balance).copied().unwrap_or(0);
            tariff
                .balances
                .get(*balance)
                .is_some_and(|rule| exact.checked_rem(rule.unit) != Some(0))
        }
    };
    let mut assumptions = Vec::new();
    for rule in &tariff.assumptions {
        if rule.is_said(&values.slots, decided) {
            assumptions.push(Stated {
                id: &rule.id,
                text: &rule.text,
                because: rule.because.as_deref(),
            });
        }
    }
    let mut ignored = Vec::with_capacity(values.ignored.len());
    for index in &values.ignored {
        if let Some(source) = tariff.sources.get(*index) {
            ignored.push(source.id.as_str());
        }
    }
    Estimate {
        card: CardRef {
            id: &tariff.id,
            version: tariff.version.as_deref(),
        },
        totals: ByBalance(totals),
        lines,
        rounding: ByBalance(rounding),
        assumptions,
        ignored,
    }
}
