//! Whether somebody is there: in words with the unit's own zone, and as bars in the reader's day.

use super::Guide;
use crate::view::directory::{HoursBar, HoursPanel};
use crate::view::parts::{Icon, Tag, Tone};
use catalogue::authorities::{Closed, Opening, Unit};
use catalogue::calendar::{CalendarError, DayKind, day_in_zone};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};

/// So many days ahead the next holidays are looked for.
const HOLIDAYS_AHEAD_DAYS: i32 = 60;
/// So many holidays are named.
const HOLIDAYS_MAX: usize = 2;
/// A unit that does not close for so many days is open around the clock.
const ALWAYS_DAYS: u32 = 8;
/// Minutes of a day on the scale of the bars.
const DAY_MINUTES: u32 = 1440;

/// How much is said of an opening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// Until when.
    InShort,
    /// And how long that is from now.
    InFull,
}

impl Guide<'_> {
    /// "open until 16:15 EET", and where it is said in full "…, in 4 h 33 min".
    pub(super) fn opening(&self, unit: &Unit, at: Timestamp, said: Said) -> Tag {
        let words = self.words;
        match unit.opening(at, self.calendars) {
            Ok(Opening::Open { until }) => {
                let Some(until) = self.closes(unit, until) else {
                    let text = words.text("directory-open-always");
                    return Tag::new(text, Tone::Done).with_icon(Icon::Check);
                };
                let time = self.there(unit, at, until);
                let left = self.length(until.duration_since(at));
                let text = match said {
                    Said::InFull => {
                        let values = [("time", time.into()), ("left", left.into())];
                        words.with("directory-open-left", &values)
                    }
                    Said::InShort => words.with("directory-open", &[("time", time.into())]),
                };
                Tag::new(text, Tone::Done).with_icon(Icon::Check)
            }
            Ok(Opening::NightContactOnly { until }) => {
                let text = self.reopening("directory-night-only", unit, at, until);
                Tag::new(text, Tone::Warn).with_icon(Icon::Moon)
            }
            Ok(Opening::ClosedUntil { at: next }) => {
                let text = self.reopening("directory-closed", unit, at, next);
                Tag::new(text, Tone::Late).with_icon(Icon::Cross)
            }
            Ok(Opening::ClosedToday { why }) => {
                let why = match why {
                    Closed::Holiday(name) | Closed::OutOfTurn(name) => name,
                };
                let text = words.with("directory-closed-today", &[("why", why.into())]);
                Tag::new(text, Tone::Late).with_icon(Icon::Cross)
            }
            Err(_) => Tag::new(words.text("directory-hours-unknown"), Tone::Plain),
        }
    }

    /// When a unit that is open until `until` really closes: at midnight another day may begin. None
    /// where it does not for so long that nobody waits for it.
    fn closes(&self, unit: &Unit, until: Timestamp) -> Option<Timestamp> {
        let mut until = until;
        for _ in 0..ALWAYS_DAYS {
            match unit.opening(until, self.calendars) {
                Ok(Opening::Open { until: later }) => until = later,
                Ok(
                    Opening::NightContactOnly { .. }
                    | Opening::ClosedUntil { .. }
                    | Opening::ClosedToday { .. },
                )
                | Err(_) => return Some(until),
            }
        }
        None
    }

    /// "closed, opens Wed 25 Nov, 08:00 EET"; without the day where nothing opens soon.
    fn reopening(&self, key: &str, unit: &Unit, at: Timestamp, next: Option<Timestamp>) -> String {
        let text = self.words.text(key);
        let Some(next) = next else { return text };
        let time = self.there(unit, at, next);
        let values = [("state", text.into()), ("time", time.into())];
        self.words.with("directory-opens", &values)
    }

    /// A time in the unit's zone, with its day where that is another than at `at`.
    fn there(&self, unit: &Unit, at: Timestamp, time: Timestamp) -> String {
        let zone = unit.zone.time_zone();
        if day_in_zone(at, &unit.zone) == day_in_zone(time, &unit.zone) {
            self.words.time(time, zone)
        } else {
            self.words.moment(time, zone)
        }
    }

    /// "4 h 33 min", "33 min".
    fn length(&self, length: SignedDuration) -> String {
        let minutes = length.as_mins().max(0);
        let (hours, minutes) = (minutes / 60, minutes % 60);
        if hours == 0 {
            return self.words.with("directory-minutes", &[("minutes", minutes.into())]);
        }
        let values = [("hours", hours.into()), ("minutes", minutes.into())];
        self.words.with("directory-hours", &values)
    }

    /// The unit's hours and the reader's own, one above the other.
    pub(super) fn hours_panel(&self, unit: &Unit, at: Timestamp) -> HoursPanel {
        let words = self.words;
        let day = self.day_of(at);
        let zone = zone_name(&words.time(at, self.zone));
        let title = if day == self.day_of(self.now) {
            words.with("directory-today", &[("zone", zone.into())])
        } else {
            let values = [("day", words.day(day).into()), ("zone", zone.into())];
            words.with("directory-that-day", &values)
        };
        let own = self.viewer.unit().and_then(|id| self.directory.unit(id));
        let mut bars = vec![(self.bar_label(&self.where_is(unit), unit, day), self.bar(unit, at))];
        if let Some(own) = own.filter(|own| own.id != unit.id) {
            let bar = HoursBar { is_open: false, ..self.bar(own, at) };
            bars.push((self.bar_label(&words.text("directory-you"), own, day), bar));
        }
        let together = own.filter(|own| own.id != unit.id).map(|own| self.together(unit, own, at));
        let notes = [together, self.holidays(unit, at)];
        let note: Vec<String> = notes.into_iter().flatten().collect();
        HoursPanel { title, bars, note: note.join(" ") }
    }

    /// A unit's hours on the reader's day at `at`.
    pub(super) fn bar(&self, unit: &Unit, at: Timestamp) -> HoursBar {
        let day = self.day_of(at);
        let open = self.minutes(unit, day);
        let spoken = self.spoken(open.as_ref().ok());
        let now = minute(at, day, self.zone);
        let open = open.unwrap_or_default();
        let is_open = open.iter().any(|(from, until)| (*from..*until).contains(&now));
        HoursBar { open, now: Some(now), is_open, spoken }
    }

    /// "open 07:00–15:15", "closed", "hours not known".
    fn spoken(&self, open: Option<&Vec<(u32, u32)>>) -> String {
        match open {
            None => self.words.text("directory-hours-unknown"),
            Some(open) if open.is_empty() => self.words.text("directory-closed"),
            Some(open) => self.words.with("directory-open-hours", &[("hours", times(open).into())]),
        }
    }

    /// "Finland, 07:00–15:15".
    fn bar_label(&self, who: &str, unit: &Unit, day: Date) -> String {
        let hours = match self.minutes(unit, day) {
            Err(_) => self.words.text("directory-hours-unknown"),
            Ok(open) if open.is_empty() => self.words.text("directory-closed"),
            Ok(open) => times(&open),
        };
        format!("{who}, {hours}")
    }

    fn where_is(&self, unit: &Unit) -> String {
        unit.state.map_or_else(|| self.name_of(unit), |state| self.state(state))
    }

    /// A unit's hours on a day of the reader's, in minutes after her midnight. The unit's own day may
    /// begin earlier or later.
    ///
    /// # Errors
    /// The holidays of that year are not known.
    pub(super) fn minutes(&self, unit: &Unit, day: Date) -> Result<Vec<(u32, u32)>, CalendarError> {
        let mut open = Vec::new();
        let days = [day.yesterday(), Ok(day), day.tomorrow()];
        for date in days.into_iter().flatten() {
            for span in unit.spans_on(date, self.calendars)? {
                let (from, until) = span.instants(date, &unit.zone)?;
                let stretch = (minute(from, day, self.zone), minute(until, day, self.zone));
                if stretch.0 < stretch.1 {
                    open.push(stretch);
                }
            }
        }
        Ok(joined(open))
    }

    /// "4 h 33 min left together today."
    fn together(&self, unit: &Unit, own: &Unit, at: Timestamp) -> String {
        let day = self.day_of(at);
        let from = minute(at, day, self.zone);
        let hours = |unit| self.minutes(unit, day).unwrap_or_default();
        let (theirs, ours) = (hours(unit), hours(own));
        let both = theirs.iter().flat_map(|a| ours.iter().map(move |b| (a, b)));
        let left: u32 =
            both.map(|(a, b)| a.1.min(b.1).saturating_sub(a.0.max(b.0).max(from))).sum();
        if left == 0 {
            return self.words.text("directory-together-none");
        }
        let left = self.length(SignedDuration::from_mins(left.into()));
        self.words.with("directory-together", &[("left", left.into())])
    }

    /// "Next holidays in Finland: Sun 6 Dec, then Thu 24 Dec."
    fn holidays(&self, unit: &Unit, at: Timestamp) -> Option<String> {
        let today = day_in_zone(at, &unit.zone);
        let last = today.checked_add(HOLIDAYS_AHEAD_DAYS.days()).ok()?;
        let until_known = |last| self.calendars.days(unit.calendar(), today, last).ok();
        // The year after may not be loaded yet; what is known of this one is said.
        let days =
            until_known(last).or_else(|| until_known(Date::new(today.year(), 12, 31).ok()?))?;
        let named: Vec<String> = days
            .iter()
            .filter(|(_, kind)| matches!(kind, DayKind::Holiday(_)))
            .take(HOLIDAYS_MAX)
            .map(|(day, _)| self.words.day(*day))
            .collect();
        if named.is_empty() {
            return None;
        }
        let place = self.where_is(unit);
        let values = [("where", place.into()), ("days", self.words.list(&named).into())];
        Some(self.words.with("directory-holidays", &values))
    }

    fn day_of(&self, at: Timestamp) -> Date {
        at.to_zoned_datetime(self.zone.clone()).date()
    }
}

