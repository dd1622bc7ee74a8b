//! Prices usages as they come: one JSON line in, one JSON line out.
//!
//! `{"card": …}` switches to another rate card, an object or its text; `{"usage": …}` is priced with it. The answer is
//! `{"estimate": …}`, `{"error": …}`, or `{}` for a card that is fine and for a usage of one that is not. A number that
//! JSON lacks is written `{"$number": "NaN"}`.

use std::error::Error;
use std::io::{self, BufWriter, Write};

use credit_estimator::{Tariff, Usage, Value, estimate};
use serde_json::{Value as Json, json};

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = BufWriter::new(io::stdout().lock());
    let mut tariff = None;
    for line in io::stdin().lines() {
        let request: Json = serde_json::from_str(&line?)?;
        let answer = match (request.get("card"), request.get("usage"), &tariff) {
            (Some(card), _, _) => {
                let loaded = load(card);
                let answer = loaded.as_ref().map(|_| json!({})).map_err(Clone::clone);
                tariff = loaded.ok();
                answer
            }
            (None, Some(usage), Some(tariff)) => price(tariff, usage),
            (None, Some(_), None) => Ok(json!({})),
            (None, None, _) => return Err("neither a card nor a usage".into()),
        };
        let answer = answer.unwrap_or_else(|error| json!({ "error": shape(&error) }));
        writeln!(out, "{answer}")?;
    }
    Ok(())
}

fn load(card: &Json) -> Result<Tariff, credit_estimator::Error> {
    match card {
        Json::String(text) => Tariff::from_json(text),
        document => Tariff::from_json(&document.to_string()),
    }
}

fn price(tariff: &Tariff, usage: &Json) -> Result<Json, credit_estimator::Error> {
    let mut read = Usage::from_json(&usage.to_string())?;
    for (input, value) in usage.as_object().into_iter().flatten() {
        if value.to_string().contains("$number") {
            read.set(input, beyond_json(value));
        }
    }
    estimate(tariff, &read).map(|estimate| json!({ "estimate": estimate }))
}

fn beyond_json(value: &Json) -> Value {
    match value {
        Json::Array(items) => items.iter().map(beyond_json).collect::<Vec<_>>().into(),
        Json::Object(number) => number
            .get("$number")
            .and_then(Json::as_str)
            .and_then(|text| text.parse::<f64>().ok())
            .unwrap_or_default()
            .into(),
        Json::String(text) => text.as_str().into(),
        Json::Bool(yes) => (*yes).into(),
        other => other.as_f64().unwrap_or_default().into(),
    }
}

fn shape(error: &credit_estimator::Error) -> Json {
    let problems: Vec<_> = error
        .problems()
        .map(|problem| json!({ "code": problem.code().to_string(), "path": problem.path() }))
        .collect();
    json!({ "code": error.code().to_string(), "path": error.path(), "message": error.message(), "problems": problems })
}
