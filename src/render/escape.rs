//! Keeps text in its place: in string literals and in comments of the target languages.
//!
//! Documentation text is untrusted. What cannot be seen is never written as it is.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::text::{as_visible, find_hidden_or, utf16_escape, visible};

/// A string literal of Rust.
pub(super) fn rust_string(text: &str) -> String {
    let is_special = |c| matches!(c, '"' | '\\');
    literal('"', text, is_special, |literal, c, _| match c {
        c if is_special(c) => literal.extend(['\\', c]),
        c => literal.extend(c.escape_unicode()),
    })
}

/// A string literal of ArkTS and TypeScript.
pub(super) fn js_string(text: &str) -> String {
    let is_special = |c| matches!(c, '\'' | '\\' | '@');
    literal('\'', text, is_special, |literal, c, rest| match c {
        // The HarmonyOS build rewrites `@Extend X.y(` wherever it stands, strings included.
        '@' if starts_extend(rest) => literal.push_str("\\u0040"),
        '@' => literal.push('@'),
        c if is_special(c) => literal.extend(['\\', c]),
        c => literal.push_str(&utf16_escape(c)),
    })
}

/// A string literal of C and C++ in UTF-8. What cannot be seen is written in octal, whose length is
/// bounded: a hexadecimal escape would take the digits that follow it. A zero would end the string,
/// so that the character stands there that stands for what cannot.
pub(super) fn c_string(text: &str) -> String {
    // Three-letter names of other characters begin with two question marks.
    let is_special = |c| matches!(c, '"' | '\\' | '?');
    literal('"', text, is_special, |literal, c, _| match c {
        c if is_special(c) => literal.extend(['\\', c]),
        '\0' => literal.push(char::REPLACEMENT_CHARACTER),
        c => {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                // Writing to a string cannot fail.
                let _ = write!(literal, "\\{byte:03o}");
            }
        }
    })
}

/// A number of C and C++. A minus is no part of one there, and without it the least numbers are one
/// too large for their type. What has 64 bits is put into parentheses, as it may be a macro.
pub(super) fn c_integer(number: i64) -> String {
    match i32::try_from(number) {
        Ok(i32::MIN) => format!("(-{} - 1)", i32::MAX),
        Ok(number) => number.to_string(),
        Err(_) if number == i64::MIN => format!("(-INT64_C({}) - 1)", i64::MAX),
        Err(_) if number < 0 => format!("(-INT64_C({}))", number.unsigned_abs()),
        Err(_) => format!("INT64_C({number})"),
    }
}

/// A string literal of Java.
pub(super) fn java_string(text: &str) -> String {
    let is_special = |c| matches!(c, '"' | '\\');
    literal('"', text, is_special, |literal, c, _| match c {
        c if is_special(c) => literal.extend(['\\', c]),
        c => literal.push_str(&utf16_escape(c)),
    })
}

/// A string literal of Kotlin, in which a dollar sign begins an expression.
pub(super) fn kotlin_string(text: &str) -> String {
    let is_special = |c| matches!(c, '"' | '\\' | '$');
    literal('"', text, is_special, |literal, c, _| match c {
        c if is_special(c) => literal.extend(['\\', c]),
        c => literal.push_str(&utf16_escape(c)),
    })
}

/// A text between quotes. `escape` writes what is special and what cannot be seen; it knows the
/// text that follows. All languages have the same escapes for the end of a line and a tabulator.
fn literal(
    quote: char,
    text: &str,
    is_special: impl Fn(char) -> bool,
    escape: impl Fn(&mut String, char, &str),
) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push(quote);
    let is_escaped = |byte| byte == b'\n' || is_special(char::from(byte));
    let mut rest = text;
    while let Some(at) = find_hidden_or(rest, is_escaped) {
        literal.push_str(&rest[..at]);
        let mut after = rest[at..].chars();
        let c = after.next();
        rest = after.as_str();
        match c {
            Some('\n') => literal.push_str("\\n"),
            Some('\t') => literal.push_str("\\t"),
            c => c.into_iter().for_each(|c| escape(&mut literal, c, rest)),
        }
    }
    literal.push_str(rest);
    literal.push(quote);
    literal
}

/// A string of TOML.
pub(super) fn toml_string(text: &str) -> String {
    let is_special = |c| matches!(c, '"' | '\\');
    literal('"', text, is_special, |literal, c, _| match c {
        c if is_special(c) => literal.extend(['\\', c]),
        c => {
            let _ = write!(literal, "\\U{:08x}", u32::from(c));
        }
    })
}

/// A field of CSV. Spreadsheets compute what begins like a formula, unless it is a number; in China
/// and Japan some take the wide forms of the signs too.
pub(super) fn csv(text: &str) -> String {
    const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    let text = visible(text);
    // Rust takes `-inf` for a number.
    let is_number = text.parse::<f64>().is_ok_and(f64::is_finite);
    let is_formula = text.trim_start().starts_with(SIGNS) && !is_number;
    let text = if is_formula { format!("'{text}") } else { text };
    let is_plain = text.trim() == text && !text.contains(['"', ',', ';', '\n']);
    if is_plain {
        return text;
    }
    format!("\"{}\"", text.replace('"', "\"\""))
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
    doc_comment(&text.replace("*/", "*\\/"), indent, deprecated)
}

