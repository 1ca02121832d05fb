//! Pages in two languages: one page whose codes carry both texts.

use std::collections::{BTreeMap, HashMap};

use crate::catalog::{CodeKind, CodeText, ErrorCode, Language, Page, PageText};
use crate::parse::{CodeSource, Parsed};
use crate::problem::{Diagnostic, Locate as _, ParseProblem};

/// Puts the text of a page in another language into the page. What the two pages share, such as
/// devices, comes from the first; what it lacks, from the other. A code that one of them lacks is
/// told in a warning.
#[must_use]
pub fn merge(mut primary: Parsed, other: Parsed) -> Parsed {
    let language = other.page.language;
    // Where one page gives no official names, the order of the rows has to do.
    let has_symbols = |parsed: &Parsed| parsed.page.codes.iter().any(|code| code.symbol.is_some());
    let by_symbol = has_symbols(&primary) && has_symbols(&other);
    let missing_there = missing(&primary, &other, by_symbol);
    let missing_here = missing(&other, &primary, by_symbol);
    let findings = [other.diagnostics, missing_there, missing_here];
    primary.diagnostics.extend(findings.into_iter().flatten());
    primary.account += other.account;

    let page = &mut primary.page;
    page.translations.insert(
        language,
        PageText {
            source: other.page.source,
            title: other.page.title,
            url: other.page.url,
            notes: other.page.notes,
            groups: other.page.groups,
        },
    );
    if page.devices.is_empty() {
        page.devices = other.page.devices;
    }
    let places = places_of(page, by_symbol);
    let keys = keys_of(&other.page.codes, by_symbol);
    // By the code of the page that they follow on their own: codes that it lacks.
    let mut foreign: BTreeMap<usize, Vec<(ErrorCode, CodeSource)>> = BTreeMap::new();
    let mut follows = 0;
    for ((mut code, source), key) in other.page.codes.into_iter().zip(other.sources).zip(keys) {
        if let Some(&index) = places.get(&key) {
            translate(&mut page.codes[index], code, language);
            follows = index + 1;
        } else {
            code.language = Some(language);
            foreign.entry(follows).or_default().push((code, source));
        }
    }
    // From the end, so that places before stay what they are.
    for (at, codes) in foreign.into_iter().rev() {
        let (codes, sources): (Vec<_>, Vec<_>) = codes.into_iter().unzip();
        page.codes.splice(at..at, codes);
        primary.sources.splice(at..at, sources);
    }
    primary
}

/// What tells codes of a page apart: kind, code and official name, and for rows of tables, which of
/// them.
type Key = (CodeKind, String, Option<String>, usize);

fn keys_of(codes: &[ErrorCode], by_symbol: bool) -> Vec<Key> {
    let mut counts: HashMap<(CodeKind, String, Option<String>), usize> = HashMap::new();
    let mut key = |code: &ErrorCode| {
        let own = (
            code.kind,
            code.key(),
            code.symbol.clone().filter(|_| by_symbol),
        );
        let count = counts.entry(own.clone()).or_default();
        *count += 1;
        (own.0, own.1, own.2, *count)
    };
    codes.iter().map(&mut key).collect()
}

fn places_of(page: &Page, by_symbol: bool) -> HashMap<Key, usize> {
    let keys = keys_of(&page.codes, by_symbol).into_iter();
    keys.enumerate().map(|(index, key)| (key, index)).collect()
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

/// Warnings for the codes of a page that the page in the other language does not have.
fn missing(parsed: &Parsed, other: &Parsed, by_symbol: bool) -> Vec<Diagnostic> {
    let others = places_of(&other.page, by_symbol);
    let codes = parsed.page.codes.iter().zip(&parsed.sources);
    let codes = codes.zip(keys_of(&parsed.page.codes, by_symbol));
    codes
        .filter(|(_, key)| !others.contains_key(key))
        .map(|((code, source), _)| {
            ParseProblem::MissingTranslation {
                code: code.code.clone(),
                on: parsed.page.language,
                missing_on: other.page.language,
                other: other.page.source.clone(),
            }
            .at(source.place.clone())
        })
        .collect()
}

/// What a language is called in a message.
#[must_use]
pub fn name_of(language: Language) -> &'static str {
    match language {
        Language::Zh => "Chinese",
        Language::En => "English",
    }
}
