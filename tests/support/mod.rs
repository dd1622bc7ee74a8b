//! What several tests need: exact fractions, every card of the repository, random usages.
#![allow(dead_code, clippy::as_conversions)]

use std::{cmp::Ordering, fs, path::Path};

use credit_estimator::{
    Rounding, Tariff, Usage, cards,
    document::{Input, NumericInput},
};

/// A fraction, reduced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Exact {
    pub(crate) numerator: u128,
    pub(crate) denominator: u128,
}

impl Exact {
    pub(crate) const ZERO: Self = Self {
        numerator: 0,
        denominator: 1,
    };

    pub(crate) fn new(numerator: u128, denominator: u128) -> Self {
        let (mut a, mut b) = (numerator, denominator);
        while b > 0 {
            (a, b) = (b, a % b);
        }
        Self {
            numerator: numerator / a,
            denominator: denominator / a,
        }
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        let shared = Self::new(self.denominator, other.denominator);
        // shared = self / other, so both fit over self.denominator × shared.denominator
        let denominator = self.denominator * shared.denominator;
        Self::new(
            self.numerator * shared.denominator
                + other.numerator * (denominator / other.denominator),
            denominator,
        )
    }

    pub(crate) fn minus(self, other: Self) -> Self {
        let denominator = self.denominator * other.denominator;
        let (left, right) = (
            self.numerator * other.denominator,
            other.numerator * self.denominator,
        );
        Self::new(left.checked_sub(right).unwrap(), denominator)
    }

    pub(crate) fn times(self, other: Self) -> Self {
        let one = Self::new(self.numerator, other.denominator);
        let two = Self::new(other.numerator, self.denominator);
        Self::new(
            one.numerator * two.numerator,
            one.denominator * two.denominator,
        )
    }

    pub(crate) fn over(self, other: Self) -> Self {
        self.times(Self {
            numerator: other.denominator,
            denominator: other.numerator,
        })
    }

    pub(crate) fn to_multiple(self, unit: Self, round: Rounding) -> Self {
        let units = self.over(unit);
        let (whole, rest) = (
            units.numerator / units.denominator,
            units.numerator % units.denominator,
        );
        let up = match round {
            Rounding::Up => rest > 0,
            Rounding::Down => false,
            Rounding::HalfUp => rest * 2 >= units.denominator,
        };
        unit.times(Self::new(whole + u128::from(up), 1))
    }

    /// As a decimal, where it ends.
    pub(crate) fn decimal(self) -> Option<String> {
        for places in 0..12_u32 {
            let units = self.numerator * 10_u128.pow(places);
            if units.is_multiple_of(self.denominator) {
                let digits = format!(
                    "{:0>width$}",
                    units / self.denominator,
                    width = places as usize + 1
                );
                let (whole, fraction) = digits.split_at(digits.len() - places as usize);
                return Some(match places {
                    0 => whole.to_owned(),
                    _ => format!("{whole}.{fraction}"),
                });
            }
        }
        None
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.numerator * other.denominator).cmp(&(other.numerator * self.denominator))
    }
}

/// Numbers that are the same in every run.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, end: u128) -> u128 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        u128::from(self.0) % end
    }
}

/// Every card of the repository, by its file.
pub(crate) fn all_cards() -> Vec<(String, Tariff)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["cards/history", "tests/cards"] {
        let entries = fs::read_dir(root.join(folder)).unwrap();
        files.extend(entries.map(|entry| entry.unwrap().path()));
    }
    files.retain(|file| file.extension().is_some_and(|ending| ending == "json"));
    files.sort();
    let mut found = vec![(
        "built in".to_owned(),
        Tariff::from_json(cards::INVIDEO_V4).unwrap(),
    )];
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        found.push((name, Tariff::from_json(&text).unwrap()));
    }
    assert_eq!(found.len(), 60);
    found
}

/// A random value for most inputs, as JSON.
pub(crate) fn random_values(tariff: &Tariff, random: &mut Random) -> Vec<(String, String)> {
    let mut values = Vec::new();
    for input in &tariff.card().inputs {
        if random.below(8) == 0 {
            continue;
        }
        let value = match input {
            Input::Choice(choice) => {
                let options = &choice.options;
                let chosen = &options[random.below(options.len() as u128) as usize];
                format!("\"{}\"", chosen.id.as_str())
            }
            Input::Toggle(_) => (random.below(2) == 0).to_string(),
            Input::Number(numeric) | Input::Duration(numeric) => {
                let coarse = matches!(input, Input::Duration(_)) && random.below(4) > 0;
                match numeric.max_items {
                    None => random_number(numeric, coarse, random),
                    Some(most) => {
                        let items = random.below(u128::from(most.get()).min(7) + 1);
                        let items: Vec<String> = (0..items)
                            .map(|_| random_number(numeric, coarse, random))
                            .collect();
                        format!("[{}]", items.join(","))
                    }
                }
            }
            _ => continue,
        };
        values.push((input.id().to_owned(), value));
    }
    values
}

/// A number on the input's step, small ones more often.
fn random_number(numeric: &NumericInput, coarse: bool, random: &mut Random) -> String {
    let ratio = |ratio: credit_estimator::Ratio| {
        Exact::new(ratio.numerator().into(), ratio.denominator().into())
    };
    let (step, min, max) = (
        ratio(numeric.step.unwrap()),
        ratio(numeric.min.unwrap()),
        ratio(numeric.max),
    );
    let step = match coarse && step.denominator > 1 {
        true => step.times(Exact::new(step.denominator, 1)),
        false => step,
    };
    let most = max.over(step);
    let most = most.numerator / most.denominator;
    let digits = most.ilog10() + 1;
    let size = 10_u128
        .pow(1 + random.below(digits.into()) as u32)
        .min(most + 1);
    let value = step.times(Exact::new(random.below(size), 1));
    value
        .max(min)
        .decimal()
        .unwrap_or_else(|| min.decimal().unwrap_or_else(|| "0".to_owned()))
}

pub(crate) fn usage_of(values: &[(String, String)]) -> Usage {
    let members: Vec<String> = values
        .iter()
        .map(|(id, value)| format!("\"{id}\": {value}"))
        .collect();
    Usage::from_json(&format!("{{{}}}", members.join(","))).unwrap()
}
