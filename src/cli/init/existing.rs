//! Tells how a file that is kept differs from the one that would have been made.

use std::collections::BTreeSet;

use super::{Kind, NewFile};
use crate::cli::print::counted;
use crate::escape::visible;
use crate::output::{self, Difference};

/// The most lines shown of what would be in one file.
const MOST_LINES: usize = 40;

/// The lines that tell of a file that was there already.
pub(super) fn kept(file: &NewFile, old: &str) -> String {
    let path = visible(&file.path);
    if old.replace("\r\n", "\n") == file.text {
        return format!("kept {path}: it is as it would be\n");
    }
    let (what, hints) = match file.kind {
        Kind::Configuration => ("does not mention these keys", told_keys(&file.text, old)),
        Kind::Attributes => ("lacks these lines", missing_lines(&file.text, old)),
        Kind::Text | Kind::Program => ("would have been made so", changes(file, old)),
    };
    if hints.is_empty() {
        return format!("kept {path}: it has all that it needs\n");
    }
    let hints = bounded(hints);
    format!("kept {path}, which {what}:\n{}", indented(&hints))
}

/// A line of the keys that a configuration does not mention; none where it mentions all.
fn told_keys(example: &str, old: &str) -> Vec<String> {
    let keys = unmentioned(example, old).join(", ");
    Some(keys)
        .filter(|keys| !keys.is_empty())
        .into_iter()
        .collect()
}

/// The keys and tables that the text of an example tells, and a configuration does not.
fn unmentioned(example: &str, old: &str) -> Vec<String> {
    let keys = example.lines().filter_map(key);
    let mentioned: BTreeSet<&str> = old.lines().filter_map(key).collect();
    let mut unmentioned: Vec<String> = Vec::new();
    for key in keys.filter(|key| !mentioned.contains(key)) {
        if !unmentioned.iter().any(|known| known == key) {
            unmentioned.push(key.to_owned());
        }
    }
    unmentioned
}

/// The first part of the key that a line sets, commented out or not.
fn key(line: &str) -> Option<&str> {
    let line = line.strip_prefix('#').unwrap_or(line);
    let (key, rest) = match line.strip_prefix('[') {
        Some(table) => (table, "="),
        None => line.split_once('=')?,
    };
    let end = key.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let (key, tail) = key.split_at(end.unwrap_or(key.len()));
    let is_key = !key.is_empty() && !rest.is_empty() && !tail.trim().contains(' ');
    Some(key).filter(|_| is_key)
}

/// The lines of a text that another one has not, comments aside.
fn missing_lines(new: &str, old: &str) -> Vec<String> {
    let has: BTreeSet<&str> = old.lines().map(str::trim).collect();
    let lines = new.lines().filter(|line| !line.starts_with('#'));
    let missing = lines.filter(|line| !has.contains(line));
    missing.map(str::to_owned).collect()
}

/// What would have to be changed about a file, as a diff without its head.
fn changes(file: &NewFile, old: &str) -> Vec<String> {
    let difference = Difference {
        path: file.path.clone(),
        kind: output::Kind::Changed {
            old: old.to_owned(),
            new: file.text.clone(),
        },
    };
    let diff = difference.unified_diff(&file.path);
    diff.lines().skip(2).map(str::to_owned).collect()
}

/// As many lines as may be shown, and how many were cut.
fn bounded(mut lines: Vec<String>) -> Vec<String> {
    let cut = lines.len().saturating_sub(MOST_LINES);
    lines.truncate(MOST_LINES);
    if cut > 0 {
        lines.push(format!("… {} cut", counted(cut, "line")));
    }
    lines
}

fn indented(lines: &[String]) -> String {
    let lines = lines.iter();
    lines
        .map(|line| format!("    {}\n", visible(line)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_told_that_are_not_mentioned() {
        let example = "# A folder.\n#output = \"x\"\n#lints.a = 1\n#lints.b = 1\n#url = \"a=b\"\n";
        assert_eq!(unmentioned(example, ""), ["output", "lints", "url"]);
        assert_eq!(
            unmentioned(example, "[lints]\n# output = 1\n#output = 2"),
            ["url"]
        );
        assert_eq!(
            unmentioned(example, "[lints.x]\nurl='x'\noutput.x = 1"),
            [""; 0]
        );
    }

    #[test]
    fn lines_are_told_that_are_missing() {
        let new = "# Why.\na/** text\nb text\n";
        assert_eq!(missing_lines(new, "* text=auto\nb text  \n"), ["a/** text"]);
    }
}
