//! Links: where a path really leads, and whether that is in the project.
//!
//! Links may come from anybody, as all that lies in a project may. Within the project they are
//! followed; through one that leads out of it nothing is read and nothing written.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use crate::diagnostic::{Diagnostic, Place, display_path};

/// A path without links, of which the last parts need not be there yet.
///
/// # Errors
/// It cannot be looked at, or has a link in it that leads nowhere.
pub(crate) fn real(path: &Path) -> io::Result<PathBuf> {
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

/// Where a path leads that is to be read, if that is not in a folder.
pub(crate) fn leads_out(folder: &Path, path: &Path) -> Option<PathBuf> {
    let place = as_far_as_it_leads(path);
    (!place.starts_with(as_far_as_it_leads(folder))).then_some(place)
}

/// As [`real`], but what leads nowhere, in which there is nothing to be read, is taken for a part
/// that is not there yet.
fn as_far_as_it_leads(path: &Path) -> PathBuf {
    let place = path.ancestors().find_map(|above| {
        let mut place = real(above).ok()?;
        place.extend(path.strip_prefix(above).ok()?);
        Some(place)
    });
    place.unwrap_or_else(|| path.to_owned())
}

/// The folder that links must not lead out of, for what is named at or below this path: that of
/// the project at `root`, unless the path itself says that it lies elsewhere. Then that is meant.
pub(crate) fn bounds(root: &Path, named: &str) -> PathBuf {
    match is_below(Path::new(named)) {
        true => root.to_owned(),
        false => root.join(named),
    }
}

/// An error for a path of the project at `root` whose links lead out of it.
pub(crate) fn refuse_outside(root: &Path, path: &str) -> Result<(), Diagnostic> {
    match leads_out(root, &root.join(path)) {
        Some(place) => Err(outside(path, &place)),
        None => Ok(()),
    }
}

/// The error for a path whose links lead out of the project.
pub(crate) fn outside(shown: &str, place: &Path) -> Diagnostic {
    Diagnostic::error("outside-project", "a link leads out of the project")
        .at(Place::file(shown))
        .note(format!("it leads to `{}`", display_path(place)))
        .help("put what is meant in the place of the link: arkerr reads and writes nothing outside of the project that is not named on the command line")
}

/// Whether there is a link, wherever it leads.
pub(crate) fn is_link(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|data| data.is_symlink())
}

/// Whether a path that is relative to a folder says that it lies below it.
fn is_below(path: &Path) -> bool {
    let mut parts = path.components();
    parts.all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}

/// The path of the current folder, which people leave empty.
pub(crate) fn or_here(path: &Path) -> &Path {
    match path.as_os_str().is_empty() {
        true => Path::new("."),
        false => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_says_that_it_lies_elsewhere_is_meant() {
        let root = Path::new("project");
        for named in ["generated", "a/b", "./a", ""] {
            assert_eq!(bounds(root, named), root, "{named}");
        }
        for named in ["../out", "a/../../out", "/out"] {
            assert_eq!(bounds(root, named), root.join(named), "{named}");
        }
    }

    #[cfg(unix)]
    mod with_links {
        use std::os::unix::fs::symlink;

        use tempfile::TempDir;

        use super::*;

        /// A project with links in it, and a file beside it.
        fn project() -> (TempDir, PathBuf) {
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
                symlink(to, root.join(path)).expect("a link");
            }
            (folder, root)
        }

        #[test]
        fn links_may_lead_wherever_the_project_is() {
            let (_folder, root) = project();
            let leads_out = |path: &str| leads_out(&root, &root.join(path)).is_some();
            for path in [
                "docs",
                "docs/new/page.html",
                "inner/page.html",
                "none",
                "",
                "nowhere",
            ] {
                assert!(!leads_out(path), "{path}");
            }
            for path in [
                "file",
                "file/none",
                "up",
                "up/new",
                "up/none/at/all",
                "up/project/../none",
            ] {
                assert!(leads_out(path), "{path}");
            }
            assert!(!leads_out("up/project/docs"));
            // Above this link there is one that leads out.
            symlink("none", root.join("../dangling")).expect("a link");
            assert!(leads_out("up/dangling"));
        }

        #[test]
        fn a_path_may_not_be_there_yet_but_a_link_has_to_lead_somewhere() {
            let (_folder, root) = project();
            let top = real(&root).expect("it is there");
            let real = |path: &str| real(&root.join(path)).map_err(|error| error.to_string());
            assert_eq!(
                real("inner/new/page.html"),
                Ok(top.join("docs/new/page.html"))
            );
            assert_eq!(real("up/project/new"), Ok(top.join("new")));
            let nowhere = Err("it is a link that leads nowhere".to_owned());
            assert_eq!(real("nowhere"), nowhere);
            assert_eq!(real("nowhere/new"), nowhere);
        }

        #[test]
        fn the_error_says_where_a_link_leads() {
            let (folder, root) = project();
            assert_eq!(refuse_outside(&root, "inner"), Ok(()));
            let secret = real(&folder.path().join("secret")).expect("it is there");
            let refusal = refuse_outside(&root, "file");
            assert_eq!(refusal, Err(outside("file", &secret)));
        }
    }
}
