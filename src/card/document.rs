//! The rate card as it is written.

use serde::{Serialize, Serializer, ser::SerializeMap};

#[cfg(feature = "schema")]
use crate::card::schema;
use crate::{
    amount::Rounding,
    card::{
        decode::{
            Decode, Object, Problems, defined, document, member, members, one_of, wrong_type,
        },
        json::{self, Kind, Node, Number},
    },
    error::{Code, Error, Path, Problem},
    exact::Ratio,
    usage::Usage,
};

document! {
    /// A vendor's prices: what is asked for, what is charged, and the figures that prove it.
    RateCard {
        /// The JSON Schema that an editor completes and checks the card with: `./rate-card.schema.json`.
        schema "$schema": Option<String>,
        /// The card's id: letters, digits, `.`, `_`, `-`, a letter or digit first.
        id "id": Name,
        /// The edition of the prices, as the vendor or the card's author counts them; any text.
        version "version": Option<String>,
        /// What people call it; the id where not given.
        title "title": Option<String>,
        /// Where the prices were published.
        source "source": Option<Source>,
        /// What is charged in, by id: credits, minutes, dollars. Never added to each other.
        balances "balances": Map<Balance> [extend("minProperties" = 1)],
        /// What a usage says, in the order it is asked.
        inputs "inputs": Vec<Input>,
        /// What a usage costs: each charge is one line of the estimate. A card without charges sells plans.
        charges "charges": Vec<Charge>,
        /// What the card takes for granted where its source is silent; an estimate says those that matter for it.
        assumptions "assumptions": Vec<Assumption>,
        /// Figures that the vendor published, which the card must reproduce.
        examples "examples": Vec<Example>,
        /// What can be bought: subscriptions and packs.
        plans "plans": Vec<Plan>,
    } [extend("anyOf" = [
        { "required": ["charges"], "properties": { "charges": { "type": "array", "minItems": 1 } } },
        { "required": ["plans"], "properties": { "plans": { "type": "array", "minItems": 1 } } }
    ])]

    /// Where prices were published.
    Source {
        /// The page's title.
        title "title": String,
        /// The page's address.
        url "url": Option<String>,
        /// The day the page was read, `YYYY-MM-DD`.
        retrieved "retrieved": Option<Date>,
    }

    /// Something that is charged in. Its charges add up exactly and are rounded once, at the end.
    Balance {
        /// What people call it; the id where not given.
        label "label": Option<String>,
        /// The decimals of a total: 0 to 9; 2 where not given.
        decimals "decimals": Option<Decimals> [extend("default" = 2)],
        /// Which way a total is rounded to its decimals; `halfUp` where not given.
        round "round": Option<Rounding> [extend("default" = "halfUp")],
    }

    /// One of several, by id.
    ChoiceInput {
        /// The input's id, lowerCamelCase: `model`, `aspectRatio`.
        id "id": Id,
        /// `choice`: one of several.
        kind "kind": String [extend("const" = "choice")],
        /// What people call it; the id where not given.
        label "label": Option<String>,
        /// What can be chosen, at least one.
        options "options": Vec<ChoiceOption> [length(min = 1)],
        /// The id of the option that an absent input takes; without it an absent input is missing.
        default "default": Option<Name>,
        /// The id of the option that a control starts with; no default for callers.
        initial "initial": Option<Name>,
        /// When the input is asked for; always where not given. It names earlier inputs only.
        when "when": Option<When>,
    }

    /// An option of a choice.
    ChoiceOption {
        /// The option's id: letters, digits, `.`, `_`, `-`, a letter or digit first: `480p`, `gen-4`. Not `by`.
        id "id": Name [extend("not" = { "const": "by" })],
        /// What people call it; the id where not given.
        label "label": Option<String>,
    }

    /// Yes or no; no where absent.
    ToggleInput {
        /// The input's id, lowerCamelCase: `watermark`.
        id "id": Id,
        /// `toggle`: yes or no.
        kind "kind": String [extend("const" = "toggle")],
        /// What people call it; the id where not given.
        label "label": Option<String>,
        /// What an absent input is; `false` where not given.
        default "default": Option<bool> [extend("default" = false)],
        /// Where a control starts; no default for callers.
        initial "initial": Option<bool>,
        /// When the input is asked for; always where not given. It names earlier inputs only.
        when "when": Option<When>,
    }

    /// A count, or (`kind: "duration"`) a time in seconds.
    NumericInput {
        /// The input's id, lowerCamelCase: `images`, `videoLength`.
        id "id": Id,
        /// `number`: a count. `duration`: a time in seconds, to the millisecond; a usage may also say `"3:30"`.
        kind "kind": String,
        /// What people call it; the id where not given.
        label "label": Option<String>,
        /// The smallest value, a duration's in seconds; 0 where not given.
        min "min": Option<Ratio> [extend("default" = 0)],
        /// The largest value, a duration's in seconds, above 0: of each item where the input is a list.
        max "max": Ratio [with = "schema::AboveZero"],
        /// A value is a multiple of it, counted from 0. Above 0; where not given 1, of a duration 0.001 seconds.
        step "step": Option<Ratio> [with = "schema::AboveZero"],
        /// Makes the input a list of so many items at most, 1 to 10,000; read as its sum unless a charge says `each`.
        max_items "maxItems": Option<Count>,
        /// What an absent input takes (a list: its one item), a duration in seconds; without it an absent input is
        /// missing.
        default "default": Option<Ratio>,
        /// Where a control starts (a list: with one item), a duration in seconds; no default for callers.
        initial "initial": Option<Ratio>,
        /// When the input is asked for; always where not given. It names earlier inputs only.
        when "when": Option<When>,
    }

    /// A number made of others, usable wherever an input is: their product or the largest of them.
    ComputedInput {
        /// The input's id, lowerCamelCase: `pixels`.
        id "id": Id,
        /// `product`: all parts multiplied. `largest`: the largest part.
        kind "kind": Computation [with = "String"],
        /// What people call it; the id where not given.
        label "label": Option<String>,
        /// The ids of the earlier numbers and durations it is made of, at least one; a list counts as its sum.
        of "of": Vec<Id> [length(min = 1)],
    }

    /// One line of an estimate. The steps, always in this order: 1 to 3 `quantity`, 4 `price`, 5 `factors`,
    /// `minimumAmount`, `maximumAmount` and `round`, 6 `times`.
    Charge {
        /// The charge's id, lowerCamelCase: `generation`.
        id "id": Id,
        /// What people call it; the id where not given.
        label "label": Option<String>,
        /// The id of the balance it is charged in.
        balance "balance": Id,
        /// When it is charged: every input named must meet its condition; always where not given.
        when "when": Option<When>,
        /// Steps 1 to 3: what is counted and how much of it is billed; 1 where not given. Nothing is charged for 0.
        quantity "quantity": Option<ChargeQuantity>,
        /// Step 4: what the billed quantity costs.
        price "price": Price,
        /// Step 5, first: what the price is multiplied by, one after the other.
        factors "factors": Vec<Num>,
        /// Step 5, second: the least that is charged where anything is.
        minimum_amount "minimumAmount": Option<Num>,
        /// Step 5, third: the most that is charged.
        maximum_amount "maximumAmount": Option<Num>,
        /// Step 5, last: which way the charge's own amount is rounded; not rounded where not given.
        round "round": Option<Rounding>,
        /// The decimals of the charge's own `round`: 0 to 9; the balance's where not given.
        decimals "decimals": Option<Num> [with = "schema::ByInput<Decimals>"],
        /// Step 6: the id of a whole-number input that the rounded amount is multiplied by: `images`.
        times "times": Option<Id>,
    }

    /// What is counted, and how much of it is billed: 1 `of`, 2 `minimum`, 3 `increment`.
    ChargeQuantity {
        /// Step 1: the id of the number, duration (in seconds) or computed input that is counted; of a list, its sum.
        of "of": Id,
        /// `true` takes every item of a list but zeros through steps 2 to 5 by itself; `false` where not given.
        each "each": bool [extend("default" = false)],
        /// Step 2: the least that is billed where anything is; of a duration in seconds.
        minimum "minimum": Option<Num>,
        /// Step 3: the billed quantity is a multiple of it, above 0; `60` bills the started minutes of a duration.
        increment "increment": Option<Num> [with = "schema::ByInput<schema::AboveZero>"],
        /// Which way to a multiple of `increment`; `up` where not given.
        round "round": Option<Rounding> [extend("default" = "up")],
    }

    /// The price of a quantity up to `upTo`: `flat`, and `amount` for every `per`.
    Tier {
        /// The last quantity that the tier reaches, itself included; open where not given, as only the last tier is.
        up_to "upTo": Option<Num> [with = "schema::ByInput<schema::AboveZero>"],
        /// An amount that does not depend on the quantity; 0 where not given.
        flat "flat": Option<Num> [extend("default" = 0)],
        /// The amount for every `per` of the quantity, in proportion; 0 where not given. `20`, `0.2`, `"1/9"`, or one
        /// for each value of an input: `{ "by": "model", "pro": 20, "ultra": 40 }`.
        amount "amount": Option<Num>,
        /// The quantity that `amount` buys, above 0; 1 where not given. `60` prices a minute of a duration.
        per "per": Option<Num> [with = "schema::ByInput<schema::AboveZero>", extend("default" = 1)],
    } [
        extend("anyOf" = [{ "required": ["amount"] }, { "required": ["flat"] }])
    ]

    /// Something taken for granted; an estimate says it where `when` and `where` hold.
    Assumption {
        /// The assumption's id: letters, digits, `.`, `_`, `-`, a letter or digit first.
        id "id": Name,
        /// What is assumed, as a sentence.
        text "text": String,
        /// Why it is.
        because "because": Option<String>,
        /// The usages it matters for; all where not given.
        when "when": Option<When>,
        /// The charge or balance whose figure it decides; all where not given.
        at "where": Option<Where>,
    }

    /// The charge, or the balance, whose figure an assumption decides.
    Where {
        /// The id of a charge, or a list of ids: one of them must be made.
        charge "charge": Option<Ids>,
        /// The id of a balance, whose rounding must change its total; with `"step": "round"`.
        balance "balance": Option<Id>,
        /// The step that must change the figure; of a balance always `round`.
        step "step": Option<Step>,
    } [extend("oneOf" = [
        { "required": ["charge"], "properties": { "balance": false } },
        { "required": ["balance", "step"], "properties": { "charge": false, "step": { "const": "round" } } }
    ])]

    /// A figure that the vendor published.
    Example {
        /// The usage: a value for each input that has one.
        input "input": Usage,
        /// The published totals, by balance; one that is not named is not compared.
        expect "expect": Map<Ratio>,
        /// The published lines, by charge; one that is not named is not compared.
        lines "lines": Map<ExpectedLine>,
        /// Where on the page it stands, or what is odd about it.
        note "note": Option<String>,
    }

    /// A published line; what is not given is not compared.
    ExpectedLine {
        /// The billed quantity, a duration's in seconds.
        quantity "quantity": Option<Ratio>,
        /// The amount as shown, rounded like its balance.
        amount "amount": Option<Ratio>,
    }

    /// Something that can be bought: a subscription or a pack.
    Plan {
        /// The plan's id: letters, digits, `.`, `_`, `-`, a letter or digit first.
        id "id": Name,
        /// What people call it; the id where not given.
        label "label": Option<String>,
        /// What it costs.
        price "price": PlanPrice,
        /// How much of each balance it includes, by the balance's id.
        allowances "allowances": Map<Ratio>,
        /// Values that its customers' usages take.
        input "input": Option<Usage>,
        /// What more than the allowance costs, by the balance's id.
        overage "overage": Map<Overage>,
    }

    /// A plan's price.
    PlanPrice {
        /// The amount, in the currency's main unit: `28` or `9.99`.
        amount "amount": Ratio,
        /// The currency, three capitals as ISO 4217 has it: `USD`.
        currency "currency": Currency,
        /// How often it is paid; once where not given.
        every "every": Option<Every>,
    }

    /// The price of what an allowance does not cover.
    Overage {
        /// How much is billed; exactly what is over where not given.
        quantity "quantity": Option<OverageQuantity>,
        /// What it costs, in the plan's currency.
        price "price": Price,
    }

    /// How much overage is billed: `minimum`, then `increment`.
    OverageQuantity {
        /// The least that is billed where anything is.
        minimum "minimum": Option<Num>,
        /// The billed quantity is a multiple of it, above 0.
        increment "increment": Option<Num> [with = "schema::ByInput<schema::AboveZero>"],
        /// Which way to a multiple of `increment`; `up` where not given.
        round "round": Option<Rounding> [extend("default" = "up")],
    }
}

