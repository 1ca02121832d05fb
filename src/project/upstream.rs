//! Comparing the snapshots with the documentation site. Nothing is written.

use super::{Project, Saved};
use crate::catalog::{Catalog, Page};
use crate::diagnostic::Diagnostic;
use crate::diff::{self, Diff, Side};
use crate::error::Error;
use crate::fetch::{self, Fetched, Request};

/// What the site says today, beside what the snapshots say.
#[derive(Debug)]
pub struct Upstream {
    /// How many pages were compared.
    pub compared: usize,
    /// The snapshots whose pages have changed, in their order.
    pub changed: Vec<ChangedPage>,
    /// Errors about pages that could not be fetched, or could not be compared.
    pub diagnostics: Vec<Diagnostic>,
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
        let mut upstream = Upstream {
            compared: 0,
            changed: Vec::new(),
            diagnostics: fetch::failures(&fetched),
        };
        for page in fetched.iter().filter(|page| page.result.is_ok()) {
            match self.refresh(page, saved) {
                Ok(import) => {
                    let path = import.replaces.as_ref().unwrap_or(&import.path);
                    upstream.compare(self, saved, path, &import.page);
                }
                Err(refusals) => upstream.diagnostics.extend(refusals),
            }
        }
        Ok(upstream)
    }
}

impl Upstream {
    /// Compares a page with its snapshot; one that cannot be read is told of elsewhere.
    fn compare(&mut self, project: &Project, saved: &[Saved], path: &str, new: &Page) {
        let old = saved.iter().find(|saved| saved.path == path);
        let Some(old) = old.and_then(|saved| saved.page.as_ref()) else {
            return;
        };
        self.compared += 1;
        let side = |page: &Page| {
            let page = Page {
                id: old.id.clone(),
                ..page.clone()
            };
            Side::of(Catalog::new(vec![page]))
        };
        let diff = diff::diff(&side(old), &side(new), project.change_levels());
        if !diff.changes.is_empty() {
            let path = path.to_owned();
            self.changed.push(ChangedPage { path, diff });
        }
    }
}
