//! How a dossier may be used: handling code, grading, marking.
//!
//! Set by the originator and only ever tightened. The codes follow Europol's SIENA, `H0` adapted.

use crate::event::words;
use crate::form::{FieldError, Form, Problem, Text, choice, form};
use serde::{Deserialize, Serialize};

words! {
    /// What may be done with the information; a later one is stricter.
    HandlingCode {
        /// Only for applying and enforcing Regulation (EU) 2021/821 and national export-control law.
        H0 = "H0",
        /// Besides, not in judicial proceedings without the provider's permission.
        H1 = "H1",
        /// Besides, no dissemination without the provider's permission.
        H2 = "H2",
        /// Another restriction, in words; nothing goes further without the provider's permission.
        H3 = "H3",
    }
}
choice!(HandlingCode = "handling-code");

words! {
    /// How reliable the source is.
    SourceGrade {
        /// Always reliable.
        A = "A",
        /// Mostly reliable.
        B = "B",
        /// Mostly unreliable.
        C = "C",
        /// Cannot be assessed.
        X = "X",
    }
}
choice!(SourceGrade = "source-grade");

words! {
    /// How sure the information is.
    InformationGrade {
        /// Not in doubt.
        One = "1",
        /// Known personally to the source.
        Two = "2",
        /// Corroborated.
        Three = "3",
        /// Neither known nor corroborated.
        Four = "4",
    }
}
choice!(InformationGrade = "information-grade");

words! {
    /// The marking on the information.
    Marking {
        /// LIMITE, or sensitive non-classified.
        Sensitive = "sensitive",
        /// RESTREINT UE / EU RESTRICTED.
        EuRestricted = "eu_restricted",
        /// CONFIDENTIEL UE / EU CONFIDENTIAL or above.
        EuConfidential = "eu_confidential",
    }
}
choice!(Marking = "marking");

impl Marking {
    /// Whether it is classified information, which this system never takes.
    pub const fn is_classified(self) -> bool {
        match self {
            Marking::Sensitive => false,
            Marking::EuRestricted | Marking::EuConfidential => true,
        }
    }
}

form! {
    /// How a dossier may be used.
    pub struct HandlingForm = "handling" {
        /// What may be done with the information.
        code: HandlingCode,
        /// The restriction in words, with H3.
        restriction: Option<Text<500>>,
        /// How reliable the source is.
        source: Option<SourceGrade>,
        /// How sure the information is.
        information: Option<InformationGrade>,
        /// The marking; classified information is refused.
        marking: Option<Marking>,
    }
}

impl HandlingForm {
    /// What is missing where `H3` says in no words what it restricts; `at`: pointer of this form.
    pub fn lacks_restriction(&self, at: &str) -> Option<FieldError> {
        (self.code == HandlingCode::H3 && self.restriction.is_none())
            .then(|| FieldError { pointer: format!("{at}/restriction"), problem: Problem::Missing })
    }
}

/// How a dossier may be used, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handling {
    /// What may be done with the information.
    pub code: HandlingCode,
    /// The restriction in words, with `H3`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restriction: Option<String>,
    /// How reliable the source is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceGrade>,
    /// How sure the information is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub information: Option<InformationGrade>,
    /// The marking.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marking: Option<Marking>,
}

impl Handling {
    /// Reads it from what a request gave; a request that says nothing is `H0`.
    pub fn of(given: Option<&serde_json::Value>) -> Option<Handling> {
        match given {
            // A page sends its fields even when nobody has filled them.
            given if crate::form::is_blank(given) => Some(Handling::plain()),
            given => given.and_then(|given| HandlingForm::parse(given).ok()).map(Handling::from),
        }
    }

    /// `H0`, ungraded and unmarked.
    pub const fn plain() -> Handling {
        Handling {
            code: HandlingCode::H0,
            restriction: None,
            source: None,
            information: None,
            marking: None,
        }
    }

    /// Whether `other` allows nothing that this does not.
    ///
    /// A restriction in words can be added to; what it says already stays.
    pub fn is_tightened_by(&self, other: &Handling) -> bool {
        let keeps_words = match (&self.restriction, &other.restriction) {
            (None, _) => true,
            (Some(before), Some(after)) => after.contains(before.as_str()),
            (Some(_), None) => false,
        };
        other.code >= self.code && other.marking >= self.marking && keeps_words
    }

    /// Whether nothing may go further without the originator's permission.
    pub const fn needs_consent(&self) -> bool {
        match self.code {
            HandlingCode::H0 | HandlingCode::H1 => false,
            HandlingCode::H2 | HandlingCode::H3 => true,
        }
    }
}

impl From<HandlingForm> for Handling {
    fn from(form: HandlingForm) -> Handling {
        Handling {
            code: form.code,
            restriction: form.restriction.map(|text| text.as_str().to_owned()),
            source: form.source,
            information: form.information,
            marking: form.marking,
        }
    }
}
