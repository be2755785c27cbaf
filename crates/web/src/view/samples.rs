//! Samples of every page: empty, usual, full, hostile text, the longest German words. The tests render them all,
//! and the accessibility and screenshot runs use what they write.

mod compose;
mod dossier;
mod pages;
mod queue;

use askama::Template;

use crate::view::chrome::{Chrome, Counts, Keys, Person, Place, Theme, rail};
use crate::view::parts::{Cell, DayStrip};
use crate::words::{Language, Words};

/// Text that breaks a page which does not escape it.
pub(crate) const HOSTILE: &str = "</textarea></title><script>alert('x')</script><img src=x onerror=alert(1)> \" ' & {{ x }} \u{202e}evil";

/// The longest words that officers meet.
pub(crate) const LONG: &str =
    "Ausfuhrgenehmigungspflichtüberprüfungsverfahrensbeschleunigungsausschuss";

/// A page in one sample.
pub(crate) struct Sample {
    /// "queue-usual".
    pub name: String,
    /// What it renders to.
    pub html: String,
}

impl Sample {
    pub(crate) fn of(name: &str, page: &impl Template) -> Self {
        Self { name: name.to_owned(), html: page.render().expect("a page renders") }
    }
}

/// Every page in every sample.
pub(crate) fn all() -> Vec<Sample> {
    let mut samples = queue::samples();
    samples.extend(dossier::samples());
    samples.extend(compose::samples());
    samples.extend(pages::samples());
    samples
}

pub(crate) fn chrome(language: Language, title: &str, place: Place) -> Chrome {
    let words = Words::new(language);
    let counts = Counts { due: 12, stops: 31, requests: 22, notices: 6 };
    Chrome {
        words,
        title: title.to_owned(),
        theme: Theme::System,
        keys: Keys::On,
        demonstration: Some("Tue 24 Nov 2026, 10:42 CET".into()),
        person: Some(jonas()),
        rail: rail(words, counts, place),
        search: String::new(),
        here: "/".into(),
        csrf: "0123456789abcdef".into(),
        stream: None,
        now: "Tue 24 Nov 2026, 10:42 CET".into(),
        print_head: None,
    }
}

pub(crate) fn jonas() -> Person {
    Person {
        name: "Jonas Brandt".into(),
        unit: "Germany – Licensing".into(),
        office: None,
        role: "officer".into(),
        settings: None,
    }
}

pub(crate) fn marijke() -> Person {
    Person {
        name: "Marijke de Wit".into(),
        unit: "Rotterdam Maasvlakte".into(),
        office: Some("NL000510".into()),
        role: "officer".into(),
        settings: Some("/settings/NL-CUSTOMS".into()),
    }
}

/// Signs to cells: `u` used, `t` today, `l` left, `.` weekend, `o` holiday.
pub(crate) fn strip(signs: &str) -> DayStrip {
    let cells = signs
        .chars()
        .map(|sign| match sign {
            'u' => Cell::Used,
            't' => Cell::Today,
            'l' => Cell::Left,
            'o' => Cell::Holiday,
            _ => Cell::Weekend,
        })
        .collect();
    DayStrip::new(Words::default(), cells)
}
