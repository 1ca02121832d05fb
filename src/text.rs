//! What text has to look like in places that every room knows: where people read it, and in an
//! address.

use std::borrow::Cow;
use std::hash::Hasher as _;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use siphasher::sip::SipHasher13;

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
    if find_hidden(text).is_none() {
        return Cow::Borrowed(text);
    }
    let mut visible = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(at) = find_hidden(rest) {
        visible.push_str(&rest[..at]);
        let mut hidden = rest[at..].chars();
        visible.extend(hidden.next().into_iter().flat_map(char::escape_unicode));
        rest = hidden.as_str();
    }
    visible.push_str(rest);
    Cow::Owned(visible)
}

/// Where the first character stands that cannot be seen and ends no line.
pub(crate) fn find_hidden(text: &str) -> Option<usize> {
    find_hidden_or(text, |_| false)
}

/// Where the first character stands that cannot be seen and ends no line, or is special, as signs
/// of ASCII may be.
pub(crate) fn find_hidden_or(text: &str, is_special: impl Fn(u8) -> bool) -> Option<usize> {
    // Compilers look at so many bytes in a few steps.
    const AT_ONCE: usize = 32;
    let is_plain = |byte: &u8| is_plain(*byte) & !is_special(*byte);
    let pieces = text.as_bytes().chunks(AT_ONCE).enumerate();
    let mut pieces =
        pieces.filter(|(_, piece)| !piece.iter().fold(true, |all, byte| all & is_plain(byte)));
    pieces.find_map(|(index, piece)| {
        let others = piece.iter().enumerate().filter(|(_, byte)| !is_plain(byte));
        let mut places = others.map(|(offset, byte)| (index * AT_ONCE + offset, *byte));
        // These bytes begin characters.
        let is_found =
            |(at, byte): &(usize, u8)| is_special(*byte) || !text[*at..].starts_with(is_visible);
        places.find(is_found).map(|(at, _)| at)
    })
}

/// Whether a byte can begin no character but one that can be seen, or an end of a line, or begins
/// none: nearly all text is ASCII, or Chinese letters, which begin with these bytes.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~' | b'\n' | 0x80..=0xbf | 0xe4..=0xe9)
}

/// A character as JSON and many languages write one that nobody sees: each of its units in UTF-16
/// as `\u202e`.
pub(crate) fn utf16_escape(c: char) -> String {
    let mut units = [0; 2];
    let units = c.encode_utf16(&mut units).iter();
    units.map(|unit| format!("\\u{unit:04x}")).collect()
}

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

/// Whether a character can be seen, or is a plain blank.
pub(crate) fn is_visible(c: char) -> bool {
    match c {
        ' '..='~' => true,
        // What pages are written in; the tables of all scripts take a search.
        '\u{4e00}'..='\u{9fff}' | '\u{3001}'..='\u{3029}' | '\u{ff01}'..='\u{ff5e}' => true,
        c => !is_blank(c) && (c.is_alphanumeric() || has_glyph(c)),
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

/// Whether a character shows nothing although it passes for a letter, a mark or a symbol, so that the
/// standard library does not tell. The two selectors that make a picture of an emoji are none: they
/// change what is before them.
fn is_blank(c: char) -> bool {
    matches!(
        c,
        '\u{34f}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0d}'
            | '\u{ffa0}'
            | '\u{1d159}'
            | '\u{e0100}'..='\u{e01ef}'
    )
}

/// Whether a character can hide or disguise what is around it, and has no place in documentation:
/// what steers a terminal or the direction of text, and what nobody sees and no editor leaves
/// behind. Joiners, blanks of any width and soft hyphens stand in texts that mean no harm.
pub(crate) fn is_suspicious(c: char) -> bool {
    const HARMLESS: [char; 6] = [
        '\u{ad}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}',
    ];
    let is_private = matches!(u32::from(c), 0xe000..=0xf8ff | 0xf_0000..);
    !matches!(c, '\n' | '\t')
        && !is_visible(c)
        && !is_space(c)
        && !is_private
        && !HARMLESS.contains(&c)
}

/// Whether a character is white space within a line.
fn is_space(c: char) -> bool {
    c.is_whitespace() && !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_cannot_be_seen_is_written_out() {
        let text = "a\tb\u{7}c\u{2028}d\u{202e}e\u{200b}f\u{ad}g\nh 一é e\u{301} 🦀 שלום";
        assert_eq!(
            visible(text),
            "a\\u{9}b\\u{7}c\\u{2028}d\\u{202e}e\\u{200b}f\\u{ad}g\nh 一é e\u{301} 🦀 שלום"
        );
    }

    /// All that Unicode tells programs to show nothing for, in the version of 2024, but for the two
    /// selectors of emoji.
    const IGNORABLE: [std::ops::RangeInclusive<u32>; 19] = [
        0xad..=0xad,
        0x34f..=0x34f,
        0x61c..=0x61c,
        0x115f..=0x1160,
        0x17b4..=0x17b5,
        0x180b..=0x180f,
        0x200b..=0x200f,
        0x2028..=0x202e,
        0x2060..=0x206f,
        0x3164..=0x3164,
        0xfe00..=0xfe0d,
        0xfeff..=0xfeff,
        0xffa0..=0xffa0,
        0xfff0..=0xfffb,
        0x1_bca0..=0x1_bca3,
        0x1_d173..=0x1_d17a,
        0xe_0000..=0xe_0fff,
        0x0..=0x1f,
        0x7f..=0x9f,
    ];

    #[test]
    fn nothing_that_unicode_calls_ignorable_passes_for_a_letter() {
        for c in IGNORABLE.into_iter().flatten().filter_map(char::from_u32) {
            assert!(!is_visible(c), "{}", c.escape_unicode());
        }
        for c in "\u{2800}\u{1d159}\u{e000}\u{fffe}".chars() {
            assert!(!is_visible(c), "{}", c.escape_unicode());
        }
        for c in "한글 ａ１！☎\u{fe0f}👍".chars() {
            assert!(is_visible(c), "{c}");
        }
    }

    #[test]
    fn what_editors_leave_behind_is_not_suspicious() {
        for c in "\u{202e}\u{2066}\u{200f}\u{61c}\u{e0041}\u{e0101}\u{3164}\u{1b}\u{9b}\r\u{2028}"
            .chars()
        {
            assert!(is_suspicious(c), "{}", c.escape_unicode());
        }
        for c in
            "a一\n\t\u{a0}\u{3000}\u{2003}\u{200b}\u{200d}\u{feff}\u{ad}\u{fe0f}\u{e123}".chars()
        {
            assert!(!is_suspicious(c), "{}", c.escape_unicode());
        }
    }

    #[test]
    fn what_is_quickly_seen_is_seen() {
        let is_plain = |c: char| c.is_alphanumeric() || c == ' ' || c.is_ascii_punctuation();
        let slow = |c: char| !is_blank(c) && (is_plain(c) || has_glyph(c));
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

    proptest! {
        #[test]
        fn the_first_hidden_character_is_found(text in "[ -~]{0,40}(\\PC|\\pC|[一-龥\n\"]){0,40}") {
            let is_found = |c| c == '"' || c != '\n' && !is_visible(c);
            let found = find_hidden_or(&text, |byte| byte == b'"');
            prop_assert_eq!(found, text.find(is_found));
        }
    }
}
