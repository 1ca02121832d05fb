//! Reads `names.toml`, line by line, and refuses what cannot be meant.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Entry, FILE_NAME, Item, Key, Name, Names, Spans};
use crate::diagnostic::{Diagnostic, Place};

/// The most problems that are told at once.
const MAX_PROBLEMS: usize = 100;

/// What is wrong with a line: where in it, what, and perhaps what to do.
struct Problem {
    span: Range<usize>,
    message: String,
    help: Option<&'static str>,
}

impl Problem {
    fn new(span: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
            help: None,
        }
    }

    fn help(mut self, help: &'static str) -> Self {
        self.help = Some(help);
        self
    }
}

pub(super) fn read(text: &str) -> Result<Names, Vec<Diagnostic>> {
    let mut reader = Reader {
        text: Arc::from(text),
        entries: BTreeMap::new(),
        spans: BTreeMap::new(),
        diagnostics: Vec::new(),
    };
    let mut start = text.len() - text.trim_start_matches('\u{feff}').len();
    for line in text[start..].split_inclusive('\n') {
        reader.read_line(line, start);
        start += line.len();
        if reader.diagnostics.len() >= MAX_PROBLEMS {
            break;
        }
    }
    reader.refuse_clashes();
    reader.diagnostics.truncate(MAX_PROBLEMS);
    if reader.diagnostics.is_empty() {
        return Ok(Names {
            text: reader.text,
            entries: reader.entries,
            spans: reader.spans,
        });
    }
    reader.diagnostics.sort_by_key(Diagnostic::position);
    Err(reader.diagnostics)
}

struct Reader {
    text: Arc<str>,
    entries: BTreeMap<Key, Entry>,
    spans: BTreeMap<Key, Spans>,
    diagnostics: Vec<Diagnostic>,
}

impl Reader {
    fn read_line(&mut self, line: &str, start: usize) {
        if line.trim().is_empty() || line.trim_start().starts_with('#') {
            return;
        }
        let moved = |span: Range<usize>| start + span.start..start + span.end;
        let (key, entry, value) = match read_entry(line) {
            Ok(entry) => entry,
            Err(problem) => {
                let mut found = self.problem(moved(problem.span), problem.message);
                found.help = problem.help.map(str::to_owned);
                self.diagnostics.push(found);
                return;
            }
        };
        let value = moved(value);
        if let Some(first) = self.spans.get(&key) {
            let first = Place::excerpt(FILE_NAME, &self.text, first.value.clone());
            let message = format!(
                "`{}` of the page `{}` stands here twice",
                key.item, key.page
            );
            let found = self
                .problem(value, message)
                .note(format!("the first is at {first}"));
            let help = "delete one of the two lines: keep what a person has written, arkerr marks \
                        what is retired itself";
            self.diagnostics.push(found.help(help));
            return;
        }
        self.spans.insert(key.clone(), Spans { line: start, value });
        self.entries.insert(key, entry);
    }

    fn problem(&self, span: Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error("names", message).at(Place::excerpt(FILE_NAME, &self.text, span))
    }

    /// Refuses names that no language tells apart: of the codes of one page, or of pages.
    fn refuse_clashes(&mut self) {
        let mut first_uses: HashMap<(Option<&str>, String), &Key> = HashMap::new();
        let mut found = Vec::new();
        for (key, entry) in &self.entries {
            let is_code = key.item != Item::Enum;
            for name in entry.all_names() {
                let room = is_code.then_some(key.page.as_str());
                let Some(first) = first_uses.insert((room, name.key()), key) else {
                    continue;
                };
                let shown = key.item.shown(name);
                let other = match is_code {
                    true => format!("`{}`", first.item),
                    false => format!("the page `{}`", first.page),
                };
                let message = match first == key {
                    true => format!("the name `{shown}` stands here twice"),
                    false => format!("the name `{shown}` is that of {other} too"),
                };
                if found.len() >= MAX_PROBLEMS {
                    break;
                }
                let first = Place::excerpt(FILE_NAME, &self.text, self.spans[first].value.clone());
                found.push(
                    self.problem(self.spans[key].value.clone(), message)
                        .note(format!("the first is at {first}"))
                        .note("names may not be alike but for case and underscores, retired names and aliases included")
                        .help("change one of the names, or delete its line: arkerr then makes another"),
                );
            }
        }
        self.diagnostics.extend(found);
    }
}

