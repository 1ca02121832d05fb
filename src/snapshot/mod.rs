//! Snapshots: from the bytes of a saved page to a [`Document`].
//!
//! This room decodes bytes, opens whatever form the page was saved in, and builds the DOM; it
//! knows where every node stood in the file and nothing of error codes.

mod api;
mod cut;
mod dom;
mod encoding;
mod extract;
mod find;
mod limit;
mod markdown;
mod mhtml;
mod read;
mod stated;

use std::cell::OnceCell;
use std::io::ErrorKind;

use ego_tree::{NodeId, NodeRef};
use scraper::node::Element;
use scraper::{ElementRef, Html, Node};
use url::Url;

use crate::diagnostic::{Diagnostic, Place, PositionIndex};
use crate::file::{self, MAX_PAGE};
use extract::Extract;
use limit::MAX_DEPTH;
use stated::Stated;

pub(crate) use find::{ORIGINAL, is_ending};
pub use find::{Source, endings, find};
pub(crate) use stated::GENERATOR;
pub use stated::update_time;

/// Elements that say of themselves that they are no article.
const OTHER_PARTS: [&str; 4] = ["aside", "footer", "header", "nav"];

/// What the files begin with that Git LFS puts in the places of large ones.
const POINTERS: [&[u8]; 2] = [
    b"version https://git-lfs.github.com/spec/",
    b"version https://hawser.github.com/spec/",
];

/// The form in which a page was saved, told by its content and never by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// HTML: a piece of the page as the site shows it, the whole page, or the article that the
    /// site's document API delivers.
    Html,
    /// The JSON in which the site's document API answers.
    ApiAnswer,
    /// A whole page with all that belongs to it in one file.
    Mhtml,
    /// Markdown, as in the sources of OpenHarmony's documentation.
    Markdown,
}

/// A saved page as a tree, with the way back from its nodes to the file.
#[derive(Debug)]
pub struct Document {
    /// The path of the file as it was given, with forward slashes.
    pub source: String,
    /// How the page was saved.
    pub form: Form,
    /// The title that the file states beside the article.
    pub title: Option<String>,
    /// The address that the file says it was saved from, or that the page says it has.
    pub url: Option<Url>,
    /// When the file states that the page was updated, to the minute: `2026-08-29 17:41`. See
    /// [`Document::updated`] for what the page itself shows.
    pub stated_update: Option<String>,
    /// The language that a canonical snapshot says it is in, as HTML names it.
    pub language: Option<String>,
    /// The text that positions are told in: that of the file, or of the part that has the page.
    text: String,
    part: Option<String>,
    positions: OnceCell<PositionIndex>,
    html: Html,
    articles: Vec<NodeId>,
    offsets: dom::Offsets,
    /// From the bytes of the HTML to those of the text, where the two differ.
    origins: Vec<(usize, usize)>,
}

impl Document {
    /// Reads a saved page from a file.
    ///
    /// # Errors
    /// The file cannot be read, or [`Document::decode`] refuses it.
    pub fn read(source: &Source) -> Result<Self, Diagnostic> {
        let bytes = file::read_any(&source.path, MAX_PAGE).map_err(|error| {
            let place = Place::file(&source.shown);
            match error.kind() {
                ErrorKind::FileTooLarge => limit::too_large(place),
                _ => Diagnostic::error(
                    "unreadable",
                    format!("the snapshot cannot be read: {error}"),
                )
                .at(place),
            }
        })?;
        Self::decode(&source.shown, bytes)
    }