impl RateCard {
    /// Reads a rate card as it is written; what its names and numbers mean is checked by compiling it.
    #[doc(hidden)]
    pub fn parse(text: &str) -> Result<Self, Error> {
        let node = json::parse(json::without_mark(text))?;
        let mut problems = Problems::default();
        let card = Self::decode(&node, &Path::Root, &mut problems);
        match problems.into_error() {
            Some(error) => Err(error),
            None => card.ok_or_else(|| Problem::new(Code::WrongType, "", "no rate card").into()),
        }
    }
}

/// A thing with an id, in a list of such things.
pub(crate) trait Identified {
    fn id(&self) -> &str;
}

macro_rules! identified {
    ($($name:ident)*) => {$(
        impl Identified for $name {
            fn id(&self) -> &str {
                self.id.as_str()
            }
        }
    )*};
}
identified! { ChoiceOption Charge Assumption Plan }

impl Identified for Input {
    fn id(&self) -> &str {
        Self::id(self)
    }
}

macro_rules! text_type {
    ($($(#[$meta:meta])* $name:ident, $holds:expr, $says:literal, $repair:expr;)*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            fn holds(text: &str) -> bool {
                ($holds)(text)
            }
        }

        impl Decode for $name {
            fn decode(node: &Node, path: &Path<'_>, problems: &mut Problems) -> Option<Self> {
                let text = String::decode(node, path, problems)?;
                if Self::holds(&text) {
                    return Some(Self(text));
                }
                problems.add(Code::InvalidValue, path, format!("{text:?} {}", $says));
                None
            }

            fn repair() -> Option<Self> {
                $repair.then(|| Self(String::new()))
            }
        }
    )*};
}

