//! A small world: the demonstration directory, the shipped calendars, five people, and a log in
//! memory that gives everybody his own fold of it, as the store does.

use catalogue::authorities::Directory;
use catalogue::calendar::Calendars;
use catalogue::ids::{CommandId, UnitId};
use domain::audience::Audience;
use domain::body::{Attachment, Body, Event, Request};
use domain::command::{self, Command, Readers};
use domain::deadline;
use domain::decide::{self, Actor, Approval, Context, Decision, Opening, Post};
use domain::dossier::Dossier;
use domain::event::{FORMAT, Header, Kind, NewEvent, Reference, State, What};
use domain::refusal::Refusal;
use domain::standing::Standing;
use jiff::Timestamp;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

pub(crate) static DIRECTORY: LazyLock<Directory> =
    LazyLock::new(|| Directory::demonstration().unwrap());
pub(crate) static CALENDARS: LazyLock<Calendars> = LazyLock::new(|| Calendars::shipped().unwrap());

/// Tuesday 24 November 2026, 10:00 in Rotterdam.
pub(crate) const NOW: &str = "2026-11-24T10:00:00+01:00";

pub(crate) fn unit(id: &str) -> UnitId {
    id.parse().unwrap()
}

pub(crate) fn at(instant: &str) -> Timestamp {
    instant.parse().unwrap()
}

pub(crate) fn actor(name: &str, of: &str, standing: Post) -> Actor {
    let mut units = vec![unit(of)];
    units.extend(DIRECTORY.ancestors(&unit(of)).map(|above| above.id.clone()));
    units.dedup();
    let authority = units.last().unwrap().clone();
    Actor { name: name.to_owned(), unit: unit(of), units, authority, standing }
}

/// A customs officer at the border, Rotterdam.
pub(crate) fn rotterdam() -> Actor {
    actor("Sanne de Wit", "NL000510", Post::Officer)
}

/// The contact point of the Dutch customs.
pub(crate) fn dutch_customs() -> Actor {
    actor("Joris Bakker", "NL-CUSTOMS", Post::ContactPoint)
}

pub(crate) fn german_licensing() -> Actor {
    actor("Jonas Brandt", "DE-LICENSING", Post::ContactPoint)
}

pub(crate) fn austrian_licensing() -> Actor {
    actor("Lukas Hofbauer", "AT-LICENSING", Post::Officer)
}

pub(crate) fn french_licensing() -> Actor {
    actor("Camille Roussel", "FR-LICENSING", Post::Officer)
}

pub(crate) fn french_customs() -> Actor {
    actor("Maud Lefort", "FR-CUSTOMS", Post::Officer)
}

pub(crate) fn commission() -> Actor {
    actor("Ana Costa", "EU-COMMISSION", Post::Officer)
}

/// A dossier, its whole log and the time; nobody reads the log but through [`World::read`].
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) now: Timestamp,
    pub(crate) approval: Approval,
    kind: Kind,
    home: UnitId,
    log: Vec<Arc<Event>>,
    pub(crate) opened: Vec<Opening>,
}

impl World {
    /// A draft of the officer in Rotterdam.
    pub(crate) fn draft(kind: Kind, given: Value) -> World {
        World::draft_by(&rotterdam(), kind, given).unwrap()
    }

    pub(crate) fn draft_by(by: &Actor, kind: Kind, given: Value) -> Result<World, Refusal> {
        let mut world = World {
            now: at(NOW),
            approval: Approval::NotNeeded,
            kind,
            home: by.authority.clone(),
            log: Vec::new(),
            opened: Vec::new(),
        };
        let request = Request { given, ..Request::default() };
        let events = decide::draft(kind, request, None, by)?;
        world.append(Some(by), events);
        Ok(world)
    }

    /// A request that the officer in Rotterdam has sent.
    pub(crate) fn sent(kind: Kind, given: Value) -> World {
        let mut world = World::draft(kind, given);
        world.does(&rotterdam(), "send", &json!({}));
        world
    }

