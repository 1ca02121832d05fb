//! `arkerr check`: shows what differs and touches nothing.

use std::path::{Component, Path, PathBuf};

use clap::{Args, ValueEnum};

use super::print::{self, Form};
use super::{Context, Outcome};
use crate::json;
use crate::names::FILE_NAME;
use crate::problem::{Diagnostic, Report, display_path};
use crate::project::{Analysis, Project, Upstream};
use crate::report::{self, Category, Checked, Results, Status};

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

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Outcome, Report> {
    let lock = context.lock_to_read();
    let project = Project::open("")?;
    let analysis = project.analyse()?;
    // Nobody has to wait for the site.
    drop(lock);
    #[cfg(feature = "fetch")]
    let site = arguments.look_at_site(&project, context)?;
    #[cfg(not(feature = "fetch"))]
    let site = None;
    show(arguments.format, context, &analysis, site)
}

#[cfg(feature = "fetch")]
impl Arguments {
    /// Compares all snapshots with the site, if that is asked for.
    fn look_at_site(
        &self,
        project: &Project,
        context: &Context,
    ) -> Result<Option<Upstream>, Report> {
        if !self.upstream {
            return Ok(None);
        }
        let saved = project.saved()?;
        let requests = project.requests(Vec::new(), None, &saved);
        let mut site = super::fetch::with_progress(requests.len(), context, |done| {
            project.upstream(&saved, &requests, done)
        })?;
        let changed = site.changed.into_iter();
        site.changed = changed.map(|found| context.with_command(found)).collect();
        Ok(Some(site))
    }
}

/// Ends a check that could not look at the outputs, for these reasons.
pub(super) fn refuse(
    arguments: &Arguments,
    context: &Context,
    report: Report,
) -> Result<Outcome, Report> {
    let format = arguments.format;
    if format == Format::Text {
        return Err(report);
    }
    explain(format, report.diagnostics());
    let results = results(report.diagnostics(), Checked::new(), context);
    print_results(format, context, &results)?;
    Ok(Outcome::Failure)
}

/// Shows what came of an analysis, and of a look at the site, where there was one.
fn show(
    format: Format,
    context: &Context,
    analysis: &Analysis,
    site: Option<Upstream>,
) -> Result<Outcome, Report> {
    let has_asked_site = site.is_some();
    let site = site.unwrap_or_default();
    let told = site.told.diagnostics();
    explain(
        format,
        &[&analysis.diagnostics, told, &site.changed].concat(),
    );
    let found = [&analysis.diagnostics[..], &site.failures].concat();
    let drift = analysis.names.problem().into_iter();
    let drift = drift.chain(analysis.outputs.problems());
    let drift = drift.map(|found| context.with_command(found));
    let known = found.iter().chain(&site.changed).cloned();
    let mut problems: Vec<Diagnostic> = known.chain(drift).collect();
    problems.sort_by_key(Category::new);
    let results = results(&problems, checked(analysis, &site), context);
    if format == Format::Text {
        let generate = context.command("generate");
        context.report(&print::written(|out| {
            report::text::write(analysis, &generate, out)?;
            if has_asked_site {
                report::text::write_upstream(&site, out)?;
            }
            Ok(())
        })?)?;
    } else {
        print_results(format, context, &results)?;
    }
    // What could not be read weighs more than what has drifted.
    let drift = Outcome::no_if(results.status == Status::Drift);
    Ok(context.outcome_of(&found).max(drift))
}

/// The files that were looked at.
fn checked(analysis: &Analysis, site: &Upstream) -> Checked {
    let pages = analysis.catalog.pages.iter().flat_map(|page| {
        let translations = page.translations.values();
        let translations = translations.map(|translation| &translation.source);
        translations.chain([&page.source]).cloned()
    });
    let mut checked = Checked::from([
        (Category::Errors, pages.collect()),
        (Category::Outputs, analysis.outputs.compared().collect()),
        (Category::Names, [FILE_NAME.to_owned()].into()),
    ]);
    // Of pages that were not compared nobody can say that none has changed.
    if !site.compared.is_empty() {
        checked.insert(Category::Upstream, site.compared.iter().cloned().collect());
    }
    checked
}

/// The results, whose files are named as they are seen from the folder where arkerr was started:
/// services look for them there.
fn results(problems: &[Diagnostic], checked: Checked, context: &Context) -> Results {
    let (start, here) = (&context.started_in, &context.works_in);
    let seen_from_start = |path: &str| relative_path(start, &here.join(path));
    Results::new(problems, checked, context.strict, seen_from_start)
}

/// The way from a folder to a file.
fn relative_path(folder: &Path, file: &Path) -> String {
    let parts = folder.components().zip(file.components());
    let shared = parts.take_while(|(one, other)| one == other).count();
    let up = folder.components().skip(shared);
    let up = up.map(|_| Component::ParentDir);
    let way: PathBuf = up.chain(file.components().skip(shared)).collect();
    display_path(&way)
}

/// Prints problems for people, where they are not printed twice.
///
/// JSON, SARIF and JUnit go to a file as a rule, and the log would say nothing without them.
/// Workflow commands go to the log itself. There they would double, and more: the runner takes
/// commands from standard error too, wherever a line begins with one, and plain text has no
/// escapes that keep text of a page from being one.
fn explain(format: Format, problems: &[Diagnostic]) {
    if format != Format::Github {
        print::diagnostics(problems);
    }
}

/// Prints results for programs. They are what somebody asked for by name, so `--quiet` leaves them.
fn print_results(format: Format, context: &Context, results: &Results) -> Result<(), Report> {
    let text = print::written(|out| match format {
        Format::Json => writeln!(out, "{}", json::pretty(results)?),
        Format::Sarif => report::sarif::write(results, out),
        Format::Junit => report::junit::write(results, out),
        Format::Github => report::github::write(results, context.quiet, out),
        Format::Text => Ok(()),
    })?;
    let form = match format {
        Format::Text => Form::Colored,
        Format::Github => Form::Workflow,
        Format::Junit => Form::Xml,
        Format::Json | Format::Sarif => Form::Json,
    };
    print::for_program(&text, form)
}
