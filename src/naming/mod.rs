//! Naming: gives every page and every code the identifiers that the outputs use.
//!
//! What has a name in `names.toml` keeps it. What has none gets one that is made of the words that
//! the documentation gives it: of a message's first clause that says something (`clause`), without
//! what a name can do without (`shorten`). It depends on the codes of the page and never on their
//! order or on other pages: where two codes would have the same name, both say more (`candidate`,
//! `settle`).

mod chinese;
mod clash;
mod clause;
mod list;
mod page;
mod saying;
mod shorten;
mod source;
#[cfg(test)]
mod tests;
mod vocabulary;
mod word;

use std::collections::{BTreeMap, HashSet};

use crate::catalog::{Alias, Catalog, CodeIdentifiers, ErrorCode, Page};
use crate::lint::{Level, Levels, Lint};
use crate::names::{Changes, Entry, Item, Key, Name, Names};
use crate::problem::Report;
use clash::{Candidates, settle};

pub use list::{Listed, list};
pub use source::Origin;

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
    for page in &mut catalog.pages {
        changes.extend(name_codes(page, names, prefixes));
    }
    changes.extend(retired(catalog, names));
    Ok(changes)
}

/// What the words of all pages say that they and their codes should be called today, whatever is
/// recorded.
#[must_use]
pub fn derive_all(catalog: &Catalog, prefixes: &Prefixes) -> BTreeMap<Key, Derived> {
    let mut today = page::derive_all(&catalog.pages);
    today.extend(catalog.pages.iter().flat_map(|page| derive(page, prefixes)));
    today
}

/// What the words of a page say its codes should be called today, whatever is recorded.
#[must_use]
pub fn derive(page: &Page, prefixes: &Prefixes) -> BTreeMap<Key, Derived> {
    derive_free(page, records_by_key(page), &HashSet::new(), prefixes)
}

/// The codes of a page that are called by their numbers, by their places: no words name them, and
/// nobody did. Empty where no lint wants to know.
#[must_use]
pub fn nameless(page: &Page, names: &Names, prefixes: &Prefixes, levels: &Levels) -> Vec<usize> {
    if levels.level(Lint::NamelessCode) == Level::Off {
        return Vec::new();
    }
    let mut derived = derive(page, prefixes);
    derived.retain(|key, derived| {
        let has_other = names
            .get(key)
            .is_some_and(|entry| entry.name != derived.name);
        derived.origin == Origin::Number && !has_other
    });
    let is_first = |code: &ErrorCode| derived.remove(&Key::code(&page.id, code)?);
    let codes = page.codes.iter().map(is_first).enumerate();
    codes.filter_map(|(at, code)| code.map(|_| at)).collect()
}

/// Names the codes of a page, and returns what has to be recorded. Records of one number, such as
/// the rows of a table, share its name.
fn name_codes(page: &mut Page, names: &Names, prefixes: &Prefixes) -> Changes {
    let mut new = records_by_key(page);
    let returned = new.keys().filter_map(|key| {
        let entry = names.get(key)?.returned()?;
        Some((key.clone(), entry))
    });
    let mut changes: Changes = returned.collect();
    new.retain(|key, _| names.get(key).is_none());
    let derived = derive_free(page, new, &taken_names(names, &page.id), prefixes).into_iter();
    changes.extend(derived.map(|(key, derived)| (key, Entry::derived(derived.name))));

    for code in &mut page.codes {
        let key = Key::code(&page.id, code);
        let entry = key.and_then(|key| changes.get(&key).or_else(|| names.get(&key)));
        code.identifiers = entry.map(identifiers);
    }
    changes
}

/// The records of each number and symbol of a page.
fn records_by_key(page: &Page) -> BTreeMap<Key, Vec<&ErrorCode>> {
    let mut records: BTreeMap<Key, Vec<&ErrorCode>> = BTreeMap::new();
    for code in &page.codes {
        if let Some(key) = Key::code(&page.id, code) {
            records.entry(key).or_default().push(code);
        }
    }
    records
}

/// Names for codes of a page with these records, none of which is taken.
fn derive_free(
    page: &Page,
    records: BTreeMap<Key, Vec<&ErrorCode>>,
    taken: &HashSet<String>,
    prefixes: &Prefixes,
) -> BTreeMap<Key, Derived> {
    let none = BTreeMap::new();
    let prefixes = prefixes.get(&page.id).unwrap_or(&none);
    let candidates = records
        .values()
        .map(|records| Candidates::of_records(records, prefixes));
    let candidates: Vec<Candidates> = candidates.collect();
    let names = candidates.iter().zip(settle(&candidates, taken));
    let derived = names.map(|(candidates, name)| Derived {
        name,
        origin: candidates.origin(),
    });
    records.into_keys().zip(derived).collect()
}

/// The names of a page's codes that are recorded, retired ones too, as [`Name::key`] has them.
fn taken_names(names: &Names, page: &str) -> HashSet<String> {
    let codes = names
        .entries_of(page)
        .filter(|(key, _)| key.item != Item::Enum);
    let names = codes.flat_map(|(_, entry)| entry.all_names());
    names.map(Name::key).collect()
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
    let keys = catalog.pages.iter().flat_map(|page| {
        let codes = page.codes.iter().map(|code| Key::code(&page.id, code));
        codes.flatten().chain([Key::page(&page.id)])
    });
    let present: HashSet<Key> = keys.collect();
    let gone = names
        .iter()
        .filter(|(key, entry)| !present.contains(key) && !entry.retired);
    let retired = gone.map(|(key, entry)| {
        (
            key.clone(),
            Entry {
                retired: true,
                ..entry.clone()
            },
        )
    });
    retired.collect()
}
