//! A card whose price takes every course along its input `n`, one charge at a time.

use credit_estimator::{Tariff, Usage};

pub(crate) fn usage(json: &str) -> Usage {
    Usage::from_json(json).unwrap()
}

/// A card of one charge in whole credits over `n`, a number to 200, and `m`, `k` and `mode` beside it.
pub(crate) fn card(charge: &str) -> Tariff {
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
pub(crate) const CHARGES: [&str; 21] = [
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