    pub(crate) fn context(&self) -> Context<'static> {
        Context {
            now: self.now,
            directory: &DIRECTORY,
            calendars: &CALENDARS,
            approval: self.approval,
        }
    }

    fn append(&mut self, by: Option<&Actor>, events: Vec<NewEvent>) {
        for event in events {
            let number = u128::try_from(self.log.len()).unwrap() + 1;
            let strand = self.log.iter().filter(|old| old.header.audience == event.audience);
            let header = Header {
                v: FORMAT,
                id: format!("{number:032x}").parse().unwrap(),
                dossier: format!("{:032x}", 7).parse().unwrap(),
                kind: self.kind,
                home: self.home.clone(),
                reference: Reference::new("NL", 2026, 7, self.kind),
                command: CommandId::from_bytes(number.to_be_bytes()),
                by: by.map(|actor| actor.unit.clone()),
                at: event.at.unwrap_or(self.now),
                seq: u64::try_from(strand.count()).unwrap(),
                previous: String::new(),
                audience: event.audience,
                change: event.change,
            };
            let body = Some(Body::decode(&event.body).unwrap());
            self.log.push(Arc::new(Event { header, body }));
        }
    }

    /// All events, as only a test may see them.
    pub(crate) fn log(&self) -> &[Arc<Event>] {
        &self.log
    }

    /// What the headers say in all.
    pub(crate) fn standing(&self) -> Standing {
        Standing::fold(self.log.iter().map(|event| &event.header)).unwrap()
    }

    /// The events that somebody may read: he is on the list now, and of their audience.
    pub(crate) fn events(&self, viewer: &Actor) -> Vec<Event> {
        let listed = self.standing().distribution;
        if !viewer.units.iter().any(|unit| listed.contains(unit)) {
            return Vec::new();
        }
        let may_read = |event: &&Arc<Event>| event.header.audience.includes(&viewer.units);
        self.log.iter().filter(may_read).map(|event| Event::clone(event)).collect()
    }

    /// Somebody's dossier; none where nothing exists for him.
    pub(crate) fn read(&self, viewer: &Actor) -> Option<Dossier> {
        Dossier::fold(self.events(viewer))
    }

    /// The dossier of somebody who has one.
    pub(crate) fn of(&self, viewer: &Actor) -> Dossier {
        self.read(viewer).unwrap()
    }

    /// Where it stands for the system, which reads what is for everyone.
    pub(crate) fn for_system(&self) -> Option<Standing> {
        let everyone = |event: &&Arc<Event>| event.header.audience == Audience::Everyone;
        Standing::fold(self.log.iter().filter(everyone).map(|event| &event.header))
    }

    /// Lets time pass, and records what it makes true.
    pub(crate) fn pass(&mut self, until: &str) -> &mut World {
        self.pass_to(at(until))
    }

    pub(crate) fn pass_to(&mut self, until: Timestamp) -> &mut World {
        assert!(until >= self.now, "time goes on only");
        self.now = until;
        let due = self.for_system().map(|standing| deadline::settle(&standing, until));
        self.append(None, due.unwrap_or_default());
        self
    }

    /// Does what somebody wants, or says why not; as the writer does, on his own fold.
    pub(crate) fn perform(&mut self, by: &Actor, command: Command) -> Result<(), Refusal> {
        let dossier = self.read(by).expect("nobody commands what does not exist for him");
        let decision = decide::decide(&dossier, by, command, &self.context())?;
        self.take(by, decision);
        Ok(())
    }

    /// Appends what a decision of his has led to.
    pub(crate) fn take(&mut self, by: &Actor, decision: Decision) {
        self.append(Some(by), decision.events);
        self.opened.extend(decision.opens);
    }

    /// Tries a command as the API names it.
    pub(crate) fn tries(&mut self, by: &Actor, name: &str, given: &Value) -> Result<(), Refusal> {
        let command = command::read(self.kind, name, given)
            .unwrap_or_else(|errors| panic!("`{name}` with {given}: {errors:?}"));
        self.perform(by, command)
    }

    /// Gives a command that is to be accepted.
    pub(crate) fn does(&mut self, by: &Actor, name: &str, given: &Value) -> &mut World {
        let done = self.tries(by, name, given);
        assert_eq!(done, Ok(()), "{} does `{name}` with {given}", by.unit);
        self
    }

    /// The refusal of a command, in English.
    pub(crate) fn refuses(&mut self, by: &Actor, name: &str, given: &Value) -> String {
        let before = self.log.len();
        let refusal = self.tries(by, name, given).expect_err(name);
        assert_eq!(self.log.len(), before, "a refusal leaves no trace");
        refusal.to_string()
    }

    pub(crate) fn edits(&mut self, by: &Actor, given: Value) -> Result<(), Refusal> {
        self.perform(by, Command::Edit(Request { given, ..Request::default() }))
    }

    pub(crate) fn attaches(&mut self, by: &Actor, name: &str, readers: Readers) {
        self.perform(by, Command::Attach(file(name), readers)).unwrap();
    }

    pub(crate) fn state(&self) -> State {
        self.standing().state
    }

    /// What has happened, for everyone and for some.
    pub(crate) fn happened(&self) -> Vec<What> {
        self.log.iter().map(|event| event.header.change.what).collect()
    }

    /// The last days of the clocks, each with its unit, as `DE-LICENSING 2026-12-08`.
    pub(crate) fn last_days(&self) -> Vec<String> {
        let clocks = self.standing().clocks;
        clocks.iter().map(|clock| format!("{} {}", clock.unit, clock.last_day)).collect()
    }
}

