//! Keys: the master key that wraps, the data keys that seal, and the file in which they lie.
//!
//! Data keys are 32 random bytes each, wrapped by the master key in `keys.db`, apart from the data.
//! Destroying one destroys everything that it sealed, wherever copies of the data lie.
//! Sealed bytes are `nonce (24) ‖ ciphertext ‖ tag (16)` of XChaCha20-Poly1305.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Write as _;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::entropy::Entropy;
use crate::error::StoreError;

/// What a data key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// The content of one strand: bodies, summaries, attachments. Its id is the strand's.
    Strand,
    /// What belongs to the node itself: accounts, outbox, its signature.
    Node,
}

impl Scope {
    /// The word for it in the key file.
    pub const fn word(self) -> &'static str {
        match self {
            Scope::Strand => "strand",
            Scope::Node => "node",
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// The key that wraps all others. It is wiped from memory when dropped.
#[derive(Clone)]
pub struct MasterKey(DataKey);

impl MasterKey {
    /// A new one from the operating system's randomness.
    ///
    /// # Errors
    /// [`StoreError::Random`] where there is none.
    pub fn generate() -> Result<MasterKey, StoreError> {
        Ok(MasterKey(DataKey::draw(&Entropy::System, &[])?))
    }

    /// Reads it from a file of 64 hexadecimal digits.
    ///
    /// # Errors
    /// [`StoreError::File`] where the file cannot be read, [`StoreError::MasterKeyFile`] where it
    /// holds anything else.
    pub fn from_file(path: &Path) -> Result<MasterKey, StoreError> {
        let text = Zeroizing::new(
            std::fs::read_to_string(path)
                .map_err(|source| StoreError::File { path: path.to_owned(), source })?,
        );
        let mut bytes = Zeroizing::new([0_u8; 32]);
        hex::decode_to_slice(text.trim(), bytes.as_mut_slice())
            .map_err(|_| StoreError::MasterKeyFile { path: path.to_owned() })?;
        Ok(MasterKey(DataKey(Arc::new(bytes))))
    }

    /// Writes it to a new file that only its owner may read.
    ///
    /// # Errors
    /// [`StoreError::File`] where the file exists already or cannot be written.
    pub fn write_new(&self, path: &Path) -> Result<(), StoreError> {
        let fault = |source| StoreError::File { path: path.to_owned(), source };
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path).map_err(fault)?;
        let text = Zeroizing::new(format!("{}\n", hex::encode(self.0.0.as_slice())));
        file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(fault)
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey(..)")
    }
}

/// A key that seals content. It is wiped from memory with its last copy.
#[derive(Clone)]
pub(crate) struct DataKey(Arc<Zeroizing<[u8; 32]>>);

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey(..)")
    }
}

impl DataKey {
    fn draw(entropy: &Entropy, purpose: &[&[u8]]) -> Result<DataKey, StoreError> {
        Ok(DataKey(Arc::new(Zeroizing::new(entropy.bytes(purpose)?))))
    }

    /// The bytes, for what is derived from them.
    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&Key::from(**self.0))
    }

    /// Seals `plain`, bound to `bound_to`: it opens only beside the same bytes.
    pub(crate) fn seal(
        &self,
        nonce: [u8; 24],
        bound_to: &[u8],
        plain: &[u8],
    ) -> Result<Vec<u8>, StoreError> {
        let payload = Payload { msg: plain, aad: bound_to };
        let sealed = self
            .cipher()
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| StoreError::Broken { what: "what was to be sealed" })?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what [`DataKey::seal`] made; `what` names it in the error.
    pub(crate) fn open(
        &self,
        what: &'static str,
        bound_to: &[u8],
        sealed: &[u8],
    ) -> Result<Vec<u8>, StoreError> {
        let broken = || StoreError::Broken { what };
        let (nonce, rest) = sealed.split_first_chunk::<24>().ok_or_else(broken)?;
        let payload = Payload { msg: rest, aad: bound_to };
        self.cipher().decrypt(&XNonce::from(*nonce), payload).map_err(|_| broken())
    }

    /// A hash that only who has the key can make: HMAC-SHA256 over `label`, a zero and `bytes`.
    pub(crate) fn keyed_hash(&self, label: &str, bytes: &[u8]) -> [u8; 32] {
        // HMAC takes keys of any length, so this cannot fail for 32 bytes.
        let Ok(mut mac) = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(self.bytes()) else {
            return [0; 32];
        };
        mac.update(label.as_bytes());
        mac.update(&[0]);
        mac.update(bytes);
        mac.finalize().into_bytes().into()
    }
}

