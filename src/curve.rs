//! What a usage costs along one of its inputs, at every value.

use serde::{Serialize, Serializer, ser::SerializeMap};

#[cfg(target_arch = "wasm32")]
use crate::amount::nearest_double;
use crate::{
    along::{Along, Piece, Vary},
    amount::{Amount, Quantity},
    edges::{Edge, Edges},
    error::{Code, Error, Problem},
    tariff::Tariff,
    text::filled,
    usage::Usage,
};

/// A curve has no more runs.
const MOST_RUNS: usize = 100_000;

/// What a usage costs along one of its inputs: runs of values that cost the same.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Curve<'t> {
    /// The input that was varied.
    pub input: &'t str,
    /// The first value, in the unit of the input: seconds for a duration.
    pub from: Quantity,
    /// The last value.
    pub to: Quantity,
    /// How far each value is from the one before.
    pub step: Quantity,
    /// Where a charge changes its course, in rising order.
    pub edges: Vec<Edge<'t>>,
    scale: u128,
    starts: Vec<u128>,
    /// By balance of the tariff, one for each start, in units of the last decimal; negative where there is no price.
    totals: Vec<Column<'t>>,
}

#[derive(Debug, Clone, PartialEq)]
struct Column<'t> {
    balance: &'t str,
    decimals: u8,
    units: Vec<i64>,
}

impl<'t> Curve<'t> {
    /// The first value of each run: up to before the next run, everything costs the same.
    pub fn starts(&self) -> impl Iterator<Item = Quantity> {
        self.starts
            .iter()
            .map(|start| Quantity::new(*start, self.scale))
    }

    /// The total of a balance in each run, `None` where the card has no price; empty for a balance that it does not have.
    pub fn totals(&self, balance: &str) -> impl Iterator<Item = Option<Amount>> {
        let column = self.totals.iter().find(|column| column.balance == balance);
        let amount = |column: &Column<'_>, units: i64| {
            (units >= 0).then(|| Amount::new(units, column.decimals))
        };
        column
            .into_iter()
            .flat_map(move |column| column.units.iter().map(move |units| amount(column, *units)))
    }

    /// The starts as doubles.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn start_doubles(&self) -> Vec<f64> {
        let mut doubles = Vec::with_capacity(self.starts.len());
        for start in &self.starts {
            doubles.push(nearest_double(*start, self.scale));
        }
        doubles
    }

    /// The totals of a balance as doubles, NaN where there is no price.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn total_doubles(&self, balance: &str) -> Vec<f64> {
        let mut doubles = Vec::new();
        for column in self
            .totals
            .iter()
            .filter(|column| column.balance == balance)
        {
            let unit = 10_u128.saturating_pow(column.decimals.into());
            for units in &column.units {
                doubles.push(match u128::try_from(*units) {
                    Ok(units) => nearest_double(units, unit),
                    Err(_) => f64::NAN,
                });
            }
        }
        doubles
    }

    /// The balances of the totals, in the tariff's order.
    pub fn balances(&self) -> impl Iterator<Item = &'t str> {
        self.totals.iter().map(|column| column.balance)
    }
}

impl Serialize for Curve<'_> {
    /// `{ input, from, to, step, edges, starts: [number], totals: { balance: [number or null] } }`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("input", self.input)?;
        map.serialize_entry("from", &self.from)?;
        map.serialize_entry("to", &self.to)?;
        map.serialize_entry("step", &self.step)?;
        map.serialize_entry("starts", &self.starts().collect::<Vec<_>>())?;
        map.serialize_entry("totals", &Totals(self))?;
        map.serialize_entry("edges", &self.edges)?;
        map.end()
    }
}

struct Totals<'c, 't>(&'c Curve<'t>);

impl Serialize for Totals<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let totals = |balance| self.0.totals(balance).collect::<Vec<_>>();
        serializer.collect_map(self.0.balances().map(|balance| (balance, totals(balance))))
    }
}

