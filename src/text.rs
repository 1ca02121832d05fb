//! What text has to look like in places that every room knows: where people read it, and in an
//! address.

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
    let mut visible = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '\n' || is_visible(c) {
            visible.push(c);
        } else {
            visible.extend(c.escape_unicode());
        }
    }
    visible
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
    if c.is_alphanumeric() || c == ' ' || c.is_ascii_punctuation() {
        return true;
    }
    // The standard library knows what has no glyph of its own. Behind a letter it lets marks
    // pass that combine with it.
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
    fn a_part_of_an_address_cannot_end_it() {
        assert_eq!(encode_part("a-b_c.d~e"), "a-b_c.d~e");
        assert_eq!(encode_part("错/#? \""), "%E9%94%99%2F%23%3F%20%22");
    }
}
