//! The record of names, `names.toml`: what it says, and what it has to say after this run.

use std::collections::BTreeMap;

use crate::catalog::{Catalog, Page};
use crate::diagnostic::Diagnostic;
use crate::names::{self, Entry, FILE_NAME, Item, Key, Name, Names};
use crate::naming::{self, Prefixes};
use crate::output::{self, Difference, Differences, Kind};

/// What `names.toml` says, and what it has to say.
#[derive(Debug)]
pub struct NamesUpdate {
    /// The names that were recorded when the analysis began.
    pub names: Names,
    /// The entries that have to be added or changed.
    pub changes: BTreeMap<Key, Entry>,
    /// The names that a person has changed since the outputs were last written.
    pub renamed: Vec<Renamed>,
    /// How the file differs from what it has to be; none where it does not.
    pub difference: Option<Difference>,
}

/// A name that a person has changed.
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
    pub(super) fn new(
        names: Names,
        changes: BTreeMap<Key, Entry>,
        catalog: &Catalog,
        plan: &Differences,
        catalog_file: Option<&str>,
        prefixes: &Prefixes,
    ) -> Self {
        let mut update = Self {
            renamed: renamed(&names, plan, catalog_file),
            names,
            changes,
            difference: None,
        };
        update.mark_given(catalog, prefixes);
        update.difference = difference(&update.names, &update.changes);
        update
    }

    /// What is not recorded yet, with the names that it gets.
    pub fn added(&self) -> impl Iterator<Item = (&Key, &Entry)> {
        self.changes
            .iter()
            .filter(|(key, _)| self.names.get(key).is_none())
    }

    /// How many names are retired, and how many return.
    #[must_use]
    pub fn retired_and_returned(&self) -> (usize, usize) {
        let old = |key: &Key| self.names.get(key).is_some_and(|entry| entry.retired);
        let known = self
            .changes
            .iter()
            .filter(|(key, _)| self.names.get(key).is_some());
        let turned = known.filter(|(key, entry)| old(key) != entry.retired);
        let (retired, returned): (Vec<_>, Vec<_>) = turned.partition(|(_, entry)| entry.retired);
        (retired.len(), returned.len())
    }

    /// Marks the names that a person gave by editing the file: no words make them, and the outputs
    /// have others.
    fn mark_given(&mut self, catalog: &Catalog, prefixes: &Prefixes) {
        if self.renamed.is_empty() {
            return;
        }
        let today = naming::derive_all(catalog, prefixes);
        for renamed in &self.renamed {
            let key = &renamed.key;
            let Some(entry) = self.changes.get(key).or_else(|| self.names.get(key)) else {
                continue;
            };
            let is_derived = today.get(key).is_some_and(|today| today.name == entry.name);
            if !entry.given && !is_derived {
                let given = Entry {
                    given: true,
                    ..entry.clone()
                };
                self.changes.insert(key.clone(), given);
            }
        }
    }
}

fn difference(names: &Names, changes: &BTreeMap<Key, Entry>) -> Option<Difference> {
    if changes.is_empty() {
        return None;
    }
    let old = Some(names.text()).filter(|old| !old.is_empty());
    output::project_file(FILE_NAME, old, names.with(changes))
}

/// The recorded names that are not those of the outputs as they are. Where the outputs have no
/// records, or are up to date, there is none.
fn renamed(names: &Names, plan: &Differences, catalog_file: Option<&str>) -> Vec<Renamed> {
    let catalog = plan
        .files
        .iter()
        .find(|difference| Some(difference.path.as_str()) == catalog_file);
    let Some(Kind::Changed { old, .. }) = catalog.map(|difference| &difference.kind) else {
        return Vec::new();
    };
    let Ok(catalog) = serde_json::from_str::<Catalog>(old) else {
        return Vec::new();
    };
    let pages = catalog.pages.into_iter();
    let last = last_names(&pages.map(|page| (page.id.clone(), page)).collect());
    let renamed = last.into_iter().filter_map(|(key, old)| {
        let new = &names.get(&key)?.name;
        let [old, new] = key.item.shown_apart(&old.name, new).map(str::to_owned);
        (old != new).then_some(Renamed { key, old, new })
    });
    renamed.collect()
}

/// The names in the outputs as they are, which are those of these pages, with their aliases.
pub(super) fn last_names(pages: &BTreeMap<String, Page>) -> BTreeMap<Key, Entry> {
    let entry = |name, aliases| Entry {
        aliases,
        ..Entry::derived(name)
    };
    let mut names = BTreeMap::new();
    for page in pages.values() {
        let types = page.identifiers.as_ref().map(|names| {
            let aliases = names.aliases.iter().map(|alias| Name::of_type(alias));
            entry(Name::of_type(&names.type_name), aliases.collect())
        });
        names.extend(types.map(|entry| (Key::page(&page.id), entry)));
        for code in &page.codes {
            let own = code.identifiers.as_ref().map(|names| {
                let aliases = names.aliases.iter();
                let aliases = aliases.map(|alias| named(&alias.constant, &alias.variant));
                entry(named(&names.constant, &names.variant), aliases.collect())
            });
            names.extend(Key::code(&page.id, code).zip(own));
        }
    }
    names
}

fn named(constant: &str, variant: &str) -> Name {
    Name {
        constant: constant.to_owned(),
        variant: variant.to_owned(),
    }
}

/// Errors for lines about a code that no page has, with the name that the outputs have for a code
/// without a line: one of the two is a slip. Without an error the code would get another name.
pub(super) fn slips(
    names: &Names,
    changes: &BTreeMap<Key, Entry>,
    last: &BTreeMap<Key, Entry>,
) -> Vec<Diagnostic> {
    let retired = changes
        .iter()
        .filter(|(key, entry)| entry.retired && !last.contains_key(key));
    let slips = retired.filter_map(|(key, entry)| {
        let is_meant = |other: &&Key| {
            let is_type = [key, other].map(|key| key.item == Item::Enum);
            let is_near = other.page == key.page || is_type == [true, true];
            let last = last.get(other).map(|entry| &entry.name);
            is_near && names.get(other).is_none() && last == Some(&entry.name)
        };
        let other = changes.keys().find(is_meant)?;
        let message = format!(
            "there is no code `{}` of the page `{}`, but `{}` of `{}` has this name and no line",
            key.item, key.page, other.item, other.page
        );
        let help = format!(
            "correct the line: {}.{}",
            names::toml_key(&other.page),
            names::toml_key(&other.item.to_string())
        );
        let slip = Diagnostic::error("names", message).at(names.place(key));
        Some(slip.help(help))
    });
    slips.collect()
}
