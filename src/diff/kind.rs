//! What may change: the kinds of changes, and the fields of codes and pages.

use serde::{Serialize, Serializer};

use super::level::Level::{self, Breaking, Notable, Note};

/// A kind or a field, its name, its default level, and what it means in a few words.
type Row<T> = (T, &'static str, Level, &'static str);

/// The kinds of changes. Their ids never change.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeId {
    /// A page that only the new side has.
    PageAdded,
    /// A page that only the old side has.
    PageRemoved,
    /// A page that has the codes of one that is gone.
    PageRenamed,
    /// A code that only the new side has.
    CodeAdded,
    /// A code that only the old side has.
    CodeRemoved,
    /// A code that the documentation had lost and has again.
    CodeReturned,
    /// A code that another page states now.
    CodeMoved,
    /// A code or a page that the outputs call something else.
    IdentifierChanged,
    /// Something that the page says of a code, or of itself.
    #[default]
    FieldChanged,
}

impl ChangeId {
    /// The table of kinds, in their order.
    #[rustfmt::skip]
    const ROWS: [Row<Self>; 9] = [
        (Self::PageAdded, "page-added", Notable, "a page that was not there"),
        (Self::PageRemoved, "page-removed", Breaking, "a page that is gone"),
        (Self::PageRenamed, "page-renamed", Breaking, "a page that has the codes of one that is gone"),
        (Self::CodeAdded, "code-added", Notable, "a code that the page did not have"),
        (Self::CodeRemoved, "code-removed", Breaking, "a code that the page has no more"),
        (Self::CodeReturned, "code-returned", Notable, "a code that was retired and is there again"),
        (Self::CodeMoved, "code-moved", Breaking, "a code that another page states now"),
        (Self::IdentifierChanged, "identifier-changed", Breaking, "a constant or an enum with another name"),
        (Self::FieldChanged, "field-changed", Note, "what a page says of a code or of itself"),
    ];

    /// All kinds of changes.
    pub fn all() -> [Self; 9] {
        Self::ROWS.map(|(id, ..)| id)
    }

    /// The name that never changes, as in the JSON and in `arkerr.toml`.
    pub fn id(self) -> &'static str {
        Self::ROWS[self as usize].1
    }

    /// The level that a project changes in `arkerr.toml`.
    pub fn default_level(self) -> Level {
        Self::ROWS[self as usize].2
    }

    /// What it means, in a few words.
    pub fn summary(self) -> &'static str {
        Self::ROWS[self as usize].3
    }

    /// The kind of change with this id.
    pub fn named(id: &str) -> Option<Self> {
        Self::all().into_iter().find(|change| change.id() == id)
    }
}

/// The fields of codes and pages, in the order of `arkerr diff --list`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldKind {
    /// The rest of the code's heading, the heading of a case, or the heading of the page.
    Title,
    /// 错误信息.
    Message,
    /// 错误描述.
    Description,
    /// 可能原因.
    Causes,
    /// 处理步骤.
    Steps,
    /// Call-outs inside the fields of a code; for a page, what stands before its first section.
    Notes,
    /// The devices shown under the heading.
    Devices,
    /// The heading above the code; for a page, a section that is no code, with its text.
    Group,
    /// Whether the code is marked as deprecated.
    Deprecated,
    /// What stands under another label.
    Extra,
    /// The cell of a row, by the header of its column.
    Column,
}

impl FieldKind {
    /// The table of fields, in their order.
    #[rustfmt::skip]
    const ROWS: [Row<Self>; 11] = [
        (Self::Title, "title", Note, "the heading of a code, of a case of it, or of a page"),
        (Self::Message, "message", Notable, "the text that the system throws"),
        (Self::Description, "description", Note, "what the code means"),
        (Self::Causes, "causes", Note, "why it is thrown"),
        (Self::Steps, "steps", Note, "what to do about it"),
        (Self::Notes, "notes", Note, "call-outs, and what a page says before its first section"),
        (Self::Devices, "devices", Notable, "the devices that support it"),
        (Self::Group, "group", Note, "the heading above a code, or a section that is no code"),
        (Self::Deprecated, "deprecated", Notable, "whether it is deprecated"),
        (Self::Extra, "extra", Note, "what stands under another label"),
        (Self::Column, "column", Note, "a cell of a table"),
    ];

    /// All fields.
    pub fn all() -> [Self; 11] {
        Self::ROWS.map(|(field, ..)| field)
    }

    /// The name, as in the JSON and in `arkerr.toml`.
    pub fn name(self) -> &'static str {
        Self::ROWS[self as usize].1
    }

    /// The level that a project changes in `arkerr.toml`.
    pub fn default_level(self) -> Level {
        Self::ROWS[self as usize].2
    }

    /// What the field is, in a few words.
    pub fn summary(self) -> &'static str {
        Self::ROWS[self as usize].3
    }

    /// The field under this label of the page, or in the column with this header.
    pub(super) fn labelled(self, label: &str) -> Field {
        Field {
            kind: self,
            label: Some(label.to_owned()),
        }
    }

    /// The field with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::all().into_iter().find(|field| field.name() == name)
    }
}

/// What of a code or of a page has changed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Field {
    /// Which field it is.
    pub kind: FieldKind,
    /// What the page calls it: the label of an extra field, the header of a column.
    pub label: Option<String>,
}

impl From<FieldKind> for Field {
    fn from(kind: FieldKind) -> Self {
        Self { kind, label: None }
    }
}

impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let name = self.kind.name();
        match &self.label {
            Some(label) => serializer.collect_str(&format_args!("{name}:{label}")),
            None => serializer.serialize_str(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_a_table_stands_in_the_place_of_its_kind() {
        for (place, id) in ChangeId::all().into_iter().enumerate() {
            assert_eq!(id as usize, place);
            let json = serde_json::to_string(&id).expect("an id is JSON");
            assert_eq!(json, format!("\"{}\"", id.id()));
        }
        for (place, field) in FieldKind::all().into_iter().enumerate() {
            assert_eq!(field as usize, place);
        }
    }
}
