//! What only a kind of dossier knows: its form, its commands, what follows from them.
//!
//! A new kind is one file here, a line in each `match` below (the compiler asks for them), its
//! words and its example. All else (who sees it, discussion, clocks, files, search) is the same
//! for every kind.

pub mod classification;
pub mod document;
pub mod information;
pub mod item;
pub mod notice;
pub mod stop;

use crate::body::{Content, Summary};
use crate::command::CommandForm;
use crate::decide::{Actor, Context, Opening};
use crate::dossier::Dossier;
use crate::event::{Change, Clock, EndedBy, Kind, OutcomeCode, State, What, words};
use crate::form::{Field, FieldError, Form, choice};
use crate::refusal::Refusal;
use crate::{deadline, standing::Standing};
use catalogue::ids::UnitId;
use jiff::Timestamp;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

words! {
    /// Yes or no.
    YesNo {
        /// Yes.
        Yes = "yes",
        /// No.
        No = "no",
    }
}
choice!(YesNo = "yes-no");

words! {
    /// How soon an answer is needed; sets the proposed clock.
    Urgency {
        /// Goods are held: eight hours.
        GoodsHeld = "goods_held",
        /// Three days.
        ThreeDays = "three_days",
        /// Ten working days.
        Normal = "normal",
    }
}
choice!(Urgency = "urgency");

impl Urgency {
    /// The length of its clock, after the practice of police information exchange.
    pub const fn length(self) -> deadline::Length {
        match self {
            Urgency::GoodsHeld => deadline::Length::Hours(8),
            Urgency::ThreeDays => deadline::Length::Hours(72),
            Urgency::Normal => deadline::Length::WorkingDays(10),
        }
    }
}

/// What follows from sending: who is asked, and the clocks that start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The units that have to answer.
    pub asked: BTreeSet<UnitId>,
    /// Their clocks.
    pub clocks: Vec<Clock>,
}

/// What a command of a kind leads to: one event for everyone on the list, and perhaps a new
/// dossier of the actor's authority.
#[derive(Clone, Debug)]
pub struct Turn {
    /// What changes.
    pub change: Change,
    /// What was given.
    pub content: Content,
    /// A dossier that is opened with it.
    pub opens: Option<Opening>,
}

impl Turn {
    /// An event that carries what a form gave.
    fn given<F: Form>(change: Change, form: &F) -> Turn {
        let given = form.write().unwrap_or(Value::Null);
        Turn { change, content: Content::Given { given }, opens: None }
    }

    /// The same, in the name of an asked unit.
    fn given_by<F: Form>(change: Change, form: &F, unit: &UnitId) -> Turn {
        let mut given = form.write().unwrap_or(Value::Null);
        if let Some(given) = given.as_object_mut() {
            given.insert("unit".to_owned(), Value::String(unit.to_string()));
        }
        Turn { change, content: Content::Given { given }, opens: None }
    }
}

/// Declares the commands of a kind: an enum, their table, and reading one by its name.
macro_rules! kind_commands {
    ($(#[$doc:meta])* $type:ident { $($name:literal => $variant:ident($form:ty),)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum $type {
            $(#[doc = concat!("`", $name, "`")] $variant($form),)+
        }

        impl $type {
            /// Its name, as in the API.
            pub const fn name(&self) -> &'static str {
                match self { $($type::$variant(_) => $name,)+ }
            }

            /// All commands of this kind.
            pub fn forms() -> Vec<$crate::command::CommandForm> {
                vec![$($crate::command::CommandForm {
                    name: $name,
                    fields: <$form as $crate::form::Form>::fields(),
                },)+]
            }

            /// Reads one; none where the kind has no command of this name.
            ///
            /// # Errors
            /// All that is wrong with what was given.
            pub fn read(
                name: &str,
                given: &serde_json::Value,
            ) -> Option<Result<$type, Vec<$crate::form::FieldError>>> {
                match name {
                    $($name => Some(
                        <$form as $crate::form::Form>::parse(given).map($type::$variant)
                    ),)+
                    _ => None,
                }
            }
        }
    };
}
use kind_commands;

/// A command that only one kind has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Of a stop.
    Stop(stop::Command),
    /// Of a request for information.
    Information(information::Command),
    /// Of a classification.
    Classification(classification::Command),
    /// Of a document verification.
    Document(document::Command),
    /// Of a notice.
    Notice(notice::Command),
}

