//! Where the price of a charge jumps, bends or starts anew along one input.

use crate::{
    along::{Along, Piece},
    amount::Quantity,
    estimate::{Traced, charge, resolved, to_multiple},
    shape::{Fields, Shape, serialize_by_shape},
    tariff::{ChargeRule, Held, QuantityRule, Slot, Tree, View},
};

/// A place where one charge changes its course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Edge<'t> {
    /// The last value before it, in the unit of the input: the price changes its course right after.
    pub at: Quantity,
    /// What happens there.
    pub kind: EdgeKind,
    /// The charge's id.
    pub charge: &'t str,
    /// The balance it is charged in.
    pub balance: &'t str,
    /// Of [`EdgeKind::Increment`], which stands for many: how far each is from the one before. `None` where they are not
    /// equally far apart.
    pub every: Option<Quantity>,
    /// Of [`EdgeKind::Increment`]: the last of them.
    pub to: Option<Quantity>,
    /// Of [`EdgeKind::Increment`]: how many they are.
    pub count: Option<u64>,
    /// Of [`EdgeKind::Tier`]: the tier that starts, counted from 0; `None` where there is no price beyond the last.
    pub tier: Option<usize>,
}

/// What happens at an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EdgeKind {
    /// The quantity is no longer raised to the minimum.
    Minimum,
    /// The billed quantity goes on to the next multiple of the increment.
    Increment,
    /// Another tier is reached.
    Tier,
    /// The charge starts or stops being made, or is priced by other numbers.
    Condition,
    /// The amount is no longer raised to the least that is charged.
    MinimumAmount,
    /// The amount reaches the most that is charged.
    MaximumAmount,
}

impl EdgeKind {
    /// The kind as it is written in JSON and JavaScript.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Minimum => "minimum",
            Self::Increment => "increment",
            Self::Tier => "tier",
            Self::Condition => "condition",
            Self::MinimumAmount => "minimumAmount",
            Self::MaximumAmount => "maximumAmount",
        }
    }
}

impl EdgeKind {
    const fn shape(self) -> Shape<'static> {
        Shape::Text(self.as_str())
    }
}

impl Edge<'_> {
    pub(crate) fn shape(&self) -> Shape<'_> {
        let mut fields = Fields::new();
        fields.number("at", &self.at);
        fields.put("kind", self.kind.shape());
        fields.text("charge", self.charge);
        fields.text("balance", self.balance);
        fields.number_of("every", self.every.as_ref());
        fields.number_of("to", self.to.as_ref());
        if let Some(count) = self.count {
            fields.put(
                "count",
                Shape::Whole(i64::try_from(count).unwrap_or(i64::MAX)),
            );
        }
        if let Some(tier) = self.tier {
            fields.count("tier", tier);
        }
        fields.object()
    }
}

