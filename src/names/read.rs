//! Reads `names.toml`, line by line, and refuses what cannot be meant.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Entry, FILE_NAME, Item, Key, Line, Name, Names};
use crate::file::without_mark;
use crate::problem::{Diagnostic, Locate as _, MAX_PROBLEMS, NamesProblem, Place, Report};

/// What is wrong with a line, and where in it.
type Refusal = (NamesProblem, Range<usize>);

impl Names {
    /// Reads names from the text of their file.
    ///
    /// # Errors
    /// As [`Names::load`].
    pub fn parse(text: &str) -> Result<Self, Report> {
        let mut names = Self {
            text: text.into(),
            ..Self::default()
        };
        let mut problems = Vec::new();
        let mut start = text.len() - without_mark(text).len();
        for line in text[start..].split_inclusive('\n') {
            if let Err((problem, span)) = names.add_line(line, start) {
                let span = start + span.start..start + span.end;
                problems.push(problem.at(Place::excerpt(FILE_NAME, &names.text, span)));
            }
            start += line.len();
        }
        problems.extend(clashes(&names));
        if problems.is_empty() {
            return Ok(names);
        }
        problems.truncate(MAX_PROBLEMS);
        problems.sort_by_key(Diagnostic::position);
        Err(problems.into())
    }

    /// Adds the entry of a line that begins at a place in the text.
    fn add_line(&mut self, line: &str, start: usize) -> Result<(), Refusal> {
        if line.trim().is_empty() || line.trim_start().starts_with('#') {
            return Ok(());
        }
        let (key, entry, span) = read_entry(line)?;
        if self.lines.contains_key(&key) {
            let first = Box::new(self.place(&key));
            return Err((NamesProblem::LineTwice { key, first }, span));
        }
        let value = start + span.start..start + span.end;
        let line = Line {
            entry,
            start,
            value,
        };
        self.lines.insert(key, line);
        Ok(())
    }
}

/// Refuses names that no language tells apart: of the codes of one page, or of pages.
fn clashes(names: &Names) -> Vec<Diagnostic> {
    let mut first_uses: HashMap<(Option<&str>, String), &Key> = HashMap::new();
    let mut found = Vec::new();
    for (key, entry) in names.iter() {
        for name in entry.all_names() {
            let Some(first_key) = first_uses.insert((key.scope(), name.key()), key) else {
                continue;
            };
            let first = Box::new(names.place(first_key));
            let name = key.item.spelling(name).to_owned();
            let problem = if first_key == key {
                NamesProblem::NameTwice { name, first }
            } else {
                let first_key = first_key.clone();
                NamesProblem::NameTaken {
                    name,
                    first_key,
                    first,
                }
            };
            found.push(problem.at(names.place(key)));
        }
    }
    found
}

/// Reads a line, and tells where in it the value stands.
fn read_entry(line: &str) -> Result<(Key, Entry, Range<usize>), Refusal> {
    const MERGE_MARKS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];
    let whole = 0..line.trim_end().len();
    let content = line.trim_start();
    if MERGE_MARKS.iter().any(|mark| content.starts_with(mark)) {
        return Err((NamesProblem::UnfinishedMerge, whole));
    }
    if content.starts_with('[') {
        return Err((NamesProblem::Header, whole));
    }
    let table = DeTable::parse(line).map_err(|error| {
        let message = error.message().to_owned();
        let span = error.span().unwrap_or(whole.clone());
        (NamesProblem::Syntax { message }, span)
    })?;
    let only = || {
        let (page, codes) = table.get_ref().iter().next()?;
        let (code, value) = codes.get_ref().as_table()?.iter().next()?;
        is_one_name(line, [page.span(), code.span(), value.span()]).then_some((page, code, value))
    };
    let (page, code, value) = only().ok_or((NamesProblem::NotOneName, whole))?;
    let item = read_item(code)?;
    let entry = read_value(value, &item)?;
    let page = page.get_ref().clone().into_owned();
    Ok((Key { page, item }, entry, value.span()))
}

