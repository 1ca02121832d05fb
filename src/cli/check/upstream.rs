//! The look at the documentation site.

use super::Site;
use crate::changelog::{grouped, tally};
use crate::cli::Context;
use crate::cli::fetch::with_progress;
use crate::fetch;
use crate::problem::{Diagnostic, DriftProblem, Locate as _, Report};
use crate::project::{ChangedPage, Project};

/// Compares all snapshots with the site.
pub(super) fn look(project: &Project, context: &Context) -> Result<Site, Report> {
    let saved = project.saved()?;
    let requests = project.requests_of_all(None, &saved);
    let upstream = with_progress(requests.len(), context, |done| {
        project.upstream(&saved, &requests, done)
    })?;
    let changed = upstream.changed.iter();
    Ok(Site {
        changed: changed
            .map(|page| context.with_command(changed_page(page)))
            .collect(),
        compared: upstream.compared,
        uncompared: upstream.uncompared,
        told: fetch::together(upstream.failures.iter().cloned()).into(),
        failures: upstream.failures,
    })
}

/// An error for a page that has changed, with what has changed in it.
fn changed_page(page: &ChangedPage) -> Diagnostic {
    let diff = &page.diff;
    let changes = grouped(&diff.changes).into_iter();
    let problem = DriftProblem::UpstreamChanged {
        summary: format!("{}; semver: {}", tally(diff), diff.semver.name()),
        changes: changes.map(|group| group.summary()).collect(),
    };
    problem.at_file(&page.path)
}
