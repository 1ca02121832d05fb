//! `names.toml`: the names that codes and pages have been given, which only a person changes.
//!
//! The file has one line for each name, and each line says all there is to say about it:
//!
//! ```toml
//! scan-error-code.enum = "ScanErrorCode"
//! scan-error-code.200 = "RUN_TIMED_OUT"
//! scan-error-code.401 = { name = "BAD_PARAMETER", given = true, aliases = ["PARAMETER_ERROR"] }
//! ```
//!
//! No two lines are alike and none depends on a line above it, so that branches merge line by
//! line. The lines are in the order of pages and numbers, whoever added them.

mod edit;
mod name;
mod read;
mod reserved;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use crate::catalog::ErrorCode;
use crate::diagnostic::{Diagnostic, Place};
use crate::file::{self, MAX_TEXT};
use crate::path;

pub(crate) use edit::toml_key;
pub use name::Name;
pub(crate) use name::{MAX_CONSTANT, MAX_TYPE};

/// The name of the file, at the root of a project.
pub const FILE_NAME: &str = "names.toml";

/// What a page's own line is about, in the place of a code.
pub const ENUM: &str = "enum";

/// The names of a project.
#[derive(Debug, Clone, Default)]
pub struct Names {
    text: Arc<str>,
    entries: BTreeMap<Key, Entry>,
    /// Where each entry stands in the text.
    spans: BTreeMap<Key, Spans>,
}

/// What has a name: a code of a page, or the page itself.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The page's id.
    pub page: String,
    /// What of the page.
    pub item: Item,
}

/// What of a page has a name. The order is that of the lines in the file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    /// The page itself, whose name is that of an enum.
    Enum,
    /// A number, however the page writes it.
    Number(i64),
    /// A code that is no number.
    Symbol(String),
}

/// A name, and what is known about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The name.
    pub name: Name,
    /// Whether a person gave it.
    pub given: bool,
    /// Whether the documentation has lost what the name is for. Its name stays taken.
    pub retired: bool,
    /// Names that it had before, which the outputs still have as deprecated ones.
    pub aliases: Vec<Name>,
}

/// Entries to add to the file, or to put in the places of others.
pub type Changes = BTreeMap<Key, Entry>;

/// Where an entry stands in the file.
#[derive(Debug, Clone)]
struct Spans {
    /// The start of its line.
    line: usize,
    /// All behind the equals sign, a comment aside.
    value: Range<usize>,
}

impl Names {
    /// Reads the names of the project at `root`; none where it has no file of them.
    ///
    /// # Errors
    /// The file cannot be read, or lines of it cannot be meant. All of them are told.
    pub fn load(root: &Path) -> Result<Self, Vec<Diagnostic>> {
        path::refuse_outside(root, FILE_NAME)?;
        match file::read_text(&root.join(FILE_NAME), MAX_TEXT) {
            Ok(text) => Self::parse(&text),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(vec![
                Diagnostic::error("names", format!("the file cannot be read: {error}"))
                    .at(Place::file(FILE_NAME))
                    .help("it has to be UTF-8 text, of which arkerr can read every byte"),
            ]),
        }
    }

    /// Reads names from the text of their file.
    ///
    /// # Errors
    /// As [`Names::load`].
    pub fn parse(text: &str) -> Result<Self, Vec<Diagnostic>> {
        read::read(text)
    }

    /// The text of the file as it is.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The entry of something.
    #[must_use]
    pub fn get(&self, key: &Key) -> Option<&Entry> {
        self.entries.get(key)
    }

    /// All entries, in the order of pages and codes.
    pub fn iter(&self) -> impl Iterator<Item = (&Key, &Entry)> {
        self.entries.iter()
    }

    /// The entries of a page.
    pub fn of_page<'a>(&'a self, page: &'a str) -> impl Iterator<Item = (&'a Key, &'a Entry)> {
        let entries = self.entries.range(Key::page(page)..);
        entries.take_while(move |(key, _)| key.page == page)
    }

    /// The id under which a page is known, which may differ from this one in the case of letters:
    /// some file systems do not tell them apart.
    #[must_use]
    pub fn known_page(&self, id: &str) -> Option<&str> {
        if self.entries.contains_key(&Key::page(id)) {
            return None;
        }
        let mut pages = self.entries.keys().map(|key| key.page.as_str());
        pages.find(|page| page.eq_ignore_ascii_case(id) && *page != id)
    }

    /// The text of the file with some entries added or replaced. Everything else in it stays as
    /// it is.
    #[must_use]
    pub fn with(&self, changes: &BTreeMap<Key, Entry>) -> String {
        edit::edit(self, changes)
    }

    /// Where an entry stands, for diagnostics.
    #[must_use]
    pub fn place(&self, key: &Key) -> Place {
        match self.spans.get(key) {
            Some(spans) => Place::excerpt(FILE_NAME, &self.text, spans.value.clone()),
            None => Place::file(FILE_NAME),
        }
    }
}

impl Key {
    /// The key of a page itself.
    #[must_use]
    pub fn page(page: &str) -> Self {
        Self {
            page: page.to_owned(),
            item: Item::Enum,
        }
    }

