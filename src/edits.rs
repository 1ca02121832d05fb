//! How much two lists differ. It is asked before they are compared in their order, the work of which
//! grows faster than they do where they are altogether different.

use std::hash::Hash;

use similar::TextDiff;
use similar::algorithms::IdentifyDistinct;

/// The most lines of two texts that may differ for what differs to be shown.
pub(crate) const MOST_LINES: usize = 1_000;

/// What stands in the place of a diff that there is none of.
pub(crate) const TOO_DIFFERENT: &str = "too different to show";

/// The lines in which two texts differ; none if there are too many.
pub(crate) fn diff_lines<'a>(old: &'a str, new: &'a str) -> Option<TextDiff<'a, 'a, str>> {
    let [old_lines, new_lines] = [old, new].map(|text| Vec::from_iter(text.lines()));
    are_few(&old_lines, &new_lines, MOST_LINES).then(|| TextDiff::from_lines(old, new))
}

/// Whether so many insertions and deletions at most make one list the other, or one of them alone
/// has more than the other. It takes steps like the square of `most` and the length of the lists.
pub(crate) fn are_few<T: Hash + Eq>(old: &[T], new: &[T], most: usize) -> bool {
    let start = common(old.iter().zip(new));
    let (old, new) = (&old[start..], &new[start..]);
    let end = common(old.iter().rev().zip(new.iter().rev()));
    let (old, new) = (&old[..old.len() - end], &new[..new.len() - end]);
    if old.is_empty() || new.is_empty() {
        return true;
    }
    if old.len().abs_diff(new.len()) > most {
        return false;
    }
    // Numbers are compared faster than long texts.
    let ids = IdentifyDistinct::<u32>::new(old, 0..old.len(), new, 0..new.len());
    let (old_ids, new_ids) = (ids.old_lookup(), ids.new_lookup());
    let is_same = |at: usize, new_at: usize| {
        at < old.len() && new_at < new.len() && old_ids[at] == new_ids[new_at]
    };
    // Myers: how far so many edits lead in the old list, by how much further that is in it than in
    // the new one; `most + 1` stands for no difference.
    let mut reached = vec![0; 2 * most + 3];
    for edits in 0..=most {
        for diagonal in (most + 1 - edits..=most + 1 + edits).step_by(2) {
            let is_insertion = diagonal == most + 1 - edits
                || diagonal != most + 1 + edits && reached[diagonal - 1] < reached[diagonal + 1];
            let mut at = if edits == 0 {
                0
            } else if is_insertion {
                reached[diagonal + 1]
            } else {
                reached[diagonal - 1] + 1
            };
            let new_at = |at: usize| at + most + 1 - diagonal;
            while is_same(at, new_at(at)) {
                at += 1;
            }
            if at >= old.len() && new_at(at) >= new.len() {
                return true;
            }
            reached[diagonal] = at;
        }
    }
    false
}

fn common<T: Eq>(mut pairs: impl Iterator<Item = (T, T)>) -> usize {
    let mut count = 0;
    while pairs.next().is_some_and(|(old, new)| old == new) {
        count += 1;
    }
    count
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use similar::{Algorithm, ChangeTag, capture_diff_slices};

    use super::*;

    #[test]
    fn what_one_side_alone_has_is_always_few() {
        assert!(are_few(&[1, 3], &[1, 2, 2, 2, 2, 3], 1));
        assert!(are_few(&[1, 2, 3], &[1, 4, 3], 2));
        assert!(!are_few(&[1, 2, 3], &[1, 4, 3], 1));
        assert!(!are_few(&[1, 2], &[3, 4, 5, 6, 7], 2));
    }

    proptest! {
        #[test]
        fn the_edits_are_those_of_the_shortest_way(
            old in prop::collection::vec(0..4_u8, 1..12),
            new in prop::collection::vec(0..4_u8, 1..12),
            most in 0..16_usize,
        ) {
            let ops = capture_diff_slices(Algorithm::RawMyers, &old, &new);
            let changes = ops.iter().flat_map(|op| op.iter_changes(&old[..], &new[..]));
            let tags: Vec<ChangeTag> = changes.map(|change| change.tag()).collect();
            let count = |tag| tags.iter().filter(|own| **own == tag).count();
            let edits = [count(ChangeTag::Delete), count(ChangeTag::Insert)];
            let is_one_sided = edits.contains(&0);
            prop_assert_eq!(are_few(&old, &new, most), is_one_sided && {
                let start = common(old.iter().zip(&new));
                let end = common(old[start..].iter().rev().zip(new[start..].iter().rev()));
                start + end == old.len().min(new.len())
            } || edits.iter().sum::<usize>() <= most);
        }
    }
}
