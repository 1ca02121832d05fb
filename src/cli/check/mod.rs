//! `arkerr check`: shows the plan and touches nothing.

mod drift;
mod finding;
mod github;
mod json;
mod junit;
mod paths;
mod report;
mod rules;
mod sarif;
mod text;

use clap::{Args, ValueEnum};

use super::print;
use super::{Context, Outcome};
use crate::diagnostic::Diagnostic;
use crate::project::{Analysis, Project};
use report::Report;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Diffs, for people
    Text,
    /// Findings as data, counted by kind
    Json,
    /// Workflow commands, which GitHub Actions shows beside the lines that they are about
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// JUnit XML, with a test case for each file and page
    Junit,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Outcome, Vec<Diagnostic>> {
    match Project::open("").and_then(|project| project.analyse()) {
        Ok(analysis) => tell(arguments, context, &analysis, None),
        Err(error) => refuse(arguments, context, error.into()),
    }
}

/// Ends a check that could not look at the outputs, for these reasons.
pub(super) fn refuse(
    arguments: &Arguments,
    context: &Context,
    diagnostics: Vec<Diagnostic>,
) -> Result<Outcome, Vec<Diagnostic>> {
    if arguments.format == Format::Text {
        return Err(diagnostics);
    }
    explain(arguments.format, &diagnostics);
    print_report(
        arguments.format,
        context,
        &Report::stopped(&diagnostics, context),
    )?;
    Ok(Outcome::Failure)
}

/// Tells what came of an analysis. `upstream` is what differs between the snapshots and the site
/// that they are from; none where nobody asked.
fn tell(
    arguments: &Arguments,
    context: &Context,
    analysis: &Analysis,
    upstream: Option<Vec<Diagnostic>>,
) -> Result<Outcome, Vec<Diagnostic>> {
    let format = arguments.format;
    let report = Report::new(analysis, upstream.as_deref(), context);
    explain(format, &analysis.diagnostics);
    explain(format, upstream.as_deref().unwrap_or_default());
    match format {
        Format::Text if context.quiet => {}
        Format::Text => print::result(&text::text(analysis, &report, &context.mend))?,
        _ => print_report(format, context, &report)?,
    }
    // What could not be read weighs more than what has drifted.
    Ok(match context.outcome_of(&analysis.diagnostics) {
        Outcome::InSync if report.has_drifted() => Outcome::Drift,
        outcome => outcome,
    })
}

/// Prints diagnostics for people, where they are not told twice.
///
/// JSON, SARIF and JUnit go to a file as a rule, and the log would say nothing without them.
/// Workflow commands go to the log itself. There they would double, and more: the runner takes
/// commands from standard error too, wherever a line begins with one, and plain text has no
/// escapes that keep text of a page from being one.
fn explain(format: Format, diagnostics: &[Diagnostic]) {
    if format != Format::Github {
        print::diagnostics(diagnostics);
    }
}

/// Prints findings for programs. They are what somebody asked for by name, so `--quiet` leaves them.
fn print_report(format: Format, context: &Context, report: &Report) -> Result<(), Vec<Diagnostic>> {
    match format {
        Format::Json => print::json(&json::json(report)),
        Format::Sarif => print::json(&sarif::sarif(report)),
        Format::Junit => print::result(&junit::junit(report)?),
        Format::Github => print::result(&github::github(report, context.quiet)),
        Format::Text => Ok(()),
    }
}
