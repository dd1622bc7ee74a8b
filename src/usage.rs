//! What is about to be made, as a caller says it, and what a tariff makes of it.

use crate::{
    card::{
        decode::{listed, quoted},
        json::{self, Kind, Member, Node, Number},
    },
    duration,
    error::{Code, Error, Path, Problem},
    exact::{Decimal, Ratio, Steps},
    tariff::{Computed, Held, Numeric, Slot, Source, SourceKind, Tariff},
    text::{filled, written},
};

/// What is about to be made: a value for each input that has one.
///
/// ```
/// use credit_estimator::Usage;
///
/// let usage = Usage::new()
///     .with("media", "generative")
///     .with("duration", "3:30")
///     .with("clips", [5, 3]);
/// assert_eq!(
///     usage,
///     Usage::from_json(r#"{ "media": "generative", "duration": "3:30", "clips": [5, 3] }"#)?
/// );
/// # Ok::<(), credit_estimator::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Usage {
    pub(crate) members: Vec<Member>,
    /// What was given where an object was expected.
    pub(crate) instead: Option<&'static str>,
}

impl Usage {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same usage with `input` set to `value`, in place of what it was.
    #[must_use]
    pub fn with(mut self, input: &str, value: impl Into<Value>) -> Self {
        self.set(input, value);
        self
    }

    /// Sets `input` to `value`, in place of what it was.
    pub fn set(&mut self, input: &str, value: impl Into<Value>) {
        let Value(value) = value.into();
        let mut known = self.members.iter();
        if let Some(place) = known.position(|member| member.key == input) {
            self.members.remove(place);
        }
        self.members.push(Member {
            key: input.to_owned(),
            offset: 0,
            value,
        });
    }

    /// Reads a JSON object. Numbers are read as written, never through a float.
    ///
    /// # Errors
    ///
    /// [`Code::Syntax`] where the text is not JSON, [`Code::WrongType`] where it is no object.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let usage = Self::from_node(json::parse(json::without_mark(text))?);
        let parts = usage.members.len();
        if parts > json::MAX_PARTS {
            let message = filled("{} inputs, and no rate card has so many", &[&parts]);
            return Err(Problem::new(Code::TooMany, "", message).into());
        }
        match usage.instead {
            Some(found) => Err(Problem::new(
                Code::WrongType,
                "",
                filled("expected an object, found {}", &[&found]),
            )
            .into()),
            None => Ok(usage),
        }
    }

    /// The value of an input as it is given.
    pub(crate) fn value(&self, input: &str) -> Option<&Node> {
        json_value(&self.members, input)
    }

    /// The same usage with nothing for `input`.
    pub(crate) fn without(&self, input: &str) -> Self {
        let mut usage = Self {
            members: Vec::new(),
            instead: self.instead,
        };
        for member in self.members.iter().filter(|member| member.key != input) {
            usage.members.push(member.clone());
        }
        usage
    }

    pub(crate) fn from_node(node: Node) -> Self {
        match node.kind {
            Kind::Object(members) => Self {
                members,
                instead: None,
            },
            kind => Self {
                members: Vec::new(),
                instead: Some(kind.name()),
            },
        }
    }
}

impl PartialEq for Usage {
    /// The same inputs with the same values, in whatever order they were given.
    fn eq(&self, other: &Self) -> bool {
        self.instead == other.instead
            && self.members.len() == other.members.len()
            && self.members.iter().all(|member| {
                json_value(&other.members, &member.key)
                    .is_some_and(|value| value.kind.same(&member.value.kind))
            })
    }
}

fn json_value<'n>(members: &'n [Member], key: &str) -> Option<&'n Node> {
    let found = members.iter().find(|member| member.is(key))?;
    Some(&found.value)
}

impl Kind {
    fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::List(left), Self::List(right)) => {
                left.len() == right.len()
                    && left.iter().zip(right).all(|(l, r)| l.kind.same(&r.kind))
            }
            (left, right) => left == right,
        }
    }
}

impl serde::Serialize for Usage {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(
            self.members
                .iter()
                .map(|member| (&member.key, &member.value)),
        )
    }
}

/// The value of an input: an option's id, a yes or no, a number, seconds, `"3:30"`, or a list of them.
#[derive(Debug, Clone)]
pub struct Value(pub(crate) Node);

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self(Kind::Text(text.to_owned()).into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self(Kind::Text(text).into())
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self(Kind::Bool(flag).into())
    }
}

