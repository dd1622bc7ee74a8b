//! The JSON Schema of the rate card against the engine: what one takes, the other takes.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    missing_docs,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used
)]

mod spoiled;

use std::{collections::BTreeSet, fs, path::Path};

use credit_estimator::{Code, Error, Problem, Tariff, cards, document::RateCard};
use jsonschema::Validator;
use serde_json::{Value as Json, json};
use spoiled::{CARD, FULL, SPOILED};

const SCHEMA: &str = include_str!("../cards/rate-card.schema.json");

fn json(text: &str) -> Json {
    serde_json::from_str(text).unwrap()
}

fn validator() -> Validator {
    jsonschema::validator_for(&json(SCHEMA)).unwrap()
}

/// What becomes of a card in the engine.
enum Outcome {
    Taken,
    /// Refused while the document is read.
    Unread(Error),
    /// Refused while it is compiled.
    Uncompiled(Error),
}

impl Outcome {
    fn of(card: &str) -> Self {
        match (RateCard::parse(card), Tariff::from_json(card)) {
            (Ok(_), Ok(_)) => Self::Taken,
            (Ok(_), Err(error)) => Self::Uncompiled(error),
            (Err(error), _) => Self::Unread(error),
        }
    }
}

/// How many cards the schema and the engine agreed on.
#[derive(Debug, Default)]
struct Agreed {
    taken: usize,
    unread: usize,
    within_one_object: usize,
    /// Refused by the engine alone, for a reason that a schema cannot see.
    across_objects: usize,
}

impl Agreed {
    fn check(&mut self, validator: &Validator, card: &str) -> Result<(), String> {
        let parsed = json(card);
        let outcome = Outcome::of(card);
        let (count, expected) = match &outcome {
            Outcome::Taken => (&mut self.taken, true),
            Outcome::Unread(_) => (&mut self.unread, false),
            Outcome::Uncompiled(error) if !error.problems().all(|p| across_objects(p, &parsed)) => {
                (&mut self.within_one_object, false)
            }
            Outcome::Uncompiled(_) => (&mut self.across_objects, true),
        };
        *count += 1;
        if validator.is_valid(&parsed) == expected {
            return Ok(());
        }
        Err(match (outcome, validator.validate(&parsed)) {
            (_, Err(error)) => format!("refused at {}: {error}", error.instance_path()),
            (Outcome::Unread(error) | Outcome::Uncompiled(error), _) => {
                format!("taken in spite of: {error}")
            }
            (Outcome::Taken, Ok(())) => "taken".to_owned(),
        })
    }

    fn sum(&self) -> usize {
        self.taken + self.unread + self.within_one_object + self.across_objects
    }
}

/// Whether the engine alone sees a problem of a card that it could read.
fn across_objects(problem: &Problem, card: &Json) -> bool {
    let path = problem.path();
    let (outer, key) = path.rsplit_once(['.', '[']).unwrap_or(("", path));
    let value = at(card, path);
    match problem.code() {
        // Names that the card does not have, or has twice.
        Code::UnknownInput
        | Code::UnknownOption
        | Code::UnknownBalance
        | Code::UnknownCharge
        | Code::Duplicate => true,
        // What does not suit its input: conditions, the values of a plan, `default` and `initial`.
        Code::WrongType | Code::Negative | Code::TooSmall | Code::TooLarge | Code::OffStep => true,
        // What comes out of the numbers, not what they are.
        Code::Unreachable | Code::Inexact | Code::Overflow => true,
        // An open tier is seen from the next one.
        Code::MissingKey => key == "upTo" && value.is_none(),
        Code::InvalidValue => match key {
            "each" | "times" | "anyItem" | "maximumAmount" => true,
            "of" => value.is_some_and(Json::is_string),
            "max" | "upTo" => value.is_some_and(|value| !zero_within(value)),
            "decimals" => value.is_some_and(Json::is_string),
            _ => {
                let outer = at(card, outer);
                let case = outer.is_some_and(|outer| outer.get("by").is_some());
                case || path.contains(".of[") || path.contains(".input.")
            }
        },
        _ => false,
    }
}

fn zero_within(value: &Json) -> bool {
    match value {
        Json::Number(number) => number.as_f64() == Some(0.0),
        Json::String(text) => {
            let digits = text.split(['/', 'e', 'E']).next().unwrap_or(text);
            !digits.contains(|c| matches!(c, '1'..='9'))
        }
        Json::Object(cases) => cases
            .iter()
            .any(|(key, case)| key != "by" && zero_within(case)),
        _ => false,
    }
}

