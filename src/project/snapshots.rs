//! The snapshots of a project: finding and reading them, and what the lints find in them.

use std::path::PathBuf;

use super::Project;
use crate::lint;
use crate::names::Names;
use crate::naming;
use crate::pages::{Pages, ReadSnapshot};
use crate::parse::{self, PageFacts};
use crate::path;
use crate::problem::{Diagnostic, Locate as _, ProjectProblem, Report};
use crate::snapshot::{self, Document, Source};

impl Project {
    /// Reads the records of some snapshots, files or folders; of the project's own where
    /// `paths` is empty. Each snapshot that can be read is a page of its own, whatever the others
    /// are and whatever was found in it.
    pub(crate) fn read_pages(&self, paths: &[PathBuf]) -> Pages {
        let (snapshots, report) = self.snapshots(paths);
        let mut pages = Pages {
            report,
            ..Pages::default()
        };
        for snapshot in snapshots {
            match snapshot.parsed {
                Ok(parsed) => {
                    pages.report.extend(parsed.diagnostics);
                    pages.account += parsed.account;
                    pages.pages.push(parsed.page);
                }
                Err(report) => pages.report.extend(report),
            }
        }
        pages
    }

    /// Looks for what the lints find in some snapshots, or in the project's own. What keeps a
    /// snapshot from being read is found too.
    pub(crate) fn lint(&self, paths: &[PathBuf]) -> Vec<Diagnostic> {
        let (snapshots, mut report) = self.snapshots(paths);
        let names = report.collect(Names::load(&self.root)).unwrap_or_default();
        let (prefixes, lints) = (self.config.prefixes(), &self.config.lints);
        for snapshot in snapshots {
            match snapshot.parsed {
                Ok(mut parsed) => {
                    parsed.page.id = self.config.page_id(&snapshot.source.id).to_owned();
                    report.extend(parsed.diagnostics.into_iter().filter(Diagnostic::is_error));
                    let nameless = naming::nameless(&parsed.page, &names, &prefixes, lints);
                    report.extend(lint::check(&parsed.page, &parsed.sources, &nameless, lints));
                }
                Err(errors) => report.extend(errors),
            }
        }
        report.into()
    }

    /// Reads the snapshots under some paths, or the project's own, as far as there are some.
    fn snapshots(&self, paths: &[PathBuf]) -> (Vec<ReadSnapshot>, Report) {
        let (sources, mut report) = if paths.is_empty() {
            self.own_sources()
        } else {
            snapshot::find_snapshots(&self.root, paths)
        };
        if sources.is_empty() && !report.has_errors() {
            report.push(ProjectProblem::NoSnapshotsInPaths.nowhere());
        }
        (self.read_snapshots(sources), report)
    }

    /// The project's own snapshots, in the order of their files. Those that cannot be read are
    /// among them.
    ///
    /// # Errors
    /// The folder of the snapshots cannot be read.
    pub(crate) fn saved(&self) -> Result<Vec<ReadSnapshot>, Report> {
        let (sources, report) = self.own_sources_if_any();
        report.check()?;
        Ok(self.read_snapshots(sources))
    }

    /// Reads snapshots on all processors; the result has their order, whoever was faster.
    pub(super) fn read_snapshots(&self, sources: Vec<Source>) -> Vec<ReadSnapshot> {
        let read = |source: Source| {
            let document = Document::read_source(&source);
            let facts = self.facts(&source.id);
            ReadSnapshot {
                parsed: document.map(|document| parse::parse(&document, facts)),
                source,
            }
        };
        crate::parallel::map(sources, read)
    }

    /// Finds the project's own snapshots. That there are none is an error.
    pub(super) fn own_sources(&self) -> (Vec<Source>, Report) {
        let (sources, mut report) = self.own_sources_if_any();
        if sources.is_empty() && !report.has_errors() {
            let folder = &self.config.snapshots;
            report.push(ProjectProblem::NoSnapshots(folder.clone()).at_file(folder));
        }
        (sources, report)
    }

    /// Finds the project's own snapshots, of which there may be none.
    pub(super) fn own_sources_if_any(&self) -> (Vec<Source>, Report) {
        let folder = &self.config.snapshots;
        let path = self.root.join(folder);
        if let Err(refusal) = path::resolve(&self.root, &path, folder) {
            return (Vec::new(), refusal);
        }
        if path.exists() && !path.is_dir() {
            let problem = ProjectProblem::SnapshotsAreAFile.at_file(folder);
            return (Vec::new(), problem.into());
        }
        if !path.exists() {
            return (Vec::new(), Report::default());
        }
        snapshot::find_snapshots(&self.root, &[PathBuf::from(folder)])
    }

    /// What the project says about the page of a snapshot with this id.
    pub(super) fn facts(&self, id: &str) -> PageFacts {
        let page = self.config.page_id(id);
        PageFacts {
            id: id.to_owned(),
            url: self.config.page_url(id),
            site_urls: self.config.site_urls(page),
            kit: self.config.page_kit(page).map(str::to_owned),
            ..PageFacts::default()
        }
    }
}
