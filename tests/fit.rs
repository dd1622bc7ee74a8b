//! The most that fits, against every value of the grid priced by itself.
#![allow(missing_docs, clippy::unwrap_used)]

use credit_estimator::{Code, FitReason, Limits, Tariff, Usage, Vary, cards, estimate, fit};

fn usage(json: &str) -> Usage {
    Usage::from_json(json).unwrap()
}

fn within(tariff: &Tariff, balances: &str) -> Limits {
    Limits::from_json(tariff, &format!(r#"{{ "balances": {balances} }}"#)).unwrap()
}

/// A card of one charge in whole credits over `n`, a number to 200, and `m`, `k` and `mode` beside it.
fn card(charge: &str) -> Tariff {
    Tariff::from_json(&format!(
        r#"{{
            "id": "t", "balances": {{ "credits": {{ "decimals": 0, "round": "up" }}, "minutes": {{ "decimals": 1 }} }},
            "inputs": [
                {{ "id": "mode", "kind": "choice", "options": [{{ "id": "a" }}, {{ "id": "b" }}], "default": "a" }},
                {{ "id": "m", "kind": "number", "max": 50 }},
                {{ "id": "n", "kind": "number", "max": 200 }},
                {{ "id": "extra", "kind": "number", "max": 9, "default": 2, "when": {{ "n": {{ "atLeast": 20, "below": 90 }} }} }},
                {{ "id": "area", "kind": "product", "of": ["n", "m"] }},
                {{ "id": "square", "kind": "product", "of": ["n", "n"] }},
                {{ "id": "longer", "kind": "largest", "of": ["n", "m"] }},
                {{ "id": "list", "kind": "number", "max": 9, "maxItems": 9 }}
            ],
            "charges": [
                {charge},
                {{ "id": "minutes", "balance": "minutes", "quantity": {{ "of": "n" }}, "price": {{ "amount": 1, "per": 60 }} }}
            ]
        }}"#
    ))
    .unwrap()
}

/// Charges whose course along `n` bends, jumps, falls or has gaps.
const CHARGES: [&str; 21] = [
    r#"{ "id": "a", "balance": "credits", "quantity": { "of": "n", "minimum": 30, "increment": 7 }, "price": { "amount": 3, "per": 10 } }"#,
    r#"{ "id": "a", "balance": "credits", "quantity": { "of": "n", "increment": 8, "round": "halfUp" }, "price": { "amount": 1 } }"#,
    r#"{ "id": "a", "balance": "credits", "quantity": { "of": "n", "increment": 8, "round": "down" }, "price": { "amount": 1, "flat": 2 } }"#,
    r#"{ "id": "a", "balance": "credits", "quantity": { "of": "n" }, "price": { "mode": "volume", "tiers": [{ "upTo": 50, "amount": 2 }, { "upTo": 120, "amount": 1 }, { "amount": "1/2", "flat": 7 }] } }"#,
    r#"{ "id": "a", "balance": "credits", "quantity": { "of": "n", "increment": 11 }, "price": { "mode": "volume", "tiers": [{ "upTo": 50, "amount": 2 }, { "upTo": 120, "amount": 1 }] } }"#,
    r#"{ "id": "a", "balance": "credits", "quantity": { "of": "n" }, "price": { "mode": "graduated", "tiers": [{ "upTo": 50, "amount": 0 }, { "upTo": 51, "flat": 9 }, { "upTo": 180, "amount": 1 }] } }"#,
    r#"{ "id": "a", "balance": "credits", "quantity": { "of": "n" }, "price": { "amount": 1 }, "when": { "n": [{ "above": 10, "atMost": 40 }, 50, { "atLeast": 100 }] } }"#,
    r#"{ "id": "a", "balance": "credits", "quantity": { "of": "n" }, "price": { "amount": { "by": "n", "0": 1, "5": 3, "6": 1, "60": 1, "120": null } } }"#,
    r#"{ "id": "a", "balance": "credits", "price": { "flat": 40 }, "when": { "n": { "below": 100 } } }"#,
    r#"{ "id": "a", "balance": "credits", "quantity": { "of": "n" }, "price": { "amount": 1 }, "minimumAmount": 20, "maximumAmount": 90 }"#,
    r#"{ "id": "a", "balance": "credits", "quantity": { "of": "n" }, "price": { "amount": 1 }, "maximumAmount": { "by": "mode", "a": 30, "b": 60 }, "factors": ["3/7", 2], "round": "down" }"#,
    r#"{ "id": "a", "balance": "credits", "quantity": { "of": "area", "increment": 100 }, "price": { "amount": 1, "per": 50 } }"#,
    r#"{ "id": "a", "balance": "credits", "quantity": { "of": "square", "minimum": 90, "increment": 100 }, "price": { "amount": 1, "per": 200 } }"#,
    r#"{ "id": "a", "balance": "credits", "quantity": { "of": "longer" }, "price": { "amount": 1 } }"#,
    r#"{ "id": "a", "balance": "credits", "price": { "flat": "3/2" }, "times": "n" }"#,
    r#"{ "id": "a", "balance": "credits", "quantity": { "of": "list", "each": true, "minimum": 2 }, "price": { "amount": 1 }, "times": "n" }"#,
    r#"{ "id": "a", "balance": "credits", "quantity": { "of": "extra" }, "price": { "amount": 9 } }"#,
    r#"{ "id": "a", "balance": "credits", "quantity": { "of": "n" }, "price": { "amount": 1, "per": 3 }, "when": { "extra": 2 } }"#,
    r#"{ "id": "a", "balance": "credits", "quantity": { "of": "n" }, "price": { "amount": { "by": "extra", "2": 1 }, "per": 3 } }"#,
    r#"{ "id": "a", "balance": "credits", "quantity": { "of": "n" }, "price": { "amount": 1 }, "when": { "square": { "above": 400, "below": 10000 }, "area": { "atMost": 900 } } }"#,
    r#"{ "id": "a", "balance": "credits", "quantity": { "of": "n", "minimum": { "by": "n", "1": 5, "2": 1, "3": 4, "150": 160 } }, "price": { "mode": "volume", "tiers": [{ "upTo": { "by": "mode", "a": 3, "b": 4 }, "amount": { "by": "mode", "a": 1, "b": null } }, { "amount": 1 }] } }"#,
];

