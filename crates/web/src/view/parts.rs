//! Pieces that several pages share: icons, spans, day strips, clocks, tags, buttons, audience lines.

use std::fmt;

use askama::Template;
use askama::filters::HtmlSafe;

use crate::assets;
use crate::view::chrome::Chrome;

/// Marks a template as markup, so that another template includes it without escaping it again.
macro_rules! markup {
    ($($of:ty),+ $(,)?) => { $(impl HtmlSafe for $of {})+ };
}
pub(crate) use markup;

macro_rules! icons {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal),+ $(,)?) => {
        /// A sign from `icons.svg`. Written out, it is a decoration: the word beside it says the same.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Icon { $($(#[doc = $doc])+ $variant),+ }

        impl Icon {
            /// The id of its drawing.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
            #[cfg(test)]
            pub(crate) const ALL: &'static [Self] = &[$(Self::$variant),+];
        }
    };
}

icons! {
    /// Due and waiting.
    List = "list",
    /// A stop in a list.
    Stop = "stop",
    /// Requests, attachments.
    Clip = "clip",
    /// A request for information.
    Request = "request",
    /// Warnings.
    Alert = "alert",
    /// A document, document verification.
    Document = "document",
    /// Done, filled.
    Check = "check",
    /// A day.
    Calendar = "calendar",
    /// The directory.
    People = "people",
    /// Search.
    Search = "search",
    /// Dark theme.
    Moon = "moon",
    /// Light theme.
    Sun = "sun",
    /// More.
    Menu = "menu",
    /// What the law decides.
    Scales = "scales",
    /// A clock.
    Clock = "clock",
    /// Who sees this.
    Eye = "eye",
    /// Internal.
    Lock = "lock",
    /// A photograph.
    Image = "image",
    /// A telephone number.
    Phone = "phone",
    /// Changed meanwhile.
    Refresh = "refresh",
    /// Not taken, no.
    Cross = "cross",
    /// Another one.
    Plus = "plus",
    /// A table.
    Sheet = "sheet",
    /// A person's account.
    Person = "person",
    /// Settings.
    Gear = "gear",
    /// Sign out.
    Out = "out",
    /// Classification.
    Classify = "classify",
    /// A notice.
    Notice = "notice",
}

impl fmt::Display for Icon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sprite = assets::url("icons.svg");
        let name = self.name();
        write!(
            f,
            "<svg class=\"icon\" aria-hidden=\"true\" focusable=\"false\"><use href=\"{sprite}#{name}\"/></svg>"
        )
    }
}
markup!(Icon, DayStrip, ClockBadge, AudienceLine, Rich, Tag, Notice, ShownButton<'_>);

/// What a colour says; a word, shape or sign beside it always says the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Plain,
    /// Taken up: opened, acknowledged by us.
    Accent,
    /// Silence has an effect by law.
    Law,
    /// Today or tomorrow; wants doing.
    Warn,
    /// Overdue, wrong.
    Late,
    /// Answered.
    Done,
    /// Not yet sent.
    Draft,
}

impl Tone {
    /// The class in the stylesheet.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Accent => "accent",
            Self::Law => "law",
            Self::Warn => "warn",
            Self::Late => "late",
            Self::Done => "done",
            Self::Draft => "draft",
        }
    }
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// Plain words.
    Text(String),
    /// Words that carry the line.
    Strong(String),
    /// A code, reference, MRN.
    Code(String),
    /// Less important words.
    Quiet(String),
    /// A link: words, address.
    Link(String, String),
}

/// A line of spans: `Rich::text("…")`, or `Rich::new().strong("Feinwerk").and(", Regensburg · ").code("DE47…")`.
/// Written out, it is escaped markup.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "parts/rich.html")]
pub struct Rich {
    /// The pieces, written without anything between them.
    pub spans: Vec<Span>,
}

