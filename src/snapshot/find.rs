//! Finds the snapshots under the files and folders that somebody names.

use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::diagnostic::{Diagnostic, Place, display_path};
use crate::path;

/// The endings of the files in a folder that are taken for saved pages.
const ENDINGS: [&str; 7] = ["html", "htm", "mhtml", "mht", "json", "md", "markdown"];

/// What the name of a page ends in that is kept beside its snapshot as it was saved.
pub(crate) const ORIGINAL: &str = ".orig";

/// Whether the names of saved pages may end in this.
pub(crate) fn is_ending(ending: &str) -> bool {
    ENDINGS
        .iter()
        .any(|known| known.eq_ignore_ascii_case(ending))
}

/// The endings of saved pages, for messages.
#[must_use]
pub fn endings() -> String {
    let endings: Vec<String> = ENDINGS
        .iter()
        .map(|ending| format!("`.{ending}`"))
        .collect();
    endings.join(", ")
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
pub fn find(root: &Path, paths: &[PathBuf]) -> (Vec<Source>, Vec<Diagnostic>) {
    let mut sources = Vec::new();
    let mut diagnostics = Vec::new();
    for given in paths {
        let mut search = Search {
            root,
            given,
            base: root.join(given),
            sources: &mut sources,
            diagnostics: &mut diagnostics,
        };
        search.run();
    }
    (sources, diagnostics)
}

/// The search under one of the paths.
struct Search<'a> {
    root: &'a Path,
    given: &'a Path,
    base: PathBuf,
    sources: &'a mut Vec<Source>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Search<'_> {
    fn run(&mut self) {
        let base = self.base.clone();
        if base.is_dir() {
            self.search_folder(&base);
        } else if base.exists() {
            self.push_source(&base);
        } else {
            let missing = Diagnostic::error("unreadable", "there is no such file or folder");
            self.diagnostics.push(missing.at(self.place(&base)));
        }
    }

    fn search_folder(&mut self, folder: &Path) {
        let mut others = Vec::new();
        let mut entries = WalkDir::new(folder)
            .follow_links(true)
            .sort_by_file_name()
            .into_iter();
        while let Some(entry) = entries.next() {
            match entry {
                Ok(entry) if entry.depth() > 0 && is_passed_over(&entry) => {
                    skip(&entry, &mut entries)
                }
                Ok(entry) if self.refuses(&entry) => skip(&entry, &mut entries),
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) if is_page(&entry) => self.push_source(entry.path()),
                Ok(entry) => others.push(self.shown(entry.path())),
                Err(error) => {
                    let place = self.place(error.path().unwrap_or(folder));
                    let reason = error
                        .io_error()
                        .map_or(error.to_string(), ToString::to_string);
                    let message = format!("it cannot be read: {reason}");
                    self.diagnostics
                        .push(Diagnostic::error("unreadable", message).at(place));
                }
            }
        }
        if let Some(first) = others.first() {
            let message = match others.len() {
                1 => format!("`{first}` is no snapshot and was not read"),
                n => format!("{n} files are no snapshots and were not read, `{first}` the first"),
            };
            self.diagnostics.push(
                Diagnostic::warning("other-files", message)
                    .at(self.place(folder))
                    .help(format!(
                        "the names of saved pages end in {}; keep other files elsewhere",
                        endings()
                    )),
            );
        }
    }

    /// Refuses a link that leads out of the project, or of the folder that was named.
    fn refuses(&mut self, entry: &DirEntry) -> bool {
        if entry.depth() == 0 || !entry.path_is_symlink() {
            return false;
        }
        let path = entry.path();
        let place = path::leads_out(&self.base, path);
        let place = place.and_then(|_| path::leads_out(self.root, path));
        let outside = place.map(|place| path::outside(&self.shown(path), &place));
        let is_outside = outside.is_some();
        self.diagnostics.extend(outside);
        is_outside
    }

    fn push_source(&mut self, path: &Path) {
        let stem = path.file_stem().unwrap_or_default();
        self.sources.push(Source {
            id: stem.to_string_lossy().into_owned(),
            shown: self.shown(path),
            path: path.to_path_buf(),
        });
    }

    fn shown(&self, path: &Path) -> String {
        match path.strip_prefix(&self.base) {
            Ok(below) if below.as_os_str().is_empty() => display_path(self.given),
            Ok(below) => display_path(&self.given.join(below)),
            Err(_) => display_path(path),
        }
    }

    fn place(&self, path: &Path) -> Place {
        Place::file(self.shown(path))
    }
}

/// Passes over what lies in a folder; there is nothing in a file.
fn skip(entry: &DirEntry, entries: &mut walkdir::IntoIter) {
    if entry.file_type().is_dir() {
        entries.skip_current_dir();
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
    let stem = name.strip_suffix("_files");
    let Some(stem) = stem.filter(|_| entry.file_type().is_dir()) else {
        return false;
    };
    let endings = ENDINGS
        .iter()
        .flat_map(|ending| [ending.to_string(), ending.to_uppercase()]);
    endings.into_iter().any(|ending| {
        let page = entry.path().with_file_name(format!("{stem}.{ending}"));
        page.is_file()
    })
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
        let (sources, diagnostics) = find(folder.path(), &[PathBuf::from("docs")]);
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
        let [warning] = &diagnostics[..] else {
            panic!("{diagnostics:?}");
        };
        assert_eq!(
            warning.to_string(),
            "docs: warning[other-files]: `docs/notes.txt` is no snapshot and was not read"
        );
    }

    #[test]
    fn a_path_that_does_not_exist_is_an_error() {
        let (sources, diagnostics) = find(Path::new("."), &[PathBuf::from("no/page.html")]);
        assert!(sources.is_empty());
        assert_eq!(
            diagnostics[0].to_string(),
            "no/page.html: error[unreadable]: there is no such file or folder"
        );
    }
}
