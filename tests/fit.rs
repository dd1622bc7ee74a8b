//! The most that fits, against every value of the grid priced by itself.
#![allow(missing_docs, clippy::unwrap_used)]

mod along;

use along::{CHARGES, card, usage};
use credit_estimator::{Code, FitReason, Limits, Tariff, Vary, cards, estimate, fit};

fn within(tariff: &Tariff, balances: &str) -> Limits {
    Limits::from_json(tariff, &format!(r#"{{ "balances": {balances} }}"#)).unwrap()
}

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
            "4:00 fits: 4:00.001 would take 105.33 credits of 100 credits",
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
            "1:24 fits: 1:24.001 would take 28.33 credits of 28 credits",
        ),
        (
            r#"{ "media": "stock", "actor": "human" }"#,
            "duration",
            r#"{ "credits": 25, "videoMinutes": 3 }"#,
            "180",
            "3:00 fits: 3:00.001 would take 4 video minutes of 3 video minutes",
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
            "4:00:00 fits, which is the most that was asked for",
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