serialize_by_shape!(Edge<'_>, EdgeKind);

/// The edges of one curve, found piece by piece.
#[derive(Default)]
pub(crate) struct Edges<'t> {
    found: Vec<(u128, Edge<'t>)>,
    /// Each charge at the end of the piece before, where there is one.
    before: Vec<State>,
    end: Option<u128>,
}

/// Increments of one charge: the first, the last, how far each is from the one before, how many.
struct Increments {
    at: u128,
    to: u128,
    every: Option<u128>,
    count: Option<u128>,
}

/// A charge in one piece.
#[derive(Default)]
struct State {
    /// Every number that it is priced by; `None` where it is not made.
    shape: Option<Vec<u128>>,
    tier: usize,
    /// Whether the amount is raised, and lowered, at the end of the piece.
    raised: bool,
    lowered: bool,
}

impl<'t> Edges<'t> {
    pub(crate) fn into_found(self) -> Vec<Edge<'t>> {
        let mut edges = Vec::with_capacity(self.found.len());
        for (_, edge) in &self.found {
            edges.push(*edge);
        }
        edges
    }

    /// Adds the edges in a piece and those between it and the one before.
    pub(crate) fn add(&mut self, along: &mut Along<'t>, piece: Piece) {
        let tariff = along.tariff;
        let before = std::mem::take(&mut self.before);
        let mut before = before.into_iter();
        for (index, rule) in tariff.charges.iter().enumerate() {
            let before = before.next();
            let state = self.charge(along, (index, rule), piece, before.as_ref());
            self.before.push(state);
        }
        self.end = Some(piece.last);
    }

    fn charge(
        &mut self,
        along: &mut Along<'t>,
        (index, rule): (usize, &ChargeRule),
        piece: Piece,
        before: Option<&State>,
    ) -> State {
        along.look_at(piece.first);
        let shape = shape(rule, &along.slots);
        along.tire(shape.as_ref().map_or(1, Vec::len));
        let measured = rule.quantity.as_ref().filter(|q| along.moves(q.of));
        let mut state = State {
            tier: measured.map_or(0, |_| tier(along, rule, piece.first)),
            shape,
            ..State::default()
        };
        // The edge that lies between two pieces is after the last value of the first.
        let low = match (before, self.end) {
            (Some(before), Some(end)) if before.shape != state.shape => {
                self.push(along, index, end, EdgeKind::Condition);
                piece.first
            }
            (Some(before), Some(end)) => {
                if before.tier != state.tier
                    && let Some(edge) = self.push(along, index, end, EdgeKind::Tier)
                {
                    edge.tier = rule.tiers().get(state.tier).map(|_| state.tier);
                }
                end
            }
            _ => piece.first,
        };
        if state.shape.is_none() || !piece.priced {
            return state;
        }
        if let Some(quantity) = measured {
            // That a charge is made at all, from the first value above 0 on, is no edge.
            let low = match consumed(along, quantity, low) {
                0 => piece.first,
                _ => low,
            };
            self.quantity(along, (index, rule, quantity), low, piece.last);
        }
        if rule.minimum_amount.is_some() || rule.maximum_amount.is_some() {
            let (raised, lowered) = limited(along, rule, piece.first);
            (state.raised, state.lowered) = limited(along, rule, piece.last);
            let was = before.filter(|_| low != piece.first);
            let grid = along.grid;
            let between = |at: bool| at.then_some(low);
            let raised = between(was.is_some_and(|was| was.raised) && !raised).or_else(|| {
                (raised && !state.raised).then(|| {
                    let mut over = |value| !limited(along, rule, value).0;
                    grid.before(grid.first(piece.first, piece.last, &mut over))
                })
            });
            let lowered = between(was.is_some_and(|was| !was.lowered) && lowered).or_else(|| {
                (!lowered && state.lowered).then(|| {
                    let mut over = |value| limited(along, rule, value).1;
                    grid.before(grid.first(piece.first, piece.last, &mut over))
                })
            });
            if let Some(at) = raised {
                self.push(along, index, at, EdgeKind::MinimumAmount);
            }
            if let Some(at) = lowered {
                self.push(along, index, at, EdgeKind::MaximumAmount);
            }
        }
        state
    }

    /// Where the minimum of a quantity ends, and where its increments start.
    fn quantity(
        &mut self,
        along: &mut Along<'t>,
        (index, rule, quantity): (usize, &ChargeRule, &QuantityRule),
        low: u128,
        last: u128,
    ) {
        let (Some(mut floor), Some(top)) = (along.billed(rule, low), along.billed(rule, last))
        else {
            return;
        };
        if low == last {
            return;
        }
        let before_last = consumed(along, quantity, along.grid.before(last));
        let moved = consumed(along, quantity, last).wrapping_sub(before_last);
        let start = consumed(along, quantity, low);
        let view = &View {
            slots: &along.slots,
            item: None,
        };
        let minimum = resolved(&quantity.billing.minimum, view);
        let increment = resolved(&quantity.billing.increment, view).unwrap_or(None);
        let mut low = low;
        if let Ok(Some(minimum)) = minimum
            && start <= minimum
        {
            let raised = match increment {
                Some(increment) => to_multiple(quantity.billing.round, minimum, increment),
                None => minimum,
            };
            if top <= raised {
                return;
            }
            let at = along.last_billed(rule, low, last, raised);
            self.push(along, index, at, EdgeKind::Minimum);
            low = along.grid.after(at, 1);
            floor = along.billed(rule, low).unwrap_or(raised);
        }
        let Some(increment) = increment else {
            return;
        };
        if top <= floor || increment <= moved {
            return;
        }
        let at = along.last_billed(rule, low, last, floor);
        let to = along.last_billed(rule, low, last, top.wrapping_sub(increment));
        let count = top.wrapping_sub(floor).checked_div(increment);
        let per_stride = quantity.scale.wrapping_mul(along.grid.stride);
        let is_even = quantity.of == along.source && increment.checked_rem(per_stride) == Some(0);
        let every = is_even
            .then(|| increment.checked_div(quantity.scale))
            .flatten();
        self.increments(
            along,
            index,
            Increments {
                at,
                to,
                every,
                count,
            },
        );
    }

    /// Adds increments, to those before them where they go on.
    fn increments(&mut self, along: &mut Along<'t>, charge: usize, found: Increments) {
        let Increments {
            at,
            to,
            every,
            count,
        } = found;
        let count = count.and_then(|count| u64::try_from(count).ok());
        let charges = &along.tariff.charges;
        let id = charges.get(charge).map(|charge| charge.id.as_str());
        along.tire(self.found.len() >> 3);
        let own = |(_, edge): &&mut (u128, Edge<'_>)| {
            edge.kind == EdgeKind::Increment && Some(edge.charge) == id
        };
        let every_shown = every.map(|every| along.quantity(every));
        if let Some((_, edge)) = self.found.iter_mut().rev().find(own)
            && edge.every == every_shown
            && every.is_none_or(|every| edge.to == Some(along.quantity(at.saturating_sub(every))))
        {
            edge.to = Some(along.quantity(to));
            edge.count = edge
                .count
                .zip(count)
                .map(|(some, more)| some.saturating_add(more));
            return;
        }
        let to = along.quantity(to);
        if let Some(edge) = self.push(along, charge, at, EdgeKind::Increment) {
            edge.every = every_shown;
            edge.to = Some(to);
            edge.count = count;
        }
    }

    /// Adds an edge in its order.
    fn push(
        &mut self,
        along: &mut Along<'t>,
        charge: usize,
        at: u128,
        kind: EdgeKind,
    ) -> Option<&mut Edge<'t>> {
        along.tire(16);
        let charge = along.tariff.charges.get(charge)?;
        let balance = along.tariff.balances.get(charge.balance)?;
        let edge = Edge {
            at: along.quantity(at),
            kind,
            charge: charge.id.as_str(),
            balance: balance.id.as_str(),
            every: None,
            to: None,
            count: None,
            tier: None,
        };
        let mut place = self.found.len();
        while let Some(before) = place.checked_sub(1)
            && self.found.get(before).is_some_and(|(other, _)| *other > at)
        {
            place = before;
        }
        self.found.insert(place, (at, edge));
        self.found.get_mut(place).map(|(_, edge)| edge)
    }
}

