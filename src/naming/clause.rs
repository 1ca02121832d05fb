//! Clauses: the pieces of a message that say one thing each.

use super::vocabulary::{CAUSES, CONDITIONS, RELATIVES, STATEMENTS};
use super::word::{in_small_letters, is_one_of, is_shouted};
use crate::names::capitalized;
use crate::text::is_chinese;

/// The most characters of a text that are looked at: what names an error stands at its start.
const MAX_TEXT: usize = 400;

/// What stands in the place of a placeholder such as `${name}`.
pub(super) const GAP: &str = "\u{fffc}";

/// What a clause begins with that only leads up to what it says, with an example of the rest.
const PREAMBLES: [&str; 6] = [
    "this error code is reported when", // a request is being processed
    "if",                               // the input parameter is not valid
    "but",                              // it has no effect yet
    "e g",                              // cannot convert the image
    "for example",                      // the index is invalid
    "such as",                          // a system crash
];

/// Spellings that would be cut at their marks, and what stands for them, in this order.
const SPELLINGS: [(&str, &str); 11] = [
    ("’", "'"),
    ("‘", "'"),
    ("`", "'"),
    ("´", "'"),
    ("an't", "annot"),     // can't, Can't
    ("won't", "will not"), // `it won't open`
    ("n't", " not"),       // isn't
    ("'s ", " "),          // the app's disk
    ("I/O", "IO"),
    ("%s", GAP),
    ("%d", GAP),
];

/// What is inserted into a sentence: how it begins and ends, and what stands for it.
const INSERTIONS: [(&str, &str, &str); 6] = [
    ("{", "}", GAP), // ${name}, {0}
    ("<", ">", GAP),
    (" '", "'", " \u{fffc}"), // 'a/b.ets', but not the users' files
    ("(", ")", " "),
    ("（", "）", " "),
    ("[", "]", " "),
];

/// A piece of a text that says one thing, as its words in the text's own shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Clause {
    /// The words, and a [`GAP`] for each placeholder.
    pub(super) words: Vec<String>,
    /// Whether it explains the error rather than naming it.
    pub(super) is_detail: bool,
}

impl Clause {
    pub(super) fn has_gap(&self) -> bool {
        self.words.iter().any(|word| word == GAP)
    }
}

/// Cuts the English parts of a text into clauses.
pub(super) fn clauses(text: &str) -> Vec<Clause> {
    let mut clauses = Clauses::default();
    for sentence in in_sentences(&without_insertions(start_of(text))).lines() {
        let mut pieces = sentence.split([',', '，', '、']).peekable();
        while let Some(piece) = pieces.next() {
            clauses.add(words_of(piece), pieces.peek().is_none());
        }
        clauses.end();
    }
    clauses.done
}

/// The clauses of a text as far as it has been read.
#[derive(Default)]
struct Clauses {
    done: Vec<Clause>,
    /// The clause that the next piece of the sentence may belong to.
    open: Option<Clause>,
    /// Whether the causes have been introduced.
    is_detail: bool,
}

impl Clauses {
    /// Adds a piece of a sentence, as it stands between two commas.
    fn add(&mut self, mut words: Vec<String>, is_last: bool) {
        if let Some(causes) = causes(&words) {
            self.is_detail = true;
            words = causes;
        }
        let Some(first) = words.first().filter(|word| !is_one_of("please", word)) else {
            return self.end();
        };
        // `If the screen is off, …` and `the camera, which is in use, …` lead to what is said.
        let leading = self.open.as_ref().map_or(&CONDITIONS, |_| &RELATIVES);
        if !is_last && leading.has(first) {
            return;
        }
        if is_one_of("but", first) {
            // What comes after it is the point of the sentence.
            self.open = None;
        } else if self.open.as_ref().is_some_and(|open| states(&open.words)) {
            self.end();
        }
        let mut preambles = PREAMBLES.iter();
        let rest = preambles.find_map(|start| rest_after(&words, start));
        let words = rest.unwrap_or(&words);
        let open = self.open.get_or_insert_with(|| Clause {
            words: Vec::new(),
            is_detail: self.is_detail,
        });
        open.words.extend_from_slice(words);
    }

