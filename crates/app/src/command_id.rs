//! Ids of commands: from the key that a client chose, or drawn where it chose none.

use crate::{App, Trouble};
use catalogue::ids::CommandId;
use sha2::{Digest as _, Sha256};
use std::sync::atomic::{AtomicU64, Ordering};
use store::viewer::Viewer;

/// The command that an account means by `key`: the same for the same key, unlike that of anybody
/// else.
///
/// First 16 bytes of SHA-256("ecm command v1\0" ‖ account (16) ‖ key).
pub fn of_key(viewer: &Viewer, key: &[u8]) -> CommandId {
    let account = viewer.account().map_or([0; 16], |account| account.as_uuid().into_bytes());
    let hash: [u8; 32] = Sha256::new_with_prefix(b"ecm command v1\0")
        .chain_update(account)
        .chain_update(key)
        .finalize()
        .into();
    let [first, _] = halves(hash);
    CommandId::from_bytes(first)
}

fn halves(hash: [u8; 32]) -> [[u8; 16]; 2] {
    let mut halves = [[0; 16]; 2];
    for (half, bytes) in halves.iter_mut().zip(hash.chunks_exact(16)) {
        half.copy_from_slice(bytes);
    }
    halves
}

impl App {
    /// A command without a key: one that is never sent twice.
    ///
    /// # Errors
    /// The system gives no random bytes.
    pub fn draw_command(&self) -> Result<CommandId, Trouble> {
        // Counted, because in tests the same purpose gives the same bytes.
        static DRAWN: AtomicU64 = AtomicU64::new(0);
        let count = DRAWN.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        Ok(CommandId::from_bytes(self.store().random::<16>(&[b"command", &count])?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use catalogue::ids::AccountId;
    use store::viewer::Role;

    #[test]
    fn a_key_means_the_same_command_for_the_same_account_only() {
        let account = |n| AccountId::from_uuid(uuid::Uuid::from_u128(n));
        let units = ["NL-CUSTOMS".parse().unwrap()];
        let viewer = |n| Viewer::for_tests(account(n), "N. N.", &units, &[Role::Officer]);
        let one = of_key(&viewer(1), b"key");
        assert_eq!(one, of_key(&viewer(1), b"key"));
        assert_ne!(one, of_key(&viewer(1), b"other key"));
        assert_ne!(one, of_key(&viewer(2), b"key"));
    }
}
