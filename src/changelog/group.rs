//! Changes that say the same of several codes, told once.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet, VecDeque};

use indexmap::{IndexMap, IndexSet};

use super::words::{Line, lines};
use crate::catalog::CodeKind;
use crate::diff::{Change, ChangeId, Field, FieldKind, Level, Value};

/// What changed about a page, or about one or more of its codes.
#[derive(Debug, Clone)]
pub struct ChangeGroup<'a> {
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
    /// Something that its heading tells.
    Itself,
    /// Another page states it now: the id of that one.
    From(&'a str),
    /// A page, a name or a column that is called something else. A name may be new, or gone,
    /// without another in its place.
    Renamed(Option<&'a str>, Option<&'a str>),
    /// Devices that were added, and that are gone.
    Devices {
        /// The new ones.
        added: Vec<&'a str>,
        /// Those that are gone.
        removed: Vec<&'a str>,
    },
    /// A field that says one thing for all of the codes, and said another.
    Field(&'a Field, &'a Value, &'a Value),
}

/// How many codes are named where something is about many of them.
const MANY: usize = 12;

/// The groups of some changes: by pages, the heaviest of a page first, and else in the order in
/// which the changes stand first. Changes of fields that say the same are told together.
pub fn grouped(changes: &[Change]) -> Vec<ChangeGroup<'_>> {
    let rows_of = rows_of_headings(changes);
    let mut groups: IndexMap<_, Vec<&Change>> = IndexMap::new();
    let mut told = vec![false; changes.len()];
    let mut columns = Columns::new(changes);
    for (place, change) in changes.iter().enumerate() {
        let rows = record(change).and_then(|record| rows_of.get(&record));
        let is_told_by_heading = rows.is_some() && change.kind == Some(CodeKind::Table);
        if told[place] || is_told_by_heading {
            continue;
        }
        let mut members = vec![change];
        members.extend(rows.into_iter().flatten());
        let mut what = what(change);
        if let Some((other, renamed)) = columns.renamed(place, &told) {
            told[other] = true;
            members.push(&changes[other]);
            what = renamed;
        }
        let level = members.iter().map(|change| change.level).max();
        // Whatever is no field has a line of its own.
        let own_line = change.field.is_none().then_some(place);
        let case = (change.case, &change.case_title);
        let about = (own_line, change.code.is_some(), case, change.language);
        let key = (&*change.page, level.unwrap_or_default(), what, about);
        groups.entry(key).or_default().extend(members);
    }
    let mut all = Vec::new();
    for ((page, level, what, _), changes) in groups {
        all.push(ChangeGroup {
            page,
            level,
            what,
            changes,
        });
    }
    all.sort_by_key(|group| (group.page, Reverse(group.level)));
    all
}

/// What a change tells of a code as a whole: what, on which page, and of which code.
type Record<'a> = (ChangeId, &'a str, &'a str);

/// The changes that tell of the rows of a code what another tells of its heading.
fn rows_of_headings(changes: &[Change]) -> HashMap<Record<'_>, Vec<&Change>> {
    let mut rows: HashMap<_, Vec<_>> = HashMap::new();
    for change in changes
        .iter()
        .filter(|change| change.kind == Some(CodeKind::Heading))
    {
        rows.extend(record(change).map(|record| (record, Vec::new())));
    }
    for change in changes
        .iter()
        .filter(|change| change.kind == Some(CodeKind::Table))
    {
        if let Some(rows) = record(change).and_then(|record| rows.get_mut(&record)) {
            rows.push(change);
        }
    }
    rows
}

fn record(change: &Change) -> Option<Record<'_>> {
    let code = change.code.as_deref().filter(|_| change.field.is_none())?;
    Some((change.id, &change.page, code))
}

fn what(change: &Change) -> What<'_> {
    let [old, new] = [&change.old, &change.new].map(Value::lines);
    match (&change.field, change.id) {
        (Some(field), _) if field.kind == FieldKind::Devices => What::Devices {
            added: lacking(&old, &new),
            removed: lacking(&new, &old),
        },
        (Some(field), _) => What::Field(field, &change.old, &change.new),
        (None, ChangeId::PageRenamed | ChangeId::IdentifierChanged) => {
            What::Renamed(old.first().copied(), new.first().copied())
        }
        (None, ChangeId::CodeMoved) => What::From(old.first().copied().unwrap_or_default()),
        (None, _) => What::Itself,
    }
}

/// The names that are not among some others.
fn lacking<'a>(others: &[&str], names: &[&'a str]) -> Vec<&'a str> {
    let others: HashSet<&str> = others.iter().copied().collect();
    let is_lacking = |name: &&'a str| !others.contains(name);
    names.iter().copied().filter(is_lacking).collect()
}

/// Changes of columns of which one side alone has the cell.
struct Columns<'a> {
    changes: &'a [Change],
    /// For each change which row it is about, about: those next to one another that are about one
    /// code have one number.
    rows: Vec<usize>,
    /// The places of the changes, by the row, whether the cell is gone, and what it says.
    places: HashMap<(usize, bool, &'a Value), VecDeque<usize>>,
}

impl<'a> Columns<'a> {
    fn new(changes: &'a [Change]) -> Self {
        let mut row = 0;
        let (mut rows, mut places) = (Vec::new(), HashMap::<_, VecDeque<usize>>::new());
        for (place, change) in changes.iter().enumerate() {
            let before = place.checked_sub(1).map(|before| &changes[before]);
            let is_near =
                |before: &Change| before.code == change.code && before.page == change.page;
            row += usize::from(!before.is_some_and(is_near));
            rows.push(row);
            if let Some((is_gone, value)) = one_sided(change) {
                let places = places.entry((row, is_gone, value)).or_default();
                places.push_back(place);
            }
        }
        Self {
            changes,
            rows,
            places,
        }
    }

