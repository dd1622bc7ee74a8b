//! The JSON Schema of the rate card, from the types of the document: `cards/rate-card.schema.json`.
//!
//! It takes every card that the engine takes. It refuses every card that the engine refuses, while it reads the
//! document or compiles it, for a reason that lies within one object. What it cannot say:
//!
//! | the engine refuses | the schema |
//! |---|---|
//! | a number of more than 15 digits, or more on one side of a fraction's line | sees a number |
//! | a number as text above 10^15; `decimals` or `maxItems` as text, not whole or out of range | sees a number |
//! | a key that stands twice; more than 1 MiB, 32 levels or 100,000 values | leaves it to what reads the JSON |
//! | an input, option, charge or balance that the card does not have, or has only later | sees an id |
//! | the same id twice; the same value of an input twice (`"5"` and `"5.0"`) | sees an id, a key |
//! | a condition, case, `of`, `each` or `times` that does not suit the kind of its input | does not look up the kind |
//! | `max` below `min`, `maximumAmount` below `minimumAmount` | sees one number at a time |
//! | a `default` or `initial` that its input does not take | sees one number, one id at a time |
//! | a duration's `step` that is no whole number of milliseconds | sees a number |
//! | tiers that do not rise; an open tier before the last | sees one tier at a time |
//! | a plan's `input` with values that the inputs do not take | takes any values |
//! | conditions that no usage meets; rates and figures that cannot be held exactly | does not compute |

use std::{borrow::Cow, marker::PhantomData, ops::RangeInclusive};

use schemars::{
    JsonSchema, Schema, SchemaGenerator,
    generate::SchemaSettings,
    json_schema,
    transform::{RecursiveTransform, Transform},
};
use serde_json::{Value, json};

use super::{
    ChoiceInput, ComputedInput, Condition, Currency, Date, Id, Ids, Input, Map, Name, Num,
    NumericInput, Price, Range, RateCard, Test, Tier, Tiers, ToggleInput, When, decode,
};
use crate::{amount::Rounding, exact::Ratio, usage::Usage};

/// The JSON Schema (draft 2020-12) of a rate card, with a description of every key.
#[must_use]
pub fn schema() -> Schema {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.into_root_schema_for::<RateCard>();
    schema.insert("title".to_owned(), "Rate card".into());
    schema.insert(
        "$comment".to_owned(),
        "Generated: cargo run --features schema --example schema".into(),
    );
    RecursiveTransform(unwrap_lines).transform(&mut schema);
    describe_uses(&mut schema);
    schema
}

/// A part of the document, and the keys that it cannot be read without.
pub(crate) trait Keys {
    fn needed() -> Vec<&'static str>;
}

/// Asks for the keys that the engine asks for, and takes `null` for none.
pub(crate) fn strict<T: Keys>(schema: &mut Schema) {
    let needed = T::needed();
    let mut required = Vec::new();
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        for (key, property) in properties {
            refuse_null(property);
            // A list or map that is not there is empty.
            let filled = property.get("minItems").or(property.get("minProperties"));
            if needed.contains(&key.as_str()) || filled.is_some() {
                required.push(Value::from(key.as_str()));
            }
        }
    }
    if required.is_empty() {
        schema.remove("required");
    } else {
        schema.insert("required".to_owned(), required.into());
    }
}

/// Takes back that an `Option` may be `null`: a card leaves the key out.
fn refuse_null(property: &mut Value) {
    let Value::Object(property) = property else {
        return;
    };
    if let Some(Value::Array(types)) = property.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            property.insert("type".to_owned(), only);
        }
    }
    let Some(Value::Array(any)) = property.get("anyOf") else {
        return;
    };
    let null = Value::from("null");
    let mut others = any
        .iter()
        .filter(|schema| schema.get("type") != Some(&null));
    if let (Some(Value::Object(only)), None) = (others.next().cloned(), others.next()) {
        property.remove("anyOf");
        for (keyword, value) in only {
            property.entry(keyword).or_insert(value);
        }
    }
}

fn unwrap_lines(schema: &mut Schema) {
    if let Some(Value::String(text)) = schema.get_mut("description") {
        *text = text.replace('\n', " ");
    }
}

