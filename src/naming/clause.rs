//! Clauses: the pieces of a message that say one thing each.

use super::vocabulary::{CAUSES, CONDITIONS, STATEMENTS};
use super::word::{is_one_of, is_shouted};
use crate::text::is_chinese;

/// The most characters of a text that are looked at: what names an error stands at its start.
const MAX_TEXT: usize = 400;

/// What stands in the place of a placeholder such as `${name}`.
pub(super) const GAP: &str = "\u{fffc}";

/// What a clause begins with that is no part of the error.
const COURTESIES: [&[&str]; 5] = [
    &["please"],
    &["try", "again"],
    &["retry", "later"],
    &["retry", "again"],
    &["application", "error"],
];

/// What a clause begins with that only leads up to what it says.
const PREAMBLES: [&[&str]; 7] = [
    &["this", "error", "code", "is", "reported", "when"],
    &["this", "status", "code", "is", "thrown", "when"],
    &["an", "error", "code", "is", "thrown", "when"],
    &["error", "message"],
    &["if"],
    &["but"],
    &["however"],
];

/// Words that begin a piece of a sentence which only says more about what stands before it.
const RELATIVES: &str = "which who whose";

/// What introduces an example.
const EXAMPLES: [&[&str]; 4] = [
    &["for", "example"],
    &["such", "as"],
    &["e", "g"],
    &["i", "e"],
];

/// A piece of a text that says one thing, as its words in the text's own shape.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Clause {
    /// The words, and a [`GAP`] for each placeholder.
    pub(super) words: Vec<String>,
    /// Whether it explains the error rather than naming it.
    pub(super) is_detail: bool,
}

/// Cuts the English parts of a text into clauses.
pub(super) fn clauses(text: &str) -> Vec<Clause> {
    let mut clauses = Clauses::default();
    for sentence in sentences(&without_insertions(start_of(text))) {
        let last = sentence.len() - 1;
        for (at, segment) in sentence.into_iter().enumerate() {
            match words_of(segment) {
                Some(words) => clauses.add(words, at == last),
                None => clauses.end(),
            }
        }
        clauses.end();
        clauses.is_example = false;
    }
    let mut clauses = clauses.done;
    clauses.retain(|clause| clause.words.iter().any(|word| word != GAP));
    clauses
}

/// The clauses of a text as far as it has been read.
#[derive(Default)]
struct Clauses {
    done: Vec<Clause>,
    /// The clause that the next piece of the sentence may belong to.
    open: Option<Clause>,
    /// Whether the causes have been introduced.
    is_detail: bool,
    /// Whether the rest of the sentence is an example.
    is_example: bool,
}

impl Clauses {
    /// Adds a piece of a sentence, as it stands between two commas.
    fn add(&mut self, mut words: Vec<String>, is_last: bool) {
        if let Some(rest) = after_causes(&words) {
            self.is_detail = true;
            words = rest;
        }
        let first = words.first().map_or("", String::as_str);
        let begins = |starts: &[&[&str]]| starts.iter().any(|start| starts_with(&words, start));
        if words.is_empty() || begins(&COURTESIES) {
            return self.end();
        }
        // `If the screen is off, …` and `the camera, which is in use, …` lead to what is said.
        let is_condition = self.open.is_none() && CONDITIONS.has(first);
        let is_insertion = self.open.is_some() && is_one_of(RELATIVES, first);
        if !is_last && (is_condition || is_insertion) {
            return;
        }
        let is_turn = is_one_of("but however", first);
        let begins_example = begins(&EXAMPLES);
        let is_statement = self
            .open
            .as_ref()
            .is_some_and(|before| states(&before.words));
        if is_turn {
            // What comes after a "but" is the point of the sentence.
            self.open = None;
        } else if begins_example || is_statement {
            self.end();
        }
        self.is_example |= begins_example;
        let words = without_preamble(words);
        match self.open.as_mut() {
            _ if words.is_empty() => {}
            Some(before) => before.words.extend(words),
            None => {
                self.open = Some(Clause {
                    words,
                    is_detail: self.is_detail || self.is_example,
                });
            }
        }
    }

    fn end(&mut self) {
        self.done.extend(self.open.take());
    }
}

/// As much of a text as may name something.
pub(super) fn start_of(text: &str) -> &str {
    let end = text.char_indices().nth(MAX_TEXT);
    end.map_or(text, |(end, _)| &text[..end])
}

/// Whether a clause is more than a subject.
pub(super) fn states(words: &[String]) -> bool {
    words.iter().any(|word| {
        let small = word.to_ascii_lowercase();
        let is_name_of_error = small.ends_with("error") || small.ends_with("exception");
        is_name_of_error || STATEMENTS.has(word)
    })
}

fn starts_with(words: &[String], start: &[&str]) -> bool {
    let same = |(word, start): (&String, &&str)| word.eq_ignore_ascii_case(start);
    words.len() >= start.len() && words.iter().zip(start).all(same)
}

