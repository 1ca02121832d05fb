//! Text within a line of Markdown: what shows just as it is, and the forms it may have.

use std::ops::Range;

use crate::catalog::Run;
use crate::render::escape::one_line;
use crate::text::{encode_part, visible};

/// Plain text as one line of Markdown that shows just this text; addresses in it are links.
pub(in crate::render) fn text(text: &str) -> String {
    let text = one_line(text);
    linked(&text, 0..text.len())
}

/// A paragraph that is made of runs, as one line of Markdown.
pub(super) fn runs(runs: &[Run]) -> String {
    let texts: Vec<String> = runs.iter().map(|run| one_line(&run.text)).collect();
    let whole = texts.concat();
    // Marks of the same kind side by side would run together. Code has no other marks.
    let marks = |run: &Run| (run.bold && !run.code, run.code);
    let same_marks = |a: &Run, b: &Run| marks(a) == marks(b) && a.link == b.link;
    let mut lengths = texts.iter().map(String::len);
    let mut markdown = String::with_capacity(whole.len());
    let mut end = 0;
    for group in runs.chunk_by(same_marks) {
        let start = end;
        end += lengths.by_ref().take(group.len()).sum::<usize>();
        markdown.push_str(&marked(&group[0], &whole, start..end));
    }
    markdown
}

/// A piece of a paragraph in the marks of a run.
fn marked(run: &Run, whole: &str, piece: Range<usize>) -> String {
    // Blanks stay outside of marks, which would not work beside them.
    let plain = &whole[piece.clone()];
    let start = piece.start + plain.len() - plain.trim_start().len();
    let end = start + plain.trim().len();
    if start == end {
        return plain.to_owned();
    }
    let core = start..end;
    let mut marked = match (run.code, &run.link) {
        (true, _) => code_span(&whole[core.clone()]),
        (false, Some(_)) => escaped(whole, core.clone()),
        (false, None) => linked(whole, core.clone()),
    };
    if run.bold && !run.code && marks_work(&marked) {
        marked = format!("**{marked}**");
    }
    if let Some(url) = &run.link {
        marked = link(&marked, url);
    }
    format!(
        "{}{marked}{}",
        &whole[piece.start..start],
        &whole[end..piece.end]
    )
}

/// A piece of a text as Markdown, with links for the addresses in it.
fn linked(whole: &str, piece: Range<usize>) -> String {
    let mut markdown = String::with_capacity(piece.len());
    let mut start = piece.start;
    while let Some(at) = address_start(&whole[start..piece.end]) {
        let at = start + at;
        let end = at + address_length(&whole[at..piece.end]);
        markdown.push_str(&escaped(whole, start..at));
        // A scheme alone is no address.
        match &whole[at..end] {
            scheme if scheme.ends_with("//") => markdown.push_str(scheme),
            address => markdown.extend(["<", address, ">"]),
        }
        start = end;
    }
    markdown + &escaped(whole, start..piece.end)
}

/// Where an address of the web begins in a text.
fn address_start(text: &str) -> Option<usize> {
    let colons = memchr::memchr_iter(b':', text.as_bytes());
    let mut slashes = colons.filter(|at| text[*at..].starts_with("://"));
    slashes.find_map(|at| {
        let before = &text[..at];
        let before = before.strip_suffix('s').unwrap_or(before);
        before.strip_suffix("http").map(str::len)
    })
}

/// How far an address reaches. Punctuation at its end belongs to the sentence.
fn address_length(text: &str) -> usize {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!$&'()+,;=%".contains(c);
    let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
    text[..end]
        .trim_end_matches(|c: char| ".,:;!?'()".contains(c))
        .len()
}

/// A piece of a line of plain text as Markdown. Only what would mean something is escaped, so
/// that the source stays readable.
fn escaped(whole: &str, piece: Range<usize>) -> String {
    let mut escaped = String::with_capacity(piece.len() + piece.len() / 16);
    let marker = line_marker(whole);
    let mut done = piece.start;
    for at in piece.clone() {
        // All that may mean something is ASCII, and no part of another character is.
        let c = char::from(whole.as_bytes()[at]);
        if !c.is_ascii_punctuation() {
            continue;
        }
        let before = whole[piece.start..at].chars().next_back();
        let after = whole[at + 1..].chars().next();
        // Marks may stand where the piece ends, whatever the text goes on with.
        let is_last = at + 1 == piece.end;
        if at == marker || is_markup(c, before, after, is_last) {
            escaped.push_str(&whole[done..at]);
            escaped.push('\\');
            done = at;
        }
    }
    escaped.push_str(&whole[done..piece.end]);
    escaped
}

fn is_markup(c: char, before: Option<char>, after: Option<char>, is_last: bool) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let is_blank = |c: Option<char>| c.is_some_and(char::is_whitespace);
    match c {
        '\\' => is_last || after.is_some_and(|c| c.is_ascii_punctuation()),
        '`' | '*' | '[' | ']' | '<' | '>' | '|' => true,
        // Within a word an underscore is one.
        '_' => is_last || !(is_word(before) && is_word(after)),
        // One strikes out what stands before the next one too, wherever in the line that is.
        '~' => !(is_blank(before) && is_blank(after)),
        '&' => is_word(after) || after == Some('#'),
        // Before a link it makes a picture, and at the end of a heading it is dropped.
        '!' => is_last && after.is_some(),
        '#' => after.is_none(),
        _ => false,
    }
}

