//! The names of a project as a list, with where each comes from.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Derived, Prefixes, derive, page};
use crate::catalog::Catalog;
use crate::names::{Entry, Key, Name, Names};

/// A name, what it is for, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// The page's id.
    pub page: String,
    /// The number or symbol; `enum` for the page itself.
    pub code: String,
    /// The constant, or the name of the enum.
    pub name: String,
    /// The variant of the Rust enum, or the name of the enum.
    pub variant: String,
    /// Where the name comes from.
    pub origin: Origin,
    /// Whether the documentation has lost it.
    pub retired: bool,
    /// Names that it had before and is still known by.
    pub aliases: Vec<String>,
    /// What its words would make of it today, if it had no name; none for what is retired.
    pub today: Option<String>,
}

/// Where a name comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// The words of the documentation, as they are or were.
    Derived,
    /// A person.
    Given,
    /// An official name in the documentation, or a code that is a name itself.
    Symbol,
    /// The number of the code, because there are no words.
    Number,
}

impl Origin {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Derived => "derived",
            Self::Given => "given",
            Self::Symbol => "symbol",
            Self::Number => "number",
        }
    }
}

/// Lists the recorded names with those in `new` added or in their places, in the order of pages
/// and codes.
#[must_use]
pub fn list(
    catalog: &Catalog,
    names: &Names,
    new: &BTreeMap<Key, Entry>,
    prefixes: &Prefixes,
) -> Vec<Listed> {
    let mut entries: BTreeMap<&Key, &Entry> = names.iter().collect();
    entries.extend(new);
    let today = derive_all(catalog, prefixes);
    let entries = entries.into_iter();
    entries
        .map(|(key, entry)| listed(key, entry, today.get(key)))
        .collect()
}

/// What the words of all pages say that they and their codes should be called today, whatever is
/// recorded.
fn derive_all(catalog: &Catalog, prefixes: &Prefixes) -> BTreeMap<Key, Derived> {
    let origin = Origin::Derived;
    let pages = page::derive(catalog.pages.iter(), |_| false).into_iter();
    let pages = pages.map(|(key, name)| (key, Derived { name, origin }));
    let codes = catalog.pages.iter().flat_map(|page| derive(page, prefixes));
    pages.chain(codes).collect()
}

fn listed(key: &Key, entry: &Entry, today: Option<&Derived>) -> Listed {
    let shown = |name: &Name| key.item.spelling(name).to_owned();
    let derived = today.filter(|today| today.name == entry.name);
    let origin = if entry.given {
        Origin::Given
    } else {
        derived.map_or(Origin::Derived, |derived| derived.origin)
    };
    Listed {
        page: key.page.clone(),
        code: key.item.to_string(),
        name: shown(&entry.name),
        variant: entry.name.variant.clone(),
        origin,
        retired: entry.retired,
        aliases: entry.aliases.iter().map(shown).collect(),
        today: today.map(|today| shown(&today.name)),
    }
}
