//! What follows from a command: the events, or why not.
//!
//! [`decide`] gets the *actor's* dossier and nothing more, so that no refusal can tell what he may
//! not see. It is pure: now, calendars and the directory come in through [`Context`].

mod possible;
mod request;
mod sharing;

pub use possible::{Possible, possible};
pub use request::{Envelope, complete, draft, send};

use crate::audience::Audience;
use crate::body::{Attachment, Body, Content};
use crate::command::{Command, Extend, Readers, Reason};
use crate::deadline;
use crate::dossier::Dossier;
use crate::event::{Basis, Change, Clock, EndedBy, Ground, Kind, NewEvent, Silence, State, What};
use crate::form::Text;
use crate::kinds;
use crate::refusal::Refusal;
use crate::standing::Standing;
use catalogue::authorities::Directory;
use catalogue::calendar::Calendars;
use catalogue::ids::UnitId;
use jiff::Timestamp;
use serde_json::Value;

/// What a decision may look up.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Case time.
    pub now: Timestamp,
    /// The units.
    pub directory: &'a Directory,
    /// The working days.
    pub calendars: &'a Calendars,
    /// Whether what this actor drafts has to be approved before it leaves the authority.
    pub approval: Approval,
}

/// Whether a draft has to be approved by a contact point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Approval {
    /// The authority asks for it.
    Needed,
    /// Who drafts may send.
    NotNeeded,
}

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The person's name.
    pub name: String,
    /// The unit for which he works.
    pub unit: UnitId,
    /// The units that contain him: his own first, his authority last.
    pub units: Vec<UnitId>,
    /// His authority: the root of his units.
    pub authority: UnitId,
    /// Whether he is a contact point.
    pub standing: Post,
}

/// Whether a person may approve for his authority.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Post {
    /// A contact point: approves what others drafted.
    ContactPoint,
    /// Anybody else.
    Officer,
}

impl Actor {
    /// Whether the dossier was opened by the actor's authority.
    pub fn is_home(&self, standing: &Standing) -> bool {
        self.authority == standing.home
    }

    /// Refuses whoever is not of the authority that opened the dossier.
    ///
    /// # Errors
    /// He is of another authority.
    pub fn must_be_home(&self, standing: &Standing) -> Result<(), Refusal> {
        if self.is_home(standing) {
            Ok(())
        } else {
            Err(Refusal::OriginatorOnly { home: standing.home.clone() })
        }
    }

    /// The asked unit for which he may answer.
    ///
    /// # Errors
    /// None of his units is asked.
    pub fn asked_unit(&self, standing: &Standing) -> Result<UnitId, Refusal> {
        let asked = self.units.iter().find(|unit| standing.asked.contains(unit));
        asked.cloned().ok_or(Refusal::AskedOnly)
    }
}

/// What follows from a command.
#[derive(Clone, Debug, Default)]
pub struct Decision {
    /// The events of this dossier.
    pub events: Vec<NewEvent>,
    /// A dossier that is opened in the same transaction.
    pub opens: Option<Opening>,
}

/// A dossier to be opened by the actor's authority.
#[derive(Clone, Debug, PartialEq)]
pub struct Opening {
    /// Its kind.
    pub kind: Kind,
    /// The request as far as it is known.
    pub given: Value,
    /// A note for the own authority.
    pub note: Option<String>,
}

fn event(actor: &Actor, audience: Audience, change: Change, content: Content) -> NewEvent {
    let body = Body { person: Some(actor.name.clone()), content }.encode();
    NewEvent { audience, change, at: None, body, summary: None }
}

fn everyone(actor: &Actor, change: Change, content: Content) -> Decision {
    Decision { events: vec![event(actor, Audience::Everyone, change, content)], opens: None }
}

fn own(actor: &Actor) -> Audience {
    Audience::only(actor.authority.clone())
}