impl Command {
    /// Its name, as in the API.
    pub const fn name(&self) -> &'static str {
        match self {
            Command::Stop(command) => command.name(),
            Command::Information(command) => command.name(),
            Command::Classification(command) => command.name(),
            Command::Document(command) => command.name(),
            Command::Notice(command) => command.name(),
        }
    }
}

impl Command {
    /// The kind of dossiers that have it.
    pub const fn kind(&self) -> Kind {
        match self {
            Command::Stop(_) => Kind::Stop,
            Command::Information(_) => Kind::Information,
            Command::Classification(_) => Kind::Classification,
            Command::Document(_) => Kind::Document,
            Command::Notice(_) => Kind::Notice,
        }
    }
}

/// The commands that only this kind has.
pub fn commands(kind: Kind) -> Vec<CommandForm> {
    match kind {
        Kind::Stop => stop::Command::forms(),
        Kind::Information => information::Command::forms(),
        Kind::Classification => classification::Command::forms(),
        Kind::Document => document::Command::forms(),
        Kind::Notice => notice::Command::forms(),
    }
}

/// Reads a command that only this kind has; none where it has none of this name.
pub fn read_command(
    kind: Kind,
    name: &str,
    given: &Value,
) -> Option<Result<crate::command::Command, Vec<FieldError>>> {
    let command = match kind {
        Kind::Stop => stop::Command::read(name, given)?.map(Command::Stop),
        Kind::Information => information::Command::read(name, given)?.map(Command::Information),
        Kind::Classification => {
            classification::Command::read(name, given)?.map(Command::Classification)
        }
        Kind::Document => document::Command::read(name, given)?.map(Command::Document),
        Kind::Notice => notice::Command::read(name, given)?.map(Command::Notice),
    };
    Some(command.map(crate::command::Command::Kind))
}

/// The fields of a kind's form.
pub fn fields(kind: Kind) -> &'static [Field] {
    match kind {
        Kind::Stop => stop::StopForm::fields(),
        Kind::Information => information::InformationForm::fields(),
        Kind::Classification => classification::ClassificationForm::fields(),
        Kind::Document => document::DocumentForm::fields(),
        Kind::Notice => notice::NoticeForm::fields(),
    }
}

/// How many units a request of this kind may be addressed to.
pub const fn addressees_max(kind: Kind) -> usize {
    match kind {
        Kind::Stop | Kind::Document => 1,
        Kind::Information | Kind::Classification | Kind::Notice => 100,
    }
}

/// What a list shows of a form as typed.
pub fn summary(kind: Kind, form: &Value) -> Summary {
    match kind {
        Kind::Stop => stop::summary(form),
        Kind::Information => information::summary(form),
        Kind::Classification => classification::summary(form),
        Kind::Document => document::summary(form),
        Kind::Notice => notice::summary(form),
    }
}

/// Why a form cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotReady {
    /// Fields are missing or wrong; pointers from the top of the form.
    Fields(Vec<FieldError>),
    /// The rules say no.
    Refused(Refusal),
}

impl From<Vec<FieldError>> for NotReady {
    fn from(errors: Vec<FieldError>) -> NotReady {
        NotReady::Fields(errors)
    }
}

impl From<Refusal> for NotReady {
    fn from(refusal: Refusal) -> NotReady {
        NotReady::Refused(refusal)
    }
}

/// Reads the form and says what follows from sending it to `to`.
///
/// # Errors
/// All that is wrong with the form; or why the clocks cannot be set.
pub fn plan(
    kind: Kind,
    form: &Value,
    to: &[UnitId],
    context: &Context<'_>,
) -> Result<Plan, NotReady> {
    Ok(match kind {
        Kind::Stop => stop::plan(&stop::StopForm::parse(form)?, to, context)?,
        Kind::Information => {
            information::plan(&information::InformationForm::parse(form)?, to, context)?
        }
        Kind::Classification => {
            classification::plan(&classification::ClassificationForm::parse(form)?, to, context)?
        }
        Kind::Document => document::plan(&document::DocumentForm::parse(form)?, to, context)?,
        Kind::Notice => notice::plan(&notice::NoticeForm::parse(form)?, to, context)?,
    })
}

