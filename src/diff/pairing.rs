//! What belongs together on the two sides: the pages, the records of a page, and what is inside them.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::hash::Hash;

use super::renamed::{self, is_own_code};
use super::text::all_texts;
use crate::catalog::{Catalog, CodeKind, ErrorCode, Page};

/// A page of one side, with what is asked about it for each of its codes.
#[derive(Debug)]
pub(super) struct PageIndex<'a> {
    pub(super) page: &'a Page,
    /// The first record of each code.
    pub(super) codes: HashMap<String, &'a ErrorCode>,
    /// The headings above codes.
    pub(super) groups: HashSet<&'a str>,
    /// Whether devices are shown at codes. Some forms of a page have them at the title alone.
    pub(super) has_devices: bool,
}

impl<'a> PageIndex<'a> {
    fn new(page: &'a Page) -> Self {
        let codes = || page.codes.iter();
        Self {
            page,
            codes: codes().rev().map(|code| (code.key(), code)).collect(),
            groups: codes().filter_map(|code| code.group.as_deref()).collect(),
            has_devices: codes().any(ErrorCode::has_devices),
        }
    }
}

/// A page on both sides, or on one of them.
#[derive(Debug)]
pub(super) struct Pair<'a> {
    /// The id on the new side where both sides have the page.
    pub(super) id: &'a str,
    pub(super) old: Option<PageIndex<'a>>,
    pub(super) new: Option<PageIndex<'a>>,
}

impl<'a> Pair<'a> {
    /// The first record of a code that the old page has.
    pub(super) fn in_old(&self, code: &ErrorCode) -> Option<&'a ErrorCode> {
        self.old.as_ref()?.codes.get(&code.key()).copied()
    }

    /// The first record of a code that the new page has.
    pub(super) fn in_new(&self, code: &ErrorCode) -> Option<&'a ErrorCode> {
        self.new.as_ref()?.codes.get(&code.key()).copied()
    }
}

/// The pages of both sides, in the order of their ids. Those that have other ids are paired by their
/// codes.
pub(super) fn pair_pages<'a>(old: &'a Catalog, new: &'a Catalog) -> Vec<Pair<'a>> {
    let mut pairs: BTreeMap<&str, [Option<&Page>; 2]> = BTreeMap::new();
    for (side, catalog) in [old, new].into_iter().enumerate() {
        for page in &catalog.pages {
            pairs.entry(&page.id).or_default()[side] = Some(page);
        }
    }
    let only = |side: usize| -> Vec<&Page> {
        let alone = pairs.values().filter(|pair| pair[1 - side].is_none());
        alone.filter_map(|pair| pair[side]).collect()
    };
    for (id, old) in renamed::pairs(&only(0), &only(1)) {
        pairs.remove(old.id.as_str());
        pairs.entry(id).or_default()[0] = Some(old);
    }
    let pair = |(id, pages): (&'a str, [Option<&'a Page>; 2])| {
        let [old, new] = pages.map(|page| page.map(PageIndex::new));
        Pair { id, old, new }
    };
    pairs.into_iter().map(pair).collect()
}

/// A record of a code, with the page that states it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'a> {
    pub(super) index: &'a PageIndex<'a>,
    pub(super) code: &'a ErrorCode,
}

/// What tells records of a page apart, except for those that are alike even in this: where they
/// stand, the code, and the second code of a row.
type Identity<'a> = (CodeKind, String, Option<&'a str>);

fn identity(code: &ErrorCode) -> Identity<'_> {
    let second = code.cases.first().and_then(|case| case.title.as_deref());
    let is_row = code.kind == CodeKind::Table;
    (code.kind, code.key(), second.filter(|_| is_row))
}

/// What has to be the same: the identity, the group, and what the record says.
type Likeness<'a> = (Identity<'a>, Option<&'a str>, Vec<String>);

/// What is the same in records that belong together. Of several records of an identity those come
/// first that say the same in one group, then those that say the same, then those with one title in
/// one group, then those that are left, in their order.
fn likenesses<'a>() -> [fn(&'a Record<'a>) -> Likeness<'a>; 4] {
    [
        |Record { code, .. }| (identity(code), code.group.as_deref(), said(code)),
        |Record { code, .. }| (identity(code), None, said(code)),
        |Record { code, .. }| (identity(code), code.group.as_deref(), title(code)),
        |Record { code, .. }| (identity(code), None, Vec::new()),
    ]
}

fn title(code: &ErrorCode) -> Vec<String> {
    code.title.iter().cloned().collect()
}

