//! A dossier as its viewer sees it: head, facts bar, tabs, and beside them clocks, who sees this, internal notes.
//!
//! All kinds share it; what a kind adds comes as facts, forms and tables.

use askama::Template;

use crate::view::chrome::{Chrome, Theme};
use crate::view::form::FormView;
use crate::view::parts::{
    AudienceLine, Button, DayStrip, Fact, FileItem, Icon, Notice, Rich, Tag, Tone,
};

/// A dossier's page.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/dossier.html")]
pub struct DossierPage {
    /// What surrounds it.
    pub chrome: Chrome,
    /// Kind, reference, state, title, buttons.
    pub head: DossierHead,
    /// What the state means for the viewer; the most important first.
    pub notices: Vec<Notice>,
    /// Exporter, consignee, item, how much, licence and end use, held at: six, in this order, for a stop.
    pub facts: Vec<Fact>,
    /// The views of the dossier, each an address (`?tab=history`).
    pub tabs: Vec<Tab>,
    /// What the current tab shows.
    pub panel: Panel,
    /// The form to write to the others, below a conversation; `None` where the viewer may not.
    pub write: Option<FormView>,
    /// The clocks.
    pub clocks: Option<ClocksPanel>,
    /// Who sees this, with receipts.
    pub audience: AudiencePanel,
    /// The viewer's own authority's notes; `None` in a preview as the recipient.
    pub notes: Option<NotesPanel>,
    /// Whether the viewer's own work comes first in the side column: notes above clocks for the asked authority.
    pub order: SideOrder,
    /// Dossiers that this one refers to or that refer to it, as far as the viewer sees them.
    pub links: Vec<DossierLink>,
    /// The last events, shown below a conversation.
    pub latest: Vec<TimelineEntry>,
}

/// What stands first in the side column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SideOrder {
    /// Clocks, who sees this, notes: for the asker.
    #[default]
    ClocksFirst,
    /// Notes, clocks, who sees this: for the one asked.
    NotesFirst,
}

impl SideOrder {
    /// Whether notes come first.
    pub const fn notes_first(self) -> bool {
        matches!(self, Self::NotesFirst)
    }
}

/// The head of a dossier.
#[derive(Clone, Debug)]
pub struct DossierHead {
    /// Its kind with its sign.
    pub kind: Tag,
    /// Its reference.
    pub reference: String,
    /// Its state.
    pub state: Tag,
    /// "H1 · B 2 · live".
    pub handling: String,
    /// "Integrated circuits for Almaty held at Rotterdam".
    pub title: String,
    /// What can be done: links to the forms' tabs (`?do=share`), or not, with the reason.
    pub buttons: Vec<Button>,
}

/// A view of the dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// "Conversation".
    pub label: String,
    /// How many there are for the viewer.
    pub count: Option<u32>,
    /// Its address.
    pub href: String,
    /// Whether it is shown.
    pub current: bool,
}

/// What the current tab shows.
#[derive(Clone, Debug)]
pub enum Panel {
    /// Who said what when.
    Conversation(Vec<Said>),
    /// A form: acknowledge, extend, answer, add a ground, share, withdraw, outcome, recall, close, reopen, approve.
    Act(ActPanel),
    /// What was declared, or filled in: groups of names and values.
    Details(Vec<DetailGroup>),
    /// Files.
    Documents(Vec<DocumentRow>),
    /// Everything that happened, as the viewer may read it.
    History {
        /// The events in order.
        entries: Vec<TimelineEntry>,
        /// "verified up to entry 14".
        verified: String,
    },
    /// Recipients by questions.
    Matrix(Matrix),
}

/// Something said to the others.
#[derive(Clone, Debug)]
pub struct Said {
    /// "You, Rotterdam Maasvlakte", "J. Brandt, Germany – Licensing".
    pub who: String,
    /// "Wed 11 Nov, 09:20 CET".
    pub when: String,
    /// Whose it is.
    pub side: Side,
    /// What was said, in paragraphs; line ends are kept.
    pub text: Vec<Rich>,
    /// The language of the text, where known: `de`.
    pub lang: Option<String>,
    /// What hangs on it.
    pub files: Vec<FileItem>,
}

/// Whose something said is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The viewer's own authority's.
    Own,
    /// Another authority's.
    Theirs,
    /// The answer.
    Answer,
    /// The system's: silence has ended a ground.
    System,
}

impl Side {
    /// The class in the stylesheet.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Theirs => "theirs",
            Self::Answer => "answer",
            Self::System => "system",
        }
    }
}

/// A form on a dossier.
#[derive(Clone, Debug)]
pub struct ActPanel {
    /// "Your answer".
    pub title: String,
    /// "draft saved 10:41 CET".
    pub aside: String,
    /// The form.
    pub form: FormView,
}

/// Names and values under a heading.
#[derive(Clone, Debug)]
pub struct DetailGroup {
    /// "Item 2".
    pub title: String,
    /// Its rows.
    pub rows: Vec<Detail>,
}

/// A name and its value.
#[derive(Clone, Debug)]
pub struct Detail {
    /// "Net mass".
    pub label: String,
    /// "18.6 kg".
    pub value: Rich,
    /// "message, item 2".
    pub source: Option<String>,
}

