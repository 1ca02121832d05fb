//! Problems of files that differ from what they are made of.

use super::{Fix, first_of, rule};
use crate::text::counted;

/// What is to be run; `arkerr` is replaced by the command as it was called.
const GENERATE: &str = "to bring the outputs up to date, run: {}";

/// The most characters of a line that are shown.
const LINE_LENGTH: usize = 120;

problems! {
    /// A file differs from what it is made of.
    pub enum DriftProblem in Drift {
        /// An output is missing.
        OutputMissing => rule("output-missing", "an output that is not there")
            .error("the output is missing")
            .fix(Fix::Generate, GENERATE),
        /// An output is not what the snapshots give.
        OutputChanged(edit: Edit) =>
            rule("output-changed", "an output that is not what the snapshots give")
                .error("the output is not what the snapshots give")
                .notes(edit.notes())
                .fix(Fix::Generate, GENERATE),
        /// Nothing renders an output any more.
        OutputOrphaned => rule("output-left-over", "an output that nothing renders any more")
            .error("the output is left over: nothing renders it any more")
            .fix(Fix::Generate, GENERATE),
        /// `names.toml` has to be changed, as it lacks so many names or for these changes of
        /// names. `edit` is the first change of the file, if it exists.
        NamesChanged { missing: usize, changes: Vec<String>, edit: Option<Edit> } =>
            rule("names-changed", "names.toml is not what the snapshots give").error(lack(*missing))
                .notes(changes.clone())
                .notes(edit.iter().flat_map(Edit::notes))
                .fix(Fix::Generate, "to record the names, run: {}; look at them, and commit the file"),
        /// `names.toml` would have to be changed, and must not be.
        NamesLocked { missing: usize, changes: Vec<String> } =>
            rule("names-missing", "names.toml lacks names").error(lack(*missing))
                .notes(changes.clone())
                .fix(Fix::Generate, "run {} without --locked, look at the names, and commit the file"),
        /// A page has changed on the documentation site since it was saved.
        UpstreamChanged { summary: String, changes: Vec<String> } =>
            rule("upstream-changed", "a page that has changed on the site since it was saved")
                .error(format!("the page has changed on the site: {summary}"))
                .notes(first_of(changes))
                .fix(Fix::Update, "to bring snapshots and outputs up to date, run: {}"),
    }
}

/// What makes the first difference between the text of a file and the text that it should have.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are what the line is and should be")]
pub enum Edit {
    /// The line should be another.
    Replace { old: String, new: String },
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
        let is = |old| format!("the line is `{}`", cut(old));
        match self {
            Self::Replace { old, new } => vec![is(old), format!("it should be `{}`", cut(new))],
            Self::InsertBefore(new) => {
                vec![format!("before this line there should be `{}`", cut(new))]
            }
            Self::InsertAfter(new) => {
                vec![format!("after this line there should be `{}`", cut(new))]
            }
            Self::Remove(old) => vec![is(old), "it should not be there".to_owned()],
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

fn lack(missing: usize) -> String {
    if missing == 0 {
        "names.toml is not up to date".to_owned()
    } else {
        format!("names.toml lacks {}", counted(missing, "name"))
    }
}
