//! Shortens a clause to what a name has room for, without losing what it states.

use std::ops::Range;

use super::clause::GAP;
use super::vocabulary::{
    AUXILIARIES, PARTICIPLES, PREPOSITIONS, STOP_WORDS, SUBORDINATORS, VERBS, WEAK_WORDS,
    is_empty_word, is_in, is_light, is_limit,
};
use super::word::{is_one_of, length};

/// The most words that carry meaning.
const MAX_WORDS: usize = 6;

/// What a clause that is too long loses, in this order, with what goes in an example.
const STEPS: [fn(&mut Shortened) -> bool; 9] = [
    // task (has run and) cannot be executed
    Shortened::prefer_refusal,
    // failed to create invoice title (because title already exists)
    |clause| clause.cut_at_last(|word| is_in(&SUBORDINATORS, word)),
    // (requested) verification factors unavailable on device
    Shortened::drop_weak_word,
    // function prohibited by (system) management policies
    Shortened::shorten_last_phrase,
    // failed to check fingerprint (of application)
    |clause| clause.cut_at_last(|word| is_in(&PREPOSITIONS, word)),
    // service does not support Huawei ID (that signed in)
    |clause| clause.cut_at_last(|word| is_one_of("that", word)),
    // callback (can be) registered only once
    Shortened::drop_can_be,
    // number of address rules (in firewall rule) exceeds maximum
    Shortened::drop_phrase_of_subject,
    // (postal) address management service does not support ID
    |clause| clause.verb > 1 && clause.remove(0..1),
];

/// The words of a clause that make its name, at most about six and `max` characters; none where
/// nothing is left.
pub(super) fn shorten(words: &[String], max: usize) -> Vec<String> {
    let mut clause = Shortened::new(words, max);
    let full = clause.words.len();
    for step in STEPS {
        while clause.is_long() && step(&mut clause) {}
    }
    while clause.is_long() && clause.words.len() > 1 {
        clause.words.pop();
    }
    let mut words = clause.words;
    if words.len() < full {
        let can_end = |word: &String| !is_light(word) || is_one_of("in not out up", word);
        let end = words.iter().rposition(can_end).map_or(1, |last| last + 1);
        words.truncate(end);
    }
    if let [only] = &mut words[..] {
        only.truncate(max);
    }
    without_that(&words)
}

/// The words without a `that` which a name does without: `permission (that) not revoked`.
fn without_that(words: &[String]) -> Vec<String> {
    let is_needed = |next: Option<&String>| next.is_some_and(|next| is_in(&AUXILIARIES, next));
    let kept = words.iter().enumerate();
    let kept = kept.filter(|(at, word)| !is_one_of("that", word) || is_needed(words.get(at + 1)));
    kept.map(|(_, word)| word.clone()).collect()
}

/// How many words of a clause carry meaning.
pub(super) fn weight(words: &[String]) -> usize {
    words.iter().filter(|word| !is_light(word)).count()
}

/// The words without those that a name does without, and without gaps.
pub(super) fn without_stop_words(clause: &[String]) -> Vec<String> {
    Shortened::new(clause, usize::MAX).words
}

struct Shortened {
    words: Vec<String>,
    /// Where the subject ends; 0 where it is not known.
    verb: usize,
    max: usize,
}

impl Shortened {
    /// A clause without its stop words and gaps.
    fn new(clause: &[String], max: usize) -> Self {
        let mut words: Vec<String> = Vec::new();
        let mut verb = None;
        for (at, word) in clause.iter().enumerate() {
            if verb.is_none() && is_in(&VERBS, word) {
                verb = Some(words.len());
            }
            let last = words.last().map_or("", String::as_str);
            if word == GAP {
                // A preposition before a gap has nothing to go with.
                words.pop_if(|last| is_in(&PREPOSITIONS, last));
            } else if is_one_of("not", word) && is_one_of("can", last) {
                words.pop();
                words.push("cannot".to_owned());
            } else if !is_dropped(word, last, &clause[at + 1..]) {
                words.push(word.clone());
            }
        }
        // A word before a gap may have gone after the verb was seen.
        let verb = verb.unwrap_or_default().min(words.len());
        Self { words, verb, max }
    }

