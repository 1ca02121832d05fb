//! What `names.toml` says, and what it has to say.

use std::collections::BTreeMap;

use crate::catalog::{Catalog, Page};
use crate::names::{Changes, Entry, FILE_NAME, Key, Name, Names};
use crate::output::{self, Difference};

/// What `names.toml` says, and what it has to say.
#[derive(Debug)]
pub struct NamesUpdate {
    /// The names that were recorded when the analysis began.
    pub names: Names,
    /// The entries that have to be added or changed.
    pub changes: Changes,
    /// The names that a person has changed in the file since the outputs were written, to be
    /// shown.
    pub renamed: Vec<Renamed>,
    /// How the file differs from what it has to be; none where it does not.
    pub difference: Option<Difference>,
}

/// A name that a person has changed in the file since the outputs were written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamed {
    /// What it is the name of.
    pub key: Key,
    /// The name in the outputs as they are.
    pub old: String,
    /// The name that is recorded.
    pub new: String,
}

impl NamesUpdate {
    /// `old_catalog` is the text of the records as the outputs have them, if they have to change.
    pub(super) fn new(names: Names, changes: Changes, old_catalog: Option<&str>) -> Self {
        Self {
            renamed: old_catalog.map_or(Vec::new(), |old| renamed(&names, old)),
            difference: difference(&names, &changes),
            names,
            changes,
        }
    }

    /// What is not recorded yet, with the names that it gets.
    pub(crate) fn added(&self) -> impl Iterator<Item = (&Key, &Entry)> {
        let is_new = |(key, _): &(&Key, _)| self.names.get(key).is_none();
        self.changes.iter().filter(is_new)
    }

    /// How many names are retired, and how many return.
    pub(crate) fn retired_and_returned(&self) -> (usize, usize) {
        let is_known = |key: &Key| self.names.get(key).is_some();
        let known = self.changes.iter().filter(|(key, _)| is_known(key));
        let (retired, returned): (Vec<_>, Vec<_>) = known.partition(|(_, entry)| entry.retired);
        (retired.len(), returned.len())
    }
}

fn difference(names: &Names, changes: &Changes) -> Option<Difference> {
    if changes.is_empty() {
        return None;
    }
    let old = Some(names.file_text()).filter(|text| !text.is_empty());
    output::project_file(FILE_NAME, old, names.with(changes))
}

/// The names in the records of the outputs that names.toml has other names for.
fn renamed(names: &Names, old_catalog: &str) -> Vec<Renamed> {
    let old: Catalog = serde_json::from_str(old_catalog).unwrap_or_default();
    let renamed = |(key, old): (Key, Name)| {
        let new = &names.get(&key)?.name;
        let [old, new] = key.item.spellings_apart(&old, new).map(str::to_owned);
        (old != new).then_some(Renamed { key, old, new })
    };
    let recorded = old.pages.iter().flat_map(recorded_names);
    recorded.filter_map(renamed).collect()
}

/// The names of a page and its codes in the records of the outputs.
fn recorded_names(page: &Page) -> BTreeMap<Key, Name> {
    let identifiers = page.identifiers.iter();
    let enum_name = identifiers.map(|names| (Key::page(&page.id), Name::of_type(&names.type_name)));
    let codes = page.codes.iter().filter_map(|code| {
        let names = code.identifiers.as_ref()?;
        let name = Name {
            constant: names.constant.clone(),
            variant: names.variant.clone(),
        };
        Some((Key::code(&page.id, code)?, name))
    });
    // Records of one number share a name.
    enum_name.chain(codes).collect()
}
