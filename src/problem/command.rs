//! Problems of what the command line was asked to do.

use super::{Describe, Description};

/// A problem of what the command line was asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the fields are what the messages name")]
pub enum CommandProblem {
    /// Options of `arkerr diff` that mean nothing in its format.
    MarkdownOptions,
    /// The changelog cannot be read.
    Changelog { error: String },
}

impl Describe for CommandProblem {
    fn describe(&self) -> Description {
        match self {
            Self::MarkdownOptions => Description::error(
                "arguments",
                "arguments that do not belong together",
                "--heading and --max-length are about Markdown",
            )
            .help("add --format markdown"),
            Self::Changelog { error } => Description::error(
                "changelog",
                "a changelog that cannot be read",
                format!("the changelog cannot be read: {error}"),
            ),
        }
    }
}
