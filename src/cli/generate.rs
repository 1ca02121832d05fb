//! `arkerr generate`: writes what an analysis found.

use clap::Args;

use super::changelog;
use super::print::{self, counted};
use super::{Context, Outcome};
use crate::names::FILE_NAME;
use crate::output::{self, Difference};
use crate::problem::{Diagnostic, DriftProblem, Locate as _, Report};
use crate::project::{Analysis, NamesUpdate, Project};
use crate::report::text::{codes_on_pages, kind};

#[derive(Debug, Default, Args)]
pub(super) struct Arguments {
    /// Where names.toml is not up to date, write nothing, and end with status 1
    #[arg(long)]
    pub(super) locked: bool,

    /// Tell what changes about the documentation, code by code, as `arkerr diff` does
    #[arg(long)]
    pub(super) changes: bool,

    #[command(flatten)]
    pub(super) changelog: changelog::Changelog,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Outcome, Report> {
    let lock = context.lock_to_write();
    let project = Project::open("")?;
    let analysis = project.analyse()?;
    print::diagnostics(&analysis.diagnostics);
    if arguments.locked
        && let Some(refusal) = refuse_changes(&analysis.names)
    {
        print::diagnostics(&[context.with_command(refusal)]);
        return Ok(context.outcome_of(&analysis.diagnostics).max(Outcome::No));
    }
    // When the outputs are written, nobody knows any more what they were.
    let changes = arguments
        .changelog
        .tell(arguments.changes, &project, &analysis)?;
    // The changelog tells of outputs that there are, so that all are written or none.
    let first = analysis.names.difference.iter().chain(&changes.changelog);
    let first: Vec<Difference> = first.cloned().collect();
    output::write("".as_ref(), &first, Some(&analysis.outputs))?;
    // Nobody has to wait for a reader of the report.
    drop(lock);
    context.report(&changes.text)?;
    context.report(&report(&analysis))?;
    context.account(&analysis.account);
    Ok(context.outcome_of(&analysis.diagnostics))
}

/// An error where names.toml would have to be changed, with what in it.
fn refuse_changes(names: &NamesUpdate) -> Option<Diagnostic> {
    names.difference.as_ref()?;
    let problem = DriftProblem::NamesLocked {
        missing: names.added(),
        changes: names.change_lines(),
    };
    Some(problem.at_file(FILE_NAME))
}

/// A line for each file that changed, and a tally.
fn report(analysis: &Analysis) -> String {
    let outputs = &analysis.outputs;
    let mut text = analysis.names.renamed.clone();
    for (path, file) in analysis.differences() {
        let done = kind(file, ["created", "updated", "deleted"]);
        text += &format!("{done} {path}\n");
    }
    let [created, updated, deleted] = outputs.counts();
    text + &analysis.names.tally()
        + &format!(
            "{}: {} created, {updated} updated, {deleted} deleted, {} unchanged\n",
            codes_on_pages(analysis),
            counted(created, "file"),
            outputs.unchanged,
        )
}
