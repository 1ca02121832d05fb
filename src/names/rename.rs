//! Renames a code or a page, as a person asks for it.

use super::{Entry, Item, Key, Name, Names};
use crate::problem::{Locate as _, NamesProblem, Report};

/// The entry of something once a person has renamed it. `new` is the name as a constant, or as a
/// variant whose shape then stays; of a page, the name of the enum. With `alias` the old name
/// stays known.
///
/// # Errors
/// Nothing has this name, or cannot have it: it is no name, or is taken.
pub fn renamed(names: &Names, key: &Key, new: &str, alias: bool) -> Result<Entry, Report> {
    let old = names.get(key).ok_or(NamesProblem::NoEntry.nowhere())?;
    let name = if key.item == Item::Enum {
        Name::of_type(new)
    } else {
        spelled_like_others(names, old, new)
    };
    if let Some(refusal) = key.item.refusal(&name) {
        return Err(refusal.nowhere().into());
    }
    let holders = names.holders(key.scope());
    if let Some(&by) = holders.get(&name.key()).filter(|by| **by != key) {
        let taken = NamesProblem::RenamedToTaken {
            new: new.to_owned(),
            by: by.clone(),
            is_retired: names.get(by).is_some_and(|entry| entry.retired),
        };
        return Err(taken.at(names.place(by)).into());
    }
    if name == old.name {
        return Ok(old.clone());
    }
    let mut aliases = old.aliases.clone();
    if alias {
        if old.name.key() == name.key() {
            let old = key.item.spelling(&old.name).to_owned();
            let new = new.to_owned();
            return Err(NamesProblem::AliasAlike { old, new }.nowhere().into());
        }
        aliases.push(old.name.clone());
    }
    aliases.retain(|alias| alias.key() != name.key());
    Ok(Entry {
        name,
        given: true,
        aliases,
        ..old.clone()
    })
}

/// The name that a person means: one that it has or had, as that is spelt, else with the acronyms
/// in shape that other names of the file have.
fn spelled_like_others(names: &Names, old: &Entry, new: &str) -> Name {
    if let Some(same) = old.all_names().find(|same| same.constant == new) {
        return same.clone();
    }
    let codes = names.iter().filter(|(key, _)| key.item != Item::Enum);
    Name::spelled(new, codes.map(|(_, entry)| &entry.name))
}
