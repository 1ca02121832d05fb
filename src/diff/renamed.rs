//! Which of the pages that are gone is which of the new ones: those with the same codes.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{ErrorCode, Page};
use crate::names::{Item, Key};

/// Numbers below this one are those that all modules throw, such as 401.
const FIRST_OWN_NUMBER: i64 = 1000;

/// The codes of a page.
pub(crate) fn items(page: &Page) -> BTreeSet<Item> {
    let item = |code: &ErrorCode| Some(Key::code(&page.id, code)?.item);
    page.codes.iter().filter_map(item).collect()
}

/// Whether a code is one that few pages have.
pub(super) fn is_own_code(code: &ErrorCode) -> bool {
    code.value.is_none_or(|value| value >= FIRST_OWN_NUMBER)
}

/// Whether two pages have the same codes, or most of those that few pages have.
pub(crate) fn are_alike(old: &BTreeSet<Item>, new: &BTreeSet<Item>) -> bool {
    if old == new && !new.is_empty() {
        return true;
    }
    let is_own = |item: &&Item| match item {
        Item::Enum => false,
        Item::Number(number) => *number >= FIRST_OWN_NUMBER,
        Item::Symbol(_) => true,
    };
    let own = |codes: &BTreeSet<Item>| codes.iter().filter(is_own).count();
    let shared = old.intersection(new).filter(is_own).count();
    let fewer = own(old).min(own(new));
    shared * 2 > fewer || shared > 2 && shared * 2 == fewer
}

/// The pages of `gone` that pages of `come` seem to be, by the ids of these: each is one page at
/// most, the one with which it shares most codes.
pub(super) fn pairs<'a>(gone: &[&'a Page], come: &[&'a Page]) -> BTreeMap<&'a str, &'a Page> {
    let with_items = |page: &&'a Page| (*page, items(page));
    let gone: Vec<(&Page, BTreeSet<Item>)> = gone.iter().map(with_items).collect();
    let mut candidates = Vec::new();
    for (new, items) in come.iter().map(with_items) {
        for (old, old_items) in gone.iter().filter(|(_, old)| are_alike(old, &items)) {
            candidates.push((old_items.intersection(&items).count(), *old, new));
        }
    }
    candidates.sort_by_key(|(shared, old, new)| (Reverse(*shared), &old.id, &new.id));
    let mut pairs: BTreeMap<&str, &Page> = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for (_, old, new) in candidates {
        if !pairs.contains_key(new.id.as_str()) && taken.insert(&old.id) {
            pairs.insert(&new.id, old);
        }
    }
    pairs
}
