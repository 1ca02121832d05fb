//! What differs between the project's own files and what its snapshots give.

use crate::cli::names;
use crate::diagnostic::{Diagnostic, Place, Position};
use crate::output::{Difference, Differences, Edit, Kind};
use crate::project::NamesUpdate;

/// The most characters of a line that are told.
const CHARACTERS_PER_LINE: usize = 120;

/// An error for each output that is not what it should be.
pub(super) fn outputs(plan: &Differences, mend: &str) -> Vec<Diagnostic> {
    let help = format!("to bring the outputs up to date, run: {mend}");
    let drift = |difference: &Difference| {
        let (id, message) = match difference.kind {
            Kind::Missing { .. } => ("output-missing", "the output is missing"),
            Kind::Changed { .. } => (
                "output-changed",
                "the output is not what the snapshots give",
            ),
            Kind::Orphaned { .. } => (
                "output-left-over",
                "the output is left over: nothing renders it any more",
            ),
        };
        let error = Diagnostic::error(id, message).help(&help);
        placed(error, plan.path(difference), difference)
    };
    plan.files.iter().map(drift).collect()
}

/// An error where `names.toml` has to be changed.
pub(super) fn names(update: &NamesUpdate, mend: &str) -> Option<Diagnostic> {
    let difference = update.difference.as_ref()?;
    let mut error = Diagnostic::error("names-changed", names::lack(update)).help(format!(
        "to record the names, run: {mend}; look at them, and commit the file"
    ));
    error.notes = names::changes(update);
    Some(placed(error, difference.path.clone(), difference))
}

/// The error with the file, and the first line of it that differs.
fn placed(error: Diagnostic, path: String, difference: &Difference) -> Diagnostic {
    let Some(first) = difference.first_change() else {
        return error.at(Place::file(path));
    };
    let position = Position {
        line: first.line,
        column: 1,
    };
    let error = error.at(Place::at(path, position));
    match first.edit {
        Edit::Replace { old, new } => error
            .note(format!("the line is `{}`", cut(old)))
            .note(format!("it should be `{}`", cut(new))),
        Edit::InsertBefore(new) => {
            error.note(format!("before this line there should be `{}`", cut(new)))
        }
        Edit::InsertAfter(new) => {
            error.note(format!("after this line there should be `{}`", cut(new)))
        }
        Edit::Remove(old) => error
            .note(format!("the line is `{}`", cut(old)))
            .note("it should not be there"),
        Edit::LineBreaks => error.note("the line breaks differ"),
    }
}

/// The beginning of a line.
fn cut(line: &str) -> String {
    match line.char_indices().nth(CHARACTERS_PER_LINE) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}
