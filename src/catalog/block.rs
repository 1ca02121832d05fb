//! Blocks: the paragraphs, lists, code, tables, notes and images that fields are made of.

use serde::{Deserialize, Serialize};

use crate::text::one_line;

/// The greatest number that an item of a list has. Markdown takes one with more digits for text.
pub(crate) const MAX_NUMBER: u32 = 999_999_999;

/// One block of text, as the page sets it apart from its neighbours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Block {
    /// A paragraph.
    Paragraph {
        /// The plain text, every run of white space collapsed to one blank.
        text: String,
        /// The same text cut where its form changes; absent where all of it is plain.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        runs: Vec<Run>,
    },
    /// A list.
    List {
        /// Whether the items are numbered.
        ordered: bool,
        /// The number of the first item; absent where it is 1 or the items have no numbers.
        #[serde(default = "default_start", skip_serializing_if = "is_default_start")]
        start: u32,
        /// The blocks of each item; a nested list is a block of its item.
        items: Vec<Vec<Block>>,
    },
    /// A block of program text.
    Code {
        /// The language the page names, in lower case.
        language: Option<String>,
        /// The text as one line, every run of white space collapsed to one blank, as in a
        /// paragraph.
        text: String,
        /// The lines as they are, indentation kept, without a final line end.
        code: String,
    },
    /// A table; a cell that spans rows stands in each of them, one that spans columns in the first
    /// of them, or, in the header, in each.
    Table {
        /// The cells of the header row; empty where the table has none.
        header: Vec<Vec<Block>>,
        /// The cells of every other row.
        rows: Vec<Vec<Vec<Block>>>,
    },
    /// A call-out.
    Note {
        /// Its caption, such as `说明`.
        title: Option<String>,
        /// What it says.
        blocks: Vec<Block>,
    },
    /// A picture.
    Image {
        /// The text that stands for it.
        alt: String,
        /// Its address as the page gives it.
        url: String,
    },
}

impl Block {
    /// A paragraph of plain text.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::Paragraph {
            text: text.into(),
            runs: Vec::new(),
        }
    }

    /// A block of program text.
    pub(crate) fn code(language: Option<String>, code: impl Into<String>) -> Self {
        let code = code.into();
        Self::Code {
            language,
            text: one_line(&code, usize::MAX),
            code,
        }
    }

    /// A list whose items, where they are numbered, begin with 1.
    #[cfg(test)]
    pub(crate) fn list(ordered: bool, items: Vec<Vec<Self>>) -> Self {
        Self::List {
            ordered,
            start: 1,
            items,
        }
    }
}

/// A piece of a paragraph that has one form throughout.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Run {
    /// The text; the texts of all runs together are the text of the paragraph.
    pub text: String,
    /// Whether it is set in bold.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bold: bool,
    /// Whether it is set as code.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub code: bool,
    /// Whether it is raised, as `(deprecated)` is.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub superscript: bool,
    /// The address it links to, absolute where the page's own address is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

impl Run {
    /// Whether the text is set without any form.
    pub(crate) fn is_plain(&self) -> bool {
        !self.bold && !self.code && !self.superscript && self.link.is_none()
    }

    /// Whether the other run has the same form, whatever its text.
    pub(crate) fn same_form(&self, other: &Self) -> bool {
        (self.bold, self.code, self.superscript, &self.link)
            == (other.bold, other.code, other.superscript, &other.link)
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for this shape"
)]
fn is_default_start(start: &u32) -> bool {
    *start == default_start()
}

fn default_start() -> u32 {
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_paragraph_has_no_runs_in_json() {
        let json = serde_json::to_string(&Block::plain("a")).expect("a block is JSON");
        assert_eq!(json, r#"{"kind":"paragraph","text":"a"}"#);
    }
}
