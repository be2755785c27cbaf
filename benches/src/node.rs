//! A node in a folder that vanishes, with the demonstration's authorities and one officer in each.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use app::App;
use app::time::CaseClock;
use catalogue::authorities::{Directory, UnitKind};
use catalogue::calendar::Calendars;
use catalogue::ids::UnitId;
use domain::decide::{Actor, Post};
use jiff::{SignedDuration, Timestamp};
use store::accounts::{By, NewAccount, PasswordCost, Policy, SignIn};
use store::keys::MasterKey;
use store::viewer::{Role, Viewer};
use store::{Opening, Store};
use tempfile::TempDir;

/// Tuesday 24 November 2026, 10:42 in Rotterdam: the node's clock stands there.
pub(crate) const NOW: Timestamp = Timestamp::constant(1_795_513_320, 0);

/// The name under which the node signs.
const ORIGIN: &str = "bench.example/log";
/// The password of all officers.
const PASSWORD: &str = "lantern orchard violin";

/// Somebody who acts, as the store and as the rules know him.
#[derive(Clone, Debug)]
pub(crate) struct Officer {
    /// As the store knows him.
    pub(crate) viewer: Viewer,
    /// As the rules know him.
    pub(crate) actor: Actor,
}

/// A node.
#[derive(Debug)]
pub(crate) struct Node {
    /// What is measured.
    pub(crate) store: Store,
    /// Its use cases; none where the store is measured alone.
    app: Option<App>,
    /// The units.
    pub(crate) directory: Arc<Directory>,
    /// The working days.
    pub(crate) calendars: Arc<Calendars>,
    /// One officer for each authority, by its unit.
    pub(crate) officers: BTreeMap<UnitId, Officer>,
    master: MasterKey,
    folder: TempDir,
}

impl Node {
    /// A new node in `parent`, or where temporary files go.
    pub(crate) fn new(parent: Option<&Path>) -> Result<Node> {
        let folder = match parent {
            Some(parent) => TempDir::new_in(parent)?,
            None => TempDir::new()?,
        };
        let master = MasterKey::generate()?;
        let (store, app) = open(folder.path(), &master)?;
        let units = Directory::demonstration()?.units().cloned().collect();
        app.units().add(units, By::Operator, NOW)??;
        let directory = app.directory()?;
        let mut officers = BTreeMap::new();
        for unit in directory.units() {
            let is_authority = match unit.kind {
                UnitKind::Licensing | UnitKind::Customs | UnitKind::Commission => true,
                UnitKind::Office | UnitKind::Desk | UnitKind::Secretariat => false,
            };
            if is_authority {
                officers.insert(unit.id.clone(), officer(&app, &unit.id)?);
            }
        }
        let calendars = app.calendars();
        Ok(Node { store, app: Some(app), directory, calendars, officers, master, folder })
    }

    /// The same without what follows the log (search, pings), so that the store is measured alone.
    pub(crate) fn bare(parent: Option<&Path>) -> Result<Node> {
        Ok(Node { app: None, ..Node::new(parent)? })
    }

    /// Its use cases.
    pub(crate) fn app(&self) -> Result<&App> {
        self.app.as_ref().context("the store is measured alone")
    }

    /// The data folder.
    pub(crate) fn dir(&self) -> &Path {
        self.folder.path()
    }

    /// The officer of an authority.
    pub(crate) fn officer(&self, unit: &str) -> Result<&Officer> {
        self.officers.get(&unit.parse()?).with_context(|| format!("nobody works at {unit}"))
    }

    /// The token of a new session of an authority's officer.
    pub(crate) fn session(&self, unit: &str) -> Result<String> {
        match self.app()?.accounts().sign_in(&login(unit), PASSWORD, "192.0.2.1", NOW)? {
            SignIn::In { session, .. } => Ok(session.as_str().to_owned()),
            refused => anyhow::bail!("the officer of {unit} may not sign in: {refused:?}"),
        }
    }

    /// The same node, closed and opened again by `open`, which is told folder and key.
    pub(crate) fn reopened(
        self,
        open: impl FnOnce(&Path, &MasterKey) -> Result<(Store, App)>,
    ) -> Result<Node> {
        let Node { store, app, directory, calendars, officers, master, folder } = self;
        drop((app, store));
        let (store, app) = open(folder.path(), &master)?;
        Ok(Node { store, app: Some(app), directory, calendars, officers, master, folder })
    }
}

/// Opens the folder and puts a node to work on it.
pub(crate) fn open(dir: &Path, master: &MasterKey) -> Result<(Store, App)> {
    let store = Store::open(dir, &Opening::new(master.clone(), ORIGIN, NOW))?;
    let clock = CaseClock::of(&store, Arc::new(|| NOW))?;
    let policy = Policy {
        password_cost: PasswordCost::Demonstration,
        session_idle: SignedDuration::from_hours(12),
        ..Policy::default()
    };
    let app = App::new(store.clone(), Calendars::shipped()?, clock, policy)?;
    Ok((store, app))
}

fn login(unit: &str) -> String {
    format!("officer.{}", unit.to_ascii_lowercase())
}

fn officer(app: &App, unit: &UnitId) -> Result<Officer> {
    let login = login(unit.as_str());
    let new = NewAccount {
        login: login.parse()?,
        name: format!("Officer {unit}").parse()?,
        mail: format!("{login}@bench.example").parse()?,
        unit: unit.clone(),
        roles: [Role::Officer, Role::ContactPoint].into(),
        language: None,
    };
    let account = app.accounts().create(new, By::Operator, NOW)??;
    app.accounts().set_password(account, PASSWORD, By::Operator, NOW)??;
    let viewer = app.accounts().viewer_of(account)?.context("a new account is not in")?;
    let actor = Actor {
        name: format!("Officer {unit}"),
        unit: unit.clone(),
        units: vec![unit.clone()],
        authority: unit.clone(),
        standing: Post::ContactPoint,
    };
    Ok(Officer { viewer, actor })
}
