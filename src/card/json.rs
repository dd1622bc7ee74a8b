//! JSON as it is written: every digit of a number kept, every value with its place, no key twice.

use crate::{
    error::{Code, Path, Position, Problem},
    exact::{Decimal, Ratio, Unreadable},
    text::{filled, joined},
};

/// No rate card is longer, deeper or larger; a document that is gets refused before it costs memory.
pub(crate) const MAX_BYTES: usize = 1 << 20;
pub(crate) const MAX_DEPTH: u32 = 32;
pub(crate) const MAX_NODES: u32 = 100_000;

/// No list or object has more parts: comparing each with each other stays quick.
pub(crate) const MAX_PARTS: usize = 2_000;

/// A value and where it stands in its text (0 where there is none).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub(crate) kind: Kind,
    pub(crate) offset: u32,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    Null,
    Bool(bool),
    Number(Box<Number>),
    Text(String),
    List(Vec<Node>),
    Object(Vec<Member>),
    /// A key that is there with nothing: as if it were not, but where no such key is known.
    Undefined,
    /// A number of a rate card that was checked.
    Ratio(Ratio),
    /// An entry of a rate card that was refused, with its id if it has one; naming it is no mistake of its own.
    Refused(String),
    /// What JSON has no word for, by its name: a function, a symbol.
    #[cfg_attr(
        not(target_arch = "wasm32"),
        expect(dead_code, reason = "only JavaScript has them")
    )]
    Other(&'static str),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Number {
    Exact(Decimal),
    TooLong,
    NotFinite,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Member {
    pub(crate) key: String,
    pub(crate) offset: u32,
    pub(crate) value: Node,
}

impl Kind {
    /// The type's name as a sentence uses it.
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "true or false",
            Self::Number(_) | Self::Ratio(_) => "a number",
            Self::Text(_) => "a text",
            Self::List(_) => "a list",
            Self::Object(_) => "an object",
            Self::Undefined | Self::Refused(_) => "undefined",
            Self::Other(name) => name,
        }
    }
}

impl From<Number> for Kind {
    fn from(number: Number) -> Self {
        Self::Number(Box::new(number))
    }
}

impl From<Kind> for Node {
    fn from(kind: Kind) -> Self {
        Self { kind, offset: 0 }
    }
}

impl Node {
    /// What stands at a key of an object.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        let found = self.members().iter().find(|member| member.is(key))?;
        Some(&found.value)
    }

    /// Whether an object has something at a key.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// The members of an object, those without a value too; none of anything else.
    pub(crate) const fn members(&self) -> &[Member] {
        match &self.kind {
            Kind::Object(members) => members.as_slice(),
            _ => &[],
        }
    }

    /// The items of a list; none of anything else.
    pub(crate) const fn items(&self) -> &[Self] {
        match &self.kind {
            Kind::List(items) => items.as_slice(),
            _ => &[],
        }
    }

    /// The items of the list at a key; none where there is no list.
    pub(crate) fn list(&self, key: &str) -> &[Self] {
        self.get(key).map_or(&[], Self::items)
    }

    /// A text, or the id of what was refused; empty for anything else.
    pub(crate) const fn text(&self) -> &str {
        match &self.kind {
            Kind::Text(text) => text.as_str(),
            _ => "",
        }
    }

    /// The text at a key; empty where there is none.
    pub(crate) fn text_at(&self, key: &str) -> &str {
        self.get(key).map_or("", Self::text)
    }

    /// A number of a rate card that was checked; 0 for anything else.
    pub(crate) const fn ratio(&self) -> Ratio {
        match &self.kind {
            Kind::Ratio(ratio) => *ratio,
            _ => Ratio::ZERO,
        }
    }

    /// The number at a key.
    pub(crate) fn ratio_at(&self, key: &str) -> Option<Ratio> {
        self.get(key).map(Self::ratio)
    }
}

impl Member {
    /// Whether the key is there and says something.
    pub(crate) fn is(&self, key: &str) -> bool {
        self.key == key && self.is_defined()
    }

    pub(crate) const fn is_defined(&self) -> bool {
        !matches!(self.value.kind, Kind::Undefined)
    }
}

impl Number {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match Decimal::parse(text) {
            Ok(decimal) => Some(Self::Exact(decimal)),
            Err(Unreadable::TooLong) => Some(Self::TooLong),
            Err(Unreadable::NotANumber) => None,
        }
    }
}

