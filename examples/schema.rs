//! Writes the JSON Schema of the rate card from the types that read one.

use std::{error::Error, fs};

use credit_estimator::document;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/cards/rate-card.schema.json");

fn main() -> Result<(), Box<dyn Error>> {
    let text = serde_json::to_string_pretty(&document::schema())?;
    fs::write(FILE, text + "\n")?;
    Ok(())
}
