//! Problems of files that differ from what they are made of.

use super::{Description, error, first_of};
use crate::text::counted;

/// The most characters of a line that are shown.
const LINE_LENGTH: usize = 120;

problems! {
    /// A file differs from what it is made of.
    pub enum DriftProblem {
        /// An output is missing.
        OutputMissing => output(
            "output-missing",
            "an output that is not there",
            "the output is missing",
        ),
        /// An output is not what the snapshots give.
        OutputChanged(edit: Edit) => output(
            "output-changed",
            "an output that is not what the snapshots give",
            "the output is not what the snapshots give",
        )
        .notes(edit.notes()),
        /// Nothing renders an output any more.
        OutputOrphaned => output(
            "output-left-over",
            "an output that nothing renders any more",
            "the output is left over: nothing renders it any more",
        ),
        /// `names.toml` has to be changed, as it lacks so many names or for these changes of
        /// names. `edit` is the first change of the file, if it exists.
        NamesChanged { missing: usize, changes: Vec<String>, edit: Option<Edit> } => error(
            "names-changed",
            "names.toml is not what the snapshots give",
            lack(*missing),
        )
        .notes(changes.clone())
        .notes(edit.iter().flat_map(Edit::notes))
        .help("to record the names, run: arkerr generate; look at them, and commit the file")
        .fix("generate"),
        /// `names.toml` would have to be changed, and must not be.
        NamesLocked { missing: usize, changes: Vec<String> } =>
            error("names-missing", "names.toml lacks names", lack(*missing))
                .notes(changes.clone())
                .help(
                    "run arkerr generate without --locked, look at the names, and commit the file",
                )
                .fix("generate"),
        /// A page has changed on the documentation site since it was saved.
        UpstreamChanged { summary: String, changes: Vec<String> } => error(
            "upstream-changed",
            "a page that has changed on the site since it was saved",
            format!("the page has changed on the site: {summary}"),
        )
        .notes(first_of(changes))
        .help("to bring snapshots and outputs up to date, run: arkerr update")
        .fix("update"),
    }
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

fn output(id: &'static str, summary: &'static str, message: &str) -> Description {
    error(id, summary, message)
        .help("to bring the outputs up to date, run: arkerr generate")
        .fix("generate")
}

fn lack(missing: usize) -> String {
    if missing == 0 {
        "names.toml is not up to date".to_owned()
    } else {
        format!("names.toml lacks {}", counted(missing, "name"))
    }
}