fn without_preamble(words: Vec<String>) -> Vec<String> {
    let mut preambles = EXAMPLES.iter().chain(&PREAMBLES);
    let preamble = preambles.find(|start| starts_with(&words, start));
    words[preamble.map_or(0, |start| start.len())..].to_vec()
}

/// What follows an introduction of causes, such as `Possible causes`; none where there is none.
fn after_causes(words: &[String]) -> Option<Vec<String>> {
    let is_intro = |word: &&String| CAUSES.has(word);
    let count = words.iter().take_while(is_intro).count();
    let starts = words.first()?.to_ascii_lowercase();
    (starts.starts_with("possibl") || starts.starts_with("cause")).then(|| words[count..].to_vec())
}

/// The words of a piece of text; none where it is not English, or program code.
fn words_of(segment: &str) -> Option<Vec<String>> {
    if segment.chars().any(is_chinese) || segment.contains(['=', '<']) || segment.contains("__") {
        return None;
    }
    let mut words = Vec::new();
    let apart = |c: char| !c.is_ascii_alphanumeric() && !"\u{fffc}'-".contains(c);
    for word in segment.split(apart) {
        for word in joined(word.trim_matches(['\'', '-'])) {
            words.extend(word.split_inclusive('\u{fffc}').flat_map(expanded));
        }
    }
    let has_letter = |word: &String| word.bytes().any(|byte| byte.is_ascii_alphabetic());
    if !words.iter().any(has_letter) {
        return Some(Vec::new());
    }
    Some(in_small_letters(words))
}

/// The parts of a word with hyphens: one in the shape of a name in code, `third-party` as
/// `thirdParty`, where they are plain words.
fn joined(word: &str) -> Vec<String> {
    let parts: Vec<&str> = word.split('-').filter(|part| !part.is_empty()).collect();
    let is_plain =
        |part: &&str| part.bytes().all(|byte| byte.is_ascii_alphabetic()) && !is_shouted(part);
    if parts.len() < 2 || !parts.iter().all(is_plain) {
        return parts.into_iter().map(str::to_owned).collect();
    }
    let capitalized = |part: &&str| part[..1].to_ascii_uppercase() + &part[1..];
    let rest: String = parts[1..].iter().map(capitalized).collect();
    vec![format!("{}{rest}", parts[0])]
}

/// A word without its apostrophe: `isn't` is `is not`, `app's` is `app`.
fn expanded(word: &str) -> Vec<String> {
    if let Some(before) = word.strip_suffix('\u{fffc}') {
        let before = Some(before).filter(|before| !before.is_empty());
        return before.into_iter().chain([GAP]).map(str::to_owned).collect();
    }
    let small = word.to_ascii_lowercase();
    let before = |text: &'_ str| text.find('\'').unwrap_or(text.len());
    let words: Vec<&str> = match small.as_str() {
        "can't" => vec!["cannot"],
        "won't" => vec!["will", "not"],
        "s" => vec![],
        // A page may have any text, such as `a'n't`.
        _ if small.ends_with("n't") => vec![&word[..before(&word[..word.len() - 3])], "not"],
        _ => vec![&word[..before(word)]],
    };
    words
        .into_iter()
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A text that is in capitals throughout says nothing about the shape of its words.
fn in_small_letters(words: Vec<String>) -> Vec<String> {
    let count = words.iter().filter(|word| *word != GAP).count();
    match count > 1 && words.iter().all(|word| is_shouted(word)) {
        true => words.iter().map(|word| word.to_ascii_lowercase()).collect(),
        false => words,
    }
}

/// The text with gaps for its placeholders and quotations, and without what stands in
/// parentheses.
fn without_insertions(text: &str) -> String {
    let text = text.replace(['’', '‘', '`', '´'], "'");
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(c) = rest.chars().next() {
        let before = plain.chars().next_back();
        let (inserted, length) = insertion(rest, before);
        if length > 0 {
            plain.push_str(inserted);
            rest = &rest[length..];
            continue;
        }
        plain.push(c);
        rest = &rest[c.len_utf8()..];
    }
    plain
        .replace("I/O", "IO")
        .replace("e.g.", "e.g")
        .replace("i.e.", "i.e")
}

/// What stands for an insertion at the start of a text, and the length of the insertion; 0 where
/// there is none.
fn insertion(text: &str, before: Option<char>) -> (&'static str, usize) {
    const PAIRS: [(&str, char, &str); 6] = [
        ("${", '}', GAP),
        ("{", '}', GAP),
        ("<", '>', GAP),
        ("(", ')', " "),
        ("（", '）', " "),
        ("[", ']', " "),
    ];
    for (open, close, inserted) in PAIRS {
        if let Some(inner) = text.strip_prefix(open)
            && let Some(end) = inner
                .find(close)
                .filter(|end| !inner[..*end].contains('\n'))
        {
            return (inserted, open.len() + end + close.len_utf8());
        }
    }
    let after_blank = before.is_none_or(|c| !c.is_alphanumeric());
    if after_blank && let Some(inner) = text.strip_prefix('\'') {
        let closes =
            |&(at, _): &(usize, &str)| !inner[at + 1..].starts_with(|c: char| c.is_alphanumeric());
        if let Some((end, _)) = inner.match_indices('\'').find(closes) {
            return (GAP, end + 2);
        }
    }
    let conversion = text.strip_prefix('%').and_then(|rest| rest.chars().next());
    match conversion {
        Some(c) if "sdiuxfc@".contains(c) => (GAP, 2),
        _ => ("", 0),
    }
}

