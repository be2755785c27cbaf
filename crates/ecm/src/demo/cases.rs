//! The cases of the demonstration: read from `demo/cases.json` and played in the order of their
//! instants, each step by its person, through the same use cases that the pages use.
//!
//! Times are relative to the day of the demonstration: `-9w 10:15` is 10:15 on the ninth working day
//! before it, `-2d 08:00` counts calendar days. The time is that of the one who acts; days are
//! counted where the first addressee is, by whose calendar clocks run, so that a stop sent on `-9w`
//! has one day left on whatever day the demonstration begins. The steps of a case happen in the
//! order in which they are written.

use super::people;
use anyhow::{Context as _, bail};
use app::App;
use app::dossiers::{NewDossier, Order, Run, Then, command};
use catalogue::authorities::{Directory, Unit};
use catalogue::calendar::{CalendarId, Calendars, day_in_zone};
use catalogue::ids::{CommandId, DossierId};
use domain::body::Request;
use domain::event::Kind;
use jiff::civil::{Date, Time, Weekday};
use jiff::{SignedDuration, Span, Timestamp};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::viewer::Viewer;

/// The cases as they are written.
const CASES: &str = include_str!("../../../../demo/cases.json");

/// One case: who opens it, and what then happens.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    kind: Kind,
    by: String,
    at: String,
    /// The request: `to`, `form`, `handling`, `purpose`, `legal_basis`. Days here and in what is given
    /// with a command may be relative, written as `{"day": "-1d"}` or `{"instant": "-9w 09:55"}`.
    request: Value,
    /// Whether it stays a draft.
    #[serde(default)]
    draft: bool,
    /// When, who, which command, what is given with it. `open` only reads; `opened.send` does `send`
    /// with the dossier that an earlier step opened.
    #[serde(default)]
    steps: Vec<(String, String, String, Value)>,
}

/// One thing that somebody does.
struct Act<'a> {
    at: Timestamp,
    case: usize,
    step: usize,
    place: &'a Unit,
    who: &'a Person,
    what: What<'a>,
}

enum What<'a> {
    Open(&'a Case),
    Do(&'a str, &'a Value),
}

/// Somebody who acts, and where he works.
struct Person {
    viewer: Viewer,
    unit: Unit,
}

/// What a case has come to: its dossier, and one that a command opened with it.
#[derive(Clone, Copy, Default)]
struct Told {
    id: Option<DossierId>,
    opened: Option<DossierId>,
}

/// The node, who acts, where, and the day to which the cases are told.
struct Stage<'a> {
    app: &'a App,
    calendars: Arc<Calendars>,
    directory: Arc<Directory>,
    people: BTreeMap<&'static str, Person>,
    now: Timestamp,
}

/// Plays all cases up to `now`, and leaves the node's clock there.
pub(super) fn play(app: &App, now: Timestamp) -> anyhow::Result<()> {
    let cases: Vec<Case> = serde_json::from_str(CASES).context("demo/cases.json")?;
    let stage = Stage::new(app, now)?;
    let mut told = vec![Told::default(); cases.len()];
    for act in &stage.acts(&cases)? {
        app.clock().pass_through(act.at);
        app.settle_all()?;
        let told = told.get_mut(act.case).context("a case of its own")?;
        stage.act(act, told).with_context(|| format!("case {}, step {}", act.case, act.step))?;
    }
    app.move_clock(now)?;
    Ok(())
}

impl<'a> Stage<'a> {
    fn new(app: &'a App, now: Timestamp) -> anyhow::Result<Stage<'a>> {
        let directory = app.directory()?;
        let person = |(login, viewer): (&'static str, Viewer)| {
            let unit = viewer.unit().and_then(|unit| directory.unit(unit)).cloned();
            let unit = unit.with_context(|| format!("{login} works nowhere"))?;
            anyhow::Ok((login, Person { viewer, unit }))
        };
        let people = people::viewers(app)?.into_iter().map(person).collect::<Result<_, _>>()?;
        Ok(Stage { app, calendars: app.calendars(), directory, people, now })
    }
}

impl Stage<'_> {
    /// All that happens, in the order in which it does.
    fn acts<'s>(&'s self, cases: &'s [Case]) -> anyhow::Result<Vec<Act<'s>>> {
        let mut acts = Vec::new();
        for (n, case) in cases.iter().enumerate() {
            self.acts_of(n, case, &mut acts).with_context(|| format!("case {n}"))?;
        }
        // What would lie ahead of the clock happened just before it.
        let latest = self.now.checked_sub(SignedDuration::from_mins(1))?;
        for act in &mut acts {
            act.at = act.at.min(latest);
        }
        acts.sort_by_key(|act| (act.at, act.case, act.step));
        Ok(acts)
    }

