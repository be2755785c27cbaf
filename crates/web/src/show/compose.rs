//! A draft: its form with all that a person should know before it is sent.

use super::Reader;
use super::clocks::When;
use super::dossier::held;
use super::draft::{GROUP, addressees, group_word};
use super::form::{Filling, boxes, text_of};
use crate::view::chrome::Chrome;
use crate::view::compose::{Addressee, ComposePage, DeclarationPicker, DeclaredItem};
use crate::view::dossier::{AudiencePanel, AudienceRow, ClocksPanel, Receipts};
use crate::view::form::{Choice, Control, Entry, FormGroup, FormView, Submit, Width};
use crate::view::parts::{AudienceLine, Notice, Rich, Tag, Tone};
use app::declaration::Filled;
use catalogue::authorities::{AddresseeReason, Group, Opening, Proposed};
use catalogue::ids::UnitId;
use domain::decide::{Approval, Envelope};
use domain::dossier::Dossier;
use domain::event::{Clock, Kind};
use domain::form::{Field, FieldError, Form as _};
use domain::kinds;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Fields of a goods item that every form offers; the rest of a declaration only where it is asked
/// for, so that nobody scrolls past thirty empty boxes.
const ITEM: &[&str] = &[
    "mrn",
    "item_number",
    "description",
    "cn8",
    "control_code",
    "exporter",
    "consignee",
    "country_of_destination",
    "net_mass",
    "statistical_value",
];
/// Fields of a party that every form offers.
const PARTY: &[&str] = &["name", "eori", "city", "country"];

/// How much of a goods item a form offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// What is needed nearly always.
    Usual,
    /// Every field of a declaration.
    Whole,
}

/// Everything that the page of a draft is made from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Drafted<'a> {
    /// Its kind.
    pub kind: Kind,
    /// Its reference; none before it was saved.
    pub reference: Option<&'a str>,
    /// What was typed: `form`, `to`, `handling`, `purpose`, `legal_basis`.
    pub given: &'a Value,
    /// From where it comes.
    pub sources: &'a BTreeMap<String, String>,
    /// What stands in the way of sending.
    pub errors: &'a [FieldError],
    /// What happened meanwhile.
    pub notices: &'a [Notice],
    /// Where the form is sent.
    pub action: &'a str,
    /// Version seen, id of the form, items of a message.
    pub hidden: &'a [(String, String)],
    /// The clocks that would start.
    pub clocks: &'a [Clock],
    /// Whether a contact point has to approve it.
    pub approval: Approval,
    /// How much is offered.
    pub extent: Extent,
    /// The message, its items and what is wrong with it.
    pub message: Option<&'a Read>,
    /// Its dossier; none before it was saved.
    pub kept: Option<&'a Dossier>,
    /// When it was saved.
    pub saved: Option<&'a str>,
}

/// A declaration message as far as it is offered.
#[derive(Clone, Debug, Default)]
pub(crate) struct Read {
    /// "CC515C".
    pub format: String,
    /// Its movement reference number.
    pub mrn: Option<String>,
    /// Its items.
    pub items: Vec<Filled>,
    /// How many it has in all.
    pub total: usize,
    /// The item chosen, from 1.
    pub chosen: Option<usize>,
    /// What is wrong with it.
    pub error: Option<String>,
    /// What is odd in it.
    pub warnings: Vec<String>,
}

fn usual(pointer: &str) -> bool {
    let mut steps = pointer.split('/').skip(1);
    match (steps.next(), steps.next(), steps.next(), steps.next(), steps.next()) {
        (Some("form"), Some("items"), Some(_), Some(field), inner) => {
            ITEM.contains(&field) && inner.is_none_or(|inner| PARTY.contains(&inner))
        }
        _ => true,
    }
}

