//! Naming: gives every page and every code the identifiers that the outputs use.
//!
//! What has a name in `names.toml` keeps it. What has none gets one that is made of the words that
//! the documentation gives it: of a message's first clause that says something (`clause`), without
//! what a name can do without (`shorten`). It depends on the codes of the page and never on their
//! order or on other pages: where two codes would have the same name, both say more (`candidate`,
//! `settle`).

mod candidate;
mod chinese;
mod clause;
mod list;
mod page;
mod saying;
mod settle;
mod shorten;
mod source;
#[cfg(test)]
mod tests;
mod vocabulary;
mod word;
mod wording;

use std::collections::{BTreeMap, HashSet};

use rayon::prelude::*;

use crate::catalog::{Alias, Catalog, CodeIdentifiers, ErrorCode, Page};
use crate::diagnostic::Diagnostic;
use crate::lint::{Level, Levels, Lint};
use crate::names::{Entry, Item, Key, Name, Names};
use candidate::Candidates;

pub use list::{Listed, ListedOrigin, list};
pub use wording::Origin;

/// Words that begin the names of codes: by the id of a page, and there by the first digits of
/// the codes that are meant.
pub type Prefixes = BTreeMap<String, BTreeMap<String, String>>;

/// The most characters of a prefix.
const MAX_PREFIX: usize = 40;

/// What came of naming a catalogue.
#[derive(Debug, Default)]
pub struct Naming {
    /// Pages that cannot be named; they stay without identifiers.
    pub diagnostics: Vec<Diagnostic>,
    /// The entries that `names.toml` lacks, or that should be others.
    pub changes: BTreeMap<Key, Entry>,
}

/// What the words of a page make of a code, whatever it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derived {
    /// The name.
    pub name: Name,
    /// Where it comes from.
    pub origin: Origin,
}

