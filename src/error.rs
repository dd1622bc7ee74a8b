//! What can be wrong, said so that it can be mended: a stable code, the path to the field, a sentence.

use std::fmt;

use crate::{
    card::decode::quoted,
    shape::{Fields, Shape, serialize_by_shape},
    text::{Written, filled, first, joined, length, written},
};

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident $text:literal)*) => {
        /// The kind of an error. The text of a code is contract; messages may change.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code { $($(#[$doc])* $name),* }

        impl Code {
            /// Every code, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The code as it is written in JSON and JavaScript.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),* }
            }
        }
    };
}

codes! {
    /// A text is not JSON.
    Syntax "syntax"
    /// A value of another type than the field takes.
    WrongType "wrong_type"
    /// A key that does not exist there.
    UnknownKey "unknown_key"
    /// A key that must be there and is not.
    MissingKey "missing_key"
    /// A value of the right type that the field cannot take.
    InvalidValue "invalid_value"
    /// A number below 0.
    Negative "negative"
    /// NaN or an infinity.
    NotFinite "not_finite"
    /// Above the largest value that is taken.
    TooLarge "too_large"
    /// Below the smallest value that is taken.
    TooSmall "too_small"
    /// Not a multiple of the input's step.
    OffStep "off_step"
    /// More items than are taken.
    TooMany "too_many"
    /// Nested deeper than any rate card is.
    TooDeep "too_deep"
    /// The same id or key twice.
    Duplicate "duplicate"
    /// An input that the card does not have.
    UnknownInput "unknown_input"
    /// An option that the choice does not have.
    UnknownOption "unknown_option"
    /// A balance that the card does not have.
    UnknownBalance "unknown_balance"
    /// A charge that the card does not have.
    UnknownCharge "unknown_charge"
    /// An entry that the session does not have.
    UnknownEntry "unknown_entry"
    /// A session's state that is for another rate card, or another version of it.
    OtherCard "other_card"
    /// A charge is made and needs an input that was not given.
    MissingInput "missing_input"
    /// A charge is made and needs an input that the other inputs leave out.
    LeftOut "left_out"
    /// The card has no price for this.
    NotOffered "not_offered"
    /// A number with more digits than can be held exactly.
    Inexact "inexact"
    /// The card's limits allow figures too large to be exact.
    Overflow "overflow"
    /// A charge that no usage can reach.
    Unreachable "unreachable"
    /// A key that changes nothing without another one.
    NoEffect "no_effect"
    /// A published example does not come out.
    ExampleDiffers "example_differs"
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Where in a JSON text an error is, both counted from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Position {
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

/// One thing that is wrong: with a rate card, or with a usage of it. Serialized:
/// `{ code, path, message, suggestion?, line?, column? }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem(Box<Facts>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Facts {
    code: Code,
    path: String,
    message: String,
    suggestion: Option<String>,
    position: Option<Position>,
}

impl Problem {
    pub(crate) fn new(code: Code, path: impl Written, message: impl Into<String>) -> Self {
        Self::at_path(code, &path, message.into())
    }

    // Once for every kind of path.
    #[inline(never)]
    fn at_path(code: Code, path: &dyn Written, message: String) -> Self {
        Self(Box::new(Facts {
            code,
            path: written(path),
            message: shortened(message),
            suggestion: None,
            position: None,
        }))
    }

    /// The rate card has no such thing, maybe one with another name.
    pub(crate) fn unknown<'a>(
        code: Code,
        path: impl Written,
        what: &str,
        id: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let message = joined(&["the rate card has no ", what, " \"", id, "\""]);
        Self::new(code, path, message).nearest(id, known)
    }

    /// Names the known name that is nearest to what was written, if one is near.
    pub(crate) fn nearest<'a>(
        self,
        written: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let mut known = known.into_iter();
        self.nearest_of(written, &mut || known.next())
    }

    // Of an iterator without a type, all that iterators can do would be there for every kind of them.
    fn nearest_of<'a>(mut self, written: &str, next: &mut dyn FnMut() -> Option<&'a str>) -> Self {
        // What is longer is no typo of an id, and comparing it would take its time.
        let length = length(written);
        if length > LONGEST_ID {
            return self;
        }
        // one more than is near; where no character is the same, nothing is
        let near = length.div_ceil(3).min(length.saturating_sub(1));
        let mut least = near.saturating_add(1);
        let mut nearest = None;
        while let Some(name) = next() {
            let distance = distance(written, name);
            if distance < least {
                least = distance;
                nearest = Some(name);
            }
        }
        if let Some(name) = nearest {
            self.0.message = filled("{}; did you mean \"{}\"?", &[&self.0.message, &name]);
            self.0.suggestion = Some(name.to_owned());
        }
        self
    }

    fn move_to(&mut self, place: &str) {
        let joint = match self.0.path.as_bytes().first() {
            None | Some(b'[') => "",
            Some(_) => ".",
        };
        self.0.path = joined(&[place, joint, &self.0.path]);
    }

    /// The same problem of a value that is part of another.
    pub(crate) fn below(mut self, path: &Path<'_>) -> Self {
        let outer = written(path);
        self.0.path = match self.0.path.as_str() {
            "" => outer,
            inner => filled("{}.{}", &[&outer, &inner]),
        };
        self
    }

    pub(crate) fn at(mut self, position: Option<Position>) -> Self {
        self.0.position = position;
        self
    }

    /// The kind of the problem.
    #[must_use]
    pub const fn code(&self) -> Code {
        self.0.code
    }

    /// The path to the field, as in `charges[2].price.amount.by`; empty for the whole document.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// One sentence, without a full stop.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The known name nearest to the unknown one that was written.
    #[must_use]
    pub fn suggestion(&self) -> Option<&str> {
        self.0.suggestion.as_deref()
    }

    /// Line and column, where the document was read from JSON text.
    #[must_use]
    pub const fn position(&self) -> Option<Position> {
        self.0.position
    }
}

