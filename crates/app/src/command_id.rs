//! Ids of commands, from the keys that clients choose.

use catalogue::ids::CommandId;
use sha2::{Digest as _, Sha256};
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
    CommandId::from_bytes(hash.first_chunk::<16>().copied().unwrap_or_default())
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
