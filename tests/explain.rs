//! How prices come about, in data and in words: card, usage, what is said, with where each figure comes from.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    missing_docs,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

mod support;

use credit_estimator::{
    ExplainedStep, Explanation, HintKind, Quantity, Rounding, StepKind, Tariff, Usage, cards,
    document::Input, estimate, explain,
};
use support::{Exact, Random, all_cards, random_values, usage_of};

fn invideo() -> Tariff {
    Tariff::from_json(cards::INVIDEO_V4).unwrap()
}

fn test_card(charges: &str) -> Tariff {
    let card = format!(
        r#"{{
        "id": "test",
        "balances": {{ "credits": {{ "label": "Credits", "decimals": 2 }}, "usd": {{ "label": "US dollars" }},
                       "minutes": {{ "label": "Minutes", "decimals": 0, "round": "up" }} }},
        "inputs": [
            {{ "id": "kind", "kind": "choice", "label": "Kind", "default": "a",
               "options": [{{ "id": "a", "label": "The first" }}, {{ "id": "b" }}] }},
            {{ "id": "hd", "kind": "toggle", "label": "High definition" }},
            {{ "id": "length", "kind": "duration", "label": "Length", "max": 7200 }},
            {{ "id": "extra", "kind": "duration", "label": "Extra", "max": 600, "when": {{ "kind": "b" }} }},
            {{ "id": "images", "kind": "number", "label": "Images", "max": 5000 }},
            {{ "id": "copies", "kind": "number", "label": "Copies", "max": 100 }},
            {{ "id": "clips", "kind": "duration", "label": "Clips", "max": 600, "maxItems": 50 }},
            {{ "id": "width", "kind": "number", "max": 8000 }},
            {{ "id": "height", "kind": "number", "max": 8000 }},
            {{ "id": "pixels", "kind": "product", "label": "Pixels", "of": ["width", "height"] }}
        ],
        "charges": [{charges}] }}"#
    );
    Tariff::from_json(&card).unwrap_or_else(|error| panic!("{error}\n{charges}"))
}

fn said<'t>(tariff: &'t Tariff, usage: &str) -> Explanation<'t> {
    explain(tariff, &Usage::from_json(usage).unwrap()).unwrap()
}

fn lines(explanation: &Explanation<'_>) -> Vec<String> {
    let lines = explanation.lines.iter();
    lines.map(|line| line.sentence.clone()).collect()
}

fn hints(explanation: &Explanation<'_>) -> Vec<String> {
    let hints = explanation.hints.iter();
    hints.map(|hint| hint.sentence.clone()).collect()
}

