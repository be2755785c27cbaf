//! The index: folded word → postings per strand, in memory.
//!
//! Nothing here counts over what somebody may not see: a hit is a posting in a strand that he may
//! read, and hits are ordered by the last activity of those strands alone.

use std::cmp::Reverse;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use catalogue::ids::{DossierId, UnitId};
use domain::audience::Audience;
use domain::event::{Header, Kind, State, What};
use roaring::RoaringBitmap;

use super::door::Opened;
use super::texts::each_text;
use super::words::{Query, Term, Wanted, each_word};
use super::{Cursor, Filters};
use crate::error::StoreError;
use crate::log::chain::StrandId;
use crate::read::micros;
use crate::viewer::Viewer;

/// What the index has of a node.
#[derive(Debug, Default)]
pub(super) struct Index {
    words: BTreeMap<Box<str>, Postings>,
    strands: Vec<Strand>,
    strand_numbers: BTreeMap<StrandId, u32>,
    dossiers: Vec<Dossier>,
    dossier_numbers: BTreeMap<DossierId, u32>,
    /// The strands whose audience is everyone.
    everyone: RoaringBitmap,
    /// The strands whose audience names a unit.
    only: BTreeMap<UnitId, RoaringBitmap>,
    /// The strands of the dossiers whose list a unit is on.
    listed: BTreeMap<UnitId, RoaringBitmap>,
}

/// Most words stand in one strand only.
#[derive(Debug)]
enum Postings {
    One(u32),
    Many(RoaringBitmap),
}

#[derive(Debug)]
struct Strand {
    dossier: u32,
    /// The latest instant of its events, in µs.
    activity: i64,
}

#[derive(Debug)]
struct Dossier {
    id: DossierId,
    kind: Kind,
    home: UnitId,
    state: State,
    strands: Vec<u32>,
    members: BTreeSet<UnitId>,
}

/// An event as the index takes it.
#[derive(Debug)]
pub(super) struct Entered {
    strand: StrandId,
    header: Header,
    words: BTreeSet<Box<str>>,
}

impl Entered {
    /// Folds the words of an event; an event that cannot be read is not searched.
    ///
    /// # Errors
    /// Why the event cannot be read.
    pub(super) fn of(event: Opened) -> Result<Entered, StoreError> {
        let (header, body) = event.content?;
        let mut words: BTreeSet<Box<str>> = BTreeSet::new();
        each_text(&header, body.as_ref(), &mut |_, text| {
            each_word(text, &mut |word| {
                if !words.contains(word) {
                    words.insert(word.into());
                }
            });
        });
        Ok(Entered { strand: event.strand, header, words })
    }
}

impl Postings {
    fn add(&mut self, strand: u32) {
        match self {
            Postings::One(one) if *one == strand => {}
            Postings::One(one) => *self = Postings::Many(RoaringBitmap::from([*one, strand])),
            Postings::Many(many) => {
                many.insert(strand);
            }
        }
    }

    /// Takes strands out, and says whether any is left.
    fn drop(&mut self, strands: &RoaringBitmap) -> bool {
        match self {
            Postings::One(one) => !strands.contains(*one),
            Postings::Many(many) => {
                *many -= strands;
                !many.is_empty()
            }
        }
    }

    fn add_to(&self, found: &mut RoaringBitmap, readable: &RoaringBitmap) {
        match self {
            Postings::One(one) if readable.contains(*one) => {
                found.insert(*one);
            }
            Postings::One(_) => {}
            Postings::Many(many) => *found |= many & readable,
        }
    }
}

/// A number for the next of so many. There is memory for fewer than 2³² of anything.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

impl Index {
    /// Takes events into account, in the order of the log.
    pub(super) fn enter(&mut self, events: Vec<Entered>) {
        let mut destroyed = RoaringBitmap::new();
        let mut references = Vec::new();
        for event in events {
            let strand = self.strand(&event.header, event.strand);
            self.note(&event.header, strand);
            if event.header.change.what == What::KeyDestroyed {
                destroyed.insert(strand);
                // The reference stands in the header, which stays.
                references.push((strand, event.words));
            } else {
                self.add(strand, event.words);
            }
        }
        if !destroyed.is_empty() {
            self.words.retain(|_, postings| postings.drop(&destroyed));
        }
        for (strand, words) in references {
            self.add(strand, words);
        }
    }

    fn add(&mut self, strand: u32, words: BTreeSet<Box<str>>) {
        for word in words {
            match self.words.entry(word) {
                Entry::Vacant(place) => {
                    place.insert(Postings::One(strand));
                }
                Entry::Occupied(mut place) => place.get_mut().add(strand),
            }
        }
    }

    /// The number of an event's strand, given now where it is new.
    fn strand(&mut self, header: &Header, id: StrandId) -> u32 {
        if let Some(known) = self.strand_numbers.get(&id) {
            return *known;
        }
        let dossier = self.dossier(header);
        let strand = number(self.strands.len());
        self.strands.push(Strand { dossier, activity: i64::MIN });
        self.strand_numbers.insert(id, strand);
        match &header.audience {
            Audience::Everyone => {
                self.everyone.insert(strand);
            }
            Audience::Only(units) => {
                for unit in units.iter() {
                    self.only.entry(unit.clone()).or_default().insert(strand);
                }
            }
        }
        if let Some(dossier) = self.dossiers.get_mut(dossier as usize) {
            dossier.strands.push(strand);
            for unit in &dossier.members {
                self.listed.entry(unit.clone()).or_default().insert(strand);
            }
        }
        strand
    }

