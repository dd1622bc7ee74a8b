//! What may be spent: balances and guardrails, read for one tariff.

use crate::{
    card::{
        decode::{self, Object, Problems, defined, members, one_of},
        json::{self, Node},
    },
    error::{Code, Error, Path, Problem},
    exact::{Ratio, product},
    tariff::{BalanceRule, Tariff},
    text::filled,
};

/// What may be spent, in the balances of one tariff: what is there, and guardrails before it is used up.
///
/// ```
/// use credit_estimator::{Limits, Tariff, cards};
///
/// let tariff = Tariff::from_json(cards::INVIDEO_V4)?;
/// let limits = Limits::from_json(
///     &tariff,
///     r#"{ "balances": { "credits": 28 },
///          "guardrails": [{ "balance": "credits", "of": "share", "warn": 0.8 }] }"#,
/// )?;
/// # Ok::<(), credit_estimator::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Limits {
    /// By balance of the tariff, in units of its last decimal.
    pub(crate) balances: Vec<Option<i128>>,
    pub(crate) guardrails: Vec<Guardrail>,
}

/// A limit on one balance; what is exactly at it passes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Guardrail {
    pub(crate) balance: usize,
    pub(crate) of: Measure,
    pub(crate) warn: Option<Limit>,
    pub(crate) block: Option<Limit>,
}

/// What a guardrail measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Measure {
    /// Everything together.
    Total,
    /// What is added now.
    Added,
    /// Everything together, as a share of the balance that was given.
    Share,
}

impl Measure {
    const ALL: [(&'static str, Self); 3] = [
        ("total", Self::Total),
        ("added", Self::Added),
        ("share", Self::Share),
    ];

    /// As it is written in JavaScript.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Total => "total",
            Self::Added => "added",
            Self::Share => "share",
        }
    }
}

/// The most that passes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Limit {
    /// In units of the balance's last decimal.
    pub(crate) units: i128,
    /// The share of the balance that this is.
    pub(crate) share: Option<Ratio>,
}

impl Limits {
    /// Reads `{ balances?, guardrails? }`: amounts by balance, and a list of `{ balance, of, warn?, block? }` with `of`
    /// one of `total`, `added` and `share`. An amount is a number or a text that holds one, exact as written, and counts
    /// to the balance's decimals, rounded down.
    ///
    /// # Errors
    ///
    /// Everything in it that cannot be taken, each with its path.
    pub fn from_json(tariff: &Tariff, text: &str) -> Result<Self, Error> {
        Self::from_node(tariff, &json::parse(json::without_mark(text))?)
    }

    pub(crate) fn from_node(tariff: &Tariff, node: &Node) -> Result<Self, Error> {
        let mut problems = Problems::default();
        let known = ["balances", "guardrails"];
        let object = Object::open(node, &Path::Root, &known, &mut problems);
        let limits = object.map(|_| Self::read(tariff, node, &mut problems));
        match problems.into_error() {
            Some(error) => Err(error),
            None => Ok(limits.unwrap_or_default()),
        }
    }

    /// Amounts by balance, in the tariff's order, that are there.
    pub(crate) fn of(tariff: &Tariff, given: &[Option<Ratio>]) -> Self {
        let mut balances = Vec::with_capacity(tariff.balances.len());
        for (index, rule) in tariff.balances.iter().enumerate() {
            let amount = given.get(index).copied().flatten();
            balances.push(amount.and_then(|amount| units(amount, rule)));
        }
        Self {
            balances,
            guardrails: Vec::new(),
        }
    }

    /// The most of each balance, in units of its last decimal, that passes every limit by itself.
    pub(crate) fn ceilings(&self, tariff: &Tariff) -> Vec<Option<i128>> {
        self.lowest(tariff, &self.balances, &|_| true)
    }

    /// The same of some balances and of guardrails of some kinds.
    fn lowest(
        &self,
        tariff: &Tariff,
        balances: &[Option<i128>],
        counts: &dyn Fn(Measure) -> bool,
    ) -> Vec<Option<i128>> {
        let mut ceilings = Vec::with_capacity(tariff.balances.len());
        for (index, _) in tariff.balances.iter().enumerate() {
            ceilings.push(balances.get(index).copied().flatten());
        }
        for guardrail in self.guardrails.iter().filter(|rail| counts(rail.of)) {
            if let (Some(ceiling), Some(block)) =
                (ceilings.get_mut(guardrail.balance), guardrail.block)
            {
                *ceiling = Some(ceiling.map_or(block.units, |units| units.min(block.units)));
            }
        }
        ceilings
    }

    /// The most that totals may be, and the most that may be added to them.
    pub(crate) fn apart(&self, tariff: &Tariff) -> [Vec<Option<i128>>; 2] {
        [
            self.lowest(tariff, &self.balances, &|of| of != Measure::Added),
            self.lowest(tariff, &[], &|of| of == Measure::Added),
        ]
    }

    /// Reads the keys `balances` and `guardrails` of an object whose other keys are another's.
    pub(crate) fn read(tariff: &Tariff, node: &Node, problems: &mut Problems) -> Self {
        let root = Path::Root;
        let written = members(node, &root, problems).unwrap_or_default();
        let part = |key| defined(written).find(|member| member.key == key);
        let given = match part("balances") {
            Some(member) => amounts(tariff, &member.value, &root.key("balances"), problems),
            None => Vec::new(),
        };
        let mut limits = Self::of(tariff, &given);
        if let Some(member) = part("guardrails") {
            let path = root.key("guardrails");
            match &member.value.kind {
                json::Kind::List(items) => {
                    for (index, item) in items.iter().enumerate() {
                        let path = path.index(index);
                        if let Some(rail) = guardrail(tariff, &given, item, &path, problems) {
                            limits.guardrails.push(rail);
                        }
                    }
                }
                other => problems.add(
                    Code::WrongType,
                    &path,
                    filled("expected a list, found {}", &[&other.name()]),
                ),
            }
        }
        limits
    }
}