/// A stored file of this name.
pub(crate) fn file(name: &str) -> Attachment {
    let number: u32 = name.bytes().map(u32::from).sum();
    Attachment {
        id: format!("{number:032x}").parse().unwrap(),
        name: name.to_owned(),
        media_type: "image/jpeg".to_owned(),
        bytes: 3,
        sha256: "00".repeat(32),
        key: "11".repeat(32),
    }
}

/// A request to these units with this form.
pub(crate) fn request(to: &[&str], form: &Value) -> Value {
    json!({
        "to": to,
        "purpose": "Control of an export",
        "legal_basis": "2021/821 Art. 25(2)",
        "form": form,
    })
}

/// The same under a handling code.
pub(crate) fn under(mut request: Value, handling: &Value) -> Value {
    request["handling"] = handling.clone();
    request
}

pub(crate) fn stop_form(grounds: &[&str]) -> Value {
    json!({
        "grounds": grounds,
        "items": [{
            "description": "Vacuum pumps",
            "cn8": "84141081",
            "control_code": "2B231",
            "exporter": {"name": "Feinwerk Donau"},
            "consignee": {"name": "Sary-Arka Avtomatika", "country": "KZ"},
            "country_of_destination": "KZ",
        }],
        "office": "NL000510",
        "suspended_at": "2026-11-24T09:00:00+01:00",
    })
}

pub(crate) fn licensed(mut form: Value) -> Value {
    form["licence"] = json!("DE-26-004711");
    form
}

pub(crate) fn stop(to: &str, grounds: &[&str]) -> Value {
    request(&[to], &licensed(stop_form(grounds)))
}

pub(crate) fn information(to: &[&str]) -> Value {
    let questions = json!([
        {"text": "Is the end user known?", "type": "yes_no"},
        {"text": "How many pumps went there?", "type": "number"},
    ]);
    let form = json!({"subject": "Pumps", "questions": questions, "urgency": "normal"});
    request(to, &form)
}

pub(crate) fn classification(to: &[&str]) -> Value {
    let form = json!({"description": "Vacuum pump", "goods_held": "no", "urgency": "normal"});
    request(to, &form)
}

pub(crate) fn document(to: &str) -> Value {
    let form = json!({"document_type": "licence", "number": "DE-26-004711", "urgency": "normal"});
    request(&[to], &form)
}

pub(crate) fn notice(to: &[&str]) -> Value {
    let form = json!({"matter": "catch_all", "text": "Pumps to Sary-Arka need an authorisation."});
    request(to, &form)
}

pub(crate) fn opinion(verdict: &str, codes: &Value) -> Value {
    json!({
        "verdict": verdict, "codes": codes, "reasoning": "Flow below the threshold.",
        "list_version": "2025/2003", "precedent": "no",
    })
}

pub(crate) fn reason() -> Value {
    json!({"reason": "So it was agreed."})
}

pub(crate) fn share(units: &[&str]) -> Value {
    json!({"units": units, "purpose": "Control of the route", "legal_basis": "2021/821 Art. 25(2)"})
}

/// What each unit has said, as text: unit, number of the question, answer.
pub(crate) fn said(dossier: &Dossier) -> BTreeMap<String, Vec<String>> {
    let table = domain::kinds::information::table(dossier);
    let row = |answers: &BTreeMap<u32, domain::kinds::information::Said>| {
        let ground = |said: &domain::kinds::information::Said| {
            said.ground.map(|ground| format!(" ({ground})")).unwrap_or_default()
        };
        answers.iter().map(|(n, said)| format!("{n}: {}{}", said.value, ground(said))).collect()
    };
    table.iter().map(|(unit, answers)| (unit.to_string(), row(answers))).collect()
}
