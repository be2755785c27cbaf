//! How much a message may hold, so that a hostile one costs little.

/// The limits that a message is read under.
///
/// [`Limits::default`] is ample for what the message specifications allow (999 items, 99
/// documents an item, descriptions of 512 characters) and keeps the reader well under 200 MiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the whole message.
    pub bytes_max: u64,
    /// Bytes of one value, one tag or one comment.
    pub value_bytes_max: usize,
    /// Elements inside each other.
    pub depth_max: usize,
    /// Elements of the whole message.
    pub elements_max: usize,
    /// Goods items.
    pub items_max: usize,
    /// Documents, references, actors or countries of routing at one level.
    pub entries_max: usize,
    /// Bytes that all items together take over from the consignment and the header.
    pub inherited_bytes_max: usize,
    /// Warnings that are kept; further ones are only counted.
    pub warnings_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes_max: 16 << 20,
            value_bytes_max: 64 << 10,
            depth_max: 64,
            elements_max: 1_000_000,
            items_max: 9_999,
            entries_max: 99,
            inherited_bytes_max: 32 << 20,
            warnings_max: 200,
        }
    }
}
