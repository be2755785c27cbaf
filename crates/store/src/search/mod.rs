//! Search under need to know: what a viewer finds is what stands in the strands that he may read.
//!
//! The index lives in memory and is filled from the log, in the background, after a node has
//! started. [`door`] is the one place that opens every strand, for the node itself; what it reads
//! goes into the [`index`] and never leaves this crate. [`words`] says what a word is and reads
//! queries, [`texts`] says what of an event is searched.

pub(crate) mod door;
mod index;
pub mod texts;
pub mod words;

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread::JoinHandle;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use catalogue::ids::{DossierId, UnitId};
use domain::event::{Kind, State};
use jiff::Timestamp;

use crate::error::StoreError;
use crate::folder::Store;
use crate::log::readable;
use crate::read::instant;
use crate::read::list::NotACursor;
use crate::viewer::Viewer;
use index::{Entered, Index};
use words::Query;

/// The most hits of a page.
pub const HITS_MAX: usize = 100;
/// After a failure the log is looked at again in so long, if nothing happens before.
const AGAIN_AFTER: Duration = Duration::from_secs(10);

/// Which dossiers are looked at. An empty set filters nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// Its kind.
    pub kinds: BTreeSet<Kind>,
    /// Where it stands.
    pub states: BTreeSet<State>,
    /// The authority that opened it.
    pub homes: BTreeSet<UnitId>,
}

impl Filters {
    fn admit(&self, kind: Kind, state: State, home: &UnitId) -> bool {
        (self.kinds.is_empty() || self.kinds.contains(&kind))
            && (self.states.is_empty() || self.states.contains(&state))
            && (self.homes.is_empty() || self.homes.contains(home))
    }
}

/// A dossier in which a viewer finds what he looks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The dossier.
    pub id: DossierId,
    /// The latest instant in the strands that he may read.
    pub last_activity: Timestamp,
}

/// A page of hits, the last active first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// The hits.
    pub hits: Vec<Hit>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
}

/// Where a page of hits ended: its last hit, which the viewer has seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    activity: i64,
    id: DossierId,
}

impl Cursor {
    /// Whether it stands before such a hit in the order of hits.
    fn precedes(self, activity: i64, id: DossierId) -> bool {
        activity < self.activity || (activity == self.activity && id > self.id)
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let activity = self.activity.to_be_bytes();
        f.write_str(&BASE64.encode([activity.as_slice(), self.id.as_uuid().as_bytes()].concat()))
    }
}

impl FromStr for Cursor {
    type Err = NotACursor;

    fn from_str(text: &str) -> Result<Cursor, NotACursor> {
        let parse = || {
            let bytes = BASE64.decode(text).ok()?;
            let (activity, id) = bytes.split_first_chunk::<8>()?;
            let id = DossierId::from_uuid(uuid::Uuid::from_slice(id).ok()?);
            Some(Cursor { activity: i64::from_be_bytes(*activity), id })
        };
        parse().ok_or_else(|| NotACursor { given: text.to_owned() })
    }
}

/// The search of a node. It keeps the folder open until it is dropped.
#[derive(Debug)]
pub struct Search {
    shared: Arc<Shared>,
    news: SyncSender<()>,
    follower: Option<JoinHandle<()>>,
}

#[derive(Debug)]
struct Shared {
    store: Store,
    index: RwLock<Index>,
    /// The position of the next event to be entered. Held while events are entered.
    next: Mutex<u64>,
    ready: AtomicBool,
    stop: AtomicBool,
}

impl Search {
    /// Starts to fill the index in the background, and follows the log from then on.
    ///
    /// # Errors
    /// [`StoreError::File`] where the system gives no thread.
    pub fn start(store: &Store) -> Result<Search, StoreError> {
        let shared = Arc::new(Shared {
            store: store.clone(),
            index: RwLock::default(),
            next: Mutex::new(0),
            ready: AtomicBool::new(false),
            stop: AtomicBool::new(false),
        });
        // One piece of news is enough to look for all that is new.
        let (news, heard) = sync_channel(1);
        let teller = news.clone();
        store.follow(move |_| {
            // Full: it will look anyway. Closed: nobody searches any more.
            teller.try_send(()).ok();
        });
        let his = Arc::clone(&shared);
        let follower = std::thread::Builder::new()
            .name("store-search".to_owned())
            .spawn(move || his.follow(&heard))
            .map_err(|source| StoreError::File {
                path: store.database().dir().to_owned(),
                source,
            })?;
        Ok(Search { shared, news, follower: Some(follower) })
    }

