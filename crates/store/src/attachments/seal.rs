//! The chunks of a file: how they are sealed, and how they are read back.
//!
//! A file on disk is a row of chunks of 64 KiB, the last one shorter, each sealed with
//! XChaCha20-Poly1305 under the file's own key and followed by its tag of 16 bytes. Nonce: the
//! file's id (16 bytes) and the chunk's number (8 bytes, big-endian). Bound to it: that number, and
//! whether the chunk is the last. This is the STREAM construction (Hoang, Reyhanitabar, Rogaway and
//! Vizár, 2015), so that chunks which are missing, exchanged, repeated or added are found.

use std::fmt;
use std::fs::File;
use std::io::{Read, Seek as _, SeekFrom};
use std::ops::Range;
use std::path::Path;

use catalogue::ids::AttachmentId;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use domain::body::Attachment;
use zeroize::Zeroizing;

use crate::error::StoreError;

/// The bytes of a chunk before it is sealed.
pub const CHUNK: usize = 64 * 1024;
/// The same, to reckon with positions.
const CHUNK_BYTES: u64 = CHUNK as u64;
/// The bytes that sealing adds to a chunk.
const TAG: u64 = 16;

/// Whether a chunk is the last of its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Last {
    No,
    Yes,
}

/// Seals and opens the chunks of one file.
#[derive(Clone)]
pub(super) struct ChunkSeal {
    id: AttachmentId,
    cipher: XChaCha20Poly1305,
}

impl fmt::Debug for ChunkSeal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChunkSeal").field("id", &self.id).finish_non_exhaustive()
    }
}

impl ChunkSeal {
    pub(super) fn new(id: AttachmentId, key: &[u8; 32]) -> ChunkSeal {
        ChunkSeal { id, cipher: XChaCha20Poly1305::new(&Key::from(*key)) }
    }

    fn nonce(&self, chunk: u64) -> XNonce {
        let mut nonce = [0; 24];
        let parts = self.id.as_uuid().into_bytes().into_iter().chain(chunk.to_be_bytes());
        for (byte, part) in nonce.iter_mut().zip(parts) {
            *byte = part;
        }
        XNonce::from(nonce)
    }

    pub(super) fn seal(&self, chunk: u64, last: Last, plain: &[u8]) -> Result<Vec<u8>, StoreError> {
        let payload = Payload { msg: plain, aad: &bound_to(chunk, last) };
        let sealed = self.cipher.encrypt(&self.nonce(chunk), payload);
        sealed.map_err(|_| StoreError::Broken { what: "what was to be sealed" })
    }

    fn open(&self, chunk: u64, last: Last, sealed: &[u8]) -> Result<Vec<u8>, StoreError> {
        let payload = Payload { msg: sealed, aad: &bound_to(chunk, last) };
        let plain = self.cipher.decrypt(&self.nonce(chunk), payload);
        plain.map_err(|_| StoreError::Broken { what: "a file" })
    }
}

fn bound_to(chunk: u64, last: Last) -> Vec<u8> {
    [chunk.to_be_bytes().as_slice(), &[u8::from(last == Last::Yes)]].concat()
}

/// Reads a file, or a part of it; each chunk is verified before any byte of it is given.
///
/// An error of [`Read::read`] holds a [`StoreError::Broken`] where the file was changed on disk.
#[derive(Debug)]
pub struct FileReader {
    file: File,
    seal: ChunkSeal,
    /// The bytes of the whole file.
    bytes: u64,
    /// The next byte to be given.
    at: u64,
    /// The first byte not to be given.
    end: u64,
    /// The chunk that was opened last, with its number.
    open: Option<(u64, Vec<u8>)>,
}

impl FileReader {
    pub(super) fn open(path: &Path, named: &Attachment) -> Result<FileReader, StoreError> {
        let mut key = Zeroizing::new([0_u8; 32]);
        hex::decode_to_slice(&named.key, key.as_mut_slice())
            .map_err(|_| StoreError::Malformed { what: "the key of a file" })?;
        let fault = |source| StoreError::File { path: path.to_owned(), source };
        let file = File::open(path).map_err(fault)?;
        let seal = ChunkSeal::new(named.id, &key);
        let bytes = named.bytes;
        let mut reader = FileReader { file, seal, bytes, at: 0, end: bytes, open: None };
        let sealed = reader.file.metadata().map_err(fault)?.len();
        if reader.chunks().checked_mul(TAG).and_then(|tags| tags.checked_add(bytes)) != Some(sealed)
        {
            return Err(StoreError::Broken { what: "a file" });
        }
        if bytes == 0 {
            // Nobody will ask for a byte of it.
            reader.load(0).map_err(fault)?;
        }
        Ok(reader)
    }

    /// Only the bytes of `part`, as far as the file has them.
    #[must_use]
    pub fn within(mut self, part: Range<u64>) -> FileReader {
        self.end = part.end.min(self.bytes);
        self.at = part.start.min(self.end);
        self
    }

    /// The bytes that are still to be given.
    pub const fn left(&self) -> u64 {
        self.end - self.at
    }

    /// An empty file has one chunk, which is empty.
    const fn chunks(&self) -> u64 {
        if self.bytes == 0 { 1 } else { self.bytes.div_ceil(CHUNK_BYTES) }
    }

    fn load(&mut self, number: u64) -> std::io::Result<&[u8]> {
        let chunk = match self.open.take() {
            Some((open, chunk)) if open == number => chunk,
            Some(_) | None => {
                let last = if number + 1 == self.chunks() { Last::Yes } else { Last::No };
                self.file.seek(SeekFrom::Start(number * (CHUNK_BYTES + TAG)))?;
                let mut sealed = Vec::with_capacity(CHUNK + 16);
                (&mut self.file).take(CHUNK_BYTES + TAG).read_to_end(&mut sealed)?;
                self.seal.open(number, last, &sealed).map_err(std::io::Error::other)?
            }
        };
        Ok(&self.open.insert((number, chunk)).1)
    }
}

impl Read for FileReader {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.at >= self.end || into.is_empty() {
            return Ok(0);
        }
        let (at, left) = (self.at, self.left());
        // Within a chunk, so both fit.
        let from = usize::try_from(at % CHUNK_BYTES).unwrap_or(CHUNK);
        let chunk = self.load(at / CHUNK_BYTES)?.get(from..).unwrap_or_default();
        let count = chunk.len().min(into.len()).min(usize::try_from(left).unwrap_or(usize::MAX));
        for (to, byte) in into.iter_mut().zip(chunk.iter().take(count)) {
            *to = *byte;
        }
        self.at += count as u64;
        Ok(count)
    }
}
