//! Reports how a file that is kept differs from the one that would have been made.

use std::collections::HashSet;

use indexmap::IndexSet;

use super::{FileKind, NewFile};
use crate::cli::print::counted;
use crate::edits::{self, TOO_DIFFERENT};
use crate::escape::visible;

/// The lines about a file that existed already.
pub(super) fn kept(file: &NewFile, old: &str) -> String {
    let path = visible(&file.path);
    let old = old.replace("\r\n", "\n");
    if old == file.text {
        return format!("kept {path}: it is as it would be\n");
    }
    let (what, hints) = match file.kind {
        FileKind::Configuration => ("does not mention these keys", unmentioned(&file.text, &old)),
        FileKind::Attributes => ("lacks these lines", missing_lines(&file.text, &old)),
        FileKind::Text | FileKind::Program => {
            let diff = edits::diff_lines(&old, &file.text);
            let hints = diff.map(|diff| diff.unified_diff().to_string());
            let hints = hints.unwrap_or_else(|| TOO_DIFFERENT.to_owned());
            ("would have been made so", hints)
        }
    };
    if hints.is_empty() {
        return format!("kept {path}: it has all that it needs\n");
    }
    format!("kept {path}, which {what}:\n{}", indented(&hints))
}

/// A line with the keys and tables that are in an example, and not in a configuration.
fn unmentioned(example: &str, old: &str) -> String {
    let mentioned: HashSet<&str> = old.lines().filter_map(key).collect();
    let keys = example.lines().filter_map(key);
    let keys: IndexSet<&str> = keys.filter(|key| !mentioned.contains(key)).collect();
    Vec::from_iter(keys).join(", ")
}

/// The first part of the key or table that a line sets, commented out or not.
fn key(line: &str) -> Option<&str> {
    let line = line.trim_start_matches(['#', '[']);
    let end = line.find(|c: char| !c.is_ascii_alphanumeric() && c != '_')?;
    let (key, rest) = line.split_at(end);
    let is_key = !key.is_empty() && rest.trim_start().starts_with(['=', '.', ']']);
    is_key.then_some(key)
}

/// The lines of a text that another one does not have, except for comments.
fn missing_lines(new: &str, old: &str) -> String {
    let existing: HashSet<&str> = old.lines().map(str::trim).collect();
    let missing = new
        .lines()
        .filter(|line| !line.starts_with('#') && !existing.contains(line));
    missing.collect::<Vec<_>>().join("\n")
}

/// As many lines as may be shown, and how many were cut.
fn indented(text: &str) -> String {
    const MOST_LINES: usize = 40;
    let shown = text.lines().take(MOST_LINES);
    let mut shown: String = shown
        .map(|line| format!("    {}\n", visible(line)))
        .collect();
    if let Some(cut @ 1..) = text.lines().count().checked_sub(MOST_LINES) {
        shown += &format!("    … {} cut\n", counted(cut, "line"));
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_told_that_are_not_mentioned() {
        let example = "# A folder.\n#output = \"x\"\n#lints.a = 1\n#lints.b = 1\n#url = \"a=b\"\n";
        assert_eq!(unmentioned(example, ""), "output, lints, url");
        assert_eq!(
            unmentioned(example, "[lints]\n# output = 1\n#output = 2"),
            "url"
        );
        assert_eq!(unmentioned(example, "[lints.x]\nurl='x'\noutput.x = 1"), "");
    }

    #[test]
    fn lines_are_told_that_are_missing() {
        let new = "# Why.\na/** text\nb text\n";
        assert_eq!(missing_lines(new, "* text=auto\nb text  \n"), "a/** text");
    }
}
