//! Amounts, quantities and units as a sentence says them.

use crate::{
    amount::{Amount, Quantity},
    duration,
    exact::decimal_text,
    tariff::Tariff,
    text::{joined, without_zeros, written},
};

/// An amount of a balance: `10 credits`, `1 video minute`, `0.2 credits`.
pub(crate) fn amount(tariff: &Tariff, balance: usize, amount: Amount) -> String {
    let units = u128::from(amount.units().unsigned_abs());
    let one = 10_u128.saturating_pow(amount.decimals().into());
    counted(tariff, balance, Quantity::new(units, one)).0
}

/// An exact amount, and whether it is said exactly: `10 credits`, or `3.33 credits` for a third of it.
pub(crate) fn counted(tariff: &Tariff, balance: usize, exact: Quantity) -> (String, bool) {
    let decimals = tariff.balances.get(balance).map_or(2, |rule| rule.decimals);
    let (digits, is_exact) = digits(exact, decimals.into());
    let unit = unit(tariff, balance, exact == ONE);
    (joined(&[&digits, " ", &unit]), is_exact)
}

pub(crate) const ONE: Quantity = Quantity::whole(1);

fn digits(exact: Quantity, decimals: u32) -> (String, bool) {
    let scale = |decimals| 10_u128.saturating_pow(decimals);
    if scale(decimals.max(4)).checked_rem(exact.denominator()) == Some(0) {
        return (written(&exact), true);
    }
    // What is less than the last decimal is said by its first digits.
    for decimals in decimals.max(2)..=MOST_DECIMALS {
        match exact.nearest(scale(decimals)) {
            Some(0) => {}
            Some(units) => {
                let mut text = decimal_text(units, decimals);
                without_zeros(&mut text);
                let whole = text.strip_suffix('.').map(str::len);
                text.truncate(whole.unwrap_or(text.len()));
                return (text, false);
            }
            None => break,
        }
    }
    (written(&exact), true)
}

const MOST_DECIMALS: u32 = 18;

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

/// What a sentence's figures are: of one balance, and of one input.
#[derive(Clone, Copy)]
pub(crate) struct Tongue<'t> {
    pub(crate) tariff: &'t Tariff,
    pub(crate) balance: usize,
    pub(crate) duration: bool,
}

impl Tongue<'_> {
    /// Adds a sentence, with the figures in their order where it has signs for them: `#` for a quantity of the input,
    /// `$` for an amount of the balance, `@` for one with all its digits, `=` for what comes out, exactly or nearly, and
    /// `&` for a bare number.
    pub(crate) fn say(self, text: &mut String, sentence: &str, figures: &[&Quantity]) {
        let mut figures = figures.iter();
        for sign in sentence.chars() {
            if !matches!(sign, '#' | '$' | '@' | '=' | '&') {
                text.push(sign);
                continue;
            }
            let Some(figure) = figures.next() else { return };
            let (mut said, is_exact) = match sign {
                '#' => (quantity(self.duration, **figure), true),
                '&' | '@' => (written(figure), true),
                _ => counted(self.tariff, self.balance, **figure),
            };
            if sign == '=' {
                text.push_str(if is_exact { "= " } else { "≈ " });
            }
            if sign == '@' {
                said.push(' ');
                said.push_str(&unit(self.tariff, self.balance, **figure == ONE));
            }
            text.push_str(&said);
        }
    }

    pub(crate) fn said(self, sentence: &str, figures: &[&Quantity]) -> String {
        let mut text = String::new();
        self.say(&mut text, sentence, figures);
        text
    }
}

/// Several amounts: `5 credits and 1 video minute`; `nothing` without any.
pub(crate) fn amounts(tariff: &Tariff, amounts: &[(usize, Amount)]) -> String {
    let mut text = String::new();
    for (index, (balance, one)) in amounts.iter().enumerate() {
        if index > 0 {
            let is_last = index.saturating_add(1) == amounts.len();
            text.push_str(if is_last { " and " } else { ", " });
        }
        text.push_str(&amount(tariff, *balance, *one));
    }
    if text.is_empty() {
        text.push_str("nothing");
    }
    text
}

/// A quantity of an input: `12 s` and `3:30` of a duration, `1.5` of a number.
pub(crate) fn quantity(duration: bool, quantity: Quantity) -> String {
    const MINUTE: u128 = 60_000;
    let milliseconds = match 1000_u128.checked_rem(quantity.denominator()) {
        Some(0) => quantity.nearest(1000),
        _ => None,
    };
    match milliseconds {
        Some(milliseconds) if duration && milliseconds > MINUTE => duration::clock(milliseconds),
        _ if duration => joined(&[&written(&quantity), " s"]),
        _ => written(&quantity),
    }
}

/// The label of an input, as the card has it.
pub(crate) fn label(tariff: &Tariff, source: usize) -> &str {
    let input = tariff.document.list("inputs").get(source);
    input.map_or("", |input| input.text_at("label"))
}