#[test]
fn the_most_that_fits_is_what_trying_every_value_finds() {
    let mut found = Vec::new();
    for charge in CHARGES {
        let tariff = card(charge);
        for beside in [
            r#"{ "m": 7, "list": [1, 4] }"#,
            r#"{ "m": 30, "mode": "b", "list": [3] }"#,
        ] {
            let usage = usage(beside);
            let prices: Vec<_> = (0..=200_u32)
                .map(|n| estimate(&tariff, &usage.clone().with("n", n)).ok())
                .collect();
            for (credits, minutes) in (0..260)
                .step_by(3)
                .map(|n| (n, 200))
                .chain((0..40).map(|n| (1000, n)))
            {
                let text = format!(
                    r#"{{ "credits": {credits}, "minutes": "{}.{}" }}"#,
                    minutes / 10,
                    minutes % 10
                );
                let limits = within(&tariff, &text);
                let fits = |n: usize| {
                    prices.get(n).and_then(Option::as_ref).is_some_and(|price| {
                        price.totals.get("credits").unwrap().units() <= credits
                            && price.totals.get("minutes").unwrap().units() <= minutes
                    })
                };
                let expected = (0..=200).rev().find(|n| fits(*n));
                let fit = fit(&tariff, &usage, &Vary::new("n"), &limits);
                let at = format!("{charge} {beside} {text}");
                let fit = fit.unwrap_or_else(|error| panic!("{error} {at}"));
                let value = fit
                    .value
                    .map(|value| usize::try_from(value.numerator()).unwrap());
                assert_eq!(value, expected, "{at}");
                let next = expected.map_or_else(
                    || prices.iter().position(Option::is_some),
                    |value| {
                        prices
                            .get(value + 1)
                            .and_then(Option::as_ref)
                            .map(|_| value + 1)
                    },
                );
                let priced = next.map(|next| (next, prices[next].as_ref().unwrap()));
                assert_eq!(
                    fit.next
                        .as_ref()
                        .map(|next| (next.value.to_string(), &next.totals)),
                    priced.map(|(next, price)| (next.to_string(), &price.totals)),
                    "{at}"
                );
                assert_eq!(
                    fit.estimate.as_ref(),
                    expected.and_then(|value| prices[value].as_ref()),
                    "{at}"
                );
                let over = |id: &str, most| {
                    priced.is_some_and(|(_, price)| price.totals.get(id).unwrap().units() > most)
                };
                assert_eq!(
                    fit.limited_by.contains(&"credits"),
                    over("credits", credits),
                    "{at}"
                );
                assert_eq!(
                    fit.limited_by.contains(&"minutes"),
                    over("minutes", minutes),
                    "{at}"
                );
                let reason = match (expected, next) {
                    (None, _) => FitReason::None,
                    (Some(200), _) => FitReason::Max,
                    (_, None) => FitReason::NotOffered,
                    _ => FitReason::Balance,
                };
                assert_eq!(fit.reason, reason, "{at}");
                found.push(reason);
            }
        }
    }
    for reason in [
        FitReason::Balance,
        FitReason::Max,
        FitReason::NotOffered,
        FitReason::None,
    ] {
        assert!(found.contains(&reason), "{reason:?}");
    }
}