/// The text behind a byte order mark.
pub(crate) fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// Reads one JSON value that fills the whole text.
pub(crate) fn parse(text: &str) -> Result<Node, Problem> {
    parse_up_to(MAX_BYTES, MAX_NODES, text)
}

/// Reads one JavaScript value, as the boundary writes it: JSON, and capitals for what JSON has no word for.
#[cfg(target_arch = "wasm32")]
pub(crate) fn parse_value(text: &str) -> Result<Node, Problem> {
    let mut reader = Reader {
        text,
        at: 0,
        nodes: 0,
        most_nodes: MAX_NODES,
        is_text: false,
    };
    reader.value(&Path::Root, 0)
}

/// The same with limits of its own.
pub(crate) fn parse_up_to(most_bytes: usize, most_nodes: u32, text: &str) -> Result<Node, Problem> {
    if text.len() > most_bytes {
        return Err(Problem::new(
            Code::TooLarge,
            "",
            filled(
                "the text is {} bytes long, and at most {} are read",
                &[&text.len(), &most_bytes],
            ),
        ));
    }
    let mut reader = Reader {
        text,
        at: 0,
        nodes: 0,
        most_nodes,
        #[cfg(target_arch = "wasm32")]
        is_text: true,
    };
    reader.skip_space();
    let node = reader.value(&Path::Root, 0)?;
    reader.skip_space();
    match reader.peek() {
        None => Ok(node),
        Some(_) => Err(reader.syntax(&Path::Root, "expected the end of the text")),
    }
}

/// Line and column of a byte offset.
pub(crate) fn position(text: &str, offset: u32) -> Position {
    let mut position = Position { line: 1, column: 1 };
    for (at, c) in text.char_indices() {
        if u32::try_from(at).map_or(true, |at| at >= offset) {
            break;
        }
        if c == '\n' {
            position.line = position.line.saturating_add(1);
            position.column = 1;
        } else {
            position.column = position.column.saturating_add(1);
        }
    }
    position
}

