//! The output folder: how it differs from what was rendered, as data that can be shown and
//! written. `check` shows the differences and `generate` writes them.

mod difference;
mod folder;
mod lock;
mod owned;
mod write;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;

use crate::escape::visible;
use crate::file;
use crate::path::clash_key;
use crate::problem::{
    Diagnostic, DriftProblem, Edit, Locate as _, OutputProblem, Place, Position, Report,
};
use crate::render::Files;

pub use difference::{Difference, Kind};
use folder::Folder;
pub use lock::Lock;
pub(crate) use write::{Change, write_files};

/// How the output folder differs from what was rendered.
#[derive(Debug)]
pub struct Differences {
    /// The files that differ, in the order of their paths.
    pub files: Vec<Difference>,
    /// How many files are as they should be.
    pub unchanged: usize,
    /// The paths of files that nothing renders and that do not say that arkerr made them.
    left_over: Vec<String>,
    /// The paths of all files that there will be.
    rendered: Vec<String>,
    folder: Folder,
}

impl Differences {
    /// Whether all files are as they should be.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// How many files are missing, changed and orphaned.
    #[must_use]
    pub fn counts(&self) -> [usize; 3] {
        let mut counts = [0; 3];
        for difference in &self.files {
            counts[match difference.kind {
                Kind::Missing { .. } => 0,
                Kind::Changed { .. } => 1,
                Kind::Orphaned { .. } => 2,
            }] += 1;
        }
        counts
    }

    /// The path of a file as the user would write it.
    #[must_use]
    pub fn shown_path(&self, difference: &Difference) -> String {
        visible(&self.path(difference))
    }

    /// The path of a file as it is, for programs that open it.
    #[must_use]
    pub fn path(&self, difference: &Difference) -> String {
        self.folder.shown_path(&difference.path)
    }

    /// The paths of all files that were compared, for programs that open them.
    pub fn compared(&self) -> impl Iterator<Item = String> {
        let orphaned = self.files.iter().map(|difference| &difference.path);
        let paths = self.rendered.iter().chain(orphaned);
        paths.map(|path| self.folder.shown_path(path))
    }

    /// A problem for each file that differs, at the line that differs first.
    pub fn problems(&self) -> impl Iterator<Item = Diagnostic> {
        self.files.iter().map(|file| {
            let first = file.first_change();
            let place = place(self.path(file), first.as_ref());
            let problem = match (&file.kind, first) {
                (Kind::Changed { .. }, Some((_, edit))) => DriftProblem::OutputChanged(edit),
                (Kind::Orphaned { .. }, _) => DriftProblem::OutputOrphaned,
                _ => DriftProblem::OutputMissing,
            };
            problem.at(place)
        })
    }

    /// A warning about files that may be left over, and that are not deleted.
    pub(crate) fn left_over(&self) -> Option<Diagnostic> {
        let files = self.left_over.iter();
        let files: Vec<String> = files.map(|path| self.folder.shown_path(path)).collect();
        let list = self.folder.shown_path(owned::LIST);
        (!files.is_empty()).then(|| OutputProblem::LeftOver(files).at_file(list))
    }

    /// The changes that make the folder what was rendered.
    ///
    /// Files are deleted first: where case does not count, an old name may be that of a new file.
    /// Then comes the list of arkerr's files, or a run that is killed might leave new files that
    /// the next one does not know.
    fn changes(&self) -> Result<Vec<Change<'_>>, Report> {
        let mut files: Vec<&Difference> = self.files.iter().collect();
        files.sort_by_key(|file| match file.kind {
            Kind::Orphaned { .. } => 0,
            _ if file.path == owned::LIST => 1,
            _ => 2,
        });
        Report::gather(files.into_iter().map(|file| self.folder.change(file)))
    }
}

