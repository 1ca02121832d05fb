//! One file that is not as it should be.

use similar::TextDiff;

/// A file below the output folder that differs from what was rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The path under the output folder, with forward slashes.
    pub path: String,
    /// How it differs.
    pub kind: Kind,
}

/// How a file differs from what was rendered.
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
    LeftOver {
        /// The text it has.
        old: String,
    },
}

impl Difference {
    /// The text that the file should have; none for a file that should not be.
    #[must_use]
    pub fn new_text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Missing { new } | Kind::Changed { new, .. } => Some(new),
            Kind::LeftOver { .. } => None,
        }
    }

    /// The difference as a unified diff from what is to what should be, under the name `shown`.
    #[must_use]
    pub fn unified_diff(&self, shown: &str) -> String {
        const NOTHING: &str = "/dev/null";
        let (old, new, old_name, new_name) = match &self.kind {
            Kind::Missing { new } => ("", new.as_str(), NOTHING, shown),
            Kind::Changed { old, new } => (old.as_str(), new.as_str(), shown, shown),
            Kind::LeftOver { old } => (old.as_str(), "", shown, NOTHING),
        };
        // Line ends are not compared, so that the rest can be seen.
        let old = old.replace("\r\n", "\n");
        TextDiff::from_lines(old.as_str(), new)
            .unified_diff()
            .header(old_name, new_name)
            .to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
