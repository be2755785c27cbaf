//! What opens a door by being known: tokens of sessions, of the API, of links, and recovery codes.
//!
//! A token is 256 random bits; the store keeps its keyed hash alone, so that nobody who reads the
//! database can use one.

use super::node::random;
use crate::StoreError;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::fmt;
use zeroize::Zeroizing;

/// A secret token, in the form in which it travels: letters, digits, `-` and `_`. Handed out once.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(Zeroizing<String>);

impl Token {
    /// Draws a new token; `prefix` says in a log or a repository what was found there.
    pub(crate) fn draw(prefix: &str) -> Result<Token, StoreError> {
        let bits = Zeroizing::new(random::<32>()?);
        Ok(Token(Zeroizing::new(format!("{prefix}{}", URL_SAFE_NO_PAD.encode(*bits)))))
    }

    /// The token as it travels.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// Signs of a recovery code: digits and letters without those that are mistaken for others.
const SIGNS: &[u8; 32] = b"23456789abcdefghijkmnpqrstuvwxyz";
/// Signs of a recovery code: 80 bits.
const SIGNS_OF_A_CODE: usize = 16;

/// Draws a recovery code: 16 signs in four groups, `k7qm-x2pa-9rtc-h4wn`.
pub(crate) fn draw_recovery_code() -> Result<String, StoreError> {
    let mut code = String::with_capacity(SIGNS_OF_A_CODE + 3);
    for (at, byte) in random::<SIGNS_OF_A_CODE>()?.into_iter().enumerate() {
        if at > 0 && at % 4 == 0 {
            code.push('-');
        }
        // 32 signs divide 256, so that each is as likely as any other.
        let sign = SIGNS.get(usize::from(byte) % SIGNS.len()).copied().unwrap_or(b'2');
        code.push(char::from(sign));
    }
    Ok(code)
}

/// A recovery code as it was typed, without spaces, hyphens and capitals.
pub(crate) fn fold_recovery_code(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_does_not_show_itself_in_a_log() {
        let token = Token::draw("ecm_").unwrap();
        assert_eq!(format!("{token:?}"), "Token(…)");
        assert_eq!(token.as_str().len(), 4 + 43);
        assert_ne!(token, Token::draw("ecm_").unwrap());
    }

    #[test]
    fn a_recovery_code_is_read_however_it_is_typed() {
        let code = draw_recovery_code().unwrap();
        assert_eq!(code.len(), 19);
        let typed = format!(" {} ", code.to_uppercase().replace('-', " "));
        assert_eq!(fold_recovery_code(&typed), code.replace('-', ""));
    }
}
