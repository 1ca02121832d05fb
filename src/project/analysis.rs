//! Looking at a project as a whole: pages, names, outputs, and what has to be done about them.

use std::collections::{BTreeMap, HashSet};

use super::pages::Pages;
use super::{Analysis, NamesUpdate, Project, Snapshot, moved, record, unread};
use crate::catalog::{Catalog, Page};
use crate::diagnostic::{Diagnostic, Place, any_error};
use crate::names::{self, Entry, Key, Names};
use crate::naming::{self, Listed, Naming};
use crate::output::{self, Difference, Differences};
use crate::problem::Report as Error;
use crate::render;

impl Project {
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
        // The names are read while the pages are.
        let (names, snapshots) =
            rayon::join(|| Names::load(&self.root), || self.read_snapshots(sources));
        let names = match names {
            Ok(names) => names,
            Err(errors) => {
                diagnostics.extend(errors);
                return Err(diagnostics);
            }
        };
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
        let unread = pages.bad.iter().map(|page| page.id.clone()).collect();
        match self.plan(pages.good, pages.bad, &names, &mut diagnostics) {
            Ok((catalog, changes, plan)) => Ok(Analysis {
                account: pages.account,
                names: self.names_update(names, changes, &catalog, &plan),
                catalog,
                plan,
                unread,
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
    ) -> Result<(Catalog, BTreeMap<Key, Entry>, Differences), Vec<Diagnostic>> {
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
        for path in kept {
            if let Ok(text) = std::fs::read_to_string(output.join(&path)) {
                rendered.insert(path, text);
            }
        }
        let plan = output::compare(&self.root, &config.output, rendered)?;
        Ok((Catalog::new(read), naming.changes, plan))
    }

    /// Names a catalogue. Where names are missing, those that the outputs have are looked up.
    pub(super) fn name(
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
        // Where the outputs have no names, none but these could come of it.
        let mut naming = match last.is_empty() {
            true => naming,
            false => naming::assign(catalog, names, &prefixes, unread, &last),
        };
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
        output::write(
            &self.root,
            names.map_or(&[], std::slice::from_ref),
            &analysis.plan,
        )
    }

    /// Writes `names.toml` alone, for a project whose outputs are made elsewhere, such as by a
    /// build script.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn record_names(&self, analysis: &Analysis) -> Result<(), Error> {
        let names = analysis.names.difference.as_ref();
        if let Some(text) = names.and_then(Difference::new_text) {
            output::write_file(&self.root, names::FILE_NAME, text)?;
        }
        Ok(())
    }

    fn names_update(
        &self,
        names: Names,
        changes: BTreeMap<Key, Entry>,
        catalog: &Catalog,
        plan: &Differences,
    ) -> NamesUpdate {
        let file = render::catalog_file(&self.config.targets);
        let prefixes = self.config.prefixes();
        NamesUpdate::new(names, changes, catalog, plan, file.as_deref(), &prefixes)
    }

    /// The pages as the outputs have them, see [`unread::last_pages`].
    pub(super) fn last_pages(&self) -> Option<BTreeMap<String, Page>> {
        match self.catalog_file() {
            Some(file) => unread::last_pages(self.read_own_catalog(&file)),
            None => Some(BTreeMap::new()),
        }
    }
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
