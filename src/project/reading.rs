//! Reading snapshots: the records of each, and what the lints find in them.

use std::path::PathBuf;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::Project;
use crate::catalog::Catalog;
use crate::lint;
use crate::names::Names;
use crate::naming;
use crate::pages::ReadSnapshot;
use crate::parse::{self, Account, PageFacts};
use crate::path;
use crate::problem::{Diagnostic, Locate as _, ProjectProblem, Report};
use crate::snapshot::{self, Document, Source};

/// The records of some snapshots, and what there is to say about them.
#[derive(Debug)]
pub struct Reading {
    /// A page for each snapshot that could be read.
    pub catalog: Catalog,
    /// What became of the text of all of them.
    pub account: Account,
    /// What was found, in the order of the files.
    pub diagnostics: Vec<Diagnostic>,
}

impl Project {
    /// Reads the records of some snapshots, files or folders; of the project's own where
    /// `paths` is empty. Each snapshot is a page of its own, whatever the others are.
    pub(crate) fn read_pages(&self, paths: &[PathBuf]) -> Reading {
        let (snapshots, report) = self.snapshots(paths);
        let mut diagnostics = Vec::from(report);
        let mut account = Account::default();
        let mut pages = Vec::new();
        for snapshot in snapshots {
            match snapshot.parsed {
                Ok(parsed) => {
                    diagnostics.extend(parsed.diagnostics);
                    account += parsed.account;
                    pages.push(parsed.page);
                }
                Err(report) => diagnostics.extend(report),
            }
        }
        Reading {
            catalog: Catalog::new(pages),
            account,
            diagnostics,
        }
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
    pub(super) fn snapshots(&self, paths: &[PathBuf]) -> (Vec<ReadSnapshot>, Report) {
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

    /// Reads snapshots on all processors; the result has their order, whoever was faster.
    pub(super) fn read_snapshots(&self, sources: Vec<Source>) -> Vec<ReadSnapshot> {
        let read = |source| self.read_snapshot(source);
        sources.into_par_iter().map(read).collect()
    }

    fn read_snapshot(&self, source: Source) -> ReadSnapshot {
        let document = Document::read_source(&source);
        let facts = self.facts(&source.id);
        ReadSnapshot {
            parsed: document.map(|document| parse::parse(&document, facts)),
            source,
        }
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
        if let Err(outside) = path::refuse_outside(&self.root, folder) {
            return (Vec::new(), outside);
        }
        if path.is_file() {
            let problem = ProjectProblem::SnapshotsAreAFile.at_file(folder);
            return (Vec::new(), problem.into());
        }
        if !path.exists() {
            return (Vec::new(), Report::default());
        }
        snapshot::find_snapshots(&self.root, &[PathBuf::from(folder)])
    }

    pub(super) fn facts(&self, id: &str) -> PageFacts {
        let page = self.config.page_id(id);
        PageFacts {
            id: id.to_owned(),
            title: None,
            language: None,
            url: self.config.page_url(id),
            site_urls: self.config.site_urls(page),
            kit: self.config.page_kit(page).map(str::to_owned),
        }
    }
}
