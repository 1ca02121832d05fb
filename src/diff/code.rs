//! What changed about the codes of a page.

use std::collections::HashSet;

use super::change::{Change, Value, change};
use super::fields;
use super::identifiers;
use super::kind::{ChangeId, Field};
use super::level::{Level, Levels};
use super::page::Pair;
use super::records::Record;
use super::text::texts;
use crate::catalog::{Case, CodeKind, ErrorCode, Page};
use crate::names::Key;

/// The changes of a page's codes, in the order of its records.
pub(super) fn changes(
    pair: &Pair<'_>,
    records: &[Record<'_>],
    is_retired: &dyn Fn(&Key) -> bool,
    levels: &Levels,
) -> Vec<Change> {
    let mut codes = Codes {
        pair,
        is_retired,
        levels,
        named: HashSet::new(),
        kept: kept(records),
        changes: Vec::new(),
    };
    for record in records {
        codes.add(record);
    }
    codes.changes
}

/// The codes of which a record has stayed.
fn kept(records: &[Record<'_>]) -> HashSet<String> {
    let kept = records.iter().filter_map(|record| match record {
        Record::Kept { new, .. } => Some(new.key()),
        _ => None,
    });
    kept.collect()
}

struct Codes<'a> {
    pair: &'a Pair<'a>,
    is_retired: &'a dyn Fn(&Key) -> bool,
    levels: &'a Levels,
    /// The codes whose names have been compared; all records of a code have the same.
    named: HashSet<String>,
    /// The codes of which a record has stayed.
    kept: HashSet<String>,
    changes: Vec<Change>,
}

impl Codes<'_> {
    fn add(&mut self, record: &Record<'_>) {
        match *record {
            Record::Added { new, had } => {
                // The constant stays, but a name may come from the record that is gone.
                if let Some(old) = had {
                    self.compare_names(old, new);
                }
                self.add_code(new, had.is_some());
            }
            Record::Removed { old, has_code } => self.remove_code(old, has_code),
            Record::MovedAway => {}
            Record::MovedHere { from, old, new } => {
                let mut moved = self.about(ChangeId::CodeMoved, self.pair.new, new);
                moved.old = Value::Text(from.id.clone());
                moved.new = Value::Text(moved.page.clone());
                self.changes.push(moved);
                if let Some(to) = self.pair.new {
                    self.compare(&Pair::new(Some(from), Some(to)), old, new);
                }
            }
            Record::Kept { old, new } => {
                self.compare_names(old, new);
                self.compare(self.pair, old, new);
            }
        }
    }

    /// Tells, once for each code, that the outputs call it something else.
    fn compare_names(&mut self, old: &ErrorCode, new: &ErrorCode) {
        if self.named.insert(new.key()) {
            let template = self.about(ChangeId::IdentifierChanged, self.pair.new, new);
            if let (Some(old), Some(new)) = (&old.identifiers, &new.identifiers) {
                self.changes
                    .extend(identifiers::of_code(old, new, &template));
            }
        }
    }

    fn add_code(&mut self, new: &ErrorCode, had_code: bool) {
        let key = self.pair.new.and_then(|page| Key::code(&page.id, new));
        let id = match key {
            Some(key) if !had_code && (self.is_retired)(&key) => ChangeId::CodeReturned,
            _ => ChangeId::CodeAdded,
        };
        let mut added = self.about(id, self.pair.new, new);
        // Where the page has its code before and after, all constants stay, whatever becomes of one
        // record; but where none has stayed, this one may say what the old ones did not.
        added.level = match (had_code, self.kept.contains(&new.key())) {
            (false, _) => added.level,
            (true, true) => Level::Note,
            (true, false) => self.levels.of_field(Field::Message.name()),
        };
        added.new = headline(new);
        added.message = message(new).filter(|message| added.title.as_ref() != Some(message));
        self.changes.push(added);
    }

    fn remove_code(&mut self, old: &ErrorCode, has_code: bool) {
        let mut removed = self.about(ChangeId::CodeRemoved, self.pair.old, old);
        removed.old = headline(old);
        if has_code {
            removed.level = Level::Note;
        }
        self.changes.push(removed);
    }

    fn about(&self, id: ChangeId, page: Option<&Page>, code: &ErrorCode) -> Change {
        Change {
            code: Some(code.code.clone()),
            kind: Some(code.kind),
            name: page.and_then(|page| name(page, code)),
            title: match headline(code) {
                Value::Text(title) => Some(title),
                _ => None,
            },
            ..change(id, self.pair.id(), self.levels)
        }
    }

    /// Compares what two records say.
    fn compare(&mut self, pair: &Pair<'_>, old: &ErrorCode, new: &ErrorCode) {
        let template = self.about(ChangeId::FieldChanged, self.pair.new, new);
        let changes = fields::compare(pair, [old, new], template, self.levels);
        self.changes.extend(changes);
    }
}

/// What the outputs call a code, with the enum.
fn name(page: &Page, code: &ErrorCode) -> Option<String> {
    let type_name = &page.identifiers.as_ref()?.type_name;
    let constant = &code.identifiers.as_ref()?.constant;
    Some(format!("{type_name}.{constant}"))
}

/// What a code is about, in one line: its title, or what the row of a table says first.
fn headline(code: &ErrorCode) -> Value {
    if code.title.is_some() {
        return Value::from(code.title.as_deref());
    }
    let case = code.cases.first();
    let mut fields = case.into_iter().flat_map(Case::fields);
    let text = fields.find_map(|field| texts(field).into_iter().next());
    match (code.kind, text) {
        (CodeKind::Table, Some(text)) => Value::Text(text),
        _ => Value::None,
    }
}

/// What the system throws with a code, in its first case.
fn message(code: &ErrorCode) -> Option<String> {
    let message = texts(&code.cases.first()?.message).join(" ");
    (!message.is_empty()).then_some(message)
}
