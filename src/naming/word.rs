//! Words in the shape that a text gives them: `URI`, `PixelMap`, `timed`.

/// Words that look like several and are one.
const COMPOUNDS: &str =
    "ArkTS ArkUI GitHub HarmonyOS JavaScript OAuth OpenHarmony TypeScript WiFi YouTube";

/// The most letters of a word in capitals that stays so: `HUKS`. A longer one is a name that
/// somebody shouts.
const LONGEST_ACRONYM: usize = 5;

/// The Latin words and numbers of a text.
pub(super) fn latin(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(|word| !word.is_empty())
}

/// Whether a word has no small letters.
pub(super) fn is_shouted(word: &str) -> bool {
    !word.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// A text that is in capitals throughout says nothing about the shape of its words: they are put
/// in small letters.
pub(super) fn in_small_letters(mut words: Vec<String>) -> Vec<String> {
    let count = words.iter().filter(|word| word.is_ascii()).count();
    if count > 1 && words.iter().all(|word| is_shouted(word)) {
        for word in &mut words {
            word.make_ascii_lowercase();
        }
    }
    words
}

/// Cuts a word into those that it is made of: `UIExtension` into `UI` and `Extension`. Their
/// shapes stay.
pub(super) fn split(word: &str) -> Vec<String> {
    let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
    if is_shouted(word) && letters > LONGEST_ACRONYM {
        vec![word.to_ascii_lowercase()]
    } else {
        parts(word).into_iter().map(str::to_owned).collect()
    }
}

/// The parts of a word, see [`split`].
fn parts(word: &str) -> Vec<&str> {
    let bytes = word.as_bytes();
    let plural = word.strip_suffix('s').filter(|rest| rest.len() > 1);
    let is_plural = plural.is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_uppercase()));
    if is_shouted(word) || is_plural || COMPOUNDS.split(' ').any(|compound| compound == word) {
        return vec![word];
    }
    let mut parts: Vec<&str> = Vec::new();
    let mut start = 0;
    for at in 1..bytes.len() {
        let (before, here) = (bytes[at - 1], bytes[at]);
        let next_is_small = bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase);
        let ends_word = here.is_ascii_uppercase()
            && (before.is_ascii_lowercase()
                || before.is_ascii_digit() && next_is_small
                || before.is_ascii_uppercase() && next_is_small);
        // A letter that stands alone belongs to what follows it: `mDNS`, `IPv4`.
        if ends_word && at > start + 1 {
            parts.push(&word[start..at]);
            start = at;
        }
    }
    parts.push(&word[start..]);
    parts
}

/// Cuts all words of a name, see [`split`].
pub(super) fn split_all(words: &[String]) -> Vec<String> {
    words.iter().flat_map(|word| split(word)).collect()
}

/// How many characters some words have as a constant.
pub(super) fn length(words: &[String]) -> usize {
    split_all(words).join("_").len()
}

/// Whether a word is among others, in one form or another: `cancel` and `canceled`.
pub(super) fn has(words: &[String], word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    words.iter().any(|other| {
        let other = other.to_ascii_lowercase();
        let stem = word.len().min(other.len());
        other == word || stem > 4 && (other.starts_with(&word) || word.starts_with(&other))
    })
}

/// Whether a word is in a list of a few words, whatever its case.
pub(super) fn is_one_of(words: &str, word: &str) -> bool {
    let mut words = words.split_ascii_whitespace();
    words.any(|other| other.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_where_a_reader_would() {
        for (word, parts) in [
            ("timed", "timed"),
            ("URI", "URI"),
            ("URIs", "URIs"),
            ("HUAWEI", "huawei"),
            ("PixelMap", "Pixel Map"),
            ("UIExtension", "UI Extension"),
            ("bindSheetContent", "bind Sheet Content"),
            ("mDNS", "mDNS"),
            ("IPv4", "IPv4"),
            ("HTTP2", "HTTP2"),
            ("x509", "x509"),
            ("IOError", "IO Error"),
            ("WiFi", "WiFi"),
            ("XComponent", "XComponent"),
            ("V2Class", "V2 Class"),
            ("", ""),
        ] {
            assert_eq!(split(word).join(" "), parts, "{word}");
        }
        assert_eq!(
            length(&["PixelMap".to_owned(), "URI".to_owned()]),
            "PIXEL_MAP_URI".len()
        );
    }
}
