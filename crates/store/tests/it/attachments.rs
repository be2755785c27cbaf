//! Files: taken in, read back, found when changed, gone with their key, swept when nobody names
//! them.

use std::io::{ErrorKind, Read as _};

use catalogue::ids::DossierId;
use domain::audience::Audience;
use domain::body::{Attachment, Body, Content, Request};
use domain::event::What;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use store::attachments::seal::CHUNK;
use store::attachments::{BYTES_MAX, FileError};
use store::error::StoreError;
use store::log::destroy::Destroy;

use crate::fixtures::*;

/// Takes a file in, in pieces.
fn keep(node: &Node, number: u8, name: &str, content: &[u8]) -> Result<Attachment, FileError> {
    let mut upload = node.store.attachments().begin(&[&[number]], name, BYTES_MAX)?;
    for piece in content.chunks(7000) {
        upload.write(piece)?;
    }
    upload.finish()
}

fn read(node: &Node, file: &Attachment) -> Vec<u8> {
    let mut content = Vec::new();
    node.store.attachments().open(file).unwrap().read_to_end(&mut content).unwrap();
    content
}

fn pattern(bytes: usize) -> Vec<u8> {
    (0..bytes).map(|at| u8::try_from(at % 251).unwrap()).collect()
}

fn names(node: &Node, folder: &str) -> Vec<String> {
    let dir = node.dir().join(folder);
    std::fs::read_dir(dir).map_or_else(
        |_| Vec::new(),
        |entries| entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect(),
    )
}

/// A dossier of Dutch customs and the German licensing authority, its bodies well formed.
fn begun(node: &Node) -> DossierId {
    let mut event = sent(&["DE-LICENSING"], "");
    event.body = Body { person: None, content: Content::Nothing }.encode();
    node.write(&rotterdam(), 1, vec![new(dossier(1), vec![event])]);
    dossier(1)
}

/// The event that names a file.
fn attached(unit_name: Option<&str>, file: &Attachment) -> domain::event::NewEvent {
    let body = Body { person: None, content: Content::Attachment(file.clone()) };
    let mut event = message("");
    event.change.what = What::Attached;
    event.audience = unit_name.map_or(Audience::Everyone, |name| Audience::only(unit(name)));
    event.body = body.encode();
    event
}

#[test]
fn a_file_is_read_back_as_it_was_whatever_its_length() {
    let node = Node::new();
    let lengths =
        [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK - 1, 2 * CHUNK, 2 * CHUNK + 1, 500_000];
    for (number, length) in lengths.into_iter().enumerate() {
        let content = pattern(length);
        let file = keep(&node, u8::try_from(number).unwrap(), "data.bin", &content).unwrap();
        assert_eq!((file.bytes, file.name.as_str()), (length as u64, "data.bin"));
        assert_eq!(read(&node, &file), content, "{length} bytes");
        let on_disk = std::fs::read(node.dir().join("attachments").join(file.id.to_string()));
        assert_eq!(on_disk.unwrap().len(), length + 16 * length.div_ceil(CHUNK).max(1));
    }
    assert!(names(&node, "incoming").is_empty());
    let known = keep(&node, 50, "abc.txt", b"abc").unwrap();
    let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!((known.sha256.as_str(), known.media_type.as_str()), (expected, "text/plain"));
}

