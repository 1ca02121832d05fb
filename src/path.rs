//! Paths of a project: what files may be called, and where symlinks may lead.
//!
//! Files of a project may come from anybody. Symlinks within the project are followed; nothing is
//! read or written through one that leaves it.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use crate::escape::is_visible;
use crate::problem::{Diagnostic, Locate as _, OutputProblem, Report, display_path};

/// The longest name, in bytes: file systems take no more than 255 with an ending.
const MAX_NAME: usize = 200;

/// Whether a name is one that files may have on every system.
pub(crate) fn is_file_name(name: &str) -> bool {
    const DEVICES: [&str; 6] = ["aux", "con", "nul", "prn", "com", "lpt"];
    let is_bad =
        |c: char| !is_visible(c) || c == char::REPLACEMENT_CHARACTER || "/\\:*?\"<>|".contains(c);
    let lower = name.to_ascii_lowercase();
    let first = lower.split('.').next().unwrap_or_default();
    let is_device = DEVICES.contains(&first.trim_end_matches(|c: char| c.is_ascii_digit()));
    !name.is_empty()
        && name.len() <= MAX_NAME
        && !name.contains(is_bad)
        && !name.starts_with(['.', ' ', '-'])
        && !name.ends_with(['.', ' '])
        && !is_device
}

/// Whether a relative path is in its plainest form, without `.`, `..` or an empty part, so that it
/// stays in its folder and no other path names the same file.
pub(crate) fn is_plain(path: &str) -> bool {
    let mut parts = Path::new(path).components();
    parts.all(|part| matches!(part, Component::Normal(_)))
        && path.split('/').all(|part| !part.is_empty() && part != ".")
}

/// The path of the current folder, which people leave empty.
pub(crate) fn or_here(path: &Path) -> &Path {
    if path.as_os_str().is_empty() {
        Path::new(".")
    } else {
        path
    }
}

/// Whether a path is a symlink, wherever it leads.
pub(crate) fn is_link(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|data| data.is_symlink())
}

/// A path without symlinks. Its last parts need not exist.
///
/// # Errors
/// It cannot be looked at, or a symlink in it leads nowhere.
pub(crate) fn real(path: &Path) -> io::Result<PathBuf> {
    let path = or_here(path);
    match fs::canonicalize(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        found => return found,
    }
    if is_link(path) {
        let message = "it is a link that leads nowhere";
        return Err(io::Error::new(ErrorKind::NotFound, message));
    }
    match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) => Ok(real(folder)?.join(name)),
        _ => Err(ErrorKind::NotFound.into()),
    }
}

/// The folder that symlinks must not leave, for a file or folder named by this path: the project
/// at `root`, unless the path itself says that it is elsewhere. Then that is meant.
pub(crate) fn bounds(root: &Path, named: &str) -> PathBuf {
    let is_below = |part| matches!(part, Component::Normal(_) | Component::CurDir);
    if Path::new(named).components().all(is_below) {
        root.to_owned()
    } else {
        root.join(named)
    }
}

/// Where a path leads, if that is outside of a folder. A path that leads nowhere cannot be read,
/// and so is not outside.
pub(crate) fn leads_out(folder: &Path, path: &Path) -> Option<PathBuf> {
    let (folder, place) = (real(folder).ok()?, real(path).ok()?);
    (!place.starts_with(folder)).then_some(place)
}

/// Where a path leads that is to be written.
///
/// # Errors
/// It leaves the folder `bounds`, or cannot be resolved.
pub(crate) fn resolve(bounds: &Path, path: &Path, shown: &str) -> Result<PathBuf, Report> {
    let found = real(path).and_then(|place| Ok((place, real(bounds)?)));
    let (place, bounds) = found.map_err(|error| {
        let reason = error.to_string();
        OutputProblem::Unresolved { reason }.at_file(shown)
    })?;
    if place.starts_with(bounds) {
        Ok(place)
    } else {
        Err(outside(shown, &place).into())
    }
}

/// Refuses a path of the project at `root` that leaves the project.
pub(crate) fn refuse_outside(root: &Path, path: &str) -> Result<(), Report> {
    match leads_out(root, &root.join(path)) {
        Some(place) => Err(outside(path, &place).into()),
        None => Ok(()),
    }
}

/// The error for a path that leaves the project.
pub(crate) fn outside(shown: &str, place: &Path) -> Diagnostic {
    let place = display_path(place);
    OutputProblem::LeavesProject { place }.at_file(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_says_that_it_is_elsewhere_is_meant() {
        let root = Path::new("project");
        for named in ["generated", "a/b", "./a", ""] {
            assert_eq!(bounds(root, named), root, "{named}");
        }
        for named in ["../out", "a/../../out", "/out"] {
            assert_eq!(bounds(root, named), root.join(named), "{named}");
        }
    }

    #[test]
    fn file_names_work_on_every_system() {
        for name in ["scan-error-code", "错误码", "v1.2", "a b", "console", "a∕b"] {
            assert!(is_file_name(name), "{name}");
        }
        for name in [
            "",
            ".",
            "..",
            "../x",
            "/x",
            "a/b",
            "a\\b",
            "C:x",
            "CON",
            "nul.x",
            "com1",
            "a.",
            "a ",
            "a\0",
            "a\u{202e}",
            ".x",
            "a|b",
        ] {
            assert!(!is_file_name(name), "{name:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn symlinks_may_lead_to_wherever_the_project_is() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path().join("project");
        fs::create_dir_all(root.join("docs")).expect("folders");
        fs::write(folder.path().join("secret"), "x").expect("a file");
        for (path, to) in [
            ("inner", "docs"),
            ("file", "../secret"),
            ("up", ".."),
            ("nowhere", "../none"),
        ] {
            std::os::unix::fs::symlink(to, root.join(path)).expect("a link");
        }
        let leads_out = |path: &str| leads_out(&root, &root.join(path)).is_some();
        for path in [
            "docs/new/page.html",
            "inner/page.html",
            "none",
            "",
            "nowhere",
            "up/project",
        ] {
            assert!(!leads_out(path), "{path}");
        }
        for path in ["file", "up", "up/none/at/all", "up/project/../none"] {
            assert!(leads_out(path), "{path}");
        }
        // What is written needs a place.
        let resolve = |path: &str| {
            let resolved = resolve(&root, &root.join(path), path);
            resolved.map_err(|error| error.to_string())
        };
        let top = real(&root).expect("it exists");
        assert_eq!(resolve("inner/new"), Ok(top.join("docs/new")));
        let nowhere =
            "nowhere: error[output]: the path cannot be used: it is a link that leads nowhere";
        assert_eq!(resolve("nowhere"), Err(nowhere.to_owned()));
        let file = "file: error[outside-project]: a link leads out of the project";
        assert_eq!(resolve("file"), Err(file.to_owned()));
    }
}
