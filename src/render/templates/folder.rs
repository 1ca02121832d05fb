//! The templates in a folder of a project.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use walkdir::WalkDir;

use super::{BUILT_IN, ENDING, Source};
use crate::file::{self, MAX_TEXT};
use crate::links;
use crate::problem::{Diagnostic, Locate as _, Report, TemplateProblem, display_path};

/// Reads the templates in a folder of a project: `NAME.tera` is the template `NAME`.
///
/// # Errors
/// The folder is missing, leads out of the project, or has files that cannot be read.
pub(super) fn read(root: &Path, folder: &str) -> Result<BTreeMap<String, Source>, Report> {
    let base = root.join(folder);
    if !base.is_dir() {
        return Err(TemplateProblem::NoFolder.at_file(folder).into());
    }
    links::refuse_outside(root, folder)?;
    let mut sources = BTreeMap::new();
    let mut errors = Report::default();
    for entry in WalkDir::new(&base).sort_by_file_name() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                errors.push(unreadable(folder, &error));
                continue;
            }
        };
        let path = display_path(entry.path().strip_prefix(&base).unwrap_or(entry.path()));
        let Some(name) = path.strip_suffix(ENDING) else {
            continue;
        };
        if entry.file_type().is_dir() {
            continue;
        }
        let shown = format!("{folder}/{path}");
        let allowed = links::refuse_outside(root, &shown);
        match allowed.and_then(|()| read_file(entry.path(), &shown, name)) {
            Ok(source) => drop(sources.insert(name.to_owned(), source)),
            Err(error) => errors.push(error),
        }
    }
    errors.ok_unless_errors().map(|_| sources)
}

fn read_file(path: &Path, shown: &str, name: &str) -> Result<Source, Diagnostic> {
    if name.starts_with(BUILT_IN) {
        return Err(TemplateProblem::ReservedName { prefix: BUILT_IN }.at_file(shown));
    }
    let text = file::read_text(path, MAX_TEXT).map_err(|error| unreadable(shown, &error))?;
    Ok(Source {
        path: Some(shown.to_owned()),
        text: Arc::from(text),
    })
}

fn unreadable(shown: &str, error: &dyn std::fmt::Display) -> Diagnostic {
    let error = error.to_string();
    TemplateProblem::Unreadable { error }.at_file(shown)
}
