//! The lock by which runs at the same time wait for each other.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

use crate::path::or_here;

/// The lock of a project, until it is dropped: while somebody writes, nobody else writes or
/// compares.
///
/// The folder itself is locked, so that no file is needed, and the system releases the lock of a
/// run that is killed. Where a folder cannot be locked, as on Windows and on some network drives,
/// runs do not wait for each other. Files are written atomically all the same, and a run stops
/// before it overwrites a file that has changed since it was compared.
#[derive(Debug)]
pub struct Lock {
    _folder: Option<File>,
}

impl Lock {
    /// The lock of one who writes. `on_wait` is called before others are waited for.
    #[must_use]
    pub fn exclusive(root: &Path, on_wait: impl FnOnce()) -> Self {
        Self::take(root, on_wait, File::try_lock, File::lock)
    }

    /// The lock of one who reads, together with others who do.
    #[must_use]
    pub fn shared(root: &Path, on_wait: impl FnOnce()) -> Self {
        Self::take(root, on_wait, File::try_lock_shared, File::lock_shared)
    }

    fn take(
        root: &Path,
        on_wait: impl FnOnce(),
        try_lock: fn(&File) -> Result<(), TryLockError>,
        lock: fn(&File) -> io::Result<()>,
    ) -> Self {
        #[expect(clippy::disallowed_methods, reason = "nothing is read")]
        let folder = File::open(or_here(root)).ok();
        if let Some(folder) = &folder
            && let Err(TryLockError::WouldBlock) = try_lock(folder)
        {
            on_wait();
            // Nothing is lost where this fails, see above.
            let _ = lock(folder);
        }
        Self { _folder: folder }
    }
}
