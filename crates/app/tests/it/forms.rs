//! The two worlds: one in which everything happened, and one in which nothing happened that a
//! viewer may not read. In the first form that is removed from the log, in the second from the
//! script, which is then played anew.

use crate::fixtures::{Dice, Files, Node, PEOPLE, viewer};
use crate::generate::{self, Known};
use crate::script::{Act, Doing, Eyes, Memory, Notices, Number, Sent, Step, World};
use crate::view::{Asked, View, view};
use app::dossiers::Then;
use catalogue::ids::DossierId;
use domain::command::Readers;
use domain::event::{Kind, NewEvent, Reference, What};
use domain::standing::Standing;
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use store::flaws::{Flaw, Whole};
use store::log::append::{Appended, Birth, Stamp, Target, Write};
use store::viewer::Viewer;

/// So many steps a script has.
const STEPS: usize = 38;
/// The steps that a viewer takes at the end are numbered from here.
const AFTER: Number = 1000;

/// A script that was played in the whole world, with all that came of it.
pub(crate) struct Case {
    pub(crate) seed: u64,
    flaw: Option<Flaw>,
    steps: Vec<Played>,
    whole: Vec<Whole>,
    files: Files,
    memory: Memory,
    known: Known,
    asked: Asked,
}

/// A step as it was played in the whole world.
struct Played {
    step: Step,
    said: String,
    accepted: bool,
    at: Timestamp,
    /// The positions of its events.
    events: Range<usize>,
}

impl Case {
    /// Makes a script and plays it.
    pub(crate) fn play(seed: u64, flaw: Option<Flaw>) -> Case {
        let mut dice = Dice(seed);
        let mut world = World::new(flaw);
        let mut known = Known::default();
        let mut steps = Vec::new();
        let mut end = 0;
        for number in 0..STEPS {
            let step = generate::step(&mut dice, &world, &known, number);
            // What making a step has noticed belongs to nobody's step: it is the node's.
            let outcome = world.play(number, &step);
            let from = u64::try_from(end).unwrap().checked_sub(1);
            let new = world.node.store.log().tail(from, u32::MAX).unwrap();
            if let Act::Create { .. } | Act::Do { .. } = step.act {
                known.tried.push((number, step.who));
            }
            for event in &new {
                let header = &event.header;
                if header.change.what == What::ConsentAsked {
                    known.asks.push((number, header.dossier));
                }
                if !known.dossiers.iter().any(|(id, _)| *id == header.dossier) {
                    known.dossiers.push((header.dossier, header.kind));
                }
            }
            steps.push(Played {
                at: world.node.app.clock().now(),
                accepted: outcome.done.is_some(),
                said: outcome.said,
                step,
                events: end..end + new.len(),
            });
            end += new.len();
        }
        let whole = world.node.store.log().whole(0).unwrap();
        let never = DossierId::from_uuid(uuid::Uuid::from_u128(77));
        let references: BTreeSet<Reference> =
            whole.iter().map(|event| event.header.reference.clone()).collect();
        let mut dossiers: Vec<DossierId> = known.dossiers.iter().map(|(id, _)| *id).collect();
        dossiers.push(never);
        let asked = Asked { dossiers, references: references.into_iter().collect() };
        let World { node, memory } = world;
        Case { seed, flaw, steps, whole, files: node.close(), memory, known, asked }
    }

    /// For each dossier the position before which its `Everyone` was or is for this viewer.
    fn seen_until(&self, who: usize) -> BTreeMap<DossierId, usize> {
        let mut standings: BTreeMap<DossierId, Standing> = BTreeMap::new();
        let mut until = BTreeMap::new();
        let mut member = BTreeSet::new();
        for (position, Whole { header, .. }) in self.whole.iter().enumerate() {
            let id = header.dossier;
            match standings.get_mut(&id) {
                Some(standing) => standing.apply(header),
                None => {
                    standings.insert(id, Standing::fold([header]).unwrap());
                }
            }
            let is_listed = viewer(who).is_among(&standings[&id].distribution);
            if is_listed {
                member.insert(id);
                until.insert(id, usize::MAX);
            } else if member.remove(&id) {
                until.insert(id, position);
            }
        }
        until
    }

    /// Whether he may read any event of his dossiers that others have, and some that they have
    /// beside it he may not.
    fn dossiers_with_hidden_events(&self, who: usize) -> BTreeSet<DossierId> {
        let until = self.seen_until(who);
        let is_his = |id: &DossierId| until.get(id) == Some(&usize::MAX);
        let hidden = self.whole.iter().filter(|event| !viewer(who).is_of(&event.header.audience));
        hidden.map(|event| event.header.dossier).filter(is_his).collect()
    }

