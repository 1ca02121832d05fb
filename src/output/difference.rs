//! One file that is not as it should be.

use similar::{DiffOp, TextDiff};

use crate::edits::{self, MOST_LINES, TOO_DIFFERENT};
use crate::problem::Edit;

/// A file that differs from what it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The path in the output folder, or in the project, with forward slashes.
    pub path: String,
    /// How it differs.
    pub kind: Kind,
}

/// How a file differs from what it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// It is not there.
    Missing {
        /// The text it should have.
        new: String,
    },
    /// It has another text.
    Changed {
        /// The text it has.
        old: String,
        /// The text it should have.
        new: String,
    },
    /// It is there and nothing renders it any more.
    Orphaned {
        /// The text it has.
        old: String,
    },
}

impl Difference {
    /// Where a changed file first differs, a line from 1, and how; none for one that is missing or
    /// orphaned.
    #[must_use]
    pub fn first_change(&self) -> Option<(usize, Edit)> {
        let Kind::Changed { old, new } = &self.kind else {
            return None;
        };
        let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
        let last = old.len().max(1);
        if !edits::are_few(&old, &new, MOST_LINES) {
            let mut pairs = old.iter().zip(&new).enumerate();
            let (at, (old, new)) = pairs.find(|(_, (old, new))| old != new)?;
            let (old, new) = ((*old).to_owned(), (*new).to_owned());
            return Some((at + 1, Edit::Replace { old, new }));
        }
        let diff = TextDiff::from_slices(&old, &new);
        let is_change = |op: &&DiffOp| !matches!(op, DiffOp::Equal { .. });
        let Some(op) = diff.ops().iter().find(is_change) else {
            return Some((last, Edit::LineBreaks));
        };
        let (at, new_at) = (op.old_range().start, op.new_range().start);
        let edit = match op {
            DiffOp::Delete { .. } => Edit::Remove(old[at].to_owned()),
            DiffOp::Insert { .. } if at < old.len() => Edit::InsertBefore(new[new_at].to_owned()),
            DiffOp::Insert { .. } => Edit::InsertAfter(new[new_at].to_owned()),
            DiffOp::Replace { .. } | DiffOp::Equal { .. } => Edit::Replace {
                old: old[at].to_owned(),
                new: new[new_at].to_owned(),
            },
        };
        Some(((at + 1).min(last), edit))
    }

    /// The text that the file has; none for one that is missing.
    #[must_use]
    pub fn old_text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Missing { .. } => None,
            Kind::Changed { old, .. } | Kind::Orphaned { old } => Some(old),
        }
    }

    /// The text that the file should have; none for a file that should not be.
    #[must_use]
    pub fn new_text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Missing { new } | Kind::Changed { new, .. } => Some(new),
            Kind::Orphaned { .. } => None,
        }
    }

    /// The difference as a unified diff from what is to what should be, under the name `shown`. Of
    /// texts that are too different it has the names alone.
    #[must_use]
    pub fn unified_diff(&self, shown: &str) -> String {
        let name = |text: Option<&str>| if text.is_some() { shown } else { "/dev/null" };
        let (old, new) = (self.old_text(), self.new_text());
        // Line ends are not compared, so that the rest can be seen.
        let old_lines = old.unwrap_or_default().replace("\r\n", "\n");
        let new_lines = new.unwrap_or_default();
        let Some(diff) = edits::diff_lines(&old_lines, new_lines) else {
            let (old, new) = (name(old), name(new));
            return format!("--- {old}\n+++ {new}\n{TOO_DIFFERENT}\n");
        };
        let mut diff = diff.unified_diff();
        diff.header(name(old), name(new)).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_change_is_a_line_of_the_file_as_it_is() {
        let first = |old: &str, new: &str| {
            let (old, new) = (old.to_owned(), new.to_owned());
            let difference = Difference {
                path: "a.md".to_owned(),
                kind: Kind::Changed { old, new },
            };
            let (line, edit) = difference.first_change().expect("the file is changed");
            format!("{line} {edit:?}")
        };
        assert_eq!(
            first("a\r\nb\r\n", "a\nc\n"),
            r#"2 Replace { old: "b", new: "c" }"#
        );
        assert_eq!(first("a\nc\n", "a\nb\nc\n"), r#"2 InsertBefore("b")"#);
        assert_eq!(first("a\n", "a\nb\n"), r#"1 InsertAfter("b")"#);
        assert_eq!(first("", "a\n"), r#"1 InsertAfter("a")"#);
        assert_eq!(first("a\nb\nc\n", "a\nc\n"), r#"2 Remove("b")"#);
        assert_eq!(first("a\nb\n", "a\n"), r#"2 Remove("b")"#);
        assert_eq!(first("a", "a\n"), "1 LineBreaks");
    }

    #[test]
    fn texts_that_are_too_different_are_not_compared() {
        let text = |mark: char| -> String { (0..600).map(|n| format!("{mark}{n}\n")).collect() };
        let [old, new] = ['a', 'b'].map(|mark| "same\n".to_owned() + &text(mark));
        let difference = Difference {
            path: "a.md".to_owned(),
            kind: Kind::Changed { old, new },
        };
        assert_eq!(
            difference.unified_diff("a.md"),
            "--- a.md\n+++ a.md\ntoo different to show\n"
        );
        let edit = Edit::Replace {
            old: "a0".to_owned(),
            new: "b0".to_owned(),
        };
        assert_eq!(difference.first_change(), Some((2, edit)));
    }

    #[test]
    fn a_diff_leads_from_what_is_to_what_should_be() {
        let difference = Difference {
            path: "a.md".to_owned(),
            kind: Kind::Changed {
                old: "one\r\ntwo\r\n".to_owned(),
                new: "one\n2\n".to_owned(),
            },
        };
        assert_eq!(
            difference.unified_diff("out/a.md"),
            "--- out/a.md\n+++ out/a.md\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n"
        );
    }
}
