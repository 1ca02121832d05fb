//! Markdown pages: the mirrors of the site, and the sources that OpenHarmony keeps.
//!
//! A page is turned into the HTML that the site would show, so that there is one reader for
//! both. CommonMark says what a text means; this module says what of it becomes HTML.

mod raw;
mod write;

use pulldown_cmark::{Event, Options, Parser, Tag};
use serde::Deserialize;
use serde_json::Value;

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
    let (front, start) = match front_matter(text) {
        Some((yaml, start)) => (read_front_matter(yaml), start),
        None => (FrontMatter::default(), 0),
    };
    Extract {
        title: front.title.as_str().map(|title| title.trim().to_owned()),
        url: front.url(),
        ..Extract::new(Form::Markdown, write::to_html(text, start))
    }
}

/// What stands before a page about the page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct FrontMatter {
    title: Value,
    url: Value,
    source: Value,
    source_url: Value,
    canonical: Value,
}

impl FrontMatter {
    /// The first value that is an address of the web: a `source` may as well be a name.
    fn url(&self) -> Option<String> {
        let values = [&self.url, &self.source, &self.source_url, &self.canonical];
        let mut texts = values.into_iter().filter_map(Value::as_str).map(str::trim);
        let is_web = |text: &&str| text.starts_with("http://") || text.starts_with("https://");
        texts.find(is_web).map(str::to_owned)
    }
}

/// Reads front matter. What is no YAML says nothing: the page itself may still be sound.
fn read_front_matter(yaml: &str) -> FrontMatter {
    serde_saphyr::from_str(yaml).unwrap_or_default()
}

/// The YAML that a page begins with, and the byte after the line that ends it.
///
/// It stands between lines of three hyphens and begins at once. A rule that a page happens to
/// begin with has an empty line below it.
fn front_matter(text: &str) -> Option<(&str, usize)> {
    let blank = text.len() - text.trim_start().len();
    let mut lines = text[blank..].split_inclusive('\n');
    let opening = lines.next().filter(|line| line.trim_end() == "---")?;
    let start = blank + opening.len();
    let mut end = start;
    for line in lines {
        let line_end = end + line.len();
        match line.trim_end() {
            "---" | "..." if end > start => return Some((&text[start..end], line_end)),
            "" | "---" | "..." if end == start => return None,
            _ => end = line_end,
        }
    }
    None
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
