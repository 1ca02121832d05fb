//! Comparing two states of the documentation: snapshots, a catalogue, or an earlier state of the
//! project.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::{Analysis, Project, read_catalog};
use crate::catalog::Catalog;
use crate::config;
use crate::diff::{self, Diff, Side};
use crate::file::{self, MAX_RECORDS};
use crate::git::Revision;
use crate::lint::Levels;
use crate::names::{self, Names};
use crate::naming;
use crate::pages::Assembly;
use crate::path;
use crate::problem::{Diagnostic, Locate as _, ProjectProblem, Report};
use crate::snapshot::{self, Source};

/// What changed between two sides, and what kept some pages from being compared.
#[derive(Debug)]
pub struct Comparison {
    /// The changes of all pages that could be read on both sides.
    pub diff: Diff,
    /// Errors about single pages, which were left out.
    pub diagnostics: Vec<Diagnostic>,
}

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

/// One of the two states that are compared.
#[derive(Debug)]
struct State {
    side: Side,
    /// The ids of the pages that could not be read.
    unread: BTreeSet<String>,
    /// Why they could not.
    errors: Vec<Diagnostic>,
    /// Whether it is one saved page by itself.
    is_one_page: bool,
}

impl Project {
    /// Compares two sides. Each is a folder or file of snapshots, a file of records such as
    /// `catalog.json`, a folder with a project, or a git revision of this project.
    ///
    /// # Errors
    /// A side is none of these, or cannot be read as a whole. Single pages that cannot be read are
    /// left out on both sides, and are in [`Comparison::diagnostics`].
    pub(crate) fn diff(&self, old: &str, new: &str) -> Result<Comparison, Report> {
        let mut report = Report::default();
        match [old, new].map(|given| report.collect(self.state(given))) {
            [Some(old), Some(new)] => Ok(self.compare_states(old, new)),
            _ => Err(report),
        }
    }

    /// What an analysis changes about the records that the outputs have; none where they have none
    /// yet.
    ///
    /// # Errors
    /// The records of the outputs cannot be read, or no target writes any.
    pub(crate) fn changes(&self, analysis: &Analysis) -> Result<Option<Diff>, Report> {
        let file = self.catalog_file();
        let file = file.ok_or_else(|| ProjectProblem::NoCatalogTarget.nowhere())?;
        let Some(last) = self.read_own_catalog(&file)? else {
            return Ok(None);
        };
        let old = Side::named(last, &analysis.names.names);
        let new = Side::unnamed(analysis.catalog.clone());
        Ok(Some(diff::diff(&old, &new, &self.config.changes)))
    }

    fn compare_states(&self, mut old: State, mut new: State) -> Comparison {
        // A page by itself is compared with its like and nothing else, whatever its file is called.
        match (old.is_one_page, new.is_one_page) {
            (true, true) => old.take_id(&new),
            (true, false) => new.keep_only(&old),
            (false, true) => old.keep_only(&new),
            (false, false) => {}
        }
        let unread: BTreeSet<String> = old.unread.union(&new.unread).cloned().collect();
        for side in [&mut old.side, &mut new.side] {
            side.catalog.pages.retain(|page| !unread.contains(&page.id));
        }
        let mut diagnostics = old.errors;
        diagnostics.extend(new.errors);
        let mut diff = diff::diff(&old.side, &new.side, &self.config.changes);
        diff.unread = unread.into_iter().collect();
        Comparison { diff, diagnostics }
    }

    fn state(&self, given: &str) -> Result<State, Report> {
        let path = self.root.join(given);
        if !path.exists() && !path::is_link(&path) {
            return self.state_of_revision(given);
        }
        // A file that somebody adds must not take the place of a revision.
        let first = Path::new(given).components().next();
        let may_be_revision = matches!(first, Some(Component::Normal(_)));
        if may_be_revision && Revision::resolve(&self.root, given).is_ok() {
            let given = given.to_owned();
            return Err(ProjectProblem::PathAndRevision { given }.nowhere().into());
        }
        path::resolve(&path::bounds(&self.root, given), &path, given)?;
        if path.is_file() && is_catalog(&path) {
            let catalog = read_catalog(&path, given)?.unwrap_or_default();
            return Ok(State {
                side: Side::unnamed(catalog),
                unread: BTreeSet::new(),
                errors: Vec::new(),
                is_one_page: false,
            });
        }
        if self.is_own_folder(&path) {
            return self.own_state();
        }
        if is_project(&path) {
            let state = Self::open(&path).and_then(|project| project.own_state());
            return in_place(state, &format!("{given}/"));
        }
        self.state_of_pages(given, path.is_file())
    }

    /// Whether a path is the folder of the project, or that of its snapshots.
    fn is_own_folder(&self, path: &Path) -> bool {
        let mut own = [".", &self.config.snapshots].into_iter();
        own.any(|folder| path::is_same(&self.root.join(folder), path))
    }

