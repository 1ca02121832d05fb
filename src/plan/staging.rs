//! Staging: where new texts are written whole, before they are moved to their places.
//!
//! A staging folder lies in the folder of the files that it is for. So moving one is a single step
//! of the file system, and where that folder is replaced by another in the meantime, the staging
//! folder is not there and nothing is moved.

use std::fs::{self, File, Permissions, TryLockError};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

#[cfg(feature = "cli")]
use tempfile::NamedTempFile;
use tempfile::TempDir;

const PREFIX: &str = ".arkerr-staging-";

/// The file in a staging folder that is locked as long as its run is alive.
const LOCK: &str = "lock";

/// A staging folder. Dropping it deletes it.
#[derive(Debug)]
pub(super) struct Staging {
    // First, since some systems delete no file that is open.
    _lock: File,
    folder: TempDir,
}

impl Staging {
    /// Makes one in a folder.
    pub(super) fn new(folder: &Path) -> io::Result<Self> {
        once_more(|| Self::make(folder))
    }

    fn make(folder: &Path) -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(folder)?;
        let path = folder.path().join(LOCK);
        let lock = File::create(&path)?;
        keep(&lock, &path)?;
        Ok(Self {
            _lock: lock,
            folder,
        })
    }

    /// Where something of this name waits.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a text that will take a place, with the permissions of the file that is there. Where
    /// it is `precious`, it is on the disk before it can take the place of that.
    pub(super) fn write(
        &self,
        name: &str,
        text: &[u8],
        place: &Path,
        precious: bool,
    ) -> io::Result<()> {
        let mut file = File::create(self.path(name))?;
        file.write_all(text)?;
        if let Some(old) = permissions(place)? {
            file.set_permissions(old)?;
            if precious {
                file.sync_data()?;
            }
        }
        Ok(())
    }
}

/// Makes something that another run may have taken for left behind before it was locked.
fn once_more<T>(make: impl Fn() -> io::Result<T>) -> io::Result<T> {
    match make() {
        Err(error) if error.kind() == ErrorKind::NotFound => make(),
        made => made,
    }
}

/// Locks a file, so that no other run removes it. Where files cannot be locked, no other run can lock
/// this one, and so none removes it either.
///
/// # Errors
/// Another run is about to remove it, or has.
fn keep(file: &File, path: &Path) -> io::Result<()> {
    if let Err(TryLockError::WouldBlock) = file.try_lock() {
        return Err(ErrorKind::NotFound.into());
    }
    fs::symlink_metadata(path).map(|_| ())
}

/// The permissions of a file, where there is one.
fn permissions(file: &Path) -> io::Result<Option<Permissions>> {
    match fs::metadata(file) {
        Ok(data) => Ok(Some(data.permissions())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// A new file that waits beside its place.
#[cfg(feature = "cli")]
pub(super) fn new_file(folder: &Path, is_program: bool) -> io::Result<NamedTempFile> {
    once_more(|| {
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX);
        allow(&mut builder, is_program);
        let file = builder.tempfile_in(folder)?;
        keep(file.as_file(), file.path())?;
        Ok(file)
    })
}

/// Files have the permissions that the user gives to new files, not those of temporary ones.
#[cfg(all(feature = "cli", unix))]
fn allow(builder: &mut tempfile::Builder<'_, '_>, is_program: bool) {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = if is_program { 0o777 } else { 0o666 };
    builder.permissions(Permissions::from_mode(mode));
}

#[cfg(all(feature = "cli", not(unix)))]
fn allow(_: &mut tempfile::Builder<'_, '_>, _: bool) {}

/// Whether something of this name is for staging.
pub(super) fn is_name(name: &str) -> bool {
    name.starts_with(PREFIX)
}

/// What runs have left in a folder that were killed; nothing where the folder cannot be read.
pub(super) fn left_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let entries = entries.filter_map(Result::ok);
    let of_staging = entries.filter(|entry| is_name(&entry.file_name().to_string_lossy()));
    of_staging.map(|entry| entry.path()).collect()
}

/// Removes what runs have left behind, and nothing of a run that is alive: only what can be locked.
/// What cannot be removed is in nobody's way.
pub(super) fn tidy_up(left: impl IntoIterator<Item = PathBuf>) {
    for path in left {
        let Ok(data) = fs::symlink_metadata(&path) else {
            continue;
        };
        if data.is_dir() {
            remove_folder(&path);
        } else if data.is_file()
            && let Ok(Some(_lock)) = lock(&path)
        {
            let _ = fs::remove_file(&path);
        }
    }
}

/// Removes a staging folder, unless its run is alive.
fn remove_folder(folder: &Path) {
    // A run puts the lock there before all else. So where there was something before the lock is
    // looked for, and the lock is not there, the lock has been removed.
    let was_empty = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none());
    let _ = match lock(&folder.join(LOCK)) {
        Ok(Some(_lock)) => fs::remove_dir_all(folder),
        Ok(None) if !was_empty => fs::remove_dir_all(folder),
        // A run may be about to put the lock there, and then the folder is not empty any more.
        Ok(None) => fs::remove_dir(folder),
        Err(error) => Err(error),
    };
}

/// Locks a file; none where there is none.
///
/// # Errors
/// It is locked, cannot be, or is no file.
fn lock(path: &Path) -> io::Result<Option<File>> {
    match fs::symlink_metadata(path) {
        Ok(data) if data.is_file() => {}
        Ok(_) => return Err(ErrorKind::InvalidInput.into()),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    }
    let file = File::open(path)?;
    file.try_lock()?;
    Ok(Some(file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(feature = "cli")]
    #[test]
    fn only_what_nobody_has_locked_is_removed() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let make = |name: &str, files: &[&str]| {
            let path = folder.path().join(format!("{PREFIX}{name}"));
            fs::create_dir(&path).expect("a folder");
            for file in files {
                fs::write(path.join(file), "x").expect("a file");
            }
        };
        make("just-made", &[]);
        make("killed", &[LOCK, "0.new"]);
        make("half-removed", &["0.new"]);
        fs::write(folder.path().join(format!("{PREFIX}file")), "x").expect("a file");
        let alive = Staging::new(folder.path()).expect("a staging folder");
        let file = new_file(folder.path(), false).expect("a file");
        tidy_up(left_in(folder.path()));
        let mut left = left_in(folder.path());
        left.sort();
        let mut expected = [alive.folder.path().to_owned(), file.path().to_owned()];
        expected.sort();
        assert_eq!(left, expected);
    }

    #[test]
    fn what_another_run_takes_for_left_behind_is_made_once_more() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("x");
        let taken = std::cell::Cell::new(false);
        let made = once_more(|| {
            let file = File::create(&path)?;
            if !taken.replace(true) {
                fs::remove_file(&path)?;
            }
            keep(&file, &path)
        });
        assert!(made.is_ok());
        // Who has it locked is about to remove it.
        let other = lock(&path).expect("it can be locked").expect("a file");
        let file = File::open(&path).expect("a file");
        assert!(keep(&file, &path).is_err());
        drop(other);
        assert!(keep(&file, &path).is_ok());
    }
}