    /// Reads a saved page from the bytes of a file whose path is `source`.
    ///
    /// # Errors
    /// The bytes are empty, no text, in none of the forms of a page, cut off, without an article,
    /// nested too deeply, or more than any page has.
    pub fn decode(source: &str, bytes: Vec<u8>) -> Result<Self, Diagnostic> {
        if bytes.len() as u64 > MAX_PAGE {
            return Err(limit::too_large(Place::file(source)));
        }
        let (form, text, extract) = open(source, bytes)?;
        let html = extract.as_ref().map_or(&text, |extract| &extract.html);
        let (html, offsets) = dom::build(html);
        let extract = extract.unwrap_or_default();
        let stated = stated::read(&html);
        let Stated {
            updated, language, ..
        } = stated;
        let addresses = [extract.url, dom::saved_from(&html), stated.url];
        let mut addresses = addresses.into_iter().flatten();
        let document = Self {
            source: source.to_owned(),
            form,
            title: extract.title.or(stated.title),
            url: addresses.find_map(|url| page_address(&url)),
            stated_update: extract.updated.or(updated),
            language,
            // Where the HTML cannot be followed back to the file, positions are those in it.
            text: match extract.origins.is_empty() && !extract.html.is_empty() {
                true => extract.html,
                false => text,
            },
            part: extract.part,
            positions: OnceCell::new(),
            articles: find_articles(&html, offsets.has_shell()),
            html,
            offsets,
            origins: extract.origins,
        };
        document.refuse_other_forms()?;
        document.refuse_excess()?;
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

    /// The elements in bold that stand behind the articles and outside of them, those in a part
    /// of the page that has another purpose aside.
    pub fn bold_outside(&self) -> impl Iterator<Item = ElementRef<'_>> {
        let is_whole = self
            .articles()
            .all(|article| article.value().name() == "body");
        let all = elements(&self.html).filter(move |_| !is_whole);
        let bold = all.filter(|element| matches!(element.value().name(), "b" | "strong"));
        let first = self.articles.iter().min().copied();
        bold.filter(move |element| {
            let is_elsewhere = |above: NodeRef<'_, Node>| {
                let name = above.value().as_element().map(Element::name);
                let is_other = name.is_some_and(|name| OTHER_PARTS.contains(&name));
                is_other || self.articles.contains(&above.id())
            };
            Some(element.id()) > first && !element.ancestors().any(is_elsewhere)
        })
    }

    /// What may be the heading of the page, the likeliest first: the site's own, else a heading
    /// of level 1 in the article.
    pub fn title_elements(&self) -> impl Iterator<Item = ElementRef<'_>> {
        let own = elements(&self.html).filter(is_h1);
        let own = own.filter(|h1| has_class(*h1, "doc-title"));
        let in_article = self.articles().flat_map(|article| article.descendants());
        own.chain(in_article.filter_map(ElementRef::wrap).filter(is_h1))
    }

    /// What names the page where it has no heading of its own: a heading of level 1 elsewhere,
    /// the title of the document.
    pub fn fallback_title_elements(&self) -> impl Iterator<Item = ElementRef<'_>> {
        let is_title = |element: &ElementRef<'_>| element.value().name() == "title";
        let titles = elements(&self.html).filter(is_title);
        elements(&self.html).filter(is_h1).chain(titles)
    }

    /// When the page was updated, to the minute: what the file states, else what the page shows.
    #[must_use]
    pub fn updated(&self) -> Option<String> {
        let stated = self.stated_update.clone();
        stated.or_else(|| stated::shown_update_time(&self.html))
    }

    /// An element of the document.
    #[must_use]
    pub fn element(&self, node: NodeId) -> Option<ElementRef<'_>> {
        ElementRef::wrap(self.html.tree.get(node)?)
    }

    /// Where a node stands in the file.
    #[must_use]
    pub fn place(&self, node: NodeId) -> Place {
        self.place_of(self.offsets.of(node))
    }

    /// The place that a byte of the HTML comes from: in the file, or in the part of it that has
    /// the page.
    fn place_of(&self, offset: usize) -> Place {
        let index = self
            .positions
            .get_or_init(|| PositionIndex::new(&self.text));
        let position = index.of(&self.text, self.origin_of(offset));
        Place::at(&self.source, position).in_part(self.part.as_deref())
    }

    /// The byte of the text that a byte of the HTML was made of.
    fn origin_of(&self, offset: usize) -> usize {
        let after = self.origins.partition_point(|(at, _)| *at <= offset);
        let Some((at, origin)) = after.checked_sub(1).map(|index| self.origins[index]) else {
            return offset.min(self.text.len());
        };
        let next = self.origins.get(after);
        let limit = next.map_or(self.text.len(), |(_, origin)| *origin);
        let mut origin = (origin + (offset - at)).min(limit);
        while !self.text.is_char_boundary(origin) {
            origin -= 1;
        }
        origin
    }

    /// A saved page begins with a tag. The HTML parser makes a document of any text at all, so
    /// what is no page has to be refused by its look.
    fn refuse_other_forms(&self) -> Result<(), Diagnostic> {
        let is_html = match self.form {
            Form::Html => self.text.trim_start().starts_with('<') && self.offsets.has_element(),
            Form::ApiAnswer | Form::Mhtml | Form::Markdown => true,
        };
        if is_html {
            return Ok(());
        }
        Err(Diagnostic::error(
            "unknown-form",
            "the file is in none of the forms of a saved page",
        )
        .at(Place::file(&self.source))
        .note("a page is HTML, MHTML, Markdown with headings, or an answer of the document API")
        .help("save the page again from a browser, or move the file out of the snapshots"))
    }

    /// Why the file looks as if its end were missing; none where it does not. People who write
    /// Markdown may leave elements open; what saves a page does not.
    fn cut_off(&self) -> Option<&'static str> {
        let is_written = self.form == Form::Markdown || self.offsets.ends_shell();
        let ending = self.offsets.ending();
        if ending.breaks_off {
            Some("the file ends within a tag or comment")
        } else if ending.leaves_open && !is_written {
            Some("the file ends before the elements of the page do")
        } else {
            None
        }
    }

    /// Refuses what a page has too much of. Where the rest was not even read, nothing else can be
    /// said about the page.
    fn refuse_excess(&self) -> Result<(), Diagnostic> {
        let mut articles = self.articles();
        if let Some(node) = articles.find_map(|article| dom::too_deep(*article, MAX_DEPTH)) {
            return Err(limit::too_deep(MAX_DEPTH, self.place(node)));
        }
        match self.offsets.excess() {
            Some((excess, offset)) => Err(excess.refusal(self.place_of(offset))),
            None => Ok(()),
        }
    }

    fn refuse_broken(&self) -> Result<(), Diagnostic> {
        if let Some(message) = self.cut_off() {
            return Err(Diagnostic::error("cut-off", message)
                .at(self.place_of(usize::MAX / 2))
                .help("it was cut off: save the page again"));
        }
        let has_text =
            |article: &ElementRef<'_>| article.text().any(|text| !text.trim().is_empty());
        if !self.articles().any(|article| has_text(&article)) {
            return Err(Diagnostic::error("no-text", "the page has no text")
                .at(Place::file(&self.source).in_part(self.part.as_deref()))
                .note("pages of the documentation are filled in by scripts")
                .help("save the page from a browser that shows its text"));
        }
        Ok(())
    }
}

