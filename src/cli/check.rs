//! `arkerr check`: shows what differs and touches nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, PathBuf};

use clap::{Args, ValueEnum};

use super::{Context, Outcome, print};
use crate::names::FILE_NAME;
use crate::problem::{Diagnostic, Report, display_path};
use crate::project::{Analysis, Project, Upstream};
use crate::report::{self, Category, Results, Status};

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
    if arguments.upstream {
        let site = look_at_site(&project, context)?;
        return show(arguments.format, context, &analysis, Some(&site));
    }
    show(arguments.format, context, &analysis, None)
}

/// Compares all snapshots with the site.
#[cfg(feature = "fetch")]
fn look_at_site(project: &Project, context: &Context) -> Result<Upstream, Report> {
    let saved = project.saved()?;
    let requests = project.requests(Vec::new(), None, &saved);
    let mut site = super::fetch::with_progress(requests.len(), context, |done| {
        project.upstream(&saved, &requests, done)
    })?;
    let changed = site.changed.into_iter();
    site.changed = changed.map(|found| context.with_command(found)).collect();
    Ok(site)
}

/// Ends a check that could not look at the outputs, for these reasons.
pub(super) fn refuse(
    arguments: &Arguments,
    context: &Context,
    report: Report,
) -> Result<Outcome, Report> {
    if arguments.format == Format::Text {
        return Err(report);
    }
    let mut problems: Vec<Diagnostic> = report.into();
    explain(arguments.format, &problems);
    see_from_start(&mut problems, context);
    let results = Results::new(&problems, BTreeMap::new(), context.strict);
    print_results(arguments.format, context, &results)?;
    Ok(Outcome::Failure)
}

/// Shows what came of an analysis, and of a look at the site, where there was one.
fn show(
    format: Format,
    context: &Context,
    analysis: &Analysis,
    site: Option<&Upstream>,
) -> Result<Outcome, Report> {
    let mut found = analysis.diagnostics.clone();
    explain(format, &found);
    if let Some(site) = site {
        explain(format, site.told.diagnostics());
        explain(format, &site.changed);
        found.extend(site.failures.iter().cloned());
    }
    let results = results(context, analysis, site, &found);
    if format == Format::Text {
        let uncompared = site.map(|site| site.uncompared);
        let generate = context.command("generate");
        let text = print::written(|out| {
            report::text::write(analysis, &results, uncompared, &generate, out)
        })?;
        context.report(&text)?;
    } else {
        print_results(format, context, &results)?;
    }
    // What could not be read weighs more than what has drifted.
    let drift = Outcome::no_if(results.status == Status::Drift);
    Ok(context.outcome_of(&found).max(drift))
}

/// All problems, as they are seen from the folder where arkerr was started, and what was looked at.
fn results(
    context: &Context,
    analysis: &Analysis,
    site: Option<&Upstream>,
    found: &[Diagnostic],
) -> Results {
    let drift = analysis.names.problem().into_iter();
    let drift = drift.chain(analysis.outputs.problems());
    let drift = drift.map(|found| context.with_command(found));
    let changed = site.into_iter().flat_map(|site| &site.changed);
    let mut problems: Vec<Diagnostic> = found.iter().chain(changed).cloned().chain(drift).collect();
    problems.sort_by_key(Category::new);
    see_from_start(&mut problems, context);

    let pages = analysis.catalog.pages.iter().flat_map(|page| {
        let translations = page.translations.values();
        let translations = translations.map(|translation| translation.source.clone());
        translations.chain([page.source.clone()])
    });
    // Of pages that were not compared nobody can say that none has changed.
    let compared = site.into_iter().flat_map(|site| site.compared.clone());
    let outputs = analysis.outputs.compared();
    let files = pages.map(|path| (Category::Errors, path));
    let files = files.chain(compared.map(|path| (Category::Upstream, path)));
    let files = files.chain(outputs.map(|path| (Category::Outputs, path)));
    let mut checked = BTreeMap::from([(Category::Outputs, BTreeSet::new())]);
    for (category, path) in files.chain([(Category::Names, FILE_NAME.to_owned())]) {
        let files = checked.entry(category).or_default();
        files.insert(seen_from_start(&path, context));
    }
    Results::new(&problems, checked, context.strict)
}

/// Services look for files in the folder where arkerr was started.
fn see_from_start(problems: &mut [Diagnostic], context: &Context) {
    for place in problems.iter_mut().filter_map(|found| found.place.as_mut()) {
        place.path = seen_from_start(&place.path, context);
    }
}

fn seen_from_start(path: &str, context: &Context) -> String {
    let path = std::env::current_dir().unwrap_or_default().join(path);
    let start = &context.started_in;
    let parts = start.components().zip(path.components());
    let shared = parts.take_while(|(one, other)| one == other).count();
    let up = start
        .components()
        .skip(shared)
        .map(|_| Component::ParentDir);
    display_path(
        &up.chain(path.components().skip(shared))
            .collect::<PathBuf>(),
    )
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
        Format::Json => report::json::write(results, out),
        Format::Sarif => report::sarif::write(results, out),
        Format::Junit => report::junit::write(results, out),
        Format::Github => report::github::write(results, context.quiet, out),
        Format::Text => Ok(()),
    })?;
    print::raw(&text)
}
