//! Ids of strands, hashes of events, versions: the bytes that an outsider's verifier recomputes.
//!
//! strand id = SHA-256("ecm strand v1\0" ‖ dossier (16) ‖ audience in JSON)
//! event hash = SHA-256("ecm event v1\0" ‖ u32 len(header) ‖ header ‖ u32 len(body) ‖ body)
//! version = SHA-256("ecm version v1\0" ‖ for each strand in order: its id ‖ its last event's hash)

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use catalogue::ids::DossierId;
use domain::audience::Audience;
use sha2::{Digest as _, Sha256};

use super::StoredEvent;
use super::merkle::Hash;
use crate::error::StoreError;

/// A text that is not the 64 hexadecimal digits of a hash.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not {what}: expected 64 hexadecimal digits")]
pub struct NotAHash {
    /// The text as it was given.
    pub given: String,
    /// What it would have been, with its article.
    pub what: &'static str,
}

macro_rules! hash_type {
    ($(#[$doc:meta])* $name:ident, $what:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Hash);

        impl $name {
            /// The one with these bytes.
            pub const fn from_bytes(bytes: Hash) -> $name {
                $name(bytes)
            }

            /// Its bytes.
            pub const fn as_bytes(&self) -> &Hash {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl FromStr for $name {
            type Err = NotAHash;

            fn from_str(text: &str) -> Result<$name, NotAHash> {
                let mut bytes = [0; 32];
                hex::decode_to_slice(text.trim(), &mut bytes)
                    .map_err(|_| NotAHash { given: text.to_owned(), what: $what })?;
                Ok($name(bytes))
            }
        }
    };
}

hash_type!(
    /// Names a strand: one dossier, one audience.
    StrandId,
    "the id of a strand"
);
hash_type!(
    /// What a viewer has seen of a dossier: it changes with each event that he may read, and with
    /// nothing else.
    Version,
    "a version"
);

impl StrandId {
    /// The strand of a dossier for an audience.
    ///
    /// # Errors
    /// [`StoreError::Malformed`] where the audience cannot be written, which never happens.
    pub fn of(dossier: DossierId, audience: &Audience) -> Result<StrandId, StoreError> {
        let audience = audience_bytes(audience)?;
        let hash = Sha256::new_with_prefix(b"ecm strand v1\0")
            .chain_update(dossier.as_uuid().as_bytes())
            .chain_update(audience);
        Ok(StrandId(hash.finalize().into()))
    }
}

/// An audience in its one form: equal audiences have equal bytes.
pub(crate) fn audience_bytes(audience: &Audience) -> Result<String, StoreError> {
    serde_json::to_string(audience).map_err(|_| StoreError::Malformed { what: "an audience" })
}

/// The hash of an event: of its header and its sealed body as they are kept.
pub fn event_hash(header: &[u8], body: &[u8]) -> Hash {
    Sha256::new_with_prefix(b"ecm event v1\0")
        .chain_update(length(header))
        .chain_update(header)
        .chain_update(length(body))
        .chain_update(body)
        .finalize()
        .into()
}

/// The length as 32 bits, big-endian. The database takes no value as long as that (1 GB).
fn length(bytes: &[u8]) -> [u8; 4] {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes()
}

impl Version {
    /// The version that follows from the last event of each strand.
    pub(crate) fn of_heads(heads: &BTreeMap<StrandId, Hash>) -> Version {
        let mut hash = Sha256::new_with_prefix(b"ecm version v1\0");
        for (strand, head) in heads {
            hash.update(strand.0);
            hash.update(head);
        }
        Version(hash.finalize().into())
    }
}

/// The version of the events that a viewer may read.
pub fn version(events: &[StoredEvent]) -> Version {
    Version::of_heads(&events.iter().map(|event| (event.strand, event.hash)).collect())
}

/// What was added since `seen`: the rest after the prefix of *his* log that has this version. None
/// where he never saw such a version.
pub fn since<'a>(events: &'a [StoredEvent], seen: &Version) -> Option<&'a [StoredEvent]> {
    let mut heads = BTreeMap::new();
    for (index, event) in events.iter().enumerate() {
        if Version::of_heads(&heads) == *seen {
            return events.get(index..);
        }
        heads.insert(event.strand, event.hash);
    }
    (Version::of_heads(&heads) == *seen).then_some(&[])
}

/// What is sealed of an event: the body, and the strand's summary where it changes. Both lie in the
/// log, so that the read models can be made from it again.
///
/// `0 ‖ body`, or `1 ‖ u32 len(summary) ‖ summary ‖ body`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Content {
    pub(crate) summary: Option<Vec<u8>>,
    pub(crate) body: Vec<u8>,
}

impl Content {
    pub(crate) fn pack(summary: Option<&[u8]>, body: &[u8]) -> Vec<u8> {
        match summary {
            None => [&[0], body].concat(),
            Some(summary) => [&[1], length(summary).as_slice(), summary, body].concat(),
        }
    }

    pub(crate) fn unpack(bytes: &[u8]) -> Result<Content, StoreError> {
        let malformed = || StoreError::Malformed { what: "the content of an event" };
        match bytes.split_first().ok_or_else(malformed)? {
            (0, body) => Ok(Content { summary: None, body: body.to_vec() }),
            (1, rest) => {
                let (length, rest) = rest.split_first_chunk::<4>().ok_or_else(malformed)?;
                let length = u32::from_be_bytes(*length) as usize;
                let (summary, body) = rest.split_at_checked(length).ok_or_else(malformed)?;
                Ok(Content { summary: Some(summary.to_vec()), body: body.to_vec() })
            }
            _ => Err(malformed()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn content_is_unpacked_as_it_was_packed(
            summary in prop::option::of(prop::collection::vec(any::<u8>(), 0..40)),
            body in prop::collection::vec(any::<u8>(), 0..40),
        ) {
            let packed = Content::pack(summary.as_deref(), &body);
            prop_assert_eq!(Content::unpack(&packed).unwrap(), Content { summary, body });
        }

        #[test]
        fn unpacking_arbitrary_bytes_gives_an_answer(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            Content::unpack(&bytes).ok();
        }
    }

    #[test]
    fn ids_and_hashes_are_those_of_the_documented_vectors() {
        let dossier = DossierId::from_uuid(uuid::Uuid::from_u128(1));
        insta::assert_snapshot!(
            StrandId::of(dossier, &Audience::Everyone).unwrap(),
            @"e045540e8755285be8ec3322d26ec36dcd4aa77dab6e9ccada4c1c67546d1ed5"
        );
        insta::assert_snapshot!(
            StrandId::of(dossier, &Audience::only("NL-CUSTOMS".parse().unwrap())).unwrap(),
            @"2b62fa4dde6f8317cb7cd89770263989fbb354bc9ee70ceb569638afbeed4c76"
        );
        insta::assert_snapshot!(hex::encode(event_hash(b"{}", b"")), @"ea46cdab70758907ddf508ca5b9ab666a855ddd28c77ef00bac78059336e9ea0");
    }
}
