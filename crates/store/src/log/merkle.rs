//! The node's Merkle log after RFC 6962: its right edge, and the root that follows from it.
//!
//! leaf = SHA-256(0x00 ‖ event hash) · node = SHA-256(0x01 ‖ left ‖ right) · empty = SHA-256("")

use sha2::{Digest as _, Sha256};

use crate::error::StoreError;

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// The right edge of a Merkle tree: the roots of its full subtrees, the largest first.
///
/// INVARIANT (edge): there is one root for each bit that is set in `size`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Edge {
    size: u64,
    roots: Vec<Hash>,
}

impl Edge {
    /// The number of leaves.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Adds the event with this hash as the next leaf.
    pub fn push(&mut self, event: &Hash) {
        let mut node = leaf(event);
        // Each bit that is set from the right is a full subtree of the same height as `node`.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.roots.pop() {
                node = parent(&left, &node);
            }
        }
        self.roots.push(node);
        self.size += 1;
    }

    /// The root of the tree.
    pub fn root(&self) -> Hash {
        let mut roots = self.roots.iter().rev();
        let Some(&smallest) = roots.next() else { return Sha256::digest([]).into() };
        roots.fold(smallest, |right, left| parent(left, &right))
    }

    /// The roots one after the other, as they are kept.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.roots.concat()
    }

    /// Reads what [`Edge::bytes`] wrote for a tree of this size.
    pub(crate) fn from_bytes(size: u64, bytes: &[u8]) -> Result<Edge, StoreError> {
        let (roots, rest) = bytes.as_chunks::<32>();
        if !rest.is_empty() || roots.len() != size.count_ones() as usize {
            return Err(StoreError::Malformed { what: "the edge of the Merkle log" });
        }
        Ok(Edge { size, roots: roots.to_vec() })
    }
}

fn leaf(event: &Hash) -> Hash {
    Sha256::new_with_prefix([0]).chain_update(event).finalize().into()
}

fn parent(left: &Hash, right: &Hash) -> Hash {
    Sha256::new_with_prefix([1]).chain_update(left).chain_update(right).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The definition of RFC 6962, section 2.1, word by word.
    fn slow(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => Sha256::digest([]).into(),
            [one] => leaf(one),
            more => {
                let mut split = 1;
                while split * 2 < more.len() {
                    split *= 2;
                }
                parent(&slow(&more[..split]), &slow(&more[split..]))
            }
        }
    }

    proptest! {
        #[test]
        fn the_edge_gives_the_root_of_the_definition(leaves in prop::collection::vec(any::<Hash>(), 0..70)) {
            let mut edge = Edge::default();
            for leaf in &leaves {
                edge.push(leaf);
            }
            prop_assert_eq!(edge.root(), slow(&leaves));
            prop_assert_eq!(Edge::from_bytes(edge.size(), &edge.bytes()).unwrap(), edge);
        }
    }
}
