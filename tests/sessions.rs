//! The session, by the table that the JavaScript session answers to as well, and at random.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    missing_docs,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use std::collections::HashMap;

use credit_estimator::{
    ByBalance, Change, Error, Judgement, Limits, Session, Tariff, Usage, cards, estimate,
};
use serde_json::{Value, json};

fn table() -> Value {
    serde_json::from_str(include_str!("sessions.json")).unwrap()
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap()
}

fn usage(value: &Value) -> Usage {
    Usage::from_json(&value.to_string()).unwrap()
}

fn refused(error: &Error) -> Value {
    json!({ "code": error.code().as_str(), "path": error.path() })
}

/// Numbers as doubles, so that 20 and 20.0 are the same.
fn shown(value: impl serde::Serialize) -> Value {
    fn doubles(value: Value) -> Value {
        match value {
            Value::Number(number) => json!(number.as_f64().unwrap()),
            Value::Array(items) => items.into_iter().map(doubles).collect(),
            Value::Object(fields) => {
                Value::Object(fields.into_iter().map(|(k, v)| (k, doubles(v))).collect())
            }
            other => other,
        }
    }
    doubles(serde_json::to_value(value).unwrap())
}

fn reasons(judgement: &Judgement<'_>) -> Value {
    let reasons = judgement.reasons.iter();
    let reasons = reasons.map(|reason| {
        json!([
            reason.kind(),
            reason.level.as_str(),
            reason.limit,
            reason.amount
        ])
    });
    shown(reasons.collect::<Value>())
}

fn ids(session: &Session<'_>) -> Value {
    session.entries().map(|entry| entry.id).collect()
}

/// What a step answers: a change, a preview, or whether something was taken back.
#[derive(Default)]
struct Answer<'t> {
    change: Option<Change<'t>>,
    delta: Option<ByBalance<'t>>,
    now: Option<(ByBalance<'t>, ByBalance<'t>, Judgement<'t>)>,
    done: Option<bool>,
}

fn act<'t>(
    session: &mut Session<'t>,
    step: &Value,
    marks: &HashMap<String, Change<'t>>,
) -> Result<Answer<'t>, Error> {
    let text = |key: &str| step[key].as_str();
    let of = text("of");
    session.set_group(text("group"));
    let change = if let Some(added) = step.get("add") {
        Some(match text("as") {
            Some(id) => session.add_as(id, usage(added))?,
            None => session.add(usage(added))?,
        })
    } else if let Some(updated) = step.get("update") {
        Some(session.update(of.unwrap(), usage(updated))?)
    } else if let Some(previewed) = step.get("preview") {
        let preview = session.preview(of, &usage(previewed))?;
        return Ok(Answer {
            delta: Some(preview.delta),
            now: Some((preview.totals, preview.most, preview.verdict)),
            ..Answer::default()
        });
    } else if let Some(id) = text("remove") {
        Some(session.remove(id)?)
    } else if step.get("clear").is_some() {
        session.clear()
    } else if let Some(mark) = text("takeBack") {
        return Ok(Answer {
            done: Some(session.take_back(&marks[mark])),
            ..Answer::default()
        });
    } else if step.get("undo").is_some() {
        session.undo()
    } else {
        session.redo()
    };
    Ok(Answer {
        delta: change.as_ref().map(|change| change.delta.clone()),
        change,
        ..Answer::default()
    })
}

