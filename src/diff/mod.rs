//! What changed between two catalogues, code by code, and whether it breaks anyone.
//!
//! Records are compared, never files: white space, the order of sections, the order of devices,
//! links and all that a page has around its article are no changes.

mod change;
mod changes;
mod code;
mod identifiers;
mod kind;
mod level;
mod page;
mod pairing;
mod record;
mod renamed;
mod text;

use std::collections::BTreeSet;

use crate::catalog::Catalog;
use crate::names::{Key, Names};

pub use change::{Change, Diff, Value};
pub use kind::{ChangeId, Field, FieldKind};
pub use level::{Level, Levels};
pub(crate) use renamed::{ByCodes, items};

use changes::Changes;

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

/// Compares two sides.
pub fn diff(old: &Side, new: &Side, levels: &Levels) -> Diff {
    let pairs = pairing::pair_pages(&old.catalog, &new.catalog);
    let mut records: Vec<_> = pairs.iter().map(pairing::pair_records).collect();
    pairing::find_moved(&pairs, &mut records);
    let is_retired = |key: &Key| old.retired.contains(key) || new.retired.contains(key);
    let found = Vec::new();
    let mut changes = Changes { levels, found };
    for (pair, records) in pairs.iter().zip(&records) {
        page::compare(pair, &mut changes);
        code::compare(pair, records, &is_retired, &mut changes);
    }
    Diff::new(changes.found)
}
