//! Every error crosses in one shape: `{ problems: [{ code, path, message, suggestion?, line?, column? }] }`.

use serde::Serialize;
use wasm_bindgen::JsValue;

use crate::error::{Error, Problem};

#[derive(Serialize)]
struct Thrown<'e> {
    problems: Vec<ThrownProblem<'e>>,
}

#[derive(Serialize)]
struct ThrownProblem<'e> {
    code: &'static str,
    path: &'e str,
    message: &'e str,
    #[serde(skip_serializing_if = "Option::is_none")]
    suggestion: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u32>,
}

impl<'e> From<&'e Problem> for ThrownProblem<'e> {
    fn from(problem: &'e Problem) -> Self {
        Self {
            code: problem.code().as_str(),
            path: problem.path(),
            message: problem.message(),
            suggestion: problem.suggestion(),
            line: problem.position().map(|position| position.line),
            column: problem.position().map(|position| position.column),
        }
    }
}

pub(super) fn throw(error: &Error) -> JsValue {
    let thrown = Thrown {
        problems: error.problems().map(ThrownProblem::from).collect(),
    };
    super::to_js(&thrown).unwrap_or_else(|error| error)
}
