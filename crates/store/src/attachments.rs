//! Files of dossiers: streamed in, sealed in chunks, read back chunk by chunk.
//!
//! Each file has a random key of its own. That key lies in the sealed body of the event that names
//! the file, so that destroying the strand's key destroys the file, wherever copies of it lie. A
//! file is durable before its event is written; one that no event names is swept after a day.
//! Reading order: this file (taking a file in), [`seal`] (the chunks, and reading them), [`kind`]
//! (what a file is by its content), [`name`], [`sweep`].

pub mod kind;
pub mod name;
pub mod seal;
mod sweep;

use std::fs::File;
use std::io::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};

use catalogue::ids::AttachmentId;
use domain::body::Attachment;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::error::StoreError;
use crate::folder::Store;
use crate::writer::Database;
use kind::{Probe, Unwanted};
use seal::{CHUNK, ChunkSeal, FileReader, Last};

/// The most bytes of a file that a node takes, unless its operator says otherwise.
pub const BYTES_MAX: u64 = 200 * 1024 * 1024;

/// Where files lie that are still coming in, beside the folder of attachments: a backup has no use
/// for them.
const INCOMING: &str = "incoming";

/// Why a file was not taken. Nothing of it is kept.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It is larger than the node takes.
    #[error("the file is larger than {bytes_max} bytes; send a smaller one, or parts of it")]
    TooLarge {
        /// The most bytes taken.
        bytes_max: u64,
    },
    /// It is a program or a script.
    #[error("`{name}` is a program or a script; send its text, a print or a picture instead")]
    Executable {
        /// Its name.
        name: String,
    },
    /// It is a document that carries macros.
    #[error(
        "`{name}` carries macros; save it without them (as `.xlsx`, `.docx` or `.pptx`) or as \
         PDF, and send that"
    )]
    Macros {
        /// Its name.
        name: String,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The files of a node.
#[derive(Clone, Copy, Debug)]
pub struct Attachments<'a> {
    database: &'a Database,
}

impl Store {
    /// The files of this node.
    pub fn attachments(&self) -> Attachments<'_> {
        Attachments { database: self.database() }
    }
}

fn fault(path: &Path) -> impl Fn(std::io::Error) -> StoreError {
    let path = path.to_owned();
    move |source| StoreError::File { path: path.clone(), source }
}

impl Attachments<'_> {
    fn kept(self) -> PathBuf {
        self.database.dir().join("attachments")
    }

    fn incoming(self) -> PathBuf {
        self.database.dir().join(INCOMING)
    }

    /// Begins to take in a file.
    ///
    /// `purpose`: what its id and key are drawn for, such as dossier and command; `name`: as given,
    /// cleaned here ([`name::clean`]); `bytes_max`: the most bytes taken.
    ///
    /// # Errors
    /// [`FileError::Executable`] or [`FileError::Macros`] where the name alone says so, or a failure
    /// of the disk.
    pub fn begin(
        &self,
        purpose: &[&[u8]],
        name: &str,
        bytes_max: u64,
    ) -> Result<Upload, FileError> {
        let name = name::clean(name);
        let probe = Probe::of_name(&name).map_err(|unwanted| unwanted.refuse(&name))?;
        let draw = |what: &'static [u8]| [&[what], purpose].concat();
        let entropy = self.database.entropy();
        let id = uuid::Builder::from_random_bytes(entropy.bytes(&draw(b"file"))?).into_uuid();
        let id = AttachmentId::from_uuid(id);
        let key = Zeroizing::new(entropy.bytes::<32>(&draw(b"file key"))?);
        std::fs::create_dir_all(self.incoming()).map_err(fault(&self.incoming()))?;
        let path = self.incoming().join(id.to_string());
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path).map_err(fault(&path))?;
        Ok(Upload {
            file,
            unfinished: Unfinished { path },
            kept: self.kept(),
            seal: ChunkSeal::new(id, &key),
            key,
            held: Vec::with_capacity(CHUNK),
            chunks: 0,
            bytes: 0,
            bytes_max,
            hash: Sha256::new(),
            probe,
            id,
            name,
        })
    }

    /// Opens a file to be read; every chunk is verified before any byte of it is given.
    ///
    /// # Errors
    /// [`StoreError::Broken`] where the file on disk has not the length that it must have,
    /// [`StoreError::File`] where it is not there.
    pub fn open(&self, file: &Attachment) -> Result<FileReader, StoreError> {
        FileReader::open(&self.kept().join(file.id.to_string()), file)
    }

    /// Opens a part of a file: the bytes of `part`, as far as the file has them.
    ///
    /// # Errors
    /// As [`Attachments::open`].
    pub fn open_part(&self, file: &Attachment, part: Range<u64>) -> Result<FileReader, StoreError> {
        Ok(self.open(file)?.within(part))
    }

    /// Removes a file that no event names, because its command was refused.
    ///
    /// # Errors
    /// A failure of the disk; [`Attachments::sweep`] removes it later.
    pub fn discard(&self, file: &Attachment) -> Result<(), StoreError> {
        let path = self.kept().join(file.id.to_string());
        std::fs::remove_file(&path).map_err(fault(&path))
    }
}

