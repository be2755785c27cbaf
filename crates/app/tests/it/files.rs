//! Files and search through the use cases: who gets what, what is refused, and that nothing of it
//! lies on the disk in clear.

use crate::fixtures::{ANNA, JONAS, MARIJKE, Node, PIETER, viewer};
use crate::script::command_id;
use app::dossiers::{self, NewDossier, Order, Run, Then};
use app::files::{BYTES_MAX, FileError, NewFile};
use app::search::{Filters, Found};
use app::viewer::Viewer;
use app::{App, Trouble};
use catalogue::ids::{AttachmentId, DossierId};
use domain::body::{Attachment, Request};
use domain::command::Readers;
use domain::event::{Kind, What};
use domain::refusal::Refusal;
use serde_json::json;
use std::io::Read as _;
use std::path::Path;
use store::log::append::Stamp;
use store::log::destroy::Destroy;

fn request(app: &App, id: u8) -> DossierId {
    let given = json!({
        "to": ["DE-LICENSING"],
        "purpose": "planted-purpose",
        "legal_basis": "planted-basis",
        "form": {
            "subject": "planted-subject",
            "questions": [{"text": "planted-question", "type": "yes_no"}],
            "urgency": "normal",
        },
    });
    let request = Request { given, ..Request::default() };
    let (id, raw) = (command_id(id), vec![id]);
    let new = NewDossier { kind: Kind::Information, request, then: Then::Send, id, raw };
    app.create(viewer(PIETER), &new, Run::Real).unwrap().id
}

fn say(app: &App, who: usize, on: DossierId, name: &str, text: &str, id: u8) {
    let command = dossiers::command(Kind::Information, name, &json!({ "text": text })).unwrap();
    let order = Order { command, seen: None, id: command_id(id), request: vec![id] };
    app.perform(viewer(who), on, &order).unwrap();
}

fn new(name: &str, readers: Readers, id: u8) -> NewFile {
    NewFile { name: name.to_owned(), readers, bytes_max: BYTES_MAX, id: command_id(id) }
}

fn files_of(app: &App, who: &Viewer, on: DossierId) -> Vec<Attachment> {
    app.look(who, on).unwrap().dossier.attachments
}

fn content(app: &App, who: &Viewer, on: DossierId, file: AttachmentId) -> Result<Vec<u8>, Trouble> {
    let (_, mut reader) = app.file(who, on, file)?;
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).unwrap();
    Ok(bytes)
}

fn kept(node: &Node) -> usize {
    std::fs::read_dir(node.store.attachments_dir()).unwrap().count()
}

/// Until the index is filled, not everything may be found; it is filled in a moment.
fn search(app: &App, who: &Viewer, text: &str) -> Found {
    for _ in 0..100_000 {
        let found = app.search(who, text, &Filters::default(), None, 50).unwrap();
        if found.complete {
            return found;
        }
        std::thread::yield_now();
    }
    panic!("the index was not filled");
}

#[test]
fn a_file_is_read_by_who_may_read_its_event_and_by_nobody_else() {
    let node = Node::new(None);
    let app = &node.app;
    let on = request(app, 1);
    let bytes = b"a data sheet ".repeat(20_000);
    app.attach(viewer(PIETER), on, &new("sheet.txt", Readers::Everyone, 2), bytes.as_slice())
        .unwrap();
    app.attach(viewer(JONAS), on, &new("memo.txt", Readers::OwnAuthority, 3), b"memo".as_slice())
        .unwrap();
    let (sheet, memo) = match files_of(app, viewer(JONAS), on).as_slice() {
        [sheet, memo] => (sheet.id, memo.id),
        other => panic!("{other:?}"),
    };
    assert_eq!(files_of(app, viewer(PIETER), on).len(), 1);
    assert_eq!(content(app, viewer(PIETER), on, sheet).unwrap(), bytes);
    assert_eq!(content(app, viewer(JONAS), on, memo).unwrap(), b"memo");
    let nothing = AttachmentId::from_uuid(uuid::Uuid::from_u128(4));
    let other = request(app, 5);
    // Hidden, never there, of another dossier: all the same.
    for (who, on, file) in [
        (PIETER, on, memo),
        (PIETER, on, nothing),
        (JONAS, other, sheet),
        (ANNA, on, sheet),
        (ANNA, on, nothing),
    ] {
        let answer = content(app, viewer(who), on, file);
        assert!(matches!(answer, Err(Trouble::NotFound)), "{answer:?}");
    }
    let (_, reader) = app.file(viewer(PIETER), on, sheet).unwrap();
    let mut part = String::new();
    reader.within(2..6).read_to_string(&mut part).unwrap();
    assert_eq!(part, "data");
}