    /// The key of a code; none for a symbol that the file could not tell from the page itself.
    #[must_use]
    pub fn code(page: &str, code: &ErrorCode) -> Option<Self> {
        let item = match code.value {
            Some(value) => Item::Number(value),
            None if code.code == ENUM => return None,
            None => Item::Symbol(code.code.clone()),
        };
        Some(Self {
            page: page.to_owned(),
            item,
        })
    }
}

impl std::fmt::Display for Item {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Enum => f.write_str(ENUM),
            Self::Number(number) => number.fmt(f),
            Self::Symbol(symbol) => f.write_str(symbol),
        }
    }
}

impl Item {
    /// A name as the file has it: of a page the type, of a code the constant.
    #[must_use]
    pub fn shown<'a>(&self, name: &'a Name) -> &'a str {
        match self {
            Self::Enum => &name.variant,
            Self::Number(_) | Self::Symbol(_) => &name.constant,
        }
    }

    /// The old and the new name of something, as they differ: where the constant stays, it is the
    /// variant.
    #[must_use]
    pub fn shown_apart<'a>(&self, old: &'a Name, new: &'a Name) -> [&'a str; 2] {
        [old, new].map(|name| match old.constant == new.constant {
            true => name.variant.as_str(),
            false => self.shown(name),
        })
    }

    /// Why nothing of this kind can be called so; none if it can.
    pub(crate) fn refusal(&self, name: &Name) -> Option<String> {
        match self {
            Self::Enum => name.type_refusal(),
            Self::Number(_) | Self::Symbol(_) => name.refusal(),
        }
    }

    /// What a person means by a text: `enum`, a number or a symbol.
    #[must_use]
    pub fn named(text: &str) -> Self {
        match text.parse() {
            Ok(number) => Self::Number(number),
            Err(_) if text == ENUM => Self::Enum,
            Err(_) => Self::Symbol(text.to_owned()),
        }
    }
}

impl Entry {
    /// A name that arkerr made.
    #[must_use]
    pub fn derived(name: Name) -> Self {
        Self {
            name,
            given: false,
            retired: false,
            aliases: Vec::new(),
        }
    }

    /// The entry of something that the documentation has again; none where it was not retired.
    #[must_use]
    pub fn returned(&self) -> Option<Self> {
        self.retired.then(|| Self {
            retired: false,
            ..self.clone()
        })
    }

    /// The name and all that it was before.
    pub fn all_names(&self) -> impl Iterator<Item = &Name> {
        std::iter::once(&self.name).chain(&self.aliases)
    }
}

/// The entry of something once a person has renamed it. `new` is the name as a constant, or as a
/// variant whose shape then stays; of a page, the name of the enum. With `alias` the old name
/// stays known.
///
/// # Errors
/// Nothing has this name, or cannot have it: it is no name, or is taken.
pub fn renamed(names: &Names, key: &Key, new: &str, alias: bool) -> Result<Entry, Vec<Diagnostic>> {
    let refuse = |message: String| vec![Diagnostic::error("names", message)];
    let is_type = key.item == Item::Enum;
    let Some(old) = names.get(key) else {
        return Err(refuse("there is no such name".to_owned()));
    };
    let name = if is_type {
        Name::of_type(new)
    } else {
        spelled_like_others(names, old, new)
    };
    if let Some(refusal) = key.item.refusal(&name) {
        return Err(refuse(refusal));
    }
    if let Some((other, entry)) = holder(names, key, &name) {
        let retired = if entry.retired {
            ", which is retired"
        } else {
            ""
        };
        let message = format!(
            "`{new}` is taken by `{}` of the page `{}`{retired}",
            other.item, other.page
        );
        let refusal = Diagnostic::error("names", message).at(names.place(other));
        return Err(vec![refusal]);
    }
    if name == old.name {
        return Ok(old.clone());
    }
    let mut aliases = old.aliases.clone();
    if alias {
        if old.name.key() == name.key() {
            let message = format!(
                "`{}` differs from `{new}` only in case or underscores, so that it cannot stay as \
                 an alias; rename without --alias",
                key.item.shown(&old.name)
            );
            return Err(refuse(message));
        }
        aliases.push(old.name.clone());
    }
    aliases.retain(|alias| alias.key() != name.key());
    Ok(Entry {
        name,
        given: true,
        aliases,
        ..old.clone()
    })
}

/// The name that a person means: one that it has or had, as that is spelt, else with the acronyms
/// in shape that other names of the file have.
fn spelled_like_others(names: &Names, old: &Entry, new: &str) -> Name {
    let name = Name::spelled(new);
    if let Some(same) = old.all_names().find(|same| same.constant == new) {
        return same.clone();
    }
    if name.constant != new {
        return name;
    }
    let codes = names.iter().filter(|(key, _)| key.item != Item::Enum);
    let others: Vec<&Name> = codes.map(|(_, entry)| &entry.name).collect();
    name.shaped_like(&others)
}

/// What else has a name that no language tells from this one: of the same page, or another page
/// where it is the name of one.
fn holder<'a>(names: &'a Names, key: &Key, name: &Name) -> Option<(&'a Key, &'a Entry)> {
    let is_type = key.item == Item::Enum;
    names.iter().find(|(other, entry)| {
        let is_type_too = other.item == Item::Enum;
        let is_neighbour =
            *other != key && is_type_too == is_type && (is_type || other.page == key.page);
        is_neighbour && entry.all_names().any(|taken| taken.key() == name.key())
    })
}
