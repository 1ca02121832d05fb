//! `arkerr check`: shows what differs and touches nothing.

#[cfg(feature = "fetch")]
mod upstream;

use std::collections::BTreeMap;
use std::io::{self, Write};

use clap::{Args, ValueEnum};
use pathdiff::diff_paths;

use super::{Context, Outcome, names, print};
use crate::names::FILE_NAME;
use crate::output;
use crate::problem::{Diagnostic, DriftProblem, Locate as _, Report, display_path};
use crate::project::{Analysis, NamesUpdate, Project};
use crate::report::{self, Category, Results};

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

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Outcome, Report> {
    let looked = || -> Result<_, Report> {
        let lock = context.lock_to_read();
        let project = Project::open("")?;
        let analysis = project.analyse()?;
        // Nobody has to wait for the site.
        drop(lock);
        Ok((analysis, look_at_site(arguments, &project, context)?))
    };
    match looked() {
        Ok((analysis, site)) => show(arguments.format, context, &analysis, site.as_ref()),
        Err(report) => refuse(arguments, context, report),
    }
}

#[cfg(feature = "fetch")]
fn look_at_site(
    arguments: &Arguments,
    project: &Project,
    context: &Context,
) -> Result<Option<Site>, Report> {
    let is_asked = arguments.upstream;
    is_asked
        .then(|| upstream::look(project, context))
        .transpose()
}

#[cfg(not(feature = "fetch"))]
fn look_at_site(_: &Arguments, _: &Project, _: &Context) -> Result<Option<Site>, Report> {
    Ok(None)
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
    site: Option<&Site>,
) -> Result<Outcome, Report> {
    let mut found = analysis.diagnostics.clone();
    explain(format, &found);
    if let Some(site) = site {
        explain(format, &site.told);
        explain(format, &site.changed);
        found.extend(site.failures.iter().cloned());
    }
    let results = results(context, analysis, site, &found);
    if format != Format::Text {
        print_results(format, context, &results)?;
    } else if !context.quiet {
        let drift = report::text::Drift {
            outputs: &analysis.outputs,
            names: analysis.names.difference.as_ref(),
            renamed: names::renamed(&analysis.names),
            tally: names::tally(&analysis.names),
            codes: analysis.catalog.code_count(),
            pages: analysis.catalog.pages.len(),
            uncompared: site.map(|site| site.uncompared),
            command: &context.mend,
        };
        let text = written(|out| report::text::write(&drift, &results, out))?;
        print::result(&text)?;
    }
    // What could not be read weighs more than what has drifted.
    Ok(match context.outcome_of(&found) {
        Outcome::InSync if results.has_drifted() => Outcome::Drift,
        outcome => outcome,
    })
}

/// All problems, as they are seen from the folder where arkerr was started, and what was looked at.
fn results(
    context: &Context,
    analysis: &Analysis,
    site: Option<&Site>,
    found: &[Diagnostic],
) -> Results {
    const ORDER: [Category; 5] = [
        Category::Errors,
        Category::Upstream,
        Category::Names,
        Category::Outputs,
        Category::Warnings,
    ];
    let mut problems = found.to_vec();
    if let Some(site) = site {
        problems.extend(site.changed.iter().cloned());
    }
    let names = names_problem(&analysis.names).into_iter();
    let drift = names.chain(analysis.outputs.problems());
    problems.extend(drift.map(|found| context.with_command(found)));
    let rank = |category: Category| ORDER.iter().position(|other| *other == category);
    problems.sort_by_key(|found| rank(Category::of(found)));
    see_from_start(&mut problems, context);

    let pages = analysis.catalog.pages.iter().flat_map(|page| {
        let translations = page.translations.values();
        let translations = translations.map(|translation| translation.source.clone());
        translations.chain([page.source.clone()])
    });
    let mut checked: BTreeMap<Category, Vec<String>> = BTreeMap::from([
        (Category::Outputs, analysis.outputs.compared().collect()),
        (Category::Names, vec![FILE_NAME.to_owned()]),
        (Category::Errors, pages.collect()),
    ]);
    // Of pages that were not compared nobody can say that none has changed.
    if let Some(site) = site.filter(|site| !site.compared.is_empty()) {
        checked.insert(Category::Upstream, site.compared.clone());
    }
    let checked = checked.into_iter().map(|(category, paths)| {
        let seen = paths.iter().map(|path| seen_from_start(path, context));
        (category, seen.collect())
    });
    Results::new(&problems, checked.collect(), context.strict)
}

/// An error where `names.toml` has to be changed.
fn names_problem(update: &NamesUpdate) -> Option<Diagnostic> {
    let difference = update.difference.as_ref()?;
    let first = difference.first_change();
    let place = output::place(difference.path.clone(), first.as_ref());
    let problem = DriftProblem::NamesChanged {
        missing: update.added().count(),
        changes: names::changes(update),
        edit: first.map(|(_, edit)| edit),
    };
    Some(problem.at(place))
}

/// Services look for files in the folder where arkerr was started.
fn see_from_start(problems: &mut [Diagnostic], context: &Context) {
    for place in problems.iter_mut().filter_map(|found| found.place.as_mut()) {
        place.path = seen_from_start(&place.path, context);
    }
}

fn seen_from_start(path: &str, context: &Context) -> String {
    let works_in = std::env::current_dir().unwrap_or_default();
    match diff_paths(works_in.join(path), &context.started_in) {
        Some(relative) => display_path(&relative),
        None => path.to_owned(),
    }
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
    let text = written(|out| match format {
        Format::Json => report::json::write(results, out),
        Format::Sarif => report::sarif::write(results, out),
        Format::Junit => report::junit::write(results, out),
        Format::Github => report::github::write(results, context.quiet, out),
        Format::Text => Ok(()),
    })?;
    print::raw(&text)
}

/// What a reporter writes.
fn written(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<String, Report> {
    let mut bytes = Vec::new();
    write(&mut bytes).map_err(|error| print::failed(&error))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
