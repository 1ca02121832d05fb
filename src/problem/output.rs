//! Problems of files that are written, and of the folders that they are in.

use std::io::{self, ErrorKind};

use super::{Description, Rule, first_of, rule};
use crate::escape::shell_word;
use crate::text::counted;

pub(super) const OUTPUT: Rule = rule("output", "an output that cannot be read or written");

problems! {
    /// A problem of files that are written, and of the folders that they are in.
    pub enum OutputProblem in Output {
        /// A symlink leaves the project.
        LeavesProject { place: String } =>
            rule("outside-project", "a link in the project that leads out of it")
                .error("a link leads out of the project")
                .note(format!("it leads to `{place}`"))
                .help("put what is meant in the place of the link: arkerr reads and writes nothing \
                       outside of the project that is not named on the command line"),
        /// A path whose symlinks cannot be resolved.
        Unresolved { reason: String } => OUTPUT.error(format!("the path cannot be used: {reason}")),
        /// A symlink among the outputs leads to other outputs.
        AliasedFolder => OUTPUT
            .error("a link leads to another place among the outputs, whose files would be two")
            .help("put a folder in the place of the link, or name another folder as `output` in \
                   arkerr.toml"),
        /// The output folder is a file.
        FolderIsFile => in_the_way("the output folder is a file"),
        /// A folder is where a file should be.
        FolderInPlaceOfFile => in_the_way("a folder is in the way of the file"),
        /// A file is where a folder should be.
        FileInPlaceOfFolder => in_the_way("a file is in the way of a folder above this file"),
        /// A file is where an output should be, and arkerr did not make it.
        NotOwned => in_the_way("the file is in the way: arkerr did not make it"),
        /// A symlink leads to a hidden file, or into a hidden folder.
        LinkToHidden => OUTPUT
            .error("it is a link to something hidden")
            .help("put what is meant in the place of the link: arkerr reads and writes nothing \
                   whose name begins with a dot, such as `.git`, or lies in such a folder"),
        /// Files are left over that do not say that arkerr made them.
        LeftOver(files: Vec<String>) => {
            let words: Vec<String> = files.iter().map(|file| shell_word(file)).collect();
            rule("left-over-files", "files that may be left over")
                .warning(format!(
                    "{} may be left over: nothing renders what does not say that arkerr made it",
                    counted(files.len(), "file")
                ))
                .notes(first_of(files))
                .help(format!("if nobody needs them, run: rm {}", words.join(" ")))
        },
        /// An output cannot be read.
        Unreadable { reason: String } => OUTPUT.error(format!("the file cannot be read: {reason}")),
        /// A file has changed since it was compared.
        ChangedMeanwhile => OUTPUT.error("the file has changed since arkerr looked at it")
            .help("run the command again"),
        /// A file cannot be written or deleted, or none in a folder.
        Failed { step: Step, path: String, reason: String, is_full: bool } => {
            let (verb, is_partly_done) = match step {
                Step::WriteTo => ("write to the folder", false),
                Step::Write => ("write", false),
                Step::Move => ("write", true),
                Step::Delete => ("delete", true),
            };
            let consequence = is_partly_done.then(|| {
                "every file is whole; the next run that succeeds brings all of them up to date"
                    .to_owned()
            });
            let help = is_full.then(|| "make room on the disk, and run the command again".to_owned());
            Description {
                help,
                ..OUTPUT.error(format!("cannot {verb} `{path}`")).note(reason).notes(consequence)
            }
        },
    }
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

fn in_the_way(message: &str) -> Description {
    OUTPUT
        .error(message)
        .help("move it, or name another folder as `output` in arkerr.toml")
}
