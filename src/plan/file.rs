//! Single files of a project that are not below its output folder.

use std::fs;
#[cfg(feature = "cli")]
use std::io::Write as _;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::staging::{self, Staging};
#[cfg(feature = "cli")]
use crate::diagnostic::display_path;
use crate::diagnostic::{Diagnostic, Place};
use crate::links::{self, or_here, real};

/// What a file that is to be written is called while it waits.
const WAITING: &str = "new";

/// Writes a file of the project that is not below the output folder, with the folders above it:
/// whole or not at all.
///
/// # Errors
/// The file cannot be written, or would lie outside of the project.
pub fn write_file(root: &Path, path: &str, text: impl AsRef<[u8]>) -> Result<(), Diagnostic> {
    ProjectFile::new(root, path, text.as_ref())?.write()
}

/// A file of the project that is to be written, and is known to lie in the project.
#[derive(Debug)]
pub(crate) struct ProjectFile<'a> {
    root: &'a Path,
    shown: &'a str,
    text: &'a [u8],
    /// Where it will be.
    place: PathBuf,
    /// Where the file is whose place it takes.
    old: PathBuf,
}

impl<'a> ProjectFile<'a> {
    /// A file with this path in the project at `root`.
    ///
    /// # Errors
    /// It would lie outside of the project, or it cannot be told where.
    pub(crate) fn new(root: &'a Path, path: &'a str, text: &'a [u8]) -> Result<Self, Diagnostic> {
        let place = place_in(root, root, path)?;
        Ok(Self {
            root,
            shown: path,
            text,
            old: place.clone(),
            place,
        })
    }

    /// The same file in the place of another one in the same folder. At no time will there be two,
    /// or none.
    ///
    /// # Errors
    /// As [`ProjectFile::new`], for the other one.
    pub(crate) fn instead_of(self, old: &str) -> Result<Self, Diagnostic> {
        let old = place_in(self.root, self.root, old)?;
        Ok(Self { old, ..self })
    }

    /// Writes the file, with the folders above it: whole or not at all.
    ///
    /// # Errors
    /// It cannot be written.
    pub(crate) fn write(&self) -> Result<(), Diagnostic> {
        let written = write_at(self.root, &self.old, &self.place, self.text);
        written.map_err(|error| cannot_write(self.shown, &error))
    }
}

fn write_at(root: &Path, old: &Path, new: &Path, text: &[u8]) -> io::Result<()> {
    let by_way_of = |folder: &Path| write_by_way_of(folder, old, new, text);
    // The next run finds there what one has left behind that was killed. What lies on another
    // drive cannot come from there.
    let folder = new.parent().unwrap_or(root);
    fs::create_dir_all(folder)?;
    by_way_of(or_here(root)).or_else(|_| by_way_of(folder))
}

fn write_by_way_of(folder: &Path, old: &Path, new: &Path, text: &[u8]) -> io::Result<()> {
    staging::tidy_up(staging::left_in(folder));
    let staging = Staging::new(folder)?;
    staging.write(WAITING, text, old, true)?;
    // A file of the old text under the new name is as good as before: nothing but the content
    // says what form a page has.
    let is_moved = old != new && move_there(old, new)?;
    let written = fs::rename(staging.path(WAITING), new);
    if written.is_err() && is_moved {
        fs::rename(new, old)?;
    }
    written
}

/// Moves a file, unless somebody has moved it already.
fn move_there(old: &Path, new: &Path) -> io::Result<bool> {
    match fs::rename(old, new) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        result => result.map(|()| true),
    }
}

/// Where a file is that somebody names, whatever links lead there.
///
/// # Errors
/// They lead out of the project, though the path does not, or it cannot be told where.
pub(super) fn place(root: &Path, path: &str) -> Result<PathBuf, Diagnostic> {
    place_in(&links::bounds(root, path), root, path)
}

/// Where a file is that has to lie in a folder.
fn place_in(folder: &Path, root: &Path, path: &str) -> Result<PathBuf, Diagnostic> {
    let found = real(&root.join(path)).and_then(|place| Ok((place, real(folder)?)));
    let (place, folder) = found.map_err(|error| cannot_write(path, &error))?;
    match place.starts_with(folder) {
        true => Ok(place),
        false => Err(links::outside(path, &place)),
    }
}

fn cannot_write(path: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::error("output", format!("the file cannot be written: {error}"))
        .at(Place::file(path))
}

/// Writes a new file, with the folders above it: whole or not at all.
///
/// # Errors
/// There is a file already, or it cannot be written.
#[cfg(feature = "cli")]
pub(crate) fn create_file(path: &Path, text: &str) -> Result<(), Diagnostic> {
    create(path, text, false)
}

/// Writes a new program, as [`create_file`]. It may be run by whoever may read it.
///
/// # Errors
/// As [`create_file`].
#[cfg(feature = "cli")]
pub(crate) fn create_program(path: &Path, text: &str) -> Result<(), Diagnostic> {
    create(path, text, true)
}

#[cfg(feature = "cli")]
fn create(path: &Path, text: &str, is_program: bool) -> Result<(), Diagnostic> {
    let folder = or_here(path.parent().unwrap_or(Path::new("")));
    let create = || {
        fs::create_dir_all(folder)?;
        staging::tidy_up(staging::left_in(folder));
        let mut file = staging::new_file(folder, is_program)?;
        file.write_all(text.as_bytes())?;
        file.persist_noclobber(path).map_err(|error| error.error)
    };
    match create() {
        Ok(_) => Ok(()),
        Err(error) => Err(cannot_write(&display_path(path), &error)),
    }
}
