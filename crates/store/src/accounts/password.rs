//! Passwords: what is refused as one, and how one is kept (Argon2id).
//!
//! The rules are those of NIST SP 800-63B §3.1.1: length counts, not classes of characters; what
//! everybody tries first is refused. Text is compared as typed, byte for byte.

use crate::StoreError;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};

/// The fewest characters of a password.
pub const PASSWORD_CHARS_MIN: usize = 12;
/// The most characters of a password: more would only cost time.
pub const PASSWORD_CHARS_MAX: usize = 256;

/// What is chosen most often, and is at once refused, also with digits and signs around it. One a
/// line, in small letters, without digits and signs.
const COMMON: &str = include_str!("common_passwords.txt");

/// Rows of a keyboard and of the alphabet, along which fingers walk.
const WALKS: [&str; 8] = [
    "01234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
    "qayxswedcvfrtgbnhzujmkiolp",
];

/// Why a password is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordRefusal {
    /// It has too few characters.
    #[error("the password has {given} characters, where at least {least} are needed")]
    TooShort {
        /// Characters given.
        given: usize,
        /// Characters needed.
        least: usize,
    },
    /// It has too many characters.
    #[error("the password has {given} characters, where at most {most} are taken")]
    TooLong {
        /// Characters given.
        given: usize,
        /// Characters taken.
        most: usize,
    },
    /// It is the login, or little more than that.
    #[error("the password must not be made of the sign-in name")]
    LikeLogin,
    /// It is among those that are tried first.
    #[error("the password is one of those that are tried first; several unrelated words do better")]
    Common,
}

/// What checking a password costs, and so what guessing costs somebody who has stolen the hashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordCost {
    /// Argon2id with 19 MiB, 2 passes, 1 lane: the OWASP Password Storage Cheat Sheet's choice.
    Full,
    /// Argon2id with 64 KiB, 1 pass, 1 lane: for demonstrations and tests, whose passwords are known.
    Demonstration,
}

impl PasswordCost {
    fn argon2(self) -> Argon2<'static> {
        let (memory_kib, passes) = match self {
            PasswordCost::Full => (19 * 1024, 2),
            PasswordCost::Demonstration => (64, 1),
        };
        // Both rows are within Argon2's bounds (a test makes a hash with each).
        let params = Params::new(memory_kib, passes, 1, None).unwrap_or_default();
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
    }
}

/// Checks a password against the rules for somebody whose login is `login`.
///
/// # Errors
/// The first rule that it breaks.
pub fn check(password: &str, login: &str) -> Result<(), PasswordRefusal> {
    let given = password.chars().count();
    if given < PASSWORD_CHARS_MIN {
        return Err(PasswordRefusal::TooShort { given, least: PASSWORD_CHARS_MIN });
    }
    if given > PASSWORD_CHARS_MAX {
        return Err(PasswordRefusal::TooLong { given, most: PASSWORD_CHARS_MAX });
    }
    let folded = password.to_lowercase();
    if is_made_of(&letters(&folded), &letters(&login.to_lowercase())) || folded == login {
        return Err(PasswordRefusal::LikeLogin);
    }
    let stem = letters(&plain(&folded));
    let bare = letters(&folded);
    let common = |word: &str| is_made_of(&stem, word) || is_made_of(&bare, word);
    if is_monotonous(&folded) || is_walk(&folded) || COMMON.lines().any(common) {
        return Err(PasswordRefusal::Common);
    }
    Ok(())
}

/// The letters of a text alone: what is left of `welcome2026!`.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).collect()
}

/// Figures and signs that stand for letters, as in `p4$$w0rd`, read as these.
fn plain(text: &str) -> String {
    let letter = |c| match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    };
    // What trails is a year or a number, not a spelling.
    text.trim_end_matches(|c: char| !c.is_alphabetic()).chars().map(letter).collect()
}

/// Whether a text is `word` once or several times over, and nothing else.
fn is_made_of(text: &str, word: &str) -> bool {
    !word.is_empty() && !text.is_empty() && text.replace(word, "").is_empty()
}

/// Whether a text has fewer than five different characters: `aaaaaaaaaaaa`, `121212121212`.
fn is_monotonous(text: &str) -> bool {
    text.chars().collect::<std::collections::BTreeSet<_>>().len() < 5
}

/// Whether a text runs along a keyboard or the alphabet, either way, in one or two stretches.
fn is_walk(text: &str) -> bool {
    let walks: Vec<String> = WALKS
        .iter()
        .flat_map(|walk| [(*walk).to_owned(), walk.chars().rev().collect::<String>()])
        .collect();
    let walked = |part: &str| walks.iter().any(|walk| walk.contains(part));
    text.char_indices().any(|(at, _)| {
        let (first, second) = text.split_at(at);
        // A second stretch of one or two characters is the `1!` that a rule once asked for.
        walked(first) && (walked(second) || second.chars().count() < 3)
    })
}

