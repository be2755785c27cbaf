//! The one renderer of all forms.
//!
//! Names of fields are JSON pointers (`/items/0/cn8`); everything works without script: a list of groups grows and
//! shrinks by submit buttons (`do` = `add:/questions`, `remove:/questions/1`), files by an ordinary upload. What a
//! person typed comes back exactly as typed.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::view::chrome::Chrome;
use crate::view::parts::{AudienceLine, FileItem, Icon, Rich, markup};

markup!(ShownForm<'_>, ShownGroup<'_>, ShownEntry<'_>, ShownControl<'_>, ShownErrors<'_>);

/// A form as it stands, with its errors.
#[derive(Clone, Debug)]
pub struct FormView {
    /// Its id on the page; drafts are kept under it.
    pub id: String,
    /// Where it is sent.
    pub action: String,
    /// Further hidden fields: version seen, command id.
    pub hidden: Vec<(String, String)>,
    /// What stands in the way, all at once, each linked to its field.
    pub errors: Vec<FormError>,
    /// Its groups in order.
    pub groups: Vec<FormGroup>,
    /// Who will read what is sent, before the buttons.
    pub audience: Option<AudienceLine>,
    /// What it does when sent.
    pub buttons: Vec<Submit>,
    /// Where drafts are saved while typing; `None` where nothing is kept.
    pub autosave: Option<String>,
    /// "draft saved 10:41 CET".
    pub saved: Option<String>,
}

/// One error in the summary on top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormError {
    /// The name of the field it is about; empty for the whole form.
    pub name: String,
    /// "Commodity code: 8542 31 9 has 7 digits, eight were expected, such as 8542 31 90".
    pub text: String,
}

/// Fields that belong together.
#[derive(Clone, Debug, Default)]
pub struct FormGroup {
    /// Its heading; `None` where the page has one already.
    pub title: Option<String>,
    /// A word beside the heading: "proposed", "start when sent".
    pub aside: Option<String>,
    /// What to know before filling it in.
    pub hint: Option<Rich>,
    /// Its fields.
    pub entries: Vec<Entry>,
}

/// What stands in a group.
#[derive(Clone, Debug)]
pub enum Entry {
    /// A field.
    Field(Field),
    /// Fields under a legend of their own, such as a party.
    Group {
        /// "Exporter".
        legend: String,
        /// Its fields.
        entries: Vec<Entry>,
    },
    /// A list of groups.
    Repeat(Repeat),
    /// Words between fields.
    Words(Rich),
}

/// A list of groups of fields that grows and shrinks.
#[derive(Clone, Debug)]
pub struct Repeat {
    /// The list's pointer: `/questions`.
    pub name: String,
    /// "Questions".
    pub legend: String,
    /// Its groups.
    pub items: Vec<RepeatItem>,
    /// "Another question"; `None` where the list is full.
    pub add: Option<String>,
}

/// One group of a list.
#[derive(Clone, Debug)]
pub struct RepeatItem {
    /// "Question 1".
    pub legend: String,
    /// Its fields.
    pub entries: Vec<Entry>,
    /// "Remove question 1"; `None` where it must stay.
    pub remove: Option<String>,
}

/// How wide a field is on a wide screen; on a narrow one all are whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    /// The whole row.
    #[default]
    Full,
    /// Half of it.
    Half,
    /// A third.
    Third,
    /// A quarter.
    Quarter,
}

impl Width {
    /// The class in the stylesheet.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Half => "half",
            Self::Third => "third",
            Self::Quarter => "quarter",
        }
    }
}

/// Whether something must be given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Need {
    /// It must.
    #[default]
    Required,
    /// It may be left out; the label says so.
    Optional,
}

/// One field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name, a JSON pointer in forms of dossiers.
    pub name: String,
    /// Its label.
    pub label: String,
    /// What to give.
    pub help: Option<String>,
    /// Where the value came from: "message, item 2".
    pub source: Option<String>,
    /// What is wrong with it, above it.
    pub errors: Vec<String>,
    /// What is odd but does not stand in the way.
    pub warnings: Vec<String>,
    /// How wide it is.
    pub width: Width,
    /// Whether something must be given.
    pub need: Need,
    /// How it is given.
    pub control: Control,
}

/// How a value is given.
#[derive(Clone, Debug)]
pub enum Control {
    /// One line.
    Text {
        /// As typed.
        value: String,
        /// What sort of text.
        kind: TextKind,
    },
    /// Several lines.
    LongText {
        /// As typed.
        value: String,
        /// How many lines are shown.
        rows: u8,
    },
    /// One of several in a list to fold out.
    Select {
        /// What can be chosen.
        choices: Vec<Choice>,
    },
    /// One of several, all shown.
    Radios {
        /// What can be chosen.
        choices: Vec<Choice>,
        /// In how many columns.
        columns: Columns,
    },
    /// Some of several.
    Checkboxes {
        /// What can be chosen.
        choices: Vec<Choice>,
        /// In how many columns.
        columns: Columns,
    },
    /// A day, typed.
    Date {
        /// As typed.
        value: String,
    },
    /// A time of day, with the zone it is in beside it.
    Time {
        /// As typed.
        value: String,
        /// "CET".
        zone: String,
    },
    /// A number with its unit.
    Amount {
        /// As typed.
        value: String,
        /// The unit where it is fixed, or the choice of units.
        unit: Unit,
    },
    /// Files.
    Files {
        /// Those that are there.
        present: Vec<FileItem>,
        /// The `accept` attribute; empty takes all.
        accept: String,
    },
    /// A value that cannot be changed here.
    Shown(Rich),
}

