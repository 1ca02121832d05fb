//! Carries a plan out.
//!
//! Every new text is first written whole, into a staging folder beside its place, and then
//! moved: a reader sees the old file or the new one. Nothing is moved before everything is
//! staged, so that a folder that cannot be written is found while all is still as it was.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use tempfile::TempDir;

use super::output::Output;
use super::{Difference, owned};
use crate::diagnostic::{Diagnostic, Place, display_path};

const STAGING_PREFIX: &str = ".arkerr-staging-";

/// Carries out the differences; `files` are all files that there will be.
pub(super) fn apply(output: &Output, differences: &[Difference], files: &[String]) -> Result<()> {
    fs::create_dir_all(&output.path)
        .with_context(|| format!("cannot create the folder `{}`", output.shown))?;
    // Runs at the same time take turns. Where a folder cannot be locked they do not, and the
    // later one may fail; the next brings all in order.
    let _lock = File::open(&output.path).and_then(|folder| folder.lock().map(|()| folder));

    let folders: BTreeSet<&str> = files.iter().map(|file| folder_of(file)).collect();
    for folder in folders {
        remove_stale_staging(&output.path.join(folder))
            .with_context(|| format!("cannot tidy up the folder `{}`", output.shown(folder)))?;
    }
    let staging = Staging::prepare(output, differences)?;
    // Files are deleted first: where case does not count, an old name may be that of a new file.
    // The list of arkerr's files goes last: until then the old one stands, which names every file
    // that may still have to be deleted.
    let mut order: Vec<&Difference> = differences.iter().collect();
    order.sort_by_key(|difference| {
        let is_list = difference.path == owned::FILE_NAME;
        (difference.new_text().is_some(), is_list)
    });
    for difference in order {
        staging.carry_out(difference)?;
    }
    drop(staging);
    let is_deleted = |difference: &&Difference| difference.new_text().is_none();
    for difference in differences.iter().filter(is_deleted) {
        remove_empty_folders(output, &difference.path)
            .with_context(|| format!("cannot tidy up the folder `{}`", output.shown))?;
    }
    Ok(())
}

/// Writes a file of the project that is not below the output folder: whole or not at all.
///
/// # Errors
/// The file cannot be written.
pub fn write_file(root: &Path, path: &str, text: impl AsRef<[u8]>) -> Result<(), Diagnostic> {
    let place = root.join(path);
    // A link leads to the file that is meant.
    let place = fs::canonicalize(&place).unwrap_or(place);
    let folder = place
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let written = new_staging_folder(folder.unwrap_or(Path::new("."))).and_then(|staging| {
        let staged = staging.path().join("file");
        fs::write(&staged, text)?;
        copy_mode(&place, &staged)?;
        fs::rename(&staged, &place)
    });
    written.map_err(|error| {
        Diagnostic::error("output", format!("the file cannot be written: {error}"))
            .at(Place::file(path))
    })
}

/// Removes a file of the project that is not below the output folder. One that is gone already is
/// as good.
///
/// # Errors
/// The file cannot be removed.
pub fn remove_file(root: &Path, path: &str) -> Result<(), Diagnostic> {
    match fs::remove_file(root.join(path)) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            let message = format!("the file cannot be removed: {error}");
            Err(Diagnostic::error("output", message).at(Place::file(path)))
        }
        _ => Ok(()),
    }
}

/// Writes a new file, with the folders above it.
///
/// # Errors
/// There is a file already, or it cannot be written.
pub fn create_file(path: &Path, text: &str) -> Result<(), Diagnostic> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let written = fs::create_dir_all(folder)
        .and_then(|()| File::create_new(path))
        .and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| {
        Diagnostic::error("output", format!("the file cannot be written: {error}"))
            .at(Place::file(display_path(path)))
    })
}

/// The new texts, written whole and waiting to be moved.
struct Staging<'a> {
    output: &'a Output,
    /// By folder under the output folder. Dropping one deletes it.
    folders: BTreeMap<&'a str, TempDir>,
}

impl<'a> Staging<'a> {
    fn prepare(output: &'a Output, differences: &'a [Difference]) -> Result<Self> {
        let mut staging = Self {
            output,
            folders: BTreeMap::new(),
        };
        for difference in differences {
            let folder = folder_of(&difference.path);
            let path = output.path.join(folder);
            let cannot_write = || format!("cannot write to the folder `{}`", output.shown(folder));
            // A file that is to be deleted needs a folder that can be written, too.
            if !staging.folders.contains_key(folder) {
                let staged = fs::create_dir_all(&path).and_then(|()| new_staging_folder(&path));
                staging
                    .folders
                    .insert(folder, staged.with_context(cannot_write)?);
            }
            if let Some(text) = difference.new_text() {
                let staged = staging.staged(difference);
                fs::write(&staged, text)
                    .and_then(|()| copy_mode(&output.path.join(&difference.path), &staged))
                    .with_context(cannot_write)?;
            }
        }
        Ok(staging)
    }

    fn carry_out(&self, difference: &Difference) -> Result<()> {
        let shown = || self.output.shown(&difference.path);
        let place = self.output.path.join(&difference.path);
        if difference.new_text().is_some() {
            fs::rename(self.staged(difference), place)
                .with_context(|| format!("cannot write `{}`", shown()))
        } else {
            match fs::remove_file(place) {
                // Somebody was faster.
                Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
                result => result.with_context(|| format!("cannot delete `{}`", shown())),
            }
        }
    }

    /// Where the new text of a file waits.
    fn staged(&self, difference: &Difference) -> PathBuf {
        let folder = folder_of(&difference.path);
        let name = difference.path.rsplit('/').next().unwrap_or_default();
        self.folders[folder].path().join(name)
    }
}

/// The folder of a file under the output folder; empty for the output folder itself.
fn folder_of(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Gives a new file the mode of the one that it will replace.
fn copy_mode(from: &Path, to: &Path) -> io::Result<()> {
    match fs::metadata(from) {
        Ok(old) => fs::set_permissions(to, old.permissions()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

fn new_staging_folder(folder: &Path) -> io::Result<TempDir> {
    tempfile::Builder::new()
        .prefix(STAGING_PREFIX)
        .tempdir_in(folder)
}

/// Removes the folders above a deleted file that have nothing left in them.
fn remove_empty_folders(output: &Output, file: &str) -> io::Result<()> {
    let file = output.path.join(file);
    let folders = file.ancestors().skip(1);
    for folder in folders.take_while(|folder| *folder != output.path) {
        match fs::remove_dir(folder) {
            Ok(()) => {}
            // Another file of the same folder may have been the last one.
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            // A link to a folder elsewhere is somebody's arrangement, and stays.
            Err(error) if error.kind() == ErrorKind::NotADirectory => break,
            Err(error) if error.kind() == ErrorKind::DirectoryNotEmpty => break,
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Removes what a run left behind that was killed.
fn remove_stale_staging(folder: &Path) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let entry = entry?;
        if is_staging(&entry) {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

fn is_staging(entry: &fs::DirEntry) -> bool {
    let has_prefix = entry
        .file_name()
        .to_string_lossy()
        .starts_with(STAGING_PREFIX);
    has_prefix && entry.file_type().is_ok_and(|kind| kind.is_dir())
}
