//! Parsing: from a [`Document`] to a [`Page`] of records, and what there is to say about it.
//!
//! The article is read in steps, each in a file of its own: `flow` turns the DOM into headings and
//! blocks, `section` cuts them at the headings, `record` reads codes out of the sections, `case`
//! their fields, `row` the codes in tables. Every text of the article, furniture aside, ends in a
//! block, and every block in a record, whatever the page looks like; `account` proves it for each
//! page that is read.

mod account;
mod case;
mod code;
mod count;
pub(crate) mod device;
mod flow;
pub(crate) mod furniture;
pub(crate) mod heading;
mod image;
mod inline;
pub(crate) mod item;
pub(crate) mod label;
mod note;
mod record;
mod report;
mod row;
mod section;
mod table;

use indexmap::IndexMap;
use url::Url;

use crate::catalog::{Language, Page};
use crate::diagnostic::{Diagnostic, Place};
use crate::snapshot::{Document, too_much};
use crate::text::is_chinese;
use account::Audit;
use flow::MAX_LINKS;
use item::{Flow, Item, Title};
use label::Style;
use record::Records;
use report::Reporter;

pub use account::Account;

/// The most error codes of a page. The longest pages have some hundred; each becomes a constant in
/// every output, and their names are held against each other.
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

/// What came of reading a page.
#[derive(Debug)]
pub struct Parsed {
    /// All that could be read, even where a diagnostic is an error.
    pub page: Page,
    /// Of each code of the page, in the same order: what its record does not tell.
    pub sources: Vec<CodeSource>,
    /// What became of the page's text.
    pub account: Account,
    /// What there is to say about the page, in its order.
    pub diagnostics: Vec<Diagnostic>,
}

/// What the record of a code does not tell.
#[derive(Debug, Clone)]
pub struct CodeSource {
    /// Where the code stands.
    pub place: Place,
    /// The labels of its fields under which nothing stands.
    pub empty_labels: Vec<String>,
}

/// Reads the records of a page.
#[must_use]
pub fn parse(document: &Document, facts: PageFacts) -> Parsed {
    let mut reporter = Reporter::new(document);
    let (language, url) = origin(document, &facts);
    let mut flow = flow::read(document, url.as_ref());

    report_outside(document, &mut reporter);
    refuse_repetition(&flow, &mut reporter);
    let audit = Audit::of(document, &mut flow);
    audit.report(&flow, &mut reporter);
    let title = flow.title.take();
    let mut records = read_records(flow.items, &mut reporter);
    let title_characters = title.as_ref().map_or(0, |title| title.characters);
    let account = audit.settle(records.characters + title_characters, &mut reporter);

    let title = with_given(title, &facts).unwrap_or_else(|| stand_in(&facts, &mut reporter));
    report_codeless(&records, &mut reporter);
    refuse_many(&mut records, &mut reporter);
    let devices = match records.devices {
        none if none.is_empty() => title.devices,
        devices => devices,
    };
    Parsed {
        page: Page {
            id: facts.id,
            source: document.source.clone(),
            title: title.text,
            language,
            url: url.map(String::from),
            kit: facts.kit,
            identifiers: None,
            devices,
            notes: records.notes,
            groups: records.groups,
            codes: records.codes,
            translations: IndexMap::new(),
        },
        sources: records.sources,
        account,
        diagnostics: reporter.finish(),
    }
}

/// Cuts the items of a page into sections, and reads the records in them.
fn read_records(items: Vec<Item>, reporter: &mut Reporter<'_>) -> Records {
    let sections = section::cut(items);
    let pieces = sections.iter().flat_map(|section| &section.pieces);
    let style = Style::of(pieces.map(|piece| &piece.block));
    record::read(sections, style, reporter)
}

/// The flow of a page before it is cut into records.
pub(crate) struct PageFlow {
    pub(crate) language: Language,
    pub(crate) url: Option<Url>,
    pub(crate) title: Option<Title>,
    pub(crate) items: Vec<Item>,
}

/// Reads the flow of a page.
pub(crate) fn page_flow(document: &Document, facts: &PageFacts) -> PageFlow {
    let (language, url) = origin(document, facts);
    let mut flow = flow::read(document, url.as_ref());
    PageFlow {
        language,
        title: with_given(flow.title.take(), facts),
        items: flow.items,
        url,
    }
}

