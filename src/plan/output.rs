//! The output folder.

use std::path::PathBuf;

/// The folder that is written: where it is, and what the user calls it.
#[derive(Debug, Clone)]
pub(super) struct Output {
    pub(super) path: PathBuf,
    pub(super) shown: String,
}

impl Output {
    /// What the user calls a file or folder below.
    pub(super) fn shown(&self, path: &str) -> String {
        match path {
            "" => self.shown.clone(),
            path => format!("{}/{path}", self.shown),
        }
    }
}