/// Tells the form of a file and opens it: its text, and what was taken out of it, unless the text
/// itself is the HTML.
fn open(source: &str, bytes: Vec<u8>) -> Result<(Form, String, Option<Extract>), Diagnostic> {
    if POINTERS.iter().any(|pointer| bytes.starts_with(pointer)) {
        let message = "this is a pointer of Git LFS, which stands for the page";
        return Err(Diagnostic::error("lfs-pointer", message)
            .at(Place::file(source))
            .help("run `git lfs pull` to get the page itself; in CI, have the checkout do so"));
    }
    if mhtml::is_mhtml(&bytes) {
        let extract = mhtml::open(source, &bytes)?;
        return Ok((Form::Mhtml, String::new(), Some(extract)));
    }
    let text = encoding::decode(source, bytes, None)?;
    if text.trim().is_empty() {
        return Err(Diagnostic::error("empty", "the file is empty")
            .at(Place::file(source))
            .help("save the page again, or delete the file"));
    }
    Ok(if api::is_answer(&text) {
        let extract = api::open(source, &text)?;
        (Form::ApiAnswer, text, Some(extract))
    } else if markdown::is_markdown(&text) {
        let extract = markdown::open(&text);
        (Form::Markdown, text, Some(extract))
    } else {
        (Form::Html, text, None)
    })
}

