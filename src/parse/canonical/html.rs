//! HTML: texts and the values of attributes.

/// A text, so that it is read as it is.
pub(super) fn text(text: &str) -> String {
    escape(text, &['\n', '\t', '"'])
}

/// The value of an attribute, for between double quotes and on one line.
pub(super) fn attribute(value: &str) -> String {
    escape(value, &[])
}

/// Writes out what is markup and, so that people see what they compare, what is invisible, such as
/// characters that turn the direction of text; but for what is `allowed`.
fn escape(text: &str, allowed: &[char]) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            c if allowed.contains(&c) => escaped.push(c),
            '"' => escaped.push_str("&quot;"),
            c if is_invisible(c) => {
                escaped.push_str(&format!("&#x{:x};", u32::from(c)));
            }
            c => escaped.push(c),
        }
    }
    escaped
}

/// Whether nobody sees a character. The list is fixed, and not that of the standard library, which
/// grows: the same page has to give the same bytes for ever.
fn is_invisible(c: char) -> bool {
    match c {
        ' ' => false,
        // HTML takes their numbers for those of letters.
        '\u{80}'..='\u{9f}' => false,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}' => true,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => true,
        '\u{e0000}'..='\u{e007f}' => true,
        c => c.is_control() || c.is_whitespace(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_what_is_invisible_are_written_out() {
        assert_eq!(text("a\tb\n\"&amp;<\r"), "a\tb\n\"&amp;amp;&lt;&#xd;");
        assert_eq!(attribute("a\tb\n\"'>"), "a&#x9;b&#xa;&quot;'&gt;");
        assert_eq!(text("a\u{202e}b\u{1}c\u{3000}"), "a&#x202e;b&#x1;c&#x3000;");
    }
}
