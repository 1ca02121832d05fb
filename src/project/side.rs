//! Comparing: the records of snapshots, of a catalogue, or of an earlier state of the project.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::pages::Pages;
use super::revision::Revision;
use super::{Analysis, Project, Snapshot, read_catalog, unread};
use crate::catalog::Catalog;
use crate::config;
use crate::diagnostic::{Diagnostic, Place, any_error};
use crate::diff::{self, Diff, Side};
use crate::file::{self, MAX_RECORDS};
use crate::lint::Levels;
use crate::names::{self, Names};
use crate::problem::Report as Error;

/// What changed between two sides, and what kept some pages from being compared.
#[derive(Debug)]
pub struct Comparison {
    /// The changes of all pages that could be read on both sides.
    pub diff: Diff,
    /// Errors about single pages, which were left out.
    pub diagnostics: Vec<Diagnostic>,
}

/// One side, read.
#[derive(Debug)]
struct Reading {
    side: Side,
    /// The ids of the pages that could not be read.
    unread: BTreeSet<String>,
    diagnostics: Vec<Diagnostic>,
    /// Whether it is one saved page by itself.
    is_one_page: bool,
}

impl Project {
    /// Compares two sides. Each is a folder or file of snapshots, a file of records such as
    /// `catalog.json`, a folder with a project, or a git revision of this project.
    ///
    /// # Errors
    /// A side is none of these, or cannot be read as a whole. Single pages that cannot be read are
    /// left out on both sides, and told in [`Comparison::diagnostics`].
    pub fn diff(&self, old: &str, new: &str) -> Result<Comparison, Error> {
        let mut diagnostics = Vec::new();
        let mut read = |given: &str| {
            self.read_side(given)
                .inspect_err(|errors| diagnostics.extend(errors.iter().cloned()))
        };
        let (Ok(old), Ok(new)) = (read(old), read(new)) else {
            return Err(diagnostics.into());
        };
        Ok(self.compare_sides(old, new))
    }

    /// What an analysis changes about the records that the outputs have; none where they have none
    /// yet.
    ///
    /// # Errors
    /// The records of the outputs cannot be read, or no target writes any.
    pub fn changes(&self, analysis: &Analysis) -> Result<Option<Diff>, Error> {
        let file = self.catalog_file().ok_or_else(|| {
            Diagnostic::error(
                "catalog",
                "without the target `json` nobody knows what the pages said before",
            )
            .help("switch the target on in arkerr.toml, or compare with `arkerr diff`")
        })?;
        let Some(last) = self.read_own_catalog(&file)? else {
            return Ok(None);
        };
        let old = Reading {
            side: Side::named(last, &analysis.names.names),
            ..Reading::whole(BTreeSet::new())
        };
        let new = Reading {
            side: Side::of(analysis.catalog.clone()),
            ..Reading::whole(analysis.unread.clone())
        };
        Ok(Some(self.compare_sides(old, new).diff))
    }

    fn compare_sides(&self, mut old: Reading, mut new: Reading) -> Comparison {
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
        let mut diagnostics = old.diagnostics;
        diagnostics.extend(new.diagnostics);
        let mut diff = diff::diff(&old.side, &new.side, &self.config.changes);
        diff.unread = unread.into_iter().collect();
        Comparison { diff, diagnostics }
    }

    fn read_side(&self, given: &str) -> Result<Reading, Vec<Diagnostic>> {
        let path = self.root.join(given);
        if !path.exists() {
            return self.read_revision(given);
        }
        if path.is_file() && is_catalog(&path) {
            let catalog = read_catalog(&path, given)?;
            let catalog = catalog.unwrap_or_else(|| Catalog::new(Vec::new()));
            return Ok(Reading {
                side: Side::of(catalog),
                ..Reading::whole(BTreeSet::new())
            });
        }
        if self.is_own_folder(&path) {
            return self.read_own();
        }
        if is_project(&path) {
            return Self::open(&path)?
                .read_own()
                .map_err(|errors| in_place(errors, &format!("{given}/")));
        }
        self.read_pages(given, path.is_file())
    }

    /// Whether a path is the folder of the project, or that of its snapshots.
    fn is_own_folder(&self, path: &Path) -> bool {
        let Ok(path) = fs::canonicalize(path) else {
            return false;
        };
        let own = [".", &self.config.snapshots].into_iter();
        let mut own = own.map(|folder| fs::canonicalize(self.root.join(folder)));
        own.any(|own| own.is_ok_and(|own| own == path))
    }

