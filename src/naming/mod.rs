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
use crate::lint::{Level, Levels, Lint};
use crate::names::{Changes, Entry, Item, Key, Name, Names};
use crate::problem::Report;
use candidate::Candidates;

pub use list::{Listed, list};
pub use wording::Origin;

/// Words that begin the names of codes: by the id of a page, and there by the first digits of
/// the codes that are meant.
pub type Prefixes = BTreeMap<String, BTreeMap<String, String>>;

/// The most characters of a prefix.
const MAX_PREFIX: usize = 40;

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
/// those that have none. Returns the entries that `names.toml` lacks, or that should be others.
///
/// # Errors
/// Pages cannot be named.
pub fn assign(
    catalog: &mut Catalog,
    names: &Names,
    prefixes: &Prefixes,
) -> Result<Changes, Report> {
    let mut changes = page::assign(&mut catalog.pages, names)?;
    // No page's names depend on another's; to make new ones takes its time.
    let pages = catalog.pages.par_iter_mut();
    let of_codes: Vec<Changes> = pages
        .map(|page| name_codes(page, names, of_page(prefixes, page)))
        .collect();
    changes.extend(of_codes.into_iter().flatten());
    changes.extend(retired(catalog, names));
    Ok(changes)
}

/// The prefixes of a page's codes.
fn of_page<'a>(prefixes: &'a Prefixes, page: &Page) -> &'a BTreeMap<String, String> {
    static NONE: BTreeMap<String, String> = BTreeMap::new();
    prefixes.get(&page.id).unwrap_or(&NONE)
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
    let prefixes = of_page(prefixes, page);
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
    if levels.level(Lint::NamelessCode) == Level::Off {
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
fn name_codes(page: &mut Page, names: &Names, prefixes: &BTreeMap<String, String>) -> Changes {
    let records = records_by_item(page);
    let key = |item: &Item| Key {
        page: page.id.clone(),
        item: item.clone(),
    };
    let new: Vec<&Item> = records
        .keys()
        .filter(|item| names.get(&key(item)).is_none())
        .collect();
    let candidates: Vec<Candidates> = new
        .iter()
        .map(|item| candidates(page, &records[*item], prefixes))
        .collect();
    let settled = settle::settle(&candidates, &taken_names(names, &page.id));
    let new = new.into_iter().zip(settled);
    let mut changes: Changes = new
        .map(|(item, name)| (key(item), Entry::derived(name)))
        .collect();
    changes.extend(records.keys().filter_map(|item| {
        let entry = names.get(&key(item))?.returned()?;
        Some((key(item), entry))
    }));

    let entries: Vec<(CodeIdentifiers, Vec<usize>)> = records
        .into_iter()
        .filter_map(|(item, records)| {
            let key = key(&item);
            let entry = changes.get(&key).or_else(|| names.get(&key))?;
            Some((identifiers(entry), records))
        })
        .collect();
    for (identifiers, records) in entries {
        for record in records {
            page.codes[record].identifiers = Some(identifiers.clone());
        }
    }
    changes
}

/// The names of a page's codes that are recorded, retired ones too, as [`Name::key`] has them.
fn taken_names(names: &Names, page: &str) -> HashSet<String> {
    let entries = names.entries_of(page);
    let codes = entries.filter(|(key, _)| key.item != Item::Enum);
    codes
        .flat_map(|(_, entry)| entry.all_names().map(Name::key))
        .collect()
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

/// What is recorded and no page has any more, as retired.
fn retired(catalog: &Catalog, names: &Names) -> Changes {
    let codes = catalog.pages.iter().flat_map(|page| {
        page.codes
            .iter()
            .filter_map(|code| Key::code(&page.id, code))
    });
    let pages = catalog.pages.iter().map(|page| Key::page(&page.id));
    let present: HashSet<Key> = codes.chain(pages).collect();
    let gone = names
        .iter()
        .filter(|(key, entry)| !present.contains(key) && !entry.retired);
    gone.map(|(key, entry)| {
        let retired = Entry {
            retired: true,
            ..entry.clone()
        };
        (key.clone(), retired)
    })
    .collect()
}
