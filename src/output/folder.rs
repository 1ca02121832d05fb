//! The output folder, and what is in it.

use std::collections::BTreeSet;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

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
        if folder.path.is_file() {
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
        // Without a slash at the end, by which a symlink would be followed.
        let place: PathBuf = self.path.join(path).components().collect();
        path::resolve(&self.bounds, &place, &self.shown_path(path))
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

    /// What a file in it holds; none if there is no file. `check` shows how it differs, so no
    /// symlink is followed to what is hidden, such as `.git/config`, which may hold secrets.
    pub(super) fn read_bytes(&self, path: &str) -> Result<Option<Vec<u8>>, Report> {
        let place = self.path.join(path);
        if is_link(&place) {
            let (real, bounds) = (self.resolve(path)?, path::real(&self.bounds));
            let inside = real.strip_prefix(bounds.unwrap_or_default());
            let mut parts = inside.unwrap_or(&real).iter();
            if parts.any(|part| part.as_encoded_bytes().starts_with(b".")) {
                return Err(OutputProblem::LinkToHidden
                    .at_file(self.shown_path(path))
                    .into());
            }
        }
        match file::read_bytes(&place, MAX_RECORDS) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(unreadable(&error).at_file(self.shown_path(path)).into()),
        }
    }

    /// As [`Folder::read_bytes`], as text.
    pub(super) fn read_text(&self, path: &str) -> Result<Option<String>, Report> {
        Ok(self.read_bytes(path)?.map(file::text_to_compare))
    }
}

fn unreadable(error: &io::Error) -> OutputProblem {
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
