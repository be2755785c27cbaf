//! A new dossier: the form with everything beside it that a person should know before sending.
//!
//! One form holds it all, so that no step loses what was typed: reading a message, choosing an item, adding a
//! question, saving, previewing and sending are submit buttons (`do`) of the same form.

use askama::Template;

use crate::view::chrome::{Chrome, Theme};
use crate::view::dossier::{AudiencePanel, ClocksPanel};
use crate::view::form::{FormGroup, FormView};
use crate::view::parts::{Icon, Notice, Rich, Step, Tag, Tone};

/// A draft being written.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/compose.html")]
pub struct ComposePage {
    /// What surrounds it.
    pub chrome: Chrome,
    /// "New stop".
    pub title: String,
    /// "Draft `NL-2026-P5XD8-STP` · seen by your own authority only until it is sent".
    pub sub: Rich,
    /// What happened meanwhile: signed out and back, somebody else changed the draft.
    pub notices: Vec<Notice>,
    /// The declaration message; `None` for kinds that take none.
    pub declaration: Option<DeclarationPicker>,
    /// The form; its groups stand in the main column, its `buttons` in the head and again at the end.
    pub form: FormView,
    /// Groups of the same form in the side column: handling, grading, purpose, legal basis.
    pub side: Vec<FormGroup>,
    /// Who is asked.
    pub addressee: Option<Addressee>,
    /// The clocks that would start.
    pub clocks: Option<ClocksPanel>,
    /// What silence does, on the law's tint.
    pub silence: Option<Rich>,
    /// Who will see this.
    pub audience: AudiencePanel,
}

/// The declaration message and its items.
#[derive(Clone, Debug)]
pub struct DeclarationPicker {
    /// "filled from CC515C"; `None` while there is no message.
    pub filled: Option<String>,
    /// "26NL000510K7Q2D4A1 · 3 items · item 2 chosen".
    pub about: Option<Rich>,
    /// The items of the message.
    pub items: Vec<DeclaredItem>,
    /// What is wrong with the message, with its place.
    pub error: Option<String>,
    /// What is odd in it.
    pub warnings: Vec<String>,
}

/// An item of the message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclaredItem {
    /// Its number in the message.
    pub number: u32,
    /// The goods as declared.
    pub description: String,
    /// Its commodity code.
    pub cn: String,
    /// Its net mass in kilograms.
    pub net: String,
    /// Its statistical value in euro.
    pub value: String,
    /// Its documents.
    pub documents: String,
    /// Whether it is the one chosen.
    pub chosen: bool,
}

/// Who is asked, and why.
#[derive(Clone, Debug)]
pub struct Addressee {
    /// "proposed", "chosen by you".
    pub aside: String,
    /// "Austria – Licensing".
    pub name: String,
    /// "open until 16:00 CET".
    pub opening: Tag,
    /// "Because AT-26-004417 has the form of Austrian licence numbers, and the licence is the one cited."
    pub reason: Rich,
    /// The field with which another is chosen, in the same form.
    pub change: Option<FormGroup>,
}

/// What can be begun.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/start.html")]
pub struct StartPage {
    /// What surrounds it.
    pub chrome: Chrome,
    /// "New request".
    pub title: String,
    /// One step a kind that the viewer may open.
    pub kinds: Vec<Step>,
    /// Drafts of the viewer's own authority.
    pub drafts: Vec<DraftRow>,
}

/// A draft that can be gone on with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftRow {
    /// Its reference.
    pub reference: String,
    /// Its subject.
    pub subject: String,
    /// Who wrote in it last, and when.
    pub last: String,
    /// Its address.
    pub href: String,
}
