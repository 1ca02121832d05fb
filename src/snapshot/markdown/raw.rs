//! HTML within Markdown: what of it are elements, and what only looks like them.

/// The elements that documentation uses. Any other name is taken for a placeholder such as
/// `<param>`, which an HTML reader would take for an element without text.
const ELEMENTS: &str = "a b blockquote br code dd del details div dl dt em font h1 h2 h3 h4 h5 h6 \
    hr i img kbd li ol p pre s span strong sub summary sup table tbody td th thead tr tt u ul";

/// A piece of raw HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// HTML: a tag of a known element, a comment, or a text with its character references.
    Html(&'a str),
    /// What looks like a tag and is text.
    Placeholder(&'a str),
}

/// Cuts raw HTML into pieces.
///
/// A tag or comment that does not end within `raw` would take in what follows in the page, so it
/// is text. Only the comment that reaches the end of the page, as `is_last` says, stays one: it
/// tells that the page was cut off.
pub(super) fn pieces(raw: &str, is_last: bool) -> impl Iterator<Item = Piece<'_>> {
    // It is looked for once, or a text of many open comments would be read over and over.
    let last_end = raw.rfind("-->").unwrap_or_default();
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = raw.get(at..).filter(|rest| !rest.is_empty())?;
        let length = if rest.starts_with("<!--") {
            let may_end = at + "<!--".len() <= last_end;
            comment_length(rest, may_end, is_last)
        } else if rest.starts_with('<') {
            tag_length(rest)
        } else {
            Some(rest.find('<').unwrap_or(rest.len()))
        };
        let piece = &rest[..length.unwrap_or(1)];
        at += piece.len();
        let is_placeholder = match tag_name(piece) {
            Some(name) => !is_element(name),
            None => length.is_none(),
        };
        Some(if is_placeholder {
            Piece::Placeholder(piece)
        } else {
            Piece::Html(piece)
        })
    })
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
fn tag_length(text: &str) -> Option<usize> {
    tag_name(text)?;
    let mut quote = None;
    let mut before = '<';
    for (at, c) in text.char_indices().skip(1) {
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
    use super::Piece::{Html, Placeholder};
    use super::*;

    fn cut(raw: &str) -> Vec<Piece<'_>> {
        pieces(raw, false).collect()
    }

    #[test]
    fn elements_are_told_from_placeholders() {
        assert_eq!(
            cut("<td a='>'>缺少 <param>&amp;<BR></td>"),
            [
                Html("<td a='>'>"),
                Html("缺少 "),
                Placeholder("<param>"),
                Html("&amp;"),
                Html("<BR>"),
                Html("</td>"),
            ]
        );
        for placeholder in ["<Font>", "<U>", "<xxx/>", "</script>", "<my-tag a=b>"] {
            assert_eq!(cut(placeholder), [Placeholder(placeholder)]);
        }
    }

    #[test]
    fn what_does_not_end_is_text() {
        assert_eq!(cut("<p"), [Placeholder("<"), Html("p")]);
        assert_eq!(
            cut("a < b <div x\n<b>"),
            [
                Html("a "),
                Placeholder("<"),
                Html(" b "),
                Placeholder("<"),
                Html("div x\n"),
                Html("<b>"),
            ]
        );
        assert_eq!(
            cut("<!--a--><!--->x<!-- b"),
            [
                Html("<!--a-->"),
                Html("<!--->"),
                Html("x"),
                Placeholder("<"),
                Html("!-- b"),
            ]
        );
        let last: Vec<_> = pieces("x<!-- b", true).collect();
        assert_eq!(last, [Html("x"), Html("<!-- b")]);
    }
}
