//! A node with a small directory and some people, copied in a moment; dice; the run's settings.

use app::App;
use app::accounts::{By, NewAccount, PasswordCost, Policy};
use app::time::{CaseClock, Machine};
use app::viewer::{Role, Viewer};
use catalogue::authorities::{Directory, Unit};
use catalogue::calendar::Calendars;
use catalogue::ids::{AccountId, UnitId};
use jiff::Timestamp;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use store::flaws::Flaw;
use store::keys::MasterKey;
use store::{Opening, Store};
use tempfile::TempDir;

/// Who takes part: sign-in name, unit, roles.
pub(crate) const PEOPLE: [(&str, &str, &[Role]); 10] = [
    ("marijke.dewit", "NL000510", &[Role::Officer]),
    ("pieter.bakker", "NL-CUSTOMS", &[Role::Officer, Role::ContactPoint]),
    ("sanne.visser", "NL-CUSTOMS", &[Role::Officer]),
    ("jonas.brandt", "DE-LICENSING", &[Role::Officer, Role::ContactPoint]),
    ("miriam.koehler", "DE-LICENSING-ENDUSE", &[Role::Officer]),
    ("claire.martin", "FR-LICENSING", &[Role::Officer]),
    ("luc.moreau", "FR-CUSTOMS", &[Role::Officer]),
    ("anna.gruber", "AT-LICENSING", &[Role::Officer]),
    ("lukas.hofer", "AT-LICENSING", &[Role::Analyst]),
    ("helena.maes", "EU-SECRETARIAT", &[Role::Secretariat]),
];

/// An officer of the customs office in Rotterdam.
pub(crate) const MARIJKE: usize = 0;
/// The contact point of Dutch customs.
pub(crate) const PIETER: usize = 1;
/// The contact point of the German licensing authority.
pub(crate) const JONAS: usize = 3;
/// Somebody of one of its desks.
pub(crate) const MIRIAM: usize = 4;
/// An officer of the Austrian licensing authority.
pub(crate) const ANNA: usize = 7;

/// The units that people work for, address and share with.
pub(crate) const UNITS: [&str; 9] = [
    "NL-CUSTOMS",
    "DE-LICENSING",
    "DE-LICENSING-ENDUSE",
    "FR-LICENSING",
    "FR-CUSTOMS",
    "AT-LICENSING",
    "EU-SECRETARIAT",
    "EU-COMMISSION",
    "NL000510",
];

static CALENDARS: LazyLock<Calendars> = LazyLock::new(|| Calendars::shipped().unwrap());
static TEMPLATE: LazyLock<Template> = LazyLock::new(Template::make);

/// A Tuesday morning.
pub(crate) fn start() -> Timestamp {
    "2026-11-24T09:42:00Z".parse().unwrap()
}

/// A node at work in a folder of its own.
pub(crate) struct Node {
    pub(crate) app: App,
    pub(crate) store: Store,
    folder: TempDir,
    flaw: Option<Flaw>,
}

/// What every node begins with: the files of a folder with units and people, and its master key.
struct Template {
    files: Files,
    master: MasterKey,
    viewers: Vec<Viewer>,
}

/// The files of a data folder.
pub(crate) type Files = Vec<(PathBuf, Vec<u8>)>;

fn opening(master: &MasterKey, flaw: Option<Flaw>) -> Opening {
    let opening = Opening::new(master.clone(), "test.example/log", start()).seeded(7);
    match flaw {
        Some(flaw) => opening.flawed(flaw),
        None => opening,
    }
}

fn work(store: &Store, machine: Machine) -> App {
    let policy = Policy { password_cost: PasswordCost::Demonstration, ..Policy::default() };
    let clock = CaseClock::of(store, machine).unwrap();
    App::new(store.clone(), CALENDARS.clone(), clock, policy).unwrap()
}

/// A folder in memory where the system has one: thousands are made.
fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let mut builder = tempfile::Builder::new();
    let builder = builder.prefix("ecm-test-");
    if memory.is_dir() { builder.tempdir_in(memory).unwrap() } else { builder.tempdir().unwrap() }
}

/// The demonstration's units of the States that take part.
fn units() -> Vec<Unit> {
    let directory = Directory::demonstration().unwrap();
    let takes_part = |unit: &&Unit| {
        ["NL", "DE", "FR", "AT", "EU"].iter().any(|state| unit.id.as_str().starts_with(state))
    };
    directory.units().filter(takes_part).cloned().collect()
}

