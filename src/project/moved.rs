//! Pages that the site has renamed, as far as their codes give them away.

use std::collections::{BTreeMap, BTreeSet};

use super::pages::{self, Pages};
use crate::catalog::Page;
use crate::diagnostic::{Diagnostic, Place};
use crate::names::{Item, Key, Names};

/// Numbers below this one are those that all modules throw, such as 401.
const FIRST_OWN_NUMBER: i64 = 1000;

/// Finds new pages that have the codes of one whose snapshot is gone. All constants would get
/// another enum: that is not done unless somebody says so. They count as bad, and the files of the
/// page that is gone stay.
pub(super) fn refuse(pages: &mut Pages, names: &Names) {
    let is_new = |page: &&Page| names.get(&Key::page(&page.id)).is_none();
    if !pages.good.iter().any(|page| is_new(&page)) {
        return;
    }
    let gone = gone(pages, names);
    let mut refused = Vec::new();
    for page in pages.good.iter().filter(is_new) {
        let own: BTreeSet<Item> = page
            .codes
            .iter()
            .filter_map(|code| Some(Key::code(&page.id, code)?.item))
            .filter(is_own)
            .collect();
        let shared = |codes: &BTreeSet<Item>| codes.intersection(&own).count();
        let alike = gone
            .iter()
            .filter(|(_, codes)| shared(codes) * 2 > own.len().min(codes.len()));
        let Some((old, codes)) = alike.max_by_key(|(_, codes)| shared(codes)) else {
            continue;
        };
        let message = format!("the page has the codes of `{old}`, which has no snapshot any more");
        pages.diagnostics.push(
            Diagnostic::error("page-renamed", message)
                .at(Place::file(&page.source))
                .note(format!("{} of them have names in names.toml", shared(codes)))
                .note(format!("if the site has renamed the page, add to arkerr.toml: [pages.{old}] slug = \"{}\"", page.id))
                .help(format!("say so in arkerr.toml, and all names stay; if it is another page, delete the lines of `{old}` from names.toml")),
        );
        refused.push((page.id.clone(), (*old).to_owned()));
    }
    pages
        .good
        .retain(|page| refused.iter().all(|(new, _)| *new != page.id));
    let old: BTreeSet<String> = refused.into_iter().map(|(_, old)| old).collect();
    pages.bad.extend(old.into_iter().map(pages::stub));
}

/// The codes of the pages that have names and no snapshot.
fn gone<'a>(pages: &Pages, names: &'a Names) -> BTreeMap<&'a str, BTreeSet<Item>> {
    let present: BTreeSet<&str> = pages
        .good
        .iter()
        .chain(&pages.bad)
        .map(|page| page.id.as_str())
        .collect();
    let mut gone: BTreeMap<&str, BTreeSet<Item>> = BTreeMap::new();
    for (key, _) in names
        .iter()
        .filter(|(key, _)| !present.contains(key.page.as_str()))
    {
        let codes = gone.entry(&key.page).or_default();
        codes.extend(Some(key.item.clone()).filter(is_own));
    }
    gone
}

/// Whether a code is one that few pages have.
fn is_own(item: &Item) -> bool {
    match item {
        Item::Enum => false,
        Item::Number(number) => *number >= FIRST_OWN_NUMBER,
        Item::Symbol(_) => true,
    }
}
