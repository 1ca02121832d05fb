//! Which files in the output folder are arkerr's: those that say so in their first lines. Only they
//! are ever deleted. A file that cannot say so, such as CSV, is overwritten where the list names it;
//! anybody can write a list, so that it says nothing about other files.

use std::collections::BTreeSet;

use walkdir::DirEntry;

use super::Files;
use super::folder::Folder;
use crate::path::{Links, is_link, is_plain, walk};
use crate::problem::{Report, display_path};
use crate::render::{COMMAND, MARK};

/// The name of the list, in the output folder.
pub(super) const LIST: &str = ".arkerr-files";

/// The folders in which build tools keep copies of what they build, which say what their originals
/// say: a package of arkerr's may be built where it is.
const OF_TOOLS: [&str; 4] = ["build", "node_modules", "oh_modules", "target"];

/// The text of the list.
pub(super) fn list_text(files: &Files) -> String {
    let mut text = format!(
        "# {MARK}, do not edit.\n\
         # To regenerate it, run: {COMMAND}\n\
         # The files that arkerr owns in this folder. It deletes one that nothing renders any more.\n"
    );
    for file in files.keys() {
        text.push_str(file);
        text.push('\n');
    }
    text
}

/// Reads the list in an output folder; empty if there is none. Lines that cannot be paths of
/// outputs are ignored: anybody may have written them.
pub(super) fn read_list(output: &Folder) -> Result<BTreeSet<String>, Report> {
    let text = output.read_text(LIST)?.unwrap_or_default();
    // Former versions put a hash behind some files.
    let files = text.lines().filter_map(|line| line.split('\t').next());
    let files = files.filter(|file| !file.starts_with('#') && is_plain(file));
    Ok(files.map(str::to_owned).collect())
}

/// Whether a file says in one of its first lines that arkerr made it.
pub(super) fn is_marked(text: &str) -> bool {
    let says_so = |line: &str| line.contains(MARK) && line.contains("do not edit");
    text.lines().take(4).any(says_so)
}

/// The files that say that arkerr made them, in every folder that has files of arkerr's, and that
/// are not known. Files ones are read anyway, and what cannot be read says nothing.
pub(super) fn find_marked(output: &Folder, known: &BTreeSet<&String>) -> BTreeSet<String> {
    let top_folder = |path: &&String| Some(path.split_once('/')?.0.to_owned());
    let mut folders: BTreeSet<String> = known.iter().filter_map(top_folder).collect();
    // What another folder holds that a link leads to is that folder's.
    folders.retain(|folder| !is_link(&output.path.join(folder)));
    let entries = folders.iter().flat_map(|folder| {
        walk(&output.path.join(folder), Links::Keep, is_wanted).filter_map(Result::ok)
    });
    let files = entries.filter(|entry| entry.file_type().is_file());
    let paths = files.filter_map(|file| {
        let path = file.path().strip_prefix(&output.path);
        path.ok().map(display_path)
    });
    let says_so = |path: &String| {
        let text = output.read_text(path);
        text.is_ok_and(|text| text.is_some_and(|text| is_marked(&text)))
    };
    paths
        .filter(|path| !known.contains(path) && says_so(path))
        .collect()
}

/// Whether something of arkerr's may be in a folder, or be a file.
fn is_wanted(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    !entry.file_type().is_dir() || !OF_TOOLS.contains(&name.as_ref())
}
