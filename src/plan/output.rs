//! The output folder.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Place};
use crate::file::{self, MAX_RECORDS};
use crate::links::{self, is_link, real};

/// The folder that is written: where it is, and what the user calls it.
#[derive(Debug, Clone)]
pub(super) struct Output {
    /// The folder of the project.
    pub(super) root: PathBuf,
    pub(super) path: PathBuf,
    pub(super) shown: String,
    /// Where it really was when it was looked at, whatever links lead there.
    real: Option<PathBuf>,
}

impl Output {
    /// The folder `output` of the project at `root`.
    pub(super) fn new(root: &Path, output: &str) -> Self {
        let path = root.join(output);
        Self {
            root: root.to_owned(),
            real: real(&path).ok(),
            path,
            shown: output.to_owned(),
        }
    }

    /// What the user calls a file or folder below.
    pub(super) fn shown(&self, path: &str) -> String {
        match path {
            "" => self.shown.clone(),
            path => format!("{}/{path}", self.shown),
        }
    }

    /// What a file below holds; none where there is no file. What lies there may come from anybody, and
    /// what differs is shown: so a link is not followed out of the project, and nothing is read that
    /// is no file.
    pub(super) fn read(&self, path: &str) -> Result<Option<Vec<u8>>, Diagnostic> {
        let place = self.path.join(path);
        let data = match fs::symlink_metadata(&place) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            data => data.map_err(|error| self.unreadable(path, &error))?,
        };
        if data.is_symlink() {
            self.refuse_astray(path, &place)?;
        }
        let bytes = match data.is_file() {
            true => file::read_any(&place, MAX_RECORDS),
            // What a link leads to is still to be looked at.
            false => file::read(&place, MAX_RECORDS),
        };
        match bytes {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            bytes => bytes
                .map(Some)
                .map_err(|error| self.unreadable(path, &error)),
        }
    }

    /// An error for a link in the place of a file that leads out of the project, or to what is hidden
    /// in it.
    fn refuse_astray(&self, path: &str, place: &Path) -> Result<(), Diagnostic> {
        let found = real(place).and_then(|place| Ok((place, self.project()?)));
        let (place, project) = found.map_err(|error| self.unreadable(path, &error))?;
        let Ok(inside) = place.strip_prefix(project) else {
            return Err(links::outside(&self.shown(path), &place));
        };
        // Such as `.git/config`, in which continuous integration keeps what nobody else may know.
        let is_hidden = |part: &OsStr| part.as_encoded_bytes().starts_with(b".");
        match inside.iter().any(is_hidden) {
            true => Err(self.in_the_way(path, "it is a link to something hidden")),
            false => Ok(()),
        }
    }

    fn unreadable(&self, path: &str, error: &io::Error) -> Diagnostic {
        match error.kind() {
            ErrorKind::IsADirectory => self.in_the_way(path, "a folder is in the way of the file"),
            ErrorKind::NotADirectory => {
                self.in_the_way(path, "a file is in the way of a folder above this file")
            }
            _ => {
                let message = format!("the file cannot be read: {error}");
                Diagnostic::error("output", message).at(Place::file(self.shown(path)))
            }
        }
    }

    /// An error for something that arkerr must not touch.
    pub(super) fn in_the_way(&self, path: &str, message: &str) -> Diagnostic {
        Diagnostic::error("output", message)
            .at(Place::file(self.shown(path)))
            .help("move it, or name another folder as `output` in arkerr.toml")
    }

    /// Where what links must not lead out of really is.
    fn project(&self) -> io::Result<PathBuf> {
        real(&links::bounds(&self.root, &self.shown))
    }

    /// Errors for the links among the folder and folders below it that lead astray: out of the
    /// project, or where one file would have two paths.
    pub(super) fn refuse_links<'a>(
        &self,
        folders: impl IntoIterator<Item = &'a str>,
    ) -> Vec<Diagnostic> {
        let (output, project) = match (real(&self.path), self.project()) {
            (Ok(output), Ok(project)) => (output, project),
            (Err(error), _) | (_, Err(error)) => {
                return vec![self.refusal("", format!("the folder cannot be used: {error}"))];
            }
        };
        if self.real.as_ref().is_some_and(|before| *before != output) {
            let message = "the folder is another than it was when arkerr looked at it";
            return vec![self.refusal("", message.to_owned())];
        }
        if !output.starts_with(&project) {
            return vec![links::outside(&self.shown(""), &output)];
        }
        let refusal = |folder| self.refuse_link(folder, &output, &project);
        folders.into_iter().filter_map(refusal).collect()
    }

    fn refuse_link(&self, folder: &str, output: &Path, project: &Path) -> Option<Diagnostic> {
        let mut parts = Path::new(folder).ancestors();
        // The last one is the output folder itself.
        if !parts.any(|part| !part.as_os_str().is_empty() && is_link(&self.path.join(part))) {
            return None;
        }
        let place = match real(&self.path.join(folder)) {
            Ok(place) => place,
            Err(error) => {
                let message = format!("the folder cannot be used: {error}");
                return Some(self.refusal(folder, message));
            }
        };
        if !place.starts_with(project) {
            return Some(links::outside(&self.shown(folder), &place));
        }
        let is_apart = !place.starts_with(output) && !output.starts_with(&place);
        let message = "a link leads to another place among the outputs, whose files would be two";
        (!is_apart).then(|| self.refusal(folder, message.to_owned()))
    }

    fn refusal(&self, folder: &str, message: String) -> Diagnostic {
        Diagnostic::error("output", message)
            .at(Place::file(self.shown(folder)))
            .help("put a folder in the place of the link, or name another folder as `output` in arkerr.toml")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_end_is_not_read() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let file = fs::File::create(root.path().join("x")).expect("a file");
        // No room is needed for what is not written.
        file.set_len(MAX_RECORDS + 1).expect("a long file");
        let read = Output::new(root.path(), "").read("x");
        let refusal = read.expect_err("it is too long");
        assert_eq!(
            refusal.message,
            "the file cannot be read: it has more than 512 MiB, the most that arkerr reads"
        );
    }
}
