//! The output folder.

use std::path::{Path, PathBuf};

use super::links::{is_below, is_link, real};
use crate::diagnostic::{Diagnostic, Place, display_path};

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

    /// Errors for the links among the folder and folders below it that lead astray: out of the
    /// project, or where one file would have two paths.
    pub(super) fn refuse_links<'a>(
        &self,
        folders: impl IntoIterator<Item = &'a str>,
    ) -> Vec<Diagnostic> {
        let found = real(&self.path);
        let (output, project) = match (found, real(&self.root)) {
            (Ok(output), Ok(project)) => (output, project),
            (Err(error), _) | (_, Err(error)) => {
                return vec![self.refusal("", format!("the folder cannot be used: {error}"))];
            }
        };
        // A folder elsewhere that was named as such is meant.
        let project = match is_below(Path::new(&self.shown)) {
            true => project,
            false => output.clone(),
        };
        if self.real.as_ref().is_some_and(|before| *before != output) {
            let message = "the folder is another than it was when arkerr looked at it";
            return vec![self.refusal("", message.to_owned())];
        }
        if !output.starts_with(&project) {
            return vec![self.refusal("", leads_out(&output))];
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
            return Some(self.refusal(folder, leads_out(&place)));
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

fn leads_out(place: &Path) -> String {
    format!(
        "a link leads out of the project, to `{}`, where arkerr writes nothing",
        display_path(place)
    )
}