/// A data key as the key file has it.
#[derive(Clone, Debug)]
pub(crate) enum Held {
    /// It is there.
    Live(DataKey),
    /// It was destroyed.
    Destroyed,
}

/// The data keys that have been unwrapped, and the master key that unwraps.
#[derive(Debug)]
pub(crate) struct Keyring {
    master: MasterKey,
    cache: Mutex<Cache>,
}

#[derive(Debug, Default)]
struct Cache {
    /// Counts destructions: what was looked up before one is not kept after it.
    destructions: u64,
    keys: BTreeMap<(Scope, Vec<u8>), DataKey>,
}

/// So many unwrapped keys are kept; then all are forgotten and unwrapped anew when needed.
const CACHED_MAX: usize = 20_000;

impl Keyring {
    pub(crate) const fn new(master: MasterKey) -> Keyring {
        Keyring { master, cache: Mutex::new(Cache { destructions: 0, keys: BTreeMap::new() }) }
    }

    fn cache(&self) -> std::sync::MutexGuard<'_, Cache> {
        // A panic while it was held leaves at most a key too few in it.
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The key of this scope and id, from memory or from the key file.
    pub(crate) fn find(
        &self,
        file: &Connection,
        scope: Scope,
        id: &[u8],
    ) -> Result<Option<Held>, StoreError> {
        let name = (scope, id.to_vec());
        let before = {
            let cache = self.cache();
            if let Some(key) = cache.keys.get(&name) {
                return Ok(Some(Held::Live(key.clone())));
            }
            cache.destructions
        };
        let Some(held) = look_up(file, &self.master, scope, id)? else { return Ok(None) };
        if let Held::Live(key) = &held {
            self.keep(name, key.clone(), before);
        }
        Ok(Some(held))
    }

    fn keep(&self, name: (Scope, Vec<u8>), key: DataKey, looked_up_after: u64) {
        let mut cache = self.cache();
        if cache.destructions == looked_up_after {
            if cache.keys.len() >= CACHED_MAX {
                cache.keys.clear();
            }
            cache.keys.insert(name, key);
        }
    }

    fn forget(&self, name: &(Scope, Vec<u8>)) {
        let mut cache = self.cache();
        cache.destructions += 1;
        cache.keys.remove(name);
    }
}

// Looks a data key up. Index: the primary key.  ?1 scope  ?2 id
const KEY_FIND: &str = "SELECT wrapped FROM key WHERE scope = ?1 AND id = ?2";
// Keeps a new data key.  ?1 scope  ?2 id  ?3 the wrapped key  ?4 when it was made, in µs
const KEY_ADD: &str = "INSERT INTO key (scope, id, wrapped, created) VALUES (?1, ?2, ?3, ?4)";
// Wipes a data key and leaves the record of it, also where it never arrived (a restore of older
// keys).  ?1 scope  ?2 id  ?3 when, in µs
const KEY_DESTROY: &str = "INSERT INTO key (scope, id, wrapped, created, destroyed) \
    VALUES (?1, ?2, NULL, ?3, ?3) \
    ON CONFLICT (scope, id) DO UPDATE SET wrapped = NULL, destroyed = coalesce(destroyed, ?3)";

fn bound_to(scope: Scope, id: &[u8]) -> Vec<u8> {
    [scope.word().as_bytes(), &[0], id].concat()
}

