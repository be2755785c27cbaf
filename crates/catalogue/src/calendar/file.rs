//! Calendar files: `country,date,name`, one holiday a row.
//!
//! A year of a country is covered when the file has a row for it. Lines that begin with `#` are
//! remarks.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{CalendarId, Calendars, Year};
use crate::codes::CodeError;

/// A calendar file that cannot be used, with everything that is wrong with it.
#[derive(Debug, thiserror::Error)]
#[error("{}", rows.iter().map(|row| format!("{source_name}:{row}")).collect::<Vec<_>>().join("\n"))]
pub struct CalendarFileError {
    /// The name of the file.
    pub source_name: String,
    /// The rows that are wrong, in the order of the file.
    pub rows: Vec<RowError>,
}

/// A row of a calendar file that is wrong.
#[derive(Debug, thiserror::Error)]
#[error("{line}: {problem}")]
pub struct RowError {
    /// The line in the file, from 1.
    pub line: u64,
    /// What is wrong with it.
    #[source]
    pub problem: RowProblem,
}

/// What can be wrong with a row of a calendar file.
#[derive(Debug, thiserror::Error)]
pub enum RowProblem {
    /// The columns are not the three that are needed.
    #[error("expected the columns `country`, `date` and `name`")]
    Columns(#[source] csv::Error),
    /// The country is neither a Member State nor `EU`.
    #[error("{0}; `EU` stands for the institutions")]
    Country(#[source] CodeError),
    /// The date is no date.
    #[error("`{given}` is not a date: expected year-month-day, such as `2026-12-25`")]
    Date {
        /// The text as it was given.
        given: String,
        /// What the date parser found wrong.
        source: jiff::Error,
    },
    /// The holiday has no name.
    #[error("the holiday has no name")]
    Name,
}

#[derive(serde::Deserialize)]
struct Row {
    country: String,
    date: String,
    name: String,
}

/// Reads a calendar file. `source_name` is kept with each year as its origin.
///
/// # Errors
/// [`CalendarFileError`] with every row that is wrong.
pub(super) fn parse(text: &str, source_name: &str) -> Result<Calendars, CalendarFileError> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut years = BTreeMap::new();
    let mut rows = Vec::new();
    let headers = reader.headers().cloned().unwrap_or_default();
    let mut record = csv::StringRecord::new();
    loop {
        let line = reader.position().line();
        let read = reader.read_record(&mut record);
        let line = record.position().map_or(line, csv::Position::line);
        let row = match read {
            Ok(false) => break,
            Ok(true) => record.deserialize(Some(&headers)),
            Err(error) => Err(error),
        };
        match row.map_err(RowProblem::Columns).and_then(holiday) {
            Ok((calendar, date, name)) => {
                years
                    .entry((calendar, date.year()))
                    .or_insert_with(|| Year::from_source(source_name))
                    .holidays
                    .insert(date, name);
            }
            Err(problem) => rows.push(RowError { line, problem }),
        }
    }
    if rows.is_empty() {
        Ok(Calendars { years })
    } else {
        Err(CalendarFileError { source_name: source_name.to_owned(), rows })
    }
}

fn holiday(row: Row) -> Result<(CalendarId, Date, String), RowProblem> {
    let calendar = row.country.parse().map_err(RowProblem::Country)?;
    let date =
        row.date.parse().map_err(|source| RowProblem::Date { given: row.date.clone(), source })?;
    if row.name.is_empty() { Err(RowProblem::Name) } else { Ok((calendar, date, row.name)) }
}
