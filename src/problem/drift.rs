//! Problems of files that differ from what they are made of.

use super::{Describe, Description, Fix, first_of};
use crate::text::counted;

/// The most characters of a line that are shown.
const LINE_LENGTH: usize = 120;

/// A file differs from what it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DriftProblem {
    /// An output is missing.
    OutputMissing,
    /// An output is not what the snapshots give.
    OutputChanged(Edit),
    /// Nothing renders an output any more.
    OutputOrphaned,
    /// `names.toml` has to be changed.
    NamesChanged {
        /// How many names it lacks.
        missing: usize,
        /// What becomes of single names.
        changes: Vec<String>,
        /// The first change of the file, if it exists.
        edit: Option<Edit>,
    },
    /// `names.toml` would have to be changed, and must not be.
    NamesLocked {
        /// How many names it lacks.
        missing: usize,
        /// What becomes of single names.
        changes: Vec<String>,
    },
    /// A page has changed on the documentation site since it was saved.
    UpstreamChanged {
        /// What has changed, in a few words.
        summary: String,
        /// The single changes.
        changes: Vec<String>,
    },
}

/// What makes the first difference between the text of a file and the text that it should have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// The line should be another.
    Replace {
        /// What it is.
        old: String,
        /// What it should be.
        new: String,
    },
    /// This one is missing before it.
    InsertBefore(String),
    /// It is the last one, and this one is missing after it.
    InsertAfter(String),
    /// The line, which is this, should not exist.
    Remove(String),
    /// All lines are alike, and the ways in which they end are not.
    LineBreaks,
}

impl Edit {
    fn notes(&self) -> Vec<String> {
        match self {
            Self::Replace { old, new } => vec![
                format!("the line is `{}`", cut(old)),
                format!("it should be `{}`", cut(new)),
            ],
            Self::InsertBefore(new) => {
                vec![format!("before this line there should be `{}`", cut(new))]
            }
            Self::InsertAfter(new) => {
                vec![format!("after this line there should be `{}`", cut(new))]
            }
            Self::Remove(old) => vec![
                format!("the line is `{}`", cut(old)),
                "it should not be there".to_owned(),
            ],
            Self::LineBreaks => vec!["the line breaks differ".to_owned()],
        }
    }
}

/// The beginning of a line.
fn cut(line: &str) -> String {
    match line.char_indices().nth(LINE_LENGTH) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

impl Describe for DriftProblem {
    fn describe(&self) -> Description {
        match self {
            Self::OutputMissing => output(
                "output-missing",
                "an output that is not there",
                "the output is missing",
            ),
            Self::OutputChanged(edit) => Description {
                notes: edit.notes(),
                ..output(
                    "output-changed",
                    "an output that is not what the snapshots give",
                    "the output is not what the snapshots give",
                )
            },
            Self::OutputOrphaned => output(
                "output-left-over",
                "an output that nothing renders any more",
                "the output is left over: nothing renders it any more",
            ),
            Self::NamesChanged {
                missing,
                changes,
                edit,
            } => {
                let edit = edit.iter().flat_map(Edit::notes);
                Description {
                    notes: changes.iter().cloned().chain(edit).collect(),
                    ..Description::error(
                        "names-changed",
                        "names.toml is not what the snapshots give",
                        lack(*missing),
                    )
                }
                .help(
                    "to record the names, run: arkerr generate; look at them, and commit the file",
                )
                .fix(Fix::Generate)
            }
            Self::NamesLocked { missing, changes } => Description {
                notes: changes.clone(),
                ..Description::error("names-missing", "names.toml lacks names", lack(*missing))
            }
            .help("run arkerr generate without --locked, look at the names, and commit the file")
            .fix(Fix::Generate),
            Self::UpstreamChanged { summary, changes } => Description {
                notes: first_of(changes),
                ..Description::error(
                    "upstream-changed",
                    "a page that has changed on the site since it was saved",
                    format!("the page has changed on the site: {summary}"),
                )
            }
            .help("to bring snapshots and outputs up to date, run: arkerr update")
            .fix(Fix::Update),
        }
    }
}

fn output(id: &'static str, summary: &'static str, message: &str) -> Description {
    Description::error(id, summary, message)
        .help("to bring the outputs up to date, run: arkerr generate")
        .fix(Fix::Generate)
}

fn lack(missing: usize) -> String {
    if missing == 0 {
        "names.toml is not up to date".to_owned()
    } else {
        format!("names.toml lacks {}", counted(missing, "name"))
    }
}
