//! An event: its clear header, and what a command makes before the store stamps it.
//!
//! State, clocks, distribution and counts fold from headers alone, so they outlive a destroyed key;
//! the body is sealed and opened elsewhere. The format is decided in `docs/decisions/0001`.

use crate::audience::Audience;
use catalogue::calendar::CalendarId;
use catalogue::ids::{CommandId, DossierId, EventId, UnitId};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// The version of the event format that this code writes.
pub const FORMAT: u16 = 1;

/// What is kept of an event in clear, in the order in which it is written.
///
/// Its stored bytes are hashed as they are and never written again. `command`, `seq` and `previous`
/// are never shown to anybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// Version of the event format.
    pub v: u16,
    /// The event's own id, random.
    pub id: EventId,
    /// The dossier that it belongs to.
    pub dossier: DossierId,
    /// The kind of the dossier.
    pub kind: Kind,
    /// The authority that opened the dossier, and orders its events.
    pub home: UnitId,
    /// The dossier's reference, such as `NL-2026-7KQ4M-STP`.
    pub reference: Reference,
    /// The command that brought it about, unique to its account.
    pub command: CommandId,
    /// The unit in whose name it happened; none: the system.
    pub by: Option<UnitId>,
    /// When it happened, in case time. What time itself brings about bears the instant at which it
    /// became true.
    pub at: Timestamp,
    /// Who may read it.
    pub audience: Audience,
    /// Its position in its strand, from 0.
    pub seq: u64,
    /// The hash of the event before it in its strand; of the strand's id for the first (hex).
    pub previous: String,
    /// What happened and what changed by it.
    #[serde(flatten)]
    pub change: Change,
}

/// The part of a header that a decision settles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What happened.
    pub what: What,
    /// Units that join the distribution list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub join: Vec<UnitId>,
    /// Units that leave it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leave: Vec<UnitId>,
    /// The state from now on, where it changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
    /// All clocks from now on, where one changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clocks: Option<Vec<Clock>>,
    /// The units from which something is awaited, where they change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<Vec<UnitId>>,
    /// How it ended, or what was answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<OutcomeCode>,
}

impl Change {
    /// A change of nothing but the record: `what` happened.
    pub fn of(what: What) -> Change {
        Change {
            what,
            join: Vec::new(),
            leave: Vec::new(),
            state: None,
            clocks: None,
            asked: None,
            outcome: None,
        }
    }
}

/// An event before the store gives it id, sequence, instant and hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvent {
    /// Who may read it.
    pub audience: Audience,
    /// What changes by it.
    pub change: Change,
    /// The instant at which time itself made it true; none: the instant of the command.
    pub at: Option<Timestamp>,
    /// The content, to be sealed under the strand's key.
    pub body: Vec<u8>,
    /// The strand's summary from now on, where it changes; sealed under the same key.
    pub summary: Option<Vec<u8>>,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$variant_doc])* #[serde(rename = $word)] $variant,)+ }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word for it in code, database, API and documents.
            pub const fn word(self) -> &'static str {
                match self { $($name::$variant => $word,)+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::event::UnknownWord;

            fn from_str(text: &str) -> Result<$name, $crate::event::UnknownWord> {
                $name::ALL.iter().copied().find(|value| value.word() == text).ok_or_else(|| {
                    $crate::event::UnknownWord {
                        given: text.to_owned(),
                        expected: $name::ALL.iter().map(|value| value.word()).collect(),
                    }
                })
            }
        }
    };
}
pub(crate) use words;

/// A word that is none of those expected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is none of {}", expected.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "))]
pub struct UnknownWord {
    /// What was given.
    pub given: String,
    /// What could have been.
    pub expected: Vec<&'static str>,
}

words! {
    /// The kinds of dossiers.
    Kind {
        /// Goods are held at the border while the licensing authority is asked.
        Stop = "stop",
        /// A request for information or assistance.
        Information = "information",
        /// Is this item on Annex I, or caught by a catch-all?
        Classification = "classification",
        /// Is this licence or end-user statement genuine, valid, and does it cover this shipment?
        Document = "document",
        /// A decision that others' customs must act on.
        Notice = "notice",
    }
}

impl Kind {
    /// The three letters that end a reference.
    pub const fn letters(self) -> &'static str {
        match self {
            Kind::Stop => "STP",
            Kind::Information => "INF",
            Kind::Classification => "CLS",
            Kind::Document => "DOC",
            Kind::Notice => "NOT",
        }
    }
}

words! {
    /// Where a dossier stands.
    State {
        /// Being written, in its authority's own strand.
        Draft = "draft",
        /// Waits for the contact point of its own authority.
        ForApproval = "for_approval",
        /// With the addressee.
        Sent = "sent",
        /// The addressee has said that it is being dealt with.
        Acknowledged = "acknowledged",
        /// The addressee has answered.
        Answered = "answered",
        /// Silence has ended every ground that held the goods (Article 21(4)).
        ReleaseDue = "release_due",
        /// The agreed date has passed without an answer; nothing follows by law.
        Overdue = "overdue",
        /// Ended, with its outcome.
        Closed = "closed",
        /// Taken back by the one who asked.
        Withdrawn = "withdrawn",
    }
}

