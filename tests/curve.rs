//! Curves, against every value of the grid priced by itself.
#![allow(missing_docs, clippy::indexing_slicing, clippy::unwrap_used)]

mod along;

use along::{CHARGES, card, usage};
use credit_estimator::{Code, Curve, Tariff, Usage, Vary, cards, curve, estimate};

/// Each run: its start, and its totals as a text.
fn runs(curve: &Curve<'_>) -> Vec<(String, Option<String>)> {
    let columns: Vec<Vec<_>> = curve
        .balances()
        .map(|id| curve.totals(id).collect())
        .collect();
    let totals = |run: usize| {
        let amounts: Option<Vec<String>> = columns
            .iter()
            .map(|column| Some(column[run]?.to_string()))
            .collect();
        amounts.map(|amounts| amounts.join(" "))
    };
    curve
        .starts()
        .enumerate()
        .map(|(run, start)| (start.to_string(), totals(run)))
        .collect()
}

/// The same, found by pricing every value.
fn tried(
    tariff: &Tariff,
    usage: &Usage,
    input: &str,
    values: impl Iterator<Item = String>,
) -> Vec<(String, Option<String>)> {
    let mut runs: Vec<(String, Option<String>)> = Vec::new();
    for value in values {
        let number: f64 = value.parse().unwrap();
        let totals = estimate(tariff, &usage.clone().with(input, number))
            .ok()
            .map(|estimate| {
                let amounts: Vec<String> = estimate
                    .totals
                    .iter()
                    .map(|(_, amount)| amount.to_string())
                    .collect();
                amounts.join(" ")
            });
        if runs.last().is_none_or(|(_, last)| *last != totals) {
            runs.push((value, totals));
        }
    }
    runs
}

#[test]
fn the_runs_are_what_trying_every_value_finds() {
    for charge in CHARGES {
        let tariff = card(charge);
        for beside in [
            r#"{ "m": 7, "list": [1, 4] }"#,
            r#"{ "m": 30, "mode": "b", "list": [3] }"#,
        ] {
            let usage = usage(beside);
            for (from, to, step) in [(0, 200, 1), (3, 177, 1), (0, 200, 7), (20, 20, 1)] {
                let vary = Vary::new("n").from(from).to(to).step(step);
                let values = (from..=to).step_by(step).map(|value| value.to_string());
                let expected = tried(&tariff, &usage, "n", values);
                match curve(&tariff, &usage, &vary) {
                    Ok(found) => assert_eq!(runs(&found), expected, "{charge} {beside} {vary:?}"),
                    Err(error) => {
                        assert_eq!(error.code(), Code::NotOffered, "{charge} {beside} {vary:?}");
                        assert!(expected.iter().all(|(_, totals)| totals.is_none()));
                    }
                }
            }
        }
    }
}

/// Media, model and actor, in every way that matters.
const VIDEOS: [&str; 6] = [
    "{}",
    r#"{ "model": "ultra" }"#,
    r#"{ "model": "ultra", "actor": "human", "images": 3 }"#,
    r#"{ "actor": "virtualPro", "clips": [5, 1] }"#,
    r#"{ "media": "stock" }"#,
    r#"{ "media": "stock", "actor": "ownAvatar", "clips": [3] }"#,
];

#[test]
fn every_second_of_the_built_in_card() {
    let tariff = Tariff::from_json(cards::INVIDEO_V4).unwrap();
    for video in VIDEOS {
        let usage = usage(video);
        let found = curve(
            &tariff,
            &usage,
            &Vary::new("duration").from(1).to(7200).step(1),
        )
        .unwrap();
        let expected = tried(
            &tariff,
            &usage,
            "duration",
            (1..=7200).map(|s| s.to_string()),
        );
        assert_eq!(runs(&found), expected, "{video}");
    }
}

#[test]
fn every_millisecond_around_the_edges_of_the_built_in_card() {
    let tariff = Tariff::from_json(cards::INVIDEO_V4).unwrap();
    let text = |ms: u32| format!("{}.{:03}", ms / 1000, ms % 1000);
    let trimmed = |ms| {
        text(ms)
            .trim_end_matches('0')
            .trim_end_matches('.')
            .to_owned()
    };
    for video in VIDEOS {
        let usage = usage(video);
        for (from, to) in [
            (0, 1200),
            (29_000, 32_000),
            (58_500, 62_000),
            (14_398_000, 14_400_000),
        ] {
            let vary = Vary::new("duration").from(text(from)).to(text(to));
            let found = curve(&tariff, &usage, &vary).unwrap();
            let expected = tried(&tariff, &usage, "duration", (from..=to).map(trimmed));
            assert_eq!(runs(&found), expected, "{video} {vary:?}");
        }
    }
}

/// Each edge as `at kind charge`, with what else it says.
fn edges(curve: &Curve<'_>) -> Vec<String> {
    let edge = |edge: &credit_estimator::Edge<'_>| {
        let mut text = format!("{} {} {}", edge.at, edge.kind.as_str(), edge.charge);
        if let Some(to) = edge.to {
            let every = edge.every.map_or("?".to_owned(), |every| every.to_string());
            text += &format!(" every {every} to {to}, {}", edge.count.unwrap());
        }
        if let Some(tier) = edge.tier {
            text += &format!(" {tier}");
        }
        text
    };
    curve
        .edges
        .iter()
        .filter(|edge| edge.charge != "minutes")
        .map(edge)
        .collect()
}

