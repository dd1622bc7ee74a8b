//! What changes between two usages: before, after, totals and lines, with where each figure comes from.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    missing_docs,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::indexing_slicing,
    clippy::unwrap_used
)]

mod support;

use credit_estimator::{Amount, Tariff, Usage, cards, diff, estimate};
use support::{Random, all_cards, random_values, usage_of};

#[test]
fn totals_and_lines_are_compared() {
    let tariff = Tariff::from_json(cards::INVIDEO_V4).unwrap();
    for (before, after, delta, lines) in [
        // printed: 60 s are 20 credits, an actor adds 5
        (
            r#"{ "duration": 60 }"#,
            r#"{ "duration": 60, "actor": "human" }"#,
            "credits 5.00 videoMinutes 0",
            &[
                "generation 60 20.00 -> 60 20.00 = 0.00",
                "actor none -> 60 5.00 = 5.00",
            ][..],
        ),
        // printed: PRO 3:30 is 70, ULTRA 140
        (
            r#"{ "duration": "3:30", "model": "ultra" }"#,
            r#"{ "duration": 210 }"#,
            "credits -70.00 videoMinutes 0",
            &["generation 210 140.00 -> 210 70.00 = -70.00"],
        ),
        // printed: stock is a video minute for each started minute
        (
            r#"{ "duration": 61 }"#,
            r#"{ "duration": 61, "media": "stock" }"#,
            "credits -20.33 videoMinutes 2",
            &[
                "generation 61 20.33 -> none = -20.33",
                "videoMinutes none -> 120 2 = 2",
            ],
        ),
        // printed: a 5-second clip is 1.67, a 3-second one 1; 8/3 is 2.67
        (
            r#"{ "clips": [5] }"#,
            r#"{ "clips": [5, 3] }"#,
            "credits 1.00 videoMinutes 0",
            &["clips 5 1.67 -> 8 2.67 = 1.00"],
        ),
        ("{}", "{}", "credits 0.00 videoMinutes 0", &[]),
    ] {
        let (before, after) = (
            Usage::from_json(before).unwrap(),
            Usage::from_json(after).unwrap(),
        );
        let diff = diff(&tariff, &before, &after).unwrap();
        let totals: Vec<String> = diff
            .delta
            .iter()
            .map(|(id, n)| format!("{id} {n}"))
            .collect();
        assert_eq!(totals.join(" "), delta);
        let said = diff.lines.iter().map(|line| {
            let [before, after] = [line.before, line.after].map(|side| match side {
                Some(side) => format!("{} {}", side.quantity, side.amount),
                None => "none".to_owned(),
            });
            format!("{} {before} -> {after} = {}", line.charge, line.delta)
        });
        assert_eq!(said.collect::<Vec<_>>(), lines);
    }
}

#[test]
fn an_error_says_which_of_both() {
    let tariff = Tariff::from_json(cards::INVIDEO_V4).unwrap();
    let fine = Usage::new().with("duration", 60);
    let wrong = Usage::new().with("clips", [5, -1]);
    let error = diff(&tariff, &wrong, &fine).unwrap_err();
    assert_eq!(
        (error.code().as_str(), error.path()),
        ("negative", "before.clips[1]")
    );
    let error = diff(&tariff, &fine, &wrong).unwrap_err();
    assert_eq!(
        (error.code().as_str(), error.path()),
        ("negative", "after.clips[1]")
    );
    let typo = Usage::new().with("imagez", 3);
    let error = diff(&tariff, &fine, &typo).unwrap_err();
    assert_eq!(
        (error.code().as_str(), error.path()),
        ("unknown_input", "after.imagez")
    );
}

#[test]
fn of_every_card_a_diff_is_what_both_estimates_differ_by() {
    let mut random = Random(4);
    let mut compared = 0;
    for (name, tariff) in all_cards() {
        let usages: Vec<Usage> = (0..40)
            .map(|_| usage_of(&random_values(&tariff, &mut random)))
            .collect();
        for pair in usages.windows(2) {
            let (Ok(before), Ok(after)) =
                (estimate(&tariff, &pair[0]), estimate(&tariff, &pair[1]))
            else {
                continue;
            };
            compared += 1;
            let there = diff(&tariff, &pair[0], &pair[1]).unwrap();
            let back = diff(&tariff, &pair[1], &pair[0]).unwrap();
            assert_eq!((&there.before, &there.after), (&before, &after), "{name}");
            let units = |amount: Option<Amount>| amount.map_or(0, Amount::units);
            for (id, delta) in there.delta.iter() {
                let by = units(after.totals.get(id)) - units(before.totals.get(id));
                assert_eq!(delta.units(), by, "{name}");
                assert_eq!(units(back.delta.get(id)), -by, "{name}");
                let lines = there.lines.iter().filter(|line| line.balance == id);
                let sum: i64 = lines.map(|line| line.delta.units()).sum();
                let rounding = units(after.rounding.get(id)) - units(before.rounding.get(id));
                assert_eq!(sum + rounding, by, "{name}");
            }
            let made = |charge: &str| {
                [&before, &after].map(|estimate| {
                    let line = estimate.lines.iter().find(|line| line.charge == charge);
                    line.map(|line| (line.quantity, line.amount))
                })
            };
            for charge in &tariff.card().charges {
                let id = charge.id.as_str();
                let line = there.lines.iter().find(|line| line.charge == id);
                let sides = line.map_or([None, None], |line| [line.before, line.after]);
                assert_eq!(
                    sides.map(|side| side.map(|side| (side.quantity, side.amount))),
                    made(id),
                    "{name}"
                );
            }
        }
    }
    assert!(compared > 700, "{compared}");
}
