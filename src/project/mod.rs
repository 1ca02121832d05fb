//! A project: a folder with snapshots, perhaps an `arkerr.toml`, and an output folder.
//!
//! This is the way through all rooms, from the files on disk to a plan.

mod analysis;
mod filing;
mod import;
mod moved;
mod pages;
mod reading;
mod record;
#[cfg(feature = "fetch")]
mod refresh;
mod revision;
mod saved;
mod side;
mod unread;
#[cfg(feature = "fetch")]
mod upstream;

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::catalog::{Catalog, SCHEMA};
use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, Place};
use crate::file::{self, MAX_RECORDS};
use crate::links::{self, or_here};
use crate::parse::{Account, Parsed};
use crate::plan::Plan;
use crate::problem::Report as Error;
use crate::render::{self, Rendered, Target, Templates};
use crate::snapshot::Source;
pub use import::{Import, ImportFacts, ImportStatus};
pub use record::{NamesUpdate, Renamed};
pub use saved::Saved;
pub use side::Comparison;
#[cfg(feature = "fetch")]
pub use upstream::{ChangedPage, Upstream};

/// A folder with snapshots and an output folder.
#[derive(Debug)]
pub struct Project {
    root: PathBuf,
    config: Config,
}

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

/// What came of looking at a project as a whole.
#[derive(Debug)]
pub struct Analysis {
    /// The pages, with the identifiers given to them.
    pub catalog: Catalog,
    /// What became of the text of all pages.
    pub account: Account,
    /// What is recorded in `names.toml`, and what has to be.
    pub names: NamesUpdate,
    /// What has to be done to the output folder.
    pub plan: Plan,
    /// The ids of the pages that cannot be read at present; the catalogue does not have them.
    pub unread: BTreeSet<String>,
    /// What was found; errors are about single pages, whose files the plan leaves as they are.
    pub diagnostics: Vec<Diagnostic>,
}

/// A snapshot, and what came of reading it.
#[derive(Debug)]
struct Snapshot {
    source: Source,
    /// None where the file is no page at all.
    parsed: Option<Parsed>,
    /// What was found before there was a page.
    diagnostics: Vec<Diagnostic>,
}

impl Project {
    /// Opens the project in a folder.
    ///
    /// # Errors
    /// Its `arkerr.toml` is wrong.
    pub fn open(root: impl Into<PathBuf>) -> Result<Self, Error> {
        let root = root.into();
        let config = Config::load(&root)?;
        Ok(Self { root, config })
    }

    /// Opens the project around a folder: the nearest above it that has an `arkerr.toml`, or
    /// records in the place where arkerr puts them; else the folder itself.
    ///
    /// # Errors
    /// As [`Project::open`].
    pub fn around(folder: &Path) -> Result<Self, Error> {
        let here = or_here(folder);
        let start = std::path::absolute(here).unwrap_or_else(|_| here.to_owned());
        let is_project = |folder: &&Path| {
            folder.join(config::FILE_NAME).is_file() || folder.join(config::CATALOG_FILE).is_file()
        };
        match start.ancestors().find(is_project) {
            Some(root) if root != start => Self::open(root),
            _ => Self::open(folder),
        }
    }

    /// The records that the outputs have, with the names in them; those of the snapshots, where
    /// the outputs have none. This is the quick way to look something up.
    ///
    /// # Errors
    /// The records of the outputs cannot be read, or, where there are none, as
    /// [`Project::analyse`].
    pub fn saved_catalog(&self) -> Result<Catalog, Error> {
        let file = self.catalog_file();
        match file.map(|file| self.read_own_catalog(&file)) {
            Some(Ok(Some(catalog))) => Ok(catalog),
            Some(Err(error)) => Err(error),
            Some(Ok(None)) | None => self.analyse().map(|analysis| analysis.catalog),
        }
    }