impl From<f64> for Value {
    /// The shortest decimal that reads back as this double: `0.1` is a tenth.
    fn from(number: f64) -> Self {
        let number = if number.is_finite() {
            Number::parse(&number.to_string()).unwrap_or(Number::TooLong)
        } else {
            Number::NotFinite
        };
        Self(Kind::from(number).into())
    }
}

impl From<std::time::Duration> for Value {
    /// To the nearest millisecond, as every duration.
    fn from(duration: std::time::Duration) -> Self {
        let text = crate::exact::decimal_text(duration.as_nanos(), 9);
        let number = Number::parse(&text).unwrap_or(Number::TooLong);
        Self(Kind::from(number).into())
    }
}

macro_rules! from_integers {
    ($($integer:ty)*) => {$(
        impl From<$integer> for Value {
            fn from(number: $integer) -> Self {
                let number = Number::parse(&number.to_string()).unwrap_or(Number::TooLong);
                Self(Kind::from(number).into())
            }
        }
    )*};
}
from_integers! { u8 u16 u32 u64 usize i8 i16 i32 i64 isize }

impl<T: Into<Self>> From<Vec<T>> for Value {
    fn from(items: Vec<T>) -> Self {
        let items = items.into_iter().map(|item| item.into().0).collect();
        Self(Kind::List(items).into())
    }
}

impl<T: Into<Self>, const N: usize> From<[T; N]> for Value {
    fn from(items: [T; N]) -> Self {
        Self::from(Vec::from(items))
    }
}

/// A usage as a tariff reads it: one slot for each of its inputs.
#[derive(Debug, Clone)]
pub(crate) struct Values {
    pub(crate) slots: Vec<Slot>,
    pub(crate) ignored: Vec<usize>,
}

/// Reads a usage for a tariff; every problem is found, not the first alone.
pub(crate) fn read(tariff: &Tariff, usage: &Usage) -> Result<Values, Error> {
    Ok(settle(tariff, read_given(tariff, usage)?))
}

/// What a usage gives for each source.
pub(crate) fn read_given(tariff: &Tariff, usage: &Usage) -> Result<Vec<Option<Slot>>, Error> {
    let mut problems = Vec::new();
    let given = given(&tariff.sources, usage, &mut problems);
    match Error::from_problems(problems) {
        Some(error) => Err(error),
        None => Ok(given),
    }
}

/// What is given as the tariff takes it: without what is left out, with defaults and computed inputs.
pub(crate) fn settle(tariff: &Tariff, given: Vec<Option<Slot>>) -> Values {
    let mut values = Values {
        slots: Vec::with_capacity(tariff.sources.len()),
        ignored: Vec::new(),
    };
    let mut is_given = Vec::with_capacity(given.len());
    for given in &given {
        is_given.push(given.is_some());
    }
    for (index, (source, given)) in tariff.sources.iter().zip(given).enumerate() {
        let slot = match &source.kind {
            SourceKind::Computed(computed) => {
                let part_given = |part: &usize| is_given.get(*part).copied().unwrap_or(false);
                let any = computed.parts.iter().any(|(part, _)| part_given(part));
                if let Some(is_given) = is_given.get_mut(index) {
                    *is_given = any;
                }
                compute(computed, &values.slots, any)
            }
            _ if source.when.held(&values.slots) == Held::No => {
                if given.is_some() {
                    values.ignored.push(index);
                }
                Slot::LeftOut
            }
            _ => given.unwrap_or_else(|| source.default.clone()),
        };
        values.slots.push(slot);
    }
    values
}

/// What a usage gives for each source, whether it is asked for or not; every problem of it is added.
pub(crate) fn given(
    sources: &[Source],
    usage: &Usage,
    problems: &mut Vec<Problem>,
) -> Vec<Option<Slot>> {
    if let Some(found) = usage.instead {
        problems.push(Problem::new(
            Code::WrongType,
            "",
            filled(
                "expected an object with the values of the inputs, found {}",
                &[&found],
            ),
        ));
    }
    for member in &usage.members {
        refuse_unknown(sources, member, problems);
    }
    let mut given = Vec::with_capacity(sources.len());
    for source in sources {
        let node = match source.kind {
            SourceKind::Computed(_) => None,
            _ => json_value(&usage.members, &source.id),
        };
        given.push(node.map(|node| read_value(source, node, problems)));
    }
    given
}

