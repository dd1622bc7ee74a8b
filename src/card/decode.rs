//! From a JSON value to a checked one: every part of the form that the card's tables ask for, with every problem
//! found on the way and not the first alone; and from a checked value to a typed document.

use crate::{
    amount::Rounding,
    card::json::{self, Kind, Member, Node, Number},
    error::{Code, Error, Path, Problem},
    exact::Ratio,
    text::{filled, split, whole_number, written},
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
        let mut offsets: Vec<u32> = Vec::new();
        let mut found = Vec::new();
        for problem in &self.found {
            if self.found.iter().any(|typo| is_misspelt(problem, typo)) {
                continue;
            }
            let offset = place(root, problem.path(), problem.code());
            // Behind all that are not further on: those at one place keep their order.
            let mut index = offsets.len();
            while let Some(before) = index.checked_sub(1)
                && offsets.get(before).is_some_and(|before| *before > offset)
            {
                index = before;
            }
            offsets.insert(index, offset);
            found.insert(
                index,
                problem
                    .clone()
                    .at(text.map(|text| json::position(text, offset))),
            );
        }
        Self { found }
    }
}

/// Whether a key is missing only because another problem is its typo.
fn is_misspelt(missing: &Problem, typo: &Problem) -> bool {
    let object = match (missing.code(), typo.code(), typo.suggestion()) {
        (Code::MissingKey, Code::UnknownKey, Some(key)) => missing.path().strip_suffix(key),
        _ => None,
    };
    object
        .and_then(|object| typo.path().strip_prefix(object))
        .is_some_and(|written| !written.contains(['.', '[']))
}

/// The offset of what a path names, or of the nearest thing around it that is there.
fn place(root: &Node, path: &str, code: Code) -> u32 {
    struct Search<'w> {
        wanted: &'w str,
        by_key: bool,
        best: (usize, u32),
    }
    impl Search<'_> {
        fn consider(&mut self, path: &Path<'_>, key: u32, value: &Node) {
            let text = written(path);
            if !self.wanted.starts_with(&text) {
                return;
            }
            if text.len() > self.best.0 {
                let offset = match self.by_key && text == self.wanted {
                    true => key,
                    false => value.offset,
                };
                self.best = (text.len(), offset);
            }
            self.walk(value, path);
        }

        fn walk(&mut self, node: &Node, here: &Path<'_>) {
            for member in node.members() {
                self.consider(&here.key(&member.key), member.offset, &member.value);
            }
            for (index, item) in node.items().iter().enumerate() {
                self.consider(&here.index(index), item.offset, item);
            }
        }
    }
    let mut search = Search {
        wanted: path,
        by_key: code == Code::UnknownKey,
        best: (0, root.offset),
    };
    search.walk(root, &Path::Root);
    search.best.1
}

/// What a part of a rate card has to look like.
#[derive(Debug)]
pub(crate) enum Shape {
    Text,
    Flag,
    /// A number that is not negative, as it is written or as a fraction.
    Ratio,
    /// A whole number, the first and the last that is taken.
    Whole(u32, u32),
    /// A text that holds to a rule.
    Word {
        holds: fn(&str) -> bool,
        says: &'static str,
        /// Whether an empty text stands for one that was refused.
        repair: bool,
    },
    OneOf(&'static [&'static str]),
    /// A number, or one for each value of an input.
    Num,
    Price,
    When,
    Condition,
    Test,
    Input,
    /// One id or several.
    Ids,
    /// The values of a usage, whatever they are.
    Usage,
    List(&'static Self),
    /// Things by their ids.
    Map(&'static Self),
    Object(&'static [Field]),
}

/// A key of an object.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) key: &'static str,
    pub(crate) missing: Missing,
    pub(crate) shape: &'static Shape,
}

/// What a missing key means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missing {
    /// A mistake.
    Refused,
    /// What an empty list, an empty object or `false` means: that need not be written.
    Empty,
    /// Something of its own.
    None,
}