/// Moves each definition's description to the uses that have none of their own: editors let the definition's win.
fn describe_uses(schema: &mut Schema) {
    let mut descriptions = Vec::new();
    if let Some(Value::Object(definitions)) = schema.get_mut("$defs") {
        for (name, definition) in definitions {
            if let Value::Object(definition) = definition
                && let Some(description) = definition.remove("description")
            {
                descriptions.push((format!("#/$defs/{name}"), description));
            }
        }
    }
    let describe = |schema: &mut Schema| {
        let found = descriptions
            .iter()
            .find(|(name, _)| schema.get("$ref").and_then(Value::as_str) == Some(name));
        if let (Some((_, description)), None) = (found, schema.get("description")) {
            schema.insert("description".to_owned(), description.clone());
        }
    };
    RecursiveTransform(describe).transform(schema);
}

const ID: &str = "^[a-z][A-Za-z0-9]{0,63}$";

/// `JsonSchema` for a type that is read by hand.
macro_rules! by_hand {
    ($($type:ty $(where $t:ident)?, $name:expr, inline $inline:literal, $generator:pat => $schema:expr;)*) => {$(
        impl $(<$t: JsonSchema>)? JsonSchema for $type {
            fn inline_schema() -> bool {
                $inline
            }

            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn schema_id() -> Cow<'static, str> {
                format!("{}::{}", module_path!(), Self::schema_name()).into()
            }

            fn json_schema($generator: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    )*};
}

/// A [`Ratio`] above 0.
pub(crate) struct AboveZero;

/// A [`Num`] whose numbers are of this type.
pub(crate) struct ByInput<T>(PhantomData<T>);

by_hand! {
    Id, "Id", inline true, _ => text(ID);
    Name, "Name", inline true, _ => text("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$");
    Date, "Date", inline true, _ => text(concat!(
        "^([0-9]{4}-(",
        "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])",
        "|(0[469]|11)-(0[1-9]|[12][0-9]|30)",
        "|02-(0[1-9]|1[0-9]|2[0-8])",
        ")|([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)$",
    ));
    Currency, "Currency", inline true, _ => text("^[A-Z]{3}$");

    Ids, "Ids", inline true, generator => json_schema!({
        "anyOf": [
            generator.subschema_for::<Id>(),
            { "type": "array", "items": generator.subschema_for::<Id>() },
        ],
    });

    Rounding, "Rounding", inline false, _ => {
        let modes = Rounding::NAMES.map(|name| {
            json!({ "const": name, "description": match Rounding::named(name) {
                Some(Rounding::Up) => "To the next step above: every started minute counts.",
                Some(Rounding::Down) => "To the step below.",
                _ => "To the nearest step, up from the middle.",
            } })
        });
        json_schema!({ "type": "string", "oneOf": modes })
    };

    Ratio, "Number", inline false, _ => json_schema!({
        "description": "A number that is not negative: `20`, `0.2`, or a text, `\"0.2\"` or `\"1/9\"`.",
        "type": ["number", "string"],
        "minimum": 0,
        "maximum": decode::MAX_PART,
        "pattern": number("[0-9]+(\\.[0-9]+)?|-0+(\\.0+)?", "[0-9]+"),
    });

    AboveZero, "NumberAboveZero", inline false, _ => json_schema!({
        "description": "A number above 0: `20`, `0.2`, or a text, `\"0.2\"` or `\"1/9\"`.",
        "type": ["number", "string"],
        "exclusiveMinimum": 0,
        "maximum": decode::MAX_PART,
        "pattern": number("0*[1-9][0-9]*(\\.[0-9]+)?|0+\\.0*[1-9][0-9]*", "0*[1-9][0-9]*"),
    });

    ByInput<T> where T, format!("{}ByInput", T::schema_name()), inline false, generator => json_schema!({
        "anyOf": [
            generator.subschema_for::<T>(),
            {
                "description": "A number for each value of an input.",
                "type": "object",
                "required": ["by"],
                "properties": {
                    "by": {
                        "description": "The id of the input whose value decides. \
                            The other keys are its values: its options, `true` and `false`, or numbers as `\"5\"`.",
                        "type": "string",
                        "pattern": ID,
                    },
                },
                "additionalProperties": {
                    "description": "The number for this value of the input, or one for each value of another input; \
                        `null` where it is not offered, as is a value that is not listed.",
                    "anyOf": [generator.subschema_for::<Self>(), { "type": "null" }],
                },
                "minProperties": 2,
            },
        ],
    });

    Num, "Num", inline true, generator => generator.subschema_for::<ByInput<Ratio>>();

    Map<T> where T, format!("MapOf{}", T::schema_name()), inline true, generator => json_schema!({
        "type": "object",
        "propertyNames": { "pattern": ID },
        "additionalProperties": generator.subschema_for::<T>(),
    });

    Usage, "Usage", inline true, _ => json_schema!({
        "type": "object",
        "additionalProperties": {
            "description": "The value of the input of this id: an option's id, `true` or `false`, a number, \
                a duration in seconds or as `\"3:30\"`, or a list of numbers or durations.",
        },
    });

    Input, "Input", inline false, generator => json_schema!({
        "description": "Something that a usage says, or that follows from what it says.",
        "oneOf": [
            ChoiceInput::json_schema(generator),
            ToggleInput::json_schema(generator),
            numeric("number", "a count", json!(1), generator),
            numeric(
                "duration",
                "a time in seconds, to the millisecond; a usage may also say `\"3:30\"`",
                json!(0.001),
                generator,
            ),
            computed("product", "the product of other numbers and durations", generator),
            computed("largest", "the largest of other numbers and durations", generator),
        ],
    });

    Price, "Price", inline false, generator => json_schema!({
        "description": "A price: one for every quantity, or tiers of it.",
        "anyOf": [single_price(generator), generator.subschema_for::<Tiers>()],
    });

    When, "When", inline false, generator => json_schema!({
        "description": "Conditions on inputs, all of which must hold.",
        "type": "object",
        "additionalProperties": generator.subschema_for::<Condition>(),
    });

    Condition, "Condition", inline false, generator => {
        let tests = json!([
            generator.subschema_for::<Test>(),
            {
                "description": "Values and ranges, one of which must hold.",
                "type": "array",
                "items": generator.subschema_for::<Test>(),
                "minItems": 1,
            },
        ]);
        json_schema!({
            "description": "What must hold of the input of this id: a value, a range, or a list of them, \
                one of which must hold. Of a list its sum is tested, or with `anyItem` item by item.",
            "anyOf": [
                { "anyOf": tests },
                {
                    "description": "What must hold of one item of a list.",
                    "type": "object",
                    "required": ["anyItem"],
                    "properties": {
                        "anyItem": {
                            "description": "What one item must be by itself: a value, a range, or one of several.",
                            "anyOf": tests,
                        },
                    },
                    "additionalProperties": false,
                },
            ],
        })
    };

    Test, "Test", inline false, generator => json_schema!({
        "description": "An option's id, `true` or `false`, a number, or a range.",
        "anyOf": [
            { "type": ["string", "boolean", "number"], "minimum": 0, "maximum": decode::MAX_PART },
            generator.subschema_for::<Range>(),
        ],
    });
}

fn text(pattern: &str) -> Schema {
    json_schema!({ "type": "string", "pattern": pattern })
}

/// Numbers as text: a decimal, with or without an exponent, or a fraction.
fn number(decimal: &str, above: &str) -> String {
    format!("^(({decimal})([eE][+-]?[0-9]+)?|\\s*{above}\\s*/\\s*0*[1-9][0-9]*\\s*)$")
}

/// A number without decimals, or a number as text.
pub(super) fn whole(range: &RangeInclusive<u32>) -> Schema {
    json_schema!({
        "type": ["integer", "string"],
        "minimum": range.start(),
        "maximum": range.end(),
        "pattern": number("[0-9]+(\\.[0-9]+)?|-0+(\\.0+)?", "[0-9]+"),
    })
}

fn numeric(kind: &str, says: &str, step: Value, generator: &mut SchemaGenerator) -> Schema {
    let mut schema = NumericInput::json_schema(generator);
    if let Some(Value::Object(key)) = schema.pointer_mut("/properties/step") {
        key.insert("default".to_owned(), step);
    }
    of_kind(kind, says, schema)
}

fn computed(kind: &str, says: &str, generator: &mut SchemaGenerator) -> Schema {
    of_kind(kind, says, ComputedInput::json_schema(generator))
}

/// The schema of a type with several kinds, for one of them.
fn of_kind(kind: &str, says: &str, mut schema: Schema) -> Schema {
    let says = format!("`{kind}`: {says}.");
    schema.insert("description".to_owned(), says.as_str().into());
    if let Some(key) = schema.pointer_mut("/properties/kind") {
        *key = json!({ "description": says, "type": "string", "const": kind });
    }
    schema
}

/// A tier without an end.
fn single_price(generator: &mut SchemaGenerator) -> Schema {
    let mut schema = Tier::json_schema(generator);
    schema.insert(
        "description".to_owned(),
        "One price for every quantity: `flat`, and `amount` for every `per`.".into(),
    );
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        properties.shift_remove("upTo");
    }
    schema
}
