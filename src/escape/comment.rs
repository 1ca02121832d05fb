//! Comments and doc comments of the target languages.

use super::as_visible;

/// Text as one line, such as a comment that ends with its line.
pub(crate) fn visible_line(text: &str) -> String {
    as_visible(text).replace('\n', " ")
}

/// Puts a prefix before each line; blank lines at the ends go, and several become one.
pub(crate) fn comment(text: &str, prefix: &str) -> String {
    let text = as_visible(text);
    let mut lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
    lines.dedup_by(|line, before| line.is_empty() && before.is_empty());
    let prefixed = lines.iter().flat_map(|line| {
        let blank = if line.is_empty() { "" } else { " " };
        ["\n", prefix, blank, line]
    });
    prefixed.skip(1).collect()
}

/// A doc comment of ArkTS and TypeScript that starts at the current column; further lines are
/// indented.
pub(crate) fn jsdoc(text: &str, indent: usize, deprecated: bool) -> String {
    let text = replace_extend(&text.replace("*/", "*\\/"), "&#64;");
    doc_comment(&text, indent, deprecated)
}

/// A doc comment of C, C++, Java and Kotlin that starts at the current column; further lines are
/// indented. Nothing in it begins or ends a comment, is a tag, or is read by compilers as another
/// character: Java knows `\u` in comments, C joins lines.
pub(crate) fn block_doc(text: &str, indent: usize, deprecated: bool) -> String {
    let text = as_visible(text).replace("*/", "*\\/").replace("/*", "/\\*");
    doc_comment(&without_escapes(&text), indent, deprecated)
}

/// A comment of text that does not end it.
fn doc_comment(text: &str, indent: usize, deprecated: bool) -> String {
    let mut text = without_tags(text);
    if deprecated {
        text.push_str("\n\n@deprecated");
    }
    let lines = comment(&text, &format!("{:indent$} *", ""));
    format!("/**\n{lines}\n{:indent$} */", "")
}

/// Keeps compilers from reading characters in a comment as others. To Java, a backslash that comes
/// after an even number of them begins `\u002a`; to C, `??/` is one. To Doxygen an `@` begins a
/// command everywhere but in code and e-mail addresses.
fn without_escapes(text: &str) -> String {
    if !text.contains(['\\', '?', '@']) {
        return text.to_owned();
    }
    let mut is_odd = false;
    with_backslashes(text, |before, c| {
        is_odd = before == '\\' && !is_odd;
        match c {
            'u' => is_odd,
            '?' => before == '?',
            '@' => !before.is_alphanumeric() && !matches!(before, '`' | '\\'),
            _ => false,
        }
    })
}

/// Keeps an `@` from beginning a JSDoc tag, as in `@ohos.router`. Compilers take one for a tag
/// behind white space and braces, within code too. A hover shows the escaped one as `@`.
fn without_tags(text: &str) -> String {
    if !text.contains('@') {
        return text.to_owned();
    }
    with_backslashes(text, |before, c| {
        c == '@' && (before.is_whitespace() || before == '{')
    })
}

/// Text inside a comment of HTML, XML or Markdown. XML knows no two hyphens side by side in one.
pub(crate) fn html_comment(text: &str) -> String {
    with_backslashes(&visible_line(text), |before, c| {
        c == '>' || (c == '-' && before == '-')
    })
}

/// The text with a backslash before each special character; `is_special` sees the one before it too.
fn with_backslashes(text: &str, mut is_special: impl FnMut(char, char) -> bool) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut before = ' ';
    let mut done = 0;
    for (at, c) in text.char_indices() {
        if is_special(before, c) {
            out.push_str(&text[done..at]);
            out.push('\\');
            done = at;
        }
        before = c;
    }
    out + &text[done..]
}

/// The text without `@Extend` and `@AnimatableExtend`, whose calls the HarmonyOS build rewrites
/// wherever they stand, in strings and comments too.
pub(super) fn replace_extend(text: &str, at_sign: &str) -> String {
    if !text.contains("Extend") {
        return text.to_owned();
    }
    let mut pieces = text.split('@');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let is_part = |c: char| c.is_ascii_alphanumeric();
        let name = piece.split(|c| !is_part(c)).next().unwrap_or_default();
        let is_extend = name.ends_with("Extend");
        out.push_str(if is_extend { at_sign } else { "@" });
        out.push_str(piece);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_cannot_be_left() {
        assert_eq!(
            comment("\n a\n\n\n\nb\u{2028}c\n", "    ///"),
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
        assert_eq!(
            block_doc("a */*/ b \\u002a/ ??/ @x\n\u{202e}", 2, false),
            "/**\n   * a *\\/\\*\\/ b \\\\u002a/ ?\\?/ \\@x\n   * \\\\u{202e}\n   */"
        );
    }

    #[test]
    fn no_compiler_reads_other_characters_in_a_comment() {
        for (text, written) in [
            (r"\u002a", r"\\u002a"),
            (r"\\u002a", r"\\u002a"),
            (r"\\\u002a", r"\\\\u002a"),
            ("????/", r"?\?\?\?/"),
            ("a? b ?", "a? b ?"),
            (r"(@f) `@f` me@x.y \@f", r"(\@f) `@f` me@x.y \@f"),
        ] {
            assert_eq!(without_escapes(text), written);
        }
    }

    #[test]
    fn a_comment_of_html_goes_on() {
        assert_eq!(
            html_comment("a-b --> --!> --- <!--"),
            r"a-b -\-\> -\-!\> -\-\- <!-\-"
        );
    }
}
