//! Backup and restore: data and keys go to two folders, and a destroyed key never comes back.
//!
//! A backup of the data is one of many. The backup of the keys is *one*, brought up to date each
//! time: so an old copy of the data, restored with the keys, does not open what was destroyed since.

use std::path::Path;

use rusqlite::{Connection, params};

use crate::error::StoreError;
use crate::folder::Store;

// Writes a whole copy of the database.  ?1 path of a file that is not there yet
const COPY: &str = "VACUUM INTO ?1";
// Destructions that one key file records are carried over to another.  The other is `old`.
const CARRY_OVER: &str = "INSERT INTO main.key (scope, id, wrapped, created, destroyed) \
    SELECT scope, id, NULL, created, destroyed FROM old.key WHERE destroyed IS NOT NULL \
    ON CONFLICT (scope, id) DO UPDATE SET wrapped = NULL, \
    destroyed = coalesce(main.key.destroyed, excluded.destroyed)";
// Opens another key file beside the first.  ?1 its path
const ATTACH: &str = "ATTACH DATABASE ?1 AS old";

impl Store {
    /// Copies the data to the empty or missing folder `data`, and the keys to `keys`, where the copy
    /// that may lie there is replaced. The node goes on meanwhile; `keys` must not lie in `data`.
    ///
    /// # Errors
    /// [`StoreError::NotAFolder`] where `data` holds something or `keys` lies in it, or a failure of
    /// disk or database.
    pub fn backup(&self, data: &Path, keys: &Path) -> Result<(), StoreError> {
        make_empty(data)?;
        make(keys)?;
        apart(data, keys)?;
        // Data first: a key is older than what it seals, so the keys copied later suffice. Files
        // come last: what the log names is there before the log names it.
        copy(
            &crate::writer::connect(&self.database().dir().join("ecm.db"))?,
            &data.join("ecm.db"),
        )?;
        let fresh = keys.join("keys.db.new");
        remove_if_there(&fresh)?;
        copy(&crate::writer::connect(&self.database().dir().join("keys.db"))?, &fresh)?;
        rename(&fresh, &keys.join("keys.db"))?;
        for part in ["attachments", "checkpoints"] {
            copy_folder(&self.database().dir().join(part), &data.join(part))?;
        }
        Ok(())
    }
}

/// Restores a backup into `dir`: an empty or missing folder, or one that holds the key file of the
/// node that was lost, whose destructions are kept. Open the folder afterwards with its master key:
/// destructions that the log records are then repeated.
///
/// # Errors
/// [`StoreError::NotAFolder`] where `dir` holds data or the backup lacks a file, or a failure of
/// disk or database.
pub fn restore(data: &Path, keys: &Path, dir: &Path) -> Result<(), StoreError> {
    make(dir)?;
    let not_ours =
        |dir: &Path, problem| Err(StoreError::NotAFolder { dir: dir.to_owned(), problem });
    if dir.join("ecm.db").exists() {
        return not_ours(dir, "it holds a node's data already; restore into an empty folder");
    }
    for (folder, file) in [(data, "ecm.db"), (keys, "keys.db")] {
        if !folder.join(file).exists() {
            return not_ours(folder, "it is not a backup: a database is missing");
        }
    }
    let fresh = dir.join("keys.db.new");
    remove_if_there(&fresh)?;
    copy_file(&keys.join("keys.db"), &fresh)?;
    let old = dir.join("keys.db");
    if old.exists() {
        carry_over(&fresh, &old)?;
        for leftover in ["keys.db-wal", "keys.db-shm"] {
            remove_if_there(&dir.join(leftover))?;
        }
    }
    rename(&fresh, &old)?;
    for part in ["attachments", "checkpoints"] {
        copy_folder(&data.join(part), &dir.join(part))?;
    }
    // Last, so that a restore that was cut short is not taken for a whole one.
    let half = dir.join("ecm.db.new");
    remove_if_there(&half)?;
    copy_file(&data.join("ecm.db"), &half)?;
    rename(&half, &dir.join("ecm.db"))
}

/// Marks in `fresh` what `old` says is destroyed.
fn carry_over(fresh: &Path, old: &Path) -> Result<(), StoreError> {
    let sql = Connection::open(fresh)?;
    sql.pragma_update(None, "journal_mode", "delete")?;
    sql.pragma_update(None, "secure_delete", true)?;
    sql.execute(ATTACH, params![text(old)?])?;
    sql.execute(CARRY_OVER, [])?;
    sql.close().map_err(|(_, error)| error.into())
}

fn copy(sql: &Connection, to: &Path) -> Result<(), StoreError> {
    sql.execute(COPY, params![text(to)?])?;
    sync(to)
}

fn text(path: &Path) -> Result<&str, StoreError> {
    path.to_str().ok_or_else(|| StoreError::NotAFolder {
        dir: path.to_owned(),
        problem: "its name is not Unicode, as the database needs it",
    })
}

fn fault(path: &Path) -> impl Fn(std::io::Error) -> StoreError {
    let path = path.to_owned();
    move |source| StoreError::File { path: path.clone(), source }
}

fn make(dir: &Path) -> Result<(), StoreError> {
    std::fs::create_dir_all(dir).map_err(fault(dir))
}

fn make_empty(dir: &Path) -> Result<(), StoreError> {
    make(dir)?;
    let empty = std::fs::read_dir(dir).map_err(fault(dir))?.next().is_none();
    let problem = "it is not empty; a backup goes to a folder of its own";
    if empty { Ok(()) } else { Err(StoreError::NotAFolder { dir: dir.to_owned(), problem }) }
}

fn apart(data: &Path, keys: &Path) -> Result<(), StoreError> {
    let data = data.canonicalize().map_err(fault(data))?;
    let inside = keys.canonicalize().map_err(fault(keys))?.starts_with(data);
    let problem = "it lies within the backup of the data; keys are kept apart";
    if inside { Err(StoreError::NotAFolder { dir: keys.to_owned(), problem }) } else { Ok(()) }
}

fn remove_if_there(path: &Path) -> Result<(), StoreError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(fault(path)(error)),
        Ok(()) | Err(_) => Ok(()),
    }
}

fn copy_file(from: &Path, to: &Path) -> Result<(), StoreError> {
    std::fs::copy(from, to).map_err(fault(from))?;
    sync(to)
}

fn sync(path: &Path) -> Result<(), StoreError> {
    std::fs::File::open(path).and_then(|file| file.sync_all()).map_err(fault(path))
}

fn rename(from: &Path, to: &Path) -> Result<(), StoreError> {
    std::fs::rename(from, to).map_err(fault(to))?;
    to.parent().map_or(Ok(()), sync)
}

/// Copies a folder with all that is in it; a missing one has nothing in it.
fn copy_folder(from: &Path, to: &Path) -> Result<(), StoreError> {
    make(to)?;
    if !from.exists() {
        return Ok(());
    }
    for entry in std::fs::read_dir(from).map_err(fault(from))? {
        let entry = entry.map_err(fault(from))?;
        let target = to.join(entry.file_name());
        if entry.file_type().map_err(fault(from))?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            copy_file(&entry.path(), &target)?;
        }
    }
    Ok(())
}
