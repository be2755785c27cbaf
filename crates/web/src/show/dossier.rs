//! A dossier's page, put together.

use super::Reader;
use super::actions::Act;
use super::clocks::{Held, When};
use crate::view::chrome::Chrome;
use crate::view::dossier::{
    ActPanel, DocumentRow, DossierHead, DossierPage, Matrix, MatrixRow, NotesPanel, Panel,
    SideOrder, Tab,
};
use crate::view::parts::{Icon, Notice, Rich, Tag, Tone};
use app::readings::Receipt;
use catalogue::authorities::Unit;
use domain::body::Content;
use domain::decide::Possible;
use domain::dossier::Dossier;
use domain::event::{Kind, State};
use domain::form::FieldError;
use domain::kinds::information;
use jiff::Timestamp;
use serde_json::Value;

/// Everything that a dossier's page is made from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shown<'a> {
    /// The reader's dossier.
    pub dossier: &'a Dossier,
    /// What she can do.
    pub possible: &'a [Possible],
    /// Who received and opened it, as far as she may know.
    pub receipts: &'a [Receipt],
    /// Which tab or form she asked for.
    pub asked: &'a Asked,
    /// A form that was sent and is shown again, with what is wrong with it.
    pub again: Option<&'a Again>,
    /// Version seen and id of the forms on the page.
    pub hidden: &'a [(String, String)],
}

/// What of a dossier is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Asked {
    /// `?tab=`.
    pub tab: Option<String>,
    /// `?do=`.
    pub form: Option<String>,
}

/// A form that is shown again with what was typed into it.
#[derive(Clone, Debug)]
pub(crate) struct Again {
    /// The command.
    pub name: String,
    /// What was typed.
    pub given: Value,
    /// What is wrong with it.
    pub errors: Vec<FieldError>,
    /// Why it was not done, above all else.
    pub notice: Option<Notice>,
}

