//! Reading snapshots: the records of each, and what the lints find in them.

use std::path::PathBuf;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::{Project, Reading, Snapshot};
use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, Place, any_error};
use crate::diff;
use crate::links;
use crate::lint::{self, Level, Lint};
use crate::names::Names;
use crate::naming;
use crate::parse::{self, Account, PageFacts};
use crate::problem::Report;
use crate::snapshot::{self, Document, Source};

impl Project {
    /// Reads the records of some snapshots, files or folders; of the project's own where
    /// `paths` is empty. Each snapshot is a page of its own, whatever the others are.
    #[must_use]
    pub fn read(&self, paths: &[PathBuf]) -> Reading {
        let (snapshots, mut diagnostics) = self.snapshots(paths);
        let mut account = Account::default();
        let mut pages = Vec::new();
        for snapshot in snapshots {
            diagnostics.extend(snapshot.diagnostics);
            if let Some(parsed) = snapshot.parsed {
                diagnostics.extend(parsed.diagnostics);
                account += parsed.account;
                pages.push(parsed.page);
            }
        }
        Reading {
            catalog: Catalog::new(pages),
            account,
            diagnostics,
        }
    }

    /// How much a lint weighs in the project.
    #[must_use]
    pub fn lint_level(&self, lint: Lint) -> Level {
        self.config.lints.of(lint)
    }

    /// How much changes of the documentation weigh in the project.
    #[must_use]
    pub fn change_levels(&self) -> &diff::Levels {
        &self.config.changes
    }

    /// Looks for what the lints find in some snapshots, or in the project's own. What keeps a
    /// snapshot from being read is told too.
    #[must_use]
    pub fn lint(&self, paths: &[PathBuf]) -> Vec<Diagnostic> {
        let (snapshots, mut diagnostics) = self.snapshots(paths);
        let names = Names::load(&self.root).unwrap_or_else(|errors| {
            diagnostics.extend(errors);
            Names::default()
        });
        let prefixes = self.config.prefixes();
        for snapshot in snapshots {
            diagnostics.extend(snapshot.diagnostics);
            if let Some(mut parsed) = snapshot.parsed {
                parsed.page.id = self.config.page_id(&snapshot.source.id).to_owned();
                let errors = parsed.diagnostics.iter().filter(|found| found.is_error());
                diagnostics.extend(errors.cloned());
                let lints = &self.config.lints;
                let nameless = naming::nameless(&parsed.page, &names, &prefixes, lints);
                diagnostics.extend(lint::check(&parsed.page, &parsed.sources, &nameless, lints));
            }
        }
        diagnostics
    }

    /// Reads the snapshots under some paths, or the project's own.
    pub(super) fn snapshots(&self, paths: &[PathBuf]) -> (Vec<Snapshot>, Vec<Diagnostic>) {
        let (sources, diagnostics) = match paths.is_empty() {
            true => self.own_sources(),
            false => self.sources_under(paths),
        };
        (self.read_snapshots(sources), diagnostics)
    }

    /// Reads snapshots on all processors; the result has their order, whoever was faster.
    pub(super) fn read_snapshots(&self, sources: Vec<Source>) -> Vec<Snapshot> {
        let sources = sources.into_par_iter();
        sources.map(|source| self.read_snapshot(source)).collect()
    }

    fn sources_under(&self, paths: &[PathBuf]) -> (Vec<Source>, Vec<Diagnostic>) {
        let (sources, found) = snapshot::find(&self.root, paths);
        let mut diagnostics = Vec::from(found);
        if sources.is_empty() && !any_error(&diagnostics) {
            diagnostics.push(
                Diagnostic::error("no-snapshots", "there are no snapshots").help(format!(
                    "a saved page in a folder ends in {}",
                    snapshot::endings()
                )),
            );
        }
        (sources, diagnostics)
    }

    pub(super) fn own_sources(&self) -> (Vec<Source>, Vec<Diagnostic>) {
        let folder = &self.config.snapshots;
        let path = self.root.join(folder);
        if let Err(outside) = links::refuse_outside(&self.root, folder) {
            return (Vec::new(), vec![outside]);
        }
        if path.is_file() {
            let refusal = Diagnostic::error("no-snapshots", "the folder of snapshots is a file")
                .at(Place::file(folder))
                .help("move the file, or name another folder as `snapshots` in arkerr.toml");
            return (Vec::new(), vec![refusal]);
        }
        let (sources, found) = match path.exists() {
            true => snapshot::find(&self.root, &[PathBuf::from(folder)]),
            false => (Vec::new(), Report::default()),
        };
        let mut diagnostics = Vec::from(found);
        if sources.is_empty() {
            diagnostics.push(
                Diagnostic::error("no-snapshots", "there are no snapshots")
                    .at(Place::file(folder))
                    .help(format!(
                        "save an error-code page of the documentation as `{folder}/NAME.html`, where NAME is \
                         the last part of its address, or have `arkerr import` make a snapshot of a page that lies elsewhere"
                    )),
            );
        }
        (sources, diagnostics)
    }

    fn read_snapshot(&self, source: Source) -> Snapshot {
        let document = Document::read(&source);
        let facts = self.facts(&source.id);
        match document {
            Ok(document) => Snapshot {
                parsed: Some(parse::parse(&document, facts)),
                source,
                diagnostics: Vec::new(),
            },
            Err(refusal) => Snapshot {
                source,
                parsed: None,
                diagnostics: refusal.into(),
            },
        }
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
