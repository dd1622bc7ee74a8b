//! Results as plain objects: one way out for all that is not asked for a thousand times a second.

use serde::{Serialize, Serializer};

use crate::{
    amount::{Amount, Quantity},
    estimate::ByBalance,
    exact::Ratio,
};

/// A value as JSON and JavaScript have it.
#[derive(Debug, Clone)]
pub(crate) enum Shape<'a> {
    Text(&'a str),
    Amount(&'a Amount),
    Amounts(&'a ByBalance<'a>),
    Number(&'a Quantity),
    Ratio(&'a Ratio),
    Count(usize),
    List(Vec<Self>),
    Object(Fields<'a>),
}

/// Keys and their values.
pub(crate) type Fields<'a> = Vec<(&'a str, Shape<'a>)>;

impl Serialize for Shape<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Amount(amount) => amount.serialize(serializer),
            Self::Number(number) => number.serialize(serializer),
            Self::Ratio(ratio) => ratio.serialize(serializer),
            Self::Amounts(amounts) => amounts.serialize(serializer),
            Self::Count(count) => {
                serializer.serialize_u32(u32::try_from(*count).unwrap_or(u32::MAX))
            }
            Self::List(items) => serializer.collect_seq(items),
            Self::Object(fields) => serializer.collect_map(fields.iter().map(|(k, v)| (k, v))),
        }
    }
}
