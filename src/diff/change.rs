//! Changes as data: what differs, how much it weighs, and what the old and the new side say.

use serde::Serialize;

use super::kind::{ChangeId, Field};
use super::level::Level;
use crate::catalog::{CodeKind, Language};

/// One thing that differs between two catalogues.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
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
    /// What a code throws that was added, for people.
    #[serde(skip)]
    pub message: Option<String>,
    /// The title of the case, for people.
    #[serde(skip)]
    pub case_title: Option<String>,
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
    pub fn lines(&self) -> Vec<&str> {
        match self {
            Self::None => Vec::new(),
            Self::Flag(flag) => vec![if *flag { "yes" } else { "no" }],
            Self::Text(text) => vec![text],
            Self::List(lines) => lines.iter().map(String::as_str).collect(),
        }
    }
}

impl From<Option<String>> for Value {
    fn from(text: Option<String>) -> Self {
        text.map_or(Self::None, Self::Text)
    }
}

impl From<&[String]> for Value {
    fn from(lines: &[String]) -> Self {
        match lines {
            [] => Self::None,
            lines => Self::List(lines.to_vec()),
        }
    }
}

/// What changed between two catalogues.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diff {
    /// The version of this format, always 1.
    pub schema: u32,
    /// The part of the version of a package with the outputs that has to be raised, or `none`.
    pub semver: &'static str,
    /// The changes, by pages, and within a page in the order of its codes.
    pub changes: Vec<Change>,
    /// The ids of the pages that could not be compared, since one side cannot be read; absent where
    /// there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<String>,
}

impl Diff {
    pub(super) fn new(changes: Vec<Change>) -> Self {
        let heaviest = changes.iter().map(|change| change.level).max();
        Self {
            schema: 1,
            semver: heaviest.map_or("none", Level::semver),
            changes,
            unread: Vec::new(),
        }
    }

    /// Whether there is a change of this level or of one above it.
    pub fn reaches(&self, level: Level) -> bool {
        self.changes.iter().any(|change| change.level >= level)
    }
}
