//! What may change: the kinds of changes, and the fields of codes and pages.

use serde::Serialize;
use serde::ser::Serializer;

/// The kinds of changes. Their ids never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

    /// The name that never changes, as in the JSON and in `arkerr.toml`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::PageAdded => "page-added",
            Self::PageRemoved => "page-removed",
            Self::PageRenamed => "page-renamed",
            Self::CodeAdded => "code-added",
            Self::CodeRemoved => "code-removed",
            Self::CodeReturned => "code-returned",
            Self::CodeMoved => "code-moved",
            Self::IdentifierChanged => "identifier-changed",
            Self::FieldChanged => "field-changed",
        }
    }

    /// What it means, in a few words.
    #[must_use]
    pub fn summary(self) -> &'static str {
        match self {
            Self::PageAdded => "a page that was not there",
            Self::PageRemoved => "a page that is gone",
            Self::PageRenamed => "a page that has the codes of one that is gone",
            Self::CodeAdded => "a code that the page did not have",
            Self::CodeRemoved => "a code that the page has no more",
            Self::CodeReturned => "a code that was retired and is there again",
            Self::CodeMoved => "a code that another page states now",
            Self::IdentifierChanged => "a constant or an enum with another name",
            Self::FieldChanged => "what a page says of a code or of itself",
        }
    }

    /// The kind of change with this id.
    #[must_use]
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|change| change.id() == id)
    }

    /// The kind that undoes this one; the same where it can undo itself.
    #[must_use]
    pub fn twin(self) -> Self {
        match self {
            Self::PageAdded => Self::PageRemoved,
            Self::PageRemoved => Self::PageAdded,
            Self::CodeAdded | Self::CodeReturned => Self::CodeRemoved,
            Self::CodeRemoved => Self::CodeAdded,
            same @ (Self::PageRenamed
            | Self::CodeMoved
            | Self::IdentifierChanged
            | Self::FieldChanged) => same,
        }
    }
}

impl Serialize for ChangeId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

/// What of a code or of a page has changed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Field {
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
    Extra(String),
    /// The cell of a row, by the header of its column.
    Column(String),
}

impl Field {
    /// What fields of codes and pages are called, without the labels and headers of single ones.
    pub const NAMES: [&'static str; 11] = [
        "title",
        "message",
        "description",
        "causes",
        "steps",
        "notes",
        "devices",
        "group",
        "deprecated",
        "extra",
        "column",
    ];

    /// What a field of [`Field::NAMES`] is, in a few words.
    #[must_use]
    pub fn summary(name: &str) -> &'static str {
        match name {
            "title" => "the heading of a code, of a case of it, or of a page",
            "message" => "the text that the system throws",
            "description" => "what the code means",
            "causes" => "why it is thrown",
            "steps" => "what to do about it",
            "notes" => "call-outs, and what a page says before its first section",
            "devices" => "the devices that support it",
            "group" => "the heading above a code, or a section that is no code",
            "deprecated" => "whether it is deprecated",
            "extra" => "what stands under another label",
            _ => "a cell of a table",
        }
    }

    /// The name of the field, without its label or header.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Message => "message",
            Self::Description => "description",
            Self::Causes => "causes",
            Self::Steps => "steps",
            Self::Notes => "notes",
            Self::Devices => "devices",
            Self::Group => "group",
            Self::Deprecated => "deprecated",
            Self::Extra(_) => "extra",
            Self::Column(_) => "column",
        }
    }

    /// What the page calls it, where it is no field that all pages have.
    #[must_use]
    pub fn label(&self) -> Option<&str> {
        match self {
            Self::Extra(label) | Self::Column(label) => Some(label),
            _ => None,
        }
    }
}

impl std::fmt::Display for Field {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.label() {
            Some(label) => write!(f, "{}:{label}", self.name()),
            None => f.write_str(self.name()),
        }
    }
}

impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
