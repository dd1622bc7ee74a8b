//! What limits say of a usage: limits, usage, verdict and reasons, with where each figure comes from.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs, clippy::indexing_slicing, clippy::unwrap_used)]

use credit_estimator::{Limits, Tariff, Usage, Verdict, cards, check};

fn invideo() -> Tariff {
    Tariff::from_json(cards::INVIDEO_V4).unwrap()
}

/// The verdict and its reasons: `block: takes …`.
fn said(limits: &str, usage: &str) -> String {
    let tariff = invideo();
    let limits = Limits::from_json(&tariff, limits).unwrap();
    let check = check(&tariff, &Usage::from_json(usage).unwrap(), &limits).unwrap();
    let mut said = vec![check.judgement.verdict.as_str().to_owned()];
    let reasons = check.judgement.reasons.iter();
    said.extend(reasons.map(|reason| {
        assert!(reason.amount.units() > reason.limit.units());
        format!(
            "{} {}: {}",
            reason.level.as_str(),
            reason.kind(),
            reason.sentence
        )
    }));
    for (name, amounts) in [
        ("remaining", &check.judgement.remaining),
        ("short", &check.judgement.shortfall),
    ] {
        let amounts: Vec<String> = amounts.iter().map(|(id, n)| format!("{id} {n}")).collect();
        if !amounts.is_empty() {
            said.push(format!("{name} {}", amounts.join(", ")));
        }
    }
    said.join("; ")
}

#[test]
fn balances_and_guardrails_are_compared_with_the_totals() {
    // printed: PRO 3:30 is 70 credits, 60 s is 20, 30 s is 10; stock with an actor at 2:01 is 15 credits and 3 minutes
    let pro = r#"{ "duration": 210 }"#;
    let stock = r#"{ "media": "stock", "actor": "human", "duration": 121 }"#;
    for (limits, usage, expected) in [
        ("{}", pro, "ok"),
        (r#"{ "balances": {}, "guardrails": [] }"#, pro, "ok"),
        (
            r#"{ "balances": { "credits": 70 } }"#,
            pro,
            "ok; remaining credits 0.00",
        ),
        (
            r#"{ "balances": { "credits": "69.99" } }"#,
            pro,
            "block; block balance: takes 70 credits, 0.01 credits more than the balance of 69.99 credits; \
             remaining credits 0.00; short credits 0.01",
        ),
        // 69.999 of a balance with 2 decimals can pay 69.99
        (
            r#"{ "balances": { "credits": 69.999 } }"#,
            pro,
            "block; block balance: takes 70 credits, 0.01 credits more than the balance of 69.99 credits; \
             remaining credits 0.00; short credits 0.01",
        ),
        (
            r#"{ "balances": { "credits": 100.5, "videoMinutes": 2 } }"#,
            stock,
            "block; block balance: takes 3 video minutes, 1 video minute more than the balance of 2 video minutes; \
             remaining credits 85.50, videoMinutes 0; short videoMinutes 1",
        ),
        (
            r#"{ "guardrails": [{ "balance": "credits", "of": "total", "warn": 50, "block": 70 }] }"#,
            pro,
            "warn; warn total: takes 70 credits, 20 credits more than the limit of 50 credits",
        ),
        (
            r#"{ "guardrails": [{ "balance": "credits", "of": "added", "warn": 50, "block": 60 }] }"#,
            pro,
            "block; block added: adds 70 credits, 10 credits more than the limit of 60 credits",
        ),
        (
            r#"{ "balances": { "credits": 80 },
                 "guardrails": [{ "balance": "credits", "of": "share", "warn": 0.8 }] }"#,
            pro,
            "warn; warn share: takes 70 credits, 6 credits more than 80 % of the balance (64 credits); \
             remaining credits 10.00",
        ),
        (
            r#"{ "balances": { "credits": 100 },
                 "guardrails": [{ "balance": "credits", "of": "share", "warn": "0.7", "block": 1 }] }"#,
            pro,
            "ok; remaining credits 30.00",
        ),
        // what blocks comes first, whatever the order it is given in
        (
            r#"{ "guardrails": [{ "balance": "credits", "of": "total", "warn": 1 },
                                { "balance": "videoMinutes", "of": "total", "block": 0 }] }"#,
            stock,
            "block; block total: takes 3 video minutes, 3 video minutes more than the limit of 0 video minutes; \
             warn total: takes 15 credits, 14 credits more than the limit of 1 credit",
        ),
    ] {
        assert_eq!(said(limits, usage), expected, "{limits} {usage}");
    }
}

