//! Shortens a clause to what a name has room for, without losing what it states.

use super::clause::GAP;
use super::vocabulary::{
    AUXILIARIES, PHRASAL_VERBS, PREPOSITIONS, STOP_WORDS, SUBORDINATORS, VERBS, WEAK_WORDS,
    is_empty_word, is_light, is_limit,
};
use super::word::{is_one_of, length};

/// The most words that carry meaning.
const MAX_WORDS: usize = 6;

/// The most words of a clause that are looked at.
const MAX_CLAUSE: usize = 30;

/// The words of a clause that make its name, at most about six and `max` characters; none where
/// nothing is left.
pub(super) fn shorten(words: &[String], max: usize) -> Vec<String> {
    let mut clause = Shortened::of(words, max);
    let full = clause.words.len();
    let steps = [
        Shortened::drop_relative_of_subject,
        Shortened::prefer_refusal,
        Shortened::drop_subordinate,
        Shortened::drop_weak_word,
        Shortened::shorten_last_phrase,
        Shortened::drop_last_phrase,
        Shortened::drop_relative,
        Shortened::drop_can_be,
        Shortened::drop_of_subject,
        Shortened::drop_first_word_of_subject,
    ];
    for step in steps {
        while clause.is_long() && step(&mut clause) {}
    }
    while clause.is_long() && clause.words.len() > 1 {
        clause.words.pop();
    }
    let mut words = clause.words;
    let is_cut = words.len() < full;
    while is_cut && is_hanging(&words) {
        words.pop();
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
    let kept = kept.filter(|(at, word)| !word.eq_ignore_ascii_case("that") || is_needed(*at));
    kept.map(|(_, word)| word.clone()).collect()
}

/// Whether the last word cannot end a name that was cut.
fn is_hanging(words: &[String]) -> bool {
    let [.., before, last] = words else {
        return false;
    };
    let is_particle =
        is_one_of("out up not in", last) || is_one_of("on off", last) && PHRASAL_VERBS.has(before);
    is_light(last) && !is_particle
        || is_one_of(
            "already associated because caused due more related required",
            last,
        )
}

/// How many words of a clause carry meaning.
pub(super) fn weight(words: &[String]) -> usize {
    words.iter().filter(|word| !is_light(word)).count()
}

/// The words without those that a name does without, and without gaps.
pub(super) fn without_stop_words(words: &[String]) -> Vec<String> {
    Shortened::of(words, usize::MAX).words
}

struct Shortened {
    words: Vec<String>,
    /// Where the subject ends; 0 where it is not known.
    verb: usize,
    /// Where the next verb stands, while nothing has been dropped.
    second_verb: Option<usize>,
    max: usize,
}

impl Shortened {
    /// A clause without its stop words and gaps.
    fn of(clause: &[String], max: usize) -> Self {
        let mut words: Vec<String> = Vec::new();
        let (mut verb, mut second_verb) = (None, None);
        for (at, word) in clause.iter().enumerate().take(MAX_CLAUSE) {
            if VERBS.has(word) {
                match verb {
                    None => verb = Some(words.len()),
                    Some(first) if second_verb.is_none() && words.len() > first => {
                        let is_verb = !is_one_of("not already", word);
                        second_verb = is_verb.then_some(words.len());
                    }
                    _ => {}
                }
            }
            let last = words.last().map_or("", String::as_str);
            if word == GAP {
                // A preposition before a gap has nothing to go with.
                if PREPOSITIONS.has(last) {
                    words.pop();
                }
            } else if word.eq_ignore_ascii_case("not") && last.eq_ignore_ascii_case("can") {
                words.pop();
                words.push("cannot".to_owned());
            } else if !is_dropped(word, last, &clause[at + 1..]) {
                words.push(word.clone());
            }
        }
        // A word before a gap may have gone after the verb was seen.
        let verb = verb.unwrap_or_default().min(words.len());
        let second_verb = second_verb.filter(|at| *at <= words.len());
        Self {
            words,
            verb,
            second_verb,
            max,
        }
    }

    fn is_long(&self) -> bool {
        weight(&self.words) > MAX_WORDS || length(&without_that(&self.words)) > self.max
    }

    /// Cuts the words from a place on, if enough is left.
    fn cut(&mut self, at: usize) -> bool {
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

    /// The last place behind the verb that begins with some word.
    fn last_of(&self, is_start: impl Fn(&str) -> bool) -> Option<usize> {
        let places = (self.verb + 1..self.words.len()).rev();
        places.into_iter().find(|&at| {
            let (before, word) = (&self.words[at - 1], &self.words[at]);
            let is_verbs = PHRASAL_VERBS.has(before)
                || is_one_of("cannot not", before)
                || is_one_of("failed fails need try", before) && word == "to";
            is_start(word) && !is_verbs && !is_one_of("only", before)
        })
    }

    /// Drops what is said of the subject alone: `that is unknown` of `a device that is unknown
    /// cannot be added`, and `that was given` of `the name that was given does not exist`.
    fn drop_relative_of_subject(&mut self) -> bool {
        let subject = self.words[..self.verb].iter();
        let start = subject
            .clone()
            .rposition(|word| is_one_of("that which who", word));
        let Some(start) = start.filter(|start| *start > 0) else {
            return false;
        };
        let end = match self.verb > start + 1 {
            true => Some(self.verb),
            // The first verb is that of the relative clause.
            false => self.second_verb,
        };
        end.is_some_and(|end| {
            self.words.drain(start..end);
            self.verb = start;
            let later = self.second_verb.filter(|verb| *verb > end);
            self.second_verb = later.map(|verb| verb - (end - start));
            true
        })
    }

    /// Drops what is the case where the text goes on to say what cannot be: `task has run and
    /// cannot be started`.
    fn prefer_refusal(&mut self) -> bool {
        let refuses = |pair: &[String]| pair[0] == "and" && is_one_of("cannot not", &pair[1]);
        let at = self.words.windows(2).position(refuses);
        let at = at.filter(|at| self.verb > 0 && *at > self.verb);
        at.is_some_and(|at| {
            self.words.drain(self.verb..=at);
            true
        })
    }

    fn drop_subordinate(&mut self) -> bool {
        self.last_of(|word| SUBORDINATORS.has(word))
            .is_some_and(|at| self.cut(at))
    }

    /// Drops the first words of the last phrase, where enough of it is left: `by the security
    /// policy` for `by the enterprise security policy`.
    fn shorten_last_phrase(&mut self) -> bool {
        let last = self.last_of(|word| PREPOSITIONS.has(word));
        let Some(at) = last.filter(|at| !is_one_of("and or to", &self.words[*at])) else {
            return false;
        };
        let is_plain = |word: &String| !is_light(word) && !is_limit(word);
        if !self.words[at + 1..].iter().all(is_plain) {
            return false;
        }
        let mut shorter = Self {
            words: self.words.clone(),
            ..*self
        };
        while shorter.is_long() && shorter.words.len() > at + 3 {
            shorter.words.remove(at + 1);
        }
        let fits = !shorter.is_long();
        if fits {
            self.words = shorter.words;
        }
        fits
    }

    fn drop_last_phrase(&mut self) -> bool {
        self.last_of(|word| PREPOSITIONS.has(word))
            .is_some_and(|at| self.cut(at))
    }

    fn drop_relative(&mut self) -> bool {
        self.last_of(|word| word.eq_ignore_ascii_case("that"))
            .is_some_and(|at| self.cut(at))
    }

    /// Drops a word that only points, unless something is said of it: `no name is given`.
    fn drop_weak_word(&mut self) -> bool {
        let is_weak = |at: &usize| {
            let before = at.checked_sub(1).map_or("", |before| &self.words[before]);
            WEAK_WORDS.has(&self.words[*at]) && !is_one_of("no not cannot", before)
        };
        let last = self.words.len().saturating_sub(1);
        let at = (0..last).find(is_weak);
        at.is_some_and(|at| self.remove(at..at + 1))
    }

    fn drop_can_be(&mut self) -> bool {
        let can_be =
            |pair: &[String]| is_one_of("can will", &pair[0]) && pair[1].eq_ignore_ascii_case("be");
        let at = self.words.windows(2).position(can_be);
        at.is_some_and(|at| self.remove(at..at + 2))
    }

    /// Drops the last phrase of the subject, `in the table` of `number of rules in the table
    /// exceeds …`, or words of it where nothing would be left to count.
    fn drop_of_subject(&mut self) -> bool {
        let subject = self.words.get(..self.verb).unwrap_or_default();
        let at = subject.iter().rposition(|word| PREPOSITIONS.has(word));
        let Some(at) = at.filter(|at| *at > 0) else {
            return false;
        };
        // `number of` something is nothing without the thing.
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

    fn drop_first_word_of_subject(&mut self) -> bool {
        self.verb > 1 && self.remove(0..1)
    }

    /// Removes words, unless the clause would say something else without them.
    fn remove(&mut self, words: std::ops::Range<usize>) -> bool {
        if self.words[words.clone()].iter().any(|word| is_limit(word)) {
            return false;
        }
        let before_verb = words.clone().filter(|&at| at < self.verb).count();
        self.words.drain(words);
        self.verb -= before_verb;
        true
    }
}

/// Whether a name does without a word: `last` is the word before it in the name, `rest` what
/// follows in the text.
fn is_dropped(word: &str, last: &str, rest: &[String]) -> bool {
    let small = word.to_ascii_lowercase();
    match small.as_str() {
        "that" => last.is_empty(),
        "be" => !is_one_of("cannot not must should may can could to will", last),
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
    next.is_some_and(|next| {
        let next = next.to_ascii_lowercase();
        next.ends_with("ed")
            || [
                "been", "begun", "gone", "left", "lost", "run", "sent", "set", "taken",
            ]
            .contains(&next.as_str())
    })
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
