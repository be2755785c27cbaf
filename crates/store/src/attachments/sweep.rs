//! Sweeping: files that came in and that no event names, or none whose key is left.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use catalogue::ids::AttachmentId;
use jiff::{SignedDuration, Timestamp};

use super::{Attachments, fault};
use crate::error::StoreError;
use crate::search::door;

/// A file is left alone for so long, whatever names it: its command may be on its way.
const LEFT_ALONE: SignedDuration = SignedDuration::from_hours(24);

impl Attachments<'_> {
    /// Removes files older than a day that no event names, and returns how many. Those of
    /// destroyed strands go with them: nothing can open them any more.
    ///
    /// `now`: machine time, as files have it.
    ///
    /// # Errors
    /// A failure of disk or database, or content that cannot be read. Where one event cannot be
    /// read, nothing is removed: it might name any of them.
    pub fn sweep(&self, now: Timestamp) -> Result<usize, StoreError> {
        let before = now.checked_sub(LEFT_ALONE).unwrap_or(Timestamp::MIN);
        let abandoned = older(&self.incoming(), before)?;
        let kept = older(&self.kept(), before)?;
        let named =
            if kept.is_empty() { BTreeSet::new() } else { door::files_named(self.database)? };
        let unnamed = kept.into_iter().filter(|(id, _)| !named.contains(id));
        let mut removed = 0;
        for (_, path) in abandoned.into_iter().chain(unnamed) {
            std::fs::remove_file(&path).map_err(fault(&path))?;
            removed += 1;
        }
        Ok(removed)
    }
}

/// The files of a folder that were last written before an instant. What does not bear the name of
/// a file of ours is not ours to remove.
fn older(dir: &Path, before: Timestamp) -> Result<Vec<(AttachmentId, PathBuf)>, StoreError> {
    let mut found = Vec::new();
    if !dir.exists() {
        return Ok(found);
    }
    for entry in std::fs::read_dir(dir).map_err(fault(dir))? {
        let path = entry.map_err(fault(dir))?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let Ok(id) = name.parse() else { continue };
        let written = path.metadata().and_then(|about| about.modified()).map_err(fault(&path))?;
        if Timestamp::try_from(written).is_ok_and(|written| written < before) {
            found.push((id, path));
        }
    }
    Ok(found)
}
