//! What a reader can do with a dossier: buttons, and the form of each command.

use super::Reader;
use super::form::{Filling, boxes};
use crate::view::form::{
    Choice, Columns, Control, Entry, Field, FormGroup, FormView, Submit, TextKind, Width,
};
use crate::view::parts::{AudienceLine, Button, Rich};
use catalogue::ids::UnitId;
use domain::decide::Possible;
use domain::dossier::Dossier;
use domain::event::{Kind, State};
use domain::form::{Field as Declared, FieldError};
use domain::kinds::information::{Question, QuestionType};
use domain::refusal::Refusal;
use domain::{command, kinds};
use serde_json::{Value, json};

/// Commands that stand elsewhere on the page, or on the page of a draft.
const ELSEWHERE: &[&str] = &["message", "note", "assign", "send"];
/// Commands that are shown with their reason when they are not possible.
const NAMED: &[&str] = &["answer", "extend", "outcome", "add_ground", "inform"];

/// What a form of a command starts from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Act<'a> {
    /// The command.
    pub name: &'a str,
    /// What was typed before, if it was.
    pub given: &'a Value,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
    /// Version seen and id of the form, as hidden fields.
    pub hidden: &'a [(String, String)],
}

/// The fields that a command of a kind takes; none where there is no such command.
pub(crate) fn fields(kind: Kind, name: &str) -> Option<&'static [Declared]> {
    let forms = command::common().into_iter().chain(kinds::commands(kind));
    forms.into_iter().find(|form| form.name == name).map(|form| form.fields)
}

