//! The cases of the demonstration: read from `demo/cases.json` and played in the order of their
//! instants, each step by its person, through the same use cases that the pages use.
//!
//! Times are relative to the day of the demonstration: `-9w 10:15` is 10:15 on the ninth working day
//! before it, by calendar and zone of the one who acts; `-2d 08:00` counts calendar days.

use super::people::viewer;
use anyhow::{Context as _, bail};
use app::App;
use app::dossiers::{NewDossier, Order, Run, Then, command};
use catalogue::authorities::Unit;
use catalogue::calendar::{CalendarId, day_in_zone};
use catalogue::ids::{CommandId, DossierId};
use domain::body::Request;
use domain::event::Kind;
use jiff::civil::{Date, Time, Weekday};
use jiff::{SignedDuration, Span, Timestamp};
use serde::Deserialize;
use serde_json::Value;
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
    /// The request: `to`, `form`, `handling`, `purpose`, `legal_basis`. Days in it may be relative,
    /// written as `{"day": "-1d"}` or `{"instant": "-9w 09:55"}`.
    request: Value,
    /// Whether it stays a draft.
    #[serde(default)]
    draft: bool,
    /// When, who, which command (or `open`: he only reads it), what is given with it.
    #[serde(default)]
    steps: Vec<(String, String, String, Value)>,
}

/// One thing that somebody does.
struct Act<'a> {
    at: Timestamp,
    case: usize,
    step: usize,
    who: &'a str,
    what: What<'a>,
}

enum What<'a> {
    Open(&'a Case),
    Do(&'a str, &'a Value),
}

/// The node, and the day to which the cases are told.
struct Stage<'a> {
    app: &'a App,
    now: Timestamp,
}

/// Plays all cases up to `now`, and leaves the node's clock there.
pub(super) fn play(app: &App, now: Timestamp) -> anyhow::Result<()> {
    let cases: Vec<Case> = serde_json::from_str(CASES).context("demo/cases.json")?;
    let stage = Stage { app, now };
    let acts = stage.acts(&cases)?;
    let mut ids: Vec<Option<DossierId>> = vec![None; cases.len()];
    for act in &acts {
        app.clock_to(act.at)?;
        app.settle_all()?;
        let slot = ids.get_mut(act.case).context("a case of its own")?;
        let done = stage.act(act, *slot);
        *slot = Some(done.with_context(|| format!("case {}, step {}", act.case, act.step))?);
    }
    app.move_clock(now)?;
    Ok(())
}

impl Stage<'_> {
    /// All that happens, in the order in which it does.
    fn acts<'c>(&self, cases: &'c [Case]) -> anyhow::Result<Vec<Act<'c>>> {
        let mut acts = Vec::new();
        for (n, case) in cases.iter().enumerate() {
            let at = self.instant(&case.by, &case.at).with_context(|| format!("case {n}"))?;
            acts.push(Act { at, case: n, step: 0, who: &case.by, what: What::Open(case) });
            for (step, (when, who, name, given)) in (1..).zip(&case.steps) {
                let at = self.instant(who, when).with_context(|| format!("case {n}, {name}"))?;
                acts.push(Act { at, case: n, step, who, what: What::Do(name, given) });
            }
        }
        // What would lie ahead of the clock happened just before it.
        let latest = self.now.checked_sub(SignedDuration::from_mins(1))?;
        for act in &mut acts {
            act.at = act.at.min(latest);
        }
        acts.sort_by_key(|act| (act.at, act.case, act.step));
        Ok(acts)
    }

    fn act(&self, act: &Act<'_>, id: Option<DossierId>) -> anyhow::Result<DossierId> {
        let who = viewer(self.app, act.who)?;
        match act.what {
            What::Open(case) => self.open(&who, act, case),
            What::Do(name, given) => {
                let id = id.context("a case is opened before anything is done with it")?;
                self.perform(&who, act, id, name, given)?;
                Ok(id)
            }
        }
    }

    fn open(&self, who: &Viewer, act: &Act<'_>, case: &Case) -> anyhow::Result<DossierId> {
        let given = self.dated(act.who, &case.request)?;
        let then = if case.draft { Then::Keep } else { Then::Send };
        let request = Request { given, ..Request::default() };
        let new = NewDossier { kind: case.kind, request, then, id: key(act), raw: Vec::new() };
        Ok(self.app.create(who, &new, Run::Real)?.id)
    }

    fn perform(
        &self,
        who: &Viewer,
        act: &Act<'_>,
        id: DossierId,
        name: &str,
        given: &Value,
    ) -> anyhow::Result<()> {
        if name == "open" {
            self.app.open(who, id)?;
            return Ok(());
        }
        let given = self.dated(act.who, given)?;
        let kind = self.app.look(who, id)?.dossier.standing.kind;
        let order = Order {
            command: command(kind, name, &given)?,
            seen: None,
            id: key(act),
            request: Vec::new(),
        };
        self.app.perform(who, id, &order)?;
        Ok(())
    }

    /// A value with its relative days and instants worked out.
    fn dated(&self, who: &str, value: &Value) -> anyhow::Result<Value> {
        Ok(match value {
            Value::Object(group) => match (group.get("day"), group.get("instant")) {
                (Some(Value::String(day)), None) => {
                    let at = self.instant(who, &format!("{day} 12:00"))?;
                    Value::String(day_in_zone(at, &self.unit(who)?.zone).to_string())
                }
                (None, Some(Value::String(at))) => {
                    Value::String(self.instant(who, at)?.to_string())
                }
                _ => {
                    let entry = |(name, value): (&String, &Value)| {
                        anyhow::Ok((name.clone(), self.dated(who, value)?))
                    };
                    Value::Object(group.iter().map(entry).collect::<anyhow::Result<_>>()?)
                }
            },
            Value::Array(list) => {
                Value::Array(list.iter().map(|one| self.dated(who, one)).collect::<Result<_, _>>()?)
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
        })
    }

    fn unit(&self, who: &str) -> anyhow::Result<Unit> {
        let unit = viewer(self.app, who)?.unit().cloned().context("a person has a unit")?;
        let directory = self.app.directory()?;
        directory.unit(&unit).cloned().context("the unit is in the directory")
    }

    /// An instant written relative to the demonstration's day.
    fn instant(&self, who: &str, written: &str) -> anyhow::Result<Timestamp> {
        let form = || format!("`{written}`: expected `-9w 10:15` or `-2d 08:00`");
        let (day, time) = written.split_once(' ').with_context(form)?;
        let time: Time = format!("{time}:00").parse().with_context(form)?;
        let unit = self.unit(who)?;
        let today = day_in_zone(self.now, &unit.zone);
        let date = if let Some(count) = day.strip_suffix('w') {
            self.working_day(unit.calendar(), today, count.parse().with_context(form)?)?
        } else if let Some(count) = day.strip_suffix('d') {
            today.checked_add(Span::new().days(count.parse::<i64>().with_context(form)?))?
        } else {
            bail!("{}", form())
        };
        let zoned = date.to_datetime(time).to_zoned_datetime(unit.zone.time_zone().clone());
        Ok(zoned.with_context(form)?.timestamp())
    }

    /// The working day so many before (negative) or after a day; from 0, the day or the next.
    fn working_day(&self, calendar: CalendarId, today: Date, count: i32) -> anyhow::Result<Date> {
        let calendars = self.app.calendars();
        // The Union's institutions have no calendar here: weekdays stand in for it.
        let works = |day: Date| match calendar {
            CalendarId::Institutions => {
                Ok(!matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday))
            }
            CalendarId::State(_) => calendars.is_working_day(calendar, day),
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
