//! A script: what people do, one step after the other, and a world in which it is played.
//!
//! Steps name nothing that differs between worlds: what somebody has seen is "what he sees now" or
//! "what he last saw", and a request for consent is named by the step that made it.

use crate::fixtures::{Node, account, viewer};
use app::dossiers::{self, Done, NewDossier, Order, Run, Then};
use app::{Trouble, Version};
use catalogue::ids::{CommandId, DossierId};
use domain::body::{Attachment, Request};
use domain::command::{Command, Readers};
use domain::event::Kind;
use jiff::Timestamp;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use store::flaws::Flaw;

/// One thing that somebody does.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    /// One of the people; means nothing for what the node does.
    pub(crate) who: usize,
    pub(crate) act: Act,
    /// The id of the command: few are in use, so that people hit upon the same.
    pub(crate) id: u8,
}

#[derive(Clone, Debug)]
pub(crate) enum Act {
    Create {
        kind: Kind,
        given: Value,
        then: Then,
    },
    Do {
        on: DossierId,
        kind: Kind,
        what: Doing,
        eyes: Eyes,
        run: Run,
    },
    /// Opens a dossier, which is recorded.
    Open {
        on: DossierId,
    },
    List,
    /// Sends the same again, or something else under the same id.
    Again {
        step: usize,
        request: Sent,
    },
    /// Case time goes on; the node notices at once, or when somebody comes.
    Clock {
        to: Timestamp,
        notices: Notices,
    },
    /// The followers tell what has happened.
    Tell,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sent {
    Same,
    Other,
}

impl Sent {
    /// What comes in with the command of this step.
    pub(crate) fn text(self, number: Number) -> String {
        match self {
            Sent::Same => number.to_string(),
            Sent::Other => format!("{number} otherwise"),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Notices {
    AtOnce,
    Later,
}

#[derive(Clone, Debug)]
pub(crate) enum Doing {
    Named { name: String, given: Value },
    Edit(Value),
    Attach(Readers),
    Consent { ask: usize, decision: &'static str },
}

/// What somebody says that he has seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Eyes {
    Unsaid,
    Now,
    /// What he saw when he last opened it or did something; something never seen where he did not.
    Last,
}

/// What came of a step.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// What the one who took the step got, in a form to be compared.
    pub(crate) said: String,
    /// What was done, if it was.
    pub(crate) done: Option<Done>,
}

impl Outcome {
    fn of(result: Result<Done, Trouble>) -> Outcome {
        let said = format!("{result:?}");
        Outcome { said, done: result.ok() }
    }

    fn nothing() -> Outcome {
        Outcome { said: String::new(), done: None }
    }
}

/// What people remember: what they last saw, and what they tried (by the number of the step).
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory {
    pub(crate) last: BTreeMap<(usize, DossierId), Version>,
    pub(crate) tried: BTreeMap<Number, Step>,
}

/// A node with what its people remember.
pub(crate) struct World {
    pub(crate) node: Node,
    pub(crate) memory: Memory,
}

/// Numbers of steps.
pub(crate) type Number = usize;

impl World {
    pub(crate) fn new(flaw: Option<Flaw>) -> World {
        World { node: Node::new(flaw), memory: Memory::default() }
    }

    /// Takes a step.
    pub(crate) fn play(&mut self, number: Number, step: &Step) -> Outcome {
        let app = &self.node.app;
        let who = viewer(step.who);
        match &step.act {
            Act::Create { .. } | Act::Do { .. } => {
                self.memory.tried.insert(number, step.clone());
                self.try_step(number, step, &Sent::Same.text(number))
            }
            Act::Again { step: before, request } => {
                let Some(again) = self.memory.tried.get(before).cloned() else {
                    return Outcome::nothing();
                };
                self.try_step(*before, &again, &request.text(*before))
            }
            Act::Open { on } => match app.open(who, *on) {
                Ok(seen) => {
                    let said = format!("{:?} {:?}", seen.version, seen.dossier);
                    let done = Done { id: *on, version: seen.version, opened: None };
                    self.memory.last.insert((step.who, *on), seen.version);
                    Outcome { said, done: Some(done) }
                }
                Err(trouble) => Outcome::of(Err(trouble)),
            },
            Act::List => {
                let query = app::list::ListQuery { limit: 100, ..Default::default() };
                let said = format!("{:?}", app.list(who, &query));
                Outcome { said, ..Outcome::nothing() }
            }
            Act::Clock { to, notices: Notices::AtOnce } => {
                app.move_clock(*to).unwrap();
                Outcome::nothing()
            }
            Act::Clock { to, notices: Notices::Later } => {
                app.clock_to(*to).unwrap();
                Outcome::nothing()
            }
            Act::Tell => {
                app.tell().unwrap();
                Outcome::nothing()
            }
        }
    }

    fn try_step(&mut self, number: Number, step: &Step, request: &str) -> Outcome {
        let who = viewer(step.who);
        let id = command_id(step.id);
        let raw = request.as_bytes().to_vec();
        let (run, result) = match &step.act {
            Act::Create { kind, given, then } => {
                let request = Request { given: given.clone(), ..Request::default() };
                let new = NewDossier { kind: *kind, request, then: *then, id, raw };
                (Run::Real, self.node.app.create(who, &new, Run::Real))
            }
            Act::Do { on, kind, what, eyes, run } => {
                let seen = self.seen(step.who, *on, *eyes);
                let result =
                    self.command(number, step.who, *on, (*kind, what)).and_then(|command| {
                        let order = Order { command, seen, id, request: raw };
                        self.node.app.perform_or_try(who, *on, &order, *run)
                    });
                (*run, result)
            }
            Act::Open { .. } | Act::List | Act::Again { .. } | Act::Clock { .. } | Act::Tell => {
                return Outcome::nothing();
            }
        };
        if let (Run::Real, Ok(done)) = (run, &result) {
            self.memory.last.insert((step.who, done.id), done.version);
        }
        Outcome::of(result)
    }

    fn seen(&self, who: usize, on: DossierId, eyes: Eyes) -> Option<Version> {
        let never = Version::from_bytes([3; 32]);
        match eyes {
            Eyes::Unsaid => None,
            Eyes::Now => self.node.app.look(viewer(who), on).ok().map(|seen| seen.version),
            Eyes::Last => Some(self.memory.last.get(&(who, on)).copied().unwrap_or(never)),
        }
    }

    fn command(
        &self,
        number: Number,
        who: usize,
        on: DossierId,
        (kind, what): (Kind, &Doing),
    ) -> Result<Command, Trouble> {
        match what {
            Doing::Named { name, given } => dossiers::command(kind, name, given),
            Doing::Edit(given) => {
                Ok(Command::Edit(Request { given: given.clone(), ..Request::default() }))
            }
            Doing::Attach(readers) => Ok(Command::Attach(file(number), *readers)),
            Doing::Consent { ask, decision } => {
                let purpose = purpose(*ask);
                let seen = self.node.app.look(viewer(who), on).ok();
                let open = seen.iter().flat_map(|seen| &seen.dossier.consents);
                let id = open
                    .filter(|request| request.disclosure.purpose == purpose)
                    .map(|request| request.id.to_string())
                    .next();
                let id = id.unwrap_or_else(|| "none".to_owned());
                dossiers::command(kind, "consent", &json!({"request": id, "decision": decision}))
            }
        }
    }

    /// The mails that somebody is to get, in their order.
    pub(crate) fn mails(&self, who: usize) -> Vec<String> {
        let due = self.node.app.outbox().due(Timestamp::MAX, 10_000).unwrap();
        let his = due.into_iter().filter(|due| due.account == account(who));
        his.map(|due| format!("{:?} {:?} {}", due.letter, due.address, due.attempts)).collect()
    }
}

/// The purpose of what the step of this number shares: it names the step.
pub(crate) fn purpose(number: Number) -> String {
    format!("What step {number} is for")
}

pub(crate) fn command_id(id: u8) -> CommandId {
    CommandId::from_bytes([id; 16])
}

fn file(number: Number) -> Attachment {
    Attachment {
        id: format!("{number:032x}").parse().unwrap(),
        name: format!("{number}.jpg"),
        media_type: "image/jpeg".to_owned(),
        bytes: 3,
        sha256: "00".repeat(32),
        key: "11".repeat(32),
    }
}
