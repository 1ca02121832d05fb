//! What changed about the names that the outputs have for pages and codes.

use super::change::{Change, Value};
use super::level::Level;
use crate::catalog::{Alias, CodeIdentifiers, PageIdentifiers};

/// The constant, or the variant of the Rust enum, under another name, and old names of it that one
/// side alone has. `template` is the change without its values.
pub(super) fn of_code(
    old: &CodeIdentifiers,
    new: &CodeIdentifiers,
    template: &Change,
) -> Vec<Change> {
    let shown = match old.constant == new.constant {
        true => [&old.variant, &new.variant],
        false => [&old.constant, &new.constant],
    };
    let is_kept = |alias: &Alias| alias.constant == old.constant && alias.variant == old.variant;
    let renamed = renamed(shown, new.aliases.iter().any(is_kept), template);
    let apart = |side: &CodeIdentifiers, other: &CodeIdentifiers| -> Vec<String> {
        let aliases = side.aliases.iter();
        aliases
            .filter_map(|alias| lacking(other, alias).cloned())
            .collect()
    };
    let aliases = aliases(apart(old, new), apart(new, old), template);
    renamed.into_iter().chain(aliases).collect()
}

/// The part of an old name of a code under which some outputs do not have it.
fn lacking<'a>(names: &CodeIdentifiers, alias: &'a Alias) -> Option<&'a String> {
    let has = |is_it: &dyn Fn(&str, &str) -> bool| {
        is_it(&names.constant, &names.variant)
            || names
                .aliases
                .iter()
                .any(|name| is_it(&name.constant, &name.variant))
    };
    if !has(&|constant, _| constant == alias.constant) {
        return Some(&alias.constant);
    }
    (!has(&|_, variant| variant == alias.variant)).then_some(&alias.variant)
}

/// The enum, or its module, under another name, and old names of it that one side alone has.
pub(super) fn of_page(
    old: &PageIdentifiers,
    new: &PageIdentifiers,
    template: &Change,
) -> Vec<Change> {
    let shown = match old.type_name == new.type_name {
        true => [&old.module, &new.module],
        false => [&old.type_name, &new.type_name],
    };
    let renamed = renamed(shown, new.aliases.contains(&old.type_name), template);
    let apart = |side: &PageIdentifiers, other: &PageIdentifiers| -> Vec<String> {
        let is_apart =
            |alias: &&String| other.type_name != **alias && !other.aliases.contains(*alias);
        side.aliases.iter().filter(is_apart).cloned().collect()
    };
    let aliases = aliases(apart(old, new), apart(new, old), template);
    renamed.into_iter().chain(aliases).collect()
}

/// Another name. Where the old one is kept beside it, nobody has to act at once.
fn renamed([old, new]: [&String; 2], is_kept: bool, template: &Change) -> Option<Change> {
    (old != new).then(|| Change {
        level: match is_kept {
            true => template.level.min(Level::Notable),
            false => template.level,
        },
        old: Value::Text(old.clone()),
        new: Value::Text(new.clone()),
        ..template.clone()
    })
}

/// Old names that are gone, which breaks those who use them, and those that there are now.
fn aliases(gone: Vec<String>, come: Vec<String>, template: &Change) -> Vec<Change> {
    let gone = gone.into_iter().map(|alias| Change {
        old: Value::Text(alias),
        ..template.clone()
    });
    let come = come.into_iter().map(|alias| Change {
        level: template.level.min(Level::Notable),
        new: Value::Text(alias),
        ..template.clone()
    });
    gone.chain(come).collect()
}
