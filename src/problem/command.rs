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
    /// No page has the code.
    UnknownCode {
        /// The code that was asked for.
        code: String,
        /// The codes near it, with their names.
        nearest: Vec<String>,
    },
    /// There is no file of records where one was named.
    NoCatalog(String),
    /// Standard input cannot be read, and why.
    Input(String),
    /// A result cannot be printed, and why.
    Print(String),
    /// The manual pages cannot be written, and why.
    ManualPages(String),
}

impl Describe for CommandProblem {
    fn describe(&self) -> Description {
        match self {
            Self::Directory { path, reason } => Description::error(
                "directory",
                "a folder that cannot be worked in",
                format!("cannot work in `{path}`: {reason}"),
            ),
            Self::UnknownCode { code, nearest } => {
                let message = format!("no page has the code `{code}`");
                let mut found =
                    Description::error("unknown-code", "a code that no page has", message);
                found.notes = nearest
                    .iter()
                    .map(|near| format!("near it is {near}"))
                    .collect();
                if nearest.is_empty() {
                    found = found.help("`arkerr search WORDS` looks in names and texts");
                }
                found
            }
            Self::NoCatalog(path) => Description::error(
                "catalog",
                "records in the outputs that cannot be read",
                format!("there is no file `{path}`"),
            )
            .help("`arkerr generate` writes the records to json/catalog.json"),
            Self::Input(reason) => Description::error(
                "input",
                "input that cannot be read",
                format!("standard input cannot be read: {reason}"),
            ),
            Self::Print(reason) => Description::error(
                "print",
                "a result that cannot be printed",
                format!("the result cannot be printed: {reason}"),
            ),
            Self::ManualPages(reason) => Description::error(
                "output",
                "an output that cannot be read or written",
                format!("the pages cannot be written: {reason}"),
            ),
        }
    }
}
