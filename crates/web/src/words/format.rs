//! Days, times, numbers and lists as the reader's language writes them.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};

use super::{Language, Words};

impl Words {
    /// A day without its year: "Wed 25 Nov", "Mi., 25. Nov.", "mer. 25 nov.".
    pub fn day(self, day: Date) -> String {
        self.with("date-day", &self.day_parts(day))
    }

    /// A day with its year: "Wed 25 Nov 2026".
    pub fn day_year(self, day: Date) -> String {
        self.with("date-day-year", &self.day_parts(day))
    }

    /// A day with the zone that it is a day of: "Wed 25 Nov, CET", "Mi., 25. Nov., MEZ". The zone's short name is
    /// the one in force at the end of that day.
    pub fn day_zone(self, day: Date, zone: &TimeZone) -> String {
        format!("{}, {}", self.day(day), self.zone_at_end(day, zone))
    }

    /// The end of a day: "end of Wed 25 Nov, CET".
    pub fn end_of(self, day: Date, zone: &TimeZone) -> String {
        self.with("date-end-of", &[("day", self.day_zone(day, zone).into())])
    }

    /// A time of day with its zone: "10:42 CET".
    pub fn time(self, at: Timestamp, zone: &TimeZone) -> String {
        let zoned = at.to_zoned_datetime(zone.clone());
        format!("{} {}", zoned.strftime("%H:%M"), self.zone_name(&zoned))
    }

    /// A time of day with its seconds and zone: "10:41:52 CET".
    pub fn time_seconds(self, at: Timestamp, zone: &TimeZone) -> String {
        let zoned = at.to_zoned_datetime(zone.clone());
        format!("{} {}", zoned.strftime("%H:%M:%S"), self.zone_name(&zoned))
    }

    /// An instant without its year: "Tue 24 Nov, 10:42 CET".
    pub fn moment(self, at: Timestamp, zone: &TimeZone) -> String {
        let day = at.to_zoned_datetime(zone.clone()).date();
        format!("{}, {}", self.day(day), self.time(at, zone))
    }

    /// An instant with its year: "Tue 24 Nov 2026, 10:42 CET".
    pub fn moment_year(self, at: Timestamp, zone: &TimeZone) -> String {
        let day = at.to_zoned_datetime(zone.clone()).date();
        format!("{}, {}", self.day_year(day), self.time(at, zone))
    }

    /// A whole number with its thousands set apart: "2,400", "2.400", "2 400".
    pub fn number(self, value: i64) -> String {
        self.decimal(&value.to_string())
    }

    /// A decimal number, given as digits with a point, with exactly the digits given: "18.6", "18,6". What is not
    /// a number comes back as it is.
    pub fn decimal(self, value: &str) -> String {
        let (sign, rest) = value.strip_prefix('-').map_or(("", value), |rest| ("−", rest));
        let (whole, fraction) =
            rest.split_once('.').map_or((rest, None), |(whole, part)| (whole, Some(part)));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || fraction.is_some_and(|part| !digits(part)) {
            return value.to_owned();
        }
        let (thousands, point) = match self.language {
            Language::En => (',', '.'),
            Language::De => ('.', ','),
            Language::Fr => ('\u{202f}', ','),
        };
        let mut text = sign.to_owned();
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                text.push(thousands);
            }
            text.push(digit);
        }
        if let Some(part) = fraction {
            text.push(point);
            text.push_str(part);
        }
        text
    }

    /// The size of a file: "2.1 MB", "84 kB".
    pub fn bytes(self, bytes: u64) -> String {
        let (value, unit) = match bytes {
            0..1_000 => return format!("{bytes} B"),
            1_000..1_000_000 => (bytes.div_ceil(1_000).to_string(), "kB"),
            1_000_000..1_000_000_000 => (tenths(bytes, 100_000), "MB"),
            _ => (tenths(bytes, 100_000_000), "GB"),
        };
        format!("{} {unit}", self.decimal(&value))
    }

    /// Names in a row: "Austria, Belgium and France".
    pub fn list(self, names: &[String]) -> String {
        match names {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => self.with(
                "list-and",
                &[("first", first.join(", ").into()), ("last", last.as_str().into())],
            ),
        }
    }

    /// The day that a person typed: `2026-11-24`, `24.11.2026`, `24/11/2026`, or as [`Words::day_year`] writes it
    /// with or without the weekday (`24 Nov 2026`, `24. Nov. 2026`). `None` where it is none of these, or no day of
    /// the calendar.
    pub fn parse_day(self, typed: &str) -> Option<Date> {
        let typed = typed.trim().to_lowercase();
        if let Ok(day) = typed.parse::<Date>() {
            return Some(day);
        }
        let parts: Vec<&str> = typed
            .split(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | '/'))
            .filter(|part| !part.is_empty())
            .collect();
        let [.., day, month, year] = parts.as_slice() else { return None };
        let month = month.parse().ok().or_else(|| self.month_named(month))?;
        Date::new(year.parse().ok()?, month, day.parse().ok()?).ok()
    }

    fn month_named(self, typed: &str) -> Option<i8> {
        (1..=12_i8).find(|month| {
            let name = self.text(&format!("month-{month}")).to_lowercase();
            let name = name.trim_end_matches('.');
            name == typed || (typed.chars().count() > 3 && typed.starts_with(name))
        })
    }

    /// The zone's short name, as the language says it: "CET" is "MEZ" in German.
    fn zone_name(self, zoned: &ZonedDateTime) -> String {
        self.code("zone", &zoned.strftime("%Z").to_string())
    }

    fn zone_at_end(self, day: Date, zone: &TimeZone) -> String {
        day.at(23, 59, 59, 0)
            .to_zoned_datetime(zone.clone())
            .map_or_else(|_| String::from("UTC"), |zoned| self.zone_name(&zoned))
    }

    fn day_parts(self, day: Date) -> [(&'static str, fluent_bundle::FluentValue<'static>); 4] {
        let weekday = day.weekday().to_monday_one_offset();
        [
            ("weekday", self.text(&format!("weekday-{weekday}")).into()),
            ("day", day.day().to_string().into()),
            ("month", self.text(&format!("month-{}", day.month())).into()),
            ("year", day.year().to_string().into()),
        ]
    }
}

/// A size in units of ten `tenth`s with one digit after the point.
fn tenths(bytes: u64, tenth: u64) -> String {
    let value = bytes / tenth;
    format!("{}.{}", value / 10, value % 10)
}
