//! What may change: the kinds of changes, and the fields of codes and pages.

use std::fmt;

use serde::{Serialize, Serializer};

use super::level::Level::{self, Breaking, Notable, Note};

/// The kinds of changes. Their ids never change.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// All kinds of changes.
    pub const ALL: [Self; 9] = [
        Self::PageAdded,
        Self::PageRemoved,
        Self::PageRenamed,
        Self::CodeAdded,
        Self::CodeRemoved,
        Self::CodeReturned,
        Self::CodeMoved,
        Self::IdentifierChanged,
        Self::FieldChanged,
    ];

    /// The table of kinds: the id, the default level, and what the kind means.
    #[rustfmt::skip]
    fn row(self) -> (&'static str, Level, &'static str) {
        match self {
            Self::PageAdded => ("page-added", Notable, "a page that was not there"),
            Self::PageRemoved => ("page-removed", Breaking, "a page that is gone"),
            Self::PageRenamed => ("page-renamed", Breaking, "a page that has the codes of one that is gone"),
            Self::CodeAdded => ("code-added", Notable, "a code that the page did not have"),
            Self::CodeRemoved => ("code-removed", Breaking, "a code that the page has no more"),
            Self::CodeReturned => ("code-returned", Notable, "a code that was retired and is there again"),
            Self::CodeMoved => ("code-moved", Breaking, "a code that another page states now"),
            Self::IdentifierChanged => ("identifier-changed", Breaking, "a constant or an enum with another name"),
            Self::FieldChanged => ("field-changed", Note, "what a page says of a code or of itself"),
        }
    }

    /// The name that never changes, as in the JSON and in `arkerr.toml`.
    pub fn id(self) -> &'static str {
        self.row().0
    }

    /// The level that a project changes in `arkerr.toml`.
    pub fn default_level(self) -> Level {
        self.row().1
    }

    /// What it means, in a few words.
    pub fn summary(self) -> &'static str {
        self.row().2
    }

    /// The kind of change with this id.
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|change| change.id() == id)
    }
}

impl Serialize for ChangeId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

/// The fields of codes and pages, in the order in which the changes of a record are listed.
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
    /// What stands under another label.
    Extra,
    /// The cell of a row, by the header of its column.
    Column,
    /// Call-outs inside the fields of a code; for a page, what stands before its first section.
    Notes,
    /// The heading above the code; for a page, a section that is no code, with its text.
    Group,
    /// Whether the code is marked as deprecated.
    Deprecated,
    /// The devices shown under the heading.
    Devices,
}

impl FieldKind {
    /// All fields, in the order of `arkerr diff --list`.
    pub const ALL: [Self; 11] = [
        Self::Title,
        Self::Message,
        Self::Description,
        Self::Causes,
        Self::Steps,
        Self::Notes,
        Self::Devices,
        Self::Group,
        Self::Deprecated,
        Self::Extra,
        Self::Column,
    ];

    /// The table of fields: the name, the default level, and what the field is.
    #[rustfmt::skip]
    fn row(self) -> (&'static str, Level, &'static str) {
        match self {
            Self::Title => ("title", Note, "the heading of a code, of a case of it, or of a page"),
            Self::Message => ("message", Notable, "the text that the system throws"),
            Self::Description => ("description", Note, "what the code means"),
            Self::Causes => ("causes", Note, "why it is thrown"),
            Self::Steps => ("steps", Note, "what to do about it"),
            Self::Notes => ("notes", Note, "call-outs, and what a page says before its first section"),
            Self::Devices => ("devices", Notable, "the devices that support it"),
            Self::Group => ("group", Note, "the heading above a code, or a section that is no code"),
            Self::Deprecated => ("deprecated", Notable, "whether it is deprecated"),
            Self::Extra => ("extra", Note, "what stands under another label"),
            Self::Column => ("column", Note, "a cell of a table"),
        }
    }

    /// The name, as in the JSON and in `arkerr.toml`.
    pub fn name(self) -> &'static str {
        self.row().0
    }

    /// The level that a project changes in `arkerr.toml`.
    pub fn default_level(self) -> Level {
        self.row().1
    }

    /// What the field is, in a few words.
    pub fn summary(self) -> &'static str {
        self.row().2
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
        Self::ALL.into_iter().find(|field| field.name() == name)
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

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.name())?;
        match &self.label {
            Some(label) => write!(f, ":{label}"),
            None => Ok(()),
        }
    }
}

impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