/// Amounts by balance, in the tariff's order.
pub(crate) fn amounts(
    tariff: &Tariff,
    node: &Node,
    path: &Path<'_>,
    problems: &mut Problems,
) -> Vec<Option<Ratio>> {
    let mut amounts = Vec::with_capacity(tariff.balances.len());
    for _ in &tariff.balances {
        amounts.push(None);
    }
    for member in members(node, path, problems).unwrap_or_default() {
        let path = path.key(&member.key);
        let Some(index) = balance(tariff, &member.key, &path, problems) else {
            continue;
        };
        if let Some(amount) = amounts.get_mut(index)
            && member.is_defined()
        {
            let decimals = tariff.balances.get(index).map_or(0, |rule| rule.decimals);
            *amount = counted(&member.value, decimals)
                .or_else(|| decode::read(&member.value, &path, problems));
        }
    }
    amounts
}

/// A decimal with whatever digits arithmetic on doubles leaves behind, down to what its balance counts.
fn counted(node: &Node, decimals: u8) -> Option<Ratio> {
    let number = match &node.kind {
        json::Kind::Number(number) => **number,
        json::Kind::Text(text) => json::Number::parse(text)?,
        _ => return None,
    };
    let json::Number::Exact(decimal) = number else {
        return None;
    };
    let shift = decimal.exponent.checked_add(decimals.into())?;
    let power = 10_u128.checked_pow(shift.unsigned_abs());
    let units = match shift < 0 {
        true => power.map_or(Some(0), |power| decimal.digits.checked_div(power))?,
        false => product(decimal.digits, power?)?,
    };
    let unit = 10_u64.checked_pow(decimals.into())?;
    let units = u64::try_from(units).ok().filter(|_| !decimal.negative)?;
    Ratio::new(units, unit)
}

/// An amount in units of a balance's last decimal, rounded down.
pub(crate) fn units(amount: Ratio, rule: &BalanceRule) -> Option<i128> {
    let (down, _) = amount.around(10_u128.checked_pow(rule.decimals.into())?)?;
    i128::try_from(down).ok()
}

fn balance(tariff: &Tariff, id: &str, path: &Path<'_>, problems: &mut Problems) -> Option<usize> {
    let found = tariff.balances.iter().position(|rule| rule.id == id);
    if found.is_none() {
        let known = tariff.balances.iter().map(|rule| rule.id.as_str());
        problems.push(Problem::unknown(
            Code::UnknownBalance,
            path,
            "balance",
            id,
            known,
        ));
    }
    found
}

fn guardrail(
    tariff: &Tariff,
    given: &[Option<Ratio>],
    node: &Node,
    path: &Path<'_>,
    problems: &mut Problems,
) -> Option<Guardrail> {
    let known = ["balance", "of", "warn", "block"];
    let object = Object::open(node, path, &known, problems)?;
    let id: Option<String> = object.get("balance", problems);
    let id = id.filter(|id| !id.is_empty());
    let balance = balance(tariff, &id?, &path.key("balance"), problems);
    let of = match defined(members(node, path, problems)?).find(|member| member.key == "of") {
        Some(member) => one_of(&member.value, &path.key("of"), &Measure::ALL, problems),
        None => {
            problems.add(
                Code::MissingKey,
                &path.key("of"),
                "the key \"of\" is missing",
            );
            None
        }
    };
    let warn: Option<Option<Ratio>> = object.get("warn", problems);
    let block: Option<Option<Ratio>> = object.get("block", problems);
    let (warn, block) = (warn.flatten(), block.flatten());
    if warn.is_none() && block.is_none() && problems.is_empty() {
        problems.add(
            Code::MissingKey,
            &path.key("block"),
            "a guardrail says \"warn\", \"block\" or both",
        );
    }
    let (balance, of) = (balance?, of?);
    let rule = tariff.balances.get(balance)?;
    let whole = given.get(balance).copied().flatten();
    if of == Measure::Share && whole.is_none() {
        let message = "a share needs the balance it is a share of, among \"balances\"";
        problems.add(Code::MissingKey, &path.key("balance"), message);
        return None;
    }
    let mut limit = |value: Option<Ratio>, key| {
        let value = value?;
        let (share, amount) = match (of, whole) {
            (Measure::Share, Some(_)) if value > Ratio::ONE => {
                problems.add(
                    Code::TooLarge,
                    &path.key(key),
                    "a share is at most 1, which is all of the balance",
                );
                return None;
            }
            (Measure::Share, Some(whole)) => (Some(value), whole.times(value)),
            _ => (None, Some(value)),
        };
        let units = amount.and_then(|amount| units(amount, rule));
        if units.is_none() {
            let message = "this share cannot be held exactly";
            problems.add(Code::Inexact, &path.key(key), message);
        }
        let units = units?;
        Some(Limit { units, share })
    };
    let warn = limit(warn, "warn");
    let block = limit(block, "block");
    Some(Guardrail {
        balance,
        of,
        warn,
        block,
    })
}