fn consumed(along: &mut Along<'_>, quantity: &QuantityRule, value: u128) -> u128 {
    along.look_at(value);
    let number = along.slots.get(quantity.of).map_or(0, Slot::number);
    number.wrapping_mul(quantity.scale)
}

/// The tier that a charge is in at a value.
fn tier(along: &mut Along<'_>, rule: &ChargeRule, value: u128) -> usize {
    let Some(billed) = along.billed(rule, value) else {
        return 0;
    };
    let view = &View {
        slots: &along.slots,
        item: None,
    };
    let is_below = |up_to| matches!(up_to, Ok(Some(up_to)) if up_to < billed);
    let below = rule
        .tiers()
        .iter()
        .take_while(|tier| is_below(resolved(&tier.up_to, view)));
    below.count()
}

/// Whether a charge's amount is no more than its least, and whether it is lowered to its most.
fn limited(along: &mut Along<'_>, rule: &ChargeRule, value: u128) -> (bool, bool) {
    along.look_at(value);
    let Ok(Ok(made)) = charge(rule, &along.slots, true) else {
        return (false, false);
    };
    let mut amount = 0_u128;
    for traced in made.trace.unwrap_or_default() {
        match traced {
            Traced::Price(tier) => amount = amount.wrapping_add(tier.result),
            Traced::Factor { result, .. } => amount = result,
            _ => {}
        }
    }
    let view = &View {
        slots: &along.slots,
        item: None,
    };
    let limit = |tree: &Option<Box<Tree<u128>>>| resolved(tree, view).unwrap_or(None);
    let (least, most) = (limit(&rule.minimum_amount), limit(&rule.maximum_amount));
    (
        least.is_some_and(|least| amount <= least),
        most.is_some_and(|most| amount > most),
    )
}

/// Every number that a charge is priced by, in a fixed order; `None` where it is not made, whatever its quantity.
fn shape(rule: &ChargeRule, slots: &[Slot]) -> Option<Vec<u128>> {
    let is_there =
        |source: usize| matches!(slots.get(source), Some(Slot::Number(_) | Slot::List { .. }));
    let measured = rule.quantity.as_ref();
    if rule.when.held(slots) != Held::Yes || !measured.is_none_or(|q| is_there(q.of)) {
        return None;
    }
    let view = &View { slots, item: None };
    let mut shape = Vec::new();
    rule.each_number(&mut |tree| {
        shape.push(tree.resolve(view).map_or(u128::MAX, |number| *number));
    });
    Some(shape)
}
