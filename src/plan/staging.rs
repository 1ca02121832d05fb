//! Staging: where new texts are written whole, before they are moved to their places.
//!
//! A staging folder lies in the folder of the files that it is for. So moving one is a single step
//! of the file system, and where that folder is replaced by another in the meantime, the staging
//! folder is not there and nothing is moved.

use std::fs::{self, File, Permissions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempDir};

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
        let folder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(folder)?;
        let lock = File::create(folder.path().join(LOCK))?;
        // Where files cannot be locked, nobody finds this one locked either.
        let _ = lock.try_lock();
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

/// The permissions of a file, where there is one.
fn permissions(file: &Path) -> io::Result<Option<Permissions>> {
    match fs::metadata(file) {
        Ok(data) => Ok(Some(data.permissions())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// A new file that waits beside its place.
pub(super) fn new_file(folder: &Path, is_program: bool) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX);
    allow(&mut builder, is_program);
    let file = builder.tempfile_in(folder)?;
    let _ = file.as_file().try_lock();
    Ok(file)
}

/// Files have the permissions that the user gives to new files, not those of temporary ones.
#[cfg(unix)]
fn allow(builder: &mut tempfile::Builder<'_, '_>, is_program: bool) {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = if is_program { 0o777 } else { 0o666 };
    builder.permissions(Permissions::from_mode(mode));
}

#[cfg(not(unix))]
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

/// Removes what runs have left behind, and nothing of a run that is alive. What cannot be removed
/// is in nobody's way.
pub(super) fn tidy_up(left: impl IntoIterator<Item = PathBuf>) {
    for path in left {
        let Ok(data) = fs::symlink_metadata(&path) else {
            continue;
        };
        if data.is_dir() && !is_locked(&path.join(LOCK)) {
            let _ = fs::remove_dir_all(&path);
        } else if data.is_file() && !is_locked(&path) {
            let _ = fs::remove_file(&path);
        }
    }
}

fn is_locked(path: &Path) -> bool {
    use std::fs::TryLockError::WouldBlock;
    File::open(path).is_ok_and(|file| matches!(file.try_lock(), Err(WouldBlock)))
}
