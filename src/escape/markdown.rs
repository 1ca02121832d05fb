//! Text within a line of Markdown.

use std::ops::Range;

use super::{is_visible, url_part, visible_line};

/// Plain text as one line of Markdown that shows just this text. No address in it is a link: the text
/// may stand in the text of another one.
pub(crate) fn markdown(text: &str) -> String {
    let line = visible_line(text);
    let text = line.trim();
    markdown_piece(text, 0..text.len())
}

/// A paragraph of plain text as one line of Markdown; addresses in it are links.
pub(crate) fn markdown_paragraph(text: &str) -> String {
    let line = visible_line(text);
    let text = line.trim();
    markdown_piece_with_links(text, 0..text.len())
}

/// A piece of a text as Markdown, with links for the addresses in it.
pub(crate) fn markdown_piece_with_links(whole: &str, piece: Range<usize>) -> String {
    let mut markdown = String::with_capacity(piece.len());
    let mut start = piece.start;
    while let Some(offset) = address_start(&whole[start..piece.end]) {
        let at = start + offset;
        let end = at + address_length(&whole[at..piece.end]);
        markdown.push_str(&markdown_piece(whole, start..at));
        let address = &whole[at..end];
        if is_whole_host(address, &whole[end..]) {
            markdown.extend(["<", address, ">"]);
        } else {
            markdown.push_str(&markdown_piece(whole, at..end));
        }
        start = end;
    }
    markdown + &markdown_piece(whole, start..piece.end)
}

/// Where an address of the web begins in a text. What is behind it is not looked at, or a text of many
/// addresses would be read over and over.
fn address_start(text: &str) -> Option<usize> {
    text.match_indices("://").find_map(|(at, _)| {
        let mut schemes = ["https", "http"].into_iter();
        let scheme = schemes.find(|scheme| text[..at].ends_with(scheme))?;
        Some(at - scheme.len())
    })
}

/// How far an address reaches. Punctuation at its end belongs to the sentence; a character reference
/// may mean another character in a link.
fn address_length(text: &str) -> usize {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!$&'()+,;=%".contains(c);
    let ends = |(at, c): &(usize, char)| !is_part(*c) || begins_reference(&text[*at..]);
    let end = text
        .char_indices()
        .find(ends)
        .map_or(text.len(), |(at, _)| at);
    text[..end]
        .trim_end_matches(|c: char| ".,:;!?'()".contains(c))
        .len()
}

/// Whether an address has a host, and all of it: where it goes on with letters that addresses do not
/// have, a link would lead to another host.
fn is_whole_host(address: &str, rest: &str) -> bool {
    let host = address.split_once("//").map_or("", |(_, host)| host);
    let goes_on = |c: char| !c.is_ascii() && !"。，、；：！？）】》”’".contains(c) || c == '\\';
    !host.is_empty() && (host.contains(['/', '?', '#']) || !rest.starts_with(goes_on))
}

/// A piece of a line of plain text as Markdown. Only what would mean something is escaped, so
/// that the source stays readable.
pub(crate) fn markdown_piece(whole: &str, piece: Range<usize>) -> String {
    let mut escaped = String::with_capacity(piece.len() + piece.len() / 16);
    let marker = line_marker(whole);
    let mut done = piece.start;
    for at in piece.clone() {
        if at == marker || is_markup(whole, &piece, at) {
            escaped.push_str(&whole[done..at]);
            escaped.push('\\');
            done = at;
        }
    }
    escaped + &whole[done..piece.end]
}

/// Whether the byte at a place in a piece of a line would be read as markup.
fn is_markup(whole: &str, piece: &Range<usize>, at: usize) -> bool {
    let before = || whole[piece.start..at].chars().next_back();
    let after = || whole[at + 1..].chars().next();
    // Marks may stand where the piece ends, whatever the text goes on with.
    let is_last = at + 1 == piece.end;
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let is_blank = |c: Option<char>| c.is_some_and(char::is_whitespace);
    match whole.as_bytes()[at] {
        b'\\' => is_last || after().is_some_and(|c| c.is_ascii_punctuation()),
        b'`' | b'*' | b'[' | b']' | b'<' | b'>' | b'|' => true,
        // It would end mathematics, which some readers set between dollar signs.
        b'$' => at > 0 && !is_blank(whole[..at].chars().next_back()),
        // Within a word an underscore is one.
        b'_' => is_last || !(is_word(before()) && is_word(after())),
        // One strikes out what stands before the next one too, wherever in the line that is.
        b'~' => !(is_blank(before()) && is_blank(after())),
        b'&' => is_word(after()) || after() == Some('#'),
        // Before a link it makes a picture, and at the end of a heading it is dropped.
        b'!' => is_last && after().is_some(),
        b'#' => after().is_none(),
        // GitHub and editors make links of addresses, in which a backslash is no escape.
        b':' => whole[at + 1..].starts_with("//"),
        b'.' => ends_with_www(&whole.as_bytes()[..at]),
        _ => false,
    }
}

fn ends_with_www(text: &[u8]) -> bool {
    let last = text.last_chunk::<3>();
    last.is_some_and(|last| last.eq_ignore_ascii_case(b"www"))
}

