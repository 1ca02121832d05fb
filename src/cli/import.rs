//! `arkerr import`: makes snapshots of pages, in whatever form they were saved.

use std::collections::HashMap;
use std::io::stdin;
use std::path::{Path, PathBuf};

use anstyle::AnsiColor;
use clap::{Args, ValueHint};
use url::Url;

use super::print::{self, paint};
use super::{Context, Outcome, language};
use crate::catalog::Language;
use crate::escape::visible;
use crate::file::{self, MAX_PAGE};
use crate::path::clash_key;
use crate::problem::{
    CommandProblem, Diagnostic, Locate as _, ParseProblem, Problem, Report, display_path,
};
use crate::project::{Import, ImportFacts, ImportStatus, Project};
use crate::snapshot::update_time;

/// What stands for the standard input.
const STANDARD_INPUT: &str = "-";

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Saved pages, in any form; `-` is the standard input
    #[arg(value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
    files: Vec<PathBuf>,

    /// The name of the snapshot; else the last part of the page's address, else the file's name
    #[arg(long)]
    id: Option<String>,

    /// The address of the page; else what it says, or where the site keeps a page of this name
    #[arg(long, value_parser = address)]
    url: Option<String>,

    /// The title of the page; else what it says
    #[arg(long)]
    title: Option<String>,

    /// The language of the page; else that of its labels, or of most of its text
    #[arg(long, value_name = "LANGUAGE", value_parser = language(["cn", "en"]))]
    language: Option<Language>,

    /// When the page was updated, as `2026-08-29 17:41`; else what it says
    #[arg(long, value_name = "TIME", value_parser = time)]
    updated: Option<String>,

    /// Keep the page as it was saved too, beside the snapshot
    #[arg(long)]
    keep_original: bool,

    /// Tell what would be done; write nothing
    #[arg(long)]
    dry_run: bool,
}

/// What has become of pages so far.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) lines: String,
    pub(super) statuses: Vec<ImportStatus>,
    pub(super) report: Report,
}

impl Tally {
    /// Notes what becomes of a page, and writes its snapshot, unless it has warnings and they are
    /// failures. Returns whether it is written.
    pub(super) fn add(
        &mut self,
        import: &Import,
        context: &Context,
        write: impl FnOnce() -> Result<(), Report>,
    ) -> Result<bool, Report> {
        self.report.extend(import.diagnostics.iter().cloned());
        if context.strict && !import.diagnostics.is_empty() {
            return Ok(false);
        }
        write()?;
        self.statuses.push(import.status);
        self.lines.push_str(&shown(import));
        Ok(true)
    }

    pub(super) fn count(&self, status: ImportStatus) -> usize {
        self.statuses.iter().filter(|own| **own == status).count()
    }

    /// Says what to do next, and how the command ended.
    pub(super) fn finish(&self, dry_run: bool, context: &Context) -> Outcome {
        if dry_run {
            context.status("nothing was written: --dry-run");
        } else if self.count(ImportStatus::Unchanged) < self.statuses.len() {
            context.suggest_generate();
        }
        context.outcome_of(self.report.diagnostics())
    }
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Outcome, Report> {
    let facts = facts(arguments)?;
    let lock = context.lock_to_write();
    let project = Project::open("")?;
    let mut tally = Tally::default();
    // The snapshots that were made, and the files that they were made from.
    let mut sources = HashMap::new();
    for file in &arguments.files {
        let imported = import(&project, file, &facts, arguments, &mut sources);
        let added = imported.and_then(|(import, original)| {
            tally.add(&import, context, || {
                if arguments.dry_run {
                    return Ok(());
                }
                project.write_import(&import, original.as_deref())
            })
        });
        tally.report.collect(added);
    }
    drop(lock);
    print::diagnostics(tally.report.diagnostics());
    context.report(&tally.lines)?;
    Ok(tally.finish(arguments.dry_run, context))
}

/// What the arguments say about the page.
fn facts(arguments: &Arguments) -> Result<ImportFacts, Report> {
    let given = [
        ("--id", arguments.id.is_some()),
        ("--url", arguments.url.is_some()),
        ("--title", arguments.title.is_some()),
        ("--language", arguments.language.is_some()),
        ("--updated", arguments.updated.is_some()),
    ];
    let given = given.into_iter().find(|(_, is_given)| *is_given);
    if let Some((option, _)) = given.filter(|_| arguments.files.len() > 1) {
        return Err(CommandProblem::OptionForOnePage(option).nowhere().into());
    }
    Ok(ImportFacts {
        id: arguments.id.clone(),
        url: arguments.url.clone(),
        title: arguments.title.clone(),
        language: arguments.language,
        updated: arguments.updated.clone(),
    })
}

/// The snapshot of a file, and the file itself where it is to be kept.
fn import(
    project: &Project,
    file: &Path,
    facts: &ImportFacts,
    arguments: &Arguments,
    sources: &mut HashMap<String, String>,
) -> Result<(Import, Option<Vec<u8>>), Report> {
    let source = display_path(file);
    let bytes = page_bytes(file, &source)?;
    let original = arguments.keep_original.then(|| bytes.clone());
    let mut import = project.import(&source, bytes, facts)?;
    // A file must not replace what has just been made from another one.
    if let Some(first) = sources.get(&clash_key(&import.path)) {
        let problem = CommandProblem::ImportedTwice {
            first: first.clone(),
            id: import.id,
            snapshot: import.path,
        };
        return Err(problem.at_file(source).into());
    }
    sources.insert(clash_key(&import.path), source);
    import.diagnostics = import.diagnostics.into_iter().map(of_saved).collect();
    Ok((import, original))
}

/// A finding about a page, as it is meant for one whose facts may be given.
fn of_saved(mut found: Diagnostic) -> Diagnostic {
    if let Problem::Parse(ParseProblem::NoTitle) = *found.problem {
        found.help = Some("give its title with --title, or save it again with its heading".into());
    }
    found
}

fn page_bytes(path: &Path, source: &str) -> Result<Vec<u8>, Report> {
    let bytes = match source {
        STANDARD_INPUT => file::read_from(stdin().lock(), 0, MAX_PAGE),
        _ => file::read_any(path, MAX_PAGE),
    };
    bytes.map_err(|error| {
        let problem = CommandProblem::Unreadable(error.to_string());
        problem.at_file(source).into()
    })
}

/// A line for the snapshot, and one for what it takes the place of.
pub(super) fn shown(import: &Import) -> String {
    let status = match import.status {
        ImportStatus::New => paint(AnsiColor::Green, "new"),
        ImportStatus::Changed => paint(AnsiColor::Yellow, "changed"),
        ImportStatus::Unchanged => "unchanged".to_owned(),
    };
    let mut lines = format!("{status} {}\n", visible(&import.path));
    if let Some(old) = &import.replaces {
        let removed = paint(AnsiColor::Red, "removed");
        lines.push_str(&format!(
            "{removed} {}: the new snapshot takes its place\n",
            visible(old)
        ));
    }
    lines
}

fn address(text: &str) -> Result<String, String> {
    let url = Url::parse(text.trim()).map_err(|error| error.to_string())?;
    match url.scheme() {
        "http" | "https" => Ok(url.into()),
        scheme => Err(format!("`{scheme}:` is no address of the web")),
    }
}

fn time(text: &str) -> Result<String, String> {
    update_time(text).ok_or_else(|| "give it as `2026-08-29 17:41`".to_owned())
}
