//! The list of the files that arkerr owns below the output folder.
//!
//! Only what stands in the list is ever deleted.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path};

use crate::render::{COMMAND, MARK};

/// The name of the list, in the output folder.
pub(super) const FILE_NAME: &str = ".arkerr-files";

/// The text of the list for these files.
pub(super) fn list<'a>(files: impl Iterator<Item = &'a String>) -> String {
    let mut text = format!(
        "# {MARK}, do not edit.\n\
         # To regenerate it, run: {COMMAND}\n\
         # The files that arkerr owns in this folder. It deletes one that nothing renders any more.\n"
    );
    for file in files {
        text.push_str(file);
        text.push('\n');
    }
    text
}

/// Reads the list in an output folder; empty where there is none.
pub(super) fn read(output: &Path) -> Result<BTreeSet<String>, String> {
    let text = match fs::read_to_string(output.join(FILE_NAME)) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(error) => {
            return Err(format!(
                "the list of arkerr's files cannot be read: {error}"
            ));
        }
    };
    let lines = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let files: BTreeSet<String> = lines.map(str::to_owned).collect();
    match files.iter().find(|file| !is_inside(file)) {
        Some(file) => Err(format!(
            "the list names `{file}`, which is no file of this folder"
        )),
        None => Ok(files),
    }
}

/// Whether a path stays below the folder it is relative to.
fn is_inside(path: &str) -> bool {
    let mut parts = Path::new(path).components();
    parts.all(|part| matches!(part, Component::Normal(_)))
}
