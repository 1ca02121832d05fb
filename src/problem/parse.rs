//! Problems of the text of a page.

use super::snapshot::too_much;
use super::{Description, Place, Rule, rule};
use crate::bilingual::language_name;
use crate::catalog::Language;

pub(super) const NO_CODES: Rule = rule("no-codes", "a page without any error code");
const HIDDEN_CODE: Rule = rule("hidden-code", "a code in text that is not read as one");
const CODE_WITHOUT_FIELDS: Rule = rule("code-without-fields", "a code with nothing said about it");

problems! {
    /// A problem of the text of a page.
    pub enum ParseProblem in Parse {
        /// The page has no title, so that its id is its title.
        NoTitle => rule("no-title", "a page without a title")
            .warning("the page has no title; its id stands in")
            .help("save the page again with its heading"),
        /// The page has no error codes.
        NoCodes => NO_CODES.warning("the page has no error codes")
            .note("a code is a heading such as `1001400001 运行失败` with labelled fields below, or a \
                   row of a table with a column for it")
            .help("an index page has none; else save the page again when it has loaded"),
        /// A text of the article, which begins so, is in no record.
        UnaccountedText { text: String } =>
            rule("unaccounted-text", "text of a page that is in no record")
                .warning(format!("the text “{text}” is in no record"))
                .note("arkerr left it out of every record")
                .help("please report the page: no text should be lost"),
        /// A field follows the article and is not part of it.
        OutsideArticle { label: String } =>
            rule("outside-article", "a code outside the article of its page")
                .warning("a field or a code stands outside of the article")
                .note("what stands there is in no record, and not in the account either")
                .note(format!("the first label or heading there is “{label}”"))
                .help("save the part of the page that holds the article, or mend the snapshot"),
        /// A heading with a code is read as text: as a line of Markdown in program text, or as
        /// part of a list, a table, a call-out or raw HTML.
        HiddenCode { heading: String, is_program_text: bool } => if *is_program_text {
            HIDDEN_CODE.warning(format!("a block of program text holds the heading “{heading}”"))
                .note("it is kept as program text")
                .help("a fence that is not closed takes in all that follows it")
        } else {
            HIDDEN_CODE.warning(format!("the heading “{heading}” is not read as a code"))
                .note("it stands in a list, a table, a call-out or raw HTML, and is kept as their \
                       text")
                .help("if it is a code of this page, mend the snapshot and report the page")
        },
        /// A section has fields and its heading has no code.
        FieldsWithoutCode => rule("fields-without-code", "fields that belong to no code")
            .warning("the section has the fields of an error code, but its heading has no code")
            .help("its text is kept under `groups`; check the heading in the snapshot"),
        /// Two sections have one code.
        DuplicateCode { code: String, first: Place } =>
            rule("duplicate-code", "a code that a page lists twice")
                .error(format!("two sections of the page have the code {code}"))
                .note(format!("the first stands at {first}"))
                .help("a constant can mean one of them only: correct the snapshot or save it \
                       again"),
        /// A code has none of the four fields. A section with other text is as odd as one that was
        /// cut off, but it was saved whole.
        CodeWithoutFields { code: String, has_text: bool } => {
            let message = format!("the code {code} has no message, description, cause or step");
            if *has_text {
                CODE_WITHOUT_FIELDS.warning(message).note("its text is kept under `extra`")
            } else {
                CODE_WITHOUT_FIELDS.error(message)
                    .note("fields follow a label such as `错误信息` or `Error Message`, which is a \
                           paragraph of its own")
                    .help("check that the page was saved whole; if the section is right, please \
                           report the page")
            }
        },
        /// A section has a label twice.
        RepeatedLabel { label: String } => rule("repeated-label", "a label that a code has twice")
            .warning(format!("the label “{label}” stands twice in one section"))
            .note("both texts are kept in one field")
            .help("a heading between them may be missing: check the snapshot"),
        /// A text begins with a label and is not read as one.
        DoubtfulLabel { label: String } =>
            rule("doubtful-label", "text that may be a label and may be none")
                .warning(format!("a text begins with the label “{label}” and is not read as one"))
                .note("it is kept in the field before it")
                .help("a label is a paragraph of its own; check the snapshot"),
        /// The records of the page take more than a multiple of its size, most of all this.
        TooMuch { limit: usize, heaviest: String } => too_much(format!(
            "the page makes more than {limit} bytes of records, most of them of {heaviest}"
        )),
        /// The page has too many codes.
        TooManyCodes { limit: usize } =>
            too_much(format!("the page has more than {limit} error codes")),
        /// A page lacks a code that the page in the other language has.
        MissingTranslation { code: String, on: Language, missing_on: Language, other: String } =>
            rule("missing-translation", "a code that a page has in one language only")
                .warning(format!("the code {code} stands on the {} page only", language_name(*on)))
                .note(format!("the {} page is {other}", language_name(*missing_on)))
                .help("save both pages again: one of them may be older"),
        /// The page has more problems of this kind than are reported.
        More(problem: Box<ParseProblem>) => Description {
            message: "the page has more of these than are shown".to_owned(),
            notes: Vec::new(),
            help: None,
            ..problem.describe()
        },
    }
}
