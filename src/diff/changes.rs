//! The one comparison of fields: collects the changes that are found.

use std::collections::BTreeSet;

use super::change::{Change, Value};
use super::kind::{Field, FieldKind};
use super::level::Levels;
use super::text::squeezed;

/// The changes that are found, in their order.
pub(super) struct Changes<'a> {
    pub(super) levels: &'a Levels,
    pub(super) found: Vec<Change>,
}

impl Changes<'_> {
    /// Compares what the old and the new side say in a field. `about` is a change without field and
    /// values.
    pub(super) fn compare(
        &mut self,
        about: &Change,
        field: impl Into<Field>,
        [old, new]: [Value; 2],
    ) {
        let field = field.into();
        if !is_same(field.kind, &old, &new) {
            self.found.push(Change {
                level: self.levels.field_level(field.kind),
                field: Some(field),
                old,
                new,
                ..about.clone()
            });
        }
    }
}

/// Whether two values say the same. White space says nothing, and neither does the order of devices.
fn is_same(field: FieldKind, old: &Value, new: &Value) -> bool {
    if field == FieldKind::Devices {
        let [old, new] = [old, new].map(|value| BTreeSet::from_iter(value.lines()));
        return old == new;
    }
    old == new || squeezed(old) == squeezed(new)
}
