//! Changes for people: what belongs together told once, and what differs in a text.

mod file;
mod group;
mod markdown;
mod words;

pub use file::prepend;
pub use group::{ChangeGroup, What, grouped};
pub use markdown::markdown;
pub use words::Piece;

use std::collections::BTreeSet;

use crate::diff::{Diff, Level};
use crate::text::counted;

/// The changes in one line, with the step of the version number that they need.
pub fn summary(diff: &Diff) -> String {
    format!("{}; semver: {}", tally(diff), diff.semver)
}

/// What there is in one line: `3 changes on 2 pages: 1 breaking, 2 notes`. What a heading and the
/// rows for it say together is one change, and so is a column of a row that is called something
/// else.
pub fn tally(diff: &Diff) -> String {
    let groups = grouped(&diff.changes);
    let count = |level: Level| -> usize {
        let of_level = groups.iter().filter(|group| group.level == level);
        of_level.map(|group| group.codes().len().max(1)).sum()
    };
    let counts = Level::ALL.map(|level| (level, count(level)));
    let all: usize = counts.iter().map(|(_, count)| count).sum();
    if all == 0 {
        let on_pages = if diff.unread.is_empty() {
            ""
        } else {
            " on the pages that could be compared"
        };
        return format!("no changes{on_pages}");
    }
    let pages: BTreeSet<&str> = groups.iter().map(|group| group.page).collect();
    let told = |(level, count): (Level, usize)| match level {
        _ if count == 0 => None,
        Level::Note => Some(counted(count, "note")),
        level => Some(format!("{count} {}", level.name())),
    };
    let tallies: Vec<String> = counts.into_iter().filter_map(told).collect();
    let [all, pages] = [counted(all, "change"), counted(pages.len(), "page")];
    format!("{all} on {pages}: {}", tallies.join(", "))
}
