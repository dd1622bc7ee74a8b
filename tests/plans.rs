//! What usages cost with each plan, and which plan is the cheapest.
#![allow(missing_docs, clippy::panic, clippy::unwrap_used)]

use credit_estimator::{Code, Tariff, Usage, document::Every, recommend_plan};

/// A card that charges `credits` and `minutes` as they are given, at double with the model ultra.
fn tariff(plans: &str) -> Tariff {
    Tariff::from_json(&format!(
        r#"{{
            "id": "t", "balances": {{ "credits": {{}}, "minutes": {{ "decimals": 0 }} }},
            "inputs": [
                {{ "id": "credits", "kind": "number", "max": 1000000, "step": "0.01" }},
                {{ "id": "minutes", "kind": "number", "max": 1000000 }},
                {{ "id": "model", "kind": "choice", "default": "pro", "options": [{{ "id": "pro" }}, {{ "id": "ultra" }}, {{ "id": "max" }}] }},
                {{ "id": "seats", "kind": "number", "max": 9 }}
            ],
            "charges": [
                {{ "id": "credits", "balance": "credits", "quantity": {{ "of": "credits" }}, "price": {{ "amount": {{ "by": "model", "pro": 1, "ultra": 2 }} }} }},
                {{ "id": "minutes", "balance": "minutes", "quantity": {{ "of": "minutes" }}, "price": {{ "amount": 1 }} }}
            ],
            "plans": [{plans}]
        }}"#
    ))
    .unwrap_or_else(|error| panic!("{error}\n{plans}"))
}

/// What is covered, the cheapest first, then `|` and what is not: `id cost`.
fn ranked(tariff: &Tariff, usages: &[(Usage, u32)], every: Every) -> String {
    let found = recommend_plan(tariff, usages, every, None).unwrap();
    assert_eq!(
        found.best,
        found
            .plans
            .first()
            .filter(|plan| plan.covers)
            .map(|plan| plan.plan)
    );
    let list = |covers| {
        let plans = found.plans.iter().filter(move |plan| plan.covers == covers);
        plans
            .map(|plan| format!("{} {}", plan.plan, plan.cost))
            .collect::<Vec<_>>()
            .join(", ")
    };
    format!("{} | {}", list(true), list(false))
}

fn usage(json: &str) -> Usage {
    Usage::from_json(json).unwrap()
}

/// The sentence of the only plan.
fn said(plan: &str, input: &str, every: Every) -> String {
    let tariff = tariff(plan);
    let found = recommend_plan(&tariff, &[(usage(input), 1)], every, None).unwrap();
    found.plans.first().unwrap().sentence.clone()
}

