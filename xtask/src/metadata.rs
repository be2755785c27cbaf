//! What `cargo metadata` says of the workspace: its crates and whom they name in their manifests.

use crate::command::Program;
use crate::place::Place;
use anyhow::{Context, Result};
use serde::Deserialize;
use std::path::PathBuf;

/// The part of `cargo metadata` that is used here.
#[derive(Debug, Deserialize)]
pub(crate) struct Metadata {
    /// The crates of the workspace.
    pub(crate) packages: Vec<Package>,
    /// Where cargo builds.
    pub(crate) target_directory: PathBuf,
}

/// A crate of the workspace.
#[derive(Debug, Deserialize)]
pub(crate) struct Package {
    /// Its name.
    pub(crate) name: String,
    /// Whom its manifest names, for any purpose.
    pub(crate) dependencies: Vec<Dependency>,
}

/// An entry of a manifest.
#[derive(Debug, Deserialize)]
pub(crate) struct Dependency {
    /// The other crate's name.
    pub(crate) name: String,
    /// Its folder, for a crate of this workspace; absent for one from the registry.
    pub(crate) path: Option<PathBuf>,
}

impl Metadata {
    /// Asks cargo.
    ///
    /// # Errors
    /// When cargo fails, or answers in a form that is not known.
    pub(crate) fn read(place: &Place) -> Result<Metadata> {
        let text = Program::cargo(place)
            .arguments(["metadata", "--no-deps", "--format-version", "1"])
            .read()?;
        serde_json::from_str(&text).context("cannot read what `cargo metadata` printed")
    }
}
