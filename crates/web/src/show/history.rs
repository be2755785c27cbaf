//! Everything that happened, in plain sentences, numbered in the reader's own count.

use super::Reader;
use crate::view::dossier::{Actor, TimelineEntry};
use crate::view::parts::Rich;
use domain::audience::Audience;
use domain::body::{Content, Event};
use domain::dossier::Dossier;
use domain::event::What;

impl Reader<'_> {
    /// The events that the reader may read; edits of a draft one after the other are one entry.
    pub(crate) fn history(&self, dossier: &Dossier) -> Vec<TimelineEntry> {
        let events = &dossier.events;
        events
            .iter()
            .enumerate()
            .filter(|(n, event)| {
                let is_edit = |event: &Event| event.header.change.what == What::Edited;
                let next = events.get(n + 1);
                !(is_edit(event)
                    && next.is_some_and(|next| is_edit(next) && same_hand(event, next)))
            })
            .map(|(n, event)| self.happened(u32::try_from(n + 1).ok(), event))
            .collect()
    }

    /// The last things that happened, the latest first, without numbers.
    pub(crate) fn latest(&self, dossier: &Dossier) -> Vec<TimelineEntry> {
        dossier.events.iter().rev().take(3).map(|event| self.happened(None, event)).collect()
    }

    fn happened(&self, number: Option<u32>, event: &Event) -> TimelineEntry {
        let header = &event.header;
        let internal = header.audience != Audience::Everyone;
        let by = match (&header.by, internal) {
            (None, _) => Actor::System,
            (Some(_), true) => Actor::Internal,
            (Some(_), false) => Actor::Person,
        };
        let mut text = self.words.with(
            &format!("happened-{}", header.change.what.word().replace('_', "-")),
            &[("who", self.who(event).into()), ("more", self.more(event).into())],
        );
        if let (Audience::Only(units), true) = (&header.audience, internal) {
            let only = self.units(units.iter());
            text.push_str(&self.words.with("happened-only", &[("units", only.into())]));
        }
        TimelineEntry { number, text: Rich::text(text), when: self.moment(header.at), by }
    }

    /// What a sentence names beside who did it: units, a file, a person.
    fn more(&self, event: &Event) -> String {
        let change = &event.header.change;
        match event.body.as_ref().map(|body| &body.content) {
            Some(Content::Attachment(file)) => file.name.clone(),
            Some(Content::Disclosure(disclosure)) => self.units(&disclosure.units),
            Some(Content::Units { units }) => self.units(units),
            Some(Content::Assignment { person }) => {
                person.clone().unwrap_or_else(|| self.words.text("nobody"))
            }
            Some(Content::Handling { handling }) => {
                self.words.code("handling-code", handling.code.word())
            }
            Some(Content::Ground { ground }) => self.words.code("ground", ground.word()),
            Some(
                Content::Nothing
                | Content::Request(_)
                | Content::Text { .. }
                | Content::Reason { .. }
                | Content::Given { .. },
            )
            | None => match change.what {
                What::Sent => {
                    let asked = change.asked.as_deref().unwrap_or(&change.join);
                    self.units(asked)
                }
                _ => self.units(&change.join),
            },
        }
    }
}

/// Whether two events are of the same person.
fn same_hand(one: &Event, other: &Event) -> bool {
    let person = |event: &Event| event.body.as_ref().and_then(|body| body.person.clone());
    person(one) == person(other)
}
