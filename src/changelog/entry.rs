//! Changes that say the same of several codes, told once.

use std::cmp::Reverse;
use std::collections::HashMap;

use indexmap::IndexMap;

use super::words::{Line, lines};
use crate::catalog::{CodeKind, Language};
use crate::diff::{Change, ChangeId, Field, Level, Value};

/// What changed about a page, or about one or more of its codes.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// The id of the page.
    pub page: &'a str,
    /// How much it weighs.
    pub level: Level,
    /// What changed.
    pub what: What<'a>,
    /// The changes that it tells of, in their order; there is one at least.
    pub changes: Vec<&'a Change>,
}

/// What changed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum What<'a> {
    /// Something that has its own line for each code.
    Change(usize),
    /// A field that says one thing for all of the codes, and said another.
    Field {
        /// The field.
        field: &'a Field,
        /// What it said.
        old: &'a Value,
        /// What it says.
        new: &'a Value,
    },
    /// Devices that were added, and that are gone.
    Devices {
        /// The new ones.
        added: Vec<&'a str>,
        /// Those that are gone.
        removed: Vec<&'a str>,
    },
    /// A column of a table with another header.
    Header {
        /// The header as it was.
        old: &'a str,
        /// The header as it is.
        new: &'a str,
    },
}

/// The key of what is told together.
#[derive(PartialEq, Eq, Hash)]
struct Key<'a> {
    page: &'a str,
    level: Level,
    has_code: bool,
    case: Option<(usize, Option<&'a str>)>,
    language: Option<Language>,
    what: What<'a>,
}

impl<'a> Key<'a> {
    /// The key of some changes that are told as one; there is one at least.
    fn of(members: &[&'a Change], what: What<'a>) -> Self {
        let first = members[0];
        let level = members.iter().map(|change| change.level).max();
        Self {
            page: &first.page,
            level: level.unwrap_or(first.level),
            has_code: first.code.is_some(),
            case: first.case.map(|case| (case, first.case_title.as_deref())),
            language: first.language,
            what,
        }
    }
}

/// How many codes are named where something is about many of them.
const MANY: usize = 12;

/// The entries of some changes: by pages, the heaviest of a page first, and else in the order in
/// which the changes stand first.
#[must_use]
pub fn entries(changes: &[Change]) -> Vec<Entry<'_>> {
    let mut entries: IndexMap<Key<'_>, Entry<'_>> = IndexMap::new();
    let records = Records::of(changes);
    let mut told = vec![false; changes.len()];
    for place in 0..changes.len() {
        let is_told = std::mem::replace(&mut told[place], true);
        let change = &changes[place];
        if is_told || records.is_told_by_heading(change) {
            continue;
        }
        let mut what = what(change, place);
        let mut members = vec![change];
        members.extend(records.rows_of(change));
        if let Some((other, header)) = renamed_column(changes, place, &told) {
            told[other] = true;
            members.push(&changes[other]);
            what = header;
        }
        let entry = entries.entry(Key::of(&members, what));
        let new = Entry {
            page: &change.page,
            level: entry.key().level,
            what: entry.key().what.clone(),
            changes: Vec::new(),
        };
        entry.or_insert(new).changes.extend(members);
    }
    let mut entries: Vec<Entry<'_>> = entries.into_values().collect();
    entries.sort_by(|a, b| (a.page, Reverse(a.level)).cmp(&(b.page, Reverse(b.level))));
    entries
}

/// What is told of codes as a whole, by what it is, the page and the code.
struct Records<'a>(HashMap<(ChangeId, &'a str, Option<&'a str>), Vec<&'a Change>>);

impl<'a> Records<'a> {
    fn of(changes: &'a [Change]) -> Self {
        let mut records: HashMap<_, Vec<&Change>> = HashMap::new();
        for change in changes.iter().filter(|change| change.field.is_none()) {
            records.entry(record(change)).or_default().push(change);
        }
        Self(records)
    }

    fn alike(&self, change: &'a Change, kind: CodeKind) -> impl Iterator<Item = &'a Change> {
        let alike = self.0.get(&record(change)).into_iter().flatten().copied();
        let alike = alike.filter(move |other| other.kind == Some(kind));
        alike.filter(|_| change.field.is_none())
    }

    /// Whether a change is about a row of a table whose code has a heading too, of which the same
    /// is told.
    fn is_told_by_heading(&self, change: &'a Change) -> bool {
        let is_row = change.kind == Some(CodeKind::Table);
        is_row && self.alike(change, CodeKind::Heading).next().is_some()
    }

    /// The changes that tell of rows what this one tells of a heading.
    fn rows_of(&self, change: &'a Change) -> impl Iterator<Item = &'a Change> {
        let is_heading = change.kind == Some(CodeKind::Heading);
        let rows = self.alike(change, CodeKind::Table);
        rows.filter(move |_| is_heading)
    }
}

fn record(change: &Change) -> (ChangeId, &str, Option<&str>) {
    (change.id, &change.page, change.code.as_deref())
}

fn what(change: &Change, place: usize) -> What<'_> {
    match &change.field {
        Some(Field::Devices) => {
            let (old, new) = (change.old.lines(), change.new.lines());
            What::Devices {
                added: lacking(&old, &new),
                removed: lacking(&new, &old),
            }
        }
        Some(field) => What::Field {
            field,
            old: &change.old,
            new: &change.new,
        },
        None => What::Change(place),
    }
}

/// The names that are not among some others.
fn lacking<'a>(others: &[&str], names: &[&'a str]) -> Vec<&'a str> {
    let names = names.iter().filter(|name| !others.contains(name));
    names.copied().collect()
}

