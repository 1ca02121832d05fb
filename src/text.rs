//! Small helpers for text.

use std::hash::Hasher as _;

use siphasher::sip::SipHasher13;

/// Stable hash of the pieces (SipHash-1-3) as 16 hex digits.
pub(crate) fn mark_of<'a>(pieces: impl IntoIterator<Item = &'a str>) -> String {
    // The hashers of the standard library may change with its version.
    let mut hasher = SipHasher13::new();
    for piece in pieces {
        hasher.write(piece.as_bytes());
    }
    format!("{:016x}", hasher.finish())
}

/// A text as one line of so many characters at most, to be shown.
pub(crate) fn one_line(text: &str, longest: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// A number with its noun: `1 page`, `2 pages`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{ending}")
}

/// Whether a character is a Chinese letter.
pub(crate) fn is_chinese(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// How many edits make one word the other; none where one of them is longer than any that people
/// spell: the work grows with both.
pub(crate) fn edits_between(name: &str, known: &str) -> Option<usize> {
    const LONGEST: usize = 200;
    let are_short = name.len().max(known.len()) <= LONGEST;
    are_short.then(|| strsim::damerau_levenshtein(name, known))
}

/// How many edits make a misspelt name the known one; none where they are too different.
pub(crate) fn misspelt_by(name: &str, known: &str) -> Option<usize> {
    let most = name.chars().count().max(3) / 3;
    edits_between(name, known).filter(|edits| *edits <= most)
}
