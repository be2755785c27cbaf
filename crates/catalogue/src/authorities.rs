//! The directory: who the authorities are, what they answer and when somebody is there.
//!
//! A tree of units. An authority is a root; offices and desks lie below it. What is addressed to
//! a unit is addressed to all that lies below it. The directory is a value: whoever keeps it
//! (the store, a file) hands in units and gets a checked [`Directory`].
//!
//! In reading order: [`Unit`] and its parts here, [`Directory`] (the tree and the groups), the
//! opening hours, the search for who answers, the proposed addressee of a question.

mod addressee;
mod directory;
mod find;
mod hours;
mod language;
#[cfg(test)]
mod tests;
mod understand;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use addressee::{AddresseeReason, Proposed};
pub use directory::{Directory, DirectoryError, DirectoryProblem, Group};
pub use find::{Answer, Question, Reason};
pub use hours::{Closed, Hours, HoursError, OpenSpan, Opening};
pub use language::{Language, LanguageError};

use crate::calendar::{CalendarId, Zone};
use crate::codes::{LicenceNumber, State};
use crate::ids::UnitId;
use crate::text::serde_as_text;

/// An authority, or an office or desk of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Names the unit: `FI-LICENSING`, or the customs office code `NL000510`.
    pub id: UnitId,
    /// The unit that this one is a part of; absent for an authority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<UnitId>,
    /// What sort of unit it is.
    pub kind: UnitKind,
    /// The Member State; absent for the Union's own units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
    /// The unit's own name by language. Authorities need none: theirs is composed of the State
    /// and the kind in the reader's language.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub name: BTreeMap<Language, String>,
    /// The time zone in which its hours are kept and its days begin and end.
    pub zone: Zone,
    /// The languages in which it answers, the usual one first.
    pub languages: Vec<Language>,
    /// When somebody is there, in local time.
    #[serde(default)]
    pub hours: Hours,
    /// Days on which it is closed out of turn, with the reason.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub closed_days: BTreeMap<Date, String>,
    /// What it answers.
    #[serde(default)]
    pub competences: BTreeSet<Competence>,
    /// How it is reached.
    #[serde(default)]
    pub reach: Reach,
    /// Who is there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub on_duty: Vec<Person>,
    /// What the numbers of the licences that it grants look like.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub licence_patterns: Vec<LicencePattern>,
    /// Whether the entry is made up.
    #[serde(default)]
    pub demonstration: bool,
    /// The first day on which the unit no longer exists; logs go on naming it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Date>,
}

impl Unit {
    /// The unit's own name in `language`, else in English, else in any language; absent for
    /// units whose name is composed.
    pub fn name_in(&self, language: Language) -> Option<&str> {
        self.name
            .get(&language)
            .or_else(|| self.name.get(&Language::ENGLISH))
            .or_else(|| self.name.values().next())
            .map(String::as_str)
    }

    /// The calendar by which its working days are counted.
    pub fn calendar(&self) -> CalendarId {
        self.state.map_or(CalendarId::Institutions, CalendarId::State)
    }

    /// Says whether the unit exists on `date`.
    pub fn exists_on(&self, date: Date) -> bool {
        self.closed.is_none_or(|closed| date < closed)
    }
}

/// What sort of unit a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// The authority of a State that grants export authorisations.
    Licensing,
    /// The customs authority of a State.
    Customs,
    /// A customs office.
    Office,
    /// A part of an authority that answers questions of one sort.
    Desk,
    /// The Commission as a recipient.
    Commission,
    /// The Commission as the secretariat of the mechanism.
    Secretariat,
}

/// What a unit answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Competence {
    /// Export authorisations: granted, refused, changed.
    Licensing,
    /// Catch-all controls, Articles 4 and 5.
    CatchAll,
    /// Whether an item is on the list.
    Classification,
    /// Whether a licence or a statement is genuine and valid.
    DocumentVerification,
    /// Goods held at the border.
    BorderStop,
    /// Risk analysis and profiles.
    RiskAnalysis,
    /// Who uses the goods and for what.
    EndUse,
    /// Transit, Article 7.
    Transit,
    /// Brokering, Article 6.
    Brokering,
    /// Contact point: knows whom to ask.
    Contact,
}

impl Competence {
    /// All of them, in the order of their declaration.
    pub const ALL: [Competence; 10] = [
        Self::Licensing,
        Self::CatchAll,
        Self::Classification,
        Self::DocumentVerification,
        Self::BorderStop,
        Self::RiskAnalysis,
        Self::EndUse,
        Self::Transit,
        Self::Brokering,
        Self::Contact,
    ];
}

/// How a unit is reached.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reach {
    /// Telephone, in international form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Mail address of the unit, not of a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail: Option<String>,
    /// Who answers outside opening hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub night: Option<NightContact>,
}

/// Who answers outside opening hours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NightContact {
    /// Telephone, in international form.
    pub phone: String,
    /// What he may be called for; may be empty.
    #[serde(default)]
    pub note: String,
}

/// Somebody on duty in a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The person's name.
    pub name: String,
    /// What the person is asked about.
    pub function: Competence,
    /// The languages that the person speaks.
    pub languages: Vec<Language>,
    /// Telephone, in international form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

/// What the numbers of an authority's licences look like: `#` is a digit, `@` a letter, anything
/// else stands for itself, capital or small.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LicencePattern(String);

/// A pattern that would match what is no licence of this authority.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{given}` is not a pattern of licence numbers: expected 4 to 35 characters that begin with \
     a letter or digit of their own, such as `DE-##-######-@`"
)]
pub struct PatternError {
    /// The text as it was given.
    pub given: String,
}

impl LicencePattern {
    /// Says whether `licence` looks like this.
    pub fn matches(&self, licence: &LicenceNumber) -> bool {
        let number = licence.as_str();
        number.chars().count() == self.0.chars().count()
            && number.chars().zip(self.0.chars()).all(|(c, pattern)| match pattern {
                '#' => c.is_ascii_digit(),
                '@' => c.is_ascii_alphabetic(),
                literal => c.eq_ignore_ascii_case(&literal),
            })
    }

    /// How many characters stand for themselves: the more, the surer a match is.
    fn literals(&self) -> usize {
        self.0.chars().filter(|c| !matches!(c, '#' | '@')).count()
    }
}

impl fmt::Display for LicencePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for LicencePattern {
    type Err = PatternError;

    fn from_str(text: &str) -> Result<Self, PatternError> {
        let pattern = text.trim();
        // A pattern of wild cards alone would claim the licences of every other authority.
        let begins_with_its_own = pattern.starts_with(|c: char| c.is_ascii_alphanumeric());
        if (4..=35).contains(&pattern.chars().count()) && begins_with_its_own {
            Ok(Self(pattern.to_owned()))
        } else {
            Err(PatternError { given: text.to_owned() })
        }
    }
}

serde_as_text!(LicencePattern);
