//! Why the rules say no: values, with their data and their article.
//!
//! The English `Display` serves logs and the command line; pages have each in the reader's language.

use crate::event::{Kind, State};
use crate::form::FieldError;
use catalogue::calendar::CalendarError;
use catalogue::ids::UnitId;
use jiff::civil::Date;

/// Why a command is not carried out. It never tells what the actor may not see: it is made from
/// the actor's dossier alone.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The request is not complete.
    #[error("not complete: {}", errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Incomplete {
        /// All that is missing or wrong; pointers from the top of the request.
        errors: Vec<FieldError>,
    },
    /// Not possible where the dossier stands.
    #[error("`{command}` is not possible while the dossier is `{state}`")]
    NotNow {
        /// The command.
        command: &'static str,
        /// Where the dossier stands.
        state: State,
    },
    /// Only the authority that opened the dossier may do this.
    #[error("only {home}, which opened the dossier, may do this")]
    OriginatorOnly {
        /// The authority that opened it.
        home: UnitId,
    },
    /// Only an asked unit may do this.
    #[error("only a unit that was asked may do this")]
    AskedOnly,
    /// The own contact point has to do this.
    #[error("a contact point of the own authority has to do this")]
    ContactPointOnly,
    /// The role of the actor does not allow it.
    #[error("your role does not allow this")]
    Role,
    /// A unit is not in the directory, or closed.
    #[error("there is no unit `{unit}` in the directory")]
    UnknownUnit {
        /// Which.
        unit: UnitId,
    },
    /// Every unit named is on the list already.
    #[error("all of these are on the distribution list already")]
    AlreadyListed,
    /// The unit is not on the list.
    #[error("`{unit}` is not on the distribution list")]
    NotListed {
        /// Which.
        unit: UnitId,
    },
    /// The originator stays on the list.
    #[error("the authority that opened the dossier stays on its list")]
    OriginatorStays,
    /// An asked unit stays on the list while its request is open.
    #[error(
        "`{unit}` has been asked and stays on the list until it has answered or the request is recalled"
    )]
    AskedStays {
        /// Which.
        unit: UnitId,
    },
    /// Nobody asks himself.
    #[error("a request to the own authority; name another one")]
    OwnAuthority,
    /// Handling is only ever tightened.
    #[error("handling is tightened, never loosened")]
    Loosens,
    /// Classified information is never taken.
    #[error(
        "this system takes no classified information (EU RESTRICTED or above): use the channel for it and name here only that channel and a reference"
    )]
    Classified,
    /// The clock has been extended before.
    #[error("the period has been extended already, to 30 working days in total (Article 21(4))")]
    AlreadyExtended,
    /// No clock can be extended by the actor.
    #[error(
        "no period can be extended: the consulted authority extends that of Article 21(4), the asker the agreed ones"
    )]
    NothingToExtend,
    /// The new day is not after the old one.
    #[error("{given} is not after {last_day}, the last day now")]
    NotLater {
        /// The day given.
        given: Date,
        /// The last day as it is.
        last_day: Date,
    },
    /// The day to answer by has passed already.
    #[error("{given} has passed already")]
    Past {
        /// The day given.
        given: Date,
    },
    /// The ground is recorded already.
    #[error("this ground is recorded already")]
    GroundStands,
    /// The answer does not fit the grounds of this stop.
    #[error("the answer `{answer}` is not offered on this stop's grounds (Articles 16(1), 4(1))")]
    AnswerNotOffered {
        /// The answer.
        answer: &'static str,
    },
    /// The outcome does not fit how the stop ended.
    #[error("the outcome `{outcome}` is not possible here (Article 21(4))")]
    OutcomeNotPossible {
        /// The outcome.
        outcome: &'static str,
    },
    /// There is no such question.
    #[error("there is no question {question}; the request has {questions}")]
    NoQuestion {
        /// The number given, from 1.
        question: u32,
        /// How many there are.
        questions: usize,
    },
    /// The kind has no such command.
    #[error("a `{kind}` has no command `{command}`")]
    NoCommand {
        /// The kind.
        kind: Kind,
        /// The command given.
        command: String,
    },
    /// There is no such request for consent, or it has been decided.
    #[error("there is no open request for consent with this id")]
    NoConsentRequest,
    /// What the command needs has been destroyed.
    #[error("the content of this dossier has been destroyed")]
    Destroyed,
    /// A calendar lacks the year.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
}
