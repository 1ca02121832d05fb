//! `arkerr generate`: writes what an analysis found.

use anstyle::AnsiColor;
use clap::Args;

use super::changelog;
use super::names;
use super::print::{self, counted, paint};
use super::{Context, Outcome};
use crate::names::FILE_NAME;
use crate::output::{self, Difference, Kind};
use crate::problem::{Diagnostic, DriftProblem, Locate as _, Report};
use crate::project::{Analysis, NamesUpdate, Project};

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
        return Ok(match context.outcome_of(&analysis.diagnostics) {
            Outcome::InSync => Outcome::Drift,
            outcome => outcome,
        });
    }
    // When the outputs are written, nobody knows any more what they were.
    let changes = arguments
        .changelog
        .tell(arguments.changes, &project, &analysis)?;
    // The changelog tells of outputs that there are, so that all are written or none.
    let first = analysis.names.difference.iter().chain(&changes.changelog);
    let first: Vec<Difference> = first.cloned().collect();
    output::write("".as_ref(), &first, &analysis.outputs)?;
    // Nobody has to wait for a reader of the report.
    drop(lock);
    if !context.quiet {
        print::result(&changes.text)?;
        print::result(&report(&analysis))?;
        print::account(&analysis.account);
    }
    Ok(context.outcome_of(&analysis.diagnostics))
}

/// An error where names.toml would have to be changed, with what in it.
fn refuse_changes(names: &NamesUpdate) -> Option<Diagnostic> {
    names.difference.as_ref()?;
    let problem = DriftProblem::NamesLocked {
        missing: names.added().count(),
        changes: names::changes(names),
    };
    Some(problem.at_file(FILE_NAME))
}

/// A line for each file that changed, and a tally.
fn report(analysis: &Analysis) -> String {
    let outputs = &analysis.outputs;
    let mut text = names::renamed(&analysis.names);
    if let Some(difference) = &analysis.names.difference {
        text.push_str(&format!("{} {}\n", done(difference), difference.path));
    }
    for difference in &outputs.files {
        text.push_str(&format!(
            "{} {}\n",
            done(difference),
            outputs.shown_path(difference)
        ));
    }
    text.push_str(&names::tally(&analysis.names));
    let [created, updated, deleted] = outputs.counts();
    text.push_str(&format!(
        "{} on {}: {} created, {updated} updated, {deleted} deleted, {} unchanged\n",
        counted(analysis.catalog.code_count(), "code"),
        counted(analysis.catalog.pages.len(), "page"),
        counted(created, "file"),
        outputs.unchanged,
    ));
    text
}

fn done(difference: &Difference) -> String {
    match difference.kind {
        Kind::Missing { .. } => paint(AnsiColor::Green, "created"),
        Kind::Changed { .. } => paint(AnsiColor::Yellow, "updated"),
        Kind::Orphaned { .. } => paint(AnsiColor::Red, "deleted"),
    }
}
