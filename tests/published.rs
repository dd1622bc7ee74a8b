//! The built-in card against the figures its source prints, and against arithmetic done by hand between them.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    missing_docs,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used
)]

mod figures;

use credit_estimator::{Estimate, Tariff, Usage, cards, estimate};
use figures::{Expected, rows};

fn tariff() -> Tariff {
    Tariff::from_json(cards::INVIDEO_V4).unwrap()
}

fn units(estimate: &Estimate<'_>, balance: &str) -> i64 {
    estimate.totals.get(balance).unwrap().units()
}

#[test]
fn every_printed_row_comes_out() {
    let tariff = tariff();
    for row in rows() {
        let usage = Usage::from_json(&row.input.to_string()).unwrap();
        let estimate = estimate(&tariff, &usage).unwrap();
        let (found, amount) = match &row.expected {
            Expected::Total { balance, amount } => (estimate.totals.get(balance), amount),
            Expected::Line { charge, amount } => (
                estimate
                    .lines
                    .iter()
                    .find(|line| line.charge == *charge)
                    .map(|line| line.amount),
                amount,
            ),
        };
        let found: f64 = found.unwrap().to_string().parse().unwrap();
        assert_eq!(found, *amount, "{}", row.name);
    }
}

#[test]
fn every_printed_row_is_an_example_of_the_card() {
    let tariff = tariff();
    assert_eq!(tariff.card().examples.len(), figures::PRINTED);
    for (index, example) in tariff.card().examples.iter().enumerate() {
        let estimate = estimate(&tariff, &example.input).unwrap();
        assert!(
            !example.expect.is_empty() || !example.lines.is_empty(),
            "{index}"
        );
        for (balance, expected) in example.expect.iter() {
            let found = estimate.totals.get(balance).unwrap();
            let whole = 10_u64.pow(found.decimals().into());
            assert_eq!(
                u128::from(found.units().unsigned_abs()) * u128::from(expected.denominator()),
                u128::from(expected.numerator()) * u128::from(whole),
                "{index}"
            );
        }
    }
}

/// Credits in hundredths for a video, in whole numbers, as the page's statements say it.
fn by_hand(media: &str, model: &str, actor: &str, seconds: i64) -> (i64, i64) {
    let started_minutes = (seconds + 59) / 60;
    let surcharge = if actor == "none" {
        0
    } else {
        500 * started_minutes
    };
    if media == "stock" {
        return (surcharge, started_minutes);
    }
    let per_minute = if model == "ultra" { 4000 } else { 2000 };
    let exact = per_minute * seconds.max(30);
    ((exact + 30) / 60 + surcharge, 0)
}

#[test]
fn every_second_to_two_hours() {
    let tariff = tariff();
    for media in ["generative", "stock"] {
        for model in ["pro", "ultra"] {
            for actor in ["none", "human", "virtualPro", "ownAvatar"] {
                for seconds in 1..=7200 {
                    let usage = Usage::new()
                        .with("media", media)
                        .with("model", model)
                        .with("actor", actor)
                        .with("duration", seconds);
                    let estimate = estimate(&tariff, &usage).unwrap();
                    assert_eq!(
                        (
                            units(&estimate, "credits"),
                            units(&estimate, "videoMinutes")
                        ),
                        by_hand(media, model, actor, seconds),
                        "{media} {model} {actor} {seconds} s"
                    );
                }
            }
        }
    }
}

#[test]
fn assumptions_are_said_where_they_matter() {
    let tariff = tariff();
    let all: Vec<&str> = tariff
        .card()
        .assumptions
        .iter()
        .map(|a| a.id.as_str())
        .collect();
    let page: serde_json::Value =
        serde_json::from_str(include_str!("figures/invideo-v4.json")).unwrap();
    for assumption in page["assumptions"].as_array().unwrap() {
        let found = tariff
            .card()
            .assumptions
            .iter()
            .find(|a| a.id.as_str() == assumption["id"].as_str().unwrap())
            .unwrap();
        assert_eq!(found.text, assumption["text"].as_str().unwrap());
        assert_eq!(found.because.as_deref(), assumption["because"].as_str());
    }
    let mut said_somewhere = std::collections::BTreeSet::new();
    for (usage, expected) in [
        (
            r#"{"media":"generative","model":"ultra","duration":210,"actor":"human"}"#,
            vec![],
        ),
        (r#"{"duration":29,"actor":"human"}"#, vec!["minimum-raises"]),
        (r#"{"duration":30,"actor":"human"}"#, vec![]),
        (
            r#"{"duration":45.5,"actor":"human"}"#,
            vec!["whole-seconds", "two-decimals"],
        ),
        (r#"{"duration":60,"actor":"ownAvatar"}"#, vec!["own-avatar"]),
        (r#"{"images":2}"#, vec!["remix-any-model"]),
        (r#"{"clips":[3]}"#, vec!["remix-any-model"]),
        (
            r#"{"clips":[5,3,3]}"#,
            vec!["remix-any-model", "two-decimals"],
        ),
        (
            r#"{"clips":[3,6]}"#,
            vec!["remix-any-model", "remix-other-lengths"],
        ),
        (
            r#"{"media":"stock","duration":60}"#,
            vec!["stock-without-actor"],
        ),
        (r#"{"media":"stock","actor":"human","duration":60}"#, vec![]),
        (r#"{"duration":60}"#, vec!["generative-no-minutes"]),
        (
            r#"{"actor":"ownAvatar","images":1}"#,
            vec!["remix-any-model"],
        ),
        ("{}", vec![]),
    ] {
        let estimate = estimate(&tariff, &Usage::from_json(usage).unwrap()).unwrap();
        let said: Vec<&str> = estimate.assumptions.iter().map(|a| a.id).collect();
        assert_eq!(said, expected, "{usage}");
        said_somewhere.extend(said);
    }
    assert_eq!(said_somewhere.len(), all.len(), "{all:?}");
}

#[test]
fn what_is_shown_adds_up() {
    let tariff = tariff();
    let usage = Usage::new().with("duration", 31).with("clips", [1]);
    let estimate = estimate(&tariff, &usage).unwrap();
    let lines: Vec<String> = estimate
        .lines
        .iter()
        .map(|line| line.amount.to_string())
        .collect();
    assert_eq!(lines, ["10.33", "0.33"]);
    assert_eq!(units(&estimate, "credits"), 1067);
    assert_eq!(
        estimate.rounding.get("credits").unwrap().to_string(),
        "0.01"
    );
    assert_eq!(estimate.rounding.get("videoMinutes"), None);
}
