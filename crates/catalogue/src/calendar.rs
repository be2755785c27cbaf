//! Working days: which days count, where a period ends, and at which instant.
//!
//! The day of the event does not count, and working days are all days but Saturdays, Sundays and
//! the public holidays of the State whose calendar applies: Regulation (EEC, Euratom) 1182/71,
//! Articles 2 and 3. A year for which no calendar is loaded is an error, never a guess.

mod file;
#[cfg(test)]
mod tests;
mod zone;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, Weekday};

pub use file::{CalendarFileError, RowError, RowProblem};
pub use zone::{Zone, ZoneError, day_in_zone, deadline_instant};

use crate::codes::{CodeError, State};
use crate::text::serde_as_text;

/// The calendar file that is part of the program.
const SHIPPED: &str = include_str!("../../../data/holidays-eu-2024-2028.csv");
/// What the shipped years give as their source.
const SHIPPED_SOURCE: &str = "holidays-eu-2024-2028.csv (holidays 0.109)";

/// Whose days count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CalendarId {
    /// The public holidays of a Member State, written with its code.
    State(State),
    /// The days of the Union's institutions, written `EU`.
    Institutions,
}

impl From<State> for CalendarId {
    fn from(state: State) -> Self {
        CalendarId::State(state)
    }
}

impl fmt::Display for CalendarId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CalendarId::State(state) => state.fmt(f),
            CalendarId::Institutions => f.pad("EU"),
        }
    }
}

impl FromStr for CalendarId {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        if text.trim().eq_ignore_ascii_case("EU") {
            Ok(CalendarId::Institutions)
        } else {
            text.parse().map(CalendarId::State)
        }
    }
}

serde_as_text!(CalendarId);

/// A calendar cannot answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// The holidays of that year are not known.
    #[error(
        "the public holidays of {calendar} in {year} are not known: load them with \
         `ecm admin calendar load FILE`"
    )]
    NoYear {
        /// Whose holidays are missing.
        calendar: CalendarId,
        /// The year that is missing.
        year: i16,
    },
    /// The day lies at the end of representable time.
    #[error("{date} is too far away to count from")]
    OutOfRange {
        /// The day from which counting went on.
        date: Date,
    },
}

/// What kind of day a day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayKind<'a> {
    /// It counts.
    Working,
    /// A Saturday or a Sunday that is not a holiday as well.
    Weekend,
    /// A public holiday, with its name.
    Holiday(&'a str),
}

/// The holidays of one year, and where they come from.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Year {
    source: String,
    holidays: BTreeMap<Date, String>,
}

impl Year {
    fn from_source(source: &str) -> Self {
        Self { source: source.to_owned(), holidays: BTreeMap::new() }
    }
}

/// The calendars that are loaded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendars {
    years: BTreeMap<(CalendarId, i16), Year>,
}

impl Calendars {
    /// The calendars that are part of the program: the 27 Member States, 2024 to 2028.
    ///
    /// # Errors
    /// None in a program whose tests pass; the shipped file is read as any other.
    pub fn shipped() -> Result<Self, CalendarFileError> {
        Self::parse(SHIPPED, SHIPPED_SOURCE)
    }

    /// Reads calendars from CSV with the columns `country`, `date` and `name`; `EU` as country
    /// stands for the institutions. `source` says where they come from and is kept with them.
    ///
    /// # Errors
    /// [`CalendarFileError`] with every row that is wrong.
    pub fn parse(csv: &str, source: &str) -> Result<Self, CalendarFileError> {
        file::parse(csv, source)
    }

    /// These calendars with `newer` laid over them: a year that `newer` has is taken from there
    /// as a whole.
    #[must_use]
    pub fn merge(mut self, newer: Calendars) -> Self {
        self.years.extend(newer.years);
        self
    }

    /// Where the holidays of a year come from; absent where the year is not covered.
    pub fn source(&self, calendar: impl Into<CalendarId>, year: i16) -> Option<&str> {
        self.years.get(&(calendar.into(), year)).map(|year| year.source.as_str())
    }