    fn acts_of<'s>(
        &'s self,
        n: usize,
        case: &'s Case,
        acts: &mut Vec<Act<'s>>,
    ) -> anyhow::Result<()> {
        let by = self.person(&case.by)?;
        let place = self.place(&case.request).unwrap_or(&by.unit);
        let mut at = self.instant(place, &by.unit, &case.at)?;
        acts.push(Act { at, case: n, step: 0, place, who: by, what: What::Open(case) });
        for (step, (when, who, name, given)) in (1..).zip(&case.steps) {
            let who = self.person(who)?;
            let written = self.instant(place, &who.unit, when).with_context(|| name.clone())?;
            at = written.max(at.checked_add(SignedDuration::from_mins(1))?);
            acts.push(Act { at, case: n, step, place, who, what: What::Do(name, given) });
        }
        Ok(())
    }

    fn person(&self, login: &str) -> anyhow::Result<&Person> {
        let person = self.people.get(login);
        person.with_context(|| format!("the demonstration has nobody called `{login}`"))
    }

    /// The first addressee of a request, if that is a State's.
    fn place(&self, request: &Value) -> Option<&Unit> {
        let unit = request.pointer("/to/0").and_then(Value::as_str)?.parse().ok()?;
        self.directory.unit(&unit).filter(|unit| unit.state.is_some())
    }

    fn act(&self, act: &Act<'_>, told: &mut Told) -> anyhow::Result<()> {
        match act.what {
            What::Open(case) => told.id = Some(self.open(act, case)?),
            What::Do(name, given) => {
                let (name, id) = match name.strip_prefix("opened.") {
                    Some(name) => (name, told.opened),
                    None => (name, told.id),
                };
                let id = id.context("a dossier is opened before anything is done with it")?;
                told.opened = self.perform(act, id, name, given)?.or(told.opened);
            }
        }
        Ok(())
    }

    fn open(&self, act: &Act<'_>, case: &Case) -> anyhow::Result<DossierId> {
        let given = self.dated(act, &case.request)?;
        let then = if case.draft { Then::Keep } else { Then::Send };
        let request = Request { given, ..Request::default() };
        let new = NewDossier { kind: case.kind, request, then, id: key(act), raw: Vec::new() };
        Ok(self.app.create(&act.who.viewer, &new, Run::Real)?.id)
    }

    /// Does one thing, and returns the dossier that was opened with it.
    fn perform(
        &self,
        act: &Act<'_>,
        id: DossierId,
        name: &str,
        given: &Value,
    ) -> anyhow::Result<Option<DossierId>> {
        let viewer = &act.who.viewer;
        if name == "open" {
            self.app.open(viewer, id)?;
            return Ok(None);
        }
        let mut given = self.dated(act, given)?;
        let dossier = self.app.look(viewer, id)?.dossier;
        if let (Some(asked), Some(given)) = (dossier.consents.first(), given.as_object_mut())
            && name == "consent"
        {
            given.insert("request".to_owned(), Value::String(asked.id.to_string()));
        }
        let command = command(dossier.standing.kind, name, &given)?;
        let order = Order { command, seen: None, id: key(act), request: Vec::new() };
        Ok(self.app.perform(viewer, id, &order)?.opened)
    }

    /// A value with its relative days and instants worked out.
    fn dated(&self, act: &Act<'_>, value: &Value) -> anyhow::Result<Value> {
        Ok(match value {
            Value::Object(group) => match (group.get("day"), group.get("instant")) {
                (Some(Value::String(day)), None) => {
                    Value::String(self.day(act.place, day)?.to_string())
                }
                (None, Some(Value::String(at))) => {
                    Value::String(self.instant(act.place, &act.who.unit, at)?.to_string())
                }
                _ => {
                    let entry = |(name, value): (&String, &Value)| {
                        anyhow::Ok((name.clone(), self.dated(act, value)?))
                    };
                    Value::Object(group.iter().map(entry).collect::<anyhow::Result<_>>()?)
                }
            },
            Value::Array(list) => {
                Value::Array(list.iter().map(|one| self.dated(act, one)).collect::<Result<_, _>>()?)
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
        })
    }

    /// An instant written relative to the demonstration's day: a day of `place`, the time at `unit`.
    fn instant(&self, place: &Unit, unit: &Unit, written: &str) -> anyhow::Result<Timestamp> {
        let form = || format!("`{written}`: expected `-9w 10:15` or `-2d 08:00`");
        let (day, time) = written.split_once(' ').with_context(form)?;
        let time: Time = format!("{time}:00").parse().with_context(form)?;
        let date = self.day(place, day).with_context(form)?;
        let zoned = date.to_datetime(time).to_zoned_datetime(unit.zone.time_zone().clone());
        Ok(zoned.with_context(form)?.timestamp())
    }

    /// A day of `place`, written relative to the demonstration's.
    fn day(&self, place: &Unit, written: &str) -> anyhow::Result<Date> {
        let today = day_in_zone(self.now, &place.zone);
        if let Some(count) = written.strip_suffix('w') {
            self.working_day(place.calendar(), today, count.parse()?)
        } else if let Some(count) = written.strip_suffix('d') {
            Ok(today.checked_add(Span::new().days(count.parse::<i64>()?))?)
        } else {
            bail!("`{written}`: expected `-9w` or `-2d`")
        }
    }

    /// The working day so many before (negative) or after a day; from 0, the day or the next.
    fn working_day(&self, calendar: CalendarId, today: Date, count: i32) -> anyhow::Result<Date> {
        // The Union's institutions have no calendar here: weekdays stand in for it.
        let works = |day: Date| match calendar {
            CalendarId::Institutions => {
                Ok(!matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday))
            }
            CalendarId::State(_) => self.calendars.is_working_day(calendar, day),
        };
        let step = Span::new().days(if count < 0 { -1 } else { 1 });
        let (mut day, mut left) = (today, count.unsigned_abs());
        while left > 0 || !works(day)? {
            day = day.checked_add(step)?;
            if works(day)? {
                left = left.saturating_sub(1);
            }
        }
        Ok(day)
    }
}

/// A command id of its own for each step.
fn key(act: &Act<'_>) -> CommandId {
    let mut bytes = [0; 16];
    for (byte, from) in bytes.iter_mut().zip(format!("{:08}{:08}", act.case, act.step).bytes()) {
        *byte = from;
    }
    CommandId::from_bytes(bytes)
}
