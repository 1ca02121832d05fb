//! What was fetched becomes snapshots.

use super::super::import;
use super::super::print::{self, counted};
use super::super::{Context, Outcome};
use super::with_progress;
use crate::catalog::Page;
use crate::escape::visible;
use crate::fetch::{self, Fetched, Request};
use crate::problem::{Diagnostic, FetchProblem, Locate as _, Problem, Report};
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

/// How pages are fetched and saved.
pub(super) struct Saving<'a> {
    pub(super) project: &'a Project,
    pub(super) mode: Mode,
    /// Whether the pages were taken from a list, and not named one by one: then some of them may
    /// turn out to have no codes.
    pub(super) is_list: bool,
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
}

impl Saving<'_> {
    pub(super) fn run(&self, requests: &[Request], context: &Context) -> Result<Outcome, Report> {
        if requests.is_empty() {
            return Err(FetchProblem::NothingToFetch.nowhere().into());
        }
        let fetched = with_progress(requests.len(), context, |done| {
            fetch::pages(self.project.fetch_settings(), requests, done)
        })?;
        let tally = self.save_all(&fetched, context)?;
        print::diagnostics(tally.report.diagnostics());
        if !context.quiet {
            print::result(&tally.lines)?;
            print::status(&tally.summary(fetched.len()));
            let is_same = tally.statuses.len() == tally.count(ImportStatus::Unchanged);
            match self.mode {
                Mode::DryRun => print::status("nothing was written: --dry-run"),
                Mode::Save if !is_same => print::status(&format!(
                    "to bring the outputs up to date, run: {}",
                    context.mend
                )),
                Mode::Save | Mode::Update => {}
            }
        }
        Ok(context.outcome_of(tally.report.diagnostics()))
    }

    /// Saves the pages that were fetched, all in one turn: whoever looks at the snapshots sees
    /// those before or those after.
    fn save_all(&self, fetched: &[Fetched], context: &Context) -> Result<Tally, Report> {
        let _lock = if self.mode == Mode::DryRun {
            context.lock_to_read()
        } else {
            context.lock_to_write()
        };
        // Others may have been at work while the site was asked.
        let saved = self.project.saved()?;
        let failures = fetched.iter().filter_map(|page| page.result.as_ref().err());
        let mut tally = Tally {
            report: fetch::together(failures.map(|failure| failure.clone().nowhere())),
            ..Tally::default()
        };
        for page in fetched.iter().filter(|page| page.result.is_ok()) {
            match self.project.refresh(page, &saved) {
                Ok(import) if context.strict && !import.diagnostics.is_empty() => {
                    tally.report.extend(import.diagnostics);
                }
                Ok(import) => self.save(&import, &saved, &mut tally),
                Err(refusals) => {
                    let weighed = refusals.into_iter().map(|refusal| self.weighed(refusal));
                    tally.report.extend(weighed);
                }
            }
        }
        Ok(tally)
    }

    /// A page without codes is an error where it was named, and a warning where it was listed.
    fn weighed(&self, refusal: Diagnostic) -> Diagnostic {
        match *refusal.problem {
            Problem::Fetch(FetchProblem::NoCodes { .. }) => Diagnostic {
                place: refusal.place,
                ..FetchProblem::NoCodes {
                    is_listed: self.is_list,
                }
                .nowhere()
            },
            _ => refusal,
        }
    }

    /// Writes the snapshot of a page, and notes what became of it.
    fn save(&self, import: &Import, saved: &[Saved], tally: &mut Tally) {
        if self.mode != Mode::DryRun
            && let Err(failure) = self.project.write_import(import, None)
        {
            return tally.report.extend(failure);
        }
        tally.report.extend(import.diagnostics.iter().cloned());
        tally.lines.push_str(&import::shown(import));
        let old = saved.iter().find(|saved| saved.path == import.old_path());
        if let Some(old) = old.and_then(|saved| saved.page.as_ref()) {
            let (old, new) = (codes(old), codes(&import.page));
            tally.lines.push_str(&line("new codes", &new, &old));
            tally.lines.push_str(&line("codes gone", &old, &new));
        }
        tally.statuses.push(import.status);
    }
}

fn codes(page: &Page) -> Vec<&str> {
    page.codes.iter().map(|code| code.code.as_str()).collect()
}

/// A line with the codes that are not among others; nothing where there are none.
fn line(what: &str, codes: &[&str], others: &[&str]) -> String {
    const MOST: usize = 10;
    let missing = codes.iter().filter(|code| !others.contains(code));
    let missing: Vec<String> = missing.map(|code| visible(code)).collect();
    let named = missing.iter().take(MOST).cloned().collect::<Vec<_>>();
    let more = match missing.len() - named.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    if missing.is_empty() {
        return String::new();
    }
    format!("    {what}: {}{more}\n", named.join(", "))
}