    fn is_long(&self) -> bool {
        weight(&self.words) > MAX_WORDS || length(&without_that(&self.words)) > self.max
    }

    /// The last place behind the verb that has one of some words.
    fn last_of(&self, starts: fn(&str) -> bool) -> Option<usize> {
        let mut places = (self.verb + 1..self.words.len()).rev();
        places.find(|&at| starts(&self.words[at]))
    }

    /// Cuts the words from the last of some on, if enough is left.
    fn cut_at_last(&mut self, starts: fn(&str) -> bool) -> bool {
        let Some(at) = self.last_of(starts) else {
            return false;
        };
        let rest = &self.words[..at];
        let says_enough = rest
            .iter()
            .any(|word| !is_empty_word(word) && !is_light(word));
        let is_possible = says_enough && weight(rest) > 1;
        if is_possible {
            self.words.truncate(at);
        }
        is_possible
    }

    /// Drops what is the case where the text goes on to say what cannot be.
    fn prefer_refusal(&mut self) -> bool {
        let refuses = |pair: &[String]| pair[0] == "and" && is_one_of("cannot not", &pair[1]);
        let at = self.words.windows(2).position(refuses);
        at.filter(|at| (1..*at).contains(&self.verb))
            .is_some_and(|at| {
                self.words.drain(self.verb..=at);
                true
            })
    }

    /// Drops the first words of the last phrase, where enough of it is left.
    fn shorten_last_phrase(&mut self) -> bool {
        let last = self.last_of(|word| is_in(&PREPOSITIONS, word));
        let Some(at) = last.filter(|at| !is_one_of("and or to", &self.words[*at])) else {
            return false;
        };
        for dropped in 1..(self.words.len() - at).saturating_sub(2) {
            let words = [&self.words[..=at], &self.words[at + 1 + dropped..]].concat();
            let shorter = Self { words, ..*self };
            if !shorter.is_long() {
                self.words = shorter.words;
                return true;
            }
        }
        false
    }

    fn drop_weak_word(&mut self) -> bool {
        let words = self.words.split_last().map_or(&[][..], |(_, words)| words);
        let at = words.iter().position(|word| is_in(&WEAK_WORDS, word));
        at.is_some_and(|at| self.remove(at..at + 1))
    }

    fn drop_can_be(&mut self) -> bool {
        let can_be = |pair: &[String]| is_one_of("can will", &pair[0]) && is_one_of("be", &pair[1]);
        let at = self.words.windows(2).position(can_be);
        at.is_some_and(|at| self.remove(at..at + 2))
    }

    /// Drops the last phrase of the subject, or words of it where nothing would be left to count:
    /// `number of` something is nothing without the thing.
    fn drop_phrase_of_subject(&mut self) -> bool {
        let subject = &self.words[..self.verb];
        let at = subject.iter().rposition(|word| is_in(&PREPOSITIONS, word));
        let Some(at) = at.filter(|at| *at > 0) else {
            return false;
        };
        if subject[at] != "of" || self.verb <= at + 2 {
            return self.remove(at..self.verb);
        }
        let doing = subject[at + 2..]
            .iter()
            .position(|word| word.ends_with("ing"));
        match doing {
            Some(doing) => self.remove(at + 2 + doing..self.verb),
            None => self.remove(at + 1..at + 2),
        }
    }

    /// Removes words, unless the clause would say something else without them.
    fn remove(&mut self, words: Range<usize>) -> bool {
        if self.words[words.clone()].iter().any(|word| is_limit(word)) {
            return false;
        }
        self.verb -= words.clone().filter(|&at| at < self.verb).count();
        self.words.drain(words);
        true
    }
}

