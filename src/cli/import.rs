//! `arkerr import`: makes snapshots of pages, in whatever form they were saved.

use std::collections::HashMap;
use std::io::stdin;
use std::path::{Path, PathBuf};

use anstyle::AnsiColor;
use clap::{Args, ValueHint};
use url::Url;

use super::language::SiteLanguage;
use super::print::{self, paint};
use super::{Context, Outcome};
use crate::catalog::Language;
use crate::diagnostic::{Diagnostic, Place, display_path};
use crate::escape::visible;
use crate::file::{self, MAX_PAGE};
use crate::problem::{ParseProblem, Report as Error};
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
    url: Option<Url>,

    /// The title of the page; else what it says
    #[arg(long)]
    title: Option<String>,

    /// The language of the page; else that of its labels, or of most of its text
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    language: Option<SiteLanguage>,

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

/// The import of several files, one after another.
struct Run<'a> {
    project: Project,
    arguments: &'a Arguments,
    /// Whether a page with warnings is not written.
    is_strict: bool,
    facts: ImportFacts,
    /// The snapshots that were made, and the files they were made of.
    done: HashMap<String, String>,
    diagnostics: Vec<Diagnostic>,
    has_changed: bool,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Outcome, Vec<Diagnostic>> {
    let facts = facts(arguments)?;
    let lock = context.lock_to_write();
    let mut run = Run {
        project: Project::open("")?,
        arguments,
        is_strict: context.strict,
        facts,
        done: HashMap::new(),
        diagnostics: Vec::new(),
        has_changed: false,
    };
    let mut report = String::new();
    for file in &arguments.files {
        match run.import(file) {
            Ok(line) => report.push_str(&line),
            Err(refusal) => run.diagnostics.extend(Vec::from(refusal)),
        }
    }
    drop(lock);
    print::diagnostics(&run.diagnostics);
    if !context.quiet {
        print::result(&report)?;
        if arguments.dry_run {
            print::status("nothing was written: --dry-run");
        } else if run.has_changed {
            print::status(&format!(
                "to bring the outputs up to date, run: {}",
                context.mend
            ));
        }
    }
    Ok(context.outcome_of(&run.diagnostics))
}

/// What the arguments say of the page.
fn facts(arguments: &Arguments) -> Result<ImportFacts, Vec<Diagnostic>> {
    let given = [
        ("--id", arguments.id.is_some()),
        ("--url", arguments.url.is_some()),
        ("--title", arguments.title.is_some()),
        ("--language", arguments.language.is_some()),
        ("--updated", arguments.updated.is_some()),
    ];
    let mut given = given.iter().filter(|(_, is_given)| *is_given);
    if let Some((option, _)) = given.next().filter(|_| arguments.files.len() > 1) {
        let message = format!("{option} is about one page, and there are several files");
        let help = "import that file on its own";
        return Err(vec![Diagnostic::error("arguments", message).help(help)]);
    }
    Ok(ImportFacts {
        id: arguments.id.clone(),
        url: arguments.url.as_ref().map(Url::to_string),
        title: arguments.title.clone(),
        language: arguments.language.map(Language::from),
        updated: arguments.updated.clone(),
    })
}

impl Run<'_> {
    /// Imports a file, and tells what became of its snapshot.
    fn import(&mut self, file: &Path) -> Result<String, Error> {
        let source = display_path(file);
        let bytes = read(file, &source)?;
        let original = self.arguments.keep_original.then(|| bytes.clone());
        let import = self.project.import(&source, bytes, &self.facts)?;
        self.refuse_second(&import, &source)?;
        let found = import.diagnostics.iter().cloned();
        self.diagnostics.extend(found.map(of_saved));
        if self.is_strict && !import.diagnostics.is_empty() {
            return Ok(String::new());
        }
        if !self.arguments.dry_run {
            self.project.write_import(&import, original.as_deref())?;
        }
        self.has_changed |= import.status != ImportStatus::Unchanged;
        Ok(shown(&import))
    }

    /// An error for a file that would replace what has just been made of another one.
    fn refuse_second(&mut self, import: &Import, source: &str) -> Result<(), Diagnostic> {
        let path = import.path.to_lowercase();
        let Some(first) = self.done.insert(path.clone(), source.to_owned()) else {
            return Ok(());
        };
        let message = format!("this is the page `{}` once more", import.id);
        let refusal = Diagnostic::error("page-id", message)
            .at(Place::file(source))
            .note(format!("`{}` was made of `{first}`", import.path))
            .help("import the one that is right, or give one of them another name with --id");
        self.done.insert(path, first);
        Err(refusal)
    }
}

/// A finding about a page, as it is meant for one whose facts may be given.
fn of_saved(mut found: Diagnostic) -> Diagnostic {
    if found.problem == ParseProblem::NoTitle.into() {
        found.help = Some("give its title with --title, or save it again with its heading".into());
    }
    found
}

fn read(path: &Path, source: &str) -> Result<Vec<u8>, Diagnostic> {
    let bytes = match source {
        STANDARD_INPUT => file::read_from(stdin().lock(), 0, MAX_PAGE),
        _ => file::read_any(path, MAX_PAGE),
    };
    bytes.map_err(|error| {
        Diagnostic::error("unreadable", format!("the page cannot be read: {error}"))
            .at(Place::file(source))
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

fn address(text: &str) -> Result<Url, String> {
    let url = Url::parse(text.trim()).map_err(|error| error.to_string())?;
    match url.scheme() {
        "http" | "https" => Ok(url),
        scheme => Err(format!("`{scheme}:` is no address of the web")),
    }
}

fn time(text: &str) -> Result<String, String> {
    update_time(text).ok_or_else(|| "give it as `2026-08-29 17:41`".to_owned())
}