    /// The first form: a log written again without the events that he may not read.
    pub(crate) fn without_events(&self, who: usize) -> Result<World, String> {
        let until = self.seen_until(who);
        let may_read = |event: &&Whole| {
            until.get(&event.header.dossier) == Some(&usize::MAX)
                && viewer(who).is_of(&event.header.audience)
        };
        let node = Node::new(self.flaw);
        for (number, played) in self.steps.iter().enumerate() {
            let events = self.whole[played.events.clone()].iter().filter(may_read).collect();
            self.write_again(&node, number, played, events)?;
            match &played.step.act {
                Act::Open { on } if played.accepted => {
                    let by = viewer(played.step.who);
                    node.store.readings().record(by, *on, played.at).unwrap();
                }
                Act::Clock { to, .. } => node.app.clock_to(*to).unwrap(),
                Act::Create { .. }
                | Act::Do { .. }
                | Act::Open { .. }
                | Act::List
                | Act::Again { .. }
                | Act::Tell => {}
            }
            if played.step.tells() {
                node.app.tell().unwrap();
            }
        }
        Ok(World { node, memory: self.memory.clone() })
    }

    /// Writes the events of a step again: what time brought about one by one, a command's at once.
    fn write_again(
        &self,
        node: &Node,
        number: Number,
        played: &Played,
        events: Vec<&Whole>,
    ) -> Result<(), String> {
        let (of_time, of_command): (Vec<&Whole>, Vec<&Whole>) =
            events.into_iter().partition(|event| event.header.by.is_none());
        for event in of_time {
            append(node, &Viewer::system(), "", played, &[event])?;
        }
        if of_command.is_empty() {
            return Ok(());
        }
        append(node, viewer(played.step.who), &self.request_of(number).1, played, &of_command)
    }

    /// The number of the step that was tried, and the request that came with it.
    fn request_of(&self, number: Number) -> (Number, String) {
        match self.steps[number].step.act {
            Act::Again { step, request } => (step, request.text(step)),
            Act::Create { .. }
            | Act::Do { .. }
            | Act::Open { .. }
            | Act::List
            | Act::Clock { .. }
            | Act::Tell => (number, Sent::Same.text(number)),
        }
    }

    /// The second form: the script played anew without the commands that he may not see.
    ///
    /// # Errors
    /// What he got differs, or somebody's step that he sees was not accepted again.
    pub(crate) fn without_commands(&self, who: usize) -> Result<World, String> {
        let kept = self.kept(who);
        let mut world = World::new(self.flaw);
        world.memory.tried = self.memory.tried.clone();
        for step in world.memory.tried.values_mut().filter(|step| step.who != who) {
            // What others had seen may have been removed; they did what they did on what was there.
            if let Act::Do { eyes: eyes @ Eyes::Last, .. } = &mut step.act {
                *eyes = Eyes::Now;
            }
        }
        for (number, played) in self.steps.iter().enumerate() {
            if !kept.contains(&number) {
                continue;
            }
            let step = &world.memory.tried.get(&number).unwrap_or(&played.step).clone();
            let outcome = world.play(number, step);
            if step.who == who && outcome.said != played.said {
                return Err(format!(
                    "step {number} {step:?}\n  whole: {}\n  other: {}",
                    played.said, outcome.said
                ));
            }
            if outcome.done.is_some() != played.accepted {
                return Err(format!(
                    "step {number} {step:?} of another\n  whole: {}\n  other: {}",
                    played.said, outcome.said
                ));
            }
        }
        Ok(world)
    }

