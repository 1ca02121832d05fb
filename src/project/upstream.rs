//! Comparing the snapshots with the documentation site. Nothing is written.

use super::{Import, Project, Saved};
use crate::catalog::{Catalog, Page};
use crate::diagnostic::{Diagnostic, Place};
use crate::diff::{self, Diff, Side};
use crate::fetch::{self, Fetched, Request};
use crate::problem::Report as Error;

/// What the site says today, beside what the snapshots say.
#[derive(Debug, Default)]
pub struct Upstream {
    /// The paths of the snapshots that were compared, in their order.
    pub compared: Vec<String>,
    /// How many pages were asked for and not compared, for whatever reason.
    pub uncompared: usize,
    /// The snapshots whose pages have changed, in their order.
    pub changed: Vec<ChangedPage>,
    /// Errors about pages that could not be fetched, or could not be compared, each at its
    /// snapshot.
    pub failures: Vec<Diagnostic>,
    /// The same errors for people: pages that were not even asked for are told together.
    pub told: Vec<Diagnostic>,
}

/// A snapshot whose page has changed.
#[derive(Debug)]
pub struct ChangedPage {
    /// The path of the snapshot, as the user would write it.
    pub path: String,
    /// What has changed since it was saved.
    pub diff: Diff,
}

impl Project {
    /// Asks the site for the pages of some snapshots and compares them. `saved` are the snapshots,
    /// `requests` is what to ask for, see [`Project::requests`]; `done` is told of each answer as
    /// soon as it is there.
    ///
    /// # Errors
    /// There are more pages than may be fetched.
    pub fn upstream(
        &self,
        saved: &[Saved],
        requests: &[Request],
        done: &(dyn Fn(&Fetched) + Sync),
    ) -> Result<Upstream, Error> {
        let fetched = fetch::pages(self.fetch_settings(), requests, done)?;
        let mut upstream = Upstream::default();
        let mut failed = Vec::new();
        for page in &fetched {
            let looked = self.refresh(page, saved);
            let compared = looked.and_then(|import| upstream.compare(self, saved, &import));
            if let Err(failures) = compared {
                let own = self.snapshot_of(page, saved);
                let placed = failures.into_iter().map(|one| placed(one, page, own));
                failed.extend(placed.map(|failure| (failure, page.shown())));
            }
        }
        upstream.uncompared = fetched.len() - upstream.compared.len();
        upstream.failures = failed.iter().map(|(failure, _)| failure.clone()).collect();
        upstream.told = fetch::told_together(failed);
        Ok(upstream)
    }
}

impl Upstream {
    /// Compares a page with its snapshot; one that cannot be read is told of elsewhere.
    fn compare(
        &mut self,
        project: &Project,
        saved: &[Saved],
        import: &Import,
    ) -> Result<(), Vec<Diagnostic>> {
        let path = import.old_path();
        let Some(old) = saved.iter().find(|saved| saved.path == path) else {
            return Err(vec![no_snapshot(path)]);
        };
        let Some(old) = &old.page else {
            return Ok(());
        };
        self.compared.push(path.to_owned());
        let side = |page: &Page| {
            let page = Page {
                id: old.id.clone(),
                ..page.clone()
            };
            Side::of(Catalog::new(vec![page]))
        };
        let diff = diff::diff(&side(old), &side(&import.page), project.change_levels());
        if !diff.changes.is_empty() {
            let path = path.to_owned();
            self.changed.push(ChangedPage { path, diff });
        }
        Ok(())
    }
}

/// An error for an answer that would become a snapshot of its own, beside the one that it was
/// asked for.
fn no_snapshot(path: &str) -> Diagnostic {
    let message = format!("the answer is no page of a snapshot: it would become `{path}`");
    Diagnostic::error("fetch-other-page", message)
        .help("look at the page in a browser; it may be there in another language only")
}

/// A failure of a page, at its snapshot: what the site answers is no file that anybody could open.
fn placed(mut failure: Diagnostic, page: &Fetched, own: Option<&Saved>) -> Diagnostic {
    // A failure to fetch names its page already.
    if page.result.is_ok() {
        failure.message = format!("{} was not compared: {}", page.shown(), failure.message);
    }
    if let Some(position) = failure.position() {
        let note = format!("it is at {position} in the answer of the site");
        failure.notes.insert(0, note);
    }
    failure.place = own.map(|own| Box::new(Place::file(&own.path)));
    failure
}
