//! The model: what the documentation says about error codes, as plain data.
//!
//! Its JSON is a published format with a JSON Schema; it knows nothing of HTML or of templates.

mod block;
mod labels;
mod repetition;
mod walk;
mod weight;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::escape::url_part;

pub(crate) use block::MAX_NUMBER;
pub use block::{Block, Run};
pub(crate) use labels::Labels;
pub use walk::plain_text;
pub(crate) use walk::{all_strings, walk};
pub(crate) use weight::{
    NODE, Part, heaviest, weigh_code, weigh_text, weight, weight_of_former_names,
};

/// The number in the `schema` member of the JSON; a change that breaks readers raises it.
pub(crate) const SCHEMA: u32 = 1;

/// The JSON Schema of a [`Catalog`], draft 2020-12; a test compares it with the types.
pub(crate) const JSON_SCHEMA: &str = include_str!("../../docs/catalog.schema.json");

/// The records of a set of documentation pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Catalog {
    /// The version of this format, always 1.
    #[cfg_attr(test, schemars(extend("const" = SCHEMA)))]
    pub schema: u32,
    /// One record for each page, in the order of their ids.
    pub pages: Vec<Page>,
}

impl Default for Catalog {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl Catalog {
    /// A catalogue of these pages, in the order of their ids.
    #[must_use]
    pub fn new(mut pages: Vec<Page>) -> Self {
        pages.sort_by(|a, b| (&a.id, &a.source).cmp(&(&b.id, &b.source)));
        Self {
            schema: SCHEMA,
            pages,
        }
    }

    /// How many error codes all pages hold together.
    #[must_use]
    pub fn code_count(&self) -> usize {
        self.pages.iter().map(|page| page.codes.len()).sum()
    }
}

/// One page of the documentation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Page {
    /// The stem of the snapshot's file name, which is the page's name in its address.
    pub id: String,
    /// The path of the snapshot as it was given, with forward slashes.
    pub source: String,
    /// The heading of the page, such as `ArkTS API错误码`.
    pub title: String,
    /// The language of the page's labels.
    pub language: Language,
    /// The address of the page on the documentation site.
    pub url: Option<String>,
    /// The kit that throws the codes, such as `Core Vision Kit`; null where nobody said.
    pub kit: Option<String>,
    /// What the generated outputs call the page; absent in records fresh from a page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identifiers: Option<PageIdentifiers>,
    /// The devices shown under the heading of the page, in the site's spelling.
    #[serde(default)]
    pub devices: Vec<String>,
    /// Everything before the first section, tables of codes aside.
    pub notes: Vec<Block>,
    /// The sections that are neither a code nor inside one, in the order of the page.
    #[serde(default)]
    pub groups: Vec<Group>,
    /// The error codes in the order of the page.
    pub codes: Vec<ErrorCode>,
    /// What the page says in other languages, where it was saved in them too.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub translations: IndexMap<Language, PageText>,
}

impl Page {
    /// The records of each number, by their places among the codes: the one that speaks for the
    /// number first. That is a heading where there is one, since it says more than a row of a
    /// table.
    pub(crate) fn records_by_number(&self) -> IndexMap<i64, Vec<usize>> {
        let mut records: IndexMap<i64, Vec<usize>> = IndexMap::new();
        for (index, code) in self.codes.iter().enumerate() {
            if let Some(value) = code.value {
                records.entry(value).or_default().push(index);
            }
        }
        for records in records.values_mut() {
            records.sort_by_key(|&index| self.codes[index].kind != CodeKind::Heading);
        }
        records
    }

    /// The address of a code's section: the address of the page that has it, with the section's
    /// anchor.
    #[must_use]
    pub fn code_url(&self, code: &ErrorCode) -> Option<String> {
        self.section_url(code.language, code.anchor.as_deref())
    }

    /// The address of a section, on the page of a language where there is one.
    pub(crate) fn section_url(
        &self,
        language: Option<Language>,
        anchor: Option<&str>,
    ) -> Option<String> {
        let translation = language.and_then(|language| self.translations.get(&language));
        let url = translation.map_or(&self.url, |page| &page.url).as_deref()?;
        Some(match anchor {
            Some(anchor) if !url.contains('#') => format!("{url}#{}", url_part(anchor)),
            _ => url.to_owned(),
        })
    }
}

/// What a page says in a language that is not its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PageText {
    /// The path of the snapshot in this language, with forward slashes.
    pub source: String,
    /// The heading of the page.
    pub title: String,
    /// The address of the page in this language.
    pub url: Option<String>,
    /// Everything before the first section, tables of codes aside.
    pub notes: Vec<Block>,
    /// The sections that are neither a code nor inside one.
    pub groups: Vec<Group>,
}

/// The language of a page, told from its labels and never from its address.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Chinese, `错误信息`.
    #[default]
    Zh,
    /// English, `Error Message`.
    En,
}