    /// The steps of the second form: his own, those that he sees something of, those without which
    /// these could not have been taken, and what the node does by itself.
    fn kept(&self, who: usize) -> BTreeSet<Number> {
        let mut support = self.seen_until(who);
        let seen = support.clone();
        let mut granted = BTreeSet::new();
        let mut kept = BTreeSet::new();
        for (number, played) in self.steps.iter().enumerate().rev() {
            let events: Vec<&Whole> = self.whole[played.events.clone()]
                .iter()
                .filter(|event| event.header.by.is_some())
                .collect();
            let position = |event: &Whole| usize::try_from(event.position).unwrap();
            let sees = |event: &&Whole| {
                seen.get(&event.header.dossier).is_some_and(|until| position(event) < *until)
                    && viewer(who).is_of(&event.header.audience)
            };
            let supports = |event: &&Whole| {
                support.get(&event.header.dossier).is_some_and(|until| position(event) <= *until)
                    && is_needed(&played.step.act, event.header.change.what)
                    || granted.contains(&number)
            };
            let keeps = played.step.who == who
                || match &played.step.act {
                    Act::Clock { .. } | Act::Tell => true,
                    Act::List => false,
                    Act::Open { on } => {
                        // What is opened behind his back changes nothing that he still sees.
                        let is_his = seen.get(on).is_some_and(|until| played.events.start < *until);
                        played.accepted && is_his && self.sees_receipts(who, played, *on)
                    }
                    Act::Create { .. } | Act::Do { .. } | Act::Again { .. } => {
                        events.iter().any(sees) || events.iter().any(supports)
                    }
                };
            if !keeps {
                continue;
            }
            kept.insert(number);
            for event in &events {
                let needed = support.entry(event.header.dossier).or_default();
                *needed = (*needed).max(position(event));
            }
            if let Act::Do { what: Doing::Consent { ask, decision: "granted" }, .. } =
                &self.tried(number).act
            {
                granted.insert(*ask);
            }
        }
        kept
    }

    /// The step itself, or the one that it sends again.
    fn tried(&self, number: Number) -> &Step {
        &self.steps[self.request_of(number).0].step
    }

    /// Whether somebody is told that a dossier was opened: its home is, and the own unit.
    fn sees_receipts(&self, who: usize, played: &Played, on: DossierId) -> bool {
        let home = self.whole.iter().find(|event| event.header.dossier == on);
        let home = home.map(|event| &event.header.home);
        let is_home = viewer(who).units().any(|unit| Some(unit) == home);
        let reader: BTreeSet<_> = viewer(played.step.who).units().cloned().collect();
        is_home || viewer(who).is_among(&reader)
    }

    /// Compares both forms with the whole world for this viewer.
    ///
    /// # Errors
    /// The form, and in what it differs.
    pub(crate) fn check(&self, who: usize, forms: &[Form]) -> Result<Tally, String> {
        let whole = World { node: Node::of(&self.files, self.flaw), memory: self.memory.clone() };
        let whole = self.watch(whole, who, None);
        for form in forms {
            let other = match form {
                Form::Log => self.without_events(who),
                Form::Script => self.without_commands(who),
            };
            let differs =
                |what: &str| format!("seed {}, {}, {form:?}: {what}", self.seed, PEOPLE[who].0);
            let other = other.map_err(|what| differs(&what))?;
            let other = self.watch(other, who, Some(&whole.plan));
            if let Some(what) = whole.before.differs_from(&other.before) {
                return Err(differs(&what));
            }
            for (step, (one, two)) in whole.plan.iter().zip(whole.said.iter().zip(&other.said)) {
                if one != two {
                    return Err(differs(&format!("{step:?}\n  whole: {one}\n  other: {two}")));
                }
            }
            if let Some(what) = whole.after.differs_from(&other.after) {
                return Err(differs(&format!("afterwards: {what}")));
            }
        }
        Ok(whole.tally)
    }

    /// What somebody gets from a world, before and after commands of his own.
    fn watch(&self, mut world: World, who: usize, plan: Option<&[Step]>) -> Watched {
        let mut dice = Dice(self.seed ^ u64::try_from(who).unwrap().rotate_left(40));
        let mut questions = dice.clone();
        let before = view(&world, who, &self.asked, &mut questions);
        let beside = self.dossiers_with_hidden_events(who);
        let mut tally =
            Tally { pairs: 1, hidden: usize::from(!beside.is_empty()), ..Tally::default() };
        let mut said = Vec::new();
        let mut played = Vec::new();
        let length = plan.map_or_else(|| 2 * self.known.dossiers.len() + 5, <[Step]>::len);
        for index in 0..length {
            let step = match plan {
                Some(plan) => plan[index].clone(),
                None => self.step_after(&mut dice, &world, who, index),
            };
            let outcome = world.play(AFTER + index, &step);
            if let Act::Do { on, .. } = &step.act
                && beside.contains(on)
            {
                tally.beside_hidden += 1;
                tally.accepted += usize::from(outcome.done.is_some());
            }
            said.push(outcome.said);
            played.push(step);
        }
        let after = view(&world, who, &self.asked, &mut questions);
        Watched { before, plan: played, said, after, tally }
    }