/// Decides what follows from a command.
///
/// # Errors
/// The rules say no; the refusal holds its data and its article.
pub fn decide(
    dossier: &Dossier,
    actor: &Actor,
    command: Command,
    context: &Context<'_>,
) -> Result<Decision, Refusal> {
    let standing = &dossier.standing;
    let not_now = |command| Refusal::NotNow { command, state: standing.state };
    let is_draft = !standing.state.is_sent();
    match command {
        Command::Edit(_) | Command::Send | Command::Approve | Command::SendBack(_) if !is_draft => {
            Err(not_now(command.name()))
        }
        Command::Edit(given) => request::edit(dossier, given, actor),
        Command::Send => request::send_draft(dossier, actor, context),
        Command::Approve => request::approve(dossier, actor, context),
        Command::SendBack(reason) => request::send_back(dossier, &reason, actor),
        Command::Note(words) => {
            let content = Content::Text { text: words.text.as_str().to_owned() };
            let note = event(actor, own(actor), Change::of(What::Note), content);
            Ok(Decision { events: vec![note], opens: None })
        }
        Command::Assign(assign) => Ok(assigned(dossier, assign.person.as_ref(), actor)),
        Command::Attach(file, readers) => Ok(attach(dossier, file, readers, actor)),
        Command::Close(reason) => close(dossier, &reason, actor, context),
        Command::Reopen(reason) => reopen(dossier, &reason, actor, context),
        Command::Recall(_)
        | Command::Acknowledge
        | Command::Message(_)
        | Command::Share(_)
        | Command::Consent(_)
        | Command::Withdraw(_)
        | Command::Tighten(_)
        | Command::Extend(_)
        | Command::Kind(_)
            if standing.is_unsent() =>
        {
            Err(not_now(command.name()))
        }
        Command::Recall(reason) => recall(dossier, &reason, actor, context),
        Command::Acknowledge => acknowledge(dossier, actor),
        Command::Message(words) => Ok(everyone(
            actor,
            Change::of(What::Message),
            Content::Text { text: words.text.as_str().to_owned() },
        )),
        Command::Share(share) => sharing::share_with(dossier, &share, actor, context),
        Command::Consent(consent) => sharing::decide_consent(dossier, &consent, actor, context),
        Command::Withdraw(withdraw) => sharing::take_off(dossier, &withdraw, actor),
        Command::Tighten(handling) => sharing::tighten(dossier, handling, actor),
        Command::Extend(extend) => extend_clocks(dossier, &extend, actor, context),
        Command::Kind(command) => {
            let turn = kinds::decide(dossier, actor, &command, context)?;
            let decision = everyone(actor, turn.change, turn.content);
            Ok(Decision { opens: turn.opens, ..decision })
        }
    }
}

fn reason_of(reason: &Reason) -> Content {
    Content::Reason { reason: reason.reason.as_str().to_owned() }
}

fn assigned(dossier: &Dossier, person: Option<&Text<200>>, actor: &Actor) -> Decision {
    let person = person.map(|name| name.as_str().to_owned());
    let is_draft = dossier.standing.is_unsent();
    // The own strand's summary names the subject only as long as no other strand does.
    let mut summary = if is_draft { dossier.summary() } else { crate::body::Summary::default() };
    summary.assigned.clone_from(&person);
    let change = Change::of(What::Assigned);
    let event = event(actor, own(actor), change, Content::Assignment { person });
    Decision { events: vec![NewEvent { summary: Some(summary.encode()), ..event }], opens: None }
}

fn attach(dossier: &Dossier, file: Attachment, readers: Readers, actor: &Actor) -> Decision {
    let standing = &dossier.standing;
    let (audience, content) = match (readers, &dossier.request) {
        (Readers::OwnAuthority, _) => (own(actor), Content::Attachment(file)),
        // What goes out with a draft stands in its request, so that a file for the own authority,
        // in the same strand, stays at home.
        (Readers::Everyone, Some(request)) if standing.is_unsent() => {
            let mut request = request.clone();
            request.attachments.push(file);
            (own(actor), Content::Request(request))
        }
        (Readers::Everyone, None) if standing.is_unsent() => {
            (own(actor), Content::Attachment(file))
        }
        (Readers::Everyone, _) => (Audience::Everyone, Content::Attachment(file)),
    };
    // As with an edit: the contact point approves what he has read.
    let changes_what_waits =
        standing.state == State::ForApproval && matches!(readers, Readers::Everyone);
    let state = changes_what_waits.then_some(State::Draft);
    let change = Change { state, ..Change::of(What::Attached) };
    Decision { events: vec![event(actor, audience, change, content)], opens: None }
}

fn recall(
    dossier: &Dossier,
    reason: &Reason,
    actor: &Actor,
    context: &Context<'_>,
) -> Result<Decision, Refusal> {
    let standing = &dossier.standing;
    actor.must_be_home(standing)?;
    if !standing.state.awaits_answer() {
        return Err(Refusal::NotNow { command: "recall", state: standing.state });
    }
    let change = Change {
        state: Some(State::Withdrawn),
        clocks: Some(deadline::end(&standing.clocks, context.now, EndedBy::Closing, |_| true)),
        asked: Some(Vec::new()),
        ..Change::of(What::Recalled)
    };
    Ok(everyone(actor, change, reason_of(reason)))
}

fn acknowledge(dossier: &Dossier, actor: &Actor) -> Result<Decision, Refusal> {
    let standing = &dossier.standing;
    let state = match standing.state {
        State::Sent => Some(State::Acknowledged),
        // Another unit may have acknowledged already, and what is overdue stays so.
        State::Acknowledged | State::Overdue => None,
        State::Draft
        | State::ForApproval
        | State::Answered
        | State::ReleaseDue
        | State::Closed
        | State::Withdrawn => {
            return Err(Refusal::NotNow { command: "acknowledge", state: standing.state });
        }
    };
    let unit = actor.asked_unit(standing)?;
    // Since it was last asked: what is taken up again can be acknowledged again.
    let since = dossier.events.iter().rev().map(|event| &event.header);
    let twice = since
        .take_while(|header| header.change.state != Some(State::Sent))
        .filter(|header| header.change.what == What::Acknowledged)
        .filter_map(|header| header.by.as_ref())
        .any(|by| actor.units.contains(by) || *by == unit);
    if twice {
        return Err(Refusal::NotNow { command: "acknowledge", state: standing.state });
    }
    let change = Change { state, ..Change::of(What::Acknowledged) };
    Ok(everyone(actor, change, Content::Nothing))
}

