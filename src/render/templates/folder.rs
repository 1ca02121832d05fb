//! The templates in a folder of a project.

use std::collections::BTreeMap;
use std::path::Path;

use walkdir::DirEntry;

use super::{BUILT_IN, ENDING, Source};
use crate::file;
use crate::path::{self, Links};
use crate::problem::{Locate as _, Report, TemplateProblem, display_path};

/// Reads the templates in a folder of a project: `NAME.tera` is the template `NAME`.
///
/// # Errors
/// The folder is missing, leads out of the project, or has files that cannot be read.
pub(super) fn read_templates(
    root: &Path,
    folder: &str,
) -> Result<BTreeMap<String, Source>, Report> {
    let base = root.join(folder);
    path::resolve(root, &base, folder)?;
    if !base.is_dir() {
        return Err(TemplateProblem::NoFolder.at_file(folder).into());
    }
    let entries = path::walk(&base, Links::Keep, |_| true);
    let sources = Report::gather(entries.map(|entry| {
        let entry = entry.map_err(|error| unreadable(error).at_file(folder))?;
        read_entry(root, folder, &base, &entry)
    }));
    Ok(sources?.into_iter().flatten().collect())
}

/// The name and the text of a template; nothing of folders and other files.
fn read_entry(
    root: &Path,
    folder: &str,
    base: &Path,
    entry: &DirEntry,
) -> Result<Option<(String, Source)>, Report> {
    let path = display_path(entry.path().strip_prefix(base).unwrap_or(entry.path()));
    let Some(name) = path
        .strip_suffix(ENDING)
        .filter(|_| !entry.file_type().is_dir())
    else {
        return Ok(None);
    };
    let shown = format!("{folder}/{path}");
    if name.starts_with(BUILT_IN) {
        let problem = TemplateProblem::ReservedName { prefix: BUILT_IN };
        return Err(problem.at_file(shown).into());
    }
    let text = file::read_own_text(root, &shown, unreadable)?;
    // Its name may be no text, by which it could be found again.
    let text = text.ok_or_else(|| unreadable("there is no such file").at_file(&shown))?;
    let source = Source {
        text: text.into(),
        path: Some(shown),
    };
    Ok(Some((name.to_owned(), source)))
}

fn unreadable(error: impl std::fmt::Display) -> TemplateProblem {
    let error = error.to_string();
    TemplateProblem::Unreadable { error }
}