    /// Whether all that had happened when the node started has been entered. Until then, what is
    /// found may not be all.
    pub fn is_ready(&self) -> bool {
        self.shared.ready.load(Ordering::Acquire)
    }

    /// The dossiers in which this viewer finds all that a query asks for, the last active first.
    ///
    /// Once the search is ready, everything is found that was durable when it was called. `limit`:
    /// at most [`HITS_MAX`] hits are given.
    ///
    /// # Errors
    /// A failure of the database.
    pub fn find(
        &self,
        viewer: &Viewer,
        query: &Query,
        filters: &Filters,
        after: Option<Cursor>,
        limit: usize,
    ) -> Result<Hits, StoreError> {
        if self.is_ready() {
            self.shared.catch_up()?;
        }
        let limit = limit.clamp(1, HITS_MAX);
        let index = self.shared.index.read().unwrap_or_else(PoisonError::into_inner);
        let found = index.find(viewer, query, filters, after);
        drop(index);
        self.shared.store.database().read(|reader| {
            let mut page = Hits::default();
            let mut last = None;
            for (activity, id) in found {
                if page.hits.len() == limit {
                    page.next = last;
                    break;
                }
                // The list may have changed since the index was asked.
                if readable(reader.sql, viewer, id)?.is_some() {
                    page.hits.push(Hit { id, last_activity: instant(activity)? });
                    last = Some(Cursor { activity, id });
                }
            }
            Ok(page)
        })
    }

    /// About how many bytes the index takes.
    #[cfg(any(test, feature = "testing"))]
    pub fn bytes(&self) -> usize {
        self.shared.index.read().unwrap_or_else(PoisonError::into_inner).bytes()
    }

    /// Returns once the index is filled.
    ///
    /// # Errors
    /// A failure of the database.
    #[cfg(any(test, feature = "testing"))]
    pub fn fill(&self) -> Result<(), StoreError> {
        self.shared.catch_up()?;
        self.shared.ready.store(true, Ordering::Release);
        Ok(())
    }
}

impl Drop for Search {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::Release);
        // Full: it wakes anyway.
        self.news.try_send(()).ok();
        if let Some(follower) = self.follower.take() {
            // A panic there has been reported; there is nothing to be saved of an index.
            follower.join().ok();
        }
    }
}

impl Shared {
    fn follow(&self, news: &Receiver<()>) {
        while !self.stop.load(Ordering::Acquire) {
            let wait = match self.catch_up() {
                Ok(()) => {
                    self.ready.store(true, Ordering::Release);
                    news.recv().map_err(|_| RecvTimeoutError::Disconnected)
                }
                Err(error) => {
                    tracing::error!(%error, "the log cannot be read for the search");
                    news.recv_timeout(AGAIN_AFTER)
                }
            };
            if wait == Err(RecvTimeoutError::Disconnected) {
                return;
            }
        }
    }

    /// Enters all that is durable by now.
    fn catch_up(&self) -> Result<(), StoreError> {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        while !self.stop.load(Ordering::Acquire) {
            let events = door::events_from(self.store.database(), *next)?;
            let Some(last) = events.last().map(|event| event.position) else { break };
            let entered = events.into_iter().filter_map(|event| {
                let position = event.position;
                Entered::of(event)
                    .inspect_err(|error| tracing::error!(position, %error, "not searched"))
                    .ok()
            });
            let entered = entered.collect();
            self.index.write().unwrap_or_else(PoisonError::into_inner).enter(entered);
            *next = last + 1;
        }
        Ok(())
    }
}
