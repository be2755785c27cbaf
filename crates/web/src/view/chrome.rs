//! What surrounds every page: demonstration strip, rail, top bar, foot, keys.

use crate::assets;
use crate::view::parts::Icon;
use crate::words::{Language, Words};

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the reader's system wishes.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The word in the cookie and in `data-theme`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// What the theme button leads to.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::System => Self::Dark,
            Self::Dark => Self::Light,
            Self::Light => Self::System,
        }
    }

    /// The theme of a cookie's word; the system's where the word is none of ours.
    pub fn from_word(word: &str) -> Self {
        match word {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }
}

/// Whether single keys do something; each person may switch them off (WCAG 2.1.4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keys {
    /// They do.
    #[default]
    On,
    /// They do not, and no hints are shown.
    Off,
}

impl Keys {
    /// The word in `data-keys`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Off => "off",
        }
    }
}

/// Who is signed in.
#[derive(Clone, Debug)]
pub struct Person {
    /// "Jonas Brandt".
    pub name: String,
    /// "Germany – Licensing", "Rotterdam Maasvlakte".
    pub unit: String,
    /// The office's code, shown as a code; `None` for an authority.
    pub office: Option<String>,
    /// "officer".
    pub role: String,
    /// The settings page of the person's authority, for administrators.
    pub settings: Option<String>,
}

/// A heading in the rail with its entries.
#[derive(Clone, Debug)]
pub struct RailGroup {
    /// "Work".
    pub label: String,
    /// What stands below it; only what the viewer may open and what works.
    pub entries: Vec<RailEntry>,
}

/// One way in the rail.
#[derive(Clone, Debug)]
pub struct RailEntry {
    /// "Due and waiting".
    pub label: String,
    /// A word for the foot bar of narrow screens: "Due"; entries without it are under "More" there.
    pub short: Option<String>,
    /// Where it leads.
    pub href: String,
    /// Its sign.
    pub icon: Icon,
    /// How many of them the viewer has; `None` or 0 shows nothing.
    pub count: Option<u32>,
    /// Whether the count is of things due, which is shown red.
    pub due: bool,
    /// Whether this is the page at hand, or the list it belongs to.
    pub current: bool,
    /// The letter after `g`: `d`, `s`, `r`, `f`.
    pub key: Option<char>,
}

/// What surrounds a page.
#[derive(Clone, Debug)]
pub struct Chrome {
    /// The reader's words.
    pub words: Words,
    /// The page's title, as in the browser's tab; the product's name is added.
    pub title: String,
    /// Light or dark.
    pub theme: Theme,
    /// Whether single keys work.
    pub keys: Keys,
    /// In a demonstration, its clock: "Tue 24 Nov 2026, 10:42 CET".
    pub demonstration: Option<String>,
    /// Who is signed in; `None` shows neither rail nor top bar.
    pub person: Option<Person>,
    /// The ways in the rail.
    pub rail: Vec<RailGroup>,
    /// What stands in the search box.
    pub search: String,
    /// Path and query of this page, to come back to after a change of language or theme.
    pub here: String,
    /// The token that every form carries.
    pub csrf: String,
    /// Address of the event stream; `None` where the page does not change by itself.
    pub stream: Option<String>,
    /// The instant of this page, for paper and foot: "Tue 24 Nov 2026, 10:42 CET".
    pub now: String,
    /// For paper: reference and handling of what is printed, "NL-2026-7KQ4M-STP · H1".
    pub print_head: Option<String>,
}

impl Chrome {
    /// The text under `key`.
    pub fn t(&self, key: &str) -> String {
        self.words.text(key)
    }

    /// The address of an embedded file.
    pub fn asset(&self, name: &str) -> String {
        assets::url(name)
    }

    /// The languages that can be chosen.
    pub fn languages(&self) -> [Language; 3] {
        Language::ALL
    }

    /// The entries of the foot bar on narrow screens: at most four, "More" is the fifth.
    pub fn foot_bar(&self) -> Vec<&RailEntry> {
        let entries = self.rail.iter().flat_map(|group| &group.entries);
        entries.filter(|entry| entry.short.is_some()).take(4).collect()
    }
}

/// Which list a page belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// *Due and waiting*.
    Due,
    /// Stops.
    Stops,
    /// Requests: classification, document, information.
    Requests,
    /// Notices.
    Notices,
    /// The directory.
    Directory,
    /// Anything else: account, help, search.
    Elsewhere,
}

/// How many the viewer has of each; his own view's counts, nothing else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// What waits for him.
    pub due: u32,
    /// Open stops.
    pub stops: u32,
    /// Open requests.
    pub requests: u32,
    /// Notices in force.
    pub notices: u32,
}

/// The rail of a signed-in person.
pub fn rail(words: Words, counts: Counts, here: Place) -> Vec<RailGroup> {
    let entry = |place: Place, key: &str, href: &str, icon: Icon, letter: char| RailEntry {
        label: words.text(key),
        short: None,
        href: href.to_owned(),
        icon,
        count: None,
        due: false,
        current: here == place,
        key: Some(letter),
    };
    let short = |entry: RailEntry, key: &str| RailEntry { short: Some(words.text(key)), ..entry };
    let count = |entry: RailEntry, count: u32| RailEntry { count: Some(count), ..entry };

    let due = entry(Place::Due, "due-and-waiting", "/", Icon::List, 'd');
    let due = RailEntry { due: true, ..count(short(due, "rail-due-short"), counts.due) };
    let stops = entry(Place::Stops, "rail-stops", "/stops", Icon::Stop, 's');
    let requests = entry(Place::Requests, "rail-requests", "/requests", Icon::Clip, 'r');
    let notices = entry(Place::Notices, "rail-notices", "/notices", Icon::Notice, 'n');
    let directory = entry(Place::Directory, "rail-directory", "/directory", Icon::People, 'f');
    vec![
        RailGroup {
            label: words.text("rail-work"),
            entries: vec![
                due,
                count(short(stops, "rail-stops-short"), counts.stops),
                count(short(requests, "rail-requests-short"), counts.requests),
            ],
        },
        RailGroup {
            label: words.text("rail-shared"),
            entries: vec![count(notices, counts.notices)],
        },
        RailGroup {
            label: words.text("rail-look-up"),
            entries: vec![short(directory, "rail-directory-short")],
        },
    ]
}
