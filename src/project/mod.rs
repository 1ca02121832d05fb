//! A project: a folder with snapshots, perhaps an `arkerr.toml`, and an output folder.
//!
//! This is the way through all rooms, from the files on disk to a plan.

mod moved;
mod pages;
mod record;
mod unread;

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::catalog::{Catalog, Page};
use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, Place, any_error};
use crate::error::Error;
use crate::lint::{self, Level, Lint};
use crate::names::{self, Entry, Key, Names};
use crate::naming::{self, Listed, Naming};
use crate::parse::{self, Account, PageFacts, Parsed};
use crate::plan::{self, Difference, Plan};
use crate::render::{self, Rendered, Target, Templates};
use crate::snapshot::{self, Document, Source};
use pages::Pages;
pub use record::{NamesUpdate, Renamed};

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
        let here = match folder.as_os_str().is_empty() {
            true => Path::new("."),
            false => folder,
        };
        let start = std::path::absolute(here).unwrap_or_else(|_| here.to_owned());
        let is_project = |folder: &&Path| {
            folder.join(config::FILE_NAME).is_file() || folder.join(config::CATALOG_FILE).is_file()
        };
        match start.ancestors().find(is_project) {
            Some(root) if root != start => Self::open(root),
            _ => Self::open(folder),
        }
    }

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

    /// Reads the project's snapshots, names their codes, renders the outputs and compares them
    /// with the output folder. Nothing is written.
    ///
    /// A page that cannot be read keeps its files; the others are done.
    ///
    /// # Errors
    /// Something keeps all outputs from being made. All that was found is returned, warnings
    /// included.
    pub fn analyse(&self) -> Result<Analysis, Error> {
        Ok(self.analysis()?)
    }

    fn analysis(&self) -> Result<Analysis, Vec<Diagnostic>> {
        let (sources, mut diagnostics) = self.own_sources();
        if any_error(&diagnostics) {
            return Err(diagnostics);
        }
        let names = match Names::load(&self.root) {
            Ok(names) => names,
            Err(errors) => {
                diagnostics.extend(errors);
                return Err(diagnostics);
            }
        };
        let snapshots = self.read_snapshots(sources);
        diagnostics.extend(self.config.unused(&codes_by_id(&snapshots)));
        let mut pages = Pages::of(snapshots, &self.config, &names);
        unread::refuse_emptied(&mut pages, &names, || self.last_pages());
        moved::refuse(&mut pages, &names);
        diagnostics.extend(pages.diagnostics);
        let has_codes = pages.good.iter().any(|page| !page.codes.is_empty());
        if !has_codes && !any_error(&diagnostics) {
            diagnostics.push(
                Diagnostic::error("no-codes", "no page has any error code")
                    .at(Place::file(&self.config.snapshots))
                    .help("save the pages again once they have loaded in the browser"),
            );
        }
        let is_config = |found: &Diagnostic| found.is_error() && found.id == "config";
        if !has_codes || diagnostics.iter().any(is_config) {
            return Err(diagnostics);
        }
        match self.plan(pages.good, pages.bad, &names, &mut diagnostics) {
            Ok((catalog, changes, plan)) => Ok(Analysis {
                account: pages.account,
                names: self.names_update(names, changes, &catalog, &plan),
                catalog,
                plan,
                diagnostics,
            }),
            Err(errors) => {
                diagnostics.extend(errors);
                Err(diagnostics)
            }
        }
    }

    /// All names of the project, those included that its next outputs will record.
    #[must_use]
    pub fn names(&self, analysis: &Analysis) -> Vec<Listed> {
        let prefixes = self.config.prefixes();
        let NamesUpdate { names, changes, .. } = &analysis.names;
        naming::list(&analysis.catalog, names, changes, &prefixes)
    }

    /// Plans the outputs of good pages, and what stays of bad ones.
    fn plan(
        &self,
        good: Vec<Page>,
        bad: Vec<Page>,
        names: &Names,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<(Catalog, BTreeMap<Key, Entry>, Plan), Vec<Diagnostic>> {
        let (pages, lost) = unread::recover(bad, || self.last_pages());
        let recovered = pages.iter().map(|page| (page.id.clone(), page.clone()));
        let recovered: BTreeMap<String, Page> = recovered.collect();
        let mut catalog = Catalog::new(good.into_iter().chain(pages).collect());
        // A page of which no records are left still has the names that it always had, and so has
        // its files.
        let count = catalog.pages.len();
        let unread: HashSet<&str> = recovered
            .keys()
            .chain(lost.iter().map(|page| &page.id))
            .map(String::as_str)
            .collect();
        catalog.pages.extend(lost.iter().cloned());
        let naming = self.name(&mut catalog, names, &unread)?;
        diagnostics.extend(naming.diagnostics);
        unread::keep_names(&mut catalog.pages[..count], &recovered);
        let lost = catalog.pages.split_off(count);
        if catalog.pages.iter().all(|page| page.identifiers.is_none()) {
            return Err(Vec::new());
        }

        let config = &self.config;
        let mut rendered = self.render(&catalog)?;
        let (read, recovered): (Vec<_>, Vec<_>) = catalog
            .pages
            .into_iter()
            .partition(|page| !recovered.contains_key(&page.id));
        let output = self.output();
        let kept = unread::files(&recovered, &lost, &config.targets, &output, &rendered);
        rendered.retain(|path, _| !kept.contains(path));
        let plan = Plan::compare(&self.root, &config.output, rendered, &kept)?;
        Ok((Catalog::new(read), naming.changes, plan))
    }

    /// Names a catalogue. Where names are missing, those that the outputs have are looked up.
    fn name(
        &self,
        catalog: &mut Catalog,
        names: &Names,
        unread: &HashSet<&str>,
    ) -> Result<Naming, Vec<Diagnostic>> {
        let prefixes = self.config.prefixes();
        let naming = naming::assign(catalog, names, &prefixes, unread, &BTreeMap::new());
        if naming.changes.is_empty() {
            return Ok(naming);
        }
        let last = self.last_pages();
        let is_readable = last.is_some();
        let last = record::last_names(&last.unwrap_or_default());
        let slips = record::slips(names, &naming.changes, &last);
        if !slips.is_empty() {
            return Err(slips);
        }
        let mut naming = naming::assign(catalog, names, &prefixes, unread, &last);
        let lacks_names = naming.changes.keys().any(|key| names.get(key).is_none());
        if lacks_names && !is_readable {
            naming.diagnostics.push(
                Diagnostic::warning("names", "the records in the outputs cannot be read")
                    .at(Place::file(self.catalog_file().unwrap_or_default()))
                    .note("names that only the outputs had are made anew")
                    .help("look at the new names; where some are wrong, take the file back from version control"),
            );
        }
        Ok(naming)
    }

    /// Writes what an analysis found: the names first, so that what is generated from them is never
    /// without its record.
    ///
    /// # Errors
    /// A file or folder cannot be written or deleted.
    pub fn carry_out(&self, analysis: &Analysis) -> Result<(), Error> {
        let names = analysis.names.difference.as_ref();
        if let Some(text) = names.and_then(Difference::new_text) {
            plan::write_file(&self.root, names::FILE_NAME, text)?;
        }
        Ok(analysis.plan.carry_out()?)
    }

    /// The records that the outputs have, with the names in them; those of the snapshots, where
    /// the outputs have none. This is the quick way to look something up.
    ///
    /// # Errors
    /// The records of the outputs cannot be read, or, where there are none, as
    /// [`Project::analyse`].
    pub fn saved_catalog(&self) -> Result<Catalog, Error> {
        let file = self.catalog_file();
        match file.map(|file| read_catalog(&self.root.join(&file), &file)) {
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
        Ok(render::render(catalog, targets, &templates, snapshots)?)
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
        let mut errors = config.missing_templates(&templates);
        errors.extend(render::check_templates(&templates, &config.targets));
        match errors.is_empty() {
            true => Ok(templates),
            false => Err(errors.into()),
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

    fn names_update(
        &self,
        names: Names,
        changes: BTreeMap<Key, Entry>,
        catalog: &Catalog,
        plan: &Plan,
    ) -> NamesUpdate {
        let file = render::catalog_file(&self.config.targets);
        let prefixes = self.config.prefixes();
        NamesUpdate::new(names, changes, catalog, plan, file.as_deref(), &prefixes)
    }

    /// The pages as the outputs have them, see [`unread::last_pages`].
    fn last_pages(&self) -> Option<BTreeMap<String, Page>> {
        match self.catalog_file() {
            Some(file) => unread::last_pages(&self.root.join(file)),
            None => Some(BTreeMap::new()),
        }
    }

    fn output(&self) -> PathBuf {
        self.root.join(&self.config.output)
    }

    /// Reads the snapshots under some paths, or the project's own.
    fn snapshots(&self, paths: &[PathBuf]) -> (Vec<Snapshot>, Vec<Diagnostic>) {
        let (sources, diagnostics) = match paths.is_empty() {
            true => self.own_sources(),
            false => self.sources_under(paths),
        };
        (self.read_snapshots(sources), diagnostics)
    }

    /// Reads snapshots on all processors; the result has their order, whoever was faster.
    fn read_snapshots(&self, sources: Vec<Source>) -> Vec<Snapshot> {
        let sources = sources.into_par_iter();
        sources.map(|source| self.read_snapshot(source)).collect()
    }

    fn sources_under(&self, paths: &[PathBuf]) -> (Vec<Source>, Vec<Diagnostic>) {
        let (sources, mut diagnostics) = snapshot::find(&self.root, paths);
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

    fn own_sources(&self) -> (Vec<Source>, Vec<Diagnostic>) {
        let folder = &self.config.snapshots;
        let path = self.root.join(folder);
        if path.is_file() {
            let refusal = Diagnostic::error("no-snapshots", "the folder of snapshots is a file")
                .at(Place::file(folder))
                .help("move the file, or name another folder as `snapshots` in arkerr.toml");
            return (Vec::new(), vec![refusal]);
        }
        let (sources, mut diagnostics) = match path.exists() {
            true => snapshot::find(&self.root, &[PathBuf::from(folder)]),
            false => (Vec::new(), Vec::new()),
        };
        if sources.is_empty() {
            diagnostics.push(
                Diagnostic::error("no-snapshots", "there are no snapshots")
                    .at(Place::file(folder))
                    .help(format!(
                        "save an error-code page of the documentation as `{folder}/NAME.html`, where NAME is \
                         the last part of its address"
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
                diagnostics: vec![refusal],
            },
        }
    }

    fn facts(&self, id: &str) -> PageFacts {
        let page = self.config.page_id(id);
        PageFacts {
            id: id.to_owned(),
            url: self.config.page_url(id),
            site_urls: self.config.site_urls(page),
            kit: self.config.page_kit(page).map(str::to_owned),
        }
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
    let text = match fs::read(path) {
        Ok(text) => text,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(refusal(format!("the records cannot be read: {error}")).into()),
    };
    serde_json::from_slice(&text)
        .map(Some)
        .map_err(|error| refusal(format!("this is no file of records: {error}")).into())
}

/// The codes of each snapshot by its id; none where it could not be read.
fn codes_by_id(snapshots: &[Snapshot]) -> BTreeMap<&str, Option<Vec<&str>>> {
    let entries = snapshots.iter().map(|snapshot| {
        let codes = snapshot.parsed.as_ref().map(|parsed| {
            let codes = parsed.page.codes.iter();
            codes.map(|code| code.code.as_str()).collect()
        });
        (snapshot.source.id.as_str(), codes)
    });
    entries.collect()
}
