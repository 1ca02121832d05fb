//! Pages that the site has renamed, as far as their codes give them away.

use std::collections::{BTreeMap, BTreeSet};

use super::pages::{self, Pages};
use crate::catalog::Page;
use crate::diagnostic::{Diagnostic, Place};
use crate::diff;
use crate::names::{self, Item, Key, Names};

/// Finds new pages that have the codes of one whose snapshot is gone. All constants would get
/// another enum: that is not done unless somebody says so. They count as bad, and the files of the
/// page that is gone stay.
pub(super) fn refuse(pages: &mut Pages, names: &Names) {
    let is_new = |page: &&Page| names.get(&Key::page(&page.id)).is_none();
    let mut all = pages.good.iter().chain(&pages.bad);
    if !all.any(|page| is_new(&page)) {
        return;
    }
    let gone = gone(pages, names);
    hold_back(pages, names, &gone);
    // The pages that are refused, and those that they seem to be.
    let mut refused: BTreeMap<String, String> = BTreeMap::new();
    for page in pages.good.iter().filter(is_new) {
        let codes = diff::items(page);
        let shared = |old: &BTreeSet<Item>| old.intersection(&codes).count();
        let alike = gone.iter().filter(|(_, old)| diff::are_alike(old, &codes));
        if let Some((old, old_codes)) = alike.max_by_key(|(_, old)| shared(old)) {
            pages
                .diagnostics
                .push(refusal(page, old, shared(old_codes)));
            refused.insert(page.id.clone(), (*old).to_owned());
        }
    }
    pages.good.retain(|page| !refused.contains_key(&page.id));
    let held: BTreeSet<String> = pages.bad.iter().map(|page| page.id.clone()).collect();
    let old: BTreeSet<String> = refused.into_values().collect();
    pages
        .bad
        .extend(old.difference(&held).cloned().map(pages::stub));
}

/// Keeps what is known of pages whose snapshots are gone while a new page has no codes, or cannot be
/// read: it may be one of them.
fn hold_back(pages: &mut Pages, names: &Names, gone: &BTreeMap<&str, BTreeSet<Item>>) {
    let is_new = |page: &&Page| names.get(&Key::page(&page.id)).is_none();
    let empty = pages.good.iter().filter(|page| page.codes.is_empty());
    let Some(unknown) = empty.chain(&pages.bad).find(is_new) else {
        return;
    };
    for old in gone.keys() {
        let message = format!(
            "the page has no snapshot any more, and `{}`, which is new, shows no codes",
            unknown.id
        );
        pages.diagnostics.push(
            Diagnostic::error("page-renamed", message)
                .at(names.place(&Key::page(old)))
                .note(
                    "the one may be the other under a new name; what was generated stays as it is",
                )
                .help("save the new page again, or generate once without its snapshot"),
        );
    }
    let old = gone.keys().map(|old| pages::stub((*old).to_owned()));
    pages.bad.extend(old);
}

fn refusal(page: &Page, old: &str, shared: usize) -> Diagnostic {
    let message = format!("the page has the codes of `{old}`, which has no snapshot any more");
    let setting = format!("[pages.{}]\nslug = {:?}", names::toml_key(old), page.id);
    Diagnostic::error("page-renamed", message)
        .at(Place::file(&page.source))
        .note(format!("{shared} of them have names in names.toml"))
        .note(format!(
            "if the site has renamed the page, say so in arkerr.toml, and all names stay:\n{setting}"
        ))
        .help("if it is another page, generate once without its snapshot, so that the old names retire")
}

/// The codes of the pages that have names, some of which are in use, and no snapshot.
fn gone<'a>(pages: &Pages, names: &'a Names) -> BTreeMap<&'a str, BTreeSet<Item>> {
    let present = pages.good.iter().chain(&pages.bad);
    let present: BTreeSet<&str> = present.map(|page| page.id.as_str()).collect();
    let mut gone: BTreeMap<&str, BTreeSet<Item>> = BTreeMap::new();
    for (key, entry) in names.iter() {
        let is_code = key.item != Item::Enum && !entry.retired;
        if is_code && !present.contains(key.page.as_str()) {
            let codes = gone.entry(&key.page).or_default();
            codes.insert(key.item.clone());
        }
    }
    gone
}
