//! Drafting a request, and sending it: what must be given, and what then starts.

use super::{Actor, Approval, Context, Decision, Post, event, must_exist, own, reason_of};
use crate::audience::Audience;
use crate::body::{Attachment, Content, Request};
use crate::command::Reason;
use crate::dossier::Dossier;
use crate::event::{Change, Kind, NewEvent, State, What};
use crate::form::{FieldError, Form, Problem, Text, form};
use crate::handling::{HandlingForm, Marking};
use crate::kinds::{self, NotReady};
use crate::refusal::Refusal;
use catalogue::ids::UnitId;
use serde_json::Value;
use std::collections::BTreeSet;

form! {
    /// What a request has beside its form.
    pub struct Envelope = "request" {
        /// To whom it goes.
        to: Vec<UnitId>,
        /// What the recipients need it for.
        purpose: Text<500>,
        /// On what legal basis they get it.
        legal_basis: Text<200>,
        /// How it may be used.
        handling: Option<HandlingForm>,
    }
}

/// The parts of a request as it is typed.
const PARTS: [&str; 5] = ["to", "purpose", "legal_basis", "handling", "form"];

/// The events that open a dossier as a draft in its authority's own strand.
///
/// # Errors
/// The request is marked as classified.
pub fn draft(
    kind: Kind,
    request: Request,
    note: Option<String>,
    actor: &Actor,
) -> Result<Vec<NewEvent>, Refusal> {
    refuse_classified(&request.given)?;
    let summary = kinds::summary(kind, request.given.get("form").unwrap_or(&Value::Null));
    let change = Change {
        join: vec![actor.authority.clone()],
        state: Some(State::Draft),
        ..Change::of(What::Drafted)
    };
    let drafted = event(actor, own(actor), change, Content::Request(request));
    let mut events = vec![NewEvent { summary: Some(summary.encode()), ..drafted }];
    if let Some(text) = note {
        events.push(event(actor, own(actor), Change::of(What::Note), Content::Text { text }));
    }
    Ok(events)
}

/// Whether something is classified is looked at before anything is stored.
fn refuse_classified(given: &Value) -> Result<(), Refusal> {
    let marking = given.pointer("/handling/marking").and_then(Value::as_str);
    let classified = marking
        .and_then(|word| word.trim().parse::<Marking>().ok())
        .is_some_and(Marking::is_classified);
    if classified { Err(Refusal::Classified) } else { Ok(()) }
}

