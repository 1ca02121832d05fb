//! Finds the parts of a page: the elements that hold the article, its heading, and what stands
//! outside of it.

use ego_tree::{NodeId, NodeRef};
use scraper::node::Element;
use scraper::{ElementRef, Node};

use super::Document;
use super::html::ParsedHtml;

/// The site's own containers of an article, by class.
const CONTAINERS: [&str; 3] = ["markdown-body", "document-content", "idpContent"];

/// What the names of elements end in that say of themselves that they are no article, such as
/// `app-doc-footer`.
const OTHER_PARTS: [&str; 4] = ["aside", "footer", "header", "nav"];

/// Elements that may be labels or headings of an article.
const CAPTIONS: [&str; 9] = ["b", "strong", "td", "th", "h2", "h3", "h4", "h5", "h6"];

impl Document {
    /// The elements that hold the article: the site's own containers, else the whole body.
    pub(crate) fn articles(&self) -> impl Iterator<Item = ElementRef<'_>> {
        self.articles.iter().filter_map(|id| self.element(*id))
    }

    /// The headings, cells and elements in bold that stand behind the articles and outside of them,
    /// those in a part of the page that has another purpose aside.
    pub(crate) fn captions_outside(&self) -> impl Iterator<Item = ElementRef<'_>> {
        let is_whole = self
            .articles()
            .all(|article| article.value().name() == "body");
        let first = self.articles.iter().min().copied();
        let is_elsewhere = |above: NodeRef<'_, Node>| {
            let name = above.value().as_element().map(Element::name);
            let is_other =
                name.is_some_and(|name| OTHER_PARTS.iter().any(|part| name.ends_with(part)));
            is_other || self.articles.contains(&above.id())
        };
        self.page.elements().filter(move |element| {
            !is_whole
                && CAPTIONS.contains(&element.value().name())
                && Some(element.id()) > first
                && !element.ancestors().any(is_elsewhere)
        })
    }

    /// What may be the heading of the page, the likeliest first: the site's own, else a heading
    /// of level 1 in the article.
    pub(crate) fn title_elements(&self) -> impl Iterator<Item = ElementRef<'_>> {
        let is_own = |h1: &ElementRef<'_>| has_class(*h1, "doc-title");
        let in_article = self
            .articles()
            .flat_map(|article| article.descendent_elements());
        let headings = self.page.elements().filter(is_own).chain(in_article);
        headings.filter(is_h1)
    }

    /// What names the page where it has no heading of its own: a heading of level 1 elsewhere,
    /// the title of the document.
    pub(crate) fn fallback_title_elements(&self) -> impl Iterator<Item = ElementRef<'_>> {
        let is_title = |element: &ElementRef<'_>| element.value().name() == "title";
        let titles = self.page.elements().filter(is_title);
        self.page.elements().filter(is_h1).chain(titles)
    }
}

/// Finds what holds the article. In a whole page that is the site's own container; what a reader
/// copied out of a page is all article, so that an element that was closed too early hides none
/// of it.
pub(super) fn find_articles(page: &ParsedHtml) -> Vec<NodeId> {
    let is_container = |element: ElementRef<'_>| {
        element.value().name() == "app-document-text"
            || CONTAINERS.iter().any(|class| has_class(element, class))
    };
    let is_inner = |element: &ElementRef<'_>| {
        let mut above = element.ancestors().filter_map(ElementRef::wrap);
        above.any(is_container)
    };
    let articles: Vec<NodeId> = page
        .elements()
        .filter(|element| page.seen.is_whole_page && is_container(*element) && !is_inner(element))
        .map(|article| article.id())
        .collect();
    if !articles.is_empty() {
        return articles;
    }
    let body = page
        .elements()
        .find(|element| element.value().name() == "body");
    vec![body.unwrap_or_else(|| page.html.root_element()).id()]
}

fn is_h1(element: &ElementRef<'_>) -> bool {
    element.value().name() == "h1"
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
        assert_eq!(titles, ["Title"]);
        let others: Vec<String> = document.fallback_title_elements().map(text).collect();
        assert_eq!(others, ["menu", "Title", "site"]);
    }
}