    /// Renders all targets of a catalogue whose pages have names, such as that of an
    /// [`Analysis`]: the texts of the output files by their paths. Nothing is written.
    ///
    /// # Errors
    /// A template is wrong, or two files would have one path.
    pub fn render(&self, catalog: &Catalog) -> Result<Rendered, Error> {
        let Config {
            targets, snapshots, ..
        } = &self.config;
        let templates = self.templates()?;
        render::render(catalog, targets, &templates, snapshots)
    }

    /// Compares rendered files with the output folder. Nothing is written until the plan is
    /// carried out.
    ///
    /// # Errors
    /// The folder cannot be read, or has something in the place of a file that is not arkerr's.
    pub fn compare(&self, rendered: Rendered) -> Result<Plan, Error> {
        Ok(Plan::compare(
            &self.root,
            &self.config.output,
            rendered,
            &[],
        )?)
    }

    /// The templates of the project.
    ///
    /// # Errors
    /// Some of its own cannot be read, are none, name what is not there, or are missing.
    pub fn templates(&self) -> Result<Templates, Error> {
        let config = &self.config;
        let templates = Templates::load(&self.root, config.templates.as_deref(), &config.targets)?;
        let missing = config.missing_templates(&templates);
        if missing.is_empty() {
            Ok(templates)
        } else {
            Err(missing.into())
        }
    }

    /// The targets of the project, in the order of their names.
    #[must_use]
    pub fn targets(&self) -> &[Target] {
        &self.config.targets
    }

    /// The same project with other targets than its settings say, and another output folder, which
    /// may be an absolute path.
    #[must_use]
    pub fn with_outputs(mut self, targets: Vec<Target>, output: impl Into<String>) -> Self {
        self.config.targets = targets;
        self.config.output = output.into();
        self
    }

    /// The folders that the outputs are made of, relative to the project: that of the snapshots,
    /// and that of own templates.
    pub fn input_folders(&self) -> impl Iterator<Item = &str> {
        let snapshots = [self.config.snapshots.as_str()].into_iter();
        snapshots.chain(self.config.templates.as_deref())
    }

    /// Whether the project names a folder of own templates.
    #[must_use]
    pub fn has_templates(&self) -> bool {
        self.config.templates.is_some()
    }

    /// Where the outputs have the records of all pages, as the user would write it.
    #[must_use]
    pub fn catalog_file(&self) -> Option<String> {
        let file = render::catalog_file(&self.config.targets)?;
        Some(format!("{}/{file}", self.config.output))
    }

    /// Reads a file of records in the output folder. A caller may have named an output folder outside
    /// of the project; a link must not lead to one.
    fn read_own_catalog(&self, file: &str) -> Result<Option<Catalog>, Error> {
        let path = self.root.join(file);
        let bounds = links::bounds(&self.root, &self.config.output);
        if let Some(place) = links::leads_out(&bounds, &path) {
            return Err(links::outside(file, &place).into());
        }
        read_catalog(&path, file)
    }

    fn output(&self) -> PathBuf {
        self.root.join(&self.config.output)
    }
}

/// Reads a file of records, which people call `shown`; none where there is no such file.
///
/// # Errors
/// It cannot be read, or holds no records.
pub fn read_catalog(path: &Path, shown: &str) -> Result<Option<Catalog>, Error> {
    let refusal = |message: String| {
        Diagnostic::error("catalog", message)
            .at(Place::file(shown))
            .help(format!("run {} to write it anew", render::COMMAND))
    };
    let text = match file::read(path, MAX_RECORDS) {
        Ok(text) => text,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(refusal(format!("the records cannot be read: {error}")).into()),
    };
    let catalog: Catalog = serde_json::from_slice(&text)
        .map_err(|error| refusal(format!("this is no file of records: {error}")))?;
    match catalog.schema {
        SCHEMA => Ok(Some(catalog)),
        other => {
            let message = format!("the records are of version {other}, this arkerr knows {SCHEMA}");
            Err(refusal(message).into())
        }
    }
}