/// Whether a name does without a word: `last` is the word before it in the name, `rest` what
/// follows in the text.
fn is_dropped(word: &str, last: &str, rest: &[String]) -> bool {
    match word.to_ascii_lowercase().as_str() {
        "that" => last.is_empty(),
        // A noun after it tells what something is, not what was done to it.
        "is" | "are" => {
            let is_noun = rest.first().is_some_and(|next| is_one_of("a an", next));
            last.is_empty() || !is_noun
        }
        "has" | "have" | "had" => is_before_participle(rest),
        _ => is_in(&STOP_WORDS, word),
    }
}

/// Whether the next word is a participle, `has` only telling the tense: `has not been found`.
fn is_before_participle(rest: &[String]) -> bool {
    let is_adverb = |word: &&String| is_one_of("not already never successfully", word);
    let next = rest.iter().find(|word| !is_adverb(word));
    next.is_some_and(|next| next.to_ascii_lowercase().ends_with("ed") || is_in(&PARTICIPLES, next))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::naming::clause::clauses;

    fn name(text: &str) -> String {
        let clauses = clauses(text);
        let first = clauses.first().map(|clause| shorten(&clause.words, 48));
        first.unwrap_or_default().join(" ")
    }

    #[test]
    fn what_is_said_twice_or_says_nothing_is_left_out() {
        for (text, words) in [
            ("The service is abnormal.", "service abnormal"),
            (
                "The account has not been registered.",
                "account not registered",
            ),
            ("The app has no rights.", "app has no rights"),
            ("The record does not exist.", "record does not exist"),
            ("Cannot be an empty string.", "Cannot be empty string"),
            ("The cipher cannot be used.", "cipher cannot be used"),
            (
                "A request is already being processed.",
                "request already being processed",
            ),
            (
                "There is currently no keyboard connected.",
                "no keyboard connected",
            ),
            ("Can not find the host.", "cannot find host"),
            (
                "The value of ${param} is out of range.",
                "value out of range",
            ),
            (
                "An error occurs when sending a packet.",
                "error when sending packet",
            ),
        ] {
            assert_eq!(name(text), words, "{text}");
        }
    }

    #[test]
    fn a_long_clause_loses_details_before_what_it_states() {
        for (text, words) in [
            (
                "The number of address rules in the long table of the firewall exceeds the maximum.",
                "number of address rules exceeds maximum",
            ),
            (
                "A long task has ended and cannot be executed another time later.",
                "long task cannot be executed another time later",
            ),
            (
                "The same type of message callback can be registered only once.",
                "same type of callback registered only once",
            ),
            (
                "Access to cleartext traffic is not allowed by the security configuration of the app.",
                "Access to cleartext traffic not allowed",
            ),
            (
                "The action failed because the source device has been revoked by the server.",
                "action failed",
            ),
            (
                "The postal address management service does not support the ID that is signed in.",
                "address management service does not support ID",
            ),
            (
                "The setting failed due to the scheduling reasons of the whole system.",
                "setting failed",
            ),
            (
                "Uninitializable multidimensional representation unexpectedly encountered",
                "Uninitializable multidimensional representation",
            ),
        ] {
            assert_eq!(name(text), words, "{text}");
        }
        assert_eq!(shorten(&["x".repeat(2000)], 48).concat().len(), 48);
    }

    #[test]
    fn several_relative_clauses_of_a_subject_can_go() {
        let clause =
            "number which that been and of and and of of not cannot only only of because only";
        let clause: Vec<String> = clause.split(' ').map(str::to_owned).collect();
        assert!(length(&shorten(&clause, 48)) <= 48);
    }

    proptest! {
        #[test]
        fn no_clause_is_too_much(
            clause in prop::collection::vec(
                "(the|is|are|of|in|to|that|which|not|cannot|can|be|has|been|and|only|when|because|server|Failed|number|\u{fffc})",
                0..40,
            ),
        ) {
            let words = shorten(&clause, 48);
            prop_assert!(length(&words) <= 48, "{words:?}");
            prop_assert!(words.iter().all(|word| word != GAP));
        }
    }
}
