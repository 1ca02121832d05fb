//! What changed about the codes of a page.

use std::collections::HashSet;

use super::change::{Change, Value};
use super::changes::Changes;
use super::identifiers::{self, code_names};
use super::kind::{ChangeId, FieldKind};
use super::level::Level;
use super::pairing::{Pair, Record};
use super::record;
use super::text::texts;
use crate::catalog::{CodeKind, ErrorCode};
use crate::names::Key;

/// Compares the codes of a page, in the order of its records.
pub(super) fn compare(
    pair: &Pair<'_>,
    records: &[[Option<Record<'_>>; 2]],
    is_retired: &dyn Fn(&Key) -> bool,
    changes: &mut Changes<'_>,
) {
    let kept = records.iter().filter(|[old, _]| old.is_some());
    let mut codes = Codes {
        pair,
        is_retired,
        named: HashSet::new(),
        kept: kept
            .filter_map(|[_, new]| Some(new.as_ref()?.code.key()))
            .collect(),
        changes,
    };
    for record in records {
        match *record {
            [Some(old), Some(new)] => codes.keep(old, new),
            [None, Some(new)] => codes.add(new),
            [Some(old), None] => codes.remove(old),
            [None, None] => {}
        }
    }
}

struct Codes<'a, 'c> {
    pair: &'a Pair<'a>,
    is_retired: &'a dyn Fn(&Key) -> bool,
    /// The codes whose names have been compared; all records of a code have the same.
    named: HashSet<String>,
    /// The codes of which a record has stayed.
    kept: HashSet<String>,
    changes: &'a mut Changes<'c>,
}

impl Codes<'_, '_> {
    fn add(&mut self, new: Record<'_>) {
        let had = self.pair.in_old(new.code);
        // The constant stays, but a name may come from the record that is gone.
        if let Some(old) = had {
            self.compare_names(old, new);
        }
        let key = Key::code(self.pair.id, new.code);
        let id = match key {
            Some(key) if had.is_none() && (self.is_retired)(&key) => ChangeId::CodeReturned,
            _ => ChangeId::CodeAdded,
        };
        let mut added = self.about(id, new);
        // Where the page has its code before and after, all constants stay, whatever becomes of one
        // record; but where none has stayed, this one may say what the old ones did not.
        if had.is_some() {
            added.level = if self.kept.contains(&new.code.key()) {
                Level::Note
            } else {
                self.changes.levels.field_level(FieldKind::Message)
            };
        }
        added.new = Value::from(added.title.clone());
        added.message = message(new.code).filter(|message| added.title.as_ref() != Some(message));
        self.changes.found.push(added);
    }

    fn remove(&mut self, old: Record<'_>) {
        let mut removed = self.about(ChangeId::CodeRemoved, old);
        removed.old = Value::from(removed.title.clone());
        if self.pair.in_new(old.code).is_some() {
            removed.level = Level::Note;
        }
        self.changes.found.push(removed);
    }

    /// The old record may be one of another page.
    fn keep(&mut self, old: Record<'_>, new: Record<'_>) {
        if self.pair.in_old(new.code).is_some() {
            self.compare_names(old.code, new);
        } else {
            let moved = self.about(ChangeId::CodeMoved, new);
            self.changes.found.push(Change {
                old: Value::Text(old.index.page.id.clone()),
                new: Value::Text(self.pair.id.to_owned()),
                ..moved
            });
        }
        let about = self.about(ChangeId::FieldChanged, new);
        record::compare([old, new], about, self.changes);
    }

    /// Tells, once for each code, that the outputs call it something else.
    fn compare_names(&mut self, old: &ErrorCode, new: Record<'_>) {
        if !self.named.insert(new.code.key()) {
            return;
        }
        if let (Some(old), Some(names)) = (&old.identifiers, &new.code.identifiers) {
            let about = self.about(ChangeId::IdentifierChanged, new);
            let changes = identifiers::compare(&code_names(old), &code_names(names), &about);
            self.changes.found.extend(changes);
        }
    }

    fn about(&self, id: ChangeId, record: Record<'_>) -> Change {
        Change {
            id,
            level: self.changes.levels.level(id),
            page: self.pair.id.to_owned(),
            code: Some(record.code.code.clone()),
            kind: Some(record.code.kind),
            name: name(record),
            title: headline(record.code),
            ..Change::default()
        }
    }
}

/// What the outputs call a code, with the enum.
fn name(record: Record<'_>) -> Option<String> {
    let type_name = &record.index.page.identifiers.as_ref()?.type_name;
    let constant = &record.code.identifiers.as_ref()?.constant;
    Some(format!("{type_name}.{constant}"))
}

/// What a code is about, in one line: its title, or what the row of a table says first.
fn headline(code: &ErrorCode) -> Option<String> {
    if code.title.is_some() || code.kind == CodeKind::Heading {
        return code.title.clone();
    }
    let mut fields = code.cases.first()?.fields().into_iter();
    fields.find_map(|field| texts(field).into_iter().next())
}

/// What the system throws with a code, in its first case.
fn message(code: &ErrorCode) -> Option<String> {
    let message = texts(&code.cases.first()?.message).join(" ");
    Some(message).filter(|message| !message.is_empty())
}