/// Finds the change that together with this one says that a column has another header: the cell
/// of the same row under the one header is what it was under the other.
fn renamed_column<'a>(
    changes: &'a [Change],
    place: usize,
    told: &[bool],
) -> Option<(usize, What<'a>)> {
    let change = &changes[place];
    let column = |change: &'a Change| match &change.field {
        Some(Field::Column(header)) => Some(header.as_str()),
        _ => None,
    };
    let header = column(change)?;
    let of_record = |other: &Change| other.code == change.code && other.page == change.page;
    let rest = changes[place + 1..]
        .iter()
        .take_while(|other| of_record(other));
    for (offset, other) in rest.enumerate() {
        let at = place + 1 + offset;
        let Some(other_header) = column(other).filter(|_| !told[at]) else {
            continue;
        };
        let (old, new) = match (&change.old, &change.new, &other.old, &other.new) {
            (Value::None, new, old, Value::None) if new == old => (other_header, header),
            (old, Value::None, Value::None, new) if new == old => (header, other_header),
            _ => continue,
        };
        return Some((at, What::Header { old, new }));
    }
    None
}

impl Entry<'_> {
    /// The first of its changes.
    #[must_use]
    pub fn first(&self) -> &Change {
        self.changes[0]
    }

    /// What it tells, in a line: `breaking: code removed: 401`.
    #[must_use]
    pub fn summary(&self) -> String {
        let level = self.level.name();
        let heading = self.heading();
        let codes = listed(&self.codes(), str::to_owned);
        match codes.is_empty() {
            true => format!("{level}: {heading}"),
            false => format!("{level}: {heading}: {codes}"),
        }
    }

    /// The codes that it is about, each once; none for the page as a whole.
    #[must_use]
    pub fn codes(&self) -> Vec<&str> {
        let mut codes: Vec<&str> = Vec::new();
        for code in self
            .changes
            .iter()
            .filter_map(|change| change.code.as_deref())
        {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        codes
    }

    /// The lines in which the text of a field differs. What is told by the heading alone has none,
    /// such as whether something is deprecated.
    #[must_use]
    pub fn lines(&self) -> Vec<Line> {
        match &self.what {
            What::Field {
                new: Value::Flag(_),
                ..
            } => Vec::new(),
            What::Field { old, new, .. } => lines(&old.lines(), &new.lines()),
            What::Change(_) | What::Devices { .. } | What::Header { .. } => Vec::new(),
        }
    }

    /// Which case of the codes it is about, where they have several: `case “算法异常”`, with its
    /// title as `shown`.
    #[must_use]
    pub fn case(&self, shown: impl Fn(&str) -> String) -> Option<String> {
        let change = self.first();
        let case = change.case?;
        Some(match &change.case_title {
            Some(title) => format!("case {}", shown(title)),
            None => format!("case {}", case + 1),
        })
    }

    /// A text with the language that the change is about, where it is not the page's own.
    #[must_use]
    pub fn in_language(&self, text: &str) -> String {
        match self.first().language {
            Some(language) => format!("{text} ({})", language.own_name()),
            None => text.to_owned(),
        }
    }

    /// What it is about, in a few words: `code removed`, `message`, `column “描述”`.
    #[must_use]
    pub fn heading(&self) -> String {
        let change = self.first();
        let text = match (&self.what, change.id) {
            (What::Header { .. }, _) => "column renamed".to_owned(),
            (What::Devices { .. }, _) => "devices".to_owned(),
            (What::Field { field, .. }, _) => field_heading(field, change),
            (What::Change(_), ChangeId::PageAdded) => "page added".to_owned(),
            (What::Change(_), ChangeId::PageRemoved) => "page removed".to_owned(),
            (What::Change(_), ChangeId::PageRenamed) => "page renamed".to_owned(),
            (What::Change(_), ChangeId::CodeAdded) => "code added".to_owned(),
            (What::Change(_), ChangeId::CodeRemoved) => "code removed".to_owned(),
            (What::Change(_), ChangeId::CodeReturned) => "code returned".to_owned(),
            (What::Change(_), ChangeId::CodeMoved) => "code moved".to_owned(),
            (What::Change(_), ChangeId::IdentifierChanged) => match (&change.old, &change.new) {
                (_, Value::None) => "old name removed".to_owned(),
                (Value::None, _) => "old name kept".to_owned(),
                _ => "name changed".to_owned(),
            },
            (What::Change(_), ChangeId::FieldChanged) => "changed".to_owned(),
        };
        self.in_language(&text)
    }
}

/// Some codes in a row, each as `shown`; of many the first, and how many more there are.
#[must_use]
pub fn listed(codes: &[&str], shown: impl Fn(&str) -> String) -> String {
    let named: Vec<String> = codes.iter().take(MANY).map(|code| shown(code)).collect();
    let named = named.join(", ");
    match codes.len().saturating_sub(MANY) {
        0 => named,
        others => format!("{named} and {others} more"),
    }
}

fn field_heading(field: &Field, change: &Change) -> String {
    match (field, change.code.is_some()) {
        (Field::Extra(label), _) if label.is_empty() => "text before the first label".to_owned(),
        (Field::Extra(label), _) => format!("“{label}”"),
        (Field::Column(header), _) => format!("column “{header}”"),
        (Field::Notes, false) => "introduction".to_owned(),
        (Field::Group, false) => "section".to_owned(),
        (Field::Deprecated, _) if change.new == Value::Flag(false) => "not deprecated".to_owned(),
        (field, _) => field.name().to_owned(),
    }
}
