//! Use cases: what pages, the API and the command line ask for. The only caller of the store.
//!
//! Each use case takes a [`Viewer`](store::viewer::Viewer), which cannot be made without
//! authentication, and looks first whether the dossier exists *for him*. It is *not* where rules
//! are decided (that is `domain`) or shown (that is `web`).
//!
//! Reading order: [`dossiers`] (perform, open, list), [`files`], [`search`], [`clock`] (what falls
//! due), [`roles`] (who may do what), [`notify`] (who is told), [`time`].
//!
//! Everything here blocks on the disk: async callers go through [`App::run`].

pub mod clock;
pub mod command_id;
pub mod deadlines;
pub mod declaration;
pub mod directory;
pub mod dossiers;
pub mod events;
pub mod files;
pub mod lists;
pub mod notify;
pub mod people;
pub mod roles;
pub mod search;
pub mod stream;
pub mod time;
pub mod trouble;

use catalogue::authorities::Directory;
use catalogue::calendar::Calendars;
use catalogue::ids::UnitId;
use domain::decide::{Actor, Approval, Context, Post};
use domain::event::Kind;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use store::accounts::{Accounts, Policy};
use store::outbox::Outbox;
use store::search::Search;
use store::settings::Settings;
use store::units::Units;
use store::viewer::{Role, Viewer};
use store::{Store, StoreError};
use time::CaseClock;
pub use trouble::Trouble;

/// What callers hold of the store (viewers, versions, pages of lists); only this crate calls it.
pub use store::{
    accounts, log::chain::Version, read::list, readings, settings, units, viewer, writer::Committed,
};

/// For tests, which open nodes of their own.
#[cfg(feature = "testing")]
pub use store;

/// A node at work. Cheap to clone.
#[derive(Clone, Debug)]
pub struct App {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    store: Store,
    accounts: Accounts,
    units: Units,
    settings: Settings,
    outbox: Outbox,
    calendars: RwLock<Arc<Calendars>>,
    clock: CaseClock,
    changes: notify::Changes,
    index: Search,
    drawn: AtomicU64,
}

impl App {
    /// Puts a node to work on an open folder.
    ///
    /// # Errors
    /// The store fails.
    pub fn new(
        store: Store,
        calendars: Calendars,
        clock: CaseClock,
        policy: Policy,
    ) -> Result<App, StoreError> {
        let inner = Inner {
            accounts: Accounts::new(&store, policy)?,
            units: Units::new(&store),
            settings: Settings::new(&store),
            outbox: Outbox::new(&store),
            calendars: RwLock::new(Arc::new(calendars)),
            changes: notify::Changes::new(&store),
            index: Search::start(&store)?,
            clock,
            drawn: AtomicU64::new(0),
            store,
        };
        Ok(App { inner: Arc::new(inner) })
    }

    /// Runs a use case on a thread that may wait for the disk.
    ///
    /// # Errors
    /// [`Trouble::Stopped`] where the node shuts down meanwhile.
    pub async fn run<T: Send + 'static, E: From<Trouble> + Send + 'static>(
        &self,
        work: impl FnOnce(&App) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E> {
        let app = self.clone();
        tokio::task::spawn_blocking(move || work(&app))
            .await
            .unwrap_or_else(|_| Err(Trouble::Stopped.into()))
    }

    /// Accounts, sessions and tokens.
    pub fn accounts(&self) -> &Accounts {
        &self.inner.accounts
    }

    /// The units of the directory, to be changed.
    pub fn units(&self) -> &Units {
        &self.inner.units
    }

    /// The settings of authorities.
    pub fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    /// Mail that is to be sent.
    pub fn outbox(&self) -> &Outbox {
        &self.inner.outbox
    }

    /// Case time and machine time.
    pub fn clock(&self) -> &CaseClock {
        &self.inner.clock
    }

    /// What has changed, for pages that show it at once.
    pub fn changes(&self) -> &notify::Changes {
        &self.inner.changes
    }

    /// The directory as it stands.
    ///
    /// # Errors
    /// The store fails.
    pub fn directory(&self) -> Result<Arc<Directory>, StoreError> {
        self.inner.units.directory()
    }

    /// The working days.
    pub fn calendars(&self) -> Arc<Calendars> {
        Arc::clone(&self.inner.calendars.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Adds calendars that have been loaded; a year loaded anew replaces the old one.
    pub fn load_calendars(&self, newer: Calendars) {
        let mut kept = self.inner.calendars.write().unwrap_or_else(PoisonError::into_inner);
        *kept = Arc::new(Calendars::clone(&kept).merge(newer));
    }

    /// Sixteen random bytes for what must not be guessed or repeated, such as the id of a form.
    ///
    /// # Errors
    /// The system gives no random bytes.
    pub fn nonce(&self) -> Result<[u8; 16], StoreError> {
        // The count makes them differ in tests, too, where the same purpose gives the same bytes.
        let drawn = self.inner.drawn.fetch_add(1, Ordering::Relaxed);
        let at = self.clock().machine().as_microsecond();
        self.store().random(&[b"nonce", &at.to_be_bytes(), &drawn.to_be_bytes()])
    }

    /// The last checkpoint of the log that was published, as a signed note, if one was.
    ///
    /// # Errors
    /// The store fails.
    pub fn last_checkpoint(&self) -> Result<Option<String>, Trouble> {
        Ok(self.store().last_checkpoint()?.map(|checkpoint| checkpoint.note))
    }

    /// Signs the log as it stands and publishes it. To be called at fixed times.
    ///
    /// # Errors
    /// The store fails.
    pub fn publish_checkpoint(&self) -> Result<(), Trouble> {
        self.store().checkpoint(self.clock().machine())?;
        Ok(())
    }

    pub(crate) fn index(&self) -> &Search {
        &self.inner.index
    }

    pub(crate) fn store(&self) -> &Store {
        &self.inner.store
    }
}

/// What a decision may look up, held while it is made.
#[derive(Debug)]
pub struct Surroundings {
    directory: Arc<Directory>,
    calendars: Arc<Calendars>,
    now: jiff::Timestamp,
    approval: Approval,
}

impl Surroundings {
    /// For a decision of `viewer` on a dossier of `kind`.
    pub(crate) fn of(app: &App, viewer: &Viewer, kind: Kind) -> Result<Surroundings, Trouble> {
        let needed = match viewer.unit() {
            Some(unit) => app.settings().needs_approval(unit, kind)?,
            None => false,
        };
        Ok(Surroundings {
            directory: app.directory()?,
            calendars: app.calendars(),
            now: app.clock().now(),
            approval: if needed { Approval::Needed } else { Approval::NotNeeded },
        })
    }

    /// The directory.
    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    /// As `domain` takes it.
    pub fn context(&self) -> Context<'_> {
        Context {
            now: self.now,
            directory: &self.directory,
            calendars: &self.calendars,
            approval: self.approval,
        }
    }
}

/// A viewer as the rules know him.
pub(crate) fn actor(viewer: &Viewer, directory: &Directory) -> Result<Actor, Trouble> {
    let (Some(name), Some(unit), Some(authority)) =
        (viewer.name(), viewer.unit(), viewer.authority())
    else {
        return Err(Trouble::Role);
    };
    let units: Vec<UnitId> = directory.ancestors(unit).map(|found| found.id.clone()).collect();
    let standing = if viewer.has(Role::ContactPoint) { Post::ContactPoint } else { Post::Officer };
    Ok(Actor {
        name: name.to_owned(),
        unit: unit.clone(),
        units,
        authority: authority.clone(),
        standing,
    })
}
