//! Problems of the text of a page.

use super::{Describe, Description, Place};
use crate::bilingual::name_of;
use crate::catalog::Language;

/// A problem of the text of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParseProblem {
    /// The page has no title, so that its id is its title.
    NoTitle,
    /// The page has no error codes.
    NoCodes,
    /// A text of the article is in no record.
    UnaccountedText {
        /// The beginning of the text.
        text: String,
    },
    /// A field follows the article and is not part of it.
    OutsideArticle,
    /// A heading with a code is read as text.
    HiddenCode {
        /// The heading.
        heading: String,
        /// Whether it is a line of Markdown in program text, rather than in a list, a table, a
        /// call-out or raw HTML.
        is_program_text: bool,
    },
    /// A section has fields and its heading has no code.
    FieldsWithoutCode,
    /// Two sections have one code.
    DuplicateCode {
        /// The code.
        code: String,
        /// Where the first section is.
        first: Box<Place>,
    },
    /// A code has none of the four fields.
    CodeWithoutFields {
        /// The code.
        code: String,
        /// Whether its section has any other text.
        has_text: bool,
    },
    /// A section has a label twice.
    RepeatedLabel {
        /// The label.
        label: String,
    },
    /// A text begins with a label and is not read as one.
    DoubtfulLabel {
        /// The label.
        label: String,
    },
    /// The links of the page repeat too much text.
    TooManyLinks {
        /// How many bytes they may take.
        limit: usize,
    },
    /// Cells that span rows and columns repeat too much text.
    TooManySpans,
    /// The page has too many codes.
    TooManyCodes {
        /// How many codes it may have.
        limit: usize,
    },
    /// A page lacks a code that the page in the other language has.
    MissingTranslation {
        /// The code.
        code: String,
        /// The language of the page that has it.
        on: Language,
        /// The language of the page that lacks it.
        missing_on: Language,
        /// The path of the page that lacks it.
        other: String,
    },
    /// The page has more problems of this kind than are reported.
    More(Box<ParseProblem>),
}

impl Describe for ParseProblem {
    fn describe(&self) -> Description {
        match self {
            Self::NoTitle => Description::warning(
                "no-title",
                "a page without a title",
                "the page has no title; its id stands in",
            )
            .help("save the page again with its heading"),
            Self::NoCodes => Description::warning(
                "no-codes",
                "a page without any error code",
                "the page has no error codes",
            )
            .note("a code is a heading such as `1001400001 运行失败` with labelled fields below, or a row of a table with a column for it")
            .help("an index page has none; else save the page again when it has loaded"),
            Self::UnaccountedText { text } => Description::warning(
                "unaccounted-text",
                "text of a page that is in no record",
                format!("the text “{text}” is in no record"),
            )
            .note("arkerr left it out of every record")
            .help("please report the page: no text should be lost"),
            Self::OutsideArticle => Description::warning(
                "outside-article",
                "a code outside the article of its page",
                "a field stands outside of the article",
            )
            .note("what stands there is in no record, and not in the account either")
            .help("save the part of the page that holds the article, or mend the snapshot"),
            Self::HiddenCode {
                heading,
                is_program_text,
            } => hidden_code(heading, *is_program_text),
            Self::FieldsWithoutCode => Description::warning(
                "fields-without-code",
                "fields that belong to no code",
                "the section has the fields of an error code, but its heading has no code",
            )
            .help("its text is kept under `groups`; check the heading in the snapshot"),
            Self::DuplicateCode { code, first } => Description::error(
                "duplicate-code",
                "a code that a page lists twice",
                format!("two sections of the page have the code {code}"),
            )
            .note(format!("the first stands at {first}"))
            .help("a constant can mean one of them only: correct the snapshot or save it again"),
            Self::CodeWithoutFields { code, has_text } => code_without_fields(code, *has_text),
            Self::RepeatedLabel { label } => Description::warning(
                "repeated-label",
                "a label that a code has twice",
                format!("the label “{label}” stands twice in one section"),
            )
            .note("both texts are kept in one field")
            .help("a heading between them may be missing: check the snapshot"),
            Self::DoubtfulLabel { label } => Description::warning(
                "doubtful-label",
                "text that may be a label and may be none",
                format!("a text begins with the label “{label}” and is not read as one"),
            )
            .note("it is kept in the field before it")
            .help("a label is a paragraph of its own; check the snapshot"),
            Self::TooManyLinks { limit } => {
                too_much(format!("the addresses of links take more than {limit} bytes"))
            }
            Self::TooManySpans => {
                too_much("the cells of tables span too many rows and columns".to_owned())
            }
            Self::TooManyCodes { limit } => {
                too_much(format!("the page has more than {limit} error codes"))
            }
            Self::MissingTranslation { code, on, missing_on, other } => Description::warning(
                "missing-translation",
                "a code that a page has in one language only",
                format!("the code {code} stands on the {} page only", name_of(*on)),
            )
            .note(format!("the {} page is {other}", name_of(*missing_on)))
            .help("save both pages again: one of them may be older"),
            Self::More(problem) => Description {
                message: "the page has more of these than are shown".to_owned(),
                notes: Vec::new(),
                help: None,
                ..problem.describe()
            },
        }
    }
}

fn hidden_code(heading: &str, is_program_text: bool) -> Description {
    let (id, summary) = ("hidden-code", "a code in text that is not read as one");
    if is_program_text {
        let message = format!("a block of program text holds the heading “{heading}”");
        return Description::warning(id, summary, message)
            .note("it is kept as program text")
            .help("a fence that is not closed takes in all that follows it");
    }
    let message = format!("the heading “{heading}” is not read as a code");
    Description::warning(id, summary, message)
        .note("it stands in a list, a table, a call-out or raw HTML, and is kept as their text")
        .help("if it is a code of this page, mend the snapshot and report the page")
}

/// A section with other text is as odd as one that was cut off, but it was saved whole.
fn code_without_fields(code: &str, has_text: bool) -> Description {
    let message = format!("the code {code} has no message, description, cause or step");
    let (id, summary) = ("code-without-fields", "a code with nothing said about it");
    if has_text {
        return Description::warning(id, summary, message).note("its text is kept under `extra`");
    }
    Description::error(id, summary, message)
        .note("fields follow a label such as `错误信息` or `Error Message`, which is a paragraph of its own")
        .help("check that the page was saved whole; if the section is right, please report the page")
}

fn too_much(message: String) -> Description {
    Description::error(
        "too-much",
        "a saved page that has more of something than any real one",
        message,
    )
    .note("no page of the documentation has anything like it")
    .help("save the page again from a browser, or the part of it that holds the article")
}
