//! Carries changes of files out: all of them, or none.
//!
//! Every new text is first written whole, into a staging folder beside its place, and then moved:
//! a reader sees the old file or the new one, and so does the next run, whenever this one is
//! killed. What a file was waits in the staging folder until all is done; where a step fails, the
//! steps before it are undone.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::staging::Staging;
use crate::diagnostic::{Diagnostic, Place};
use crate::file::{self, MAX_RECORDS};
use crate::links::or_here;

/// A change of one file.
#[derive(Debug)]
pub(super) struct Change<'a> {
    /// Where the file is.
    pub(super) place: PathBuf,
    /// What the user calls it.
    pub(super) shown: String,
    /// What it held when it was looked at; none where it was not there.
    pub(super) old: Option<&'a str>,
    /// What it should hold; none where it should not be.
    pub(super) new: Option<&'a str>,
    /// Whether it cannot be made anew where the power fails.
    pub(super) is_precious: bool,
}

impl Change<'_> {
    fn folder(&self) -> &Path {
        self.place.parent().unwrap_or(Path::new(""))
    }

    /// What the user calls its folder.
    fn shown_folder(&self) -> &str {
        let folder = self.shown.rsplit_once('/');
        folder.map_or(".", |(folder, _)| folder)
    }
}

/// Carries changes out, in their order. `check` tells why nothing is to be written after all: it
/// is asked before folders are made, and again before anything is written to them.
///
/// # Errors
/// Something cannot be written or deleted, or is not what it was when it was looked at. Then all
/// is as it was, or what is not is told.
pub(super) fn carry_out(
    changes: &[Change<'_>],
    check: impl Fn() -> Result<(), Vec<Diagnostic>>,
) -> Result<(), Vec<Diagnostic>> {
    check()?;
    let mut stage = Stage::default();
    let prepared = stage.prepare(changes).map_err(|error| vec![error]);
    let result = prepared.and_then(|()| check()).and_then(|()| {
        let written = stage.write(changes);
        let moved = written.and_then(|()| stage.move_all(changes));
        moved.map_err(|error| vec![error])
    });
    let Stage { folders, made } = stage;
    drop(folders);
    if result.is_err() {
        for folder in made.iter().rev() {
            // One that somebody has put something into stays.
            let _ = fs::remove_dir(folder);
        }
    }
    result
}

/// The folders in which changes wait.
#[derive(Debug, Default)]
struct Stage {
    /// By the folder that they are in.
    folders: BTreeMap<PathBuf, Staging>,
    /// The folders that were not there before, those above first.
    made: Vec<PathBuf>,
}

impl Stage {
    /// Makes a staging folder in every folder in which there is a change, so that one in which
    /// nothing can be written is found while all is as it was.
    fn prepare(&mut self, changes: &[Change<'_>]) -> Result<(), Diagnostic> {
        for change in changes {
            let folder = change.folder();
            if self.folders.contains_key(folder) {
                continue;
            }
            let staging = self
                .make(folder)
                .and_then(|()| Staging::new(or_here(folder)));
            let staging = staging.map_err(|error| {
                let message = format!("cannot write to the folder `{}`", change.shown_folder());
                failure(message, change.shown_folder(), &error)
            })?;
            self.folders.insert(folder.to_owned(), staging);
        }
        Ok(())
    }

    /// Makes a folder, with those above it.
    fn make(&mut self, folder: &Path) -> io::Result<()> {
        let missing = folder.ancestors();
        let missing = missing.take_while(|folder| !folder.as_os_str().is_empty());
        let mut missing: Vec<&Path> = missing.take_while(|folder| !folder.exists()).collect();
        while let Some(folder) = missing.pop() {
            match fs::create_dir(folder) {
                Ok(()) => self.made.push(folder.to_owned()),
                Err(error) if error.kind() == ErrorKind::AlreadyExists && folder.is_dir() => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Writes the new texts.
    fn write(&self, changes: &[Change<'_>]) -> Result<(), Diagnostic> {
        for (index, change) in changes.iter().enumerate() {
            if let Some(text) = change.new {
                let staging = &self.folders[change.folder()];
                let text = text.as_bytes();
                staging
                    .write(&new(index), text, &change.place, change.is_precious)
                    .map_err(|error| cannot("write", change, &error))?;
            }
        }
        Ok(())
    }

    /// Moves them to their places.
    fn move_all(&self, changes: &[Change<'_>]) -> Result<(), Diagnostic> {
        let mut done = Vec::new();
        for (index, change) in changes.iter().enumerate() {
            match self.carry_out(index, change) {
                Ok(true) => done.push((index, change)),
                Ok(false) => {}
                Err(failure) => {
                    let done = done.into_iter().rev();
                    let undone = done.map(|(index, change)| (change, self.undo(index, change)));
                    let lost: Vec<_> = undone
                        .filter_map(|(change, undone)| Some((change, undone.err()?)))
                        .collect();
                    return Err(told(failure, &lost));
                }
            }
        }
        Ok(())
    }

    /// Carries one change out; says whether there was anything to do.
    fn carry_out(&self, index: usize, change: &Change<'_>) -> Result<bool, Diagnostic> {
        let staging = &self.folders[change.folder()];
        let (place, old) = (&change.place, staging.path(&old(index)));
        refuse_changed(change)?;
        if change.new.is_none() {
            return match fs::rename(place, old) {
                Ok(()) => Ok(true),
                // Somebody was faster. Where the file is there, the staging folder is not.
                Err(error) if is_gone(&error, place) => Ok(false),
                Err(error) => Err(cannot("delete", change, &error)),
            };
        }
        let keep = || match change.old {
            Some(_) => keep(place, &old),
            None => Ok(()),
        };
        keep()
            .and_then(|()| fs::rename(staging.path(&new(index)), place))
            .map(|()| true)
            .map_err(|error| cannot("write", change, &error))
    }

    fn undo(&self, index: usize, change: &Change<'_>) -> io::Result<()> {
        let old = self.folders[change.folder()].path(&old(index));
        let undone = match change.old {
            Some(_) => fs::rename(old, &change.place),
            None => fs::remove_file(&change.place),
        };
        match undone {
            // Nobody has to take back what somebody else has removed.
            Err(error) if change.new.is_some() && is_gone(&error, &change.place) => Ok(()),
            result => result,
        }
    }
}

/// Whether a file cannot be moved because it is not there, and not because the place that it is moved
/// to is missing.
fn is_gone(error: &io::Error, place: &Path) -> bool {
    let is_missing = |error: &io::Error| error.kind() == ErrorKind::NotFound;
    is_missing(error) && fs::symlink_metadata(place).is_err_and(|error| is_missing(&error))
}

/// What the new text of a change is called while it waits.
fn new(index: usize) -> String {
    format!("{index}.new")
}

/// What the old file of a change is called until all is done.
fn old(index: usize) -> String {
    format!("{index}.old")
}

/// Keeps a file that is about to be replaced, by a second name where the system has them.
fn keep(place: &Path, old: &Path) -> io::Result<()> {
    fs::hard_link(place, old).or_else(|_| fs::copy(place, old).map(|_| ()))
}

/// An error for a file that is not what it was when arkerr looked at it: somebody has edited it or
/// put it there, and may want it.
fn refuse_changed(change: &Change<'_>) -> Result<(), Diagnostic> {
    let now = match change.old {
        Some(_) => file::read(&change.place, MAX_RECORDS).map(Some),
        None => fs::symlink_metadata(&change.place).map(|_| Some(Vec::new())),
    };
    let now = match now {
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        now => now.map_err(|error| cannot("write", change, &error))?,
    };
    let is_same = match (&now, change.old) {
        (Some(now), Some(old)) => String::from_utf8_lossy(now) == old,
        (None, Some(_)) => change.new.is_none(),
        (Some(_), None) => false,
        (None, None) => true,
    };
    if is_same {
        return Ok(());
    }
    let message = "the file has changed since arkerr looked at it";
    Err(Diagnostic::error("output", message)
        .at(Place::file(&change.shown))
        .help("run the command again"))
}

fn cannot(what: &str, change: &Change<'_>, error: &io::Error) -> Diagnostic {
    failure(
        format!("cannot {what} `{}`", change.shown),
        &change.shown,
        error,
    )
}

fn failure(message: String, shown: &str, error: &io::Error) -> Diagnostic {
    let reason = error.to_string();
    // Where a staging folder would have been is of no interest to anybody.
    let reason = reason.split(" at path \"").next().unwrap_or_default();
    let failure = Diagnostic::error("output", message)
        .at(Place::file(shown))
        .note(reason);
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            failure.help("make room on the disk, and run the command again")
        }
        _ => failure,
    }
}

/// A failure, with what has become of the other files.
fn told(failure: Diagnostic, lost: &[(&Change<'_>, io::Error)]) -> Diagnostic {
    if lost.is_empty() {
        return failure.note("all other files are as they were");
    }
    let failure = lost.iter().fold(failure, |failure, (change, error)| {
        let shown = &change.shown;
        let what = match change.new {
            Some(_) => "new",
            None => "deleted",
        };
        failure.note(format!(
            "`{shown}` is {what} already, and stays so: {error}"
        ))
    });
    failure.note("every file is whole; the next run that succeeds brings all of them up to date")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A change of a file `name` in a folder.
    fn change<'a>(
        folder: &Path,
        name: &str,
        old: Option<&'a str>,
        new: Option<&'a str>,
    ) -> Change<'a> {
        Change {
            place: folder.join(name),
            shown: name.to_owned(),
            old,
            new,
            is_precious: false,
        }
    }

    /// A folder with a file `a` that holds `old`.
    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::write(folder.path().join("a"), "old").expect("a file");
        folder
    }

    /// A stage that is ready to move files.
    fn ready(changes: &[Change<'_>]) -> Stage {
        let mut stage = Stage::default();
        let written = stage.prepare(changes).and_then(|()| stage.write(changes));
        written.expect("the texts are written");
        stage
    }

    /// Where case does not count, the new file is not there either, once the old one is deleted.
    #[test]
    fn a_name_may_change_its_case_alone() {
        let folder = folder();
        let changes = [
            change(folder.path(), "a", Some("old"), None),
            change(folder.path(), "A", None, Some("new")),
        ];
        carry_out(&changes, || Ok(())).expect("the file is renamed");
        let names = fs::read_dir(folder.path()).expect("the folder can be read");
        let names: Vec<_> = names
            .map(|entry| entry.expect("an entry").file_name())
            .collect();
        assert_eq!(names, ["A"]);
        assert_eq!(fs::read(folder.path().join("A")).expect("a file"), b"new");
    }

    #[test]
    fn what_cannot_be_taken_back_is_told() {
        for new in [Some("new"), None] {
            let folder = folder();
            let changes = [
                change(folder.path(), "a", Some("old"), new),
                // This one is not what it was.
                change(folder.path(), "b", Some("old"), Some("new")),
            ];
            let stage = ready(&changes);
            assert_eq!(stage.carry_out(0, &changes[0]), Ok(true));
            let staging = &stage.folders[folder.path()];
            fs::remove_file(staging.path(&old(0))).expect("the old file is there");
            assert!(stage.undo(0, &changes[0]).is_err());
        }
    }

    #[test]
    fn what_somebody_has_deleted_need_not_be_taken_back() {
        let folder = folder();
        let changes = [
            change(folder.path(), "none", Some("old"), None),
            change(folder.path(), "new", None, Some("new")),
        ];
        let stage = ready(&changes);
        assert_eq!(stage.carry_out(0, &changes[0]), Ok(false));
        assert_eq!(stage.carry_out(1, &changes[1]), Ok(true));
        fs::remove_file(folder.path().join("new")).expect("the new file is there");
        assert!(stage.undo(1, &changes[1]).is_ok());
    }

    #[test]
    fn nothing_is_deleted_without_a_place_for_it() {
        let folder = folder();
        let changes = [change(folder.path(), "a", Some("old"), None)];
        let stage = ready(&changes);
        let staging = stage.folders[folder.path()].path("");
        fs::remove_dir_all(staging).expect("the staging folder is there");
        let failure = stage.move_all(&changes).expect_err("it cannot be moved");
        assert_eq!(failure.message, "cannot delete `a`");
        assert!(folder.path().join("a").exists());
    }
}
