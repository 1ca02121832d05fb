//! What a project has saved: its snapshots, each with what is known of its page.

use super::Project;
use crate::catalog::Page;
use crate::problem::Report;

/// A snapshot of a project.
#[derive(Debug)]
pub struct Saved {
    /// The stem of its file, which is what the site calls the page.
    pub id: String,
    /// Its path, as the user would write it.
    pub path: String,
    /// Its records, where it can be read.
    pub page: Option<Page>,
}

impl Project {
    /// The snapshots of the project, in the order of their files. Those that cannot be read are
    /// among them.
    ///
    /// # Errors
    /// The folder of the snapshots cannot be read.
    pub(crate) fn saved(&self) -> Result<Vec<Saved>, Report> {
        let (sources, report) = self.own_sources_if_any();
        report.check()?;
        let snapshots = self.read_snapshots(sources).into_iter();
        let saved = snapshots.map(|snapshot| Saved {
            id: snapshot.source.id,
            path: snapshot.source.shown,
            page: snapshot.parsed.ok().map(|parsed| parsed.page),
        });
        Ok(saved.collect())
    }
}