    fn dossier(&mut self, header: &Header) -> u32 {
        if let Some(known) = self.dossier_numbers.get(&header.dossier) {
            return *known;
        }
        let dossier = number(self.dossiers.len());
        self.dossiers.push(Dossier {
            id: header.dossier,
            kind: header.kind,
            home: header.home.clone(),
            state: State::Draft,
            strands: Vec::new(),
            members: BTreeSet::new(),
        });
        self.dossier_numbers.insert(header.dossier, dossier);
        dossier
    }

    /// Notes what a header changes: activity, state, who is on the list.
    fn note(&mut self, header: &Header, strand: u32) {
        let Some(strand) = self.strands.get_mut(strand as usize) else { return };
        strand.activity = strand.activity.max(micros(header.at));
        let Some(dossier) = self.dossiers.get_mut(strand.dossier as usize) else { return };
        let change = &header.change;
        if let Some(state) = change.state {
            dossier.state = state;
        }
        for unit in &change.join {
            dossier.members.insert(unit.clone());
            self.listed.entry(unit.clone()).or_default().extend(dossier.strands.iter().copied());
        }
        for unit in &change.leave {
            dossier.members.remove(unit);
            if let Some(listed) = self.listed.get_mut(unit) {
                for strand in &dossier.strands {
                    listed.remove(*strand);
                }
            }
        }
    }

    /// The strands that a viewer may read: in the audience, and on the list. The system searches
    /// for nothing.
    fn readable(&self, viewer: &Viewer) -> RoaringBitmap {
        let (mut audience, mut list) = (RoaringBitmap::new(), RoaringBitmap::new());
        if !viewer.is_system() {
            audience |= &self.everyone;
        }
        for unit in viewer.units() {
            if let Some(only) = self.only.get(unit) {
                audience |= only;
            }
            if let Some(listed) = self.listed.get(unit) {
                list |= listed;
            }
        }
        audience & list
    }

    /// The dossiers in which a viewer finds all that a query asks for, the last active first, each
    /// with the latest instant of what he may read, in µs; those after `after` only.
    pub(super) fn find(
        &self,
        viewer: &Viewer,
        query: &Query,
        filters: &Filters,
        after: Option<Cursor>,
    ) -> Vec<(i64, DossierId)> {
        let readable = self.readable(viewer);
        let mut found: Option<RoaringBitmap> = None;
        for term in query.terms() {
            let here = self.of_term(term, &readable);
            let both = match found {
                None => here,
                Some(before) => before & here,
            };
            if both.is_empty() {
                return Vec::new();
            }
            found = Some(both);
        }
        let dossiers = found.unwrap_or_default().into_iter().filter_map(|dossier| {
            let dossier = self.dossiers.get(dossier as usize)?;
            filters.admit(dossier.kind, dossier.state, &dossier.home).then_some(dossier)
        });
        let mut hits: Vec<(i64, DossierId)> = dossiers
            .map(|dossier| (self.activity(dossier, &readable), dossier.id))
            .filter(|&(activity, id)| after.is_none_or(|cursor| cursor.precedes(activity, id)))
            .collect();
        hits.sort_unstable_by_key(|&(activity, id)| (Reverse(activity), id));
        hits
    }

    fn activity(&self, dossier: &Dossier, readable: &RoaringBitmap) -> i64 {
        let his = dossier.strands.iter().filter(|strand| readable.contains(**strand));
        his.filter_map(|strand| self.strands.get(*strand as usize))
            .map(|strand| strand.activity)
            .max()
            .unwrap_or(i64::MIN)
    }

    /// The dossiers that have a term: all of its parts, or the whole in one.
    fn of_term(&self, term: &Term, readable: &RoaringBitmap) -> RoaringBitmap {
        let mut parts = term.parts.iter().map(|part| self.of_word(part, readable));
        let mut found = parts.next().unwrap_or_default();
        for part in parts {
            found &= part;
        }
        if let Some(whole) = &term.whole {
            found |= self.of_word(whole, readable);
        }
        found
    }

    fn of_word(&self, wanted: &Wanted, readable: &RoaringBitmap) -> RoaringBitmap {
        let mut strands = RoaringBitmap::new();
        if wanted.prefix {
            let from = (Bound::Included(wanted.word.as_str()), Bound::Unbounded);
            let from = self.words.range::<str, _>(from);
            for (_, postings) in from.take_while(|(word, _)| word.starts_with(&wanted.word)) {
                postings.add_to(&mut strands, readable);
            }
        } else if let Some(postings) = self.words.get(wanted.word.as_str()) {
            postings.add_to(&mut strands, readable);
        }
        let strands = strands.into_iter();
        strands.filter_map(|strand| Some(self.strands.get(strand as usize)?.dossier)).collect()
    }

    /// About how many bytes the index takes: what its words and postings hold, without what the
    /// allocator adds.
    #[cfg(any(test, feature = "testing"))]
    pub(super) fn bytes(&self) -> usize {
        let words = self.words.iter().map(|(word, postings)| {
            let many = match postings {
                Postings::One(_) => 0,
                Postings::Many(many) => many.serialized_size(),
            };
            word.len() + many + size_of::<(Box<str>, Postings)>()
        });
        words.sum::<usize>()
            + self.strands.len() * (size_of::<Strand>() + size_of::<(StrandId, u32)>())
            + self.dossiers.len() * (size_of::<Dossier>() + 128)
    }
}
