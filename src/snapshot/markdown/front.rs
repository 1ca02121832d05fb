//! Front matter: the YAML that a Markdown page may begin with, which says something of the page.

/// The front matter of a page, and the byte after the line that ends it.
///
/// It stands between lines of three hyphens and begins at once. A rule that a page happens to
/// begin with has an empty line below it.
pub(super) fn front_matter(text: &str) -> Option<(&str, usize)> {
    let blank = text.len() - text.trim_start().len();
    let mut lines = text[blank..].split_inclusive('\n');
    let opening = lines.next().filter(|line| line.trim_end() == "---")?;
    let start = blank + opening.len();
    let mut end = start;
    let mut has_key = false;
    for line in lines {
        let line_end = end + line.len();
        match line.trim_end() {
            "---" | "..." => return has_key.then(|| (&text[start..end], line_end)),
            line if has_yaml_key(line) => has_key = true,
            line if line.starts_with('#') && !line.starts_with("##") => {}
            line if has_key && goes_on(line) => {}
            _ => return None,
        }
        end = line_end;
    }
    None
}

/// Whether a line of YAML begins with a key.
fn has_yaml_key(line: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || " _-./\"'".contains(c);
    line.split_once(':').is_some_and(|(key, value)| {
        key.chars().all(is_part) && (value.is_empty() || value.starts_with([' ', '\t']))
    })
}

/// Whether a line of YAML may belong to the key above it.
fn goes_on(line: &str) -> bool {
    line.is_empty() || line.starts_with([' ', '\t', '-', ']', '}'])
}

/// The text that front matter has under one of its keys, in one line. Of YAML this reads the texts
/// that people write; what is no text, or is written otherwise, says nothing.
pub(super) fn text_under(key: &str, yaml: &str) -> Option<String> {
    let mut lines = yaml.lines();
    let first = lines.find_map(|line| value_in(line, key))?;
    let goes_on = |line: &&str| line.trim().is_empty() || line.starts_with([' ', '\t']);
    let more: Vec<&str> = lines.take_while(goes_on).map(str::trim).collect();
    let more = more.join(" ");
    let value = format!("{first} {more}");
    let value = value.trim();
    let text = match value.chars().next()? {
        '|' | '>' => more,
        '"' => double_quoted(value)?,
        '\'' => single_quoted(value)?,
        _ => plain(value)?,
    };
    Some(text.trim().to_owned())
}

/// What follows a key in its line.
fn value_in<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    let value = line.strip_prefix(key)?.trim_start().strip_prefix(':')?;
    (value.is_empty() || value.starts_with([' ', '\t'])).then_some(value)
}

/// A text in double quotes. JSON has the same escapes, but for those that nobody uses.
fn double_quoted(value: &str) -> Option<String> {
    let mut texts = serde_json::Deserializer::from_str(value).into_iter();
    let text = texts.next()?.ok()?;
    is_comment(&value[texts.byte_offset()..]).then_some(text)
}

/// A text in single quotes. One that is part of the text is written twice.
fn single_quoted(value: &str) -> Option<String> {
    let mut text = String::new();
    let mut rest = value.strip_prefix('\'')?;
    loop {
        let (piece, after) = rest.split_once('\'')?;
        text.push_str(piece);
        let Some(inside) = after.strip_prefix('\'') else {
            return is_comment(after).then_some(text);
        };
        text.push('\'');
        rest = inside;
    }
}

/// Whether nothing but a comment is left.
fn is_comment(rest: &str) -> bool {
    let comment = rest.trim_start();
    comment.is_empty() || comment.starts_with('#')
}

/// A text without quotes.
fn plain(value: &str) -> Option<String> {
    let before_comment = value.split_once(" #").map_or(value, |(text, _)| text);
    let text = before_comment.trim_end();
    let is_other = text.starts_with(|c| "[]{},#&*!%@`".contains(c))
        || ["- ", "? "].iter().any(|mark| text.starts_with(mark))
        || text.contains(": ")
        || text.ends_with(':')
        || ["true", "false", "null", "~"].contains(&text)
        || text.parse::<f64>().is_ok();
    (!is_other).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn texts_are_read_however_they_are_written() {
        for (yaml, text) in [
            ("title: 错误码", "错误码"),
            ("other: x\r\ntitle :  a b # c\r\n", "a b"),
            ("title: C# and a#b", "C# and a#b"),
            ("title: https://a.b/c#d", "https://a.b/c#d"),
            ("title: a\n  b\n\n\tc\nother: d", "a b  c"),
            ("title:\n  a\n  b", "a b"),
            ("title: 'it''s: \"x\"' # c", "it's: \"x\""),
            ("title: ''''", "'"),
            ("title: 'a\n  b'", "a b"),
            (
                r#"title: "a \"b\" \\ \u9519\/ # c"  # d"#,
                r#"a "b" \ 错/ # c"#,
            ),
            ("title: |-\n  a: b\n  # c\nd: e", "a: b # c"),
            ("title: >\n  a\n  b\n", "a b"),
            ("- title: a\ntitle: b\ntitle: c", "b"),
            ("title: 2026-08-29", "2026-08-29"),
        ] {
            assert_eq!(text_under("title", yaml).as_deref(), Some(text), "{yaml}");
        }
    }

    #[test]
    fn what_is_no_text_says_nothing() {
        for yaml in [
            "",
            "a: b",
            "title",
            "title:",
            "title:a",
            "titles: a",
            "  title: a",
            "# title: a",
            "title: 200",
            "title: -1.5 # x",
            "title: true",
            "title: ~",
            "title: a: b",
            "title: a:",
            "title: [a]",
            "title: {a: b}",
            "title: *a",
            "title: &a b",
            "title: !!str b",
            "title:\n  a: b",
            "title:\n  - a",
            "title: \"a",
            "title: \"a\" b",
            "title: \"\\x\"",
            "title: 'a",
            "title: 'a' b",
            "title: # a",
        ] {
            assert_eq!(text_under("title", yaml), None, "{yaml}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_back_from_quotes(text in "[a-c'\"\\\\:#错\\-]([a-c'\"\\\\:# 错\\-]*[a-c])?") {
            let double = format!("title: {}", serde_json::json!(text));
            let read = text_under("title", &double);
            prop_assert_eq!(read.as_ref(), Some(&text));
            let single = format!("title: '{}'", text.replace('\'', "''"));
            prop_assert_eq!(text_under("title", &single), Some(text));
        }

        #[test]
        fn no_front_matter_is_too_odd(
            parts in prop::collection::vec(prop::sample::select(vec![
                "title", ":", " ", "'", "\"", "\\", "|", ">", "#", "\n", "\t", "a", "错", "---\n", "u1", "\r",
            ]), 0..30),
        ) {
            let text = parts.concat();
            let _ = front_matter(&text);
            let _ = text_under("title", &text);
        }
    }
}
