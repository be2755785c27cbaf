//! Ids: what names a dossier, an event, an attachment, an account, a command and a unit.
//!
//! Random ids are UUIDs that the store draws from its own source of randomness and hands in;
//! nothing here makes one. A unit's id is a word that people read and type: `DE-LICENSING`.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use uuid::Uuid;

use crate::text::serde_as_text;

/// A text that is not the id it should be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// The text is no UUID.
    #[error(
        "`{given}` is not the id of {of}: expected a UUID such as \
         `019a2f3e-7c1b-7000-8a52-3b7d0c1f9e11`"
    )]
    Uuid {
        /// The text as it was given.
        given: String,
        /// What the id would have named, with its article: `a dossier`.
        of: &'static str,
        /// What the UUID parser found wrong.
        source: uuid::Error,
    },
    /// The text is not the 32 hexadecimal digits of a command id.
    #[error("`{given}` is not the id of a command: expected 32 hexadecimal digits")]
    Command {
        /// The text as it was given.
        given: String,
    },
    /// The text breaks the grammar of unit names.
    #[error(
        "`{given}` is not the name of a unit: expected 2 to 40 capital letters, digits and \
         hyphens, such as `DE-LICENSING` or `NL000510`"
    )]
    Unit {
        /// The text as it was given.
        given: String,
    },
}

/// Defines an id over a UUID.
macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident, $of:literal) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// The id with this UUID.
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The UUID of the id.
            pub const fn as_uuid(&self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                Uuid::parse_str(text.trim())
                    .map(Self)
                    .map_err(|source| IdError::Uuid { given: text.to_owned(), of: $of, source })
            }
        }
    };
}

uuid_id!(
    /// Names a dossier, for good and on every node.
    DossierId,
    "a dossier"
);
uuid_id!(
    /// Names an event of a dossier's log.
    EventId,
    "an event"
);
uuid_id!(
    /// Names an attachment of a dossier.
    AttachmentId,
    "an attachment"
);
uuid_id!(
    /// Names the account of a person or of a machine.
    AccountId,
    "an account"
);

/// Names a command of one account: the same command sent twice is done once.
///
/// 16 bytes, written as 32 lower-case hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommandId([u8; 16]);

impl CommandId {
    /// The command id with these bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The bytes of the id.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl fmt::Display for CommandId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for CommandId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let digits = text.trim();
        // The number's own parser would take `+` and fewer digits.
        let well_formed = digits.len() == 32 && digits.bytes().all(|b| b.is_ascii_hexdigit());
        u128::from_str_radix(digits, 16)
            .ok()
            .filter(|_| well_formed)
            .map(|number| Self(number.to_be_bytes()))
            .ok_or_else(|| IdError::Command { given: text.to_owned() })
    }
}

serde_as_text!(CommandId);

/// Names a unit of the directory: an authority, or an office or desk below one.
///
/// 2 to 40 capital letters, digits and hyphens, the first not a hyphen: `DE-LICENSING`,
/// `NL000510`, `EU-COMMISSION`. Cheap to clone. Surrounding space and small letters are
/// tolerated when it is read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId(Arc<str>);

impl UnitId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl AsRef<str> for UnitId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl FromStr for UnitId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let name = text.trim().to_ascii_uppercase();
        let well_formed = (2..=40).contains(&name.len())
            && !name.starts_with('-')
            && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-');
        if well_formed {
            Ok(Self(name.into()))
        } else {
            Err(IdError::Unit { given: text.to_owned() })
        }
    }
}

serde_as_text!(UnitId);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn unit_names_follow_their_grammar() {
        let table = [
            ("DE-LICENSING", Some("DE-LICENSING")),
            (" nl000510 ", Some("NL000510")),
            ("EU-COMMISSION", Some("EU-COMMISSION")),
            ("7A", Some("7A")),
            ("A", None),
            ("", None),
            ("-DE", None),
            ("DE LICENSING", None),
            ("DE_LICENSING", None),
            ("ÖSTERREICH", None),
            ("A2345678901234567890123456789012345678901", None),
        ];
        for (given, expected) in table {
            let unit = given.parse::<UnitId>().ok();
            assert_eq!(unit.as_ref().map(UnitId::as_str), expected, "given `{given}`");
        }
    }

    #[test]
    fn a_wrong_id_is_refused_wherever_it_comes_from() {
        assert!(serde_json::from_str::<UnitId>("\"no unit\"").is_err());
        assert!(serde_json::from_str::<DossierId>("\"7\"").is_err());
        assert!("+1234567890123456789012345678901".parse::<CommandId>().is_err());
        assert_eq!(
            "7".parse::<DossierId>().unwrap_err().to_string(),
            "`7` is not the id of a dossier: expected a UUID such as \
             `019a2f3e-7c1b-7000-8a52-3b7d0c1f9e11`"
        );
    }

    proptest! {
        #[test]
        fn ids_survive_being_written_and_read(number: u128, name in "[A-Z0-9][A-Z0-9-]{1,39}") {
            let dossier = DossierId::from_uuid(Uuid::from_u128(number));
            prop_assert_eq!(dossier.to_string().parse::<DossierId>().unwrap(), dossier);
            let json = serde_json::to_string(&dossier).unwrap();
            prop_assert_eq!(serde_json::from_str::<DossierId>(&json).unwrap(), dossier);

            let command = CommandId::from_bytes(number.to_be_bytes());
            prop_assert_eq!(command.to_string().parse::<CommandId>().unwrap(), command);

            let unit: UnitId = name.parse().unwrap();
            prop_assert_eq!(unit.to_string().parse::<UnitId>().unwrap(), unit);
        }
    }
}
