//! What changed about the codes of a page.

use std::collections::HashSet;

use super::change::{Change, Value};
use super::identifiers;
use super::kind::{ChangeId, FieldKind};
use super::level::{Level, Levels};
use super::page::Pair;
use super::pairing::{Record, keys};
use super::record;
use super::text::texts;
use crate::catalog::{CodeKind, ErrorCode, Page};
use crate::names::Key;

/// The changes of a page's codes, in the order of its records.
pub(super) fn changes(
    pair: &Pair<'_>,
    records: &[Record<'_>],
    is_retired: &dyn Fn(&Key) -> bool,
    levels: &Levels,
) -> Vec<Change> {
    let kept = records.iter().filter(|record| record.old.is_some());
    let mut codes = Codes {
        pair,
        is_retired,
        levels,
        named: HashSet::new(),
        kept: kept.filter_map(|record| Some(record.new?.key())).collect(),
        changes: Vec::new(),
    };
    let [old_codes, new_codes] = [pair.old, pair.new].map(keys);
    for record in records {
        match (record.old, record.new) {
            (None, Some(new)) => codes.add(new, old_codes.get(&new.key()).copied()),
            (Some(old), None) => codes.remove(old, new_codes.contains_key(&old.key())),
            (Some(old), Some(new)) => codes.keep(old, new, record.moved_from),
            (None, None) => {}
        }
    }
    codes.changes
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
    /// `had` is another record of the code that the page had.
    fn add(&mut self, new: &ErrorCode, had: Option<&ErrorCode>) {
        // The constant stays, but a name may come from the record that is gone.
        if let Some(old) = had {
            self.compare_names(old, new);
        }
        let key = self.pair.new.and_then(|page| Key::code(&page.id, new));
        let id = match key {
            Some(key) if had.is_none() && (self.is_retired)(&key) => ChangeId::CodeReturned,
            _ => ChangeId::CodeAdded,
        };
        let mut added = self.about(id, self.pair.new, new);
        // Where the page has its code before and after, all constants stay, whatever becomes of one
        // record; but where none has stayed, this one may say what the old ones did not.
        if had.is_some() {
            added.level = if self.kept.contains(&new.key()) {
                Level::Note
            } else {
                self.levels.field_level(FieldKind::Message)
            };
        }
        added.new = Value::from(added.title.as_deref());
        added.message = message(new).filter(|message| added.title.as_ref() != Some(message));
        self.changes.push(added);
    }

    /// `has_code` is whether the page still has another record of the code.
    fn remove(&mut self, old: &ErrorCode, has_code: bool) {
        let mut removed = self.about(ChangeId::CodeRemoved, self.pair.old, old);
        removed.old = Value::from(removed.title.as_deref());
        if has_code {
            removed.level = Level::Note;
        }
        self.changes.push(removed);
    }

    fn keep(&mut self, old: &ErrorCode, new: &ErrorCode, moved_from: Option<&Page>) {
        let Some(from) = moved_from else {
            self.compare_names(old, new);
            return self.compare(self.pair, old, new);
        };
        let moved = self.about(ChangeId::CodeMoved, self.pair.new, new);
        self.changes.push(Change {
            old: Value::from(from.id.as_str()),
            new: Value::from(self.pair.id()),
            ..moved
        });
        let pair = Pair {
            old: Some(from),
            new: self.pair.new,
        };
        self.compare(&pair, old, new);
    }

    /// Tells, once for each code, that the outputs call it something else.
    fn compare_names(&mut self, old: &ErrorCode, new: &ErrorCode) {
        if !self.named.insert(new.key()) {
            return;
        }
        if let (Some(old), Some(names)) = (&old.identifiers, &new.identifiers) {
            let about = self.about(ChangeId::IdentifierChanged, self.pair.new, new);
            let changes = identifiers::compare(&old.into(), &names.into(), &about);
            self.changes.extend(changes);
        }
    }

    fn about(&self, id: ChangeId, page: Option<&Page>, code: &ErrorCode) -> Change {
        Change {
            id,
            level: self.levels.level(id),
            page: self.pair.id().to_owned(),
            code: Some(code.code.clone()),
            kind: Some(code.kind),
            name: page.and_then(|page| name(page, code)),
            title: headline(code),
            ..Change::default()
        }
    }

    /// Compares what two records say.
    fn compare(&mut self, pair: &Pair<'_>, old: &ErrorCode, new: &ErrorCode) {
        let about = self.about(ChangeId::FieldChanged, self.pair.new, new);
        let changes = record::compare(pair, [old, new], about, self.levels);
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
