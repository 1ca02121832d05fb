//! Snapshots: from the bytes of a saved page to a [`Document`].
//!
//! This module decodes bytes, opens whatever form the page was saved in, and parses the HTML; it
//! knows nothing of error codes.

mod api;
mod article;
mod encoding;
mod find;
mod html;
mod markdown;
mod mhtml;
mod stated;

use std::io::ErrorKind;

use ego_tree::NodeId;
use scraper::ElementRef;

use crate::file::{self, MAX_PAGE};
use crate::problem::{Diagnostic, Locate, Place, Position, Report, SnapshotProblem};
use html::ParsedHtml;
use stated::Stated;

pub(crate) use api::Answer;
pub(crate) use article::{attribute, classes, has_class};
pub(crate) use find::{ORIGINAL, is_ending};
pub use find::{Source, endings, find_snapshots};
pub use stated::update_time;
pub(crate) use stated::{GENERATOR, page_address};

/// What the files begin with that Git LFS puts in the places of large ones.
const POINTER: &[u8] = b"version https://git-lfs.github.com/spec/";

/// The form in which a page was saved, told by its content and never by its name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Form {
    /// HTML: a piece of the page as the site shows it, the whole page, or the article that the
    /// site's document API delivers.
    #[default]
    Html,
    /// The JSON in which the site's document API answers.
    ApiAnswer,
    /// A whole page with all that belongs to it in one file.
    Mhtml,
    /// Markdown, as in the sources of OpenHarmony's documentation.
    Markdown,
}

/// A saved page as a tree.
#[derive(Debug)]
pub struct Document {
    /// The path of the file as it was given, with forward slashes.
    pub source: String,
    /// How the page was saved.
    pub form: Form,
    pub(crate) stated: Stated,
    /// How many bytes its HTML has.
    pub(crate) size: usize,
    part: Option<String>,
    page: ParsedHtml,
    articles: Vec<NodeId>,
}

impl Document {
    /// Reads a saved page from a file.
    ///
    /// # Errors
    /// The file cannot be read, or [`Document::decode`] refuses it.
    pub fn read_source(source: &Source) -> Result<Self, Report> {
        let bytes = file::read_any(&source.path, MAX_PAGE).map_err(|error| {
            let problem = match error.kind() {
                ErrorKind::FileTooLarge => SnapshotProblem::TooLarge(MAX_PAGE >> 20),
                _ => SnapshotProblem::UnreadablePage(error.to_string()),
            };
            problem.at_file(&source.shown)
        })?;
        Self::decode(&source.shown, bytes)
    }

    /// Reads a saved page from the bytes of a file whose path is `source`.
    ///
    /// # Errors
    /// The bytes are empty, no text, in none of the forms of a page, cut off, without an article,
    /// nested too deeply, or more than any page has.
    pub fn decode(source: &str, bytes: Vec<u8>) -> Result<Self, Report> {
        let extract = open_file(bytes).map_err(|(problem, line)| match line {
            Some(line) => problem.at(Place::at(source, Position::line(line))),
            None => problem.at_file(source),
        })?;
        let page = html::parse(&extract.html);
        let document = Self {
            source: source.to_owned(),
            form: extract.form,
            size: extract.html.len(),
            stated: extract.stated.or(stated::read_statements(&page.html)),
            part: extract.part,
            articles: article::find_articles(&page),
            page,
        };
        match document.refusal() {
            Some(refusal) => Err(refusal.into()),
            None => Ok(document),
        }
    }

    /// An element of the document.
    pub(crate) fn element(&self, node: NodeId) -> Option<ElementRef<'_>> {
        ElementRef::wrap(self.page.html.tree.get(node)?)
    }

    /// Where a node begins in the file. What is packed in the file has no line of it.
    pub(crate) fn place(&self, node: NodeId) -> Place {
        self.place_of_line(self.page.line_of(node))
    }

    fn place_of_line(&self, line: usize) -> Place {
        match &self.part {
            Some(part) => Place::file(&self.source).in_part(Some(part)),
            None => Place::at(&self.source, Position::line(line)),
        }
    }

    /// Why the file is no page, if it is none. Where the rest was not even parsed, nothing else
    /// can be said about the page.
    fn refusal(&self) -> Option<Diagnostic> {
        if let Some((node, problem)) = self.articles().find_map(html::too_deep) {
            return Some(problem.at(self.place(node)));
        }
        let end = self.place_of_line(self.page.seen.last_line);
        let file = Place::file(&self.source).in_part(self.part.as_deref());
        if let Some(excess) = &self.page.excess {
            Some(excess.clone().at(end))
        } else if self.form == Form::Html && !self.page.has_element() {
            // html5ever makes a document of any text at all.
            Some(SnapshotProblem::UnknownForm.at(file))
        } else if self.page.seen.ends_in_markup {
            Some(SnapshotProblem::EndsInMarkup.at(end))
        } else if self.page.seen.ends_in_element && self.form != Form::Markdown {
            // People who write Markdown may leave elements open; what saves a page does not.
            Some(SnapshotProblem::EndsInElement.at(end))
        } else if !self.has_text() {
            Some(SnapshotProblem::NoText.at(file))
        } else {
            None
        }
    }

    fn has_text(&self) -> bool {
        let mut texts = self.articles().flat_map(|article| article.text());
        texts.any(|text| !text.trim().is_empty())
    }
}

