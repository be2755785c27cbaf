//! Who may read an event: everyone on the distribution list, or only certain units.
//!
//! Each audience in use on a dossier has a strand of its own. An audience never changes.

use catalogue::ids::UnitId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One or more units; never none.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "BTreeSet<UnitId>", into = "BTreeSet<UnitId>")]
pub struct Units(BTreeSet<UnitId>);

/// A list of units was empty where at least one is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an audience of no units, where at least one was expected")]
pub struct NoUnits;

impl Units {
    /// A single unit.
    pub fn one(unit: UnitId) -> Units {
        Units(BTreeSet::from([unit]))
    }

    /// The units in their fixed order.
    pub fn iter(&self) -> impl Iterator<Item = &UnitId> {
        self.0.iter()
    }

    /// Whether one of `units` is among these.
    pub fn meet<'a>(&self, units: impl IntoIterator<Item = &'a UnitId>) -> bool {
        units.into_iter().any(|unit| self.0.contains(unit))
    }
}

impl TryFrom<BTreeSet<UnitId>> for Units {
    type Error = NoUnits;

    fn try_from(units: BTreeSet<UnitId>) -> Result<Units, NoUnits> {
        if units.is_empty() { Err(NoUnits) } else { Ok(Units(units)) }
    }
}

impl From<Units> for BTreeSet<UnitId> {
    fn from(units: Units) -> BTreeSet<UnitId> {
        units.0
    }
}

/// Who may read an event.
///
/// In JSON: `"everyone"`, or the list of units in ascending order, so that equal audiences have
/// equal bytes and so the same strand.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Audience {
    /// The dossier's distribution list as it stands when somebody reads.
    Everyone,
    /// These units, as far as they are on the distribution list, and nobody who joins later.
    Only(Units),
}

impl Audience {
    /// The audience of one unit, as of an internal note.
    pub fn only(unit: UnitId) -> Audience {
        Audience::Only(Units::one(unit))
    }

    /// Whether somebody whose units are `units` (his own and those that contain it) is of this
    /// audience. He must be on the distribution list besides.
    pub fn includes<'a>(&self, units: impl IntoIterator<Item = &'a UnitId>) -> bool {
        match self {
            Audience::Everyone => true,
            Audience::Only(only) => only.meet(units),
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Written {
    Word(Word),
    Units(Units),
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Word {
    Everyone,
}

impl Serialize for Audience {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Audience::Everyone => Word::Everyone.serialize(serializer),
            Audience::Only(units) => units.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Audience {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Audience, D::Error> {
        Ok(match Written::deserialize(deserializer)? {
            Written::Word(Word::Everyone) => Audience::Everyone,
            Written::Units(units) => Audience::Only(units),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_audience_is_written_as_a_word_or_as_its_units_in_order() {
        let pair: BTreeSet<UnitId> =
            ["NL-CUSTOMS", "DE-LICENSING"].iter().map(|id| id.parse().unwrap()).collect();
        let table = [
            (Audience::Everyone, r#""everyone""#),
            (Audience::Only(pair.try_into().unwrap()), r#"["DE-LICENSING","NL-CUSTOMS"]"#),
        ];
        for (audience, written) in table {
            assert_eq!(serde_json::to_string(&audience).unwrap(), written);
            assert_eq!(serde_json::from_str::<Audience>(written).unwrap(), audience);
        }
        assert!(serde_json::from_str::<Audience>("[]").is_err());
    }
}
