//! The texts of a record in the order in which they name it, and what each makes of a name.

use std::iter;

use http::StatusCode;

use super::clause::{clauses, start_of};
use super::saying::{MAX_EXTENDED, MAX_LENGTH, Saying, strong_words};
use super::shorten::shorten;
use super::vocabulary::{EMPTY_WORDS, LIGHT_WORDS};
use super::word::{has, in_small_letters, latin, length, split, split_all};
use super::{Origin, chinese};
use crate::catalog::{Case, ErrorCode, plain_text};
use crate::text::is_chinese;

/// The most lines of a message that are looked at.
const MAX_LINES: usize = 20;

/// What one record has to say for a name: a word or a few, and more for the case that another code
/// has the same.
#[derive(Debug, Clone)]
pub(super) struct Wording<'a> {
    pub(super) origin: Origin,
    pub(super) saying: Saying,
    texts: Texts<'a>,
}

impl<'a> Wording<'a> {
    pub(super) fn of_code(code: &'a ErrorCode) -> Option<Self> {
        let texts = Texts::of_code(code);
        let (origin, saying) = match official_name(code) {
            Some(words) => (Origin::Symbol, Saying::alone(words)),
            None => (Origin::Derived, texts.saying()?),
        };
        Some(Self {
            origin,
            saying,
            texts,
        })
    }

    /// The words, and those with something more.
    pub(super) fn into_candidates(self) -> impl Iterator<Item = Vec<String>> + use<'a> {
        let words = self.saying.words.clone();
        iter::once(words).chain(iter::once_with(move || self.longer()).flatten())
    }

    /// The words with something more: with what comes next in the message, with those of the title,
    /// of the description and of the group.
    pub(super) fn longer(&self) -> [Vec<String>; 4] {
        let texts = &self.texts;
        let latin = || Some(latin_words(texts.descriptions.first()?));
        let description = texts.description().or_else(latin);
        let group = texts.code.group.as_deref().and_then(words_of_title);
        let more = [texts.title(), description, group];
        let [title, description, group] =
            more.map(|more| extended(&self.saying.words, &more.unwrap_or_default()));
        [self.saying.with_next(), title, description, group]
    }
}

/// The texts of a record that may name it, in each its own language first.
#[derive(Debug, Clone)]
struct Texts<'a> {
    code: &'a ErrorCode,
    /// What the system throws, as lines, by language.
    messages: Vec<Vec<String>>,
    titles: Vec<&'a str>,
    descriptions: Vec<String>,
}

impl<'a> Texts<'a> {
    fn of_code(code: &'a ErrorCode) -> Self {
        let translations = code.translations.values();
        let translations = translations.map(|text| (text.title.as_deref(), &text.cases));
        let texts = iter::once((code.title.as_deref(), &code.cases)).chain(translations);
        let (titles, cases): (Vec<Option<&str>>, Vec<&Vec<Case>>) = texts.unzip();
        let descriptions = cases.iter().copied().flatten();
        let descriptions = descriptions.flat_map(|case| plain_text(&case.description));
        Self {
            code,
            descriptions: descriptions.collect(),
            messages: cases.iter().map(|cases| lines_that_name(cases)).collect(),
            titles: titles.into_iter().flatten().collect(),
        }
    }

    /// What the name is made of.
    fn saying(&self) -> Option<Saying> {
        let sayings = |lines: &Vec<String>| {
            let sayings = lines.iter().filter_map(|line| Saying::of_line(line));
            sayings.collect()
        };
        let messages: Vec<Vec<Saying>> = self.messages.iter().map(sayings).collect();
        let strong = messages.iter().find_map(|lines| self.strong(lines));
        let weak = messages.iter().flatten().next();
        let elsewhere = || {
            let http = || http_reason(self.code).map(symbol_words);
            self.title().or_else(http).or_else(|| self.description())
        };
        let left = || self.chinese_message().or_else(|| self.latin_title());
        strong
            .or_else(|| elsewhere().map(Saying::alone))
            .or_else(|| weak.cloned())
            .or_else(|| left().map(Saying::alone))
    }

    /// What the first line of a message says that is enough for a name. A message that may be this
    /// or that is better told by what both are, the title.
    fn strong(&self, lines: &[Saying]) -> Option<Saying> {
        let first = lines.iter().find(|line| line.is_strong)?;
        let is_alike = lines.iter().all(|line| line.words == first.words);
        let title = if is_alike { None } else { self.title() };
        Some(title.map_or_else(|| first.clone(), Saying::alone))
    }

    fn title(&self) -> Option<Vec<String>> {
        self.titles.iter().find_map(|title| words_of_title(title))
    }

