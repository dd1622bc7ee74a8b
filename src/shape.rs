//! Results as plain objects: one way out for all that is not asked for a thousand times a second.

use serde::{Serialize, Serializer};

use crate::{amount::Amount, exact::Ratio};

/// A value as JSON and JavaScript have it.
#[derive(Debug, Clone)]
pub(crate) enum Shape<'a> {
    Text(&'a str),
    Amount(Amount),
    Ratio(Ratio),
    Object(Vec<(&'a str, Self)>),
}

impl Serialize for Shape<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Amount(amount) => amount.serialize(serializer),
            Self::Ratio(ratio) => ratio.serialize(serializer),
            Self::Object(fields) => serializer.collect_map(fields.iter().map(|(k, v)| (k, v))),
        }
    }
}
