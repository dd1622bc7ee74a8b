//! Results as plain objects: one way out for all of them, since code for each of them by itself is large.

use serde::{
    Serialize, Serializer,
    ser::{SerializeMap, SerializeSeq},
};

use crate::{
    amount::{Amount, Quantity},
    card::json::{Kind, Node, Number},
    exact::Ratio,
};

/// A value as JSON and JavaScript have it.
pub(crate) enum Shape<'a> {
    Null,
    Flag(bool),
    Whole(i64),
    Text(&'a str),
    Amount(&'a Amount),
    Number(&'a Quantity),
    Ratio(Ratio),
    List(Vec<Self>),
    Object(Fields<'a>),
}

impl<'a> Shape<'a> {
    pub(crate) fn list<T>(items: &'a [T], shape: impl Fn(&'a T) -> Self) -> Self {
        let mut list = Vec::with_capacity(items.len());
        for item in items {
            list.push(shape(item));
        }
        Self::List(list)
    }

    pub(crate) fn texts(items: &[&'a str]) -> Self {
        let mut list = Vec::with_capacity(items.len());
        for item in items {
            list.push(Self::Text(item));
        }
        Self::List(list)
    }
}

/// An object being made, key by key in its order.
#[derive(Default)]
pub(crate) struct Fields<'a>(Vec<(&'a str, Shape<'a>)>);

impl<'a> Fields<'a> {
    pub(crate) fn new() -> Self {
        Self(Vec::new())
    }

    #[inline(never)]
    pub(crate) fn put(&mut self, key: &'a str, value: Shape<'a>) {
        self.0.push((key, value));
    }

    #[inline(never)]
    pub(crate) fn text(&mut self, key: &'a str, text: &'a str) {
        self.put(key, Shape::Text(text));
    }

    /// A text that may be absent.
    #[inline(never)]
    pub(crate) fn text_of(&mut self, key: &'a str, text: Option<&'a str>) {
        if let Some(text) = text {
            self.text(key, text);
        }
    }

    #[inline(never)]
    pub(crate) fn amount(&mut self, key: &'a str, amount: &'a Amount) {
        self.put(key, Shape::Amount(amount));
    }

    #[inline(never)]
    pub(crate) fn number(&mut self, key: &'a str, number: &'a Quantity) {
        self.put(key, Shape::Number(number));
    }

    /// How many, or which.
    #[inline(never)]
    pub(crate) fn count(&mut self, key: &'a str, count: usize) {
        self.put(key, Shape::Whole(i64::try_from(count).unwrap_or(i64::MAX)));
    }

    /// A number that may be absent.
    #[inline(never)]
    pub(crate) fn number_of(&mut self, key: &'a str, number: Option<&'a Quantity>) {
        if let Some(number) = number {
            self.number(key, number);
        }
    }

    pub(crate) const fn object(self) -> Shape<'a> {
        Shape::Object(self)
    }
}

impl Node {
    pub(crate) fn shape(&self) -> Shape<'_> {
        match &self.kind {
            Kind::Null | Kind::Undefined | Kind::Refused(_) | Kind::Other(_) => Shape::Null,
            Kind::Ratio(ratio) => Shape::Ratio(*ratio),
            Kind::Bool(value) => Shape::Flag(*value),
            Kind::Number(number) => match **number {
                Number::Exact(decimal) => {
                    Ratio::from_decimal(decimal).map_or(Shape::Null, Shape::Ratio)
                }
                Number::NotFinite | Number::TooLong => Shape::Null,
            },
            Kind::Text(text) => Shape::Text(text),
            Kind::List(items) => Shape::list(items, Self::shape),
            Kind::Object(members) => {
                let mut fields = Fields::new();
                for member in members.iter().filter(|member| member.is_defined()) {
                    fields.put(&member.key, member.value.shape());
                }
                fields.object()
            }
        }
    }
}

impl Serialize for Shape<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Whole(number) => whole(*number).serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Amount(amount) => amount.serialize(serializer),
            Self::Number(number) => number.serialize(serializer),
            Self::Ratio(ratio) => ratio.serialize(serializer),
            Self::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Self::Object(Fields(fields)) => {
                let mut object = serializer.serialize_map(Some(fields.len()))?;
                for (key, value) in fields {
                    object.serialize_entry(key, value)?;
                }
                object.end()
            }
        }
    }
}

fn whole(number: i64) -> Amount {
    Amount::new(number, 0)
}

/// Serializes results by their `shape`.
macro_rules! serialize_by_shape {
    ($($type:ty),+) => {
        $(impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.shape().serialize(serializer)
            }
        })+
    };
}

serialize_by_shape!(Node);

pub(crate) use serialize_by_shape;
