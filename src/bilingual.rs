//! Pages in two languages: one page whose codes carry both texts.

use std::collections::HashMap;

use crate::catalog::{CodeKind, CodeText, ErrorCode, Language, Page, PageText};
use crate::parse::{CodeSource, Parsed};
use crate::problem::{Diagnostic, Locate as _, ParseProblem};

/// Puts the text of a page in another language into the page. What the two pages share, such as
/// devices, comes from the first; what it lacks, from the other. A code that one of them lacks is
/// reported in a warning.
#[must_use]
pub fn merge(mut primary: Parsed, other: Parsed) -> Parsed {
    // Where one page gives no official names, the order of the rows has to do.
    let has_symbols = |parsed: &Parsed| parsed.page.codes.iter().any(|code| code.symbol.is_some());
    let by_symbol = has_symbols(&primary) && has_symbols(&other);
    let mut unmatched: HashMap<Key, usize> =
        code_keys(&primary.page.codes, by_symbol).zip(0..).collect();
    let keys: Vec<Key> = code_keys(&other.page.codes, by_symbol).collect();
    primary.account += other.account;
    primary.diagnostics.extend(other.diagnostics);

    let (page, mut other, sources) = (&mut primary.page, other.page, other.sources);
    let mut missing_here = Vec::new();
    // Codes that the page lacks, and how many of its own codes are before each.
    let mut foreign: Vec<(usize, ErrorCode, CodeSource)> = Vec::new();
    let mut follows = 0;
    let codes = std::mem::take(&mut other.codes).into_iter().zip(sources);
    for ((mut code, source), key) in codes.zip(keys) {
        if let Some(index) = unmatched.remove(&key) {
            translate(&mut page.codes[index], code, other.language);
            follows = index + 1;
        } else {
            missing_here.push(missing(&code, &source, &other, page));
            code.language = Some(other.language);
            foreign.push((follows, code, source));
        }
    }
    let mut missing_there: Vec<usize> = unmatched.into_values().collect();
    missing_there.sort_unstable();
    let warn = |place| missing(&page.codes[place], &primary.sources[place], page, &other);
    let warnings = missing_there.into_iter().map(warn).chain(missing_here);
    primary.diagnostics.extend(warnings);
    // From the end, so that places before stay what they are.
    foreign.sort_by_key(|(at, ..)| *at);
    for (at, code, source) in foreign.into_iter().rev() {
        page.codes.insert(at, code);
        primary.sources.insert(at, source);
    }
    if page.devices.is_empty() {
        page.devices = other.devices;
    }
    page.translations.insert(
        other.language,
        PageText {
            source: other.source,
            title: other.title,
            url: other.url,
            notes: other.notes,
            groups: other.groups,
        },
    );
    primary
}

/// What tells codes of a page apart: kind, code and official name, and for rows of tables, which of
/// them.
type Key = ((CodeKind, String, Option<String>), usize);

fn code_keys(codes: &[ErrorCode], by_symbol: bool) -> impl Iterator<Item = Key> {
    let mut counts = HashMap::new();
    codes.iter().map(move |code| {
        let symbol = code.symbol.clone().filter(|_| by_symbol);
        let own = (code.kind, code.key(), symbol);
        let count = counts.entry(own.clone()).or_default();
        *count += 1;
        (own, *count)
    })
}

fn translate(code: &mut ErrorCode, other: ErrorCode, language: Language) {
    if code.devices.is_empty() {
        code.devices = other.devices;
    }
    code.symbol = code.symbol.take().or(other.symbol);
    code.deprecated |= other.deprecated;
    let text = CodeText {
        title: other.title,
        anchor: other.anchor,
        cases: other.cases,
    };
    code.translations.insert(language, text);
}

/// The warning for a code of a page that the page in the other language does not have.
fn missing(code: &ErrorCode, source: &CodeSource, page: &Page, other: &Page) -> Diagnostic {
    ParseProblem::MissingTranslation {
        code: code.code.clone(),
        on: page.language,
        missing_on: other.language,
        other: other.source.clone(),
    }
    .at(source.place.clone())
}

/// What a language is called in a message.
#[must_use]
pub fn language_name(language: Language) -> &'static str {
    match language {
        Language::Zh => "Chinese",
        Language::En => "English",
    }
}
