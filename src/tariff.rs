//! A rate card that was checked: integers only, over one denominator for each balance.

#[cfg(not(target_arch = "wasm32"))]
use crate::card::RateCard;
use crate::{
    amount::Rounding,
    card::{Mode, Step, json::Node},
    error::Code,
    exact::Ratio,
};

/// A rate card that was checked and compiled: every usage it accepts can be priced exactly.
#[derive(Debug, Clone)]
pub struct Tariff {
    /// The rate card as it was checked, with every default filled in.
    pub(crate) document: Node,
    /// The same with types, once it was asked for.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) card: std::sync::OnceLock<RateCard>,
    pub(crate) id: String,
    pub(crate) version: Option<String>,
    pub(crate) sources: Vec<Source>,
    pub(crate) balances: Vec<BalanceRule>,
    pub(crate) charges: Vec<ChargeRule>,
    pub(crate) assumptions: Vec<AssumptionRule>,
    /// No figure on the way to a price is larger.
    #[cfg_attr(
        not(any(target_arch = "wasm32", test)),
        expect(dead_code, reason = "prices by doubles are for JavaScript so far")
    )]
    pub(crate) most: u128,
}

impl Tariff {
    /// The rate card, with every default filled in.
    #[cfg(not(target_arch = "wasm32"))]
    #[must_use]
    pub fn card(&self) -> &RateCard {
        self.card.get_or_init(|| RateCard::of(&self.document))
    }
}

/// An input, asked for or computed.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    pub(crate) id: String,
    pub(crate) kind: SourceKind,
    pub(crate) when: Conditions,
    pub(crate) default: Slot,
}

impl Source {
    /// Its numbers are whole multiples of `1 / scale`.
    pub(crate) const fn scale(&self) -> u128 {
        match &self.kind {
            SourceKind::Numeric(numeric) => numeric.scale,
            SourceKind::Computed(computed) => computed.scale,
            _ => 1,
        }
    }

    /// Whether it is a duration, or the longest of several.
    pub(crate) const fn is_duration(&self) -> bool {
        match &self.kind {
            SourceKind::Numeric(numeric) => numeric.duration,
            SourceKind::Computed(computed) => computed.duration,
            _ => false,
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) enum SourceKind {
    Choice {
        options: Vec<String>,
    },
    Toggle,
    Numeric(Numeric),
    Computed(Computed),
    /// An input with a mistake in it, while the rest of its card is checked.
    Refused,
}

/// A number or duration; its values are whole multiples of `1 / scale`.
#[derive(Debug, Clone)]
pub(crate) struct Numeric {
    pub(crate) duration: bool,
    pub(crate) step: Ratio,
    pub(crate) scale: u128,
    pub(crate) min: u128,
    pub(crate) max: u128,
    /// `min` and `max` as the card has them.
    pub(crate) limits: (Ratio, Ratio),
    pub(crate) max_items: Option<u32>,
}

/// A number made of earlier ones, each taken to a common scale.
#[derive(Debug, Clone)]
pub(crate) struct Computed {
    pub(crate) product: bool,
    /// Whether it is the longest of durations.
    pub(crate) duration: bool,
    pub(crate) parts: Vec<(usize, u128)>,
    pub(crate) scale: u128,
    pub(crate) max: u128,
}

/// The value of an input in one usage.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Slot {
    Missing,
    LeftOut,
    Choice(usize),
    Flag(bool),
    Number(u128),
    List {
        items: Vec<u128>,
        sum: u128,
    },
    /// A computed input of which only some parts are given.
    Partial {
        missing: usize,
    },
}

impl Slot {
    pub(crate) fn list(items: Vec<u128>) -> Self {
        // Bounded when the card was compiled: the input's max times its maxItems.
        let sum = items
            .iter()
            .fold(0_u128, |sum, item| sum.wrapping_add(*item));
        Self::List { items, sum }
    }

    /// The number, or the sum of the list; 0 for what is no number.
    pub(crate) const fn number(&self) -> u128 {
        match self {
            Self::Number(number) | Self::List { sum: number, .. } => *number,
            _ => 0,
        }
    }

    /// Whether a condition on it is true or false.
    pub(crate) const fn is_decided(&self) -> bool {
        !matches!(self, Self::Missing | Self::Partial { .. })
    }

    /// The value as the key of a choice-dependent number.
    fn case(&self) -> u128 {
        match self {
            Self::Choice(index) => u128::try_from(*index).unwrap_or(u128::MAX),
            Self::Flag(flag) => u128::from(*flag),
            other => other.number(),
        }
    }
}

/// Why a charge that is made has no price in one usage, and the input that is why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Trouble {
    pub(crate) code: Code,
    pub(crate) source: usize,
}

