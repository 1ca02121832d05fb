//! Shortens a clause to what a name has room for, without losing what it states.

use std::ops::Range;

use super::clause::GAP;
use super::vocabulary::{
    AUXILIARIES, LIGHT_WORDS, LIMITS, PARTICIPLES, PREPOSITIONS, STOP_WORDS, SUBORDINATORS, VERBS,
    WEAK_WORDS,
};
use super::word::{is_one_of, length};

/// The most words that carry meaning.
const MAX_WORDS: usize = 6;

/// Places of words in a clause.
type Places = Range<usize>;

/// What a clause that is too long loses, in this order, each with an example.
const STEPS: [fn(&Shortened) -> Option<Places>; 10] = [
    // task (has run and) cannot be executed
    Shortened::what_is_followed_by_a_refusal,
    // failed to create invoice title (because title already exists)
    |clause| clause.end_from(|word| SUBORDINATORS.has(word)),
    // (requested) verification factors unavailable on device
    Shortened::weak_word,
    // function prohibited by (system) management policies
    Shortened::start_of_last_phrase,
    // failed to check fingerprint (of application)
    |clause| clause.end_from(|word| PREPOSITIONS.has(word)),
    // service does not support Huawei ID (that signed in)
    |clause| clause.end_from(|word| is_one_of("that", word)),
    // callback (can be) registered only once
    Shortened::can_be,
    // number of address rules (in firewall rule) exceeds maximum
    Shortened::phrase_of_subject,
    // (postal) address management service does not support ID
    |clause| (clause.verb > 1 && !LIMITS.has(&clause.words[0])).then_some(0..1),
    // whatever is left at the end
    |clause| (clause.words.len() > 1).then(|| clause.words.len() - 1..clause.words.len()),
];

/// The words of a clause that make its name, at most about six and `max` characters; none where
/// nothing is left.
pub(super) fn shorten(words: &[String], max: usize) -> Vec<String> {
    let mut clause = Shortened::new(words, max);
    let full = clause.words.len();
    for step in STEPS {
        while clause.is_long()
            && let Some(dropped) = step(&clause)
        {
            clause = clause.without(dropped);
        }
    }
    let mut words = clause.words;
    let can_end = |word: &String| !LIGHT_WORDS.has(word) || is_one_of("in not out up", word);
    if words.len() < full {
        let last = words.iter().rposition(can_end).unwrap_or_default();
        words.truncate(last + 1);
    }
    if let [only] = &mut words[..] {
        only.truncate(max);
    }
    without_that(&words)
}

/// The words without a `that` which a name does without: `permission (that) not revoked`.
fn without_that(words: &[String]) -> Vec<String> {
    let is_needed = |at: usize| words.get(at + 1).is_some_and(|next| AUXILIARIES.has(next));
    let kept = words.iter().enumerate();
    let kept = kept.filter(|(at, word)| !is_one_of("that", word) || is_needed(*at));
    kept.map(|(_, word)| word.clone()).collect()
}

/// How many words of a clause carry meaning.
pub(super) fn weight(words: &[String]) -> usize {
    words.iter().filter(|word| !LIGHT_WORDS.has(word)).count()
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
            if verb.is_none() && VERBS.has(word) {
                verb = Some(words.len());
            }
            let last = words.last().map_or("", String::as_str);
            if word == GAP {
                // A preposition before a gap has nothing to go with.
                words.pop_if(|last| PREPOSITIONS.has(last));
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

    /// The last place behind the verb that has one of some words. What `only` is about stays:
    /// `allowed only after …`.
    fn last_of(&self, starts: fn(&str) -> bool) -> Option<usize> {
        let mut places = (self.verb + 1..self.words.len()).rev();
        places.find(|&at| starts(&self.words[at]) && !is_one_of("only", &self.words[at - 1]))
    }

    /// From the last of some words on, if enough is left.
    fn end_from(&self, starts: fn(&str) -> bool) -> Option<Places> {
        let at = self.last_of(starts)?;
        (weight(&self.words[..at]) > 1).then_some(at..self.words.len())
    }

    /// What is the case where the text goes on to say what cannot be.
    fn what_is_followed_by_a_refusal(&self) -> Option<Places> {
        let refuses = |pair: &[String]| pair[0] == "and" && is_one_of("cannot not", &pair[1]);
        let and = self.words.windows(2).position(refuses)?;
        (1..and).contains(&self.verb).then_some(self.verb..and + 1)
    }

    fn weak_word(&self) -> Option<Places> {
        let (_, words) = self.words.split_last()?;
        let at = words.iter().position(|word| WEAK_WORDS.has(word))?;
        Some(at..at + 1)
    }

    /// The first words of the last phrase, where enough of it is left.
    fn start_of_last_phrase(&self) -> Option<Places> {
        let at = self.last_of(|word| PREPOSITIONS.has(word))?;
        let starts = (at + 2..self.words.len() - 1).map(|end| at + 1..end);
        let mut starts = starts.filter(|_| !is_one_of("and or to", &self.words[at]));
        starts.find(|start| !self.without(start.clone()).is_long())
    }

    fn can_be(&self) -> Option<Places> {
        let can_be = |pair: &[String]| is_one_of("can will", &pair[0]) && is_one_of("be", &pair[1]);
        let at = self.words.windows(2).position(can_be)?;
        Some(at..at + 2)
    }

    /// The last phrase of the subject, or words of it where nothing would be left to count:
    /// `number of` something is nothing without the thing. Nothing goes that makes a clause say
    /// the opposite.
    fn phrase_of_subject(&self) -> Option<Places> {
        let subject = &self.words[..self.verb];
        let at = subject.iter().rposition(|word| PREPOSITIONS.has(word))?;
        let mut phrase = at..self.verb;
        if subject[at] == "of" && self.verb > at + 2 {
            let mut after = at + 2..self.verb;
            let doing = after.find(|&at| subject[at].ends_with("ing"));
            phrase = doing.map_or(at + 1..at + 2, |doing| doing..self.verb);
        }
        let has_limit = subject[phrase.clone()].iter().any(|word| LIMITS.has(word));
        (at > 0 && !has_limit).then_some(phrase)
    }

    fn without(&self, dropped: Places) -> Self {
        let words = [&self.words[..dropped.start], &self.words[dropped.end..]].concat();
        let before_verb = dropped.filter(|&at| at < self.verb).count();
        Self {
            words,
            verb: self.verb - before_verb,
            max: self.max,
        }
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
        _ => STOP_WORDS.has(word),
    }
}

/// Whether the next word is a participle, `has` only telling the tense: `has not been found`.
fn is_before_participle(rest: &[String]) -> bool {
    let is_adverb = |word: &&String| is_one_of("not already never successfully", word);
    let next = rest.iter().find(|word| !is_adverb(word));
    next.is_some_and(|next| next.to_ascii_lowercase().ends_with("ed") || PARTICIPLES.has(next))
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
            (
                "No trusted portable network interface adapters may ever be closed.",
                "No trusted portable network interface adapters",
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
