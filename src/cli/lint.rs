//! `arkerr lint`: tells what is odd about the documentation itself.

use std::path::PathBuf;

use clap::Args;

use super::print::{self, columns, counted};
use super::{Context, Outcome};
use crate::lint::Lint;
use crate::problem::Report;
use crate::project::Project;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// List the lints, with the level that each has here, and look for nothing
    #[arg(long)]
    list: bool,

    /// Saved pages, or folders of them; the project's snapshots where none is given
    #[arg(value_name = "PATH", conflicts_with = "list")]
    paths: Vec<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Outcome, Report> {
    let project = Project::open("")?;
    if arguments.list {
        print::result(&list(&project))?;
        return Ok(Outcome::Done);
    }
    let findings = project.lint(&arguments.paths);
    print::diagnostics(&findings);
    let errors = findings.iter().filter(|found| found.is_error()).count();
    let warnings = counted(findings.len() - errors, "warning");
    context.report(&format!("{}, {warnings}\n", counted(errors, "error")))?;
    Ok(context.outcome_of(&findings))
}

/// A line for each lint: its id, its level and what it finds.
fn list(project: &Project) -> String {
    columns(Lint::all().into_iter().map(|lint| {
        let level = project.config.lints.level(lint).name();
        [
            lint.id().to_owned(),
            format!("{level:5}"),
            lint.summary().to_owned(),
        ]
    }))
}
