//! What was fetched becomes snapshots.

use super::super::print::{self, counted};
use super::super::{Context, Outcome};
use crate::diagnostic::Diagnostic;
use crate::fetch::Fetched;
use crate::project::Project;

pub(super) fn run(
    _project: &Project,
    fetched: Vec<Fetched>,
    _is_dry: bool,
    context: &Context,
) -> Result<Outcome, Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    let total = fetched.len();
    for fetched in fetched {
        if let Err(failure) = fetched.result {
            diagnostics.push(failure);
        }
    }
    print::diagnostics(&diagnostics);
    if !context.quiet {
        print::status(&format!("fetched {}", counted(total, "page")));
    }
    Ok(context.outcome_of(&diagnostics))
}
