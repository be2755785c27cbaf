//! Time zones: where the day of an event and the end of the last day are read.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::CalendarError;
use crate::text::serde_as_text;

/// A time zone of the IANA database, such as `Europe/Helsinki`.
#[derive(Clone, PartialEq, Eq)]
pub struct Zone(TimeZone);

/// No zone has this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not a time zone: expected an IANA name, such as `Europe/Helsinki`")]
pub struct ZoneError {
    /// The text as it was given.
    pub given: String,
}

impl Zone {
    /// The IANA name.
    pub fn name(&self) -> &str {
        // INVARIANT (named): `from_str` makes zones by name only.
        self.0.iana_name().unwrap_or("Etc/UTC")
    }

    /// The zone's rules.
    pub const fn time_zone(&self) -> &TimeZone {
        &self.0
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Zone({})", self.name())
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Zone {
    type Err = ZoneError;

    fn from_str(text: &str) -> Result<Self, ZoneError> {
        TimeZone::get(text.trim())
            .ok()
            .filter(|zone| zone.iana_name().is_some())
            .map(Self)
            .ok_or_else(|| ZoneError { given: text.to_owned() })
    }
}

serde_as_text!(Zone);

/// The midnight that follows `date` in `zone`: the first instant at which a period whose last
/// day is `date` has ended.
///
/// Where that midnight does not exist because clocks go forward, it is the first instant of the
/// next day.
///
/// # Errors
/// [`CalendarError::OutOfRange`] at the end of representable time.
pub fn deadline_instant(date: Date, zone: &Zone) -> Result<Timestamp, CalendarError> {
    date.tomorrow()
        .and_then(|next| next.to_zoned_datetime(zone.0.clone()))
        .map(|midnight| midnight.timestamp())
        .map_err(|_| CalendarError::OutOfRange { date })
}

/// The day that it is in `zone` at `instant`.
pub fn day_in_zone(instant: Timestamp, zone: &Zone) -> Date {
    instant.to_zoned_datetime(zone.0.clone()).date()
}
