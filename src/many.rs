//! Many usages at once, as columns.

use crate::{
    amount::Amount,
    error::{Code, Error, Problem},
    estimate::estimate,
    tariff::Tariff,
    usage::{Usage, Value},
};

/// The totals of many usages, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Many<'t> {
    /// How many rows there are.
    pub rows: usize,
    totals: Vec<(&'t str, Vec<Amount>)>,
}

impl<'t> Many<'t> {
    /// The totals of a balance, one a row.
    #[must_use]
    pub fn get(&self, balance: &str) -> Option<&[Amount]> {
        self.iter()
            .find(|(id, _)| *id == balance)
            .map(|(_, totals)| totals)
    }

    /// The balances and their totals, in the card's order.
    pub fn iter(&self) -> impl Iterator<Item = (&'t str, &[Amount])> {
        self.totals
            .iter()
            .map(|(id, totals)| (*id, totals.as_slice()))
    }
}

/// Prices a usage for each row of some columns; `same` is what all rows have in common.
///
/// ```
/// use credit_estimator::{Tariff, Usage, cards, estimate_many};
///
/// let tariff = Tariff::from_json(cards::INVIDEO_V4)?;
/// let same = Usage::new().with("media", "generative");
/// let many = estimate_many(&tariff, &same, &[("duration", &[30.0, 210.0])])?;
/// assert_eq!(many.get("credits").unwrap()[1].to_string(), "70.00");
/// # Ok::<(), credit_estimator::Error>(())
/// ```
///
/// # Errors
///
/// [`Code::MissingInput`] without a column, [`Code::InvalidValue`] where columns differ in length, and every problem of the
/// first row that cannot be priced, with the row in the path: `duration[17]`.
pub fn estimate_many<'t, V: Into<Value> + Clone>(
    tariff: &'t Tariff,
    same: &Usage,
    columns: &[(&str, &[V])],
) -> Result<Many<'t>, Error> {
    let Some((_, first)) = columns.first() else {
        let message = "no input has a column of values";
        return Err(Problem::new(Code::MissingInput, "", message).into());
    };
    let rows = first.len();
    if let Some((id, column)) = columns.iter().find(|(_, column)| column.len() != rows) {
        let message = format!(
            "the columns differ in length: {} here, {rows} in the first",
            column.len()
        );
        return Err(Problem::new(Code::InvalidValue, *id, message).into());
    }
    let mut totals: Vec<(&str, Vec<Amount>)> = tariff
        .balances
        .iter()
        .map(|balance| (balance.id.as_str(), Vec::with_capacity(rows)))
        .collect();
    let mut usage = same.clone();
    for row in 0..rows {
        for (id, column) in columns {
            if let Some(value) = column.get(row) {
                usage.set(id, value.clone());
            }
        }
        let estimate = estimate(tariff, &usage).map_err(|error| in_row(&error, row, columns))?;
        for ((_, totals), (_, total)) in totals.iter_mut().zip(estimate.totals.iter()) {
            totals.push(total);
        }
    }
    Ok(Many { rows, totals })
}

/// The error of a row, with the row in the paths of what stands in columns.
fn in_row<V>(error: &Error, row: usize, columns: &[(&str, &[V])]) -> Error {
    let problems = error.problems().map(|problem| {
        let path = problem.path();
        let end = path.find(['.', '[']).unwrap_or(path.len());
        match path.split_at_checked(end) {
            Some((input, rest)) if columns.iter().any(|(id, _)| *id == input) => {
                let path = format!("{input}[{row}]{rest}");
                Problem::new(problem.code(), path, problem.message())
            }
            _ => problem.clone(),
        }
    });
    Error::from_problems(problems.collect()).unwrap_or_else(|| error.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cards;

    #[test]
    fn rows_cost_what_they_cost_alone() {
        let tariff = Tariff::from_json(cards::INVIDEO_V4).unwrap();
        let same = Usage::new().with("actor", "human");
        let seconds: Vec<u32> = (0..600).collect();
        let models: Vec<&str> = seconds
            .iter()
            .map(|second| if second % 3 == 0 { "pro" } else { "ultra" })
            .collect();
        let many = estimate_many(&tariff, &same, &[("duration", &seconds)]).unwrap();
        let by_model = estimate_many(&tariff, &same, &[("model", &models)]).unwrap();
        assert_eq!((many.rows, by_model.rows), (600, 600));
        for (row, second) in seconds.iter().enumerate() {
            let alone = estimate(&tariff, &same.clone().with("duration", *second)).unwrap();
            for (id, total) in alone.totals.iter() {
                assert_eq!(
                    many.get(id).unwrap().get(row),
                    Some(&total),
                    "{second} s, {id}"
                );
            }
        }
    }

    #[test]
    fn a_row_that_is_refused_is_named() {
        let tariff = Tariff::from_json(cards::INVIDEO_V4).unwrap();
        let none = Usage::new();
        for (columns, code, path) in [
            (
                &[("duration", &[1.0, -2.0][..])][..],
                Code::Negative,
                "duration[1]",
            ),
            (&[("duration", &[f64::NAN])], Code::NotFinite, "duration[0]"),
            (&[("images", &[1.0, 2.0, 1.5])], Code::OffStep, "images[2]"),
            (&[("length", &[1.0])], Code::UnknownInput, "length[0]"),
            (
                &[("duration", &[1.0]), ("images", &[])],
                Code::InvalidValue,
                "images",
            ),
            (&[], Code::MissingInput, ""),
        ] {
            let error = estimate_many(&tariff, &none, columns).unwrap_err();
            let problem = error.problems().next().unwrap();
            assert_eq!((problem.code(), problem.path()), (code, path));
        }
    }
}
