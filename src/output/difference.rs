//! One file that is not as it should be.

use similar::{DiffOp, TextDiff};

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

/// Where the text that a file has first differs from the text that it should have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FirstChange<'a> {
    /// A line of the file as it is, from 1.
    pub line: usize,
    /// What is to be done about it.
    pub edit: Edit<'a>,
}

/// What makes the first difference between two texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit<'a> {
    /// The line should be another.
    Replace {
        /// What it is.
        old: &'a str,
        /// What it should be.
        new: &'a str,
    },
    /// This one is missing before it.
    InsertBefore(&'a str),
    /// It is the last one, and this one is missing behind it.
    InsertAfter(&'a str),
    /// The line, which is this, should not be there.
    Remove(&'a str),
    /// All lines are alike, and the ways in which they end are not.
    LineBreaks,
}

impl Difference {
    /// Where a changed file first differs; none for one that is missing or orphaned.
    #[must_use]
    pub fn first_change(&self) -> Option<FirstChange<'_>> {
        let Kind::Changed { old, new } = &self.kind else {
            return None;
        };
        let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
        let last = old.len().max(1);
        let diff = TextDiff::from_slices(&old, &new);
        let is_change = |op: &&DiffOp| !matches!(op, DiffOp::Equal { .. });
        let Some(op) = diff.ops().iter().find(is_change) else {
            let edit = Edit::LineBreaks;
            return Some(FirstChange { line: last, edit });
        };
        let (at, new_at) = (op.old_range().start, op.new_range().start);
        let edit = match op {
            DiffOp::Delete { .. } => Edit::Remove(old[at]),
            DiffOp::Insert { .. } if at < old.len() => Edit::InsertBefore(new[new_at]),
            DiffOp::Insert { .. } => Edit::InsertAfter(new[new_at]),
            DiffOp::Replace { .. } | DiffOp::Equal { .. } => Edit::Replace {
                old: old[at],
                new: new[new_at],
            },
        };
        let line = (at + 1).min(last);
        Some(FirstChange { line, edit })
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

    /// The difference as a unified diff from what is to what should be, under the name `shown`.
    #[must_use]
    pub fn unified_diff(&self, shown: &str) -> String {
        let name = |text: Option<&str>| if text.is_some() { shown } else { "/dev/null" };
        let (old, new) = (self.old_text(), self.new_text());
        // Line ends are not compared, so that the rest can be seen.
        let old_lines = old.unwrap_or_default().replace("\r\n", "\n");
        TextDiff::from_lines(old_lines.as_str(), new.unwrap_or_default())
            .unified_diff()
            .header(name(old), name(new))
            .to_string()
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
            let first = difference.first_change().expect("the file is changed");
            format!("{} {:?}", first.line, first.edit)
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