text_type! {
    /// The id of an input, a charge or a balance: lowerCamelCase.
    Id, is_lower_camel_case, "is no id here; write lowerCamelCase, letters and digits", false;
    /// The id of a card, an option, an assumption or a plan: `480p`, `gen-4`.
    Name, is_name, "is no id; write letters, digits, \".\", \"_\" and \"-\", a letter or digit first", true;
    /// A day, `YYYY-MM-DD`.
    Date, is_date, "is no day; write YYYY-MM-DD", false;
    /// A currency, as ISO 4217 has it: `USD`.
    Currency, is_currency, "is no currency; write three capitals as in \"USD\"", true;
}

impl Price {
    const FREE: Self = Self::Single(Tier {
        up_to: None,
        flat: Some(Num::Fixed(Ratio::ZERO)),
        amount: None,
        per: None,
    });
}

fn is_lower_camel_case(text: &str) -> bool {
    text.len() <= 64
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_alphanumeric())
}

fn is_name(text: &str) -> bool {
    text.len() <= 64
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'))
}

fn is_currency(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase())
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return false;
    };
    let number = |part: &str, digits: usize| {
        (part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse::<u32>().ok())
            .flatten()
    };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2))
    else {
        return false;
    };
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    (1..=days).contains(&day)
}

macro_rules! whole_number {
    ($($(#[$meta:meta])* $name:ident $range:expr;)*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        #[serde(transparent)]
        pub struct $name(u32);

        impl $name {
            /// The number.
            #[must_use]
            pub const fn get(self) -> u32 {
                self.0
            }
        }

        impl Decode for $name {
            fn decode(node: &Node, path: &Path<'_>, problems: &mut Problems) -> Option<Self> {
                let range: std::ops::RangeInclusive<u32> = $range;
                let ratio = Ratio::decode(node, path, problems)?;
                if ratio.denominator() == 1
                    && let Ok(whole) = u32::try_from(ratio.numerator())
                    && range.contains(&whole)
                {
                    return Some(Self(whole));
                }
                problems.add(
                    Code::InvalidValue,
                    path,
                    format!("expected a whole number from {} to {}, found {ratio}", range.start(), range.end()),
                );
                None
            }

            fn repair() -> Option<Self> {
                Some(Self(*{ $range }.start()))
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schema::whole(&{ $range })
            }
        }
    )*};
}

whole_number! {
    /// How many decimals: 0 to 9.
    Decimals 0..=Decimals::MAX;
    /// How many items: 1 to 10,000.
    Count 1..=10_000;
}

impl Decimals {
    pub(crate) const MAX: u32 = 9;
    pub(crate) const DEFAULT: Self = Self(2);
}

macro_rules! names {
    ($($(#[$meta:meta])* $name:ident { $($(#[$value_meta:meta])* $value:ident $text:literal),* $(,)? })*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum $name {
            $($(#[$value_meta])* #[serde(rename = $text)] $value),*
        }

        impl Decode for $name {
            fn decode(node: &Node, path: &Path<'_>, problems: &mut Problems) -> Option<Self> {
                one_of(node, path, &[$(($text, Self::$value)),*], problems)
            }
        }
    )*};
}

names! {
    /// A step of the pricing that changes a figure.
    Step {
        /// The quantity was raised to the minimum.
        Minimum "minimum",
        /// The quantity was taken to a multiple of the increment.
        Increment "increment",
        /// The amount was raised to the least.
        MinimumAmount "minimumAmount",
        /// The amount was lowered to the most.
        MaximumAmount "maximumAmount",
        /// The amount was rounded.
        Round "round",
    }

    /// How often a plan is paid.
    Every {
        /// Every day.
        Day "day",
        /// Every week.
        Week "week",
        /// Every month.
        Month "month",
        /// Every year.
        Year "year",
    }

    /// How tiers price a quantity.
    Mode {
        /// Each tier prices the units that fall into it.
        Graduated "graduated",
        /// The tier that is reached prices the whole quantity.
        Volume "volume",
    }

    /// How a computed input is made.
    Computation {
        /// All parts multiplied.
        Product "product",
        /// The largest part.
        Largest "largest",
    }
}

/// Things by their ids, in the order of the document.
#[derive(Debug, Clone, PartialEq)]
pub struct Map<T>(Vec<(Id, T)>);

impl<T> Map<T> {
    /// The things with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> + Clone {
        self.0.iter().map(|(id, value)| (id.as_str(), value))
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = (&str, &mut T)> {
        self.0.iter_mut().map(|(id, value)| (id.as_str(), value))
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T: Decode> Decode for Map<T> {
    fn decode(node: &Node, path: &Path<'_>, problems: &mut Problems) -> Option<Self> {
        let mut out = Vec::new();
        for member in defined(members(node, path, problems)?) {
            let path = path.key(&member.key);
            let id = Kind::Text(member.key.clone()).into();
            let id = Id::decode(&id, &path, problems);
            let value = T::decode(&member.value, &path, problems);
            out.extend(id.zip(value));
        }
        Some(Self(out))
    }

    fn absent() -> Option<Self> {
        Some(Self(Vec::new()))
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl<T: Serialize> Serialize for Map<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

/// Something that a usage says, or that follows from what it says.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Input {
    /// One of several.
    Choice(ChoiceInput),
    /// Yes or no.
    Toggle(ToggleInput),
    /// A count.
    Number(NumericInput),
    /// A time in seconds.
    Duration(NumericInput),
    /// A number made of others.
    Computed(ComputedInput),
}

impl Input {
    /// The input's id.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Choice(input) => input.id.as_str(),
            Self::Toggle(input) => input.id.as_str(),
            Self::Number(input) | Self::Duration(input) => input.id.as_str(),
            Self::Computed(input) => input.id.as_str(),
        }
    }

    /// When the input is asked for; always where not given.
    #[must_use]
    pub const fn when(&self) -> Option<&When> {
        match self {
            Self::Choice(input) => input.when.as_ref(),
            Self::Toggle(input) => input.when.as_ref(),
            Self::Number(input) | Self::Duration(input) => input.when.as_ref(),
            Self::Computed(_) => None,
        }
    }

    pub(crate) const fn label_mut(&mut self) -> (&Id, &mut Option<String>) {
        match self {
            Self::Choice(input) => (&input.id, &mut input.label),
            Self::Toggle(input) => (&input.id, &mut input.label),
            Self::Number(input) | Self::Duration(input) => (&input.id, &mut input.label),
            Self::Computed(input) => (&input.id, &mut input.label),
        }
    }
}

impl Decode for Input {
    fn decode(node: &Node, path: &Path<'_>, problems: &mut Problems) -> Option<Self> {
        #[derive(Clone, Copy)]
        enum InputKind {
            Choice,
            Toggle,
            Number,
            Duration,
            Computed,
        }
        let object = members(node, path, problems)?;
        let kind_path = path.key("kind");
        let Some(kind) = member(object, "kind") else {
            problems.add(Code::MissingKey, &kind_path, "the key \"kind\" is missing");
            return None;
        };
        let names = [
            ("choice", InputKind::Choice),
            ("toggle", InputKind::Toggle),
            ("number", InputKind::Number),
            ("duration", InputKind::Duration),
            ("product", InputKind::Computed),
            ("largest", InputKind::Computed),
        ];
        Some(match one_of(kind, &kind_path, &names, problems)? {
            InputKind::Choice => Self::Choice(ChoiceInput::decode(node, path, problems)?),
            InputKind::Toggle => Self::Toggle(ToggleInput::decode(node, path, problems)?),
            InputKind::Number => Self::Number(NumericInput::decode(node, path, problems)?),
            InputKind::Duration => Self::Duration(NumericInput::decode(node, path, problems)?),
            InputKind::Computed => Self::Computed(ComputedInput::decode(node, path, problems)?),
        })
    }
}

/// A number, or one for each value of an input.
#[derive(Debug, Clone, PartialEq)]
pub enum Num {
    /// The same for every usage.
    Fixed(Ratio),
    /// By the value of an input.
    By(By),
}

/// A number for each value of an input; what is not listed, or is `None`, is not offered.
#[derive(Debug, Clone, PartialEq)]
pub struct By {
    /// The input.
    pub input: Id,
    /// Its values and their numbers.
    pub cases: Vec<(String, Option<Num>)>,
}

impl Decode for Num {
    fn decode(node: &Node, path: &Path<'_>, problems: &mut Problems) -> Option<Self> {
        let Kind::Object(object) = &node.kind else {
            return match node.kind {
                Kind::Number(_) | Kind::Text(_) => {
                    Ratio::decode(node, path, problems).map(Self::Fixed)
                }
                _ => wrong_type(node, path, "a number or { \"by\": input, … }", problems),
            };
        };
        let Some(by) = member(object, "by") else {
            problems.add(
                Code::MissingKey,
                &path.key("by"),
                "a number for each value of an input names that input with the key \"by\"",
            );
            return None;
        };
        let input = Id::decode(by, &path.key("by"), problems);
        let mut all = true;
        let mut cases = Vec::with_capacity(object.len());
        for case in defined(object).filter(|member| member.key != "by") {
            let value = match case.value.kind {
                Kind::Null => None,
                _ => match Self::decode(&case.value, &path.key(&case.key), problems) {
                    Some(value) => Some(value),
                    None => {
                        all = false;
                        continue;
                    }
                },
            };
            cases.push((case.key.clone(), value));
        }
        let by = By {
            input: input?,
            cases,
        };
        all.then_some(Self::By(by))
    }

    fn repair() -> Option<Self> {
        Some(Self::Fixed(Ratio::ONE))
    }
}

impl Serialize for Num {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Fixed(ratio) => ratio.serialize(serializer),
            Self::By(by) => {
                let mut map = serializer.serialize_map(None)?;
                map.serialize_entry("by", &by.input)?;
                for (value, number) in &by.cases {
                    map.serialize_entry(value, number)?;
                }
                map.end()
            }
        }
    }
}

/// A price: one for every quantity, or tiers of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Price {
    /// One price.
    Single(Tier),
    /// Tiers, from 0 up.
    Tiered(Tiers),
}

document! {
    /// Prices by the quantity reached, counted from 0 in every estimate.
    Tiers {
        /// Whether each tier prices its own units or the one that is reached prices all.
        mode "mode": Mode,
        /// The tiers, at least one, in rising order of `upTo`; free units are a first tier of `"amount": 0`.
        tiers "tiers": Vec<Tier> [length(min = 1)],
    }
}

impl Decode for Price {
    fn decode(node: &Node, path: &Path<'_>, problems: &mut Problems) -> Option<Self> {
        let object = members(node, path, problems)?;
        if member(object, "tiers").is_some() || member(object, "mode").is_some() {
            return Tiers::decode(node, path, problems).map(Self::Tiered);
        }
        let open = Object::open(node, path, &["flat", "amount", "per"], problems)?;
        let flat = open.get("flat", problems);
        let amount = open.get("amount", problems);
        let per = open.get("per", problems);
        let tier = Tier {
            up_to: None,
            flat: flat?,
            amount: amount?,
            per: per?,
        };
        if tier.flat.is_none() && tier.amount.is_none() {
            problems.add(
                Code::MissingKey,
                &path.key("amount"),
                "a price needs the key \"amount\", \"flat\" or \"tiers\"",
            );
            return None;
        }
        Some(Self::Single(tier))
    }

    fn repair() -> Option<Self> {
        Some(Self::FREE)
    }
}

impl Serialize for Price {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Single(tier) => tier.serialize(serializer),
            Self::Tiered(tiers) => tiers.serialize(serializer),
        }
    }
}

