//! Checkpoints: the size and root of the Merkle log at a time, signed by the node.
//!
//! A checkpoint is a C2SP `tlog-checkpoint` in a `signed-note` with an Ed25519 signature. It is kept
//! in a table and in a file of its own under `checkpoints/`, for others to take away.

use std::fmt;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, params};
use sha2::{Digest as _, Sha256};

use super::Log;
use super::merkle::Hash;
use crate::error::StoreError;
use crate::folder::Store;
use crate::keys::DataKey;

/// The size and root of the log, as they were signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The name of the log.
    pub origin: String,
    /// The number of events covered.
    pub size: u64,
    /// The root of the Merkle tree over them.
    pub root: Hash,
    /// The whole note with its signatures, as it is published.
    pub note: String,
}

/// A text that is no checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a checkpoint: expected {expected}")]
pub struct NotACheckpoint {
    /// What was expected where it went wrong.
    pub expected: &'static str,
}

impl FromStr for Checkpoint {
    type Err = NotACheckpoint;

    /// Reads a note; its signature is checked by [`PublicKey::verify`].
    fn from_str(note: &str) -> Result<Checkpoint, NotACheckpoint> {
        let expect = |expected| NotACheckpoint { expected };
        let (text, _) = split(note).ok_or(expect("a text, an empty line and signatures"))?;
        let mut lines = text.lines();
        let origin = lines.next().filter(|line| !line.is_empty());
        let origin = origin.ok_or(expect("the log's name in the first line"))?.to_owned();
        let size = lines
            .next()
            .and_then(|line| line.parse::<u64>().ok().filter(|size| size.to_string() == line))
            .ok_or(expect("the number of events in the second line"))?;
        let root = lines
            .next()
            .and_then(|line| BASE64.decode(line).ok()?.try_into().ok())
            .ok_or(expect("the root in base 64 in the third line"))?;
        Ok(Checkpoint { origin, size, root, note: note.to_owned() })
    }
}

/// Text (with its last line end) and signatures of a note.
fn split(note: &str) -> Option<(&str, &str)> {
    let end = note.rfind("\n\n")?;
    Some((note.get(..=end)?, note.get(end + 2..)?))
}

/// A node's public key, in the form of C2SP `signed-note`: `name+hash+key`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    origin: String,
    key: VerifyingKey,
}

/// The algorithm byte of Ed25519 in signed notes.
const ED25519: u8 = 1;

impl PublicKey {
    /// The name of the log whose key it is.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The four bytes by which a signature names this key.
    fn id(&self) -> [u8; 4] {
        let hash = Sha256::new_with_prefix(self.origin.as_bytes())
            .chain_update([b'\n', ED25519])
            .chain_update(self.key.as_bytes())
            .finalize();
        let [a, b, c, d, ..]: Hash = hash.into();
        [a, b, c, d]
    }

    /// Whether this key has signed the checkpoint, under the name of its log.
    pub fn verify(&self, checkpoint: &Checkpoint) -> bool {
        let Some((text, signatures)) = split(&checkpoint.note) else { return false };
        // One signature and nothing else: no byte of a note may be free to change.
        let expected = format!("\u{2014} {} ", self.origin);
        let Some(line) = signatures.strip_prefix(&expected) else { return false };
        let Some(Ok(bytes)) = line.strip_suffix('\n').map(|text| BASE64.decode(text)) else {
            return false;
        };
        let Some((id, signature)) = bytes.split_first_chunk::<4>() else { return false };
        let Ok(signature) = Signature::from_slice(signature) else { return false };
        *id == self.id()
            && checkpoint.origin == self.origin
            && self.key.verify_strict(text.as_bytes(), &signature).is_ok()
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = [&[ED25519], self.key.as_bytes().as_slice()].concat();
        write!(f, "{}+{}+{}", self.origin, hex::encode(self.id()), BASE64.encode(key))
    }
}

/// A text that is no public key of a node.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{given}` is not a node's public key: expected `name+hash+key`, as `ecm audit key` prints it"
)]
pub struct NotAPublicKey {
    /// The text as it was given.
    pub given: String,
}

impl FromStr for PublicKey {
    type Err = NotAPublicKey;

    fn from_str(text: &str) -> Result<PublicKey, NotAPublicKey> {
        let parse = || -> Option<PublicKey> {
            let (origin, rest) = text.trim().split_once('+')?;
            let (id, key) = rest.split_once('+')?;
            let bytes = BASE64.decode(key).ok()?;
            let (&ED25519, key) = bytes.split_first()? else { return None };
            let key = VerifyingKey::from_bytes(key.try_into().ok()?).ok()?;
            let key = PublicKey { origin: origin.to_owned(), key };
            (hex::encode(key.id()) == id).then_some(key)
        };
        parse().ok_or_else(|| NotAPublicKey { given: text.to_owned() })
    }
}

