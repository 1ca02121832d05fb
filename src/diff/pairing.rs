//! Which record of the one side is which of the other.

use std::collections::{BTreeSet, HashMap, VecDeque};

use super::page::Pair;
use super::renamed::is_own_code;
use super::text::all_texts;
use crate::catalog::{CodeKind, ErrorCode, Page};

/// A record on both sides, or on one of them.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Record<'a> {
    pub(super) old: Option<&'a ErrorCode>,
    pub(super) new: Option<&'a ErrorCode>,
    /// The page that had the record, where another one has it now.
    pub(super) moved_from: Option<&'a Page>,
}

/// What tells records of a page apart, except for those that are alike even in this: where they
/// stand, the code, and the second code of a row.
type Identity<'a> = (CodeKind, String, Option<&'a str>);

fn identity(code: &ErrorCode) -> Identity<'_> {
    let second = code.cases.first().and_then(|case| case.title.as_deref());
    let is_row = code.kind == CodeKind::Table;
    (code.kind, code.key(), second.filter(|_| is_row))
}

/// What is the same in records that belong together. Of several records of an identity those come
/// first that say the same in one group, then those that say the same, then those with one title in
/// one group, then those that are left, in their order.
const LIKENESSES: [fn(&ErrorCode) -> Vec<String>; 4] = [
    |code| [group(code), said(code)].concat(),
    said,
    |code| [group(code), code.title.clone().into_iter().collect()].concat(),
    |_| Vec::new(),
];

fn group(code: &ErrorCode) -> Vec<String> {
    vec![code.group.clone().unwrap_or_default()]
}

/// What a record says, its group aside.
fn said(code: &ErrorCode) -> Vec<String> {
    let mut words: Vec<String> = code.title.iter().cloned().collect();
    for (header, cell) in &code.columns {
        words.extend([header.clone(), cell.clone()]);
    }
    for case in &code.cases {
        words.extend(case.title.clone());
        words.extend(case.all_blocks().flat_map(all_texts));
    }
    words
}

/// Pairs the records of a page, in the order of the new side. Those that are gone come last.
pub(super) fn pair<'a>(pages: &Pair<'a>) -> Vec<Record<'a>> {
    let [old, new] = [pages.old, pages.new].map(codes);
    let of_new = |code| Record {
        new: Some(code),
        ..Record::default()
    };
    let mut records: Vec<_> = new.iter().map(of_new).collect();
    let mut is_free = vec![true; old.len()];
    for likeness in LIKENESSES {
        let key = |code: &'a ErrorCode| (identity(code), likeness(code));
        let mut waiting: HashMap<_, VecDeque<usize>> = HashMap::new();
        for (place, code) in old.iter().enumerate().filter(|(place, _)| is_free[*place]) {
            waiting.entry(key(code)).or_default().push_back(place);
        }
        for (record, code) in records.iter_mut().zip(new) {
            if record.old.is_some() {
                continue;
            }
            if let Some(place) = waiting.get_mut(&key(code)).and_then(VecDeque::pop_front) {
                record.old = Some(&old[place]);
                is_free[place] = false;
            }
        }
    }
    let gone = old.iter().zip(is_free).filter(|(_, is_free)| *is_free);
    records.extend(gone.map(|(code, _)| Record {
        old: Some(code),
        ..Record::default()
    }));
    records
}

/// Finds records of codes that one page has lost altogether and another has got, where there is no
/// doubt which: the page that has it now tells.
pub(super) fn find_moved<'a>(pairs: &[Pair<'a>], records: &mut [Vec<Record<'a>>]) {
    let mut lost: HashMap<Identity<'a>, Vec<(usize, usize)>> = HashMap::new();
    let mut got = lost.clone();
    for (page, (pair, records)) in pairs.iter().zip(&*records).enumerate() {
        let [old_keys, new_keys] = [pair.old, pair.new].map(keys);
        for (place, record) in records.iter().enumerate() {
            let (code, places) = match (record.old, record.new) {
                (Some(old), None) if !new_keys.contains_key(&old.key()) => (old, &mut lost),
                (None, Some(new)) if !old_keys.contains_key(&new.key()) => (new, &mut got),
                _ => continue,
            };
            // Every page may have a number such as 401, which therefore does not move.
            if is_own_code(code) {
                places
                    .entry(identity(code))
                    .or_default()
                    .push((page, place));
            }
        }
    }
    let mut moved = BTreeSet::new();
    for (identity, lost) in lost {
        if let ([from], Some([to])) = (&lost[..], got.get(&identity).map(Vec::as_slice)) {
            records[to.0][to.1].old = records[from.0][from.1].old;
            records[to.0][to.1].moved_from = pairs[from.0].old;
            moved.insert(*from);
        }
    }
    for (page, place) in moved.into_iter().rev() {
        records[page].remove(place);
    }
}

fn codes(page: Option<&Page>) -> &[ErrorCode] {
    page.map_or(&[], |page| &page.codes)
}

/// The codes of a page, however many records it has of each.
pub(super) fn keys<'a>(page: Option<&'a Page>) -> HashMap<String, &'a ErrorCode> {
    let with_key = |code: &'a ErrorCode| (code.key(), code);
    // Of several records of a code it is the first.
    codes(page).iter().rev().map(with_key).collect()
}