impl Rich {
    /// An empty line.
    pub fn new() -> Self {
        Self::default()
    }
    /// A line of plain words.
    pub fn text(text: impl Into<String>) -> Self {
        Self::new().and(text)
    }
    /// Adds plain words.
    #[must_use]
    pub fn and(self, text: impl Into<String>) -> Self {
        self.push(Span::Text(text.into()))
    }
    /// Adds words that carry the line.
    #[must_use]
    pub fn strong(self, text: impl Into<String>) -> Self {
        self.push(Span::Strong(text.into()))
    }
    /// Adds a code.
    #[must_use]
    pub fn code(self, text: impl Into<String>) -> Self {
        self.push(Span::Code(text.into()))
    }
    /// Adds less important words.
    #[must_use]
    pub fn quiet(self, text: impl Into<String>) -> Self {
        self.push(Span::Quiet(text.into()))
    }
    /// Adds a link.
    #[must_use]
    pub fn link(self, text: impl Into<String>, href: impl Into<String>) -> Self {
        self.push(Span::Link(text.into(), href.into()))
    }
    fn push(mut self, span: Span) -> Self {
        self.spans.push(span);
        self
    }
}

impl From<&str> for Rich {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl From<String> for Rich {
    fn from(text: String) -> Self {
        Self::text(text)
    }
}

/// A word on a tint.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(
    ext = "html",
    source = r#"<span class="tag {{ tone.class() }}">{% if let Some(icon) = icon %}{{ icon }}{% endif %}{{ text }}</span>"#
)]
pub struct Tag {
    /// "acknowledged".
    pub text: String,
    /// Its colour.
    pub tone: Tone,
    /// A sign before it.
    pub icon: Option<Icon>,
}

impl Tag {
    /// A tag without a sign.
    pub fn new(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone, icon: None }
    }
    /// The same with a sign before it.
    #[must_use]
    pub fn with_icon(self, icon: Icon) -> Self {
        Self { icon: Some(icon), ..self }
    }
}

/// One cell of a day strip. In hour clocks a cell is an hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A working day that is over.
    Used,
    /// Today, while it counts.
    Today,
    /// A working day left.
    Left,
    /// A day of the weekend.
    Weekend,
    /// A public holiday; its name stands beside the strip.
    Holiday,
}

/// A clock as a strip of cells, one a day, in words for those who do not see it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "parts/strip.html")]
pub struct DayStrip {
    /// The days in order.
    pub cells: Vec<Cell>,
    /// What the strip says: "9 of 10 working days used, 1 left".
    pub spoken: String,
}

impl DayStrip {
    /// The cells with the place of each, in units of the drawing: a working day is 5 wide, a weekend day 3.
    pub fn placed(&self) -> Vec<(u32, Cell)> {
        let mut at = 0;
        let place = |cell: &Cell| {
            let here = at;
            at += width(*cell);
            (here, *cell)
        };
        self.cells.iter().map(place).collect()
    }

    /// The width of the drawing.
    pub fn width(&self) -> u32 {
        self.cells.iter().map(|cell| width(*cell)).sum::<u32>().max(1)
    }
}

const fn width(cell: Cell) -> u32 {
    match cell {
        Cell::Used | Cell::Today | Cell::Left | Cell::Holiday => 7,
        Cell::Weekend => 5,
    }
}

/// A clock in a row: words, then the strip.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(
    ext = "html",
    source = r#"<div class="clock {{ tone.class() }}">{{ words }}{{ strip }}</div>"#
)]
pub struct ClockBadge {
    /// "1 day left", "overdue 2 days", "today 16:30 CET".
    pub words: String,
    /// [`Tone::Law`] only where silence has an effect by law.
    pub tone: Tone,
    /// The strip; without cells nothing is drawn.
    pub strip: DayStrip,
}

/// Who sees what is shown, or will see what is written.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(
    ext = "html",
    source = r#"<div class="audience">{{ Icon::Eye }}<p>{{ text }}</p></div>"#
)]
pub struct AudienceLine {
    /// "**Netherlands – Customs** and **Germany – Licensing** see this stop. Nobody else knows of it."
    pub text: Rich,
}

/// What the state of a page means for the reader.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(
    ext = "html",
    source = r#"<div class="notice {{ tone.class() }}">{{ icon }}<p>{{ text }}</p></div>"#
)]
pub struct Notice {
    /// Its colour.
    pub tone: Tone,
    /// Its sign.
    pub icon: Icon,
    /// What is possible, what not, and why.
    pub text: Rich,
}