    /// Finds the change that together with this one says that a column has another header: the cell
    /// of the same row under the one header is what it was under the other. It is asked for one
    /// change after the other.
    fn renamed(&mut self, place: usize, told: &[bool]) -> Option<(usize, What<'a>)> {
        let change = &self.changes[place];
        let (is_gone, value) = one_sided(change)?;
        let others = self.places.get_mut(&(self.rows[place], !is_gone, value))?;
        while others
            .front()
            .is_some_and(|other| *other <= place || told[*other])
        {
            others.pop_front();
        }
        let other = *others.front()?;
        let headers = [change, &self.changes[other]].map(column);
        let [old, new] = if is_gone {
            headers
        } else {
            [headers[1], headers[0]]
        };
        Some((other, What::Renamed(old, new)))
    }
}

/// Whether the cell of a column is gone or is new, and what it says or said.
fn one_sided(change: &Change) -> Option<(bool, &Value)> {
    column(change)?;
    match (&change.old, &change.new) {
        (old, Value::None) => Some((true, old)),
        (Value::None, new) => Some((false, new)),
        _ => None,
    }
}

/// The header of the column, where a change is about one.
fn column(change: &Change) -> Option<&str> {
    let is_column = |field: &&Field| field.kind == FieldKind::Column;
    change.field.as_ref().filter(is_column)?.label.as_deref()
}

impl ChangeGroup<'_> {
    /// The first of its changes.
    pub fn first(&self) -> &Change {
        self.changes[0]
    }

    /// What it tells, in a line: `breaking: code removed: 401`.
    pub fn summary(&self) -> String {
        let mut parts = vec![
            self.level.name().to_owned(),
            self.heading(|label| format!("“{label}”")),
            listed(&self.codes(), str::to_owned),
        ];
        parts.retain(|part| !part.is_empty());
        parts.join(": ")
    }

    /// The codes that it is about, each once; none for the page as a whole.
    pub fn codes(&self) -> Vec<&str> {
        let changes = self.changes.iter();
        let codes: IndexSet<&str> = changes
            .filter_map(|change| change.code.as_deref())
            .collect();
        codes.into_iter().collect()
    }

    /// The lines in which the text of a field differs. What is told by the heading alone has none,
    /// such as whether something is deprecated.
    pub fn lines(&self) -> Vec<Line> {
        match &self.what {
            What::Field(_, _, Value::Flag(_)) => Vec::new(),
            What::Field(_, old, new) => lines(&old.lines(), &new.lines()),
            _ => Vec::new(),
        }
    }

    /// The codes that it is about, each as `shown`, with title and name where it is one; of a page
    /// its title.
    pub fn subjects(&self, shown: impl Fn(&str) -> String) -> String {
        let Change { title, name, .. } = self.first();
        match self.codes().as_slice() {
            [] => title.as_deref().map(shown).unwrap_or_default(),
            [code] => {
                let title = title.as_deref().map(&shown);
                let name = name.as_deref().map(|name| format!("({})", shown(name)));
                let parts = [Some(shown(code)), title, name];
                parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
            }
            codes => listed(codes, shown),
        }
    }

    /// Which case of the codes it is about, where they have several: `case “算法异常”`, with its
    /// title as `shown`.
    pub fn case(&self, shown: impl Fn(&str) -> String) -> Option<String> {
        let change = self.first();
        let case = change.case?;
        Some(match &change.case_title {
            Some(title) => format!("case {}", shown(title)),
            None => format!("case {}", case + 1),
        })
    }

    /// What it is about, in a few words, with what the page calls it as `shown`: `code removed`,
    /// `message`, `column “描述”`.
    pub fn heading(&self, shown: impl Fn(&str) -> String) -> String {
        let change = self.first();
        let heading = match (&self.what, &change.field) {
            (What::Renamed(..), Some(_)) => "column renamed".to_owned(),
            (_, Some(field)) => field_heading(field, change, shown),
            (What::Renamed(_, None), _) => "old name removed".to_owned(),
            (What::Renamed(None, _), _) => "old name kept".to_owned(),
            _ if change.id == ChangeId::IdentifierChanged => "name changed".to_owned(),
            _ => change.id.id().replace('-', " "),
        };
        match change.language {
            Some(language) => format!("{heading} ({})", language.own_name()),
            None => heading,
        }
    }
}

/// Some codes in a row, each as `shown`; of many the first, and how many more there are.
fn listed(codes: &[&str], shown: impl Fn(&str) -> String) -> String {
    let first = codes.iter().take(MANY).map(|code| shown(code));
    let named = first.collect::<Vec<_>>().join(", ");
    match codes.len().saturating_sub(MANY) {
        0 => named,
        others => format!("{named} and {others} more"),
    }
}

fn field_heading(field: &Field, change: &Change, shown: impl Fn(&str) -> String) -> String {
    let label = field.label.as_deref().unwrap_or_default();
    let is_page = change.code.is_none();
    match field.kind {
        FieldKind::Extra if label.is_empty() => "text before the first label".to_owned(),
        FieldKind::Extra => shown(label),
        FieldKind::Column => format!("column {}", shown(label)),
        FieldKind::Notes if is_page => "introduction".to_owned(),
        FieldKind::Group if is_page => "section".to_owned(),
        FieldKind::Deprecated if change.new == Value::Flag(false) => "not deprecated".to_owned(),
        kind => kind.name().to_owned(),
    }
}