/// Makes the PHC string that is kept of a password. `salt`: 16 random bytes.
///
/// # Errors
/// Where Argon2 refuses its parameters, for which both costs leave no room.
pub(crate) fn hash(
    password: &str,
    salt: &[u8; 16],
    cost: PasswordCost,
) -> Result<String, StoreError> {
    let hashed = cost.argon2().hash_password_with_salt(password.as_bytes(), salt);
    let hashed = hashed.map_err(|_| StoreError::Malformed { what: "the costs of a password" })?;
    Ok(hashed.to_string())
}

/// Whether a password is the one of which `kept` is the PHC string; the costs are those in it.
/// A string that cannot be read fits no password.
pub(crate) fn fits(password: &str, kept: &str) -> bool {
    PasswordHash::new(kept)
        .is_ok_and(|kept| Argon2::default().verify_password(password.as_bytes(), &kept).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_rule_refuses_what_it_is_for() {
        let short = |given| Err(PasswordRefusal::TooShort { given, least: 12 });
        let table = [
            ("", short(0)),
            ("elf-zeichen", short(11)),
            ("äöüäöüäöüäö", short(11)), // characters count, not bytes
            ("tulip harbour nine", Ok(())),
            ("Zollkodex-Brücke", Ok(())),
            ("mariposa.kelp.48", Ok(())),
            ("marijke.dewit", Err(PasswordRefusal::LikeLogin)),
            ("Marijke.DeWit", Err(PasswordRefusal::LikeLogin)),
            ("marijkedewit1965", Err(PasswordRefusal::LikeLogin)),
            ("passwordpassword", Err(PasswordRefusal::Common)),
            ("Password1234!", Err(PasswordRefusal::Common)),
            ("P4$$w0rd-2026", Err(PasswordRefusal::Common)),
            ("Welcome-2026!", Err(PasswordRefusal::Common)),
            ("Willkommen2026", Err(PasswordRefusal::Common)),
            ("motdepasse123", Err(PasswordRefusal::Common)),
            ("administrator", Err(PasswordRefusal::Common)),
            ("123456789012", Err(PasswordRefusal::Common)),
            ("987654321098", Err(PasswordRefusal::Common)),
            ("qwertyuiop12", Err(PasswordRefusal::Common)),
            ("qwertzuiop123", Err(PasswordRefusal::Common)),
            ("abcdefghijkl", Err(PasswordRefusal::Common)),
            ("1q2w3e4r5t6y", Err(PasswordRefusal::Common)),
            ("aaaaaaaaaaaa", Err(PasswordRefusal::Common)),
            ("121212121212", Err(PasswordRefusal::Common)),
        ];
        for (password, outcome) in table {
            assert_eq!(check(password, "marijke.dewit"), outcome, "`{password}`");
        }
        let long = "tulip harbour nine ".repeat(14);
        assert_eq!(check(&long, "x"), Err(PasswordRefusal::TooLong { given: 266, most: 256 }));
    }

    #[test]
    fn the_list_of_common_words_holds_letters_only() {
        for word in COMMON.lines() {
            assert!(!word.is_empty() && word.chars().all(char::is_lowercase), "`{word}`");
        }
    }

    #[test]
    fn what_is_kept_says_its_costs_and_fits_its_password_alone() {
        for (cost, said) in [
            (PasswordCost::Full, "$argon2id$v=19$m=19456,t=2,p=1$"),
            (PasswordCost::Demonstration, "$argon2id$v=19$m=64,t=1,p=1$"),
        ] {
            let kept = hash("tulip harbour nine", &[7; 16], cost).unwrap();
            assert!(kept.starts_with(said), "{kept}");
            assert!(fits("tulip harbour nine", &kept));
            assert!(!fits("tulip harbour nino", &kept));
            assert_ne!(kept, hash("tulip harbour nine", &[8; 16], cost).unwrap());
        }
        assert!(!fits("", ""));
    }

    proptest! {
        #[test]
        fn any_text_is_judged_and_its_hash_fits(password in "\\PC{0,40}", login in "[a-z.]{3,20}") {
            if check(&password, &login).is_ok() {
                prop_assert!(password.chars().count() >= PASSWORD_CHARS_MIN);
                prop_assert!(check(&login, &login).is_err());
            }
            let kept = hash(&password, &[1; 16], PasswordCost::Demonstration).unwrap();
            prop_assert!(fits(&password, &kept));
        }
    }
}
