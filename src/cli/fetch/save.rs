//! What was fetched becomes snapshots.

use super::super::import;
use super::super::print::{self, counted};
use super::super::{Context, Outcome};
use super::with_progress;
use crate::catalog::Page;
use crate::escape::visible;
use crate::fetch::{self, Fetched, Request};
use crate::problem::{FetchProblem, Locate as _, Report};
use crate::project::{Import, ImportStatus, Project, Saved};

/// What becomes of pages that were fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// They are saved.
    Save,
    /// They are saved, and the outputs are brought up to date after that.
    Update,
    /// Nothing is written.
    DryRun,
}

/// What has become of the pages so far.
#[derive(Default)]
struct Tally {
    lines: String,
    statuses: Vec<ImportStatus>,
    report: Report,
}

impl Tally {
    fn count(&self, status: ImportStatus) -> usize {
        self.statuses.iter().filter(|own| **own == status).count()
    }

    fn summary(&self, pages: usize) -> String {
        let failed = match pages - self.statuses.len() {
            0 => String::new(),
            failed => format!(", {failed} not saved"),
        };
        format!(
            "{}: {} new, {} changed, {} unchanged{failed}",
            counted(pages, "page"),
            self.count(ImportStatus::New),
            self.count(ImportStatus::Changed),
            self.count(ImportStatus::Unchanged),
        )
    }

    /// Writes the snapshot of a page, and notes what became of it.
    fn save(&mut self, project: &Project, import: &Import, saved: &[Saved], mode: Mode) {
        if mode != Mode::DryRun
            && let Err(failure) = project.write_import(import, None)
        {
            return self.report.extend(failure);
        }
        self.report.extend(import.diagnostics.iter().cloned());
        self.lines.push_str(&import::shown(import));
        let old = saved.iter().find(|saved| saved.path == import.old_path());
        if let Some(old) = old.and_then(|saved| saved.page.as_ref()) {
            let (old, new) = (codes(old), codes(&import.page));
            self.lines.push_str(&line("new codes", &new, &old));
            self.lines.push_str(&line("codes gone", &old, &new));
        }
        self.statuses.push(import.status);
    }
}

/// Fetches pages and saves them. If they were taken from a list (`is_list`) and not named one by
/// one, some of them may turn out to have no codes.
pub(super) fn run(
    project: &Project,
    requests: &[Request],
    mode: Mode,
    is_list: bool,
    context: &Context,
) -> Result<Outcome, Report> {
    if requests.is_empty() {
        return Err(FetchProblem::NothingToFetch.nowhere().into());
    }
    let fetched = with_progress(requests.len(), context, |done| {
        fetch::pages(project.fetch_settings(), requests, done)
    })?;
    let tally = save_all(project, &fetched, mode, is_list, context)?;
    print::diagnostics(tally.report.diagnostics());
    context.report(&tally.lines)?;
    context.status(&tally.summary(fetched.len()));
    let is_same = tally.statuses.len() == tally.count(ImportStatus::Unchanged);
    match mode {
        Mode::DryRun => context.status("nothing was written: --dry-run"),
        Mode::Save if !is_same => context.suggest_generate(),
        Mode::Save | Mode::Update => {}
    }
    Ok(context.outcome_of(tally.report.diagnostics()))
}

/// Saves the pages that were fetched, all in one turn: whoever looks at the snapshots sees those
/// before or those after.
fn save_all(
    project: &Project,
    fetched: &[Fetched],
    mode: Mode,
    is_list: bool,
    context: &Context,
) -> Result<Tally, Report> {
    let _lock = if mode == Mode::DryRun {
        context.lock_to_read()
    } else {
        context.lock_to_write()
    };
    // Others may have been at work while the site was asked.
    let saved = project.saved()?;
    let failures = fetched.iter().filter_map(|page| page.result.as_ref().err());
    let mut tally = Tally {
        report: fetch::together(failures.map(|failure| failure.clone().nowhere())),
        ..Tally::default()
    };
    for page in fetched.iter().filter(|page| page.result.is_ok()) {
        match project.refresh(page, &saved, is_list) {
            Ok(import) if context.strict && !import.diagnostics.is_empty() => {
                tally.report.extend(import.diagnostics);
            }
            Ok(import) => tally.save(project, &import, &saved, mode),
            Err(refusals) => tally.report.extend(refusals),
        }
    }
    Ok(tally)
}

fn codes(page: &Page) -> Vec<&str> {
    page.codes.iter().map(|code| code.code.as_str()).collect()
}

/// A line with the codes that are not among others; nothing where there are none.
fn line(what: &str, codes: &[&str], others: &[&str]) -> String {
    const MOST: usize = 10;
    let missing = codes.iter().filter(|code| !others.contains(code));
    let missing: Vec<String> = missing.map(|code| visible(code)).collect();
    let (named, more) = missing.split_at(missing.len().min(MOST));
    let more = match more.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    if missing.is_empty() {
        return String::new();
    }
    format!("    {what}: {}{more}\n", named.join(", "))
}