impl Shape {
    /// Whether a value has this shape; where not, at least one problem was added. What is checked is put in one form:
    /// numbers are [`Kind::Ratio`]s, what was refused but can be done without is left out or repaired, so that the
    /// rest of the document is checked all the same.
    pub(crate) fn check(&self, node: &mut Node, path: &Path<'_>, problems: &mut Problems) -> bool {
        let expected = match (self, &mut node.kind) {
            (Self::Text, Kind::Text(_)) | (Self::Flag, Kind::Bool(_)) => return true,
            (Self::Ratio, _) => return ratio(node, path, problems),
            (Self::Whole(from, to), _) => return whole(node, *from, *to, path, problems),
            (Self::Word { holds, says, .. }, Kind::Text(text)) => {
                let is_fine = holds(text);
                if !is_fine {
                    let message = filled("{} {}", &[&quoted(text), &says]);
                    problems.add(Code::InvalidValue, path, message);
                }
                return is_fine;
            }
            (Self::OneOf(names), Kind::Text(text)) => {
                let found = names.contains(&text.as_str());
                if !found {
                    let message = filled("\"{}\" is none of {}", &[text, &listed(names, ", ")]);
                    let problem = Problem::new(Code::InvalidValue, path, message);
                    problems.push(problem.nearest(text, names.iter().copied()));
                }
                return found;
            }
            (Self::Num, Kind::Object(members)) => return by_input(members, path, problems),
            (Self::Num, Kind::Number(_) | Kind::Text(_)) => return ratio(node, path, problems),
            (Self::Price, Kind::Object(_)) => return price(node, path, problems),
            (Self::When, Kind::Object(members)) => {
                let mut all = true;
                for member in members {
                    let path = path.key(&member.key);
                    all &= !is_defined(&member.value)
                        || Self::Condition.check(&mut member.value, &path, problems);
                }
                return all;
            }
            (Self::Condition, _) => return condition(node, path, problems),
            (Self::Test, Kind::Bool(_) | Kind::Text(_)) => return true,
            (Self::Test, Kind::Number(_)) => return ratio(node, path, problems),
            (Self::Test, Kind::Object(members)) => {
                if members.is_empty() {
                    let message = "a range needs one of atLeast, atMost, above, below";
                    problems.add(Code::MissingKey, path, message);
                    return false;
                }
                return super::document::RANGE.check(node, path, problems);
            }
            (Self::Input, Kind::Object(_)) => return input(node, path, problems),
            (Self::Ids, Kind::List(_)) => {
                return Self::List(super::document::ID).check(node, path, problems);
            }
            (Self::Ids, _) => {
                let found = super::document::ID.check(node, path, problems);
                let id = Node {
                    kind: std::mem::replace(&mut node.kind, Kind::Undefined),
                    offset: node.offset,
                };
                node.kind = Kind::List(vec![id]);
                return found;
            }
            (Self::Usage, Kind::Object(_)) => return true,
            (Self::List(shape), Kind::List(items)) => {
                return list(shape, items, path, problems);
            }
            (Self::List(_), _) if is_own(path) => {
                wrong_type(node, path, "a list", problems);
                node.kind = Kind::Refused(String::new());
                return true;
            }
            (Self::Map(shape), Kind::Object(members)) => {
                for member in members {
                    entry(shape, member, path, problems);
                }
                return true;
            }
            (Self::Object(fields), Kind::Object(members)) => {
                return object(fields, members, path, problems);
            }
            (Self::Text | Self::Word { .. } | Self::OneOf(_), _) => "a text",
            (Self::Flag, _) => "true or false",
            (Self::Num, _) => "a number or { \"by\": input, … }",
            (Self::Test, _) => "a value, a list of values or a range",
            (Self::List(_), _) => "a list",
            _ => "an object",
        };
        wrong_type(node, path, expected, problems)
    }

    /// What stands for a value that was refused.
    fn repair(&self) -> Option<Kind> {
        match self {
            Self::Text | Self::Word { repair: true, .. } => Some(Kind::Text(String::new())),
            Self::Flag => Some(Kind::Bool(false)),
            Self::Whole(from, _) => Some(Kind::Ratio(Ratio::of((*from).into(), 1))),
            Self::Num => Some(Kind::Ratio(Ratio::ONE)),
            Self::Price => Some(Kind::Object(vec![Member {
                key: "flat".to_owned(),
                offset: 0,
                value: Kind::Ratio(Ratio::ZERO).into(),
            }])),
            Self::Ids => Some(Kind::List(Vec::new())),
            Self::Map(_) => Some(Kind::Refused(String::new())),
            _ => None,
        }
    }
}