/// Where a text begins with what would make it a heading, a list or a rule: the character to
/// escape. The length of the text where it does not.
fn line_marker(text: &str) -> usize {
    let shown = text.trim_start();
    let rest = shown.trim_start_matches(|c: char| c.is_ascii_digit());
    let has_digits = rest.len() < shown.len();
    match rest.chars().next() {
        Some('.' | ')') if has_digits => text.len() - rest.len(),
        Some('#' | '+' | '-' | '=') if !has_digits => text.len() - rest.len(),
        _ => text.len(),
    }
}

/// A link, from Markdown; the Markdown alone where the address is not one of the web.
pub(crate) fn markdown_link(markdown: &str, address: &str) -> String {
    match markdown_url(address).as_str() {
        "" => markdown.to_owned(),
        url => format!("[{markdown}]({url})"),
    }
}

/// Whether a link may lead to an address: one of the web, or of mail.
pub(crate) fn is_web_address(address: &str) -> bool {
    let mut schemes = ["http://", "https://", "mailto:"].into_iter();
    schemes.any(|scheme| address.starts_with(scheme))
}

/// An address as the target of a link; empty for one that is not of the web.
pub(crate) fn markdown_url(address: &str) -> String {
    if !is_web_address(address) {
        return String::new();
    }
    // A backtick would begin code that goes on behind the link, and a bar end a cell.
    // Some readers take brackets and quotes for those of the link.
    let is_mark = |c| "()<>[]\\`|'\"".contains(c);
    let host = numeric_host(address);
    let is_of_host = |at: usize, c: char| host.contains(&at) && matches!(c, '[' | ']');
    let mut url = String::with_capacity(address.len());
    for (at, c) in address.char_indices() {
        if c == '&' && begins_reference(&address[at..]) {
            url.push_str("&amp;");
        } else if is_mark(c) && !is_of_host(at, c) || c.is_whitespace() || !is_visible(c) {
            url.push_str(&url_part(c.encode_utf8(&mut [0; 4])));
        } else {
            url.push(c);
        }
    }
    url
}

/// Where the host of an address is that is a number in brackets; empty where it is none.
fn numeric_host(address: &str) -> Range<usize> {
    let start = address.find("://[").unwrap_or(address.len());
    let end = address[start..].find(']');
    end.map_or(0..0, |length| start..start + length + 1)
}

/// Whether a text begins with a character reference, such as `&lt;` or `&#47;`.
fn begins_reference(text: &str) -> bool {
    let name = text.strip_prefix('&').unwrap_or_default();
    let name = name.strip_prefix('#').unwrap_or(name);
    let rest = name.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    rest.len() < name.len() && rest.starts_with(';')
}

/// Visible text of one line between backticks.
pub(crate) fn markdown_code_span(line: &str) -> String {
    let fence = "`".repeat(longest_run_of_backticks(line) + 1);
    let pad = if line.contains('`') { " " } else { "" };
    format!("{fence}{pad}{line}{pad}{fence}")
}

/// The line of backticks around a code block.
pub(crate) fn markdown_fence(code: &str) -> String {
    "`".repeat(longest_run_of_backticks(code).max(2) + 1)
}

fn longest_run_of_backticks(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_shown_as_it_is() {
        for (plain, expected) in [
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
            (" see http://x.y/ ", r"see http\://x.y/"),
            ("www.a.b` FTP://a.b`", r"www\.a.b\` FTP\://a.b\`"),
            ("The ${a} is $b$ $`c`$", r"The ${a} is $b\$ $\`c\`\$"),
            ("bell\u{7}", r"bell\u{7}"),
        ] {
            assert_eq!(markdown(plain), expected);
        }
    }

    #[test]
    fn addresses_in_a_paragraph_are_links() {
        for (plain, expected) in [
            (
                "见https://a.b/c_d?e=1&f#g。 (http://x.y/). https://",
                r"见<https://a.b/c_d?e=1&f#g>。 (<http://x.y/>). https\://",
            ),
            (
                "http://a.b中c http://a.b\u{200b}.c",
                r"http\://a.b中c http\://a.b\u{200b}.c",
            ),
            // As a link it would lead to `http://x.y/<z`.
            ("http://x.y/&lt;z", r"<http://x.y/>\&lt;z"),
        ] {
            assert_eq!(markdown_paragraph(plain), expected);
        }
    }

    #[test]
    fn a_link_leads_where_the_page_says() {
        for (address, expected) in [
            ("https://a.b/?c=1&d=2", "https://a.b/?c=1&d=2"),
            ("https://a.b/&lt;", "https://a.b/&amp;lt;"),
            ("https://a.b/?c&#47;", "https://a.b/?c&amp;#47;"),
            (
                "https://a.b/(c)|`d`\u{202e}",
                "https://a.b/%28c%29%7C%60d%60%E2%80%AE",
            ),
            ("https://[2001:db8::1]/[a]", "https://[2001:db8::1]/%5Ba%5D"),
            ("javascript:x", ""),
        ] {
            assert_eq!(markdown_url(address), expected);
        }
    }

    #[test]
    fn nothing_gets_out_of_its_backticks() {
        assert_eq!(markdown_code_span("a"), "`a`");
        assert_eq!(markdown_code_span("`a``b"), "``` `a``b ```");
        assert_eq!(markdown_fence("a\n```b`"), "````");
    }
}
