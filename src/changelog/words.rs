//! What differs between two texts, line by line and word by word. In Chinese every character is a
//! word.

use std::collections::HashMap;

use similar::{Algorithm, ChangeTag, DiffTag, DiffableStr, capture_diff_slices};

use crate::edits::{self, MOST_LINES};

/// How many lines further on a line is looked for that has changed. Texts where more are gone are
/// no longer read word by word.
const NEAR: usize = 16;

/// The most words in which two lines may differ that are compared in their order. Nobody reads word
/// by word what has changed more.
const MOST_WORDS: usize = 400;

/// A line of a text that differs: one piece, where one side alone has the line.
pub type Line = Vec<Piece>;

/// A piece of a line, with the side that has it: both, the old one or the new one.
pub type Piece = (ChangeTag, String);

/// The lines in which two texts differ. What both have is left out.
pub fn lines(old: &[&str], new: &[&str]) -> Vec<Line> {
    if !edits::are_few(old, new, MOST_LINES) {
        let mut lines = pair_lines(old, new);
        lines.retain(|line| line.iter().any(|(tag, _)| *tag != ChangeTag::Equal));
        return lines;
    }
    let ops = capture_diff_slices(Algorithm::Myers, old, new).into_iter();
    ops.filter(|op| op.tag() != DiffTag::Equal)
        .flat_map(|op| pair_lines(&old[op.old_range()], &new[op.new_range()]))
        .collect()
}

/// Tells which of some lines have become which, in their order. Of lines that have become nothing
/// the old ones stand before the new ones.
fn pair_lines(mut old: &[&str], new: &[&str]) -> Vec<Line> {
    let of_one_side = |tag, line: &&str| vec![(tag, (*line).to_owned())];
    let gone = |line: &&str| of_one_side(ChangeTag::Delete, line);
    let mut lines = Vec::new();
    let mut come = Vec::new();
    for line in new {
        let mut near = old.iter().take(NEAR).enumerate();
        match near.find_map(|(place, old)| Some((place, changed(old, line)?))) {
            Some((place, changed)) => {
                lines.extend(old[..place].iter().map(gone));
                lines.append(&mut come);
                lines.push(changed);
                old = &old[place + 1..];
            }
            None => come.push(of_one_side(ChangeTag::Insert, line)),
        }
    }
    lines.extend(old.iter().map(gone));
    lines.append(&mut come);
    lines
}

/// The line that two lines are where one has become the other: they have half of their words in
/// common, or the one has most words of the other.
fn changed(old: &str, new: &str) -> Option<Line> {
    if old == new {
        return Some(vec![(ChangeTag::Equal, old.to_owned())]);
    }
    let [before, now] = [old, new].map(DiffableStr::tokenize_unicode_words);
    let is_enough = |common: usize| {
        let (old, new) = (before.len(), now.len());
        common * 4 >= old + new || common * 5 >= old.min(new) * 3
    };
    // Texts without the same words need not be looked at in their order, which takes long.
    if !is_enough(in_common(&before, &now)) || !edits::are_few(&before, &now, MOST_WORDS) {
        return None;
    }
    let ops = capture_diff_slices(Algorithm::Myers, &before, &now);
    let equal = ops.iter().filter(|op| op.tag() == DiffTag::Equal);
    if !is_enough(equal.map(|op| op.old_range().len()).sum()) {
        return None;
    }
    let pieces = ops
        .iter()
        .flat_map(|op| op.iter_slices(&before[..], &now[..]));
    Some(pieces.map(|(tag, words)| (tag, words.concat())).collect())
}

/// How many words two lines have in common, in whatever order.
fn in_common(old: &[&str], new: &[&str]) -> usize {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in old {
        *counts.entry(word).or_default() += 1;
    }
    let is_common = |word: &&&str| {
        let count = counts.get_mut(**word).filter(|count| **count > 0);
        count.map(|count| *count -= 1).is_some()
    };
    new.iter().filter(is_common).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines that differ, with the pieces of one side between marks.
    fn marked(old: &[&str], new: &[&str]) -> Vec<String> {
        let piece = |(tag, text): Piece| match tag {
            ChangeTag::Equal => text,
            ChangeTag::Delete => format!("[-{text}-]"),
            ChangeTag::Insert => format!("{{+{text}+}}"),
        };
        let line = |line: Line| line.into_iter().map(piece).collect();
        lines(old, new).into_iter().map(line).collect()
    }

    #[test]
    fn words_differ_in_lines_that_are_alike() {
        assert_eq!(
            marked(&["The call timed out."], &["The call has timed out."]),
            ["The call {+has +}timed out."]
        );
        assert_eq!(
            marked(
                &["Internal error."],
                &["Internal error: the service is busy."]
            ),
            ["Internal error{+: the service is busy+}."]
        );
        assert_eq!(
            marked(
                &["检查网络是否可用。", "重启设备。"],
                &["检查网络连接是否可用。", "联系客服。"]
            ),
            [
                "检查网络{+连接+}是否可用。",
                "[-重启设备。-]",
                "{+联系客服。+}"
            ]
        );
    }

    #[test]
    fn words_in_common_count_as_often_as_both_lines_have_them() {
        assert_eq!(in_common(&["a", "b", "a", "c"], &["a", "a", "a", "b"]), 3);
        assert_eq!(changed("重启设备", "联系客服"), None);
        assert_eq!(changed("一二三四五六", "六五四三二一"), None);
    }

    #[test]
    fn long_texts_are_not_compared_word_by_word() {
        let [old, new] = ["one ", "two "].map(|word| word.repeat(3_000) + "end");
        assert_eq!(
            marked(&["a", &old], &["a", &new]),
            [format!("[-{old}-]"), format!("{{+{new}+}}")]
        );
        let many = vec!["a"; 8 * MOST_LINES];
        assert_eq!(marked(&many, &many), [""; 0]);
        let more = [&many[..], &["b"]].concat();
        assert_eq!(marked(&many, &more), ["{+b+}"]);
    }

    #[test]
    fn lines_that_stay_are_left_out() {
        assert_eq!(
            marked(&["a", "b", "c"], &["a", "x", "c", "d"]),
            ["[-b-]", "{+x+}", "{+d+}"]
        );
        assert!(marked(&["a"], &["a"]).is_empty());
    }
}
