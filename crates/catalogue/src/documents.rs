//! What the document codes of a declaration say about its goods: `X060` … `Y901`.
//!
//! The codes are data with their validity (`data/document-codes.csv`), since they were read in
//! secondary sources; the destinations of the Union's general authorisations are law:
//! Regulation (EU) 2021/821, Annex II, sections A to H.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;

use crate::codes::{Country, DocumentCode};

/// The table that is part of the program.
const SHIPPED: &str = include_str!("../../../data/document-codes.csv");

/// Read once; the tests hold that every row can be read.
static DOCUMENTS: LazyLock<BTreeMap<DocumentCode, Document>> = LazyLock::new(|| {
    rows(SHIPPED).filter_map(Result::ok).map(|document| (document.code, document)).collect()
});

/// What a document code says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    /// An individual export authorisation.
    Individual,
    /// One of the Union's general export authorisations, EU001 to EU008.
    UnionGeneral,
    /// A large project authorisation.
    LargeProject,
    /// A global export authorisation.
    Global,
    /// A national general export authorisation.
    NationalGeneral,
    /// A transit authorisation.
    Transit,
    /// Any dual-use authorisation, before the codes were told apart.
    Single,
    /// The statement that the goods are not on the list of dual-use goods; it binds the declarant.
    NotListed,
    /// An authorisation for goods that can be used for torture.
    TortureGoods,
    /// The statement that the goods are not among those that can be used for torture.
    NotTortureGoods,
}

/// How well a row of the table is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Read in secondary sources.
    Secondary,
    /// Found in no source that was read.
    Unverified,
}

/// A document code with its meaning and validity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The code, as it stands in the declaration.
    pub code: DocumentCode,
    /// What it says.
    pub meaning: Meaning,
    /// The general authorisation that the code stands for.
    pub general: Option<GeneralAuthorisation>,
    /// The first day on which the code may be used; open where absent.
    pub valid_from: Option<Date>,
    /// The last day on which the code may be used; open where absent.
    pub valid_until: Option<Date>,
    /// How well this is known.
    pub source: Source,
    licence: bool,
}

impl Document {
    /// Says whether the code cites the authorisation of an authority, so that somebody can be
    /// asked about it.
    pub const fn cites_licence(&self) -> bool {
        self.licence
    }

    /// Says whether the authorisation is a general one, which no authority granted to this
    /// exporter in particular.
    pub const fn is_general(&self) -> bool {
        matches!(self.meaning, Meaning::UnionGeneral | Meaning::NationalGeneral)
    }

    /// Says whether the code may be used on `date`.
    pub fn is_valid_on(&self, date: Date) -> bool {
        self.valid_from.is_none_or(|first| first <= date)
            && self.valid_until.is_none_or(|last| date <= last)
    }
}

/// What `code` says; absent for codes that have nothing to do with dual-use goods.
pub fn document(code: &DocumentCode) -> Option<&'static Document> {
    DOCUMENTS.get(code)
}

/// All codes of the table, in their order.
pub fn documents() -> impl Iterator<Item = &'static Document> {
    DOCUMENTS.values()
}

/// A Union general export authorisation.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "UPPERCASE")]
pub enum GeneralAuthorisation {
    /// Most listed items to the closest partners.
    Eu001,
    /// Certain items to certain destinations.
    Eu002,
    /// Export after repair or replacement; the declaration also cites the original authorisation.
    Eu003,
    /// Temporary export for exhibition or fair.
    Eu004,
    /// Telecommunications.
    Eu005,
    /// Chemicals.
    Eu006,
    /// Software and technology within a group; an internal compliance programme is obligatory.
    Eu007,
    /// Encryption.
    Eu008,
}

/// Whether a destination is covered by a general authorisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Coverage {
    /// The authorisation names it.
    Covered,
    /// The authorisation does not cover it.
    NotCovered,
    /// The text has a proviso for it that codes cannot settle: a person reads the section.
    Proviso,
}

impl GeneralAuthorisation {
    /// All of them, in order.
    pub const ALL: [GeneralAuthorisation; 8] = [
        Self::Eu001,
        Self::Eu002,
        Self::Eu003,
        Self::Eu004,
        Self::Eu005,
        Self::Eu006,
        Self::Eu007,
        Self::Eu008,
    ];

    /// Its name in the Regulation: `EU001`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Eu001 => "EU001",
            Self::Eu002 => "EU002",
            Self::Eu003 => "EU003",
            Self::Eu004 => "EU004",
            Self::Eu005 => "EU005",
            Self::Eu006 => "EU006",
            Self::Eu007 => "EU007",
            Self::Eu008 => "EU008",
        }
    }

    /// Says whether the authorisation covers exports to `destination`.
    ///
    /// EU008 covers all but EU001's destinations, an exclusion list and any destination under
    /// restrictive measures; since those change, all that is not excluded for good is
    /// [`Coverage::Proviso`].
    pub fn covers(self, destination: Country) -> Coverage {
        let code = destination.as_str();
        let (covered, proviso): (&[&str], &[&str]) = match self {
            Self::Eu001 => (EU001, &["XI"]),
            Self::Eu002 => (EU002, &[]),
            Self::Eu003 | Self::Eu004 => (EU003, FRENCH_OVERSEAS),
            Self::Eu005 => (EU005, &[]),
            Self::Eu006 => (EU006, &[]),
            Self::Eu007 => (EU007, &[]),
            Self::Eu008 if EU001.contains(&code) => return Coverage::NotCovered,
            Self::Eu008 => return Coverage::Proviso,
        };
        if covered.contains(&code) {
            Coverage::Covered
        } else if proviso.contains(&code) {
            Coverage::Proviso
        } else {
            Coverage::NotCovered
        }
    }
}

