//! Finding the codes that are about something.

use super::{Record, records};
use crate::catalog::{Catalog, Page, plain_text};

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
    let query = words.join(" ").to_lowercase();
    let words: Vec<&str> = query.split_whitespace().collect();
    if words.is_empty() {
        return Vec::new();
    }
    let hit = |record| score(&record, &words).map(|score| Hit { record, score });
    let mut hits: Vec<Hit<'a>> = records(catalog).filter_map(hit).collect();
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

fn score(record: &Record<'_>, words: &[&str]) -> Option<u32> {
    let fields = fields(record);
    let best = |word: &&str| {
        let worth = |(text, worth): &(String, u32)| word_worth(word, text, *worth);
        fields.iter().filter_map(worth).max()
    };
    words.iter().map(best).sum()
}

/// What a word is worth in a text: a whole one is worth more than a part of another.
fn word_worth(word: &str, text: &str, worth: u32) -> Option<u32> {
    let at = text.find(word)?;
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let is_whole = !is_letter(text[..at].chars().next_back())
        && !is_letter(text[at + word.len()..].chars().next());
    Some(if is_whole { worth * 2 } else { worth })
}

/// The texts of a record in lower case, with what a word in them is worth.
fn fields(record: &Record<'_>) -> Vec<(String, u32)> {
    let Record { page, code } = record;
    let texts = code.translations.values();
    let mut fields = vec![(code.code.clone(), IN_NUMBER), (page_names(page), IN_PAGE)];
    let spellings = |name: &str| [name.replace('_', " "), name.to_owned()];
    let short = record.short_names().flat_map(spellings);
    let names = short.chain(code.symbol.clone()).chain(record.full_names());
    fields.extend(names.map(|name| (name, IN_NAME)));
    let titles = texts.clone().filter_map(|text| text.title.as_ref());
    let all_titles = titles.chain(&code.title).cloned();
    fields.extend(all_titles.map(|title| (title, IN_TITLE)));
    for case in texts.flat_map(|text| &text.cases).chain(&code.cases) {
        let all = case.title.iter().cloned().chain(case.lines());
        fields.push((plain_text(&case.message).join("\n"), IN_MESSAGE));
        fields.push((all.collect::<Vec<_>>().join("\n"), IN_TEXT));
    }
    for (text, _) in &mut fields {
        *text = text.to_lowercase();
    }
    fields
}

/// All that a page is called.
fn page_names(page: &Page) -> String {
    let mut names = vec![page.id.as_str(), &page.title];
    names.extend(page.translations.values().map(|text| text.title.as_str()));
    let identifiers = page.identifiers.iter();
    names.extend(identifiers.map(|own| own.type_name.as_str()));
    names.extend(page.kit.as_deref());
    names.join("\n")
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