/// Signs size and root.
fn sign(key: &DataKey, origin: &str, size: u64, root: &Hash) -> Checkpoint {
    let key = SigningKey::from_bytes(key.bytes());
    let text = format!("{origin}\n{size}\n{}\n", BASE64.encode(root));
    let public = PublicKey { origin: origin.to_owned(), key: key.verifying_key() };
    let signature = key.sign(text.as_bytes()).to_bytes();
    let signature = BASE64.encode([public.id().as_slice(), &signature].concat());
    let note = format!("{text}\n\u{2014} {origin} {signature}\n");
    Checkpoint { origin: origin.to_owned(), size, root: *root, note }
}

/// The public half of the seed with which a node signs.
pub(crate) fn public_key(seed: &DataKey, origin: &str) -> PublicKey {
    let key = SigningKey::from_bytes(seed.bytes()).verifying_key();
    PublicKey { origin: origin.to_owned(), key }
}

// The note of a size, if that was published.  ?1 size
const CHECKPOINT_FIND: &str = "SELECT note FROM checkpoint WHERE size = ?1";
// Keeps a note.  ?1 size  ?2 when, in µs  ?3 the note
const CHECKPOINT_ADD: &str = "INSERT INTO checkpoint (size, at, note) VALUES (?1, ?2, ?3)";
/// All notes in their order.
pub(crate) const CHECKPOINTS: &str = "SELECT size, note FROM checkpoint ORDER BY size";

// The note of the greatest size.
const CHECKPOINT_LAST: &str = "SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1";

impl Store {
    /// The last checkpoint that was published, if one was. Signs nothing.
    ///
    /// # Errors
    /// A failure of the database.
    pub fn last_checkpoint(&self) -> Result<Option<Checkpoint>, StoreError> {
        let note: Option<String> = self.database().read(|reader| {
            Ok(reader.sql.query_row(CHECKPOINT_LAST, [], |row| row.get(0)).optional()?)
        })?;
        let parse = |note: String| {
            note.parse().map_err(|_| StoreError::Malformed { what: "the last checkpoint" })
        };
        note.map(parse).transpose()
    }

    /// The key with which others check this node's checkpoints.
    pub fn public_key(&self) -> PublicKey {
        public_key(&self.database().node().sign, self.origin())
    }

    /// Signs the log as it stands and publishes it: in a table, and as a file under `checkpoints/`.
    /// To be called at fixed times, so that its time tells nothing. Where nothing was appended since
    /// the last one, that one is given again.
    ///
    /// # Errors
    /// A failure of database or disk.
    pub fn checkpoint(&self, now: Timestamp) -> Result<Checkpoint, StoreError> {
        self.log().checkpoint(now)
    }
}

impl Log<'_> {
    fn checkpoint(&self, now: Timestamp) -> Result<Checkpoint, StoreError> {
        let origin = self.origin.to_owned();
        let checkpoint = self.database.write(move |work| {
            let edge = &work.memory.edge;
            let known: Option<String> =
                work.sql.query_row(CHECKPOINT_FIND, [edge.size()], |row| row.get(0)).optional()?;
            if let Some(note) = known {
                return note
                    .parse()
                    .map_err(|_| StoreError::Malformed { what: "the last checkpoint" });
            }
            let made = sign(&work.node.sign, &origin, edge.size(), &edge.root());
            let at = now.as_microsecond();
            work.sql.execute(CHECKPOINT_ADD, params![made.size, at, made.note])?;
            Ok(made)
        })?;
        self.publish()?;
        Ok(checkpoint)
    }

    /// Writes the files that are missing: this one's, and those that a crash cut short.
    fn publish(&self) -> Result<(), StoreError> {
        let dir = self.database.dir().join("checkpoints");
        let notes: Vec<(u64, String)> = self.database.read(|reader| {
            let mut query = reader.sql.prepare_cached(CHECKPOINTS)?;
            let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })?;
        for (size, note) in notes {
            let path = dir.join(file_name(size));
            if !path.exists() {
                write_whole(&dir, &path, note.as_bytes())
                    .map_err(|source| StoreError::File { path, source })?;
            }
        }
        Ok(())
    }
}

/// The name of a checkpoint's file: its size in 20 digits, so that names sort as sizes do.
pub(crate) fn file_name(size: u64) -> PathBuf {
    PathBuf::from(format!("{size:020}.checkpoint"))
}

/// Writes a file that is there whole or not at all.
fn write_whole(dir: &Path, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let half = path.with_extension("half");
    let mut file = std::fs::File::create(&half)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&half, path)?;
    std::fs::File::open(dir)?.sync_all()
}
