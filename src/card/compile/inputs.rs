//! The inputs: their kinds, limits and starting values, in the order they are asked.

use super::{
    super::{
        ChoiceInput, Computation, Count, Input, Name, NumericInput, RateCard, Refused,
        decode::Problems, document::ComputedInput,
    },
    scope::{BY, Scope, not_numeric, overflow},
};
use crate::{
    card::json::{Kind, Number},
    error::{Code, Path, Problem},
    exact::{Ratio, lcm},
    tariff::{Computed, Conditions, Numeric, Slot, Source, SourceKind},
    usage,
};

pub(super) fn sources(card: &RateCard, refused: &Refused, problems: &mut Problems) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::with_capacity(card.inputs.len());
    let root = Path::Root;
    let inputs = root.key("inputs");
    for (index, input) in card.inputs.iter().enumerate() {
        let path = inputs.index(refused.inputs.place(index));
        let scope = Scope {
            card,
            refused,
            sources: &sources,
        };
        let when = match input.when() {
            Some(when) => scope.conditions(when, &path.key("when"), problems),
            None => Some(Conditions::default()),
        };
        let kind = match input {
            Input::Choice(choice) => {
                unique_options(choice, &path, problems);
                SourceKind::Choice {
                    options: choice
                        .options
                        .iter()
                        .map(|option| option.id.as_str().to_owned())
                        .collect(),
                }
            }
            Input::Toggle(_) => SourceKind::Toggle,
            Input::Number(numeric) => match numeric_source(numeric, false, &path, problems) {
                Some(numeric) => SourceKind::Numeric(numeric),
                None => SourceKind::Refused,
            },
            Input::Duration(numeric) => match numeric_source(numeric, true, &path, problems) {
                Some(numeric) => SourceKind::Numeric(numeric),
                None => SourceKind::Refused,
            },
            Input::Computed(computed) => match scope.computed_source(computed, &path, problems) {
                Some(computed) => SourceKind::Computed(computed),
                None => SourceKind::Refused,
            },
        };
        let mut source = Source {
            id: input.id().to_owned(),
            kind,
            when: when.unwrap_or_default(),
            default: Slot::Missing,
        };
        if !matches!(source.kind, SourceKind::Refused) {
            read_starts(&mut source, input, &path, problems);
        }
        sources.push(source);
    }
    sources
}

fn unique_options(choice: &ChoiceInput, path: &Path<'_>, problems: &mut Problems) {
    let list = path.key("options");
    if choice.options.is_empty() {
        problems.add(
            Code::InvalidValue,
            &list,
            "a choice has at least one option",
        );
    }
    let mut seen = std::collections::HashSet::new();
    for (index, option) in choice.options.iter().enumerate() {
        let id = option.id.as_str();
        let item = list.index(index);
        if !seen.insert(id) {
            problems.add(
                Code::Duplicate,
                &item.key("id"),
                format!("the id \"{id}\" is taken already"),
            );
        }
        if id == BY {
            problems.add(
                Code::InvalidValue,
                &item.key("id"),
                "no option is called \"by\", which names the input of a choice-dependent number",
            );
        }
    }
}

fn numeric_source(
    input: &NumericInput,
    duration: bool,
    path: &Path<'_>,
    problems: &mut Problems,
) -> Option<Numeric> {
    let step = input.step?;
    let min = input.min?;
    let scale = if duration {
        1000
    } else {
        u128::from(step.denominator())
    };
    if step.is_zero() {
        problems.add(Code::InvalidValue, &path.key("step"), "a step is above 0");
        return None;
    }
    if duration && step.scaled(1000).is_none() {
        problems.add(
            Code::Inexact,
            &path.key("step"),
            "a duration is taken to the millisecond, so its step is a multiple of 0.001",
        );
        return None;
    }
    if input.max.is_zero() || input.max < min {
        problems.add(
            Code::InvalidValue,
            &path.key("max"),
            format!("the largest value is above 0 and not below the smallest, {min}"),
        );
        return None;
    }
    Some(Numeric {
        duration,
        step,
        scale,
        min: min.around(scale)?.1,
        max: input.max.around(scale)?.0,
        limits: (min, input.max),
        max_items: input.max_items.map(Count::get),
    })
}

/// Reads `default` and `initial` as a usage's value would be.
fn read_starts(source: &mut Source, input: &Input, path: &Path<'_>, problems: &mut Problems) {
    let text = |name: &Name| Kind::Text(name.as_str().to_owned());
    let (default, initial) = match input {
        Input::Choice(input) => (
            input.default.as_ref().map(text),
            input.initial.as_ref().map(text),
        ),
        Input::Toggle(input) => (input.default.map(Kind::Bool), input.initial.map(Kind::Bool)),
        Input::Number(input) | Input::Duration(input) => {
            let number = |ratio: Ratio| {
                let number = Number::parse(&ratio.to_string()).unwrap_or(Number::TooLong);
                match input.max_items {
                    Some(_) => Kind::List(vec![Kind::Number(number).into()]),
                    None => Kind::Number(number),
                }
            };
            (input.default.map(number), input.initial.map(number))
        }
        Input::Computed(_) => return,
    };
    for (key, kind) in [("initial", initial), ("default", default)] {
        let Some(kind) = kind else { continue };
        let mut found = Vec::new();
        let slot = usage::read_value(source, &kind.into(), &mut found);
        for problem in found {
            problems.push(Problem::new(
                problem.code(),
                path.key(key),
                problem.message(),
            ));
        }
        source.default = slot;
    }
    let has_default = match input {
        Input::Choice(input) => input.default.is_some(),
        Input::Toggle(_) => true,
        Input::Number(input) | Input::Duration(input) => input.default.is_some(),
        Input::Computed(_) => false,
    };
    if !has_default {
        source.default = Slot::Missing;
    }
}

impl Scope<'_> {
    pub(super) fn computed_source(
        &self,
        input: &ComputedInput,
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> Option<Computed> {
        let of = path.key("of");
        if input.of.is_empty() {
            problems.add(
                Code::InvalidValue,
                &of,
                "a computed input is made of at least one other",
            );
        }
        let product = input.kind == Computation::Product;
        let mut parts = Vec::with_capacity(input.of.len());
        for (index, id) in input.of.iter().enumerate() {
            let path = of.index(index);
            let (source, found) = self.source(id.as_str(), &path, problems)?;
            let Some((scale, max)) = found.size() else {
                not_numeric(id.as_str(), &path, problems);
                return None;
            };
            parts.push((source, scale, max));
        }
        let computed = combine(product, &parts);
        if computed.is_none() {
            overflow(path, problems);
        }
        computed
    }
}

fn combine(product: bool, parts: &[(usize, u128, u128)]) -> Option<Computed> {
    let mut scale: u128 = 1;
    for (_, part_scale, _) in parts {
        scale = if product {
            scale.checked_mul(*part_scale)?
        } else {
            lcm(scale, *part_scale)?
        };
    }
    let mut max: u128 = u128::from(product);
    let mut scaled = Vec::with_capacity(parts.len());
    for (source, part_scale, part_max) in parts {
        let factor = if product {
            1
        } else {
            scale.checked_div(*part_scale)?
        };
        let part_max = part_max.checked_mul(factor)?;
        max = if product {
            max.checked_mul(part_max)?
        } else {
            max.max(part_max)
        };
        scaled.push((*source, factor));
    }
    Some(Computed {
        product,
        parts: scaled,
        scale,
        max,
    })
}