#[test]
fn sessions_answer_as_the_table_says() {
    for case in list(&table()["sessions"]) {
        let name = case["name"].as_str().unwrap();
        let card = case.get("card").map(Value::to_string);
        let tariff = Tariff::from_json(card.as_deref().unwrap_or(cards::INVIDEO_V4)).unwrap();
        let mut options = case.get("options").cloned().unwrap_or_else(|| json!({}));
        let history = options.as_object_mut().unwrap().remove("history");
        let limits = match (
            Limits::from_json(&tariff, &options.to_string()),
            case.get("error"),
        ) {
            (Ok(limits), None) => limits,
            (Err(error), Some(expected)) => {
                assert_eq!(refused(&error), *expected, "{name}");
                continue;
            }
            other => panic!("{name}: {other:?}"),
        };
        let mut session = Session::new(&tariff).with_limits(limits);
        if let Some(history) = history {
            session = session.with_history(usize::try_from(history.as_u64().unwrap()).unwrap());
        }
        let mut marks = HashMap::new();
        for (index, step) in list(&case["steps"]).iter().enumerate() {
            let says = format!("{name}, step {index}");
            let before = (
                shown(session.state()),
                shown(session.totals()),
                reasons(&session.verdict()),
            );
            let answer = match (act(&mut session, step, &marks), step.get("error")) {
                (Ok(answer), None) => answer,
                (Err(error), Some(expected)) => {
                    assert_eq!(refused(&error), *expected, "{says}");
                    let after = (
                        shown(session.state()),
                        shown(session.totals()),
                        reasons(&session.verdict()),
                    );
                    assert_eq!(before, after, "{says}");
                    Answer::default()
                }
                (Ok(_), Some(_)) => panic!("{says}: no error"),
                (Err(error), None) => panic!("{says}: {error}"),
            };
            if step.get("nothing").is_some() {
                assert!(answer.change.is_none(), "{says}");
            }
            let (totals, most, verdict) = answer
                .now
                .unwrap_or_else(|| (session.totals(), session.most(), session.verdict()));
            let ids_of = |change: &Change<'_>| json!(change.ids);
            for (key, found) in [
                (
                    "id",
                    answer
                        .change
                        .as_ref()
                        .map(|change| json!(change.ids.last())),
                ),
                ("ids", answer.change.as_ref().map(ids_of)),
                ("done", answer.done.map(Value::Bool)),
                ("delta", answer.delta.map(shown)),
                ("totals", Some(shown(totals))),
                ("most", Some(shown(most))),
                ("verdict", Some(json!(verdict.verdict.as_str()))),
                ("reasons", Some(reasons(&verdict))),
                ("remaining", Some(shown(&verdict.remaining))),
                ("shortfall", Some(shown(&verdict.shortfall))),
                ("entries", Some(ids(&session))),
            ] {
                if let Some(expected) = step.get(key) {
                    assert_eq!(found.map(shown), Some(shown(expected)), "{says}: {key}");
                }
            }
            if let Some(usages) = step.get("usages") {
                for (id, expected) in usages.as_object().unwrap() {
                    let entry = session.entry(id).unwrap();
                    assert_eq!(*entry.usage, usage(expected), "{says}: {id}");
                }
            }
            if let Some(question) = step.get("fit") {
                let text = |key: &str| question[key].as_str().unwrap();
                match (session.fit(text("of"), text("vary")), question.get("error")) {
                    (Ok(fit), None) => {
                        let none = question.get("none").is_some();
                        assert_eq!(fit.is_none(), none, "{says}: fit");
                        let value = fit.and_then(|fit| fit.value);
                        assert_eq!(shown(value), shown(&question["value"]), "{says}: fit");
                    }
                    (Err(error), Some(expected)) => {
                        assert_eq!(refused(&error), *expected, "{says}")
                    }
                    (other, _) => panic!("{says}: {other:?}"),
                }
            }
            if let (Some(mark), Some(change)) = (step["mark"].as_str(), answer.change) {
                marks.insert(mark.to_owned(), change);
            }
        }
    }
}