#[test]
fn edges_are_where_a_charge_changes_its_course() {
    let built_in = Tariff::from_json(cards::INVIDEO_V4).unwrap();
    let duration = || Vary::new("duration").to(600);
    let cases: [(&Tariff, &str, Vary, &[&str]); 5] = [
        (
            &built_in,
            r#"{ "actor": "human" }"#,
            duration().step(1),
            &[
                "30 minimum generation",
                "60 increment actor every 60 to 540, 9",
            ],
        ),
        (
            &built_in,
            r#"{ "actor": "human" }"#,
            duration(),
            &[
                "30 minimum generation",
                "31 increment generation every 1 to 599, 569",
                "60 increment actor every 60 to 540, 9",
            ],
        ),
        (
            &built_in,
            r#"{ "actor": "human" }"#,
            duration().from(45).step(1),
            &["60 increment actor every 60 to 540, 9"],
        ),
        (
            &built_in,
            r#"{ "media": "stock" }"#,
            duration(),
            &["60 increment videoMinutes every 60 to 540, 9"],
        ),
        (&built_in, "{}", Vary::new("images"), &[]),
    ];
    for (tariff, input, vary, expected) in cases {
        assert_eq!(
            edges(&curve(tariff, &usage(input), &vary).unwrap()),
            expected,
            "{input} {vary:?}"
        );
    }
    let along_n: [(usize, &[&str]); 12] = [
        (0, &["35 minimum a", "42 increment a every 7 to 196, 23"]),
        // 4, 12, 20, … are the first of their multiple
        (1, &["3 increment a every 8 to 195, 25"]),
        (2, &["7 increment a every 8 to 199, 25"]),
        (3, &["50 tier a 1", "120 tier a 2"]),
        (
            4,
            &[
                "11 increment a every 11 to 99, 9",
                "44 tier a 1",
                "110 tier a",
            ],
        ),
        (5, &["50 tier a 1", "51 tier a 2", "180 tier a"]),
        (
            6,
            &[
                "10 condition a",
                "40 condition a",
                "49 condition a",
                "50 condition a",
                "99 condition a",
            ],
        ),
        (9, &["20 minimumAmount a", "90 maximumAmount a"]),
        (10, &["35 maximumAmount a"]),
        (11, &["14 increment a every ? to 185, 13"]),
        (12, &["10 minimum a", "14 increment a every ? to 17, 2"]),
        (14, &[]),
    ];
    for (charge, expected) in along_n {
        let tariff = card(CHARGES[charge]);
        let found = curve(&tariff, &usage(r#"{ "m": 7 }"#), &Vary::new("n")).unwrap();
        assert_eq!(edges(&found), expected, "{}", CHARGES[charge]);
    }
}

#[test]
fn a_curve_of_too_many_runs_says_which_step_would_do() {
    let tariff = Tariff::from_json(
        r#"{ "id": "t", "balances": { "credits": {} },
             "inputs": [{ "id": "n", "kind": "number", "max": 1000000 }],
             "charges": [{ "id": "a", "balance": "credits", "quantity": { "of": "n" }, "price": { "amount": 1 } }] }"#,
    )
    .unwrap();
    let usage = Usage::new();
    let error = curve(&tariff, &usage, &Vary::new("n")).unwrap_err();
    assert_eq!((error.code(), error.path()), (Code::TooLarge, "step"));
    assert!(error.message().contains("a step of 11 "), "{error}");
    assert_eq!(
        curve(&tariff, &usage, &Vary::new("n").step(11))
            .unwrap()
            .starts()
            .count(),
        90_910
    );
}

#[test]
fn what_is_missing_is_an_error_and_what_is_not_offered_a_gap() {
    let tariff = card(
        r#"{ "id": "a", "balance": "credits", "quantity": { "of": "n" }, "price": { "amount": 1 }, "factors": [{ "by": "n", "5": 1 }, { "by": "m", "1": 1 }] }"#,
    );
    let at = |input| curve(&tariff, &usage(input), &Vary::new("n").to(9));
    let gap = |start: &str, totals: Option<&str>| (start.to_owned(), totals.map(str::to_owned));
    assert_eq!(
        runs(&at(r#"{ "m": 1 }"#).unwrap()),
        [
            gap("0", Some("0 0.0")),
            gap("1", None),
            gap("5", Some("5 0.1")),
            gap("6", None)
        ]
    );
    let error = at("{}").unwrap_err();
    assert_eq!((error.code(), error.path()), (Code::MissingInput, "m"));
    let error = curve(
        &tariff,
        &usage(r#"{ "m": 2 }"#),
        &Vary::new("n").from(5).to(5),
    )
    .unwrap_err();
    assert_eq!((error.code(), error.path()), (Code::NotOffered, "m"));
}