/// A character in quotes, as JSON would escape it.
fn shown(c: char) -> String {
    match c {
        '\n' => "'\\n'".to_owned(),
        '\r' => "'\\r'".to_owned(),
        '\t' => "'\\t'".to_owned(),
        c => joined(&["'", c.encode_utf8(&mut [0; 4]), "'"]),
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    nodes: u32,
    most_nodes: u32,
    /// Whether the text is what somebody wrote, where places in it mean something.
    #[cfg(target_arch = "wasm32")]
    is_text: bool,
}

impl<'t> Reader<'t> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    fn eat(&mut self, expected: u8) -> bool {
        let found = self.peek() == Some(expected);
        if found {
            self.skip();
        }
        found
    }

    /// What was read since `start`.
    fn since(&self, start: usize) -> &'t str {
        self.text.get(start..self.at).unwrap_or("")
    }

    fn skip_space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.skip();
        }
    }

    fn offset(&self) -> u32 {
        u32::try_from(self.at).unwrap_or(u32::MAX)
    }

    fn syntax(&self, path: &Path<'_>, message: &str) -> Problem {
        let rest = self.text.get(self.at..).unwrap_or("");
        let message = match rest.chars().next() {
            Some(c) => filled("{}, found {}", &[&message, &shown(c)]),
            None => filled("{}, found the end of the text", &[&message]),
        };
        self.problem(Code::Syntax, path, message)
    }

    fn problem(&self, code: Code, path: &Path<'_>, message: String) -> Problem {
        let problem = Problem::new(code, path, message);
        #[cfg(target_arch = "wasm32")]
        if !self.is_text {
            return problem;
        }
        problem.at(Some(position(self.text, self.offset())))
    }

    /// What JSON has no word for.
    #[cfg(target_arch = "wasm32")]
    fn foreign(&mut self, letter: u8, path: &Path<'_>) -> Result<Kind, Problem> {
        self.skip();
        let start = self.at;
        while let Some(b'0'..=b'9') = self.peek() {
            self.skip();
        }
        let count = self.since(start);
        let too_large = match letter {
            b'L' => filled("a text of more than {} characters", &[&MAX_BYTES]),
            b'A' => filled(
                "a list of {} items, where at most {} are read",
                &[&count, &MAX_NODES],
            ),
            b'O' => filled(
                "an object of {} keys, where at most {} are read",
                &[&count, &MAX_NODES],
            ),
            _ => {
                return Ok(match letter {
                    b'U' => Kind::Undefined,
                    b'N' => Number::NotFinite.into(),
                    b'F' => Kind::Other("a function"),
                    b'S' => Kind::Other("a symbol"),
                    b'B' => Kind::Other("a bigint"),
                    _ => Kind::Other("an object that is not plain"),
                });
            }
        };
        Err(self.problem(Code::TooLarge, path, too_large))
    }

    fn value(&mut self, path: &Path<'_>, depth: u32) -> Result<Node, Problem> {
        if depth > MAX_DEPTH {
            return Err(self.problem(
                Code::TooDeep,
                path,
                filled("nested more than {} levels deep", &[&MAX_DEPTH]),
            ));
        }
        self.nodes = self.nodes.saturating_add(1);
        if self.nodes > self.most_nodes {
            return Err(self.problem(
                Code::TooLarge,
                path,
                filled("more than {} values in one document", &[&self.most_nodes]),
            ));
        }
        let offset = self.offset();
        let kind = match self.peek() {
            Some(b'{') => self.object(path, depth)?,
            Some(b'[') => self.list(path, depth)?,
            Some(b'"') => Kind::Text(self.string(path)?),
            Some(b'-' | b'0'..=b'9') => self.number(path)?,
            #[cfg(target_arch = "wasm32")]
            Some(letter @ b'A'..=b'Z') if !self.is_text => self.foreign(letter, path)?,
            _ if self.word("true") => Kind::Bool(true),
            _ if self.word("false") => Kind::Bool(false),
            _ if self.word("null") => Kind::Null,
            _ => return Err(self.syntax(path, "expected a value")),
        };
        Ok(Node { kind, offset })
    }

    fn word(&mut self, word: &str) -> bool {
        let end = self.at.saturating_add(word.len());
        let found = self.text.as_bytes().get(self.at..end) == Some(word.as_bytes());
        if found {
            self.at = end;
        }
        found
    }

    fn number(&mut self, path: &Path<'_>) -> Result<Kind, Problem> {
        let start = self.at;
        while let Some(b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E') = self.peek() {
            self.skip();
        }
        let text = self.since(start);
        let whole = text.strip_prefix('-').unwrap_or(text).as_bytes();
        let leading_zero = matches!(whole, [b'0', b'0'..=b'9', ..]);
        match Number::parse(text) {
            Some(number) if !leading_zero => Ok(number.into()),
            _ => {
                self.at = start;
                Err(self.syntax(path, &filled("\"{}\" is not a JSON number", &[&text])))
            }
        }
    }

    fn list(&mut self, path: &Path<'_>, depth: u32) -> Result<Kind, Problem> {
        self.skip();
        let mut items = Vec::new();
        self.skip_space();
        if self.eat(b']') {
            return Ok(Kind::List(items));
        }
        loop {
            self.skip_space();
            let item = self.value(&path.index(items.len()), depth.saturating_add(1))?;
            items.push(item);
            self.skip_space();
            if self.eat(b']') {
                return Ok(Kind::List(items));
            }
            if !self.eat(b',') {
                return Err(self.syntax(path, "expected \",\" or \"]\""));
            }
        }
    }

    fn object(&mut self, path: &Path<'_>, depth: u32) -> Result<Kind, Problem> {
        self.skip();
        let mut members: Vec<Member> = Vec::new();
        self.skip_space();
        if self.eat(b'}') {
            return Ok(Kind::Object(members));
        }
        loop {
            self.skip_space();
            let offset = self.offset();
            if self.peek() != Some(b'"') {
                return Err(self.syntax(path, "expected a key in quotes"));
            }
            let key = self.string(path)?;
            let here = path.key(&key);
            // An object with more members than are compared is refused for that.
            if members.len() <= MAX_PARTS && members.iter().any(|member| member.key == key) {
                self.at = usize::try_from(offset).unwrap_or(0);
                let message = filled("the key \"{}\" stands here twice", &[&key]);
                return Err(self.problem(Code::Duplicate, &here, message));
            }
            self.skip_space();
            if !self.eat(b':') {
                return Err(self.syntax(&here, "expected \":\""));
            }
            self.skip_space();
            let value = self.value(&here, depth.saturating_add(1))?;
            members.push(Member { key, offset, value });
            self.skip_space();
            if self.eat(b'}') {
                return Ok(Kind::Object(members));
            }
            if !self.eat(b',') {
                return Err(self.syntax(path, "expected \",\" or \"}\""));
            }
        }
    }

    fn string(&mut self, path: &Path<'_>) -> Result<String, Problem> {
        self.skip();
        let mut out = String::new();
        loop {
            let start = self.at;
            while self
                .peek()
                .is_some_and(|b| b >= b' ' && b != b'"' && b != b'\\')
            {
                self.skip();
            }
            out.push_str(self.since(start));
            match self.peek() {
                Some(b'"') => {
                    self.skip();
                    return Ok(out);
                }
                Some(b'\\') => {
                    self.skip();
                    out.push(self.escape(path)?);
                }
                Some(_) => return Err(self.syntax(path, "expected an escaped control character")),
                None => return Err(self.syntax(path, "expected the closing quote")),
            }
        }
    }

    fn escape(&mut self, path: &Path<'_>) -> Result<char, Problem> {
        let escaped = match self.peek() {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                self.skip();
                return self.unicode(path);
            }
            _ => return Err(self.syntax(path, "expected an escape like \\n or \\u00e9")),
        };
        self.skip();
        Ok(escaped)
    }

    fn unicode(&mut self, path: &Path<'_>) -> Result<char, Problem> {
        let mut code = self.four_digits(path)?;
        #[cfg(target_arch = "wasm32")]
        if !self.is_text {
            // JavaScript escapes halves that stand alone, and control characters.
            return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        if (0xd800..0xdc00).contains(&code) {
            let second = match self.eat(b'\\') && self.eat(b'u') {
                true => self.four_digits(path)?,
                false => 0,
            };
            if !(0xdc00..0xe000).contains(&second) {
                return Err(self.syntax(path, "expected the second half of a surrogate pair"));
            }
            code = (code & 0x3ff)
                .wrapping_shl(10)
                .wrapping_add(second & 0x3ff)
                .wrapping_add(0x10000);
        }
        char::from_u32(code)
            .ok_or_else(|| self.syntax(path, "half of a surrogate pair stands alone"))
    }

    fn four_digits(&mut self, path: &Path<'_>) -> Result<u32, Problem> {
        let mut code: u32 = 0;
        for _ in 0..4 {
            match self.peek().and_then(|c| char::from(c).to_digit(16)) {
                Some(digit) => code = code.wrapping_shl(4).wrapping_add(digit),
                None => return Err(self.syntax(path, "expected four hexadecimal digits")),
            }
            self.skip();
        }
        Ok(code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_json_is_refused_with_its_place() {
        for (text, line, column, says) in [
            ("", 1, 1, "end of the text"),
            ("{\n  \"a\": }", 2, 8, "expected a value"),
            ("[1,]", 1, 4, "expected a value"),
            ("{\"a\" 1}", 1, 6, "expected \":\""),
            ("{a: 1}", 1, 2, "key in quotes"),
            ("[01]", 1, 2, "not a JSON number"),
            ("[1 2]", 1, 4, "expected \",\""),
            ("\"\\ud800\"", 1, 8, "surrogate"),
            ("\"\\x\"", 1, 3, "escape"),
            ("\"a\tb\"", 1, 3, "control character"),
            ("1 2", 1, 3, "end of the text"),
            ("nul", 1, 1, "expected a value"),
            ("{\"a\":1,\n\"a\":2}", 2, 1, "twice"),
            ("\"é\" x", 1, 5, "end of the text"),
        ] {
            let problem = parse(text).unwrap_err();
            assert_eq!(
                problem.position(),
                Some(Position { line, column }),
                "{text}"
            );
            assert!(problem.message().contains(says), "{text}: {problem}");
        }
    }

    #[test]
    fn texts_are_read_whole() {
        for (text, expected) in [
            (r#""a\"\\\/\b\f\n\r\tb""#, "a\"\\/\u{8}\u{c}\n\r\tb"),
            (r#""\u00e9\ud83d\ude00é😀""#, "é😀é😀"),
        ] {
            assert_eq!(parse(text).unwrap().kind, Kind::Text(expected.to_owned()));
        }
    }

    #[test]
    fn hostile_documents_are_refused() {
        let deep = "[".repeat(1_000_000);
        assert_eq!(parse(&deep).unwrap_err().code(), Code::TooDeep);
        let many = format!("[{}1]", "1,".repeat(200_000));
        assert_eq!(parse(&many).unwrap_err().code(), Code::TooLarge);
        let long = format!("\"{}\"", "a".repeat(10_000_000));
        assert_eq!(parse(&long).unwrap_err().code(), Code::TooLarge);
    }
}