/// The address of a page on the web, without what leads to a place in it.
pub(crate) fn page_address(address: &str) -> Option<Url> {
    let mut url = Url::parse(address.trim()).ok()?;
    url.set_fragment(None);
    url.set_query(None);
    matches!(url.scheme(), "http" | "https").then_some(url)
}

fn elements(html: &Html) -> impl Iterator<Item = ElementRef<'_>> {
    html.tree.root().descendants().filter_map(ElementRef::wrap)
}

fn is_h1(element: &ElementRef<'_>) -> bool {
    element.value().name() == "h1"
}

/// Finds what holds the article. In a whole page that is the site's own container; what a reader
/// copied out of a page is all article, so that an element that was closed too early hides none
/// of it.
fn find_articles(html: &Html, is_whole_page: bool) -> Vec<NodeId> {
    let is_container = |element: ElementRef<'_>| {
        element.value().name() == "app-document-text"
            || ["markdown-body", "document-content", "idpContent"]
                .iter()
                .any(|class| has_class(element, class))
    };
    let is_inner = |element: &ElementRef<'_>| {
        let mut above = element.ancestors().filter_map(ElementRef::wrap);
        above.any(is_container)
    };
    let containers = elements(html).filter(|element| is_whole_page && is_container(*element));
    let articles: Vec<_> = containers.filter(|element| !is_inner(element)).collect();
    if articles.is_empty() {
        let body = elements(html).find(|element| element.value().name() == "body");
        return vec![body.unwrap_or_else(|| html.root_element()).id()];
    }
    articles.iter().map(|article| article.id()).collect()
}

/// An attribute of an element. Elements have few: to look at each is faster than to ask for one
/// by a name that has to be interned first.
pub(crate) fn attribute<'a>(element: ElementRef<'a>, name: &str) -> Option<&'a str> {
    let mut attributes = element.value().attrs();
    attributes.find_map(|(own, value)| (own == name).then_some(value))
}

/// The classes of an element. Scraper has a way to them too, but one that keeps a list of them
/// for every element it is asked of.
pub(crate) fn classes(element: ElementRef<'_>) -> impl Iterator<Item = &str> {
    let classes = attribute(element, "class").unwrap_or_default();
    classes.split_ascii_whitespace()
}

/// Whether an element has a class, by the exact name.
pub(crate) fn has_class(element: ElementRef<'_>, class: &str) -> bool {
    classes(element).any(|name| name == class)
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
            "a.html: error[api-no-content]: the answer has no `value`"
        );
        assert_eq!(
            refusal(b"<<<< no tag"),
            "a.html: error[unknown-form]: the file is in none of the forms of a saved page"
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
            refusal(b"<div class='markdown-body'><p>text</p>"),
            "a.html:1:39: error[cut-off]: the file ends before the elements of the page do"
        );
        assert_eq!(refusal(b"<body><div><p>text</p></body>"), "accepted");
        assert_eq!(
            refusal(b"<title>T</title><body><app-root></app-root></body>"),
            "a.html: error[no-text]: the page has no text"
        );
        let deep = format!("<p>text</p>{}</body>", "<div>".repeat(2_000));
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
        let page = "<!-- saved from url=(0016)https://a.b/c?d#e -->\
            <html><head><title>site</title></head><body><h1>menu</h1>\
            <h1 class='doc-title x'>Title</h1><div class='x markdown-body'>text</div>\
            <div class='markdown-body'>more</div></body>";
        let document = Document::decode("a.html", page.into()).expect("this is a page");
        let text = |element: ElementRef<'_>| element.text().collect::<String>();
        let articles: Vec<String> = document.articles().map(text).collect();
        assert_eq!(articles, ["text", "more"]);
        let titles: Vec<String> = document.title_elements().map(text).collect();
        assert_eq!(titles, ["Title"]);
        let others: Vec<String> = document.fallback_title_elements().map(text).collect();
        assert_eq!(others, ["menu", "Title", "site"]);
        let stated = document.url.map(String::from);
        assert_eq!(stated.as_deref(), Some("https://a.b/c"));
    }
}
