//! The texts of a record, and what each makes of a name.

use http::StatusCode;

use super::chinese;
use super::clause::{clauses, start_of, states};
use super::saying::{MAX_EXTENDED, MAX_LENGTH, Saying, is_strong, lines_that_name, most_frequent};
use super::shorten::shorten;
use super::word::{is_shouted, latin, length};
use crate::catalog::{Case, ErrorCode, plain_text};
use crate::text::is_chinese;

/// The most cases of a code that are looked at.
const MAX_CASES: usize = 20;

/// The texts of a record that may name it.
pub(super) struct Texts {
    /// What the system throws, as lines: in the page's own language, then in others.
    messages: Vec<Vec<String>>,
    /// English ones first.
    titles: Vec<String>,
    /// English ones first.
    descriptions: Vec<String>,
    /// What every HTTP server means by the number.
    http: Option<&'static str>,
}

/// The words of a name, and the message that they are from.
pub(super) struct Base {
    pub(super) words: Vec<String>,
    /// None where they are from another text.
    saying: Option<Saying>,
}

impl Base {
    fn alone(words: Vec<String>) -> Self {
        Self {
            words,
            saying: None,
        }
    }

    fn said(saying: Saying) -> Self {
        Self {
            words: saying.words.clone(),
            saying: Some(saying),
        }
    }

    /// The words with what the message says next.
    pub(super) fn with_next(self) -> Vec<String> {
        match self.saying {
            Some(saying) => saying.with_next(),
            None => self.words,
        }
    }
}

impl Texts {
    pub(super) fn of(code: &ErrorCode) -> Self {
        let translations = code.translations.values();
        let languages = std::iter::once(&code.cases).chain(translations.map(|text| &text.cases));
        let cases: Vec<&[Case]> = languages
            .map(|cases| &cases[..cases.len().min(MAX_CASES)])
            .collect();
        let messages = cases.iter().map(|cases| {
            let lines = cases.iter().map(|case| plain_text(&case.message));
            lines.flat_map(lines_that_name).collect()
        });
        let descriptions = cases.iter().copied().flatten();
        let titles = code.translations.values().map(|text| &text.title);
        let titles = std::iter::once(&code.title).chain(titles);
        Self {
            messages: messages.collect(),
            titles: english_first(titles.flatten().cloned()),
            descriptions: english_first(
                descriptions.flat_map(|case| plain_text(&case.description)),
            ),
            http: http_reason(code),
        }
    }

    /// What the name is made of.
    pub(super) fn base(&self) -> Option<Base> {
        let sayings = self.messages.iter().map(|lines| {
            let sayings = lines.iter().filter_map(|line| Saying::of(line));
            sayings.collect::<Vec<Saying>>()
        });
        let sayings: Vec<Vec<Saying>> = sayings.collect();
        let message = sayings
            .iter()
            .find_map(|sayings| self.words_of_message(sayings));
        if message.is_some() {
            return message;
        }
        let weak = sayings.iter().flatten().next();
        self.words_of_titles()
            .or_else(|| self.http.map(symbol_words))
            .or_else(|| self.words_of_descriptions())
            .map(Base::alone)
            .or_else(|| weak.cloned().map(Base::said))
            .or_else(|| self.chinese_message().map(Base::alone))
            .or_else(|| self.latin_title().map(Base::alone))
    }

    /// The words of a message that says enough.
    fn words_of_message(&self, sayings: &[Saying]) -> Option<Base> {
        let most = most_frequent(sayings)?;
        let is_alike = sayings.iter().all(|other| other.words == most.words);
        // A message that may be this or that is better told by what both are.
        let title = match is_alike {
            true => None,
            false => self.words_of_titles(),
        };
        Some(match title {
            Some(title) => Base::alone(title),
            None => Base::said(most.clone()),
        })
    }

    pub(super) fn words_of_titles(&self) -> Option<Vec<String>> {
        self.titles.iter().find_map(|title| words_of_title(title))
    }

