//! Comparing the snapshots with the documentation site. Nothing is written.

use super::{Import, Project, Saved};
use crate::catalog::{Catalog, Page};
use crate::diff::{self, Diff, Side};
use crate::fetch::{self, Fetched, Request};
use crate::problem::{Diagnostic, FetchProblem, Locate as _, Place, Report};

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
    /// `requests` is what to ask for, see [`Project::requests`]; `done` is called with each answer
    /// as soon as it is there.
    ///
    /// # Errors
    /// There are more pages than may be fetched.
    pub(crate) fn upstream(
        &self,
        saved: &[Saved],
        requests: &[Request],
        done: &(dyn Fn(&Fetched) + Sync),
    ) -> Result<Upstream, Report> {
        let fetched = fetch::pages(self.fetch_settings(), requests, done)?;
        let mut upstream = Upstream::default();
        for page in &fetched {
            let compared = self
                .refresh(page, saved)
                .and_then(|import| upstream.compare(self, saved, &import));
            if let Err(failures) = compared {
                let own = self.snapshot_of(&page.request, saved);
                let at_snapshot = failures.into_iter().map(|one| at_snapshot(one, page, own));
                upstream.failures.extend(at_snapshot);
            }
        }
        upstream.uncompared = fetched.len() - upstream.compared.len();
        Ok(upstream)
    }
}

impl Upstream {
    /// Compares a page with its snapshot; one that cannot be read is reported elsewhere.
    fn compare(
        &mut self,
        project: &Project,
        saved: &[Saved],
        import: &Import,
    ) -> Result<(), Report> {
        let path = import.old_path().to_owned();
        let Some(old) = saved.iter().find(|saved| saved.path == path) else {
            return Err(FetchProblem::NoSnapshot(path).nowhere().into());
        };
        let Some(old) = &old.page else {
            return Ok(());
        };
        let side = |page: &Page| {
            let id = old.id.clone();
            Side::unnamed(Catalog::new(vec![Page { id, ..page.clone() }]))
        };
        let diff = diff::diff(&side(old), &side(&import.page), &project.config.changes);
        self.compared.push(path.clone());
        if !diff.changes.is_empty() {
            self.changed.push(ChangedPage { path, diff });
        }
        Ok(())
    }
}

/// A failure of a page, at its snapshot: what the site answers is no file that anybody could open.
fn at_snapshot(mut failure: Diagnostic, page: &Fetched, own: Option<&Saved>) -> Diagnostic {
    // A failure to fetch names its page already.
    if page.result.is_ok() {
        let problem = FetchProblem::NotCompared {
            page: page.request.to_string(),
            position: failure.position(),
            problem: failure.problem,
        };
        failure.problem = Box::new(problem.into());
    }
    failure.place = own.map(|own| Box::new(Place::file(&own.path)));
    failure
}
