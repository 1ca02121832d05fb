//! Changes for people: what belongs together told once, and what differs in a text.

mod entry;
mod file;
mod markdown;
mod words;

pub use entry::{Entry, What, entries};
pub use file::prepend;
pub use markdown::{Options, markdown};
pub use words::{Line, Piece, lines};

use crate::diff::{Diff, Level};

/// What there is in one line: `3 changes on 2 pages: 1 breaking, 2 notes`.
#[must_use]
pub fn tally(diff: &Diff) -> String {
    let mut pages: Vec<&str> = diff
        .changes
        .iter()
        .map(|change| change.page.as_str())
        .collect();
    pages.sort_unstable();
    pages.dedup();
    if pages.is_empty() {
        return "no changes".to_owned();
    }
    let levels = Level::ALL.into_iter();
    let levels = levels.filter_map(|level| match (diff.count(level), level) {
        (0, _) => None,
        (count, Level::Note) => Some(counted(count, "note")),
        (count, level) => Some(format!("{count} {}", level.name())),
    });
    format!(
        "{} on {}: {}",
        counted(diff.changes.len(), "change"),
        counted(pages.len(), "page"),
        levels.collect::<Vec<_>>().join(", ")
    )
}

/// A number with its noun: `1 page`, `2 pages`.
fn counted(count: usize, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{ending}")
}
