//! Style, scripts and fonts of the pages: built by npm when what they are made of has changed.
//!
//! What they are made of is hashed; the hash of the last build lies beside its output. Installing
//! packages follows the same rule with the lock file, for the browser tests too.

use crate::command::Program;
use crate::output::Output;
use crate::place::Place;
use crate::setup::{self, Need};
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// Builds the assets unless the last build was made of the same files.
///
/// # Errors
/// When Node is lacking, a file cannot be read, or npm fails.
pub(crate) fn ensure(place: &Place, output: &mut Output) -> Result<()> {
    let web = place.web();
    let stamp = web.join("assets/dist/.stamp");
    let sources = hash(&sources(&web)?)?;
    if fs::read_to_string(&stamp).is_ok_and(|built| built == sources) {
        output.note("assets are current");
        return Ok(());
    }
    setup::ensure(&[Need::Node], output)?;
    packages(&web)?;
    Program::new("npm", &web).arguments(["run", "build"]).aside().run()?;
    fs::write(&stamp, sources).with_context(|| format!("cannot write {}", stamp.display()))
}

/// Installs the packages of a lock file unless they are the ones installed last.
///
/// # Errors
/// When the lock file cannot be read or npm fails.
pub(crate) fn packages(folder: &Path) -> Result<()> {
    let lock = hash(&[folder.join("package-lock.json")])?;
    let stamp = folder.join("node_modules/.stamp");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    Program::new("npm", folder).arguments(["ci", "--no-audit", "--no-fund"]).aside().run()?;
    fs::write(&stamp, lock).with_context(|| format!("cannot write {}", stamp.display()))
}

/// The files that the assets are made of, sorted.
fn sources(web: &Path) -> Result<Vec<PathBuf>> {
    let mut files = vec![web.join("package.json"), web.join("package-lock.json")];
    let mut folders = vec![web.join("assets")];
    while let Some(folder) = folders.pop() {
        let entries =
            fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
        for entry in entries {
            let path = entry.with_context(|| format!("cannot read {}", folder.display()))?.path();
            if path == web.join("assets/dist") {
                continue;
            }
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    Ok(files)
}

/// One hash over the paths and contents of files, in their order.
fn hash(files: &[PathBuf]) -> Result<String> {
    let mut hasher = Sha256::new();
    for file in files {
        let content = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        let path = file.to_string_lossy();
        // Lengths first, so that no two lists of files run together into the same bytes.
        for part in [path.as_bytes(), &content] {
            hasher.update(part.len().to_le_bytes());
            hasher.update(part);
        }
    }
    Ok(hex::encode(hasher.finalize()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(root: &Path, path: &str, text: &str) {
        let file = root.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    #[test]
    fn the_hash_follows_every_source_and_not_what_was_built() {
        let folder = tempfile::tempdir().unwrap();
        let web = folder.path();
        for path in ["package.json", "package-lock.json", "assets/scss/a.scss", "assets/js/a.js"] {
            write(web, path, "one");
        }
        let of = |web: &Path| hash(&sources(web).unwrap()).unwrap();
        let first = of(web);

        write(web, "assets/dist/ecm.css", "built");
        assert_eq!(of(web), first, "what was built does not count");
        for path in ["package.json", "package-lock.json", "assets/scss/a.scss", "assets/js/a.js"] {
            write(web, path, "two");
            assert_ne!(of(web), first, "{path} counts");
            write(web, path, "one");
        }
        write(web, "assets/js/b.js", "");
        assert_ne!(of(web), first, "a new file counts, even an empty one");
    }

    #[test]
    fn a_missing_source_is_named() {
        let error = hash(&[PathBuf::from("/no/such/package.json")]).unwrap_err();
        assert!(error.to_string().contains("/no/such/package.json"), "{error}");
    }
}
