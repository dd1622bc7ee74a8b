//! From a JSON value to a typed document, with every problem found on the way and not the first alone.

use crate::{
    amount::Rounding,
    card::json::{self, Kind, Member, Node, Number},
    error::{Code, Error, Path, Problem},
    exact::Ratio,
};

/// A document with more problems than this is not worth listing whole.
const MAX_PROBLEMS: usize = 100;

/// The problems of one document, in the order they were found.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    found: Vec<Problem>,
}

impl Problems {
    pub(crate) fn push(&mut self, problem: Problem) {
        if self.found.len() < MAX_PROBLEMS {
            self.found.push(problem);
        }
    }

    pub(crate) fn add(&mut self, code: Code, path: &Path<'_>, message: impl Into<String>) {
        self.push(Problem::new(code, path, message));
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    pub(crate) fn into_error(self) -> Option<Error> {
        Error::from_problems(self.found)
    }

    /// The same problems in the order of the document, with line and column where it was read from `text`.
    pub(crate) fn in_order(self, root: &Node, text: Option<&str>) -> Self {
        let located = self.found.into_iter().map(|problem| {
            let offset = place(root, problem.path(), problem.code());
            let position = text.map(|text| json::position(text, offset));
            (offset, problem.at(position))
        });
        let mut located: Vec<(u32, Problem)> = located.collect();
        located.sort_by_key(|(offset, _)| *offset);
        Self {
            found: located.into_iter().map(|(_, problem)| problem).collect(),
        }
    }
}

/// The offset of what a path names, or of the nearest thing around it that is there.
fn place(root: &Node, path: &str, code: Code) -> u32 {
    fn walk(node: &Node, here: &Path<'_>, wanted: &str, by_key: bool, best: &mut (usize, u32)) {
        let mut consider = |path: &Path<'_>, key: Option<u32>, value: &Node| {
            let text = path.to_string();
            if !wanted.starts_with(&text) {
                return;
            }
            if text.len() > best.0 {
                let offset = match key {
                    Some(key) if by_key && text == wanted => key,
                    _ => value.offset,
                };
                *best = (text.len(), offset);
            }
            walk(value, path, wanted, by_key, best);
        };
        match &node.kind {
            Kind::Object(members) => {
                for member in members {
                    consider(&here.key(&member.key), Some(member.offset), &member.value);
                }
            }
            Kind::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    consider(&here.index(index), None, item);
                }
            }
            _ => {}
        }
    }
    let mut best = (0, root.offset);
    walk(root, &Path::Root, path, code == Code::UnknownKey, &mut best);
    best.1
}

/// A type that a JSON value can be read as.
pub(crate) trait Decode: Sized {
    /// `None` after at least one problem was added.
    fn decode(node: &Node, path: &Path<'_>, problems: &mut Problems) -> Option<Self>;

    /// What stands for a value that was refused, so that the rest of the document is checked all the same.
    fn repair() -> Option<Self> {
        Self::absent()
    }

    /// What a missing key means; `None` where the key must be there.
    fn absent() -> Option<Self> {
        None
    }

    /// Whether the value is what a missing key means, so that it need not be written.
    fn is_absent(&self) -> bool {
        false
    }
}

impl<T: Decode> Decode for Option<T> {
    fn decode(node: &Node, path: &Path<'_>, problems: &mut Problems) -> Option<Self> {
        T::decode(node, path, problems).or_else(T::repair).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(node: &Node, path: &Path<'_>, problems: &mut Problems) -> Option<Self> {
        // The card's own lists go on without what is refused; any other list is refused with it, so that
        // the place of an item in the list stays its place in the document.
        let is_own = matches!(path, Path::Key(Path::Root, _));
        let Kind::List(items) = &node.kind else {
            let refused = wrong_type(node, path, "a list", problems);
            return if is_own { Some(Self::new()) } else { refused };
        };
        let mut out = Self::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            out.extend(T::decode(item, &path.index(index), problems));
        }
        (is_own || out.len() == items.len()).then_some(out)
    }

