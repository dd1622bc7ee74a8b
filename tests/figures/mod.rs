//! The figures that the source page of the built-in card prints, as usages and what they must come to.

use serde_json::Value as Json;

/// One usage of a printed row. A row that prints a range stands here with both its ends.
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) input: Json,
    pub(crate) expected: Expected,
}

pub(crate) enum Expected {
    Total { balance: String, amount: f64 },
    Line { charge: &'static str, amount: f64 },
}

/// How many rows the page prints.
pub(crate) const PRINTED: usize = 20;

pub(crate) fn rows() -> Vec<Row> {
    let page: Json = serde_json::from_str(include_str!("invideo-v4.json")).unwrap();
    let printed = page["rows"].as_array().unwrap();
    assert_eq!(printed.len(), PRINTED);
    printed.iter().flat_map(usages_of).collect()
}

fn usages_of(row: &Json) -> Vec<Row> {
    let (balance, amount) = row["expect"].as_object().unwrap().iter().next().unwrap();
    ends(&row["input"])
        .into_iter()
        .map(|input| Row {
            name: format!("{}: {input}", row["table"].as_str().unwrap()),
            expected: match balance.as_str() {
                "surcharge" => Expected::Line {
                    charge: "actor",
                    amount: amount.as_f64().unwrap(),
                },
                _ => Expected::Total {
                    balance: balance.clone(),
                    amount: amount.as_f64().unwrap(),
                },
            },
            input,
        })
        .collect()
}

/// The page's words for an input as usages: "N minutes or less" is the N-th started minute.
fn ends(printed: &Json) -> Vec<Json> {
    let mut usage = printed.clone();
    let fields = usage.as_object_mut().unwrap();
    let durations = match (
        fields.shift_remove("seconds"),
        fields.shift_remove("secondsAtMost"),
        fields.shift_remove("secondsFrom"),
        fields.shift_remove("secondsTo"),
    ) {
        (Some(seconds), ..) => vec![seconds],
        (_, Some(most), ..) => vec![(most.as_u64().unwrap() - 59).into(), most],
        (_, _, Some(from), Some(to)) => vec![from, to],
        _ => Vec::new(),
    };
    if let Some(clip) = fields.shift_remove("clipSeconds") {
        fields.insert("clips".to_owned(), Json::Array(vec![clip]));
    }
    if durations.is_empty() {
        return vec![usage];
    }
    durations
        .into_iter()
        .map(|duration| {
            let mut usage = usage.clone();
            usage["duration"] = duration;
            usage
        })
        .collect()
}