#[test]
fn the_built_in_card_shows_its_arithmetic() {
    let tariff = invideo();
    for (usage, expected) in [
        // printed: 30 s = 10, 60 s = 20, 3:30 = 70 (PRO) and 140 (ULTRA)
        (
            r#"{ "duration": 30 }"#,
            &["30 s × 20 credits per 60 s = 10 credits"][..],
        ),
        (
            r#"{ "duration": 60 }"#,
            &["60 s × 20 credits per 60 s = 20 credits"],
        ),
        (
            r#"{ "duration": "3:30" }"#,
            &["3:30 × 20 credits per 60 s = 70 credits"],
        ),
        (
            r#"{ "duration": "3:30", "model": "ultra" }"#,
            &["3:30 × 40 credits per 60 s = 140 credits"],
        ),
        // printed: a minimum of 30 s
        (
            r#"{ "duration": 12 }"#,
            &["12 s consumed, raised to the 30 s minimum, 30 s × 20 credits per 60 s = 10 credits"],
        ),
        // 31 × 20 ÷ 60 = 10.33…
        (
            r#"{ "duration": 30.2 }"#,
            &[
                "30.2 s consumed, rounded up to 31 s in steps of 1 s, 31 s × 20 credits per 60 s ≈ 10.33 credits",
            ],
        ),
        // printed: stock with an actor, 3 minutes or less, is 15 credits; 2:01 to 3:00 counts as 3 video minutes
        (
            r#"{ "duration": "2:01", "media": "stock", "actor": "human" }"#,
            &[
                "2:01 consumed, rounded up to 3:00 in steps of 60 s, 3:00 × 5 credits per 60 s = 15 credits",
                "2:01 consumed, rounded up to 3:00 in steps of 60 s, 3:00 × 1 video minute per 60 s = 3 video minutes",
            ],
        ),
        // printed: 1 image 0.2, a 5-second clip 1.67, a 3-second clip 1
        (r#"{ "images": 1 }"#, &["1 × 0.2 credits = 0.2 credits"]),
        (
            r#"{ "clips": [5] }"#,
            &["5 s × 20 credits per 60 s ≈ 1.67 credits"],
        ),
        // an item of nothing is none: what is left is said alone
        (
            r#"{ "clips": [5, 0] }"#,
            &["5 s × 20 credits per 60 s ≈ 1.67 credits"],
        ),
        (
            r#"{ "clips": [3, 5, 3] }"#,
            &[
                "2 of 3 s, each 3 s × 20 credits per 60 s = 1 credit; 5 s × 20 credits per 60 s ≈ 1.67 credits; \
                 together ≈ 3.67 credits",
            ],
        ),
        ("{}", &[]),
    ] {
        assert_eq!(lines(&said(&tariff, usage)), expected, "{usage}");
    }
}

#[test]
fn every_kind_of_step_is_said() {
    let graduated = r#"{ "id": "c", "balance": "credits", "quantity": { "of": "images" },
        "price": { "mode": "graduated", "tiers": [{ "upTo": 100, "amount": 0 }, { "upTo": 1000, "amount": 0.5 },
                                                  { "amount": 0.1, "flat": 2 }] } }"#;
    let volume = r#"{ "id": "c", "balance": "usd", "quantity": { "of": "length" },
        "price": { "mode": "volume", "tiers": [{ "upTo": 60, "flat": 3 }, { "amount": "1/9", "flat": 1 }] } }"#;
    let limited = r#"{ "id": "c", "balance": "credits", "quantity": { "of": "length" }, "price": { "amount": 0.07 },
        "factors": [{ "by": "hd", "true": 1.5, "false": 1 }], "minimumAmount": 1, "maximumAmount": 9,
        "round": "up", "decimals": 0 }"#;
    let times =
        r#"{ "id": "c", "balance": "credits", "price": { "amount": 2.5 }, "times": "copies" }"#;
    let flat = r#"{ "id": "c", "balance": "minutes", "price": { "flat": 1 } }"#;
    let summed = r#"{ "id": "c", "balance": "credits", "quantity": { "of": "clips", "increment": 15, "round": "halfUp" },
        "price": { "amount": 1, "per": 5 } }"#;
    let pixels = r#"{ "id": "c", "balance": "credits", "quantity": { "of": "pixels", "increment": 1000, "round": "down" },
        "price": { "amount": 2, "per": 1000000 } }"#;
    let each = r#"{ "id": "c", "balance": "credits", "quantity": { "of": "clips", "each": true, "minimum": 4 },
        "price": { "amount": 0.5 }, "times": "copies" }"#;
    let small = r#"{ "id": "c", "balance": "credits", "quantity": { "of": "images" }, "price": { "amount": 0.0125 } }"#;
    for (charges, usage, expected) in [
        // more digits than the balance has, and all of them
        (
            small,
            r#"{ "images": 3 }"#,
            "3 × 0.0125 credits = 0.0375 credits",
        ),
        // 100 free, then 50 × 0.5
        (
            graduated,
            r#"{ "images": 150 }"#,
            "150 consumed, tier 1 up to 100: 100 free, tier 2 up to 1000: 50 × 0.5 credits = 25 credits, \
             together = 25 credits",
        ),
        // 900 × 0.5 = 450, 200 × 0.1 + 2 = 22
        (
            graduated,
            r#"{ "images": 1200 }"#,
            "1200 consumed, tier 1 up to 100: 100 free, tier 2 up to 1000: 900 × 0.5 credits = 450 credits, \
             tier 3: 200 × 0.1 credits + 2 credits = 22 credits, together = 472 credits",
        ),
        (graduated, r#"{ "images": 7 }"#, "tier 1 up to 100: 7 free"),
        (
            volume,
            r#"{ "length": 60 }"#,
            "tier 1 up to 60 s: 3 US dollars",
        ),
        // 72 ÷ 9 + 1
        (
            volume,
            r#"{ "length": 72 }"#,
            "tier 2: 1:12 × 1/9 US dollars per second + 1 US dollar = 9 US dollars",
        ),
        // 10 × 0.07 = 0.7, × 1.5 = 1.05, up to 2
        (
            limited,
            r#"{ "length": 10, "hd": true }"#,
            "10 s × 0.07 credits per second = 0.7 credits, × 1.5 = 1.05 credits, rounded up to 2 credits",
        ),
        (
            limited,
            r#"{ "length": 10 }"#,
            "10 s × 0.07 credits per second = 0.7 credits, raised to the minimum of 1 credit",
        ),
        (
            limited,
            r#"{ "length": 1000 }"#,
            "16:40 × 0.07 credits per second = 70 credits, lowered to the maximum of 9 credits",
        ),
        (
            times,
            r#"{ "copies": 3 }"#,
            "2.5 credits, × 3 = 7.5 credits",
        ),
        (flat, "{}", "1 minute"),
        // 22.5 is half-way from 15 to 30
        (
            summed,
            r#"{ "clips": [20, 2.5] }"#,
            "22.5 s consumed by 2 items, rounded to 30 s in steps of 15 s, 30 s × 1 credit per 5 s = 6 credits",
        ),
        (
            summed,
            r#"{ "clips": [30] }"#,
            "30 s × 1 credit per 5 s = 6 credits",
        ),
        // 101 × 101 = 10201
        (
            pixels,
            r#"{ "width": 101, "height": 101 }"#,
            "10201 consumed, rounded down to 10000 in steps of 1000, 10000 × 2 credits per 1000000 = 0.02 credits",
        ),
        (
            each,
            r#"{ "clips": [9, 1, 0, 8, 1, 7, 6], "copies": 2 }"#,
            "2 of 1 s, each 1 s consumed, raised to the 4 s minimum, 4 s × 0.5 credits per second = 2 credits; \
             6 s × 0.5 credits per second = 3 credits; 7 s × 0.5 credits per second = 3.5 credits; and 2 more; \
             together = 19 credits, × 2 = 38 credits",
        ),
    ] {
        let tariff = test_card(charges);
        assert_eq!(
            lines(&said(&tariff, usage)),
            [expected],
            "{charges} {usage}"
        );
    }
}

