//! What is sealed of an event: who wrote it, and its content.

use crate::event::{Ground, Header};
use crate::handling::Handling;
use catalogue::ids::{AttachmentId, UnitId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// The content of an event, as it is sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// The name of the person who did it; none: the system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// What was written or given.
    pub content: Content,
}

/// What was written or given with an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Content {
    /// Nothing beside the header.
    Nothing,
    /// The request as typed (`to`, `form`, `handling`, `purpose`, `legal_basis`).
    Request(Request),
    /// A message or an internal note.
    Text {
        /// What was written.
        text: String,
    },
    /// Why something was done.
    Reason {
        /// In words.
        reason: String,
    },
    /// Units were added, or are to be.
    Disclosure(Disclosure),
    /// Units were taken off.
    Units {
        /// Which.
        units: Vec<UnitId>,
    },
    /// A ground was recorded.
    Ground {
        /// Which.
        ground: Ground,
    },
    /// Somebody took it on.
    Assignment {
        /// The name; none: nobody any more.
        person: Option<String>,
    },
    /// The handling from now on.
    Handling {
        /// As it is now.
        handling: Handling,
    },
    /// A file.
    Attachment(Attachment),
    /// What a command of the kind gave: an answer, an opinion, an outcome.
    Given {
        /// As its form wrote it.
        given: Value,
    },
}

/// A request as it is typed, and as it is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// `to`, `form`, `handling`, `purpose`, `legal_basis`, as typed.
    pub given: Value,
    /// From where the filled fields come: JSON pointer within `form` to a word such as
    /// `message:item`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sources: BTreeMap<String, String>,
    /// The files that go with it; filled when it is sent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
}

/// Units that get to see a dossier, why and by what right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disclosure {
    /// Which units.
    pub units: Vec<UnitId>,
    /// What for.
    pub purpose: String,
    /// On what legal basis.
    pub legal_basis: String,
}

/// A file that belongs to a dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Under which it is kept.
    pub id: AttachmentId,
    /// Its name as given, without a path.
    pub name: String,
    /// Its type by its content.
    pub media_type: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// The SHA-256 of its content, hexadecimal.
    pub sha256: String,
    /// The key under which its chunks are sealed, hexadecimal. It lies here, within what the
    /// strand's key seals, so that destroying that key destroys the file too. Never shown.
    pub key: String,
}

/// An event as its reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What is clear.
    pub header: Header,
    /// What was sealed; none once its key has been destroyed.
    pub body: Option<Body>,
}

impl Body {
    /// The bytes to be sealed.
    pub fn encode(&self) -> Vec<u8> {
        // Writing strings, numbers and JSON values into memory cannot fail.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Reads what `encode` wrote.
    ///
    /// # Errors
    /// The bytes are no body of this format.
    pub fn decode(bytes: &[u8]) -> Result<Body, serde_json::Error> {
        serde_json::from_slice(bytes)
    }
}

/// What a list shows of a strand; sealed under the strand's key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The subject, such as `Feinwerk Donau → Sary-Arka Avtomatika`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Facts of the quick summary: name of the fact to its text.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, String>,
    /// To whom it is assigned, in the strand of the own authority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assigned: Option<String>,
}

impl Summary {
    /// The bytes to be sealed.
    pub fn encode(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Reads what `encode` wrote; an empty summary from anything else.
    pub fn decode(bytes: &[u8]) -> Summary {
        serde_json::from_slice(bytes).unwrap_or_default()
    }

    /// This summary, completed from that of another strand of the same dossier.
    #[must_use]
    pub fn or(mut self, other: Summary) -> Summary {
        self.title = self.title.or(other.title);
        self.assigned = self.assigned.or(other.assigned);
        for (name, text) in other.facts {
            self.facts.entry(name).or_insert(text);
        }
        self
    }
}
