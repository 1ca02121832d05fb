//! Codes in a text that says other things too, such as a log.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use serde::Serialize;

use super::{Record, records};
use crate::catalog::Catalog;

/// A known code in a text. As JSON it has its line and count.
#[derive(Debug, Clone, Serialize)]
pub struct Mention<'a> {
    /// How the text writes it the first time.
    #[serde(skip)]
    pub written: String,
    /// The line of the first time, from 1.
    pub line: usize,
    /// What that line says.
    #[serde(skip)]
    pub text: String,
    /// How often it stands there.
    pub count: usize,
    /// What is known of it.
    #[serde(skip)]
    pub records: Vec<Record<'a>>,
}

/// The known codes in a text, in the order in which they come first: numbers, symbols, and names
/// with their pages, as outputs have them.
///
/// A number counts where it stands for itself. Parts of dates, times, versions, addresses,
/// fractions, hexadecimal numbers and words do not.
#[must_use]
pub fn mentions<'a>(catalog: &'a Catalog, text: &str) -> Vec<Mention<'a>> {
    let known = records_by_name(catalog);
    let mut mentions: IndexMap<String, Mention<'a>> = IndexMap::new();
    for (index, line) in text.lines().enumerate() {
        let mut before = "";
        for (start, word) in words(line) {
            let qualified = format!("{before}.{word}");
            before = word;
            let number = word.parse::<i64>().ok();
            if number.is_some() && !stands_alone(line, start, word) {
                continue;
            }
            let name = number.map_or_else(|| word.to_owned(), |number| number.to_string());
            let Some(records) = known.get(&name).or_else(|| known.get(&qualified)) else {
                continue;
            };
            // Two spellings of a name are one code.
            let spelling = records.first().and_then(Record::qualified_name);
            let key = spelling.filter(|_| number.is_none()).unwrap_or(name);
            let mention = mentions.entry(key).or_insert_with(|| Mention {
                written: word.to_owned(),
                line: index + 1,
                text: line.trim().to_owned(),
                count: 0,
                records: records.clone(),
            });
            mention.count += 1;
        }
    }
    mentions.into_values().collect()
}

/// The records by their numbers or symbols, and by what outputs call them with their pages.
fn records_by_name(catalog: &Catalog) -> HashMap<String, Vec<Record<'_>>> {
    let mut known: HashMap<String, Vec<Record<'_>>> = HashMap::new();
    for record in records(catalog) {
        let names: HashSet<String> = record.full_names().chain([record.code.key()]).collect();
        for name in names {
            known.entry(name).or_default().push(record);
        }
    }
    known
}

/// The runs of letters, digits and `_` in a line with their places, a minus sign before a number
/// included.
fn words(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + line[rest..].find(is_part)?;
        let length = line[start..].find(|c| !is_part(c));
        let end = length.map_or(line.len(), |length| start + length);
        rest = end;
        let is_negative = line[..start].ends_with('-')
            && line[start..end].bytes().all(|byte| byte.is_ascii_digit())
            && !line[..start - 1].ends_with(|c: char| c.is_alphanumeric() || c == '-');
        let sign = usize::from(is_negative);
        Some((start - sign, &line[start - sign..end]))
    })
}

/// Whether a number in a line is not a part of something else, as in `12:30:01`, `2026-01-02` and
/// `5.0.1`: there a mark joins it to another digit.
fn stands_alone(line: &str, start: usize, word: &str) -> bool {
    let before: Vec<char> = line[..start].chars().rev().take(2).collect();
    let after: Vec<char> = line[start + word.len()..].chars().take(2).collect();
    let is_joined = |around: &[char]| matches!(around, [mark, digit] if "-:./".contains(*mark) && digit.is_ascii_digit());
    !is_joined(&before) && !is_joined(&after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lookup::tests::catalog;

    fn mentioned(text: &str) -> Vec<(String, usize, usize, usize)> {
        mentions(&catalog(), text)
            .into_iter()
            .map(|found| (found.written, found.line, found.count, found.records.len()))
            .collect()
    }

    #[test]
    fn known_codes_are_found_in_the_order_of_the_text() {
        let log = "11-25 10:00:01.401 pay: code=1001930000, retry 3\n\
                   {\"code\":401,\"message\":\"denied\"}\n\
                   错误码401。 (1001930000)";
        assert_eq!(
            mentioned(log),
            [
                ("1001930000".to_owned(), 1, 2, 1),
                ("401".to_owned(), 2, 2, 2),
            ]
        );
    }

    #[test]
    fn names_with_their_pages_are_codes() {
        let log = "SCAN_ERROR_CODE_DENIED PayErrorCode.TIMED_OUT PayErrorCode::TimedOut TIMED_OUT";
        let found: Vec<(String, usize)> = mentioned(log)
            .into_iter()
            .map(|(written, _, count, _)| (written, count))
            .collect();
        assert_eq!(
            found,
            [
                ("SCAN_ERROR_CODE_DENIED".to_owned(), 1),
                ("TIMED_OUT".to_owned(), 2),
            ]
        );
    }

    #[test]
    fn parts_of_other_things_are_no_codes() {
        for text in [
            "2026-04-01 4:01:401",
            "0x401 E401 401px",
            "1.401 401.5 v5.401.0 10.0.0.401",
            "401/2 is a fraction",
            "-401",
        ] {
            assert_eq!(mentioned(text), [], "{text}");
        }
        assert_eq!(mentioned("a-401, 401.").len(), 1);
    }
}
