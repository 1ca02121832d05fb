//! Pages that cannot be read at present: what is known of them from the last time they could, and
//! which of their files stay as they are.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::pages::Pages;
use crate::catalog::{Catalog, Page};
use crate::diagnostic::{Diagnostic, Place};
use crate::names::{Item, Names};
use crate::problem::Report as Error;
use crate::render::{self, Rendered, Target};

/// The pages of a catalogue among the outputs, by their ids; empty where there is none, none where
/// it cannot be read.
pub(super) fn last_pages(
    catalog: Result<Option<Catalog>, Error>,
) -> Option<BTreeMap<String, Page>> {
    // Where a file cannot be read, others tell of that.
    let catalog = catalog.ok()?;
    let pages = catalog.map(|catalog| catalog.pages).unwrap_or_default();
    let pages = pages.into_iter();
    Some(pages.map(|page| (page.id.clone(), page)).collect())
}

/// Finds the pages that have no codes any more: most likely they were saved before they had
/// loaded. They count as bad.
pub(super) fn refuse_emptied(
    pages: &mut Pages,
    names: &Names,
    last_pages: impl Fn() -> Option<BTreeMap<String, Page>>,
) {
    if pages.good.iter().all(|page| !page.codes.is_empty()) {
        return;
    }
    // Outputs made before there was a record of names tell too.
    let last = match names.text().is_empty() {
        true => last_pages().unwrap_or_default(),
        false => BTreeMap::new(),
    };
    let codes_before = |page: &Page| {
        let named = names.of_page(&page.id);
        let named = named.filter(|(key, entry)| key.item != Item::Enum && !entry.retired);
        let last = last.get(&page.id).map_or(0, |last| last.codes.len());
        named.count().max(last)
    };
    let is_emptied = |page: &mut Page| page.codes.is_empty() && codes_before(page) > 0;
    for page in pages.good.extract_if(.., is_emptied) {
        let count = codes_before(&page);
        let message = format!("the page had codes ({count}) and has none any more");
        pages.diagnostics.push(
            Diagnostic::error("codes-lost", message)
                .at(Place::file(&page.source))
                .note("what was generated from it stays as it is")
                .help("save the page again when it has loaded; if its codes are gone for good, delete the snapshot"),
        );
        pages.bad.push(page);
    }
}

/// The records of bad pages as they were when they were last good, as far as the outputs hold
/// them, and the pages without any.
pub(super) fn recover(
    bad: Vec<Page>,
    last_pages: impl Fn() -> Option<BTreeMap<String, Page>>,
) -> (Vec<Page>, Vec<Page>) {
    let (mut recovered, mut lost) = (Vec::new(), Vec::new());
    if bad.is_empty() {
        return (recovered, lost);
    }
    let mut last = last_pages().unwrap_or_default();
    for page in bad {
        match last.remove(&page.id) {
            Some(page) => recovered.push(page),
            None => lost.push(page),
        }
    }
    (recovered, lost)
}

/// Gives pages that cannot be read the names that the outputs have, since their files are not made
/// anew; but for a page whose name another one has got.
pub(super) fn keep_names(pages: &mut [Page], recovered: &BTreeMap<String, Page>) {
    let name = |page: &Page| {
        let names = page.identifiers.as_ref();
        names.map(|names| names.type_name.to_ascii_lowercase())
    };
    let others = pages
        .iter()
        .filter(|page| !recovered.contains_key(&page.id));
    let taken: BTreeSet<String> = others.filter_map(name).collect();
    for page in pages {
        let old = recovered.get(&page.id);
        let is_free = |old: &&Page| name(old).is_some_and(|name| !taken.contains(&name));
        if let Some(old) = old.filter(is_free) {
            page.clone_from(old);
        }
    }
}

/// The files in the output folder that stay as they are: those of bad pages, and, where the
/// records of one are lost, those that name all pages, which would forget it, and all that nothing
/// renders, which may be its.
pub(super) fn files(
    recovered: &[Page],
    lost: &[Page],
    targets: &[Target],
    output: &Path,
    _: &Rendered,
) -> Vec<String> {
    let is_there = |path: &String| output.join(path).exists();
    let of_pages = |pages: &[Page]| -> Vec<String> {
        let files = pages
            .iter()
            .flat_map(|page| render::page_files(page, targets));
        files.filter(is_there).collect()
    };
    let mut files = Vec::new();
    if !lost.is_empty() {
        files = of_pages(lost);
        files.sort();
        files.dedup();
    }
    if !files.is_empty() {
        files.extend(render::catalog_files(targets).filter(is_there));
    }
    files.extend(of_pages(recovered));
    files
}