/// The value at a problem's path.
fn at<'c>(card: &'c Json, path: &str) -> Option<&'c Json> {
    if path.is_empty() {
        return Some(card);
    }
    let inner = |key: &str, rest: &str| at(card.get(key)?, rest);
    if let Some(path) = path.strip_prefix("[\"") {
        let (key, rest) = path.split_once("\"]")?;
        inner(key, rest)
    } else if let Some(path) = path.strip_prefix('[') {
        let (index, rest) = path.split_once(']')?;
        at(card.get(index.parse::<usize>().ok()?)?, rest)
    } else {
        let path = path.strip_prefix('.').unwrap_or(path);
        let (key, rest) = path.split_at(path.find(['.', '[']).unwrap_or(path.len()));
        inner(key, rest)
    }
}

/// All that is reached by taking one thing from a card or putting another in its place, and how it was done.
fn mutations(card: &Json) -> Vec<(String, Json)> {
    let mut out = Vec::new();
    mutate(card, "", &mut |pointer, value| {
        let replaced = |new: Json| {
            let mut mutant = card.clone();
            *mutant.pointer_mut(pointer).unwrap() = new;
            mutant
        };
        for new in [
            json!(null),
            json!(true),
            json!(0),
            json!(-1),
            json!("x"),
            json!("no id"),
            json!(2e15),
            json!([]),
            json!({}),
            json!(1.5),
        ] {
            out.push((format!("{pointer} = {new}"), replaced(new)));
        }
        if let Json::Object(members) = value {
            for key in ["unknownKey", "no id"] {
                let mut more = members.clone();
                more.insert(key.to_owned(), json!(1));
                out.push((format!("{pointer} + {key}"), replaced(more.into())));
            }
            for key in members.keys() {
                let mut fewer = members.clone();
                let member = fewer.shift_remove(key).unwrap();
                out.push((format!("{pointer} - {key}"), replaced(fewer.clone().into())));
                fewer.insert("no id".to_owned(), member);
                out.push((format!("{pointer}/{key} renamed"), replaced(fewer.into())));
            }
        }
    });
    out
}

fn mutate(value: &Json, pointer: &str, visit: &mut dyn FnMut(&str, &Json)) {
    visit(pointer, value);
    match value {
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                mutate(item, &format!("{pointer}/{index}"), visit);
            }
        }
        Json::Object(members) => {
            for (key, member) in members {
                let key = key.replace('~', "~0").replace('/', "~1");
                mutate(member, &format!("{pointer}/{key}"), visit);
            }
        }
        _ => {}
    }
}

fn assert_agreed(agreed: &Agreed, wrong: &[String]) {
    println!("{} cards: {agreed:?}", agreed.sum());
    assert!(
        wrong.is_empty(),
        "{} disagree:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn every_card_is_valid() {
    let validator = validator();
    let mut agreed = Agreed::default();
    let mut wrong = Vec::new();
    for folder in ["cards", "cards/history", "tests/cards"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.to_string_lossy();
            if name.ends_with(".json") && !name.ends_with(".schema.json") {
                let card = fs::read_to_string(&path).unwrap();
                if let Err(why) = agreed.check(&validator, &card) {
                    wrong.push(format!("{name}: {why}"));
                }
            }
        }
    }
    assert_agreed(&agreed, &wrong);
    assert_eq!(agreed.sum(), agreed.taken);
}

#[test]
fn the_built_in_card_names_its_schema() {
    assert_eq!(
        json(cards::INVIDEO_V4)["$schema"],
        "./rate-card.schema.json"
    );
}

#[test]
fn what_is_spoiled_is_refused_by_both() {
    let validator = validator();
    let mut agreed = Agreed::default();
    let mut wrong = Vec::new();
    for (from, to, expected) in SPOILED {
        if let Err(why) = agreed.check(&validator, &CARD.replacen(from, to, 1)) {
            // A fraction with 16 digits below the line.
            if *expected != "inexact charges[0].quantity.increment" {
                wrong.push(format!("{from} -> {to}: {why}"));
            }
        }
    }
    assert_agreed(&agreed, &wrong);
}

#[test]
fn one_thing_changed_is_taken_or_refused_by_both() {
    let validator = validator();
    let mut agreed = Agreed::default();
    let mut wrong = Vec::new();
    for (change, mutant) in mutations(&json(FULL)) {
        if let Err(why) = agreed.check(&validator, &mutant.to_string()) {
            wrong.push(format!("{change}: {why}"));
        }
    }
    assert_agreed(&agreed, &wrong);
    assert!(agreed.sum() > 2_000, "{agreed:?}");
}

