//! A desk in full, and in a row: why it was found, who is there, how it is asked.

use super::hours::Said;
use super::{Guide, address, word};
use crate::view::directory::{Desk, DeskPerson, DeskRow};
use crate::view::parts::{Button, Rich};
use catalogue::authorities::{Answer, Language, NightContact, Person, Question, Reason, Unit};
use jiff::Timestamp;

impl Guide<'_> {
    /// The best match.
    pub(super) fn desk(
        &self,
        unit: &Unit,
        answer: &Answer,
        question: &Question,
        at: Timestamp,
    ) -> Desk {
        let mut buttons = Vec::new();
        if let Some(ask) = self.ask(unit, question) {
            buttons.push(Button::link(self.words.text("directory-ask"), ask).primary());
        }
        Desk {
            name: self.full_name(unit),
            opening: self.opening(unit, at, Said::InFull),
            reason: self.reason(unit, answer),
            people: self.people(unit),
            buttons,
            hours: self.hours_panel(unit, at),
        }
    }

    /// A desk among others.
    pub(super) fn row(&self, unit: &Unit, question: &Question, at: Timestamp) -> DeskRow {
        let authority = self.directory.authority(&unit.id).unwrap_or(unit);
        let desk = if unit.parent.is_some() {
            self.name_of(unit)
        } else {
            self.words.text("directory-whole")
        };
        DeskRow {
            authority: self.name_of(authority),
            desk,
            languages: languages(&unit.languages),
            opening: self.opening(unit, at, Said::InShort),
            there: self.words.time(at, unit.zone.time_zone()),
            hours: self.bar(unit, at),
            ask: self.ask(unit, question),
            href: address(unit.id.as_str(), None),
        }
    }

    /// "Finland – Customs, Vaalimaa".
    fn full_name(&self, unit: &Unit) -> String {
        match self.directory.authority(&unit.id).filter(|authority| authority.id != unit.id) {
            Some(authority) => format!("{}, {}", self.name_of(authority), self.name_of(unit)),
            None => self.name_of(unit),
        }
    }

    /// "Best match: competent for catch-all, Art 4 and 5 · speaks English · open now. FI-LICENSING".
    fn reason(&self, unit: &Unit, answer: &Answer) -> Rich {
        let reasons: Vec<String> =
            answer.reasons.iter().map(|reason| self.reason_in_words(reason)).collect();
        let text = self.words.with("directory-best", &[("reasons", reasons.join(" · ").into())]);
        let line = Rich::text(text).and(" ").code(unit.id.as_str());
        if unit.demonstration {
            line.quiet(format!(" · {}", self.words.text("directory-made-up")))
        } else {
            line
        }
    }

    fn reason_in_words(&self, reason: &Reason) -> String {
        let words = self.words;
        let with = |key: &str, value: String| words.with(key, &[("value", value.into())]);
        match reason {
            Reason::Named => words.text("directory-why-named"),
            Reason::Office(_) => words.text("directory-why-office"),
            Reason::IssuedLicence(pattern) => with("directory-why-licence", pattern.to_string()),
            Reason::AboveOffice(office) => with("directory-why-above", office.to_string()),
            Reason::OfState(_) => words.text("directory-why-state"),
            Reason::Competent(function) => {
                with("directory-why-competent", words.code("competence", &word(function)))
            }
            Reason::NameHas(name) => with("directory-why-name", name.clone()),
            Reason::Speaks(language) => {
                with("directory-why-speaks", words.code("language", language.as_str()))
            }
            Reason::OpenThen => words.text("directory-why-open"),
            Reason::Specialised => words.text("directory-why-special"),
            Reason::NightContact => words.text("directory-why-night"),
        }
    }

    /// Who can be reached: those on duty, the desk itself, and whom to call at night.
    fn people(&self, unit: &Unit) -> Vec<DeskPerson> {
        let mut people: Vec<DeskPerson> =
            unit.on_duty.iter().map(|person| self.on_duty(person)).collect();
        let reach = &unit.reach;
        if reach.phone.is_some() || reach.mail.is_some() {
            people.push(DeskPerson {
                name: self.words.text("directory-desk-itself"),
                function: reach.mail.clone().unwrap_or_default(),
                languages: languages(&unit.languages),
                phone: reach.phone.clone().unwrap_or_default(),
            });
        }
        people.extend(self.night(unit));
        people
    }

    fn on_duty(&self, person: &Person) -> DeskPerson {
        DeskPerson {
            name: person.name.clone(),
            function: self.words.code("competence", &word(&person.function)),
            languages: languages(&person.languages),
            phone: person.phone.clone().unwrap_or_default(),
        }
    }

    /// The night contact of the unit, or of the nearest unit above that has one.
    fn night(&self, unit: &Unit) -> Option<DeskPerson> {
        let (whose, contact): (&Unit, &NightContact) = self
            .directory
            .ancestors(&unit.id)
            .find_map(|above| Some((above, above.reach.night.as_ref()?)))?;
        let name = if whose.id == unit.id {
            self.words.text("directory-night")
        } else {
            let whose = self.name_of(whose);
            self.words.with("directory-night-of", &[("unit", whose.into())])
        };
        let outside = self.words.text("directory-night-when");
        let function =
            if contact.note.is_empty() { outside } else { format!("{}, {outside}", contact.note) };
        Some(DeskPerson { name, function, languages: String::new(), phone: contact.phone.clone() })
    }
}

/// "FI SV EN".
fn languages(spoken: &[Language]) -> String {
    let codes: Vec<String> = spoken.iter().map(|one| one.as_str().to_uppercase()).collect();
    codes.join(" ")
}
