//! What one record has to say for a name: a word or a few, and more for the case that another code
//! has the same.

use std::slice::from_ref;

use super::saying::MAX_EXTENDED;
use super::shorten::shorten;
use super::source::{Texts, symbol_words, words_of_title};
use super::vocabulary::{is_empty_word, is_light, is_limit};
use super::word::{has, length, split_all};
use crate::catalog::ErrorCode;

/// Where a name comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The words of the documentation.
    Words,
    /// An official name in the documentation, or a code that is a name itself.
    Symbol,
    /// The number of the code, for want of words.
    Number,
}

/// The words that one record has for its code.
#[derive(Debug, Clone)]
pub(super) struct Wording<'a> {
    pub(super) origin: Origin,
    /// The words of the name.
    pub(super) base: Vec<String>,
    code: &'a ErrorCode,
}

impl<'a> Wording<'a> {
    pub(super) fn of(code: &'a ErrorCode) -> Option<Self> {
        let (origin, base) = match symbol_of(code) {
            Some(words) => (Origin::Symbol, words),
            None => (Origin::Words, Texts::of(code).base()?.words),
        };
        Some(Self { origin, base, code })
    }

    /// The words of the name with something more, for the case that other codes have the same: with
    /// what comes next in the message, with those of the title, of the description and of the group.
    ///
    /// Most names need none of them, and they take longer to make than the name itself.
    pub(super) fn longer(&self) -> Vec<Vec<String>> {
        let texts = Texts::of(self.code);
        let next = match self.origin {
            Origin::Words => texts.base().map(|base| base.with_next()),
            Origin::Symbol | Origin::Number => None,
        };
        let title = texts.words_of_titles();
        let description = texts.words_of_descriptions();
        let description = description.or_else(|| texts.latin_description());
        let group = self.code.group.as_deref().and_then(words_of_title);

        let mut longer = vec![next.unwrap_or_default()];
        for more in [title, description, group] {
            longer.push(extended(&self.base, &more.unwrap_or_default()));
        }
        for words in longer.iter_mut().filter(|words| words.is_empty()) {
            words.clone_from(&self.base);
        }
        longer
    }
}

/// The words of the official name of a code.
fn symbol_of(code: &ErrorCode) -> Option<Vec<String>> {
    let symbol = code
        .symbol
        .as_deref()
        .or(code.value.is_none().then_some(&code.code));
    symbol.map(symbol_words).filter(|words| !words.is_empty())
}

/// A name with more words, without those at their ends that it has anyway; or only these where they
/// have all its own words among them. Words that every error has tell nothing apart.
fn extended(base: &[String], more: &[String]) -> Vec<String> {
    let base_words = split_all(base);
    let is_known = |token: &String| {
        let words = split_all(from_ref(token));
        words.iter().all(|word| has(&base_words, word))
    };
    let says_nothing = |token: &String| match is_light(token) {
        true => !is_limit(token),
        false => is_empty_word(token),
    };
    let new = more.iter().filter(|token| !is_known(token));
    if new.clone().all(says_nothing) {
        return base.to_vec();
    }
    let more_words = split_all(more);
    if base_words.iter().all(|word| has(&more_words, word)) {
        return more.to_vec();
    }
    // What stands between new words stays: a "not" may be known and needed again.
    let start = more.iter().take_while(|token| is_known(token)).count();
    let end = more
        .iter()
        .rev()
        .take_while(|token| is_known(token))
        .count();
    let more = &more[start..more.len() - end];
    let room = MAX_EXTENDED.saturating_sub(length(base) + 1);
    match length(more) > room {
        true => [base, &shorten(more, room)].concat(),
        false => [base, more].concat(),
    }
}