    fn repair() -> Option<Self> {
        None
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl Decode for String {
    fn decode(node: &Node, path: &Path<'_>, problems: &mut Problems) -> Option<Self> {
        match &node.kind {
            Kind::Text(text) => Some(text.clone()),
            _ => wrong_type(node, path, "a text", problems),
        }
    }

    fn repair() -> Option<Self> {
        Some(Self::new())
    }
}

impl Decode for bool {
    fn decode(node: &Node, path: &Path<'_>, problems: &mut Problems) -> Option<Self> {
        match node.kind {
            Kind::Bool(value) => Some(value),
            _ => wrong_type(node, path, "true or false", problems),
        }
    }

    fn absent() -> Option<Self> {
        Some(false)
    }

    fn is_absent(&self) -> bool {
        !self
    }
}

impl Decode for Rounding {
    fn decode(node: &Node, path: &Path<'_>, problems: &mut Problems) -> Option<Self> {
        one_of(node, path, &Self::NAMES, problems)
    }
}

/// A fraction below this limit above and below the line: enough for any price, small enough to multiply.
pub(crate) const MAX_PART: u64 = 1_000_000_000_000_000;

impl Decode for Ratio {
    fn decode(node: &Node, path: &Path<'_>, problems: &mut Problems) -> Option<Self> {
        let number = match &node.kind {
            Kind::Number(number) => *number,
            Kind::Text(text) => match text.split_once('/') {
                Some((above, below)) => return fraction(text, above, below, path, problems),
                None => match Number::parse(text) {
                    Some(number) => number,
                    None => return not_a_number(text, path, problems),
                },
            },
            _ => return wrong_type(node, path, "a number", problems),
        };
        match number {
            Number::NotFinite => {
                problems.add(Code::NotFinite, path, "expected a finite number");
                None
            }
            Number::TooLong => inexact(path, problems),
            Number::Exact(decimal) if decimal.negative => {
                problems.add(Code::Negative, path, "no amount or quantity is negative");
                None
            }
            Number::Exact(decimal) => match Self::from_decimal(decimal) {
                Some(ratio) => within_parts(ratio, path, problems),
                None if decimal.exponent > 0 => too_large(path, problems),
                None => inexact(path, problems),
            },
        }
    }
}

fn fraction(
    text: &str,
    above: &str,
    below: &str,
    path: &Path<'_>,
    problems: &mut Problems,
) -> Option<Ratio> {
    let part = |part: &str| {
        (!part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u64>())
    };
    match (part(above.trim()), part(below.trim())) {
        (Some(Ok(above)), Some(Ok(below))) => match Ratio::new(above, below) {
            Some(ratio) => within_parts(ratio, path, problems),
            None => {
                problems.add(Code::InvalidValue, path, format!("\"{text}\" divides by 0"));
                None
            }
        },
        (Some(_), Some(_)) => inexact(path, problems),
        _ => not_a_number(text, path, problems),
    }
}

fn within_parts(ratio: Ratio, path: &Path<'_>, problems: &mut Problems) -> Option<Ratio> {
    if ratio.denominator() > MAX_PART {
        return inexact(path, problems);
    }
    if ratio.numerator() > MAX_PART {
        return too_large(path, problems);
    }
    Some(ratio)
}

fn inexact<T>(path: &Path<'_>, problems: &mut Problems) -> Option<T> {
    problems.add(
        Code::Inexact,
        path,
        "a number with more than 15 digits cannot be held exactly",
    );
    None
}

fn too_large<T>(path: &Path<'_>, problems: &mut Problems) -> Option<T> {
    problems.add(
        Code::TooLarge,
        path,
        format!("no number in a rate card is larger than {MAX_PART}"),
    );
    None
}

fn not_a_number<T>(text: &str, path: &Path<'_>, problems: &mut Problems) -> Option<T> {
    problems.add(
        Code::InvalidValue,
        path,
        format!("\"{text}\" is no number; write 0.2, \"0.2\" or \"1/9\""),
    );
    None
}

pub(crate) fn wrong_type<T>(
    node: &Node,
    path: &Path<'_>,
    expected: &str,
    problems: &mut Problems,
) -> Option<T> {
    problems.add(
        Code::WrongType,
        path,
        format!("expected {expected}, found {}", node.kind.name()),
    );
    None
}

/// A text that is one of a few names.
pub(crate) fn one_of<T: Copy>(
    node: &Node,
    path: &Path<'_>,
    names: &[(&'static str, T)],
    problems: &mut Problems,
) -> Option<T> {
    let Kind::Text(text) = &node.kind else {
        return wrong_type(node, path, "a text", problems);
    };
    if let Some((_, value)) = names.iter().find(|(name, _)| name == text) {
        return Some(*value);
    }
    let known: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
    problems.push(
        Problem::new(
            Code::InvalidValue,
            path,
            format!("\"{text}\" is none of {}", known.join(", ")),
        )
        .nearest(text, known),
    );
    None
}

/// An object whose keys are known.
pub(crate) struct Object<'n, 'p> {
    members: &'n [Member],
    path: &'p Path<'p>,
}

impl<'n, 'p> Object<'n, 'p> {
    /// Refuses what is no object and every key that is not among `known`.
    pub(crate) fn open(
        node: &'n Node,
        path: &'p Path<'p>,
        known: &[&str],
        problems: &mut Problems,
    ) -> Option<Self> {
        let members = members(node, path, problems)?;
        let object = Self { members, path };
        object.refuse_others(known, problems);
        Some(object)
    }

    fn refuse_others(&self, known: &[&str], problems: &mut Problems) {
        for member in self.members {
            if !known.contains(&member.key.as_str()) {
                problems.push(
                    Problem::new(
                        Code::UnknownKey,
                        self.path.key(&member.key),
                        format!("there is no key \"{}\" here", member.key),
                    )
                    .nearest(&member.key, known.iter().copied()),
                );
            }
        }
    }

    /// The value of a key as it is written.
    pub(crate) fn node(&self, key: &str) -> Option<&'n Node> {
        member(self.members, key)
    }

    /// The same of a key that must be there.
    pub(crate) fn needed(&self, key: &str, problems: &mut Problems) -> Option<&'n Node> {
        let node = self.node(key);
        if node.is_none() {
            let message = format!("the key \"{key}\" is missing");
            problems.add(Code::MissingKey, &self.path.key(key), message);
        }
        node
    }

    pub(crate) fn get<T: Decode>(&self, key: &str, problems: &mut Problems) -> Option<T> {
        match member(self.members, key) {
            Some(node) => T::decode(node, &self.path.key(key), problems).or_else(T::repair),
            None => T::absent().or_else(|| {
                problems.add(
                    Code::MissingKey,
                    &self.path.key(key),
                    format!("the key \"{key}\" is missing"),
                );
                T::repair()
            }),
        }
    }
}

pub(crate) fn members<'n>(
    node: &'n Node,
    path: &Path<'_>,
    problems: &mut Problems,
) -> Option<&'n [Member]> {
    match &node.kind {
        Kind::Object(members) => Some(members),
        _ => wrong_type(node, path, "an object", problems),
    }
}

pub(crate) fn member<'n>(members: &'n [Member], key: &str) -> Option<&'n Node> {
    defined(members)
        .find(|member| member.key == key)
        .map(|member| &member.value)
}