/// The minute of `day` at an instant, on the clock of `zone`: 0 before that day, 1440 after it.
fn minute(at: Timestamp, day: Date, zone: &TimeZone) -> u32 {
    let local = at.to_zoned_datetime(zone.clone());
    match local.date().cmp(&day) {
        std::cmp::Ordering::Less => 0,
        std::cmp::Ordering::Greater => DAY_MINUTES,
        std::cmp::Ordering::Equal => {
            u32::from(local.hour().unsigned_abs()) * 60 + u32::from(local.minute().unsigned_abs())
        }
    }
}

/// Stretches in order, those that touch as one.
fn joined(mut open: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    open.sort_unstable();
    let mut whole: Vec<(u32, u32)> = Vec::new();
    for (from, until) in open {
        match whole.last_mut() {
            Some(last) if last.1 >= from => last.1 = last.1.max(until),
            Some(_) | None => whole.push((from, until)),
        }
    }
    whole
}

/// "07:00–12:00, 13:00–15:15".
fn times(open: &[(u32, u32)]) -> String {
    let time = |minute: u32| format!("{:02}:{:02}", minute / 60, minute % 60);
    let stretches: Vec<String> =
        open.iter().map(|(from, until)| format!("{}–{}", time(*from), time(*until))).collect();
    stretches.join(", ")
}

/// The zone's short name at the end of a written time.
fn zone_name(time: &str) -> String {
    time.rsplit(' ').next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_that_touch_are_one() {
        assert_eq!(joined(vec![(780, 1020), (480, 720)]), vec![(480, 720), (780, 1020)]);
        assert_eq!(joined(vec![(0, 1440), (0, 60)]), vec![(0, 1440)]);
        assert_eq!(joined(vec![(60, 120), (0, 60)]), vec![(0, 120)]);
        assert_eq!(times(&[(480, 720), (780, 1440)]), "08:00–12:00, 13:00–24:00");
    }

    #[test]
    fn a_minute_is_read_on_the_clock_even_when_clocks_go_back() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let day = "2026-10-25".parse().unwrap();
        let at = |text: &str| minute(text.parse().unwrap(), day, &zone);
        assert_eq!(at("2026-10-25T08:00:00Z"), 9 * 60);
        assert_eq!(at("2026-10-24T21:00:00Z"), 0);
        assert_eq!(at("2026-10-25T23:30:00Z"), DAY_MINUTES);
    }
}
