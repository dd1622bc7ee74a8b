//! The steps of the pipeline, each by a charge that shows it: card, usage, what it comes to and why.
#![allow(missing_docs, clippy::panic, clippy::unwrap_used)]

use credit_estimator::{Tariff, Usage, estimate};

/// A card with every kind of input, and the charges given.
fn tariff(charges: &str) -> Tariff {
    let card = format!(
        r#"{{
        "id": "test",
        "balances": {{ "credits": {{ "decimals": 2 }}, "minutes": {{ "decimals": 0, "round": "up" }} }},
        "inputs": [
            {{ "id": "kind", "kind": "choice", "options": [{{ "id": "a" }}, {{ "id": "b" }}, {{ "id": "c" }}] }},
            {{ "id": "model", "kind": "choice", "default": "x", "when": {{ "kind": "a" }},
               "options": [{{ "id": "x" }}, {{ "id": "y" }}] }},
            {{ "id": "hd", "kind": "toggle" }},
            {{ "id": "length", "kind": "duration", "max": 3600 }},
            {{ "id": "frames", "kind": "duration", "max": 60, "step": 0.5, "min": 1 }},
            {{ "id": "images", "kind": "number", "max": 1000 }},
            {{ "id": "weight", "kind": "number", "max": 10, "step": "1/3" }},
            {{ "id": "clips", "kind": "duration", "max": 600, "maxItems": 5 }},
            {{ "id": "width", "kind": "number", "max": 8000 }},
            {{ "id": "height", "kind": "number", "max": 8000 }},
            {{ "id": "fps", "kind": "number", "max": 120, "default": 25 }},
            {{ "id": "pixels", "kind": "product", "of": ["width", "height"] }},
            {{ "id": "side", "kind": "largest", "of": ["width", "height"] }},
            {{ "id": "volume", "kind": "product", "of": ["pixels", "fps", "length"] }}
        ],
        "charges": [{charges}] }}"#
    );
    Tariff::from_json(&card).unwrap_or_else(|error| panic!("{error}\n{charges}"))
}

/// Totals and lines as a text: `credits 10.67 = a 31 10.33 + b 1 0.33`, or the code and path of the error.
fn priced(charges: &str, usage: &str) -> String {
    let tariff = tariff(charges);
    let usage = Usage::from_json(usage).unwrap();
    match estimate(&tariff, &usage) {
        Ok(estimate) => {
            let totals: Vec<String> = estimate
                .totals
                .iter()
                .filter(|(_, amount)| amount.units() != 0)
                .map(|(id, amount)| format!("{id} {amount}"))
                .collect();
            let lines: Vec<String> = estimate
                .lines
                .iter()
                .map(|line| format!("{} {} {}", line.charge, line.quantity, line.amount))
                .collect();
            format!("{} = {}", totals.join(", "), lines.join(" + "))
        }
        Err(error) => format!("{} {}", error.code(), error.path()),
    }
}

fn check(cases: &[(&str, &str, &str)]) {
    for (charges, usage, expected) in cases {
        assert_eq!(priced(charges, usage), *expected, "{charges} {usage}");
    }
}

