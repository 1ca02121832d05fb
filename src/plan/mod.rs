//! Planning: how the output folder differs from what was rendered, as data that can be shown
//! and carried out.
//!
//! `check` shows a plan and `generate` carries it out; there is no other way to write below the
//! output folder.

mod apply;
mod case;
mod changes;
mod difference;
mod file;
mod output;
mod owned;
mod staging;
mod turn;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::escape::visible;
use crate::render::Rendered;

pub use difference::{Difference, Edit, FirstChange, Kind};
pub(crate) use file::ProjectFile;
pub use file::write_file;
#[cfg(feature = "cli")]
pub(crate) use file::{create_file, create_program};
use output::Output;
pub use turn::Turn;

/// What has to be done so that the output folder holds what was rendered.
#[derive(Debug)]
pub struct Plan {
    /// The differences in the order of their paths.
    pub differences: Vec<Difference>,
    /// How many files are as they should be.
    pub unchanged: usize,
    /// All files that there will be.
    files: Vec<String>,
    /// The list of arkerr's files while it writes them, where the old one is not enough.
    interim_list: Option<String>,
    /// What runs have left behind that were killed.
    left: Vec<PathBuf>,
    output: Output,
}

impl Plan {
    /// Compares rendered files with the folder `output` of the project at `root`. Nothing is
    /// written. The files in `kept` stay as they are: what they should be is not known.
    ///
    /// # Errors
    /// The folder or a file in it cannot be read, or a rendered file would replace one that is
    /// not arkerr's.
    pub fn compare(
        root: &Path,
        output: &str,
        rendered: Rendered,
        kept: &[String],
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut comparison = Comparison {
            output: Output::new(root, output),
            owned: owned::Owned::new(),
            differences: Vec::new(),
            unchanged: 0,
            interim_list: None,
            left: Vec::new(),
            diagnostics: Vec::new(),
        };
        let files = comparison.run(rendered, kept);
        if !comparison.diagnostics.is_empty() {
            return Err(comparison.diagnostics);
        }
        comparison.differences.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Self {
            differences: comparison.differences,
            unchanged: comparison.unchanged,
            files,
            interim_list: comparison.interim_list,
            left: comparison.left,
            output: comparison.output,
        })
    }

    /// Makes the output folder what was rendered: all of it, or, where something cannot be
    /// written, nothing.
    ///
    /// # Errors
    /// A file or folder cannot be written or deleted, or is not what it was when it was compared.
    pub fn carry_out(&self) -> Result<(), Vec<Diagnostic>> {
        apply::apply(self, &[])
    }

    /// Does the same, together with changes of files of the project that are not below the output
    /// folder. Those are written first.
    ///
    /// # Errors
    /// As [`Plan::carry_out`].
    pub fn carry_out_after(&self, first: &[&Difference]) -> Result<(), Vec<Diagnostic>> {
        apply::apply(self, first)
    }

    /// The path of a file as the user would write it.
    #[must_use]
    pub fn shown(&self, difference: &Difference) -> String {
        visible(&self.output.shown(&difference.path))
    }

    /// The path of a file as it is, for programs that open it.
    #[must_use]
    pub fn path(&self, difference: &Difference) -> String {
        self.output.shown(&difference.path)
    }

    /// The paths of all files that were compared: those that there will be, and those that are left
    /// over.
    #[must_use]
    pub fn compared(&self) -> BTreeSet<String> {
        let differences = self.differences.iter().map(|difference| &difference.path);
        let paths = self.files.iter().chain(differences);
        paths.map(|path| self.output.shown(path)).collect()
    }

    /// How many differences are of a kind.
    #[must_use]
    pub fn count(&self, is_kind: impl Fn(&Kind) -> bool) -> usize {
        let kinds = self.differences.iter().map(|difference| &difference.kind);
        kinds.filter(|kind| is_kind(kind)).count()
    }
}

/// The files that an output folder's list names, the list itself aside; none where there is no
/// list that can be read.
#[must_use]
pub fn owned_files(output: &Path) -> Vec<String> {
    let owned = owned::read(&Output::new(output, "")).unwrap_or_default();
    owned.into_keys().collect()
}

/// What is in the place of a rendered file.
enum There {
    Nothing,
    /// The same text.
    Same,
    /// Another text.
    Other(String),
}

struct Comparison {
    output: Output,
    owned: owned::Owned,
    differences: Vec<Difference>,
    unchanged: usize,
    interim_list: Option<String>,
    left: Vec<PathBuf>,
    diagnostics: Vec<Diagnostic>,
}

impl Comparison {
    /// Compares the files, and returns the paths of all that there will be.
    fn run(&mut self, mut rendered: Rendered, kept: &[String]) -> Vec<String> {
        if self.output.path.exists() && !self.output.path.is_dir() {
            let refusal = self.output.in_the_way("", "the output folder is a file");
            self.diagnostics.push(refusal);
            return Vec::new();
        }
        self.diagnostics.extend(self.output.refuse_links([""]));
        if !self.diagnostics.is_empty() {
            return Vec::new();
        }
        match owned::read(&self.output) {
            Ok(owned) => self.owned = owned,
            Err(refusal) => {
                self.diagnostics.push(refusal);
                return Vec::new();
            }
        }
        let next = self.next_owned(&rendered, kept);
        rendered.insert(owned::FILE_NAME.to_owned(), owned::list(&next));
        let files: Vec<String> = rendered.keys().cloned().collect();
        self.refuse_links(&rendered);
        if !self.diagnostics.is_empty() {
            return files;
        }
        self.own_marked_files(&rendered);
        let is_left_over = |path: &&String| !rendered.contains_key(*path) && !kept.contains(path);
        let left_over: Vec<String> = self.owned.keys().filter(is_left_over).cloned().collect();
        for path in left_over {
            self.find_left_over(path);
        }
        self.compare_files(rendered);
        self.interim_list = self.interim_list(next);
        files
    }

