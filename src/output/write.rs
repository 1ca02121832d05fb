//! Writes files atomically: all of them to temporary files beside their places, and only when
//! nothing is in the way, each in one step to its place.

#![expect(clippy::disallowed_methods, reason = "this is what others use instead")]

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use tempfile::{Builder, TempPath};

use crate::file::{self, MAX_RECORDS};
use crate::path::{self, or_here};
use crate::problem::{Diagnostic, Locate as _, OutputProblem, Report, Step};

/// What the names of temporary files begin with.
const PREFIX: &str = ".arkerr-tmp-";

/// A change of one file.
#[derive(Debug)]
pub(crate) struct Change<'a> {
    /// Where the file is.
    place: PathBuf,
    /// What the user calls it.
    shown: String,
    /// What it held when it was compared, nothing where it was missing; none if it may hold
    /// anything.
    pub(super) old: Option<&'a str>,
    /// What it should hold; none if it should not exist.
    new: Option<&'a [u8]>,
    /// The file in the same folder whose place it takes.
    replaces: Option<PathBuf>,
    /// Whether it may be run by whoever may read it.
    pub(crate) is_program: bool,
    /// Whether it can be made again after a power failure.
    is_output: bool,
}

impl<'a> Change<'a> {
    /// A change of an output at `place`.
    pub(super) fn output(
        place: PathBuf,
        shown: String,
        old: Option<&'a str>,
        new: Option<&'a str>,
    ) -> Self {
        Self {
            old: Some(old.unwrap_or_default()),
            is_output: true,
            ..Self::file(place, shown, new.map(str::as_bytes))
        }
    }

    /// A file of the project at `root`, whatever it holds now.
    ///
    /// # Errors
    /// Its path leaves the project.
    pub(crate) fn project_file(root: &Path, path: &str, new: &'a [u8]) -> Result<Self, Report> {
        let place = path::resolve(&path::bounds_of_file(root, path), &root.join(path), path)?;
        Ok(Self::file(place, path.to_owned(), Some(new)))
    }

    /// A file that does not exist yet.
    ///
    /// # Errors
    /// Its path leaves the folder `bounds`.
    #[cfg(feature = "cli")]
    pub(crate) fn new_file(bounds: &Path, path: &str, new: &'a [u8]) -> Result<Self, Report> {
        let place = path::resolve(bounds, Path::new(path), path)?;
        Ok(Self {
            old: Some(""),
            ..Self::file(place, path.to_owned(), Some(new))
        })
    }

    fn file(place: PathBuf, shown: String, new: Option<&'a [u8]>) -> Self {
        Self {
            place,
            shown,
            old: None,
            new,
            replaces: None,
            is_program: false,
            is_output: false,
        }
    }

    /// The same file in the place of another one in the same folder. At no time will there be two,
    /// or none.
    ///
    /// # Errors
    /// As [`Change::project_file`], for the other one.
    pub(crate) fn instead_of(mut self, root: &Path, path: &str) -> Result<Self, Report> {
        self.replaces = Some(path::resolve(root, &root.join(path), path)?);
        Ok(self)
    }

    fn folder(&self) -> &Path {
        or_here(self.place.parent().unwrap_or(Path::new("")))
    }

    fn failed(&self, step: Step, error: io::Error) -> Diagnostic {
        let path = match (step, self.shown.rsplit_once('/')) {
            (Step::WriteTo, Some((folder, _))) => folder,
            (Step::WriteTo, None) => ".",
            _ => &self.shown,
        };
        OutputProblem::failed(step, path, &error).at_file(path)
    }

    /// Writes the new text beside its place. For a file that is deleted, sees that the folder can
    /// be changed.
    fn prepare(&self) -> Result<Option<TempPath>, Report> {
        let failed = |error| self.failed(Step::WriteTo, error);
        let folder = self.folder();
        fs::create_dir_all(folder).map_err(failed)?;
        let Some(new) = self.new else {
            // It has no name, so that it does not stay where the run is killed.
            tempfile::tempfile_in(folder).map_err(failed)?;
            return Ok(None);
        };
        let create = |path: &Path| File::create_new(path);
        let made = Builder::new().prefix(PREFIX).make_in(folder, create);
        let mut temporary = made.map_err(failed)?;
        let written = self.fill(temporary.as_file_mut(), new);
        written.map_err(|error| self.failed(Step::Write, error))?;
        // There may be more files than may be open.
        Ok(Some(temporary.into_temp_path()))
    }

    fn fill(&self, file: &mut File, new: &[u8]) -> io::Result<()> {
        file.write_all(new)?;
        if self.is_program {
            make_executable(file)?;
        }
        if let Ok(old) = fs::metadata(self.replaces.as_ref().unwrap_or(&self.place)) {
            file.set_permissions(old.permissions())?;
        }
        if !self.is_output {
            file.sync_data()?;
        }
        Ok(())
    }