/// The unit of an amount.
#[derive(Clone, Debug)]
pub enum Unit {
    /// Always this one.
    Fixed(String),
    /// One of these, in a field with this name.
    Chosen {
        /// The name of the field of the unit.
        name: String,
        /// The units.
        choices: Vec<Choice>,
    },
}

/// In how many columns choices stand on a wide screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Columns {
    /// One below the other.
    #[default]
    One,
    /// In two columns.
    Two,
}

impl Columns {
    /// Whether there are two.
    pub const fn is_two(self) -> bool {
        matches!(self, Self::Two)
    }
}

/// What sort of text a line takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextKind {
    /// Words.
    #[default]
    Words,
    /// A code, reference, MRN: in the font of codes.
    Code,
    /// A password that exists.
    Password,
    /// A password that is being chosen.
    NewPassword,
    /// The name with which one signs in.
    User,
    /// Six digits of a second factor.
    OneTime,
    /// A mail address.
    Mail,
    /// A telephone number.
    Phone,
}

impl TextKind {
    /// The `type` of the input.
    pub const fn input(self) -> &'static str {
        match self {
            Self::Password | Self::NewPassword => "password",
            Self::Mail => "email",
            Self::Phone => "tel",
            Self::Words | Self::Code | Self::User | Self::OneTime => "text",
        }
    }

    /// The `autocomplete` of the input.
    pub const fn autocomplete(self) -> &'static str {
        match self {
            Self::Password => "current-password",
            Self::NewPassword => "new-password",
            Self::User => "username",
            Self::OneTime => "one-time-code",
            Self::Words | Self::Code | Self::Mail | Self::Phone => "off",
        }
    }

    /// Whether it is the six digits of a second factor.
    pub const fn is_one_time(self) -> bool {
        matches!(self, Self::OneTime)
    }

    /// Whether it stands in the font of codes.
    pub const fn is_code(self) -> bool {
        matches!(self, Self::Code | Self::OneTime)
    }
}

/// One thing that can be chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// The value that is sent.
    pub value: String,
    /// What it is called.
    pub label: String,
    /// What it means: "silence ends this ground".
    pub hint: Option<String>,
    /// Whether it is chosen.
    pub chosen: bool,
}

impl Choice {
    /// A choice without a hint.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: None, chosen: false }
    }
    /// The same, chosen when `value` is the one that was typed.
    #[must_use]
    pub fn chosen_if(self, typed: &str) -> Self {
        let chosen = self.value == typed;
        Self { chosen, ..self }
    }
    /// The same with what it means.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

/// A button that sends the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submit {
    /// "Send answer".
    pub label: String,
    /// The value of `do`; empty sends none.
    pub value: String,
    /// Solid: the one thing to do.
    pub primary: bool,
    /// Why it cannot be used now.
    pub unavailable: Option<String>,
}

impl Submit {
    /// The solid button; Ctrl-Enter presses it.
    pub fn primary(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into(), primary: true, unavailable: None }
    }
    /// Another button.
    pub fn other(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into(), primary: false, unavailable: None }
    }
}

