//! Walks folders.

#![expect(clippy::disallowed_methods, reason = "this is what others use instead")]

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use walkdir::{DirEntry, WalkDir};

use super::is_hidden;

/// Whether symlinks to folders are followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Links {
    Follow,
    Keep,
}

/// All that is below a folder and not hidden, in the order of names. Each folder is walked once,
/// however many symlinks lead to it: ten links in each of ten folders would be ten to the tenth
/// paths. What is not wanted is passed over, with all that is in it.
pub(crate) fn walk<W: FnMut(&DirEntry) -> bool>(
    folder: &Path,
    links: Links,
    mut is_wanted: W,
) -> impl Iterator<Item = walkdir::Result<DirEntry>> + use<W> {
    let mut walked = HashSet::new();
    let entries = WalkDir::new(folder)
        .follow_links(links == Links::Follow)
        .sort_by_file_name();
    let mut is_new = move |entry: &DirEntry| {
        !entry.file_type().is_dir()
            || fs::canonicalize(entry.path()).map_or(true, |folder| walked.insert(folder))
    };
    let entries = entries.into_iter().filter_entry(move |entry| {
        let is_named = entry.depth() == 0;
        (is_named || !is_hidden(entry.file_name()) && is_wanted(entry)) && is_new(entry)
    });
    // The folder itself is not below it, and what leads back to a folder is walked already.
    entries.filter(|entry| match entry {
        Ok(entry) => entry.depth() > 0,
        Err(error) => error.loop_ancestor().is_none(),
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn each_folder_is_walked_once() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let top = folder.path().join("top");
        for level in 0..10 {
            let own = folder.path().join(format!("level{level}"));
            fs::create_dir_all(&own).expect("a folder");
            fs::write(own.join("file"), "x").expect("a file");
            for number in 0..10 {
                let next = format!("../level{}", level + 1);
                std::os::unix::fs::symlink(next, own.join(format!("link{number}")))
                    .expect("a link");
            }
        }
        fs::create_dir_all(folder.path().join("level10/.hidden")).expect("a folder");
        std::os::unix::fs::symlink("../level3", folder.path().join("level10/circle"))
            .expect("a link");
        std::os::unix::fs::symlink("level0", &top).expect("a link");
        let files = |links| walk(&top, links, |_| true).filter_map(Result::ok).count();
        assert_eq!(files(Links::Follow), 20);
        assert_eq!(files(Links::Keep), 11);
    }
}