/// Compares rendered files with a folder of the project at `root`. Nothing is written.
///
/// # Errors
/// The folder or a file in it cannot be read, or a rendered file would replace one that is not
/// arkerr's.
pub fn compare(root: &Path, folder: &str, mut files: Files) -> Result<Differences, Report> {
    let folder = Folder::open(root, folder)?;
    let listed = owned::read_list(&folder)?;
    files.insert(owned::LIST.to_owned(), owned::list_text(&files));
    let known: BTreeSet<&String> = files.keys().chain(&listed).collect();
    folder.refuse_links(known.iter().map(|path| path.as_str()))?;
    let marked = owned::find_marked(&folder, &known);

    let rendered: Vec<String> = files.keys().cloned().collect();
    let unrendered = listed.union(&marked);
    let unrendered = unrendered.filter(|path| !files.contains_key(*path));
    let (orphans, mut left_over) = find_orphans(&folder, unrendered)?;
    if !left_over.is_empty() {
        keep_apart(&folder, &mut left_over, &rendered);
    }
    let listed: HashSet<String> = listed.iter().map(|path| clash_key(path)).collect();
    let orphans_by_key: HashMap<String, &Difference> = orphans
        .iter()
        .map(|orphan| (clash_key(&orphan.path), orphan))
        .collect();
    let look = |(path, new): (String, String)| {
        let key = clash_key(&path);
        let orphan = orphans_by_key.get(&key).copied();
        difference(&folder, path, new, listed.contains(&key), orphan)
    };
    // Most of the time is spent in waiting for the system.
    let compared = crate::parallel::map(files, look);
    let mut files: Vec<Difference> = Report::gather(compared)?.into_iter().flatten().collect();
    let unchanged = rendered.len() - files.len();
    files.extend(orphans);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Differences {
        files,
        unchanged,
        left_over,
        rendered,
        folder,
    })
}

/// Drops files that are among those that stay: where case does not count, one has two paths.
fn keep_apart(folder: &Folder, left_over: &mut Vec<String>, rendered: &[String]) {
    let keys = rendered.iter().map(|path| (clash_key(path), path));
    let rendered_by_key: HashMap<String, &String> = keys.collect();
    left_over.retain(|path| {
        let other = rendered_by_key.get(&clash_key(path));
        other.is_none_or(|other| !folder.is_same(path, other))
    });
}

/// The files that nothing renders any more, and the paths of those among them that do not say that
/// arkerr made them: the list may be wrong about them.
fn find_orphans<'a>(
    folder: &Folder,
    paths: impl Iterator<Item = &'a String>,
) -> Result<(Vec<Difference>, Vec<String>), Report> {
    // The list may name a folder, which is never arkerr's.
    let paths = paths.filter(|path| !folder.path.join(path).is_dir());
    let files = paths.map(|path| Ok((path, folder.read_text(path)?)));
    let (mut orphans, mut left_over) = (Vec::new(), Vec::new());
    for (path, text) in Report::gather(files)? {
        match text {
            Some(old) if owned::is_marked(&old) => orphans.push(Difference {
                path: path.clone(),
                kind: Kind::Orphaned { old },
            }),
            Some(_) => left_over.push(path.clone()),
            None => {}
        }
    }
    Ok((orphans, left_over))
}

/// How a file differs from what it should be. `orphan` is one whose path is the same to some file
/// systems, see [`clash_key`].
fn difference(
    folder: &Folder,
    path: String,
    new: String,
    is_listed: bool,
    orphan: Option<&Difference>,
) -> Result<Option<Difference>, Report> {
    let old = folder.read_bytes(&path)?;
    if orphan.is_none() && old.as_deref() == Some(new.as_bytes()) {
        return Ok(None);
    }
    let kind = match old.map(file::text_to_compare) {
        None => Kind::Missing { new },
        // To some file systems, this is the orphan itself, which will be deleted.
        Some(old) if orphan.is_some_and(|orphan| orphan.old_text() == Some(&old)) => {
            Kind::Changed { old, new }
        }
        Some(old) if is_same_but_for_line_ends(&old, &new) => return Ok(None),
        Some(old) if owned::is_marked(&old) => Kind::Changed { old, new },
        Some(old) if is_listed && !owned::is_marked(&new) => Kind::Changed { old, new },
        Some(_) => {
            return Err(OutputProblem::NotOwned
                .at_file(folder.shown_path(&path))
                .into());
        }
    };
    Ok(Some(Difference { path, kind }))
}

/// A file, with the line of its first change.
pub(crate) fn place(path: String, first: Option<&(usize, Edit)>) -> Place {
    match first {
        Some(&(line, _)) => {
            let column = Some(1);
            Place::at(path, Position { line, column })
        }
        None => Place::file(path),
    }
}

/// A checkout may have turned line ends into those of another system; that is no difference.
fn is_same_but_for_line_ends(old: &str, new: &str) -> bool {
    old == new || old.contains('\r') && old.replace("\r\n", "\n") == new
}