    pub(super) fn words_of_descriptions(&self) -> Option<Vec<String>> {
        self.descriptions
            .iter()
            .find_map(|text| words_of_text(text))
    }

    /// What of the first description is no Chinese.
    pub(super) fn latin_description(&self) -> Option<Vec<String>> {
        self.descriptions.first().map(|text| latin_words(text))
    }

    fn chinese_message(&self) -> Option<Vec<String>> {
        let mut lines = self.messages.iter().flatten();
        lines
            .find_map(|line| chinese::words(line))
            .map(|words| shorten(&words, MAX_LENGTH))
    }

    /// What of the title is no Chinese, where nothing better is to be had.
    fn latin_title(&self) -> Option<Vec<String>> {
        let mut words = self.titles.iter().map(|title| latin_words(title));
        let mut words = words.find(|words| !words.is_empty())?;
        words.push("error".to_owned());
        Some(shorten(&words, MAX_LENGTH))
    }
}

/// Texts in their order, but those without Chinese letters before the others.
fn english_first(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut texts: Vec<String> = texts.collect();
    texts.sort_by_key(|text| text.chars().any(is_chinese));
    texts
}

/// The words of a title: of an English one, of a Chinese one in set phrases, or of its English
/// part.
pub(super) fn words_of_title(title: &str) -> Option<Vec<String>> {
    let title = start_of(title);
    let parts = title.split(|c: char| is_chinese(c) || "，。：（）".contains(c));
    let is_name = |part: &&str| {
        let word = part.trim();
        word.contains('_') || word.contains(' ') && states(&symbol_words(word))
    };
    if let Some(name) = parts.into_iter().find(is_name) {
        return words_of_text(name.trim()).or_else(|| Some(within_bounds(symbol_words(name))));
    }
    words_of_text(title)
}

/// The words of what looks like an official name, which a whole text may do.
fn within_bounds(words: Vec<String>) -> Vec<String> {
    match length(&words) > MAX_EXTENDED {
        true => shorten(&words, MAX_LENGTH),
        false => words,
    }
}

/// The words of the first clause of a text that is English throughout, or Chinese in set phrases.
fn words_of_text(text: &str) -> Option<Vec<String>> {
    if !text.chars().any(is_chinese) {
        let clauses = clauses(text);
        let strong = clauses.iter().find(|clause| is_strong(clause));
        return strong.map(|clause| shorten(&clause.words, MAX_LENGTH));
    }
    chinese::words(text).map(|words| shorten(&words, MAX_LENGTH))
}

/// The words of the first clause that are in Latin letters, such as the names of methods.
fn latin_words(text: &str) -> Vec<String> {
    let clause = start_of(text)
        .split(['，', '。', '；', ',', ';', '\n'])
        .next()
        .unwrap_or_default();
    let is_word =
        |word: &&str| word.starts_with(|c: char| c.is_ascii_alphabetic()) && word.len() > 1;
    latin(clause)
        .filter(is_word)
        .take(4)
        .map(str::to_owned)
        .collect()
}

/// What the standard calls a status of HTTP, where a table says that its codes are such.
fn http_reason(code: &ErrorCode) -> Option<&'static str> {
    let is_status =
        |(header, cell): (&String, &String)| header.contains("HTTP") && *cell == code.code;
    code.columns.iter().find(|column| is_status(*column))?;
    let status = StatusCode::from_u16(u16::try_from(code.value?).ok()?).ok()?;
    status.canonical_reason()
}

/// The words of an official name: `EPERM`, `InvalidBundleName`, `IAP_NOT_ACTIVATED`.
pub(super) fn symbol_words(symbol: &str) -> Vec<String> {
    let words: Vec<String> = latin(symbol).map(str::to_owned).collect();
    let is_shouted = words.iter().all(|word| is_shouted(word));
    match is_shouted && words.len() > 1 {
        true => words.iter().map(|word| word.to_ascii_lowercase()).collect(),
        false => words,
    }
}
