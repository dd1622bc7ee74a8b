//! Results as plain objects: one way out for all that is not asked for a thousand times a second.

use serde::{Serialize, Serializer};

use crate::{
    amount::{Amount, Quantity},
    exact::Ratio,
};

/// A value as JSON and JavaScript have it.
#[derive(Debug, Clone)]
pub(crate) enum Shape<'a> {
    Text(&'a str),
    Amount(Amount),
    Number(Quantity),
    Ratio(Ratio),
    List(Vec<Self>),
    Object(Fields<'a>),
}

/// Keys and their values.
pub(crate) type Fields<'a> = Vec<(&'a str, Shape<'a>)>;

impl Shape<'_> {
    pub(crate) fn whole(number: usize) -> Self {
        Self::Number(Quantity::new(u128::try_from(number).unwrap_or(0), 1))
    }
}

impl Serialize for Shape<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Amount(amount) => amount.serialize(serializer),
            Self::Number(number) => number.serialize(serializer),
            Self::Ratio(ratio) => ratio.serialize(serializer),
            Self::List(items) => serializer.collect_seq(items),
            Self::Object(fields) => serializer.collect_map(fields.iter().map(|(k, v)| (k, v))),
        }
    }
}