/// Writes differences: first those of single files of the project, by their paths in it, so that
/// what is generated from names is never without its record, then those of the outputs.
///
/// # Errors
/// A file or folder cannot be written or deleted, or is not what it was when it was compared.
pub fn write(
    root: &Path,
    first: &[Difference],
    outputs: Option<&Differences>,
) -> Result<(), Report> {
    let mut changes = Vec::new();
    for file in first {
        let new = file.new_text().unwrap_or_default().as_bytes();
        let mut change = Change::project_file(root, &file.path, new)?;
        change.old = Some(file.old_text().unwrap_or_default());
        changes.push(change);
    }
    if let Some(outputs) = outputs {
        let differing = outputs.files.iter().map(|file| file.path.as_str());
        outputs.folder.refuse_links(differing)?;
        changes.extend(outputs.changes()?);
    }
    write_files(&changes)
}

/// How a file of the project that is not an output has to change; none if it is as it should be.
pub(crate) fn project_file(path: &str, old: Option<&str>, new: String) -> Option<Difference> {
    let kind = match old {
        None => Kind::Missing { new },
        Some(old) if old == new => return None,
        Some(old) => Kind::Changed {
            old: old.to_owned(),
            new,
        },
    };
    let path = path.to_owned();
    Some(Difference { path, kind })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// A text that says that arkerr made it.
    fn marked(text: &str) -> String {
        format!("{text} Generated by arkerr, do not edit.\n")
    }

    fn generate(root: &Path, files: &[(&str, &str)]) -> Vec<String> {
        let file = |(path, text): &(&str, &str)| (path.to_string(), marked(text));
        let rendered = files.iter().map(file).collect();
        let differences = compare(root, "out", rendered).expect("nothing is in the way");
        write(root, &[], Some(&differences)).expect("it can be written");
        let kind = |kind: &Kind| match kind {
            Kind::Missing { .. } => "created",
            Kind::Changed { .. } => "updated",
            Kind::Orphaned { .. } => "deleted",
        };
        let line = |file: &Difference| format!("{} {}", kind(&file.kind), file.path);
        differences.files.iter().map(line).collect()
    }

    #[test]
    fn the_folder_becomes_what_was_rendered() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path();
        assert_eq!(
            generate(root, &[("a.json", "1"), ("b/c.json", "2")]),
            [
                "created .arkerr-files",
                "created a.json",
                "created b/c.json"
            ]
        );
        fs::write(root.join("out/mine.json"), "mine").expect("a file");
        assert_eq!(
            generate(root, &[("a.json", "3")]),
            [
                "updated .arkerr-files",
                "updated a.json",
                "deleted b/c.json"
            ]
        );
        assert!(!root.join("out/b").exists());
        assert!(generate(root, &[("a.json", "3")]).is_empty());
        let files = [("mine.json".to_owned(), "x".to_owned())].into();
        assert_eq!(
            compare(root, "out", files)
                .expect_err("it is in the way")
                .to_string(),
            "out/mine.json: error[output]: the file is in the way: arkerr did not make it"
        );
    }

    /// Anybody can write a list.
    #[test]
    fn the_list_makes_no_file_of_somebody_else_arkerrs() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path();
        fs::create_dir_all(root.join("out/sub")).expect("a folder");
        for file in ["mine.txt", "mine.rs", "codes.csv"] {
            fs::write(root.join("out").join(file), "mine").expect("a file");
        }
        let list = "# Generated by arkerr, do not edit.\nmine.txt\t0123456789abcdef\nmine.rs\ncodes.csv\nsub\n\
            ../root.txt\n.git/config\n<<<<<<< HEAD\n";
        fs::write(root.join("out").join(owned::LIST), list).expect("a file");
        let compare = |path: &str, text: &str| {
            compare(root, "out", [(path.to_owned(), text.to_owned())].into())
        };
        let refusal = compare("mine.rs", &marked("1")).expect_err("it is in the way");
        assert_eq!(
            refusal.to_string(),
            "out/mine.rs: error[output]: the file is in the way: arkerr did not make it"
        );
        // One that cannot say so is as good as the list.
        let differences = compare("codes.csv", "401,Denied\n").expect("it is listed");
        assert_eq!(differences.counts(), [0, 2, 0]);
        assert_eq!(differences.left_over, ["mine.rs", "mine.txt"]);
    }

    /// As a folder in which case does not count, in which both paths lead to one file.
    #[cfg(unix)]
    #[test]
    fn a_file_is_kept_whose_old_name_has_another_case() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path();
        generate(root, &[("foo.json", "1")]);
        fs::copy(root.join("out/foo.json"), root.join("out/Foo.json")).expect("a file");
        assert_eq!(
            generate(root, &[("Foo.json", "1")]),
            [
                "updated .arkerr-files",
                "updated Foo.json",
                "deleted foo.json"
            ]
        );
        let text = fs::read_to_string(root.join("out/Foo.json"));
        assert_eq!(text.expect("a file"), marked("1"));
    }
}
