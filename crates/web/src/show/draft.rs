//! What a new draft starts from, and whom it names.

use super::Reader;
use catalogue::authorities::Group;
use catalogue::ids::UnitId;
use domain::event::Kind;
use domain::form::is_blank;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The word before a group of units among the choices.
pub(super) const GROUP: &str = "group:";

/// The word of a group among the choices.
pub(super) fn group_word(group: Group) -> String {
    let word = serde_json::to_value(group).ok();
    word.and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The units that a draft names.
pub(crate) fn addressees(given: &Value) -> Vec<UnitId> {
    let named = given.get("to").and_then(Value::as_array).into_iter().flatten();
    named.filter_map(Value::as_str).filter_map(|id| id.parse().ok()).collect()
}

impl Reader<'_> {
    /// Replaces groups among the addressees by the units that they are now: the log names units.
    pub(crate) fn resolve(&self, given: &mut Value) {
        let Some(Value::Array(named)) = given.get_mut("to") else { return };
        let mut units = Vec::new();
        for one in named.iter().filter_map(Value::as_str) {
            let group = one
                .strip_prefix(GROUP)
                .and_then(|word| Group::ALL.into_iter().find(|group| group_word(*group) == word));
            match group {
                Some(group) => {
                    let own = self.viewer.authority();
                    let members = self.directory.group(group, self.today());
                    let members = members.into_iter().filter(|unit| Some(unit) != own);
                    units.extend(members.map(|unit| unit.to_string()));
                }
                None => units.push(one.to_owned()),
            }
        }
        units.sort_unstable();
        units.dedup();
        *named = units.into_iter().filter(|unit| !unit.is_empty()).map(Value::String).collect();
    }

    /// What a new draft starts from, and from where each of it comes.
    pub(crate) fn start_draft(&self, kind: Kind) -> (Value, BTreeMap<String, String>) {
        let mut form = Map::new();
        let mut sources = BTreeMap::new();
        let mut propose = |name: &str, value: Value, source: &str| {
            form.insert(name.to_owned(), value);
            sources.insert(format!("/form/{name}"), source.to_owned());
        };
        match kind {
            Kind::Stop => {
                let office = self.viewer.unit().filter(|unit| {
                    unit.as_str().parse::<catalogue::codes::CustomsOffice>().is_ok()
                });
                if let Some(office) = office {
                    propose("office", json!(office), "office");
                }
                let now = self.now.to_zoned_datetime(self.zone.clone());
                let now = now.strftime("%Y-%m-%dT%H:%M:00%:z").to_string();
                propose("suspended_at", json!(now), "proposed");
            }
            Kind::Information | Kind::Document => propose("urgency", json!("normal"), "proposed"),
            Kind::Classification => {
                propose("urgency", json!("normal"), "proposed");
                propose("goods_held", json!("no"), "proposed");
            }
            Kind::Notice => {}
        }
        let basis = match kind {
            Kind::Stop => "2021/821 Art. 21(3)-(4), 25(2)",
            Kind::Information | Kind::Classification | Kind::Document => "2021/821 Art. 25(2)",
            Kind::Notice => "2021/821 Art. 4-10, 25(2)",
        };
        let given = json!({
            "form": form,
            "purpose": self.words.code("purpose", kind.word()),
            "legal_basis": basis,
            "handling": {"code": "H0"},
        });
        sources.insert("/purpose".to_owned(), "proposed".to_owned());
        sources.insert("/legal_basis".to_owned(), "proposed".to_owned());
        (given, sources)
    }
}

/// Whether a draft names nobody, so that the proposal stands.
pub(crate) fn names_nobody(given: &Value) -> bool {
    is_blank(given.get("to"))
}
