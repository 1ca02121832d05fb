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
    /// An option that is about one page, where several files are imported.
    OptionForOnePage(&'static str),
    /// A file to import that is the same page as another one.
    ImportedTwice {
        /// The id of the page.
        id: String,
        /// The path of the snapshot.
        snapshot: String,
        /// The file that the snapshot was made from.
        first: String,
    },
    /// A file to import that cannot be read, for this reason.
    Unreadable(String),
    /// A hook was asked for, and the project is not in a git repository.
    NoRepository,
    /// Git does not say where its hooks are.
    UnknownHooks,
    /// The git repository has no hooks.
    HooksAreOff,
    /// A build script has no folder for its outputs, for this reason.
    NoOutDir(String),
    /// Options of `arkerr diff` that mean nothing in its format.
    MarkdownOptions,
    /// The changelog cannot be read, and why.
    Changelog(String),
}

impl Describe for CommandProblem {
    fn describe(&self) -> Description {
        let init = |message| Description::error("init", "a project that cannot be set up", message);
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
            Self::OptionForOnePage(option) => Description::error(
                "arguments",
                "arguments that contradict each other",
                format!("{option} is about one page, and there are several files"),
            )
            .help("import that file on its own"),
            Self::ImportedTwice {
                id,
                snapshot,
                first,
            } => Description::error(
                "page-id",
                "two pages with one id",
                format!("this is the page `{id}` once more"),
            )
            .note(format!("`{snapshot}` was made of `{first}`"))
            .help("import the one that is right, or give one of them another name with --id"),
            Self::Unreadable(reason) => Description::error(
                "unreadable",
                "a file or folder that cannot be read",
                format!("the page cannot be read: {reason}"),
            ),
            Self::NoRepository => init("there is no repository of git here to have a hook")
                .help("run `git init` first, or leave out --hook"),
            Self::UnknownHooks => init("git does not say where its hooks are"),
            Self::NoOutDir(reason) => Description::error(
                "output",
                "an output that cannot be read or written",
                format!("OUT_DIR cannot be read: {reason}"),
            )
            .help("call this from a build script, which Cargo sets it for"),
            Self::HooksAreOff => {
                init("hooks are switched off here").help("look at `git config core.hooksPath`")
            }
            Self::MarkdownOptions => Description::error(
                "arguments",
                "arguments that do not belong together",
                "--heading and --max-length are about Markdown",
            )
            .help("add --format markdown"),
            Self::Changelog(error) => Description::error(
                "changelog",
                "a changelog that cannot be read",
                format!("the changelog cannot be read: {error}"),
            ),
        }
    }
}