/// Prices a usage at every value of one of its inputs, exactly: on the input's own steps (a millisecond for a duration
/// without one), or every `step` from the first value on.
///
/// ```
/// use credit_estimator::{Tariff, Usage, Vary, cards, curve};
///
/// let tariff = Tariff::from_json(cards::INVIDEO_V4)?;
/// let usage = Usage::new().with("media", "stock").with("actor", "human");
/// let curve = curve(&tariff, &usage, &Vary::new("duration").from(1).to(180))?;
/// let starts: Vec<String> = curve.starts().map(|start| start.to_string()).collect();
/// let credits: Vec<String> = curve.totals("credits").flatten().map(|a| a.to_string()).collect();
/// assert_eq!(starts, ["1", "60.001", "120.001"]);
/// assert_eq!(credits, ["5.00", "10.00", "15.00"]);
/// # Ok::<(), credit_estimator::Error>(())
/// ```
///
/// # Errors
///
/// The problems of the usage, each with the path to its input; what cannot be varied, at `vary`; what `from`, `to` and
/// `step` cannot be; [`Code::TooLarge`] at `step` where the price changes more than 100,000 times. An input that is
/// missing anywhere is an error; what the card has no price for is a run without one, and an error where it is everything.
pub fn curve<'t>(tariff: &'t Tariff, usage: &Usage, vary: &Vary) -> Result<Curve<'t>, Error> {
    let mut along = Along::new(tariff, usage, vary)?;
    let mut totals = Vec::with_capacity(tariff.balances.len());
    for rule in &tariff.balances {
        totals.push(Column {
            balance: &rule.id,
            decimals: rule.decimals,
            units: Vec::new(),
        });
    }
    let mut curve = Curve {
        input: along.id(),
        from: along.quantity(along.grid.first),
        to: along.quantity(along.grid.last),
        step: along.quantity(along.grid.stride),
        edges: Vec::new(),
        scale: along.numeric.scale,
        starts: Vec::new(),
        totals,
    };
    let mut edges = Edges::default();
    let mut width = 1;
    let mut any = false;
    while let Some(piece) = along.piece()? {
        edges.add(&mut along, piece);
        any |= piece.priced;
        if piece.priced {
            curve.follow(&mut along, piece, &mut width)?;
        } else {
            curve.run(piece.first, None);
        }
        along.hold()?;
    }
    if let Some(error) = along.trouble.filter(|_| !any) {
        return Err(error);
    }
    curve.edges = edges.into_found();
    Ok(curve)
}

impl Curve<'_> {
    /// Adds the runs of a piece. `width` is how wide the last one was, as the next one mostly is.
    fn follow(
        &mut self,
        along: &mut Along<'_>,
        piece: Piece,
        width: &mut u128,
    ) -> Result<(), Error> {
        let grid = along.grid;
        let mut start = piece.first;
        loop {
            along.price(start);
            let units = along.units.clone();
            self.run(start, Some(&units));
            along.hold()?;
            if self.starts.len() > MOST_RUNS {
                return Err(too_many(along));
            }
            let mut differs = |value| {
                along.price(value);
                along.units != units
            };
            let Some(next) = grid.next(start, piece.last, *width, &mut differs) else {
                return Ok(());
            };
            *width = grid.strides(start, next);
            start = next;
        }
    }

    /// Adds a run, where it is not the one before going on.
    fn run(&mut self, start: u128, units: Option<&[u128]>) {
        // Compiling proved that a shown total has 15 digits at most.
        let shown = |balance: usize| match units {
            Some(units) => units
                .get(balance)
                .map_or(0, |units| i64::try_from(*units).unwrap_or(0)),
            None => -1,
        };
        let mut columns = self.totals.iter().enumerate();
        if columns.all(|(balance, column)| column.units.last() == Some(&shown(balance))) {
            return;
        }
        self.starts.push(start);
        for (balance, column) in self.totals.iter_mut().enumerate() {
            column.units.push(shown(balance));
        }
    }
}

fn too_many(along: &Along<'_>) -> Error {
    let grid = along.grid;
    let values = grid.strides(grid.first, grid.last).saturating_add(1);
    let most = u128::try_from(MOST_RUNS).unwrap_or(1);
    let step = values.div_ceil(most).wrapping_mul(grid.stride);
    let message = filled(
        "the price changes more than {} times; a step of {} or more is coarse enough",
        &[&MOST_RUNS, &along.quantity(step)],
    );
    Problem::new(Code::TooLarge, "step", message).into()
}
