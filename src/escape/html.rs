//! Text in HTML.

use std::borrow::Cow;

use super::{as_visible, escape_special, is_visible};

/// Text in HTML, between tags or in a quoted attribute.
pub(crate) fn html(text: &str) -> String {
    let is_markup = |c| matches!(c, '&' | '<' | '>' | '"' | '\'');
    escape_special(&as_visible(text), is_markup, reference).into_owned()
}

/// Text between tags in HTML that is read again: what cannot be seen becomes a character reference.
pub(crate) fn html_source(text: &str) -> String {
    let is_markup = |c| matches!(c, '&' | '<' | '>') || !matches!(c, '\n' | '\t') && is_hidden(c);
    escape_special(text, is_markup, reference).into_owned()
}

/// The value of an attribute in HTML that is read again, for between double quotes and on one line.
pub(crate) fn html_attribute_source(text: &str) -> String {
    let is_markup = |c| matches!(c, '&' | '<' | '>' | '"') || is_hidden(c);
    escape_special(text, is_markup, reference).into_owned()
}

/// HTML reads the numbers of some control characters as those of letters, so they stay.
fn is_hidden(c: char) -> bool {
    !is_visible(c) && !matches!(c, '\u{80}'..='\u{9f}')
}

fn reference(c: char) -> Cow<'static, str> {
    match c {
        '&' => "&amp;".into(),
        '<' => "&lt;".into(),
        '>' => "&gt;".into(),
        '"' => "&quot;".into(),
        '\'' => "&#39;".into(),
        c => format!("&#x{:x};", u32::from(c)).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_out_of_its_place() {
        assert_eq!(
            html("<script>\"'&\u{202e}"),
            "&lt;script&gt;&quot;&#39;&amp;\\u{202e}"
        );
    }

    #[test]
    fn what_is_read_again_is_the_same_text() {
        assert_eq!(
            html_source("a\tb\n\"&amp;<\r"),
            "a\tb\n\"&amp;amp;&lt;&#xd;"
        );
        assert_eq!(
            html_attribute_source("a\tb\n\"'>"),
            "a&#x9;b&#xa;&quot;'&gt;"
        );
        assert_eq!(
            html_source("a\u{202e}b\u{1}c\u{3000}"),
            "a&#x202e;b&#x1;c&#x3000;"
        );
    }
}
