//! The templates in a folder of a project.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use walkdir::WalkDir;

use crate::diagnostic::{Diagnostic, Place, display_path};
use crate::file::{self, MAX_TEXT};
use crate::path;
use crate::render::source::{BUILT_IN, ENDING, Source};

/// Reads the templates in a folder of a project: `NAME.tera` is the template `NAME`.
pub(super) fn read(root: &Path, folder: &str) -> Result<BTreeMap<String, Source>, Vec<Diagnostic>> {
    let base = root.join(folder);
    if !base.is_dir() {
        let missing = Diagnostic::error("template", "there is no such folder of templates");
        return Err(vec![missing.at(Place::file(folder)).help(
            "make it, or correct `templates` in arkerr.toml; `arkerr templates export` puts built-in ones there",
        )]);
    }
    path::refuse_outside(root, folder)?;
    let mut sources = BTreeMap::new();
    let mut errors = Vec::new();
    for entry in WalkDir::new(&base).sort_by_file_name() {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => {
                let path = display_path(entry.path().strip_prefix(&base).unwrap_or(entry.path()));
                let Some(name) = path.strip_suffix(ENDING) else {
                    continue;
                };
                let shown = format!("{folder}/{path}");
                if let Err(outside) = path::refuse_outside(root, &shown) {
                    errors.extend(outside);
                    continue;
                }
                match read_file(entry.path(), &shown, name) {
                    Ok(source) => drop(sources.insert(name.to_owned(), source)),
                    Err(error) => errors.push(error),
                }
            }
            Err(error) => errors.push(unreadable(folder, &error)),
        }
    }
    match errors.is_empty() {
        true => Ok(sources),
        false => Err(errors),
    }
}

fn read_file(path: &Path, shown: &str, name: &str) -> Result<Source, Diagnostic> {
    if name.starts_with(BUILT_IN) {
        let message = format!("what begins with `{BUILT_IN}` is the name of a built-in template");
        return Err(Diagnostic::error("template", message)
            .at(Place::file(shown))
            .help("move it to another folder"));
    }
    let text = file::read_text(path, MAX_TEXT).map_err(|error| unreadable(shown, &error))?;
    Ok(Source {
        path: Some(shown.to_owned()),
        text: Arc::from(text),
    })
}

fn unreadable(shown: &str, error: &dyn std::fmt::Display) -> Diagnostic {
    Diagnostic::error("template", format!("this cannot be read: {error}")).at(Place::file(shown))
}
