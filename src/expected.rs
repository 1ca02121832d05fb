//! Texts as they are expected, and how they differ.

use std::path::Path;
use std::{env, fs};

use similar::TextDiff;

/// Compares a text with a file of expectations, or writes the file where `SNAPSHOTS` is `overwrite`.
#[track_caller]
pub fn assert_file(actual: impl AsRef<str>, path: impl AsRef<Path>) {
    let (actual, path) = (actual.as_ref(), path.as_ref());
    if env::var("SNAPSHOTS").is_ok_and(|mode| mode == "overwrite") {
        fs::write(path, actual).expect("the file can be written");
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    assert_text(actual, &expected, &path.display().to_string());
}

#[track_caller]
pub fn assert_text(actual: &str, expected: &str, what: &str) {
    if actual != expected {
        let diff = TextDiff::from_lines(expected, actual);
        let diff = diff.unified_diff();
        panic!("{what} is expected to be otherwise:\n{diff}");
    }
}