/// The slot of a source that a charge needs.
pub(crate) fn needed(slots: &[Slot], source: usize) -> Result<&Slot, Trouble> {
    match slots.get(source) {
        None | Some(Slot::Missing) => Err(Trouble {
            code: Code::MissingInput,
            source,
        }),
        Some(Slot::Partial { missing }) => Err(Trouble {
            code: Code::MissingInput,
            source: *missing,
        }),
        Some(Slot::LeftOut) => Err(Trouble {
            code: Code::LeftOut,
            source,
        }),
        Some(slot) => Ok(slot),
    }
}

/// The values that a charge's numbers are looked up by.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View<'s> {
    pub(crate) slots: &'s [Slot],
    /// The item of this list that is priced by itself: its own value counts, not the list's sum.
    pub(crate) item: Option<(usize, u128)>,
}

impl View<'_> {
    fn case(&self, source: usize) -> Result<u128, Trouble> {
        match self.item {
            Some((list, item)) if list == source => Ok(item),
            _ => Ok(needed(self.slots, source)?.case()),
        }
    }
}

/// Conditions that must all hold.
#[derive(Debug, Clone, Default)]
pub(crate) struct Conditions(pub(crate) Vec<(usize, Check)>);

#[derive(Debug, Clone)]
pub(crate) enum Check {
    /// By the index of the option.
    Options(Vec<bool>),
    Flag {
        off: bool,
        on: bool,
    },
    /// Closed ranges of the source's scaled values.
    Ranges {
        ranges: Vec<(u128, u128)>,
        any_item: bool,
    },
}

/// Whether conditions hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Held {
    Yes,
    No,
    /// It depends on this source, which is missing.
    Unknown(usize),
}

impl Conditions {
    /// One condition that is false decides, whatever is missing.
    pub(crate) fn held(&self, slots: &[Slot]) -> Held {
        let mut held = Held::Yes;
        for (source, check) in &self.0 {
            match slots.get(*source) {
                None | Some(Slot::Missing) => held = first_unknown(held, *source),
                Some(Slot::Partial { missing }) => held = first_unknown(held, *missing),
                Some(slot) if !check.passes(slot) => return Held::No,
                Some(_) => {}
            }
        }
        held
    }
}

const fn first_unknown(held: Held, source: usize) -> Held {
    match held {
        Held::Yes => Held::Unknown(source),
        held => held,
    }
}

impl Check {
    pub(crate) fn passes(&self, slot: &Slot) -> bool {
        match (self, slot) {
            (_, Slot::LeftOut) => false,
            (Self::Options(options), Slot::Choice(index)) => {
                options.get(*index).copied().unwrap_or(false)
            }
            (Self::Flag { off, on }, Slot::Flag(flag)) => *(if *flag { on } else { off }),
            (
                Self::Ranges {
                    ranges,
                    any_item: true,
                },
                Slot::List { items, .. },
            ) => items.iter().any(|item| within(ranges, *item)),
            (Self::Ranges { ranges, .. }, slot) => within(ranges, slot.number()),
            _ => false,
        }
    }
}

fn within(ranges: &[(u128, u128)], value: u128) -> bool {
    ranges
        .iter()
        .any(|(from, to)| (*from..=*to).contains(&value))
}

/// A value, or one for each value of a source.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Tree<T> {
    Leaf(T),
    By {
        source: usize,
        /// In rising order of their keys.
        cases: Vec<(u128, Option<Box<Tree<T>>>)>,
    },
}

impl<T> Tree<T> {
    pub(crate) fn resolve(&self, view: &View<'_>) -> Result<&T, Trouble> {
        match self {
            Self::Leaf(value) => Ok(value),
            Self::By { source, cases } => {
                let key = view.case(*source)?;
                cases
                    .binary_search_by_key(&key, |(key, _)| *key)
                    .ok()
                    .and_then(|index| cases.get(index))
                    .and_then(|(_, case)| case.as_deref())
                    .ok_or(Trouble {
                        code: Code::NotOffered,
                        source: *source,
                    })?
                    .resolve(view)
            }
        }
    }

    pub(crate) fn each_leaf(&self, see: &mut dyn FnMut(&T)) {
        match self {
            Self::Leaf(value) => see(value),
            Self::By { cases, .. } => {
                for case in cases.iter().filter_map(|(_, case)| case.as_deref()) {
                    case.each_leaf(see);
                }
            }
        }
    }

    /// Each key that a value is chosen by, with its source.
    pub(crate) fn each_key(&self, see: &mut dyn FnMut(usize, u128)) {
        if let Self::By { source, cases } = self {
            for (key, case) in cases {
                see(*source, *key);
                if let Some(case) = case {
                    case.each_key(see);
                }
            }
        }
    }