#[test]
fn a_card_has_a_balance_and_a_charge_or_a_plan() {
    let plan = r#"{ "id": "p", "price": { "amount": 1, "currency": "USD" } }"#;
    let charge = r#"{ "id": "c", "balance": "b", "price": { "amount": 1 } }"#;
    let validator = validator();
    let mut agreed = Agreed::default();
    let mut wrong = Vec::new();
    for balances in ["", r#", "balances": {}"#, r#", "balances": { "b": {} }"#] {
        for charges in [
            "",
            r#", "charges": []"#,
            &format!(r#", "charges": [{charge}]"#),
        ] {
            for plans in ["", r#", "plans": []"#, &format!(r#", "plans": [{plan}]"#)] {
                let card = format!(r#"{{ "id": "a"{balances}{charges}{plans} }}"#);
                if let Err(why) = agreed.check(&validator, &card) {
                    wrong.push(format!("{card}: {why}"));
                }
            }
        }
    }
    assert_agreed(&agreed, &wrong);
}

/// Places of a card and what stands in them where nothing else is tried.
const PLACES: [(&str, &str); 7] = [
    ("NAME", r#""a""#),
    ("ID", r#""a""#),
    ("DAY", r#""2024-02-29""#),
    ("CURRENCY", r#""USD""#),
    ("NUMBER", "1"),
    ("POSITIVE", "1"),
    ("WHOLE", "1"),
];

const SLOTS: &str = r#"{
  "id": NAME, "source": { "title": "", "retrieved": DAY }, "balances": { "b": { "decimals": WHOLE } },
  "inputs": [{ "id": ID, "kind": "toggle" }],
  "charges": [{ "id": "c", "balance": "b", "price": { "flat": NUMBER, "amount": 1, "per": POSITIVE } }],
  "plans": [{ "id": "p", "price": { "amount": 1, "currency": CURRENCY } }]
}"#;

const NUMBERS: &str = r#"
    0 | -0 | -0.0 | -0e3 | 1 | 1.0 | -1 | 1e3 | 1E+3 | 1e-3 | 10e-1 | 9 | 10 | 1e15 |
    1000000000000000 | 1000000000000001 | 1e16 | 1e300 | 0.123456789012345 | 123456.789 | null |
    true | [1] | "" | "0" | "-0" | "-0.0" | "-0e3" | "1" | "01" | "1.0" | "1.50" | "1." | ".5" |
    "+1" | "-1" | "--1" | "1e3" | "1E+3" | "1e-3" | "1e" | "e3" | "1e3.5" | "0e5" | "0.0" |
    "00.010" | "1,5" | "1 " | " 1" | "1_000" | "٣" | "0x1" | "NaN" | "Infinity" | "one" | "10%" |
    "1\n" | "1/9" | "64/17" | " 1 / 9 " | "1/\t9" | "1\u00a0/9" | "01/09" | "0/5" | "0/0" |
    "1/0" | "1/00" | "00/1" | "1/" | "/1" | "1//2" | "1/2/3" | "-1/9" | "1/-9" | "1.5/2" |
    "1/2.5" | "1e1/2" | "1 1/2" | "18/2" | "1/9\n"
"#;

const NAMES: &str = r#"
    "a" | "A" | "1" | "480p" | "gen-4" | "gen_4.5" | "-a" | ".a" | "_a" | "a b" | "a/b" | "aB9" |
    "é" | "aé" | "a\n" | "" | "by" | 1 | null |
    "a234567890123456789012345678901234567890123456789012345678901234" |
    "a2345678901234567890123456789012345678901234567890123456789012345"
"#;

const DAYS: &str = r#"
    "2024-01-31" | "2024-02-29" | "2023-02-29" | "2000-02-29" | "1900-02-29" | "0000-02-29" |
    "2023-02-28" | "2024-02-30" | "2024-04-30" | "2024-04-31" | "2024-12-31" | "2024-13-01" |
    "2024-00-01" | "2024-01-00" | "2024-1-1" | "24-01-01" | "2024-01-01T00:00" | "2024/01/01" |
    " 2024-01-01" | "2024-01-01\n" | "" | 20240101
"#;

const CURRENCIES: &str = r#"
    "USD" | "usd" | "US" | "USDT" | "ÄÖÜ" | "US1" | "" | 1
"#;

/// What the engine does not read and the schema takes all the same.
const LIMITS: &[(&str, &str, &str)] = &[
    (
        "NUMBER POSITIVE",
        "0.1234567890123457",
        "more than 15 decimals",
    ),
    (
        "NUMBER POSITIVE",
        r#""0.1234567890123457""#,
        "more than 15 decimals",
    ),
    (
        "NUMBER POSITIVE",
        "123456789012345.1",
        "more than 15 digits",
    ),
    (
        "NUMBER POSITIVE",
        r#""1/1000000000000001""#,
        "more than 15 digits below the line",
    ),
    ("NUMBER POSITIVE", r#""1e-16""#, "more than 15 decimals"),
    ("NUMBER POSITIVE", "1e-16", "more than 15 decimals"),
    (
        "NUMBER WHOLE",
        r#""0e99999999999999999999""#,
        "an exponent beyond all numbers",
    ),
    (
        "NUMBER",
        "-1e-400",
        "so near to 0 that a double takes it for 0",
    ),
    (
        "NUMBER POSITIVE WHOLE",
        r#""1000000000000001""#,
        "a text of more than 10^15",
    ),
    (
        "NUMBER POSITIVE WHOLE",
        r#""1e16""#,
        "a text of more than 10^15",
    ),
    ("WHOLE", r#""10""#, "a text out of range"),
    ("WHOLE", r#""1.5""#, "a text that is not whole"),
    ("WHOLE", r#""1/9""#, "a text that is not whole"),
];

fn with(place: &str, value: &str) -> String {
    PLACES.iter().fold(SLOTS.to_owned(), |card, (slot, usual)| {
        let at_start = format!(" {slot}");
        card.replace(
            &at_start,
            &format!(" {}", if *slot == place { value } else { usual }),
        )
    })
}

#[test]
fn numbers_ids_and_days_are_the_same_to_both() {
    let validator = validator();
    let mut agreed = Agreed::default();
    let mut wrong = Vec::new();
    for (places, values) in [
        (&["NUMBER", "POSITIVE", "WHOLE"][..], NUMBERS),
        (&["NAME", "ID"], NAMES),
        (&["DAY"], DAYS),
        (&["CURRENCY"], CURRENCIES),
    ] {
        let tried = |place| values.split('|').map(move |value| (place, value.trim()));
        for (place, value) in places.iter().flat_map(tried) {
            // What is no whole number is left to the engine where it is a text.
            let left = *place == "WHOLE" && value.starts_with('"');
            match agreed.check(&validator, &with(place, value)) {
                Err(why) if !(left && why.starts_with("taken in spite of")) => {
                    wrong.push(format!("{place} {value}: {why}"));
                }
                _ => {}
            }
        }
    }
    assert_agreed(&agreed, &wrong);
}

#[test]
fn the_limits_of_the_schema_are_known() {
    let validator = validator();
    for (places, value, why) in LIMITS {
        for place in places.split(' ') {
            let card = with(place, value);
            assert!(RateCard::parse(&card).is_err(), "{place} {value}: {why}");
            assert!(validator.is_valid(&json(&card)), "{place} {value}: {why}");
        }
    }
}

/// Every key that the schema knows, as the pointer to its schema.
fn keys(schema: &Json) -> Vec<(String, &Json)> {
    let mut out = Vec::new();
    let mut places = Vec::new();
    mutate(schema, "", &mut |pointer, value| {
        if value.get("additionalProperties").is_some() && value.get("properties").is_some() {
            places.push(format!("{pointer}/properties"));
        }
    });
    for place in places {
        for (key, value) in schema.pointer(&place).unwrap().as_object().unwrap() {
            out.push((format!("{place}/{key}"), value));
        }
    }
    out
}

/// Where in the schema a keyword stands that was reached through references.
fn resolved(schema: &Json, location: &str) -> String {
    let mut pointer = String::new();
    for part in location.split('/').skip(1) {
        pointer = format!("{pointer}/{part}");
        if part == "$ref" {
            let target = schema.pointer(&pointer).and_then(Json::as_str).unwrap();
            pointer = target.trim_start_matches('#').to_owned();
        }
    }
    pointer
}

#[test]
fn every_key_is_described_and_no_object_is_open() {
    let schema = json(SCHEMA);
    assert!(jsonschema::meta::is_valid(&schema));
    let keys = keys(&schema);
    assert!(keys.len() > 100);
    for (pointer, key) in keys {
        assert!(
            key["description"]
                .as_str()
                .is_some_and(|text| text.ends_with(['.', ')'])),
            "{pointer}: {key}"
        );
    }
    mutate(&schema, "", &mut |pointer, value| {
        if value["type"] == "object" {
            let rest = &value["additionalProperties"];
            assert!(
                rest == false || rest["description"].is_string(),
                "{pointer}"
            );
        }
    });
}

#[test]
fn the_full_card_uses_every_key() {
    let schema = json(SCHEMA);
    let used: BTreeSet<String> = validator()
        .evaluate(&json(FULL))
        .iter_annotations()
        .filter(|found| found.annotations.value().get("description").is_some())
        .map(|found| resolved(&schema, found.schema_location))
        .collect();
    let unused: Vec<String> = keys(&schema)
        .into_iter()
        .map(|(pointer, _)| pointer)
        .filter(|pointer| !used.contains(pointer))
        .collect();
    assert!(unused.is_empty(), "{}", unused.join("\n"));
}

#[cfg(feature = "schema")]
#[test]
fn the_file_is_what_the_types_say() {
    let text = serde_json::to_string_pretty(&credit_estimator::document::schema()).unwrap();
    assert!(
        SCHEMA == text + "\n",
        "cards/rate-card.schema.json is stale; run: cargo run --features schema --example schema"
    );
}
