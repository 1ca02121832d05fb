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
mod rename;
mod reserved;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::ops::Bound::{Included, Unbounded};
use std::ops::Range;
use std::path::Path;
use std::sync::OnceLock;

use crate::budget::Budget;
use crate::catalog::{Catalog, ErrorCode, weight_of_former_names};
use crate::file;
use crate::path::clash_key;
use crate::problem::{Diagnostic, Locate as _, NamesProblem, Place, Report, SourceText};

pub(crate) use edit::toml_key;
pub use name::Name;
pub(crate) use name::{MAX_CONSTANT, MAX_TYPE, capitalized};
pub use rename::renamed;

/// The name of the file, at the root of a project.
pub const FILE_NAME: &str = "names.toml";

/// What a page's own line is about, in the place of a code.
pub const ENUM: &str = "enum";

/// The names of a project.
#[derive(Debug, Clone, Default)]
pub struct Names {
    text: SourceText,
    lines: BTreeMap<Key, Line>,
    /// The ids of the pages by their keys, once somebody asks for one.
    pages: OnceLock<HashMap<String, String>>,
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

/// A line of the file.
#[derive(Debug, Clone)]
struct Line {
    entry: Entry,
    /// Where it begins.
    start: usize,
    /// All behind the equals sign, a comment aside.
    value: Range<usize>,
}

impl Names {
    /// Reads the names of the project at `root`; none where it has no file of them.
    ///
    /// # Errors
    /// The file cannot be read, or lines of it cannot be meant. All of them are told.
    pub fn load(root: &Path) -> Result<Self, Report> {
        let unreadable = |error: io::Error| NamesProblem::Unreadable {
            error: error.to_string(),
        };
        match file::read_own_text(root, FILE_NAME, unreadable)? {
            Some(text) => Self::parse(&text),
            None => Ok(Self::default()),
        }
    }

    /// The text of the file as it is.
    pub fn file_text(&self) -> &str {
        &self.text
    }

    /// Errors for pages whose former names, and those of their codes, make too much of the file.
    pub fn refuse_multiplied(&self, catalog: &Catalog) -> Option<Diagnostic> {
        let budget = Budget::of_text(self.text.len());
        let limit = budget.limit();
        let mut pages = catalog.pages.iter();
        let page = pages.find(|page| !budget.spend(weight_of_former_names(page)))?;
        let page = page.id.clone();
        Some(NamesProblem::TooManyFormer { page, limit }.at_file(FILE_NAME))
    }

    /// The entry of something.
    pub fn get(&self, key: &Key) -> Option<&Entry> {
        self.lines.get(key).map(|line| &line.entry)
    }

    /// All entries, in the order of pages and codes.
    pub fn iter(&self) -> impl Iterator<Item = (&Key, &Entry)> {
        self.lines.iter().map(|(key, line)| (key, &line.entry))
    }

    /// The entries of a page.
    pub fn entries_of<'a>(&'a self, page: &'a str) -> impl Iterator<Item = (&'a Key, &'a Entry)> {
        let is_of_page = move |(key, _): &(&Key, &Line)| key.page == page;
        let lines = self.lines.range(Key::page(page)..).take_while(is_of_page);
        lines.map(|(key, line)| (key, &line.entry))
    }

    /// The codes that a page had when names were last recorded, which are those whose names are not
    /// retired.
    pub fn codes_of(&self, page: &str) -> BTreeSet<Item> {
        let in_use = self.entries_of(page).filter(is_code_in_use);
        in_use.map(|(key, _)| key.item.clone()).collect()
    }

    /// The pages that had codes when names were last recorded, except for those with these ids, each
    /// with its codes: what has names and no snapshot any more.
    pub fn pages_without(&self, ids: &BTreeSet<&str>) -> BTreeMap<&str, BTreeSet<Item>> {
        let mut pages: BTreeMap<&str, BTreeSet<Item>> = BTreeMap::new();
        for (key, _) in self.iter().filter(is_code_in_use) {
            if !ids.contains(key.page.as_str()) {
                pages.entry(&key.page).or_default().insert(key.item.clone());
            }
        }
        pages
    }

    /// The id under which a page is known, which may be written in another way: some file systems
    /// do not tell them apart.
    pub fn known_page(&self, id: &str) -> Option<&str> {
        if self.lines.contains_key(&Key::page(id)) {
            return None;
        }
        let pages = self.pages.get_or_init(|| {
            let pages = self.lines.keys().rev().map(|key| key.page.clone());
            pages.map(|page| (clash_key(&page), page)).collect()
        });
        pages.get(&clash_key(id)).map(String::as_str)
    }

    /// The names of a page's codes, or of all pages where no page is given, retired ones too: as
    /// [`Name::key`] has them, with what has them.
    pub(crate) fn holders(&self, scope: Option<&str>) -> HashMap<String, &Key> {
        let start = scope.map_or(Unbounded, |page| Included(Key::page(page)));
        let lines = self.lines.range((start, Unbounded));
        let lines = lines.take_while(|(key, _)| scope.is_none_or(|page| key.page == page));
        let names = lines
            .filter(|(key, _)| key.scope() == scope)
            .flat_map(|(key, line)| line.entry.all_names().map(move |name| (name.key(), key)));
        names.collect()
    }

    /// Where an entry stands, for diagnostics.
    pub fn place(&self, key: &Key) -> Place {
        match self.lines.get(key) {
            Some(line) => Place::excerpt(FILE_NAME, &self.text, line.value.clone()),
            None => Place::file(FILE_NAME),
        }
    }
}

fn is_code_in_use((key, entry): &(&Key, &Entry)) -> bool {
    key.item != Item::Enum && !entry.retired
}

impl Key {
    /// The key of a page itself.
    pub fn page(page: &str) -> Self {
        Self {
            page: page.to_owned(),
            item: Item::Enum,
        }
    }

    /// The key of a code; none for a symbol that the file could not tell from the page itself.
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

    /// The page whose codes may not have the name of this one too; none for a page itself, whose
    /// name no other page may have.
    pub(crate) fn scope(&self) -> Option<&str> {
        (self.item != Item::Enum).then_some(self.page.as_str())
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
    pub fn spelling<'a>(&self, name: &'a Name) -> &'a str {
        match self {
            Self::Enum => &name.variant,
            Self::Number(_) | Self::Symbol(_) => &name.constant,
        }
    }

    /// The old and the new name of something, as they differ: where the constant stays, it is the
    /// variant.
    pub fn spellings_apart<'a>(&self, old: &'a Name, new: &'a Name) -> [&'a str; 2] {
        if old.constant == new.constant {
            [&old.variant, &new.variant]
        } else {
            [old, new].map(|name| self.spelling(name))
        }
    }

    /// Why nothing of this kind can be called so; none if it can.
    pub(crate) fn refusal(&self, name: &Name) -> Option<NamesProblem> {
        match self {
            Self::Enum => name.type_refusal(),
            Self::Number(_) | Self::Symbol(_) => name.refusal(),
        }
    }

    /// What a person means by a text: `enum`, a number or a symbol.
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
    pub fn derived(name: Name) -> Self {
        Self {
            name,
            given: false,
            retired: false,
            aliases: Vec::new(),
        }
    }

    /// The name and all that it was before.
    pub fn all_names(&self) -> impl Iterator<Item = &Name> {
        std::iter::once(&self.name).chain(&self.aliases)
    }
}