    /// Reads pages that belong to nothing.
    fn state_of_pages(&self, given: &str, is_one_page: bool) -> Result<State, Report> {
        let (sources, mut report) = snapshot::find_snapshots(&self.root, &[PathBuf::from(given)]);
        if sources.is_empty() && !report.has_errors() {
            report.push(ProjectProblem::NoSnapshotsInPaths.at_file(given));
        }
        report.check()?;
        let state = State {
            is_one_page,
            ..self.state_of_sources(sources, &Names::default())?
        };
        if is_one_page && state.side.catalog.pages.is_empty() {
            return Err(state.errors.into());
        }
        Ok(state)
    }

    /// Reads the project's own snapshots.
    fn own_state(&self) -> Result<State, Report> {
        let (sources, report) = self.own_sources_if_any();
        report.check()?;
        self.state_of_sources(sources, &Names::load(&self.root)?)
    }

    /// Reads some snapshots, and names their codes, once names are recorded: before, every edit of
    /// the documentation would rename constants that nobody has. What the lints think of the pages
    /// does not matter here.
    fn state_of_sources(&self, sources: Vec<Source>, names: &Names) -> Result<State, Report> {
        let prefixes = self.config.prefixes();
        let assembly = Assembly {
            config: &self.config,
            names,
            prefixes: &prefixes,
            levels: Levels::default().errors_only(),
        };
        let pages = assembly.pages(self.read_snapshots(sources));
        let mut catalog = Catalog::new(pages.pages);
        if !names.file_text().is_empty() {
            naming::assign(&mut catalog, names, &prefixes)?;
        }
        let errors = pages.report.into_iter().filter(Diagnostic::is_error);
        Ok(State {
            side: Side::named(catalog, names),
            unread: pages.unread,
            errors: errors.collect(),
            is_one_page: false,
        })
    }

    fn state_of_revision(&self, given: &str) -> Result<State, Report> {
        let revision = Revision::resolve(&self.root, given)?;
        in_place(revision_state(&revision), &format!("{given}:"))
    }
}

/// Reads a revision in a temporary folder.
fn revision_state(revision: &Revision) -> Result<State, Report> {
    let checkout = tempfile::tempdir().map_err(|error| {
        let message = format!("a temporary folder cannot be made: {error}");
        ProjectProblem::Revision(message).nowhere()
    })?;
    let settings = [config::FILE_NAME, names::FILE_NAME].map(str::to_owned);
    revision.export(&settings, checkout.path())?;
    let project = Project::open(checkout.path())?;
    let snapshots = project.config.snapshots.clone();
    revision.export(&[snapshots], checkout.path())?;
    project.own_state()
}

impl State {
    /// Calls the one page of this side as the other side calls its own.
    fn take_id(&mut self, other: &Self) {
        let pages = &mut self.side.catalog.pages;
        if let (Some(page), Some(other)) = (pages.first_mut(), other.side.catalog.pages.first()) {
            page.id.clone_from(&other.id);
        }
    }

    /// Leaves out what the one page of the other side cannot be compared with: other pages, and
    /// other languages.
    fn keep_only(&mut self, other: &Self) {
        let Some(other) = other.side.catalog.pages.first() else {
            return;
        };
        self.unread.retain(|id| *id == other.id);
        if self.unread.is_empty() {
            // They are about pages that nobody asked for.
            self.errors.clear();
        }
        let pages = &mut self.side.catalog.pages;
        pages.retain(|page| page.id == other.id);
        for page in pages {
            page.translations.retain(|language, _| {
                *language == other.language || other.translations.contains_key(language)
            });
        }
    }
}

/// Whether a folder holds a project, and no saved pages by themselves. A project needs no file but
/// its snapshots.
fn is_project(folder: &Path) -> bool {
    let mut files = [config::FILE_NAME, names::FILE_NAME].into_iter();
    files.any(|file| folder.join(file).is_file()) || folder.join(config::DEFAULT_SNAPSHOTS).is_dir()
}

/// Whether a file holds records, and no saved page.
fn is_catalog(path: &Path) -> bool {
    #[derive(Deserialize)]
    struct Members {
        #[serde(rename = "schema")]
        _schema: IgnoredAny,
        #[serde(rename = "pages")]
        _pages: Vec<IgnoredAny>,
    }
    let text = file::read_regular(path, MAX_RECORDS).unwrap_or_default();
    serde_json::from_slice::<Members>(&text).is_ok()
}

/// The same state, with errors whose paths begin elsewhere.
fn in_place(state: Result<State, Report>, prefix: &str) -> Result<State, Report> {
    let moved = |mut found: Diagnostic| {
        if let Some(place) = &mut found.place {
            place.path.insert_str(0, prefix);
        }
        found
    };
    match state {
        Ok(state) => Ok(State {
            errors: state.errors.into_iter().map(moved).collect(),
            ..state
        }),
        Err(report) => Err(report.into_iter().map(moved).collect()),
    }
}