#[test]
fn quantity_is_raised_then_rounded_then_priced() {
    let billed = r#"{ "id": "c", "balance": "credits", "quantity": { "of": "length", "minimum": 30, "increment": 15 },
        "price": { "amount": 1, "per": 60 } }"#;
    let down = r#"{ "id": "c", "balance": "credits", "quantity": { "of": "length", "increment": 60, "round": "down" },
        "price": { "amount": 1, "per": 60 } }"#;
    let nearest = r#"{ "id": "c", "balance": "credits", "quantity": { "of": "length", "minimum": 60, "increment": 60,
        "round": "halfUp" }, "price": { "amount": 1, "per": 60 } }"#;
    check(&[
        (billed, r#"{"length": 0}"#, " = "),
        (billed, r#"{"length": 0.001}"#, "credits 0.50 = c 30 0.50"),
        (billed, r#"{"length": 30}"#, "credits 0.50 = c 30 0.50"),
        (billed, r#"{"length": 30.001}"#, "credits 0.75 = c 45 0.75"),
        (billed, r#"{"length": "1:00"}"#, "credits 1.00 = c 60 1.00"),
        (
            billed,
            r#"{"length": 30.000000001}"#,
            "credits 0.50 = c 30 0.50",
        ),
        (down, r#"{"length": 59}"#, " = c 0 0.00"),
        (down, r#"{"length": 650}"#, "credits 10.00 = c 600 10.00"),
        (nearest, r#"{"length": 1}"#, "credits 1.00 = c 60 1.00"),
        (nearest, r#"{"length": 89}"#, "credits 1.00 = c 60 1.00"),
        (nearest, r#"{"length": 90}"#, "credits 2.00 = c 120 2.00"),
    ]);
}

#[test]
fn a_list_is_its_sum_or_each_of_its_items() {
    let sum = r#"{ "id": "c", "balance": "credits", "quantity": { "of": "clips", "increment": 5 }, "price": { "amount": 1, "per": 5 } }"#;
    let each = r#"{ "id": "c", "balance": "credits", "quantity": { "of": "clips", "each": true, "increment": 5 }, "price": { "amount": 1, "per": 5 } }"#;
    let table = r#"{ "id": "c", "balance": "credits", "quantity": { "of": "clips", "each": true },
        "price": { "flat": { "by": "clips", "5": 3, "10": 4 } } }"#;
    check(&[
        (sum, r#"{"clips": [3, 3]}"#, "credits 2.00 = c 10 2.00"),
        (sum, r#"{"clips": [6, 3]}"#, "credits 2.00 = c 10 2.00"),
        (each, r#"{"clips": [6, 3, 0]}"#, "credits 3.00 = c 15 3.00"),
        (each, r#"{"clips": []}"#, " = "),
        (
            table,
            r#"{"clips": [5, 10, 5]}"#,
            "credits 10.00 = c 20 10.00",
        ),
        (table, r#"{"clips": [5, 6]}"#, "not_offered clips"),
    ]);
}

#[test]
fn tiers_price_their_own_units_or_all() {
    let graduated = r#"{ "id": "c", "balance": "credits", "quantity": { "of": "images" }, "price": { "mode": "graduated", "tiers": [
        { "upTo": 2, "amount": 3 }, { "upTo": 10, "amount": 2, "flat": 1 }, { "upTo": 20, "amount": 1, "per": 2 }] } }"#;
    let volume = r#"{ "id": "c", "balance": "credits", "quantity": { "of": "images" }, "price": { "mode": "volume", "tiers": [
        { "upTo": 9, "amount": "0.005", "per": 1 }, { "amount": 0.004, "flat": 1 }] } }"#;
    let free = r#"{ "id": "c", "balance": "credits", "quantity": { "of": "images" }, "price": { "mode": "graduated", "tiers": [
        { "upTo": 5, "amount": 0 }, { "amount": 1 }] } }"#;
    let beyond = r#"{ "id": "c", "balance": "credits", "price": { "mode": "volume", "tiers": [{ "flat": 1, "upTo": 0.5 }] } }"#;
    let mixed = r#"{ "id": "c", "balance": "credits", "price": { "mode": "volume", "tiers": [
        { "amount": 421, "upTo": 1 }, { "amount": 95, "per": { "by": "hd", "true": 7, "false": 1000 } }] } }"#;
    check(&[
        (graduated, r#"{"images": 1}"#, "credits 3.00 = c 1 3.00"),
        (graduated, r#"{"images": 2}"#, "credits 6.00 = c 2 6.00"),
        (graduated, r#"{"images": 3}"#, "credits 9.00 = c 3 9.00"),
        (graduated, r#"{"images": 10}"#, "credits 23.00 = c 10 23.00"),
        (graduated, r#"{"images": 13}"#, "credits 24.50 = c 13 24.50"),
        (graduated, r#"{"images": 21}"#, "not_offered images"),
        (volume, r#"{"images": 9}"#, "credits 0.05 = c 9 0.05"),
        (volume, r#"{"images": 10}"#, "credits 1.04 = c 10 1.04"),
        (free, r#"{"images": 5}"#, " = c 5 0.00"),
        (free, r#"{"images": 7}"#, "credits 2.00 = c 7 2.00"),
        (mixed, "{}", "credits 421.00 = c 1 421.00"),
        (beyond, "{}", "not_offered "),
    ]);
}

#[test]
fn factors_then_limits_then_rounding_then_times() {
    let charge = r#"{ "id": "c", "balance": "credits", "quantity": { "of": "length" }, "price": { "amount": 4 },
        "factors": [{ "by": "hd", "true": 1.5, "false": 1 }], "minimumAmount": 20, "maximumAmount": 100,
        "round": "up", "decimals": 0, "times": "images" }"#;
    let decimals = r#"{ "id": "c", "balance": "credits", "quantity": { "of": "images" }, "price": { "amount": "1/3" },
        "round": "down", "decimals": { "by": "hd", "true": 1, "false": 0 } }"#;
    check(&[
        (
            charge,
            r#"{"length": 6, "hd": true, "images": 2}"#,
            "credits 72.00 = c 6 72.00",
        ),
        (
            charge,
            r#"{"length": 1, "images": 1}"#,
            "credits 20.00 = c 1 20.00",
        ),
        (
            charge,
            r#"{"length": 6.1, "images": 1}"#,
            "credits 25.00 = c 6.1 25.00",
        ),
        (
            charge,
            r#"{"length": 3000, "images": 3}"#,
            "credits 300.00 = c 3000 300.00",
        ),
        (charge, r#"{"length": 6, "images": 0}"#, " = "),
        (charge, r#"{"length": 6}"#, "missing_input images"),
        (charge, r#"{"images": 6}"#, " = "),
        (decimals, r#"{"images": 5}"#, "credits 1.00 = c 5 1.00"),
        (
            decimals,
            r#"{"images": 5, "hd": true}"#,
            "credits 1.60 = c 5 1.60",
        ),
    ]);
}

#[test]
fn what_is_missing_or_left_out_is_never_priced() {
    let by_kind = r#"{ "id": "c", "balance": "credits", "quantity": { "of": "images" },
        "price": { "amount": { "by": "kind", "a": 1, "b": null } } }"#;
    let by_model = r#"{ "id": "c", "balance": "credits", "quantity": { "of": "images" },
        "price": { "amount": { "by": "model", "x": 1, "y": 2 } } }"#;
    let when = r#"{ "id": "c", "balance": "credits", "when": { "kind": ["a", "b"], "hd": true }, "price": { "flat": 7 } }"#;
    let third = r#"{ "id": "c", "balance": "credits", "when": { "weight": ["1/3", 2] }, "quantity": { "of": "weight" },
        "price": { "flat": { "by": "weight", "1/3": 5, "2": 6 } } }"#;
    let range = r#"{ "id": "c", "balance": "credits", "when": { "images": { "above": 2, "atMost": 4 } }, "price": { "flat": 7 } }"#;
    check(&[
        (
            by_kind,
            r#"{"kind": "a", "images": 2}"#,
            "credits 2.00 = c 2 2.00",
        ),
        (by_kind, r#"{"images": 2}"#, "missing_input kind"),
        (by_kind, r#"{"kind": "b", "images": 2}"#, "not_offered kind"),
        (by_kind, r#"{"kind": "c", "images": 2}"#, "not_offered kind"),
        (by_kind, "{}", " = "),
        (
            by_model,
            r#"{"kind": "a", "images": 1}"#,
            "credits 1.00 = c 1 1.00",
        ),
        (by_model, r#"{"kind": "b", "images": 1}"#, "left_out model"),
        (
            when,
            r#"{"hd": true, "kind": "b"}"#,
            "credits 7.00 = c 1 7.00",
        ),
        (when, r#"{"hd": true}"#, "missing_input kind"),
        (when, "{}", " = "),
        (third, r#"{"weight": 2}"#, "credits 6.00 = c 2 6.00"),
        (third, r#"{"weight": 3}"#, " = "),
        (range, r#"{"images": 2}"#, " = "),
        (range, r#"{"images": 3}"#, "credits 7.00 = c 1 7.00"),
        (range, r#"{"images": 4}"#, "credits 7.00 = c 1 7.00"),
        (range, r#"{"images": 5}"#, " = "),
    ]);
}

#[test]
fn computed_inputs() {
    let pixels = r#"{ "id": "c", "balance": "credits", "quantity": { "of": "volume" }, "price": { "amount": 1, "per": 100000000 } }"#;
    let side = r#"{ "id": "c", "balance": "credits", "when": { "side": { "above": 720 } }, "quantity": { "of": "length" }, "price": { "amount": 1 } }"#;
    check(&[
        (
            pixels,
            r#"{"width": 1280, "height": 720, "length": 10}"#,
            "credits 2.30 = c 230400000 2.30",
        ),
        (
            pixels,
            r#"{"width": 1280, "length": 10}"#,
            "missing_input height",
        ),
        (pixels, r#"{"images": 10}"#, " = "),
        (
            side,
            r#"{"width": 640, "height": 721, "length": 2}"#,
            "credits 2.00 = c 2 2.00",
        ),
        (side, r#"{"length": 2}"#, "missing_input width"),
        (side, r#"{"width": 640, "height": 720, "length": 2}"#, " = "),
        (
            side,
            r#"{"width": 640, "length": 2}"#,
            "missing_input height",
        ),
    ]);
}

#[test]
fn balances_are_rounded_once_each() {
    let two = r#"{ "id": "a", "balance": "credits", "quantity": { "of": "images" }, "price": { "amount": "1/3" } },
        { "id": "b", "balance": "credits", "quantity": { "of": "images" }, "price": { "amount": "1/3" } },
        { "id": "m", "balance": "minutes", "quantity": { "of": "images" }, "price": { "amount": "1/3" } }"#;
    check(&[
        (
            two,
            r#"{"images": 1}"#,
            "credits 0.67, minutes 1 = a 1 0.33 + b 1 0.33 + m 1 1",
        ),
        (
            two,
            r#"{"images": 2}"#,
            "credits 1.33, minutes 1 = a 2 0.67 + b 2 0.67 + m 2 1",
        ),
    ]);
    let tariff = tariff(two);
    for (images, rounding) in [(1, "0.01"), (2, "-0.01")] {
        let usage = Usage::new().with("images", images);
        let estimate = estimate(&tariff, &usage).unwrap();
        assert_eq!(
            estimate.rounding.get("credits").unwrap().to_string(),
            rounding
        );
        assert_eq!(estimate.rounding.get("minutes"), None);
    }
}

#[test]
fn a_value_is_within_its_limits_and_on_its_step() {
    let charge = r#"{ "id": "c", "balance": "credits", "quantity": { "of": "weight" }, "price": { "amount": 3 } }"#;
    check(&[
        (charge, r#"{"weight": 2}"#, "credits 6.00 = c 2 6.00"),
        (
            charge,
            r#"{"weight": 0.3333333333333333}"#,
            "off_step weight",
        ),
        (charge, r#"{"weight": 10.1}"#, "too_large weight"),
        (charge, r#"{"weight": 1e300}"#, "too_large weight"),
        (charge, r#"{"frames": 0.5}"#, "too_small frames"),
        (charge, r#"{"frames": 1.25}"#, "off_step frames"),
        (charge, r#"{"frames": 1.5000001}"#, " = "),
        (charge, r#"{"length": -0.0000001}"#, " = "),
        (charge, r#"{"length": -0.001}"#, "negative length"),
        (charge, r#"{"clips": 5}"#, "wrong_type clips"),
        (charge, r#"{"length": [5]}"#, "wrong_type length"),
        (charge, r#"{"images": "5"}"#, "wrong_type images"),
        (charge, r#"{"hd": 1}"#, "wrong_type hd"),
        (charge, r#"{"kind": true}"#, "wrong_type kind"),
        (charge, r#"{"pixels": 5}"#, "unknown_input pixels"),
    ]);
}
