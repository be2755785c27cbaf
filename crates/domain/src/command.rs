//! What a person may want to do with a dossier, parsed at the edge.
//!
//! Each command's content is a form, so that pages, the API and its schema follow from one
//! declaration.

use crate::body::{Attachment, Request};
use crate::event::Kind;
use crate::form::{Field, FieldError, Form, Problem, Text, form};
use crate::handling::HandlingForm;
use crate::kinds;
use catalogue::ids::UnitId;
use jiff::civil::Date;
use serde_json::Value;

form! {
    /// Why something is done.
    pub struct Reason = "reason" {
        /// In words.
        reason: Text<4000>,
    }
}

form! {
    /// A message, or an internal note.
    pub struct Words = "words" {
        /// What is written.
        text: Text<20000>,
    }
}

form! {
    /// Units that are to see a dossier.
    pub struct Share = "share" {
        /// Whom to add.
        units: Vec<UnitId>,
        /// What they need it for.
        purpose: Text<500>,
        /// On what legal basis they get it.
        legal_basis: Text<200>,
    }
}

form! {
    /// Units that are not to see a dossier any more.
    pub struct Withdraw = "withdraw" {
        /// Whom to take off the list.
        units: Vec<UnitId>,
    }
}

form! {
    /// More time to answer.
    pub struct Extend = "extend" {
        /// Why more time is needed.
        reason: Text<4000>,
        /// The new last day of an agreed period; that of Article 21(4) becomes 30 working days.
        answer_by: Option<Date>,
    }
}

form! {
    /// Who takes a dossier on within his authority.
    pub struct Assign = "assign" {
        /// The person's name; nobody when it is left out.
        person: Option<Text<200>>,
    }
}

crate::event::words! {
    /// The originator's word on a request for consent.
    Word {
        /// The units are added.
        Granted = "granted",
        /// Nothing goes further.
        Refused = "refused",
    }
}
crate::form::choice!(Word = "consent-word");

form! {
    /// The originator's decision on a request for consent.
    pub struct Consent = "consent" {
        /// The id of the event that asks.
        request: Text<36>,
        /// Granted or refused.
        decision: Word,
        /// Why.
        reason: Option<Text<4000>>,
    }
}

/// Who reads an added file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// Everyone on the list.
    Everyone,
    /// The own authority.
    OwnAuthority,
}

/// What a person wants to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Write on a draft.
    Edit(Request),
    /// Send a draft, or hand it to the contact point where the authority requires that.
    Send,
    /// Approve and send, as contact point.
    Approve,
    /// Give a draft back, as contact point.
    SendBack(Reason),
    /// Take a request back.
    Recall(Reason),
    /// Say that it is being dealt with.
    Acknowledge,
    /// Write to everyone on the list.
    Message(Words),
    /// Write for one's own authority.
    Note(Words),
    /// Say who of one's own authority deals with it.
    Assign(Assign),
    /// Add a file that has been stored.
    Attach(Attachment, Readers),
    /// Add units to the list.
    Share(Share),
    /// Decide on a request for consent.
    Consent(Consent),
    /// Take units off the list.
    Withdraw(Withdraw),
    /// Make the handling stricter.
    Tighten(HandlingForm),
    /// Take more time to answer, or give it.
    Extend(Extend),
    /// End it.
    Close(Reason),
    /// Take it up again.
    Reopen(Reason),
    /// What only this kind knows.
    Kind(kinds::Command),
}

/// A command as documents and the API name it.
#[derive(Clone, Copy, Debug)]
pub struct CommandForm {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub fields: &'static [Field],
}

/// Declares the table of common commands, and reading one by its name.
macro_rules! common {
    ($($name:literal => $variant:ident $(($form:ty))?,)+) => {
        /// The commands that every kind has, besides `edit` and files.
        pub fn common() -> Vec<CommandForm> {
            vec![$(CommandForm { name: $name, fields: common!(@fields $($form)?) },)+]
        }

        fn read_common(name: &str, given: &Value) -> Option<Result<Command, Vec<FieldError>>> {
            match name {
                $($name => Some(common!(@read given, $variant $($form)?)),)+
                _ => None,
            }
        }

        impl Command {
            /// Its name, as in the API.
            pub const fn name(&self) -> &'static str {
                match self {
                    Command::Edit(_) => "edit",
                    Command::Attach(..) => "attach",
                    Command::Kind(command) => command.name(),
                    $(common!(@pattern $variant $($form)?) => $name,)+
                }
            }
        }
    };
    (@fields) => { &[] };
    (@fields $form:ty) => { <$form as Form>::fields() };
    (@read $given:ident, $variant:ident) => { nothing($given).map(|()| Command::$variant) };
    (@read $given:ident, $variant:ident $form:ty) => {
        <$form as Form>::parse($given).map(Command::$variant)
    };
    (@pattern $variant:ident) => { Command::$variant };
    (@pattern $variant:ident $form:ty) => { Command::$variant(_) };
}

common! {
    "send" => Send,
    "approve" => Approve,
    "send_back" => SendBack(Reason),
    "recall" => Recall(Reason),
    "acknowledge" => Acknowledge,
    "message" => Message(Words),
    "note" => Note(Words),
    "assign" => Assign(Assign),
    "share" => Share(Share),
    "consent" => Consent(Consent),
    "withdraw" => Withdraw(Withdraw),
    "tighten" => Tighten(HandlingForm),
    "extend" => Extend(Extend),
    "close" => Close(Reason),
    "reopen" => Reopen(Reason),
}

/// Checks that nothing was given with a command that takes nothing.
fn nothing(given: &Value) -> Result<(), Vec<FieldError>> {
    let mut errors = Vec::new();
    crate::form::group(Some(given), "", &[], &mut errors);
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

/// Reads a command of a dossier of `kind`: its name, and what was given with it.
///
/// # Errors
/// No such command (at `/command`), or all that is wrong with what was given.
pub fn read(kind: Kind, name: &str, given: &Value) -> Result<Command, Vec<FieldError>> {
    if let Some(command) = read_common(name, given) {
        return command;
    }
    kinds::read_command(kind, name, given).unwrap_or_else(|| {
        let choices = common().iter().chain(&kinds::commands(kind)).map(|one| one.name).collect();
        let given = name.chars().take(80).collect();
        let problem = Problem::NoChoice { given, choices };
        Err(vec![FieldError { pointer: "/command".to_owned(), problem }])
    })
}
