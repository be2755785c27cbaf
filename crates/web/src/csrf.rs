//! The token that every form carries: proof that it comes from a page of ours.
//!
//! It is a hash of what the browser's cookie holds, which no other site can read. Whoever is not
//! signed in has a cookie too, so that nobody is signed in under another name unawares.

use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// The token for the browser whose cookie holds `secret`.
pub(crate) fn token(secret: &str) -> String {
    hex::encode(Sha256::new_with_prefix(b"ecm csrf v1\0").chain_update(secret).finalize())
}

/// Whether `given` is the token for the browser whose cookie holds `secret`.
pub(crate) fn fits(secret: &str, given: &str) -> bool {
    token(secret).as_bytes().ct_eq(given.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_fits_its_own_browser_only() {
        assert!(fits("a", &token("a")));
        for wrong in
            [token("b"), String::new(), token("a").to_uppercase(), format!("{} ", token("a"))]
        {
            assert!(!fits("a", &wrong), "{wrong}");
        }
    }
}