    /// Refuses to follow links that lead astray.
    fn refuse_links(&mut self, rendered: &Rendered) {
        let paths = rendered.keys().chain(self.owned.keys());
        let folders: BTreeSet<&str> = paths.map(|path| apply::folder_of(path)).collect();
        self.diagnostics.extend(self.output.refuse_links(folders));
    }

    /// The list of arkerr's files that is needed before there are new ones which do not say that
    /// arkerr made them: it names what was and what will be.
    fn interim_list(&self, next: owned::Owned) -> Option<String> {
        let is_unknown = |difference: &Difference| match &difference.kind {
            Kind::Missing { new } => {
                let path = &difference.path;
                path != owned::FILE_NAME
                    && !self.owned.contains_key(path)
                    && owned::mark_of(new).is_some()
            }
            _ => false,
        };
        self.differences.iter().any(is_unknown).then(|| {
            let mut all = next;
            // What is there has its old mark until it is replaced.
            all.extend(self.owned.clone());
            owned::list(&all)
        })
    }

    /// The files that are arkerr's when the plan has been carried out.
    fn next_owned(&self, rendered: &Rendered, kept: &[String]) -> owned::Owned {
        let kept = kept.iter().map(|path| {
            let mark = self.owned.get(path).cloned().flatten();
            (path.clone(), mark)
        });
        let rendered = rendered.iter();
        let rendered = rendered.map(|(path, text)| (path.clone(), owned::mark_of(text)));
        kept.chain(rendered).collect()
    }

    /// Looks for marked files in every folder that has files of arkerr's. Rendered ones are looked
    /// at anyway.
    fn own_marked_files(&mut self, rendered: &Rendered) {
        let paths = rendered.keys().chain(self.owned.keys());
        let folders: BTreeSet<String> = paths
            .filter_map(|path| path.split_once('/'))
            .map(|(folder, _)| folder.to_owned())
            .collect();
        let output = &self.output.path;
        self.left = owned::find_left(output, &folders);
        for folder in folders {
            let is_known =
                |path: &str| rendered.contains_key(path) || self.owned.contains_key(path);
            let marked = owned::find_marked(output, &folder, &mut self.left, is_known);
            self.owned
                .extend(marked.into_iter().map(|path| (path, None)));
        }
    }

    /// Compares what was rendered with what is there, on all processors: most of the time is spent
    /// in waiting for the system.
    fn compare_files(&mut self, rendered: Rendered) {
        let rendered: Vec<(String, String)> = rendered.into_iter().collect();
        let this = &*self;
        // What differs is left over as yet, and is deleted before anything is written.
        let deleted = this.differences.iter();
        let deleted = case::Paths::new(deleted.map(|difference| difference.path.as_str()));
        let place = |path: &str| this.output.path.join(path);
        let is_one = |one: &str, other: &str| case::is_one_file(&place(one), &place(other));
        let compared = rendered.into_par_iter().map(|(path, new)| {
            let there = match deleted.have_other_name(&path, is_one) {
                true => Ok(There::Nothing),
                false => this.look(&path, &new),
            };
            (path, new, there)
        });
        let compared: Vec<_> = compared.collect();
        for (path, new, there) in compared {
            self.note(path, new, there);
        }
    }

    fn look(&self, path: &str, new: &str) -> Result<There, Diagnostic> {
        Ok(match self.output.read(path)? {
            None => There::Nothing,
            Some(old) if same_but_for_line_ends(&old, new) => There::Same,
            Some(old) => There::Other(String::from_utf8_lossy(&old).into_owned()),
        })
    }

    fn note(&mut self, path: String, new: String, there: Result<There, Diagnostic>) {
        let kind = match there {
            Err(refusal) => return self.diagnostics.push(refusal),
            Ok(There::Same) => {
                self.unchanged += 1;
                return;
            }
            Ok(There::Nothing) => Kind::Missing { new },
            Ok(There::Other(old)) => {
                if !self.owned.contains_key(&path) && !owned::is_marked(&old) {
                    let message = "the file is in the way: arkerr did not make it";
                    let refusal = self.output.in_the_way(&path, message);
                    return self.diagnostics.push(refusal);
                }
                Kind::Changed { old, new }
            }
        };
        self.differences.push(Difference { path, kind });
    }

    /// A file that nothing renders any more is deleted only if it says that arkerr made it, or is
    /// what arkerr wrote: somebody may have put another in its place.
    fn find_left_over(&mut self, path: String) {
        match self.output.read(&path) {
            Err(refusal) => self.diagnostics.push(refusal),
            Ok(None) => {}
            Ok(Some(old)) => {
                let old = String::from_utf8_lossy(&old).into_owned();
                let mark = self.owned.get(&path).cloned().flatten();
                if owned::is_marked(&old) || (mark.is_some() && mark == owned::mark_of(&old)) {
                    let kind = Kind::LeftOver { old };
                    self.differences.push(Difference { path, kind });
                }
            }
        }
    }
}

/// A checkout may have turned line ends into those of another system; that is no difference.
fn same_but_for_line_ends(old: &[u8], new: &str) -> bool {
    if old == new.as_bytes() {
        return true;
    }
    let old = str::from_utf8(old);
    old.is_ok_and(|old| old.contains('\r') && old.replace("\r\n", "\n") == new)
}
