//! What is no rate card, and what is said about it.
#![allow(missing_docs, clippy::panic, clippy::unwrap_used)]

mod spoiled;

use credit_estimator::{Tariff, prove};
use spoiled::{CARD, FULL, SPOILED};

/// Every problem as `code path`.
fn problems(card: &str) -> Vec<String> {
    match Tariff::from_json(card) {
        Ok(_) => Vec::new(),
        Err(error) => error
            .problems()
            .map(|problem| format!("{} {}", problem.code(), problem.path()))
            .collect(),
    }
}

#[test]
fn the_demo_cards_are_accepted_and_prove_themselves() {
    for card in [CARD, FULL] {
        let tariff = Tariff::from_json(card).unwrap_or_else(|error| panic!("{error}"));
        let proof = prove(&tariff);
        assert!(proof.holds(), "{proof:?}");
        assert_eq!(proof.warnings, []);
    }
}

#[test]
fn one_thing_spoiled_is_one_problem_with_its_path() {
    let mut wrong = Vec::new();
    for (from, to, expected) in SPOILED {
        assert!(CARD.contains(from), "{from}");
        let spoiled = CARD.replacen(from, to, 1);
        let found = problems(&spoiled);
        if found != [*expected] {
            wrong.push(format!("{from} -> {to}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn all_problems_are_found_at_once_in_the_order_of_the_text() {
    let spoiled = CARD
        .replace(r#""kind": "toggle""#, r#""kind": "switch""#)
        .replace(r#""minimum": 30"#, r#""minimum": -1"#)
        .replace(r#""times": "images""#, r#""times": "imags""#)
        .replace(r#""currency": "USD""#, r#""currency": "dollars""#);
    assert_eq!(
        problems(&spoiled),
        [
            "invalid_value inputs[1].kind",
            "negative charges[0].quantity.minimum",
            "unknown_input charges[0].times",
            "invalid_value plans[0].price.currency",
        ]
    );
    assert_eq!(
        problems("{}"),
        [
            "missing_key id",
            "invalid_value balances",
            "invalid_value charges"
        ]
    );
}

#[test]
fn problems_have_line_and_column() {
    for (from, to, line, column) in [
        (r#""title": "Demo""#, r#""titel": "Demo""#, 2, 17),
        (r#""increment": 15"#, r#""increment": 0"#, 16, 65),
        (r#""max": 600, "initial""#, r#""initial""#, 8, 5),
    ] {
        let error = Tariff::from_json(&CARD.replacen(from, to, 1)).unwrap_err();
        let position = error.problems().next().unwrap().position().unwrap();
        assert_eq!((position.line, position.column), (line, column), "{to}");
    }
    let error = Tariff::from_json("\u{feff}{ \"idd\": 1 }").unwrap_err();
    let position = error.problems().next().unwrap().position().unwrap();
    assert_eq!(
        (position.line, position.column),
        (1, 1),
        "a byte order mark is no column"
    );
}

#[test]
fn a_typo_names_what_was_meant() {
    for (from, to, suggestion) in [
        (r#""title": "Demo""#, r#""titel": "Demo""#, "title"),
        (r#""halfUp""#, r#""halfup""#, "halfUp"),
        (r#""of": "length""#, r#""of": "lenght""#, "length"),
        (r#""by": "model""#, r#""by": "modle""#, "model"),
        (r#""charge": "video""#, r#""charge": "vidio""#, "video"),
    ] {
        let error = Tariff::from_json(&CARD.replacen(from, to, 1)).unwrap_err();
        let problem = error.problems().next().unwrap();
        assert_eq!(problem.suggestion(), Some(suggestion));
        assert!(
            problem
                .message()
                .ends_with(&format!("did you mean \"{suggestion}\"?"))
        );
    }
}

#[test]
fn a_figure_that_does_not_come_out_is_named_with_both_numbers() {
    for (from, to, expected) in [
        (
            r#""a": 20"#,
            r#""a": 21"#,
            "example_differs examples[0].expect.credits: 10 was published, and 10.50 comes out",
        ),
        (
            r#""length": 30, "images": 1"#,
            r#""length": 30"#,
            "missing_input examples[0].input.images: the charge \"video\" needs \"images\", which is missing",
        ),
        (
            r#""expect": { "credits": 10 }"#,
            r#""expect": {}"#,
            "missing_key examples[0].expect: an example names at least one figure to compare",
        ),
        (
            r#""expect": { "credits": 10 }"#,
            r#""lines": { "video": { "quantity": 31, "amount": 10 } }"#,
            "example_differs examples[0].lines.video.quantity: 31 was published, and 30 comes out",
        ),
        (
            r#""expect": { "credits": 10 }"#,
            r#""lines": { "clip": { "amount": 1 } }"#,
            "example_differs examples[0].lines.clip.amount: 1 was published, and 0 comes out",
        ),
        (
            r#""expect": { "credits": 10 }"#,
            r#""expect": { "credit": 10 }"#,
            "unknown_balance examples[0].expect.credit: the rate card has no balance \"credit\"; did you mean \"credits\"?",
        ),
    ] {
        let proof = prove(&Tariff::from_json(&CARD.replacen(from, to, 1)).unwrap());
        let found: Vec<String> = proof
            .examples
            .iter()
            .flat_map(|example| &example.problems)
            .map(|problem| {
                format!(
                    "{} {}: {}",
                    problem.code(),
                    problem.path(),
                    problem.message()
                )
            })
            .collect();
        assert_eq!(found, [expected], "{to}");
    }
}

/// The paths of what `prove` warns of.
fn warned(card: &str) -> Vec<String> {
    let warnings = prove(&Tariff::from_json(card).unwrap()).warnings;
    warnings
        .iter()
        .map(|warning| warning.path().to_owned())
        .collect()
}

#[test]
fn an_option_without_a_number_is_a_warning() {
    let card = CARD.replace(r#""true": 40, "false": 30"#, r#""true": 40"#);
    assert_eq!(warned(&card), ["charges[0].price.amount.b.false"]);
    let said = card.replace(r#""true": 40"#, r#""true": 40, "false": null"#);
    assert_eq!(warned(&said), [""; 0]);
}

#[test]
fn an_option_that_its_charge_never_has_needs_no_number() {
    let card = |when: &str, of: &str| {
        format!(
            r#"{{ "id": "x", "balances": {{ "credits": {{}} }},
              "inputs": [
                {{ "id": "job", "kind": "choice", "options": [{{ "id": "a" }}, {{ "id": "b" }}, {{ "id": "c" }}] }},
                {{ "id": "hd", "kind": "toggle" }},
                {{ "id": "free", "kind": "number", "max": 9 }},
                {{ "id": "held", "kind": "number", "max": 9, "when": {{ "job": ["a", "b"], "hd": true }} }}
              ],
              "charges": [{{ "id": "it", "balance": "credits", "when": {{ {when} }}, "quantity": {{ "of": "{of}" }},
                "price": {{ "amount": {{ "by": "job", "a": 1 }}, "flat": {{ "by": "hd", "true": 1 }} }} }}] }}"#
        )
    };
    for (when, of, unlisted) in [
        ("", "free", &["flat.false", "amount.b", "amount.c"][..]),
        (r#""job": "a", "hd": true"#, "free", &[]),
        (r#""job": ["a", "c"]"#, "free", &["flat.false", "amount.c"]),
        ("", "held", &["amount.b"]),
        (r#""job": "a""#, "held", &[]),
    ] {
        let expected: Vec<String> = unlisted
            .iter()
            .map(|path| format!("charges[0].price.{path}"))
            .collect();
        assert_eq!(warned(&card(when, of)), expected, "{when} {of}");
    }
}

#[test]
fn a_key_that_changes_nothing_is_a_warning() {
    for (from, to, path) in [
        (
            r#""increment": 15, "round""#,
            r#""round""#,
            "charges[0].quantity.increment",
        ),
        (
            r#""price": { "amount": { "by": "model", "a": 20, "b": { "by": "hd", "true": 40, "false": 30 } }, "per": 60 }"#,
            r#""price": { "flat": 10, "per": 60 }"#,
            "charges[0].price.amount",
        ),
        (
            r#"{ "upTo": 10, "amount": 0 }"#,
            r#"{ "upTo": 10, "flat": 0, "per": 2 }"#,
            "charges[1].price.tiers[0].amount",
        ),
        (
            r#""round": "up", "decimals": 0"#,
            r#""decimals": 0"#,
            "charges[1].round",
        ),
    ] {
        assert!(CARD.contains(from), "{from}");
        let proof = prove(&Tariff::from_json(&CARD.replacen(from, to, 1)).unwrap());
        let found: Vec<String> = proof
            .warnings
            .iter()
            .map(|warning| format!("{} {}", warning.code(), warning.path()))
            .collect();
        assert_eq!(found, [format!("no_effect {path}")]);
    }
}

#[test]
fn hostile_cards_are_refused() {
    let list = |count: usize, item: fn(usize) -> String| {
        let items: Vec<String> = (0..count).map(item).collect();
        items.join(",")
    };
    let options = list(40_000, |n| format!(r#"{{"id":"o{n}"}}"#));
    let million = format!("[{}]", "1,".repeat(500_000));
    let cases = list(40_000, |n| format!(r#""{n}":1"#));
    let inputs = list(20_000, |n| format!(r#"{{"id":"i{n}","kind":"toggle"}}"#));
    let ranges = list(20_000, |n| format!(r#"{{"above":{n}}}"#));
    let typo = "x".repeat(500_000);
    for (what, card, code) in [
        ("deep", "{\"id\":".repeat(100_000), "too_deep"),
        (
            "long",
            format!("{}{CARD}", " ".repeat(10_000_000)),
            "too_large",
        ),
        (
            "a million values",
            CARD.replacen("[{", &format!("{million}[{{"), 1),
            "too_large",
        ),
        (
            "many options",
            CARD.replace(r#"[{ "id": "a" }, { "id": "b" }]"#, &format!("[{options}]")),
            "too_many",
        ),
        (
            "many cases",
            CARD.replace(r#""by": "model""#, &format!(r#""by": "length",{cases}"#)),
            "too_many",
        ),
        (
            "many inputs",
            CARD.replace(r#""inputs": ["#, &format!(r#""inputs": [{inputs},"#)),
            "too_many",
        ),
        (
            "many ranges",
            CARD.replace(r#"{ "above": 0 }"#, &format!("[{ranges}]")),
            "too_many",
        ),
        ("a huge exponent", CARD.replace("600", "1e400"), "too_large"),
        (
            "many digits",
            CARD.replace("600", &"9".repeat(100_000)),
            "inexact",
        ),
        (
            "a long typo",
            CARD.replace(r#""of": "length""#, &format!(r#""of": "{typo}""#)),
            "invalid_value",
        ),
        (
            "a long option",
            CARD.replace(r#""default": "a""#, &format!(r#""default": "{typo}""#)),
            "invalid_value",
        ),
        (
            "a long key",
            CARD.replace("titles", "")
                .replace(r#""title""#, &format!(r#""{typo}""#)),
            "unknown_key",
        ),
    ] {
        let error = Tariff::from_json(&card).unwrap_err();
        assert_eq!(error.code().as_str(), code, "{what}: {error}");
        assert!(
            error.message().len() < 300,
            "{what}: a message of {}",
            error.message().len()
        );
    }
    let errors = format!("[{}]", vec![r#"{"id":1}"#; 1500].join(","));
    let card = CARD.replace(
        r#"[{ "id": "one""#,
        &format!("{errors}, \"x\": [{{ \"id\": \"one\""),
    );
    assert!(Tariff::from_json(&card).unwrap_err().problems().count() <= 100);
}

#[test]
fn what_comes_after_a_refused_entry_keeps_its_place() {
    let card = r#"{
        "id": "shift", "balances": { "c": {} },
        "inputs": [
            { "id": "bad_one", "kind": "number", "max": 200 },
            { "id": "height", "kind": "number", "min": 20, "max": 300, "default": 10 },
            { "id": "paper", "kind": "choice", "options": [{ "id": "a b" }, { "id": "matt" }], "default": "mat" },
            { "id": "area", "kind": "product", "of": ["bad_one", "hight"] }
        ],
        "charges": [
            { "id": "bad one", "balance": "c", "price": { "flat": 1 } },
            { "id": "b", "balance": "c", "quantity": { "of": "hight" }, "price": { "amount": 1 },
              "factors": [1, { "by": "papr", "matt": 1 }] },
            { "id": "b", "balance": "d", "price": { "amount": { "by": "paper", "x": 1 } } }
        ],
        "assumptions": [{ "id": "" }, { "id": "a", "text": "", "where": { "charge": "bad one" } },
            { "id": "a", "text": "", "when": { "x": 1 } }]
    }"#;
    assert_eq!(
        problems(card),
        [
            "invalid_value inputs[0].id",
            "too_small inputs[1].default",
            "invalid_value inputs[2].options[0].id",
            "unknown_option inputs[2].default",
            "invalid_value inputs[3].of[0]",
            "invalid_value charges[0].id",
            "unknown_input charges[1].quantity.of",
            "unknown_input charges[1].factors[1].by",
            "duplicate charges[2].id",
            "unknown_balance charges[2].balance",
            "unknown_option charges[2].price.amount.x",
            "missing_key assumptions[0].text",
            "invalid_value assumptions[0].id",
            "invalid_value assumptions[1].where.charge",
            "duplicate assumptions[2].id",
            "unknown_input assumptions[2].when.x",
        ]
    );
}

#[test]
fn an_assumption_about_a_step_that_is_missing_is_a_warning() {
    let card = CARD.replace(r#""minimum": 30, "#, "");
    assert_eq!(warned(&card), ["charges[0].quantity.minimum"]);
}
