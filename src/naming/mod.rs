//! Naming: gives every page and every code the identifiers that the outputs use.
//!
//! A name is made of the English words that the documentation gives a code, see `words`. It
//! depends on the codes of the page and never on their order: where two codes would have the
//! same name, all of them get their numbers appended.

mod page;
mod words;

use std::collections::{BTreeMap, HashMap};

use crate::catalog::{Catalog, CodeIdentifiers, CodeKind, ErrorCode, Page, plain_text};
use crate::diagnostic::Diagnostic;
use heck::{ToShoutySnakeCase, ToUpperCamelCase};

/// Words that begin the names of codes: by the id of a page, and there by the first digits of
/// the codes that are meant.
pub type Prefixes = BTreeMap<String, BTreeMap<String, String>>;

/// Whether a text can begin an identifier: Latin letters and digits, a letter first.
#[must_use]
pub fn is_prefix(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Gives every page and code of a catalogue its identifiers.
///
/// The diagnostics tell of pages that cannot be named; those stay without identifiers.
#[must_use]
pub fn assign(catalog: &mut Catalog, prefixes: &Prefixes) -> Vec<Diagnostic> {
    let diagnostics = page::assign(&mut catalog.pages);
    let no_prefixes = BTreeMap::new();
    for page in &mut catalog.pages {
        name_codes(page, prefixes.get(&page.id).unwrap_or(&no_prefixes));
    }
    diagnostics
}

/// Names the numbers of a page. Records of one number, such as the rows of a table, share its
/// name; symbols have no constants and so no names.
fn name_codes(page: &mut Page, prefixes: &BTreeMap<String, String>) {
    for code in &mut page.codes {
        code.identifiers = None;
    }
    let records = page.records_by_number();
    let candidates: Vec<Candidates> = records
        .values()
        .map(|records| Candidates::of(&records_of(page, records), prefixes))
        .collect();
    for (records, constant) in records.values().zip(settle(&candidates)) {
        for &record in records {
            page.codes[record].identifiers = Some(CodeIdentifiers {
                variant: constant.to_upper_camel_case(),
                constant: constant.clone(),
            });
        }
    }
}

/// The records of one number that may name it: the heading where there is one, else all rows.
fn records_of<'a>(page: &'a Page, records: &[usize]) -> Vec<&'a ErrorCode> {
    let records = records.iter().map(|&record| &page.codes[record]);
    let has_heading = records
        .clone()
        .next()
        .is_some_and(|first| first.kind == CodeKind::Heading);
    records
        .take(if has_heading { 1 } else { usize::MAX })
        .collect()
}

/// The names a code may have, from the one that says most to the one that cannot clash.
struct Candidates([String; 3]);

impl Candidates {
    /// The candidates for a number of which there are these records, at least one.
    fn of(records: &[&ErrorCode], prefixes: &BTreeMap<String, String>) -> Self {
        let Some(code) = records.first() else {
            return Self([const { String::new() }; 3]);
        };
        let number = number_words(&code.code);
        let bare = format!("CODE_{number}");
        let longest = prefixes
            .iter()
            .filter(|(digits, _)| code.code.starts_with(digits.as_str()))
            .max_by_key(|(digits, _)| digits.len());
        let prefix = longest.map(|(_, name)| name.as_str());
        if let Some(symbol) = in_common(records, |code| code.symbol.clone()) {
            let symbol = constant(&symbol);
            return Self([symbol.clone(), format!("{symbol}_{number}"), bare]);
        }
        // Rows that say different things of one number name none of them all.
        let words = in_common(records, |code| Some(words_of(code))).unwrap_or_default();
        if words.is_empty() {
            let own = prefix.map_or(bare.clone(), |prefix| {
                constant(&format!("{prefix} {number}"))
            });
            return Self([own.clone(), own, bare]);
        }
        let words: Vec<&str> = prefix
            .into_iter()
            .chain(words.iter().map(String::as_str))
            .collect();
        let full = constant(&words.join(" "));
        let numbered = format!("{full}_{number}");
        Self([full, numbered, bare])
    }
}

