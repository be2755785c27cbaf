//! Opening hours: whether somebody is there at an instant.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use super::Unit;
use crate::calendar::{CalendarError, Calendars, DayKind, Zone, day_in_zone};
use crate::text::serde_as_text;

/// How many days ahead the next opening is looked for.
const LOOK_AHEAD_DAYS: u32 = 14;

/// When somebody is there, by weekday, in local time. A day without spans is closed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Hours {
    /// Mondays.
    pub mon: Vec<OpenSpan>,
    /// Tuesdays.
    pub tue: Vec<OpenSpan>,
    /// Wednesdays.
    pub wed: Vec<OpenSpan>,
    /// Thursdays.
    pub thu: Vec<OpenSpan>,
    /// Fridays.
    pub fri: Vec<OpenSpan>,
    /// Saturdays.
    pub sat: Vec<OpenSpan>,
    /// Sundays.
    pub sun: Vec<OpenSpan>,
    /// Public holidays, whatever weekday they fall on.
    pub holiday: Vec<OpenSpan>,
}

impl Hours {
    /// The spans of a weekday that is no holiday, in the order in which they are kept.
    pub fn on(&self, weekday: Weekday) -> &[OpenSpan] {
        match weekday {
            Weekday::Monday => &self.mon,
            Weekday::Tuesday => &self.tue,
            Weekday::Wednesday => &self.wed,
            Weekday::Thursday => &self.thu,
            Weekday::Friday => &self.fri,
            Weekday::Saturday => &self.sat,
            Weekday::Sunday => &self.sun,
        }
    }
}

/// A part of a day in whole minutes, written `08:00-16:15`; `24:00` is the end of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OpenSpan {
    from: u16,
    until: u16,
}

/// A text that is no part of a day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not a part of a day: expected two times, such as `08:00-16:15`")]
pub struct HoursError {
    /// The text as it was given.
    pub given: String,
}

impl OpenSpan {
    /// The first minute, counted from midnight: 0 to 1439.
    pub const fn from_minute(self) -> u16 {
        self.from
    }

    /// The minute at which the span has ended, counted from midnight: 1 to 1440.
    pub const fn until_minute(self) -> u16 {
        self.until
    }

    /// The instants at which the span begins and ends on `date`.
    ///
    /// # Errors
    /// [`CalendarError::OutOfRange`] at the end of representable time.
    pub fn instants(
        self,
        date: Date,
        zone: &Zone,
    ) -> Result<(Timestamp, Timestamp), CalendarError> {
        Ok((instant(date, self.from, zone)?, instant(date, self.until, zone)?))
    }
}

/// The instant at which the clocks in `zone` show `minute` of `date`.
fn instant(date: Date, minute: u16, zone: &Zone) -> Result<Timestamp, CalendarError> {
    date.at(0, 0, 0, 0)
        .checked_add(i64::from(minute).minutes())
        .and_then(|time| time.to_zoned_datetime(zone.time_zone().clone()))
        .map(|time| time.timestamp())
        .map_err(|_| CalendarError::OutOfRange { date })
}

impl fmt::Display for OpenSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, until) = (self.from, self.until);
        write!(f, "{:02}:{:02}-{:02}:{:02}", from / 60, from % 60, until / 60, until % 60)
    }
}

impl FromStr for OpenSpan {
    type Err = HoursError;

    fn from_str(text: &str) -> Result<Self, HoursError> {
        text.trim()
            .split_once(['-', '–'])
            .and_then(|(from, until)| Some(Self { from: minute(from)?, until: minute(until)? }))
            .filter(|span| span.from < span.until)
            .ok_or_else(|| HoursError { given: text.to_owned() })
    }
}

/// The minute of the day that `text` (`08:00`) names.
fn minute(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let hours: u16 = hours.parse().ok()?;
    let minutes: u16 = minutes.parse().ok().filter(|minutes| *minutes < 60)?;
    Some(hours * 60 + minutes).filter(|minute| hours <= 24 && *minute <= 24 * 60)
}