/// Decides what follows from a command that only one kind has.
///
/// # Errors
/// The rules of the kind say no.
pub fn decide(
    dossier: &Dossier,
    actor: &Actor,
    command: &Command,
    context: &Context<'_>,
) -> Result<Turn, Refusal> {
    let kind = dossier.standing.kind;
    if command.kind() != kind {
        return Err(Refusal::NoCommand { kind, command: command.name().to_owned() });
    }
    match command {
        Command::Stop(command) => stop::decide(dossier, actor, command, context),
        Command::Information(command) => information::decide(dossier, actor, command, context),
        Command::Classification(command) => {
            classification::decide(dossier, actor, command, context)
        }
        Command::Document(command) => document::decide(dossier, actor, command, context),
        Command::Notice(command) => notice::decide(dossier, actor, command, context),
    }
}

/// A request clock for each unit: local practice, and silence makes it overdue.
fn request_clocks(
    length: deadline::Length,
    basis: crate::event::Basis,
    to: &[UnitId],
    context: &Context<'_>,
) -> Result<Plan, Refusal> {
    let terms = deadline::Terms {
        ground: crate::event::Ground::Request,
        basis,
        silence: crate::event::Silence::Overdue,
    };
    let clocks = to.iter().map(|unit| deadline::clock(terms, length, unit, context));
    Ok(Plan { asked: to.iter().cloned().collect(), clocks: clocks.collect::<Result<_, _>>()? })
}

/// What changes when `unit` has said its last word: its clocks end, and when nobody else is asked
/// the request is answered.
fn answered_by(standing: &Standing, unit: &UnitId, now: Timestamp, what: What) -> Change {
    let left: Vec<UnitId> = standing.asked.iter().filter(|one| *one != unit).cloned().collect();
    let clocks = deadline::end(&standing.clocks, now, EndedBy::Answer, |clock| clock.unit == *unit);
    let late = clocks.iter().any(|clock| clock.is_running() && clock.due <= now);
    let state = if left.is_empty() {
        Some(State::Answered)
    } else {
        // The one that was late has answered; the others still have time.
        (standing.state == State::Overdue && !late).then_some(State::Acknowledged)
    };
    Change { state, clocks: Some(clocks), asked: Some(left), ..Change::of(what) }
}

/// The outcome code of a word of ours.
fn outcome_code(word: &str) -> Option<OutcomeCode> {
    word.parse().ok()
}

/// The text at a place of a form as typed, if there is one.
fn text_at<'v>(form: &'v Value, pointer: &str) -> Option<&'v str> {
    form.pointer(pointer).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
}

/// Facts of a summary from places in a form as typed.
fn facts(form: &Value, places: &[(&str, &str)]) -> BTreeMap<String, String> {
    places
        .iter()
        .filter_map(|(name, pointer)| {
            text_at(form, pointer).map(|text| ((*name).to_owned(), cut(text, 160)))
        })
        .collect()
}

/// The first `max` characters, with an ellipsis where more were.
fn cut(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    text.chars().take(max.saturating_sub(1)).chain(['…']).collect()
}

/// The summary of a request about a goods item: `exporter → consignee`, else the goods.
fn summary_of_item(form: &Value, item: &Value) -> Summary {
    let exporter = text_at(item, "/exporter/name");
    let consignee = text_at(item, "/consignee/name");
    let goods = text_at(item, "/description");
    let title = match (exporter, consignee, goods) {
        (Some(exporter), Some(consignee), _) => Some(format!("{exporter} → {consignee}")),
        (Some(one), None, _) | (None, Some(one), None) => Some(one.to_owned()),
        (None, _, goods) => goods.map(|goods| cut(goods, 160)),
    };
    let mut facts = facts(
        item,
        &[
            ("exporter", "/exporter/name"),
            ("consignee", "/consignee/name"),
            ("goods", "/description"),
            ("cn8", "/cn8"),
            ("control_code", "/control_code"),
            ("destination", "/country_of_destination"),
            ("mrn", "/mrn"),
        ],
    );
    facts.extend(self::facts(form, &[("office", "/office"), ("licence", "/licence")]));
    Summary { title, facts, assigned: None }
}
