//! The figures of doubles beside those of integers, over every rate card there is.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use std::{fs, path::Path};

use super::{plan::bit, *};
use crate::{Tariff, Usage, card::Input, estimate, usage::Value};

fn cards() -> Vec<(String, Tariff)> {
    let mut cards = Vec::new();
    for folder in ["cards", "cards/history", "tests/cards"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if name.ends_with(".json") && !name.ends_with("schema.json") {
                let text = fs::read_to_string(&path).unwrap();
                cards.push((name, Tariff::from_json(&text).unwrap()));
            }
        }
    }
    cards
}

/// Xorshift: the same numbers in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

/// A number near the edges that prices have.
fn number(random: &mut Random, max: f64, step: f64, duration: bool) -> f64 {
    let round = [1.0, 5.0, 10.0, 30.0, 60.0, 100.0, 1000.0];
    let size = round[random.below(7) as usize];
    let near = (random.below(200) as f64 * size).min(max);
    match random.below(8) {
        0 => 0.0,
        1 => max,
        2 => max + 1.0,
        3 => -1.0,
        4 if duration => near + random.below(2000) as f64 / 1000.0,
        5 if duration => near + random.below(100_000) as f64 / 99_991.0,
        6 => (near / step).floor() * step + step,
        _ => (near / step).floor() * step,
    }
}

/// Cards with figures that could reach 2^49.
const TOO_LARGE: [&str; 2] = ["creatomate-credits.json", "vyndra-credits.json"];

#[test]
fn doubles_price_as_integers_do() {
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let (mut priced, mut left) = (0_u32, 0_u32);
    for (name, tariff) in cards() {
        let fast = Fast::of(&tariff);
        assert_eq!(fast.is_none(), TOO_LARGE.contains(&name.as_str()), "{name}");
        let Some(mut fast) = fast else { continue };
        let mut values = Values::new();
        let mut out = [0.0; FIGURES];
        for _ in 0..1_000 {
            let mut raw = vec![0.0; VALUES + ITEMS];
            let mut usage = Usage::new();
            let (mut given, mut choices, mut items) = (0, 0, 0);
            for (index, input) in tariff.card().inputs.iter().enumerate() {
                let values = match input {
                    Input::Choice(input) => input.options.len() as u32,
                    Input::Toggle(_) => 2,
                    _ => 0,
                };
                if values > 0 {
                    choices = choices * (values + 1) + values;
                }
                if matches!(input, Input::Computed(_)) || random.below(5) == 0 {
                    continue;
                }
                given |= bit(index);
                match input {
                    Input::Choice(input) => {
                        let option = random.below(input.options.len() as u64) as usize;
                        choices -= values - option as u32;
                        usage.set(input.id.as_str(), input.options[option].id.as_str());
                    }
                    Input::Toggle(input) => {
                        let flag = random.below(2) == 1;
                        choices -= values - u32::from(flag);
                        usage.set(input.id.as_str(), flag);
                    }
                    Input::Number(numeric) | Input::Duration(numeric) => {
                        let duration = matches!(input, Input::Duration(_));
                        let ratio = |ratio: crate::Ratio| {
                            ratio.numerator() as f64 / ratio.denominator() as f64
                        };
                        let (max, step) = (ratio(numeric.max), ratio(numeric.step.unwrap()));
                        if numeric.max_items.is_some() {
                            let count = random.below(5) as usize;
                            let list: Vec<f64> = (0..count)
                                .map(|_| number(&mut random, max, step, duration))
                                .collect();
                            let from = VALUES + items;
                            raw[from..from + count].copy_from_slice(&list);
                            raw[index] = (items * ITEMS + count) as f64;
                            items += count;
                            usage.set(numeric.id.as_str(), list);
                        } else {
                            let number = number(&mut random, max, step, duration);
                            raw[index] = number;
                            usage.set(numeric.id.as_str(), Value::from(number));
                        }
                    }
                    Input::Computed(_) => panic!("it is not given"),
                }
            }
            let by_integers = estimate(&tariff, &usage);
            let by_doubles = fast
                .plan(&tariff, choices, &raw, given)
                .and_then(|plan| plan.price(&raw, given, &mut values, &mut out));
            let context = || format!("{name}: {}", serde_json::to_string(&usage).unwrap());
            match (by_integers, by_doubles) {
                (Err(_), None) => {}
                (Ok(_), None) => left += 1,
                (Err(error), Some(_)) => panic!("{} should fail: {error}", context()),
                (Ok(expected), Some(made)) => {
                    priced += 1;
                    let found = present(&tariff, made, &out);
                    assert_eq!(
                        found,
                        serde_json::to_value(&expected).unwrap(),
                        "{}",
                        context()
                    );
                }
            }
        }
    }
    assert!(priced > 50 * left, "{priced} priced, {left} left");
}

/// What the JavaScript side makes of the figures.
fn present(tariff: &Tariff, made: u32, out: &[f64]) -> serde_json::Value {
    use serde_json::{Map, Value, json};
    let figure = |figure: f64| match figure.fract() {
        0.0 => json!(figure as i64),
        _ => json!(figure),
    };
    let card = tariff.card();
    let bits = |mask: f64| (0..32).filter(move |index| mask as u64 >> index & 1 == 1);
    let (mut totals, mut rounding) = (Map::new(), Map::new());
    for (index, (id, _)) in card.balances.iter().enumerate() {
        totals.insert(id.to_owned(), figure(out[3 + 3 * index]));
        if out[2] as u32 & bit(index) != 0 {
            rounding.insert(id.to_owned(), figure(out[4 + 3 * index]));
        }
    }
    let lines: Vec<Value> = bits(made.into())
        .map(|line| {
            let at = 3 + 3 * card.balances.len() + 2 * line;
            let charge = &card.charges[line];
            json!({
                "charge": charge.id.as_str(), "label": charge.label, "balance": charge.balance.as_str(),
                "quantity": figure(out[at]), "amount": figure(out[at + 1]),
            })
        })
        .collect();
    let assumptions: Vec<Value> = bits(out[0])
        .map(|index| {
            let assumption = &card.assumptions[index];
            let mut shown = json!({ "id": assumption.id.as_str(), "text": assumption.text });
            if let Some(because) = &assumption.because {
                shown["because"] = json!(because);
            }
            shown
        })
        .collect();
    let ignored: Vec<&str> = bits(out[1])
        .map(|index| tariff.sources[index].id.as_str())
        .collect();
    let mut id = json!({ "id": card.id.as_str() });
    if let Some(version) = &card.version {
        id["version"] = json!(version);
    }
    json!({
        "card": id, "totals": totals, "lines": lines, "rounding": rounding,
        "assumptions": assumptions, "ignored": ignored,
    })
}
