//! To whom a question about goods at the border goes, with the reason.
//!
//! Source: Regulation (EU) 2021/821 Art. 12(2) and Art. 21(3): the authority that granted the
//! authorisation, or the one that could require it.

use jiff::civil::Date;

use super::{Directory, LicencePattern, Unit, UnitKind};
use crate::codes::{Country, DocumentCode, LicenceNumber, State};
use crate::documents::{Document, document};
use crate::ids::UnitId;

/// The unit that a question should go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    /// The unit.
    pub unit: UnitId,
    /// Why this one.
    pub reason: AddresseeReason,
}

/// Why a unit is proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AddresseeReason {
    /// The number of the licence cited looks like those that this authority grants.
    IssuedLicence {
        /// The licence cited.
        licence: LicenceNumber,
        /// What its number was recognised by.
        pattern: LicencePattern,
    },
    /// The goods travel under a general authorisation (X061 to X068, X071), which the authority
    /// of the exporter's State watches over.
    GeneralAuthorisation {
        /// The document code cited.
        document: DocumentCode,
        /// The exporter's State.
        exporter: State,
    },
    /// As before, but the exporter is outside the Union: the State where the items are.
    GeneralAuthorisationItems {
        /// The document code cited.
        document: DocumentCode,
        /// Where the items are.
        items: State,
    },
    /// No authority is known to number its licences like the one cited; the exporter's State
    /// is the likeliest.
    UnknownLicence {
        /// The licence cited.
        licence: LicenceNumber,
        /// The exporter's State.
        exporter: State,
    },
    /// No licence is cited: the authority of the exporter's State could require one.
    ExporterState {
        /// The exporter's State.
        exporter: State,
    },
    /// The exporter is outside the Union: the authority of the State where the items are.
    ItemsState {
        /// Where the items are.
        items: State,
    },
}

impl Directory {
    /// Proposes the licensing authority to ask about goods on `date`.
    ///
    /// `licence` and `document` are what the declaration cites, `exporter` and `items` the
    /// countries of the exporter and of the place where the items are. Absent where nothing
    /// leads to an authority of the directory.
    pub fn addressee(
        &self,
        licence: Option<&LicenceNumber>,
        document_code: Option<&DocumentCode>,
        exporter: Option<Country>,
        items: Option<Country>,
        date: Date,
    ) -> Option<Proposed> {
        let exporter = exporter.and_then(State::from_country);
        let items = items.and_then(State::from_country);
        let general =
            document_code.copied().filter(|code| document(code).is_some_and(Document::is_general));
        let of_state = |state: State, reason| {
            let authority = self.authority_of(state, UnitKind::Licensing, date)?;
            Some(Proposed { unit: authority.id.clone(), reason })
        };
        if let Some(document) = general {
            return match (exporter, items) {
                (Some(exporter), _) => {
                    of_state(exporter, AddresseeReason::GeneralAuthorisation { document, exporter })
                }
                (None, Some(items)) => {
                    of_state(items, AddresseeReason::GeneralAuthorisationItems { document, items })
                }
                (None, None) => None,
            };
        }
        if let Some(licence) = licence
            && let Some((unit, pattern)) = self.issuer(licence, date)
        {
            let (licence, pattern) = (licence.clone(), pattern.clone());
            let reason = AddresseeReason::IssuedLicence { licence, pattern };
            return Some(Proposed { unit: unit.id.clone(), reason });
        }
        match (exporter, items, licence.cloned()) {
            (Some(exporter), _, Some(licence)) => {
                of_state(exporter, AddresseeReason::UnknownLicence { licence, exporter })
            }
            (Some(exporter), _, None) => {
                of_state(exporter, AddresseeReason::ExporterState { exporter })
            }
            (None, Some(items), _) => of_state(items, AddresseeReason::ItemsState { items }),
            (None, None, _) => None,
        }
    }

    /// The unit whose licences are numbered like `licence`, with the pattern that says so. Of
    /// several the one with the most definite pattern, then the first by id.
    pub fn issuer(&self, licence: &LicenceNumber, date: Date) -> Option<(&Unit, &LicencePattern)> {
        self.units()
            .filter(|unit| unit.exists_on(date))
            .flat_map(|unit| unit.licence_patterns.iter().map(move |pattern| (unit, pattern)))
            .filter(|(_, pattern)| pattern.matches(licence))
            .reduce(|best, next| if next.1.literals() > best.1.literals() { next } else { best })
    }
}
