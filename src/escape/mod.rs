//! Makes untrusted text safe for its destination: literals and comments of the target languages,
//! HTML, Markdown, CSV, addresses and terminals. What cannot be seen is never written as it is.

mod comment;
mod html;
mod invisible;
mod literal;
mod markdown;
mod printed;

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

pub(crate) use comment::{block_doc, comment, html_comment, jsdoc, visible_line};
pub(crate) use html::{html, html_attribute_source, html_source};
pub(crate) use invisible::{as_visible, is_suspicious, is_visible, visible};
pub(crate) use literal::{
    c_integer, c_string, csv, java_string, js_string, json_source, kotlin_string, rust_string,
    toml_string,
};
pub(crate) use markdown::{
    is_web_address, markdown, markdown_code_span, markdown_fence, markdown_link,
    markdown_paragraph, markdown_piece, markdown_piece_with_links, markdown_url,
};
pub(crate) use printed::{Form, printed};

/// What is encoded in a part of a URL: everything but letters, digits and `-._~`.
const URL_PART: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Text as a part of a URL, percent-encoded.
pub(crate) fn url_part(text: &str) -> String {
    utf8_percent_encode(text, URL_PART).to_string()
}

/// A text as one word of a shell.
pub(crate) fn shell_word(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "+-./:@_".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

/// The text with each special character replaced by its escape.
fn escape_special<E: AsRef<str>>(
    text: &str,
    is_special: impl Fn(char) -> bool,
    escape: impl Fn(char) -> E,
) -> Cow<'_, str> {
    let mut escaped = String::new();
    let mut done = 0;
    for (start, c) in text.char_indices().filter(|&(_, c)| is_special(c)) {
        escaped.push_str(&text[done..start]);
        escaped.push_str(escape(c).as_ref());
        done = start + c.len_utf8();
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    escaped.push_str(&text[done..]);
    Cow::Owned(escaped)
}

/// A character as its UTF-16 units, `\u202e`, as in JSON and JavaScript.
fn utf16_escape(c: char) -> String {
    let escape = |unit: &u16| format!("\\u{unit:04x}");
    c.encode_utf16(&mut [0; 2]).iter().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_an_address_cannot_end_it() {
        assert_eq!(url_part("a-b_c.d~e"), "a-b_c.d~e");
        assert_eq!(url_part("错/#? \""), "%E9%94%99%2F%23%3F%20%22");
    }

    #[test]
    fn a_word_of_a_shell_is_one_word() {
        for (text, word) in [
            ("docs/a-b_c.d", "docs/a-b_c.d"),
            ("", "''"),
            ("a b", "'a b'"),
            ("$(x);`y`", "'$(x);`y`'"),
            ("it's", r"'it'\''s'"),
            ("错", "'错'"),
        ] {
            assert_eq!(shell_word(text), word);
        }
    }
}
