//! Cards that the engine takes, and what is wrong with each of many changes to them.

/// Accepted as it is; each case below spoils one thing of it.
pub(crate) const CARD: &str = r#"{
  "id": "demo", "title": "Demo",
  "source": { "title": "Prices", "retrieved": "2024-02-29" },
  "balances": { "credits": { "decimals": 2, "round": "halfUp" } },
  "inputs": [
    { "id": "model", "kind": "choice", "default": "a", "options": [{ "id": "a" }, { "id": "b" }] },
    { "id": "hd", "kind": "toggle", "when": { "model": "a" } },
    { "id": "length", "kind": "duration", "max": 600, "initial": 60 },
    { "id": "clips", "kind": "duration", "max": 60, "maxItems": 10 },
    { "id": "images", "kind": "number", "max": 100 },
    { "id": "half", "kind": "number", "max": 10, "step": 0.5 },
    { "id": "area", "kind": "product", "of": ["images", "half"] }
  ],
  "charges": [
    { "id": "video", "balance": "credits", "when": { "model": ["a", "b"], "length": { "above": 0 } },
      "quantity": { "of": "length", "minimum": 30, "increment": 15, "round": "up" },
      "price": { "amount": { "by": "model", "a": 20, "b": { "by": "hd", "true": 40, "false": 30 } }, "per": 60 },
      "times": "images" },
    { "id": "clip", "balance": "credits", "quantity": { "of": "clips", "each": true },
      "price": { "mode": "graduated", "tiers": [{ "upTo": 10, "amount": 0 }, { "upTo": 20, "amount": 1 }] },
      "round": "up", "decimals": 0 }
  ],
  "assumptions": [{ "id": "one", "text": "Assumed.", "where": { "charge": "video", "step": "minimum" } }],
  "examples": [{ "input": { "length": 30, "images": 1 }, "expect": { "credits": 10 } }],
  "plans": [{ "id": "plus", "price": { "amount": 28, "currency": "USD", "every": "month" },
    "allowances": { "credits": 100 }, "input": { "model": "b" },
    "overage": { "credits": { "quantity": { "increment": 100 }, "price": { "amount": 5, "per": 100 } } } }]
}"#;

/// Another that the engine takes, with every key there is.
pub(crate) const FULL: &str = include_str!("full.json");