const fn is_defined(node: &Node) -> bool {
    !matches!(node.kind, Kind::Undefined)
}

/// The card's own lists go on without what is refused; any other list is refused with it.
const fn is_own(path: &Path<'_>) -> bool {
    matches!(path, Path::Key(Path::Root, _))
}

fn list(shape: &Shape, items: &mut [Node], path: &Path<'_>, problems: &mut Problems) -> bool {
    let mut all = true;
    for (index, item) in items.iter_mut().enumerate() {
        if !shape.check(item, &path.index(index), problems) {
            all = false;
            item.kind = Kind::Refused(item.text_at("id").to_owned());
        }
    }
    all || is_own(path)
}

fn entry(shape: &Shape, member: &mut Member, path: &Path<'_>, problems: &mut Problems) {
    if !is_defined(&member.value) {
        return;
    }
    let path = path.key(&member.key);
    let mut id = Kind::Text(member.key.clone()).into();
    let is_id = super::document::ID.check(&mut id, &path, problems);
    let is_fine = shape.check(&mut member.value, &path, problems);
    if !(is_id && is_fine) {
        member.value.kind = Kind::Undefined;
    }
}

fn object(
    fields: &[Field],
    members: &mut Vec<Member>,
    path: &Path<'_>,
    problems: &mut Problems,
) -> bool {
    for member in members.iter_mut() {
        if !fields.iter().any(|field| field.key == member.key) {
            unknown_key(member, fields.iter().map(|field| field.key), path, problems);
        }
    }
    let mut all = true;
    for (index, field) in fields.iter().enumerate() {
        let path = path.key(field.key);
        put_at(index, field.key, members);
        let Some(Member { value, .. }) = members.get_mut(index) else {
            return false;
        };
        if !is_defined(value) {
            if field.missing != Missing::Refused {
                continue;
            }
            let message = filled("the key \"{}\" is missing", &[&field.key]);
            problems.add(Code::MissingKey, &path, message);
        } else if field.shape.check(value, &path, problems) {
            let is_empty = match &value.kind {
                Kind::List(items) => items.is_empty(),
                Kind::Object(members) => members.is_empty(),
                Kind::Bool(flag) => !flag,
                _ => false,
            };
            if is_empty && field.missing == Missing::Empty {
                value.kind = Kind::Undefined;
            }
            continue;
        }
        let repair = field.shape.repair();
        all &= repair.is_some() || field.missing == Missing::None;
        value.kind = repair.unwrap_or(Kind::Undefined);
    }
    all
}

/// Puts a key, with nothing where it is not there, at its place in the order of the table.
fn put_at(index: usize, key: &str, members: &mut Vec<Member>) {
    let found = members.iter().position(|member| member.key == key);
    let member = match found {
        Some(found) => members.remove(found),
        None => Member {
            key: key.to_owned(),
            offset: 0,
            value: Kind::Undefined.into(),
        },
    };
    members.insert(index, member);
}

/// Refuses a key, and goes on as if it were not there.
fn unknown_key(
    member: &mut Member,
    known: impl Iterator<Item = &'static str>,
    path: &Path<'_>,
    problems: &mut Problems,
) {
    let message = filled("there is no key \"{}\" here", &[&member.key]);
    let problem = Problem::new(Code::UnknownKey, path.key(&member.key), message);
    problems.push(problem.nearest(&member.key, known));
    member.value.kind = Kind::Undefined;
}

fn missing_kind(path: &Path<'_>, problems: &mut Problems) -> bool {
    problems.add(Code::MissingKey, path, "the key \"kind\" is missing");
    false
}

