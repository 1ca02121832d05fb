//! What `names.toml` says, and what it has to say.

use std::collections::BTreeMap;

use crate::catalog::{Catalog, Page};
use crate::names::{Changes, Entry, FILE_NAME, Key, Name, Names};
use crate::output::{self, Difference};
use crate::problem::{Diagnostic, DriftProblem, Locate as _};
use crate::text::counted;

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

    /// An error where the file has to be changed.
    pub(crate) fn problem(&self) -> Option<Diagnostic> {
        let difference = self.difference.as_ref()?;
        let first = difference.first_change();
        let place = output::place(difference.path.clone(), first.as_ref());
        let problem = DriftProblem::NamesChanged {
            missing: self.added().count(),
            changes: self.change_lines(),
            edit: first.map(|(_, edit)| edit),
        };
        Some(problem.at(place))
    }

    /// A line for each name that a person has changed by hand since the outputs were written.
    pub(crate) fn renamed_lines(&self) -> String {
        let renamed = self.renamed.iter();
        let lines = renamed.map(|Renamed { key, old, new }| {
            format!("renamed {} {}: {old} -> {new}\n", key.page, key.item)
        });
        lines.collect()
    }

    /// What becomes of the file: a line for each name, as far as they are few, and a tally; nothing
    /// where nothing does.
    pub(crate) fn tally(&self) -> String {
        let added = self.added().count();
        let (retired, returned) = self.retired_and_returned();
        if added + retired + returned == 0 {
            return String::new();
        }
        let lines = self.change_lines().into_iter();
        let lines = lines.filter(|_| !self.names.file_text().is_empty());
        let lines: String = lines.map(|line| line + "\n").collect();
        let added = counted(added, "name");
        format!("{lines}{FILE_NAME}: {added} added, {retired} retired, {returned} returned\n")
    }

    /// What becomes of single names, a line each: the first of them, and how many more there are.
    pub(crate) fn change_lines(&self) -> Vec<String> {
        const SHOWN: usize = 20;
        let lines = self.changes.iter().map(|(key, entry)| {
            let what = match self.names.get(key) {
                None => "named",
                Some(old) if old.retired == entry.retired => "given by hand",
                Some(_) if entry.retired => "retired",
                Some(_) => "returned",
            };
            let name = key.item.spelling(&entry.name);
            format!("{what} {} {}: {name}", key.page, key.item)
        });
        let more = self
            .changes
            .len()
            .checked_sub(SHOWN)
            .filter(|more| *more > 0);
        let more = more.map(|more| format!("and {more} more"));
        lines.take(SHOWN).chain(more).collect()
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
