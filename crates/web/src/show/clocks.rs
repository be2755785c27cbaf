//! Clocks: the badge of a row, the panel of a dossier, the day strips.
//!
//! A strip counts in the addressee's calendar, from the day after the clock began to its last day.
//! For a stop on a ground of Article 21(3) a second count runs from the suspension in the holder's
//! calendar, because it is unsettled whose calendar governs the hold: the earlier of both warns.

use super::Reader;
use crate::view::clock::{Silence as ShownSilence, Standing as Shown};
use crate::view::dossier::{Clock as ClockView, ClockCount, ClocksPanel};
use crate::view::parts::{Cell, ClockBadge, DayStrip, Rich, Tone};
use catalogue::calendar::{CalendarId, DayKind, Zone, day_in_zone, deadline_instant};
use domain::deadline::{CONSULTATION_DAYS, EXTENDED_DAYS};
use domain::event::{Clock, EndedBy, Silence, State};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// A cell is an hour in clocks of at most so many hours, six hours in longer ones.
const HOURS_SHOWN: i64 = 24;

/// The state of a dossier with its clocks, as far as clocks are shown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Timed<'a> {
    /// Where it stands.
    pub state: State,
    /// Its clocks.
    pub clocks: &'a [Clock],
}

/// A count of days in one calendar.
struct Days {
    cells: Vec<Cell>,
    holidays: Vec<(Date, String)>,
}

/// Whether a clock counts hours and not days.
fn counts_hours(clock: &Clock, zone: Option<&Zone>) -> bool {
    zone.is_none_or(|zone| deadline_instant(clock.last_day, zone).ok() != Some(clock.due))
}