fn refuse_unknown(sources: &[Source], member: &Member, problems: &mut Vec<Problem>) {
    let key = member.key.as_str();
    let path = Path::Root.key(key);
    let asked_for = |source: &&Source| !matches!(source.kind, SourceKind::Computed(_));
    match sources.iter().find(|source| source.id == key) {
        Some(source) if !asked_for(&source) => problems.push(Problem::new(
            Code::UnknownInput,
            path,
            filled(
                "\"{}\" is computed from other inputs and cannot be given",
                &[&key],
            ),
        )),
        Some(_) => {}
        None => {
            let known = sources
                .iter()
                .filter(asked_for)
                .map(|source| source.id.as_str());
            let problem = Problem::unknown(Code::UnknownInput, path, "input", key, known);
            problems.push(problem);
        }
    }
}

/// A computed input: missing where nothing of it was given, incomplete where only some was.
pub(crate) fn compute(computed: &Computed, slots: &[Slot], any_given: bool) -> Slot {
    let mut result: Option<u128> = None;
    let mut missing = None;
    for (part, scale) in &computed.parts {
        match slots.get(*part) {
            Some(Slot::LeftOut) => return Slot::LeftOut,
            None | Some(Slot::Missing) => missing = missing.or(Some(*part)),
            Some(Slot::Partial { missing: part }) => missing = missing.or(Some(*part)),
            Some(slot) => {
                let part = slot.number().wrapping_mul(*scale);
                result = Some(match result {
                    None => part,
                    Some(result) if computed.product => result.wrapping_mul(part),
                    Some(result) => result.max(part),
                });
            }
        }
    }
    match (result, missing) {
        (_, Some(missing)) if any_given => Slot::Partial { missing },
        (Some(result), None) => Slot::Number(result),
        _ => Slot::Missing,
    }
}

/// The slot of a value; what is refused leaves its problems and an empty slot.
pub(crate) fn read_value(source: &Source, node: &Node, problems: &mut Vec<Problem>) -> Slot {
    let path = Path::Root.key(&source.id);
    if let (SourceKind::Numeric(numeric), Kind::List(items)) = (&source.kind, &node.kind)
        && let Some(most) = numeric.max_items
    {
        return read_list(numeric, most, items, &path, problems);
    }
    match read_single(source, node, &path) {
        Ok(slot) => slot,
        Err(problem) => {
            problems.push(problem);
            Slot::Missing
        }
    }
}

fn read_single(source: &Source, node: &Node, path: &Path<'_>) -> Result<Slot, Problem> {
    let expected = match (&source.kind, &node.kind) {
        (SourceKind::Choice { options }, Kind::Text(text)) => {
            let chosen = options.iter().position(|option| option == text);
            return chosen
                .map(Slot::Choice)
                .ok_or_else(|| unknown_option(source, options, text, path));
        }
        (SourceKind::Toggle, Kind::Bool(flag)) => return Ok(Slot::Flag(*flag)),
        (SourceKind::Numeric(numeric), _) if numeric.max_items.is_none() => {
            return read_number(numeric, node, path).map(Slot::Number);
        }
        (SourceKind::Choice { .. }, _) => "the id of an option",
        (SourceKind::Toggle, _) => "true or false",
        (SourceKind::Numeric(numeric), _) if numeric.duration => "a list of durations",
        (SourceKind::Numeric(_), _) => "a list of numbers",
        (SourceKind::Computed(_) | SourceKind::Refused, _) => "nothing",
    };
    Err(Problem::new(
        Code::WrongType,
        path,
        filled("expected {}, found {}", &[&expected, &node.kind.name()]),
    ))
}

fn unknown_option(source: &Source, options: &[String], text: &str, path: &Path<'_>) -> Problem {
    const LISTED: usize = 12;
    let takes = match options.len() {
        0..=LISTED => filled("; it takes {}", &[&listed(options, ", ")]),
        _ => String::new(),
    };
    let message = filled(
        "\"{}\" has no option {}{}",
        &[&source.id, &quoted(text), &takes],
    );
    let problem = Problem::new(Code::UnknownOption, path, message);
    problem.nearest(text, options.iter().map(String::as_str))
}

