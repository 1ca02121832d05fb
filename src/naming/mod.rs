//! Naming: gives every page and every code the identifiers that the outputs use.
//!
//! What has a name in `names.toml` keeps it. What has none gets one that is made of the words that
//! the documentation gives it: of a message's first clause that says something (`clause`), without
//! what a name can do without (`shorten`). It depends on the codes of the page and never on their
//! order or on other pages: where two codes would have the same name, both say more (`clash`).

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

use heck::ToSnakeCase;

use crate::catalog::{Alias, Catalog, CodeIdentifiers, ErrorCode, Page, PageIdentifiers};
use crate::lint::{Level, Levels, Lint};
use crate::names::{Changes, Entry, Key, Name, Names};
use crate::problem::Report;
use clash::{candidates, settle};

pub use list::{Listed, Origin, list};

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
    let mut changes = page::name_new(&catalog.pages, names)?;
    for page in &catalog.pages {
        let mut new = records_by_key(page);
        new.retain(|key, _| names.get(key).is_none());
        let taken = names.holders(Some(&page.id));
        let derived = derive_free(page, new, |name| taken.contains_key(name), prefixes);
        let entries = derived.into_iter();
        changes.extend(entries.map(|(key, derived)| (key, Entry::derived(derived.name))));
    }
    changes.extend(retired_and_returned(catalog, names));
    for page in &mut catalog.pages {
        set_identifiers(page, |key| changes.get(key).or_else(|| names.get(key)));
    }
    Ok(changes)
}

/// What the words of a page say its codes should be called today, whatever is recorded.
#[must_use]
pub fn derive(page: &Page, prefixes: &Prefixes) -> BTreeMap<Key, Derived> {
    derive_free(page, records_by_key(page), |_| false, prefixes)
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
        let entry = names.get(key);
        derived.origin == Origin::Number && entry.is_none_or(|entry| entry.name == derived.name)
    });
    let is_first = |code: &ErrorCode| derived.remove(&Key::code(&page.id, code)?);
    let codes = page.codes.iter().map(is_first).enumerate();
    codes.filter_map(|(at, code)| code.map(|_| at)).collect()
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
    is_taken: impl Fn(&str) -> bool,
    prefixes: &Prefixes,
) -> BTreeMap<Key, Derived> {
    let prefixes = prefixes.get(&page.id);
    let candidates = records
        .values()
        .map(|records| candidates(records, prefixes));
    let (origins, candidates): (Vec<Origin>, Vec<_>) = candidates.unzip();
    let names = settle(candidates, is_taken).into_iter().zip(origins);
    let derived = names.map(|(name, origin)| Derived { name, origin });
    records.into_keys().zip(derived).collect()
}

/// What is recorded and no page has any more, as retired, and what the documentation has again.
fn retired_and_returned(catalog: &Catalog, names: &Names) -> Changes {
    let keys = catalog.pages.iter().flat_map(|page| {
        let codes = page.codes.iter().map(|code| Key::code(&page.id, code));
        codes.flatten().chain([Key::page(&page.id)])
    });
    let present: HashSet<Key> = keys.collect();
    let wrong = names
        .iter()
        .filter(|(key, entry)| entry.retired == present.contains(key));
    let changed = wrong.map(|(key, entry)| {
        let retired = !entry.retired;
        (
            key.clone(),
            Entry {
                retired,
                ..entry.clone()
            },
        )
    });
    changed.collect()
}

/// Writes the names of a page and its codes to it. Records of one number, such as the rows of a
/// table, share its name.
fn set_identifiers<'a>(page: &mut Page, entry: impl Fn(&Key) -> Option<&'a Entry>) {
    page.identifiers = entry(&Key::page(&page.id)).map(|entry| {
        let former = entry.aliases.iter().map(|alias| alias.variant.clone());
        PageIdentifiers {
            module: entry.name.variant.to_snake_case(),
            type_name: entry.name.variant.clone(),
            aliases: former.collect(),
        }
    });
    for code in &mut page.codes {
        let entry = Key::code(&page.id, code).and_then(|key| entry(&key));
        code.identifiers = entry.map(|entry| CodeIdentifiers {
            constant: entry.name.constant.clone(),
            variant: entry.name.variant.clone(),
            aliases: entry.aliases.iter().map(alias).collect(),
        });
    }
}

fn alias(name: &Name) -> Alias {
    Alias {
        constant: name.constant.clone(),
        variant: name.variant.clone(),
    }
}