fn input(node: &mut Node, path: &Path<'_>, problems: &mut Problems) -> bool {
    let Kind::Object(members) = &mut node.kind else {
        return false;
    };
    let kind_path = path.key("kind");
    let Some(kind) = members.iter_mut().find(|member| member.is("kind")) else {
        return missing_kind(&kind_path, problems);
    };
    if !super::document::INPUT_KIND.check(&mut kind.value, &kind_path, problems) {
        return false;
    }
    let shape = super::document::input_of(kind.value.text());
    shape.check(node, path, problems)
}

fn by_input(members: &mut [Member], path: &Path<'_>, problems: &mut Problems) -> bool {
    let mut by = false;
    let mut all = true;
    if !members.iter().any(|member| member.is("by")) {
        let message = "a number for each value of an input names that input with the key \"by\"";
        problems.add(Code::MissingKey, &path.key("by"), message);
        return false;
    }
    for member in members {
        let path = path.key(&member.key);
        let value = &mut member.value;
        if member.key == "by" {
            by |= is_defined(value) && super::document::ID.check(value, &path, problems);
        } else if !matches!(value.kind, Kind::Null | Kind::Undefined) {
            all &= Shape::Num.check(value, &path, problems);
        }
    }
    by && all
}

fn price(node: &mut Node, path: &Path<'_>, problems: &mut Problems) -> bool {
    if node.has("tiers") || node.has("mode") {
        return super::document::TIERS.check(node, path, problems);
    }
    let all = super::document::SINGLE.check(node, path, problems);
    if all && !node.has("flat") && !node.has("amount") {
        let message = "a price needs the key \"amount\", \"flat\" or \"tiers\"";
        problems.add(Code::MissingKey, &path.key("amount"), message);
        return false;
    }
    all
}

fn condition(node: &mut Node, path: &Path<'_>, problems: &mut Problems) -> bool {
    if let Kind::Object(members) = &mut node.kind
        && members.iter().any(|member| member.is("anyItem"))
    {
        let mut all = true;
        for member in members {
            if member.key != "anyItem" {
                unknown_key(member, ["anyItem"].into_iter(), path, problems);
            } else if is_defined(&member.value) {
                all = tests(&mut member.value, &path.key("anyItem"), problems);
            }
        }
        return all;
    }
    tests(node, path, problems)
}

fn tests(node: &mut Node, path: &Path<'_>, problems: &mut Problems) -> bool {
    let Kind::List(items) = &mut node.kind else {
        return Shape::Test.check(node, path, problems);
    };
    if items.is_empty() {
        problems.add(Code::InvalidValue, path, "an empty list never holds");
        return false;
    }
    let all = list(&Shape::Test, items, path, problems);
    if items.len() == 1
        && let Some(only) = items.pop()
    {
        node.kind = only.kind;
    }
    all
}

/// A fraction below this limit above and below the line: enough for any price, small enough to multiply.
pub(crate) const MAX_PART: u64 = 1_000_000_000_000_000;

fn ratio(node: &mut Node, path: &Path<'_>, problems: &mut Problems) -> bool {
    match read_ratio(node) {
        Ok(ratio) => {
            node.kind = Kind::Ratio(ratio);
            true
        }
        Err((code, message)) => {
            problems.add(code, path, message);
            false
        }
    }
}

fn whole(node: &mut Node, from: u32, to: u32, path: &Path<'_>, problems: &mut Problems) -> bool {
    if !ratio(node, path, problems) {
        return false;
    }
    let number = node.ratio();
    let is_whole = number.denominator() == 1
        && (u64::from(from)..=u64::from(to)).contains(&number.numerator());
    if !is_whole {
        let message = filled(
            "expected a whole number from {} to {}, found {}",
            &[&from, &to, &number],
        );
        problems.add(Code::InvalidValue, path, message);
    }
    is_whole
}