    /// What he does at the end: something on each dossier (those that do not exist for him, too),
    /// then time passes, something again, a request of his own, and what he sent before once more.
    fn step_after(&self, dice: &mut Dice, world: &World, who: usize, index: usize) -> Step {
        let dossiers = &self.known.dossiers;
        let id = u8::try_from(dice.below(40)).unwrap();
        let now = world.node.app.clock().now();
        let act = if index == dossiers.len() {
            let to = now + SignedDuration::from_hours(24 * 11);
            Act::Clock { to, notices: Notices::Later }
        } else if let Some((on, kind)) = dossiers.get(index % (dossiers.len() + 1))
            && index < 2 * dossiers.len() + 1
        {
            generate::doing(dice, world, &self.known, (AFTER + index, who, *on, *kind))
        } else if index == 2 * dossiers.len() + 1 {
            let today = now.to_zoned_datetime(jiff::tz::TimeZone::UTC).date();
            let given = crate::requests::request(dice, Kind::Information, AFTER, today);
            Act::Create { kind: Kind::Information, given, then: Then::Send }
        } else if index == 2 * dossiers.len() + 2 {
            Act::List
        } else {
            let his: Vec<Number> =
                self.known.tried.iter().filter(|(_, by)| *by == who).map(|(n, _)| *n).collect();
            if his.is_empty() {
                Act::List
            } else {
                Act::Again { step: *dice.one(&his), request: Sent::Same }
            }
        };
        Step { who, act, id }
    }
}

impl Step {
    /// Whether the followers tell what has happened with it.
    fn tells(&self) -> bool {
        matches!(self.act, Act::Tell | Act::Clock { notices: Notices::AtOnce, .. })
    }
}

/// Whether later steps of others may rest on such an event: words rest on nothing.
fn is_needed(act: &Act, what: What) -> bool {
    match what {
        What::Note
        | What::Message
        | What::Assigned
        | What::ConsentAsked
        | What::ConsentRefused
        | What::KeyDestroyed => false,
        What::Attached => {
            matches!(act, Act::Do { what: Doing::Attach(Readers::Everyone), .. })
        }
        What::Drafted
        | What::Edited
        | What::Submitted
        | What::SentBack
        | What::Sent
        | What::Acknowledged
        | What::Shared
        | What::UnitsWithdrawn
        | What::ConsentGiven
        | What::HandlingTightened
        | What::GroundAdded
        | What::Extended
        | What::PartlyAnswered
        | What::Answered
        | What::Refused
        | What::Dissented
        | What::Informed
        | What::GroundEnded
        | What::ReleaseDue
        | What::Overdue
        | What::Outcome
        | What::Recalled
        | What::Closed
        | What::Reopened => true,
    }
}

/// Writes events of one command to another node.
fn append(
    node: &Node,
    by: &Viewer,
    request: &str,
    played: &Played,
    events: &[&Whole],
) -> Result<(), String> {
    let mut writes: Vec<Write> = Vec::new();
    let mut last = None;
    for Whole { header, body, summary, .. } in events {
        let id = header.dossier;
        if last != Some(id) {
            let target = if let Some(seen) = node.store.log().version(by, id).unwrap() {
                Target::Existing { id, seen }
            } else {
                let (kind, reference) = (header.kind, header.reference.clone());
                Target::New { id, birth: Birth { kind, reference, home: header.home.clone() } }
            };
            writes.push(Write { target, events: Vec::new() });
            last = Some(id);
        }
        writes.last_mut().unwrap().events.push(NewEvent {
            audience: header.audience.clone(),
            change: header.change.clone(),
            at: Some(header.at),
            body: body.clone(),
            summary: summary.clone(),
        });
    }
    let header = &events[0].header;
    let stamp = Stamp {
        by: header.by.clone(),
        at: played.at,
        command: header.command,
        request: request.as_bytes().to_vec(),
    };
    match node.store.log().append(by, stamp, writes) {
        Ok(Appended::Done(_)) => Ok(()),
        other => Err(format!("step {request} {:?} is not written again: {other:?}", played.step)),
    }
}

/// What is removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// The events that the viewer may not read, from the log.
    Log,
    /// The commands that he may not see, from the script.
    Script,
}

/// What a viewer got, and the steps that he took.
struct Watched {
    before: View,
    plan: Vec<Step>,
    said: Vec<String>,
    after: View,
    tally: Tally,
}

/// What was compared.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    /// Pairs of a log and a viewer.
    pub(crate) pairs: usize,
    /// Those in which the viewer has a dossier of which he may not read everything.
    pub(crate) hidden: usize,
    /// Commands on such dossiers.
    pub(crate) beside_hidden: usize,
    /// Those that were accepted.
    pub(crate) accepted: usize,
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.pairs += other.pairs;
        self.hidden += other.hidden;
        self.beside_hidden += other.beside_hidden;
        self.accepted += other.accepted;
    }
}