/// A doc comment of C, C++, Java and Kotlin that starts at the current column; further lines are
/// indented. Nothing in it begins or ends a comment, is a tag, or is read by compilers as another
/// character: Java knows `\u` in comments, C joins lines. What is deprecated has the tag that says
/// so.
pub(super) fn block_doc(text: &str, indent: usize, deprecated: bool) -> String {
    let text = visible(text).replace("*/", "*\\/").replace("/*", "/\\*");
    doc_comment(&without_escapes(&text), indent, deprecated)
}

/// Keeps compilers from reading characters in a comment as others. To Java, a backslash that comes
/// after an even number of them begins `\u002a`; to C, `??/` is one. To Doxygen an `@` begins a
/// command in all but code and addresses of mail.
fn without_escapes(text: &str) -> Cow<'_, str> {
    // Hardly any text has one of them, and this is quick to see.
    if memchr::memchr3(b'\\', b'?', b'@', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let (mut backslashes, mut before) = (0, ' ');
    for c in text.chars() {
        let is_special = match c {
            'u' => backslashes % 2 == 1,
            '?' => before == '?',
            '@' => !before.is_alphanumeric() && !matches!(before, '`' | '\\'),
            _ => false,
        };
        if is_special {
            out.push('\\');
        }
        out.push(c);
        backslashes = if c == '\\' { backslashes + 1 } else { 0 };
        before = c;
    }
    Cow::Owned(out)
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

/// Text as one line, such as a comment that ends with its line.
pub(super) fn one_line(text: &str) -> String {
    match as_visible(text) {
        text if text.contains('\n') => text.replace('\n', " "),
        text => text.into_owned(),
    }
}

/// Text inside a comment of HTML, XML or Markdown. XML knows no two hyphens side by side in one.
pub(super) fn html_comment(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    for c in one_line(text).chars() {
        if c == '>' || (c == '-' && before == '-') {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

/// Puts a prefix before each line; blank lines at the ends go, and several make one.
pub(super) fn comment(text: &str, prefix: &str) -> String {
    let text = as_visible(text);
    let mut comment = String::with_capacity(text.len() * 5 / 4);
    let mut is_after_blank = true;
    for line in text.trim().lines().map(str::trim_end) {
        if line.is_empty() && is_after_blank {
            continue;
        }
        if !comment.is_empty() {
            comment.push('\n');
        }
        comment.push_str(prefix);
        if !line.is_empty() {
            comment.push(' ');
            comment.push_str(line);
        }
        is_after_blank = line.is_empty();
    }
    comment
}

/// Keeps an `@` from beginning a JSDoc tag, as in `@ohos.router`. Compilers take one for a tag
/// behind white space and braces, within code too. A hover shows the escaped one as `@`.
fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut done = 0;
    for (at, _) in text.match_indices('@') {
        let begins_tag = match text[..at].chars().next_back() {
            None => true,
            Some(before) => before.is_whitespace() || before == '{',
        };
        let escaped = if starts_extend(&text[at + 1..]) {
            "&#64;"
        } else if begins_tag {
            "\\@"
        } else {
            continue;
        };
        out.push_str(&text[done..at]);
        out.push_str(escaped);
        done = at + 1;
    }
    out.push_str(&text[done..]);
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
        assert_eq!(
            c_string("a\"b\\c??=\u{7}1\u{0}\u{202e}é一"),
            "\"a\\\"b\\\\c\\?\\?=\\0071\u{fffd}\\342\\200\\256é一\""
        );
        assert_eq!(
            kotlin_string("$a ${b} \"c\" \u{7}"),
            r#""\$a \${b} \"c\" \u0007""#
        );
        assert_eq!(java_string("$a\n\u{2028}"), r#""$a\n\u2028""#);
        assert_eq!(toml_string("a\"\\\u{7f}"), r#""a\"\\\U0000007f""#);
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
    fn numbers_of_c_have_the_bits_that_they_need() {
        for (number, literal) in [
            (0, "0"),
            (-1, "-1"),
            (2_147_483_647, "2147483647"),
            (-2_147_483_648, "(-2147483647 - 1)"),
            (2_147_483_648, "INT64_C(2147483648)"),
            (-2_147_483_649, "(-INT64_C(2147483649))"),
            (i64::MAX, "INT64_C(9223372036854775807)"),
            (i64::MIN, "(-INT64_C(9223372036854775807) - 1)"),
        ] {
            assert_eq!(c_integer(number), literal);
        }
    }

    #[test]
    fn a_field_of_csv_is_text_to_a_spreadsheet() {
        for (text, field) in [
            ("一 two", "一 two"),
            ("-1", "-1"),
            ("a,b", "\"a,b\""),
            ("say \"a\"\nb", "\"say \"\"a\"\"\nb\""),
            ("=1+1", "'=1+1"),
            ("@SUM(A1,B1)", "\"'@SUM(A1,B1)\""),
            ("-a", "'-a"),
            ("-inf", "'-inf"),
            ("＝1", "'＝1"),
            (" =1", "' =1"),
            ("\t=1", "\\u{9}=1"),
        ] {
            assert_eq!(csv(text), field);
        }
    }

    #[test]
    fn a_comment_of_html_goes_on() {
        assert_eq!(
            html_comment("a-b --> --!> --- <!--"),
            r"a-b -\-\> -\-!\> -\-\- <!-\-"
        );
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
        assert_eq!(
            block_doc("a */*/ b \\u002a/ ??/ @x\n\u{202e}", 2, false),
            "/**\n   * a *\\/\\*\\/ b \\\\u002a/ ?\\?/ \\@x\n   * \\\\u{202e}\n   */"
        );
    }
}
