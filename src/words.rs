//! Amounts, quantities and units as a sentence says them.

use crate::{amount::Amount, tariff::Tariff};

/// An amount of a balance: `10 credits`, `1 video minute`, `0.2 credits`.
pub(crate) fn amount(tariff: &Tariff, balance: usize, amount: Amount) -> String {
    let one = u64::try_from(amount.units()).ok() == 10_u64.checked_pow(amount.decimals().into());
    let text = amount.to_string();
    let text = match amount.decimals() {
        0 => text.as_str(),
        _ => text.trim_end_matches('0').trim_end_matches('.'),
    };
    [text, " ", &unit(tariff, balance, one)].concat()
}

/// What a balance is counted in: its label, within a sentence; of one or of several.
pub(crate) fn unit(tariff: &Tariff, balance: usize, one: bool) -> String {
    let rule = tariff.balances.get(balance);
    let mut text = in_sentence(rule.map_or("", |rule| rule.label.as_str()));
    let is_plural = text.ends_with('s')
        && !["ss", "us", "is"].iter().any(|end| text.ends_with(end))
        && text.len() > 2;
    if one && is_plural {
        text.pop();
    }
    text
}

/// A label within a sentence: `Video minutes` loses its capital, `US dollars` does not.
fn in_sentence(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            let mut text = String::from(first.to_ascii_lowercase());
            text.push(second);
            text.push_str(letters.as_str());
            text
        }
        _ => label.to_owned(),
    }
}