impl Field {
    /// A required field over the whole row, without help, source or errors.
    pub fn new(name: impl Into<String>, label: impl Into<String>, control: Control) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            help: None,
            source: None,
            errors: Vec::new(),
            warnings: Vec::new(),
            width: Width::Full,
            need: Need::Required,
            control,
        }
    }
    /// A line of words.
    pub fn text(
        name: impl Into<String>,
        label: impl Into<String>,
        value: impl Into<String>,
    ) -> Self {
        Self::new(name, label, Control::Text { value: value.into(), kind: TextKind::Words })
    }
    /// A line with a code.
    pub fn code(
        name: impl Into<String>,
        label: impl Into<String>,
        value: impl Into<String>,
    ) -> Self {
        Self::new(name, label, Control::Text { value: value.into(), kind: TextKind::Code })
    }
    /// Several lines.
    pub fn long(
        name: impl Into<String>,
        label: impl Into<String>,
        value: impl Into<String>,
    ) -> Self {
        Self::new(name, label, Control::LongText { value: value.into(), rows: 3 })
    }
    /// The same, as wide as said.
    #[must_use]
    pub fn wide(self, width: Width) -> Self {
        Self { width, ..self }
    }
    /// The same, which may be left out.
    #[must_use]
    pub fn optional(self) -> Self {
        Self { need: Need::Optional, ..self }
    }
    /// The same with help.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
    /// The same with where its value came from.
    #[must_use]
    pub fn from(self, source: impl Into<String>) -> Self {
        Self { source: Some(source.into()), ..self }
    }
    /// The same with one more error.
    #[must_use]
    pub fn error(mut self, error: impl Into<String>) -> Self {
        self.errors.push(error.into());
        self
    }
    /// The same with one more warning.
    #[must_use]
    pub fn warning(mut self, warning: impl Into<String>) -> Self {
        self.warnings.push(warning.into());
        self
    }

    /// The field's id on the page.
    pub fn id(&self) -> String {
        id_of(&self.name)
    }

    /// The `aria-describedby` of its control: help, errors and source that there are.
    pub fn described_by(&self) -> String {
        let id = self.id();
        let parts = [
            ("help", self.help.is_some()),
            ("error", !self.errors.is_empty()),
            ("warning", !self.warnings.is_empty()),
            ("source", self.source.is_some()),
        ];
        let ids: Vec<String> = parts
            .iter()
            .filter(|(_, there)| *there)
            .map(|(part, _)| format!("{id}-{part}"))
            .collect();
        ids.join(" ")
    }

    /// Whether its label is a legend over several controls.
    pub fn is_set(&self) -> bool {
        matches!(self.control, Control::Radios { .. } | Control::Checkboxes { .. })
    }

    fn mark(&self) -> &'static str {
        match (self.errors.is_empty(), self.warnings.is_empty()) {
            (false, _) => "bad",
            (true, false) => "doubt",
            (true, true) => "",
        }
    }
}

/// The id on the page of the field with this name: `/items/0/cn8` becomes `f-items-0-cn8`.
pub fn id_of(name: &str) -> String {
    let mut id = String::from("f");
    for part in name.split(|c: char| !c.is_ascii_alphanumeric() && c != '_') {
        if !part.is_empty() {
            id.push('-');
            id.push_str(part);
        }
    }
    id
}

impl FormError {
    /// The id on the page of the field it is about.
    pub fn id(&self) -> String {
        id_of(&self.name)
    }
}

impl Repeat {
    /// Its id on the page.
    pub fn id(&self) -> String {
        id_of(&self.name)
    }
}

impl FormView {
    /// An empty form.
    pub fn new(id: impl Into<String>, action: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            action: action.into(),
            hidden: Vec::new(),
            errors: Vec::new(),
            groups: Vec::new(),
            audience: None,
            buttons: Vec::new(),
            autosave: None,
            saved: None,
        }
    }

    /// The form as markup: errors, groups in panels without a frame, buttons.
    pub fn show<'a>(&'a self, chrome: &'a Chrome) -> ShownForm<'a> {
        ShownForm { chrome, form: self }
    }

    /// The summary of errors alone, for pages that lay out the groups themselves.
    pub fn show_errors<'a>(&'a self, chrome: &'a Chrome) -> ShownErrors<'a> {
        ShownErrors { chrome, form: self }
    }
}

impl FormGroup {
    /// A group without a heading.
    pub fn of(fields: Vec<Field>) -> Self {
        Self { entries: fields.into_iter().map(Entry::Field).collect(), ..Self::default() }
    }

    /// A group with a heading.
    pub fn titled(title: impl Into<String>, fields: Vec<Field>) -> Self {
        Self { title: Some(title.into()), ..Self::of(fields) }
    }

    /// The group's fields as markup, without its heading.
    pub fn show<'a>(&'a self, chrome: &'a Chrome) -> ShownGroup<'a> {
        ShownGroup { chrome, group: self }
    }
}

impl Entry {
    fn show<'a>(&'a self, chrome: &'a Chrome) -> ShownEntry<'a> {
        ShownEntry { chrome, entry: self }
    }
}

impl Field {
    fn control<'a>(&'a self, chrome: &'a Chrome) -> ShownControl<'a> {
        ShownControl { chrome, field: self }
    }
}

/// A form on its page, to be written out.
#[derive(Debug, Template)]
#[template(path = "parts/form.html")]
pub struct ShownForm<'a> {
    chrome: &'a Chrome,
    form: &'a FormView,
}

/// The summary of errors of a form, to be written out.
#[derive(Debug, Template)]
#[template(path = "parts/form_errors.html")]
pub struct ShownErrors<'a> {
    chrome: &'a Chrome,
    form: &'a FormView,
}

/// A group on its page, to be written out.
#[derive(Debug, Template)]
#[template(
    ext = "html",
    source = r#"<div class="fields">{% for entry in group.entries %}{{ entry.show(chrome) }}{% endfor %}</div>"#
)]
pub struct ShownGroup<'a> {
    chrome: &'a Chrome,
    group: &'a FormGroup,
}

/// An entry on its page, to be written out.
#[derive(Debug, Template)]
#[template(path = "parts/entry.html")]
pub struct ShownEntry<'a> {
    chrome: &'a Chrome,
    entry: &'a Entry,
}

/// The control of a field, to be written out.
#[derive(Debug, Template)]
#[template(path = "parts/control.html")]
pub struct ShownControl<'a> {
    chrome: &'a Chrome,
    field: &'a Field,
}
