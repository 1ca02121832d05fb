//! Targets: which files each has, from which templates, and what a project may choose.
//!
//! A target is data. The built-in ones are described by the files `templates/*/target.toml`, see
//! `builtin`; a project adds its own in `arkerr.toml`.

mod builtin;
mod pattern;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

pub use builtin::Description;
pub use pattern::{Pattern, Scope};

/// One kind of output, as a project wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The name, by which `arkerr.toml` means it.
    pub name: String,
    /// Its folder below the output folder, with forward slashes; empty for the output folder
    /// itself.
    pub folder: String,
    /// Whether a page without constants has no file: it is all about symbols.
    pub constants_only: bool,
    /// The files that it has.
    pub files: Vec<FileRule>,
    /// What the project has chosen, by the names of the choices; templates see it as `options`.
    pub options: IndexMap<String, OptionValue>,
}

/// A file of a target, or one for each page or code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRule {
    /// The path below the target's folder.
    pub path: Pattern,
    /// The name of the template.
    pub template: String,
    /// What becomes of text that a template writes without a filter.
    pub escape: Escape,
}

/// What becomes of text that a template writes without a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Escape {
    /// It is an error, unless it is a number or an identifier: what it would have to look like
    /// depends on its place, which only a filter can say.
    Refuse,
    /// It becomes text of HTML or XML.
    Html,
}

impl Escape {
    /// What is right for a file of this name.
    pub fn of_file(path: &str) -> Self {
        let ending = path.rsplit('.').next().unwrap_or_default();
        match ending.to_ascii_lowercase().as_str() {
            "html" | "htm" | "xhtml" | "xml" | "svg" => Self::Html,
            _ => Self::Refuse,
        }
    }

    /// The one of this name, as `arkerr.toml` says it.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "refuse" => Some(Self::Refuse),
            "html" => Some(Self::Html),
            _ => None,
        }
    }
}

/// What a project has chosen for an option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum OptionValue {
    /// A text.
    Text(String),
    /// A number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
    /// Several.
    List(Vec<OptionValue>),
}

impl Target {
    /// The path of a file below the output folder.
    pub(crate) fn path_of(&self, file: &str) -> String {
        match self.folder.as_str() {
            "" => file.to_owned(),
            folder => format!("{folder}/{file}"),
        }
    }

    /// The rules of the files that are made so often.
    pub(super) fn rules(&self, scope: Scope) -> impl Iterator<Item = &FileRule> {
        self.files
            .iter()
            .filter(move |rule| rule.path.scope() == scope)
    }
}