#[test]
fn who_may_not_attach_leaves_nothing_behind() {
    let node = Node::new(None);
    let app = &node.app;
    let on = request(app, 1);
    let attach = |who: usize, name: &str, bytes_max, content: &[u8], id| {
        let new = NewFile { bytes_max, ..new(name, Readers::Everyone, id) };
        app.attach(viewer(who), on, &new, content).map(drop)
    };
    let large = vec![b'a'; 2000];
    let answer = attach(ANNA, "a.txt", BYTES_MAX, b"text", 2);
    assert!(matches!(answer, Err(Trouble::NotFound)), "{answer:?}");
    let answer = attach(PIETER, "a.txt", 1000, &large, 3);
    let too_large = Trouble::File(FileError::TooLarge { bytes_max: 1000 });
    assert_eq!(answer.unwrap_err().to_string(), too_large.to_string());
    let answer = attach(PIETER, "plan.docm", BYTES_MAX, b"text", 4);
    assert!(matches!(answer, Err(Trouble::File(FileError::Macros { .. }))), "{answer:?}");
    let answer = attach(PIETER, "plan.pdf", BYTES_MAX, b"#!/bin/sh", 5);
    assert!(matches!(answer, Err(Trouble::File(FileError::Executable { .. }))), "{answer:?}");
    let broken_off = b"begun".chain(Broken);
    let answer = app.attach(viewer(PIETER), on, &new("a.txt", Readers::Everyone, 6), broken_off);
    assert!(matches!(answer, Err(Trouble::BrokenOff(_))), "{answer:?}");
    assert_eq!((kept(&node), files_of(app, viewer(PIETER), on).len()), (0, 0));

    // The same command again is answered again; with another file, it is another one.
    attach(PIETER, "a.txt", BYTES_MAX, b"text", 7).unwrap();
    attach(PIETER, "a.txt", BYTES_MAX, b"text", 7).unwrap();
    assert_eq!(files_of(app, viewer(PIETER), on).len(), 1);
    let answer = attach(PIETER, "a.txt", BYTES_MAX, b"other", 7);
    assert!(matches!(answer, Err(Trouble::OtherBody)), "{answer:?}");
}

/// A connection that breaks.
struct Broken;

impl std::io::Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
        Err(std::io::ErrorKind::ConnectionReset.into())
    }
}

