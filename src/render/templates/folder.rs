//! The templates in a folder of a project.

use std::collections::BTreeMap;
use std::path::Path;

use walkdir::{DirEntry, WalkDir};

use super::{BUILT_IN, ENDING, Source};
use crate::file::{self, MAX_TEXT};
use crate::path;
use crate::problem::{Diagnostic, Locate as _, Report, TemplateProblem, display_path};

/// Reads the templates in a folder of a project: `NAME.tera` is the template `NAME`.
///
/// # Errors
/// The folder is missing, leads out of the project, or has files that cannot be read.
pub(super) fn read_templates(
    root: &Path,
    folder: &str,
) -> Result<BTreeMap<String, Source>, Report> {
    let base = root.join(folder);
    if !base.is_dir() {
        return Err(TemplateProblem::NoFolder.at_file(folder).into());
    }
    path::refuse_outside(root, folder)?;
    let mut sources = BTreeMap::new();
    let mut problems = Report::default();
    for entry in WalkDir::new(&base).sort_by_file_name() {
        let entry = entry.map_err(|error| unreadable(folder, &error).into());
        match entry.and_then(|entry| read_entry(root, folder, &base, &entry)) {
            Ok(template) => sources.extend(template),
            Err(report) => problems.extend(report),
        }
    }
    problems.check().map(|_| sources)
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
    path::refuse_outside(root, &shown)?;
    if name.starts_with(BUILT_IN) {
        let problem = TemplateProblem::ReservedName { prefix: BUILT_IN };
        return Err(problem.at_file(shown).into());
    }
    let text = file::read_text(entry.path(), MAX_TEXT);
    let source = Source {
        text: text.map_err(|error| unreadable(&shown, &error))?.into(),
        path: Some(shown),
    };
    Ok(Some((name.to_owned(), source)))
}

fn unreadable(shown: &str, error: &dyn std::fmt::Display) -> Diagnostic {
    let error = error.to_string();
    TemplateProblem::Unreadable { error }.at_file(shown)
}
