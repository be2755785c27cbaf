//! Pages of words: search results, errors, accessibility statement, help; and pages made of forms: account, settings.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::view::chrome::{Chrome, Theme};
use crate::view::form::FormView;
use crate::view::parts::{Empty, FilterGroup, Icon, Notice, Rich, Step, Tag, Tone};

/// What a search found.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/search.html")]
pub struct SearchPage {
    /// What surrounds it; `chrome.search` is what was searched for.
    pub chrome: Chrome,
    /// "4 found for `vostok`", "Search".
    pub title: String,
    /// By kind, state, time: each an address.
    pub filters: Vec<FilterGroup>,
    /// What was found, latest activity first.
    pub found: Vec<Found>,
    /// Shown when nothing was found, or nothing asked.
    pub empty: Option<Empty>,
    /// The address of the next page.
    pub next: Option<String>,
}

/// A dossier that was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its subject.
    pub subject: String,
    /// Its address.
    pub href: String,
    /// Its kind.
    pub kind: String,
    /// Its reference.
    pub reference: String,
    /// Its state.
    pub state: Tag,
    /// "Netherlands – Customs · last change Fri 13 Nov, 09:14 CET".
    pub about: String,
    /// The place where the words stand; the words that were searched for are strong.
    pub excerpt: Rich,
}

/// An error, told so that a person knows what to do.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/error.html")]
pub struct ErrorPage {
    /// What surrounds it.
    pub chrome: Chrome,
    /// "Nothing here under this address".
    pub title: String,
    /// What it means.
    pub text: Rich,
    /// What can be done.
    pub steps: Vec<Step>,
    /// "404 · Tue 24 Nov 2026, 10:42 CET", for a failure with its number.
    pub foot: String,
}

/// A page of words.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/prose.html")]
pub struct ProsePage {
    /// What surrounds it.
    pub chrome: Chrome,
    /// Its heading.
    pub title: String,
    /// Its sections.
    pub sections: Vec<Section>,
    /// Whether the list of keys stands at the end.
    pub with_keys: bool,
}

/// A section of a page of words.
#[derive(Clone, Debug)]
pub struct Section {
    /// Its id, to link to.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// Its paragraphs.
    pub paragraphs: Vec<Rich>,
    /// Its list, after the paragraphs.
    pub list: Vec<Rich>,
}

/// A page made of forms and tables: a person's account, an authority's settings.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/settings.html")]
pub struct SettingsPage {
    /// What surrounds it.
    pub chrome: Chrome,
    /// "Your account", "Settings of Slovenia – Licensing".
    pub title: String,
    /// What has just been changed.
    pub notices: Vec<Notice>,
    /// Its sections, each with an id to link to.
    pub sections: Vec<SettingsSection>,
}

/// A section of settings.
#[derive(Clone, Debug)]
pub struct SettingsSection {
    /// Its id: `password`, `second-factor`, `keys`, `people`, `offices`, `hours`, `approval`, `log`.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// A word beside it.
    pub aside: String,
    /// What it is for.
    pub hint: Option<Rich>,
    /// A code to be scanned, before the form.
    pub scan: Option<QrCode>,
    /// A table, before the form.
    pub table: Option<SettingsTable>,
    /// A form.
    pub form: Option<FormView>,
}

/// A code that a camera reads. The same stands beside it in words.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "parts/qr.html")]
pub struct QrCode {
    /// Modules along each edge, the quiet zone included.
    pub size: usize,
    /// The dark modules as one SVG path.
    pub path: String,
    /// What it is: "Code for the authenticator".
    pub spoken: String,
}

crate::view::parts::markup!(QrCode);

/// A table of settings: people, offices, the log of changes.
#[derive(Clone, Debug)]
pub struct SettingsTable {
    /// The heads of its columns.
    pub heads: Vec<String>,
    /// Its rows; each cell a line.
    pub rows: Vec<SettingsRow>,
}

/// A row of such a table.
#[derive(Clone, Debug)]
pub struct SettingsRow {
    /// Its cells.
    pub cells: Vec<Rich>,
    /// What can be done with it.
    pub buttons: Vec<crate::view::parts::Button>,
}