/// The consulted authority extends the period of Article 21(4); the asker extends agreed ones.
fn extend_clocks(
    dossier: &Dossier,
    extend: &Extend,
    actor: &Actor,
    context: &Context<'_>,
) -> Result<Decision, Refusal> {
    let standing = &dossier.standing;
    if !standing.state.awaits_answer() {
        return Err(Refusal::NotNow { command: "extend", state: standing.state });
    }
    let asked = actor.asked_unit(standing).ok();
    let mut changed = false;
    let mut again = false;
    let mut clocks = Vec::new();
    for clock in &standing.clocks {
        let by_law = clock.silence == Silence::EndsGround;
        let extended = match (&asked, extend.answer_by) {
            (Some(unit), _) if by_law && clock.awaits(unit) => {
                again |= clock.extended;
                (!clock.extended).then(|| deadline::extend_by_law(clock, context)).transpose()?
            }
            (_, Some(day)) if !by_law && clock.is_running() && actor.is_home(standing) => {
                Some(deadline::extend_by_agreement(clock, day, context)?)
            }
            _ => None,
        };
        changed |= extended.is_some();
        clocks.push(extended.unwrap_or_else(|| clock.clone()));
    }
    match (changed, again) {
        (true, _) => {}
        (false, true) => return Err(Refusal::AlreadyExtended),
        (false, false) => return Err(Refusal::NothingToExtend),
    }
    // An agreed day that lies ahead again makes what was overdue wait again.
    let ahead = |clock: &Clock| !clock.is_running() || clock.due > context.now;
    let state = (standing.state == State::Overdue && clocks.iter().all(ahead))
        .then_some(State::Acknowledged);
    let change = Change { state, clocks: Some(clocks), ..Change::of(What::Extended) };
    let content = Content::Reason { reason: extend.reason.as_str().to_owned() };
    Ok(everyone(actor, change, content))
}

fn close(
    dossier: &Dossier,
    reason: &Reason,
    actor: &Actor,
    context: &Context<'_>,
) -> Result<Decision, Refusal> {
    let standing = &dossier.standing;
    actor.must_be_home(standing)?;
    let may_close = match standing.state {
        State::Draft | State::ForApproval | State::Answered => true,
        // A notice ends by expiry or withdrawal, whether or not all have informed their customs.
        State::Sent | State::Acknowledged | State::Overdue => standing.kind == Kind::Notice,
        // What became of the goods must be recorded (`outcome`).
        State::ReleaseDue | State::Closed | State::Withdrawn => false,
    };
    let needs_outcome = standing.kind == Kind::Stop && standing.state == State::Answered;
    if !may_close || needs_outcome {
        return Err(Refusal::NotNow { command: "close", state: standing.state });
    }
    let change = Change {
        state: Some(State::Closed),
        clocks: Some(deadline::end(&standing.clocks, context.now, EndedBy::Closing, |_| true)),
        asked: Some(Vec::new()),
        ..Change::of(What::Closed)
    };
    let audience = if standing.state.is_sent() { Audience::Everyone } else { own(actor) };
    Ok(Decision { events: vec![event(actor, audience, change, reason_of(reason))], opens: None })
}

/// A closed request is asked again of those who were asked, with an agreed period of ten working
/// days; a discarded draft becomes a draft again.
fn reopen(
    dossier: &Dossier,
    reason: &Reason,
    actor: &Actor,
    context: &Context<'_>,
) -> Result<Decision, Refusal> {
    let standing = &dossier.standing;
    actor.must_be_home(standing)?;
    if !standing.state.is_ended() {
        return Err(Refusal::NotNow { command: "reopen", state: standing.state });
    }
    if standing.sent_at.is_none() {
        let change = Change { state: Some(State::Draft), ..Change::of(What::Reopened) };
        let events = vec![event(actor, own(actor), change, reason_of(reason))];
        return Ok(Decision { events, opens: None });
    }
    let asked = dossier.listed_addressees()?;
    let silence = match standing.kind {
        Kind::Notice => Silence::Nothing,
        Kind::Stop | Kind::Information | Kind::Classification | Kind::Document => Silence::Overdue,
    };
    let terms = deadline::Terms { ground: Ground::Request, basis: Basis::Local, silence };
    let mut clocks = standing.clocks.clone();
    for unit in &asked {
        clocks.push(deadline::clock(terms, deadline::Length::WorkingDays(10), unit, context)?);
    }
    let change = Change {
        state: Some(State::Sent),
        clocks: Some(clocks),
        asked: Some(asked.into_iter().collect()),
        ..Change::of(What::Reopened)
    };
    Ok(everyone(actor, change, reason_of(reason)))
}

fn must_exist(unit: &UnitId, context: &Context<'_>) -> Result<(), Refusal> {
    match context.directory.unit(unit) {
        Some(found) if found.closed.is_none() => Ok(()),
        _ => Err(Refusal::UnknownUnit { unit: unit.clone() }),
    }
}