fn read_ratio(node: &Node) -> Result<Ratio, (Code, String)> {
    let inexact = || {
        let message = "a number with more than 15 digits cannot be held exactly";
        Err((Code::Inexact, message.to_owned()))
    };
    let not_a_number = |text: &str| {
        let message = filled(
            "\"{}\" is no number; write 0.2, \"0.2\" or \"1/9\"",
            &[&text],
        );
        Err((Code::InvalidValue, message))
    };
    let too_large = || {
        let message = filled("no number may be larger than {}", &[&MAX_PART]);
        Err((Code::TooLarge, message))
    };
    let mut number = None;
    let mut ratio = None;
    match &node.kind {
        Kind::Number(written) => number = Some(**written),
        Kind::Text(text) => match split(text, b'/') {
            None => match Number::parse(text) {
                None => return not_a_number(text),
                written => number = written,
            },
            Some((above, below)) => match (part(above), part(below)) {
                (Some(Some(above)), Some(Some(below))) => {
                    ratio = Ratio::new(above, below);
                    if ratio.is_none() {
                        return Err((Code::InvalidValue, filled("\"{}\" divides by 0", &[&text])));
                    }
                }
                (Some(_), Some(_)) => {}
                _ => return not_a_number(text),
            },
        },
        other => {
            let message = filled("expected a number, found {}", &[&other.name()]);
            return Err((Code::WrongType, message));
        }
    }
    match number {
        Some(Number::NotFinite) => {
            let message = "expected a finite number".to_owned();
            return Err((Code::NotFinite, message));
        }
        Some(Number::Exact(decimal)) if decimal.negative => {
            let message = "no amount or quantity is negative".to_owned();
            return Err((Code::Negative, message));
        }
        Some(Number::Exact(decimal)) => {
            ratio = Ratio::from_decimal(decimal);
            if ratio.is_none() && decimal.exponent > 0 {
                return too_large();
            }
        }
        _ => {}
    }
    match ratio {
        Some(ratio) if ratio.denominator() > MAX_PART => inexact(),
        Some(ratio) if ratio.numerator() > MAX_PART => too_large(),
        Some(ratio) => Ok(ratio),
        None => inexact(),
    }
}

/// One side of a fraction's line; within, `None` where it is too large to hold.
fn part(text: &str) -> Option<Option<u64>> {
    let text = text.trim();
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| whole_number(text))
}

pub(crate) fn wrong_type(
    node: &Node,
    path: &Path<'_>,
    expected: &str,
    problems: &mut Problems,
) -> bool {
    let message = filled("expected {}, found {}", &[&expected, &node.kind.name()]);
    problems.add(Code::WrongType, path, message);
    false
}

/// Texts one after the other, with something between them.
pub(crate) fn listed<T: AsRef<str>>(texts: &[T], between: &str) -> String {
    let mut out = String::new();
    for (index, text) in texts.iter().enumerate() {
        if index > 0 {
            out.push_str(between);
        }
        out.push_str(text.as_ref());
    }
    out
}

/// A text in quotes, escaped where a reader would stumble.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        let escape = match c {
            '"' | '\\' => c,
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            _ => {
                out.push(c);
                continue;
            }
        };
        out.push('\\');
        out.push(escape);
    }
    out.push('"');
    out
}

/// Reads a value that is not part of a card; `None` after at least one problem was added.
pub(crate) fn read<T: Decode>(node: &Node, path: &Path<'_>, problems: &mut Problems) -> Option<T> {
    let mut node = node.clone();
    match T::SHAPE.check(&mut node, path, problems) {
        true => T::decode(&node),
        false => None,
    }
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
        for member in members {
            if !known.contains(&member.key.as_str()) {
                let message = filled("there is no key \"{}\" here", &[&member.key]);
                let problem = Problem::new(Code::UnknownKey, path.key(&member.key), message);
                problems.push(problem.nearest(&member.key, known.iter().copied()));
            }
        }
        Some(Self { members, path })
    }

    /// The value of a key as it is written.
    pub(crate) fn node(&self, key: &str) -> Option<&'n Node> {
        member(self.members, key)
    }

    /// The same of a key that must be there.
    pub(crate) fn needed(&self, key: &str, problems: &mut Problems) -> Option<&'n Node> {
        let node = self.node(key);
        if node.is_none() {
            let message = filled("the key \"{}\" is missing", &[&key]);
            problems.add(Code::MissingKey, &self.path.key(key), message);
        }
        node
    }

    pub(crate) fn get<T: Decode>(&self, key: &str, problems: &mut Problems) -> Option<T> {
        let path = self.path.key(key);
        match member(self.members, key) {
            Some(node) => read(node, &path, problems).or_else(T::absent),
            None => T::absent().or_else(|| {
                self.needed(key, problems);
                None
            }),
        }
    }
}

