//! The look at the documentation site.

use super::Site;
use crate::changelog::{grouped, tally};
use crate::cli::Context;
use crate::cli::fetch;
use crate::diagnostic::{Diagnostic, Place};
use crate::problem::Report as Error;
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
            .map(|page| changed(page, &context.update))
            .collect(),
        compared: upstream.compared,
        uncompared: upstream.uncompared,
        failures: upstream.failures,
        told: upstream.told,
    })
}

/// An error for a page that has changed, with what has changed in it.
fn changed(page: &ChangedPage, update: &str) -> Diagnostic {
    let diff = &page.diff;
    let message = format!(
        "the page has changed on the site: {}; semver: {}",
        tally(diff),
        diff.semver.name()
    );
    let groups = grouped(&diff.changes);
    let mut error = Diagnostic::error("upstream-changed", message)
        .at(Place::file(&page.path))
        .help(format!(
            "to bring snapshots and outputs up to date, run: {update}"
        ));
    let told = groups.iter().take(CHANGES_PER_PAGE);
    error.notes = told.map(|group| group.summary()).collect();
    if let Some(more @ 1..) = groups.len().checked_sub(CHANGES_PER_PAGE) {
        error.notes.push(format!("and {more} more"));
    }
    error
}
