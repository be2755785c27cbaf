//! Places in the node's log that a viewer may hold without learning anything from them.
//!
//! A position tells how much happened on the node. Sealed under the node's key and bound to the
//! account, it is the same number of random-looking characters for everybody, and of use only to
//! whoever it was made for.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use catalogue::ids::AccountId;

use crate::error::StoreError;
use crate::folder::Store;

/// What the bytes are, before the account to which they are bound.
const BOUND_TO: &[u8] = b"ecm bookmark v1\0";

impl Store {
    /// Seals how far an account has been told of the log: `next` is the first position of which it
    /// has not.
    ///
    /// # Errors
    /// [`StoreError::Random`] where the system gives no random bytes.
    pub fn seal_bookmark(&self, account: AccountId, next: u64) -> Result<String, StoreError> {
        let bound_to = bound_to(account);
        // In tests the nonce is that of the same place for the same account.
        let nonce = self.random(&[b"bookmark", &bound_to, &next.to_be_bytes()])?;
        let sealed = self.database().node().seal.seal(nonce, &bound_to, &next.to_be_bytes())?;
        Ok(BASE64.encode(sealed))
    }

    /// Opens what [`Store::seal_bookmark`] made for this account; none for anything else.
    pub fn open_bookmark(&self, account: AccountId, text: &str) -> Option<u64> {
        let sealed = BASE64.decode(text).ok()?;
        let seal = &self.database().node().seal;
        let plain = seal.open("a bookmark", &bound_to(account), &sealed).ok()?;
        Some(u64::from_be_bytes(plain.try_into().ok()?))
    }
}

fn bound_to(account: AccountId) -> Vec<u8> {
    [BOUND_TO, account.as_uuid().as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Opening;
    use crate::keys::MasterKey;
    use jiff::Timestamp;

    #[test]
    fn a_bookmark_is_of_use_only_to_the_account_that_it_was_made_for() {
        let folder = tempfile::tempdir().unwrap();
        let master = MasterKey::generate().unwrap();
        let opening = Opening::new(master, "test.example/log", Timestamp::UNIX_EPOCH);
        let store = Store::open(folder.path(), &opening).unwrap();
        let account = |n| AccountId::from_uuid(uuid::Uuid::from_u128(n));
        let text = store.seal_bookmark(account(1), 7).unwrap();
        assert_eq!(store.open_bookmark(account(1), &text), Some(7));
        assert_eq!(store.open_bookmark(account(2), &text), None);
        assert_eq!(store.open_bookmark(account(1), "seven"), None);
        let later = store.seal_bookmark(account(1), u64::MAX).unwrap();
        assert_eq!(text.len(), later.len(), "its length tells nothing");
        assert_ne!(text, store.seal_bookmark(account(1), 7).unwrap(), "nor do equal ones");
    }
}
