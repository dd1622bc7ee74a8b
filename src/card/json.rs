//! JSON as it is written: every digit of a number kept, every value with its place, no key twice.

use crate::{
    error::{Code, Path, Position, Problem},
    exact::{Decimal, Unreadable},
};

/// No rate card is longer, deeper or larger; a document that is gets refused before it costs memory.
pub(crate) const MAX_BYTES: usize = 1 << 20;
pub(crate) const MAX_DEPTH: u32 = 32;
pub(crate) const MAX_NODES: u32 = 100_000;

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
    Number(Number),
    Text(String),
    List(Vec<Node>),
    Object(Vec<Member>),
    /// A key that is there with nothing: as if it were not, but where no such key is known.
    Undefined,
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
            Self::Number(_) => "a number",
            Self::Text(_) => "a text",
            Self::List(_) => "a list",
            Self::Object(_) => "an object",
            Self::Undefined => "undefined",
            Self::Other(name) => name,
        }
    }
}

impl From<Kind> for Node {
    fn from(kind: Kind) -> Self {
        Self { kind, offset: 0 }
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

/// The same with limits of its own.
pub(crate) fn parse_up_to(most_bytes: usize, most_nodes: u32, text: &str) -> Result<Node, Problem> {
    if text.len() > most_bytes {
        return Err(Problem::new(
            Code::TooLarge,
            "",
            format!(
                "the text is {} bytes long, and at most {most_bytes} are read",
                text.len()
            ),
        ));
    }
    let mut reader = Reader {
        text,
        at: 0,
        nodes: 0,
        most_nodes,
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
    let before = usize::try_from(offset)
        .ok()
        .and_then(|offset| text.get(..offset))
        .unwrap_or(text);
    let line = before.matches('\n').count();
    let column = before
        .rsplit_once('\n')
        .map_or(before, |(_, last)| last)
        .chars()
        .count();
    let from_one = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).saturating_add(1);
    Position {
        line: from_one(line),
        column: from_one(column),
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    nodes: u32,
    most_nodes: u32,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn take(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at = self.at.saturating_add(next.len_utf8());
        Some(next)
    }

    fn eat(&mut self, expected: char) -> bool {
        let found = self.peek() == Some(expected);
        if found {
            self.take();
        }
        found
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|c| !wanted(c)).unwrap_or(rest.len());
        self.at = self.at.saturating_add(end);
        rest.get(..end).unwrap_or("")
    }

    fn skip_space(&mut self) {
        self.take_while(|c| matches!(c, ' ' | '\t' | '\n' | '\r'));
    }

    fn offset(&self) -> u32 {
        u32::try_from(self.at).unwrap_or(u32::MAX)
    }

    fn syntax(&self, path: &Path<'_>, message: &str) -> Problem {
        let found = match self.peek() {
            Some(c) => format!("found {c:?}"),
            None => "found the end of the text".to_owned(),
        };
        Problem::new(Code::Syntax, path, format!("{message}, {found}"))
            .at(Some(position(self.text, self.offset())))
    }

    fn limit(&self, code: Code, path: &Path<'_>, message: String) -> Problem {
        Problem::new(code, path, message).at(Some(position(self.text, self.offset())))
    }

    fn value(&mut self, path: &Path<'_>, depth: u32) -> Result<Node, Problem> {
        if depth > MAX_DEPTH {
            return Err(self.limit(
                Code::TooDeep,
                path,
                format!("nested more than {MAX_DEPTH} levels deep"),
            ));
        }
        self.nodes = self.nodes.saturating_add(1);
        if self.nodes > self.most_nodes {
            return Err(self.limit(
                Code::TooLarge,
                path,
                format!("more than {} values in one document", self.most_nodes),
            ));
        }
        let offset = self.offset();
        let kind = match self.peek() {
            Some('{') => self.object(path, depth)?,
            Some('[') => self.list(path, depth)?,
            Some('"') => Kind::Text(self.string(path)?),
            Some('-' | '0'..='9') => self.number(path)?,
            Some(c) if c.is_ascii_alphabetic() => self.word(path)?,
            _ => return Err(self.syntax(path, "expected a value")),
        };
        Ok(Node { kind, offset })
    }

    fn word(&mut self, path: &Path<'_>) -> Result<Kind, Problem> {
        for (word, kind) in [
            ("true", Kind::Bool(true)),
            ("false", Kind::Bool(false)),
            ("null", Kind::Null),
        ] {
            if self.rest().starts_with(word) {
                self.at = self.at.saturating_add(word.len());
                return Ok(kind);
            }
        }
        Err(self.syntax(path, "expected a value"))
    }

    fn number(&mut self, path: &Path<'_>) -> Result<Kind, Problem> {
        let start = self.at;
        let text = self.take_while(|c| matches!(c, '0'..='9' | '+' | '-' | '.' | 'e' | 'E'));
        let whole = text.strip_prefix('-').unwrap_or(text);
        let leading_zero =
            whole.starts_with('0') && whole.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
        match Number::parse(text) {
            Some(number) if !leading_zero => Ok(Kind::Number(number)),
            _ => {
                self.at = start;
                Err(self.syntax(path, &format!("\"{text}\" is not a JSON number")))
            }
        }
    }

    fn list(&mut self, path: &Path<'_>, depth: u32) -> Result<Kind, Problem> {
        self.take();
        let mut items = Vec::new();
        self.skip_space();
        if self.eat(']') {
            return Ok(Kind::List(items));
        }
        loop {
            self.skip_space();
            let item = self.value(&path.index(items.len()), depth.saturating_add(1))?;
            items.push(item);
            self.skip_space();
            if self.eat(']') {
                return Ok(Kind::List(items));
            }
            if !self.eat(',') {
                return Err(self.syntax(path, "expected \",\" or \"]\""));
            }
        }
    }

    fn object(&mut self, path: &Path<'_>, depth: u32) -> Result<Kind, Problem> {
        self.take();
        let mut members: Vec<Member> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        self.skip_space();
        if self.eat('}') {
            return Ok(Kind::Object(members));
        }
        loop {
            self.skip_space();
            let offset = self.offset();
            if self.peek() != Some('"') {
                return Err(self.syntax(path, "expected a key in quotes"));
            }
            let key = self.string(path)?;
            if !seen.insert(key.clone()) {
                return Err(Problem::new(
                    Code::Duplicate,
                    path.key(&key),
                    format!("the key \"{key}\" stands here twice"),
                )
                .at(Some(position(self.text, offset))));
            }
            self.skip_space();
            if !self.eat(':') {
                return Err(self.syntax(&path.key(&key), "expected \":\""));
            }
            self.skip_space();
            let value = self.value(&path.key(&key), depth.saturating_add(1))?;
            members.push(Member { key, offset, value });
            self.skip_space();
            if self.eat('}') {
                return Ok(Kind::Object(members));
            }
            if !self.eat(',') {
                return Err(self.syntax(path, "expected \",\" or \"}\""));
            }
        }
    }

    fn string(&mut self, path: &Path<'_>) -> Result<String, Problem> {
        self.take();
        let mut out = String::new();
        loop {
            out.push_str(self.take_while(|c| c != '"' && c != '\\' && c >= ' '));
            match self.peek() {
                Some('"') => {
                    self.take();
                    return Ok(out);
                }
                Some('\\') => {
                    self.take();
                    out.push(self.escape(path)?);
                }
                Some(_) => return Err(self.syntax(path, "expected an escaped control character")),
                None => return Err(self.syntax(path, "expected the closing quote")),
            }
        }
    }

    fn escape(&mut self, path: &Path<'_>) -> Result<char, Problem> {
        let escaped = match self.peek() {
            Some('"') => '"',
            Some('\\') => '\\',
            Some('/') => '/',
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => {
                self.take();
                return self.unicode(path);
            }
            _ => return Err(self.syntax(path, "expected an escape like \\n or \\u00e9")),
        };
        self.take();
        Ok(escaped)
    }

    fn unicode(&mut self, path: &Path<'_>) -> Result<char, Problem> {
        let first = self.four_digits(path)?;
        let code = if (0xd800..0xdc00).contains(&first) {
            if !(self.eat('\\') && self.eat('u')) {
                return Err(self.syntax(path, "expected the second half of a surrogate pair"));
            }
            let second = self.four_digits(path)?;
            if !(0xdc00..0xe000).contains(&second) {
                return Err(self.syntax(path, "expected the second half of a surrogate pair"));
            }
            (first & 0x3ff)
                .wrapping_shl(10)
                .wrapping_add(second & 0x3ff)
                .wrapping_add(0x10000)
        } else {
            first
        };
        char::from_u32(code)
            .ok_or_else(|| self.syntax(path, "half of a surrogate pair stands alone"))
    }

    fn four_digits(&mut self, path: &Path<'_>) -> Result<u32, Problem> {
        let mut code: u32 = 0;
        for _ in 0..4 {
            match self.peek().and_then(|c| c.to_digit(16)) {
                Some(digit) => code = code.wrapping_shl(4).wrapping_add(digit),
                None => return Err(self.syntax(path, "expected four hexadecimal digits")),
            }
            self.take();
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
