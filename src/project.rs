//! A project: a folder with snapshots, perhaps an `arkerr.toml`, and an output folder.
//!
//! This is the way through all rooms, from the files on disk to a plan.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use crate::catalog::{Catalog, Page};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place, any_error};
use crate::naming;
use crate::parse::{self, PageFacts};
use crate::plan::Plan;
use crate::render;
use crate::snapshot::{self, Document, Source};

/// A folder with snapshots and an output folder.
#[derive(Debug)]
pub struct Project {
    root: PathBuf,
    config: Config,
}

/// The records of some snapshots, and what there is to say about them.
#[derive(Debug)]
pub struct Reading {
    /// The pages that could be read.
    pub catalog: Catalog,
    /// What was found, in the order of the files.
    pub diagnostics: Vec<Diagnostic>,
}

/// What came of looking at a project as a whole.
#[derive(Debug)]
pub struct Analysis {
    /// The pages, with the identifiers given to them.
    pub catalog: Catalog,
    /// What has to be done to the output folder.
    pub plan: Plan,
    /// Warnings.
    pub diagnostics: Vec<Diagnostic>,
}

impl Project {
    /// Opens the project in a folder.
    ///
    /// # Errors
    /// Its `arkerr.toml` is wrong.
    pub fn open(root: impl Into<PathBuf>) -> Result<Self, Vec<Diagnostic>> {
        let root = root.into();
        let config = Config::load(&root)?;
        Ok(Self { root, config })
    }

    /// Reads the records of some snapshots, files or folders; of the project's own where
    /// `paths` is empty.
    #[must_use]
    pub fn read(&self, paths: &[PathBuf]) -> Reading {
        if paths.is_empty() {
            let (sources, diagnostics) = self.own_sources();
            return self.read_sources(&sources, diagnostics);
        }
        let (sources, mut diagnostics) = snapshot::find(&self.root, paths);
        if sources.is_empty() && !any_error(&diagnostics) {
            diagnostics.push(
                Diagnostic::error("no-snapshots", "there are no snapshots")
                    .help("a saved page in a folder ends in `.html` or `.htm`"),
            );
        }
        self.read_sources(&sources, diagnostics)
    }

    /// Reads the project's snapshots, names their codes, renders the outputs and compares them
    /// with the output folder. Nothing is written.
    ///
    /// # Errors
    /// Something keeps the outputs from being made. All that was found is returned, warnings
    /// included.
    pub fn analyse(&self) -> Result<Analysis, Vec<Diagnostic>> {
        let (sources, mut diagnostics) = self.own_sources();
        diagnostics.extend(refuse_ids(&sources));
        let Reading {
            mut catalog,
            mut diagnostics,
        } = self.read_sources(&sources, diagnostics);
        if catalog.code_count() == 0 && !any_error(&diagnostics) {
            diagnostics.push(
                Diagnostic::error("no-codes", "no page has any error code")
                    .at(Place::file(&self.config.snapshots))
                    .help("save the pages again once they have loaded in the browser"),
            );
        }
        if any_error(&diagnostics) {
            return Err(diagnostics);
        }
        diagnostics.extend(self.config.unused(&codes_by_page(&catalog.pages)));
        diagnostics.extend(naming::assign(&mut catalog, &self.config.prefixes()));
        if any_error(&diagnostics) {
            return Err(diagnostics);
        }
        match self.plan(&catalog) {
            Ok(plan) => Ok(Analysis {
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

    fn plan(&self, catalog: &Catalog) -> Result<Plan, Vec<Diagnostic>> {
        let Config {
            snapshots,
            output,
            targets,
            ..
        } = &self.config;
        let rendered = render::render(catalog, targets, snapshots)
            .map_err(|error| vec![Diagnostic::from_error("render", &error)])?;
        Plan::compare(&self.root, output, rendered)
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

    fn read_sources(&self, sources: &[Source], mut diagnostics: Vec<Diagnostic>) -> Reading {
        let mut pages = Vec::new();
        for source in sources {
            match Document::read(source) {
                Ok(document) => {
                    let (page, mut found) = parse::parse(&document, self.facts(&source.id));
                    found.sort_by_key(Diagnostic::position);
                    diagnostics.extend(found);
                    pages.push(page);
                }
                Err(refusal) => diagnostics.push(refusal),
            }
        }
        Reading {
            catalog: Catalog::new(pages),
            diagnostics,
        }
    }

    fn facts(&self, id: &str) -> PageFacts {
        PageFacts {
            id: id.to_owned(),
            url: self.config.page_url(id),
            kit: self.config.page_kit(id).map(str::to_owned),
        }
    }
}

/// Errors for ids that two pages share, or that cannot be part of a file name everywhere.
fn refuse_ids(sources: &[Source]) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    // Some file systems do not tell letters of different case apart.
    let mut first_use: HashMap<String, &str> = HashMap::new();
    for source in sources {
        let place = Place::file(&source.shown);
        let is_unprintable = |c: char| c.is_control() || c == char::REPLACEMENT_CHARACTER;
        if source.id.contains(is_unprintable) {
            let message = "the file name has characters that cannot be printed";
            diagnostics.push(
                Diagnostic::error("page-id", message)
                    .at(place)
                    .help("name the file after the last part of the page's address"),
            );
        } else if let Some(first) = first_use.insert(source.id.to_lowercase(), &source.shown) {
            diagnostics.push(
                Diagnostic::error("page-id", format!("two pages have the id `{}`", source.id))
                    .at(place)
                    .note(format!("the first is `{first}`"))
                    .help("rename or delete one of the files"),
            );
        }
    }
    diagnostics
}

fn codes_by_page(pages: &[Page]) -> BTreeMap<&str, Vec<&str>> {
    pages
        .iter()
        .map(|page| {
            let codes = page.codes.iter().map(|code| code.code.as_str());
            (page.id.as_str(), codes.collect())
        })
        .collect()
}