/// Conditions on inputs, all of which must hold.
#[derive(Debug, Clone, PartialEq)]
pub struct When(Vec<(String, Condition)>);

impl When {
    /// The inputs and what must hold of each.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Condition)> {
        self.0
            .iter()
            .map(|(id, condition)| (id.as_str(), condition))
    }
}

impl Decode for When {
    fn decode(node: &Node, path: &Path<'_>, problems: &mut Problems) -> Option<Self> {
        let mut all = true;
        let mut out = Vec::new();
        for member in defined(members(node, path, problems)?) {
            match Condition::decode(&member.value, &path.key(&member.key), problems) {
                Some(condition) => out.push((member.key.clone(), condition)),
                None => all = false,
            }
        }
        all.then_some(Self(out))
    }
}

impl Serialize for When {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

/// What must hold of an input.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(untagged)]
pub enum Condition {
    /// One of these; a single one is a list of one.
    AnyOf(#[serde(serialize_with = "one_or_many")] Vec<Test>),
    /// One item of a list, by itself, passes one of these.
    AnyItem {
        /// The tests.
        #[serde(rename = "anyItem", serialize_with = "one_or_many")]
        any_item: Vec<Test>,
    },
}

/// A value or a range.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(untagged)]
pub enum Test {
    /// A toggle's value.
    Flag(bool),
    /// An option's id.
    Option(String),
    /// A number: exactly this.
    Number(Ratio),
    /// A range of numbers.
    Range(Range),
}

document! {
    /// A range of numbers; every bound that is given must hold.
    Range {
        /// This or more; a duration in seconds.
        at_least "atLeast": Option<Ratio>,
        /// This or less; a duration in seconds.
        at_most "atMost": Option<Ratio>,
        /// More than this; a duration in seconds.
        above "above": Option<Ratio>,
        /// Less than this; a duration in seconds.
        below "below": Option<Ratio>,
    } [extend("minProperties" = 1)]
}

impl Decode for Condition {
    fn decode(node: &Node, path: &Path<'_>, problems: &mut Problems) -> Option<Self> {
        if let Kind::Object(object) = &node.kind
            && let Some(item) = member(object, "anyItem")
        {
            Object::open(node, path, &["anyItem"], problems)?;
            let any_item = tests(item, &path.key("anyItem"), problems)?;
            return Some(Self::AnyItem { any_item });
        }
        tests(node, path, problems).map(Self::AnyOf)
    }
}

fn tests(node: &Node, path: &Path<'_>, problems: &mut Problems) -> Option<Vec<Test>> {
    match &node.kind {
        Kind::List(items) if items.is_empty() => {
            problems.add(Code::InvalidValue, path, "an empty list never holds");
            None
        }
        Kind::List(_) => Vec::decode(node, path, problems),
        _ => Test::decode(node, path, problems).map(|test| vec![test]),
    }
}

impl Decode for Test {
    fn decode(node: &Node, path: &Path<'_>, problems: &mut Problems) -> Option<Self> {
        Some(match &node.kind {
            Kind::Bool(flag) => Self::Flag(*flag),
            Kind::Text(text) => Self::Option(text.clone()),
            Kind::Number(_) => Self::Number(Ratio::decode(node, path, problems)?),
            Kind::Object(members) if members.is_empty() => {
                problems.add(
                    Code::MissingKey,
                    path,
                    "a range needs one of atLeast, atMost, above, below",
                );
                return None;
            }
            Kind::Object(_) => Self::Range(Range::decode(node, path, problems)?),
            _ => return wrong_type(node, path, "a value, a list of values or a range", problems),
        })
    }
}

fn one_or_many<S: Serializer>(tests: &[Test], serializer: S) -> Result<S::Ok, S::Error> {
    match tests {
        [test] => test.serialize(serializer),
        tests => tests.serialize(serializer),
    }
}

/// One id or several.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub struct Ids(pub Vec<Id>);

impl Decode for Ids {
    fn decode(node: &Node, path: &Path<'_>, problems: &mut Problems) -> Option<Self> {
        match node.kind {
            Kind::List(_) => Vec::decode(node, path, problems).map(Self),
            _ => Id::decode(node, path, problems).map(|id| Self(vec![id])),
        }
    }

    fn repair() -> Option<Self> {
        Some(Self(Vec::new()))
    }
}

impl Decode for Usage {
    fn decode(node: &Node, path: &Path<'_>, problems: &mut Problems) -> Option<Self> {
        members(node, path, problems)?;
        Some(Self::from_node(node.clone()))
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.kind {
            Kind::Null | Kind::Undefined | Kind::Other(_) => serializer.serialize_unit(),
            Kind::Bool(value) => serializer.serialize_bool(*value),
            Kind::Number(Number::Exact(decimal)) => match Ratio::from_decimal(*decimal) {
                Some(ratio) => ratio.serialize(serializer),
                None => serializer.serialize_unit(),
            },
            Kind::Number(_) => serializer.serialize_unit(),
            Kind::Text(text) => serializer.serialize_str(text),
            Kind::List(items) => serializer.collect_seq(items),
            Kind::Object(members) => {
                serializer.collect_map(members.iter().map(|member| (&member.key, &member.value)))
            }
        }
    }
}
