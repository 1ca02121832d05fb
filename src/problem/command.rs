//! Problems of what the command line was asked to do.

use super::{Describe, Description};

/// A problem of what the command line was asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CommandProblem {
    /// The folder of `--directory` cannot be entered.
    Directory {
        /// The folder.
        path: String,
        /// Why.
        reason: String,
    },
    /// A result cannot be printed.
    Print {
        /// Why.
        reason: String,
    },
}

impl Describe for CommandProblem {
    fn describe(&self) -> Description {
        match self {
            Self::Directory { path, reason } => Description::error(
                "directory",
                "a folder that cannot be worked in",
                format!("cannot work in `{path}`: {reason}"),
            ),
            Self::Print { reason } => Description::error(
                "print",
                "a result that cannot be printed",
                format!("the result cannot be printed: {reason}"),
            ),
        }
    }
}
