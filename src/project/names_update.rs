//! What `names.toml` says, and what it has to say.

use std::collections::BTreeMap;

use crate::catalog::{Catalog, Page};
use crate::names::{Changes, FILE_NAME, Key, Name, Names};
use crate::output::{self, Difference};
use crate::problem::{Diagnostic, DriftProblem, Locate as _, first_of};
use crate::text::counted;

/// What `names.toml` says, and what it has to say.
#[derive(Debug)]
pub struct NamesUpdate {
    /// The names that were recorded when the analysis began.
    pub names: Names,
    /// The entries that have to be added or changed.
    pub changes: Changes,
    /// A line for each name that a person has changed in the file since the outputs were written.
    pub renamed: String,
    /// How the file differs from what it has to be; none where it does not.
    pub difference: Option<Difference>,
}

impl NamesUpdate {
    /// `old_catalog` is the text of the records as the outputs have them, if they have to change.
    pub(super) fn new(names: Names, changes: Changes, old_catalog: Option<&str>) -> Self {
        Self {
            renamed: old_catalog.map_or_else(String::new, |old| renamed(&names, old)),
            difference: difference(&names, &changes),
            names,
            changes,
        }
    }

    /// How many names are not recorded yet.
    pub(crate) fn added(&self) -> usize {
        let keys = self.changes.keys();
        keys.filter(|key| self.names.get(key).is_none()).count()
    }

    /// An error where the file has to be changed.
    pub(crate) fn problem(&self) -> Option<Diagnostic> {
        let difference = self.difference.as_ref()?;
        let first = difference.first_change();
        let place = output::place(difference.path.clone(), first.as_ref());
        let problem = DriftProblem::NamesChanged {
            missing: self.added(),
            changes: self.change_lines(),
            edit: first.map(|(_, edit)| edit),
        };
        Some(problem.at(place))
    }

    /// What becomes of the file: a line for each name, as far as they are few, and a tally; nothing
    /// where nothing does.
    pub(crate) fn tally(&self) -> String {
        if self.changes.is_empty() {
            return String::new();
        }
        let added = self.added();
        let retired = self.changes.values().filter(|entry| entry.retired).count();
        let returned = self.changes.len() - added - retired;
        let lines = self.change_lines().into_iter();
        let lines = lines.filter(|_| !self.names.file_text().is_empty());
        let lines: String = lines.map(|line| line + "\n").collect();
        let added = counted(added, "name");
        format!("{lines}{FILE_NAME}: {added} added, {retired} retired, {returned} returned\n")
    }

    /// What becomes of single names, a line each: the first of them, and how many more there are.
    pub(crate) fn change_lines(&self) -> Vec<String> {
        let lines = self.changes.iter().map(|(key, entry)| {
            let what = match self.names.get(key) {
                None => "named",
                Some(_) if entry.retired => "retired",
                Some(_) => "returned",
            };
            let name = key.item.spelling(&entry.name);
            format!("{what} {} {}: {name}", key.page, key.item)
        });
        first_of(&lines.collect::<Vec<_>>())
    }
}

fn difference(names: &Names, changes: &Changes) -> Option<Difference> {
    if changes.is_empty() {
        return None;
    }
    let old = Some(names.file_text()).filter(|text| !text.is_empty());
    output::project_file(FILE_NAME, old, names.with(changes))
}

/// The names in the records of the outputs that names.toml has other names for, a line for each.
fn renamed(names: &Names, old_catalog: &str) -> String {
    let old: Catalog = serde_json::from_str(old_catalog).unwrap_or_default();
    let line = |(key, old): (Key, Name)| {
        let new = &names.get(&key)?.name;
        let [old, new] = key.item.spellings_apart(&old, new);
        let Key { page, item } = &key;
        (old != new).then(|| format!("renamed {page} {item}: {old} -> {new}\n"))
    };
    let recorded = old.pages.iter().flat_map(recorded_names);
    recorded.filter_map(line).collect()
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
