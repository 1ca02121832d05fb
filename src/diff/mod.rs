//! What changed between two catalogues, code by code, and whether it breaks anyone.
//!
//! Records are compared, never files: white space, the order of sections, the order of devices,
//! links and all that a page has around its article are no changes.

mod change;
mod code;
mod fields;
mod identifiers;
mod kind;
mod level;
mod page;
mod pairing;
mod record;
mod renamed;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Catalog, Page};
use crate::names::{Key, Names};

pub use change::{Change, Diff, Value};
pub use kind::{ChangeId, Field, FieldKind};
pub use level::{Level, Levels};
pub(crate) use renamed::{are_alike, items};

use page::Pair;

/// One of the two sides that are compared.
#[derive(Debug, Clone)]
pub struct Side {
    /// The pages, with identifiers where names are known.
    pub catalog: Catalog,
    /// What has a name and was lost by the documentation when the names were recorded.
    pub retired: BTreeSet<Key>,
}

impl Side {
    /// A side of which no more is known than its pages.
    pub fn unnamed(catalog: Catalog) -> Self {
        Self {
            catalog,
            retired: BTreeSet::new(),
        }
    }

    /// A side whose names are recorded.
    pub fn named(catalog: Catalog, names: &Names) -> Self {
        let retired = names.iter().filter(|(_, entry)| entry.retired);
        Self {
            catalog,
            retired: retired.map(|(key, _)| key.clone()).collect(),
        }
    }
}

/// Compares two sides. Pages are paired by their ids, and those that have other ids by their codes.
pub fn diff(old: &Side, new: &Side, levels: &Levels) -> Diff {
    let pairs = pair_pages(&old.catalog, &new.catalog);
    let mut records: Vec<_> = pairs.iter().map(pairing::pair).collect();
    pairing::find_moved(&pairs, &mut records);
    let is_retired = |key: &Key| old.retired.contains(key) || new.retired.contains(key);
    let mut changes = Vec::new();
    for (pair, records) in pairs.iter().zip(&records) {
        changes.extend(page::changes(pair, levels));
        changes.extend(code::changes(pair, records, &is_retired, levels));
    }
    Diff::new(changes)
}

/// The pages of both sides, in the order of their ids.
fn pair_pages<'a>(old: &'a Catalog, new: &'a Catalog) -> Vec<Pair<'a>> {
    let [old_pages, new_pages] = [old, new].map(by_id);
    let only = |pages: &BTreeMap<&str, &'a Page>, others: &BTreeMap<&str, &Page>| {
        let mut only = pages.clone();
        only.retain(|id, _| !others.contains_key(id));
        only.into_values().collect::<Vec<&Page>>()
    };
    let mut gone = only(&old_pages, &new_pages);
    let renamed = renamed::pairs(&gone, &only(&new_pages, &old_pages));
    gone.retain(|page| renamed.values().all(|old| old.id != page.id));
    let removed = |page| Pair {
        old: Some(page),
        new: None,
    };
    let mut pairs: Vec<Pair<'a>> = gone.into_iter().map(removed).collect();
    for (id, page) in &new_pages {
        let before = old_pages.get(id).or_else(|| renamed.get(id));
        pairs.push(Pair {
            old: before.copied(),
            new: Some(page),
        });
    }
    pairs.sort_by(|a, b| a.id().cmp(b.id()));
    pairs
}

fn by_id<'a>(catalog: &'a Catalog) -> BTreeMap<&'a str, &'a Page> {
    let with_id = |page: &'a Page| (page.id.as_str(), page);
    catalog.pages.iter().map(with_id).collect()
}