    fn description(&self) -> Option<Vec<String>> {
        self.descriptions
            .iter()
            .find_map(|text| words_of_text(text))
    }

    fn chinese_message(&self) -> Option<Vec<String>> {
        let mut lines = self.messages.iter().flatten();
        let words = lines.find_map(|line| chinese::words(line))?;
        Some(shorten(&words, MAX_LENGTH))
    }

    /// What of the title is no Chinese, where nothing better is to be had.
    fn latin_title(&self) -> Option<Vec<String>> {
        let mut words = self.titles.iter().map(|title| latin_words(title));
        let words = words.find(|words| !words.is_empty())?;
        let words = [words, vec!["error".to_owned()]].concat();
        Some(shorten(&words, MAX_LENGTH))
    }
}

/// The lines of some messages, of each those up to the one that leads over to the causes.
fn lines_that_name(cases: &[Case]) -> Vec<String> {
    let leads_over = |line: &String| line.to_ascii_lowercase().contains("possible cause");
    let lines = cases.iter().flat_map(|case| {
        let mut lines = plain_text(&case.message);
        let end = lines.iter().position(leads_over);
        lines.truncate(end.map_or(usize::MAX, |end| end + 1));
        lines
    });
    lines.take(MAX_LINES).collect()
}

/// The words of a title: of an official name in it, such as `BUFFER_TOO_SMALL 缓冲区太小`, else of
/// what it says.
fn words_of_title(title: &str) -> Option<Vec<String>> {
    let title = start_of(title);
    let mut parts = title.split(|c: char| is_chinese(c) || " ，。：（）".contains(c));
    let name = parts.find(|part| part.contains('_') && title.chars().any(is_chinese));
    name.map(symbol_words).or_else(|| words_of_text(title))
}

/// The words of the first clause of a text that is English throughout, or Chinese in set phrases.
fn words_of_text(text: &str) -> Option<Vec<String>> {
    if text.chars().any(is_chinese) {
        chinese::words(text).map(|words| shorten(&words, MAX_LENGTH))
    } else {
        clauses(text).iter().find_map(strong_words)
    }
}

/// The first words of a text that are in Latin letters, such as the names of methods.
fn latin_words(text: &str) -> Vec<String> {
    let clause = start_of(text)
        .split(['，', '。', '；', ',', ';', '\n'])
        .next();
    let words = latin(clause.unwrap_or_default());
    let is_word = |word: &&str| word.starts_with(|c: char| c.is_ascii_alphabetic());
    words.filter(is_word).take(4).map(str::to_owned).collect()
}

/// What the standard calls a status of HTTP, where a table says that its codes are such.
fn http_reason(code: &ErrorCode) -> Option<&'static str> {
    let is_status =
        |(header, cell): (&String, &String)| header.contains("HTTP") && *cell == code.code;
    code.columns.iter().find(|column| is_status(*column))?;
    let status = StatusCode::from_u16(u16::try_from(code.value?).ok()?).ok()?;
    status.canonical_reason()
}

/// The words of the official name of a code, which may be the code itself.
fn official_name(code: &ErrorCode) -> Option<Vec<String>> {
    let is_name = code.value.is_none();
    let symbol = code.symbol.as_deref().or(is_name.then_some(&code.code));
    symbol.map(symbol_words).filter(|words| !words.is_empty())
}

/// The words of an official name: `EPERM`, `InvalidBundleName`, `IAP_NOT_ACTIVATED`.
fn symbol_words(symbol: &str) -> Vec<String> {
    in_small_letters(latin(symbol).map(str::to_owned).collect())
}

/// A name with more words, without those at their ends that it has anyway; or only these where they
/// have all its own words among them. Words that every error has tell nothing apart.
fn extended(base: &[String], more: &[String]) -> Vec<String> {
    let base_words = split_all(base);
    let is_known = |token: &String| split(token).iter().all(|word| has(&base_words, word));
    let says_nothing =
        |token: &String| is_known(token) || LIGHT_WORDS.has(token) || EMPTY_WORDS.has(token);
    if more.iter().all(says_nothing) {
        return base.to_vec();
    }
    let more_words = split_all(more);
    if base_words.iter().all(|word| has(&more_words, word)) {
        return more.to_vec();
    }
    // What stands between new words stays: a "not" may be known and needed again.
    let mut more = more.to_vec();
    while more.pop_if(|token| is_known(token)).is_some() {}
    let more: Vec<String> = more.into_iter().skip_while(is_known).collect();
    let room = MAX_EXTENDED.saturating_sub(length(base) + 1);
    if length(&more) > room {
        [base, &shorten(&more, room)].concat()
    } else {
        [base, &more].concat()
    }
}
