//! Pages that the site has renamed, as far as their codes give them away.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{ErrorCode, Page};
use crate::names::{Item, Key};

/// Numbers below this one are those that all modules throw, such as 401.
const FIRST_OWN_NUMBER: i64 = 1000;

/// The codes of a page.
pub(crate) fn items(page: &Page) -> BTreeSet<Item> {
    let keys = page.codes.iter();
    keys.filter_map(|code| Key::code(&page.id, code))
        .map(|key| key.item)
        .collect()
}

/// Whether a code is one that few pages have.
fn is_own(item: &Item) -> bool {
    match item {
        Item::Enum => false,
        Item::Number(number) => *number >= FIRST_OWN_NUMBER,
        Item::Symbol(_) => true,
    }
}

/// Whether a code of a page is one that few pages have.
pub(super) fn is_own_code(code: &ErrorCode) -> bool {
    code.value.is_none_or(|value| value >= FIRST_OWN_NUMBER)
}

/// Whether two pages have the same codes, or most of those that few pages have.
pub(crate) fn are_alike(old: &BTreeSet<Item>, new: &BTreeSet<Item>) -> bool {
    if old == new && !new.is_empty() {
        return true;
    }
    let own = |codes: &BTreeSet<Item>| codes.iter().filter(|item| is_own(item)).count();
    let shared = old.intersection(new).filter(|item| is_own(item)).count();
    let fewer = own(old).min(own(new));
    shared * 2 > fewer || shared > 2 && shared * 2 == fewer
}

/// The pages of `gone` that pages of `come` seem to be, by the ids of these: each is one page at
/// most, the one with which it shares most codes.
pub(super) fn pairs<'a>(gone: &[&'a Page], come: &[&'a Page]) -> BTreeMap<&'a str, &'a Page> {
    let gone: Vec<_> = gone.iter().map(|page| (*page, items(page))).collect();
    let come: Vec<_> = come.iter().map(|page| (*page, items(page))).collect();
    let mut candidates = Vec::new();
    for (old, old_items) in &gone {
        for (new, new_items) in &come {
            if are_alike(old_items, new_items) {
                let shared = old_items.intersection(new_items).count();
                candidates.push((shared, *old, *new));
            }
        }
    }
    candidates.sort_by(|a, b| (b.0, &a.1.id, &a.2.id).cmp(&(a.0, &b.1.id, &b.2.id)));
    let mut pairs: BTreeMap<&str, &Page> = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for (_, old, new) in candidates {
        if !pairs.contains_key(new.id.as_str()) && taken.insert(&old.id) {
            pairs.insert(&new.id, old);
        }
    }
    pairs
}
