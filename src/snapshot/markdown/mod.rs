//! Markdown pages: the mirrors of the site, and the sources that OpenHarmony keeps.
//!
//! A page is turned into the HTML that the site would show, so that there is one reader for
//! both. CommonMark says what a text means; this module says what of it becomes HTML.

mod front;
mod raw;
mod write;

use pulldown_cmark::{Event, Options, Parser, Tag};

use front::{front_matter, text_under};

use super::stated::{Stated, page_address};
use super::{Extract, Form};

/// What is read beyond CommonMark. The parser's own front matter stays off: it would also take
/// for it what stands between two rules in the middle of a page, and that is text.
const OPTIONS: Options = Options::ENABLE_TABLES;

/// Elements that a whole HTML document begins with.
const DOCUMENT: [&str; 3] = ["html", "head", "body"];

/// Whether a text that is neither JSON nor MHTML is Markdown rather than HTML.
///
/// Markdown may begin with a tag, and HTML may have lines that look like a heading of Markdown.
/// A text that begins with a tag is Markdown only where it has such lines and leaves headings and
/// paragraphs to them.
pub(super) fn is_markdown(text: &str) -> bool {
    if front_matter(text).is_some() {
        return true;
    }
    let content = after_comments(text);
    if let Some(name) = raw::tag_name(content) {
        let is_document = DOCUMENT.iter().any(|own| own.eq_ignore_ascii_case(name));
        return !is_document && !has_text_elements(content) && has_heading(text, "#");
    }
    !content.starts_with("<!") && !content.starts_with("<?") && has_heading(text, "")
}

/// The HTML of a Markdown page.
pub(super) fn open_markdown(text: &str) -> Extract {
    let (front, start) = front_matter(text).unwrap_or_default();
    // Empty lines in its place keep the rest in its lines.
    let body = "\n".repeat(text[..start].matches('\n').count()) + &text[start..];
    // A source may as well be a name.
    let address_under = |key| page_address(&text_under(key, front)?);
    let mut address_keys = ["url", "source", "source_url", "canonical"].into_iter();
    Extract {
        form: Form::Markdown,
        html: write::to_html(&body),
        part: None,
        stated: Stated {
            title: text_under("title", front),
            url: address_keys.find_map(address_under),
            ..Stated::default()
        },
    }
}

/// A text without the comments that it begins with; nothing where one of them does not end.
fn after_comments(text: &str) -> &str {
    let mut rest = text.trim_start();
    while let Some(comment) = rest.strip_prefix("<!--") {
        let Some((_, after)) = comment.split_once("-->") else {
            return "";
        };
        rest = after.trim_start();
    }
    rest
}

/// Whether a text has headings or paragraphs that are HTML elements.
fn has_text_elements(text: &str) -> bool {
    let mut tags = text.match_indices('<').map(|(at, _)| &text[at..]);
    tags.any(|tag| match raw::tag_name(tag).map(str::as_bytes) {
        Some([b'h' | b'H', b'1'..=b'6']) => true,
        Some([b'p' | b'P']) => !tag.starts_with("</"),
        _ => false,
    })
}

/// Whether a Markdown text has a heading that begins with `mark`.
fn has_heading(text: &str, mark: &str) -> bool {
    let mut events = Parser::new_ext(text, OPTIONS).into_offset_iter();
    events.any(|(event, range)| {
        matches!(event, Event::Start(Tag::Heading { .. })) && text[range].starts_with(mark)
    })
}

#[cfg(test)]
mod tests;
