//! Parsing: from a [`Document`] to a [`Page`] of records, and what there is to say about it.
//!
//! `flow` turns the DOM into headings and blocks, `section` cuts them at the headings, `record`
//! makes records of the sections, `row` of tables. `account` reports text that is in no record.

mod account;
pub(crate) mod boilerplate;
mod budget;
mod case;
pub(crate) mod device;
mod findings;
pub(crate) mod flow;
pub(crate) mod heading;
mod image;
mod inline;
pub(crate) mod item;
pub(crate) mod label;
mod language;
mod note;
mod record;
mod row;
mod section;
mod table;
#[cfg(test)]
mod tests;

use std::str::FromStr;

use scraper::ElementRef;
use url::Url;

use crate::catalog::{Language, Page};
use crate::problem::{Diagnostic, ParseProblem, Place};
use crate::snapshot::{Document, attribute};
use findings::Findings;
use flow::Flow;
use item::Title;
use record::Records;

pub use account::Account;

/// The most error codes of a page. The longest pages have some hundred; each becomes a constant in
/// every output, and their names are compared with each other.
const MAX_CODES: usize = 5_000;

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
    let PageFlow {
        language,
        url,
        mut flow,
    } = page_flow(document, &facts);
    let mut findings = Findings::new(document, &flow.items);

    report_outside(document, &mut findings);
    for (node, problem) in std::mem::take(&mut flow.problems) {
        findings.add(problem, node);
    }
    let account = account::audit(document, &flow, &mut findings);
    let mut records = record::read_records(section::cut(flow.items), &mut findings);
    cut_excess(&mut records, &mut findings);

    let title = flow.title.unwrap_or_else(|| {
        findings.add_to_page(ParseProblem::NoTitle);
        Title {
            text: facts.id.clone(),
            ..Title::default()
        }
    });
    if records.codes.is_empty() {
        findings.add_to_page(ParseProblem::NoCodes);
    }
    let devices = if records.devices.is_empty() {
        title.devices
    } else {
        records.devices
    };
    let source = |(node, empty_labels)| CodeSource {
        place: document.place(node),
        empty_labels,
    };
    Parsed {
        sources: records.sources.into_iter().map(source).collect(),
        page: Page {
            id: facts.id,
            source: document.source.clone(),
            title: title.text,
            language,
            url: url.map(String::from),
            kit: facts.kit,
            devices,
            notes: records.notes,
            groups: records.groups,
            codes: records.codes,
            ..Page::default()
        },
        account,
        diagnostics: findings.in_order(),
    }
}

/// The flow of a page before it is cut into records.
pub(crate) struct PageFlow {
    pub(crate) language: Language,
    pub(crate) url: Option<Url>,
    pub(crate) flow: Flow,
}

/// Reads the flow of a page.
pub(crate) fn page_flow(document: &Document, facts: &PageFacts) -> PageFlow {
    let language = page_language(document, facts);
    let [chinese, english] = &facts.site_urls;
    let of_site = match language {
        Language::En => english.as_ref(),
        Language::Zh => chinese.as_ref(),
    };
    // What the project says, else what the file says, else where the site keeps such pages.
    let stated = facts.url.as_ref().or(document.stated.url.as_ref());
    let url = stated.or(of_site).cloned();
    let mut flow = flow::flow_of(document, url.as_ref());
    flow.title = with_given(flow.title, facts);
    PageFlow {
        language,
        url,
        flow,
    }
}

fn page_language(document: &Document, facts: &PageFacts) -> Language {
    let stated = || {
        document
            .stated
            .language
            .as_deref()
            .and_then(Language::from_tag)
    };
    let title = || {
        let title = with_given(flow::read_title(document), facts);
        title.map_or_else(|| facts.id.clone(), |title| title.text)
    };
    let told = facts.language.or_else(stated);
    told.unwrap_or_else(|| language::language_of(document, title))
}

/// The title of a page with the text that somebody gives it.
fn with_given(title: Option<Title>, facts: &PageFacts) -> Option<Title> {
    let given = facts.title.as_deref().map(inline::collapse);
    match given.filter(|given| !given.is_empty()) {
        Some(text) => Some(Title {
            text,
            ..title.unwrap_or_default()
        }),
        None => title,
    }
}

/// Labels are in articles only. Where one follows them, an element was closed too early, and the
/// rest of the article is taken for a part of the site.
fn report_outside(document: &Document, findings: &mut Findings<'_>) {
    for element in document.bold_outside() {
        let label = element.text().collect::<String>().trim().to_owned();
        if label::find_field(&label).is_some() {
            return findings.add(ParseProblem::OutsideArticle { label }, element.id());
        }
    }
}

/// Cuts off the codes that are more than a page may have. The page is an error then; what is done
/// with it all the same, such as finding names, must come to an end.
fn cut_excess(records: &mut Records, findings: &mut Findings<'_>) {
    if let Some((first, _)) = records.sources.get(MAX_CODES) {
        findings.add(ParseProblem::TooManyCodes { limit: MAX_CODES }, *first);
        records.codes.truncate(MAX_CODES);
        records.sources.truncate(MAX_CODES);
    }
}

/// Whether a word is in a list such as `one|two`.
fn is_one_of(word: &str, words: &str) -> bool {
    // Most are not: to see that is fast.
    words.contains(word) && words.split('|').any(|own| own == word)
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
