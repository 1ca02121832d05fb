//! Which files in the output folder are arkerr's: those in its list, and those that say so in
//! their first lines. Only these are ever overwritten or deleted. The list alone would not do:
//! where two branches are merged, a file may stay that neither list names any more.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use walkdir::{DirEntry, WalkDir};

use super::Files;
use super::folder::Folder;
use crate::file::{self, MAX_RECORDS};
use crate::path::{is_link, is_plain};
use crate::problem::{Locate as _, OutputProblem, Report, display_path};
use crate::render::{COMMAND, MARK};
use crate::text;

/// The name of the list, in the output folder.
pub(super) const LIST: &str = ".arkerr-files";

/// What is between a file and the hash of its text; no path has it.
const SEPARATOR: char = '\t';

/// The folders in which build tools keep copies of what they build, which say what their originals
/// say: a package of arkerr's may be built where it is.
const OF_TOOLS: [&str; 4] = ["build", "node_modules", "oh_modules", "target"];

/// The files that are arkerr's. Those that do not say so themselves have a hash of their text, to
/// tell them from a file that somebody has put in their place.
pub(super) type Owned = BTreeMap<String, Option<String>>;

/// The text of the list.
pub(super) fn list_text(files: &Files) -> String {
    let mut text = format!(
        "# {MARK}, do not edit.\n\
         # To regenerate it, run: {COMMAND}\n\
         # The files that arkerr owns in this folder. It deletes one that nothing renders any more.\n"
    );
    for (file, content) in files {
        text.push_str(file);
        if !is_marked(content) {
            text.push(SEPARATOR);
            text.push_str(&hash(content));
        }
        text.push('\n');
    }
    text
}

/// Reads the list in an output folder; empty if there is none.
pub(super) fn read_list(output: &Folder) -> Result<Owned, Report> {
    let text = output.read_text(LIST)?.unwrap_or_default();
    let is_entry = |line: &&str| !line.is_empty() && !line.starts_with('#');
    let entry = |line: &str| match line.split_once(SEPARATOR) {
        Some((file, hash)) => (file.to_owned(), Some(hash.to_owned())),
        None => (line.to_owned(), None),
    };
    let files: Owned = text.lines().filter(is_entry).map(entry).collect();
    match files.keys().find(|file| !is_plain(file)) {
        Some(file) => {
            let problem = OutputProblem::BadList { file: file.clone() };
            Err(problem.at_file(output.shown_path(LIST)).into())
        }
        None => Ok(files),
    }
}

/// Whether a file is what arkerr wrote, given its hash in the list.
pub(super) fn is_as_written(text: &str, listed: Option<&str>) -> bool {
    is_marked(text) || listed == Some(&hash(text))
}

/// Whether a file says in one of its first lines that arkerr made it.
pub(super) fn is_marked(text: &str) -> bool {
    let says_so = |line: &str| line.contains(MARK) && line.contains("do not edit");
    text.lines().take(4).any(says_so)
}

/// Line endings do not count.
fn hash(text: &str) -> String {
    text::mark_of(text.lines().flat_map(|line| [line, "\n"]))
}

/// Adds the files that say that arkerr made them, in every folder that has files of arkerr's.
/// Files ones are read anyway, and what cannot be read says nothing.
pub(super) fn find_marked(output: &Path, rendered: &Files, owned: &mut Owned) {
    let top_folder = |path: &String| Some(path.split_once('/')?.0.to_owned());
    let known = rendered.keys().chain(owned.keys());
    let mut folders: BTreeSet<String> = known.filter_map(top_folder).collect();
    // What another folder holds that a link leads to is that folder's.
    folders.retain(|folder| !is_link(&output.join(folder)));
    for folder in folders {
        let entries = WalkDir::new(output.join(folder)).into_iter();
        for entry in entries.filter_entry(may_be_owned).filter_map(Result::ok) {
            let path = entry.path().strip_prefix(output).map(display_path);
            if entry.file_type().is_file()
                && let Ok(path) = path
                && !rendered.contains_key(&path)
                && !owned.contains_key(&path)
                && file::read_text(entry.path(), MAX_RECORDS).is_ok_and(|text| is_marked(&text))
            {
                owned.insert(path, None);
            }
        }
    }
}

/// Whether something of arkerr's may be in a folder, or be a file.
fn may_be_owned(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let is_folder = entry.depth() > 0 && entry.file_type().is_dir();
    let is_of_tools = is_folder && OF_TOOLS.contains(&name.as_ref());
    !name.starts_with('.') && !is_of_tools
}