#[test]
fn what_is_no_limit_is_an_error_with_a_path() {
    let tariff = invideo();
    for (limits, code, path) in [
        ("[]", "wrong_type", ""),
        (r#"{ "balance": {} }"#, "unknown_key", "balance"),
        (r#"{ "balances": [] }"#, "wrong_type", "balances"),
        (
            r#"{ "balances": { "credit": 1 } }"#,
            "unknown_balance",
            "balances.credit",
        ),
        (
            r#"{ "balances": { "credits": -1 } }"#,
            "negative",
            "balances.credits",
        ),
        (
            r#"{ "balances": { "credits": null } }"#,
            "wrong_type",
            "balances.credits",
        ),
        (
            r#"{ "balances": { "credits": "many" } }"#,
            "invalid_value",
            "balances.credits",
        ),
        (
            r#"{ "balances": { "credits": 1e300 } }"#,
            "too_large",
            "balances.credits",
        ),
        (r#"{ "guardrails": {} }"#, "wrong_type", "guardrails"),
        (r#"{ "guardrails": [1] }"#, "wrong_type", "guardrails[0]"),
        (
            r#"{ "guardrails": [{}] }"#,
            "missing_key",
            "guardrails[0].balance",
        ),
        (
            r#"{ "guardrails": [{ "balance": "credits", "warn": 1 }] }"#,
            "missing_key",
            "guardrails[0].of",
        ),
        (
            r#"{ "guardrails": [{ "balance": "credits", "of": "all", "warn": 1 }] }"#,
            "invalid_value",
            "guardrails[0].of",
        ),
        (
            r#"{ "guardrails": [{ "balance": "credits", "of": "total" }] }"#,
            "missing_key",
            "guardrails[0].block",
        ),
        (
            r#"{ "guardrails": [{ "balance": "credits", "of": "total", "wran": 1 }] }"#,
            "unknown_key",
            "guardrails[0].wran",
        ),
        (
            r#"{ "guardrails": [{ "balance": "credits", "of": "share", "warn": 0.5 }] }"#,
            "missing_key",
            "guardrails[0].balance",
        ),
        (
            r#"{ "balances": { "credits": 1 },
                 "guardrails": [{ "balance": "credits", "of": "share", "warn": 80 }] }"#,
            "too_large",
            "guardrails[0].warn",
        ),
    ] {
        let error = Limits::from_json(&tariff, limits).unwrap_err();
        assert_eq!(
            (error.code().as_str(), error.path()),
            (code, path),
            "{limits}"
        );
    }
}

/// What would pass, as sentences.
fn passing(tariff: &Tariff, limits: &str, usage: &str) -> Vec<String> {
    let limits = Limits::from_json(tariff, limits).unwrap();
    let usage = Usage::from_json(usage).unwrap();
    let check = check(tariff, &usage, &limits).unwrap();
    let fits = check.fits.iter();
    fits.map(|fit| {
        let mut members: serde_json::Value = serde_json::to_value(&usage).unwrap();
        if let Some(value) = fit.value {
            members[fit.input] = serde_json::from_str(&value.to_string()).unwrap();
            let usage = Usage::from_json(&members.to_string()).unwrap();
            let then = credit_estimator::check(tariff, &usage, &limits).unwrap();
            assert_ne!(then.judgement.verdict, Verdict::Block);
            assert_eq!(then.estimate.totals, fit.totals);
        }
        fit.sentence.clone()
    })
    .collect()
}

#[test]
fn what_is_blocked_says_what_would_pass() {
    let credits = |credits: &str| format!(r#"{{ "balances": {{ "credits": {credits} }} }}"#);
    let tariff = invideo();
    for (limits, usage, expected) in [
        // printed: 20 credits a minute, so 50 are 2:30, and 70 are just enough
        (
            credits("50"),
            r#"{ "duration": "3:30" }"#,
            &["Video length: 2:30 passes, for 50 credits"][..],
        ),
        (credits("70"), r#"{ "duration": "3:30" }"#, &[]),
        // a started second counts whole, 2:29 is 49.67
        (
            credits("49.99"),
            r#"{ "duration": "3:30" }"#,
            &["Video length: 2:29 passes, for 49.67 credits"],
        ),
        // printed: the minimum of 30 seconds is 10 credits
        (
            credits("9"),
            r#"{ "duration": "3:30" }"#,
            &["Video length: nothing passes, the least takes 10 credits"],
        ),
        // stock with an actor: 5 credits and a video minute for each started minute
        (
            r#"{ "balances": { "credits": 100, "videoMinutes": 2 } }"#.to_owned(),
            r#"{ "duration": "2:01", "media": "stock", "actor": "human" }"#,
            &["Video length: 2:00 passes, for 10 credits and 2 video minutes"],
        ),
        // the image costs 0.2, and the shortest video 10; 31 s alone are 10.33
        (
            credits("10"),
            r#"{ "duration": 31, "images": 1 }"#,
            &[
                "Video length: nothing passes, the least takes 10.2 credits",
                "Images changed by remix: nothing passes, the least takes 10.53 credits",
            ],
        ),
        // 100 images are 20, so 10 are left: 30 s; 1:01 is 20.33, so 9.67 are left: 48 images are 9.6
        (
            credits("30"),
            r#"{ "duration": 61, "images": 100 }"#,
            &[
                "Video length: 30 s passes, for 30 credits",
                "Images changed by remix: 48 passes, for 29.93 credits",
            ],
        ),
        // a guardrail blocks like a balance, the tighter of both counts
        (
            r#"{ "balances": { "credits": 100 }, "guardrails":
                 [{ "balance": "credits", "of": "share", "warn": 0.1, "block": 0.4 }] }"#
                .to_owned(),
            r#"{ "duration": "3:30" }"#,
            &["Video length: 2:00 passes, for 40 credits"],
        ),
        // a list has no one value to make smaller
        (credits("1"), r#"{ "clips": [5] }"#, &[]),
        // what is left out costs nothing whatever it is
        (
            credits("1"),
            r#"{ "duration": 60, "model": "ultra" }"#,
            &["Video length: nothing passes, the least takes 20 credits"],
        ),
    ] {
        assert_eq!(
            passing(&tariff, &limits, usage),
            expected,
            "{limits} {usage}"
        );
    }
    // 95 images are 95 credits, 101 to 120 are 50.5 to 60
    let volume = Tariff::from_json(
        r#"{ "id": "volume", "balances": { "credits": { "label": "Credits" } },
             "inputs": [{ "id": "images", "label": "Images", "kind": "number", "max": 500 }],
             "charges": [{ "id": "c", "balance": "credits", "quantity": { "of": "images" }, "price": { "mode": "volume",
               "tiers": [{ "upTo": 100, "amount": 1 }, { "amount": 0.5 }] } }] }"#,
    )
    .unwrap();
    let found = passing(&volume, &credits("60"), r#"{ "images": 95 }"#);
    assert_eq!(found, ["Images: 120 passes, for 60 credits"]);
}
