//! Changes as data: what may change, how much it weighs, and what the old and the new side say.

use serde::Serialize;
use serde::ser::Serializer;

use super::level::{Level, Levels};
use crate::catalog::{CodeKind, Language};

/// One thing that differs between two catalogues.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What kind of change it is.
    pub id: ChangeId,
    /// How much it weighs.
    pub level: Level,
    /// The id of the page, as the new side has it where both have the page.
    pub page: String,
    /// The code as it is written; null for a change of the page as a whole.
    pub code: Option<String>,
    /// Whether the code stands in a heading or in a row of a table.
    pub kind: Option<CodeKind>,
    /// What of the code or the page has changed, for [`ChangeId::FieldChanged`].
    pub field: Option<Field>,
    /// Which of the code's cases it is, from 0, where the code has several.
    pub case: Option<usize>,
    /// What the old side says.
    pub old: Value,
    /// What the new side says.
    pub new: Value,
    /// The language of the text, where it is not the page's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// What the outputs call the code, or the enum of the page, where names are known:
    /// `ScanErrorCode.RUN_TIMED_OUT`. Of what is removed it is the name that goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The title of the code or of the page, for people.
    #[serde(skip)]
    pub title: Option<String>,
}

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
            Self::PageAdded => "a page that was not there, or its text in another language",
            Self::PageRemoved => "a page that is gone, or its text in another language",
            Self::PageRenamed => "a page that has the codes of one that is gone",
            Self::CodeAdded => "a code, or one more row of a table for it",
            Self::CodeRemoved => "a code that is gone, or one of the rows for it",
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

/// What one side says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// Nothing.
    #[default]
    None,
    /// Whether it is so.
    Flag(bool),
    /// A text of one line: a title, a name, the cell of a row.
    Text(String),
    /// A string for each paragraph, list item, block of code, row of a table or device.
    List(Vec<String>),
}

impl Value {
    /// The lines of the value; none where there is nothing.
    #[must_use]
    pub fn lines(&self) -> Vec<&str> {
        match self {
            Self::None => Vec::new(),
            Self::Flag(flag) => vec![if *flag { "yes" } else { "no" }],
            Self::Text(text) => vec![text],
            Self::List(lines) => lines.iter().map(String::as_str).collect(),
        }
    }
}

impl From<Option<&str>> for Value {
    fn from(text: Option<&str>) -> Self {
        text.map_or(Self::None, |text| Self::Text(text.to_owned()))
    }
}

/// What changed between two catalogues.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diff {
    /// The version of this format, always 1.
    pub schema: u32,
    /// The step that the changes ask for in the version of a package with the outputs.
    pub semver: Step,
    /// The changes, by pages, and within a page in the order of its codes.
    pub changes: Vec<Change>,
}

/// The part of a version that has to be raised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// Something that users have is gone.
    Major,
    /// There is something new to know.
    Minor,
    /// Words have changed.
    Patch,
    /// Nothing has changed.
    None,
}

impl Step {
    /// The step that changes of this level ask for.
    #[must_use]
    pub fn of(level: Option<Level>) -> Self {
        match level {
            Some(Level::Breaking) => Self::Major,
            Some(Level::Notable) => Self::Minor,
            Some(Level::Note) => Self::Patch,
            None => Self::None,
        }
    }

    /// The name, as in the JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Major => "major",
            Self::Minor => "minor",
            Self::Patch => "patch",
            Self::None => "none",
        }
    }
}

impl Diff {
    /// The version of the JSON.
    pub const SCHEMA: u32 = 1;

    pub(super) fn new(changes: Vec<Change>) -> Self {
        let heaviest = changes.iter().map(|change| change.level).max();
        Self {
            schema: Self::SCHEMA,
            semver: Step::of(heaviest),
            changes,
        }
    }

    /// How many changes have a level.
    #[must_use]
    pub fn count(&self, level: Level) -> usize {
        let changes = self.changes.iter();
        changes.filter(|change| change.level == level).count()
    }

    /// Whether there is a change of this level or of one above it.
    #[must_use]
    pub fn reaches(&self, level: Level) -> bool {
        self.changes.iter().any(|change| change.level >= level)
    }
}

/// A change about which nothing is known yet but what it is and where.
pub(super) fn change(id: ChangeId, page: &str, levels: &Levels) -> Change {
    Change {
        id,
        level: levels.of(id, None),
        page: page.to_owned(),
        code: None,
        kind: None,
        field: None,
        case: None,
        old: Value::None,
        new: Value::None,
        language: None,
        name: None,
        title: None,
    }
}