/// The HTML of a page, taken out of the file that it came in, and what the file says beside it.
#[derive(Debug, Default)]
struct Extract {
    form: Form,
    html: String,
    /// What of the file holds the HTML, such as `value.content.content`; none where the lines of
    /// the HTML are those of the file.
    part: Option<String>,
    stated: Stated,
}

/// Why a file is refused, and in which line of it, where there is one.
type Refusal = (SnapshotProblem, Option<usize>);

/// Tells the form of a file and opens it.
fn open_file(bytes: Vec<u8>) -> Result<Extract, Refusal> {
    if bytes.len() as u64 > MAX_PAGE {
        return Err((SnapshotProblem::TooLarge(MAX_PAGE >> 20), None));
    }
    if bytes.starts_with(POINTER) {
        return Err((SnapshotProblem::LfsPointer, None));
    }
    if mhtml::is_mhtml(&bytes) {
        return mhtml::open_archive(&bytes).map_err(|problem| (problem, None));
    }
    let text = encoding::decode(&bytes, None)?;
    match text.trim_start().chars().next() {
        None => Err((SnapshotProblem::Empty, None)),
        // No page begins with a brace.
        Some('{') => api::open_answer(&text),
        _ if markdown::is_markdown(&text) => Ok(markdown::open_markdown(&text)),
        Some('<') => Ok(Extract {
            html: text,
            ..Extract::default()
        }),
        Some(_) => Err((SnapshotProblem::UnknownForm, None)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(bytes: &[u8]) -> String {
        match Document::decode("a.html", bytes.to_vec()) {
            Ok(_) => "accepted".to_owned(),
            Err(report) => report.to_string(),
        }
    }

    #[test]
    fn what_is_no_page_is_refused() {
        assert_eq!(refusal(b""), "a.html: error[empty]: the file is empty");
        assert_eq!(
            refusal(b" \r\n "),
            "a.html: error[empty]: the file is empty"
        );
        assert_eq!(
            refusal(b"<p>ok</p>\n<p>\xff</p>"),
            "a.html:2: error[not-utf8]: the file is not UTF-8 text"
        );
        assert_eq!(
            refusal(br#"{"code":0}"#),
            "a.html: error[api-no-content]: the answer has no `value`"
        );
        for other in ["<<<< no tag", "no tag", "<!-- a comment -->"] {
            assert_eq!(
                refusal(other.as_bytes()),
                "a.html: error[unknown-form]: the file is in none of the forms of a saved page"
            );
        }
    }

    #[test]
    fn broken_pages_are_refused() {
        assert_eq!(
            refusal(b"<p>text</p>\n<h2 id="),
            "a.html:2: error[cut-off]: the file ends within a tag or comment"
        );
        assert_eq!(
            refusal(b"<p>text</p><!-- and"),
            "a.html:1: error[cut-off]: the file ends within a tag or comment"
        );
        assert_eq!(
            refusal(b"<div class='markdown-body'><p>text</p>"),
            "a.html:1: error[cut-off]: the file ends before the elements of the page do"
        );
        assert_eq!(refusal(b"<body><div><p>text</p></body>"), "accepted");
        assert_eq!(
            refusal(b"<title>T</title><body><app-root></app-root></body>"),
            "a.html: error[no-text]: the page has no text"
        );
        let deep = format!("<p>text</p>{}</body>", "<div>\n".repeat(2_000));
        assert_eq!(
            refusal(deep.as_bytes()),
            "a.html:65: error[too-deep]: elements are nested more than 64 deep"
        );
    }

    #[test]
    fn a_byte_order_mark_is_no_text() {
        assert_eq!(refusal("\u{feff}<p>ok</p>".as_bytes()), "accepted");
        assert_eq!(
            refusal("\u{feff}\r\n {}".as_bytes()),
            "a.html: error[api-no-content]: the answer has no `value`"
        );
    }
}