/// Reads a line, and tells where in it the value stands.
fn read_entry(line: &str) -> Result<(Key, Entry, Range<usize>), Problem> {
    let whole = 0..line.trim_end().len();
    if ["<<<<<<<", "|||||||", "=======", ">>>>>>>"]
        .iter()
        .any(|mark| line.trim_start().starts_with(mark))
    {
        return Err(Problem::new(
            whole,
            "the line is the mark of a merge that was not finished",
        )
        .help("keep the lines of both sides, and delete the marks"));
    }
    let one_name_a_line = |span| {
        Problem::new(
            span,
            "every line is a name of its own: `page.code = \"NAME\"`",
        )
    };
    if line.trim_start().starts_with('[') {
        return Err(one_name_a_line(whole)
            .help("write the page before each of its codes; then branches merge line by line"));
    }
    let table = DeTable::parse(line)
        .map_err(|error| Problem::new(error.span().unwrap_or(whole.clone()), error.message()))?
        .into_inner();
    let Some((page, codes)) = table.into_iter().next() else {
        return Err(one_name_a_line(whole));
    };
    let page_span = page.span();
    let DeValue::Table(codes) = codes.into_inner() else {
        return Err(one_name_a_line(page_span));
    };
    let Some((code, value)) = codes.into_iter().next() else {
        return Err(one_name_a_line(whole));
    };
    let span = value.span();
    let has_sign =
        |start: usize, end: usize| line.get(start..end).is_some_and(|text| text.contains('='));
    // A table of codes has its sign before them; a key of three parts has a value that is a table
    // and has no place of its own behind the sign.
    let is_table = has_sign(page_span.end, code.span().start);
    if is_table || !has_sign(code.span().end, span.start) {
        return Err(one_name_a_line(whole));
    }
    let item = read_item(&code)?;
    let entry = read_value(value, &item)?;
    let page = page.into_inner().into_owned();
    Ok((Key { page, item }, entry, span))
}

fn read_item(code: &Spanned<std::borrow::Cow<'_, str>>) -> Result<Item, Problem> {
    let item = Item::named(code.get_ref());
    match &item {
        Item::Number(number) if number.to_string() != **code.get_ref() => Err(Problem::new(
            code.span(),
            format!("numbers stand here without zeros before them: {number}"),
        )),
        _ => Ok(item),
    }
}

/// Reads what is said of a name: the name alone, or a table.
fn read_value(value: Spanned<DeValue<'_>>, item: &Item) -> Result<Entry, Problem> {
    let span = value.span();
    let table = match value.into_inner() {
        DeValue::Table(table) => table,
        value => {
            let name = read_string(value, span.clone())?;
            return Ok(Entry::derived(read_name(name, None, span, item)?));
        }
    };
    let mut entry = Entry::derived(Name::of_constant(""));
    let (mut name, mut variant) = (None, None);
    for (key, value) in table {
        let at = value.span();
        match key.get_ref().as_ref() {
            "name" => name = Some(read_string(value.into_inner(), at)?),
            "variant" => variant = Some(read_string(value.into_inner(), at)?),
            "given" => entry.given = read_flag(value.into_inner(), at)?,
            "retired" => entry.retired = read_flag(value.into_inner(), at)?,
            "aliases" => entry.aliases = read_aliases(value.into_inner(), at, item)?,
            key_name => {
                let message = format!(
                    "unknown field `{key_name}`, expected one of `name`, `variant`, `given`, `retired`, `aliases`"
                );
                return Err(Problem::new(key.span(), message));
            }
        }
    }
    let Some(name) = name else {
        return Err(Problem::new(span, "the name is missing: `name = \"…\"`"));
    };
    entry.name = read_name(name, variant, span, item)?;
    Ok(entry)
}

/// Makes a name of its spelling, and refuses one that no language has.
fn read_name(
    name: String,
    variant: Option<String>,
    span: Range<usize>,
    item: &Item,
) -> Result<Name, Problem> {
    let is_type = *item == Item::Enum;
    if is_type && variant.is_some() {
        return Err(Problem::new(span, "an enum has one name, and no variant"));
    }
    let mut name = match is_type {
        true => Name::of_type(&name),
        false => Name::of_constant(&name),
    };
    if let Some(variant) = variant {
        name.variant = variant;
    }
    match item.refusal(&name) {
        Some(refusal) => Err(Problem::new(span, refusal)),
        None => Ok(name),
    }
}

fn read_aliases(value: DeValue<'_>, span: Range<usize>, item: &Item) -> Result<Vec<Name>, Problem> {
    let DeValue::Array(aliases) = value else {
        return Err(Problem::new(span, "this must be a list of names"));
    };
    let alias = |value: Spanned<DeValue<'_>>| {
        let span = value.span();
        let entry = read_value(value, item)?;
        match Entry::derived(entry.name.clone()) == entry {
            true => Ok(entry.name),
            false => Err(Problem::new(span, "an alias is a name and nothing else")),
        }
    };
    aliases.into_iter().map(alias).collect()
}

fn read_string(value: DeValue<'_>, span: Range<usize>) -> Result<String, Problem> {
    match value {
        DeValue::String(text) => Ok(text.into_owned()),
        _ => Err(Problem::new(span, "this must be a name in quotes")),
    }
}

fn read_flag(value: DeValue<'_>, span: Range<usize>) -> Result<bool, Problem> {
    match value {
        DeValue::Boolean(flag) => Ok(flag),
        _ => Err(Problem::new(span, "this must be true or false")),
    }
}