serde_as_text!(OpenSpan);

/// Whether somebody is there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Opening {
    /// Somebody is there, until then.
    Open {
        /// When the unit closes.
        until: Timestamp,
    },
    /// Nobody is there, but somebody can be called for what cannot wait.
    NightContactOnly {
        /// When the unit opens next; absent if not within a fortnight.
        until: Option<Timestamp>,
    },
    /// Nobody is there until then.
    ClosedUntil {
        /// When the unit opens next; absent if not within a fortnight.
        at: Option<Timestamp>,
    },
    /// The unit is closed for the whole day, which is otherwise one of its days.
    ClosedToday {
        /// Why.
        why: Closed,
    },
}

/// Why a unit is closed for a day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Closed {
    /// A public holiday, with its name.
    Holiday(String),
    /// The unit has said so, with its reason.
    OutOfTurn(String),
}

impl Unit {
    /// The spans in which somebody is there on `date`, holidays and closed days considered.
    ///
    /// # Errors
    /// [`CalendarError::NoYear`] where the holidays of that year are not known.
    pub fn spans_on(
        &self,
        date: Date,
        calendars: &Calendars,
    ) -> Result<&[OpenSpan], CalendarError> {
        if self.closed_days.contains_key(&date) || !self.exists_on(date) {
            return Ok(&[]);
        }
        Ok(match calendars.kind(self.calendar(), date)? {
            DayKind::Holiday(_) => &self.hours.holiday,
            DayKind::Working | DayKind::Weekend => self.hours.on(date.weekday()),
        })
    }

    /// Whether somebody is there at `now`.
    ///
    /// # Errors
    /// [`CalendarError::NoYear`] where the holidays of that year are not known.
    pub fn opening(&self, now: Timestamp, calendars: &Calendars) -> Result<Opening, CalendarError> {
        let today = day_in_zone(now, &self.zone);
        for span in self.spans_on(today, calendars)? {
            let (from, until) = span.instants(today, &self.zone)?;
            if from <= now && now < until {
                return Ok(Opening::Open { until });
            }
        }
        if let Some(why) = self.closed_for_the_day(today, calendars)? {
            return Ok(Opening::ClosedToday { why });
        }
        let next = self.next_opening(now, today, calendars)?;
        Ok(match self.reach.night {
            Some(_) => Opening::NightContactOnly { until: next },
            None => Opening::ClosedUntil { at: next },
        })
    }

    fn closed_for_the_day(
        &self,
        today: Date,
        calendars: &Calendars,
    ) -> Result<Option<Closed>, CalendarError> {
        if let Some(reason) = self.closed_days.get(&today) {
            return Ok(Some(Closed::OutOfTurn(reason.clone())));
        }
        let usual = !self.hours.on(today.weekday()).is_empty();
        let holiday = calendars.holiday(self.calendar(), today)?;
        Ok(holiday
            .filter(|_| usual && self.hours.holiday.is_empty())
            .map(|name| Closed::Holiday(name.to_owned())))
    }

    fn next_opening(
        &self,
        now: Timestamp,
        today: Date,
        calendars: &Calendars,
    ) -> Result<Option<Timestamp>, CalendarError> {
        let mut day = today;
        for _ in 0..=LOOK_AHEAD_DAYS {
            // A year that is not covered ends the view, it does not hide that the unit is closed.
            let Ok(spans) = self.spans_on(day, calendars) else { return Ok(None) };
            let mut openings = Vec::new();
            for span in spans {
                openings.push(span.instants(day, &self.zone)?.0);
            }
            if let Some(next) = openings.into_iter().filter(|opening| *opening > now).min() {
                return Ok(Some(next));
            }
            day = day.tomorrow().map_err(|_| CalendarError::OutOfRange { date: day })?;
        }
        Ok(None)
    }
}