impl Reader<'_> {
    /// The name of a command as a button has it.
    pub(crate) fn act(&self, kind: Kind, name: &str) -> String {
        let special = format!("{}-{name}", kind.word());
        let found = self.words.code("act", &special);
        if found == special { self.words.code("act", name) } else { found }
    }

    /// The buttons in the head of a dossier.
    pub(crate) fn buttons(
        &self,
        dossier: &Dossier,
        possible: &[Possible],
        hidden: &[(String, String)],
    ) -> Vec<Button> {
        let standing = &dossier.standing;
        let here = format!("/dossiers/{}", standing.id);
        let mut buttons = Vec::new();
        let editable = standing.state == State::Draft && self.is_of_her_authority(&standing.home);
        if editable && standing.is_unsent() && !refused(possible, "send") {
            let edit = Button::link(self.words.text("act-edit"), format!("{here}/edit"));
            buttons.push(edit.primary().key('e'));
        }
        buttons.extend(self.take_on(dossier, possible, hidden));
        for one in possible.iter().filter(|one| !ELSEWHERE.contains(&one.name)) {
            let label = self.act(standing.kind, one.name);
            let nothing_to_fill = fields(standing.kind, one.name).is_some_and(<[_]>::is_empty);
            match &one.refusal {
                None if nothing_to_fill => {
                    let pairs: Vec<(&str, &str)> =
                        hidden.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
                    let button = Button::post(label, format!("{here}/{}", one.name), &pairs);
                    let weight = one.name == "approve";
                    buttons.push(if weight { button.primary() } else { button });
                }
                None => {
                    let button = Button::link(label, format!("{here}?do={}", one.name));
                    let is_answer = matches!(one.name, "answer" | "inform");
                    buttons.push(if is_answer { button.key('r') } else { button });
                }
                Some(refusal) if self.is_worth_saying(dossier, one.name, refusal) => {
                    buttons.push(Button::unavailable(label, self.refusal(refusal)));
                }
                Some(_) => {}
            }
        }
        buttons
    }

    /// The button by which somebody takes a dossier on, where nobody of the authority has.
    fn take_on(
        &self,
        dossier: &Dossier,
        possible: &[Possible],
        hidden: &[(String, String)],
    ) -> Option<Button> {
        let can = possible.iter().any(|one| one.name == "assign" && one.refusal.is_none());
        let name = self.viewer.name().filter(|_| can && dossier.assigned.is_none())?;
        let standing = &dossier.standing;
        let open = !standing.is_unsent() && !standing.state.is_ended();
        let mut pairs: Vec<(&str, &str)> =
            hidden.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        pairs.push(("/person", name));
        let url = format!("/dossiers/{}/assign", standing.id);
        open.then(|| Button::post(self.words.text("act-assign-me"), url, &pairs).key('a'))
    }

    /// Whether a reader should be told why something is not possible: where it would be his part.
    fn is_worth_saying(&self, dossier: &Dossier, name: &str, refusal: &Refusal) -> bool {
        let standing = &dossier.standing;
        let at_home = self.is_of_her_authority(&standing.home);
        let was_asked = self.hers_among(&dossier.addressees).is_some();
        let his_part = match name {
            "outcome" | "add_ground" => at_home,
            "extend" => was_asked,
            "answer" | "inform" => was_asked,
            _ => false,
        };
        let says = matches!(
            refusal,
            Refusal::NotNow { .. } | Refusal::AlreadyExtended | Refusal::Destroyed | Refusal::Role
        );
        NAMED.contains(&name) && his_part && says && !standing.is_unsent()
    }

    /// The form of a command.
    pub(crate) fn act_form(&self, dossier: &Dossier, act: &Act<'_>) -> Option<FormView> {
        let standing = &dossier.standing;
        let kind = standing.kind;
        let fields = fields(kind, act.name)?;
        let action = format!("/dossiers/{}/{}", standing.id, act.name);
        let started = self.start(dossier, act);
        let entries = match (kind, act.name) {
            (Kind::Information, "answer") => self.answer_entries(dossier, act),
            (_, "consent") => self.consent_entries(dossier, act),
            _ => {
                let units = self.choosable(dossier, act.name);
                let filling =
                    Filling { errors: act.errors, units: &units, ..Filling::of(&started) };
                let mut entries = self.entries(fields, act.name, "", &filling);
                if (kind, act.name) == (Kind::Stop, "answer") {
                    self.limit_answers(dossier, &mut entries);
                }
                entries
            }
        };
        let mut hidden = act.hidden.to_vec();
        hidden.push(("offered".to_owned(), boxes(&entries).join(" ")));
        let label = self.words.code("send", &format!("{}-{}", kind.word(), act.name));
        let special = format!("{}-{}", kind.word(), act.name);
        let label = if label == special { self.words.code("send", act.name) } else { label };
        let label = if label == act.name { self.act(kind, act.name) } else { label };
        Some(FormView {
            hidden,
            errors: self.form_errors(act.errors, fields, ""),
            groups: vec![FormGroup {
                hint: self.asked(dossier, act.name),
                entries,
                ..FormGroup::default()
            }],
            audience: Some(self.will_follow(dossier, act.name)),
            buttons: vec![Submit::primary(label, "")],
            ..FormView::new(act.name, action)
        })
    }

    /// Who reads what a command gives, and what it starts besides.
    fn will_follow(&self, dossier: &Dossier, name: &str) -> AudienceLine {
        let line = self.will_read(dossier);
        if (dossier.standing.kind, name) != (Kind::Stop, "answer") {
            return line;
        }
        AudienceLine { text: line.text.and(" ").and(self.words.text("answer-notifies")) }
    }

    /// What a form starts from where nothing was typed yet.
    fn start(&self, dossier: &Dossier, act: &Act<'_>) -> Value {
        if !act.given.is_null() {
            return act.given.clone();
        }
        match act.name {
            "tighten" => serde_json::to_value(&dossier.handling).unwrap_or(Value::Null),
            "inform" => json!({"informed_on": self.today().to_string()}),
            "share" => json!({"legal_basis": dossier.given("legal_basis")}),
            _ => json!({}),
        }
    }

    /// The day that it is for the reader.
    pub(crate) fn today(&self) -> jiff::civil::Date {
        self.now.to_zoned_datetime(self.zone.clone()).date()
    }

    /// The questions, above the form that answers them.
    fn asked(&self, dossier: &Dossier, name: &str) -> Option<Rich> {
        let questions = dossier.form().get("questions").and_then(Value::as_str)?;
        let answers = matches!(name, "answer");
        answers.then(|| Rich::new().strong(self.words.text("asked")).and(" ").and(questions))
    }

    /// The answers that fit the grounds; which do not is said.
    fn limit_answers(&self, dossier: &Dossier, entries: &mut Vec<Entry>) {
        let fits =
            |word: &str| word.parse().is_ok_and(|answer| kinds::stop::offers(answer, dossier));
        let mut left_out = Vec::new();
        for entry in entries.iter_mut() {
            if let Entry::Field(Field { control: Control::Radios { choices, .. }, .. }) = entry {
                let (kept, out): (Vec<Choice>, Vec<Choice>) =
                    std::mem::take(choices).into_iter().partition(|choice| fits(&choice.value));
                *choices = kept;
                left_out.extend(out.into_iter().map(|choice| choice.label));
            }
        }
        if !left_out.is_empty() {
            let answers = self.words.list(&left_out);
            let text = self.words.with("answers-not-offered", &[("answers", answers.into())]);
            entries.insert(1.min(entries.len()), Entry::Words(Rich::new().quiet(text)));
        }
    }

    /// The units that can be named in a command.
    fn choosable(&self, dossier: &Dossier, name: &str) -> Vec<Choice> {
        let standing = &dossier.standing;
        match name {
            "withdraw" => {
                let listed = standing.distribution.iter().filter(|unit| **unit != standing.home);
                listed.map(|unit| Choice::new(unit.as_str(), self.unit(unit))).collect()
            }
            "share" => {
                let listed = |id: &UnitId| standing.distribution.contains(id);
                self.authorities(|id| !listed(id))
            }
            _ => Vec::new(),
        }
    }

    /// The authorities of the directory, by name.
    pub(crate) fn authorities(&self, wanted: impl Fn(&UnitId) -> bool) -> Vec<Choice> {
        let today = self.today();
        let mut choices: Vec<Choice> = self
            .directory
            .units()
            .filter(|unit| unit.parent.is_none() && unit.exists_on(today) && wanted(&unit.id))
            .map(|unit| Choice::new(unit.id.as_str(), self.name_of(unit)))
            .collect();
        choices.sort_by(|a, b| a.label.cmp(&b.label));
        choices
    }

    /// A control for each question, after its type; "unknown" and "refused" are answers too.
    fn answer_entries(&self, dossier: &Dossier, act: &Act<'_>) -> Vec<Entry> {
        let questions = kinds::information::questions(dossier);
        let mut entries: Vec<Entry> = Vec::new();
        for (n, question) in questions.iter().enumerate() {
            entries.push(Entry::Group {
                legend: format!("{}. {}", n + 1, question.text.as_str()),
                entries: self.answer_to(n, question, act),
            });
        }
        let remark = text_at(act.given, "/remark");
        entries.push(Entry::Field(
            Field::long("/remark", self.label("", "remark"), remark).optional(),
        ));
        entries
    }

    fn answer_to(&self, n: usize, question: &Question, act: &Act<'_>) -> Vec<Entry> {
        let name = format!("/answers/{n}/value");
        let typed = text_at(act.given, &name);
        let label = self.label("", "value");
        let choice = |value: &str, label: String| Choice::new(value, label).chosen_if(&typed);
        let words =
            ["unknown", "refused"].map(|word| choice(word, self.words.code("answer-word", word)));
        let listed = |first: Vec<Choice>| {
            let nothing = Choice::new("", self.words.text("not-answered-now"));
            let choices = std::iter::once(nothing).chain(first).chain(words.clone()).collect();
            Field::new(name.clone(), label.clone(), Control::Select { choices })
        };
        let of_words = typed == "unknown" || typed == "refused";
        let open = if of_words { String::new() } else { typed.clone() };
        let field = match question.r#type {
            QuestionType::YesNo => listed(
                ["yes", "no"].map(|word| choice(word, self.words.code("yes-no", word))).to_vec(),
            ),
            QuestionType::Choice => {
                let choices = question.choices.iter().flatten();
                listed(choices.map(|one| choice(one.as_str(), one.as_str().to_owned())).collect())
            }
            QuestionType::Text => Field::long(name.clone(), label.clone(), open),
            QuestionType::Date => {
                Field::new(name.clone(), label.clone(), Control::Date { value: open })
            }
            QuestionType::Number => {
                let control = Control::Text { value: open, kind: TextKind::Words };
                Field::new(name.clone(), label.clone(), control)
            }
        };
        let mut field = field.optional().wide(Width::Half);
        for error in act.errors.iter().filter(|error| error.pointer == name) {
            field = field.error(self.problem(&error.problem));
        }
        let mut entries = vec![Entry::Field(field)];
        if matches!(question.r#type, QuestionType::Text | QuestionType::Date | QuestionType::Number)
        {
            let nothing = Choice::new("", "–");
            let choices = std::iter::once(nothing).chain(words.clone()).collect();
            let instead = format!("/answers/{n}/instead");
            let label = self.words.text("answer-instead");
            let instead = Field::new(instead, label, Control::Select { choices });
            entries.push(Entry::Field(instead.optional().wide(Width::Quarter)));
        }
        entries.push(self.refusal_ground(n, act));
        entries
    }

    fn refusal_ground(&self, n: usize, act: &Act<'_>) -> Entry {
        let name = format!("/answers/{n}/ground");
        let typed = text_at(act.given, &name);
        let grounds = kinds::information::RefusalGround::ALL.iter().map(|ground| {
            Choice::new(ground.word(), self.words.code("refusal-ground", ground.word()))
                .chosen_if(&typed)
        });
        let choices = std::iter::once(Choice::new("", "–")).chain(grounds).collect();
        let label = self.words.text("refused-because");
        let mut field = Field::new(name.clone(), label, Control::Select { choices }).optional();
        for error in act.errors.iter().filter(|error| error.pointer == name) {
            field = field.error(self.problem(&error.problem));
        }
        Entry::Field(field.wide(Width::Quarter))
    }

    /// Which request for consent, and the decision on it.
    fn consent_entries(&self, dossier: &Dossier, act: &Act<'_>) -> Vec<Entry> {
        let typed = text_at(act.given, "/request");
        let requests = dossier.consents.iter().map(|request| {
            let by = request.by.as_ref().map(|unit| self.unit(unit)).unwrap_or_default();
            let to = self.units(&request.disclosure.units);
            let values = [
                ("by", by.into()),
                ("to", to.into()),
                ("purpose", request.disclosure.purpose.as_str().into()),
            ];
            let label = self.words.with("consent-request", &values);
            let id = request.id.to_string();
            let only = dossier.consents.len() == 1;
            let choice = Choice::new(id, label).chosen_if(&typed);
            Choice { chosen: choice.chosen || only, ..choice }
        });
        let control = Control::Radios { choices: requests.collect(), columns: Columns::One };
        let mut entries =
            vec![Entry::Field(Field::new("/request", self.words.text("consent-which"), control))];
        let fields = fields(dossier.standing.kind, "consent").unwrap_or_default();
        let filling = Filling {
            errors: act.errors,
            offers: |pointer| pointer != "/request",
            ..Filling::of(act.given)
        };
        entries.extend(self.entries(fields, "consent", "", &filling));
        entries
    }

    /// The form below a conversation.
    pub(crate) fn message_form(&self, dossier: &Dossier, act: &Act<'_>) -> FormView {
        let others = dossier.standing.distribution.iter();
        let others: Vec<&UnitId> = others.filter(|unit| !self.is_of_her_authority(unit)).collect();
        let to = self.units(others);
        let label = self.words.with("message-to", &[("units", to.into())]);
        let mut field = Field::long("/text", label, text_at(act.given, "/text"));
        for error in act.errors {
            field = field.error(self.problem(&error.problem));
        }
        FormView {
            hidden: act.hidden.to_vec(),
            groups: vec![FormGroup::of(vec![field])],
            audience: Some(self.will_read(dossier)),
            buttons: vec![Submit::primary(self.words.code("send", "message"), "")],
            ..FormView::new("message", format!("/dossiers/{}/message", dossier.standing.id))
        }
    }

    /// The form that adds a file: its texts stand before the file, which streams.
    pub(crate) fn file_form(&self, dossier: &Dossier, hidden: &[(String, String)]) -> FormView {
        let standing = &dossier.standing;
        let others = standing.distribution.iter();
        let others: Vec<&UnitId> = others.filter(|unit| !self.is_of_her_authority(unit)).collect();
        let everyone = if others.is_empty() {
            self.words.text("file-goes-along")
        } else {
            self.words.with("file-for-everyone", &[("units", self.units(others).into())])
        };
        let choices = vec![
            Choice { chosen: true, ..Choice::new("everyone", everyone) },
            Choice::new("own_authority", self.words.text("file-for-own")),
        ];
        let readers = Control::Radios { choices, columns: Columns::One };
        let readers = Field::new("/readers", self.words.text("file-readers"), readers);
        let file = Control::Files { present: Vec::new(), accept: String::new() };
        let file = Field::new("file", self.words.text("file-one"), file);
        FormView {
            hidden: hidden.to_vec(),
            groups: vec![FormGroup::of(vec![readers, file.help(self.words.text("file-help"))])],
            buttons: vec![Submit::primary(self.words.text("file-add"), "")],
            ..FormView::new("attach", format!("/dossiers/{}/files", standing.id))
        }
    }

    /// The form for another note of the own authority. Its field has a name of its own, so that
    /// nothing typed into it can ever arrive as a message.
    pub(crate) fn note_form(&self, dossier: &Dossier, act: &Act<'_>) -> FormView {
        let typed = text_at(act.given, "/text");
        let mut field = Field::long("/note", self.words.text("another-note"), typed);
        for error in act.errors {
            field = field.error(self.problem(&error.problem));
        }
        FormView {
            hidden: act.hidden.to_vec(),
            groups: vec![FormGroup::of(vec![field])],
            buttons: vec![Submit::other(self.words.code("send", "note"), "")],
            ..FormView::new("note", format!("/dossiers/{}/note", dossier.standing.id))
        }
    }
}

/// The text at a place of what was typed.
fn text_at(given: &Value, pointer: &str) -> String {
    super::form::text_of(given.pointer(pointer))
}

/// Whether a role does not allow a command.
fn refused(possible: &[Possible], name: &str) -> bool {
    possible.iter().any(|one| one.name == name && one.refusal == Some(Refusal::Role))
}
