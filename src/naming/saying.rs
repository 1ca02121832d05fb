//! What a line of a message says.

use super::clause::{Clause, GAP, clauses, states};
use super::shorten::{shorten, weight, without_stop_words};
use super::vocabulary::{is_empty_word, is_light};
use super::word::{has, is_shouted, length};

/// The most characters of a name's own words.
pub(super) const MAX_LENGTH: usize = 48;

/// The most characters of a name with the words that tell it from others.
pub(super) const MAX_EXTENDED: usize = 72;

/// The most characters that one more clause adds to a name.
const MAX_NEXT: usize = 40;

/// The most lines of a message that are looked at.
const MAX_LINES: usize = 20;

/// What most of some sayings say that are enough for a name, the first of them where two are as
/// frequent.
pub(super) fn most_frequent(sayings: &[Saying]) -> Option<&Saying> {
    let same = |saying: &Saying| {
        let others = sayings.iter().filter(|other| other.words == saying.words);
        others.count()
    };
    let strong = sayings.iter().rev().filter(|saying| saying.is_strong);
    strong.max_by_key(|saying| same(saying))
}

/// The lines of a message up to the one that leads over to the causes.
pub(super) fn lines_that_name(mut lines: Vec<String>) -> Vec<String> {
    let leads_over = |line: &String| {
        let line = line.to_ascii_lowercase();
        line.contains("possible cause") || line.contains("possible reason")
    };
    let end = lines
        .iter()
        .position(leads_over)
        .map_or(MAX_LINES, |end| end + 1);
    lines.truncate(end.min(MAX_LINES));
    lines
}

/// What a line of a message says.
#[derive(Clone)]
pub(super) struct Saying {
    pub(super) words: Vec<String>,
    /// The clause that names the error, then those after it.
    clauses: Vec<Clause>,
    /// Whether it says enough for a name.
    pub(super) is_strong: bool,
}

impl Saying {
    pub(super) fn of(line: &str) -> Option<Self> {
        let mut clauses = clauses(line);
        // Where there is nothing but causes, the first of them has to do.
        let first = clauses.iter().position(|clause| !clause.is_detail);
        let first = first.or((!clauses.is_empty()).then_some(0))?;
        let strong = clauses
            .iter()
            .enumerate()
            .position(|(at, clause)| (at == first || !clause.is_detail) && is_strong(clause));
        let strong = strong.or(is_official_name(&clauses).then_some(first));
        let says_more = |clause: &Clause| {
            let mut words = clause.words.iter().filter(|word| *word != GAP);
            words.any(|word| !is_light(word) && !is_empty_word(word))
        };
        let at = strong.unwrap_or_else(|| clauses.iter().position(says_more).unwrap_or(first));
        // Where a placeholder takes the sense from the first clause, a title may have it.
        let lacks_its_object = has_gap(&clauses[first]) && at != first;

        let words = shorten(&clauses[at].words, MAX_LENGTH);
        (!words.is_empty()).then(|| Self {
            words,
            clauses: clauses.split_off(at),
            is_strong: strong.is_some() && !lacks_its_object,
        })
    }

    /// The words with more of what was cut off them, else with what the next clause says.
    pub(super) fn with_next(&self) -> Vec<String> {
        let clause = self
            .clauses
            .first()
            .map(|clause| without_stop_words(&clause.words));
        let cut = clause.filter(|clause| clause.len() > self.words.len());
        let mut words = cut.unwrap_or_else(|| [self.words.clone(), self.next()].concat());
        while length(&words) > MAX_EXTENDED && words.len() > 1 {
            words.pop();
        }
        words
    }

    /// What the first clause that adds something says after the one of the name.
    fn next(&self) -> Vec<String> {
        let adds = |next: &Vec<String>| {
            let is_new = |word: &String| !self.words.contains(word) && !is_light(word);
            next.iter().any(is_new)
        };
        let following = self.clauses.iter().skip(1);
        let mut next = following.map(|clause| shorten(&clause.words, MAX_NEXT));
        let next = next.find(adds).unwrap_or_default();
        let repeated = next.iter().take_while(|word| has(&self.words, word));
        next[repeated.count()..].to_vec()
    }
}

/// Whether a single word says something: `Busy`, `IllegalStateError`, but neither `Error` nor
/// `onError`, which what follows explains.
fn says_something(words: &[String], clause: &Clause) -> bool {
    let word = words.iter().find(|word| !is_light(word));
    let word = word.map_or("", String::as_str);
    let is_small = word.starts_with(|c: char| c.is_ascii_lowercase());
    let is_method = is_small && word.bytes().any(|byte| byte.is_ascii_uppercase());
    let is_plain = clause.words.len() > 1 || states(&clause.words);
    is_plain && !is_method && !is_empty_word(word)
}

fn has_gap(clause: &Clause) -> bool {
    clause.words.iter().any(|word| word == GAP)
}

/// Whether a clause says enough for a name: two words, or one that is all there is.
pub(super) fn is_strong(clause: &Clause) -> bool {
    let words = shorten(&clause.words, MAX_LENGTH);
    let has_letter = |word: &&String| word.bytes().any(|byte| byte.is_ascii_alphabetic());
    let said: Vec<String> = words.iter().filter(has_letter).cloned().collect();
    match weight(&said) {
        0 => false,
        1 => !has_gap(clause) && says_something(&words, clause),
        2 => !lacks_its_object(clause),
        _ => true,
    }
}

/// Whether a placeholder takes the place of what a clause is about: `Failed to obtain the …`.
fn lacks_its_object(clause: &Clause) -> bool {
    let ends_with_gap = clause.words.last().is_some_and(|word| word == GAP);
    ends_with_gap && clause.words.iter().any(|word| word == "to")
}

/// Whether a text is a name already, and nothing else: `ENOENT`.
fn is_official_name(clauses: &[Clause]) -> bool {
    let [only] = clauses else {
        return false;
    };
    let [word] = &only.words[..] else {
        return false;
    };
    word.len() > 2 && is_shouted(word)
}
