//! Who sees a dossier, or will: by name, and nobody else.

use super::Reader;
use crate::view::dossier::{AudiencePanel, AudienceRow, Receipts};
use crate::view::parts::{AudienceLine, Rich};
use app::readings::Receipt;
use catalogue::ids::UnitId;
use domain::dossier::Dossier;
use std::collections::BTreeSet;

impl Reader<'_> {
    /// "Netherlands – Customs and Germany – Licensing see this. Nobody else knows of it."
    pub(crate) fn audience_line(&self, dossier: &Dossier) -> AudienceLine {
        let standing = &dossier.standing;
        if standing.is_unsent() {
            return self.only(&standing.home);
        }
        self.seen_by(&standing.distribution)
    }

    /// The line of what one authority alone sees.
    pub(crate) fn only(&self, home: &UnitId) -> AudienceLine {
        let text = Rich::new().strong(self.unit(home));
        AudienceLine { text: text.and(" ").and(self.words.text("audience-only")) }
    }

    /// The line of what these units see.
    pub(crate) fn seen_by(&self, units: &BTreeSet<UnitId>) -> AudienceLine {
        let names = self.units(units);
        let see = self.words.with("audience-see", &[("count", units.len().into())]);
        let text = Rich::new().strong(names).and(format!(" {see} "));
        AudienceLine { text: text.and(self.words.text("audience-nobody-else")) }
    }

    /// Who will read what is written into a dossier, before the button that sends it.
    pub(crate) fn will_read(&self, dossier: &Dossier) -> AudienceLine {
        let others: Vec<&UnitId> = dossier
            .standing
            .distribution
            .iter()
            .filter(|unit| !self.is_of_her_authority(unit))
            .collect();
        if others.is_empty() {
            return self.only(&dossier.standing.home);
        }
        let text = Rich::new().strong(self.units(others));
        AudienceLine { text: text.and(" ").and(self.words.text("audience-will-read")) }
    }

    /// The panel with a row for each authority.
    pub(crate) fn audience(
        &self,
        dossier: &Dossier,
        receipts: &[Receipt],
        view_as: Option<(String, String)>,
    ) -> AudiencePanel {
        let standing = &dossier.standing;
        let row = |unit: &UnitId| {
            let receipt = receipts.iter().find(|receipt| receipt.unit == *unit);
            let delivered = if *unit == standing.home {
                self.words.text("audience-asks")
            } else {
                receipt.map(|receipt| self.moment(receipt.delivered)).unwrap_or_default()
            };
            let opened = receipt.and_then(|receipt| receipt.opened);
            let opened = opened.filter(|_| *unit != standing.home);
            AudienceRow {
                authority: self.unit(unit),
                delivered,
                opened: opened.map(|at| self.moment(at)).unwrap_or_default(),
            }
        };
        let unsent = standing.is_unsent();
        AudiencePanel {
            title: self.words.text("audience-title"),
            view_as,
            receipts: if unsent { Receipts::NotYet } else { Receipts::Shown },
            rows: standing.distribution.iter().map(row).collect(),
            line: self.audience_line(dossier),
        }
    }
}
