//! The rate card as it is written.

use serde::{Serialize, Serializer, ser::SerializeMap};

#[cfg(feature = "schema")]
use crate::card::schema;
use crate::{
    amount::Rounding,
    card::{
        decode::{Decode, Field, Missing, Problems, Shape, document},
        json::{self, Kind, Node},
    },
    error::{Error, Path},
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
        let mut node = json::parse(json::without_mark(text))?;
        let mut problems = Problems::default();
        Self::SHAPE.check(&mut node, &Path::Root, &mut problems);
        match (problems.into_error(), Self::decode(&node)) {
            (Some(error), _) => Err(error),
            (None, Some(card)) => Ok(card),
            (None, None) => Err(super::impossible()),
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl RateCard {
    /// The typed document of what was checked.
    pub(crate) fn of(checked: &Node) -> Self {
        Self::decode(checked).unwrap_or_else(|| Self {
            schema: None,
            id: Name(String::new()),
            version: None,
            title: None,
            source: None,
            balances: Map(Vec::new()),
            inputs: Vec::new(),
            charges: Vec::new(),
            assumptions: Vec::new(),
            examples: Vec::new(),
            plans: Vec::new(),
        })
    }
}

/// Shapes that are named where values are checked.
pub(crate) const CARD: &Shape = &RateCard::SHAPE;
pub(crate) const ID: &Shape = &Id::SHAPE;
pub(crate) const RANGE: &Shape = &Range::SHAPE;
pub(crate) const TIERS: &Shape = &Tiers::SHAPE;
pub(crate) const INPUT_KIND: &Shape = &Shape::OneOf(&[
    "choice", "toggle", "number", "duration", "product", "largest",
]);

/// A tier without an end.
pub(crate) const SINGLE: &Shape = &Shape::Object(&[
    optional_num("flat"),
    optional_num("amount"),
    optional_num("per"),
]);

const fn optional_num(key: &'static str) -> Field {
    Field {
        key,
        missing: Missing::None,
        shape: &Shape::Num,
    }
}

/// The shape of an input by its kind.
pub(crate) fn input_of(kind: &str) -> &'static Shape {
    match kind {
        "choice" => &ChoiceInput::SHAPE,
        "toggle" => &ToggleInput::SHAPE,
        "number" | "duration" => &NumericInput::SHAPE,
        _ => &ComputedInput::SHAPE,
    }
}

macro_rules! text_type {
    ($($(#[$meta:meta])* $name:ident, $holds:expr, $says:literal, $repair:literal;)*) => {$(
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
        }

        impl Decode for $name {
            const SHAPE: Shape = Shape::Word {
                holds: $holds,
                says: $says,
                repair: $repair,
            };

            fn decode(node: &Node) -> Option<Self> {
                Some(Self(node.text().to_owned()))
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

fn is_lower_camel_case(text: &str) -> bool {
    text.len() <= 64
        && matches!(text.as_bytes(), [b'a'..=b'z', ..])
        && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

fn is_name(text: &str) -> bool {
    text.len() <= 64
        && matches!(text.as_bytes(), [first, ..] if first.is_ascii_alphanumeric())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
}

fn is_currency(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase())
}

fn is_date(text: &str) -> bool {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else {
        return false;
    };
    let two_digits = |ten: &u8, one: &u8| {
        let digit = |c: &u8| char::from(*c).to_digit(10);
        Some(digit(ten)?.wrapping_mul(10).wrapping_add(digit(one)?))
    };
    let (Some(century), Some(year), Some(month), Some(day)) = (
        two_digits(y1, y2),
        two_digits(y3, y4),
        two_digits(m1, m2),
        two_digits(d1, d2),
    ) else {
        return false;
    };
    let leap = (if year == 0 { century } else { year }).is_multiple_of(4);
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
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
            const SHAPE: Shape = {
                let range: std::ops::RangeInclusive<u32> = $range;
                Shape::Whole(*range.start(), *range.end())
            };

            fn decode(node: &Node) -> Option<Self> {
                u32::try_from(node.ratio().numerator()).ok().map(Self)
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

        impl $name {
            /// The value of a name as a card writes it.
            pub(crate) fn named(name: &str) -> Option<Self> {
                match name {
                    $($text => Some(Self::$value),)*
                    _ => None,
                }
            }

            /// The name that a card writes.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$value => $text,)*
                }
            }
        }

        impl Decode for $name {
            const SHAPE: Shape = Shape::OneOf(&[$($text),*]);

            fn decode(node: &Node) -> Option<Self> {
                Self::named(node.text())
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

impl Step {
    /// Whether the step is one of the charge's `quantity`.
    pub(crate) const fn is_of_quantity(self) -> bool {
        matches!(self, Self::Minimum | Self::Increment)
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
    const SHAPE: Shape = Shape::Map(&T::SHAPE);
    const MISSING: Missing = Missing::Empty;

    fn decode(node: &Node) -> Option<Self> {
        let mut out = Vec::new();
        for member in node.members().iter().filter(|member| member.is_defined()) {
            out.push((Id(member.key.clone()), T::decode(&member.value)?));
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
}

impl Decode for Input {
    const SHAPE: Shape = Shape::Input;

    fn decode(node: &Node) -> Option<Self> {
        Some(match node.text_at("kind") {
            "choice" => Self::Choice(ChoiceInput::decode(node)?),
            "toggle" => Self::Toggle(ToggleInput::decode(node)?),
            "number" => Self::Number(NumericInput::decode(node)?),
            "duration" => Self::Duration(NumericInput::decode(node)?),
            _ => Self::Computed(ComputedInput::decode(node)?),
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
    const SHAPE: Shape = Shape::Num;

    fn decode(node: &Node) -> Option<Self> {
        let Some(by) = node.get("by") else {
            return Some(Self::Fixed(node.ratio()));
        };
        let mut cases = Vec::new();
        for member in node.members().iter().filter(|member| member.is_defined()) {
            match member.value.kind {
                _ if member.key == "by" => {}
                Kind::Null => cases.push((member.key.clone(), None)),
                _ => cases.push((member.key.clone(), Some(Self::decode(&member.value)?))),
            }
        }
        let input = Id::decode(by)?;
        Some(Self::By(By { input, cases }))
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
    const SHAPE: Shape = Shape::Price;

    fn decode(node: &Node) -> Option<Self> {
        match node.has("tiers") {
            true => Tiers::decode(node).map(Self::Tiered),
            false => Tier::decode(node).map(Self::Single),
        }
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
    const SHAPE: Shape = Shape::When;

    fn decode(node: &Node) -> Option<Self> {
        let mut out = Vec::new();
        for member in node.members().iter().filter(|member| member.is_defined()) {
            out.push((member.key.clone(), Condition::decode(&member.value)?));
        }
        Some(Self(out))
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
    const SHAPE: Shape = Shape::Condition;

    fn decode(node: &Node) -> Option<Self> {
        let tests = |node: &Node| match &node.kind {
            Kind::List(_) => Vec::decode(node),
            _ => Test::decode(node).map(|test| vec![test]),
        };
        match node.get("anyItem") {
            Some(item) => tests(item).map(|any_item| Self::AnyItem { any_item }),
            None => tests(node).map(Self::AnyOf),
        }
    }
}

impl Decode for Test {
    const SHAPE: Shape = Shape::Test;

    fn decode(node: &Node) -> Option<Self> {
        Some(match &node.kind {
            Kind::Bool(flag) => Self::Flag(*flag),
            Kind::Text(text) => Self::Option(text.clone()),
            Kind::Object(_) => Self::Range(Range::decode(node)?),
            _ => Self::Number(node.ratio()),
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
    const SHAPE: Shape = Shape::Ids;

    fn decode(node: &Node) -> Option<Self> {
        Vec::decode(node).map(Self)
    }
}

impl Decode for Usage {
    const SHAPE: Shape = Shape::Usage;

    fn decode(node: &Node) -> Option<Self> {
        Some(Self::from_node(node.clone()))
    }
}