/// Cuts a text into sentences, and those into the pieces between their commas. A point within a
/// word or number, as in `config.json`, ends nothing.
fn sentences(text: &str) -> Vec<Vec<&str>> {
    let mut sentences = vec![Vec::new()];
    let mut start = 0;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let after = &text[at + c.len_utf8()..];
        let ends_sentence = ends_sentence(c, before, after);
        let ends_piece = "，、".contains(c)
            || c == ',' && !after.starts_with(|next: char| next.is_ascii_digit());
        if ends_sentence || ends_piece {
            if let Some(sentence) = sentences.last_mut() {
                sentence.push(&text[start..at]);
            }
            start = at + c.len_utf8();
        }
        if ends_sentence {
            sentences.push(Vec::new());
        }
        before = c;
    }
    if let Some(sentence) = sentences.last_mut() {
        sentence.push(&text[start..]);
    }
    sentences
}

fn ends_sentence(c: char, before: char, after: &str) -> bool {
    let mut next = after.chars();
    let (first, second) = (next.next(), next.next());
    match c {
        '\n' | '。' | '；' | '：' | '！' | '？' | ';' | '!' | '?' => true,
        ':' => first != Some('/'),
        '-' | '–' | '—' => before == ' ' && first.is_none_or(|next| next == ' '),
        '.' => match first {
            None => true,
            // A blank after the point was forgotten: `Unknown format.The data …`.
            Some(first) if first.is_ascii_uppercase() => {
                before.is_ascii_lowercase()
                    && second.is_none_or(|second| second.is_ascii_lowercase() || second == ' ')
                    && after.contains(' ')
            }
            Some(first) => !first.is_ascii_alphanumeric(),
        },
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let shown = |clause: Clause| {
            let words = clause.words.join(" ").replace(GAP, "_");
            format!("{words}{}", if clause.is_detail { "*" } else { "" })
        };
        clauses(text).into_iter().map(shown).collect()
    }

    #[test]
    fn texts_fall_into_clauses() {
        for (text, expected) in [
            (
                "Run timed out, please try again later.",
                &["Run timed out"][..],
            ),
            (
                "Internal error. Failed to encode.",
                &["Internal error", "Failed to encode"],
            ),
            (
                "Parameter error. Possible causes: 1. Wrong type; 2. No value.",
                &["Parameter error", "Wrong type*", "No value*"],
            ),
            (
                "Bad size. Possible caused by the size is zero.",
                &["Bad size", "the size is zero*"],
            ),
            (
                "The login, logout, or update is canceled.",
                &["The login logout or update is canceled"],
            ),
            (
                "Unsupported operation, e.g. on a watch.",
                &["Unsupported operation", "on a watch*"],
            ),
            (
                "The policy has been set, but it has no effect yet.",
                &["it has no effect yet"],
            ),
            ("If the screen is off, it is not read.", &["it is not read"]),
            (
                "The camera, which is in use, can’t be opened.",
                &["The camera cannot be opened"],
            ),
            (
                "A third-party app or GWP-ASAN",
                &["A thirdParty app or GWP ASAN"],
            ),
            (
                "This error code is reported when a request is being processed.",
                &["a request is being processed"],
            ),
            (
                "Unknown format.The data is odd.",
                &["Unknown format", "The data is odd"],
            ),
            (
                "The file config.json isn't valid",
                &["The file config json is not valid"],
            ),
            ("ArkTS:INTERNAL ERROR: x", &["ArkTS", "internal error", "x"]),
            ("I/O error on the app's disk", &["IO error on the app disk"]),
            ("作为错误码时，信息为：Internal error.", &["Internal error"]),
            ("网络不可用", &[]),
            ("Retry. Please wait.", &["Retry"]),
            ("", &[]),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn placeholders_are_gaps_and_parentheses_are_nothing() {
        for (text, expected) in [
            ("Invalid ${param} string.", &["Invalid _ string"][..]),
            (
                "The {class}'s constructor failed",
                &["The _ constructor failed"],
            ),
            ("Cannot open 'a/b.ets' now", &["Cannot open _ now"]),
            ("No <name> of %s", &["No _ of _"]),
            (
                "Nothing returned (no header, no data).",
                &["Nothing returned"],
            ),
            ("onNode: for index=(eg:7)", &["onNode"]),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