/// A sentence that quotes something very long keeps its beginning and its end.
fn shortened(message: String) -> String {
    const KEPT: usize = 120;
    let characters = length(&message);
    if characters <= KEPT.saturating_mul(2) {
        return message;
    }
    let beginning = first(&message, KEPT);
    let left_out = first(&message, characters.saturating_sub(KEPT)).len();
    let end = message.get(left_out..).unwrap_or_default();
    joined(&[beginning, " … ", end])
}

/// No id has more characters.
pub(crate) const LONGEST_ID: usize = 64;

fn distance(written: &str, name: &str) -> usize {
    if written.eq_ignore_ascii_case(name) {
        return 0;
    }
    strsim::osa_distance(written, name)
}

impl Problem {
    pub(crate) fn shape(&self) -> Shape<'_> {
        let mut fields = Fields::new();
        fields.text("code", self.0.code.as_str());
        fields.text("path", &self.0.path);
        fields.text("message", &self.0.message);
        fields.text_of("suggestion", self.0.suggestion.as_deref());
        if let Some(Position { line, column }) = self.0.position {
            fields.put("line", Shape::Whole(line.into()));
            fields.put("column", Shape::Whole(column.into()));
        }
        fields.object()
    }
}

serialize_by_shape!(Problem, Error);

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.path.is_empty() {
            write!(f, "{}: ", self.0.path)?;
        }
        f.write_str(&self.0.message)?;
        match self.0.position {
            Some(Position { line, column }) => write!(f, " (line {line}, column {column})"),
            None => Ok(()),
        }
    }
}

/// Why a rate card was refused or a usage could not be priced: the first [`Problem`], and all the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error(Box<Parts>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Parts {
    first: Problem,
    others: Vec<Problem>,
}

impl Error {
    /// All problems in the order of the document; `None` where there is none.
    pub(crate) fn from_problems(problems: Vec<Problem>) -> Option<Self> {
        let mut others = problems;
        if others.is_empty() {
            return None;
        }
        let first = others.remove(0);
        Some(Self(Box::new(Parts { first, others })))
    }