const EU001: &[&str] = &["AU", "CA", "CH", "GB", "IS", "JP", "LI", "NO", "NZ", "US"];
const EU002: &[&str] = &["AR", "KR", "TR", "ZA"];
const EU003: &[&str] = &[
    "AE", "AL", "AR", "BA", "BR", "CL", "CN", "HK", "IN", "KR", "KZ", "MA", "ME", "MK", "MO", "MX",
    "RS", "SG", "TN", "TR", "UA", "ZA",
];
/// The sections say "French overseas territories" without naming them by code.
const FRENCH_OVERSEAS: &[&str] = &["BL", "NC", "PF", "PM", "TF", "WF"];
const EU005: &[&str] = &["AR", "CN", "HK", "IN", "KR", "MO", "TR", "UA", "ZA"];
const EU006: &[&str] = &["AR", "KR", "TR", "UA"];
const EU007: &[&str] = &[
    "AR", "BR", "CL", "ID", "IL", "IN", "JO", "KR", "MA", "MX", "MY", "PH", "SG", "TH", "TN", "ZA",
];

#[derive(serde::Deserialize)]
struct Row {
    code: DocumentCode,
    meaning: Meaning,
    licence: YesNo,
    general_authorisation: Option<GeneralAuthorisation>,
    valid_from: Option<Date>,
    valid_until: Option<Date>,
    source: Source,
}

#[derive(serde::Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
enum YesNo {
    Yes,
    No,
}

fn rows(csv: &str) -> impl Iterator<Item = Result<Document, csv::Error>> {
    csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(csv.as_bytes())
        .into_deserialize::<Row>()
        .map(|row| {
            row.map(|row| Document {
                code: row.code,
                meaning: row.meaning,
                general: row.general_authorisation,
                valid_from: row.valid_from,
                valid_until: row.valid_until,
                source: row.source,
                licence: row.licence == YesNo::Yes,
            })
        })
        .collect::<Vec<_>>()
        .into_iter()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn of(code: &str) -> &'static Document {
        document(&code.parse().unwrap()).unwrap()
    }

    #[test]
    fn every_row_of_the_table_can_be_read() {
        let rows: Vec<_> = rows(SHIPPED).collect::<Result<_, _>>().unwrap();
        assert_eq!(rows.len(), 17);
        assert_eq!(documents().count(), rows.len());
    }

    #[test]
    fn codes_say_what_they_cite_and_when_they_hold() {
        let table = [
            // code   licence general day                  valid
            ("X060", true, false, date(2026, 1, 1), true),
            ("X060", true, false, date(2021, 9, 8), false),
            ("X061", true, true, date(2026, 1, 1), true),
            ("X071", true, true, date(2026, 1, 1), true),
            ("X002", true, false, date(2021, 9, 8), true),
            ("X002", true, false, date(2021, 9, 9), false),
            ("Y901", false, false, date(2026, 1, 1), true),
        ];
        for (code, licence, general, day, valid) in table {
            let document = of(code);
            let told = (document.cites_licence(), document.is_general(), document.is_valid_on(day));
            assert_eq!(told, (licence, general, valid), "{code} on {day}");
        }
        assert_eq!(document(&"N380".parse().unwrap()), None);
    }

    #[test]
    fn the_general_authorisations_have_the_codes_from_x061_in_their_order() {
        for (place, general) in GeneralAuthorisation::ALL.into_iter().enumerate() {
            assert_eq!(of(&format!("X{:03}", 61 + place)).general, Some(general));
        }
    }

    #[test]
    fn destinations_are_covered_or_not() {
        use Coverage::{Covered, NotCovered, Proviso};
        use GeneralAuthorisation::{Eu001, Eu003, Eu006, Eu007, Eu008};
        let table = [
            (Eu001, "US", Covered),
            (Eu001, "KR", NotCovered),
            (Eu001, "XI", Proviso),
            (Eu003, "HK", Covered),
            (Eu003, "NC", Proviso),
            (Eu003, "RU", NotCovered),
            (Eu006, "UA", Covered),
            (Eu007, "TH", Covered),
            (Eu008, "CH", NotCovered),
            (Eu008, "BR", Proviso),
        ];
        for (general, country, coverage) in table {
            assert_eq!(general.covers(country.parse().unwrap()), coverage, "{general:?} {country}");
        }
    }
}
