//! What a line of a message says: the clause that names the error, and those after it.

use super::clause::{Clause, GAP, clauses, states};
use super::shorten::{shorten, weight, without_stop_words};
use super::vocabulary::{EMPTY_WORDS, LIGHT_WORDS};
use super::word::{has, is_shouted, length};

/// The most characters of a name's own words.
pub(super) const MAX_LENGTH: usize = 48;

/// The most characters of a name with the words that tell it from others.
pub(super) const MAX_EXTENDED: usize = 72;

/// The most characters that one more clause adds to a name.
const MAX_NEXT: usize = 40;

/// The words of a name, and where they are from.
#[derive(Debug, Clone)]
pub(super) struct Saying {
    pub(super) words: Vec<String>,
    /// The clause that names the error, then those after it; none for words from elsewhere.
    clauses: Vec<Clause>,
    /// Whether it says enough for a name.
    pub(super) is_strong: bool,
}

impl Saying {
    /// Words of which there is no more.
    pub(super) fn alone(words: Vec<String>) -> Self {
        Self {
            words,
            clauses: Vec::new(),
            is_strong: true,
        }
    }

    /// What a line says in its first clause that says enough, else in its first one.
    pub(super) fn of_line(line: &str) -> Option<Self> {
        let mut clauses = clauses(line);
        // Where there is nothing but causes, the first of them has to do.
        let names = clauses.iter().enumerate();
        let mut names = names.filter(|(at, clause)| *at == 0 || !clause.is_detail);
        let strong = names.find_map(|(at, clause)| Some((at, strong_words(clause)?)));
        let is_strong = strong.is_some();
        let (at, words) = match strong {
            Some(strong) => strong,
            None => (0, shorten(&clauses.first()?.words, MAX_LENGTH)),
        };
        // Where a placeholder takes the sense from the first clause, a title may have it.
        let lacks_its_object = at > 0 && clauses[0].has_gap();
        (!words.is_empty()).then(|| Self {
            words,
            clauses: clauses.split_off(at),
            is_strong: is_strong && !lacks_its_object,
        })
    }

    /// The words with more of what was cut off them, else with what the next clause says.
    pub(super) fn with_next(&self) -> Vec<String> {
        let clause = self.clauses.first();
        let clause = clause.map(|clause| without_stop_words(&clause.words));
        let cut = clause.filter(|clause| clause.len() > self.words.len());
        let mut words = cut.unwrap_or_else(|| [self.words.clone(), self.next()].concat());
        while length(&words) > MAX_EXTENDED && words.len() > 1 {
            words.pop();
        }
        words
    }

    /// What the next clause says that this one does not.
    fn next(&self) -> Vec<String> {
        let next = self.clauses.get(1);
        let next = next.map(|clause| shorten(&clause.words, MAX_NEXT));
        let is_repeated = |word: &String| has(&self.words, word);
        let new = next.into_iter().flatten().skip_while(is_repeated);
        new.collect()
    }
}

/// The words of a clause that says enough for a name: two words, or one that is all there is.
pub(super) fn strong_words(clause: &Clause) -> Option<Vec<String>> {
    let words = shorten(&clause.words, MAX_LENGTH);
    let is_strong = match weight(&words) {
        0 => false,
        1 => !clause.has_gap() && says_something(&words, clause),
        // `Failed to obtain the ${key}` lacks what it is about.
        2 => clause.words.last().is_none_or(|word| word != GAP),
        _ => true,
    };
    is_strong.then_some(words)
}

/// Whether a single word says something: `Busy`, `IllegalStateError`, `ENOENT`, but neither `Error`
/// nor `onError`, which what follows explains.
fn says_something(words: &[String], clause: &Clause) -> bool {
    let word = words.iter().find(|word| !LIGHT_WORDS.has(word));
    let word = word.map_or("", String::as_str);
    let is_official = word.len() > 2 && is_shouted(word);
    let is_all = clause.words.len() > 1 || states(&clause.words) || is_official;
    is_all && !EMPTY_WORDS.has(word)
}
