//! What was fetched becomes snapshots.

use super::super::Context;
use super::super::import::Tally;
use super::super::print::{self, counted};
use super::with_progress;
use crate::catalog::Page;
use crate::escape::visible;
use crate::fetch::{self, Fetched, Request};
use crate::problem::{FetchProblem, Locate as _, Report};
use crate::project::{Import, ImportStatus, Project};

/// Fetches pages and saves them, unless it is a dry run. If they were taken from a list (`is_list`)
/// and not named one by one, some of them may turn out to have no codes.
pub(super) fn run(
    project: &Project,
    requests: &[Request],
    dry_run: bool,
    is_list: bool,
    context: &Context,
) -> Result<Tally, Report> {
    if requests.is_empty() {
        return Err(FetchProblem::NothingToFetch.nowhere().into());
    }
    let fetched = with_progress(requests.len(), context, |done| {
        fetch::pages(&project.config.fetch, requests, done)
    })?;
    let tally = save_all(project, &fetched, dry_run, is_list, context)?;
    print::diagnostics(tally.report.diagnostics());
    context.report(&tally.lines)?;
    context.status(&summary(&tally, fetched.len()));
    Ok(tally)
}

/// Saves the pages that were fetched, all in one turn: whoever looks at the snapshots sees those
/// before or those after.
fn save_all(
    project: &Project,
    fetched: &[Fetched],
    dry_run: bool,
    is_list: bool,
    context: &Context,
) -> Result<Tally, Report> {
    let _lock = if dry_run {
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
        let added = project.refresh(page, &saved, is_list).and_then(|import| {
            let write = || {
                if dry_run {
                    Ok(())
                } else {
                    project.write_import(&import, None)
                }
            };
            if tally.add(&import, context, write)? {
                tally.lines.push_str(&changed_codes(&import));
            }
            Ok(())
        });
        if let Err(refusals) = added {
            tally.report.extend(refusals);
        }
    }
    Ok(tally)
}

fn summary(tally: &Tally, pages: usize) -> String {
    let failed = match pages - tally.statuses.len() {
        0 => String::new(),
        failed => format!(", {failed} not saved"),
    };
    format!(
        "{}: {} new, {} changed, {} unchanged{failed}",
        counted(pages, "page"),
        tally.count(ImportStatus::New),
        tally.count(ImportStatus::Changed),
        tally.count(ImportStatus::Unchanged),
    )
}

/// Lines with the codes that a page has and its snapshot has not, and the other way round.
fn changed_codes(import: &Import) -> String {
    let Some(old) = &import.old_page else {
        return String::new();
    };
    let (old, new) = (codes(old), codes(&import.page));
    line("new codes", &new, &old) + &line("codes gone", &old, &new)
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