/// Whether a text can begin an identifier: Latin letters and digits, a letter first.
#[must_use]
pub fn is_prefix(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.len() <= MAX_PREFIX
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Gives every page and code of a catalogue its identifiers: the recorded ones, and new ones to
/// those that have none. What the outputs call something is its name even if no line says so: `last`
/// gives those names, with their aliases.
///
/// Of the pages in `unread`, by their ids, the present codes are not known: what is recorded of
/// them stays as it is.
#[must_use]
pub fn assign(
    catalog: &mut Catalog,
    names: &Names,
    prefixes: &Prefixes,
    unread: &HashSet<&str>,
    last: &BTreeMap<Key, Entry>,
) -> Naming {
    let mut naming = Naming::default();
    page::assign(&mut catalog.pages, names, unread, last, &mut naming);
    // No page's names depend on another's; to make new ones takes its time.
    let pages = catalog.pages.par_iter_mut().map(|page| {
        let no_prefixes = BTreeMap::new();
        let prefixes = prefixes.get(&page.id).unwrap_or(&no_prefixes);
        let changes = name_codes(page, names, prefixes, last);
        let is_recorded = !unread.contains(page.id.as_str()) && page.identifiers.is_some();
        if is_recorded { changes } else { Vec::new() }
    });
    let changes: Vec<Vec<(Key, Entry)>> = pages.collect();
    naming.changes.extend(changes.into_iter().flatten());
    retire(catalog, names, unread, &mut naming.changes);
    naming
}

/// What the words of all pages say that they and their codes should be called today, whatever is
/// recorded.
#[must_use]
pub fn derive_all(catalog: &Catalog, prefixes: &Prefixes) -> BTreeMap<Key, Derived> {
    let mut today = page::derive_all(&catalog.pages);
    for page in &catalog.pages {
        let derived = derive(page, prefixes).into_iter();
        today.extend(derived.map(|(item, name)| {
            (
                Key {
                    page: page.id.clone(),
                    item,
                },
                name,
            )
        }));
    }
    today
}

/// What the words of a page say its codes should be called today, whatever is recorded.
#[must_use]
pub fn derive(page: &Page, prefixes: &Prefixes) -> BTreeMap<Item, Derived> {
    let no_prefixes = BTreeMap::new();
    let prefixes = prefixes.get(&page.id).unwrap_or(&no_prefixes);
    let records = records_by_item(page);
    let candidates: Vec<Candidates> = records
        .values()
        .map(|records| candidates(page, records, prefixes))
        .collect();
    let names = settle::settle(&candidates, &HashSet::new());
    let derived = candidates
        .iter()
        .zip(names)
        .map(|(candidates, name)| Derived {
            name,
            origin: candidates.origin,
        });
    records.into_keys().zip(derived).collect()
}

/// The codes of a page that are called by their numbers, by their places: no words name them, and
/// nobody did. Empty where no lint wants to know.
#[must_use]
pub fn nameless(page: &Page, names: &Names, prefixes: &Prefixes, levels: &Levels) -> Vec<usize> {
    if levels.of(Lint::NamelessCode) == Level::Off {
        return Vec::new();
    }
    let records = records_by_item(page);
    let derived = derive(page, prefixes).into_iter();
    let is_nameless = |item: &Item, derived: &Derived| {
        let key = Key {
            page: page.id.clone(),
            item: item.clone(),
        };
        let has_other = names
            .get(&key)
            .is_some_and(|entry| entry.name != derived.name);
        derived.origin == Origin::Number && !has_other
    };
    let nameless = derived.filter(|(item, derived)| is_nameless(item, derived));
    nameless
        .filter_map(|(item, _)| records[&item].first().copied())
        .collect()
}

/// Names the codes of a page, and returns what has to be recorded. Records of one number, such as
/// the rows of a table, share its name.
fn name_codes(
    page: &mut Page,
    names: &Names,
    prefixes: &BTreeMap<String, String>,
    last: &BTreeMap<Key, Entry>,
) -> Vec<(Key, Entry)> {
    let records = records_by_item(page);
    let key = |item: &Item| Key {
        page: page.id.clone(),
        item: item.clone(),
    };
    let is_new = |item: &Item| names.get(&key(item)).is_none();
    let new = records.keys().filter(|item| is_new(item));
    let entries = names
        .of_page(&page.id)
        .filter(|(key, _)| key.item != Item::Enum);
    let mut taken: HashSet<String> = entries
        .flat_map(|(_, entry)| entry.all_names().map(Name::key))
        .collect();
    let mut changes = Vec::new();
    let mut nameless = Vec::new();
    for item in new {
        let is_free = |entry: &&Entry| {
            let mut names = entry.all_names();
            names.all(|name| name.refusal().is_none() && !taken.contains(&name.key()))
        };
        match last.get(&key(item)).filter(is_free) {
            Some(entry) => {
                taken.extend(entry.all_names().map(Name::key));
                changes.push((key(item), entry.clone()));
            }
            None => nameless.push(item),
        }
    }
    let candidates: Vec<Candidates> = nameless
        .iter()
        .map(|item| candidates(page, &records[*item], prefixes))
        .collect();
    let settled = settle::settle(&candidates, &taken);
    let settled = nameless.iter().zip(settled);
    changes.extend(settled.map(|(item, name)| (key(item), Entry::derived(name))));
    for item in records.keys() {
        let key = key(item);
        if let Some(entry) = names.get(&key).filter(|entry| entry.retired) {
            let returned = Entry {
                retired: false,
                ..entry.clone()
            };
            changes.push((key, returned));
        }
    }

    let new: BTreeMap<Item, Entry> = changes
        .iter()
        .map(|(key, entry)| (key.item.clone(), entry.clone()))
        .collect();
    let id = page.id.clone();
    for code in &mut page.codes {
        code.identifiers = None;
    }
    for (item, records) in records {
        let key = Key {
            page: id.clone(),
            item,
        };
        let Some(entry) = new.get(&key.item).or_else(|| names.get(&key)) else {
            continue;
        };
        for record in records {
            page.codes[record].identifiers = Some(identifiers(entry));
        }
    }
    changes
}

/// The records of each number and symbol of a page, by their places.
fn records_by_item(page: &Page) -> BTreeMap<Item, Vec<usize>> {
    let mut records: BTreeMap<Item, Vec<usize>> = BTreeMap::new();
    for (index, code) in page.codes.iter().enumerate() {
        if let Some(key) = Key::code(&page.id, code) {
            records.entry(key.item).or_default().push(index);
        }
    }
    records
}

fn candidates<'a>(
    page: &'a Page,
    records: &[usize],
    prefixes: &BTreeMap<String, String>,
) -> Candidates<'a> {
    let records: Vec<&ErrorCode> = records.iter().map(|&record| &page.codes[record]).collect();
    Candidates::of(&records, prefixes)
}

fn identifiers(entry: &Entry) -> CodeIdentifiers {
    let alias = |name: &Name| Alias {
        constant: name.constant.clone(),
        variant: name.variant.clone(),
    };
    CodeIdentifiers {
        constant: entry.name.constant.clone(),
        variant: entry.name.variant.clone(),
        aliases: entry.aliases.iter().map(alias).collect(),
    }
}

/// Retires what is recorded and no page has any more.
fn retire(
    catalog: &Catalog,
    names: &Names,
    unread: &HashSet<&str>,
    changes: &mut BTreeMap<Key, Entry>,
) {
    let codes = catalog.pages.iter().flat_map(|page| {
        page.codes
            .iter()
            .filter_map(|code| Key::code(&page.id, code))
    });
    let pages = catalog.pages.iter().map(|page| Key::page(&page.id));
    let present: HashSet<Key> = codes.chain(pages).collect();
    for (key, entry) in names.iter() {
        let is_gone = !present.contains(key) && !unread.contains(key.page.as_str());
        if is_gone && !entry.retired {
            let retired = Entry {
                retired: true,
                ..entry.clone()
            };
            changes.insert(key.clone(), retired);
        }
    }
}