/// What all records say alike.
fn in_common<T: PartialEq>(
    records: &[&ErrorCode],
    of: impl Fn(&ErrorCode) -> Option<T>,
) -> Option<T> {
    let (first, others) = records.split_first()?;
    let first = of(first)?;
    let is_alike = others
        .iter()
        .all(|other| of(other).as_ref() == Some(&first));
    is_alike.then_some(first)
}

/// The English words that name a code: those of its message, else those of its title.
fn words_of(code: &ErrorCode) -> Vec<String> {
    let messages = code.cases.iter().flat_map(|case| plain_text(&case.message));
    messages
        .chain(code.title.clone())
        .map(|text| words::of(&text))
        .find(|words| !words.is_empty())
        .unwrap_or_default()
}

/// Makes a constant's name of some words; one that no language takes for something else.
fn constant(words: &str) -> String {
    let name = words.to_shouty_snake_case();
    let starts_badly = name.starts_with(|c: char| c.is_ascii_digit());
    // `Self` is the one keyword of Rust that looks like an enum variant.
    if starts_badly || name == "SELF" {
        format!("CODE_{name}")
    } else {
        name
    }
}

/// A code as a part of an identifier: `-1` is `MINUS_1`.
fn number_words(code: &str) -> String {
    code.replace('-', "minus ").to_shouty_snake_case()
}

