//! Parsing: from a [`Document`] to a [`Page`] of records, and what there is to say about it.
//!
//! `flow` turns the DOM into sections, `record` makes records of the sections, `row` of tables.
//! `account` reports text that is in no record.

mod account;
pub(crate) mod boilerplate;
mod case;
pub(crate) mod device;
mod findings;
pub(crate) mod flow;
pub(crate) mod heading;
mod image;
mod inline;
pub(crate) mod label;
mod language;
mod note;
mod record;
mod row;
pub(crate) mod section;
mod table;
#[cfg(test)]
mod tests;

use std::str::FromStr;

use scraper::ElementRef;
use url::Url;

use crate::catalog::{Language, Page};
use crate::problem::{Diagnostic, ParseProblem, Place};
use crate::snapshot::{Document, attribute};
use findings::Finding;
use section::Title;

pub use account::Account;

/// What is known of a page from elsewhere than its text.
#[derive(Debug, Clone, Default)]
pub struct PageFacts {
    /// The id of the page.
    pub id: String,
    /// The title that somebody gives the page, whatever it says.
    pub title: Option<String>,
    /// The language that somebody says the page is in, whatever its labels say.
    pub language: Option<Language>,
    /// The address that the project gives the page.
    pub url: Option<Url>,
    /// Where the site keeps the page in Chinese and in English, if neither the project nor the
    /// file says it.
    pub site_urls: [Option<Url>; 2],
    /// The kit that throws the page's codes.
    pub kit: Option<String>,
}

/// A page that was read.
#[derive(Debug)]
pub struct Parsed {
    /// All that could be read, even where a diagnostic is an error.
    pub page: Page,
    /// Of each code of the page, in the same order: what its record does not say.
    pub sources: Vec<CodeSource>,
    /// What became of the page's text.
    pub account: Account,
    /// The problems of the page, in its order.
    pub diagnostics: Vec<Diagnostic>,
}

/// What the record of a code does not say.
#[derive(Debug, Clone)]
pub struct CodeSource {
    /// Where the code is.
    pub place: Place,
    /// The labels of its fields that nothing follows.
    pub empty_labels: Vec<String>,
}

/// Reads the records of a page.
#[must_use]
pub fn parse(document: &Document, facts: PageFacts) -> Parsed {
    let mut flow = flow::page_flow(document, &facts);
    flow.findings.extend(outside_label(document));
    account::audit(document, &mut flow);
    let (page, sources) = record::read_records(document, &mut flow);
    let mut of_page = Vec::new();
    let title = flow.title.unwrap_or_else(|| {
        of_page.push(ParseProblem::NoTitle);
        Title {
            text: facts.id.clone(),
            ..Title::default()
        }
    });
    if page.codes.is_empty() {
        of_page.push(ParseProblem::NoCodes);
    }
    Parsed {
        page: Page {
            id: facts.id,
            source: document.source.clone(),
            title: title.text,
            language: flow.language,
            url: flow.url.map(String::from),
            kit: facts.kit,
            ..page
        },
        sources,
        account: flow.account,
        diagnostics: findings::diagnose(document, &flow.sections, of_page, flow.findings),
    }
}

/// Labels and headings with codes are in articles only. Where one follows them, an element was closed
/// too early, and the rest of the article is taken for a part of the site.
fn outside_label(document: &Document) -> Option<Finding> {
    document.captions_outside().find_map(|element| {
        let label = element.text().collect::<String>().trim().to_owned();
        let is_of_article = heading::has_code(element) || label::find_field(&label).is_some();
        is_of_article.then(|| (element.id(), ParseProblem::OutsideArticle { label }))
    })
}

/// Whether a word is in a list such as `one|two`.
fn is_one_of(word: &str, words: &str) -> bool {
    // Bytes are compared: it is asked of every element, and a search for characters takes longer.
    let mut own = words.as_bytes().split(|byte| *byte == b'|');
    own.any(|own| own == word.as_bytes())
}

/// The number that an attribute of an element gives.
fn number_attribute<T: FromStr>(element: ElementRef<'_>, name: &str) -> Option<T> {
    attribute(element, name)?.trim().parse().ok()
}

/// Reads a page of HTML.
#[cfg(test)]
fn parse_html(html: &str) -> Parsed {
    let document = Document::decode("page.html", html.into()).expect("this is a page");
    parse(&document, PageFacts::default())
}
