//! The names that a code may have, from the one that says most in least words to the one that
//! cannot clash, and who gets which.

use std::collections::{BTreeMap, HashMap};
use std::iter;

use super::Origin;
use super::source::Wording;
use super::word::{is_shouted, latin, split_all};
use crate::catalog::{CodeKind, ErrorCode};
use crate::names::{MAX_CONSTANT, Name};
use crate::text::mark_of;

/// The names that a number or a symbol of which there are these records, at least one, may have,
/// without end, and where the first comes from.
pub(super) fn candidates<'a>(
    records: &[&'a ErrorCode],
    prefixes: Option<&BTreeMap<String, String>>,
) -> (Origin, impl Iterator<Item = Name> + use<'a>) {
    let heading = records.iter().find(|code| code.kind == CodeKind::Heading);
    // Where there is a heading, the rows of a table are about it.
    let speakers = heading.map_or(records, std::slice::from_ref);
    let code = speakers[0];
    let wording = agreed(speakers);
    let (origin, words) = match &wording {
        Some(wording) => (wording.origin, wording.saying.words.clone()),
        None => (Origin::Number, Vec::new()),
    };
    let default = wording.is_none().then(|| "code".to_owned());
    let prefix = prefix_of(code, prefixes).or(default);
    let with_number = [words, number_words(&code.code)].concat();
    let worded = wording.into_iter().flat_map(Wording::into_candidates);
    let named = worded
        .chain([with_number])
        .map(move |words| prefix.iter().cloned().chain(words).collect());
    let candidates = named.chain(words_of_code_alone(code));
    (origin, candidates.map(|words: Vec<String>| name_of(&words)))
}

/// What goes before the words of a code, as the longest of the prefixes for its first digits says.
fn prefix_of(code: &ErrorCode, prefixes: Option<&BTreeMap<String, String>>) -> Option<String> {
    let prefixes = prefixes.into_iter().flatten();
    let prefixes = prefixes.filter(|(digits, _)| code.code.starts_with(*digits));
    let longest = prefixes.max_by_key(|(digits, _)| digits.len());
    longest.map(|(_, prefix)| prefix.clone())
}

/// Words for a code that it has whatever it is about, and no other code has, without end.
fn words_of_code_alone(code: &ErrorCode) -> impl Iterator<Item = Vec<String>> + use<> {
    let named = |words: Vec<String>| [vec!["code".to_owned()], words].concat();
    let key = code.key();
    // Symbols may differ in what no name shows, such as case.
    let bytes = named(key.bytes().map(|byte| format!("x{byte:02x}")).collect());
    let again = move |times| [bytes.clone(), vec!["again".to_owned(); times]].concat();
    iter::once(named(number_words(&key))).chain((0..).map(again))
}

/// Chooses among the candidates of each, at least one, so that no two have the same name in any
/// language, and none has one that is taken. All of a clashing set move on to their next
/// candidates, so that the order does not matter. What has no more keeps its last one.
pub(super) fn settle(
    mut candidates: Vec<impl Iterator<Item = Name>>,
    is_taken: impl Fn(&str) -> bool,
) -> Vec<Name> {
    let mut names: Vec<Name> = candidates.iter_mut().filter_map(Iterator::next).collect();
    loop {
        let mut uses: HashMap<String, usize> = HashMap::new();
        for name in &names {
            *uses.entry(name.key()).or_default() += 1;
        }
        let mut is_settled = true;
        for (name, rest) in names.iter_mut().zip(&mut candidates) {
            let key = name.key();
            if (uses[&key] > 1 || is_taken(&key))
                && let Some(next) = rest.next()
            {
                *name = next;
                is_settled = false;
            }
        }
        if is_settled {
            return names;
        }
    }
}

/// What the records of one number say alike, or most of them; none where they disagree. Which
/// comes first does not matter.
fn agreed<'a>(records: &[&'a ErrorCode]) -> Option<Wording<'a>> {
    let wordings = records.iter().filter_map(|code| Wording::of_code(code));
    let mut wordings: Vec<Wording> = wordings.collect();
    if records.len() > 1 {
        wordings.sort_by_cached_key(|wording| (wording.saying.words.clone(), wording.longer()));
    }
    let alike = wordings.chunk_by(|a, b| a.saying.words == b.saying.words);
    let most = alike.max_by_key(|alike| alike.len())?;
    (most.len() * 2 > records.len()).then(|| most[0].clone())
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