fn look_up(
    file: &Connection,
    master: &MasterKey,
    scope: Scope,
    id: &[u8],
) -> Result<Option<Held>, StoreError> {
    let wrapped: Option<Option<Vec<u8>>> = file
        .prepare_cached(KEY_FIND)?
        .query_row(params![scope.word(), id], |row| row.get(0))
        .optional()?;
    let Some(wrapped) = wrapped else { return Ok(None) };
    let Some(wrapped) = wrapped else { return Ok(Some(Held::Destroyed)) };
    let bytes = Zeroizing::new(master.0.open("a data key", &bound_to(scope, id), &wrapped)?);
    let mut key = Zeroizing::new([0_u8; 32]);
    if bytes.len() != key.len() {
        return Err(StoreError::Malformed { what: "a data key" });
    }
    key.copy_from_slice(&bytes);
    Ok(Some(Held::Live(DataKey(Arc::new(key)))))
}

/// The writer's side of the key file: new keys are durable before what they seal.
#[derive(Debug)]
pub(crate) struct KeyWriter {
    file: Connection,
    ring: Arc<Keyring>,
    entropy: Entropy,
    /// Made in the open transaction; others learn of them when it is durable.
    fresh: BTreeMap<(Scope, Vec<u8>), DataKey>,
    /// Destroyed in the open transaction; forgotten when that is durable, or a reader could look
    /// one up in between and keep it.
    doomed: Vec<(Scope, Vec<u8>)>,
}

impl KeyWriter {
    pub(crate) const fn new(file: Connection, ring: Arc<Keyring>, entropy: Entropy) -> KeyWriter {
        KeyWriter { file, ring, entropy, fresh: BTreeMap::new(), doomed: Vec::new() }
    }

    /// The key of this scope and id, if there is one.
    pub(crate) fn find(&self, scope: Scope, id: &[u8]) -> Result<Option<Held>, StoreError> {
        match self.fresh.get(&(scope, id.to_vec())) {
            Some(key) => Ok(Some(Held::Live(key.clone()))),
            None => self.ring.find(&self.file, scope, id),
        }
    }

    /// The key of this scope and id, made now where there is none.
    ///
    /// # Errors
    /// [`StoreError::KeyDestroyed`] where it was destroyed.
    pub(crate) fn ensure(
        &mut self,
        scope: Scope,
        id: &[u8],
        now: Timestamp,
    ) -> Result<DataKey, StoreError> {
        match self.find(scope, id)? {
            Some(Held::Live(key)) => return Ok(key),
            Some(Held::Destroyed) => return Err(StoreError::KeyDestroyed),
            None => {}
        }
        let key = DataKey::draw(&self.entropy, &[b"key", scope.word().as_bytes(), id])?;
        let nonce = self.entropy.bytes(&[b"wrap", scope.word().as_bytes(), id])?;
        let wrapped = self.ring.master.0.seal(nonce, &bound_to(scope, id), key.bytes())?;
        self.begin()?;
        self.file.prepare_cached(KEY_ADD)?.execute(params![
            scope.word(),
            id,
            wrapped,
            now.as_microsecond()
        ])?;
        self.fresh.insert((scope, id.to_vec()), key.clone());
        Ok(key)
    }

    /// Wipes a key from the file and from memory. Durable with [`KeyWriter::commit`].
    pub(crate) fn destroy(
        &mut self,
        scope: Scope,
        id: &[u8],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.begin()?;
        self.file.prepare_cached(KEY_DESTROY)?.execute(params![
            scope.word(),
            id,
            now.as_microsecond()
        ])?;
        self.fresh.remove(&(scope, id.to_vec()));
        self.doomed.push((scope, id.to_vec()));
        Ok(())
    }

    fn begin(&self) -> Result<(), StoreError> {
        if self.file.is_autocommit() {
            self.file.execute_batch("BEGIN IMMEDIATE")?;
        }
        Ok(())
    }

    /// Makes what was done to keys durable, and new ones known to readers.
    pub(crate) fn commit(&mut self) -> Result<(), StoreError> {
        if !self.file.is_autocommit() {
            self.file.execute_batch("COMMIT")?;
        }
        for name in std::mem::take(&mut self.doomed) {
            self.ring.forget(&name);
        }
        let known = self.ring.cache().destructions;
        for (name, key) in std::mem::take(&mut self.fresh) {
            self.ring.keep(name, key, known);
        }
        Ok(())
    }

    /// Undoes what has not been made durable.
    pub(crate) fn roll_back(&mut self) {
        self.fresh.clear();
        self.doomed.clear();
        if !self.file.is_autocommit() {
            // Where this fails the connection is lost, and so is the transaction.
            self.file.execute_batch("ROLLBACK").ok();
        }
    }