/// The events by which a request leaves its authority, or goes to its contact point.
///
/// # Errors
/// [`Refusal::Incomplete`] with all that is missing or wrong; a unit that is unknown or the own.
pub fn send(
    kind: Kind,
    request: &Request,
    attachments: &[Attachment],
    actor: &Actor,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Refusal> {
    let (envelope, plan) = complete(kind, request, actor, context)?;
    if context.approval == Approval::Needed && actor.standing != Post::ContactPoint {
        let change = Change { state: Some(State::ForApproval), ..Change::of(What::Submitted) };
        return Ok(vec![event(actor, own(actor), change, Content::Nothing)]);
    }
    let mut join = vec![actor.authority.clone()];
    join.extend(envelope.to.into_iter().filter(|unit| *unit != actor.authority));
    let change = Change {
        join,
        state: Some(State::Sent),
        clocks: Some(plan.clocks),
        asked: Some(plan.asked.into_iter().collect()),
        ..Change::of(What::Sent)
    };
    let summary = kinds::summary(kind, request.given.get("form").unwrap_or(&Value::Null));
    let content =
        Content::Request(Request { attachments: attachments.to_vec(), ..request.clone() });
    let sent = event(actor, Audience::Everyone, change, content);
    Ok(vec![NewEvent { summary: Some(summary.encode()), ..sent }])
}

/// Reads a request as a whole, and all that stands in the way of sending it.
///
/// # Errors
/// See [`send`].
pub fn complete(
    kind: Kind,
    request: &Request,
    actor: &Actor,
    context: &Context<'_>,
) -> Result<(Envelope, kinds::Plan), Refusal> {
    refuse_classified(&request.given)?;
    let mut errors = Vec::new();
    let mut outside = request.given.clone();
    let form = outside
        .as_object_mut()
        .and_then(|request| request.remove("form"))
        .unwrap_or_else(|| Value::Object(serde_json::Map::new()));
    let mut envelope = Envelope::parse(&outside).map_err(|found| errors.extend(found)).ok();
    if let Some(handling) = envelope.as_ref().and_then(|envelope| envelope.handling.as_ref()) {
        errors.extend(handling.lacks_restriction("/handling"));
    }
    if let Some(envelope) = &mut envelope {
        // Who is named twice is asked once.
        let mut known = BTreeSet::new();
        envelope.to.retain(|unit| known.insert(unit.clone()));
    }
    let to = envelope.as_ref().map(|envelope| envelope.to.clone()).unwrap_or_default();
    check_addressees(kind, &to, actor, context, &mut errors)?;
    let plan = match kinds::plan(kind, &form, &to, context) {
        Ok(plan) => Some(plan),
        Err(NotReady::Refused(refusal)) => return Err(refusal),
        Err(NotReady::Fields(found)) => {
            errors.extend(found.into_iter().map(|error| FieldError {
                pointer: format!("/form{}", error.pointer),
                problem: error.problem,
            }));
            None
        }
    };
    match (envelope, plan) {
        (Some(envelope), Some(plan)) if errors.is_empty() => Ok((envelope, plan)),
        _ => Err(Refusal::Incomplete { errors }),
    }
}

fn check_addressees(
    kind: Kind,
    to: &[UnitId],
    actor: &Actor,
    context: &Context<'_>,
    errors: &mut Vec<FieldError>,
) -> Result<(), Refusal> {
    let max = kinds::addressees_max(kind);
    if to.len() > max {
        let problem = Problem::TooMany { max, length: to.len() };
        errors.push(FieldError { pointer: "/to".to_owned(), problem });
    }
    for unit in to {
        must_exist(unit, context)?;
        let authority = context.directory.authority(unit);
        if authority.is_some_and(|found| found.id == actor.authority) {
            return Err(Refusal::OwnAuthority);
        }
    }
    Ok(())
}

pub(super) fn edit(
    dossier: &Dossier,
    request: Request,
    actor: &Actor,
) -> Result<Decision, Refusal> {
    refuse_classified(&request.given)?;
    let given = match request.given {
        Value::Object(mut parts) => {
            parts.retain(|name, _| PARTS.contains(&name.as_str()));
            Value::Object(parts)
        }
        other => other,
    };
    let mut summary =
        kinds::summary(dossier.standing.kind, given.get("form").unwrap_or(&Value::Null));
    summary.assigned.clone_from(&dossier.assigned);
    // Who edits what waits for approval takes it back: the contact point approves what he read.
    let change = Change { state: Some(State::Draft), ..Change::of(What::Edited) };
    // Files come and go by commands of their own.
    let kept = dossier.request.as_ref().map(|before| before.attachments.clone());
    let attachments = kept.unwrap_or_default();
    let edited = Content::Request(Request { given, attachments, ..request });
    let edited = event(actor, own(actor), change, edited);
    let events = vec![NewEvent { summary: Some(summary.encode()), ..edited }];
    Ok(Decision { events, opens: None })
}

pub(super) fn send_draft(
    dossier: &Dossier,
    actor: &Actor,
    context: &Context<'_>,
) -> Result<Decision, Refusal> {
    let standing = &dossier.standing;
    if standing.state != State::Draft {
        return Err(Refusal::NotNow { command: "send", state: standing.state });
    }
    let request = dossier.request.as_ref().ok_or(Refusal::Destroyed)?;
    let events = send(standing.kind, request, &request.attachments, actor, context)?;
    Ok(Decision { events, opens: None })
}

pub(super) fn approve(
    dossier: &Dossier,
    actor: &Actor,
    context: &Context<'_>,
) -> Result<Decision, Refusal> {
    let standing = &dossier.standing;
    if actor.standing != Post::ContactPoint {
        return Err(Refusal::ContactPointOnly);
    }
    if standing.state != State::ForApproval {
        return Err(Refusal::NotNow { command: "approve", state: standing.state });
    }
    let request = dossier.request.as_ref().ok_or(Refusal::Destroyed)?;
    let events = send(standing.kind, request, &request.attachments, actor, context)?;
    Ok(Decision { events, opens: None })
}

pub(super) fn send_back(
    dossier: &Dossier,
    reason: &Reason,
    actor: &Actor,
) -> Result<Decision, Refusal> {
    if actor.standing != Post::ContactPoint {
        return Err(Refusal::ContactPointOnly);
    }
    if dossier.standing.state != State::ForApproval {
        return Err(Refusal::NotNow { command: "send_back", state: dossier.standing.state });
    }
    let change = Change { state: Some(State::Draft), ..Change::of(What::SentBack) };
    let events = vec![event(actor, own(actor), change, reason_of(reason))];
    Ok(Decision { events, opens: None })
}
