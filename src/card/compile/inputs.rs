//! The inputs: their kinds, limits and starting values, in the order they are asked.

use super::{
    super::{
        decode::Problems,
        json::{Kind, Node, Number},
    },
    is_refused,
    scope::{BY, Scope, not_numeric, overflow},
    unique,
};
use crate::{
    error::{Code, Path},
    exact::{Decimal, TOO_LARGE, divide, lcm, times},
    tariff::{Computed, Numeric, Slot, Source, SourceKind},
    text::filled,
    usage,
};

pub(super) fn sources(card: &Node, problems: &mut Problems) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::new();
    let root = Path::Root;
    let inputs = root.key("inputs");
    for (index, input) in card.list("inputs").iter().enumerate() {
        if is_refused(input) {
            continue;
        }
        let path = inputs.index(index);
        let scope = Scope {
            card,
            sources: &sources,
        };
        let when = scope.when(input, &path, problems);
        let kind = match input.text_at("kind") {
            "choice" => Some(choice(input, &path, problems)),
            "toggle" => Some(SourceKind::Toggle),
            "number" => numeric(input, false, &path, problems),
            "duration" => numeric(input, true, &path, problems),
            kind => scope.computed(input, kind == "product", &path, problems),
        };
        let mut source = Source {
            id: input.text_at("id").to_owned(),
            kind: kind.unwrap_or(SourceKind::Refused),
            when: when.unwrap_or_default(),
            default: Slot::Missing,
        };
        if !matches!(source.kind, SourceKind::Refused) {
            starts(&mut source, input, &path, problems);
        }
        sources.push(source);
    }
    sources
}

fn choice(input: &Node, path: &Path<'_>, problems: &mut Problems) -> SourceKind {
    let list = path.key("options");
    let options = input.list("options");
    if options.is_empty() {
        let message = "a choice has at least one option";
        problems.add(Code::InvalidValue, &list, message);
    }
    unique(options, &list, problems);
    let mut ids = Vec::new();
    for (index, option) in options.iter().enumerate() {
        let id = option.text_at("id");
        if id == BY {
            let item = list.index(index);
            let message =
                "no option is called \"by\", which names the input of a choice-dependent number";
            problems.add(Code::InvalidValue, &item.key("id"), message);
        }
        ids.push(id.to_owned());
    }
    SourceKind::Choice { options: ids }
}

fn numeric(
    input: &Node,
    duration: bool,
    path: &Path<'_>,
    problems: &mut Problems,
) -> Option<SourceKind> {
    let step = input.ratio_at("step")?;
    let min = input.ratio_at("min")?;
    let max = input.ratio_at("max")?;
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
        let message = "a duration is taken to the millisecond, so its step is a multiple of 0.001";
        problems.add(Code::Inexact, &path.key("step"), message);
        return None;
    }
    let (least, most) = (min.around(scale)?.1, max.around(scale)?.0);
    let unit = step.scaled(scale)?;
    let last = most
        .checked_rem(unit)
        .and_then(|rest| most.checked_sub(rest))?;
    if last == 0 || last < least {
        let message = filled(
            "no value above 0 is taken: none from {} to {} is a multiple of {}",
            &[&min, &max, &step],
        );
        problems.add(Code::InvalidValue, &path.key("max"), message);
        return None;
    }
    let max_items = input.ratio_at("maxItems").map(crate::Ratio::numerator);
    Some(SourceKind::Numeric(Numeric {
        duration,
        step,
        scale,
        min: least,
        max: most,
        limits: (min, max),
        max_items: max_items.and_then(|items| u32::try_from(items).ok()),
    }))
}

/// Reads `default` and `initial` as a usage's value would be.
fn starts(source: &mut Source, input: &Node, path: &Path<'_>, problems: &mut Problems) {
    for key in ["initial", "default"] {
        let kind = match input.get(key).map(|value| &value.kind) {
            Some(Kind::Ratio(ratio)) => {
                let number = Decimal::of(*ratio).map_or(Number::TooLong, Number::Exact);
                match input.has("maxItems") {
                    true => Kind::List(vec![Kind::from(number).into()]),
                    false => number.into(),
                }
            }
            Some(kind) => kind.clone(),
            None => continue,
        };
        let mut found = Vec::new();
        let slot = usage::read_value(source, &kind.into(), &mut found);
        for problem in found {
            problems.add(problem.code(), &path.key(key), problem.message());
        }
        if key == "default" {
            source.default = slot;
        }
    }
}

impl Scope<'_> {
    fn computed(
        &self,
        input: &Node,
        product: bool,
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> Option<SourceKind> {
        let of = path.key("of");
        let ids = input.list("of");
        if ids.is_empty() {
            let message = "a computed input is made of at least one other";
            problems.add(Code::InvalidValue, &of, message);
        }
        let mut parts = Vec::new();
        let mut sizes = Vec::new();
        let mut scale: u128 = 1;
        let mut duration = !product || ids.len() == 1;
        for (index, id) in ids.iter().enumerate() {
            let path = of.index(index);
            let (source, found) = self.source(id.text(), &path, problems)?;
            duration = duration && found.is_duration();
            let Some((part_scale, part_max)) = found.size() else {
                not_numeric(&found.id, &path, problems);
                return None;
            };
            scale = if product {
                times(scale, part_scale)
            } else {
                lcm(scale, part_scale)
            };
            parts.push((source, 1));
            sizes.push((part_scale, part_max));
        }
        let mut max: u128 = u128::from(product);
        for ((_, factor), (part_scale, part_max)) in parts.iter_mut().zip(sizes) {
            if product {
                max = times(max, part_max);
            } else {
                *factor = divide(scale, part_scale);
                max = max.max(times(part_max, *factor));
            }
        }
        if max == TOO_LARGE || scale == TOO_LARGE {
            overflow(path, problems);
            return None;
        }
        Some(SourceKind::Computed(Computed {
            product,
            duration,
            parts,
            scale,
            max,
        }))
    }
}
