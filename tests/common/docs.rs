//! What the documentation shows, for the tests that hold it against what is so.

use std::fs;

use super::repository;

/// The fenced block that follows a line of a file of the documentation which contains `mark`.
#[track_caller]
pub fn block_after(file: &str, mark: &str) -> String {
    let text = fs::read_to_string(repository(file)).expect("there is such a file");
    let (_, rest) = text.split_once(mark).expect("the file has the mark");
    let mut parts = rest.splitn(3, "```");
    let block = parts.nth(1).expect("a block follows the mark");
    let (_language, text) = block.split_once('\n').expect("the block has lines");
    text.to_owned()
}
