//! The node's own data: the database, and the vault of the node's key.

use crate::keys::DataKey;
use crate::{Store, StoreError};
use catalogue::ids::{AccountId, UnitId};
use jiff::Timestamp;
use rusqlite::{Connection, Row};
use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

/// Where the node's own data lie, and what opens them.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    store: Store,
    pub(crate) vault: Vault,
}

impl Node {
    pub(crate) fn of(store: &Store) -> Node {
        let keys = store.database().node();
        let vault = Vault { seal: keys.seal.clone(), hash: keys.hash.clone() };
        Node { store: store.clone(), vault }
    }

    /// Random bytes for `purpose`, from the store's own source.
    pub(crate) fn draw<const N: usize>(&self, purpose: &[&[u8]]) -> Result<[u8; N], StoreError> {
        self.store.random(purpose)
    }

    /// Runs `job` in the writer, and gives its result once that is durable.
    pub(crate) fn write<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.store.database().write(move |work| job(work.sql))
    }

    /// Runs `look` on one snapshot.
    pub(crate) fn read<T>(
        &self,
        look: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.store.database().read(|reader| look(reader.sql))
    }
}

/// Seals, opens and fingerprints under the node's keys.
#[derive(Clone, Debug)]
pub(crate) struct Vault {
    seal: DataKey,
    hash: DataKey,
}

impl Vault {
    /// Seals a value as JSON, bound to its place (`table.column`) and its row's id: it opens
    /// nowhere else.
    pub(crate) fn seal<T: Serialize + ?Sized>(
        &self,
        place: &'static str,
        id: &[u8],
        value: &T,
    ) -> Result<Vec<u8>, StoreError> {
        let malformed = |_| StoreError::Malformed { what: place };
        self.seal_bytes(place, id, &Zeroizing::new(serde_json::to_vec(value).map_err(malformed)?))
    }

    /// Seals bytes as they are, bound as [`Vault::seal`] binds.
    pub(crate) fn seal_bytes(
        &self,
        place: &'static str,
        id: &[u8],
        plain: &[u8],
    ) -> Result<Vec<u8>, StoreError> {
        self.seal.seal(random()?, &bound_to(place, id), plain)
    }

    /// Opens what [`Vault::seal`] made for the same place and id.
    pub(crate) fn open<T: DeserializeOwned>(
        &self,
        place: &'static str,
        id: &[u8],
        sealed: &[u8],
    ) -> Result<T, StoreError> {
        let plain = self.open_bytes(place, id, sealed)?;
        serde_json::from_slice(&plain).map_err(|_| StoreError::Malformed { what: place })
    }

    /// Opens what [`Vault::seal_bytes`] made for the same place and id.
    pub(crate) fn open_bytes(
        &self,
        place: &'static str,
        id: &[u8],
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        self.seal.open(place, &bound_to(place, id), sealed).map(Zeroizing::new)
    }

    /// By what a value is found without being there: a hash that only the node can make.
    pub(crate) fn fingerprint(&self, place: &str, value: &[u8]) -> [u8; 32] {
        self.hash.keyed_hash(place, value)
    }
}

fn bound_to(place: &str, id: &[u8]) -> Vec<u8> {
    [b"ecm node v1\0", place.as_bytes(), &[0], id].concat()
}

/// Draws random bytes from the operating system.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], StoreError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// An instant as it is kept: microseconds since 1970.
pub(crate) fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

/// A kept instant.
pub(crate) fn instant(micros: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(micros).map_err(|_| StoreError::Malformed { what: "an instant" })
}

/// The account id in a column.
pub(crate) fn account_id(row: &Row<'_>, column: usize) -> rusqlite::Result<AccountId> {
    Ok(AccountId::from_uuid(uuid::Uuid::from_bytes(row.get(column)?)))
}

/// A kept unit id.
pub(crate) fn unit_id(text: &str) -> Result<UnitId, StoreError> {
    text.parse().map_err(|_| StoreError::Malformed { what: "the id of a unit" })
}
