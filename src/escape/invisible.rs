//! Characters that cannot be seen, and text with them written out.

use std::borrow::Cow;

use super::escape_special;

/// The text with everything invisible written out as `\u{202e}`; lines stay lines.
///
/// Control characters and those that change the direction of text could end a line in some
/// language, control a terminal, or make code look different from what it does.
pub(crate) fn visible(text: &str) -> String {
    as_visible(text).into_owned()
}

/// As [`visible`], without a copy where nothing is invisible.
pub(crate) fn as_visible(text: &str) -> Cow<'_, str> {
    escape_invisible(text, |c| c.escape_unicode().to_string())
}

/// The text with everything invisible but newlines escaped.
pub(super) fn escape_invisible(text: &str, escape: impl Fn(char) -> String) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    escape_special(text, |c| c != '\n' && !is_visible(c), escape)
}

/// Whether a text has nothing but ASCII that can be seen, newlines, and Chinese letters and signs,
/// as nearly all have: by their bytes, of which a processor looks at many at once.
fn is_plain(text: &str) -> bool {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~' | b'\n' | 0x80..=0xbf | 0xe4..=0xe9);
    let mut chunks = text.as_bytes().chunks(64);
    chunks.all(|chunk| chunk.iter().fold(true, |all, &byte| all & is_plain(byte)))
}

/// Whether a character can be seen, or is a plain blank.
#[inline]
pub(crate) fn is_visible(c: char) -> bool {
    // What pages are written in, for speed.
    let is_usual = matches!(
        c,
        ' '..='~' | '\u{4e00}'..='\u{9fff}' | '\u{3001}'..='\u{3029}' | '\u{ff01}'..='\u{ff5e}'
    );
    is_usual || (!is_blank(c) && has_glyph(c))
}

/// Whether the standard library prints a character behind a letter as it is, where marks combine.
#[inline(never)]
fn has_glyph(c: char) -> bool {
    let text = format!("x{c}");
    text.escape_debug().eq(text.chars())
}

/// Whether a character shows nothing although the standard library prints it as a letter, a mark or
/// a symbol. The two selectors for emoji are not among them.
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

/// Whether a character can hide or disguise the text around it and has no use in documentation.
/// Joiners, soft hyphens and blanks of any width are harmless: editors leave them behind.
pub(crate) fn is_suspicious(c: char) -> bool {
    const HARMLESS: [char; 8] = [
        '\n', '\t', '\u{ad}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}',
    ];
    let is_private = matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
    let ends_line = c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let is_space = c.is_whitespace() && !ends_line;
    !is_visible(c) && !is_space && !is_private && !HARMLESS.contains(&c)
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
        let is_slow = |c: char| !is_blank(c) && (has_glyph(c) || matches!(c, ' '..='~'));
        assert_eq!(
            ('\0'..=char::MAX).find(|c| is_visible(*c) != is_slow(*c)),
            None
        );
        let is_lost = |c: &char| c.is_alphanumeric() && !is_blank(*c) && !is_visible(*c);
        assert_eq!(('\0'..=char::MAX).find(is_lost), None);
        let is_missed = |c: &char| {
            let is_plain = is_plain(c.encode_utf8(&mut [0; 4]));
            is_plain && *c != '\n' && !is_visible(*c)
        };
        assert_eq!(('\0'..=char::MAX).find(is_missed), None);
    }
}
