//! From values of the domain to pages: pure functions that work out every word, link and strip.
//!
//! [`Reader`] is for whom a page is written. Reading order: [`names`], [`clocks`], [`form`] and
//! [`refusal`], then what a dossier's page is made of.

pub(crate) mod actions;
pub(crate) mod audience;
pub(crate) mod clocks;
pub(crate) mod compose;
pub(crate) mod details;
pub(crate) mod dossier;
pub(crate) mod draft;
pub(crate) mod form;
pub(crate) mod history;
pub(crate) mod names;
pub(crate) mod notices;
pub(crate) mod queue;
pub(crate) mod refusal;
pub(crate) mod said;
pub(crate) mod typed;

use crate::words::Words;
use app::viewer::Viewer;
use catalogue::authorities::Directory;
use catalogue::calendar::Calendars;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// For whom a page is written, with what may be looked up.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reader<'a> {
    /// Her words.
    pub words: Words,
    /// Who she is.
    pub viewer: &'a Viewer,
    /// The units.
    pub directory: &'a Directory,
    /// The working days.
    pub calendars: &'a Calendars,
    /// The zone of her unit.
    pub zone: &'a TimeZone,
    /// Case time.
    pub now: Timestamp,
}
