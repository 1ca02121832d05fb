//! The look at the documentation site.

use super::Site;
use crate::changelog::{entries, tally};
use crate::cli::Context;
use crate::cli::fetch;
use crate::problem::{Diagnostic, DriftProblem, Locate as _, Report as Error};
use crate::project::{ChangedPage, Project};

/// The most changes that are told of a page.
const CHANGES_PER_PAGE: usize = 20;

/// Compares all snapshots with the site.
pub(super) fn look(project: &Project, context: &Context) -> Result<Site, Error> {
    let saved = project.saved()?;
    let requests = project.requests(&[], None, &saved);
    let upstream = fetch::with_progress(requests.len(), context, |done| {
        project.upstream(&saved, &requests, done)
    })?;
    Ok(Site {
        changed: upstream
            .changed
            .iter()
            .map(|page| context.with_command(changed(page)))
            .collect(),
        compared: upstream.compared,
        uncompared: upstream.uncompared,
        failures: upstream.failures,
        told: upstream.told,
    })
}

/// An error for a page that has changed, with what has changed in it.
fn changed(page: &ChangedPage) -> Diagnostic {
    let diff = &page.diff;
    let summary = format!("{}; semver: {}", tally(diff), diff.semver.name());
    let entries = entries(&diff.changes);
    let told = entries.iter().take(CHANGES_PER_PAGE);
    let mut changes: Vec<String> = told.map(|entry| entry.summary()).collect();
    if let Some(more @ 1..) = entries.len().checked_sub(CHANGES_PER_PAGE) {
        changes.push(format!("and {more} more"));
    }
    DriftProblem::UpstreamChanged { summary, changes }.at_file(&page.path)
}
