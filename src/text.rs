//! Small helpers for text.

use std::hash::Hasher as _;

use siphasher::sip::SipHasher13;

/// A mark by which a text is known again, made of its pieces: sixteen hexadecimal digits.
pub(crate) fn mark_of<'a>(pieces: impl IntoIterator<Item = &'a str>) -> String {
    // The same on every machine and in every release, which the hashers of the standard library do
    // not promise.
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