impl Template {
    fn make() -> Template {
        let dir = folder();
        let master = MasterKey::generate().unwrap();
        let store = Store::open(dir.path(), &opening(&master, None)).unwrap();
        let app = work(&store, Arc::new(start));
        app.units().add(units(), By::Operator, start()).unwrap().unwrap();
        let viewers = PEOPLE.map(|(login, unit, roles)| {
            let new = NewAccount {
                name: login.parse().unwrap(),
                mail: format!("{login}@example.eu").parse().unwrap(),
                login: login.parse().unwrap(),
                unit: unit.parse().unwrap(),
                roles: roles.iter().copied().collect(),
                language: None,
            };
            let account = app.accounts().create(new, By::Operator, start()).unwrap().unwrap();
            app.accounts().viewer_of(account).unwrap().unwrap()
        });
        drop((app, store));
        Template { files: files(dir.path()), master, viewers: viewers.to_vec() }
    }
}

/// The files of a folder that nobody has open.
fn files(dir: &Path) -> Files {
    let entries = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.filter(|path| path.is_file() && !path.ends_with("lock"));
    files.map(|path| (path.file_name().unwrap().into(), std::fs::read(&path).unwrap())).collect()
}

impl Node {
    /// A node on which nothing has happened.
    pub(crate) fn new(flaw: Option<Flaw>) -> Node {
        Node::of(&TEMPLATE.files, flaw)
    }

    /// The same with a clock of one's own.
    pub(crate) fn with_clock(machine: Machine, flaw: Option<Flaw>) -> Node {
        Node::filled(&TEMPLATE.files, machine, flaw)
    }

    /// A node with these files.
    pub(crate) fn of(files: &Files, flaw: Option<Flaw>) -> Node {
        Node::filled(files, Arc::new(start), flaw)
    }

    fn filled(files: &Files, machine: Machine, flaw: Option<Flaw>) -> Node {
        let folder = folder();
        for (name, bytes) in files {
            std::fs::write(folder.path().join(name), bytes).unwrap();
        }
        Node::open(folder, machine, flaw)
    }

    fn open(folder: TempDir, machine: Machine, flaw: Option<Flaw>) -> Node {
        let store = Store::open(folder.path(), &opening(&TEMPLATE.master, flaw)).unwrap();
        Node { app: work(&store, machine), store, folder, flaw }
    }

    /// The same node after its process has ended and begun again.
    pub(crate) fn restarted(self) -> Node {
        let Node { app, store, folder, flaw } = self;
        drop((app, store));
        Node::open(folder, Arc::new(start), flaw)
    }

    /// Closes it, and gives what lies on its disk.
    pub(crate) fn close(self) -> Files {
        let Node { app, store, folder, .. } = self;
        drop((app, store));
        files(folder.path())
    }
}

/// One of [`PEOPLE`].
pub(crate) fn viewer(who: usize) -> &'static Viewer {
    &TEMPLATE.viewers[who]
}

/// His account.
pub(crate) fn account(who: usize) -> AccountId {
    viewer(who).account().unwrap()
}

pub(crate) fn unit(id: &str) -> UnitId {
    id.parse().unwrap()
}

/// Dice that fall the same for the same seed (`SplitMix64`).
#[derive(Clone, Debug)]
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number below `sides`.
    pub(crate) fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        usize::try_from(mixed % u64::try_from(sides).unwrap()).unwrap()
    }

    /// True so often in a hundred.
    pub(crate) fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of several.
    pub(crate) fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

#[expect(clippy::disallowed_methods, reason = "the choice of the test run, not of the program")]
fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Says what a run has found.
#[expect(clippy::print_stdout, reason = "what a test says of its run")]
pub(crate) fn say(what: &str) {
    println!("{what}");
}

/// Whether the long form of a test was asked for.
pub(crate) fn is_long_run() -> bool {
    setting("ECM_LONG").is_some_and(|value| value == "1")
}

/// The seed of this run: `ECM_SEED`, or a fixed one, so that a failure is the same for everybody.
pub(crate) fn seed() -> u64 {
    setting("ECM_SEED").map_or(20_261_124, |seed| seed.parse().expect("ECM_SEED is a number"))
}
