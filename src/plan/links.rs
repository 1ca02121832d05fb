//! Links: where a path really leads.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

/// A path without links, of which the last parts need not be there yet.
///
/// # Errors
/// It cannot be looked at, or has a link in it that leads nowhere.
pub(super) fn real(path: &Path) -> io::Result<PathBuf> {
    let path = or_here(path);
    match fs::canonicalize(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        found => return found,
    }
    if fs::symlink_metadata(path).is_ok() {
        let message = "it is a link that leads nowhere";
        return Err(io::Error::new(ErrorKind::NotFound, message));
    }
    match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) => Ok(real(folder)?.join(name)),
        _ => Err(ErrorKind::NotFound.into()),
    }
}

/// Whether there is a link, wherever it leads.
pub(super) fn is_link(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|data| data.is_symlink())
}

/// Whether a path that is relative to a folder says that it lies below it.
pub(super) fn is_below(path: &Path) -> bool {
    let mut parts = path.components();
    parts.all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}

/// The path of the current folder, which people leave empty.
pub(super) fn or_here(path: &Path) -> &Path {
    match path.as_os_str().is_empty() {
        true => Path::new("."),
        false => path,
    }
}
