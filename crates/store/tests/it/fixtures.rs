//! A node in a folder of its own, some people, and short ways to write to dossiers.

use std::path::{Path, PathBuf};

use catalogue::ids::{AccountId, CommandId, DossierId, UnitId};
use domain::audience::Audience;
use domain::event::{Change, Kind, NewEvent, Reference, State, What};
use jiff::Timestamp;
use store::keys::MasterKey;
use store::log::append::{Appended, Birth, Stamp, Target, Write};
use store::log::chain::Version;
use store::viewer::{Role, Viewer};
use store::{Opening, Store};
use tempfile::TempDir;
use uuid::Uuid;

/// A node in a temporary folder.
pub(crate) struct Node {
    pub(crate) store: Store,
    pub(crate) folder: TempDir,
}

/// The master key of every node here.
const MASTER: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

pub(crate) fn master() -> MasterKey {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("master.key");
    std::fs::write(&path, MASTER).unwrap();
    MasterKey::from_file(&path).unwrap()
}

pub(crate) fn opening() -> Opening {
    Opening::new(master(), "test.example/log", at(0)).seeded(7)
}

pub(crate) fn open(dir: &Path) -> Store {
    Store::open(dir, &opening()).unwrap()
}

impl Node {
    pub(crate) fn new() -> Node {
        let folder = tempfile::tempdir().unwrap();
        Node { store: open(folder.path()), folder }
    }

    pub(crate) fn dir(&self) -> &Path {
        self.folder.path()
    }

    /// Opens a dossier of Dutch customs and sends it to these units; gives its id and the version.
    pub(crate) fn sent(&self, number: u128, to: &[&str]) -> (DossierId, Version) {
        let id = dossier(number);
        let events = vec![sent(to, &format!("form {number}"))];
        match self.write(&rotterdam(), number, vec![new(id, events)]) {
            Appended::Done(versions) => (id, versions[0]),
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn write(&self, viewer: &Viewer, command: u128, writes: Vec<Write>) -> Appended {
        self.store.log().append(viewer, stamp(viewer, command), writes).unwrap()
    }

    /// Adds an event to a dossier as the viewer sees it now.
    pub(crate) fn add(&self, viewer: &Viewer, command: u128, id: DossierId, event: NewEvent) {
        let seen = self.store.log().version(viewer, id).unwrap().unwrap();
        let done = self.write(viewer, command, vec![existing(id, seen, vec![event])]);
        assert!(matches!(done, Appended::Done(_)), "{done:?}");
    }

    /// What this viewer reads of a dossier, as text.
    pub(crate) fn read(&self, viewer: &Viewer, id: DossierId) -> Option<Vec<String>> {
        let events = self.store.log().read(viewer, id).unwrap()?;
        let text = |body: Option<Vec<u8>>| body.map(|body| String::from_utf8(body).unwrap());
        Some(events.into_iter().map(|e| text(e.body).unwrap_or("(destroyed)".into())).collect())
    }
}

/// So many minutes after a Tuesday morning.
pub(crate) fn at(minutes: i64) -> Timestamp {
    Timestamp::from_second(1_795_513_320 + minutes * 60).unwrap()
}

pub(crate) fn unit(name: &str) -> UnitId {
    name.parse().unwrap()
}

pub(crate) fn dossier(number: u128) -> DossierId {
    DossierId::from_uuid(Uuid::from_u128(number))
}

pub(crate) fn command(number: u128) -> CommandId {
    CommandId::from_bytes(number.to_be_bytes())
}

fn person(number: u128, units: &[&str]) -> Viewer {
    let units: Vec<UnitId> = units.iter().map(|name| unit(name)).collect();
    let account = AccountId::from_uuid(Uuid::from_u128(number));
    Viewer::for_tests(account, "N. N.", &units, &[Role::Officer])
}

/// An officer of the customs office in Rotterdam.
pub(crate) fn rotterdam() -> Viewer {
    person(1, &["NL000510", "NL-CUSTOMS"])
}

/// An officer of the German licensing authority.
pub(crate) fn germany() -> Viewer {
    person(2, &["DE-LICENSING"])
}

/// An officer of the French licensing authority.
pub(crate) fn france() -> Viewer {
    person(3, &["FR-LICENSING"])
}

pub(crate) fn stamp(viewer: &Viewer, number: u128) -> Stamp {
    Stamp {
        by: viewer.authority().cloned(),
        at: at(i64::try_from(number % 100_000).unwrap()),
        command: command(number),
        request: number.to_be_bytes().to_vec(),
    }
}

pub(crate) fn reference(id: DossierId) -> Reference {
    let random = u32::try_from(id.as_uuid().as_u128() & 0x01ff_ffff).unwrap();
    Reference::new("NL", 2026, random, Kind::Stop)
}

pub(crate) fn birth(id: DossierId) -> Birth {
    Birth { kind: Kind::Stop, reference: reference(id), home: unit("NL-CUSTOMS") }
}

pub(crate) fn new(id: DossierId, events: Vec<NewEvent>) -> Write {
    Write { target: Target::New { id, birth: birth(id) }, events }
}

pub(crate) fn existing(id: DossierId, seen: Version, events: Vec<NewEvent>) -> Write {
    Write { target: Target::Existing { id, seen }, events }
}

/// The event that sends a dossier to these units, its summary the same as its body.
pub(crate) fn sent(to: &[&str], body: &str) -> NewEvent {
    let mut change = Change::of(What::Sent);
    change.join = std::iter::once("NL-CUSTOMS").chain(to.iter().copied()).map(unit).collect();
    change.state = Some(State::Sent);
    change.asked = Some(to.iter().map(|name| unit(name)).collect());
    NewEvent {
        audience: Audience::Everyone,
        change,
        at: None,
        body: body.as_bytes().to_vec(),
        summary: Some(body.as_bytes().to_vec()),
    }
}

/// A message to everyone.
pub(crate) fn message(body: &str) -> NewEvent {
    said(What::Message, Audience::Everyone, body)
}

/// A note of one unit.
pub(crate) fn note(unit_name: &str, body: &str) -> NewEvent {
    said(What::Note, Audience::only(unit(unit_name)), body)
}

fn said(what: What, audience: Audience, body: &str) -> NewEvent {
    NewEvent {
        audience,
        change: Change::of(what),
        at: None,
        body: body.as_bytes().to_vec(),
        summary: None,
    }
}

/// The event that takes a unit off the list.
pub(crate) fn withdrawal(of: &str) -> NewEvent {
    let mut event = said(What::UnitsWithdrawn, Audience::Everyone, "withdrawn");
    event.change.leave = vec![unit(of)];
    event
}

/// Every file in a folder, with what it holds.
pub(crate) fn files(dir: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.clone(), std::fs::read(&path).unwrap()));
        }
    }
    found
}

/// Whether the long form of a test was asked for.
#[expect(clippy::disallowed_methods, reason = "the choice of the test run, not of the program")]
pub(crate) fn is_long_run() -> bool {
    std::env::var("ECM_LONG").is_ok_and(|value| value == "1")
}