/// Whether of the places of a page, a code and a value, only the last follows an equals sign. A
/// table of codes has its sign before them; a key of three parts has a value that is a table and
/// has no place of its own behind the sign.
fn is_one_name(line: &str, [page, code, value]: [Range<usize>; 3]) -> bool {
    let has_sign = |between| {
        line.get(between)
            .is_some_and(|text: &str| text.contains('='))
    };
    !has_sign(page.end..code.start) && has_sign(code.end..value.start)
}

fn read_item(code: &Spanned<Cow<'_, str>>) -> Result<Item, Refusal> {
    let item = Item::named(code.get_ref());
    if let Item::Number(number) = item
        && number.to_string() != **code.get_ref()
    {
        return Err((NamesProblem::LeadingZeros { number }, code.span()));
    }
    Ok(item)
}

/// Reads what is said of a name: the name alone, or a table.
fn read_value(value: &Spanned<DeValue<'_>>, item: &Item) -> Result<Entry, Refusal> {
    let Some(table) = value.get_ref().as_table() else {
        let name = read_name(&read_string(value)?, None, value.span(), item)?;
        return Ok(Entry::derived(name));
    };
    let mut entry = Entry::derived(Name::of_constant(""));
    let (mut name, mut variant) = (None, None);
    for (key, value) in table {
        match key.get_ref().as_ref() {
            "name" => name = Some(read_string(value)?),
            "variant" => variant = Some(read_string(value)?),
            "given" => entry.given = read_flag(value)?,
            "retired" => entry.retired = read_flag(value)?,
            "aliases" => entry.aliases = read_aliases(value, item)?,
            field => {
                let field = field.to_owned();
                return Err((NamesProblem::UnknownField { field }, key.span()));
            }
        }
    }
    let name = name.ok_or((NamesProblem::NameMissing, value.span()))?;
    entry.name = read_name(&name, variant, value.span(), item)?;
    Ok(entry)
}

/// Makes a name of its spelling, and refuses one that no language has.
fn read_name(
    name: &str,
    variant: Option<String>,
    span: Range<usize>,
    item: &Item,
) -> Result<Name, Refusal> {
    let mut name = match item {
        Item::Enum if variant.is_some() => return Err((NamesProblem::EnumWithVariant, span)),
        Item::Enum => Name::of_type(name),
        Item::Number(_) | Item::Symbol(_) => Name::of_constant(name),
    };
    if let Some(variant) = variant {
        name.variant = variant;
    }
    match item.refusal(&name) {
        Some(refusal) => Err((refusal, span)),
        None => Ok(name),
    }
}

fn read_aliases(value: &Spanned<DeValue<'_>>, item: &Item) -> Result<Vec<Name>, Refusal> {
    let Some(aliases) = value.get_ref().as_array() else {
        return Err(not_this("a list of names", value));
    };
    let alias = |value: &Spanned<DeValue<'_>>| {
        let entry = read_value(value, item)?;
        if entry == Entry::derived(entry.name.clone()) {
            Ok(entry.name)
        } else {
            Err((NamesProblem::AliasWithMore, value.span()))
        }
    };
    aliases.iter().map(alias).collect()
}

fn read_string(value: &Spanned<DeValue<'_>>) -> Result<String, Refusal> {
    let text = value.get_ref().as_str().map(str::to_owned);
    text.ok_or_else(|| not_this("a name in quotes", value))
}

fn read_flag(value: &Spanned<DeValue<'_>>) -> Result<bool, Refusal> {
    let flag = value.get_ref().as_bool();
    flag.ok_or_else(|| not_this("true or false", value))
}

fn not_this(expected: &'static str, value: &Spanned<DeValue<'_>>) -> Refusal {
    (NamesProblem::NotThis { expected }, value.span())
}
