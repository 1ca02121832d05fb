//! Changes lines of `names.toml` and adds some, and leaves all else as it is.

use std::collections::BTreeMap;

use super::{Entry, Item, Key, Name, Names};
use crate::file::without_mark;

/// What a new file begins with.
const HEADER: &str = "\
# The names of the generated constants. arkerr adds lines here and never changes a name; commit
# this file with what it generates. To rename a constant, change its name here and delete its
# variant, or run arkerr names rename PAGE CODE NEW --alias, which keeps the old name as a
# deprecated one.
";

impl Names {
    /// The text of the file with some entries added or replaced. Everything else in it stays as
    /// it is.
    pub fn with(&self, changes: &BTreeMap<Key, Entry>) -> String {
        let text: &str = &self.text;
        let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let mut replacements = Vec::new();
        let mut places = places_of_new(self, changes).into_iter();
        for (key, entry) in changes {
            let value = value(key, entry);
            match self.lines.get(key) {
                Some(line) if line.entry == *entry => {}
                Some(line) => replacements.push((line.value.clone(), value)),
                None => {
                    let at = places.next().unwrap_or(text.len());
                    let [page, code] =
                        [&key.page, &key.item.to_string()].map(|part| toml_key(part));
                    replacements.push((at..at, format!("{page}.{code} = {value}{end}")));
                }
            }
        }
        // What is added in one place stays in the order of the changes.
        replacements.sort_by_key(|(span, _)| span.start);

        let mut edited = String::with_capacity(text.len() + 64 * replacements.len());
        if text.is_empty() && !replacements.is_empty() {
            edited.push_str(HEADER);
            edited.push('\n');
        }
        let mut done = 0;
        for (span, new) in replacements {
            edited.push_str(&text[done..span.start]);
            let is_line_start = without_mark(&edited).is_empty() || edited.ends_with('\n');
            if span.is_empty() && !is_line_start {
                edited.push_str(end);
            }
            edited.push_str(&new);
            done = span.end;
        }
        edited.push_str(&text[done..]);
        edited
    }
}

/// The places of the new entries among some, in their order: before the first line that comes after
/// it in the order of the file, and the comment above that line, else at the end.
fn places_of_new(names: &Names, changes: &BTreeMap<Key, Entry>) -> Vec<usize> {
    let mut later = names.lines.iter().rev().peekable();
    let (mut first, mut at) = (names.text.len(), names.text.len());
    let mut places = Vec::new();
    for key in changes.keys().rev() {
        let line_before = first;
        while let Some((_, line)) = later.next_if(|(own, _)| *own >= key) {
            first = first.min(line.start);
        }
        if first < line_before {
            at = comment_above(&names.text, first);
        }
        if !names.lines.contains_key(key) {
            places.push(at);
        }
    }
    places.reverse();
    places
}

/// Where the comment begins that stands directly above a line; the line itself where there is
/// none.
fn comment_above(text: &str, line: usize) -> usize {
    let mut start = line;
    while let Some(line) = text[..start].split_inclusive('\n').next_back() {
        if !line.trim_start().starts_with('#') {
            break;
        }
        start -= line.len();
    }
    start
}

/// The right side of an entry's line.
fn value(key: &Key, entry: &Entry) -> String {
    let mut members = spelling(&entry.name, &key.item);
    if entry.given {
        members.push("given = true".to_owned());
    }
    if entry.retired {
        members.push("retired = true".to_owned());
    }
    if !entry.aliases.is_empty() {
        let alias = |name| compact(&spelling(name, &key.item));
        let aliases: Vec<String> = entry.aliases.iter().map(alias).collect();
        members.push(format!("aliases = [{}]", aliases.join(", ")));
    }
    compact(&members)
}

/// A table of some members, or the name alone where it is the only one.
fn compact(members: &[String]) -> String {
    match members {
        [name] => name.trim_start_matches("name = ").to_owned(),
        members => format!("{{ {} }}", members.join(", ")),
    }
}

/// A name as members of a table: `name = "A_URI"`, `variant = "AURI"`.
fn spelling(name: &Name, item: &Item) -> Vec<String> {
    let mut members = vec![format!("name = \"{}\"", item.spelling(name))];
    if *item != Item::Enum && !name.is_plain() {
        members.push(format!("variant = \"{}\"", name.variant));
    }
    members
}

/// A text as a key of TOML.
pub(crate) fn toml_key(text: &str) -> String {
    let line = toml::to_string(&BTreeMap::from([(text, 0)])).unwrap_or_default();
    let key = line.trim_end().strip_suffix(" = 0");
    key.unwrap_or_default().to_owned()
}