/// A file with its particulars.
#[derive(Clone, Debug)]
pub struct DocumentRow {
    /// The file.
    pub file: FileItem,
    /// Who gave it.
    pub by: String,
    /// When.
    pub when: String,
    /// Its SHA-256 in hexadecimal digits.
    pub fingerprint: String,
}

/// One thing that happened.
#[derive(Clone, Debug)]
pub struct TimelineEntry {
    /// Its number in the viewer's own count; `None` in the short list below a conversation.
    pub number: Option<u32>,
    /// A plain sentence: "Germany – Licensing acknowledged".
    pub text: Rich,
    /// "Thu 12 Nov, 14:06 CET".
    pub when: String,
    /// Who did it: a person (round), the system (square), or inside the viewer's authority (ochre).
    pub by: Actor,
}

/// Who did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A person, for all on the list.
    Person,
    /// The system.
    System,
    /// A person, for the viewer's own authority only.
    Internal,
}

impl Actor {
    /// The class in the stylesheet.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Person => "person-mark",
            Self::System => "system",
            Self::Internal => "internal-mark",
        }
    }
}

/// Recipients by questions, filling up as answers come in.
#[derive(Clone, Debug)]
pub struct Matrix {
    /// The questions, in short.
    pub questions: Vec<String>,
    /// The recipients.
    pub rows: Vec<MatrixRow>,
    /// "7 of 10 answers are in".
    pub summary: String,
}

/// A recipient's answers.
#[derive(Clone, Debug)]
pub struct MatrixRow {
    /// "Poland – Customs".
    pub authority: String,
    /// Its state.
    pub state: Tag,
    /// One answer a question; an empty text is an answer that is not there yet.
    pub answers: Vec<String>,
}

/// The clocks of a dossier.
#[derive(Clone, Debug)]
pub struct ClocksPanel {
    /// "2 grounds".
    pub aside: String,
    /// One clock a ground.
    pub clocks: Vec<Clock>,
}

/// The clock of a ground.
#[derive(Clone, Debug)]
pub struct Clock {
    /// "21(3)(a)(i) information not considered · law".
    pub title: String,
    /// [`Tone::Law`] where silence has an effect by law.
    pub tone: Tone,
    /// Its counts: for a stop one in the addressee's calendar, one in the asker's.
    pub counts: Vec<ClockCount>,
    /// What silence does: "**Silence ends this ground.** While another ground stands, the goods stay held."
    pub silence: Rich,
    /// Holidays met, named: "8 December, Mariä Empfängnis, is a holiday in Austria."
    pub holidays: Option<String>,
    /// Whether the ground has ended.
    pub ended: bool,
}

/// A clock in one calendar.
#[derive(Clone, Debug)]
pub struct ClockCount {
    /// "From consultation, German calendar".
    pub label: String,
    /// Its strip.
    pub strip: DayStrip,
    /// "Wed 25 Nov".
    pub day: String,
    /// "end of day, CET".
    pub note: String,
    /// "today, earlier": the earlier of two warns.
    pub warning: Option<String>,
}

/// Who sees a dossier.
#[derive(Clone, Debug)]
pub struct AudiencePanel {
    /// "Who sees this", "Who will see this".
    pub title: String,
    /// A link to the view as a recipient, where the viewer may have it.
    pub view_as: Option<(String, String)>,
    /// Whether the rows have receipts; a draft has none yet, and then no heads over its columns.
    pub receipts: Receipts,
    /// The authorities.
    pub rows: Vec<AudienceRow>,
    /// "Nobody else knows of it."
    pub line: AudienceLine,
}

/// Whether what was sent has receipts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Receipts {
    /// It was sent: the columns are delivered and opened.
    #[default]
    Shown,
    /// It is a draft.
    NotYet,
}

impl AudiencePanel {
    /// Whether the columns for receipts are shown.
    pub fn has_receipts(&self) -> bool {
        self.receipts == Receipts::Shown
    }
}

/// One authority that sees a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AudienceRow {
    /// "Germany – Licensing".
    pub authority: String,
    /// "11 Nov 09:20", or what it does here: "asks".
    pub delivered: String,
    /// "11 Nov 10:02"; empty while it is not opened, or where the viewer may not know.
    pub opened: String,
}

/// Notes of the viewer's own authority, which nobody else sees.
#[derive(Clone, Debug)]
pub struct NotesPanel {
    /// "Germany – Licensing only".
    pub only: String,
    /// The notes, oldest first.
    pub notes: Vec<Note>,
    /// The form for another one; `None` where the viewer may not write.
    pub form: Option<FormView>,
}

/// An internal note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// "J. Brandt".
    pub who: String,
    /// "Thu 12 Nov, 14:20 CET".
    pub when: String,
    /// What it says; line ends are kept.
    pub text: String,
}

/// Another dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DossierLink {
    /// What they have in common: "same exporter".
    pub why: String,
    /// Its reference.
    pub reference: String,
    /// Its subject.
    pub subject: String,
    /// Its address.
    pub href: String,
}