/// What the outputs call a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PageIdentifiers {
    /// The enum: `CoreVisionErrorCode`.
    #[serde(rename = "type")]
    pub type_name: String,
    /// The Rust module: `core_vision_error_code`.
    pub module: String,
    /// What the enum was called before, and may still be called.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
}

/// A section that is not a code: a heading above codes, or text beside them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Group {
    /// The heading.
    pub title: String,
    /// The level of the heading in the article, 2 for a section of the page.
    pub level: u8,
    /// The id of the section in the page.
    pub anchor: Option<String>,
    /// The devices shown under the heading, in the site's spelling.
    pub devices: Vec<String>,
    /// The text of the section up to the next heading, tables of codes aside.
    pub blocks: Vec<Block>,
}

/// One error code of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ErrorCode {
    /// Where the page states the code.
    pub kind: CodeKind,
    /// The code as it is written: `1001400001`, `-1`, `00303001`, `InvalidBundleName`.
    pub code: String,
    /// The code as an integer; null where the code is a symbol.
    pub value: Option<i64>,
    /// The official name of the code, such as `EPERM`; null where the page gives none.
    #[serde(default)]
    pub symbol: Option<String>,
    /// The rest of the heading as it reads; null where the heading is the code alone.
    pub title: Option<String>,
    /// Whether the page marks the code as deprecated.
    #[serde(default)]
    pub deprecated: bool,
    /// What the generated outputs call the code; absent in records fresh from a page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identifiers: Option<CodeIdentifiers>,
    /// The level of the heading in the article, 2 for a section of the page; for a row of a table,
    /// the level that a heading in its place would have.
    pub level: u8,
    /// The nearest heading above the code that is not a code itself.
    pub group: Option<String>,
    /// The id of the section in the page, for links; for a row of a table, of the section around it.
    pub anchor: Option<String>,
    /// The devices shown under the heading, in the site's spelling; empty where none are shown.
    pub devices: Vec<String>,
    /// The row of the table that states the code: the plain text of its cells by the headers of
    /// their columns. Absent for codes in headings.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub columns: IndexMap<String, String>,
    /// What the page says of the code; most codes have exactly one case.
    pub cases: Vec<Case>,
    /// The language of the cases, where it is not that of the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// What the page says of the code in other languages.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub translations: IndexMap<Language, CodeText>,
}

/// What a page says of a code in a language that is not the page's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CodeText {
    /// The rest of the heading; null where the heading is the code alone.
    pub title: Option<String>,
    /// The id of the section in the page of this language.
    pub anchor: Option<String>,
    /// What the page says of the code.
    pub cases: Vec<Case>,
}

/// Where a page states a code.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum CodeKind {
    /// In the heading of a section.
    #[default]
    Heading,
    /// In a row of a table.
    Table,
}

/// What the outputs call a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CodeIdentifiers {
    /// The constant of ArkTS and TypeScript: `RUN_TIMED_OUT`.
    pub constant: String,
    /// The enum variant of Rust: `RunTimedOut`.
    pub variant: String,
    /// What the code was called before, and may still be called.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<Alias>,
}

/// A deprecated name of a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Alias {
    /// The constant of ArkTS and TypeScript: `RUN_TIMED_OUT`.
    pub constant: String,
    /// The constant of the Rust enum: `RunTimedOut`.
    pub variant: String,
}

/// One set of message, description, causes and steps.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Case {
    /// The sub-heading, or the second code of a row in a table; null for a code that has one case
    /// only.
    pub title: Option<String>,
    /// The devices shown under the sub-heading; absent where they are those of the code.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub devices: Vec<String>,
    /// 错误信息: the text that the system throws with the code.
    pub message: Vec<Block>,
    /// 错误描述: what it means.
    pub description: Vec<Block>,
    /// 可能原因: what may have led to it.
    pub causes: Vec<Block>,
    /// 处理步骤: what to do about it.
    pub steps: Vec<Block>,
    /// Every other label and what stands under it; text before the first label has the key `""`.
    pub extra: IndexMap<String, Vec<Block>>,
}

impl Case {
    /// The four fields: message, description, causes and steps.
    pub(crate) fn fields(&self) -> [&[Block]; 4] {
        [&self.message, &self.description, &self.causes, &self.steps]
    }

    /// The blocks of all fields and of all other labels, a slice for each.
    pub(crate) fn all_blocks(&self) -> impl Iterator<Item = &[Block]> {
        let extra = self.extra.values().map(Vec::as_slice);
        self.fields().into_iter().chain(extra)
    }
}

impl ErrorCode {
    /// What tells the code from others of its page: its number, however it is written, else the
    /// symbol.
    pub(crate) fn key(&self) -> String {
        self.value
            .map_or_else(|| self.code.clone(), |value| value.to_string())
    }

    /// Whether devices are listed for the code or for one of its cases.
    pub(crate) fn has_devices(&self) -> bool {
        !self.devices.is_empty() || self.cases.iter().any(|case| !case.devices.is_empty())
    }
}
