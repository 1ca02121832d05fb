//! Parsing: from a [`Document`] to a [`Page`] of records, and what there is to say about it.
//!
//! The article is read in three steps, each in a file of its own: `flow` turns the DOM into
//! headings and blocks, `section` cuts them at the headings, `record` reads codes, cases and
//! fields out of the sections. Every text of the article, furniture aside, ends in a block, and
//! every block in a record, whatever the page looks like.

mod code;
mod device;
mod flow;
mod heading;
mod inline;
mod label;
mod record;
mod section;
mod table;

use url::Url;

use crate::catalog::{Language, Page};
use crate::diagnostic::{Diagnostic, Place};
use crate::snapshot::Document;

/// What is known of a page from elsewhere than its text.
#[derive(Debug, Clone, Default)]
pub struct PageFacts {
    /// The id of the page.
    pub id: String,
    /// The address of the page, against which its links are resolved.
    pub url: Option<Url>,
    /// The kit that throws the page's codes.
    pub kit: Option<String>,
}

/// Reads the records of a page.
///
/// The page holds all that could be read, even where a diagnostic is an error.
#[must_use]
pub fn parse(document: &Document, facts: PageFacts) -> (Page, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let (items, title) = flow::read(document, facts.url.as_ref());
    let sections = section::cut(items);
    let records = record::read(&sections, document, &mut diagnostics);

    let title = title.unwrap_or_else(|| {
        diagnostics.push(
            Diagnostic::warning("no-title", "the page has no title; its id stands in")
                .at(Place::file(&document.source))
                .help("save the page again with its heading"),
        );
        facts.id.clone()
    });
    if records.codes.is_empty() {
        diagnostics.push(
            Diagnostic::warning("no-codes", "the page has no error codes")
                .at(Place::file(&document.source))
                .note("a code is a heading such as `1001400001 运行失败` with labelled fields below")
                .help("an index page has none, and codes in tables are not read yet; else save the page again when it has loaded"),
        );
    }
    let page = Page {
        id: facts.id,
        source: document.source.clone(),
        language: records.language.unwrap_or_else(|| guess_language(&title)),
        title,
        url: facts.url.map(String::from),
        kit: facts.kit,
        identifiers: None,
        notes: records.notes,
        groups: records.groups,
        codes: records.codes,
    };
    (page, diagnostics)
}

/// The language of a page that has no labels, which is an index page.
fn guess_language(title: &str) -> Language {
    let has_chinese = title
        .chars()
        .any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    if has_chinese {
        Language::Zh
    } else {
        Language::En
    }
}