/// The language of a page, and its address, which may depend on it.
fn origin(document: &Document, facts: &PageFacts) -> (Language, Option<Url>) {
    let stated = || document.language.as_deref().and_then(Language::from_tag);
    let texts = || document.articles().flat_map(|article| article.text());
    let language = facts.language.or_else(stated);
    let language = language.or_else(|| label::language_of(texts()));
    let language = language.unwrap_or_else(|| {
        let title = with_given(flow::title(document), facts);
        let title = title.as_ref().map_or(&facts.id, |title| &title.text);
        guess_language(document, title)
    });
    (language, address(document, facts, language))
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

/// The address of a page: what the project says, else what the file says, else where the site
/// keeps pages of this language.
fn address(document: &Document, facts: &PageFacts, language: Language) -> Option<Url> {
    let [chinese, english] = &facts.site_urls;
    let of_site = match language {
        Language::En => english,
        Language::Zh => chinese,
    };
    let stated = facts.url.as_ref().or(document.url.as_ref());
    stated.or(of_site.as_ref()).cloned()
}

/// Labels stand nowhere but in articles. Where one stands outside, an element was closed too early,
/// and what follows is taken for a part of the site.
fn report_outside(document: &Document, reporter: &mut Reporter<'_>) {
    let is_label = |element: &scraper::ElementRef<'_>| {
        label::is_known(element.text().collect::<String>().trim())
    };
    if let Some(label) = document.bold_outside().find(is_label) {
        reporter.report(
            Diagnostic::warning("outside-article", "a field stands outside of the article")
                .note("what stands there is in no record, and not in the account either")
                .help("save the part of the page that holds the article, or mend the snapshot"),
            label.id(),
        );
    }
}

fn stand_in(facts: &PageFacts, reporter: &mut Reporter<'_>) -> Title {
    reporter.report_page(
        Diagnostic::warning("no-title", "the page has no title; its id stands in")
            .help("save the page again with its heading"),
    );
    Title {
        text: facts.id.clone(),
        ..Title::default()
    }
}

/// Reports what would be repeated without bounds.
fn refuse_repetition(flow: &Flow, reporter: &mut Reporter<'_>) {
    let links = format!("the addresses of links take more than {MAX_LINKS} bytes");
    let spans = "the cells of tables span too many rows and columns".to_owned();
    let found = [(flow.excess_link, links), (flow.excess_spans, spans)];
    for (node, message) in found {
        if let Some(node) = node {
            reporter.report(too_much(message), node);
        }
    }
}

/// Cuts off the codes that are more than a page may have. The page is an error then; what is done with
/// it all the same, such as finding names, must come to an end.
fn refuse_many(records: &mut Records, reporter: &mut Reporter<'_>) {
    if let Some(first) = records.sources.get(MAX_CODES) {
        let refusal = too_much(format!("the page has more than {MAX_CODES} error codes"));
        reporter.report_at(refusal, first.place.clone());
        records.codes.truncate(MAX_CODES);
        records.sources.truncate(MAX_CODES);
    }
}

fn report_codeless(records: &Records, reporter: &mut Reporter<'_>) {
    if !records.codes.is_empty() {
        return;
    }
    reporter.report_page(
        Diagnostic::warning("no-codes", "the page has no error codes")
            .note("a code is a heading such as `1001400001 运行失败` with labelled fields below, or a row of a table with a column for it")
            .help("an index page has none; else save the page again when it has loaded"),
    );
}

/// The language of a page that has no labels, which is an index page or one of tables.
fn guess_language(document: &Document, title: &str) -> Language {
    if title.chars().any(is_chinese) {
        return Language::Zh;
    }
    let (mut chinese, mut all) = (0, 0);
    for text in document.articles().flat_map(|article| article.text()) {
        chinese += text.chars().filter(|c| is_chinese(*c)).count();
        all += count::count(text);
    }
    // A Chinese letter says about as much as a syllable of English.
    match chinese * 10 > all {
        true => Language::Zh,
        false => Language::En,
    }
}
