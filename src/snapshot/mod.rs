//! Snapshots: from the bytes of a saved page to a [`Document`].
//!
//! This room decodes bytes and builds the DOM; it knows where every node stood in the file
//! and nothing of error codes.

mod dom;
mod find;

use std::fs;

use ego_tree::NodeId;
use scraper::{ElementRef, Html};

use crate::diagnostic::{Diagnostic, Place, Position};

pub use find::{Source, find};

/// A saved page as a tree, with the way back from its nodes to the file.
#[derive(Debug)]
pub struct Document {
    /// The path of the file as it was given, with forward slashes.
    pub source: String,
    text: String,
    html: Html,
    offsets: dom::Offsets,
}

impl Document {
    /// Reads a saved page from a file.
    ///
    /// # Errors
    /// The file cannot be read, or [`Document::decode`] refuses it.
    pub fn read(source: &Source) -> Result<Self, Diagnostic> {
        let bytes = fs::read(&source.path).map_err(|error| {
            Diagnostic::error(
                "unreadable",
                format!("the snapshot cannot be read: {error}"),
            )
            .at(Place::file(&source.shown))
        })?;
        Self::decode(&source.shown, bytes)
    }

    /// Reads a saved page from the bytes of a file whose path is `source`.
    ///
    /// # Errors
    /// The bytes are empty, not UTF-8 or not HTML.
    pub fn decode(source: &str, bytes: Vec<u8>) -> Result<Self, Diagnostic> {
        let text = decode_text(source, bytes)?;
        let (html, offsets) = dom::build(&text);
        let document = Self {
            source: source.to_owned(),
            text,
            html,
            offsets,
        };
        document.refuse_other_forms()?;
        Ok(document)
    }

    /// The element that holds the article: the site's own container, else the whole body.
    #[must_use]
    pub fn article(&self) -> ElementRef<'_> {
        self.elements()
            .find(|element| has_class(*element, "markdown-body"))
            .or_else(|| {
                self.elements()
                    .find(|element| element.value().name() == "body")
            })
            .unwrap_or_else(|| self.html.root_element())
    }

    /// The heading of the page: the site's own, else the first of level 1, else the title of
    /// the document.
    #[must_use]
    pub fn title_element(&self) -> Option<ElementRef<'_>> {
        let named = |name: &'static str| {
            self.elements()
                .find(move |element| element.value().name() == name)
        };
        self.elements()
            .find(|element| has_class(*element, "doc-title"))
            .or_else(|| named("h1"))
            .or_else(|| named("title"))
    }

    /// Where a node stands in the file.
    #[must_use]
    pub fn place(&self, node: NodeId) -> Place {
        Place::at(&self.source, self.position(node))
    }

    /// The line and column of a node.
    #[must_use]
    pub fn position(&self, node: NodeId) -> Position {
        Position::of(&self.text, self.offsets.of(node))
    }

    fn elements(&self) -> impl Iterator<Item = ElementRef<'_>> {
        self.html
            .tree
            .root()
            .descendants()
            .filter_map(ElementRef::wrap)
    }

    /// A saved page begins with a tag. The HTML parser makes a document of any text at all, so
    /// what is not HTML has to be refused by its look.
    fn refuse_other_forms(&self) -> Result<(), Diagnostic> {
        if self.text.trim_start().starts_with('<') && self.offsets.has_element() {
            return Ok(());
        }
        Err(Diagnostic::error("not-html", "the file is not HTML")
            .at(Place::file(&self.source))
            .note("a saved page begins with a tag such as `<h1>` or `<html>`")
            .help("save the page again from a browser, or move the file out of the snapshots"))
    }
}

/// Whether an element has a class, by the exact name.
pub(crate) fn has_class(element: ElementRef<'_>, class: &str) -> bool {
    element.value().classes().any(|name| name == class)
}

fn decode_text(source: &str, bytes: Vec<u8>) -> Result<String, Diagnostic> {
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid_up_to = error.utf8_error().valid_up_to();
        let valid = String::from_utf8_lossy(&error.as_bytes()[..valid_up_to]);
        let position = Position::of(&valid, valid.len());
        Diagnostic::error("not-utf8", "the file is not UTF-8 text")
            .at(Place::at(source, position))
            .help("save the page again as a web page in UTF-8, or convert the file")
    })?;
    let text = match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    };
    if text.trim().is_empty() {
        return Err(Diagnostic::error("empty", "the file is empty")
            .at(Place::file(source))
            .help("save the page again, or delete the file"));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(bytes: &[u8]) -> String {
        match Document::decode("a.html", bytes.to_vec()) {
            Ok(_) => "accepted".to_owned(),
            Err(diagnostic) => diagnostic.to_string(),
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
            "a.html:2:4: error[not-utf8]: the file is not UTF-8 text"
        );
        assert_eq!(
            refusal(br#"{"code":0}"#),
            "a.html: error[not-html]: the file is not HTML"
        );
        assert_eq!(
            refusal(b"<<<< no tag"),
            "a.html: error[not-html]: the file is not HTML"
        );
    }

    #[test]
    fn a_byte_order_mark_is_no_text() {
        assert_eq!(refusal("\u{feff}<p>ok</p>".as_bytes()), "accepted");
    }

    #[test]
    fn the_article_and_its_title_are_found_amid_the_furniture() {
        let page = "<html><head><title>site</title></head><body><h1>menu</h1>\
            <h1 class='doc-title x'>Title</h1><div class='x markdown-body'>text</div></body>";
        let document = Document::decode("a.html", page.into()).expect("this is a page");
        assert_eq!(document.article().text().collect::<String>(), "text");
        let title = document.title_element().expect("the page has a title");
        assert_eq!(title.text().collect::<String>(), "Title");
    }
}
