//! *Due and waiting*, and every other list of dossiers: filters, groups of rows, a drawer for the selected row.

use askama::Template;

use crate::view::chrome::{Chrome, Theme};
use crate::view::parts::{
    AudienceLine, Button, ClockBadge, Empty, Fact, FilterGroup, Icon, Tag, Tone,
};

/// A list of dossiers.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/queue.html")]
pub struct QueuePage {
    /// What surrounds it.
    pub chrome: Chrome,
    /// "Due and waiting".
    pub title: String,
    /// "New request" and its like.
    pub buttons: Vec<Button>,
    /// Filters, each an address.
    pub filters: Vec<FilterGroup>,
    /// Groups in order: *Silence decides*, *Waiting for you*, *Waiting for others*.
    pub groups: Vec<QueueGroup>,
    /// The selected row's dossier (`?selected=`); `None` shows the list alone.
    pub drawer: Option<Drawer>,
    /// Shown instead of the list when there is no row at all.
    pub empty: Option<Empty>,
    /// "Checked Tue 24 Nov 2026, 10:42:07 CET · updates by itself".
    pub foot: String,
    /// The address of the next page of the list.
    pub next: Option<String>,
    /// The address of the first page, on later ones.
    pub first: Option<String>,
}

/// Rows under a heading.
#[derive(Clone, Debug)]
pub struct QueueGroup {
    /// "Silence decides".
    pub label: String,
    /// How many the viewer has, also on later pages.
    pub count: u32,
    /// "if nobody answers, the law gives silence an effect".
    pub hint: Option<String>,
    /// Its rows on this page.
    pub rows: Vec<QueueRow>,
}

/// One dossier in a list.
#[derive(Clone, Debug)]
pub struct QueueRow {
    /// Its id, unique on the page.
    pub id: String,
    /// The address of its page.
    pub href: String,
    /// The address of this list with it selected.
    pub select_href: String,
    /// Its clock.
    pub clock: ClockBadge,
    /// "Feinwerk Donau → Sary-Arka Avtomatika".
    pub subject: String,
    /// Whether something in it is new to the viewer.
    pub unread: bool,
    /// "Stop".
    pub kind: String,
    /// "NL-2026-7KQ4M-STP".
    pub reference: String,
    /// "NL000510 Rotterdam".
    pub from: String,
    /// "end of Wed 25 Nov CET".
    pub until: String,
    /// "acknowledged".
    pub state: Tag,
    /// "J. Brandt · 13 d".
    pub assigned: String,
    /// Whether the drawer shows it.
    pub selected: bool,
}

/// A dossier beside the list.
#[derive(Clone, Debug)]
pub struct Drawer {
    /// Its kind with its sign.
    pub kind: Tag,
    /// Its reference.
    pub reference: String,
    /// Its subject.
    pub subject: String,
    /// Its most urgent clock.
    pub clock: ClockBadge,
    /// What silence means, in words.
    pub silence: String,
    /// Exporter, consignee, item, how much, licence, end use, held at; in this order.
    pub facts: Vec<Fact>,
    /// The latest internal note of the viewer's own authority.
    pub note: Option<DrawerNote>,
    /// Who sees this.
    pub audience: AudienceLine,
    /// At most three; the first is solid.
    pub buttons: Vec<Button>,
    /// Whether it is shown unasked, because its row is the first: narrow screens then show the list alone.
    pub offered: bool,
    /// The address of the list without the drawer.
    pub close_href: String,
}

/// An internal note in short.
#[derive(Clone, Debug)]
pub struct DrawerNote {
    /// "Internal · Germany – Licensing only".
    pub title: String,
    /// The note.
    pub text: String,
}
