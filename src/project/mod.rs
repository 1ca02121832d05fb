//! A project: a folder with snapshots, perhaps an `arkerr.toml`, and an output folder.
//!
//! Everything between the files on disk and the pipeline.

#[cfg(feature = "cli")]
mod compare;
mod filing;
mod import;
mod names_update;
#[cfg(all(feature = "cli", feature = "fetch"))]
mod site;
mod snapshots;

use std::path::{Path, PathBuf};

use crate::catalog::{Catalog, SCHEMA};
use crate::config::{self, Config};
use crate::file::{self, MAX_RECORDS};
use crate::generate::generate;
use crate::names::Names;
use crate::naming::{self, Listed};
use crate::output::{self, Difference, Differences};
use crate::pages::ReadSnapshot;
use crate::parallel;
use crate::parse::Account;
use crate::path::{self, or_here};
use crate::problem::{Diagnostic, Locate as _, ProjectProblem, Report};
use crate::render::{self, Files, Templates};
#[cfg(feature = "cli")]
pub(crate) use compare::Upstream;
pub use import::{Import, ImportFacts, ImportStatus};
pub(crate) use names_update::NamesUpdate;

/// A folder with snapshots and an output folder.
#[derive(Debug)]
pub struct Project {
    root: PathBuf,
    /// Its settings.
    pub(crate) config: Config,
}

/// What the inputs of a project give, and how its files differ from that.
#[derive(Debug)]
pub struct Analysis {
    /// The pages, with the identifiers given to them.
    pub catalog: Catalog,
    /// What became of the text of all pages.
    pub account: Account,
    /// What is recorded in `names.toml`, and what has to be.
    pub names: NamesUpdate,
    /// How the output folder differs from what it should hold.
    pub outputs: Differences,
    /// The warnings.
    pub diagnostics: Vec<Diagnostic>,
}

impl Analysis {
    /// All files that differ, `names.toml` first, with their paths as the user would write them.
    pub(crate) fn differences(&self) -> impl Iterator<Item = (String, &Difference)> {
        let names = self.names.difference.iter();
        let names = names.map(|file| (file.path.clone(), file));
        let outputs = self.outputs.files.iter();
        names.chain(outputs.map(|file| (self.outputs.shown_path(file), file)))
    }
}

impl Project {
    /// Opens the project in a folder.
    ///
    /// # Errors
    /// Its `arkerr.toml` is wrong.
    pub fn open(root: impl Into<PathBuf>) -> Result<Self, Report> {
        let root = root.into();
        let config = Config::load(&root)?;
        Ok(Self { root, config })
    }

