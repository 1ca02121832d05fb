//! Finds the snapshots under the files and folders that somebody names.

use std::path::{Path, PathBuf};

use walkdir::DirEntry;

use crate::path::{self, Links};
use crate::problem::{Locate, Place, Report, SnapshotProblem, display_path};

/// The endings of the files in a folder that are taken for saved pages.
const ENDINGS: [&str; 7] = ["html", "htm", "mhtml", "mht", "json", "md", "markdown"];

/// What the name of a page ends in that is kept beside its snapshot as it was saved.
pub(crate) const ORIGINAL: &str = ".orig";

/// Whether the names of saved pages may end in this.
pub(crate) fn is_ending(ending: &str) -> bool {
    let is_same = |known: &&str| known.eq_ignore_ascii_case(ending);
    ENDINGS.iter().any(is_same)
}

/// The endings of saved pages, for messages.
#[must_use]
pub fn endings() -> String {
    ENDINGS.map(|ending| format!("`.{ending}`")).join(", ")
}

/// A snapshot that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The stem of the file name, which is the page's name in its address.
    pub id: String,
    /// The path as it was given, or as it lies under the folder that was given, with forward
    /// slashes.
    pub shown: String,
    /// The path to read it from.
    pub path: PathBuf,
}

/// Lists the snapshots under each path, in the order of the paths. Relative paths begin at
/// `root`.
///
/// A file is taken whatever its name. In a folder every file is taken whose ending says that it
/// may be a saved page, hidden ones aside; other files are told in a warning, so that no page is
/// passed over in silence. The ending of a file says no more than that: what form a page has is
/// told by its content.
#[must_use]
pub fn find_snapshots(root: &Path, paths: &[PathBuf]) -> (Vec<Source>, Report) {
    let mut sources = Vec::new();
    let mut report = Report::default();
    for given in paths {
        let base = root.join(given);
        // Somebody may name a folder outside of the project, or a link to one.
        let is_inside = path::resolve(root, &base, "").is_ok();
        let search = Search {
            bounds: if is_inside { root } else { &base },
            given,
            base: base.clone(),
        };
        if search.base.is_dir() {
            search.add_folder(&mut sources, &mut report);
        } else if search.base.exists() {
            sources.push(search.source(&search.base));
        } else {
            report.push(SnapshotProblem::Missing.at(search.place(&search.base)));
        }
    }
    (sources, report)
}

/// The search under one of the paths.
struct Search<'a> {
    /// The folder that symlinks must not leave.
    bounds: &'a Path,
    given: &'a Path,
    base: PathBuf,
}

impl Search<'_> {
    fn add_folder(&self, sources: &mut Vec<Source>, report: &mut Report) {
        let mut refused = Report::default();
        let entries = path::walk(&self.base, Links::Follow, |entry| {
            !is_passed_over(entry) && refused.collect(self.check_link(entry)).is_some()
        });
        let mut others = Vec::new();
        for entry in entries {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) if is_page(&entry) => sources.push(self.source(entry.path())),
                Ok(entry) => others.push(self.shown_path(entry.path())),
                Err(error) => {
                    let place = self.place(error.path().unwrap_or(&self.base));
                    let reason = error
                        .io_error()
                        .map_or(error.to_string(), ToString::to_string);
                    report.push(SnapshotProblem::Unreadable(reason).at(place));
                }
            }
        }
        report.extend(refused);
        if let Some(first) = others.first() {
            let problem = SnapshotProblem::OtherFiles {
                first: first.clone(),
                count: others.len(),
                endings: endings(),
            };
            report.push(problem.at(self.place(&self.base)));
        }
    }

    /// Refuses a link that leads out of the project, or of the folder that was named.
    fn check_link(&self, entry: &DirEntry) -> Result<(), Report> {
        if entry.path_is_symlink() {
            path::resolve(self.bounds, entry.path(), &self.shown_path(entry.path()))?;
        }
        Ok(())
    }

    fn source(&self, path: &Path) -> Source {
        let stem = path.file_stem().unwrap_or_default();
        Source {
            id: stem.to_string_lossy().into_owned(),
            shown: self.shown_path(path),
            path: path.to_path_buf(),
        }
    }

    fn shown_path(&self, path: &Path) -> String {
        match path.strip_prefix(&self.base) {
            Ok(below) if below.as_os_str().is_empty() => display_path(self.given),
            Ok(below) => display_path(&self.given.join(below)),
            Err(_) => display_path(path),
        }
    }

    fn place(&self, path: &Path) -> Place {
        Place::file(self.shown_path(path))
    }
}

fn is_page(entry: &DirEntry) -> bool {
    let ending = entry.path().extension().and_then(|ending| ending.to_str());
    entry.file_type().is_file() && ending.is_some_and(is_ending)
}

/// Hidden files, what a folder says about itself, pages that are kept as they were saved, and the
/// folder of pictures and scripts that a browser puts beside a saved page.
fn is_passed_over(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let stem = Path::new(&*name).file_stem().unwrap_or_default();
    let is_original = entry.file_type().is_file() && name.ends_with(ORIGINAL);
    if name.starts_with('.') || is_original || stem.eq_ignore_ascii_case("readme") {
        return true;
    }
    let Some(stem) = name.strip_suffix("_files") else {
        return false;
    };
    let is_file = |name: String| entry.path().with_file_name(name).is_file();
    let has_page = |ending: &&str| {
        is_file(format!("{stem}.{ending}")) || is_file(format!("{stem}.{}", ending.to_uppercase()))
    };
    entry.file_type().is_dir() && ENDINGS.iter().any(has_page)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_folder_gives_its_pages_in_order_and_tells_of_the_rest() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let docs = folder.path().join("docs");
        fs::create_dir_all(docs.join("en/b_files")).expect("folders");
        for file in [
            "b.html",
            "a.HTM",
            "notes.txt",
            ".hidden.html",
            "en/b.html",
            "en/b_files/frame.html",
            "README.md",
        ] {
            fs::write(docs.join(file), "<p>").expect("a file");
        }
        let (sources, report) = find_snapshots(folder.path(), &[PathBuf::from("docs")]);
        let found: Vec<_> = sources
            .iter()
            .map(|source| (source.id.as_str(), source.shown.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                ("a", "docs/a.HTM"),
                ("b", "docs/b.html"),
                ("b", "docs/en/b.html")
            ]
        );
        assert_eq!(
            report.to_string(),
            "docs: warning[other-files]: `docs/notes.txt` is no snapshot and was not read"
        );
    }

    #[test]
    fn a_path_that_does_not_exist_is_an_error() {
        let (sources, report) = find_snapshots(Path::new("."), &[PathBuf::from("no/page.html")]);
        assert!(sources.is_empty());
        assert_eq!(
            report.to_string(),
            "no/page.html: error[unreadable]: there is no such file or folder"
        );
    }
}
