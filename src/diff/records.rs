//! Which record of the one side is which of the other.

use std::collections::{BTreeMap, HashMap, VecDeque};

use super::page::Pair;
use super::text::all_texts;
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
        /// Another record of the code that the page had.
        had: Option<&'a ErrorCode>,
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

/// How alike records of an identity are that belong together.
#[derive(Debug, Clone, Copy)]
enum Likeness {
    /// They say the same in the same group.
    Equal,
    /// They say the same.
    Text,
    /// They have the same title in the same group.
    Place,
    /// They may say anything.
    Identity,
}

impl Likeness {
    /// The closest first.
    const ALL: [Self; 4] = [Self::Equal, Self::Text, Self::Place, Self::Identity];

    /// What is the same in records that are so alike.
    fn words(self, code: &ErrorCode) -> Vec<String> {
        let group = code.group.clone().unwrap_or_default();
        let title = code.title.clone().unwrap_or_default();
        match self {
            Self::Equal => [vec![group], text(code)].concat(),
            Self::Text => text(code),
            Self::Place => vec![group, title],
            Self::Identity => Vec::new(),
        }
    }
}

/// What a record says, its group aside.
fn text(code: &ErrorCode) -> Vec<String> {
    let cells = code.columns.iter();
    let cells = cells.flat_map(|(header, cell)| [header.clone(), cell.clone()]);
    let mut words: Vec<String> = code.title.iter().cloned().chain(cells).collect();
    for case in &code.cases {
        words.extend(case.title.clone());
        let fields = case.fields().into_iter();
        let fields = fields.chain(case.extra.values().map(Vec::as_slice));
        words.extend(fields.flat_map(all_texts));
    }
    words
}

/// Pairs the records of a page, see [`partners`]. In the order of the new side, those that are gone
/// behind it.
pub(super) fn compare<'a>(pair: &Pair<'a>) -> Vec<Record<'a>> {
    let codes = |page: Option<&'a Page>| page.map_or(&[][..], |page| &page.codes);
    let (old, new) = (codes(pair.old), codes(pair.new));
    let known = |codes: &'a [ErrorCode]| -> HashMap<_, _> {
        // Of several records of a code it is the first.
        let codes = codes.iter().rev();
        codes
            .map(|code| (Identity::of(code).code(), code))
            .collect()
    };
    let (before, now) = (known(old), known(new));
    let mut is_kept = vec![false; old.len()];
    let mut records = Vec::with_capacity(new.len());
    for (code, partner) in new.iter().zip(partners(old, new)) {
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
                had: before.get(&Identity::of(code).code()).copied(),
            },
        });
    }
    let gone = old.iter().zip(is_kept).filter(|(_, is_kept)| !is_kept);
    records.extend(gone.map(|(old, _)| Record::Removed {
        old,
        has_code: now.contains_key(&Identity::of(old).code()),
    }));
    records
}

/// For each new record the place of the old one that it is. Of several records of an identity those
/// belong together that say the same, then those in one group and with one title, then those that
/// are left, in their order.
fn partners<'a>(old: &'a [ErrorCode], new: &'a [ErrorCode]) -> Vec<Option<usize>> {
    let mut counts: HashMap<Identity<'_>, [usize; 2]> = HashMap::new();
    for (side, codes) in [old, new].into_iter().enumerate() {
        for code in codes {
            counts.entry(Identity::of(code)).or_default()[side] += 1;
        }
    }
    let is_alone = |identity: &Identity<'_>| counts[identity].iter().all(|&count| count < 2);
    let mut is_taken = vec![false; old.len()];
    let mut partners = vec![None; new.len()];
    for likeness in Likeness::ALL {
        // Where there is no choice, words do not matter.
        let key = |code: &'a ErrorCode| {
            let identity = Identity::of(code);
            let words = match is_alone(&identity) {
                true => Vec::new(),
                false => likeness.words(code),
            };
            (identity, words)
        };
        let mut waiting: HashMap<_, VecDeque<usize>> = HashMap::new();
        let free = old
            .iter()
            .enumerate()
            .filter(|(place, _)| !is_taken[*place]);
        for (place, code) in free {
            waiting.entry(key(code)).or_default().push_back(place);
        }
        let alone = partners.iter_mut().zip(new);
        for (partner, code) in alone.filter(|(partner, _)| partner.is_none()) {
            *partner = waiting.get_mut(&key(code)).and_then(VecDeque::pop_front);
            if let Some(place) = *partner {
                is_taken[place] = true;
            }
        }
    }
    partners
}

/// The places of records, by what tells these apart: which page, and which of its records.
type Places<'a> = BTreeMap<Identity<'a>, Vec<(usize, usize)>>;

/// Finds records that one page has lost and another has got, where there is no doubt which: turns
/// the one into [`Record::MovedAway`] and the other into [`Record::MovedHere`].
pub(super) fn find_moved<'a>(pairs: &[Pair<'a>], records: &mut [Vec<Record<'a>>]) {
    let (lost, got) = lost_and_got(records);
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

/// The codes that pages have lost altogether, and those that they did not have at all.
fn lost_and_got<'a>(records: &[Vec<Record<'a>>]) -> (Places<'a>, Places<'a>) {
    let (mut lost, mut got) = (Places::new(), Places::new());
    for (page, records) in records.iter().enumerate() {
        for (place, record) in records.iter().enumerate() {
            let (code, places) = match *record {
                Record::Removed {
                    old,
                    has_code: false,
                } => (old, &mut lost),
                Record::Added { new, had: None } => (new, &mut got),
                _ => continue,
            };
            // A number such as 401 that one page loses and another gets is no move: every page
            // may have it.
            if super::renamed::is_own_code(code) {
                let places = places.entry(Identity::of(code)).or_default();
                places.push((page, place));
            }
        }
    }
    (lost, got)
}