impl State {
    /// Whether something is still awaited of the asked units.
    pub const fn awaits_answer(self) -> bool {
        matches!(self, State::Sent | State::Acknowledged | State::Overdue)
    }

    /// Whether it has left its own authority.
    pub const fn is_sent(self) -> bool {
        !matches!(self, State::Draft | State::ForApproval)
    }

    /// Whether nothing more is expected of anybody.
    pub const fn is_ended(self) -> bool {
        matches!(self, State::Closed | State::Withdrawn)
    }
}

words! {
    /// What happened.
    What {
        /// A draft was begun.
        Drafted = "drafted",
        /// The draft was written on.
        Edited = "edited",
        /// The draft was handed to the contact point.
        Submitted = "submitted",
        /// The contact point gave the draft back.
        SentBack = "sent_back",
        /// The dossier left its authority; holds form, distribution, clocks and asked units.
        Sent = "sent",
        /// An asked unit has said that it deals with it.
        Acknowledged = "acknowledged",
        /// A message to everyone on the list.
        Message = "message",
        /// An internal note.
        Note = "note",
        /// A person of one's own authority took it on.
        Assigned = "assigned",
        /// A file was added.
        Attached = "attached",
        /// Units were added, for a purpose and on a legal basis.
        Shared = "shared",
        /// Units were taken off the list.
        UnitsWithdrawn = "units_withdrawn",
        /// The originator is asked whether this may go further (`H2`).
        ConsentAsked = "consent_asked",
        /// The originator agreed, and the units were added.
        ConsentGiven = "consent_given",
        /// The originator did not agree.
        ConsentRefused = "consent_refused",
        /// The handling was made stricter.
        HandlingTightened = "handling_tightened",
        /// Another ground was recorded.
        GroundAdded = "ground_added",
        /// The time to answer was extended.
        Extended = "extended",
        /// Some of what was asked has been answered.
        PartlyAnswered = "partly_answered",
        /// An asked unit has answered.
        Answered = "answered",
        /// An asked unit does not answer, on a ground.
        Refused = "refused",
        /// Another opinion than the one given.
        Dissented = "dissented",
        /// A recipient has done what the notice asks of it.
        Informed = "informed",
        /// Silence has ended a ground of Article 21(3).
        GroundEnded = "ground_ended",
        /// No ground stands any more: the goods must be released.
        ReleaseDue = "release_due",
        /// The agreed date has passed.
        Overdue = "overdue",
        /// What became of the goods.
        Outcome = "outcome",
        /// Taken back by the one who asked.
        Recalled = "recalled",
        /// Ended.
        Closed = "closed",
        /// Taken up again.
        Reopened = "reopened",
        /// The strand's key was destroyed; this event itself is not sealed.
        KeyDestroyed = "key_destroyed",
    }
}

words! {
    /// Where the length of a clock comes from. Only `law` is cited to users as law.
    Basis {
        /// A rule of Regulation (EU) 2021/821.
        Law = "law",
        /// The practice of a comparable system.
        Model = "model",
        /// Agreed, or set by the one who asks.
        Local = "local",
    }
}

words! {
    /// What it means that nobody answers in time.
    Silence {
        /// The ground ends; release is due when no other stands (Article 21(4)).
        EndsGround = "ends_ground",
        /// The request is overdue, and nothing else follows.
        Overdue = "overdue",
        /// Nothing: a date to work by.
        Nothing = "nothing",
    }
}

words! {
    /// What a clock runs for: the grounds of a stop, or the request as such.
    Ground {
        /// Article 21(3)(a)(i): relevant information was not considered.
        InformationNotConsidered = "21(3)(a)(i)",
        /// Article 21(3)(a)(ii): circumstances have materially changed.
        CircumstancesChanged = "21(3)(a)(ii)",
        /// Article 21(3)(b): relevant information on possible measures under Article 4(1).
        PossibleAction = "21(3)(b)",
        /// Article 21(1): no authorisation was presented.
        NoAuthorisation = "21(1)",
        /// A document is doubted.
        DoubtfulDocument = "doubtful_document",
        /// Article 5: cyber-surveillance items.
        Article5 = "5",
        /// Article 9: a national list.
        Article9 = "9",
        /// Article 10: another State's national list.
        Article10 = "10",
        /// Another national power.
        NationalPower = "national_power",
        /// Not a stop: the request itself.
        Request = "request",
    }
}

impl Ground {
    /// The grounds on which goods can be held, in the order of declaration.
    pub const STOP: [Ground; 9] = [
        Ground::InformationNotConsidered,
        Ground::CircumstancesChanged,
        Ground::PossibleAction,
        Ground::NoAuthorisation,
        Ground::DoubtfulDocument,
        Ground::Article5,
        Ground::Article9,
        Ground::Article10,
        Ground::NationalPower,
    ];