/// What a button does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// It leads somewhere.
    Link(String),
    /// It sends a form of hidden fields (the token is added).
    Post {
        /// Where to.
        url: String,
        /// Names and values.
        fields: Vec<(String, String)>,
    },
    /// It cannot be used now; the text says why. It can still be reached with the keyboard.
    Unavailable(String),
}

/// How loud a button is. One solid button a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weight {
    /// An outline.
    #[default]
    Plain,
    /// Solid: the one thing to do.
    Primary,
    /// Just words.
    Bare,
}

impl Weight {
    /// The class in the stylesheet.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Primary => "primary",
            Self::Bare => "bare-link",
        }
    }
}

/// A button or a link that looks like one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    /// Named for what it does: "Send answer".
    pub label: String,
    /// What it does.
    pub act: Act,
    /// How loud it is.
    pub weight: Weight,
    /// The single key that presses it.
    pub key: Option<char>,
}

impl Button {
    /// A plain link.
    pub fn link(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), act: Act::Link(href.into()), weight: Weight::Plain, key: None }
    }
    /// A plain button that posts hidden fields.
    pub fn post(label: impl Into<String>, url: impl Into<String>, fields: &[(&str, &str)]) -> Self {
        let fields =
            fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let act = Act::Post { url: url.into(), fields };
        Self { label: label.into(), act, weight: Weight::Plain, key: None }
    }
    /// A button that cannot be used now, with the reason.
    pub fn unavailable(label: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            act: Act::Unavailable(reason.into()),
            weight: Weight::Plain,
            key: None,
        }
    }
    /// The same, solid.
    #[must_use]
    pub fn primary(self) -> Self {
        Self { weight: Weight::Primary, ..self }
    }
    /// The same, pressed by a key.
    #[must_use]
    pub fn key(self, key: char) -> Self {
        Self { key: Some(key), ..self }
    }
    /// The button as markup on a page with this surrounding.
    pub fn show<'a>(&'a self, chrome: &'a Chrome) -> ShownButton<'a> {
        ShownButton { chrome, it: self }
    }
}

/// A button on its page, to be written out.
#[derive(Debug, Template)]
#[template(path = "parts/button.html")]
pub struct ShownButton<'a> {
    chrome: &'a Chrome,
    it: &'a Button,
}

/// A term and its lines, as in the facts bar and the drawer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// "Consignee, destination".
    pub label: String,
    /// Its lines.
    pub lines: Vec<Rich>,
}

impl Fact {
    /// A fact of one line.
    pub fn new(label: impl Into<String>, line: impl Into<Rich>) -> Self {
        Self { label: label.into(), lines: vec![line.into()] }
    }
}

/// A link in a row of filters, with how many it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// "Overdue".
    pub label: String,
    /// How many the viewer has behind it.
    pub count: Option<u32>,
    /// Its address.
    pub href: String,
    /// Whether it is the one in force.
    pub current: bool,
    /// [`Tone::Late`] paints the count red.
    pub tone: Tone,
}

/// Filters that belong together, with a word before them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterGroup {
    /// "Age in days"; `None` for the first group.
    pub label: Option<String>,
    /// The filters.
    pub filters: Vec<Filter>,
}

/// What an empty list is for, and the first steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Empty {
    /// "Nothing waits for Slovenia – Licensing".
    pub title: String,
    /// What appears here.
    pub text: String,
    /// What to do next.
    pub steps: Vec<Step>,
}

/// One thing that can be done next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// "**Ask something yourself.** Classification, licence check, or any other question."
    pub text: Rich,
    /// The button beside it.
    pub button: Option<Button>,
}

/// A file in a conversation or list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileItem {
    /// Its name, as given.
    pub name: String,
    /// "2.1 MB", or why it was not taken.
    pub note: String,
    /// Where it is downloaded; `None` where it cannot be (refused, destroyed, or not yet sent).
    pub href: Option<String>,
    /// Its sign.
    pub icon: Icon,
    /// Whether it was refused.
    pub refused: bool,
}