/// What to replace in the card, with what, and the one problem it then has, as `code path`.
pub(crate) const SPOILED: &[(&str, &str, &str)] = &[
    (r#""id": "demo""#, r#""id": "de mo""#, "invalid_value id"),
    (r#""id": "demo","#, "", "missing_key id"),
    (
        r#""title": "Demo""#,
        r#""titel": "Demo""#,
        "unknown_key titel",
    ),
    ("2024-02-29", "2023-02-29", "invalid_value source.retrieved"),
    (
        r#""decimals": 2"#,
        r#""decimals": 10"#,
        "invalid_value balances.credits.decimals",
    ),
    (
        r#""decimals": 2"#,
        r#""decimals": 1.5"#,
        "invalid_value balances.credits.decimals",
    ),
    (
        r#""halfUp""#,
        r#""halfup""#,
        "invalid_value balances.credits.round",
    ),
    (
        r#"{ "credits": { "decimals": 2, "round": "halfUp" } },"#,
        "{},",
        "invalid_value balances",
    ),
    (
        r#""default": "a""#,
        r#""default": "c""#,
        "unknown_option inputs[0].default",
    ),
    (
        r#"{ "id": "b" }]"#,
        r#"{ "id": "b" }, { "id": "a" }]"#,
        "duplicate inputs[0].options[2].id",
    ),
    (
        r#"{ "id": "b" }]"#,
        r#"{ "id": "b" }, { "id": "by" }]"#,
        "invalid_value inputs[0].options[2].id",
    ),
    (
        r#""kind": "toggle""#,
        r#""kind": "togle""#,
        "invalid_value inputs[1].kind",
    ),
    (
        r#""when": { "model": "a" }"#,
        r#""when": { "length": 5 }"#,
        "unknown_input inputs[1].when.length",
    ),
    (
        r#""max": 600, "initial""#,
        r#""initial""#,
        "missing_key inputs[2].max",
    ),
    (
        r#""max": 600,"#,
        r#""max": 0,"#,
        "invalid_value inputs[2].max",
    ),
    (
        r#""max": 600,"#,
        r#""max": 600, "step": 0.0005,"#,
        "inexact inputs[2].step",
    ),
    (
        r#""max": 600,"#,
        r#""max": 600, "options": [],"#,
        "unknown_key inputs[2].options",
    ),
    (
        r#""initial": 60"#,
        r#""initial": 601"#,
        "too_large inputs[2].initial",
    ),
    (
        r#""initial": 60"#,
        r#""initial": "1:00""#,
        "invalid_value inputs[2].initial",
    ),
    (
        r#""maxItems": 10"#,
        r#""maxItems": 0"#,
        "invalid_value inputs[3].maxItems",
    ),
    (
        r#""maxItems": 10"#,
        r#""maxItems": 10001"#,
        "invalid_value inputs[3].maxItems",
    ),
    (
        r#""step": 0.5"#,
        r#""step": 0"#,
        "invalid_value inputs[5].step",
    ),
    (
        r#"["images", "half"]"#,
        r#"["images", "model"]"#,
        "invalid_value inputs[6].of[1]",
    ),
    (
        r#"["images", "half"]"#,
        r#"["images", "halv"]"#,
        "unknown_input inputs[6].of[1]",
    ),
    (
        r#""id": "clip", "#,
        r#""id": "video", "#,
        "duplicate charges[1].id",
    ),
    (
        r#""id": "video", "balance": "credits""#,
        r#""id": "video", "balance": "credit""#,
        "unknown_balance charges[0].balance",
    ),
    (
        r#"["a", "b"], "length""#,
        r#"["a", "c"], "length""#,
        "unknown_option charges[0].when.model",
    ),
    (
        r#"["a", "b"], "length""#,
        r#"[], "length""#,
        "invalid_value charges[0].when.model",
    ),
    (
        r#"["a", "b"], "length""#,
        r#"true, "length""#,
        "wrong_type charges[0].when.model",
    ),
    (
        r#"{ "above": 0 }"#,
        r#"{ "abov": 0 }"#,
        "unknown_key charges[0].when.length.abov",
    ),
    (
        r#"{ "above": 0 }"#,
        r#"{ "above": 600 }"#,
        "unreachable charges[0].when",
    ),
    (
        r#"{ "above": 0 }"#,
        r#"{ "anyItem": 5 }"#,
        "invalid_value charges[0].when.length.anyItem",
    ),
    (
        r#"["a", "b"], "length""#,
        r#""b", "hd": true, "length""#,
        "unreachable charges[0].when",
    ),
    (
        r#""of": "length""#,
        r#""of": "lenght""#,
        "unknown_input charges[0].quantity.of",
    ),
    (
        r#""of": "length""#,
        r#""of": "model""#,
        "invalid_value charges[0].quantity.of",
    ),
    (
        r#""of": "length","#,
        r#""of": "length", "each": true,"#,
        "invalid_value charges[0].quantity.each",
    ),
    (
        r#""minimum": 30"#,
        r#""minimum": -30"#,
        "negative charges[0].quantity.minimum",
    ),
    (
        r#""increment": 15"#,
        r#""increment": 0"#,
        "invalid_value charges[0].quantity.increment",
    ),
    (
        r#""increment": 15"#,
        r#""increment": 0.1234567890123457"#,
        "inexact charges[0].quantity.increment",
    ),
    (
        r#""a": 20"#,
        r#""a": "twenty""#,
        "invalid_value charges[0].price.amount.a",
    ),
    (
        r#""a": 20"#,
        r#""a": [20]"#,
        "wrong_type charges[0].price.amount.a",
    ),
    (
        r#""a": 20"#,
        r#""a": 1e16"#,
        "too_large charges[0].price.amount.a",
    ),
    (
        r#""a": 20"#,
        r#""aa": 20"#,
        "unknown_option charges[0].price.amount.aa",
    ),
    (
        r#""by": "model""#,
        r#""by": "modle""#,
        "unknown_input charges[0].price.amount.by",
    ),
    (
        r#""by": "model", "#,
        "",
        "missing_key charges[0].price.amount.by",
    ),
    (
        r#""true": 40"#,
        r#""yes": 40"#,
        "unknown_option charges[0].price.amount.b.yes",
    ),
    (
        r#"{ "by": "hd", "true": 40, "false": 30 }"#,
        r#"{ "by": "hd" }"#,
        "missing_key charges[0].price.amount.b",
    ),
    (
        r#""per": 60"#,
        r#""per": { "by": "model" }"#,
        "missing_key charges[0].price.per",
    ),
    (
        r#""per": 60"#,
        r#""per": 0"#,
        "invalid_value charges[0].price.per",
    ),
    (
        r#""per": 60"#,
        r#""per": "1/0""#,
        "invalid_value charges[0].price.per",
    ),
    (
        r#""times": "images""#,
        r#""times": "half""#,
        "invalid_value charges[0].times",
    ),
    (
        r#""times": "images""#,
        r#""times": "image""#,
        "unknown_input charges[0].times",
    ),
    (
        r#""mode": "graduated", "#,
        "",
        "missing_key charges[1].price.mode",
    ),
    (
        r#""upTo": 20"#,
        r#""upTo": 10"#,
        "invalid_value charges[1].price.tiers[1].upTo",
    ),
    (
        r#""upTo": 10, "#,
        "",
        "missing_key charges[1].price.tiers[0].upTo",
    ),
    (
        r#"{ "upTo": 20, "amount": 1 }"#,
        r#"{ "upTo": 20 }"#,
        "missing_key charges[1].price.tiers[1].amount",
    ),
    (
        r#""decimals": 0"#,
        r#""decimals": 0, "minimumAmount": 3, "maximumAmount": "5/2""#,
        "invalid_value charges[1].maximumAmount",
    ),
    (
        r#""decimals": 0"#,
        r#""decimals": 0.5"#,
        "invalid_value charges[1].decimals",
    ),
    (
        r#""decimals": 0"#,
        r#""decimals": { "by": "model" }"#,
        "missing_key charges[1].decimals",
    ),
    (
        r#""charge": "video""#,
        r#""charge": "vide""#,
        "unknown_charge assumptions[0].where.charge",
    ),
    (
        r#""step": "minimum""#,
        r#""step": "floor""#,
        "invalid_value assumptions[0].where.step",
    ),
    (
        r#""charge": "video", "#,
        "",
        "missing_key assumptions[0].where",
    ),
    (
        r#""charge": "video", "#,
        r#""charge": "video", "balance": "credits", "#,
        "missing_key assumptions[0].where",
    ),
    (
        r#""charge": "video", "#,
        r#""balance": "credits", "#,
        "invalid_value assumptions[0].where.step",
    ),
    (
        r#""currency": "USD""#,
        r#""currency": "usd""#,
        "invalid_value plans[0].price.currency",
    ),
    (
        r#""allowances": { "credits""#,
        r#""allowances": { "credit""#,
        "unknown_balance plans[0].allowances.credit",
    ),
    (
        r#""input": { "model": "b" }"#,
        r#""input": { "model": "c" }"#,
        "unknown_option plans[0].input.model",
    ),
    (
        r#""max": 600, "initial": 60"#,
        r#""max": 1000000000000000, "initial": 60"#,
        "overflow balances.credits",
    ),
    ("\"plans\"", "\"plan\"", "unknown_key plan"),
    (
        r#""max": 10, "step": 0.5"#,
        r#""max": 10, "step": 15"#,
        "invalid_value inputs[5].max",
    ),
    (
        r#""max": 10, "step": 0.5"#,
        r#""min": 4, "max": 5, "step": 3"#,
        "invalid_value inputs[5].max",
    ),
    (
        r#""max": 10, "step": 0.5"#,
        r#""max": 0.5"#,
        "invalid_value inputs[5].max",
    ),
    // the key that is meant is not missing as well
    (
        r#""of": "length""#,
        r#""off": "length""#,
        "unknown_key charges[0].quantity.off",
    ),
    (
        r#""amount": 28"#,
        r#""Amount": 28"#,
        "unknown_key plans[0].price.Amount",
    ),
    (
        r#""max": 600"#,
        r#""maxx": 600"#,
        "unknown_key inputs[2].maxx",
    ),
];
