//! Names of units and people, and times in the reader's zone.

use super::Reader;
use catalogue::authorities::{Language, Unit};
use catalogue::calendar::CalendarId;
use catalogue::ids::UnitId;
use domain::body::Event;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::BTreeSet;

impl Reader<'_> {
    /// "Germany – Licensing", "Rotterdam Maasvlakte"; the id where the directory has no such unit.
    pub(crate) fn unit(&self, id: &UnitId) -> String {
        self.directory.unit(id).map_or_else(|| id.to_string(), |unit| self.name_of(unit))
    }

    /// The same of a unit in hand.
    pub(crate) fn name_of(&self, unit: &Unit) -> String {
        let language = self.words.language().code().parse().unwrap_or(Language::ENGLISH);
        if let Some(name) = unit.name_in(language) {
            return name.to_owned();
        }
        let kind = serde_json::to_value(unit.kind).ok();
        let kind = kind.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default();
        let kind = self.words.code("unit-kind", kind);
        match unit.state {
            Some(state) => {
                format!("{} – {kind}", self.words.code("member-state", &state.to_string()))
            }
            None => kind,
        }
    }

    /// Names in a row: "Austria – Licensing and France – Customs".
    pub(crate) fn units<'u>(&self, ids: impl IntoIterator<Item = &'u UnitId>) -> String {
        let names: Vec<String> = ids.into_iter().map(|id| self.unit(id)).collect();
        self.words.list(&names)
    }

    /// The name of the State whose days count.
    pub(crate) fn calendar(&self, calendar: CalendarId) -> String {
        match calendar {
            CalendarId::State(state) => self.words.code("member-state", &state.to_string()),
            CalendarId::Institutions => self.words.text("calendar-institutions"),
        }
    }

    /// The zone in which a unit keeps its hours.
    pub(crate) fn zone_of(&self, id: &UnitId) -> TimeZone {
        self.directory.unit(id).map_or(TimeZone::UTC, |unit| unit.zone.time_zone().clone())
    }

    /// An instant in the reader's zone, without its year: "Tue 24 Nov, 10:42 CET".
    pub(crate) fn moment(&self, at: Timestamp) -> String {
        self.words.moment(at, self.zone)
    }

    /// Whether a unit is one of the reader's: her own, or one that contains it.
    pub(crate) fn is_hers(&self, id: &UnitId) -> bool {
        self.viewer.units().any(|unit| unit == id)
    }

    /// Whether a unit is of the reader's authority.
    pub(crate) fn is_of_her_authority(&self, id: &UnitId) -> bool {
        let authority = self.directory.authority(id).map_or(id, |found| &found.id);
        self.viewer.authority() == Some(authority)
    }

    /// The reader's units that are among `units`.
    pub(crate) fn hers_among<'u>(&self, units: &'u BTreeSet<UnitId>) -> Option<&'u UnitId> {
        units.iter().find(|unit| self.is_hers(unit))
    }

    /// Who did something: "J. Brandt, Germany – Licensing"; "You, …" where it was the reader.
    pub(crate) fn who(&self, event: &Event) -> String {
        let Some(unit) = &event.header.by else { return self.words.text("the-system") };
        let person = event.body.as_ref().and_then(|body| body.person.as_deref());
        let unit_name = self.unit(unit);
        match person {
            Some(name) if self.viewer.name() == Some(name) && self.is_of_her_authority(unit) => {
                self.words.with("you-of", &[("unit", unit_name.into())])
            }
            Some(name) => format!("{name}, {unit_name}"),
            None => unit_name,
        }
    }
}
