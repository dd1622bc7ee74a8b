//! Which plan to buy.

use wasm_bindgen::prelude::*;

use super::{loaded, options, read, throw, to_js};
use crate::{
    card::{
        Every,
        decode::{self, Object, Problems, Shape},
        json::{Kind, Node},
    },
    error::{Code, Path, Problem},
    plan::recommend_plan,
    text::filled,
    usage::Usage,
};

/// Compares the card's plans for a list of usages or of `{ usage, count? }`: `{ every?, currency? }`.
#[wasm_bindgen(js_name = recommendPlan)]
pub fn recommend(number: u32, given: &JsValue, question: &JsValue) -> Result<JsValue, JsValue> {
    let tariff = loaded(number)?;
    let question = match question.is_undefined() {
        true => Kind::Object(Vec::new()).into(),
        false => options(question, &["every", "currency"])?,
    };
    let mut problems = Problems::default();
    let root = Path::Root;
    let usages = usages(read::read(given)?, &root.key("usages"), &mut problems);
    let every: Option<Every> = question
        .get("every")
        .and_then(|every| decode::read(every, &root.key("every"), &mut problems));
    let currency: Option<String> = question
        .get("currency")
        .and_then(|currency| decode::read(currency, &root.key("currency"), &mut problems));
    if let Some(error) = problems.into_error() {
        return Err(throw(&error));
    }
    let every = every.unwrap_or(Every::Month);
    match recommend_plan(&tariff, &usages, every, currency.as_deref()) {
        Ok(recommendation) => to_js(&recommendation.shape()),
        Err(error) => Err(throw(&error)),
    }
}

fn usages(given: Node, path: &Path<'_>, problems: &mut Problems) -> Vec<(Usage, u32)> {
    let Kind::List(items) = given.kind else {
        let message = filled("expected a list of usages, found {}", &[&given.kind.name()]);
        problems.push(Problem::new(Code::WrongType, path, message));
        return Vec::new();
    };
    let mut usages = Vec::with_capacity(items.len());
    for (index, item) in items.into_iter().enumerate() {
        // No input takes an object, so a usage with an input of this name is not mistaken.
        let counted = match item.get("usage") {
            Some(usage) if matches!(usage.kind, Kind::Object(_)) => usage.clone(),
            _ => {
                usages.push((Usage::from_node(item), 1));
                continue;
            }
        };
        let path = path.index(index);
        Object::open(&item, &path, &["usage", "count"], problems);
        let mut count = 1;
        if let Some(written) = item.get("count") {
            let mut written = written.clone();
            Shape::Whole(0, u32::MAX).check(&mut written, &path.key("count"), problems);
            count = u32::try_from(written.ratio().numerator()).unwrap_or(0);
        }
        usages.push((Usage::from_node(counted), count));
    }
    usages
}