pub(crate) fn defined(members: &[Member]) -> impl Iterator<Item = &Member> {
    members
        .iter()
        .filter(|member| member.value.kind != Kind::Undefined)
}

/// Declares a part of the document once: its Rust fields, its JSON keys, its strict reading, its JSON Schema.
/// What stands in brackets is for the schema alone, in the words of `schemars`.
macro_rules! document {
    ($(
        $(#[$meta:meta])*
        $name:ident {
            $( $(#[$field_meta:meta])* $field:ident $key:literal : $type:ty $([$($field_says:tt)*])? ),* $(,)?
        } $([$($says:tt)*])?
    )*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize)]
        #[cfg_attr(
            feature = "schema",
            derive(schemars::JsonSchema),
            schemars(deny_unknown_fields, transform = crate::card::schema::strict::<Self>)
        )]
        $(#[cfg_attr(feature = "schema", schemars($($says)*))])?
        #[non_exhaustive]
        pub struct $name {
            $(
                $(#[$field_meta])*
                $(#[cfg_attr(feature = "schema", schemars($($field_says)*))])?
                #[serde(rename = $key, skip_serializing_if = "crate::card::decode::Decode::is_absent")]
                pub $field: $type,
            )*
        }

        impl crate::card::decode::Decode for $name {
            fn decode(
                node: &crate::card::json::Node,
                path: &crate::error::Path<'_>,
                problems: &mut crate::card::decode::Problems,
            ) -> Option<Self> {
                let object = crate::card::decode::Object::open(node, path, &[$($key),*], problems)?;
                $( let $field = object.get::<$type>($key, problems); )*
                Some(Self { $( $field: $field? ),* })
            }
        }

        #[cfg(feature = "schema")]
        impl crate::card::schema::Keys for $name {
            fn needed() -> Vec<&'static str> {
                let keys = [$( ($key, <$type as crate::card::decode::Decode>::absent().is_none()) ),*];
                keys.into_iter().filter_map(|(key, needed)| needed.then_some(key)).collect()
            }
        }
    )*};
}
pub(crate) use document;
