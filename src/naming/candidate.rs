//! The names that a code may have, from the one that says most in least words to the one that
//! cannot clash.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::word::{is_shouted, latin, split_all};
use super::wording::{Origin, Wording};
use crate::catalog::{CodeKind, ErrorCode};
use crate::names::{MAX_CONSTANT, Name};
use crate::text::mark_of;

/// The names that a number or a symbol may have.
#[derive(Debug, Clone)]
pub(super) struct Candidates<'a> {
    /// The shortest.
    first: Name,
    /// The others up to the one with the number, from the shortest; all may be alike. They are made
    /// when they are asked for.
    longer: OnceCell<Vec<Name>>,
    /// What the names say; none where they only have the number.
    wording: Option<Wording<'a>>,
    prefix: Vec<String>,
    /// The code as words.
    number: Vec<String>,
    /// The code, for a name of which nothing is left but it.
    code: String,
    /// Where the first of them comes from.
    pub(super) origin: Origin,
}

impl<'a> Candidates<'a> {
    /// The candidates for a number or symbol of which there are these records, at least one.
    pub(super) fn of(records: &[&'a ErrorCode], prefixes: &BTreeMap<String, String>) -> Self {
        let records = speakers(records);
        let number = number_words(records.first().map_or("", |code| &code.code));
        let prefix = prefix_of(&records, prefixes);
        let named: Vec<Wording> = records
            .iter()
            .filter_map(|code| Wording::of(code))
            .collect();
        let wording = agreed(named, records.len());
        let words = match &wording {
            Some(wording) => [prefix.clone(), wording.base.clone()].concat(),
            None => {
                let words = match prefix.is_empty() {
                    true => vec!["code".to_owned()],
                    false => prefix.clone(),
                };
                [words, number.clone()].concat()
            }
        };
        Self {
            first: name_of(&words),
            longer: OnceCell::new(),
            origin: wording
                .as_ref()
                .map_or(Origin::Number, |wording| wording.origin),
            wording,
            prefix,
            number,
            code: records.first().map(|code| code.key()).unwrap_or_default(),
        }
    }

    /// A candidate. Those past the words are made of the code alone, and no other code has them.
    pub(super) fn get(&self, choice: usize) -> Name {
        let Some(choice) = choice.checked_sub(1) else {
            return self.first.clone();
        };
        let longer = self.longer.get_or_init(|| self.make_longer());
        let Some(past) = choice.checked_sub(longer.len()) else {
            return longer[choice].clone();
        };
        let words = match past {
            0 => number_words(&self.code),
            // Symbols may differ in what no name shows, such as case.
            _ => self
                .code
                .bytes()
                .map(|byte| format!("x{byte:02x}"))
                .collect(),
        };
        let again = vec!["again".to_owned(); past.saturating_sub(1)];
        name_of(&[vec!["code".to_owned()], words, again].concat())
    }

    fn make_longer(&self) -> Vec<Name> {
        let Some(wording) = &self.wording else {
            return Vec::new();
        };
        let mut longer = wording.longer();
        longer.push([&wording.base[..], &self.number].concat());
        let names = longer
            .iter()
            .map(|words| name_of(&[&self.prefix[..], words].concat()));
        names.collect()
    }
}

/// The records of one number that may name it: the heading where there is one, else all rows.
fn speakers<'a>(records: &[&'a ErrorCode]) -> Vec<&'a ErrorCode> {
    let heading = records.iter().find(|code| code.kind == CodeKind::Heading);
    match heading {
        Some(heading) => vec![heading],
        None => records.to_vec(),
    }
}

/// A name that no language takes for something else.
fn name_of(words: &[String]) -> Name {
    let words = match words {
        // An official name stays as it is.
        [only] if is_shouted(only) => vec![only.clone()],
        words => split_all(words),
    };
    let words = after_numbers(words);
    let name = Name::of_words(&words);
    match name.refusal() {
        Some(_) => {
            // Whatever it was that cannot stand in a name, letters and digits can.
            let words = words.iter().flat_map(|word| latin(word));
            let mut words: Vec<String> = words.map(str::to_owned).collect();
            words.push("error".to_owned());
            Name::of_words(&cut_with_mark(after_numbers(words)))
        }
        None => name,
    }
}

/// Words that are not too long for a name. What is too much gives way to a mark of the whole, so
/// that names which differ still do.
fn cut_with_mark(words: Vec<String>) -> Vec<String> {
    let whole = words.join("_");
    if whole.len() <= MAX_CONSTANT {
        return words;
    }
    let mark = format!("x{}", mark_of([whole.as_str()]));
    // All letters are Latin here.
    let room = MAX_CONSTANT - mark.len() - 1;
    let end = whole[..room].rfind('_').unwrap_or(room);
    let kept = whole[..end].split('_').map(str::to_owned);
    kept.chain([mark]).collect()
}

/// Words that begin with a letter: without the numbers in front of them, or behind one more word.
fn after_numbers(mut words: Vec<String>) -> Vec<String> {
    let is_number = |word: &String| word.bytes().all(|byte| byte.is_ascii_digit());
    let numbers = words.iter().take_while(|word| is_number(word)).count();
    if numbers < words.len() {
        words.drain(..numbers);
    }
    if words
        .first()
        .is_none_or(|word| word.starts_with(|c: char| c.is_ascii_digit()))
    {
        words.insert(0, "error".to_owned());
    }
    words
}

/// A code as words: `-1` is `minus 1`.
fn number_words(code: &str) -> Vec<String> {
    let code = code.replace('-', " minus ");
    latin(&code).map(str::to_owned).collect()
}

fn prefix_of(records: &[&ErrorCode], prefixes: &BTreeMap<String, String>) -> Vec<String> {
    let code = records.first().map_or("", |code| code.code.as_str());
    let longest = prefixes
        .iter()
        .filter(|(digits, _)| code.starts_with(digits.as_str()))
        .max_by_key(|(digits, _)| digits.len());
    longest
        .map(|(_, name)| vec![name.clone()])
        .unwrap_or_default()
}

/// What the records of one number say alike, or most of them; none where they disagree. Which
/// comes first does not matter.
fn agreed(mut wordings: Vec<Wording>, records: usize) -> Option<Wording> {
    if records > 1 {
        wordings.sort_by_cached_key(|wording| (wording.base.clone(), wording.longer()));
    }
    let best = wordings.chunk_by(|a, b| a.base == b.base);
    let best = best.max_by_key(|alike| alike.len())?;
    (best.len() * 2 > records).then(|| best[0].clone())
}
