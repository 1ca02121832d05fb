//! Problems of files that are written, and of the folders that they are in.

use std::io::{self, ErrorKind};

use super::{Describe, Description};

/// A problem of files that are written, and of the folders that they are in.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum OutputProblem {
    /// A symlink leaves the project.
    LeavesProject {
        /// Where it leads.
        place: String,
    },
    /// A path whose symlinks cannot be resolved.
    Unresolved {
        /// Why.
        reason: String,
    },
    /// A symlink among the outputs leads to other outputs.
    AliasedFolder,
    /// The output folder is a file.
    FolderIsFile,
    /// A folder is where a file should be.
    FolderInPlaceOfFile,
    /// A file is where a folder should be.
    FileInPlaceOfFolder,
    /// A file is where an output should be, and arkerr did not make it.
    NotOwned,
    /// A symlink in the place of an output leads to a hidden file.
    LinkToHidden,
    /// The list of arkerr's files names a file of another folder.
    BadList {
        /// What it names.
        file: String,
    },
    /// An output cannot be read.
    Unreadable {
        /// Why.
        reason: String,
    },
    /// A file has changed since it was compared.
    ChangedMeanwhile,
    /// A file cannot be written or deleted, or none in a folder.
    Failed {
        /// What cannot be done to what.
        step: Step,
        /// The path of the file or folder.
        path: String,
        /// Why.
        reason: String,
        /// Whether there is no room on the disk.
        is_full: bool,
    },
}

/// A step of writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Making a file in a folder.
    WriteTo,
    /// Writing a file.
    Write,
    /// Moving a file to its place, when others may be there already.
    Move,
    /// Deleting a file, likewise.
    Delete,
}

impl OutputProblem {
    /// A step that failed.
    pub(crate) fn failed(step: Step, path: &str, error: &io::Error) -> Self {
        let kind = error.kind();
        Self::Failed {
            step,
            path: path.to_owned(),
            reason: error.to_string(),
            is_full: matches!(kind, ErrorKind::StorageFull | ErrorKind::QuotaExceeded),
        }
    }
}

impl Describe for OutputProblem {
    fn describe(&self) -> Description {
        match self {
            Self::LeavesProject { place } => Description::error(
                "outside-project",
                "a link in the project that leads out of it",
                "a link leads out of the project",
            )
            .note(format!("it leads to `{place}`"))
            .help("put what is meant in the place of the link: arkerr reads and writes nothing outside of the project that is not named on the command line"),
            Self::Unresolved { reason } => output(format!("the path cannot be used: {reason}")),
            Self::AliasedFolder => {
                output("a link leads to another place among the outputs, whose files would be two")
                    .help("put a folder in the place of the link, or name another folder as `output` in arkerr.toml")
            }
            Self::FolderIsFile => in_the_way("the output folder is a file"),
            Self::FolderInPlaceOfFile => in_the_way("a folder is in the way of the file"),
            Self::FileInPlaceOfFolder => {
                in_the_way("a file is in the way of a folder above this file")
            }
            Self::NotOwned => in_the_way("the file is in the way: arkerr did not make it"),
            Self::LinkToHidden => in_the_way("it is a link to something hidden"),
            Self::BadList { file } => output(format!(
                "the list names `{file}`, which is no file of this folder"
            ))
            .help("take the list back from version control, or delete it"),
            Self::Unreadable { reason } => output(format!("the file cannot be read: {reason}")),
            Self::ChangedMeanwhile => output("the file has changed since arkerr looked at it")
                .help("run the command again"),
            Self::Failed { step, path, reason, is_full } => {
                let what = match step {
                    Step::WriteTo => "write to the folder",
                    Step::Write | Step::Move => "write",
                    Step::Delete => "delete",
                };
                let mut description = output(format!("cannot {what} `{path}`")).note(reason);
                if matches!(step, Step::Move | Step::Delete) {
                    description = description.note("every file is whole; the next run that succeeds brings all of them up to date");
                }
                if *is_full {
                    description = description.help("make room on the disk, and run the command again");
                }
                description
            }
        }
    }
}

fn output(message: impl Into<String>) -> Description {
    Description::error(
        "output",
        "an output that cannot be read or written",
        message,
    )
}

fn in_the_way(message: &str) -> Description {
    output(message).help("move it, or name another folder as `output` in arkerr.toml")
}
