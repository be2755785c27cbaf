//! Why a use case was not done.

use domain::event::What;
use domain::form::FieldError;
use domain::refusal::Refusal;
use store::StoreError;
use store::attachments::FileError;
use store::log::chain::Version;

/// Why something was not done. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// It does not exist *for this viewer*. The same whether it is hidden or was never there.
    #[error("there is nothing under this address")]
    NotFound,
    /// The viewer's roles do not allow it, whatever the dossier.
    #[error("your role does not allow this")]
    Role,
    /// What was given cannot be read: all that is wrong with it.
    #[error("{} fields cannot be read", .0.len())]
    Malformed(Vec<FieldError>),
    /// The rules say no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Something that he can see was added since he looked.
    #[error("the dossier has changed since you looked: {}", newer.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))]
    Stale {
        /// What was added, in its order.
        newer: Vec<What>,
        /// His version now.
        version: Version,
    },
    /// The command id has been used for another request.
    #[error("this idempotency key was used for another request")]
    OtherBody,
    /// What was stored cannot be read any more, although its key is there.
    #[error("stored content is not well formed")]
    Content(#[from] serde_json::Error),
    /// The file is not taken: too large, a program, or a document with macros.
    #[error(transparent)]
    File(FileError),
    /// The file broke off while it came in: nothing of it was kept.
    #[error("the file broke off while it came in; send it again")]
    BrokenOff(#[source] std::io::Error),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The node shuts down.
    #[error("the node is shutting down")]
    Stopped,
    /// Too much happened to the dossier at once.
    #[error("the dossier changed eight times while this was decided; try again")]
    Busy,
}

impl From<FileError> for Trouble {
    fn from(error: FileError) -> Trouble {
        match error {
            FileError::Store(failure) => Trouble::Store(failure),
            refused @ (FileError::TooLarge { .. }
            | FileError::Executable { .. }
            | FileError::Macros { .. }) => Trouble::File(refused),
        }
    }
}
