//! Lists of dossiers: rows, groups, filters, the drawer beside them.

use super::Reader;
use super::clocks::Timed;
use crate::view::parts::{Button, Filter, FilterGroup, Tone};
use crate::view::queue::{Drawer, DrawerNote, QueueGroup, QueueRow};
use app::lists::Row;
use app::readings::Seen;
use domain::decide::Possible;
use domain::dossier::Dossier;
use domain::event::{Kind, State};
use domain::standing::Wait;
use jiff::Timestamp;

/// A row with what is looked up for it.
#[derive(Debug)]
pub(crate) struct Listed {
    /// The row.
    pub row: Row,
    /// The dossier as the reader has it.
    pub dossier: Dossier,
    /// Whether she has seen the last of it.
    pub seen: Seen,
}

/// What a list is filtered by, as it stands in its address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filters {
    /// `wait=`.
    pub wait: Option<String>,
    /// `kind=`.
    pub kind: Option<String>,
    /// `state=`.
    pub state: Option<String>,
    /// `mine=`: what is addressed to her own unit.
    pub mine: bool,
    /// `cursor=`.
    pub cursor: Option<String>,
    /// `selected=`.
    pub selected: Option<String>,
}

impl Filters {
    /// The address of `path` with these filters.
    pub(crate) fn href(&self, path: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let parts = [
            ("wait", self.wait.as_deref()),
            ("kind", self.kind.as_deref()),
            ("state", self.state.as_deref()),
            ("mine", self.mine.then_some("1")),
            ("cursor", self.cursor.as_deref()),
            ("selected", self.selected.as_deref()),
        ];
        for (name, value) in parts {
            if let Some(value) = value {
                query.append_pair(name, value);
            }
        }
        let query = query.finish();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }
}

/// The word of a group in addresses.
pub(crate) const fn wait_word(wait: Wait) -> &'static str {
    match wait {
        Wait::SilenceDecides => "silence",
        Wait::You => "you",
        Wait::Others => "others",
        Wait::Nobody => "nobody",
    }
}

