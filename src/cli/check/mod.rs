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
#[cfg(feature = "fetch")]
mod upstream;

use clap::{Args, ValueEnum};

use super::print;
use super::{Context, Outcome};
use crate::diagnostic::Diagnostic;
use crate::problem::Report as Error;
use crate::project::{Analysis, Project};
use report::Report;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,

    /// Ask the documentation site too, whether its pages are what the snapshots say; this needs
    /// the network
    #[cfg(feature = "fetch")]
    #[arg(long)]
    upstream: bool,
}

/// What a look at the documentation site found.
#[derive(Debug, Default)]
struct Site {
    /// The snapshots whose pages were compared.
    compared: Vec<String>,
    /// How many pages were not.
    uncompared: usize,
    /// Pages that have changed since they were saved.
    changed: Vec<Diagnostic>,
    /// Pages that could not be fetched, or not be compared, one by one.
    failures: Vec<Diagnostic>,
    /// The same for people, who are not told of each page that was not asked for.
    told: Vec<Diagnostic>,
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
    let looked = || -> Result<_, Error> {
        let lock = context.lock_to_read();
        let project = Project::open("")?;
        let analysis = project.analyse()?;
        // Nobody has to wait for the site.
        drop(lock);
        Ok((analysis, look_at_site(arguments, &project, context)?))
    };
    match looked() {
        Ok((analysis, site)) => tell(arguments, context, &analysis, site.as_ref()),
        Err(error) => refuse(arguments, context, error.into()),
    }
}

#[cfg(feature = "fetch")]
fn look_at_site(
    arguments: &Arguments,
    project: &Project,
    context: &Context,
) -> Result<Option<Site>, Error> {
    match arguments.upstream {
        true => upstream::look(project, context).map(Some),
        false => Ok(None),
    }
}

#[cfg(not(feature = "fetch"))]
fn look_at_site(_: &Arguments, _: &Project, _: &Context) -> Result<Option<Site>, Error> {
    Ok(None)
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

/// Tells what came of an analysis, and of a look at the site, where there was one.
fn tell(
    arguments: &Arguments,
    context: &Context,
    analysis: &Analysis,
    site: Option<&Site>,
) -> Result<Outcome, Vec<Diagnostic>> {
    let format = arguments.format;
    let report = Report::new(analysis, site, context);
    let mut diagnostics = analysis.diagnostics.clone();
    explain(format, &diagnostics);
    if let Some(site) = site {
        explain(format, &site.told);
        explain(format, &site.changed);
        diagnostics.extend(site.failures.iter().cloned());
    }
    match format {
        Format::Text if context.quiet => {}
        Format::Text => print::result(&text::text(analysis, &report, &context.mend))?,
        _ => print_report(format, context, &report)?,
    }
    // What could not be read weighs more than what has drifted.
    Ok(match context.outcome_of(&diagnostics) {
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
        Format::Junit => print::raw(&junit::junit(report)?),
        Format::Github => print::raw(&github::github(report, context.quiet)),
        Format::Text => Ok(()),
    }
}