#[test]
fn of_the_built_in_card() {
    let tariff = Tariff::from_json(cards::INVIDEO_V4).unwrap();
    for (input, vary, balances, value, sentence) in [
        // 20 credits a minute, and 5 for each started one
        (
            r#"{ "actor": "human" }"#,
            "duration",
            r#"{ "credits": 100 }"#,
            "240",
            "240 s fits: 240.001 s would take 105.33 credits of 100 credits",
        ),
        // 10 credits at least
        (
            "{}",
            "duration",
            r#"{ "credits": "9.99" }"#,
            "0",
            "0 s fits: 0.001 s would take 10 credits of 9.99 credits",
        ),
        (
            "{}",
            "duration",
            r#"{ "credits": 10 }"#,
            "30",
            "30 s fits: 30.001 s would take 10.33 credits of 10 credits",
        ),
        (
            "{}",
            "duration",
            r#"{ "credits": 28 }"#,
            "84",
            "84 s fits: 84.001 s would take 28.33 credits of 28 credits",
        ),
        (
            r#"{ "media": "stock", "actor": "human" }"#,
            "duration",
            r#"{ "credits": 25, "videoMinutes": 3 }"#,
            "180",
            "180 s fits: 180.001 s would take 4 video minutes of 3 video minutes",
        ),
        (
            r#"{ "duration": 60 }"#,
            "images",
            r#"{ "credits": 20.999 }"#,
            "4",
            "4 fits: 5 would take 21 credits of 20.99 credits",
        ),
        (
            "{}",
            "duration",
            "{}",
            "14400",
            "14400 s fits, which is the most that was asked for",
        ),
    ] {
        let limits = within(&tariff, balances);
        let fit = fit(&tariff, &usage(input), &Vary::new(vary), &limits).unwrap();
        assert_eq!(fit.value.unwrap().to_string(), value, "{input} {balances}");
        assert_eq!(fit.sentence, sentence, "{input} {balances}");
    }
}

#[test]
fn what_is_no_question_has_a_code_and_a_path() {
    let tariff = card(CHARGES[16]);
    let plain = || Vary::new("n");
    for (input, vary, code, path) in [
        (r#"{ "m": 51 }"#, plain(), Code::TooLarge, "m"),
        ("{}", Vary::new("o"), Code::UnknownInput, "vary"),
        ("{}", Vary::new("mode"), Code::WrongType, "vary"),
        ("{}", Vary::new("area"), Code::WrongType, "vary"),
        (
            r#"{ "list": [1] }"#,
            Vary::new("list"),
            Code::WrongType,
            "vary",
        ),
        ("{}", Vary::new("extra"), Code::LeftOut, "vary"),
        ("{}", Vary::default(), Code::MissingKey, "vary"),
        ("{}", plain().from(201), Code::TooLarge, "from"),
        ("{}", plain().from(0.5), Code::OffStep, "from"),
        ("{}", plain().to("1:00"), Code::WrongType, "to"),
        ("{}", plain().from(7).to(6), Code::TooSmall, "to"),
        ("{}", plain().step(0), Code::InvalidValue, "step"),
        ("{}", plain().step(1.5), Code::OffStep, "step"),
    ] {
        // `extra` is asked for from 20 on, and `n` is 0 where it is not given
        let input = usage(input).with("n", 0);
        let error = fit(&tariff, &input, &vary, &Limits::default()).unwrap_err();
        assert_eq!((error.code(), error.path()), (code, path), "{vary:?}");
    }
}