#[test]
fn states_are_read_as_the_table_says() {
    let tariff = Tariff::from_json(cards::INVIDEO_V4).unwrap();
    let card = tariff.card();
    for case in list(&table()["states"]) {
        let name = case["name"].as_str().unwrap();
        let mut state = case["state"].clone();
        if state["card"] == "ours" {
            state["card"] = json!({ "id": card.id.as_str(), "version": card.version });
        }
        match (
            Session::restore(&tariff, &state.to_string()),
            case.get("error"),
        ) {
            (Ok(session), None) => {
                assert_eq!(shown(session.totals()), shown(&case["totals"]), "{name}");
                assert_eq!(ids(&session), case["entries"], "{name}");
                assert_eq!(
                    serde_json::to_value(session.state()).unwrap(),
                    state,
                    "{name}"
                );
            }
            (Err(error), Some(expected)) => assert_eq!(refused(&error), *expected, "{name}"),
            (other, _) => panic!("{name}: {other:?}"),
        }
    }
}

/// Pseudo-random numbers that are the same in every run (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % sides
    }

    fn usage(&mut self) -> Usage {
        match self.below(6) {
            0 => Usage::new().with("images", self.below(20)),
            1 => Usage::new().with("clips", [self.below(9), self.below(9)]),
            2 => Usage::new()
                .with("media", "stock")
                .with("duration", self.below(600)),
            3 => {
                usage(&json!({ "duration": { "from": self.below(60), "to": 60 + self.below(60) } }))
            }
            4 => Usage::new().with("clips", "no"),
            _ => Usage::new()
                .with("model", "ultra")
                .with("duration", self.below(600))
                .with("actor", "human"),
        }
    }
}

#[test]
fn random_changes_and_their_undo_end_where_they_began() {
    const CHANGES: usize = 1_000_000;
    let tariff = Tariff::from_json(cards::INVIDEO_V4).unwrap();
    let mut session = Session::new(&tariff).with_history(CHANGES);
    session.add(Usage::new().with("clips", [5])).unwrap();
    let mut dice = Dice(1);
    let began = (
        shown(session.state()),
        shown(session.totals()),
        shown(session.most()),
    );
    let mut made = 0;
    let mut undone = 0;
    let mut names: Vec<String> = vec!["1".to_owned()];
    for round in 0..CHANGES {
        let name = names[usize::try_from(dice.below(u64::try_from(names.len()).unwrap())).unwrap()]
            .clone();
        let group = ["a", "b"][round / 7 % 2];
        session.set_group((round % 3 == 0).then_some(group));
        match dice.below(20) {
            0..8 => drop(session.update(&name, dice.usage())),
            8..12 => {
                if let Ok(change) = session.add(dice.usage()) {
                    names.extend(change.ids.last().cloned());
                }
            }
            12..15 => drop(session.remove(&name)),
            15..18 => undone += usize::from(session.undo().is_some()),
            18 => drop(session.redo()),
            _ if dice.below(500) == 0 => drop(session.clear()),
            _ => drop(session.preview(None, &dice.usage())),
        }
        made += 1;
        if names.len() > 1000 {
            names.drain(..500);
        }
        if round % 50_000 == 0 {
            let mut sum = [0, 0];
            for entry in session.entries() {
                let Ok(fresh) = estimate(&tariff, entry.usage) else {
                    continue;
                };
                assert_eq!(fresh.totals, entry.amounts);
            }
            for entry in session.entries() {
                for (sum, (_, amount)) in sum.iter_mut().zip(entry.amounts.iter()) {
                    *sum += amount.units();
                }
            }
            let totals: Vec<i64> = session
                .totals()
                .iter()
                .map(|(_, amount)| amount.units())
                .collect();
            assert_eq!(totals, sum);
        }
    }
    assert_eq!(made, CHANGES);
    assert!(undone > 10_000 && !session.is_empty());
    while session.undo().is_some() {}
    let ended = (
        shown(session.state()),
        shown(session.totals()),
        shown(session.most()),
    );
    assert_ne!(
        ended.0, began.0,
        "the first entry was added before all else"
    );
    session.redo();
    let ended = (
        shown(session.state()),
        shown(session.totals()),
        shown(session.most()),
    );
    assert_eq!(ended, began);
}
