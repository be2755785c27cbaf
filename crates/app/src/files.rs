//! Files of dossiers: adding one, reading one. Streams both ways; a file is never wholly in memory.

use crate::dossiers::{Done, Order, again};
use crate::roles::{self, Action};
use crate::{App, Trouble};
use catalogue::ids::{AttachmentId, CommandId, DossierId};
use domain::body::Attachment;
use domain::command::{Command, Readers};
use domain::refusal::Refusal;
use std::io::{ErrorKind, Read};
use store::attachments::seal::CHUNK;
use store::viewer::Viewer;

/// What callers hold of the store.
pub use store::attachments::{BYTES_MAX, FileError, seal::FileReader};

/// A file as it comes in.
#[derive(Clone, Debug)]
pub struct NewFile {
    /// Its name as given.
    pub name: String,
    /// Who is to read it.
    pub readers: Readers,
    /// The most bytes taken; [`BYTES_MAX`] unless the operator says otherwise.
    pub bytes_max: u64,
    /// The command's id, unique to the account.
    pub id: CommandId,
}

impl App {
    /// Adds a file to a dossier. It is durable before its event is written.
    ///
    /// # Errors
    /// [`Trouble::NotFound`] before anything is read, then [`Trouble::Role`], [`Trouble::File`],
    /// [`Trouble::BrokenOff`] and those of [`App::perform`]. Nothing is kept then.
    pub fn attach(
        &self,
        viewer: &Viewer,
        id: DossierId,
        new: &NewFile,
        content: impl Read,
    ) -> Result<Done, Trouble> {
        self.must_exist(viewer, id)?;
        if !roles::may(viewer, Action::Work) {
            return Err(Trouble::Role);
        }
        let file = self.take_in(viewer, id, new, content)?;
        let order = Order {
            command: Command::Attach(file.clone(), new.readers),
            seen: None,
            id: new.id,
            request: request(id, new.readers, &file),
        };
        if let Some(before) = self.store().log().done_before(viewer, order.id, &order.request)? {
            self.store().attachments().discard(&file)?;
            return again(before);
        }
        let done = self.perform(viewer, id, &order);
        match &done {
            // Where the store failed it may yet have been written; what was not is swept.
            Ok(_) | Err(Trouble::Store(_) | Trouble::Busy | Trouble::Stopped) => {}
            Err(
                Trouble::NotFound
                | Trouble::Role
                | Trouble::Malformed(_)
                | Trouble::Refused(_)
                | Trouble::Stale { .. }
                | Trouble::OtherBody
                | Trouble::Content(_)
                | Trouble::File(_)
                | Trouble::BrokenOff(_),
            ) => self.store().attachments().discard(&file)?,
        }
        done
    }

    fn take_in(
        &self,
        viewer: &Viewer,
        id: DossierId,
        new: &NewFile,
        mut content: impl Read,
    ) -> Result<Attachment, Trouble> {
        // Ids of commands are unique to an account only, and so is what they draw.
        let account = viewer.account().map_or([0; 16], |account| account.as_uuid().into_bytes());
        let dossier = id.as_uuid();
        let purpose: [&[u8]; 3] = [&account, dossier.as_bytes(), new.id.as_bytes()];
        let mut upload = self.store().attachments().begin(&purpose, &new.name, new.bytes_max)?;
        let mut piece = vec![0; CHUNK];
        loop {
            match content.read(&mut piece) {
                Ok(0) => return Ok(upload.finish()?),
                Ok(count) => upload.write(piece.get(..count).unwrap_or_default())?,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(Trouble::BrokenOff(error)),
            }
        }
    }

    /// A file of a dossier and its content, for who may read an event that names it; records that
    /// he read the dossier. [`FileReader::within`] gives a part of it.
    ///
    /// # Errors
    /// [`Trouble::NotFound`] where his dossier does not exist or names no such file;
    /// [`Refusal::Destroyed`] where what named it in his dossier may have been destroyed.
    pub fn file(
        &self,
        viewer: &Viewer,
        id: DossierId,
        file: AttachmentId,
    ) -> Result<(Attachment, FileReader), Trouble> {
        let dossier = self.open(viewer, id)?.dossier;
        match dossier.attachments.iter().find(|named| named.id == file) {
            Some(named) => Ok((named.clone(), self.store().attachments().open(named)?)),
            None if dossier.events.iter().any(|event| event.body.is_none()) => {
                Err(Refusal::Destroyed.into())
            }
            None => Err(Trouble::NotFound),
        }
    }

    /// Removes files that came in and that no event names, once they are a day old; returns how
    /// many. To be called about once a day.
    ///
    /// # Errors
    /// The store fails; then nothing is removed that an event might name.
    pub fn sweep_files(&self) -> Result<usize, Trouble> {
        Ok(self.store().attachments().sweep(self.clock().machine())?)
    }
}

/// What was asked for, so that the same command with another file is told from a repetition.
fn request(id: DossierId, readers: Readers, file: &Attachment) -> Vec<u8> {
    let readers: &[u8] = match readers {
        Readers::Everyone => b"everyone",
        Readers::OwnAuthority => b"own_authority",
    };
    let dossier = id.as_uuid();
    let parts: [&[u8]; 5] =
        [b"attach", dossier.as_bytes(), readers, file.sha256.as_bytes(), file.name.as_bytes()];
    parts.join(&0)
}
