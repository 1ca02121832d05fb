//! The names of a project as a list, with where each comes from.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Derived, Origin, Prefixes, derive_all};
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
    pub origin: ListedOrigin,
    /// Whether the documentation has lost it.
    pub retired: bool,
    /// Names that it had before and is still known by.
    pub aliases: Vec<String>,
    /// What its words would make of it today, if it had no name; none for what is retired.
    pub today: Option<String>,
}

/// Where a name in a list comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ListedOrigin {
    /// The words of the documentation, as they are or were.
    Derived,
    /// A person.
    Given,
    /// An official name in the documentation.
    Symbol,
    /// The number of the code, for want of words.
    Number,
}

impl ListedOrigin {
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

fn listed(key: &Key, entry: &Entry, today: Option<&Derived>) -> Listed {
    let shown = |name: &Name| key.item.spelling(name).to_owned();
    let is_todays = today.is_some_and(|today| today.name == entry.name);
    let origin = match today.map(|today| today.origin).filter(|_| is_todays) {
        _ if entry.given => ListedOrigin::Given,
        Some(Origin::Symbol) => ListedOrigin::Symbol,
        Some(Origin::Number) => ListedOrigin::Number,
        _ => ListedOrigin::Derived,
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
