//! Says plainly what to run when the pages' assets have not been built yet.

use std::io::Write as _;
use std::path::Path;
use std::{error, fmt, io};

/// The assets are missing.
struct Missing;

impl error::Error for Missing {}

impl fmt::Debug for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the pages' stylesheet and scripts are not built: run `cargo xtask assets`")
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

fn main() -> Result<(), Box<dyn error::Error>> {
    let mut out = io::stdout();
    writeln!(out, "cargo::rerun-if-changed=assets/dist")?;
    writeln!(out, "cargo::rerun-if-changed=words")?;
    writeln!(out, "cargo::rerun-if-changed=templates")?;
    if Path::new("assets/dist/app.css").is_file() { Ok(()) } else { Err(Missing.into()) }
}