/// A text that is one of a few names.
pub(crate) fn one_of<T: Copy>(
    node: &Node,
    path: &Path<'_>,
    names: &[(&'static str, T)],
    problems: &mut Problems,
) -> Option<T> {
    let Kind::Text(text) = &node.kind else {
        wrong_type(node, path, "a text", problems);
        return None;
    };
    if let Some((_, value)) = names.iter().find(|(name, _)| name == text) {
        return Some(*value);
    }
    let mut known = Vec::with_capacity(names.len());
    for (name, _) in names {
        known.push(*name);
    }
    let message = filled("\"{}\" is none of {}", &[&text, &listed(&known, ", ")]);
    problems.push(Problem::new(Code::InvalidValue, path, message).nearest(text, known));
    None
}

pub(crate) fn members<'n>(
    node: &'n Node,
    path: &Path<'_>,
    problems: &mut Problems,
) -> Option<&'n [Member]> {
    if !matches!(node.kind, Kind::Object(_)) {
        wrong_type(node, path, "an object", problems);
        return None;
    }
    Some(node.members())
}

pub(crate) fn member<'n>(members: &'n [Member], key: &str) -> Option<&'n Node> {
    let found = members.iter().find(|member| member.is(key))?;
    Some(&found.value)
}

pub(crate) fn defined(members: &[Member]) -> impl Iterator<Item = &Member> {
    members.iter().filter(|member| member.is_defined())
}

/// A type that a checked value can be taken as.
pub(crate) trait Decode: Sized {
    const SHAPE: Shape;

    /// What a missing key means where this type is asked for.
    const MISSING: Missing = Missing::Refused;

    /// `None` for what was not checked, or was refused.
    fn decode(node: &Node) -> Option<Self>;

    /// What stands for a missing key.
    fn absent() -> Option<Self> {
        None
    }

    /// Whether the value is what a missing key means, so that it need not be written.
    fn is_absent(&self) -> bool {
        false
    }
}

impl<T: Decode> Decode for Option<T> {
    const SHAPE: Shape = T::SHAPE;
    const MISSING: Missing = Missing::None;

    fn decode(node: &Node) -> Option<Self> {
        T::decode(node).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Decode> Decode for Vec<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);
    const MISSING: Missing = Missing::Empty;

    fn decode(node: &Node) -> Option<Self> {
        node.items().iter().map(T::decode).collect()
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl Decode for String {
    const SHAPE: Shape = Shape::Text;

    fn decode(node: &Node) -> Option<Self> {
        Some(node.text().to_owned())
    }
}

impl Decode for bool {
    const SHAPE: Shape = Shape::Flag;
    const MISSING: Missing = Missing::Empty;

    fn decode(node: &Node) -> Option<Self> {
        Some(matches!(node.kind, Kind::Bool(true)))
    }

    fn absent() -> Option<Self> {
        Some(false)
    }

    fn is_absent(&self) -> bool {
        !self
    }
}

impl Decode for Rounding {
    const SHAPE: Shape = Shape::OneOf(&Self::NAMES);

    fn decode(node: &Node) -> Option<Self> {
        Self::named(node.text())
    }
}

impl Decode for Ratio {
    const SHAPE: Shape = Shape::Ratio;

    fn decode(node: &Node) -> Option<Self> {
        Some(node.ratio())
    }
}

/// Declares a part of the document once: its Rust fields, its JSON keys and their shapes, its JSON Schema.
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
            const SHAPE: crate::card::decode::Shape = crate::card::decode::Shape::Object(&[$(
                crate::card::decode::Field {
                    key: $key,
                    missing: <$type as crate::card::decode::Decode>::MISSING,
                    shape: &<$type as crate::card::decode::Decode>::SHAPE,
                }
            ),*]);

            fn decode(node: &crate::card::json::Node) -> Option<Self> {
                Some(Self {
                    $($field: match node.get($key) {
                        Some(value) => <$type as crate::card::decode::Decode>::decode(value)?,
                        None => <$type as crate::card::decode::Decode>::absent()?,
                    }),*
                })
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