impl Reader<'_> {
    /// The heading of a group and its hint.
    fn group(&self, wait: Wait) -> (String, Option<String>) {
        match wait {
            Wait::SilenceDecides => {
                (self.words.text("group-silence"), Some(self.words.text("group-silence-hint")))
            }
            Wait::You => (self.words.text("group-you"), Some(self.words.text("group-you-hint"))),
            Wait::Others => (self.words.text("group-others"), None),
            Wait::Nobody => (self.words.text("group-ended"), None),
        }
    }

    /// The rows in their groups; `counts` has how many there are of each in all.
    pub(crate) fn groups_of_rows(
        &self,
        rows: &[Listed],
        counts: impl Fn(Wait) -> u32,
        filters: &Filters,
        path: &str,
    ) -> Vec<QueueGroup> {
        let mut groups = Vec::new();
        for wait in Wait::ALL {
            let rows: Vec<QueueRow> = rows
                .iter()
                .filter(|listed| listed.row.place.wait == wait)
                .map(|listed| self.row(listed, filters, path))
                .collect();
            if !rows.is_empty() {
                let (label, hint) = self.group(wait);
                groups.push(QueueGroup { label, count: counts(wait), hint, rows });
            }
        }
        groups
    }

    fn row(&self, listed: &Listed, filters: &Filters, path: &str) -> QueueRow {
        let Listed { row, dossier, seen } = listed;
        let standing = &dossier.standing;
        let id = row.id.to_string();
        let selected = Filters { selected: Some(id.clone()), ..filters.clone() };
        let clock = self.most_urgent(&standing.clocks).filter(|_| standing.state.awaits_answer());
        let office = row.summary.facts.get("office").and_then(|office| office.parse().ok());
        let from = office.filter(|_| !standing.is_unsent()).unwrap_or_else(|| row.home.clone());
        let age = self.age(dossier);
        let hers = matches!(row.place.wait, Wait::SilenceDecides | Wait::You);
        let assigned = match &dossier.assigned {
            Some(person) => format!("{person} · {age}"),
            None if hers && !standing.is_unsent() => {
                format!("{} · {age}", self.words.text("not-assigned"))
            }
            None => age,
        };
        QueueRow {
            href: format!("/dossiers/{id}"),
            select_href: selected.href(path),
            clock: self.badge(Timed { state: standing.state, clocks: &standing.clocks }),
            subject: row.summary.title.clone().unwrap_or_else(|| self.words.text("no-subject")),
            unread: *seen != Seen::Since,
            kind: self.words.code("kind", row.kind.word()),
            reference: row.reference.to_string(),
            from: self.unit(&from),
            until: clock.map(|clock| self.until(clock)).unwrap_or_default(),
            state: self.state_tag(standing.state),
            assigned,
            selected: filters.selected.as_deref() == Some(id.as_str()),
            id,
        }
    }

    /// How many days old: since it was sent, or begun.
    fn age(&self, dossier: &Dossier) -> String {
        let began = dossier.events.first().map_or(self.now, |event| event.header.at);
        let from: Timestamp = dossier.standing.sent_at.unwrap_or(began);
        let days = self.now.duration_since(from).as_hours() / 24;
        self.words.with("age-days", &[("days", days.max(0).into())])
    }

    /// The drawer beside the list.
    pub(crate) fn drawer(
        &self,
        dossier: &Dossier,
        possible: &[Possible],
        hidden: &[(String, String)],
        close_href: String,
    ) -> Drawer {
        let standing = &dossier.standing;
        let clock = self.most_urgent(&standing.clocks).filter(|_| standing.state.awaits_answer());
        let notes = self.notes(dossier);
        let open =
            Button::link(self.words.text("open-dossier"), format!("/dossiers/{}", standing.id));
        let mut buttons = vec![open.primary()];
        let others = self.buttons(dossier, possible, hidden).into_iter();
        let usable =
            others.filter(|button| !matches!(button.act, crate::view::parts::Act::Unavailable(_)));
        buttons.extend(
            usable
                .take(2)
                .map(|button| Button { weight: crate::view::parts::Weight::Plain, ..button }),
        );
        Drawer {
            kind: self.kind_tag(standing.kind),
            reference: standing.reference.to_string(),
            subject: self.title(dossier),
            clock: self.badge(Timed { state: standing.state, clocks: &standing.clocks }),
            silence: clock.map_or_else(String::new, |clock| {
                let silence = self.words.code("silence", clock.silence.word());
                format!("{} · {silence}", self.until(clock))
            }),
            facts: self.facts(standing.kind, dossier.form()),
            note: notes.last().map(|note| DrawerNote {
                title: self.words.text("internal-notes"),
                text: note.text.clone(),
            }),
            audience: self.audience_line(dossier),
            buttons,
            offered: false,
            close_href,
        }
    }

    /// The filters above a list: by group, kind and state.
    pub(crate) fn filters(
        &self,
        filters: &Filters,
        path: &str,
        (kinds, waits): (&[Kind], &[Wait]),
    ) -> Vec<FilterGroup> {
        let plain = |label: String, href: String, current: bool| Filter {
            label,
            count: None,
            href,
            current,
            tone: Tone::Plain,
        };
        let base = Filters { cursor: None, selected: None, ..filters.clone() };
        let with = |change: &dyn Fn(&mut Filters)| {
            let mut changed = base.clone();
            change(&mut changed);
            changed.href(path)
        };
        let all = Filters::default();
        let mut first = vec![
            plain(self.words.text("filter-all"), path.to_owned(), base == all),
            plain(self.words.text("filter-mine"), with(&|f| f.mine = !base.mine), base.mine),
            plain(
                self.words.text("filter-overdue"),
                with(&|f| f.state = Some(State::Overdue.word().to_owned())),
                base.state.as_deref() == Some(State::Overdue.word()),
            ),
        ];
        for wait in waits.iter().copied() {
            let word = wait_word(wait);
            let (label, _) = self.group(wait);
            let href = with(&|f| f.wait = Some(word.to_owned()));
            first.push(plain(label, href, base.wait.as_deref() == Some(word)));
        }
        let mut groups = vec![FilterGroup { label: None, filters: first }];
        if kinds.len() > 1 {
            let by_kind = kinds.iter().map(|kind| {
                let word = kind.word();
                let href = with(&|f| f.kind = Some(word.to_owned()));
                let current = base.kind.as_deref() == Some(word);
                plain(self.words.code("kind", word), href, current)
            });
            let label = Some(self.words.text("filter-kind"));
            groups.push(FilterGroup { label, filters: by_kind.collect() });
        }
        groups
    }
}
