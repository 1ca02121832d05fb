//! Finding the codes that are about something.

use super::{Record, records};
use crate::catalog::{Case, Catalog, Page, plain_text};
use crate::render::identifiers;

/// A code that has all words of a search.
#[derive(Debug, Clone, Copy)]
pub struct Hit<'a> {
    /// The record.
    pub record: Record<'a>,
    /// How well the words fit; more is better, and says nothing else.
    pub score: u32,
}

/// The codes that have all of some words, the best first: in their numbers, names, titles and
/// texts, in whatever language, or in the name of their page or kit. Case does not count, and a
/// word may be a part of another.
#[must_use]
pub fn search<'a>(catalog: &'a Catalog, words: &[String]) -> Vec<Hit<'a>> {
    let words = words.iter().flat_map(|words| words.split_whitespace());
    let words: Vec<String> = words.map(str::to_lowercase).collect();
    if words.is_empty() {
        return Vec::new();
    }
    let hits = records(catalog).filter_map(|record| {
        let score = score(&record, &words)?;
        Some(Hit { record, score })
    });
    let mut hits: Vec<Hit<'a>> = hits.collect();
    hits.sort_by_key(|hit| std::cmp::Reverse(hit.score));
    hits
}

/// What a word is worth by where it is found.
const IN_NUMBER: u32 = 60;
const IN_NAME: u32 = 40;
const IN_TITLE: u32 = 30;
const IN_MESSAGE: u32 = 20;
const IN_PAGE: u32 = 10;
const IN_TEXT: u32 = 5;

fn score(record: &Record<'_>, words: &[String]) -> Option<u32> {
    let fields = fields(record);
    let mut score = 0;
    for word in words {
        let worth = fields
            .iter()
            .filter_map(|(text, worth)| worth_of(word, text, *worth));
        score += worth.max()?;
    }
    Some(score)
}

/// What a word is worth in a text: a whole one is worth more than a part of another.
fn worth_of(word: &str, text: &str, worth: u32) -> Option<u32> {
    let at = text.find(word)?;
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let is_whole = !is_letter(text[..at].chars().next_back())
        && !is_letter(text[at + word.len()..].chars().next());
    Some(if is_whole { worth * 2 } else { worth })
}

/// The texts of a record in lower case, with what a word in them is worth.
fn fields(record: &Record<'_>) -> Vec<(String, u32)> {
    let Record { page, code } = record;
    let mut fields = vec![(code.code.to_lowercase(), IN_NUMBER)];
    fields.extend(
        code.symbol
            .iter()
            .map(|symbol| (symbol.to_lowercase(), IN_NAME)),
    );
    if let Some(names) = &code.identifiers {
        let aliases = names.aliases.iter();
        let constants = aliases
            .map(|alias| &alias.constant)
            .chain([&names.constant]);
        for constant in constants {
            let constant = constant.to_lowercase();
            fields.push((constant.replace('_', " "), IN_NAME));
            fields.push((constant, IN_NAME));
        }
        fields.push((names.variant.to_lowercase(), IN_NAME));
    }
    let full_names = identifiers(page, code).into_iter();
    fields.extend(full_names.map(|full| (full.name.to_lowercase(), IN_NAME)));
    let translations = code.translations.values();
    let titles = translations
        .clone()
        .filter_map(|text| text.title.as_deref());
    let titles = titles.chain(code.title.as_deref());
    fields.extend(titles.map(|title| (title.to_lowercase(), IN_TITLE)));
    for case in translations.flat_map(|text| &text.cases).chain(&code.cases) {
        push_case(case, &mut fields);
    }
    fields.push((name_of(page), IN_PAGE));
    fields
}

fn push_case(case: &Case, fields: &mut Vec<(String, u32)>) {
    let message = plain_text(&case.message).join("\n");
    fields.push((message.to_lowercase(), IN_MESSAGE));
    let title = case.title.iter().cloned();
    let lines: Vec<String> = title.chain(case.lines()).collect();
    fields.push((lines.join("\n").to_lowercase(), IN_TEXT));
}

/// All that a page is called.
fn name_of(page: &Page) -> String {
    let translations = page.translations.values();
    let titles = translations.map(|text| text.title.as_str());
    let names = page
        .identifiers
        .iter()
        .map(|names| names.type_name.as_str());
    let names = [page.id.as_str(), &page.title]
        .into_iter()
        .chain(titles)
        .chain(names);
    let names: Vec<&str> = names.chain(page.kit.as_deref()).collect();
    names.join("\n").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lookup::tests::catalog;

    fn found(words: &[&str]) -> Vec<String> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let catalog = catalog();
        let hits = search(&catalog, &words).into_iter();
        hits.filter_map(|hit| hit.record.qualified_name()).collect()
    }

    #[test]
    fn all_words_have_to_be_there_in_any_language() {
        assert_eq!(
            found(&["timed out"]),
            ["PayErrorCode.TIMED_OUT", "ScanErrorCode.TOO_SLOW"]
        );
        assert_eq!(found(&["TIMED", "scan"]), ["ScanErrorCode.TOO_SLOW"]);
        assert_eq!(found(&["超时", "支付"]), ["PayErrorCode.TIMED_OUT"]);
        assert_eq!(found(&["payment kit"]).len(), 2);
        assert_eq!(found(&["timed", "nothing"]), Vec::<String>::new());
        assert_eq!(found(&[" "]), Vec::<String>::new());
    }

    #[test]
    fn the_best_come_first() {
        assert_eq!(found(&["401"]).len(), 2);
        assert_eq!(found(&["denied"])[0], "ScanErrorCode.DENIED");
        for name in [
            "too_slow",
            "ScanErrorCode.TOO_SLOW",
            "SCAN_ERROR_CODE_TOO_SLOW",
        ] {
            assert_eq!(found(&[name]), ["ScanErrorCode.TOO_SLOW"]);
        }
    }
}