/// Where a text begins with what would make it a heading, a list or a rule: the character to
/// escape. The length of the text where it does not.
fn line_marker(text: &str) -> usize {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - rest.len();
    match rest.chars().next() {
        Some('.' | ')') if digits > 0 => digits,
        Some('#' | '+' | '-' | '=') if digits == 0 => 0,
        _ => text.len(),
    }
}

/// Whether asterisks around a piece of Markdown are sure to be read as marks: not where it begins or
/// ends with punctuation, such as that around an address.
fn marks_work(text: &str) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    is_word(text.chars().next()) && is_word(text.chars().next_back())
}

/// A link; the text alone where the address is none of the web.
pub(super) fn link(text: &str, address: &str) -> String {
    match url(address).as_str() {
        "" => text.to_owned(),
        address => format!("[{text}]({address})"),
    }
}

/// An address as the target of a link; empty for one that is none of the web.
pub(in crate::render) fn url(address: &str) -> String {
    let is_web = |scheme| address.starts_with(scheme);
    if !["http://", "https://", "mailto:"].iter().any(is_web) {
        return String::new();
    }
    // A backtick would begin code that goes on behind the link, and a bar end a cell.
    let is_mark = |c: char| matches!(c, '(' | ')' | '<' | '>' | '\\' | '`' | '|');
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !is_mark(char::from(byte));
    if address.bytes().all(is_plain) {
        return address.to_owned();
    }
    let ends_link = |c: char| is_mark(c) || c.is_whitespace() || c.is_control();
    let mut url = String::with_capacity(address.len());
    for part in address.split_inclusive(ends_link) {
        match part.char_indices().next_back() {
            Some((at, last)) if ends_link(last) => {
                url.push_str(&part[..at]);
                url.push_str(&encode_part(&part[at..]));
            }
            _ => url.push_str(part),
        }
    }
    visible(&url)
}

fn code_span(text: &str) -> String {
    let fence = "`".repeat(longest_run_of_backticks(text) + 1);
    let pad = if text.contains('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

pub(super) fn longest_run_of_backticks(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_shown_as_it_is() {
        for (plain, markdown) in [
            ("run_timed_out", "run_timed_out"),
            (
                "_a_ *b* `c` ~d~ ~~e~~",
                r"\_a\_ \*b\* \`c\` \~d\~ \~\~e\~\~",
            ),
            ("1~2 or 3 ~ 4", r"1\~2 or 3 ~ 4"),
            ("Map<K, V>[0] | a\\b \\*", r"Map\<K, V\>\[0\] \| a\b \\\*"),
            ("A & B &amp; &#1;", r"A & B \&amp; \&#1;"),
            ("1. one", r"1\. one"),
            ("- one", r"\- one"),
            ("#tag #", r"\#tag \#"),
            ("1.5 is fine", r"1\.5 is fine"),
            (
                "见https://a.b/c_d?e=1&f#g。 (http://x.y/). https://",
                "见<https://a.b/c_d?e=1&f#g>。 (<http://x.y/>). https://",
            ),
            ("bell\u{7}", r"bell\u{7}"),
        ] {
            assert_eq!(text(plain), markdown);
        }
    }

    #[test]
    fn marks_do_not_run_into_the_text_beside_them() {
        let run = |text: &str| Run {
            text: text.to_owned(),
            ..Run::default()
        };
        let code = |text: &str| Run {
            code: true,
            ..run(text)
        };
        let bold = |text: &str| Run {
            bold: true,
            ..run(text)
        };
        let linked = |text: &str| Run {
            link: Some("https://a.b/".to_owned()),
            ..run(text)
        };
        let raised = |run: Run| Run {
            superscript: true,
            ..run
        };
        for (source, markdown) in [
            (vec![run("C:\\"), code("<b>")], r"C:\\`<b>`"),
            (vec![run("C:\\"), linked("d\\")], r"C:\\[d\\](https://a.b/)"),
            (vec![code("a`b`c"), raised(code("<i>"))], "`` a`b`c<i> ``"),
            (
                vec![
                    code("x."),
                    Run {
                        bold: true,
                        ..code(".y")
                    },
                    run("z"),
                ],
                "`x..y`z",
            ),
            (
                vec![run("Look!"), linked("here")],
                r"Look\![here](https://a.b/)",
            ),
            (vec![run("Look!")], "Look!"),
            (vec![run("A &"), bold("lt;")], r"A \&lt;"),
            (vec![run("1"), bold(". x")], r"1\. x"),
            (vec![bold("a"), raised(bold("b")), run("c")], "**ab**c"),
            (vec![bold("http://a.b/c"), run("d")], "<http://a.b/c>d"),
            (
                vec![run("see "), run("https://a.b/c."), linked("https://d.e")],
                "see <https://a.b/c>.[https://d.e](https://a.b/)",
            ),
        ] {
            assert_eq!(runs(&source), markdown, "{source:?}");
        }
    }
}
