//! The process is killed with -9 at random moments: what was acknowledged is there, and no half of
//! anything is.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use catalogue::ids::DossierId;
use store::log::append::{Appended, Target, Write};
use store::log::verify::verify;
use store::{Opening, Store};

use crate::fixtures::*;

const FOLDER: &str = "ECM_KILL_TEST_FOLDER";
const ROUND: &str = "ECM_KILL_TEST_ROUND";

#[expect(clippy::disallowed_methods, reason = "how the test tells its own child what to do")]
fn told(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Not a test by itself: the child that the test below starts and kills.
#[test]
fn child_that_appends_until_it_is_killed() {
    let (Some(folder), Some(round)) = (told(FOLDER), told(ROUND)) else { return };
    let round: u128 = round.parse().unwrap();
    let store = Store::open(Path::new(&folder), &Opening::new(master(), "test.example/log", at(0)))
        .unwrap();
    std::thread::scope(|scope| {
        for thread in 0..3 {
            let store = &store;
            scope.spawn(move || append_for_ever(store, (round * 4 + thread) << 40));
        }
    });
}

/// Opens dossiers, adds to them, and writes to two at once; says of each command when it is done.
fn append_for_ever(store: &Store, first: u128) {
    let viewer = rotterdam();
    for number in first.. {
        let text = |part: u32| format!("{number} {part}");
        let id = dossier(number);
        let events = |from: u32, count: u32| (from..from + count).map(|n| message(&text(n)));
        let mut opening = sent(&["DE-LICENSING"], &text(0));
        opening.change.state = None;
        let mut writes = vec![new(id, std::iter::once(opening).chain(events(1, 2)).collect())];
        if number > first {
            let before = dossier(number - 1);
            let seen = store.log().version(&viewer, before).unwrap().unwrap();
            let target = Target::Existing { id: before, seen };
            writes.push(Write { target, events: events(3, 2).collect() });
        }
        let parts = if number > first { 5 } else { 3 };
        let done = store.log().append(&viewer, stamp(&viewer, number), writes).unwrap();
        assert!(matches!(done, Appended::Done(_)), "{done:?}");
        let line = format!("done {number} {parts}\n");
        std::io::stdout().write_all(line.as_bytes()).unwrap();
    }
}

/// Starts the child, lets it acknowledge `lines` commands, kills it, and gives what it acknowledged.
fn run_and_kill(folder: &Path, round: u128, lines: u64) -> BTreeMap<u128, usize> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kill::child_that_appends_until_it_is_killed", "--nocapture"])
        .env(FOLDER, folder)
        .env(ROUND, round.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut text = String::new();
    let mut seen = 0;
    while seen < lines && output.read_line(&mut text).unwrap() > 0 {
        seen = u64::try_from(text.matches("done ").count()).unwrap();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    output.read_to_string(&mut text).unwrap();
    assert!(lines == 0 || seen >= lines, "the child ended by itself: {text}");
    let whole_lines = text.split_inclusive('\n').filter(|line| line.ends_with('\n'));
    whole_lines
        .filter_map(|line| line.split_once("done ")?.1.trim().split_once(' '))
        .map(|(number, parts)| (number.parse().unwrap(), parts.parse().unwrap()))
        .collect()
}

/// The parts of each command that are in the log.
fn kept(store: &Store) -> BTreeMap<u128, usize> {
    let mut kept: BTreeMap<u128, usize> = BTreeMap::new();
    let mut dossiers: BTreeSet<DossierId> = BTreeSet::new();
    let mut after = None;
    loop {
        let tail = store.log().tail(after, 1000).unwrap();
        let Some(last) = tail.last() else { break };
        after = Some(last.position);
        dossiers.extend(tail.iter().map(|event| event.header.dossier));
    }
    for id in dossiers {
        for event in store.log().read(&rotterdam(), id).unwrap().unwrap() {
            let text = String::from_utf8(event.body.unwrap()).unwrap();
            let number = text.split_once(' ').unwrap().0.parse().unwrap();
            *kept.entry(number).or_default() += 1;
        }
    }
    kept
}

#[test]
fn acknowledged_events_survive_kill_9() {
    let rounds = if is_long_run() { 200 } else { 20 };
    let folder = tempfile::tempdir().unwrap();
    let mut acknowledged = BTreeMap::new();
    let mut random = 0x9e37_79b9_u64;
    for round in 0..rounds {
        // A moment of its own for each round: before the first answer, or after a number of them.
        random = random.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        let lines = (random >> 33) % 40;
        acknowledged.extend(run_and_kill(folder.path(), round, lines));

        let store = open(folder.path());
        let kept = kept(&store);
        for (number, parts) in &acknowledged {
            assert_eq!(kept.get(number), Some(parts), "round {round}: command {number}");
        }
        for (number, parts) in kept {
            let opens_a_thread = number & ((1 << 40) - 1) == 0;
            assert_eq!(parts, if opens_a_thread { 3 } else { 5 }, "half of command {number}");
        }
        drop(store);
        let report = verify(folder.path(), None, None).unwrap();
        assert_eq!(report.fault, None, "round {round}");
    }
    assert!(acknowledged.len() > 20 * 4, "{} commands were acknowledged", acknowledged.len());
}