/// What a record says, its group aside.
fn said(code: &ErrorCode) -> Vec<String> {
    let mut words = title(code);
    for (header, cell) in &code.columns {
        words.extend([header.clone(), cell.clone()]);
    }
    for case in &code.cases {
        words.extend(case.title.clone());
        words.extend(case.all_blocks().flat_map(all_texts));
    }
    words
}

/// The records of a page on both sides, or on one of them, in the order of the new side. Those that
/// are gone come last.
pub(super) fn pair_records<'a>(pages: &'a Pair<'a>) -> Vec<[Option<Record<'a>>; 2]> {
    let [old, new] = [&pages.old, &pages.new].map(records);
    let pairs = align(&old, &new, &likenesses()).into_iter();
    pairs
        .map(|(_, pair)| pair.map(Option::<&_>::copied))
        .collect()
}

fn records<'a>(page: &'a Option<PageIndex<'a>>) -> Vec<Record<'a>> {
    let Some(index) = page else {
        return Vec::new();
    };
    let codes = index.page.codes.iter();
    codes.map(|code| Record { index, code }).collect()
}

/// Finds records of codes that one page has lost altogether and another has got, where there is no
/// doubt which: the page that has it now tells.
pub(super) fn find_moved<'a>(pairs: &[Pair<'a>], records: &mut [Vec<[Option<Record<'a>>; 2]>]) {
    let mut places: HashMap<Identity<'_>, [Vec<(usize, usize)>; 2]> = HashMap::new();
    for (page, (pair, records)) in pairs.iter().zip(&*records).enumerate() {
        for (place, record) in records.iter().enumerate() {
            let (side, code) = match record {
                [Some(old), None] if pair.in_new(old.code).is_none() => (0, old.code),
                [None, Some(new)] if pair.in_old(new.code).is_none() => (1, new.code),
                _ => continue,
            };
            // Every page may have a number such as 401, which therefore does not move.
            if is_own_code(code) {
                places.entry(identity(code)).or_default()[side].push((page, place));
            }
        }
    }
    let mut moved = BTreeSet::new();
    for [lost, got] in places.values() {
        if let ([from], [to]) = (&lost[..], &got[..]) {
            records[to.0][to.1][0] = records[from.0][from.1][0];
            moved.insert(*from);
        }
    }
    for (page, place) in moved.into_iter().rev() {
        records[page].remove(place);
    }
}

/// What is alike on both sides, in the order of the new side, each with its place on the side that
/// has it. Of what could belong together those come first that have the first likeness in common,
/// then those that have the second, and so on. What one side has too many stands alone.
pub(super) fn align<'a, T, K: Eq + Hash>(
    old: &'a [T],
    new: &'a [T],
    likenesses: &[fn(&'a T) -> K],
) -> Vec<(usize, [Option<&'a T>; 2])> {
    let mut partners: Vec<Option<&T>> = vec![None; new.len()];
    let mut is_free = vec![true; old.len()];
    for likeness in likenesses {
        let mut waiting: HashMap<K, VecDeque<usize>> = HashMap::new();
        for (place, old) in old.iter().enumerate().filter(|(place, _)| is_free[*place]) {
            waiting.entry(likeness(old)).or_default().push_back(place);
        }
        let alone = partners.iter_mut().zip(new);
        for (partner, new) in alone.filter(|(partner, _)| partner.is_none()) {
            let places = waiting.get_mut(&likeness(new));
            if let Some(place) = places.and_then(VecDeque::pop_front) {
                *partner = Some(&old[place]);
                is_free[place] = false;
            }
        }
    }
    let pairs = partners.into_iter().zip(new).enumerate();
    let gone = old.iter().enumerate().filter(|(place, _)| is_free[*place]);
    pairs
        .map(|(place, (old, new))| (place, [old, Some(new)]))
        .chain(gone.map(|(place, old)| (place, [Some(old), None])))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aligned(old: &[char], new: &[char]) -> Vec<String> {
        let shown = |side: Option<&char>| side.copied().unwrap_or('-');
        let pairs = align(old, new, &[|title| Some(title), |_| None]).into_iter();
        pairs
            .map(|(at, [old, new])| format!("{at}: {} {}", shown(old), shown(new)))
            .collect()
    }

    #[test]
    fn what_has_one_title_belongs_together_and_the_rest_by_order() {
        assert_eq!(
            aligned(&['a', 'b', 'c'], &['x', 'c', 'a']),
            ["0: b x", "1: c c", "2: a a"]
        );
        assert_eq!(aligned(&['a', 'b'], &['b']), ["0: b b", "0: a -"]);
        assert_eq!(aligned(&['a'], &['a', 'b']), ["0: a a", "1: - b"]);
    }
}
