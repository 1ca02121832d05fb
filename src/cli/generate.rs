//! `arkerr generate`: carries the plan out.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anstyle::AnsiColor;
use clap::Args;

use super::names;
use super::print::{self, counted, paint};
use super::{Context, Outcome};
use crate::changelog::{self, Options};
use crate::diagnostic::{Diagnostic, Place, display_path};
use crate::names::FILE_NAME;
use crate::plan::{self, Difference, Kind};
use crate::project::{Analysis, NamesUpdate, Project};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Where names.toml is not up to date, write nothing, and end with status 1
    #[arg(long)]
    locked: bool,

    /// Put what changes about the documentation at the top of this file of Markdown
    #[arg(long, value_name = "FILE", requires = "changelog_date")]
    changelog: Option<PathBuf>,

    /// The date over the changes, such as 2026-11-25
    #[arg(long, value_name = "DATE", requires = "changelog", value_parser = date)]
    changelog_date: Option<String>,
}

/// A date as it is written in a changelog.
fn date(text: &str) -> Result<String, &'static str> {
    let parts: Vec<&str> = text.split('-').collect();
    let is_number = |part: &&str, length, most: u32| {
        let is_digits = part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
        is_digits
            && part
                .parse()
                .is_ok_and(|number: u32| (1..=most).contains(&number))
    };
    match parts.as_slice() {
        [year, month, day]
            if is_number(year, 4, 9999) && is_number(month, 2, 12) && is_number(day, 2, 31) =>
        {
            Ok(text.to_owned())
        }
        _ => Err("a date is written as 2026-11-25"),
    }
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Outcome, Vec<Diagnostic>> {
    let project = Project::open("")?;
    let analysis = project.analyse()?;
    print::diagnostics(&analysis.diagnostics);
    if arguments.locked
        && let Some(refusal) = refuse_changes(&analysis.names, &context.mend)
    {
        print::diagnostics(&[refusal]);
        return Ok(match context.outcome_of(&analysis.diagnostics) {
            Outcome::InSync => Outcome::Drift,
            outcome => outcome,
        });
    }
    // The changelog goes first: when the outputs are written, nobody knows any more what they were.
    let changes = write_changelog(arguments, &project, &analysis)?;
    project.carry_out(&analysis)?;
    if !context.quiet {
        print::result(&changes)?;
        print::result(&report(&analysis))?;
        print::account(&analysis.account);
    }
    Ok(context.outcome_of(&analysis.diagnostics))
}

/// An error where names.toml would have to be changed, with what in it.
fn refuse_changes(names: &NamesUpdate, mend: &str) -> Option<Diagnostic> {
    names.difference.as_ref()?;
    let message = match names.added().count() {
        0 => "names.toml is not up to date".to_owned(),
        count => format!("names.toml lacks {}", counted(count, "name")),
    };
    let help = format!("run {mend} without --locked, look at the names, and commit the file");
    let mut refusal = Diagnostic::error("names-missing", message)
        .at(Place::file(FILE_NAME))
        .help(help);
    refusal.notes = names::changes(names);
    Some(refusal)
}

/// Puts the changes at the top of the changelog, where one is named; gives the line that tells of
/// it.
fn write_changelog(
    arguments: &Arguments,
    project: &Project,
    analysis: &Analysis,
) -> Result<String, Vec<Diagnostic>> {
    let (Some(file), Some(date)) = (&arguments.changelog, &arguments.changelog_date) else {
        return Ok(String::new());
    };
    let shown = display_path(file);
    let told = |what: &str| Ok(format!("{shown}: {what}\n"));
    let Some(diff) = project.changes(analysis)? else {
        return told("nothing to tell, these are the first outputs");
    };
    if diff.changes.is_empty() {
        return told("nothing to tell, the documentation has not changed");
    }
    let old = read_text(file)?;
    let options = Options {
        heading: date,
        max_length: None,
    };
    let new = changelog::prepend(&old, &changelog::markdown(&diff, &options));
    if new != old {
        plan::write_file(Path::new(""), &shown, &new).map_err(|error| vec![error])?;
    }
    told(&format!(
        "{}; semver: {}",
        changelog::tally(&diff),
        diff.semver.name()
    ))
}

/// The text of the changelog; empty where there is none yet.
fn read_text(file: &Path) -> Result<String, Vec<Diagnostic>> {
    match fs::read_to_string(file) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(String::new()),
        Err(error) => {
            let message = format!("the changelog cannot be read: {error}");
            let place = Place::file(display_path(file));
            Err(vec![Diagnostic::error("changelog", message).at(place)])
        }
    }
}

/// A line for each file that changed, and a tally.
fn report(analysis: &Analysis) -> String {
    let plan = &analysis.plan;
    let mut text = names::renamed(&analysis.names);
    if let Some(difference) = &analysis.names.difference {
        text.push_str(&format!("{} {}\n", done(difference), difference.path));
    }
    for difference in &plan.differences {
        text.push_str(&format!(
            "{} {}\n",
            done(difference),
            plan.shown(difference)
        ));
    }
    text.push_str(&names::tally(&analysis.names));
    let count = |is_kind: fn(&Kind) -> bool| plan.count(is_kind);
    text.push_str(&format!(
        "{} on {}: {} created, {} updated, {} deleted, {} unchanged\n",
        counted(analysis.catalog.code_count(), "code"),
        counted(analysis.catalog.pages.len(), "page"),
        counted(count(|kind| matches!(kind, Kind::Missing { .. })), "file"),
        count(|kind| matches!(kind, Kind::Changed { .. })),
        count(|kind| matches!(kind, Kind::LeftOver { .. })),
        plan.unchanged,
    ));
    text
}

fn done(difference: &Difference) -> String {
    match difference.kind {
        Kind::Missing { .. } => paint(AnsiColor::Green, "created"),
        Kind::Changed { .. } => paint(AnsiColor::Yellow, "updated"),
        Kind::LeftOver { .. } => paint(AnsiColor::Red, "deleted"),
    }
}
