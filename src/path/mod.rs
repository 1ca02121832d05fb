//! The one rule for what is read and written on behalf of a project: nothing outside of it, and
//! nothing hidden in it.
//!
//! The files of a project may come from anybody. Symlinks within it are followed.

#![expect(clippy::disallowed_methods, reason = "this is what others use instead")]

mod name;
mod walk;

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use crate::problem::{Locate as _, OutputProblem, Report, display_path};
pub(crate) use name::{clash_key, is_file_name, is_plain, is_plain_folder};
pub(crate) use walk::{Links, walk};

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
fn real(path: &Path) -> io::Result<PathBuf> {
    let path = or_here(path);
    match fs::canonicalize(path) {
        // Whoever opens a file below another file is told of that.
        Err(error) if is_missing(&error) => {}
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

/// Whether the error says that the file does not exist.
pub(crate) fn is_missing(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// Whether two paths lead to one file or folder that exists.
pub(crate) fn is_same(one: &Path, other: &Path) -> bool {
    let [one, other] = [one, other].map(|path| fs::canonicalize(or_here(path)));
    one.is_ok_and(|one| other.is_ok_and(|other| one == other))
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

/// As [`bounds`], for a file: one that is elsewhere must not be a link out of its folder.
pub(crate) fn bounds_of_file(root: &Path, named: &str) -> PathBuf {
    let bounds = bounds(root, named);
    match bounds.parent() {
        Some(folder) if bounds != root => folder.to_owned(),
        _ => bounds,
    }
}

/// Where a path below a folder really is. It need not exist. Every file that is read or written on
/// behalf of a project goes through here; `shown` is what people call it.
///
/// # Errors
/// A symlink on the way leaves the folder, or leads to what is hidden in it, such as `.git/config`,
/// which may hold secrets; or the path cannot be resolved.
pub(crate) fn resolve(bounds: &Path, path: &Path, shown: &str) -> Result<PathBuf, Report> {
    let unresolved = |error: io::Error| {
        let reason = error.to_string();
        OutputProblem::Unresolved { reason }.at_file(shown)
    };
    let top = real(bounds).map_err(unresolved)?;
    let inside = |place: &Path| match place.strip_prefix(&top) {
        Ok(inside) => Ok(inside.to_owned()),
        Err(_) => {
            let place = display_path(place);
            Err(OutputProblem::LeavesProject { place }.at_file(shown))
        }
    };
    let place = real(path).map_err(unresolved)?;
    inside(&place)?;
    // What a path itself calls hidden is meant: no setting can name it.
    let above = path.ancestors().take_while(|part| *part != bounds);
    for link in above.filter(|part| is_link(part)) {
        let place = real(link).map_err(unresolved)?;
        if inside(&place)?.iter().any(is_hidden) {
            return Err(OutputProblem::LinkToHidden.at_file(shown).into());
        }
    }
    Ok(place)
}

/// Whether a name begins with a dot.
fn is_hidden(name: &std::ffi::OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
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

    #[cfg(unix)]
    #[test]
    fn symlinks_lead_to_what_is_in_the_project_and_not_hidden() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path().join("project");
        fs::create_dir_all(root.join("docs/.hidden")).expect("folders");
        fs::create_dir_all(root.join(".git")).expect("a folder");
        fs::write(root.join(".git/config"), "x").expect("a file");
        fs::write(folder.path().join("secret"), "x").expect("a file");
        for (path, to) in [
            ("inner", "docs"),
            ("file", "../secret"),
            ("up", ".."),
            ("nowhere", "../none"),
            ("config", ".git/config"),
            ("git", "docs/../.git"),
            ("again", "git"),
            ("deep", "docs/.hidden"),
        ] {
            std::os::unix::fs::symlink(to, root.join(path)).expect("a link");
        }
        let resolve = |path: &str| {
            let place = resolve(&root, &root.join(path), path);
            place.map_err(|error| error.to_string())
        };
        let top = real(&root).expect("it exists");
        for path in [
            "docs/new/page.html",
            "none",
            "",
            ".git/config",
            "docs/.hidden/x",
        ] {
            assert_eq!(resolve(path), Ok(top.join(path)), "{path}");
        }
        assert_eq!(resolve("inner/new"), Ok(top.join("docs/new")));
        for path in ["config", "git", "git/config", "again/none/at/all", "deep/x"] {
            let hidden = format!("{path}: error[output]: it is a link to something hidden");
            assert_eq!(resolve(path), Err(hidden));
        }
        for path in ["file", "up", "up/none", "up/project", "up/project/../none"] {
            let outside =
                format!("{path}: error[outside-project]: a link leads out of the project");
            assert_eq!(resolve(path), Err(outside));
        }
        let nowhere =
            "nowhere: error[output]: the path cannot be used: it is a link that leads nowhere";
        assert_eq!(resolve("nowhere"), Err(nowhere.to_owned()));
    }
}