    /// Opens the project around a folder: the nearest above it that has an `arkerr.toml`, or
    /// records in the place where arkerr puts them; else the folder itself.
    ///
    /// # Errors
    /// As [`Project::open`].
    pub(crate) fn around(folder: &Path) -> Result<Self, Report> {
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

    /// Reads the project's snapshots, names their codes, renders the outputs and compares them
    /// with the output folder. Nothing is written.
    ///
    /// # Errors
    /// A page, a setting, a name or a template is wrong, or the output folder cannot be read. All
    /// of it is reported, with the warnings.
    pub fn analyse(&self) -> Result<Analysis, Report> {
        let (sources, report) = self.own_sources();
        let mut report = report.check()?;
        // The names are read while the pages are.
        let (names, snapshots) =
            parallel::join(|| Names::load(&self.root), || self.read_snapshots(sources));
        let names = report.collect(names);
        let templates = report.collect(self.templates());
        let (Some(names), Some(templates)) = (names, templates) else {
            report.extend(snapshots.into_iter().flat_map(ReadSnapshot::problems));
            return Err(report);
        };
        let made = report.require(generate(snapshots, &self.config, &names, &templates))?;
        report.extend(made.report);
        let outputs = report.require(self.compare(made.files))?;
        report.extend(outputs.left_over());
        Ok(Analysis {
            catalog: made.catalog,
            account: made.account,
            names: NamesUpdate::new(names, made.name_changes, self.old_catalog(&outputs)),
            outputs,
            diagnostics: report.into(),
        })
    }

    /// Writes what an analysis found: the names first, so that what is generated from them is never
    /// without its record.
    ///
    /// # Errors
    /// A file or folder cannot be written or deleted.
    pub fn write(&self, analysis: &Analysis) -> Result<(), Report> {
        let names = analysis.names.difference.as_slice();
        output::write(&self.root, names, Some(&analysis.outputs))
    }

    /// Writes `names.toml` alone, for a project whose outputs are made elsewhere, such as by a
    /// build script.
    ///
    /// # Errors
    /// The file cannot be written, or has changed since it was read.
    pub(crate) fn record_names(&self, analysis: &Analysis) -> Result<(), Report> {
        output::write(&self.root, analysis.names.difference.as_slice(), None)
    }

    /// All names of the project, those included that its next outputs will record.
    pub(crate) fn names(&self, analysis: &Analysis) -> Vec<Listed> {
        let NamesUpdate { names, changes, .. } = &analysis.names;
        naming::list(&analysis.catalog, names, changes, &self.config.prefixes())
    }

    /// The records that the outputs have, with the names in them; those of the snapshots, where
    /// the outputs have none. This is the quick way to look something up.
    ///
    /// # Errors
    /// The records of the outputs cannot be read, or, where there are none, as
    /// [`Project::analyse`].
    pub fn saved_catalog(&self) -> Result<Catalog, Report> {
        let saved = match self.catalog_file() {
            Some(file) => self.read_own_catalog(&file)?,
            None => None,
        };
        match saved {
            Some(catalog) => Ok(catalog),
            None => Ok(self.analyse()?.catalog),
        }
    }

    /// Renders all targets of a catalogue whose pages have names, such as that of an
    /// [`Analysis`]: the texts of the output files by their paths. Nothing is written.
    ///
    /// # Errors
    /// A template is wrong, or two files would have one path.
    pub fn render(&self, catalog: &Catalog) -> Result<Files, Report> {
        let (config, templates) = (&self.config, self.templates()?);
        render::render(catalog, &config.targets, &templates, &config.snapshots)
    }

    /// Compares rendered files with the output folder. Nothing is written.
    ///
    /// # Errors
    /// The folder cannot be read, or has something in the place of a file that is not arkerr's.
    pub fn compare(&self, rendered: Files) -> Result<Differences, Report> {
        output::compare(&self.root, &self.config.output, rendered)
    }

    /// The templates of the project.
    ///
    /// # Errors
    /// Some of its own cannot be read, are none, name what is not there, or are missing.
    pub(crate) fn templates(&self) -> Result<Templates, Report> {
        let config = &self.config;
        let templates = Templates::load(&self.root, config.templates.as_deref(), &config.targets)?;
        Report::from(config.missing_templates(&templates)).check()?;
        Ok(templates)
    }

    /// Where the outputs have the records of all pages, as the user would write it.
    pub(crate) fn catalog_file(&self) -> Option<String> {
        let file = render::catalog_file(&self.config.targets)?;
        Some(format!("{}/{file}", self.config.output))
    }

    /// The text of the records as the outputs have them, if they have to change.
    fn old_catalog<'a>(&self, outputs: &'a Differences) -> Option<&'a str> {
        let path = render::catalog_file(&self.config.targets)?;
        let difference = outputs.files.iter().find(|found| found.path == path)?;
        difference.old_text()
    }

    /// Reads a file of records in the output folder. A caller may have named an output folder outside
    /// of the project; a link must not lead to one.
    fn read_own_catalog(&self, file: &str) -> Result<Option<Catalog>, Report> {
        let bounds = path::bounds(&self.root, &self.config.output);
        let path = path::resolve(&bounds, &self.root.join(file), file)?;
        read_catalog(&path, file)
    }
}

/// Reads a file of records, which people call `shown`; none where there is no such file.
///
/// # Errors
/// It cannot be read, or is not a catalogue.
pub(crate) fn read_catalog(path: &Path, shown: &str) -> Result<Option<Catalog>, Report> {
    let refuse = |message: String| Report::from(ProjectProblem::Catalog(message).at_file(shown));
    let text = match file::read_regular(path, MAX_RECORDS) {
        Ok(text) => text,
        Err(error) if path::is_missing(&error) => return Ok(None),
        Err(error) => return Err(refuse(format!("the records cannot be read: {error}"))),
    };
    let catalog: Catalog = serde_json::from_slice(&text)
        .map_err(|error| refuse(format!("this is no file of records: {error}")))?;
    if catalog.schema != SCHEMA {
        return Err(refuse(format!(
            "the records are of version {}, this arkerr knows {SCHEMA}",
            catalog.schema
        )));
    }
    Ok(Some(catalog))
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;
    use crate::problem::display_path;

    /// A build script names an output folder outside of the project. Links in it may not leave it.
    #[test]
    fn an_output_folder_that_a_program_names_may_be_elsewhere() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let snapshots = folder.path().join("project/docs-snapshot");
        fs::create_dir_all(&snapshots).expect("folders");
        let page = "<h1>Scan</h1><h2>401 Denied</h2><p>Error Message</p><p>Denied.</p>";
        fs::write(snapshots.join("scan-error-code.html"), page).expect("a page");
        let built = folder.path().join("built");
        for output in ["../built".to_owned(), display_path(&built)] {
            let mut project = Project::open(folder.path().join("project")).expect("a project");
            project.config.output = output;
            let analysis = project.analyse().expect("the page is good");
            project.write(&analysis).expect("it can be written");
            let catalog = project.saved_catalog().expect("the records are read");
            assert_eq!(catalog.pages.len(), 1);

            let records = built.join("json/catalog.json");
            fs::rename(&records, folder.path().join("catalog.json")).expect("it is moved");
            symlink("../../catalog.json", &records).expect("a link");
            let refusals = [
                project.saved_catalog().map(drop),
                project.analyse().map(drop),
            ];
            for refusal in refusals {
                let refusal = refusal.expect_err("the link leaves the folder").to_string();
                assert!(refusal.contains("error[outside-project]"), "{refusal}");
            }
            fs::remove_dir_all(&built).expect("the outputs can be deleted");
        }
    }
}
