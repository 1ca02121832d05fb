//! Which of the pages that are gone is which of the new ones: those with the same codes.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

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

/// Pages by what they may be known by: each of their codes that few pages have, and all of them.
pub(crate) struct ByCodes<'a, T> {
    pages: Vec<(T, &'a BTreeSet<Item>)>,
    by_code: HashMap<&'a Item, Vec<usize>>,
    by_codes: HashMap<&'a BTreeSet<Item>, Vec<usize>>,
}

impl<'a, T: Copy> ByCodes<'a, T> {
    /// The most pages that are looked at for one code. What more of them have tells none from the
    /// others.
    const FEW: usize = 16;

    pub(crate) fn new(pages: impl IntoIterator<Item = (T, &'a BTreeSet<Item>)>) -> Self {
        let pages: Vec<_> = pages.into_iter().collect();
        let (mut by_code, mut by_codes) =
            (HashMap::<_, Vec<_>>::new(), HashMap::<_, Vec<_>>::new());
        for (place, (_, codes)) in pages.iter().enumerate() {
            by_codes.entry(*codes).or_default().push(place);
            for code in codes.iter().filter(is_own) {
                by_code.entry(code).or_default().push(place);
            }
        }
        Self {
            pages,
            by_code,
            by_codes,
        }
    }

    /// The pages that a page with these codes seems to be, each with the number of codes that it
    /// shares.
    pub(crate) fn alike(&self, codes: &BTreeSet<Item>) -> Vec<(T, usize)> {
        let of_one = codes.iter().filter_map(|code| self.by_code.get(code));
        let of_all = self.by_codes.get(codes);
        let places = of_one
            .chain(of_all)
            .flat_map(|places| places.iter().take(Self::FEW));
        let places: BTreeSet<&usize> = places.collect();
        let pages = places.into_iter().map(|place| &self.pages[*place]);
        let alike = pages.filter(|(_, own)| are_alike(own, codes));
        alike
            .map(|(page, own)| (*page, own.intersection(codes).count()))
            .collect()
    }
}

/// Whether a code is one that few pages have.
fn is_own(item: &&Item) -> bool {
    match item {
        Item::Enum => false,
        Item::Number(number) => *number >= FIRST_OWN_NUMBER,
        Item::Symbol(_) => true,
    }
}

/// Whether two pages have the same codes, or most of those that few pages have.
fn are_alike(old: &BTreeSet<Item>, new: &BTreeSet<Item>) -> bool {
    if old == new && !new.is_empty() {
        return true;
    }
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
    let by_codes = ByCodes::new(gone.iter().map(|(page, items)| (*page, items)));
    let mut candidates = Vec::new();
    for (new, items) in come.iter().map(with_items) {
        let alike = by_codes.alike(&items).into_iter();
        candidates.extend(alike.map(|(old, shared)| (shared, old, new)));
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
