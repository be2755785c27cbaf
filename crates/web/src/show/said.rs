//! The conversation of a dossier and the notes of the reader's own authority.

use super::Reader;
use crate::view::dossier::{Note, Said, Side};
use crate::view::parts::{FileItem, Icon, Rich};
use domain::audience::Audience;
use domain::body::{Attachment, Content, Event};
use domain::dossier::Dossier;
use domain::event::{Kind, What};
use domain::{command, kinds};
use serde_json::Value;
use std::collections::BTreeMap;

impl Reader<'_> {
    /// What was said to everyone on the list, in its order.
    pub(crate) fn conversation(&self, dossier: &Dossier) -> Vec<Said> {
        dossier.events.iter().filter_map(|event| self.said(dossier, event)).collect()
    }

    fn said(&self, dossier: &Dossier, event: &Event) -> Option<Said> {
        let text = self.spoken(dossier, event)?;
        let side = match (&event.header.by, event.header.change.what) {
            (None, _) => Side::System,
            (_, What::Answered | What::PartlyAnswered | What::Refused | What::Dissented) => {
                Side::Answer
            }
            (Some(unit), _) if self.is_of_her_authority(unit) => Side::Own,
            (Some(_), _) => Side::Theirs,
        };
        let files = match event.body.as_ref().map(|body| &body.content) {
            Some(Content::Request(request)) => request.attachments.as_slice(),
            Some(Content::Attachment(file)) => std::slice::from_ref(file),
            _ => &[],
        };
        Some(Said {
            who: self.who(event),
            when: self.moment(event.header.at),
            side,
            text,
            lang: None,
            files: files.iter().map(|file| self.file(dossier, file)).collect(),
        })
    }

    /// What an event says to the others; none where it says nothing.
    fn spoken(&self, dossier: &Dossier, event: &Event) -> Option<Vec<Rich>> {
        if event.header.audience != Audience::Everyone {
            return None;
        }
        let what = event.header.change.what;
        let strong = |key: &str| Rich::new().strong(self.words.code("said", key));
        let content = event.body.as_ref().map(|body| &body.content);
        match (what, content) {
            (What::Sent, Some(Content::Request(request))) => {
                let asked = request.given.pointer("/form/questions").and_then(Value::as_str);
                let asked = asked.or_else(|| request.given.pointer("/form/text")?.as_str());
                let mut lines = vec![strong(what.word())];
                lines.extend(asked.map(Rich::text));
                if dossier.standing.kind == Kind::Information {
                    lines.extend(questions(dossier));
                }
                Some(lines)
            }
            (What::Message, Some(Content::Text { text })) => Some(vec![text.as_str().into()]),
            (
                What::Extended | What::Recalled | What::Closed | What::Reopened,
                Some(Content::Reason { reason }),
            ) => Some(vec![strong(what.word()), reason.as_str().into()]),
            (
                What::Answered
                | What::PartlyAnswered
                | What::Refused
                | What::Dissented
                | What::Informed
                | What::Outcome
                | What::GroundAdded,
                Some(Content::Given { given }),
            ) => {
                let mut lines = vec![strong(what.word())];
                lines.extend(self.given(dossier, what, given));
                Some(lines)
            }
            (What::GroundEnded, _) => {
                Some(vec![strong(what.word()), self.words.text("said-ground-ended-text").into()])
            }
            (What::ReleaseDue, _) => Some(vec![Rich::new().strong(self.words.text("release-due"))]),
            (What::Overdue, _) => Some(vec![strong(what.word())]),
            (What::Attached, Some(Content::Attachment(_))) => Some(vec![strong(what.word())]),
            _ => None,
        }
    }

    /// What a command of the kind gave, a line for each field.
    fn given(&self, dossier: &Dossier, what: What, given: &Value) -> Vec<Rich> {
        let kind = dossier.standing.kind;
        if kind == Kind::Information && what != What::Refused {
            return self.answers(dossier, given);
        }
        let name = match what {
            What::Refused => "refuse",
            What::Dissented => "dissent",
            What::Informed => "inform",
            What::Outcome => "outcome",
            What::GroundAdded => "add_ground",
            _ => "answer",
        };
        let forms = kinds::commands(kind).into_iter().chain(command::common());
        let Some(form) = forms.into_iter().find(|form| form.name == name) else {
            return Vec::new();
        };
        let groups = self.groups(form.fields, ("", ""), given, ("", &BTreeMap::new()));
        let rows = groups.into_iter().flat_map(|group| group.rows);
        rows.map(|row| {
            let mut line = Rich::new().quiet(format!("{}: ", row.label));
            line.spans.extend(row.value.spans);
            line
        })
        .collect()
    }

    fn answers(&self, dossier: &Dossier, given: &Value) -> Vec<Rich> {
        let questions = kinds::information::questions(dossier);
        let answers = given.get("answers").and_then(Value::as_array).into_iter().flatten();
        let mut lines: Vec<Rich> = answers
            .filter_map(|answer| {
                let number = super::form::text_of(answer.get("question"));
                let index = number.parse::<usize>().ok()?.checked_sub(1)?;
                let question = questions.get(index)?;
                let value = super::form::text_of(answer.get("value"));
                let ground = answer.get("ground").and_then(Value::as_str);
                let ground = ground.map(|ground| self.words.code("refusal-ground", ground));
                let said = self.answer_word(question.r#type.word(), &value);
                let line = Rich::new().strong(format!("{number}. ")).quiet(question.text.as_str());
                let line = line.and(" – ").and(said);
                Some(match ground {
                    Some(ground) => line.and(format!(" ({ground})")),
                    None => line,
                })
            })
            .collect();
        lines.extend(given.get("remark").and_then(Value::as_str).map(Rich::text));
        lines
    }

    /// An answer as its reader reads it.
    pub(crate) fn answer_word(&self, of: &str, value: &str) -> String {
        match (of, value) {
            (_, "unknown" | "refused") => self.words.code("answer-word", value),
            ("yes_no", word) => self.words.code("yes-no", word),
            ("date", day) => {
                day.parse().map_or_else(|_| day.to_owned(), |day| self.words.day_year(day))
            }
            ("number", number) => self.words.decimal(number),
            (_, text) => text.to_owned(),
        }
    }

    /// A file as a row shows it.
    pub(crate) fn file(&self, dossier: &Dossier, file: &Attachment) -> FileItem {
        let picture = file.media_type.starts_with("image/");
        let href = format!("/dossiers/{}/files/{}", dossier.standing.id, file.id);
        FileItem {
            name: file.name.clone(),
            note: format!("{} · {}", self.words.bytes(file.bytes), file.media_type),
            href: Some(href),
            icon: if picture { Icon::Image } else { Icon::Document },
            refused: false,
        }
    }

    /// The notes of the reader's own authority, oldest first.
    pub(crate) fn notes(&self, dossier: &Dossier) -> Vec<Note> {
        dossier
            .of(What::Note)
            .filter_map(|(event, body)| {
                let Content::Text { text } = &body.content else { return None };
                Some(Note {
                    who: body.person.clone().unwrap_or_else(|| self.who(event)),
                    when: self.moment(event.header.at),
                    text: text.clone(),
                })
            })
            .collect()
    }
}

/// The questions of a request, numbered.
fn questions(dossier: &Dossier) -> Vec<Rich> {
    let questions = kinds::information::questions(dossier);
    let line = |(n, question): (usize, &kinds::information::Question)| {
        Rich::new().strong(format!("{}. ", n + 1)).and(question.text.as_str())
    };
    questions.iter().enumerate().map(line).collect()
}