    fn end(&mut self) {
        let says_something = |open: &Clause| open.words.iter().any(|word| word != GAP);
        self.done.extend(self.open.take().filter(says_something));
    }
}

/// As much of a text as may name something.
pub(super) fn start_of(text: &str) -> &str {
    let end = text.char_indices().nth(MAX_TEXT);
    end.map_or(text, |(end, _)| &text[..end])
}

/// Whether a clause is more than a subject.
pub(super) fn states(words: &[String]) -> bool {
    let is_error = |word: &String| word.to_ascii_lowercase().ends_with("error");
    words
        .iter()
        .any(|word| is_error(word) || STATEMENTS.has(word))
}

/// The words after those that a clause begins with; none where it begins with others.
fn rest_after<'a>(words: &'a [String], start: &str) -> Option<&'a [String]> {
    let (first, rest) = words.split_at_checked(start.split(' ').count())?;
    first.join(" ").eq_ignore_ascii_case(start).then_some(rest)
}

/// What follows an introduction of causes, such as `Possible causes`; none where there is none.
fn causes(words: &[String]) -> Option<Vec<String>> {
    let is_intro = words.first()?.to_ascii_lowercase().starts_with("possibl");
    let causes = words.iter().skip_while(|word| CAUSES.has(word));
    is_intro.then(|| causes.cloned().collect())
}

/// The words of a piece of text; none where it is not English, or program code.
fn words_of(piece: &str) -> Vec<String> {
    let is_code = piece.contains(['=', '<']) || piece.contains("__");
    let has_letter = piece.contains(|c: char| c.is_ascii_alphabetic());
    if is_code || !has_letter || piece.chars().any(is_chinese) {
        return Vec::new();
    }
    let piece = piece.replace(GAP, &format!(" {GAP} "));
    let apart = |c: char| !c.is_ascii_alphanumeric() && c != '-' && !GAP.contains(c);
    in_small_letters(piece.split(apart).flat_map(joined).collect())
}

/// A word with hyphens in the shape of a name in code, `thirdParty`; its parts where they are no
/// plain words, as in `GWP-ASAN`.
fn joined(word: &str) -> Vec<String> {
    let parts: Vec<&str> = word.split('-').filter(|part| !part.is_empty()).collect();
    let is_plain =
        |part: &&str| part.bytes().all(|byte| byte.is_ascii_alphabetic()) && !is_shouted(part);
    if parts.len() < 2 || !parts.iter().all(is_plain) {
        return parts.into_iter().map(str::to_owned).collect();
    }
    let rest: String = parts[1..].iter().map(|part| capitalized(part)).collect();
    vec![format!("{}{rest}", parts[0])]
}

/// The text with gaps for its placeholders and quotations, and without what stands in
/// parentheses.
fn without_insertions(text: &str) -> String {
    let mut text = format!(" {text}");
    for (mark, word) in SPELLINGS {
        text = text.replace(mark, word);
    }
    for (open, close, shown) in INSERTIONS {
        let mut pieces = text.split(open);
        let mut plain = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let inserted = piece.split_once(close).map(|(_, rest)| (shown, rest));
            let (shown, rest) = inserted.unwrap_or((open, piece));
            plain.extend([shown, rest]);
        }
        text = plain;
    }
    text
}

/// A text with every sentence on a line of its own.
fn in_sentences(text: &str) -> String {
    let ends = |at: usize, c: char| ends_sentence(c, &text[..at], &text[at + c.len_utf8()..]);
    text.char_indices()
        .map(|(at, c)| if ends(at, c) { '\n' } else { c })
        .collect()
}

/// A point within a word or number, as in `config.json`, ends nothing; one before a word with a
/// forgotten blank does: `Unknown format.The data …`.
fn ends_sentence(c: char, before: &str, after: &str) -> bool {
    let is_forgotten = before.ends_with(|c: char| c.is_ascii_lowercase())
        && after.starts_with(|c: char| c.is_ascii_uppercase());
    match c {
        '.' => is_forgotten || !after.starts_with(|c: char| c.is_ascii_alphanumeric()),
        _ => "。；：！？;:!?".contains(c),
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
                &["Unsupported operation", "on a watch"],
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
