//! Search under need to know.
//!
//! [`door`] is the one place that opens every strand, for the node itself. Nothing that it reads
//! leaves this crate.

pub(crate) mod door;
