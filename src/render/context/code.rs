//! A code as the templates see it.

use std::collections::HashSet;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

use crate::catalog::{
    Alias, Block, Case, CodeText, ErrorCode, Group, Labels, Language, Page, plain_text,
};

/// A code's record, and what every target needs of it.
#[derive(Clone, Serialize, JsonSchema)]
pub(in crate::render) struct CodeView<'a> {
    #[serde(flatten)]
    pub(in crate::render) code: &'a ErrorCode,
    /// What the outputs call the code; empty where it has no constant, as it is no number.
    constant: &'a str,
    /// The variant of the Rust enum; empty where it has none.
    variant: &'a str,
    /// Deprecated names of the constant.
    aliases: &'a [Alias],
    /// Whether it is the first of its number, to which the constant belongs: tables may give a
    /// number several rows.
    pub(in crate::render) is_constant: bool,
    /// Whether it is a row of a table that says nothing beyond the section of the same code.
    pub(in crate::render) is_repetition: bool,
    /// What the page says of the number, in all its records.
    all_cases: Vec<CaseView<'a>>,
    /// The devices of the code, else those of the page.
    shown_devices: &'a [String],
    /// What the fields are called in the language of the code.
    labels: &'static Labels,
    /// The code as plain text.
    text: Texts,
    /// What an editor shows of the constant: Markdown, made by the component `hover`; empty where
    /// there is no constant.
    // It is made when the code has become a value, which the component sees, and put in here.
    hover: &'static str,
    /// What the page says of the code in other languages.
    in_other_languages: Vec<CodeTranslation<'a>>,
    /// The sections that come between the code before and this one, as far as that is known.
    groups_before: Vec<&'a Group>,
}

/// A case, with the title that tells it from others.
#[derive(Clone, Serialize, JsonSchema)]
struct CaseView<'a> {
    #[serde(flatten)]
    case: &'a Case,
    /// The title of the case, else, where several sections state the number, that of the group
    /// around it.
    shown_title: Option<&'a str>,
}

/// What a page says of a code in a language that is not the page's own.
#[derive(Clone, Serialize, JsonSchema)]
struct CodeTranslation<'a> {
    /// The language: `en`.
    lang: Language,
    /// What the language is called in itself: `English`.
    language: &'static str,
    /// The rest of the heading.
    title: Option<&'a str>,
    /// What the fields are called in this language.
    labels: &'static Labels,
    /// What the page says.
    cases: &'a [Case],
}

/// A code as plain text, whatever its cases. What is not known is empty.
#[derive(Clone, Serialize, JsonSchema)]
struct Texts {
    /// The rest of the heading.
    title: String,
    /// The address of the code's section.
    url: String,
    /// What the system says with the code; lines are apart.
    message: String,
    /// What the code means; lines are apart.
    description: String,
    /// What may have led to it.
    causes: Vec<String>,
    /// What to do about it.
    steps: Vec<String>,
    /// The first line of the message, else of the description.
    summary: String,
}

impl Texts {
    fn of(page: &Page, code: &ErrorCode, cases: &[CaseView<'_>]) -> Self {
        let messages = cases.iter().flat_map(|case| plain_text(&case.case.message));
        let messages: Vec<String> = messages.collect();
        let descriptions = lines(cases, |case| &case.description);
        let summary = messages.first().or(descriptions.first());
        Self {
            title: code.title.clone().unwrap_or_default(),
            url: page.code_url(code).unwrap_or_default(),
            summary: summary.cloned().unwrap_or_default(),
            message: messages.join("\n"),
            description: descriptions.join("\n"),
            causes: lines(cases, |case| &case.causes),
            steps: lines(cases, |case| &case.steps),
        }
    }
}

/// The numbers of a page.
pub(super) struct Constants {
    /// For each, its records; the one that has the constant first.
    pub(super) records: IndexMap<i64, Vec<usize>>,
    /// The rows of tables that say nothing which the section of their number does not say.
    repetitions: HashSet<usize>,
}

impl Constants {
    pub(super) fn of(page: &Page) -> Self {
        let records = page.records_by_number();
        Self {
            repetitions: page.repetitions(&records),
            records,
        }
    }

    /// The records of a code's number, where the code has the constant.
    fn records(&self, code: &ErrorCode, index: usize) -> Option<&[usize]> {
        let records = self.records.get(&code.value?)?;
        (records.first() == Some(&index)).then_some(records)
    }
}

impl<'a> CodeView<'a> {
    pub(super) fn new(
        page: &'a Page,
        index: usize,
        constants: &Constants,
        groups_before: Vec<&'a Group>,
    ) -> Self {
        let code = &page.codes[index];
        // A symbol is no number, which constants have to be.
        let names = code.identifiers.as_ref().filter(|_| code.value.is_some());
        let own = [index];
        let records = constants.records(code, index);
        let all_cases = records.unwrap_or(&own).iter();
        let is_alone = records.is_none_or(|records| records.len() == 1);
        let all_cases: Vec<CaseView<'_>> = all_cases
            .filter(|record| !constants.repetitions.contains(record))
            .flat_map(|&record| cases_of(&page.codes[record], is_alone))
            .collect();
        Self {
            is_repetition: constants.repetitions.contains(&index),
            code,
            constant: names.map_or("", |names| &names.constant),
            variant: names.map_or("", |names| &names.variant),
            aliases: names.map_or(&[], |names| &names.aliases),
            is_constant: records.is_some(),
            shown_devices: match code.devices.is_empty() {
                true => &page.devices,
                false => &code.devices,
            },
            labels: code.language.unwrap_or(page.language).labels(),
            text: Texts::of(page, code, &all_cases),
            hover: "",
            in_other_languages: code.translations.iter().map(code_translation).collect(),
            all_cases,
            groups_before,
        }
    }
}

/// The cases of a record. Where its number has other records too, the section that it stands in
/// tells them apart.
fn cases_of(record: &ErrorCode, is_alone: bool) -> impl Iterator<Item = CaseView<'_>> {
    let group = record.group.as_deref().filter(|_| !is_alone);
    record.cases.iter().map(move |case| CaseView {
        case,
        shown_title: case.title.as_deref().or(group),
    })
}

fn code_translation<'a>((language, text): (&Language, &'a CodeText)) -> CodeTranslation<'a> {
    CodeTranslation {
        lang: *language,
        language: language.own_name(),
        title: text.title.as_deref(),
        labels: language.labels(),
        cases: &text.cases,
    }
}

/// The lines of a field in all cases; those of a case with a title say which case it is. What
/// several records of one number say alike is said once.
fn lines(cases: &[CaseView<'_>], field: impl Fn(&Case) -> &Vec<Block>) -> Vec<String> {
    let mut said = HashSet::new();
    let mut lines = Vec::new();
    for case in cases {
        for line in plain_text(field(case.case)) {
            if said.insert((case.shown_title, line.clone())) {
                lines.push(match case.shown_title {
                    Some(title) => format!("{title}: {line}"),
                    None => line,
                });
            }
        }
    }
    lines
}
