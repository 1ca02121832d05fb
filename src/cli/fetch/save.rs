//! What was fetched becomes snapshots.

use std::collections::HashSet;

use super::super::import;
use super::super::print::{self, counted};
use super::super::{Context, Outcome};
use crate::catalog::Page;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::escape::visible;
use crate::fetch::{self, Fetched};
use crate::project::{Import, ImportStatus, Project, Saved};

/// The most codes that are named of those that are new, or gone.
const NAMED: usize = 10;

/// How pages that were fetched are saved.
pub(super) struct Saving<'a> {
    pub(super) project: &'a Project,
    /// Whether nothing is to be written.
    pub(super) is_dry: bool,
    /// Whether the pages were taken from a list, and not named one by one: then some of them may
    /// turn out to have no codes.
    pub(super) is_list: bool,
    /// Whether the outputs are brought up to date anyway.
    pub(super) is_first_step: bool,
}

/// What has become of the pages so far.
#[derive(Default)]
struct Tally {
    lines: String,
    new: usize,
    changed: usize,
    unchanged: usize,
    paths: HashSet<String>,
    diagnostics: Vec<Diagnostic>,
}

impl Saving<'_> {
    pub(super) fn run(
        &self,
        fetched: &[Fetched],
        context: &Context,
    ) -> Result<Outcome, Vec<Diagnostic>> {
        let tally = self.save_all(fetched, context)?;
        print::diagnostics(&tally.diagnostics);
        if !context.quiet {
            print::result(&tally.lines)?;
            self.tell(&tally, fetched.len(), context);
        }
        Ok(context.outcome_of(&tally.diagnostics))
    }

    /// Saves the pages that were fetched, all in one turn: whoever looks at the snapshots sees
    /// those before or those after.
    fn save_all(&self, fetched: &[Fetched], context: &Context) -> Result<Tally, Vec<Diagnostic>> {
        let _lock = match self.is_dry {
            true => context.lock_to_read(),
            false => context.lock_to_write(),
        };
        // Others may have been at work while the site was asked.
        let saved = self.project.saved()?;
        let mut tally = Tally {
            diagnostics: fetch::failures(fetched),
            ..Tally::default()
        };
        for page in fetched.iter().filter(|page| page.result.is_ok()) {
            match self.project.refresh(page, &saved) {
                Ok(import) if context.strict && !import.diagnostics.is_empty() => {
                    tally.diagnostics.extend(import.diagnostics);
                }
                Ok(import) => self.save(&import, &saved, &mut tally),
                Err(refusals) => {
                    let refusals = refusals.into_iter().map(|refusal| self.weighed(refusal));
                    tally.diagnostics.extend(refusals);
                }
            }
        }
        Ok(tally)
    }

    /// What a refusal weighs here.
    fn weighed(&self, refusal: Diagnostic) -> Diagnostic {
        match refusal.id {
            "fetch-no-codes" if self.is_list => Diagnostic {
                severity: Severity::Warning,
                help: None,
                ..refusal
            },
            _ => refusal,
        }
    }

    /// Writes the snapshot of a page, and notes what became of it.
    fn save(&self, import: &Import, saved: &[Saved], tally: &mut Tally) {
        if !tally.paths.insert(import.path.to_lowercase()) {
            let message = format!("this is the page `{}` once more", import.id);
            let refusal = Diagnostic::error("page-id", message).at(Place::file(&import.path));
            return tally.diagnostics.push(refusal);
        }
        if !self.is_dry
            && let Err(failure) = self.project.write_import(import, None)
        {
            return tally.diagnostics.extend(failure);
        }
        tally.diagnostics.extend(import.diagnostics.iter().cloned());
        tally.lines.push_str(&import::shown(import));
        let old = saved.iter().find(|saved| saved.path == import.old_path());
        if let Some(old) = old.and_then(|saved| saved.page.as_ref()) {
            tally.lines.push_str(&code_changes(old, &import.page));
        }
        match import.status {
            ImportStatus::New => tally.new += 1,
            ImportStatus::Changed => tally.changed += 1,
            ImportStatus::Unchanged => tally.unchanged += 1,
        }
    }

    /// Tells how it went, and what to do now.
    fn tell(&self, tally: &Tally, pages: usize, context: &Context) {
        let Tally {
            new,
            changed,
            unchanged,
            ..
        } = tally;
        let failed = match pages - new - changed - unchanged {
            0 => String::new(),
            failed => format!(", {failed} not saved"),
        };
        let pages = counted(pages, "page");
        print::status(&format!(
            "{pages}: {new} new, {changed} changed, {unchanged} unchanged{failed}"
        ));
        if self.is_dry {
            print::status("nothing was written: --dry-run");
        } else if new + changed > 0 && !self.is_first_step {
            print::status(&format!(
                "to bring the outputs up to date, run: {}",
                context.mend
            ));
        }
    }
}

/// The codes that a page has and its snapshot did not have, and the other way round.
fn code_changes(old: &Page, new: &Page) -> String {
    let [old, new] = [old, new].map(|page| {
        let codes = page.codes.iter().map(|code| code.code.as_str());
        codes.collect::<Vec<_>>()
    });
    let missing = |codes: &[&str], among: &[&str]| {
        let missing = codes.iter().filter(|code| !among.contains(code));
        missing.map(|code| visible(code)).collect::<Vec<_>>()
    };
    line("new codes", &missing(&new, &old)) + &line("codes gone", &missing(&old, &new))
}

fn line(what: &str, codes: &[String]) -> String {
    let more = match codes.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    match codes {
        [] => String::new(),
        codes => {
            let named = &codes[..codes.len().min(NAMED)];
            format!("    {what}: {}{more}\n", named.join(", "))
        }
    }
}
