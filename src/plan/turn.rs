//! Runs at the same time take turns.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

use super::staging;
use crate::links::or_here;

/// A turn in a project, until it is dropped: while somebody writes there, nobody else does, and
/// nobody compares what is half done.
///
/// The folder itself is locked, so that no file is needed for it, and the system takes the lock
/// from a run that is killed. Where a folder cannot be locked, as on Windows and on some network
/// drives, runs do not wait for each other. Files are whole all the same, and a file that is not
/// what it was when a run looked at it stops that run.
#[derive(Debug)]
pub struct Turn {
    _folder: Option<File>,
}

impl Turn {
    /// A turn of one who writes, after what runs have left in the folder that were killed is tidied
    /// up. Where others are at work, `wait` is called before they are waited
    /// for.
    #[must_use]
    pub fn to_write(root: &Path, wait: impl FnOnce()) -> Self {
        let turn = Self::take(root, wait, File::try_lock, File::lock);
        staging::tidy_up(staging::left_in(or_here(root)));
        turn
    }

    /// A turn of one who reads, together with others who do.
    #[must_use]
    pub fn to_read(root: &Path, wait: impl FnOnce()) -> Self {
        Self::take(root, wait, File::try_lock_shared, File::lock_shared)
    }

    fn take(
        root: &Path,
        wait: impl FnOnce(),
        try_lock: fn(&File) -> Result<(), TryLockError>,
        lock: fn(&File) -> io::Result<()>,
    ) -> Self {
        let folder = File::open(or_here(root)).ok();
        if let Some(folder) = &folder
            && let Err(TryLockError::WouldBlock) = try_lock(folder)
        {
            wait();
            // Nothing is lost where this fails, see above.
            let _ = lock(folder);
        }
        Self { _folder: folder }
    }
}
