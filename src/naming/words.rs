//! The words of a name: the first clause of a sentence that says something.

/// The most words a name has, a prefix aside.
const MAX_WORDS: usize = 6;

/// The most characters a name has, a prefix aside.
const MAX_LENGTH: usize = 48;

/// Words that a name can do without.
const STOP_WORDS: [&str; 12] = [
    "a", "an", "the", "is", "are", "was", "were", "be", "been", "being", "this", "that",
];

/// Words that a name cannot end with once it has been cut.
const CONNECTIVES: [&str; 12] = [
    "to", "of", "in", "on", "for", "and", "or", "with", "by", "from", "at", "not",
];

/// Words that begin a clause which is no part of the error.
const COURTESIES: [&str; 4] = ["please", "try again", "retry later", "retry again"];

/// The words that name a text: `Run timed out, please try again later.` gives `Run timed out`.
/// Empty where no clause has a Latin letter.
pub(super) fn of(text: &str) -> Vec<String> {
    let clauses = clauses(text).into_iter();
    let mut names = clauses.map(words_of_clause);
    names.find(|words| !words.is_empty()).unwrap_or_default()
}

fn words_of_clause(clause: &str) -> Vec<String> {
    let clause = clause.trim().replace(['\'', '’'], "");
    if is_courtesy(&clause.to_lowercase()) {
        return Vec::new();
    }
    let words: Vec<String> = clause
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty() && !is_one_of(&STOP_WORDS, word))
        .map(str::to_owned)
        .collect();
    let has_letter = words
        .iter()
        .any(|word| word.bytes().any(|byte| byte.is_ascii_alphabetic()));
    if has_letter {
        shorten(words)
    } else {
        Vec::new()
    }
}

fn is_courtesy(clause: &str) -> bool {
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric());
    let is_next = |courtesy: &&str| clause.strip_prefix(*courtesy).is_some_and(ends);
    clause == "retry" || COURTESIES.iter().any(is_next)
}

fn is_one_of(words: &[&str], word: &str) -> bool {
    words.iter().any(|other| other.eq_ignore_ascii_case(word))
}

fn shorten(mut words: Vec<String>) -> Vec<String> {
    let length = |words: &[String]| words.iter().map(|word| word.len() + 1).sum::<usize>();
    let full = words.len();
    words.truncate(MAX_WORDS);
    while words.len() > 1 && length(&words) > MAX_LENGTH + 1 {
        words.pop();
    }
    if words.len() < full {
        while words.len() > 1
            && words
                .last()
                .is_some_and(|word| is_one_of(&CONNECTIVES, word))
        {
            words.pop();
        }
    }
    if let Some(only) = words.first_mut() {
        only.truncate(MAX_LENGTH);
    }
    words
}

/// Cuts a text at its punctuation. A point within a word or number, as in `config.json`, is
/// none.
fn clauses(text: &str) -> Vec<&str> {
    let mut clauses = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let next = at + c.len_utf8();
        let ends_word = text[next..]
            .chars()
            .next()
            .is_none_or(|c| !c.is_ascii_alphanumeric());
        if "，。；：！？、（）".contains(c) || (".,;:!?()".contains(c) && ends_word) {
            clauses.push(&text[start..at]);
            start = next;
        }
    }
    clauses.push(&text[start..]);
    clauses
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn the_first_clause_that_says_something() {
        for (text, words) in [
            ("Run timed out, please try again later.", "Run timed out"),
            ("The service is abnormal.", "service abnormal"),
            (
                "Please wait. Running the model timed out.",
                "Running model timed out",
            ),
            ("Parameter error. Possible causes: 1. x", "Parameter error"),
            (
                "The file config.json isn't valid.",
                "file config json isnt valid",
            ),
            ("Retry limit exceeded. Retry.", "Retry limit exceeded"),
            ("Pleased to fail, retry later", "Pleased to fail"),
            ("1. 网络不可用", ""),
            ("网络不可用", ""),
            ("", ""),
        ] {
            assert_eq!(of(text).join(" "), words, "{text}");
        }
    }

    #[test]
    fn long_names_are_cut_at_a_word_that_can_end_them() {
        for (text, words) in [
            (
                "The value of the parameter is out of the range of values",
                "value of parameter out of range",
            ),
            (
                "Uninitializable multidimensional representation unexpectedly encountered",
                "Uninitializable multidimensional representation",
            ),
        ] {
            assert_eq!(of(text).join(" "), words, "{text}");
        }
        assert_eq!(of(&"x".repeat(2000)).concat().len(), 48);
    }
}
