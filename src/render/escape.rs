//! Keeps text in its place: in string literals and in comments of the target languages.
//!
//! Documentation text is untrusted. What cannot be seen is never written as it is.

use std::fmt::Write as _;

use crate::text::{is_visible, visible};

/// A string literal of Rust.
pub(super) fn rust_string(text: &str) -> String {
    let mut literal = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => literal.extend(['\\', c]),
            '\n' => literal.push_str("\\n"),
            '\t' => literal.push_str("\\t"),
            c if is_visible(c) => literal.push(c),
            c => literal.extend(c.escape_unicode()),
        }
    }
    literal.push('"');
    literal
}

/// A string literal of ArkTS and TypeScript.
pub(super) fn js_string(text: &str) -> String {
    let mut literal = String::from("'");
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            '\'' | '\\' => literal.extend(['\\', c]),
            '\n' => literal.push_str("\\n"),
            '\t' => literal.push_str("\\t"),
            // The HarmonyOS build rewrites `@Extend X.y(` wherever it stands, strings included.
            '@' if starts_extend(rest.as_str()) => literal.push_str("\\u0040"),
            c if is_visible(c) => literal.push(c),
            c => {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    // Writing to a string cannot fail.
                    let _ = write!(literal, "\\u{unit:04x}");
                }
            }
        }
    }
    literal.push('\'');
    literal
}

fn starts_extend(text: &str) -> bool {
    let name: String = text
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    name.ends_with("Extend")
}

/// Lines of a doc comment of Rust, each behind `///`.
pub(super) fn rust_doc(text: &str, indent: usize) -> String {
    comment(text, &format!("{:indent$}///", ""))
}

/// Lines of a doc comment of Rust that stands inside what it documents, each behind `//!`.
pub(super) fn rust_inner_doc(text: &str, indent: usize) -> String {
    comment(text, &format!("{:indent$}//!", ""))
}

/// A doc comment of ArkTS and TypeScript that starts at the current column; further lines are
/// indented. What is deprecated has the tag that says so.
pub(super) fn jsdoc(text: &str, indent: usize, deprecated: bool) -> String {
    let mut text = without_tags(&text.replace("*/", "*\\/"));
    if deprecated {
        text.push_str("\n\n@deprecated");
    }
    let lines = comment(&text, &format!("{:indent$} *", ""));
    format!("/**\n{lines}\n{:indent$} */", "")
}

/// Text as one line, such as a comment that ends with its line.
pub(super) fn one_line(text: &str) -> String {
    visible(text).replace('\n', " ")
}

/// Text inside a comment of HTML or Markdown.
pub(super) fn html_comment(text: &str) -> String {
    one_line(text).replace("--", "-\\-").replace('>', "\\>")
}

/// Puts a prefix before each line; blank lines at the ends go, and several make one.
fn comment(text: &str, prefix: &str) -> String {
    let text = visible(text);
    let mut lines: Vec<String> = Vec::new();
    for line in text.trim().lines() {
        let line = format!("{prefix} {}", line.trim_end());
        let line = line.trim_end();
        if line.len() > prefix.len() || lines.last().is_some_and(|last| last.len() > prefix.len()) {
            lines.push(line.to_owned());
        }
    }
    lines.join("\n")
}

/// Keeps an `@` from beginning a JSDoc tag, as in `@ohos.router`. Compilers take one for a tag
/// behind white space and braces, within code too. A hover shows the escaped one as `@`.
fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            '@' if starts_extend(rest.as_str()) => out.push_str("&#64;"),
            '@' if before.is_whitespace() || before == '{' => out.push_str("\\@"),
            c => out.push(c),
        }
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const NASTY: &str = "a\"b'c\\d\ne\r\u{0}\u{2028}\u{202e}é一🦀";

    #[test]
    fn string_literals_keep_what_can_be_seen() {
        assert_eq!(
            rust_string(NASTY),
            r#""a\"b'c\\d\ne\u{d}\u{0}\u{2028}\u{202e}é一🦀""#
        );
        assert_eq!(
            js_string(NASTY),
            r#"'a"b\'c\\d\ne\u000d\u0000\u2028\u202eé一🦀'"#
        );
        assert_eq!(js_string("\u{e0001}"), r"'\udb40\udc01'");
    }

    #[test]
    fn the_build_finds_nothing_to_rewrite_in_a_string() {
        assert_eq!(js_string("@Extend Text.f("), "'\\u0040Extend Text.f('");
        assert_eq!(js_string("@ohos.router"), "'@ohos.router'");
    }

    #[test]
    fn comments_cannot_be_left() {
        assert_eq!(
            rust_doc("\n a\n\n\n\nb\u{2028}c\n", 4),
            "    /// a\n    ///\n    /// b\\u{2028}c"
        );
        assert_eq!(
            jsdoc(
                "a */ b\n@ts-ignore me@x.y {@link z}\n`@ohos` @Extend A.b(",
                2,
                false
            ),
            "/**\n   * a *\\/ b\n   * \\@ts-ignore me@x.y {\\@link z}\n   * `@ohos` &#64;Extend A.b(\n   */"
        );
        assert_eq!(jsdoc("a", 0, true), "/**\n * a\n *\n * @deprecated\n */");
    }
}