    /// The kind of the first problem.
    #[must_use]
    pub const fn code(&self) -> Code {
        self.0.first.0.code
    }

    /// The path to the field of the first problem.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.first.0.path
    }

    /// The sentence of the first problem.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.first.0.message
    }

    /// The same problems in a part of something larger, whose path begins each of theirs.
    pub(crate) fn within(mut self, place: &str) -> Self {
        self.0.first.move_to(place);
        for problem in &mut self.0.others {
            problem.move_to(place);
        }
        self
    }

    /// The first problem.
    pub(crate) const fn first(&self) -> &Problem {
        &self.0.first
    }

    /// Whether a problem is of this kind.
    pub(crate) fn has(&self, code: Code) -> bool {
        let mut others = self.0.others.iter();
        self.code() == code || others.any(|problem| problem.code() == code)
    }

    /// Every problem, the first one included.
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        std::iter::once(&self.0.first).chain(&self.0.others)
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self(Box::new(Parts {
            first: problem,
            others: Vec::new(),
        }))
    }
}

impl Error {
    /// `{ problems: [Problem] }`.
    pub(crate) fn shape(&self) -> Shape<'_> {
        let mut problems = vec![self.0.first.shape()];
        for problem in &self.0.others {
            problems.push(problem.shape());
        }
        let mut fields = Fields::new();
        fields.put("problems", Shape::List(problems));
        fields.object()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0.first, f)?;
        match self.0.others.len() {
            0 => Ok(()),
            1 => f.write_str(" (and 1 more problem)"),
            more => write!(f, " (and {more} more problems)"),
        }
    }
}

impl std::error::Error for Error {}

/// A place in a document, built on the stack and written out only when something is wrong there.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Path<'a> {
    Root,
    Key(&'a Path<'a>, &'a str),
    Index(&'a Path<'a>, usize),
}

impl Path<'_> {
    pub(crate) const fn key<'a>(&'a self, key: &'a str) -> Path<'a> {
        Path::Key(self, key)
    }

    pub(crate) const fn index(&self, index: usize) -> Path<'_> {
        Path::Index(self, index)
    }
}

impl Written for Path<'_> {
    fn write(&self, text: &mut String) {
        match self {
            Path::Root => {}
            Path::Index(parent, index) => {
                parent.write(text);
                text.push_str(&filled("[{}]", &[index]));
            }
            Path::Key(parent, key) => {
                parent.write(text);
                let start = first(key, LONGEST_ID);
                let cut;
                let mut key = *key;
                if start.len() < key.len() {
                    cut = joined(&[start, "…"]);
                    key = &cut;
                }
                let is_letter = |b: u8| b.is_ascii_alphabetic() || b == b'_' || b == b'$';
                let plain = key.bytes().next().is_some_and(is_letter)
                    && key.bytes().all(|b| is_letter(b) || b.is_ascii_digit());
                if !plain {
                    text.push_str(&filled("[{}]", &[&quoted(key)]));
                    return;
                }
                if !matches!(parent, Path::Root) {
                    text.push('.');
                }
                text.push_str(key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_read_like_code() {
        let charges = Path::Root.key("charges");
        let charge = charges.index(2);
        let price = charge.key("price");
        assert_eq!(written(&price), "charges[2].price");
        assert_eq!(written(&price.key("480p")), "charges[2].price[\"480p\"]");
    }

    #[test]
    fn a_typo_finds_its_name_and_nonsense_finds_none() {
        let known = [
            "media", "model", "actor", "duration", "images", "clips", "a",
        ];
        for (written, expected) in [
            ("imagez", Some("images")),
            ("Media", Some("media")),
            ("druation", Some("duration")),
            ("A", Some("a")),
            ("b", None),
            ("xyz", None),
            ("", None),
        ] {
            let problem = Problem::new(Code::UnknownInput, "", "unknown").nearest(written, known);
            assert_eq!(problem.suggestion(), expected, "{written}");
        }
    }
}
