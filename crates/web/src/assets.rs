//! Stylesheet, scripts, fonts and icons, embedded in the binary.
//!
//! `cargo xtask assets` builds them into `assets/dist`. Their address carries a hash over all of them
//! (`/assets/HASH/app.css`), so that browsers may keep them for good and a new version is asked for at once.

use std::borrow::Cow;
use std::sync::LazyLock;

use rust_embed::RustEmbed;
use sha2::{Digest as _, Sha256};

#[derive(RustEmbed)]
#[folder = "assets/dist/"]
struct Dist;

/// The first twelve hex digits of a hash over every embedded file's name and content.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut names: Vec<Cow<'static, str>> = Dist::iter().filter(|name| !hidden(name)).collect();
    names.sort_unstable();
    let mut hash = Sha256::new();
    for name in names {
        let Some(file) = Dist::get(&name) else { continue };
        hash.update(name.as_bytes());
        hash.update([0]);
        hash.update(file.metadata.sha256_hash());
    }
    hex::encode(hash.finalize()).chars().take(12).collect()
});

/// One file, ready to be answered.
#[derive(Clone, Debug)]
pub struct Asset {
    /// The file's bytes.
    pub bytes: Cow<'static, [u8]>,
    /// Its `Content-Type`.
    pub content_type: &'static str,
    /// Its `Cache-Control`.
    pub cache_control: &'static str,
}

/// The address of an embedded file: `url("app.css")` is `/assets/HASH/app.css`.
pub fn url(name: &str) -> String {
    format!("/assets/{}/{name}", *VERSION)
}

/// The file at `/assets/{version}/{path}`; `None` where there is no such file.
///
/// An address with another version gets the present file, which must then not be kept: a page of the last version
/// is still open somewhere.
pub fn get(version: &str, path: &str) -> Option<Asset> {
    let file = Dist::get(path).filter(|_| !hidden(path))?;
    let cache_control =
        if version == *VERSION { "public, max-age=31536000, immutable" } else { "no-cache" };
    Some(Asset { bytes: file.data, content_type: content_type(path), cache_control })
}

/// Files such as the stamp of the build are no part of what is served.
fn hidden(name: &str) -> bool {
    name.starts_with('.') || name.contains("/.")
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_file_leads_to_it_and_may_be_kept() {
        let address = url("app.css");
        let (version, path) =
            address.trim_start_matches("/assets/").split_once('/').expect("version and path");
        let asset = get(version, path).expect("the stylesheet");
        assert_eq!(asset.content_type, "text/css; charset=utf-8");
        assert!(asset.cache_control.contains("immutable"), "{}", asset.cache_control);
        assert!(asset.bytes.len() > 10_000, "{} bytes", asset.bytes.len());
    }

    #[test]
    fn another_version_gets_the_present_file_unkept() {
        assert_eq!(get("0", "app.js").map(|asset| asset.cache_control), Some("no-cache"));
        assert!(get("0", "../Cargo.toml").is_none());
        assert!(get("0", ".stamp").is_none());
    }
}