impl Reader<'_> {
    /// The sign and word of a kind.
    pub(crate) fn kind_tag(&self, kind: Kind) -> Tag {
        let (icon, tone) = match kind {
            Kind::Stop => (Icon::Stop, Tone::Law),
            Kind::Information => (Icon::Request, Tone::Plain),
            Kind::Classification => (Icon::Classify, Tone::Plain),
            Kind::Document => (Icon::Document, Tone::Plain),
            Kind::Notice => (Icon::Notice, Tone::Plain),
        };
        Tag::new(self.words.code("kind", kind.word()), tone).with_icon(icon)
    }

    /// The word of a state with its colour.
    pub(crate) fn state_tag(&self, state: State) -> Tag {
        let tone = match state {
            State::Draft | State::ForApproval => Tone::Draft,
            State::Sent => Tone::Plain,
            State::Acknowledged => Tone::Accent,
            State::Answered => Tone::Done,
            State::ReleaseDue => Tone::Law,
            State::Overdue => Tone::Late,
            State::Closed | State::Withdrawn => Tone::Plain,
        };
        Tag::new(self.words.code("state", state.word()), tone)
    }

    /// The subject of a dossier, or its reference.
    pub(crate) fn title(&self, dossier: &Dossier) -> String {
        dossier.summary().title.unwrap_or_else(|| self.words.text("no-subject"))
    }

    /// "H1 not in proceedings · B 2 · assigned to J. Brandt".
    fn handling(&self, dossier: &Dossier) -> String {
        let mut parts = Vec::new();
        if let Some(handling) = &dossier.handling {
            parts.push(self.words.code("handling-code", handling.code.word()));
            parts.extend(handling.restriction.clone());
            let grades = [
                handling.source.map(domain::handling::SourceGrade::word),
                handling.information.map(domain::handling::InformationGrade::word),
            ];
            let grades: Vec<&str> = grades.into_iter().flatten().collect();
            parts.extend((!grades.is_empty()).then(|| grades.join(" ")));
        }
        if let Some(person) = &dossier.assigned {
            parts.push(self.words.with("assigned-to", &[("person", person.as_str().into())]));
        }
        parts.join(" · ")
    }

    /// The page.
    pub(crate) fn dossier_page(&self, chrome: Chrome, shown: &Shown<'_>) -> DossierPage {
        let dossier = shown.dossier;
        let standing = &dossier.standing;
        let shows = self.shows(shown);
        let mut notices = self.notices(dossier);
        if let Some(notice) = shown.again.and_then(|again| again.notice.clone()) {
            notices.insert(0, notice);
        }
        let home = self.directory.unit(&standing.home);
        let held = home
            .filter(|_| standing.kind == Kind::Stop)
            .and_then(|home| held(dossier.form(), home));
        let conversation = shows == Shows::Tab("conversation");
        let can =
            |name: &str| shown.possible.iter().any(|one| one.name == name && one.refusal.is_none());
        let write = match shows {
            Shows::Tab("conversation") if can("message") && !standing.is_unsent() => {
                Some(self.message_form(dossier, &form_of(shown, "message")))
            }
            // Who may write a note may add a file for his own authority.
            Shows::Tab("documents") if can("note") => Some(self.file_form(dossier, shown.hidden)),
            Shows::Tab(_) | Shows::Form(_) => None,
        };
        let chrome = Chrome { title: standing.reference.to_string(), ..chrome };
        let handling = self.handling(dossier);
        DossierPage {
            head: DossierHead {
                kind: self.kind_tag(standing.kind),
                reference: standing.reference.to_string(),
                state: self.state_tag(standing.state),
                handling: handling.clone(),
                title: self.title(dossier),
                buttons: self.buttons(dossier, shown.possible, shown.hidden),
            },
            chrome: Chrome {
                print_head: Some(format!("{} · {handling}", standing.reference)),
                ..chrome
            },
            notices,
            facts: self.facts(standing.kind, dossier.form()),
            tabs: self.tabs(shown, &shows),
            panel: self.panel(shown, &shows),
            write,
            clocks: self.clocks(&standing.clocks, held.as_ref(), When::Running),
            audience: self.audience(dossier, shown.receipts, self.view_as(dossier)),
            notes: Some(NotesPanel {
                only: self
                    .viewer
                    .authority()
                    .map(|unit| self.unit(unit))
                    .map_or_else(String::new, |unit| {
                        self.words.with("notes-only", &[("unit", unit.into())])
                    }),
                notes: self.notes(dossier),
                form: can("note").then(|| self.note_form(dossier, &form_of(shown, "note"))),
            }),
            order: if self.hers_among(&dossier.addressees).is_some() {
                SideOrder::NotesFirst
            } else {
                SideOrder::ClocksFirst
            },
            links: Vec::new(),
            latest: if conversation { self.latest(dossier) } else { Vec::new() },
        }
    }

    /// The originator may look at it as the one he asks.
    fn view_as(&self, dossier: &Dossier) -> Option<(String, String)> {
        let standing = &dossier.standing;
        let other = standing.distribution.iter().find(|unit| **unit != standing.home)?;
        let home = self.is_of_her_authority(&standing.home);
        let label = self.words.with("view-as", &[("unit", self.unit(other).into())]);
        home.then(|| (label, format!("/dossiers/{}?as={other}", standing.id)))
    }

    /// What the page shows: what was asked for, else what is the reader's to do.
    fn shows<'s>(&self, shown: &'s Shown<'_>) -> Shows<'s> {
        let can =
            |name: &str| shown.possible.iter().any(|one| one.name == name && one.refusal.is_none());
        if let Some(again) = shown.again {
            return match again.name.as_str() {
                "message" | "note" => Shows::Tab("conversation"),
                "attach" => Shows::Tab("documents"),
                name => Shows::Form(name),
            };
        }
        if let Some(form) = shown.asked.form.as_deref().filter(|name| can(name)) {
            return Shows::Form(form);
        }
        if let Some(tab) = &shown.asked.tab
            && let Some(tab) = TABS.iter().find(|known| *known == tab)
        {
            return Shows::Tab(tab);
        }
        match shown.dossier.standing.kind {
            _ if shown.dossier.standing.is_unsent() => Shows::Tab("details"),
            Kind::Notice if can("inform") => Shows::Form("inform"),
            Kind::Notice => Shows::Tab("details"),
            _ if can("answer") => Shows::Form("answer"),
            Kind::Information if self.is_of_her_authority(&shown.dossier.standing.home) => {
                Shows::Tab("answers")
            }
            Kind::Stop | Kind::Information | Kind::Classification | Kind::Document => {
                Shows::Tab("conversation")
            }
        }
    }

    fn tabs(&self, shown: &Shown<'_>, shows: &Shows<'_>) -> Vec<Tab> {
        let dossier = shown.dossier;
        let here = format!("/dossiers/{}", dossier.standing.id);
        let mut tabs = Vec::new();
        let count = |n: usize| u32::try_from(n).ok();
        for name in ["answer", "inform"] {
            let possible =
                shown.possible.iter().any(|one| one.name == name && one.refusal.is_none());
            if possible {
                tabs.push(Tab {
                    label: self.act(dossier.standing.kind, name),
                    count: None,
                    href: format!("{here}?do={name}"),
                    current: *shows == Shows::Form(name),
                });
            }
        }
        for tab in TABS {
            let of_kind = match *tab {
                "answers" => matches!(dossier.standing.kind, Kind::Information | Kind::Notice),
                _ => true,
            };
            let counted = match *tab {
                "conversation" => count(self.conversation(dossier).len()),
                "documents" => count(dossier.attachments.len()),
                "history" => count(dossier.events.len()),
                _ => None,
            };
            if of_kind {
                tabs.push(Tab {
                    label: self.words.code("tab", tab),
                    count: counted,
                    href: format!("{here}?tab={tab}"),
                    current: *shows == Shows::Tab(tab),
                });
            }
        }
        tabs
    }

    fn panel(&self, shown: &Shown<'_>, shows: &Shows<'_>) -> Panel {
        let dossier = shown.dossier;
        match shows {
            Shows::Form(name) => match self.act_form(dossier, &form_of(shown, name)) {
                Some(form) => Panel::Act(ActPanel {
                    title: self.act(dossier.standing.kind, name),
                    aside: String::new(),
                    form,
                }),
                None => Panel::Conversation(self.conversation(dossier)),
            },
            Shows::Tab("details") => Panel::Details(self.details(dossier)),
            Shows::Tab("documents") => Panel::Documents(self.documents(dossier)),
            Shows::Tab("history") => {
                let entries = self.history(dossier);
                let count = dossier.events.len();
                let verified = self.words.with("history-count", &[("count", count.into())]);
                Panel::History { entries, verified }
            }
            Shows::Tab("answers") => Panel::Matrix(self.matrix(dossier)),
            Shows::Tab(_) => Panel::Conversation(self.conversation(dossier)),
        }
    }

    fn documents(&self, dossier: &Dossier) -> Vec<DocumentRow> {
        let row = |file: &domain::body::Attachment| {
            let given = dossier.events.iter().find(|event| {
                match event.body.as_ref().map(|body| &body.content) {
                    Some(Content::Attachment(found)) => found.id == file.id,
                    Some(Content::Request(request)) => {
                        request.attachments.iter().any(|found| found.id == file.id)
                    }
                    _ => false,
                }
            });
            DocumentRow {
                file: self.file(dossier, file),
                by: given.map(|event| self.who(event)).unwrap_or_default(),
                when: given.map(|event| self.moment(event.header.at)).unwrap_or_default(),
                fingerprint: file.sha256.clone(),
            }
        };
        dossier.attachments.iter().map(row).collect()
    }

    /// Recipients by questions; for a notice, by what they did with it.
    fn matrix(&self, dossier: &Dossier) -> Matrix {
        if dossier.standing.kind == Kind::Notice {
            return self.informed(dossier);
        }
        let questions = information::questions(dossier);
        let table = information::table(dossier);
        let total = questions.len() * table.len();
        let given: usize = table.values().map(std::collections::BTreeMap::len).sum();
        let rows = table.into_iter().map(|(unit, said)| {
            let done = said.len() >= questions.len();
            let numbers = [("given", said.len().into()), ("total", questions.len().into())];
            let answers = questions.iter().zip(1..).map(|(question, n)| {
                said.get(&n).map_or_else(String::new, |said| {
                    let word = self.answer_word(question.r#type.word(), &said.value);
                    match said.ground {
                        Some(ground) => {
                            let ground = self.words.code("refusal-ground", ground.word());
                            format!("{word}: {ground}")
                        }
                        None => word,
                    }
                })
            });
            MatrixRow {
                authority: self.unit(&unit),
                answers: answers.collect(),
                state: Tag::new(
                    self.words.with("matrix-state", &numbers),
                    if done { Tone::Done } else { Tone::Warn },
                ),
            }
        });
        let rows = rows.collect();
        let numbers = [("given", given.into()), ("total", total.into())];
        Matrix {
            questions: questions.iter().map(|q| q.text.as_str().to_owned()).collect(),
            rows,
            summary: self.words.with("matrix-summary", &numbers),
        }
    }

    fn informed(&self, dossier: &Dossier) -> Matrix {
        let done: Vec<(String, &Value)> = dossier
            .of(domain::event::What::Informed)
            .filter_map(|(_, body)| match &body.content {
                Content::Given { given } => {
                    Some((given.get("unit").and_then(Value::as_str)?.to_owned(), given))
                }
                _ => None,
            })
            .collect();
        let recipients = dossier.addressees.iter().chain(&dossier.standing.distribution);
        let recipients: std::collections::BTreeSet<_> =
            recipients.filter(|unit| **unit != dossier.standing.home).collect();
        let text = |given: &Value, name: &str| super::form::text_of(given.get(name));
        let rows = recipients.iter().map(|unit| {
            let given = done.iter().find(|(by, _)| by == unit.as_str()).map(|(_, given)| *given);
            let duty = dossier.addressees.contains(*unit);
            let (word, tone) = match given {
                Some(_) => ("matrix-informed", Tone::Done),
                None if duty => ("matrix-not-yet", Tone::Warn),
                None => ("matrix-no-duty", Tone::Plain),
            };
            let answers = match given {
                Some(given) => vec![
                    self.answer_word("date", &text(given, "informed_on")),
                    self.answer_word("yes_no", &text(given, "own_requirement")),
                    text(given, "remark"),
                ],
                None => vec![String::new(); 3],
            };
            MatrixRow {
                authority: self.unit(unit),
                state: Tag::new(self.words.text(word), tone),
                answers,
            }
        });
        let numbers = [("given", done.len().into()), ("total", dossier.addressees.len().into())];
        Matrix {
            questions: ["informed_on", "own_requirement", "remark"]
                .map(|name| self.label("", name))
                .to_vec(),
            rows: rows.collect(),
            summary: self.words.with("matrix-summary", &numbers),
        }
    }
}

/// The tabs of a dossier.
const TABS: &[&str] = &["conversation", "details", "answers", "documents", "history"];

/// What the main column shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shows<'a> {
    /// One of the tabs.
    Tab(&'a str),
    /// The form of a command.
    Form(&'a str),
}

/// A line of words as a notice.
pub(crate) fn notice(tone: Tone, icon: Icon, text: impl Into<Rich>) -> Notice {
    Notice { tone, icon, text: text.into() }
}

/// Since when the goods of a stop are held, and by whose calendar that counts.
pub(crate) fn held(form: &Value, home: &Unit) -> Option<Held> {
    let since = form.get("suspended_at").and_then(Value::as_str)?;
    let since: Timestamp = since.parse().ok()?;
    Some(Held { since, zone: home.zone.clone(), calendar: home.calendar() })
}

/// What a form on the page starts from.
fn form_of<'s>(shown: &'s Shown<'_>, name: &'s str) -> Act<'s> {
    let again = shown.again.filter(|again| again.name == name);
    Act {
        name,
        given: again.map_or(&Value::Null, |again| &again.given),
        errors: again.map_or(&[], |again| &again.errors),
        hidden: shown.hidden,
    }
}