#[test]
fn a_part_of_a_file_is_read_alone() {
    let node = Node::new();
    let content = pattern(3 * CHUNK + 100);
    let file = keep(&node, 1, "data.bin", &content).unwrap();
    let end = content.len();
    let parts =
        [0..10, 5..5, CHUNK - 3..CHUNK + 3, 2 * CHUNK..3 * CHUNK, end - 1..end, end..end, 7..end];
    for part in parts {
        let range = part.start as u64..part.end as u64;
        let mut found = Vec::new();
        let mut reader = node.store.attachments().open_part(&file, range).unwrap();
        assert_eq!(reader.left(), part.len() as u64);
        reader.read_to_end(&mut found).unwrap();
        assert_eq!(found, content[part.clone()], "{part:?}");
    }
    let mut beyond = Vec::new();
    let far = node.store.attachments().open_part(&file, end as u64 - 2..u64::MAX);
    far.unwrap().read_to_end(&mut beyond).unwrap();
    assert_eq!(beyond, content[end - 2..]);
    // Only the chunks that are asked for are opened.
    let path = node.dir().join("attachments").join(file.id.to_string());
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[10] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    let mut second = Vec::new();
    let range = CHUNK as u64..CHUNK as u64 + 5;
    node.store.attachments().open_part(&file, range).unwrap().read_to_end(&mut second).unwrap();
    assert_eq!(second, content[CHUNK..CHUNK + 5]);
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 32, failure_persistence: None, ..ProptestConfig::default()
    })]
    #[test]
    fn any_change_on_disk_is_found_before_a_byte_of_it_is_given(
        change in 0_usize..7, at in any::<prop::sample::Index>(), bit in 0_u8..8,
    ) {
        let node = Node::new();
        let content = pattern(3 * CHUNK);
        let file = keep(&node, 1, "data.bin", &content).unwrap();
        let path = node.dir().join("attachments").join(file.id.to_string());
        let mut bytes = std::fs::read(&path).unwrap();
        let sealed = CHUNK + 16;
        match change {
            // A bit is turned.
            0 => { let at = at.index(bytes.len()); bytes[at] ^= 1 << bit; }
            // The end is missing, by a byte, or by a whole chunk.
            1 => bytes.truncate(at.index(bytes.len())),
            2 => bytes.truncate(2 * sealed),
            // Chunks are exchanged, repeated, added.
            3 => bytes.rotate_left(sealed),
            4 => bytes.copy_within(0..sealed, sealed),
            5 => { let first = bytes[..sealed].to_vec(); bytes.extend(first); }
            _ => bytes.push(0),
        }
        std::fs::write(&path, &bytes).unwrap();
        match node.store.attachments().open(&file) {
            Err(error) => prop_assert!(matches!(error, StoreError::Broken { .. }), "{error:?}"),
            Ok(mut reader) => {
                let mut given = Vec::new();
                let error = reader.read_to_end(&mut given).unwrap_err();
                prop_assert_eq!(error.kind(), ErrorKind::Other);
                prop_assert!(error.to_string().contains("changed on disk"), "{}", error);
                prop_assert!(content.starts_with(&given));
            }
        }
    }
}

#[test]
fn a_shortened_file_is_not_taken_for_a_shorter_one() {
    // Who may write to the disk, and even say in the log how long the file is, cannot cut it.
    let node = Node::new();
    let file = keep(&node, 1, "data.bin", &pattern(2 * CHUNK)).unwrap();
    let path = node.dir().join("attachments").join(file.id.to_string());
    let bytes = std::fs::read(&path).unwrap();
    std::fs::write(&path, &bytes[..CHUNK + 16]).unwrap();
    let shorter = Attachment { bytes: CHUNK as u64, ..file };
    let mut reader = node.store.attachments().open(&shorter).unwrap();
    assert!(reader.read_to_end(&mut Vec::new()).is_err());
}

#[test]
fn a_file_of_another_key_does_not_open() {
    let node = Node::new();
    let first = keep(&node, 1, "a.txt", b"first").unwrap();
    let second = keep(&node, 2, "a.txt", b"other").unwrap();
    assert_ne!((first.id, &first.key), (second.id, &second.key));
    let swapped = Attachment { key: second.key.clone(), ..first.clone() };
    let mut reader = node.store.attachments().open(&swapped).unwrap();
    assert!(reader.read_to_end(&mut Vec::new()).is_err());
    let nonsense = Attachment { key: "xyz".to_owned(), ..first };
    let answer = node.store.attachments().open(&nonsense);
    assert!(matches!(answer, Err(StoreError::Malformed { .. })), "{answer:?}");
}

#[test]
fn what_is_not_taken_leaves_nothing_behind() {
    let node = Node::new();
    let files = node.store.attachments();
    let mut upload = files.begin(&[b"large"], "large.txt", 100_000).unwrap();
    upload.write(&vec![b'a'; 99_999]).unwrap();
    let answer = upload.write(b"ab");
    assert!(matches!(answer, Err(FileError::TooLarge { bytes_max: 100_000 })), "{answer:?}");
    drop(upload);
    let answer = files.begin(&[b"name"], "../run.exe", BYTES_MAX).map(drop);
    assert!(matches!(&answer, Err(FileError::Executable { name }) if name == "run.exe"));
    let answer = keep(&node, 3, "plan.xlsm", b"PK").map(drop);
    assert!(matches!(&answer, Err(FileError::Macros { name }) if name == "plan.xlsm"));
    let answer = keep(&node, 4, "plan.pdf", b"#!/bin/sh").map(drop);
    assert!(matches!(answer, Err(FileError::Executable { .. })));
    let mut broken_off = files.begin(&[b"off"], "off.txt", BYTES_MAX).unwrap();
    broken_off.write(&vec![b'a'; 200_000]).unwrap();
    drop(broken_off);
    assert_eq!((names(&node, "incoming"), names(&node, "attachments")), (vec![], vec![]));
}

