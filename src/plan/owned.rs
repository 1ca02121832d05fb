//! Which files below the output folder are arkerr's: those in its list, and those that say so
//! in their first lines. Only these are ever overwritten or deleted.
//!
//! The list alone would not do: where two branches are merged, a file may stay that neither
//! list names any more.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::output::Output;
use super::staging;
use crate::diagnostic::{Diagnostic, Place, display_path};
use crate::file::{self, MAX_RECORDS};
use crate::links;
use crate::render::{COMMAND, MARK};
use crate::text;

/// The name of the list, in the output folder.
pub(super) const FILE_NAME: &str = ".arkerr-files";

/// The files of the list. Those that cannot say themselves that arkerr made them have a mark of
/// what they held, by which they are known again.
pub(super) type Owned = BTreeMap<String, Option<String>>;

/// The text of the list.
pub(super) fn list(files: &Owned) -> String {
    let mut text = format!(
        "# {MARK}, do not edit.\n\
         # To regenerate it, run: {COMMAND}\n\
         # The files that arkerr owns in this folder. It deletes one that nothing renders any more.\n"
    );
    for (file, mark) in files {
        text.push_str(file);
        if let Some(mark) = mark {
            text.push(MARK_SEPARATOR);
            text.push_str(mark);
        }
        text.push('\n');
    }
    text
}

/// What stands between a file and the mark of its text; no path has it.
const MARK_SEPARATOR: char = '\t';

/// The mark of a text that does not say that arkerr made it; none for one that does. Line ends do
/// not count.
pub(super) fn mark_of(text: &str) -> Option<String> {
    if is_marked(text) {
        return None;
    }
    let lines = text.lines().flat_map(|line| [line, "\n"]);
    Some(text::mark_of(lines))
}

const TAKE_BACK: &str = "take the list back from version control, or delete it";

/// Reads the list in an output folder; empty where there is none.
pub(super) fn read(output: &Output) -> Result<Owned, Diagnostic> {
    let error = |message: String| {
        Diagnostic::error("output", message).at(Place::file(output.shown(FILE_NAME)))
    };
    let Some(text) = output.read(FILE_NAME)? else {
        return Ok(Owned::new());
    };
    let text = String::from_utf8(text).map_err(|_| {
        error("the list of arkerr's files cannot be read: it is no text".to_owned()).help(TAKE_BACK)
    })?;
    let lines = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let files = lines.map(|line| match line.split_once(MARK_SEPARATOR) {
        Some((file, mark)) => (file.to_owned(), Some(mark.to_owned())),
        None => (line.to_owned(), None),
    });
    let files: Owned = files.collect();
    match files.keys().find(|file| !is_inside(file)) {
        Some(file) => Err(error(format!(
            "the list names `{file}`, which is no file of this folder"
        ))
        .help(TAKE_BACK)),
        None => Ok(files),
    }
}

/// Whether a file says in one of its first lines that arkerr made it.
pub(super) fn is_marked(text: &str) -> bool {
    let says_so = |line: &str| line.contains(MARK) && line.contains("do not edit");
    text.lines().take(4).any(says_so)
}

/// The folders in which build tools keep copies of what they build, which say what their originals
/// say: a package of arkerr's may be built where it lies.
const OF_TOOLS: [&str; 4] = ["build", "node_modules", "oh_modules", "target"];

/// The files below a folder of the output folder that say that arkerr made them, those aside that
/// are known anyway. What cannot be read says nothing. What runs have left there that were killed
/// is put to `left`.
pub(super) fn find_marked(
    output: &Path,
    folder: &str,
    left: &mut Vec<PathBuf>,
    is_known: impl Fn(&str) -> bool,
) -> Vec<String> {
    // What another folder holds that a link leads to is that folder's.
    if links::is_link(&output.join(folder)) {
        left.extend(staging::left_in(&output.join(folder)));
        return Vec::new();
    }
    let mut is_passed_over = |entry: &DirEntry| {
        if staging::is_name(&entry.file_name().to_string_lossy()) {
            left.push(entry.path().to_owned());
        }
        is_passed_over(entry)
    };
    let entries = WalkDir::new(output.join(folder))
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| !is_passed_over(entry));
    let files = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file());
    let paths =
        files.filter_map(|entry| Some(display_path(entry.path().strip_prefix(output).ok()?)));
    let says_so = |path: &String| {
        let text = file::read_text(&output.join(path), MAX_RECORDS);
        text.is_ok_and(|text| is_marked(&text))
    };
    paths
        .filter(|path| !is_known(path))
        .filter(says_so)
        .collect()
}

/// What runs have left behind that were killed, in the output folder and in folders of it in which
/// no file of arkerr's is known; those that are known are looked through anyway.
pub(super) fn find_left(output: &Path, known: &BTreeSet<String>) -> Vec<PathBuf> {
    // A folder of a package is this deep.
    const DEEPEST: usize = 5;
    let mut left = Vec::new();
    let mut is_entered = |entry: &DirEntry| {
        let name = entry.file_name().to_string_lossy();
        if entry.depth() > 0 && staging::is_name(&name) {
            left.push(entry.path().to_owned());
        }
        let is_known = entry.depth() == 1 && known.contains(name.as_ref());
        entry.depth() == 0 || !is_known && !is_passed_over(entry)
    };
    let entries = WalkDir::new(output).max_depth(DEEPEST).into_iter();
    entries
        .filter_entry(|entry| is_entered(entry))
        .for_each(drop);
    left
}

/// Whether nothing of arkerr's is looked for in a folder, or in a file.
fn is_passed_over(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let is_of_tools = entry.depth() > 0 && entry.file_type().is_dir();
    name.starts_with('.') || is_of_tools && OF_TOOLS.contains(&name.as_ref())
}

/// Whether a path is written as arkerr writes them: without `.`, `..` or anything absolute, so
/// that it stays below the folder and no other path means the same file.
fn is_inside(path: &str) -> bool {
    let mut parts = Path::new(path).components();
    let is_plain = parts.all(|part| matches!(part, Component::Normal(_)));
    is_plain && path.split('/').all(|part| !part.is_empty() && part != ".")
}