/// A file that is coming in. Dropped before [`Upload::finish`], nothing of it is kept.
#[derive(Debug)]
pub struct Upload {
    file: File,
    unfinished: Unfinished,
    kept: PathBuf,
    seal: ChunkSeal,
    key: Zeroizing<[u8; 32]>,
    /// What is not yet sealed: at most one chunk, since only the end tells which is the last.
    held: Vec<u8>,
    chunks: u64,
    bytes: u64,
    bytes_max: u64,
    hash: Sha256,
    probe: Probe,
    id: AttachmentId,
    name: String,
}

/// Removes what did not come to an end.
#[derive(Debug)]
struct Unfinished {
    path: PathBuf,
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // Not there: it was finished and moved. Otherwise the sweep removes what is left.
        std::fs::remove_file(&self.path).ok();
    }
}

impl Upload {
    /// Takes the next bytes, as many as there are.
    ///
    /// # Errors
    /// [`FileError::TooLarge`], [`FileError::Executable`], [`FileError::Macros`] as soon as that is
    /// certain, or a failure of the disk.
    pub fn write(&mut self, mut bytes: &[u8]) -> Result<(), FileError> {
        self.bytes = self.bytes.saturating_add(bytes.len() as u64);
        if self.bytes > self.bytes_max {
            return Err(FileError::TooLarge { bytes_max: self.bytes_max });
        }
        self.hash.update(bytes);
        self.probe.feed(bytes).map_err(|unwanted| unwanted.refuse(&self.name))?;
        while !bytes.is_empty() {
            if self.held.len() == CHUNK {
                self.seal_held(Last::No)?;
            }
            let room = (CHUNK - self.held.len()).min(bytes.len());
            let (now, later) = bytes.split_at_checked(room).unwrap_or((bytes, &[]));
            self.held.extend_from_slice(now);
            bytes = later;
        }
        Ok(())
    }

    fn seal_held(&mut self, last: Last) -> Result<(), StoreError> {
        let sealed = self.seal.seal(self.chunks, last, &self.held)?;
        self.file.write_all(&sealed).map_err(fault(&self.unfinished.path))?;
        self.held.clear();
        self.chunks += 1;
        Ok(())
    }

    /// Ends the file. When this returns, it is durable; its event must be written next.
    ///
    /// # Errors
    /// [`FileError::Executable`], [`FileError::Macros`], or a failure of the disk.
    pub fn finish(mut self) -> Result<Attachment, FileError> {
        let media_type =
            self.probe.media_type(&self.name).map_err(|unwanted| unwanted.refuse(&self.name))?;
        self.seal_held(Last::Yes)?;
        let incoming = &self.unfinished.path;
        self.file.sync_all().map_err(fault(incoming))?;
        let target = self.kept.join(self.id.to_string());
        std::fs::rename(incoming, &target).map_err(fault(&target))?;
        File::open(&self.kept).and_then(|folder| folder.sync_all()).map_err(fault(&self.kept))?;
        Ok(Attachment {
            id: self.id,
            name: self.name.clone(),
            media_type: media_type.to_owned(),
            bytes: self.bytes,
            sha256: hex::encode(self.hash.clone().finalize()),
            key: hex::encode(self.key.as_slice()),
        })
    }
}

impl Unwanted {
    fn refuse(self, name: &str) -> FileError {
        let name = name.to_owned();
        match self {
            Unwanted::Executable => FileError::Executable { name },
            Unwanted::Macros => FileError::Macros { name },
        }
    }
}