#[test]
fn files_that_nobody_names_are_swept_after_a_day() {
    let node = Node::new();
    let id = begun(&node);
    let in_event = keep(&node, 1, "event.txt", b"in an event").unwrap();
    let in_request = keep(&node, 2, "request.txt", b"in a request").unwrap();
    let in_note = keep(&node, 3, "note.txt", b"in a note").unwrap();
    let unnamed = keep(&node, 4, "unnamed.txt", b"in nothing").unwrap();
    node.add(&rotterdam(), 2, id, attached(None, &in_event));
    let request = Request { attachments: vec![in_request.clone()], ..Request::default() };
    let mut edited = message("");
    edited.body = Body { person: None, content: Content::Request(request) }.encode();
    node.add(&rotterdam(), 3, id, edited);
    node.add(&germany(), 4, id, attached(Some("DE-LICENSING"), &in_note));
    let stranger = node.dir().join("attachments").join("README");
    std::fs::write(&stranger, "not ours").unwrap();
    let cut_short = node.dir().join("incoming").join(unnamed.id.to_string());
    std::fs::write(&cut_short, "cut short by a crash").unwrap();

    let files = node.store.attachments();
    let written = std::fs::metadata(&cut_short).unwrap().modified().unwrap();
    let now = Timestamp::try_from(written).unwrap();
    assert_eq!(files.sweep(now + SignedDuration::from_hours(23)).unwrap(), 0);
    assert_eq!(files.sweep(now + SignedDuration::from_hours(25)).unwrap(), 2);
    assert!(!cut_short.exists() && stranger.exists());
    assert!(matches!(files.open(&unnamed), Err(StoreError::File { .. })));
    for file in [&in_event, &in_request, &in_note] {
        assert!(read(&node, file).starts_with(b"in a"), "{}", file.name);
    }

    // Nothing can open the file of a destroyed strand any more, so it goes, too.
    let strand = node.store.log().read(&germany(), id).unwrap().unwrap()[3].strand;
    node.store.log().destroy(Destroy::Strand(id, strand), stamp(&germany(), 5)).unwrap();
    assert_eq!(files.sweep(now + SignedDuration::from_hours(25)).unwrap(), 1);
    assert!(matches!(files.open(&in_note), Err(StoreError::File { .. })));
    assert_eq!(read(&node, &in_event), b"in an event");
}

#[test]
fn nothing_is_swept_while_an_event_cannot_be_read() {
    let node = Node::new();
    let file = keep(&node, 1, "a.txt", b"content").unwrap();
    // The body of this event is no body at all: it might have named the file.
    node.sent(1, &["DE-LICENSING"]);
    let later = Timestamp::try_from(std::time::SystemTime::UNIX_EPOCH).unwrap()
        + SignedDuration::from_hours(24 * 365 * 200);
    let answer = node.store.attachments().sweep(later);
    assert!(matches!(answer, Err(StoreError::Malformed { .. })), "{answer:?}");
    assert_eq!(read(&node, &file), b"content");
}

#[test]
fn a_backup_holds_files_and_nothing_half_done() {
    let node = Node::new();
    let file = keep(&node, 1, "a.txt", b"content").unwrap();
    let mut upload = node.store.attachments().begin(&[b"half"], "half.txt", BYTES_MAX).unwrap();
    upload.write(&vec![b'a'; 200_000]).unwrap();
    let target = tempfile::tempdir().unwrap();
    let (data, keys) = (target.path().join("data"), target.path().join("keys"));
    node.store.backup(&data, &keys).unwrap();
    let copied = |folder: &str| {
        files(&data).into_iter().filter(|(path, _)| path.starts_with(data.join(folder))).count()
    };
    assert_eq!((copied("attachments"), copied("incoming")), (1, 0));
    assert!(data.join("attachments").join(file.id.to_string()).exists());
}

#[test]
fn nothing_of_a_file_is_on_the_disk_in_clear() {
    let node = Node::new();
    let id = begun(&node);
    let content = "planted-in-a-file ".repeat(10_000);
    let file = keep(&node, 1, "planted-in-a-name.txt", content.as_bytes()).unwrap();
    node.add(&rotterdam(), 2, id, attached(None, &file));
    for word in ["planted-in-a-file", "planted-in-a-name", &file.key, &file.sha256] {
        for (path, bytes) in files(node.dir()) {
            let found = bytes.windows(word.len()).any(|window| window == word.as_bytes());
            assert!(!found, "{word} in {}", path.display());
        }
    }
    let seen = node.store.log().read(&germany(), id).unwrap().unwrap();
    assert!(seen[1].body.is_some());
    node.store.log().destroy(Destroy::Dossier(id), stamp(&rotterdam(), 3)).unwrap();
    let seen = node.store.log().read(&germany(), id).unwrap().unwrap();
    assert!(seen[1].body.is_none(), "the key of the file is gone with its strand's");
}