    pub(crate) fn map<U>(&self, change: &dyn Fn(&T) -> Option<U>) -> Option<Box<Tree<U>>> {
        Some(Box::new(match self {
            Self::Leaf(value) => Tree::Leaf(change(value)?),
            Self::By { source, cases } => {
                let mut changed = Vec::new();
                for (key, case) in cases {
                    let case = match case {
                        Some(case) => Some(case.map(change)?),
                        None => None,
                    };
                    changed.push((*key, case));
                }
                Tree::By {
                    source: *source,
                    cases: changed,
                }
            }
        }))
    }
}

/// A balance: amounts are whole multiples of `1 / denominator`.
#[derive(Debug, Clone)]
pub(crate) struct BalanceRule {
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) decimals: u8,
    pub(crate) round: Rounding,
    /// How much of the denominator the last decimal is.
    pub(crate) unit: u128,
}

/// A charge, its numbers scaled so that its amount comes out over its balance's denominator.
#[derive(Debug, Clone)]
pub(crate) struct ChargeRule {
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) balance: usize,
    pub(crate) when: Conditions,
    pub(crate) quantity: Option<QuantityRule>,
    pub(crate) price: PriceRule,
    pub(crate) factors: Vec<Tree<u128>>,
    /// The denominator of each factor.
    pub(crate) factor_scales: Vec<u128>,
    pub(crate) minimum_amount: Option<Box<Tree<u128>>>,
    pub(crate) maximum_amount: Option<Box<Tree<u128>>>,
    /// How the charge is rounded, and to what of the denominator.
    pub(crate) round: Option<(Rounding, Box<Tree<u128>>)>,
    pub(crate) times: Option<usize>,
    /// The denominator of the billed quantity.
    pub(crate) scale: u128,
}

impl ChargeRule {
    /// The tiers of its price; none where it has one price.
    pub(crate) fn tiers(&self) -> &[TierRule] {
        match self.price.mode {
            Some(_) => &self.price.tiers,
            None => &[],
        }
    }

    /// Every number that it is priced by, in a fixed order.
    pub(crate) fn each_number(&self, see: &mut dyn FnMut(&Tree<u128>)) {
        let mut all = |trees: &[&Option<Box<Tree<u128>>>]| {
            for tree in trees.iter().filter_map(|tree| tree.as_deref()) {
                see(tree);
            }
        };
        for tier in &self.price.tiers {
            all(&[&tier.up_to, &tier.flat, &tier.amount, &tier.inverse_per]);
        }
        all(&[&self.minimum_amount, &self.maximum_amount]);
        if let Some(QuantityRule { billing, .. }) = &self.quantity {
            all(&[&billing.minimum, &billing.increment]);
        }
        for factor in &self.factors {
            see(factor);
        }
        if let Some((_, unit)) = &self.round {
            see(unit);
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct QuantityRule {
    pub(crate) of: usize,
    pub(crate) each: bool,
    /// From the source's scale to the charge's.
    pub(crate) scale: u128,
    pub(crate) billing: Billing,
}

/// From what is consumed to what is billed.
#[derive(Debug, Clone)]
pub(crate) struct Billing {
    pub(crate) minimum: Option<Box<Tree<u128>>>,
    pub(crate) increment: Option<Box<Tree<u128>>>,
    pub(crate) round: Rounding,
}

#[derive(Debug, Clone)]
pub(crate) struct PriceRule {
    /// How the tiers work together; `None` where there is one price, which is the only tier then.
    pub(crate) mode: Option<Mode>,
    pub(crate) tiers: Vec<TierRule>,
}

#[derive(Debug, Clone)]
pub(crate) struct TierRule {
    pub(crate) up_to: Option<Box<Tree<u128>>>,
    pub(crate) flat: Option<Box<Tree<u128>>>,
    pub(crate) amount: Option<Box<Tree<u128>>>,
    /// One over `per`, scaled; `None` where the amount holds it already.
    pub(crate) inverse_per: Option<Box<Tree<u128>>>,
    /// As the card has it.
    pub(crate) per: Option<Box<Tree<Ratio>>>,
}

/// When an assumption is said.
#[derive(Debug, Clone)]
pub(crate) struct AssumptionRule {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) because: Option<String>,
    pub(crate) when: Conditions,
    pub(crate) place: Option<PlaceRule>,
}

#[derive(Debug, Clone)]
pub(crate) enum PlaceRule {
    Charges(Vec<usize>, Option<Step>),
    BalanceRound(usize),
}

impl AssumptionRule {
    pub(crate) fn is_said(&self, slots: &[Slot], at: impl Fn(&PlaceRule) -> bool) -> bool {
        self.when.held(slots) == Held::Yes && self.place.as_ref().is_none_or(at)
    }
}
