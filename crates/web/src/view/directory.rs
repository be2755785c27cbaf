//! The directory, and *Who answers this, now?*

use askama::Template;
use askama::filters::HtmlSafe;

use crate::view::chrome::{Chrome, Theme};
use crate::view::parts::{Button, Empty, FilterGroup, Icon, Rich, Tag, Tone};

/// Who answers a question, now.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/directory.html")]
pub struct DirectoryPage {
    /// What surrounds it.
    pub chrome: Chrome,
    /// "Who answers this, now?"
    pub title: String,
    /// "Give what you have: an office code, a licence number, a State and a question, a language."
    pub hint: String,
    /// What was asked, as typed.
    pub query: String,
    /// What was understood: "State: Finland".
    pub understood: Vec<String>,
    /// The same question at another time: words and address.
    pub other_time: Option<(String, String)>,
    /// The best match.
    pub best: Option<Desk>,
    /// "Others who answer on Art 4, in English".
    pub others_title: String,
    /// "11 of 27 shown · same State first".
    pub others_note: String,
    /// Further desks.
    pub others: Vec<DeskRow>,
    /// Filters over the whole directory: by State and function.
    pub filters: Vec<FilterGroup>,
    /// Shown when nothing was found.
    pub empty: Option<Empty>,
}

/// A desk in full.
#[derive(Clone, Debug)]
pub struct Desk {
    /// "Finland – Licensing, catch-all and end-use desk".
    pub name: String,
    /// "open until 16:15 EET, in 4 h 33 min".
    pub opening: Tag,
    /// Why it was found, with its code: "Best match: competent for Art 4 in the State asked for."
    pub reason: Rich,
    /// Who can be reached.
    pub people: Vec<DeskPerson>,
    /// "Ask this desk", first and solid.
    pub buttons: Vec<Button>,
    /// Its hours in the viewer's time.
    pub hours: HoursPanel,
}

/// Somebody at a desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskPerson {
    /// "Aino Korpela", "Night contact".
    pub name: String,
    /// "contact point, approves".
    pub function: String,
    /// "FI SV EN DE".
    pub languages: String,
    /// "+358 00 555 0142".
    pub phone: String,
}

/// Two sets of hours beside each other.
#[derive(Clone, Debug)]
pub struct HoursPanel {
    /// "Today, in your time (CET)".
    pub title: String,
    /// The desk's and the viewer's: label and bar.
    pub bars: Vec<(String, HoursBar)>,
    /// "4 h 33 min left together today. Next holidays in Finland: Sun 6 Dec."
    pub note: String,
}

/// Opening hours on the scale of a day, in minutes after midnight of the viewer's day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "parts/hours.html")]
pub struct HoursBar {
    /// From and until of each stretch, a pause at noon between two; empty when closed that day.
    pub open: Vec<(u32, u32)>,
    /// Now; `None` where another time was asked for.
    pub now: Option<u32>,
    /// Whether it is open at that time.
    pub is_open: bool,
    /// What the bar says: "open 09:00 to 16:15".
    pub spoken: String,
}

crate::view::parts::markup!(HoursBar);

impl HoursBar {
    /// Place and width of each stretch of open hours.
    pub fn stretches(&self) -> Vec<(u32, u32)> {
        let place = |(from, until): &(u32, u32)| {
            let from = (*from).min(1440);
            (from, (*until).clamp(from, 1440) - from)
        };
        self.open.iter().map(place).collect()
    }
}

/// A desk in a list.
#[derive(Clone, Debug)]
pub struct DeskRow {
    /// "Estonia – Licensing".
    pub authority: String,
    /// "Strategic goods commission secretariat".
    pub desk: String,
    /// "ET EN RU".
    pub languages: String,
    /// "open until 16:30".
    pub opening: Tag,
    /// "11:42 EET".
    pub there: String,
    /// Its hours.
    pub hours: HoursBar,
    /// Where it is asked.
    pub ask: Option<String>,
    /// Its own page.
    pub href: String,
}