#[test]
fn a_line_with_one_plain_rate_has_it() {
    let one = |price: &str| {
        format!(
            r#"{{ "id": "c", "balance": "credits", "quantity": {{ "of": "length", "minimum": 7 }}, {price} }}"#
        )
    };
    for (price, expected) in [
        (
            r#""price": { "amount": "20", "per": 60 }"#,
            Some("20 per 60 of length"),
        ),
        (
            r#""price": { "amount": "1/9" }"#,
            Some("1/9 per 1 of length"),
        ),
        (
            r#""price": { "amount": { "by": "hd", "true": 3, "false": 2 }, "per": { "by": "hd", "true": 6, "false": 4 } }"#,
            Some("2 per 4 of length"),
        ),
        (
            r#""price": { "mode": "volume", "tiers": [{ "upTo": 60, "amount": 2 }, { "amount": 1 }] }"#,
            Some("2 per 1 of length"),
        ),
        (r#""price": { "amount": 1, "flat": 1 }"#, None),
        (r#""price": { "flat": 1 }"#, None),
        (r#""price": { "amount": 1 }, "factors": [2]"#, None),
        (r#""price": { "amount": 1 }, "minimumAmount": 100"#, None),
        (
            r#""price": { "mode": "graduated", "tiers": [{ "upTo": 10, "amount": 2 }, { "amount": 1 }] }"#,
            None,
        ),
        (r#""price": { "amount": 1 }, "times": "copies""#, None),
    ] {
        let tariff = test_card(&one(price));
        let usage = r#"{ "length": 12, "copies": 2, "clips": [5, 10] }"#;
        let explanation = said(&tariff, usage);
        let rate = explanation.lines[0].rate;
        let rate = rate.map(|rate| format!("{} per {} of {}", rate.amount, rate.per, rate.of));
        assert_eq!(rate.as_deref(), expected, "{price}");
    }
}

#[test]
fn items_of_a_list_have_a_rate_if_it_is_the_same_for_all() {
    let each = |amount: &str, more: &str| {
        format!(
            r#"{{ "id": "c", "balance": "credits", "quantity": {{ "of": "clips", "each": true }},
                 "price": {{ "amount": {amount}, "per": 60 }} {more} }}"#
        )
    };
    for (amount, more, expected) in [
        ("20", "", Some("20 per 60 of clips")),
        // and so much for each copy
        ("20", r#", "times": "copies""#, None),
        (
            r#"{ "by": "clips", "5": 20, "10": 20 }"#,
            "",
            Some("20 per 60 of clips"),
        ),
        (r#"{ "by": "clips", "5": 20, "10": 15 }"#, "", None),
    ] {
        let tariff = test_card(&each(amount, more));
        let explanation = said(&tariff, r#"{ "clips": [5, 10, 5], "copies": 2 }"#);
        let rate = explanation.lines[0].rate;
        let rate = rate.map(|rate| format!("{} per {} of {}", rate.amount, rate.per, rate.of));
        assert_eq!(rate.as_deref(), expected, "{amount} {more}");
    }
}

#[test]
fn why_other_charges_are_not_made() {
    let measured = r#"{ "id": "c", "label": "C", "balance": "credits", "quantity": { "of": "length" }, "price": { "amount": 1 } }"#;
    let times = r#"{ "id": "c", "balance": "credits", "price": { "flat": 1 }, "times": "copies" }"#;
    let extra = r#"{ "id": "c", "balance": "credits", "quantity": { "of": "extra" }, "price": { "amount": 1 } }"#;
    let pixels = r#"{ "id": "c", "balance": "credits", "quantity": { "of": "pixels" }, "price": { "amount": 1 } }"#;
    let chosen = r#"{ "id": "c", "balance": "credits", "when": { "hd": true, "kind": "b" }, "quantity": { "of": "length" },
        "price": { "amount": 1 } }"#;
    let long = r#"{ "id": "c", "balance": "credits", "when": { "length": { "above": 90 } }, "price": { "flat": 1 } }"#;
    for (charges, usage, expected) in [
        (measured, "{}", "missing length: Length is not given"),
        (measured, r#"{ "length": 0 }"#, "zero length: Length is 0 s"),
        (times, r#"{ "copies": 0 }"#, "zero copies: Copies is 0"),
        (
            extra,
            r#"{ "extra": 5 }"#,
            "leftOut extra: Extra is not asked for",
        ),
        (pixels, "{}", "missing width: width is not given"),
        // a charge that is not chosen misses nothing
        (chosen, "{}", "condition hd: High definition is off"),
        (
            chosen,
            r#"{ "hd": true, "length": 5 }"#,
            "condition kind: Kind is The first",
        ),
        (
            long,
            r#"{ "length": "1:30" }"#,
            "condition length: Length is 1:30",
        ),
    ] {
        let tariff = test_card(charges);
        let explanation = said(&tariff, usage);
        let [not_made] = explanation.not_made.as_slice() else {
            panic!("{charges} {usage}");
        };
        let found = format!(
            "{} {}: {}",
            not_made.reason.as_str(),
            not_made.input.unwrap(),
            not_made.sentence
        );
        assert_eq!(found, expected, "{charges} {usage}");
    }
}

#[test]
fn hints_stand_at_the_edges() {
    let tariff = invideo();
    for (usage, expected) in [
        // printed: stock with an actor is 5 credits to 1:00 and 10 to 2:00; a video minute more from 1:01 on
        (
            r#"{ "duration": 61, "media": "stock", "actor": "human" }"#,
            &[
                "1 second less saves 5 credits and 1 video minute",
                "59 s left in this video minute",
            ][..],
        ),
        (
            r#"{ "duration": "2:37", "media": "stock" }"#,
            &["23 s left in this video minute"],
        ),
        (r#"{ "duration": "3:00", "media": "stock" }"#, &[]),
        (r#"{ "duration": 12 }"#, &["18 s left in the 30 s minimum"]),
        // every second has its price
        (r#"{ "duration": 31 }"#, &[]),
        (r#"{ "duration": 31.5 }"#, &[]),
        // 2:01 is 40.33 + 15, 2:00 is 40 + 10
        (
            r#"{ "duration": "2:01", "actor": "human" }"#,
            &[
                "1 second less saves 5.33 credits",
                "59 s left in this minute of Actor",
            ],
        ),
        // a float's leftover is worth a whole minute
        (
            r#"{ "duration": 60.04, "media": "stock", "images": 2 }"#,
            &[
                "0.04 seconds less saves 1 video minute (Video length)",
                "59.96 s left in this video minute (Video length)",
            ],
        ),
        // at 1:00:05 a minute is 1 of 61, and 5 s are 1 of 721
        (
            r#"{ "duration": "1:00:05", "media": "stock" }"#,
            &[
                "5 seconds less saves 1 video minute",
                "55 s left in this video minute",
            ],
        ),
        // half a minute to save half of it is nothing special
        (
            r#"{ "duration": "1:45", "media": "stock" }"#,
            &["15 s left in this video minute"],
        ),
        (r#"{ "images": 3 }"#, &[]),
        (r#"{ "clips": [5] }"#, &[]),
        (r#"{ "duration": "4:00:00", "media": "stock" }"#, &[]),
    ] {
        assert_eq!(hints(&said(&tariff, usage)), expected, "{usage}");
    }
    let volume = r#"{ "id": "c", "balance": "credits", "quantity": { "of": "images" },
        "price": { "mode": "volume", "tiers": [{ "upTo": 100, "amount": 1 }, { "amount": 0.5 }] } }"#;
    let packs = r#"{ "id": "c", "balance": "credits", "quantity": { "of": "images", "increment": 10 },
        "price": { "amount": 3, "per": 10 } }"#;
    let down = r#"{ "id": "c", "balance": "credits", "quantity": { "of": "images", "increment": 10, "round": "down" },
        "price": { "amount": 3, "per": 10 } }"#;
    let half_up = r#"{ "id": "c", "balance": "credits", "quantity": { "of": "images", "increment": 10, "round": "halfUp" },
        "price": { "amount": 3, "per": 10 } }"#;
    let flat_tiers = r#"{ "id": "c", "balance": "credits", "quantity": { "of": "images" },
        "price": { "mode": "volume", "tiers": [{ "upTo": 10, "flat": 5 }, { "upTo": 20, "flat": 9 }] } }"#;
    let long = r#"{ "id": "c", "label": "Long video", "balance": "credits", "when": { "length": { "above": 90 } },
        "price": { "flat": 4 } }, { "id": "d", "balance": "credits", "price": { "flat": 1 } }"#;
    let coarse = r#"{ "id": "c", "balance": "minutes", "quantity": { "of": "images" }, "price": { "amount": 1, "per": 10 } }"#;
    let area = r#"{ "id": "c", "balance": "credits", "quantity": { "of": "pixels", "increment": 1000 },
        "price": { "amount": 1, "per": 1000 } }"#;
    let minimum = r#"{ "id": "c", "balance": "credits", "quantity": { "of": "length", "minimum": 30, "increment": 45 },
        "price": { "amount": 1, "per": 45 } }"#;
    let apart = r#"{ "id": "c", "balance": "credits", "quantity": { "of": "length", "increment": 124 },
        "price": { "amount": 1, "per": 124 } },
        { "id": "d", "balance": "minutes", "quantity": { "of": "length", "increment": 60 },
        "price": { "amount": 1, "per": 60, "flat": 100 } }"#;
    let opposed = r#"{ "id": "c", "balance": "credits", "quantity": { "of": "images", "increment": 10 },
        "price": { "amount": 3, "per": 10 } },
        { "id": "d", "balance": "usd", "quantity": { "of": "images" }, "price": { "mode": "volume",
        "tiers": [{ "upTo": 10, "amount": 5 }, { "amount": 1 }] } }"#;
    let rounded = r#"{ "id": "c", "balance": "credits", "quantity": { "of": "images" }, "round": "halfUp", "decimals": 0,
        "price": { "mode": "graduated", "tiers": [{ "upTo": 100, "amount": 0.1 }, { "amount": 3 }] } }"#;
    let few = r#"{ "id": "c", "balance": "credits", "when": { "images": { "atMost": 90 } }, "price": { "flat": 4 } }"#;
    for (charges, usage, expected) in [
        // 30 are billed as 45, and so is everything up to it
        (
            minimum,
            r#"{ "length": 20 }"#,
            &["25 s left in the 45 s minimum"][..],
        ),
        // 5 s less would save the same credit, and 1 of 103 minutes: its edge is not the credit's
        (
            apart,
            r#"{ "length": 125 }"#,
            &[
                "1 second less saves 1 credit",
                "55 s left in this minute",
                "2:03 left in this credit of c",
            ],
        ),
        // 10 are 3 credits less and 39 dollars more
        (
            opposed,
            r#"{ "images": 11 }"#,
            &["9 left in this step of 10 of c (Images)"],
        ),
        // 50 and 51 are 5 credits, 100 are 10
        (rounded, r#"{ "images": 50 }"#, &[]),
        (
            few,
            r#"{ "images": 88 }"#,
            &["3 more saves 4 credits (Images)"],
        ),
        // 95 are 95 credits, 101 are 50.5
        (
            volume,
            r#"{ "images": 95 }"#,
            &["6 more saves 44.5 credits (Images)"][..],
        ),
        (volume, r#"{ "images": 30 }"#, &[]),
        (volume, r#"{ "images": 101 }"#, &[]),
        (
            packs,
            r#"{ "images": 11 }"#,
            &[
                "1 less saves 3 credits (Images)",
                "9 left in this step of 10 (Images)",
            ],
        ),
        (packs, r#"{ "images": 20 }"#, &[]),
        // 10 to 19 are billed as 10
        (
            down,
            r#"{ "images": 20 }"#,
            &[
                "1 less saves 3 credits (Images)",
                "9 left in this step of 10 (Images)",
            ],
        ),
        // 15 to 24 are billed as 20
        (
            half_up,
            r#"{ "images": 16 }"#,
            &[
                "2 less saves 3 credits (Images)",
                "8 left in this step of 10 (Images)",
            ],
        ),
        (
            flat_tiers,
            r#"{ "images": 11 }"#,
            // 20 is the last that is offered: there is no price to rise to
            &["1 less saves 4 credits (Images)"],
        ),
        (
            flat_tiers,
            r#"{ "images": 4 }"#,
            &["6 left in this tier (Images)"],
        ),
        (
            long,
            r#"{ "length": 92 }"#,
            &["2 seconds less saves 4 credits"],
        ),
        (
            long,
            r#"{ "length": 80 }"#,
            &["10 s left before Long video is charged"],
        ),
        // 2.1 minutes are rounded up to 3, 2 are 2
        (
            coarse,
            r#"{ "images": 21 }"#,
            &["1 less saves 1 minute (Images)"],
        ),
        // 101 × 100 = 10100 is billed as 11000, 100 × 100 as 10000
        (
            area,
            r#"{ "width": 101, "height": 100 }"#,
            &[
                "1 less saves 1 credit (width)",
                "1 less saves 1 credit (height)",
                // 101 × 109 is above 11000, 110 × 100 is not
                "9 left in this credit (width)",
            ],
        ),
    ] {
        let tariff = test_card(charges);
        assert_eq!(hints(&said(&tariff, usage)), expected, "{charges} {usage}");
    }
}

/// Each is made twice of the one before: asked for one after the other, the last would take 2¹⁰⁰ turns.
#[test]
fn computed_inputs_of_computed_inputs_are_each_looked_at_once() {
    let mut inputs = String::from(r#"{ "id": "length", "kind": "duration", "max": 600 }"#);
    let mut last = "length".to_owned();
    for step in 0..100 {
        let id = format!("c{step}");
        inputs +=
            &format!(r#", {{ "id": "{id}", "kind": "largest", "of": ["{last}", "{last}"] }}"#);
        last = id;
    }
    let card = format!(
        r#"{{ "id": "deep", "balances": {{ "credits": {{ "label": "Credits" }} }}, "inputs": [{inputs}],
             "charges": [{{ "id": "video", "balance": "credits", "quantity": {{ "of": "{last}", "increment": 60 }},
                            "price": {{ "amount": 1, "per": 60 }} }}] }}"#
    );
    let tariff = Tariff::from_json(&card).unwrap();
    let explanation = said(&tariff, r#"{ "length": 61 }"#);
    assert_eq!(
        lines(&explanation),
        [
            "1:01 consumed, rounded up to 2:00 in steps of 60 s, 2:00 × 1 credit per 60 s = 2 credits"
        ]
    );
    assert_eq!(
        hints(&explanation),
        ["1 second less saves 1 credit", "59 s left in this credit"]
    );
}

fn exact(quantity: Quantity) -> Exact {
    Exact::new(quantity.numerator(), quantity.denominator())
}

/// Does the arithmetic that the steps tell, and answers the quantity and the amount that come out.
fn replay(steps: &[ExplainedStep<'_>]) -> (Exact, Exact) {
    let (mut quantity, mut billed, mut amount) = (Exact::ZERO, Exact::ZERO, Exact::ZERO);
    for step in steps {
        assert!(!step.sentence.is_empty());
        let told = |name: &str| step.number(name).map(exact);
        let number = |name: &str| told(name).unwrap();
        match step.kind {
            StepKind::Consumed => quantity = number("quantity"),
            StepKind::Minimum => {
                assert!(quantity < number("minimum"), "{step:?}");
                quantity = number("minimum");
                assert_eq!(quantity, number("quantity"), "{step:?}");
            }
            StepKind::Increment => {
                let multiple = quantity.to_multiple(number("increment"), step.round.unwrap());
                assert_ne!(multiple, quantity, "{step:?}");
                assert_eq!(multiple, number("quantity"), "{step:?}");
                quantity = multiple;
            }
            StepKind::Price => {
                let mut adds = told("flat").unwrap_or(Exact::ZERO);
                if let Some(rate) = told("amount") {
                    let priced = number("quantity").times(rate).over(number("per"));
                    adds = adds.plus(priced);
                }
                assert_eq!(adds, number("adds"), "{step:?}");
                billed = billed.plus(number("quantity"));
                if let Some(up_to) = step.tier.and_then(|tier| tier.up_to) {
                    assert!(billed <= exact(up_to), "{step:?}");
                }
                amount = amount.plus(adds);
            }
            StepKind::Factor => amount = amount.times(number("factor")),
            StepKind::MinimumAmount => {
                assert!(amount < number("limit"), "{step:?}");
                amount = number("limit");
            }
            StepKind::MaximumAmount => {
                assert!(amount > number("limit"), "{step:?}");
                amount = number("limit");
            }
            StepKind::Round => {
                let decimals = u32::try_from(number("decimals").numerator).unwrap();
                let rounded =
                    amount.to_multiple(Exact::new(1, 10_u128.pow(decimals)), step.round.unwrap());
                assert_ne!(rounded, amount, "{step:?}");
                amount = rounded;
            }
            StepKind::Times => amount = amount.times(number("times")),
            StepKind::Items => {
                for group in &step.groups {
                    let (quantity, each) = replay(&group.steps);
                    assert_eq!(each, exact(group.amount), "{step:?}");
                    let count = Exact::new(group.count as u128, 1);
                    billed = billed.plus(quantity.times(count));
                    amount = amount.plus(each.times(count));
                }
                assert!(
                    step.groups
                        .windows(2)
                        .all(|pair| exact(pair[0].item) < exact(pair[1].item))
                );
                quantity = billed;
                assert_eq!(billed, number("quantity"), "{step:?}");
            }
            other => panic!("{other:?}"),
        }
        let is_quantity = matches!(
            step.kind,
            StepKind::Consumed | StepKind::Minimum | StepKind::Increment
        );
        assert_eq!(step.result().is_some(), !is_quantity);
        if let Some(result) = step.result() {
            assert_eq!(amount, exact(result), "{step:?}");
        }
    }
    assert_eq!(billed, quantity);
    (billed, amount)
}

/// The exact amount of a charge; nothing where it is not made.
fn exact_amount(explanation: &Explanation<'_>, charge: &str) -> Option<Exact> {
    let mut lines = explanation.estimate.lines.iter().zip(&explanation.lines);
    let (_, line) = lines.find(|(line, _)| line.charge == charge)?;
    line.steps.last()?.result().map(exact)
}

#[test]
fn the_steps_of_every_card_come_to_its_estimate() {
    let mut random = Random(20_261_122);
    let (mut priced, mut hinted) = (0, 0);
    for (name, tariff) in all_cards() {
        let examples = tariff.card().examples.iter();
        let mut usages: Vec<Usage> = examples.map(|example| example.input.clone()).collect();
        let printed = usages.len();
        usages.extend((0..60).map(|_| usage_of(&random_values(&tariff, &mut random))));
        for (index, usage) in usages.iter().enumerate() {
            let (explanation, estimate) = match (explain(&tariff, usage), estimate(&tariff, usage))
            {
                (Ok(explanation), Ok(estimate)) => (explanation, estimate),
                (explanation, estimate) => {
                    assert!(index >= printed, "{name} {usage:?}");
                    assert_eq!(explanation.unwrap_err(), estimate.unwrap_err());
                    continue;
                }
            };
            priced += 1;
            assert_eq!(explanation.estimate, estimate, "{name}");
            assert_eq!(explanation.lines.len(), estimate.lines.len());
            let made = estimate.lines.len() + explanation.not_made.len();
            assert_eq!(made, tariff.card().charges.len(), "{name}");
            for (id, total) in estimate.totals.iter() {
                let balances = &tariff.card().balances;
                let (_, balance) = balances.iter().find(|(known, _)| *known == id).unwrap();
                let unit = Exact::new(1, 10_u128.pow(total.decimals().into()));
                let shown = |exact: Exact, round: Rounding| {
                    let units = exact.to_multiple(unit, round).over(unit);
                    i64::try_from(units.numerator).unwrap()
                };
                let mut sum = Exact::ZERO;
                for (line, explained) in estimate.lines.iter().zip(&explanation.lines) {
                    if line.balance != id {
                        continue;
                    }
                    let (quantity, amount) = replay(&explained.steps);
                    assert_eq!(
                        quantity,
                        exact(line.quantity),
                        "{name} {usage:?} {explained:?}"
                    );
                    let round = balance.round.unwrap();
                    assert_eq!(
                        shown(amount, round),
                        line.amount.units(),
                        "{name} {usage:?}"
                    );
                    sum = sum.plus(amount);
                    assert!(!explained.sentence.is_empty());
                    let mut decimals = explained.sentence.split('.').skip(1);
                    let is_float = |digits: &str| {
                        digits.len()
                            - digits
                                .trim_start_matches(|c: char| c.is_ascii_digit())
                                .len()
                            > 12
                    };
                    assert!(!decimals.any(is_float), "{name}: {}", explained.sentence);
                }
                assert_eq!(
                    shown(sum, balance.round.unwrap()),
                    total.units(),
                    "{name} {usage:?}"
                );
            }
            hinted += explanation.hints.len();
            assert!(explanation.hints.len() <= 3);
            for hint in &explanation.hints {
                check_hint(&tariff, usage, &explanation, hint, &mut random);
            }
        }
    }
    assert!(priced > 1500 && hinted > 200, "{priced} {hinted}");
}

fn check_hint(
    tariff: &Tariff,
    usage: &Usage,
    now: &Explanation<'_>,
    hint: &credit_estimator::Hint<'_>,
    random: &mut Random,
) {
    let says = format!(
        "{} {hint:?} {usage:?}",
        tariff.card().title.as_deref().unwrap()
    );
    let priced = |value: Exact| {
        let value = Usage::from_json(&format!("{{\"value\": {}}}", value.decimal()?)).unwrap();
        let json: serde_json::Value = serde_json::to_value(usage).unwrap();
        let mut json = json;
        json[hint.input] = serde_json::to_value(&value).unwrap()["value"].clone();
        explain(tariff, &Usage::from_json(&json.to_string()).unwrap()).ok()
    };
    let (by, to) = (exact(hint.by), exact(hint.to));
    let (from, input) = match hint.kind {
        HintKind::Less => (to.plus(by), true),
        _ => (to.minus(by), false),
    };
    let step = tariff.card().inputs.iter().find_map(|known| match known {
        Input::Number(numeric) | Input::Duration(numeric) if known.id() == hint.input => {
            numeric.step
        }
        _ => None,
    });
    let step = step.unwrap();
    let step = Exact::new(step.numerator().into(), step.denominator().into());
    assert_eq!(priced(from).unwrap().estimate, now.estimate, "{says}");
    let then = priced(to).unwrap();
    let mut falls = false;
    for (id, total) in now.estimate.totals.iter() {
        let after = then.estimate.totals.get(id).unwrap();
        let delta = hint.delta.get(id).map_or(0, |delta| delta.units());
        assert_eq!(after.units() - total.units(), delta, "{says}");
        falls |= delta < 0;
        assert!(delta <= 0 || hint.kind == HintKind::Left, "{says}");
    }
    if hint.kind != HintKind::Left {
        assert!(falls, "{says}");
        // the edge: one step nearer to where it is now, it costs more
        let nearer = if input { to.plus(step) } else { to.minus(step) };
        let before = priced(nearer).unwrap();
        let units = |explanation: &Explanation<'_>, id| {
            explanation.estimate.totals.get(id).unwrap().units()
        };
        let rises = |id| units(&before, id) > units(&then, id);
        assert!(hint.delta.iter().any(|(id, _)| rises(id)), "{says}");
        return;
    }
    let charge = hint.charge.unwrap();
    let amount = exact_amount(now, charge);
    let steps = by.over(step);
    let between = step.times(Exact::new(random.below(steps.numerator + 1), 1));
    for value in [to, from.plus(between)] {
        assert_eq!(
            exact_amount(&priced(value).unwrap(), charge),
            amount,
            "{says}"
        );
    }
    let beyond = exact_amount(&priced(to.plus(step)).unwrap(), charge);
    assert!(beyond > amount, "{says}");
}
