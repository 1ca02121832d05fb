//! The names that a code may have, from the one that says most in least words to the one that
//! cannot clash, and who gets which.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::source::{Origin, Wording};
use super::word::{is_shouted, latin, split_all};
use crate::catalog::{CodeKind, ErrorCode};
use crate::names::{MAX_CONSTANT, Name};
use crate::text::mark_of;

/// The names that a number or a symbol may have.
#[derive(Debug)]
pub(super) struct Candidates<'a> {
    /// What the records say; none where they say nothing, or not the same.
    wording: Option<Wording<'a>>,
    /// What goes before the words, and before the number where there are none.
    prefix: Option<String>,
    code: &'a ErrorCode,
}

impl<'a> Candidates<'a> {
    /// The candidates for a number or symbol of which there are these records, at least one.
    pub(super) fn of_records(
        records: &[&'a ErrorCode],
        prefixes: &BTreeMap<String, String>,
    ) -> Self {
        let heading = records.iter().find(|code| code.kind == CodeKind::Heading);
        // Where there is a heading, the rows of a table are about it.
        let speakers = heading.map_or(records, std::slice::from_ref);
        let wordings = speakers.iter().filter_map(|code| Wording::of_code(code));
        let code = speakers[0];
        let prefixes = prefixes
            .iter()
            .filter(|(digits, _)| code.code.starts_with(*digits));
        let longest = prefixes.max_by_key(|(digits, _)| digits.len());
        let wording = agreed(wordings.collect(), speakers.len());
        let default = wording.is_none().then(|| "code".to_owned());
        let prefix = longest.map(|(_, name)| name.clone()).or(default);
        Self {
            wording,
            prefix,
            code,
        }
    }

    /// Where the first of them comes from.
    pub(super) fn origin(&self) -> Origin {
        let wording = self.wording.as_ref();
        wording.map_or(Origin::Number, |wording| wording.origin)
    }

    /// A candidate, the first with the fewest words. Those past the words are made of the code
    /// alone, and no other code has them.
    fn get(&self, choice: usize) -> Name {
        let number = number_words(&self.code.code);
        let mut names = match &self.wording {
            Some(wording) if choice == 0 => vec![wording.saying.words.clone()],
            Some(wording) => {
                let base = &wording.saying.words;
                let mut names = vec![base.clone(), [&base[..], &number].concat()];
                names.splice(1..1, wording.longer());
                names
            }
            None => vec![number],
        };
        for words in &mut names {
            words.splice(0..0, self.prefix.clone());
        }
        // Symbols may differ in what no name shows, such as case.
        let key = self.code.key();
        let bytes = key.bytes().map(|byte| format!("x{byte:02x}"));
        for words in [number_words(&key), bytes.collect()] {
            names.push([vec!["code".to_owned()], words].concat());
        }
        let again = (choice + 1).saturating_sub(names.len());
        let mut words = names.swap_remove(choice.min(names.len() - 1));
        words.extend(vec!["again".to_owned(); again]);
        name_of(&words)
    }
}

/// Chooses among the candidates so that no two codes have the same name in any language, and none
/// has one that is taken. Every code of a clashing set moves on to its next candidate, so that
/// the order does not matter.
pub(super) fn settle(candidates: &[Candidates], taken: &HashSet<String>) -> Vec<Name> {
    let mut choices = vec![0; candidates.len()];
    let mut names: Vec<Name> = candidates
        .iter()
        .map(|candidates| candidates.get(0))
        .collect();
    loop {
        let keys: Vec<String> = names.iter().map(Name::key).collect();
        let mut uses: HashMap<&str, usize> = HashMap::new();
        for key in &keys {
            *uses.entry(key).or_default() += 1;
        }
        let is_settled = |key: &String| uses[key.as_str()] == 1 && !taken.contains(key);
        if keys.iter().all(is_settled) {
            return names;
        }
        for (at, _) in keys.iter().enumerate().filter(|(_, key)| !is_settled(key)) {
            choices[at] += 1;
            names[at] = candidates[at].get(choices[at]);
        }
    }
}

/// What the records of one number say alike, or most of them; none where they disagree. Which
/// comes first does not matter.
fn agreed(mut wordings: Vec<Wording>, records: usize) -> Option<Wording> {
    if records > 1 {
        wordings.sort_by_cached_key(|wording| (wording.saying.words.clone(), wording.longer()));
    }
    let alike = wordings.chunk_by(|a, b| a.saying.words == b.saying.words);
    let most = alike.max_by_key(|alike| alike.len())?;
    (most.len() * 2 > records).then(|| most[0].clone())
}

/// A name that no language takes for something else.
fn name_of(words: &[String]) -> Name {
    // An official name stays as it is.
    let is_official = words.len() == 1 && is_shouted(&words[0]);
    let words = if is_official {
        words.to_vec()
    } else {
        split_all(words)
    };
    let mut words = after_numbers(words);
    let name = Name::of_words(&words);
    if name.refusal().is_none() {
        return name;
    }
    words.push("error".to_owned());
    Name::of_words(&cut_with_mark(words))
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
    if let Some(first) = words.iter().position(|word| !is_number(word)) {
        words.drain(..first);
    }
    let has_letter = |first: &String| first.starts_with(|c: char| c.is_ascii_alphabetic());
    if !words.first().is_some_and(has_letter) {
        words.insert(0, "error".to_owned());
    }
    words
}

/// A code as words: `-1` is `minus 1`.
fn number_words(code: &str) -> Vec<String> {
    let code = code.replace('-', " minus ");
    latin(&code).map(str::to_owned).collect()
}
