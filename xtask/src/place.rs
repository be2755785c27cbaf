//! Where things lie: the root of the repository and the folders that tasks need.

use crate::metadata::Metadata;
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

/// The folders of one checkout.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    root: PathBuf,
}

impl Place {
    /// Finds the repository that contains the folder in which the command was called.
    ///
    /// # Errors
    /// When no folder above holds this workspace.
    pub(crate) fn find() -> Result<Place> {
        let here = std::env::current_dir().context("cannot tell the current folder")?;
        let root = here.ancestors().find(|folder| folder.join("xtask/Cargo.toml").is_file());
        match root {
            Some(root) => Ok(Place { root: root.to_owned() }),
            None => bail!("{} lies in no checkout of this repository", here.display()),
        }
    }

    /// A checkout whose root is known.
    #[cfg(test)]
    pub(crate) fn at(root: &Path) -> Place {
        Place { root: root.to_owned() }
    }

    /// The root of the repository.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// A file or folder by its path from the root.
    pub(crate) fn path(&self, from_root: &str) -> PathBuf {
        self.root.join(from_root)
    }

    /// A program that cargo has built for development.
    ///
    /// # Errors
    /// When cargo does not say where it builds.
    pub(crate) fn built(&self, program: &str) -> Result<PathBuf> {
        let metadata = Metadata::read(self)?;
        Ok(metadata.target_directory.join("debug").join(program))
    }

    /// The pages' sources: style, scripts, fonts.
    pub(crate) fn web(&self) -> PathBuf {
        self.path("crates/web")
    }

    /// The browser tests.
    pub(crate) fn browser_tests(&self) -> PathBuf {
        self.path("e2e")
    }
}