#[test]
fn one_plan_and_what_it_comes_to() {
    use Every::{Day, Month, Week, Year};
    const MONTHLY: &str = r#"{ "id": "a", "price": { "amount": 29, "currency": "USD", "every": "month" }, "allowances": { "credits": 600 } }"#;
    // as a vendor has it: "blocks of 100 credits", 5 dollars each
    const BLOCKS: &str = r#"{ "id": "a", "price": { "amount": 149, "currency": "USD", "every": "month" }, "allowances": { "credits": 1500 },
        "overage": { "credits": { "quantity": { "increment": 100, "round": "up" }, "price": { "amount": 0.05 } } } }"#;
    // the guide: who needs 12 credits more pays for 50 of them, which are 15 dollars
    const GUIDE: &str = r#"{ "id": "plus", "price": { "amount": 28, "currency": "USD", "every": "month" }, "allowances": { "credits": 100 },
        "overage": { "credits": { "quantity": { "minimum": 50, "increment": 10 }, "price": { "amount": 3, "per": 10 } } } }"#;
    const YEARLY: &str = r#"{ "id": "a", "price": { "amount": 150, "currency": "USD", "every": "year" }, "allowances": { "credits": 3600 } }"#;
    const WEEKLY: &str = r#"{ "id": "a", "price": { "amount": 7, "currency": "EUR", "every": "week" }, "allowances": { "credits": 100 } }"#;
    const PACK: &str = r#"{ "id": "a", "price": { "amount": 9.5, "currency": "USD" }, "allowances": { "credits": 100 } }"#;
    const PACK_AND_MORE: &str = r#"{ "id": "a", "price": { "amount": 10, "currency": "USD" }, "allowances": { "credits": 100 },
        "overage": { "credits": { "price": { "amount": 0.2 } } } }"#;
    const GRADUATED: &str = r#"{ "id": "a", "price": { "amount": 0, "currency": "USD", "every": "month" },
        "overage": { "credits": { "price": { "mode": "graduated", "tiers": [{ "upTo": 10, "amount": 1 }, { "upTo": 30, "amount": 0.5, "flat": 1 }] } } } }"#;
    const VOLUME: &str = r#"{ "id": "a", "price": { "amount": 0, "currency": "USD", "every": "month" },
        "overage": { "credits": { "price": { "mode": "volume", "tiers": [{ "upTo": 10, "amount": 1 }, { "amount": "1/3" }] } } } }"#;
    const BY: &str = r#"{ "id": "a", "price": { "amount": 1, "currency": "USD", "every": "month" }, "input": { "model": "ultra", "seats": 3 },
        "overage": { "credits": { "price": { "amount": { "by": "model", "pro": 9, "ultra": { "by": "seats", "3": 0.5 } } } } } }"#;
    for (plan, input, every, expected) in [
        (
            MONTHLY,
            r#"{ "credits": 600 }"#,
            Month,
            "29 USD a month with 600 credits",
        ),
        (
            MONTHLY,
            r#"{ "credits": 600.01 }"#,
            Month,
            "29 USD a month with 600 credits, 0.01 credits too few",
        ),
        (MONTHLY, "{}", Month, "29 USD a month with 600 credits"),
        (
            MONTHLY,
            r#"{ "credits": 5, "minutes": 1 }"#,
            Month,
            "29 USD a month with 600 credits, 1 minute too few",
        ),
        (
            MONTHLY,
            r#"{ "credits": 7200 }"#,
            Year,
            "29 USD a month with 600 credits: 348 USD a year",
        ),
        (
            BLOCKS,
            r#"{ "credits": 1500 }"#,
            Month,
            "149 USD a month with 1500 credits",
        ),
        (
            BLOCKS,
            r#"{ "credits": 1512 }"#,
            Month,
            "149 USD a month with 1500 credits, 5 USD for 12 credits more: 154 USD a month",
        ),
        (
            BLOCKS,
            r#"{ "credits": 1600.01 }"#,
            Month,
            "149 USD a month with 1500 credits, 10 USD for 100.01 credits more: 159 USD a month",
        ),
        (
            GUIDE,
            r#"{ "credits": 112 }"#,
            Month,
            "28 USD a month with 100 credits, 15 USD for 12 credits more: 43 USD a month",
        ),
        (
            GUIDE,
            r#"{ "credits": 151 }"#,
            Month,
            "28 USD a month with 100 credits, 18 USD for 51 credits more: 46 USD a month",
        ),
        // twelve times 300
        (
            YEARLY,
            r#"{ "credits": 300 }"#,
            Month,
            "150 USD a year with 3600 credits: 12.50 USD a month",
        ),
        (
            YEARLY,
            r#"{ "credits": 301 }"#,
            Month,
            "150 USD a year with 3600 credits, 12 credits too few: 12.50 USD a month",
        ),
        (
            YEARLY,
            r#"{ "credits": 3600 }"#,
            Year,
            "150 USD a year with 3600 credits",
        ),
        // 52 weeks in 12 months: 433 1/3 credits, and 30 1/3 euros
        (
            WEEKLY,
            r#"{ "credits": 433.33 }"#,
            Month,
            "7 EUR a week with 100 credits: 30.33 EUR a month",
        ),
        (
            WEEKLY,
            r#"{ "credits": 433.34 }"#,
            Month,
            "7 EUR a week with 100 credits, 0.01 credits too few: 30.33 EUR a month",
        ),
        (
            WEEKLY,
            r#"{ "credits": 14 }"#,
            Day,
            "7 EUR a week with 100 credits: 1 EUR a day",
        ),
        (PACK, "{}", Month, "0 × 9.50 USD with 100 credits: 0 USD"),
        (
            PACK,
            r#"{ "credits": 100 }"#,
            Week,
            "9.50 USD with 100 credits",
        ),
        (
            PACK,
            r#"{ "credits": 100.01 }"#,
            Month,
            "2 × 9.50 USD with 100 credits: 19 USD",
        ),
        (
            PACK,
            r#"{ "credits": 250, "minutes": 2 }"#,
            Month,
            "3 × 9.50 USD with 100 credits, 2 minutes too few: 28.50 USD",
        ),
        (
            PACK_AND_MORE,
            r#"{ "credits": 149 }"#,
            Month,
            "10 USD with 100 credits, 9.80 USD for 49 credits more: 19.80 USD",
        ),
        (
            PACK_AND_MORE,
            r#"{ "credits": 150 }"#,
            Month,
            "10 USD with 100 credits, 10 USD for 50 credits more: 20 USD",
        ),
        (
            PACK_AND_MORE,
            r#"{ "credits": 151 }"#,
            Month,
            "2 × 10 USD with 100 credits: 20 USD",
        ),
        (
            PACK_AND_MORE,
            r#"{ "credits": 449 }"#,
            Month,
            "4 × 10 USD with 100 credits, 9.80 USD for 49 credits more: 49.80 USD",
        ),
        (
            GRADUATED,
            r#"{ "credits": 10 }"#,
            Month,
            "0 USD a month, 10 USD for 10 credits more: 10 USD a month",
        ),
        (
            GRADUATED,
            r#"{ "credits": 11 }"#,
            Month,
            "0 USD a month, 11.50 USD for 11 credits more: 11.50 USD a month",
        ),
        (
            GRADUATED,
            r#"{ "credits": 30.01 }"#,
            Month,
            "0 USD a month, 30.01 credits too few",
        ),
        (
            VOLUME,
            r#"{ "credits": 10 }"#,
            Month,
            "0 USD a month, 10 USD for 10 credits more: 10 USD a month",
        ),
        (
            VOLUME,
            r#"{ "credits": 11 }"#,
            Month,
            "0 USD a month, 3.67 USD for 11 credits more: 3.67 USD a month",
        ),
        // twice 5, with the plan's own model
        (
            BY,
            r#"{ "credits": 5, "model": "pro" }"#,
            Month,
            "1 USD a month, 5 USD for 10 credits more: 6 USD a month",
        ),
    ] {
        assert_eq!(
            said(plan, input, every),
            expected,
            "{plan} {input} {every:?}"
        );
    }
}

