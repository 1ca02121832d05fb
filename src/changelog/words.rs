//! What differs between two texts, line by line and word by word. In Chinese every character is a
//! word.

use std::collections::HashMap;

use similar::{Algorithm, ChangeTag, DiffOp, DiffableStr, TextDiff, capture_diff_slices};

/// How many lines further on a line is looked for that has changed. Texts where more are gone are
/// no longer read word by word.
const NEAR: usize = 16;

/// The most words of two lines, and the most lines of two texts, that are compared in their order:
/// where they are altogether different, the work grows with the square. Nobody reads what has changed
/// in longer ones word by word.
const MAX_COMPARED: usize = 8_000;

/// A line of a text that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// The old side alone has it.
    Old(String),
    /// The new side alone has it.
    New(String),
    /// Both sides have it, with other words.
    Changed(Vec<Piece>),
}

/// A piece of a line that has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Both sides have it.
    Same(String),
    /// The old side alone has it.
    Old(String),
    /// The new side alone has it.
    New(String),
}

impl Piece {
    /// The text, whichever side has it.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Same(text) | Self::Old(text) | Self::New(text) => text,
        }
    }
}

/// The lines in which two texts differ. What both have is left out.
#[must_use]
pub fn lines(old: &[&str], new: &[&str]) -> Vec<Line> {
    let mut lines = Vec::new();
    if old.len() + new.len() > MAX_COMPARED {
        pair_lines(old, new, &mut lines);
        lines.retain(|line| !matches!(line, Line::Changed(pieces) if is_same(pieces)));
        return lines;
    }
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        if !matches!(op, DiffOp::Equal { .. }) {
            pair_lines(&old[op.old_range()], &new[op.new_range()], &mut lines);
        }
    }
    lines
}

/// Tells which of some lines have become which, in their order. Of lines that have become nothing
/// the old ones stand before the new ones.
fn pair_lines(mut old: &[&str], new: &[&str], lines: &mut Vec<Line>) {
    let gone = |old: &[&str]| -> Vec<Line> {
        let old = old.iter();
        old.map(|line| Line::Old((*line).to_owned())).collect()
    };
    let mut come = Vec::new();
    for line in new {
        let near = &old[..old.len().min(NEAR)];
        match near.iter().position(|old| are_alike(old, line)) {
            Some(place) => {
                lines.extend(gone(&old[..place]));
                lines.append(&mut come);
                lines.push(Line::Changed(pieces(old[place], line)));
                old = &old[place + 1..];
            }
            None => come.push(Line::New((*line).to_owned())),
        }
    }
    lines.extend(gone(old));
    lines.append(&mut come);
}

fn is_same(pieces: &[Piece]) -> bool {
    pieces.iter().all(|piece| matches!(piece, Piece::Same(_)))
}

/// Whether two lines are one that has changed: they have half of their words in common, or the one
/// has most words of the other.
fn are_alike(old: &str, new: &str) -> bool {
    let [before, now] = [old, new].map(DiffableStr::tokenize_unicode_words);
    let is_enough = |common: usize| {
        let (old, new) = (before.len(), now.len());
        common * 4 >= old + new || common * 5 >= old.min(new) * 3
    };
    if old == new {
        return true;
    }
    // Texts without the same words need not be looked at in their order, which takes long.
    if before.len() + now.len() > MAX_COMPARED || !is_enough(in_common(&before, &now)) {
        return false;
    }
    let diff = TextDiff::from_unicode_words(old, new);
    let common = diff.iter_all_changes();
    let common = common.filter(|change| change.tag() == ChangeTag::Equal);
    is_enough(common.count())
}

/// How many words two lines have in common, in whatever order.
fn in_common(old: &[&str], new: &[&str]) -> usize {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in old {
        *counts.entry(word).or_default() += 1;
    }
    let mut common = 0;
    for word in new {
        if let Some(count) = counts.get_mut(word).filter(|count| **count > 0) {
            *count -= 1;
            common += 1;
        }
    }
    common
}

fn pieces(old: &str, new: &str) -> Vec<Piece> {
    let diff = TextDiff::from_unicode_words(old, new);
    let mut pieces: Vec<Piece> = Vec::new();
    for change in diff.iter_all_changes() {
        let text = change.value();
        match (change.tag(), pieces.last_mut()) {
            (ChangeTag::Equal, Some(Piece::Same(last)))
            | (ChangeTag::Delete, Some(Piece::Old(last)))
            | (ChangeTag::Insert, Some(Piece::New(last))) => last.push_str(text),
            (ChangeTag::Equal, _) => pieces.push(Piece::Same(text.to_owned())),
            (ChangeTag::Delete, _) => pieces.push(Piece::Old(text.to_owned())),
            (ChangeTag::Insert, _) => pieces.push(Piece::New(text.to_owned())),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(old: &[&str], new: &[&str]) -> Vec<String> {
        let piece = |piece: &Piece| match piece {
            Piece::Same(text) => text.clone(),
            Piece::Old(text) => format!("[-{text}-]"),
            Piece::New(text) => format!("{{+{text}+}}"),
        };
        let lines = lines(old, new).into_iter();
        let lines = lines.map(|line| match line {
            Line::Old(text) => format!("- {text}"),
            Line::New(text) => format!("+ {text}"),
            Line::Changed(pieces) => format!("~ {}", pieces.iter().map(piece).collect::<String>()),
        });
        lines.collect()
    }

    #[test]
    fn words_differ_in_lines_that_are_alike() {
        assert_eq!(
            shown(&["The call timed out."], &["The call has timed out."]),
            ["~ The call {+has +}timed out."]
        );
        assert_eq!(
            shown(
                &["Internal error."],
                &["Internal error: the service is busy."]
            ),
            ["~ Internal error{+: the service is busy+}."]
        );
        assert_eq!(
            shown(
                &["检查网络是否可用。", "重启设备。"],
                &["检查网络连接是否可用。", "联系客服。"]
            ),
            [
                "~ 检查网络{+连接+}是否可用。",
                "- 重启设备。",
                "+ 联系客服。"
            ]
        );
    }

    #[test]
    fn words_in_common_count_as_often_as_both_lines_have_them() {
        assert_eq!(in_common(&["a", "b", "a", "c"], &["a", "a", "a", "b"]), 3);
        assert!(!are_alike("重启设备", "联系客服"));
        assert!(!are_alike("一二三四五六", "六五四三二一"));
    }

    #[test]
    fn long_texts_are_not_compared_word_by_word() {
        let [old, new] = ["one ", "two "].map(|word| word.repeat(3_000) + "end");
        assert_eq!(
            shown(&["a", &old], &["a", &new]),
            [format!("- {old}"), format!("+ {new}")]
        );
        let many = vec!["a"; MAX_COMPARED];
        assert_eq!(shown(&many, &many), [""; 0]);
        let more = [&many[..], &["b"]].concat();
        assert_eq!(shown(&many, &more), ["+ b"]);
    }

    #[test]
    fn lines_that_stay_are_left_out() {
        assert_eq!(
            shown(&["a", "b", "c"], &["a", "x", "c", "d"]),
            ["- b", "+ x", "+ d"]
        );
        assert!(shown(&["a"], &["a"]).is_empty());
    }
}
