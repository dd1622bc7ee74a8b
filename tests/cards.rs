//! What is no rate card, and what is said about it.
#![allow(missing_docs, clippy::panic, clippy::unwrap_used)]

use credit_estimator::{Tariff, prove};

/// Accepted as it is; each case below spoils one thing of it.
const CARD: &str = r#"{
  "id": "demo", "title": "Demo",
  "source": { "title": "Prices", "retrieved": "2024-02-29" },
  "balances": { "credits": { "decimals": 2, "round": "halfUp" } },
  "inputs": [
    { "id": "model", "kind": "choice", "default": "a", "options": [{ "id": "a" }, { "id": "b" }] },
    { "id": "hd", "kind": "toggle", "when": { "model": "a" } },
    { "id": "length", "kind": "duration", "max": 600, "initial": 60 },
    { "id": "clips", "kind": "duration", "max": 60, "maxItems": 10 },
    { "id": "images", "kind": "number", "max": 100 },
    { "id": "half", "kind": "number", "max": 10, "step": 0.5 },
    { "id": "area", "kind": "product", "of": ["images", "half"] }
  ],
  "charges": [
    { "id": "video", "balance": "credits", "when": { "model": ["a", "b"], "length": { "above": 0 } },
      "quantity": { "of": "length", "minimum": 30, "increment": 15, "round": "up" },
      "price": { "amount": { "by": "model", "a": 20, "b": { "by": "hd", "true": 40, "false": 30 } }, "per": 60 },
      "times": "images" },
    { "id": "clip", "balance": "credits", "quantity": { "of": "clips", "each": true },
      "price": { "mode": "graduated", "tiers": [{ "upTo": 10, "amount": 0 }, { "upTo": 20, "amount": 1 }] },
      "round": "up", "decimals": 0 }
  ],
  "assumptions": [{ "id": "one", "text": "Assumed.", "where": { "charge": "video", "step": "minimum" } }],
  "examples": [{ "input": { "length": 30, "images": 1 }, "expect": { "credits": 10 } }],
  "plans": [{ "id": "plus", "price": { "amount": 28, "currency": "USD", "every": "month" },
    "allowances": { "credits": 100 }, "input": { "model": "b" },
    "overage": { "credits": { "quantity": { "increment": 100 }, "price": { "amount": 5, "per": 100 } } } }]
}"#;

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
fn the_demo_card_is_accepted_and_proves_itself() {
    let tariff = Tariff::from_json(CARD).unwrap_or_else(|error| panic!("{error}"));
    let proof = prove(&tariff);
    assert!(proof.holds(), "{proof:?}");
    assert_eq!(proof.warnings, []);
}