    /// The words of [`Ground::STOP`].
    pub const STOP_WORDS: [&str; 9] = {
        let [a, b, c, d, e, f, g, h, i] = Ground::STOP;
        [a.word(), b.word(), c.word(), d.word(), e.word(), f.word(), g.word(), h.word(), i.word()]
    };

    /// Whether it is one of Article 21(3), whose period Article 21(4) lets silence end.
    pub const fn is_of_article_21_3(self) -> bool {
        matches!(
            self,
            Ground::InformationNotConsidered
                | Ground::CircumstancesChanged
                | Ground::PossibleAction
        )
    }
}

words! {
    /// What ended a clock.
    EndedBy {
        /// The answer.
        Answer = "answer",
        /// That nobody answered.
        Silence = "silence",
        /// That the request was taken back or closed.
        Closing = "closing",
    }
}

/// A time by which something is awaited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// What it runs for.
    pub ground: Ground,
    /// Whose answer it awaits.
    pub unit: UnitId,
    /// Where its length comes from.
    pub basis: Basis,
    /// What silence means.
    pub silence: Silence,
    /// When it began to run.
    pub started: Timestamp,
    /// The last day on which an answer is in time, in the calendar's zone.
    pub last_day: Date,
    /// The instant from which an answer is late: the midnight after `last_day` there, or the hour
    /// of an hour clock.
    pub due: Timestamp,
    /// Whose working days are counted.
    pub calendar: CalendarId,
    /// Whether it has been extended; that happens once.
    pub extended: bool,
    /// When and by what it ended.
    pub ended: Option<Ended>,
}

impl Clock {
    /// Whether it runs on until `unit` answers.
    pub fn awaits(&self, unit: &UnitId) -> bool {
        self.is_running() && self.unit == *unit
    }

    /// Whether it still runs.
    pub const fn is_running(&self) -> bool {
        self.ended.is_none()
    }
}

/// The end of a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// When.
    pub at: Timestamp,
    /// By what.
    pub by: EndedBy,
}

macro_rules! checked_text {
    ($(#[$doc:meta])* $name:ident, $expected:literal, $check:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// As it is written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> String {
                value.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotWellFormed;

            fn try_from(text: String) -> Result<$name, NotWellFormed> {
                let check: fn(&str) -> bool = $check;
                if check(&text) {
                    Ok($name(text))
                } else {
                    Err(NotWellFormed { given: text, expected: $expected })
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = NotWellFormed;

            fn from_str(text: &str) -> Result<$name, NotWellFormed> {
                text.to_owned().try_into()
            }
        }
    };
}

/// A text that has not the form expected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not {expected}")]
pub struct NotWellFormed {
    /// What was given.
    pub given: String,
    /// What was expected, with an example.
    pub expected: &'static str,
}

checked_text! {
    /// How a dossier is cited: State, year, random part, kind.
    ///
    /// The random part has five characters of the Crockford base 32, so that no number tells how
    /// many dossiers there are.
    Reference, "a reference such as `NL-2026-7KQ4M-STP`", |text| {
        let parts: Vec<&str> = text.split('-').collect();
        let (&[state, year, random, kind], true) = (parts.as_slice(), text.is_ascii()) else {
            return false;
        };
        state.len() == 2
            && state.bytes().all(|b| b.is_ascii_uppercase())
            && year.len() == 4
            && year.bytes().all(|b| b.is_ascii_digit())
            && random.len() == 5
            && random.bytes().all(|b| Reference::ALPHABET.contains(&b))
            && Kind::ALL.iter().any(|one| one.letters() == kind)
    }
}

impl Reference {
    /// The characters of the random part: no I, L, O, U.
    pub const ALPHABET: &'static [u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// The reference of a new dossier; `random` is any number, of which 25 bits are used.
    pub fn new(home: &str, year: i16, random: u32, kind: Kind) -> Reference {
        let letters: String = (0..5)
            .filter_map(|place| {
                let index = usize::try_from((random >> (5 * place)) & 31).ok()?;
                Reference::ALPHABET.get(index).map(|&letter| char::from(letter))
            })
            .collect();
        Reference(format!("{home}-{year:04}-{letters}-{}", kind.letters()))
    }
}

checked_text! {
    /// A code for what was answered or how it ended; each kind has its own, in lower case.
    OutcomeCode, "an outcome code such as `maintained`", |text| {
        (1..=40).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_made_as_it_is_read() {
        let made = Reference::new("NL", 2026, 0x01ff_ffff, Kind::Stop);
        assert_eq!(made.as_str(), "NL-2026-ZZZZZ-STP");
        assert_eq!(made.as_str().parse::<Reference>().unwrap(), made);
        for wrong in
            ["", "NL-2026-7KQ4M", "NL-2026-7KQ4I-STP", "nl-2026-7KQ4M-STP", "NL-26-7KQ4M-STP"]
        {
            assert!(wrong.parse::<Reference>().is_err(), "{wrong}");
        }
    }
}