    /// The years that are covered, with their sources, in the order of calendar and year.
    pub fn covered(&self) -> impl Iterator<Item = (CalendarId, i16, &str)> {
        self.years.iter().map(|((calendar, year), days)| (*calendar, *year, days.source.as_str()))
    }

    /// The name of the holiday that `date` is; absent where it is none.
    ///
    /// # Errors
    /// [`CalendarError::NoYear`].
    pub fn holiday(
        &self,
        calendar: impl Into<CalendarId>,
        date: Date,
    ) -> Result<Option<&str>, CalendarError> {
        let calendar = calendar.into();
        let year = date.year();
        let days =
            self.years.get(&(calendar, year)).ok_or(CalendarError::NoYear { calendar, year })?;
        Ok(days.holidays.get(&date).map(String::as_str))
    }

    /// What kind of day `date` is.
    ///
    /// # Errors
    /// [`CalendarError::NoYear`], on weekends too: half a calendar would be a guess.
    pub fn kind(
        &self,
        calendar: impl Into<CalendarId>,
        date: Date,
    ) -> Result<DayKind<'_>, CalendarError> {
        Ok(match self.holiday(calendar, date)? {
            Some(name) => DayKind::Holiday(name),
            None if matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) => {
                DayKind::Weekend
            }
            None => DayKind::Working,
        })
    }

    /// Says whether `date` counts as a working day.
    ///
    /// # Errors
    /// [`CalendarError::NoYear`].
    pub fn is_working_day(
        &self,
        calendar: impl Into<CalendarId>,
        date: Date,
    ) -> Result<bool, CalendarError> {
        self.kind(calendar, date).map(|kind| kind == DayKind::Working)
    }

    /// The first working day after `date`.
    ///
    /// # Errors
    /// [`CalendarError::NoYear`], [`CalendarError::OutOfRange`].
    pub fn next_working_day(
        &self,
        calendar: impl Into<CalendarId>,
        date: Date,
    ) -> Result<Date, CalendarError> {
        let calendar = calendar.into();
        let mut day = tomorrow(date)?;
        while !self.is_working_day(calendar, day)? {
            day = tomorrow(day)?;
        }
        Ok(day)
    }

    /// The last day of a period of `n` working days after the event on `from`.
    ///
    /// `from` itself does not count; for `n` = 0 it is the answer.
    ///
    /// # Errors
    /// [`CalendarError::NoYear`], [`CalendarError::OutOfRange`].
    pub fn add_working_days(
        &self,
        calendar: impl Into<CalendarId>,
        from: Date,
        n: u32,
    ) -> Result<Date, CalendarError> {
        let calendar = calendar.into();
        (0..n).try_fold(from, |day, _| self.next_working_day(calendar, day))
    }

    /// The number of working days after `from` up to and including `to`; 0 where `to` is not
    /// after `from`.
    ///
    /// # Errors
    /// [`CalendarError::NoYear`], [`CalendarError::OutOfRange`].
    pub fn working_days(
        &self,
        calendar: impl Into<CalendarId>,
        from: Date,
        to: Date,
    ) -> Result<u32, CalendarError> {
        let calendar = calendar.into();
        let mut count = 0;
        let mut day = from;
        while day < to {
            day = tomorrow(day)?;
            count += u32::from(self.is_working_day(calendar, day)?);
        }
        Ok(count)
    }

    /// The days from `from` to `until`, both included, each with its kind.
    ///
    /// # Errors
    /// [`CalendarError::NoYear`], [`CalendarError::OutOfRange`].
    pub fn days(
        &self,
        calendar: impl Into<CalendarId>,
        from: Date,
        until: Date,
    ) -> Result<Vec<(Date, DayKind<'_>)>, CalendarError> {
        let calendar = calendar.into();
        let mut days = Vec::new();
        let mut day = from;
        while day <= until {
            days.push((day, self.kind(calendar, day)?));
            day = tomorrow(day)?;
        }
        Ok(days)
    }
}

fn tomorrow(date: Date) -> Result<Date, CalendarError> {
    date.tomorrow().map_err(|_| CalendarError::OutOfRange { date })
}
