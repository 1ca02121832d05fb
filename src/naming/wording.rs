//! What one record has to say for a name: a word or a few, and more for the case that another code
//! has the same.

use std::cmp::Ordering;
use std::slice::from_ref;

use super::candidate::Origin;
use super::saying::MAX_EXTENDED;
use super::shorten::{is_empty_word, weight};
use super::source::{Texts, latin_words, symbol_words, words_of_text, words_of_title};
use super::word::{has, length, split_all};
use crate::catalog::ErrorCode;

/// The words that one record has for its code: those of the name, and for the case that others
/// have the same, those with something more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wording {
    pub(super) origin: Origin,
    /// The words of the name; then the same with what comes next in the message, with those of the
    /// title, of the description and of the group.
    pub(super) variants: Vec<Vec<String>>,
}

impl PartialOrd for Wording {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Wording {
    fn cmp(&self, other: &Self) -> Ordering {
        self.variants.cmp(&other.variants)
    }
}

impl Wording {
    pub(super) fn of(code: &ErrorCode) -> Option<Self> {
        let symbol = code
            .symbol
            .as_deref()
            .or(code.value.is_none().then_some(&code.code));
        let symbol = symbol.map(symbol_words).filter(|words| !words.is_empty());
        let texts = Texts::of(code);
        let (origin, base, next) = match symbol {
            Some(words) => (Origin::Symbol, words, Vec::new()),
            None => {
                let (base, next) = texts.base()?;
                (Origin::Words, base, next)
            }
        };
        let title = texts.titles.iter().find_map(|title| words_of_title(title));
        let descriptions = texts.descriptions.iter();
        let description = descriptions.clone().find_map(|text| words_of_text(text));
        let latin = || descriptions.clone().next().map(|text| latin_words(text));
        let description = description.or_else(latin);
        let group = code.group.as_deref().and_then(words_of_title);

        let mut variants = vec![base.clone(), next];
        for more in [title, description, group] {
            variants.push(extended(&base, &more.unwrap_or_default()));
        }
        for words in variants.iter_mut().filter(|words| words.is_empty()) {
            words.clone_from(&base);
        }
        Some(Self { origin, variants })
    }
}

/// A name with more words: those that it does not have yet, or only these where they have all its
/// own words among them. Words that every error has tell nothing apart.
fn extended(base: &[String], more: &[String]) -> Vec<String> {
    let base_words = split_all(base);
    let is_new = |token: &&String| {
        let words = split_all(from_ref(*token));
        weight(from_ref(*token)) > 0 && !words.iter().all(|word| has(&base_words, word))
    };
    let new: Vec<&String> = more.iter().filter(is_new).collect();
    if new.iter().all(|word| is_empty_word(word)) {
        return base.to_vec();
    }
    let more_words = split_all(more);
    if base_words.iter().all(|word| has(&more_words, word)) {
        return more.to_vec();
    }
    let mut words = base.to_vec();
    for word in new {
        words.push(word.clone());
        if length(&words) > MAX_EXTENDED {
            words.pop();
            break;
        }
    }
    words
}