#[test]
fn plans_of_a_vendor_are_ranked() {
    let text = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/cards/magic-hour-credit-packs.json"
    ));
    let tariff = Tariff::from_json(&text.unwrap()).unwrap();
    let month = |credits: u32| {
        ranked(
            &tariff,
            &[(Usage::new().with("credits", credits), 2)],
            Every::Month,
        )
    };
    assert_eq!(
        month(6000),
        "creator 19.00, pack-12000 27.00, pack-4000 30.00, pro 39.00, pack-32000 64.00, business 99.00, pack-64000 120.00 | "
    );
    assert_eq!(
        month(13_000),
        "pack-32000 64.00, pack-4000 70.00, pack-12000 81.00, business 99.00, pack-64000 120.00 | creator 19.00, pro 39.00"
    );
}

#[test]
fn usages_are_priced_by_themselves_and_with_the_values_of_a_plan() {
    let plans = r#"
        { "id": "pro", "price": { "amount": 10, "currency": "USD", "every": "month" }, "allowances": { "credits": 100 }, "input": { "model": "pro" } },
        { "id": "ultra", "price": { "amount": 8, "currency": "USD", "every": "month" }, "allowances": { "credits": 100 }, "input": { "model": "ultra" } },
        { "id": "any", "price": { "amount": 9, "currency": "USD", "every": "month" }, "allowances": { "credits": 101 } },
        { "id": "max", "price": { "amount": 1, "currency": "USD", "every": "month" }, "input": { "model": "max" } }"#;
    let tariff = tariff(plans);
    let usages = [
        (usage(r#"{ "credits": 50 }"#), 1),
        (usage(r#"{ "credits": 25, "model": "ultra" }"#), 1),
    ];
    let found = recommend_plan(&tariff, &usages, Every::Month, None).unwrap();
    assert_eq!(
        found
            .totals
            .as_ref()
            .unwrap()
            .get("credits")
            .unwrap()
            .to_string(),
        "100.00"
    );
    let used = |plan: &str| {
        let plan = found.plans.iter().find(|other| other.plan == plan).unwrap();
        plan.used.get("credits").map(|amount| amount.to_string())
    };
    assert_eq!(
        ranked(&tariff, &usages, Every::Month),
        "any 9.00, pro 10.00 | max 1.00, ultra 8.00"
    );
    assert_eq!(used("pro").unwrap(), "75.00");
    assert_eq!(used("ultra").unwrap(), "150.00");
    assert_eq!(used("any").unwrap(), "100.00");
    assert_eq!(used("max"), None);
    let problem = found
        .plans
        .iter()
        .find_map(|plan| plan.problem.as_ref())
        .unwrap();
    assert_eq!(
        (problem.code(), problem.path()),
        (Code::NotOffered, "usages[0].model")
    );

    // a third of a credit is rounded each time
    let many = [(usage(r#"{ "credits": 0.01 }"#), 10_000)];
    assert_eq!(
        ranked(&tariff, &many, Every::Month),
        "any 9.00, pro 10.00 | max 1.00, ultra 8.00"
    );
}

#[test]
fn what_is_no_question_has_a_code_and_a_path() {
    const USD: &str =
        r#"{ "id": "a", "price": { "amount": 1, "currency": "USD" }, "input": { "seats": 3 } }"#;
    const EUR: &str = r#"{ "id": "b", "price": { "amount": 1, "currency": "EUR" } }"#;
    let both = [USD, EUR].join(", ");
    let huge = r#"{ "credits": 1000000 }"#;
    for (plans, input, count, currency, code, path) in [
        ("", "{}", 1, None, Code::MissingKey, "plans"),
        (both.as_str(), "{}", 1, None, Code::MissingKey, "currency"),
        (&both, "{}", 1, Some("usd"), Code::InvalidValue, "currency"),
        (
            &both,
            r#"{ "credits": -1 }"#,
            1,
            Some("EUR"),
            Code::Negative,
            "usages[0].credits",
        ),
        (
            USD,
            r#"{ "model": "max", "credits": 1 }"#,
            1,
            None,
            Code::NotOffered,
            "usages[0].model",
        ),
        (USD, huge, u32::MAX, None, Code::TooLarge, "usages"),
    ] {
        let tariff = tariff(plans);
        let error =
            recommend_plan(&tariff, &[(usage(input), count)], Every::Month, currency).unwrap_err();
        assert_eq!(
            (error.code(), error.path()),
            (code, path),
            "{plans} {input}"
        );
    }
    let tariff = tariff(&both);
    let found = recommend_plan(&tariff, &[], Every::Month, Some("EUR")).unwrap();
    assert_eq!(found.best, Some("b"));
}
