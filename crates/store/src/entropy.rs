//! Random bytes: from the operating system, or, in tests, from a seed and what they are for.
//!
//! Ids and nonces are drawn *for* something (a strand and a sequence number), so that in tests two
//! logs which agree in a strand agree in its ids, whatever else happened beside it.

use crate::error::StoreError;
#[cfg(any(test, feature = "testing"))]
use crate::flaws::Flaw;

/// Where random bytes come from.
#[derive(Clone, Debug)]
pub(crate) enum Entropy {
    /// The operating system.
    System,
    /// A seed: the same purpose gives the same bytes.
    #[cfg(any(test, feature = "testing"))]
    Seeded(Seed),
}

/// What a test's node draws from, and what a test has broken in it.
#[cfg(any(test, feature = "testing"))]
#[derive(Clone, Debug)]
pub(crate) struct Seed {
    pub(crate) number: u64,
    pub(crate) flaw: Option<Flaw>,
    /// So many draws were made; of use to [`Flaw::OneRandomStream`] alone.
    pub(crate) drawn: std::sync::Arc<std::sync::atomic::AtomicU64>,
}

impl Entropy {
    /// `N` random bytes for `purpose`.
    pub(crate) fn bytes<const N: usize>(&self, purpose: &[&[u8]]) -> Result<[u8; N], StoreError> {
        let mut bytes = [0_u8; N];
        match self {
            Entropy::System => getrandom::fill(&mut bytes)?,
            #[cfg(any(test, feature = "testing"))]
            Entropy::Seeded(seed) if self.has(Flaw::OneRandomStream) => {
                let drawn = seed.drawn.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                seeded(seed.number, &[&drawn.to_be_bytes()], &mut bytes);
            }
            #[cfg(any(test, feature = "testing"))]
            Entropy::Seeded(seed) => seeded(seed.number, purpose, &mut bytes),
        }
        #[cfg(not(any(test, feature = "testing")))]
        let _ = purpose;
        Ok(bytes)
    }

    /// Whether a test has planted this flaw.
    #[cfg(any(test, feature = "testing"))]
    pub(crate) fn has(&self, flaw: Flaw) -> bool {
        matches!(self, Entropy::Seeded(seed) if seed.flaw == Some(flaw))
    }
}

#[cfg(any(test, feature = "testing"))]
fn seeded(seed: u64, purpose: &[&[u8]], bytes: &mut [u8]) {
    use sha2::{Digest, Sha256};
    for (count, chunk) in bytes.chunks_mut(32).enumerate() {
        let mut hash = Sha256::new_with_prefix(seed.to_be_bytes());
        hash.update(count.to_be_bytes());
        for part in purpose {
            hash.update(part.len().to_be_bytes());
            hash.update(part);
        }
        for (byte, drawn) in chunk.iter_mut().zip(hash.finalize()) {
            *byte = drawn;
        }
    }
}
