//! String literals and numbers of the target languages, JSON and CSV.

use super::comment::replace_extend;
use super::invisible::escape_invisible;
use super::{escape_special, is_visible, utf16_escape, visible};

/// A string literal of Rust.
pub(crate) fn rust_string(text: &str) -> String {
    literal(text, '"', None, |c| c.escape_unicode().to_string())
}

/// A string literal of ArkTS and TypeScript.
pub(crate) fn js_string(text: &str) -> String {
    replace_extend(&literal(text, '\'', None, utf16_escape), "\\u0040")
}

/// A string literal of Java.
pub(crate) fn java_string(text: &str) -> String {
    literal(text, '"', None, utf16_escape)
}

/// A string literal of Kotlin, in which a dollar sign begins an expression.
pub(crate) fn kotlin_string(text: &str) -> String {
    literal(text, '"', Some('$'), utf16_escape)
}

/// A string of TOML.
pub(crate) fn toml_string(text: &str) -> String {
    literal(text, '"', None, |c| format!("\\U{:08x}", u32::from(c)))
}

/// A string literal of C and C++ in UTF-8. Question marks are escaped because of trigraphs.
pub(crate) fn c_string(text: &str) -> String {
    let octal = |byte: u8| format!("\\{byte:03o}");
    literal(text, '"', Some('?'), |c| match c {
        // It would end the string.
        '\0' => char::REPLACEMENT_CHARACTER.to_string(),
        // Octal escapes have at most three digits; hexadecimal ones would take the digits that follow.
        c => c.to_string().bytes().map(octal).collect(),
    })
}

/// A text between quotes, with a backslash before the quote, backslashes and the character that is
/// `also` special. All languages have the same escapes for newlines and tabs; `hidden` writes
/// everything else that cannot be seen.
fn literal(text: &str, quote: char, also: Option<char>, hidden: impl Fn(char) -> String) -> String {
    let is_special = |c| c == quote || c == '\\' || Some(c) == also;
    let is_escaped = |c| is_special(c) || !is_visible(c);
    let escaped = escape_special(text, is_escaped, |c| match c {
        '\n' => "\\n".to_owned(),
        '\t' => "\\t".to_owned(),
        c if is_special(c) => format!("\\{c}"),
        c => hidden(c),
    });
    format!("{quote}{escaped}{quote}")
}

/// The source of a JSON value with invisible characters escaped, which valid JSON has in strings
/// only; a program reads the same value.
pub(crate) fn json_source(json: &str) -> String {
    let lines = json.split_inclusive('\n');
    lines
        .map(|line| escape_invisible(line, utf16_escape))
        .collect()
}

/// A number of C and C++. The smallest numbers need a subtraction, since a literal has no sign;
/// those of 64 bits stand in parentheses, since the literal may be a macro.
pub(crate) fn c_integer(number: i64) -> String {
    match i32::try_from(number) {
        Ok(i32::MIN) => format!("(-{} - 1)", i32::MAX),
        Ok(number) => number.to_string(),
        Err(_) if number == i64::MIN => format!("(-INT64_C({}) - 1)", i64::MAX),
        Err(_) if number < 0 => format!("(-INT64_C({}))", number.unsigned_abs()),
        Err(_) => format!("INT64_C({number})"),
    }
}

/// A field of CSV. Spreadsheets compute what begins like a formula, unless it is a number; in China
/// and Japan some accept the wide forms of the signs too.
pub(crate) fn csv(text: &str) -> String {
    const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    let mut text = visible(text);
    // Rust reads `-inf` as a number.
    let is_number = text.parse::<f64>().is_ok_and(f64::is_finite);
    if text.trim_start().starts_with(SIGNS) && !is_number {
        text.insert(0, '\'');
    }
    if text.trim() == text && !text.contains(['"', ',', ';', '\n']) {
        return text;
    }
    format!("\"{}\"", text.replace('"', "\"\""))
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
    fn the_build_finds_nothing_to_rewrite_in_a_string() {
        assert_eq!(js_string("@Extend Text.f("), "'\\u0040Extend Text.f('");
        assert_eq!(js_string("@ohos.router"), "'@ohos.router'");
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
}
