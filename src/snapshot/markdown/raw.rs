//! HTML within Markdown: what of it are elements, and what only looks like them.

use crate::escape::html_source;

/// The elements that documentation uses. Any other name is taken for a placeholder such as
/// `<param>`, which an HTML reader would take for an element without text.
const ELEMENTS: &str = "a b blockquote br code dd del details div dl dt em font h1 h2 h3 h4 h5 h6 \
    hr i img kbd li ol p pre s span strong sub summary sup table tbody td th thead tr tt u ul";

/// Raw HTML in which what only looks like an element is text.
///
/// A tag or comment that does not end within `raw` would take in what follows in the page, so it
/// is text. Only the comment that reaches the end of the page, as `is_last` says, stays one: it
/// tells that the page was cut off.
pub(super) fn escape_placeholders(raw: &str, is_last: bool) -> String {
    // It is looked for once, or a text of many open comments would be read over and over.
    let last_end = raw.rfind("-->").unwrap_or_default();
    let mut html = String::with_capacity(raw.len());
    let mut seen = vec![0; raw.len()];
    let mut rest = raw;
    while !rest.is_empty() {
        let length = if rest.starts_with("<!--") {
            let text_start = raw.len() - rest.len() + "<!--".len();
            comment_length(rest, text_start <= last_end, is_last)
        } else if rest.starts_with('<') {
            tag_length(rest, &mut seen[raw.len() - rest.len()..])
        } else {
            Some(rest.find('<').unwrap_or(rest.len()))
        };
        let (piece, after) = rest.split_at(length.unwrap_or(1));
        if length.is_none() || is_placeholder(piece) {
            html.push_str(&html_source(piece));
        } else {
            html.push_str(piece);
        }
        rest = after;
    }
    html
}

/// Whether what looks like a tag is none.
pub(super) fn is_placeholder(tag: &str) -> bool {
    tag_name(tag).is_some_and(|name| !is_element(name))
}

/// The length of the comment that a text begins with. `<!-->` and `<!--->` end at once.
fn comment_length(text: &str, may_end: bool, is_last: bool) -> Option<usize> {
    let short = ["<!-->", "<!--->"];
    if let Some(comment) = short.into_iter().find(|comment| text.starts_with(comment)) {
        Some(comment.len())
    } else if may_end {
        let end = text["<!--".len()..].find("-->")?;
        Some("<!--".len() + end + "-->".len())
    } else {
        is_last.then_some(text.len())
    }
}

/// The name in the tag that a text begins with, whether it opens or closes an element.
pub(super) fn tag_name(text: &str) -> Option<&str> {
    let inner = text.strip_prefix("</").or_else(|| text.strip_prefix('<'))?;
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let (name, rest) = inner.split_at(inner.find(|c| !is_part(c))?);
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && rest.starts_with(|c: char| c.is_whitespace() || matches!(c, '/' | '>'));
    is_name.then_some(name)
}

/// The length of the tag that a text begins with, if it begins with one. A `>` in a quoted value
/// does not end it, and another `<` means that it never does.
///
/// `seen` has a bit for each place and what can be known there of the tag so far: what has been read
/// from there in vain is not read again.
fn tag_length(text: &str, seen: &mut [u8]) -> Option<usize> {
    tag_name(text)?;
    let mut quote = None;
    let mut before = '<';
    for (at, c) in text.char_indices().skip(1) {
        let state = match quote {
            Some('"') => 1,
            Some(_) => 2,
            None if before == '=' => 4,
            None => 8,
        };
        if seen[at] & state != 0 {
            return None;
        }
        seen[at] |= state;
        match quote {
            Some(mark) if c == mark => quote = None,
            Some(_) => {}
            None if c == '>' => return Some(at + 1),
            None if c == '<' => return None,
            None if before == '=' && matches!(c, '"' | '\'') => quote = Some(c),
            None => {}
        }
        if !c.is_whitespace() {
            before = c;
        }
    }
    None
}

/// Whether a name is that of a known element. Capitals are those of a type, as in `Array<Font>`
/// or `Array<U>`, unless the whole name is written in them.
fn is_element(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let is_spelt = name == lower || (name.len() > 1 && name == name.to_ascii_uppercase());
    is_spelt && ELEMENTS.split(' ').any(|element| element == lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(raw: &str) -> String {
        escape_placeholders(raw, false)
    }

    #[test]
    fn elements_are_told_from_placeholders() {
        assert_eq!(
            escaped("<td a='>'>缺少 <param>&amp;<BR></td>"),
            "<td a='>'>缺少 &lt;param&gt;&amp;<BR></td>"
        );
        for placeholder in ["<Font>", "<U>", "<xxx/>", "</script>", "<my-tag a=b>"] {
            assert!(is_placeholder(placeholder));
            assert_eq!(escaped(placeholder), html_source(placeholder));
        }
    }

    #[test]
    fn what_does_not_end_is_text() {
        assert_eq!(escaped("<p"), "&lt;p");
        assert_eq!(escaped("a < b <div x\n<b>"), "a &lt; b &lt;div x\n<b>");
        assert_eq!(escaped("<!--a--><!--->x<!-- b"), "<!--a--><!--->x&lt;!-- b");
        assert_eq!(escape_placeholders("x<!-- b", true), "x<!-- b");
    }
}