    /// Reads pages that belong to nothing.
    fn read_pages(&self, given: &str, is_file: bool) -> Result<Reading, Vec<Diagnostic>> {
        let (snapshots, mut diagnostics) = self.snapshots(&[PathBuf::from(given)]);
        if any_error(&diagnostics) {
            for found in diagnostics.iter_mut().filter(|found| found.place.is_none()) {
                found.place = Some(Box::new(Place::file(given)));
            }
            return Err(diagnostics);
        }
        let pages = self.pages_of(snapshots, &Names::default());
        let mut reading = Reading::of(pages);
        reading.is_one_page = is_file;
        match is_file && reading.side.catalog.pages.is_empty() {
            true => Err(reading.diagnostics),
            false => Ok(reading),
        }
    }

    /// Reads the project's own snapshots, and names their codes. A project may have none yet.
    fn read_own(&self) -> Result<Reading, Vec<Diagnostic>> {
        let (sources, mut diagnostics) = self.own_sources();
        diagnostics.retain(|found| !sources.is_empty() || found.id != "no-snapshots");
        if any_error(&diagnostics) {
            return Err(diagnostics);
        }
        let names = Names::load(&self.root)?;
        let mut pages = self.pages_of(self.read_snapshots(sources), &names);
        unread::refuse_emptied(&mut pages, &names, || self.last_pages());
        let bad = pages.bad.clone();
        let mut reading = Reading::of(pages);
        if self.has_names(&names) {
            let count = reading.side.catalog.pages.len();
            // A page that cannot be read keeps its names from the others.
            reading.side.catalog.pages.extend(bad);
            let unread = reading.unread.iter().map(String::as_str).collect();
            self.name(&mut reading.side.catalog, &names, &unread)?;
            reading.side.catalog.pages.truncate(count);
        }
        reading.side = Side::named(reading.side.catalog, &names);
        Ok(reading)
    }

    /// Whether the project's codes have names. Before names are recorded, or at least generated,
    /// every edit of the documentation would rename constants that nobody has.
    fn has_names(&self, names: &Names) -> bool {
        let has_outputs = || self.last_pages().is_some_and(|pages| !pages.is_empty());
        !names.text().is_empty() || has_outputs()
    }

    /// The pages of some snapshots. What the lints think of them does not matter here.
    fn pages_of(&self, snapshots: Vec<Snapshot>, names: &Names) -> Pages {
        let mut config = self.config.clone();
        config.lints = Levels::default();
        Pages::of(snapshots, &config, names)
    }

    fn read_revision(&self, given: &str) -> Result<Reading, Vec<Diagnostic>> {
        let revision = Revision::resolve(&self.root, given)?;
        let told = |errors: Vec<Diagnostic>| in_place(errors, &format!("{given}:"));
        let checkout = tempfile::tempdir().map_err(|error| {
            let message = format!("a temporary folder cannot be made: {error}");
            vec![Diagnostic::error("revision", message)]
        })?;
        let settings = [config::FILE_NAME, names::FILE_NAME].map(str::to_owned);
        revision.export(&settings, checkout.path()).map_err(told)?;
        let project = Self::open(checkout.path()).map_err(|error| told(error.into()))?;
        let mut inputs = vec![project.config.snapshots.clone()];
        inputs.extend(project.catalog_file());
        revision.export(&inputs, checkout.path()).map_err(told)?;
        let mut reading = project.read_own().map_err(told)?;
        reading.diagnostics = told(reading.diagnostics);
        Ok(reading)
    }
}

impl Reading {
    fn of(pages: Pages) -> Self {
        let errors = pages.diagnostics.into_iter();
        Self {
            side: Side::of(Catalog::new(pages.good)),
            unread: pages.bad.into_iter().map(|page| page.id).collect(),
            diagnostics: errors.filter(Diagnostic::is_error).collect(),
            is_one_page: false,
        }
    }

    /// A side of which these pages could not be read, still without the others.
    fn whole(unread: BTreeSet<String>) -> Self {
        Self {
            side: Side::of(Catalog::new(Vec::new())),
            unread,
            diagnostics: Vec::new(),
            is_one_page: false,
        }
    }

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
            self.diagnostics.clear();
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
    let text = file::read(path, MAX_RECORDS).unwrap_or_default();
    serde_json::from_slice::<Members>(&text).is_ok()
}

/// The same diagnostics with paths that begin elsewhere.
fn in_place(mut diagnostics: Vec<Diagnostic>, prefix: &str) -> Vec<Diagnostic> {
    for found in &mut diagnostics {
        if let Some(place) = &mut found.place {
            place.path.insert_str(0, prefix);
        }
    }
    diagnostics
}
