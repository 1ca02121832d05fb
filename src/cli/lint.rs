//! `arkerr lint`: tells what is odd about the documentation itself.

use std::path::PathBuf;

use clap::Args;

use super::print::{self, counted};
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
        return Ok(Outcome::InSync);
    }
    let findings = project.lint(&arguments.paths);
    print::diagnostics(&findings);
    if !context.quiet {
        let errors = findings.iter().filter(|found| found.is_error()).count();
        print::result(&format!(
            "{}, {}\n",
            counted(errors, "error"),
            counted(findings.len() - errors, "warning"),
        ))?;
    }
    Ok(context.outcome_of(&findings))
}

/// A line for each lint: its id, its level and what it finds.
fn list(project: &Project) -> String {
    let widths = Lint::ALL.map(|lint| lint.id().len());
    let width = widths.into_iter().max().unwrap_or_default();
    let line = |lint: Lint| {
        let level = project.config.lints.level(lint).name();
        format!("{:width$}  {level:5}  {}\n", lint.id(), lint.summary())
    };
    Lint::ALL.into_iter().map(line).collect()
}