#[test]
fn a_search_shows_where_and_only_what_one_may_read() {
    let node = Node::new(None);
    let app = &node.app;
    let on = request(app, 1);
    say(app, PIETER, on, "message", "Is Müller & Söhne of Linz known to you?", 2);
    say(app, JONAS, on, "note", "Müller was refused in 2024.", 3);
    app.attach(viewer(PIETER), on, &new("Zirkon.txt", Readers::Everyone, 4), b"x".as_slice())
        .unwrap();
    let shown = |who: usize, text: &str| -> Vec<String> {
        let found = search(app, viewer(who), text);
        let matches = found.rows.iter().flat_map(|row| {
            assert_eq!((row.id, row.kind), (on, Kind::Information));
            row.matches.iter()
        });
        matches
            .map(|one| {
                format!("{} {}: {}", one.what.map_or("–", What::word), one.field, one.excerpt)
            })
            .collect()
    };
    let note = "note /text: Müller was refused in 2024.";
    let message = "message /text: Is Müller & Söhne of Linz known to you?";
    assert_eq!(shown(JONAS, "mueller"), [note, message]);
    assert_eq!(shown(PIETER, "mueller"), [message]);
    assert_eq!(shown(PIETER, "refused"), [""; 0]);
    assert_eq!(shown(MARIJKE, "zirk"), ["attached /attachment/name: Zirkon.txt"]);
    assert_eq!(shown(ANNA, "mueller"), [""; 0]);
    let reference = app.look(viewer(PIETER), on).unwrap().dossier.standing.reference;
    assert_eq!(shown(JONAS, reference.as_str()), [format!("– /reference: {reference}")]);
    let nothing = search(app, viewer(PIETER), " ");
    assert_eq!((nothing.rows.len(), nothing.ignored), (0, 0));
    assert_eq!(search(app, viewer(PIETER), &"planted ".repeat(20)).ignored, 4);
}

fn holds(dir: &Path, word: &str) -> Vec<String> {
    let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(holds(&path, word));
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let has = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
        let name = path.to_string_lossy().into_owned();
        if has(word.as_bytes()) || has(&wide) || name.contains(word) {
            found.push(name);
        }
    }
    found
}

#[test]
fn planted_words_are_nowhere_on_the_disk_before_and_after_a_key_is_destroyed() {
    let node = Node::new(None);
    let app = &node.app;
    let on = request(app, 1);
    say(app, PIETER, on, "message", "planted-message", 2);
    say(app, JONAS, on, "note", "planted-note", 3);
    let everyone = new("planted-name.txt", Readers::Everyone, 4);
    app.attach(viewer(PIETER), on, &everyone, b"planted-content".repeat(9000).as_slice()).unwrap();
    let own = new("planted-own-name.txt", Readers::OwnAuthority, 5);
    app.attach(viewer(JONAS), on, &own, b"planted-own-content".as_slice()).unwrap();
    app.tell().unwrap();
    let words = [
        "planted-purpose",
        "planted-basis",
        "planted-subject",
        "planted-question",
        "planted-message",
        "planted-note",
        "planted-name",
        "planted-content",
        "planted-own-name",
        "planted-own-content",
    ];
    let files = files_of(app, viewer(JONAS), on);
    let secrets: Vec<&str> = files.iter().map(|file| file.key.as_str()).collect();
    let dir = node.store.attachments_dir().parent().unwrap().to_owned();
    let nowhere = |when: &str| {
        for word in words.iter().chain(&secrets) {
            assert_eq!(holds(&dir, word), [""; 0], "{word}, {when}");
        }
    };
    nowhere("while the key is there");
    assert!(!holds(&dir, "DE-LICENSING").is_empty(), "headers are in clear");
    // What a search finds is in memory alone.
    for word in &words[2..9] {
        let by = usize::from(*word != "planted-content");
        assert_eq!(search(app, viewer(JONAS), word).rows.len(), by, "{word}");
    }
    nowhere("after it was searched");

    let stamp =
        Stamp { by: None, at: app.clock().now(), command: command_id(9), request: Vec::new() };
    node.store.log().destroy(Destroy::Dossier(on), stamp).unwrap();
    nowhere("after the key was destroyed");
    for word in words {
        assert_eq!(search(app, viewer(JONAS), word).rows.len(), 0, "{word}");
    }
    for file in &files {
        let answer = content(app, viewer(JONAS), on, file.id);
        assert!(matches!(answer, Err(Trouble::Refused(Refusal::Destroyed))), "{answer:?}");
        let answer = content(app, viewer(ANNA), on, file.id);
        assert!(matches!(answer, Err(Trouble::NotFound)), "{answer:?}");
    }
}
