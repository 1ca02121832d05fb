//! Which record of the one side is which of the other.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use super::page::Pair;
use crate::catalog::{CodeKind, ErrorCode, Page};

/// What became of a record.
#[derive(Debug, Clone, Copy)]
pub(super) enum Record<'a> {
    /// Both sides have it.
    Kept {
        old: &'a ErrorCode,
        new: &'a ErrorCode,
    },
    /// The new side alone has it.
    Added {
        new: &'a ErrorCode,
        /// Whether the page had another record of the code.
        had_code: bool,
    },
    /// The old side alone has it.
    Removed {
        old: &'a ErrorCode,
        /// Whether the page still has another record of the code.
        has_code: bool,
    },
    /// Another page had it.
    MovedHere {
        from: &'a Page,
        old: &'a ErrorCode,
        new: &'a ErrorCode,
    },
    /// Another page has it; that one tells.
    MovedAway,
}

/// What tells records of a page apart, those aside that are alike even in this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Identity<'a> {
    is_row: bool,
    /// The number; of a symbol none.
    value: Option<i64>,
    /// The symbol; of a number empty.
    symbol: &'a str,
    /// The second code of a row.
    second: Option<&'a str>,
}

impl<'a> Identity<'a> {
    fn of(code: &'a ErrorCode) -> Self {
        let is_row = code.kind == CodeKind::Table;
        let second = code.cases.first().and_then(|case| case.title.as_deref());
        Self {
            is_row,
            value: code.value,
            symbol: match code.value {
                Some(_) => "",
                None => &code.code,
            },
            second: second.filter(|_| is_row),
        }
    }

    /// The code alone, of which a page may have several records.
    fn code(self) -> (Option<i64>, &'a str) {
        (self.value, self.symbol)
    }
}

/// Pairs the records of a page: the first of an identity with the first, and so on. In the order
/// of the new side, those that are gone behind it.
pub(super) fn compare<'a>(pair: &Pair<'a>) -> Vec<Record<'a>> {
    let codes = |page: Option<&'a Page>| page.map_or(&[][..], |page| &page.codes);
    let (old, new) = (codes(pair.old), codes(pair.new));
    let known = |codes: &'a [ErrorCode]| -> HashSet<_> {
        codes.iter().map(|code| Identity::of(code).code()).collect()
    };
    let (before, now) = (known(old), known(new));
    let mut waiting: HashMap<Identity<'_>, VecDeque<usize>> = HashMap::new();
    for (place, code) in old.iter().enumerate() {
        waiting
            .entry(Identity::of(code))
            .or_default()
            .push_back(place);
    }
    let mut is_kept = vec![false; old.len()];
    let mut records = Vec::with_capacity(new.len());
    for code in new {
        let identity = Identity::of(code);
        let partner = waiting.get_mut(&identity).and_then(VecDeque::pop_front);
        records.push(match partner {
            Some(place) => {
                is_kept[place] = true;
                Record::Kept {
                    old: &old[place],
                    new: code,
                }
            }
            None => Record::Added {
                new: code,
                had_code: before.contains(&identity.code()),
            },
        });
    }
    let gone = old.iter().zip(is_kept).filter(|(_, is_kept)| !is_kept);
    records.extend(gone.map(|(old, _)| Record::Removed {
        old,
        has_code: now.contains(&Identity::of(old).code()),
    }));
    records
}

/// Finds records that one page has lost and another has got, where there is no doubt which: turns
/// the one into [`Record::MovedAway`] and the other into [`Record::MovedHere`].
pub(super) fn find_moved<'a>(pairs: &[Pair<'a>], records: &mut [Vec<Record<'a>>]) {
    let mut lost: BTreeMap<Identity<'a>, Vec<(usize, usize)>> = BTreeMap::new();
    let mut got: BTreeMap<Identity<'a>, Vec<(usize, usize)>> = BTreeMap::new();
    for (page, records) in records.iter().enumerate() {
        for (place, record) in records.iter().enumerate() {
            let (code, places) = match *record {
                Record::Removed {
                    old,
                    has_code: false,
                } => (old, &mut lost),
                Record::Added {
                    new,
                    had_code: false,
                } => (new, &mut got),
                _ => continue,
            };
            // A number such as 401 that one page loses and another gets is no move: every page
            // may have it.
            if super::renamed::is_own_code(code) {
                places
                    .entry(Identity::of(code))
                    .or_default()
                    .push((page, place));
            }
        }
    }
    for (identity, lost) in lost {
        let (&[from], Some(&[to])) = (lost.as_slice(), got.get(&identity).map(Vec::as_slice))
        else {
            continue;
        };
        let (Record::Removed { old, .. }, Record::Added { new, .. }, Some(page)) = (
            records[from.0][from.1],
            records[to.0][to.1],
            pairs[from.0].old,
        ) else {
            continue;
        };
        records[from.0][from.1] = Record::MovedAway;
        records[to.0][to.1] = Record::MovedHere {
            from: page,
            old,
            new,
        };
    }
}