impl Reader<'_> {
    /// The page of a draft.
    pub(crate) fn compose(&self, chrome: Chrome, drafted: &Drafted<'_>) -> ComposePage {
        let kind = drafted.kind;
        let offers = match drafted.extent {
            Extent::Usual => usual,
            Extent::Whole => |_: &str| true,
        };
        let units = self.recipients(kind);
        let filling = Filling {
            given: drafted.given,
            errors: drafted.errors,
            sources: drafted.sources,
            offers,
            units: &units,
            words: |list, word| list != "marking" || word == "sensitive",
        };
        let mut groups = self.form_groups(kinds::fields(kind), kind, &filling);
        groups.push(self.files_group(drafted.kept));
        let to = self.whom(drafted, &filling);
        let side = self.side(&filling);
        let mut offered: Vec<String> = Vec::new();
        for group in groups.iter().chain(&side).chain(to.shown.change.as_ref()) {
            offered.extend(boxes(&group.entries));
        }
        let mut hidden = drafted.hidden.to_vec();
        hidden.push(("offered".to_owned(), offered.join(" ")));
        let title = self.words.code("new", kind.word());
        ComposePage {
            chrome: Chrome { title: title.clone(), ..chrome },
            title,
            sub: match drafted.reference {
                Some(reference) => Rich::text(format!("{} ", self.words.text("draft-of")))
                    .code(reference)
                    .and(format!(" · {}", self.words.text("draft-seen-by"))),
                None => self.words.text("draft-unsaved").into(),
            },
            notices: drafted.notices.to_vec(),
            declaration: takes_message(kind).then(|| self.picker(drafted.message)),
            form: FormView {
                hidden,
                errors: self.compose_errors(kind, drafted.errors),
                groups,
                buttons: self.submits(drafted, to.unit.as_ref()),
                autosave: Some(format!("{}/autosave", drafted.action)),
                saved: drafted.saved.map(str::to_owned),
                ..FormView::new("draft", drafted.action)
            },
            side,
            clocks: self.starting(drafted),
            silence: self.if_nobody_answers(drafted.clocks),
            audience: self.will_see(drafted.given, to.unit.as_ref()),
            addressee: Some(to.shown),
        }
    }

    fn submits(&self, drafted: &Drafted<'_>, to: Option<&UnitId>) -> Vec<Submit> {
        let as_whom = match to {
            Some(unit) => self.words.with("preview-as", &[("unit", self.unit(unit).into())]),
            None => self.words.text("preview"),
        };
        let send = match drafted.approval {
            Approval::Needed => self.words.text("send-to-contact-point"),
            Approval::NotNeeded => self.words.code("send-new", drafted.kind.word()),
        };
        vec![
            Submit::other(self.words.text("save-draft"), "save"),
            Submit::other(as_whom, "preview"),
            Submit::primary(send, "send"),
        ]
    }

    fn compose_errors(
        &self,
        kind: Kind,
        errors: &[FieldError],
    ) -> Vec<crate::view::form::FormError> {
        let (of_form, of_envelope): (Vec<FieldError>, Vec<FieldError>) =
            errors.iter().cloned().partition(|error| error.pointer.starts_with("/form"));
        let mut shown = self.form_errors(&of_form, kinds::fields(kind), "/form");
        shown.extend(self.form_errors(&of_envelope, Envelope::fields(), ""));
        shown
    }

    /// The form in groups: what is a list of its own apart, the rest together.
    fn form_groups(
        &self,
        fields: &'static [Field],
        kind: Kind,
        filling: &Filling<'_>,
    ) -> Vec<FormGroup> {
        let entries = self.entries(fields, kind.word(), "/form", filling);
        let (lists, plain): (Vec<Entry>, Vec<Entry>) =
            entries.into_iter().partition(|entry| matches!(entry, Entry::Repeat(_)));
        let plain = FormGroup {
            title: Some(self.words.code("part", kind.word())),
            entries: plain,
            ..FormGroup::default()
        };
        let lists = lists.into_iter().map(|entry| {
            let title = match &entry {
                Entry::Repeat(list) => Some(list.legend.clone()),
                Entry::Field(_) | Entry::Group { .. } | Entry::Words(_) => None,
            };
            FormGroup { title, entries: vec![entry], ..FormGroup::default() }
        });
        // The goods first, as in every list and facts bar; questions after what they are about.
        if takes_message(kind) {
            lists.chain([plain]).collect()
        } else {
            [plain].into_iter().chain(lists).collect()
        }
    }

    /// The files that go with it.
    fn files_group(&self, kept: Option<&Dossier>) -> FormGroup {
        let request = kept.and_then(|dossier| Some((dossier, dossier.request.as_ref()?)));
        let present = request.map_or_else(Vec::new, |(dossier, request)| {
            request.attachments.iter().map(|file| self.file(dossier, file)).collect()
        });
        let control = Control::Files { present, accept: String::new() };
        let field =
            crate::view::form::Field::new("file", self.words.text("file-photographs"), control);
        let field = field.optional().help(self.words.text("file-together"));
        FormGroup::titled(self.words.text("documents"), vec![field])
    }

    /// Handling, purpose, legal basis.
    fn side(&self, filling: &Filling<'_>) -> Vec<FormGroup> {
        let envelope = Envelope::fields();
        let entries = self.entries(envelope, "request", "", filling);
        let mut handling = Vec::new();
        let mut purpose = Vec::new();
        for entry in entries {
            match entry {
                Entry::Group { entries, .. } => handling = entries,
                Entry::Field(field) if field.name != "/to" => {
                    purpose.push(Entry::Field(field.wide(Width::Full)));
                }
                Entry::Field(_) | Entry::Repeat(_) | Entry::Words(_) => {}
            }
        }
        let group = |title: &str, entries| FormGroup {
            title: Some(self.words.text(title)),
            entries,
            ..FormGroup::default()
        };
        vec![group("details-purpose", purpose), group("part-handling", handling)]
    }

    /// Whom a request of this kind can be addressed to, groups first where it goes to many.
    fn recipients(&self, kind: Kind) -> Vec<Choice> {
        let own = self.viewer.authority();
        let mut choices = Vec::new();
        if kinds::addressees_max(kind) > 1 {
            for group in Group::ALL {
                let word = group_word(group);
                let label = self.words.code("group-of", &word);
                choices.push(Choice::new(format!("{GROUP}{word}"), label));
            }
        }
        choices.extend(self.authorities(|id| Some(id) != own));
        choices
    }

    fn whom(&self, drafted: &Drafted<'_>, filling: &Filling<'_>) -> Shown {
        let kind = drafted.kind;
        let chosen = addressees(drafted.given);
        let proposed = self.proposed(drafted.given);
        let unit =
            chosen.first().cloned().or_else(|| proposed.as_ref().map(|one| one.unit.clone()));
        let by_hand = !chosen.is_empty();
        let reason = match (&proposed, by_hand) {
            (Some(proposed), false) => self.reason(proposed),
            (Some(proposed), true) if Some(&proposed.unit) == unit.as_ref() => {
                self.reason(proposed)
            }
            (_, true) => self.words.text("addressee-chosen-text").into(),
            (None, false) => self.words.text("addressee-unknown").into(),
        };
        let name = match chosen.as_slice() {
            [] | [_] => unit.as_ref().map(|unit| self.unit(unit)),
            several => Some(self.units(several)),
        };
        let opening = unit.as_ref().map(|unit| self.opening(unit));
        let entries = self.entries(Envelope::fields(), "request", "", filling);
        let field = entries.into_iter().find_map(|entry| match entry {
            Entry::Field(field) if field.name == "/to" => Some(field),
            Entry::Field(_) | Entry::Group { .. } | Entry::Repeat(_) | Entry::Words(_) => None,
        });
        let change = field.map(|mut field| {
            field.help = None;
            if kinds::addressees_max(kind) == 1 {
                field.control = self.one_addressee(&chosen, proposed.as_ref());
                field.label = self.words.text("addressee-change");
                field.need = crate::view::form::Need::Optional;
            }
            FormGroup { entries: vec![Entry::Field(field)], ..FormGroup::default() }
        });
        Shown {
            shown: Addressee {
                aside: self.words.text(if by_hand {
                    "addressee-chosen"
                } else {
                    "addressee-proposed"
                }),
                name: name.unwrap_or_else(|| self.words.text("nobody-yet")),
                opening: opening.unwrap_or_else(|| Tag::new("–", Tone::Plain)),
                reason,
                change,
            },
            unit,
        }
    }

    /// A list to choose one addressee from; the first entry stands for the proposal.
    fn one_addressee(&self, chosen: &[UnitId], proposed: Option<&Proposed>) -> Control {
        let typed = chosen.first().map(UnitId::as_str).unwrap_or_default();
        let label = match proposed {
            Some(proposed) => self
                .words
                .with("addressee-as-proposed", &[("unit", self.unit(&proposed.unit).into())]),
            None => "–".to_owned(),
        };
        let own = self.viewer.authority();
        let others = self.authorities(|id| Some(id) != own);
        let choices = std::iter::once(Choice::new("", label)).chain(others);
        Control::Select { choices: choices.map(|choice| choice.chosen_if(typed)).collect() }
    }

    /// Whom the law or the licence points to.
    pub(crate) fn proposed(&self, given: &Value) -> Option<Proposed> {
        let at = |pointer: &str| Some(text_of(given.pointer(pointer))).filter(|t| !t.is_empty());
        let documents = given.pointer("/form/items/0/documents").and_then(Value::as_array);
        let code = documents.into_iter().flatten().find_map(|document| {
            let code = document.get("type")?.as_str()?.parse().ok()?;
            catalogue::documents::document(&code).filter(|found| found.is_general()).map(|_| code)
        });
        let licence = at("/form/licence").or_else(|| at("/form/number"));
        let exporter = at("/form/items/0/exporter/country")
            .or_else(|| Some(at("/form/items/0/exporter/eori")?.chars().take(2).collect()));
        // Where the goods are says whom to ask only of an exporter who is known to sit elsewhere.
        let items = at("/form/office")
            .filter(|_| exporter.is_some())
            .map(|office| office.chars().take(2).collect::<String>());
        let proposed = self.directory.addressee(
            licence.and_then(|text| text.parse().ok()).as_ref(),
            code.as_ref(),
            exporter.and_then(|text| text.parse().ok()),
            items.and_then(|text| text.parse().ok()),
            self.today(),
        )?;
        (Some(&proposed.unit) != self.viewer.authority()).then_some(proposed)
    }

    fn reason(&self, proposed: &Proposed) -> Rich {
        let state =
            |state: &catalogue::codes::State| self.words.code("member-state", &state.to_string());
        match &proposed.reason {
            AddresseeReason::IssuedLicence { licence, pattern } => {
                let values = [("pattern", pattern.to_string().into())];
                Rich::new()
                    .code(licence.as_str())
                    .and(" ")
                    .and(self.words.with("reason-issued", &values))
            }
            AddresseeReason::GeneralAuthorisation { document, exporter } => Rich::new()
                .code(document.as_str())
                .and(" ")
                .and(self.words.with("reason-general", &[("state", state(exporter).into())])),
            AddresseeReason::GeneralAuthorisationItems { document, items } => Rich::new()
                .code(document.as_str())
                .and(" ")
                .and(self.words.with("reason-general-items", &[("state", state(items).into())])),
            AddresseeReason::UnknownLicence { licence, exporter } => Rich::new()
                .code(licence.as_str())
                .and(" ")
                .and(self.words.with("reason-unknown", &[("state", state(exporter).into())])),
            AddresseeReason::ExporterState { exporter } => {
                self.words.with("reason-exporter", &[("state", state(exporter).into())]).into()
            }
            AddresseeReason::ItemsState { items } => {
                self.words.with("reason-items", &[("state", state(items).into())]).into()
            }
        }
    }

    /// "open until 16:00 CET".
    pub(crate) fn opening(&self, unit: &UnitId) -> Tag {
        let zone = self.zone_of(unit);
        match self.directory.open_at(unit, self.now, self.calendars) {
            Some(Ok(opening)) => self.opening_tag(&opening, &zone),
            Some(Err(_)) | None => Tag::new(self.words.text("hours-unknown"), Tone::Plain),
        }
    }

    /// The same of an opening in hand; times in `zone`.
    pub(crate) fn opening_tag(&self, opening: &Opening, zone: &jiff::tz::TimeZone) -> Tag {
        let moment = |at: &Option<jiff::Timestamp>| at.map(|at| self.words.moment(at, zone));
        match opening {
            Opening::Open { until } => {
                let until = self.words.time(*until, zone);
                Tag::new(self.words.with("open-until", &[("until", until.into())]), Tone::Done)
            }
            Opening::NightContactOnly { .. } => {
                Tag::new(self.words.text("night-contact-only"), Tone::Warn)
            }
            Opening::ClosedUntil { at } => Tag::new(
                match moment(at) {
                    Some(at) => self.words.with("closed-until", &[("at", at.into())]),
                    None => self.words.text("closed-now"),
                },
                Tone::Late,
            ),
            Opening::ClosedToday { why } => {
                let (catalogue::authorities::Closed::Holiday(name)
                | catalogue::authorities::Closed::OutOfTurn(name)) = why;
                let text = self.words.with("closed-today", &[("why", name.as_str().into())]);
                Tag::new(text, Tone::Late)
            }
        }
    }

    fn starting(&self, drafted: &Drafted<'_>) -> Option<ClocksPanel> {
        let form = drafted.given.get("form").unwrap_or(&Value::Null);
        let home = self.viewer.authority().and_then(|unit| self.directory.unit(unit));
        let since = home.filter(|_| drafted.kind == Kind::Stop).and_then(|home| held(form, home));
        self.clocks(drafted.clocks, since.as_ref(), When::OnceSent)
    }

    /// What silence will do, by the clock on which the law gives it an effect.
    fn if_nobody_answers(&self, clocks: &[Clock]) -> Option<Rich> {
        let by_law = clocks.iter().find(|clock| clock.ground.is_of_article_21_3())?;
        let until = self.words.with("if-nobody", &[("until", self.until(by_law).into())]);
        Some(Rich::new().strong(until).and(" ").and(self.words.text("if-nobody-then")))
    }

    fn will_see(&self, given: &Value, to: Option<&UnitId>) -> AudiencePanel {
        let own = self.viewer.authority();
        let mut units: BTreeSet<UnitId> = addressees(given).into_iter().collect();
        units.extend(to.cloned());
        let row = |unit: &UnitId, delivered: String| AudienceRow {
            authority: self.unit(unit),
            delivered,
            opened: String::new(),
        };
        let mut rows: Vec<AudienceRow> =
            own.map(|own| row(own, self.words.text("audience-asks"))).into_iter().collect();
        rows.extend(units.iter().map(|unit| row(unit, self.words.text("audience-all-desks"))));
        AudiencePanel {
            title: self.words.text("audience-will-title"),
            view_as: None,
            receipts: Receipts::NotYet,
            rows,
            line: AudienceLine { text: self.words.text("audience-will-line").into() },
        }
    }

    fn picker(&self, read: Option<&Read>) -> DeclarationPicker {
        let Some(read) = read else {
            return DeclarationPicker {
                filled: None,
                about: None,
                items: Vec::new(),
                error: None,
                warnings: Vec::new(),
            };
        };
        let text = |item: &Value, pointer: &str| text_of(item.pointer(pointer));
        let items = read.items.iter().zip(1..).map(|(filled, number)| {
            let item = &filled.item;
            let documents = item.get("documents").and_then(Value::as_array);
            let documents: Vec<String> = documents
                .into_iter()
                .flatten()
                .map(|one| format!("{} {}", text(one, "/type"), text(one, "/reference")))
                .collect();
            DeclaredItem {
                number,
                description: text(item, "/description"),
                cn: text(item, "/cn8"),
                net: self.words.decimal(&text(item, "/net_mass")),
                value: self.words.decimal(&text(item, "/statistical_value")),
                documents: documents.join(", "),
                chosen: read.chosen.and_then(|n| u32::try_from(n).ok()) == Some(number),
            }
        });
        let values = [("format", read.format.as_str().into())];
        let filled = read.chosen.map(|_| self.words.with("filled-from", &values));
        let count = self.words.with("message-items", &[("count", read.total.into())]);
        let about = read.mrn.as_ref().map(|mrn| Rich::new().code(mrn.as_str()).and(" · "));
        DeclarationPicker {
            filled,
            about: (read.total > 0).then(|| about.unwrap_or_default().and(count)),
            items: items.collect(),
            error: read.error.clone(),
            warnings: read.warnings.clone(),
        }
    }
}

/// The addressee as shown, and the unit that would be asked.
struct Shown {
    shown: Addressee,
    unit: Option<UnitId>,
}

/// Whether a kind is about goods of a declaration, which a message fills.
pub(crate) const fn takes_message(kind: Kind) -> bool {
    match kind {
        Kind::Stop | Kind::Document => true,
        Kind::Information | Kind::Classification | Kind::Notice => false,
    }
}