    /// The connection to the key file.
    pub(crate) const fn file(&self) -> &Connection {
        &self.file
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(first: u8) -> DataKey {
        let mut bytes = [0; 32];
        bytes.iter_mut().zip(first..).for_each(|(byte, value)| *byte = value);
        DataKey(Arc::new(Zeroizing::new(bytes)))
    }

    /// Draft draft-irtf-cfrg-xchacha-03, appendix A.3.1.
    #[test]
    fn sealing_is_that_of_the_published_vector() {
        let mut nonce = [0; 24];
        nonce.iter_mut().zip(0x40..).for_each(|(byte, value)| *byte = value);
        let plain = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip \
            for the future, sunscreen would be it.";
        let bound_to = hex::decode("50515253c0c1c2c3c4c5c6c7").unwrap();
        let sealed = key(0x80).seal(nonce, &bound_to, plain).unwrap();
        let expected = "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb\
            731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452\
            2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9\
            21f9664c97637da9768812f615c68b13b52ec0875924c1c7987947deafd8780acf49";
        assert_eq!(hex::encode(&sealed[24..]), expected);
        assert_eq!(key(0x80).open("it", &bound_to, &sealed).unwrap(), plain);
    }

    #[test]
    fn what_was_changed_or_moved_does_not_open() {
        let sealed = key(1).seal([7; 24], b"place", b"content").unwrap();
        for index in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[index] ^= 1;
            assert!(key(1).open("it", b"place", &changed).is_err(), "byte {index}");
            assert!(key(1).open("it", b"place", &sealed[..index]).is_err(), "cut at {index}");
        }
        assert!(key(1).open("it", b"elsewhere", &sealed).is_err());
        assert!(key(2).open("it", b"place", &sealed).is_err());
    }

    #[test]
    fn a_keyed_hash_depends_on_key_label_and_bytes() {
        let hash = key(1).keyed_hash("request", b"bytes");
        assert_eq!(hash, key(1).keyed_hash("request", b"bytes"));
        assert_ne!(hash, key(2).keyed_hash("request", b"bytes"));
        assert_ne!(hash, key(1).keyed_hash("login", b"bytes"));
        assert_ne!(hash, key(1).keyed_hash("request", b"other"));
    }

    #[test]
    fn a_destroyed_key_is_forgotten_and_a_fresh_one_is_known_once_it_is_durable() {
        let folder = tempfile::tempdir().unwrap();
        let file = crate::writer::connect(&folder.path().join("keys.db")).unwrap();
        file.execute_batch(include_str!("keys.sql")).unwrap();
        let reader = crate::writer::connect(&folder.path().join("keys.db")).unwrap();
        let ring = Arc::new(Keyring::new(MasterKey(key(1))));
        let mut writer = KeyWriter::new(file, Arc::clone(&ring), Entropy::System);
        let now = Timestamp::UNIX_EPOCH;
        let find = || ring.find(&reader, Scope::Strand, b"id").unwrap();

        writer.ensure(Scope::Strand, b"id", now).unwrap();
        assert!(find().is_none(), "not before it is durable");
        writer.roll_back();
        assert!(writer.find(Scope::Strand, b"id").unwrap().is_none());

        let made = writer.ensure(Scope::Strand, b"id", now).unwrap();
        writer.commit().unwrap();
        assert!(matches!(find(), Some(Held::Live(found)) if found.bytes() == made.bytes()));
        writer.destroy(Scope::Strand, b"id", now).unwrap();
        assert!(matches!(find(), Some(Held::Live(_))), "not before that is durable");
        writer.commit().unwrap();
        assert!(matches!(find(), Some(Held::Destroyed)));
        let again = writer.ensure(Scope::Strand, b"id", now);
        assert!(matches!(again, Err(StoreError::KeyDestroyed)), "{again:?}");
    }

    #[test]
    fn keys_show_nothing_of_themselves() {
        assert_eq!(format!("{:?} {:?}", key(1), MasterKey(key(1))), "DataKey(..) MasterKey(..)");
    }
}
