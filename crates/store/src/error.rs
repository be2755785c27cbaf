//! What can fail in the store. Refusals of the rules are no errors; they are made elsewhere.

use std::path::PathBuf;

use catalogue::ids::DossierId;

use crate::keys::Scope;

/// A failure of the store, or a call that breaks its contract.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] rusqlite::Error),
    /// A file of the data folder cannot be read or written.
    #[error("cannot use {}", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The transaction could not be made durable: nothing of it was kept.
    #[error("the transaction could not be committed ({reason}): nothing of it was kept")]
    Commit {
        /// What the database said.
        reason: String,
    },
    /// The writer has stopped, or the job it was given broke off: nothing of the job was kept.
    #[error("the writer stopped before the job was done: nothing of it was kept")]
    Stopped,
    /// Another process serves this folder.
    #[error("{} is in use by another process; stop it first", dir.display())]
    InUse {
        /// The data folder.
        dir: PathBuf,
    },
    /// The folder was written by a later version of the program.
    #[error(
        "{} has format {found}, and this program knows formats up to {known}; \
         use the program that wrote it, or a later one",
        dir.display()
    )]
    NewerFormat {
        /// The data folder.
        dir: PathBuf,
        /// The format found.
        found: u32,
        /// The latest format known.
        known: u32,
    },
    /// The folder's files are not those of a node.
    #[error("{} is not a node's data folder: {problem}", dir.display())]
    NotAFolder {
        /// The folder.
        dir: PathBuf,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// Every commit must reach the disk before it is acknowledged, and the database does not do so.
    #[error("the database runs with synchronous={found}, where 2 (FULL) or more is needed")]
    NotDurable {
        /// The value of the setting.
        found: i64,
    },
    /// The file of the master key is not well formed.
    #[error("{} holds no master key: expected 64 hexadecimal digits", path.display())]
    MasterKeyFile {
        /// The file.
        path: PathBuf,
    },
    /// The master key given is not the one with which this folder's keys are wrapped.
    #[error("the master key given is not the one of this data folder")]
    WrongMasterKey,
    /// What would have to be sealed belongs to a key that was destroyed.
    #[error("the key of this content was destroyed, so nothing can be added to it")]
    KeyDestroyed,
    /// A key that something was sealed with is not in the key file.
    #[error("the key file lacks a key of scope `{scope}`; it is older than the data")]
    KeyMissing {
        /// The scope of the key.
        scope: Scope,
    },
    /// Sealed bytes do not open: they, or what they are bound to, were changed.
    #[error("{what} cannot be opened: it was changed on disk")]
    Broken {
        /// What was to be opened.
        what: &'static str,
    },
    /// Stored bytes are not of the form that the format prescribes.
    #[error("{what} is not well formed: it was changed on disk")]
    Malformed {
        /// What was to be read.
        what: &'static str,
    },
    /// The operating system gives no random bytes.
    #[error("the operating system gives no random bytes")]
    Random(#[from] getrandom::Error),
    /// The call breaks the contract of the store; nothing was written.
    #[error("the call breaks the contract of the store: {0}")]
    Unsound(#[from] Unsound),
}

/// What a call asked for that must never be asked for: a fault of the calling code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsound {
    /// A write holds no event.
    #[error("a write without an event")]
    NoEvent,
    /// The first event of a new dossier does not join its home.
    #[error("the first event of a new dossier must join its home to the distribution list")]
    HomeNotJoined,
    /// A viewer would write into a strand that he cannot read.
    #[error("a viewer writes into a strand that he cannot read")]
    Unreadable,
    /// Two writes of one command go to the same dossier.
    #[error("dossier {0} is written twice by one command")]
    Twice(DossierId),
    /// A viewer opens a dossier in the name of an authority that is not his.
    #[error("a viewer opens a dossier for an authority that is not his")]
    ForeignHome,
    /// An event that only the destruction of a key may write.
    #[error("only the destruction of a key writes `key_destroyed`")]
    Destruction,
}
