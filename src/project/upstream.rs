//! Comparing the snapshots with the documentation site. Nothing is written.

use crate::problem::{Diagnostic, Report};
#[cfg(feature = "fetch")]
use {
    super::{Import, Project, Saved},
    crate::catalog::{Catalog, Page},
    crate::changelog::{grouped, summary},
    crate::diff::{self, Diff, Side},
    crate::fetch::{self, Fetched, Request},
    crate::problem::{DriftProblem, FetchProblem, Locate as _, Place},
};

/// What the site says today, beside what the snapshots say.
#[derive(Debug, Default)]
pub struct Upstream {
    /// The paths of the snapshots that were compared, in their order.
    pub compared: Vec<String>,
    /// How many pages were asked for and not compared, for whatever reason.
    pub uncompared: usize,
    /// Errors about the snapshots whose pages have changed, in their order.
    pub changed: Vec<Diagnostic>,
    /// Errors about pages that could not be fetched, or could not be compared, each at its
    /// snapshot.
    pub failures: Vec<Diagnostic>,
    /// The same for people, who are not told of each page that was not asked for.
    pub told: Report,
}

#[cfg(feature = "fetch")]
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
                .refresh(page, saved, false)
                .and_then(|import| upstream.compare(self, saved, &import));
            if let Err(failures) = compared {
                let own = self.snapshot_of(&page.request, saved);
                let at_snapshot = failures.into_iter().map(|one| at_snapshot(one, page, own));
                upstream.failures.extend(at_snapshot);
            }
        }
        upstream.uncompared = fetched.len() - upstream.compared.len();
        upstream.told = fetch::together(upstream.failures.iter().cloned());
        Ok(upstream)
    }
}

#[cfg(feature = "fetch")]
impl Upstream {
    /// Compares a page with its snapshot; one that cannot be read is reported elsewhere.
    fn compare(
        &mut self,
        project: &Project,
        saved: &[Saved],
        import: &Import,
    ) -> Result<(), Report> {
        let path = import.old_path();
        let Some(old) = import.old(saved) else {
            return Err(FetchProblem::NoSnapshot(path.to_owned()).nowhere().into());
        };
        let Some(old) = &old.page else {
            return Ok(());
        };
        let side = |page: &Page| {
            let id = old.id.clone();
            Side::unnamed(Catalog::new(vec![Page { id, ..page.clone() }]))
        };
        let diff = diff::diff(&side(old), &side(&import.page), &project.config.changes);
        if !diff.changes.is_empty() {
            self.changed.push(changed_page(&diff).at_file(path));
        }
        self.compared.push(path.to_owned());
        Ok(())
    }
}

/// A page that has changed since it was saved, with what has changed in it.
#[cfg(feature = "fetch")]
fn changed_page(diff: &Diff) -> DriftProblem {
    let changes = grouped(&diff.changes).into_iter();
    DriftProblem::UpstreamChanged {
        summary: summary(diff),
        changes: changes.map(|group| group.summary()).collect(),
    }
}

/// A failure of a page, at its snapshot: what the site answers is no file that anybody could open.
#[cfg(feature = "fetch")]
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
