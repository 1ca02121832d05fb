//! The output folder, and what is in it.

use std::collections::BTreeSet;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::Change;
use super::difference::Difference;
use crate::file::{self, MAX_RECORDS};
use crate::path::{self, is_link};
use crate::problem::{Locate as _, OutputProblem, Report};

/// The folder that outputs are written to.
#[derive(Debug, Clone)]
pub(super) struct Folder {
    pub(super) path: PathBuf,
    /// What the user calls it.
    shown: String,
    /// The folder that its symlinks must not leave.
    bounds: PathBuf,
}

impl Folder {
    /// The folder `output` of the project at `root`.
    ///
    /// # Errors
    /// It is a file, or leaves the project.
    pub(super) fn open(root: &Path, output: &str) -> Result<Self, Report> {
        let folder = Self {
            path: root.join(output),
            shown: output.to_owned(),
            bounds: path::bounds(root, output),
        };
        if folder.path.exists() && !folder.path.is_dir() {
            return Err(OutputProblem::FolderIsFile.at_file(output).into());
        }
        folder.resolve("")?;
        Ok(folder)
    }

    /// What the user calls a file or folder in it.
    pub(super) fn shown_path(&self, path: &str) -> String {
        if path.is_empty() {
            self.shown.clone()
        } else {
            format!("{}/{path}", self.shown)
        }
    }

    /// Where a file or folder in it really is.
    fn resolve(&self, path: &str) -> Result<PathBuf, Report> {
        path::resolve(&self.bounds, &self.path.join(path), &self.shown_path(path))
    }

    /// How a file in it has to change. The file takes the place of a link: what that leads to is
    /// somebody's.
    pub(super) fn change<'a>(&self, file: &'a Difference) -> Result<Change<'a>, Report> {
        let (folder, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
        let place = self.resolve(folder)?.join(name);
        let shown = self.shown_path(&file.path);
        Ok(Change::output(
            place,
            shown,
            file.old_text(),
            file.new_text(),
        ))
    }

    /// Refuses symlinks among the folders of files that leave the project, or by which one file
    /// would have two paths.
    pub(super) fn refuse_links<'a>(
        &self,
        files: impl IntoIterator<Item = &'a str>,
    ) -> Result<(), Report> {
        let output = self.resolve("")?;
        let has_link = |folder: &&str| {
            let mut parts = Path::new(folder).ancestors();
            parts.any(|part| !part.as_os_str().is_empty() && is_link(&self.path.join(part)))
        };
        let folder_of = |file: &'a str| file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let folders: BTreeSet<&str> = files.into_iter().map(folder_of).collect();
        let checked = folders.into_iter().filter(has_link).map(|folder| {
            let place = self.resolve(folder)?;
            if place.starts_with(&output) || output.starts_with(&place) {
                let problem = OutputProblem::AliasedFolder;
                return Err(problem.at_file(self.shown_path(folder)).into());
            }
            Ok(())
        });
        Report::gather(checked).map(drop)
    }

    /// What a file in it holds; none if it does not exist.
    pub(super) fn read_bytes(&self, path: &str) -> Result<Option<Vec<u8>>, Report> {
        let (place, shown) = (self.path.join(path), self.shown_path(path));
        file::read_own(&self.bounds, &place, &shown, MAX_RECORDS, unreadable)
    }

    /// Whether two paths lead to one file, as `a` and `A` do where case does not count.
    pub(super) fn is_same(&self, one: &str, other: &str) -> bool {
        path::is_same(&self.path.join(one), &self.path.join(other))
    }

    /// As [`Folder::read_bytes`], as text.
    pub(super) fn read_text(&self, path: &str) -> Result<Option<String>, Report> {
        Ok(self.read_bytes(path)?.map(file::text_to_compare))
    }
}

fn unreadable(error: io::Error) -> OutputProblem {
    match error.kind() {
        ErrorKind::IsADirectory => OutputProblem::FolderInPlaceOfFile,
        ErrorKind::NotADirectory => OutputProblem::FileInPlaceOfFolder,
        _ => OutputProblem::Unreadable {
            reason: error.to_string(),
        },
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use super::*;

    #[test]
    fn a_file_without_end_is_not_read() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let file = File::create(root.path().join("x")).expect("a file");
        // No room is needed for what is not written.
        file.set_len(MAX_RECORDS + 1).expect("a long file");
        let folder = Folder::open(root.path(), "").expect("a folder");
        assert_eq!(
            folder
                .read_text("x")
                .expect_err("it is too long")
                .to_string(),
            "/x: error[output]: the file cannot be read: it has more than 512 MiB, the most that arkerr reads"
        );
    }
}