    /// Refuses to touch a file that somebody has edited or made since it was compared. One that
    /// should be deleted may be gone.
    fn refuse_changed(&self) -> Result<(), Report> {
        let Some(old) = self.old else {
            return Ok(());
        };
        let now = match file::read_regular(&self.place, MAX_RECORDS).map(file::text_to_compare) {
            Err(error) if error.kind() == ErrorKind::NotFound && self.new.is_none() => {
                return Ok(());
            }
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            now => now.map_err(|error| self.failed(Step::Write, error))?,
        };
        if now == old {
            Ok(())
        } else {
            Err(OutputProblem::ChangedMeanwhile.at_file(&self.shown).into())
        }
    }

    fn apply(&self, temporary: Option<TempPath>) -> Result<(), Report> {
        let Some(temporary) = temporary else {
            let deleted = unless_missing(fs::remove_file(&self.place));
            deleted.map_err(|error| self.failed(Step::Delete, error))?;
            self.remove_empty_folders();
            return Ok(());
        };
        // A file of the old text under the new name is as good as before: nothing but the content
        // says what form a page has.
        let renamed = match &self.replaces {
            Some(old) => unless_missing(fs::rename(old, &self.place)),
            None => Ok(()),
        };
        let moved = renamed.and_then(|()| Ok(temporary.persist(&self.place)?));
        Ok(moved.map_err(|error| self.failed(Step::Move, error))?)
    }

    fn remove_empty_folders(&self) {
        for folder in self.place.ancestors().skip(1) {
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
    }
}

/// Writes and deletes files, in this order.
///
/// At every moment each file is the old one or the new one, whole. Nothing is changed if not all
/// of the new files can be written.
///
/// # Errors
/// A file or folder cannot be written or deleted, or a file is not what it was when it was
/// compared.
pub(crate) fn write_files(changes: &[Change<'_>]) -> Result<(), Report> {
    remove_stale(changes);
    let prepared = changes.iter().map(Change::prepare);
    let prepared: Vec<Option<TempPath>> = prepared.collect::<Result<_, _>>()?;
    changes.iter().try_for_each(Change::refuse_changed)?;
    let mut prepared = changes.iter().zip(prepared);
    prepared.try_for_each(|(change, temporary)| change.apply(temporary))
}

/// Removes the temporary files of runs that were killed. One that cannot be removed does no harm.
fn remove_stale(changes: &[Change<'_>]) {
    let folders: BTreeSet<&Path> = changes.iter().map(Change::folder).collect();
    let entries = folders.into_iter().flat_map(fs::read_dir).flatten();
    for entry in entries.flatten() {
        if entry.file_name().to_string_lossy().starts_with(PREFIX) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Lets whoever may read a file run it.
#[cfg(unix)]
fn make_executable(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let mut permissions = file.metadata()?.permissions();
    let mode = permissions.mode();
    permissions.set_mode(mode | (mode & 0o444) >> 2);
    file.set_permissions(permissions)
}

#[cfg(not(unix))]
fn make_executable(_: &File) -> io::Result<()> {
    Ok(())
}

fn unless_missing(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::write(folder.path().join("a"), "old").expect("a file");
        folder
    }

    fn change<'a>(
        folder: &tempfile::TempDir,
        name: &str,
        old: Option<&'a str>,
        new: Option<&'a str>,
    ) -> Change<'a> {
        Change::output(folder.path().join(name), name.to_owned(), old, new)
    }

    /// The names and texts of all files in a folder.
    fn files(folder: &tempfile::TempDir) -> Vec<String> {
        let entries = fs::read_dir(folder.path()).expect("it can be read");
        let mut files: Vec<String> = entries
            .map(|entry| {
                let path = entry.expect("an entry").path();
                let text = fs::read_to_string(&path).expect("a file");
                let name = path.file_name().expect("a name").to_string_lossy();
                format!("{name}: {text}")
            })
            .collect();
        files.sort();
        files
    }

    #[test]
    fn nothing_is_written_if_one_file_has_changed() {
        let folder = folder();
        let changes = [
            change(&folder, "a", Some("old"), Some("new")),
            change(&folder, "b", Some("old"), Some("new")),
        ];
        let refusal = write_files(&changes).expect_err("there is no b");
        assert_eq!(
            refusal.to_string(),
            "b: error[output]: the file has changed since arkerr looked at it"
        );
        assert_eq!(files(&folder), ["a: old"]);
    }

    /// Where case does not count, the new file is not there either, once the old one is deleted.
    #[test]
    fn a_name_may_change_its_case_alone() {
        let folder = folder();
        let changes = [
            change(&folder, "a", Some("old"), None),
            change(&folder, "A", None, Some("new")),
        ];
        write_files(&changes).expect("the file is renamed");
        assert_eq!(files(&folder), ["A: new"]);
    }

    #[test]
    fn what_a_killed_run_has_left_is_removed() {
        let folder = folder();
        fs::write(folder.path().join(format!("{PREFIX}x")), "half").expect("a file");
        write_files(&[change(&folder, "a", Some("old"), Some("new"))]).expect("it is written");
        assert_eq!(files(&folder), ["a: new"]);
    }

    #[test]
    fn a_file_takes_the_place_of_another_one() {
        let folder = folder();
        let change = Change::project_file(folder.path(), "b", b"new")
            .and_then(|change| change.instead_of(folder.path(), "a"))
            .expect("a place");
        write_files(&[change]).expect("it is written");
        assert_eq!(files(&folder), ["b: new"]);
    }
}
