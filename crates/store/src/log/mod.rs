//! The log: strands of sealed events, their chains, and the Merkle tree over all of them.

pub mod merkle;