/// Chooses among the candidates so that no two codes have the same name in any casing. Every
/// code of a clashing set moves on to its next candidate, so that the order does not matter.
fn settle(candidates: &[Candidates]) -> Vec<String> {
    let mut choice = vec![0; candidates.len()];
    loop {
        let names: Vec<&String> = candidates
            .iter()
            .zip(&choice)
            .map(|(candidates, &choice)| &candidates.0[choice])
            .collect();
        // Casings differ in where the underscores stand.
        let keys: Vec<String> = names.iter().map(|name| name.replace('_', "")).collect();
        let mut uses: HashMap<&str, usize> = HashMap::new();
        for key in &keys {
            *uses.entry(key).or_default() += 1;
        }
        let clashing: Vec<usize> = (0..names.len())
            .filter(|&index| uses[keys[index].as_str()] > 1 && choice[index] < 2)
            .collect();
        if clashing.is_empty() {
            return names.into_iter().cloned().collect();
        }
        for index in clashing {
            choice[index] += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Block, Case};
    use proptest::prelude::*;

    fn page(codes: &[(&str, &str)]) -> Page {
        let record = |(code, message): &(&str, &str)| ErrorCode {
            code: (*code).to_owned(),
            value: code.parse().ok(),
            cases: vec![Case {
                message: vec![Block::plain(*message)],
                ..Case::default()
            }],
            ..ErrorCode::default()
        };
        Page {
            id: "scan-error-code".to_owned(),
            codes: codes.iter().map(record).collect(),
            ..Page::default()
        }
    }

    fn names(codes: &[(&str, &str)], prefixes: &[(&str, &str)]) -> Vec<String> {
        let prefixes = prefixes
            .iter()
            .map(|(digits, name)| (digits.to_string(), name.to_string()));
        let prefixes = Prefixes::from([("scan-error-code".to_owned(), prefixes.collect())]);
        let mut catalog = Catalog::new(vec![page(codes)]);
        assert_eq!(assign(&mut catalog, &prefixes), []);
        let identifiers = catalog.pages[0]
            .codes
            .iter()
            .map(|code| code.identifiers.clone());
        identifiers
            .map(|names| names.expect("every code is named").constant)
            .collect()
    }

    #[test]
    fn names_come_from_the_message() {
        assert_eq!(
            names(
                &[
                    ("200", "Run timed out, please try again later."),
                    ("401", "The parameter check failed."),
                    ("-1", "时间服务异常。"),
                    ("5", "404 not found."),
                    ("6", "Self."),
                    ("7", "The bindSheetContent of UIExtension is null."),
                ],
                &[]
            ),
            [
                "RUN_TIMED_OUT",
                "PARAMETER_CHECK_FAILED",
                "CODE_MINUS_1",
                "CODE_404_NOT_FOUND",
                "CODE_SELF",
                "BIND_SHEET_CONTENT_OF_UI_EXTENSION_NULL",
            ]
        );
    }

    #[test]
    fn records_of_one_number_share_a_name() {
        let mut page = page(&[
            ("1", "Not permitted."),
            ("1101", "Bad secret."),
            ("1101", "Bad token."),
            ("5", "Busy."),
            ("5", "In use."),
        ]);
        page.codes[0].symbol = Some("EPERM".to_owned());
        for index in [0, 1, 2, 4] {
            page.codes[index].kind = CodeKind::Table;
        }
        name_codes(&mut page, &BTreeMap::new());
        let names = page.codes.iter().map(|code| code.identifiers.clone());
        let names: Vec<String> = names.flatten().map(|names| names.constant).collect();
        assert_eq!(names, ["EPERM", "CODE_1101", "CODE_1101", "BUSY", "BUSY"]);
    }

    #[test]
    fn a_clash_is_settled_by_the_codes_and_for_all_alike() {
        let codes = [
            ("1001", "Failed to run."),
            ("2001", "Failed to run."),
            ("3", "Busy."),
        ];
        assert_eq!(
            names(&codes, &[]),
            ["FAILED_TO_RUN_1001", "FAILED_TO_RUN_2001", "BUSY"]
        );
        assert_eq!(names(&[("1001", "失败")], &[("10", "face")]), ["FACE_1001"]);
        assert_eq!(
            names(
                &codes,
                &[("10", "textRecognition"), ("1", "one"), ("2001", "face")]
            ),
            [
                "TEXT_RECOGNITION_FAILED_TO_RUN",
                "FACE_FAILED_TO_RUN",
                "BUSY"
            ]
        );
    }

    #[test]
    fn a_clash_with_an_appended_number_is_settled_too() {
        let codes = [
            ("7", "Busy."),
            ("8", "Busy."),
            ("9", "Busy 7."),
            ("1", "代码"),
            ("2", "Code 1."),
        ];
        let names = names(&codes, &[]);
        assert_eq!(
            names,
            ["CODE_7", "BUSY_8", "BUSY_7_9", "CODE_1", "CODE_1_2"]
        );
    }

    proptest! {
        #[test]
        fn any_messages_give_names_that_are_valid_unique_and_do_not_depend_on_order(
            messages in prop::collection::vec("(Busy|Code|[a-c]|[0-9]|网络|[,. _']|\\PC){0,12}", 1..8),
            turn in 0_usize..8,
        ) {
            let codes: Vec<String> = (1..=messages.len()).map(|code| code.to_string()).collect();
            let mut pairs: Vec<(&str, &str)> = codes
                .iter()
                .zip(&messages)
                .map(|(code, message)| (code.as_str(), message.as_str()))
                .collect();
            let before: HashMap<_, _> = pairs.iter().map(|pair| pair.0).zip(names(&pairs, &[])).collect();
            let turn = turn % pairs.len();
            pairs.rotate_left(turn);
            let after: HashMap<_, _> = pairs.iter().map(|pair| pair.0).zip(names(&pairs, &[])).collect();
            prop_assert_eq!(&before, &after);

            let mut variants: Vec<String> = before.values().map(|name| name.to_upper_camel_case()).collect();
            for name in before.values() {
                prop_assert!(name.starts_with(|c: char| c.is_ascii_uppercase()), "{}", name);
                prop_assert!(name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_'));
            }
            variants.sort();
            variants.dedup();
            prop_assert_eq!(variants.len(), messages.len());
        }
    }
}
