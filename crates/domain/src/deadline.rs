//! Clocks: when an answer is late, and what time itself makes true.
//!
//! Counting follows Regulation (EEC, Euratom) No 1182/71: the day of the event does not count, and
//! the last day ends at midnight in the addressee's zone. The calendar is that of the State whose
//! authority has to answer.

use crate::audience::Audience;
use crate::body::{Body, Content};
use crate::decide::Context;
use crate::event::{Basis, Change, Clock, Ended, EndedBy, Ground, NewEvent, Silence, State, What};
use crate::refusal::Refusal;
use crate::standing::Standing;
use catalogue::calendar::{CalendarId, Zone, day_in_zone, deadline_instant};
use catalogue::ids::UnitId;
use jiff::{SignedDuration, Timestamp, civil::Date};

/// The consultation of Article 21(4), in working days.
pub const CONSULTATION_DAYS: u32 = 10;
/// Its length in all once it has been extended (Article 21(4)).
pub const EXTENDED_DAYS: u32 = 30;

/// How long a clock runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// So many working days of the addressee's State.
    WorkingDays(u32),
    /// To the end of this day at the addressee's.
    Until(Date),
    /// So many hours, working or not.
    Hours(i64),
}

/// What a clock is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// What it runs for.
    pub ground: Ground,
    /// Where its length comes from.
    pub basis: Basis,
    /// What silence means.
    pub silence: Silence,
}

/// The calendar and zone of a unit: its State's, or the institutions'.
fn place(unit: &UnitId, context: &Context<'_>) -> Result<(CalendarId, Zone), Refusal> {
    let found =
        context.directory.unit(unit).ok_or_else(|| Refusal::UnknownUnit { unit: unit.clone() })?;
    let calendar = found.state.map_or(CalendarId::Institutions, CalendarId::State);
    Ok((calendar, found.zone.clone()))
}

/// A clock that starts now and runs at `unit`.
///
/// # Errors
/// The unit is unknown, its calendar lacks the year, or the day given has passed.
pub fn clock(
    terms: Terms,
    length: Length,
    unit: &UnitId,
    context: &Context<'_>,
) -> Result<Clock, Refusal> {
    let (calendar, zone) = place(unit, context)?;
    let (last_day, due) = last_day(length, context.now, calendar, &zone, context)?;
    Ok(Clock {
        ground: terms.ground,
        unit: unit.clone(),
        basis: terms.basis,
        silence: terms.silence,
        started: context.now,
        last_day,
        due,
        calendar,
        extended: false,
        ended: None,
    })
}

fn last_day(
    length: Length,
    started: Timestamp,
    calendar: CalendarId,
    zone: &Zone,
    context: &Context<'_>,
) -> Result<(Date, Timestamp), Refusal> {
    let first = day_in_zone(started, zone);
    let last_day = match length {
        Length::WorkingDays(days) => context.calendars.add_working_days(calendar, first, days)?,
        Length::Until(day) if day < first => return Err(Refusal::Past { given: day }),
        Length::Until(day) => day,
        Length::Hours(hours) => {
            let due = started.checked_add(SignedDuration::from_hours(hours)).unwrap_or(started);
            return Ok((day_in_zone(due, zone), due));
        }
    };
    Ok((last_day, deadline_instant(last_day, zone)?))
}

/// The clock of Article 21(4), extended at the consulted authority's request.
///
/// # Errors
/// It has been extended before; the calendar lacks the year.
pub fn extend_by_law(clock: &Clock, context: &Context<'_>) -> Result<Clock, Refusal> {
    if clock.extended {
        return Err(Refusal::AlreadyExtended);
    }
    let (calendar, zone) = place(&clock.unit, context)?;
    let length = Length::WorkingDays(EXTENDED_DAYS);
    let (last_day, due) = last_day(length, clock.started, calendar, &zone, context)?;
    Ok(Clock { last_day, due, extended: true, ..clock.clone() })
}

/// An agreed clock with a later last day.
///
/// # Errors
/// The day is not later than the one that stands, or has passed itself.
pub fn extend_by_agreement(
    clock: &Clock,
    day: Date,
    context: &Context<'_>,
) -> Result<Clock, Refusal> {
    if day <= clock.last_day {
        return Err(Refusal::NotLater { given: day, last_day: clock.last_day });
    }
    let (_, zone) = place(&clock.unit, context)?;
    if day < day_in_zone(context.now, &zone) {
        return Err(Refusal::Past { given: day });
    }
    let due = deadline_instant(day, &zone)?;
    Ok(Clock { last_day: day, due, extended: true, ..clock.clone() })
}

/// The clocks, of which those that run and that `which` chooses end now.
pub fn end(
    clocks: &[Clock],
    at: Timestamp,
    by: EndedBy,
    which: impl Fn(&Clock) -> bool,
) -> Vec<Clock> {
    let ends = |clock: &Clock| {
        if which(clock) { clock.ended.or(Some(Ended { at, by })) } else { clock.ended }
    };
    clocks.iter().map(|clock| Clock { ended: ends(clock), ..clock.clone() }).collect()
}

/// What time has made true of a dossier by `now`, in the name of the system.
///
/// Silence on a ground of Article 21(3) ends that ground; when no ground stands any more, release
/// is due. On any other ground the dossier becomes overdue, and nothing else follows. Each event
/// bears the instant at which it became true.
pub fn settle(standing: &Standing, now: Timestamp) -> Vec<NewEvent> {
    let mut standing = standing.clone();
    let mut events = Vec::new();
    while let Some(at) = standing.wakes_at().filter(|at| *at <= now) {
        let what = falls_due(&mut standing, at);
        events.extend(what.into_iter().map(|change| NewEvent {
            audience: Audience::Everyone,
            change,
            at: Some(at),
            body: Body { person: None, content: Content::Nothing }.encode(),
            summary: None,
        }));
    }
    events
}

/// What becomes true of `standing` at the instant `at`, which also changes it.
fn falls_due(standing: &mut Standing, at: Timestamp) -> Vec<Change> {
    let mut changes = Vec::new();
    let due =
        |clock: &Clock, silence| clock.is_running() && clock.due <= at && clock.silence == silence;
    let ends_ground = standing.clocks.iter().any(|clock| due(clock, Silence::EndsGround));
    if standing.state != State::Overdue
        && standing.clocks.iter().any(|clock| due(clock, Silence::Overdue))
    {
        standing.state = State::Overdue;
        changes.push(Change { state: Some(State::Overdue), ..Change::of(What::Overdue) });
    }
    if ends_ground {
        for clock in &mut standing.clocks {
            if due(clock, Silence::EndsGround) {
                clock.ended = Some(Ended { at, by: EndedBy::Silence });
            }
        }
        let clocks = Some(standing.clocks.clone());
        changes.push(Change { clocks, ..Change::of(What::GroundEnded) });
        if !standing.clocks.iter().any(Clock::is_running) {
            standing.state = State::ReleaseDue;
            standing.asked.clear();
            changes.push(Change {
                state: Some(State::ReleaseDue),
                asked: Some(Vec::new()),
                ..Change::of(What::ReleaseDue)
            });
        }
    }
    changes
}
