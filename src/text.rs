//! What text has to look like in places that every room knows: where people read it, and in an
//! address.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What is encoded in a part of an address: everything but letters, digits and `-._~`.
const ADDRESS_PART: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Text as a part of an address of the web, percent-encoded.
pub(crate) fn encode_part(text: &str) -> String {
    utf8_percent_encode(text, ADDRESS_PART).to_string()
}

/// The text with everything invisible written out as `\u{202e}`; lines stay lines.
///
/// Documentation text is untrusted. Characters that cannot be seen, from control characters to
/// those that turn the direction of text, could end a line in one language or another, steer a
/// terminal, or make code look different from what it does.
pub(crate) fn visible(text: &str) -> String {
    as_visible(text).into_owned()
}

/// The same, without a copy of a text that has nothing invisible, as nearly all have.
pub(crate) fn as_visible(text: &str) -> Cow<'_, str> {
    let Some(first) = find_hidden(text) else {
        return Cow::Borrowed(text);
    };
    let mut visible = String::with_capacity(text.len() + 8);
    let (mut rest, mut next) = (text, Some(first));
    while let Some(at) = next {
        let hidden = rest[at..].chars().next().into_iter();
        visible.push_str(&rest[..at]);
        visible.extend(hidden.clone().flat_map(char::escape_unicode));
        rest = &rest[at + hidden.map(char::len_utf8).sum::<usize>()..];
        next = find_hidden(rest);
    }
    visible.push_str(rest);
    Cow::Owned(visible)
}

/// Where the first character stands that cannot be seen and ends no line.
fn find_hidden(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            // Nearly all text is ASCII, or Chinese letters, which have these first bytes of three.
            b' '..=b'~' | b'\n' => at += 1,
            0xe4..=0xe9 => at += 3,
            _ => {
                let c = text[at..].chars().next()?;
                if !is_visible(c) {
                    return Some(at);
                }
                at += c.len_utf8();
            }
        }
    }
    None
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

/// Whether a character can be seen, or is a plain blank.
pub(crate) fn is_visible(c: char) -> bool {
    match c {
        ' '..='~' => true,
        // What pages are written in; the tables of all scripts take a search.
        '\u{4e00}'..='\u{9fff}' | '\u{3001}'..='\u{3029}' | '\u{ff01}'..='\u{ff5e}' => true,
        c => c.is_alphanumeric() || has_glyph(c),
    }
}

/// Whether the standard library would print a character as it is. It knows what has no glyph of its
/// own, and behind a letter it lets marks pass that combine with it.
fn has_glyph(c: char) -> bool {
    let mut letter_and_c = [b'x'; 5];
    let length = 1 + c.encode_utf8(&mut letter_and_c[1..]).len();
    let text = str::from_utf8(&letter_and_c[..length]);
    text.is_ok_and(|text| text.escape_debug().eq(text.chars()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_written_out() {
        let text = "a\tb\u{7}c\u{2028}d\u{202e}e\u{200b}f\u{ad}g\nh 一é e\u{301} 🦀 שלום";
        assert_eq!(
            visible(text),
            "a\\u{9}b\\u{7}c\\u{2028}d\\u{202e}e\\u{200b}f\\u{ad}g\nh 一é e\u{301} 🦀 שלום"
        );
    }

    #[test]
    fn what_is_quickly_seen_is_seen() {
        let slow =
            |c: char| c.is_alphanumeric() || c == ' ' || c.is_ascii_punctuation() || has_glyph(c);
        let is_found = |c: char| find_hidden(c.encode_utf8(&mut [0; 4])).is_some();
        let differs =
            |c: &char| is_visible(*c) != slow(*c) || is_found(*c) == (slow(*c) || *c == '\n');
        assert_eq!(('\0'..=char::MAX).find(differs), None);
    }

    #[test]
    fn a_part_of_an_address_cannot_end_it() {
        assert_eq!(encode_part("a-b_c.d~e"), "a-b_c.d~e");
        assert_eq!(encode_part("错/#? \""), "%E9%94%99%2F%23%3F%20%22");
    }
}
