//! A dossier as one viewer has it: the fold of the events that he may read.
//!
//! A [`Dossier`] is always somebody's. There is no other way to make one than from his events.

use crate::body::{Attachment, Body, Content, Disclosure, Event, Request, Summary};
use crate::event::What;
use crate::handling::Handling;
use crate::refusal::Refusal;
use crate::standing::Standing;
use catalogue::ids::{EventId, UnitId};
use serde_json::Value;
use std::collections::BTreeSet;

/// What a viewer has of a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dossier {
    /// What its headers say.
    pub standing: Standing,
    /// The request as last written; none when its key has been destroyed.
    pub request: Option<Request>,
    /// How it may be used; none when that cannot be read any more.
    pub handling: Option<Handling>,
    /// The units that were asked when it was sent.
    pub addressees: BTreeSet<UnitId>,
    /// To whom of the viewer's own authority it is assigned.
    pub assigned: Option<String>,
    /// Files, in the order in which they came.
    pub attachments: Vec<Attachment>,
    /// Requests for consent to share that wait for the originator.
    pub consents: Vec<ConsentRequest>,
    /// All events that the viewer may read, in their order.
    pub events: Vec<Event>,
}

/// A request to the originator to let a dossier go further.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentRequest {
    /// The event that asks.
    pub id: EventId,
    /// The unit that asks.
    pub by: Option<UnitId>,
    /// Whom it wants to add, why and by what right.
    pub disclosure: Disclosure,
}

impl Dossier {
    /// Folds the events that a viewer may read, in their order; none without an event.
    pub fn fold(events: Vec<Event>) -> Option<Dossier> {
        let standing = Standing::fold(events.iter().map(|event| &event.header))?;
        let mut dossier = Dossier {
            standing,
            request: None,
            handling: None,
            addressees: BTreeSet::new(),
            assigned: None,
            attachments: Vec::new(),
            consents: Vec::new(),
            events: Vec::new(),
        };
        for event in &events {
            dossier.apply(event);
        }
        dossier.events = events;
        Some(dossier)
    }

    fn apply(&mut self, event: &Event) {
        if let (What::Sent, Some(asked)) = (event.header.change.what, &event.header.change.asked) {
            self.addressees = asked.iter().cloned().collect();
        }
        match event.body.as_ref().map(|body| &body.content) {
            Some(Content::Request(request)) => {
                self.handling = Handling::of(request.given.get("handling"));
                for file in &request.attachments {
                    self.add_file(file);
                }
                self.request = Some(request.clone());
            }
            Some(Content::Attachment(file)) => self.add_file(file),
            Some(Content::Assignment { person }) => self.assigned.clone_from(person),
            Some(Content::Handling { handling }) => self.handling = Some(handling.clone()),
            Some(Content::Disclosure(disclosure))
                if event.header.change.what == What::ConsentAsked =>
            {
                self.consents.push(ConsentRequest {
                    id: event.header.id,
                    by: event.header.by.clone(),
                    disclosure: disclosure.clone(),
                });
            }
            Some(Content::Given { given }) => {
                if let Some(id) = given.get("request").and_then(Value::as_str) {
                    self.consents.retain(|request| request.id.to_string() != id);
                }
            }
            Some(
                Content::Nothing
                | Content::Text { .. }
                | Content::Reason { .. }
                | Content::Disclosure(_)
                | Content::Units { .. }
                | Content::Ground { .. },
            )
            | None => {}
        }
    }

    fn add_file(&mut self, file: &Attachment) {
        if !self.attachments.iter().any(|known| known.id == file.id) {
            self.attachments.push(file.clone());
        }
    }

    /// The form as written, or nothing where it cannot be read.
    pub fn form(&self) -> &Value {
        self.given("form")
    }

    /// A part of the request as written: `form`, `to`, `handling`, `purpose`, `legal_basis`.
    pub fn given(&self, name: &str) -> &Value {
        self.request.as_ref().and_then(|request| request.given.get(name)).unwrap_or(&Value::Null)
    }

    /// The events of this sort with their bodies, in their order.
    pub fn of(&self, what: What) -> impl Iterator<Item = (&Event, &Body)> {
        self.events
            .iter()
            .filter(move |event| event.header.change.what == what)
            .filter_map(|event| event.body.as_ref().map(|body| (event, body)))
    }

    /// The units that were asked when it was sent and are still on its list, to be asked again.
    ///
    /// # Errors
    /// [`Refusal::NotListed`] when all of them have been taken off: nobody could answer.
    pub fn listed_addressees(&self) -> Result<BTreeSet<UnitId>, Refusal> {
        let listed: BTreeSet<UnitId> =
            self.addressees.intersection(&self.standing.distribution).cloned().collect();
        match self.addressees.first() {
            Some(unit) if listed.is_empty() => Err(Refusal::NotListed { unit: unit.clone() }),
            Some(_) | None => Ok(listed),
        }
    }

    /// What a list shows of it.
    pub fn summary(&self) -> Summary {
        let mut summary = crate::kinds::summary(self.standing.kind, self.form());
        summary.assigned.clone_from(&self.assigned);
        summary
    }
}