fn read_list(
    numeric: &Numeric,
    most: u32,
    items: &[Node],
    path: &Path<'_>,
    problems: &mut Vec<Problem>,
) -> Slot {
    if u32::try_from(items.len()).map_or(true, |len| len > most) {
        problems.push(Problem::new(
            Code::TooMany,
            path,
            filled(
                "{} items, where at most {} are taken",
                &[&items.len(), &most],
            ),
        ));
        return Slot::Missing;
    }
    let mut values = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        match read_number(numeric, item, &path.index(index)) {
            Ok(value) => values.push(value),
            Err(problem) => problems.push(problem),
        }
    }
    Slot::list(values)
}

pub(crate) fn read_number(
    numeric: &Numeric,
    node: &Node,
    path: &Path<'_>,
) -> Result<u128, Problem> {
    let decimal = written_number(numeric, node);
    let value = decimal.and_then(|decimal| numeric.read(decimal));
    value.map_err(|(code, message)| Problem::new(code, path, message))
}

fn written_number(numeric: &Numeric, node: &Node) -> Result<Decimal, (Code, String)> {
    match &node.kind {
        Kind::Number(number) => match **number {
            Number::Exact(decimal) => Ok(decimal),
            Number::NotFinite => Err((Code::NotFinite, "expected a finite number".to_owned())),
            Number::TooLong => {
                let message = "a number with more than 22 digits cannot be held exactly";
                Err((Code::Inexact, message.to_owned()))
            }
        },
        Kind::Text(text) if numeric.duration => duration::parse(text).ok_or_else(|| {
            let message = filled(
                "{} is no duration; write seconds or \"3:30\" or \"1:02:03\"",
                &[&quoted(text)],
            );
            (Code::InvalidValue, message)
        }),
        other => {
            let found = other.name();
            let message = filled("expected {}, found {}", &[&numeric.takes(), &found]);
            Err((Code::WrongType, message))
        }
    }
}

/// Nearer to 0 than to a millisecond: what float arithmetic leaves of a difference that should be nothing.
const HALF_A_MILLISECOND: Ratio = Ratio::of(1, 2000);

impl Numeric {
    const fn takes(&self) -> &'static str {
        if self.duration {
            "seconds or a text like \"3:30\""
        } else {
            "a number"
        }
    }

    /// From one value to the next, over `scale`.
    pub(crate) fn stride(&self) -> u128 {
        self.step.scaled(self.scale).unwrap_or(1)
    }

    /// A decimal as a multiple of `1 / scale`, within the input's limits and on its step.
    pub(crate) fn read(&self, decimal: Decimal) -> Result<u128, (Code, String)> {
        let (min, max) = self.limits;
        let above = || {
            (
                Code::TooLarge,
                filled("at most {} is taken", &[&self.shown(max)]),
            )
        };
        let below = || {
            (
                Code::TooSmall,
                filled("at least {} is taken", &[&self.shown(min)]),
            )
        };
        if decimal.negative && !(self.duration && decimal.compare(HALF_A_MILLISECOND).is_le()) {
            let message = "expected 0 or more, found a negative number".to_owned();
            return Err((Code::Negative, message));
        }
        if self.duration {
            let milliseconds = match decimal.negative {
                true => 0,
                false => decimal.times_rounded(1000).ok_or_else(above)?,
            };
            return if milliseconds > self.max {
                Err(above())
            } else if milliseconds < self.min {
                Err(below())
            } else if milliseconds.checked_rem(self.stride()) != Some(0) {
                Err(self.off_step())
            } else {
                Ok(milliseconds)
            };
        }
        if decimal.compare(max).is_gt() {
            return Err(above());
        }
        if decimal.compare(min).is_lt() {
            return Err(below());
        }
        match decimal.in_steps(self.step) {
            Steps::Whole(steps) => steps
                .checked_mul(self.step.numerator().into())
                .ok_or_else(above),
            Steps::Off => Err(self.off_step()),
            Steps::TooMany => Err(above()),
        }
    }

    fn off_step(&self) -> (Code, String) {
        let expected = match (self.step == Ratio::ONE, self.duration) {
            (true, true) => "whole seconds".to_owned(),
            (true, false) => "a whole number".to_owned(),
            _ => filled("a multiple of {}", &[&self.step]),
        };
        (Code::OffStep, filled("expected {}", &[&expected]))
    }

    /// A limit as a person writes it: `4:00:00`, `10000`.
    fn shown(&self, limit: Ratio) -> String {
        match limit.scaled(1000) {
            Some(milliseconds) if self.duration => duration::clock(milliseconds),
            _ => written(&limit),
        }
    }
}
