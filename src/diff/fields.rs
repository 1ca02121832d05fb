//! The table of what pages, codes and cases say, by their fields, and the one comparison of it.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::change::{Change, Value};
use super::kind::{Field, FieldKind};
use super::level::Levels;
use super::text::{all_texts, call_outs, squeezed, texts};
use crate::catalog::{Block, Case, ErrorCode, Group};

/// What one side says of something.
pub(super) type Fields = IndexMap<Field, Value>;

/// The fields in which two sides differ. `about` is a change without field and values.
pub(super) fn compare([old, new]: [Fields; 2], about: &Change, levels: &Levels) -> Vec<Change> {
    let old_only = old.keys().filter(|field| !new.contains_key(*field));
    let mut fields: Vec<&Field> = new.keys().chain(old_only).collect();
    fields.sort_by_key(|field| field.kind);
    let change = |field: &Field| {
        let [old, new] = [&old, &new].map(|side| side.get(field).cloned().unwrap_or_default());
        (!is_same(field.kind, &old, &new)).then(|| Change {
            level: levels.field_level(field.kind),
            field: Some(field.clone()),
            old,
            new,
            ..about.clone()
        })
    };
    fields.into_iter().filter_map(change).collect()
}

/// Whether two values say the same. White space says nothing, and neither does the order of devices.
fn is_same(field: FieldKind, old: &Value, new: &Value) -> bool {
    if field == FieldKind::Devices {
        let [old, new] = [old, new].map(|value| BTreeSet::from_iter(value.lines()));
        return old == new;
    }
    old == new || squeezed(old) == squeezed(new)
}

/// Fields without labels.
pub(super) fn fields<const N: usize>(fields: [(FieldKind, Value); N]) -> Fields {
    fields.map(|(kind, value)| (kind.into(), value)).into()
}

/// What a page says in one language, its sections aside.
pub(super) fn of_page(title: &str, notes: &[Block]) -> Fields {
    fields([
        (FieldKind::Title, Value::from(title)),
        (FieldKind::Notes, Value::List(all_texts(notes))),
    ])
}

/// A section that is no code: its heading, and its text.
pub(super) fn of_group(group: &Group) -> Fields {
    let title = std::iter::once(group.title.clone());
    let lines = title.chain(all_texts(&group.blocks)).collect();
    fields([(FieldKind::Group, Value::List(lines))])
}

/// The row of a table that states a code.
pub(super) fn of_row(code: &ErrorCode) -> Fields {
    let column = |(header, cell): (&String, &String)| {
        let field = FieldKind::Column.labelled(header);
        (field, Value::from(cell.as_str()))
    };
    code.columns.iter().map(column).collect()
}

/// What a case says, its devices aside.
pub(super) fn of_case(case: &Case) -> Fields {
    let list = |blocks: &Vec<Block>| Value::List(texts(blocks));
    let mut fields = fields([
        (FieldKind::Title, Value::from(case.title.as_deref())),
        (FieldKind::Message, list(&case.message)),
        (FieldKind::Description, list(&case.description)),
        (FieldKind::Causes, list(&case.causes)),
        (FieldKind::Steps, list(&case.steps)),
    ]);
    let extra = case.extra.iter();
    fields.extend(extra.map(|(label, blocks)| (FieldKind::Extra.labelled(label), list(blocks))));
    let notes = case.all_blocks().flat_map(call_outs).collect();
    fields.insert(FieldKind::Notes.into(), Value::List(notes));
    fields
}
