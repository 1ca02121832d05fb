//! Snapshots: from the bytes of a saved page to a [`Document`].
//!
//! This room decodes bytes and builds the DOM; it knows where every node stood in the file
//! and nothing of error codes.

mod dom;
mod extract;
mod find;

use std::fs;

use ego_tree::NodeId;
use scraper::{ElementRef, Html};

use crate::diagnostic::{Diagnostic, Place, Position};

pub use find::{Source, find};

/// How deep the elements of an article may be nested. Real pages have about a dozen levels; what
/// walks the tree, and the JSON that is made of it, are spared anything like a thousand.
const MAX_DEPTH: usize = 64;

/// A saved page as a tree, with the way back from its nodes to the file.
#[derive(Debug)]
pub struct Document {
    /// The path of the file as it was given, with forward slashes.
    pub source: String,
    text: String,
    html: Html,
    articles: Vec<NodeId>,
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
    /// The bytes are empty, not UTF-8, not HTML, cut off, without text, or nested too deeply.
    pub fn decode(source: &str, bytes: Vec<u8>) -> Result<Self, Diagnostic> {
        let text = decode_text(source, bytes)?;
        let (html, offsets) = dom::build(&text);
        let document = Self {
            source: source.to_owned(),
            text,
            articles: find_articles(&html),
            html,
            offsets,
        };
        document.refuse_other_forms()?;
        document.refuse_broken()?;
        Ok(document)
    }

    /// The elements that hold the article: the site's own containers, else the whole body.
    pub fn articles(&self) -> impl Iterator<Item = ElementRef<'_>> {
        let nodes = self
            .articles
            .iter()
            .filter_map(|id| self.html.tree.get(*id));
        nodes.filter_map(ElementRef::wrap)
    }

    /// What may be the heading of the page, the likeliest first: the site's own, a heading of
    /// level 1 in the article or elsewhere, the title of the document.
    pub fn title_elements(&self) -> impl Iterator<Item = ElementRef<'_>> {
        let is_h1 = |element: &ElementRef<'_>| element.value().name() == "h1";
        let is_title = |element: &ElementRef<'_>| element.value().name() == "title";
        let own = elements(&self.html).filter(is_h1);
        let own = own.filter(|h1| has_class(*h1, "doc-title"));
        let in_article = self.articles().flat_map(|article| article.descendants());
        let in_article = in_article.filter_map(ElementRef::wrap).filter(is_h1);
        let elsewhere = elements(&self.html).filter(is_h1);
        let of_document = elements(&self.html).filter(is_title);
        own.chain(in_article).chain(elsewhere).chain(of_document)
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

    fn refuse_broken(&self) -> Result<(), Diagnostic> {
        if dom::breaks_off(&self.html) {
            let end = Position::of(&self.text, self.text.len());
            return Err(
                Diagnostic::error("cut-off", "the file ends within a tag or comment")
                    .at(Place::at(&self.source, end))
                    .help("it was cut off: save the page again"),
            );
        }
        for article in self.articles() {
            if let Some(node) = dom::too_deep(*article, MAX_DEPTH) {
                let message = format!("elements are nested more than {MAX_DEPTH} deep");
                return Err(Diagnostic::error("too-deep", message)
                    .at(self.place(node))
                    .note("no page of the documentation is nested like that"));
            }
        }
        let has_text =
            |article: &ElementRef<'_>| article.text().any(|text| !text.trim().is_empty());
        if !self.articles().any(|article| has_text(&article)) {
            return Err(Diagnostic::error("no-text", "the page has no text")
                .at(Place::file(&self.source))
                .note("pages of the documentation are filled in by scripts")
                .help("save the page from a browser that shows its text"));
        }
        Ok(())
    }
}

fn elements(html: &Html) -> impl Iterator<Item = ElementRef<'_>> {
    html.tree.root().descendants().filter_map(ElementRef::wrap)
}

fn find_articles(html: &Html) -> Vec<NodeId> {
    let is_container = |element: ElementRef<'_>| has_class(element, "markdown-body");
    let is_inner = |element: &ElementRef<'_>| {
        let mut above = element.ancestors().filter_map(ElementRef::wrap);
        above.any(is_container)
    };
    let containers = elements(html).filter(|element| is_container(*element));
    let articles: Vec<_> = containers.filter(|element| !is_inner(element)).collect();
    if articles.is_empty() {
        let body = elements(html).find(|element| element.value().name() == "body");
        return vec![body.unwrap_or_else(|| html.root_element()).id()];
    }
    articles.iter().map(|article| article.id()).collect()
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
    fn broken_pages_are_refused() {
        assert_eq!(
            refusal(b"<p>text</p>\n<h2 id="),
            "a.html:2:8: error[cut-off]: the file ends within a tag or comment"
        );
        assert_eq!(
            refusal(b"<p>text</p><!-- and"),
            "a.html:1:20: error[cut-off]: the file ends within a tag or comment"
        );
        assert_eq!(
            refusal(b"<title>T</title><body><app-root></app-root></body>"),
            "a.html: error[no-text]: the page has no text"
        );
        let deep = format!("<p>text</p>{}", "<div>".repeat(2_000));
        assert_eq!(
            refusal(deep.as_bytes()),
            "a.html:1:332: error[too-deep]: elements are nested more than 64 deep"
        );
    }

    #[test]
    fn a_byte_order_mark_is_no_text() {
        assert_eq!(refusal("\u{feff}<p>ok</p>".as_bytes()), "accepted");
    }

    #[test]
    fn the_article_and_its_title_are_found_amid_the_furniture() {
        let page = "<html><head><title>site</title></head><body><h1>menu</h1>\
            <h1 class='doc-title x'>Title</h1><div class='x markdown-body'>text</div>\
            <div class='markdown-body'>more</div></body>";
        let document = Document::decode("a.html", page.into()).expect("this is a page");
        let text = |element: ElementRef<'_>| element.text().collect::<String>();
        let articles: Vec<String> = document.articles().map(text).collect();
        assert_eq!(articles, ["text", "more"]);
        let titles: Vec<String> = document.title_elements().map(text).collect();
        assert_eq!(titles, ["Title", "menu", "Title", "site"]);
    }
}