#[test]
fn one_thing_spoiled_is_one_problem_with_its_path() {
    let mut wrong = Vec::new();
    for (from, to, expected) in [
        (r#""id": "demo""#, r#""id": "de mo""#, "invalid_value id"),
        (r#""id": "demo","#, "", "missing_key id"),
        (
            r#""title": "Demo""#,
            r#""titel": "Demo""#,
            "unknown_key titel",
        ),
        ("2024-02-29", "2023-02-29", "invalid_value source.retrieved"),
        (
            r#""decimals": 2"#,
            r#""decimals": 10"#,
            "invalid_value balances.credits.decimals",
        ),
        (
            r#""decimals": 2"#,
            r#""decimals": 1.5"#,
            "invalid_value balances.credits.decimals",
        ),
        (
            r#""halfUp""#,
            r#""halfup""#,
            "invalid_value balances.credits.round",
        ),
        (
            r#"{ "credits": { "decimals": 2, "round": "halfUp" } },"#,
            "{},",
            "invalid_value balances",
        ),
        (
            r#""default": "a""#,
            r#""default": "c""#,
            "unknown_option inputs[0].default",
        ),
        (
            r#"{ "id": "b" }]"#,
            r#"{ "id": "b" }, { "id": "a" }]"#,
            "duplicate inputs[0].options[2].id",
        ),
        (
            r#"{ "id": "b" }]"#,
            r#"{ "id": "b" }, { "id": "by" }]"#,
            "invalid_value inputs[0].options[2].id",
        ),
        (
            r#""kind": "toggle""#,
            r#""kind": "togle""#,
            "invalid_value inputs[1].kind",
        ),
        (
            r#""when": { "model": "a" }"#,
            r#""when": { "length": 5 }"#,
            "unknown_input inputs[1].when.length",
        ),
        (
            r#""max": 600, "initial""#,
            r#""initial""#,
            "missing_key inputs[2].max",
        ),
        (
            r#""max": 600,"#,
            r#""max": 0,"#,
            "invalid_value inputs[2].max",
        ),
        (
            r#""max": 600,"#,
            r#""max": 600, "step": 0.0005,"#,
            "inexact inputs[2].step",
        ),
        (
            r#""max": 600,"#,
            r#""max": 600, "options": [],"#,
            "unknown_key inputs[2].options",
        ),
        (
            r#""initial": 60"#,
            r#""initial": 601"#,
            "too_large inputs[2].initial",
        ),
        (
            r#""initial": 60"#,
            r#""initial": "1:00""#,
            "invalid_value inputs[2].initial",
        ),
        (
            r#""maxItems": 10"#,
            r#""maxItems": 0"#,
            "invalid_value inputs[3].maxItems",
        ),
        (
            r#""step": 0.5"#,
            r#""step": 0"#,
            "invalid_value inputs[5].step",
        ),
        (
            r#"["images", "half"]"#,
            r#"["images", "model"]"#,
            "invalid_value inputs[6].of[1]",
        ),
        (
            r#"["images", "half"]"#,
            r#"["images", "halv"]"#,
            "unknown_input inputs[6].of[1]",
        ),
        (
            r#""id": "clip", "#,
            r#""id": "video", "#,
            "duplicate charges[1].id",
        ),
        (
            r#""id": "video", "balance": "credits""#,
            r#""id": "video", "balance": "credit""#,
            "unknown_balance charges[0].balance",
        ),
        (
            r#"["a", "b"], "length""#,
            r#"["a", "c"], "length""#,
            "unknown_option charges[0].when.model",
        ),
        (
            r#"["a", "b"], "length""#,
            r#"[], "length""#,
            "invalid_value charges[0].when.model",
        ),
        (
            r#"["a", "b"], "length""#,
            r#"true, "length""#,
            "wrong_type charges[0].when.model",
        ),
        (
            r#"{ "above": 0 }"#,
            r#"{ "abov": 0 }"#,
            "unknown_key charges[0].when.length.abov",
        ),
        (
            r#"{ "above": 0 }"#,
            r#"{ "above": 600 }"#,
            "unreachable charges[0].when",
        ),
        (
            r#"{ "above": 0 }"#,
            r#"{ "anyItem": 5 }"#,
            "invalid_value charges[0].when.length.anyItem",
        ),
        (
            r#"["a", "b"], "length""#,
            r#""b", "hd": true, "length""#,
            "unreachable charges[0].when",
        ),
        (
            r#""of": "length""#,
            r#""of": "lenght""#,
            "unknown_input charges[0].quantity.of",
        ),
        (
            r#""of": "length""#,
            r#""of": "model""#,
            "invalid_value charges[0].quantity.of",
        ),
        (
            r#""of": "length","#,
            r#""of": "length", "each": true,"#,
            "invalid_value charges[0].quantity.each",
        ),
        (
            r#""minimum": 30"#,
            r#""minimum": -30"#,
            "negative charges[0].quantity.minimum",
        ),
        (
            r#""increment": 15"#,
            r#""increment": 0"#,
            "invalid_value charges[0].quantity.increment",
        ),
        (
            r#""increment": 15"#,
            r#""increment": 0.1234567890123457"#,
            "inexact charges[0].quantity.increment",
        ),
        (
            r#""increment": 15, "round": "up""#,
            r#""round": "up""#,
            "missing_key charges[0].quantity.increment",
        ),
        (
            r#""a": 20"#,
            r#""a": "twenty""#,
            "invalid_value charges[0].price.amount.a",
        ),
        (
            r#""a": 20"#,
            r#""a": [20]"#,
            "wrong_type charges[0].price.amount.a",
        ),
        (
            r#""a": 20"#,
            r#""a": 1e16"#,
            "too_large charges[0].price.amount.a",
        ),
        (
            r#""a": 20"#,
            r#""aa": 20"#,
            "unknown_option charges[0].price.amount.aa",
        ),
        (
            r#""by": "model""#,
            r#""by": "modle""#,
            "unknown_input charges[0].price.amount.by",
        ),
        (
            r#""by": "model", "#,
            "",
            "missing_key charges[0].price.amount.by",
        ),
        (
            r#""true": 40"#,
            r#""yes": 40"#,
            "unknown_option charges[0].price.amount.b.yes",
        ),
        (
            r#""per": 60"#,
            r#""per": 0"#,
            "invalid_value charges[0].price.per",
        ),
        (
            r#""per": 60"#,
            r#""per": "1/0""#,
            "invalid_value charges[0].price.per",
        ),
        (
            r#""times": "images""#,
            r#""times": "half""#,
            "invalid_value charges[0].times",
        ),
        (
            r#""times": "images""#,
            r#""times": "image""#,
            "unknown_input charges[0].times",
        ),
        (
            r#""mode": "graduated", "#,
            "",
            "missing_key charges[1].price.mode",
        ),
        (
            r#""upTo": 20"#,
            r#""upTo": 10"#,
            "invalid_value charges[1].price.tiers[1].upTo",
        ),
        (
            r#""upTo": 10, "#,
            "",
            "missing_key charges[1].price.tiers[0].upTo",
        ),
        (
            r#"{ "upTo": 20, "amount": 1 }"#,
            r#"{ "upTo": 20 }"#,
            "missing_key charges[1].price.tiers[1].amount",
        ),
        (
            r#""decimals": 0"#,
            r#""decimals": 0, "minimumAmount": 3, "maximumAmount": "5/2""#,
            "invalid_value charges[1].maximumAmount",
        ),
        (
            r#""round": "up", "decimals": 0"#,
            r#""decimals": 0"#,
            "missing_key charges[1].round",
        ),
        (
            r#""decimals": 0"#,
            r#""decimals": 0.5"#,
            "invalid_value charges[1].decimals",
        ),
        (
            r#""charge": "video""#,
            r#""charge": "vide""#,
            "unknown_charge assumptions[0].where.charge",
        ),
        (
            r#""step": "minimum""#,
            r#""step": "floor""#,
            "invalid_value assumptions[0].where.step",
        ),
        (
            r#""charge": "video", "#,
            "",
            "missing_key assumptions[0].where",
        ),
        (
            r#""currency": "USD""#,
            r#""currency": "usd""#,
            "invalid_value plans[0].price.currency",
        ),
        (
            r#""allowances": { "credits""#,
            r#""allowances": { "credit""#,
            "unknown_balance plans[0].allowances.credit",
        ),
        (
            r#""input": { "model": "b" }"#,
            r#""input": { "model": "c" }"#,
            "unknown_option plans[0].input.model",
        ),
        (
            r#""max": 600, "initial": 60"#,
            r#""max": 1000000000000000, "initial": 60"#,
            "overflow balances.credits",
        ),
        ("\"plans\"", "\"plan\"", "unknown_key plan"),
    ] {
        assert!(CARD.contains(from), "{from}");
        let spoiled = CARD.replacen(from, to, 1);
        let found = problems(&spoiled);
        if found != [expected] {
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

#[test]
fn an_option_without_a_number_is_a_warning() {
    let card = CARD.replace(r#""true": 40, "false": 30"#, r#""true": 40"#);
    let proof = prove(&Tariff::from_json(&card).unwrap());
    let paths: Vec<&str> = proof
        .warnings
        .iter()
        .map(|warning| warning.path())
        .collect();
    assert_eq!(paths, ["charges[0].price.amount.b.false"]);
    let said = card.replace(r#""true": 40"#, r#""true": 40, "false": null"#);
    assert_eq!(prove(&Tariff::from_json(&said).unwrap()).warnings, []);
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
