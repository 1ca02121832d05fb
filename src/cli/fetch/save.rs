//! What was fetched becomes snapshots.

use super::super::print::{self, counted};
use super::super::{Context, Outcome};
use crate::diagnostic::Diagnostic;
use crate::fetch::{self, Fetched};
use crate::project::Project;

pub(super) fn run(
    _project: &Project,
    fetched: Vec<Fetched>,
    _is_dry: bool,
    context: &Context,
) -> Result<Outcome, Vec<Diagnostic>> {
    let diagnostics = fetch::failures(&fetched);
    let total = fetched.len();
    print::diagnostics(&diagnostics);
    if !context.quiet {
        print::status(&format!("fetched {}", counted(total, "page")));
    }
    Ok(context.outcome_of(&diagnostics))
}
