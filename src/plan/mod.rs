//! Planning: how the output folder differs from what was rendered, as data that can be shown
//! and carried out.
//!
//! `check` shows a plan and `generate` carries it out; there is no other way to write below the
//! output folder.

mod apply;
mod difference;
mod owned;

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use crate::diagnostic::{Diagnostic, Place};
use crate::render::{MARK, Rendered};

use apply::Output;
pub use difference::{Difference, Kind};

/// What has to be done so that the output folder holds what was rendered.
#[derive(Debug)]
pub struct Plan {
    /// The differences in the order of their paths.
    pub differences: Vec<Difference>,
    /// How many files are as they should be.
    pub unchanged: usize,
    /// All files that there will be.
    files: Vec<String>,
    output: Output,
}

impl Plan {
    /// Compares rendered files with the folder `output` of the project at `root`. Nothing is
    /// written.
    ///
    /// # Errors
    /// The folder or a file in it cannot be read, or a rendered file would replace one that is
    /// not arkerr's.
    pub fn compare(root: &Path, output: &str, rendered: Rendered) -> Result<Self, Vec<Diagnostic>> {
        let mut comparison = Comparison {
            output: Output {
                path: root.join(output),
                shown: output.to_owned(),
            },
            owned: BTreeSet::new(),
            differences: Vec::new(),
            unchanged: 0,
            diagnostics: Vec::new(),
        };
        let files = comparison.run(rendered);
        if !comparison.diagnostics.is_empty() {
            return Err(comparison.diagnostics);
        }
        comparison.differences.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Self {
            differences: comparison.differences,
            unchanged: comparison.unchanged,
            files,
            output: comparison.output,
        })
    }

    /// Makes the output folder what was rendered: all of it, or, where something cannot be
    /// written, nothing.
    ///
    /// # Errors
    /// A file or folder cannot be written or deleted.
    pub fn carry_out(&self) -> Result<(), Diagnostic> {
        apply::apply(&self.output, &self.differences, &self.files).map_err(|error| {
            Diagnostic::from_error("output", &error).at(Place::file(&self.output.shown))
        })
    }

    /// The path of a file as the user would write it.
    #[must_use]
    pub fn shown(&self, difference: &Difference) -> String {
        self.output.shown(&difference.path)
    }

    /// How many differences are of a kind.
    #[must_use]
    pub fn count(&self, is_kind: impl Fn(&Kind) -> bool) -> usize {
        let kinds = self.differences.iter().map(|difference| &difference.kind);
        kinds.filter(|kind| is_kind(kind)).count()
    }
}

struct Comparison {
    output: Output,
    owned: BTreeSet<String>,
    differences: Vec<Difference>,
    unchanged: usize,
    diagnostics: Vec<Diagnostic>,
}

impl Comparison {
    /// Compares the files, and returns the paths of all that there will be.
    fn run(&mut self, mut rendered: Rendered) -> Vec<String> {
        if self.output.path.exists() && !self.output.path.is_dir() {
            self.refuse("", "the output folder is a file".to_owned())
                .help_last("move the file, or name another folder as `output` in arkerr.toml");
            return Vec::new();
        }
        rendered.insert(owned::FILE_NAME.to_owned(), owned::list(rendered.keys()));
        match owned::read(&self.output.path) {
            Ok(owned) => self.owned = owned,
            Err(message) => {
                self.refuse(owned::FILE_NAME, message)
                    .help_last("take the file back from version control, or delete it");
                return Vec::new();
            }
        }
        let files = rendered.keys().cloned().collect();
        let left_over: Vec<String> = self
            .owned
            .iter()
            .filter(|path| !rendered.contains_key(*path))
            .cloned()
            .collect();
        for (path, new) in rendered {
            self.compare_file(path, new);
        }
        for path in left_over {
            self.find_left_over(path);
        }
        files
    }

    fn compare_file(&mut self, path: String, new: String) {
        let old = match self.read(&path) {
            Ok(Some(old)) => old,
            Ok(None) => {
                return self.differences.push(Difference {
                    path,
                    kind: Kind::Missing { new },
                });
            }
            Err(error) => {
                self.refuse(&path, format!("the file cannot be read: {error}"));
                return;
            }
        };
        if same_but_for_line_ends(&old, &new) {
            self.unchanged += 1;
        } else if self.owned.contains(&path) || is_marked(&old) {
            self.differences.push(Difference {
                path,
                kind: Kind::Changed { old, new },
            });
        } else {
            self.refuse(
                &path,
                "the file is in the way: arkerr did not make it".to_owned(),
            )
            .help_last("move it, or name another folder as `output` in arkerr.toml");
        }
    }

    fn find_left_over(&mut self, path: String) {
        match self.read(&path) {
            Ok(Some(old)) => self.differences.push(Difference {
                path,
                kind: Kind::LeftOver { old },
            }),
            Ok(None) => {}
            Err(error) => {
                self.refuse(&path, format!("the file cannot be read: {error}"));
            }
        }
    }

    /// The text of a file; none where there is no file.
    fn read(&self, path: &str) -> io::Result<Option<String>> {
        match fs::read(self.output.path.join(path)) {
            Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn refuse(&mut self, path: &str, message: String) -> &mut Self {
        let shown = self.output.shown(path);
        self.diagnostics
            .push(Diagnostic::error("output", message).at(Place::file(shown)));
        self
    }

    fn help_last(&mut self, help: &str) {
        if let Some(last) = self.diagnostics.last_mut() {
            last.help = Some(help.to_owned());
        }
    }
}

/// A checkout may have turned line ends into those of another system; that is no difference.
fn same_but_for_line_ends(old: &str, new: &str) -> bool {
    old == new || (old.contains('\r') && old.replace("\r\n", "\n") == new)
}

/// Whether a file says in its first lines that arkerr made it.
fn is_marked(text: &str) -> bool {
    text.lines().take(4).any(|line| line.contains(MARK))
}