impl Reader<'_> {
    fn days(&self, calendar: CalendarId, from: Date, last: Date, today: Date) -> Days {
        let first = from.tomorrow().unwrap_or(from);
        let days = self.calendars.days(calendar, first, last).unwrap_or_default();
        let cell = |(day, kind): &(Date, DayKind<'_>)| match kind {
            DayKind::Weekend => Cell::Weekend,
            DayKind::Holiday(_) => Cell::Holiday,
            DayKind::Working if *day < today => Cell::Used,
            DayKind::Working if *day == today => Cell::Today,
            DayKind::Working => Cell::Left,
        };
        let holidays = days.iter().filter_map(|(day, kind)| match kind {
            DayKind::Holiday(name) => Some((*day, (*name).to_owned())),
            DayKind::Working | DayKind::Weekend => None,
        });
        Days { cells: days.iter().map(cell).collect(), holidays: holidays.collect() }
    }

    /// The strip of a clock, and how many whole days are left after today.
    fn strip(&self, clock: &Clock) -> (DayStrip, u32) {
        let unit = self.directory.unit(&clock.unit);
        let zone = unit.map(|unit| &unit.zone);
        let until = clock.ended.map_or(self.now, |ended| ended.at.min(self.now));
        if counts_hours(clock, zone) {
            return (self.hours(clock, until), 0);
        }
        let day = |at: Timestamp| zone.map_or_else(|| self.day(at), |zone| day_in_zone(at, zone));
        let days = self.days(clock.calendar, day(clock.started), clock.last_day, day(until));
        let left = days.cells.iter().filter(|cell| **cell == Cell::Left).count();
        (DayStrip::new(self.words, days.cells), u32::try_from(left).unwrap_or(0))
    }

    fn hours(&self, clock: &Clock, until: Timestamp) -> DayStrip {
        let total = clock.due.duration_since(clock.started).as_hours();
        let step = if total <= HOURS_SHOWN { 1 } else { 6 };
        let used = until.duration_since(clock.started).as_hours().clamp(0, total);
        let cells = (0..total / step).map(|n| match used / step {
            done if n < done => Cell::Used,
            done if n == done && clock.is_running() => Cell::Today,
            _ => Cell::Left,
        });
        let numbers =
            [("used", used.into()), ("left", (total - used).into()), ("total", total.into())];
        DayStrip { cells: cells.collect(), spoken: self.words.with("strip-hours", &numbers) }
    }

    fn day(&self, at: Timestamp) -> Date {
        at.to_zoned_datetime(self.zone.clone()).date()
    }

    /// The running clock that is due first; that of the reader's own unit where she is asked.
    pub(crate) fn most_urgent<'c>(&self, clocks: &'c [Clock]) -> Option<&'c Clock> {
        let running = || clocks.iter().filter(|clock| clock.is_running());
        running()
            .filter(|clock| self.is_hers(&clock.unit))
            .min_by_key(|clock| clock.due)
            .or_else(|| running().min_by_key(|clock| clock.due))
    }

    /// The badge of a dossier in a list.
    pub(crate) fn badge(&self, timed: Timed<'_>) -> ClockBadge {
        let plain = |standing: Shown, silence| {
            ClockBadge::new(self.words, &standing, silence, DayStrip::default())
        };
        match timed.state {
            State::Draft | State::ForApproval => plain(Shown::NotStarted, ShownSilence::NoEffect),
            State::ReleaseDue => plain(Shown::ReleaseDue, ShownSilence::ByLaw),
            State::Answered => plain(Shown::Answered, ShownSilence::NoEffect),
            State::Closed | State::Withdrawn => plain(Shown::None, ShownSilence::NoEffect),
            State::Sent | State::Acknowledged | State::Overdue => {
                match self.most_urgent(timed.clocks) {
                    None => plain(Shown::None, ShownSilence::NoEffect),
                    Some(clock) => self.running_badge(clock),
                }
            }
        }
    }

    fn running_badge(&self, clock: &Clock) -> ClockBadge {
        let (strip, left) = self.strip(clock);
        let zone = self.zone_of(&clock.unit);
        let today = self.now.to_zoned_datetime(zone.clone()).date();
        let unit = self.directory.unit(&clock.unit);
        let hourly = counts_hours(clock, unit.map(|unit| &unit.zone));
        let time = || self.words.time(clock.due, &zone);
        let standing = if clock.due <= self.now {
            let late = self.calendars.working_days(clock.calendar, clock.last_day, today);
            Shown::Overdue { days: late.unwrap_or(0) }
        } else if hourly && clock.last_day == today {
            Shown::Today { time: time() }
        } else if hourly && today.tomorrow().ok() == Some(clock.last_day) {
            Shown::Tomorrow { time: time() }
        } else if hourly {
            let left = self.calendars.working_days(clock.calendar, today, clock.last_day);
            Shown::Left { days: left.unwrap_or(0) }
        } else if left == 0 {
            Shown::TodayEnds
        } else {
            Shown::Left { days: left }
        };
        ClockBadge::new(self.words, &standing, silence_of(clock), strip)
    }

    /// "end of Wed 25 Nov, CET", or the hour of an hour clock.
    pub(crate) fn until(&self, clock: &Clock) -> String {
        let unit = self.directory.unit(&clock.unit);
        let zone = self.zone_of(&clock.unit);
        if counts_hours(clock, unit.map(|unit| &unit.zone)) {
            self.words.moment(clock.due, &zone)
        } else {
            self.words.end_of(clock.last_day, &zone)
        }
    }

    /// The clocks of a dossier, one a ground and addressee.
    pub(crate) fn clocks(
        &self,
        clocks: &[Clock],
        held: Option<&Held>,
        when: When,
    ) -> Option<ClocksPanel> {
        if clocks.is_empty() {
            return None;
        }
        let running = clocks.iter().filter(|clock| clock.is_running()).count();
        let aside = match when {
            When::Running => self.words.with("clocks-running", &[("count", running.into())]),
            When::OnceSent => self.words.text("clocks-once-sent"),
        };
        let shown = clocks.iter().map(|clock| self.clock(clock, held, running)).collect();
        Some(ClocksPanel { aside, clocks: shown })
    }

    fn clock(&self, clock: &Clock, held: Option<&Held>, running: usize) -> ClockView {
        let ground = self.words.code("ground", clock.ground.word());
        let basis = self.words.code("basis", clock.basis.word());
        let (strip, _) = self.strip(clock);
        let zone = self.zone_of(&clock.unit);
        let unit = self.directory.unit(&clock.unit);
        let note = if counts_hours(clock, unit.map(|unit| &unit.zone)) {
            self.words.time(clock.due, &zone)
        } else {
            self.words
                .with("clock-end-of-day", &[("zone", self.zone_name(clock.due, &zone).into())])
        };
        let state = self.calendar(clock.calendar);
        let second = held.filter(|_| clock.ground.is_of_article_21_3());
        let second = second.and_then(|held| self.suspended(clock, held));
        let label = match &second {
            Some(_) => self.words.with("clock-from-consultation", &[("state", state.into())]),
            None => format!("{}, {state}", self.unit(&clock.unit)),
        };
        let earlier = second.as_ref().is_none_or(|(day, _)| clock.last_day <= *day);
        let first = ClockCount {
            label,
            strip,
            day: self.words.day(clock.last_day),
            note,
            warning: (second.is_some() && earlier).then(|| self.words.text("clock-earlier")),
        };
        let mut counts = vec![first];
        let mut holidays = self.holidays(clock);
        if let Some((_, (count, named))) = second {
            let warning = (!earlier).then(|| self.words.text("clock-earlier"));
            counts.push(ClockCount { warning, ..count });
            holidays.extend(named);
        }
        ClockView {
            title: format!("{ground} · {basis}"),
            tone: tone_of(clock),
            counts,
            silence: self.silence(clock, running),
            holidays: (!holidays.is_empty()).then(|| holidays.join(" ")),
            ended: !clock.is_running(),
        }
    }

    /// The count from the suspension in the holder's calendar: its last day, and how it is shown.
    fn suspended(&self, clock: &Clock, held: &Held) -> Option<(Date, (ClockCount, Vec<String>))> {
        let from = day_in_zone(held.since, &held.zone);
        let length = if clock.extended { EXTENDED_DAYS } else { CONSULTATION_DAYS };
        let last = self.calendars.add_working_days(held.calendar, from, length).ok()?;
        let until = clock.ended.map_or(self.now, |ended| ended.at.min(self.now));
        let days = self.days(held.calendar, from, last, day_in_zone(until, &held.zone));
        let state = self.calendar(held.calendar);
        let named = self.name_holidays(&days, held.calendar);
        let due = deadline_instant(last, &held.zone).ok()?;
        let zone = self.zone_name(due, held.zone.time_zone());
        let count = ClockCount {
            label: self.words.with("clock-from-suspension", &[("state", state.into())]),
            strip: DayStrip::new(self.words, days.cells),
            day: self.words.day(last),
            note: self.words.with("clock-end-of-day", &[("zone", zone.into())]),
            warning: None,
        };
        Some((last, (count, named)))
    }

    fn holidays(&self, clock: &Clock) -> Vec<String> {
        let zone = self.zone_of(&clock.unit);
        let from = clock.started.to_zoned_datetime(zone).date();
        let days = self.days(clock.calendar, from, clock.last_day, from);
        self.name_holidays(&days, clock.calendar)
    }

    fn name_holidays(&self, days: &Days, calendar: CalendarId) -> Vec<String> {
        let state = self.calendar(calendar);
        let name = |(day, name): &(Date, String)| {
            let values = [
                ("day", self.words.day(*day).into()),
                ("name", name.as_str().into()),
                ("state", state.as_str().into()),
            ];
            self.words.with("clock-holiday", &values)
        };
        days.holidays.iter().map(name).collect()
    }

    /// What silence does, in words.
    fn silence(&self, clock: &Clock, running: usize) -> Rich {
        if let Some(ended) = clock.ended {
            let key = match ended.by {
                EndedBy::Answer => "clock-ended-answer",
                EndedBy::Silence => "clock-ended-silence",
                EndedBy::Closing => "clock-ended-closing",
            };
            return Rich::text(self.words.with(key, &[("at", self.moment(ended.at).into())]));
        }
        let effect = Rich::new().strong(self.words.code("silence", clock.silence.word()));
        match clock.silence {
            Silence::EndsGround if running > 1 => {
                effect.and(" ").and(self.words.text("silence-others-stand"))
            }
            Silence::EndsGround => effect.and(" ").and(self.words.text("silence-last-ground")),
            Silence::Overdue | Silence::Nothing => effect,
        }
    }

    fn zone_name(&self, at: Timestamp, zone: &TimeZone) -> String {
        // The last second of the day, not the midnight after it, on which the clocks may change.
        let last = at.checked_sub(SignedDuration::from_secs(1)).unwrap_or(at);
        let name = last.to_zoned_datetime(zone.clone()).strftime("%Z").to_string();
        self.words.code("zone", &name)
    }
}

/// Whether clocks run, or would once it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// They run, or have.
    Running,
    /// They would.
    OnceSent,
}

/// Since when goods are held, and in whose calendar that is counted.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    /// The suspension.
    pub since: Timestamp,
    /// The holder's zone.
    pub zone: Zone,
    /// The holder's calendar.
    pub calendar: CalendarId,
}

fn silence_of(clock: &Clock) -> ShownSilence {
    match clock.silence {
        Silence::EndsGround => ShownSilence::ByLaw,
        Silence::Overdue | Silence::Nothing => ShownSilence::NoEffect,
    }
}

fn tone_of(clock: &Clock) -> Tone {
    match clock.silence {
        Silence::EndsGround => Tone::Law,
        Silence::Overdue | Silence::Nothing => Tone::Plain,
    }
}
