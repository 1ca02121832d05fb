//! Text within a line of Markdown: what shows just as it is, and the forms it may have.

use crate::catalog::Run;
use crate::render::escape::one_line;
use crate::text::{encode_part, visible};

/// Plain text as one line of Markdown that shows just this text; addresses in it are links.
pub(in crate::render) fn text(text: &str) -> String {
    let text = one_line(text);
    let mut markdown = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(start) = address_start(rest) {
        let address = &rest[start..];
        let address = &address[..address_length(address)];
        markdown.push_str(&escaped(&rest[..start]));
        // A scheme alone is no address.
        if address.ends_with("//") {
            markdown.push_str(address);
        } else {
            markdown.extend(["<", address, ">"]);
        }
        rest = &rest[start + address.len()..];
    }
    markdown + &escaped(rest)
}

/// Where an address of the web begins in a text.
fn address_start(text: &str) -> Option<usize> {
    let starts = ["https://", "http://"].map(|scheme| text.find(scheme));
    starts.into_iter().flatten().min()
}

/// How far an address reaches. Punctuation at its end belongs to the sentence.
fn address_length(text: &str) -> usize {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!$&'()+,;=%".contains(c);
    let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
    text[..end]
        .trim_end_matches(|c: char| ".,:;!?'()".contains(c))
        .len()
}

/// One line of plain text as Markdown. Only what would mean something is escaped, so that the
/// source stays readable.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let marker = line_marker(text);
    let mut before = None;
    for (at, c) in text.char_indices() {
        let after = text[at + c.len_utf8()..].chars().next();
        if is_markup(c, before, after) || at == marker {
            escaped.push('\\');
        }
        escaped.push(c);
        before = Some(c);
    }
    escaped
}

fn is_markup(c: char, before: Option<char>, after: Option<char>) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        '\\' => after.is_some_and(|c| c.is_ascii_punctuation()),
        '`' | '*' | '[' | ']' | '<' | '>' | '|' => true,
        // Within a word an underscore is one.
        '_' => !(is_word(before) && is_word(after)),
        '~' => before == Some('~') || after == Some('~'),
        '&' => is_word(after) || after == Some('#'),
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

pub(super) fn run(run: &Run) -> String {
    // Blanks stay outside of marks, which would not work beside them.
    let core = run.text.trim();
    if core.is_empty() {
        return run.text.clone();
    }
    let start = run.text.len() - run.text.trim_start().len();
    let (before, after) = (&run.text[..start], &run.text[start + core.len()..]);
    let mut marked = match (run.code, &run.link) {
        (true, _) => code_span(core),
        (false, Some(_)) => escaped(&one_line(core)),
        (false, None) => text(core),
    };
    if run.bold && marks_work(core) {
        marked = format!("**{marked}**");
    }
    if let Some(url) = &run.link {
        marked = link(&marked, url);
    }
    format!("{before}{marked}{after}")
}

/// Whether asterisks around a text are sure to be read as marks: not where it begins or ends
/// with punctuation.
fn marks_work(text: &str) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    is_word(text.chars().next()) && is_word(text.chars().next_back())
}

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
    let ends_link = |c: char| c.is_whitespace() || c.is_control() || "()<>\\".contains(c);
    let encode = |c: char| match ends_link(c) {
        true => encode_part(c.encode_utf8(&mut [0; 4])),
        false => c.to_string(),
    };
    visible(&address.chars().map(encode).collect::<String>())
}

fn code_span(text: &str) -> String {
    let text = visible(text);
    let fence = "`".repeat(longest_run_of_backticks(&text) + 1);
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
            ("_a_ *b* `c` ~d~ ~~e~~", r"\_a\_ \*b\* \`c\` ~d~ \~\~e\~\~"),
            ("Map<K, V>[0] | a\\b \\*", r"Map\<K, V\>\[0\] \| a\b \\\*"),
            ("A & B &amp; &#1;", r"A & B \&amp; \&#1;"),
            ("1. one", r"1\. one"),
            ("- one", r"\- one"),
            ("#tag #", r"\#tag #"),
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
}
