//! What changed about the names that the outputs have for pages and codes.

use std::collections::HashSet;

use super::change::{Change, Value};
use super::level::Level;
use crate::catalog::{CodeIdentifiers, PageIdentifiers};

/// A name in its two spellings: the constant and the variant of a code, the enum and the module of
/// a page. An old name of a page has none for the module.
type Spellings<'a> = [Option<&'a str>; 2];

/// The name of a code or a page, and its old names.
pub(super) type Called<'a> = (Spellings<'a>, Vec<Spellings<'a>>);

pub(super) fn code_names(names: &CodeIdentifiers) -> Called<'_> {
    let aliases = names.aliases.iter();
    let aliases = aliases.map(|alias| [Some(&*alias.constant), Some(&*alias.variant)]);
    let name = [Some(&*names.constant), Some(&*names.variant)];
    (name, aliases.collect())
}

pub(super) fn page_names(names: &PageIdentifiers) -> Called<'_> {
    let aliases = names.aliases.iter();
    let aliases = aliases.map(|alias| [Some(alias.as_str()), None]);
    let name = [Some(&*names.type_name), Some(&*names.module)];
    (name, aliases.collect())
}

/// Another name, old names that are gone, and old names that there are now. Where the old name is
/// kept beside the new one, nobody has to act at once. `about` is a change without values.
pub(super) fn compare(old: &Called<'_>, new: &Called<'_>, about: &Change) -> Vec<Change> {
    let notable = about.level.min(Level::Notable);
    let change = |level, old: Option<&str>, new: Option<&str>| Change {
        level,
        old: Value::from(old.map(str::to_owned)),
        new: Value::from(new.map(str::to_owned)),
        ..about.clone()
    };
    let mut changes = Vec::new();
    let (old_name, new_name) = (old.0, new.0);
    if let Some(at) = (0..2).find(|&at| old_name[at] != new_name[at]) {
        let is_old = |alias: &Spellings<'_>| {
            let mut spellings = alias.iter().zip(old_name);
            spellings.all(|(text, old)| text.is_none() || *text == old)
        };
        let is_kept = new.1.iter().any(is_old);
        let level = if is_kept { notable } else { about.level };
        changes.push(change(level, old_name[at], new_name[at]));
    }
    let gone = aliases_apart(old, new).into_iter();
    changes.extend(gone.map(|alias| change(about.level, Some(alias), None)));
    let come = aliases_apart(new, old).into_iter();
    changes.extend(come.map(|alias| change(notable, None, Some(alias))));
    changes
}

/// The old names that another side does not have, each in the first spelling that it lacks.
fn aliases_apart<'a>((_, aliases): &Called<'a>, (name, others): &Called<'_>) -> Vec<&'a str> {
    let names = || std::iter::once(name).chain(others);
    let there = [0, 1].map(|at| HashSet::<_>::from_iter(names().filter_map(|name| name[at])));
    let lacking =
        |alias: &Spellings<'a>, at: usize| alias[at].filter(|text| !there[at].contains(text));
    let spelling = |alias: &Spellings<'a>| (0..2).find_map(|at| lacking(alias, at));
    aliases.iter().filter_map(spelling).collect()
}
