//! A code as the templates see it.

use std::collections::HashSet;

use indexmap::IndexMap;
use serde::Serialize;

use crate::catalog::{
    Alias, Block, Case, CodeIdentifiers, CodeText, ErrorCode, Group, Labels, Language, Page,
    plain_text,
};
use crate::render::markdown::{self, Place};
use crate::render::names::{CodeNames, all_constants};

/// A code's record, and what every target needs of it.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct CodeView<'a> {
    #[serde(flatten)]
    code: &'a ErrorCode,
    /// What the outputs call the code; empty where it has no constant, as it is no number.
    constant: &'a str,
    /// The variant of the Rust enum; empty where it has none.
    variant: &'a str,
    /// What an application writes for the code in each language; null where it has no constant.
    names: Option<CodeNames>,
    /// Deprecated names of the constant.
    aliases: Vec<AliasView<'a>>,
    /// The constant and its deprecated names.
    all_constants: Vec<&'a str>,
    /// Whether it is the first of its number, to which the constant belongs: tables may give a
    /// number several rows.
    is_constant: bool,
    /// Whether the number fits into 32 bits, as the constants of an enum of C do.
    fits_i32: bool,
    /// Whether links to the code lead here: it is a constant, or a symbol.
    has_address: bool,
    /// Whether it is a row of a table that says nothing beyond the section of the same code.
    is_repetition: bool,
    /// What the page says of the number, in all its records.
    all_cases: Vec<CaseView<'a>>,
    /// Whether `all_cases` has several.
    has_cases: bool,
    /// All that the page says of the number, piece by piece, as a doc comment does.
    parts: Vec<Part<'a>>,
    /// The devices of the code, else those of the page.
    shown_devices: &'a [String],
    /// What the fields are called in the language of the code.
    labels: &'static Labels,
    /// The code as plain text.
    text: Texts,
    /// What the page says of the code in other languages.
    in_other_languages: Vec<CodeTranslation<'a>>,
    /// The sections that come between the code before and this one, as far as that is known.
    groups_before: Vec<&'a Group>,
}

/// A deprecated name of a code.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct AliasView<'a> {
    #[serde(flatten)]
    alias: &'a Alias,
    /// What an application wrote for the code in each language.
    names: CodeNames,
}

/// A piece of what a page says of a code: a heading, a text, or both.
#[derive(Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Part<'a> {
    /// The code, where its heading is; else empty.
    number: &'a str,
    /// The rest of the code's heading, the title of a case or the label of a field; may be empty.
    title: &'a str,
    /// Whether the title is the label of a field.
    is_label: bool,
    /// The text as Markdown, for a comment.
    markdown: String,
}

/// The message comes first: it is what a reader has seen of the error. The heading of the code
/// follows, or, where it has several cases, is above them all.
fn parts<'a>(
    code: &'a ErrorCode,
    cases: &[CaseView<'a>],
    labels: &'static Labels,
) -> Vec<Part<'a>> {
    let heading = |number, title: Option<&'a str>| Part {
        number,
        title: title.unwrap_or_default(),
        ..Part::default()
    };
    let text = |blocks| Part {
        markdown: markdown::blocks(blocks, Place::Comment),
        ..Part::default()
    };
    let field = |title, markdown| Part {
        title,
        is_label: true,
        markdown,
        ..Part::default()
    };
    let list = |title, items: &[Block]| {
        (!items.is_empty()).then(|| field(title, markdown::as_list(items, Place::Comment)))
    };
    let of_code = || heading(&code.code, code.title.as_deref());
    let has_cases = cases.len() > 1;
    let mut parts = Vec::new();
    parts.extend(has_cases.then(of_code));
    for CaseView { case, shown_title } in cases {
        parts.push(heading("", *shown_title));
        parts.push(text(&case.message));
        parts.extend((!has_cases).then(of_code));
        parts.push(text(case.extra.get("").map_or(&[], Vec::as_slice)));
        parts.push(text(&case.description));
        parts.extend(list(labels.causes, &case.causes));
        parts.extend(list(labels.steps, &case.steps));
        let extra = case.extra.iter().filter(|(label, _)| !label.is_empty());
        parts.extend(
            extra.map(|(label, blocks)| field(label, markdown::blocks(blocks, Place::Comment))),
        );
    }
    parts.retain(|part| [part.number, part.title, &part.markdown] != [""; 3]);
    parts
}

/// A case, with the title that tells it from others.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct CaseView<'a> {
    #[serde(flatten)]
    case: &'a Case,
    /// The title of the case, else, where several sections state the number, that of the group
    /// around it.
    shown_title: Option<&'a str>,
}

/// What a page says of a code in a language that is not the page's own.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
    fn new(page: &Page, code: &ErrorCode, cases: &[CaseView<'_>]) -> Self {
        let message = |case: &CaseView<'_>| plain_text(&case.case.message);
        let messages: Vec<String> = cases.iter().flat_map(message).collect();
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
pub(super) struct Numbers {
    /// For each, its records; the one that has the constant first.
    pub(super) records: IndexMap<i64, Vec<usize>>,
    /// The rows of tables that say nothing which the section of their number does not say.
    repetitions: HashSet<usize>,
}

impl Numbers {
    pub(super) fn new(page: &Page) -> Self {
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
        type_name: &str,
        index: usize,
        numbers: &Numbers,
        groups_before: Vec<&'a Group>,
    ) -> Self {
        let code = &page.codes[index];
        // A symbol is no number, which constants have to be.
        let names = code.identifiers.as_ref().filter(|_| code.value.is_some());
        let records = numbers.records(code, index);
        let is_repetition = |record| numbers.repetitions.contains(record);
        let own = [index];
        let is_alone = records.is_none_or(|records| records.len() == 1);
        let all_cases: Vec<CaseView<'_>> = records
            .unwrap_or(&own)
            .iter()
            .filter(|record| !is_repetition(record))
            .flat_map(|&record| cases_of(&page.codes[record], is_alone))
            .collect();
        let labels = code.language.unwrap_or(page.language).labels();
        Self {
            code,
            constant: names.map_or("", |names| &names.constant),
            variant: names.map_or("", |names| &names.variant),
            names: names.map(|names| CodeNames::new(type_name, &names.constant, &names.variant)),
            aliases: names.map_or(Vec::new(), |names| alias_views(type_name, names)),
            all_constants: names.map_or(Vec::new(), all_constants),
            is_constant: records.is_some(),
            fits_i32: code.value.is_some_and(|value| i32::try_from(value).is_ok()),
            has_address: records.is_some() || names.is_none(),
            is_repetition: is_repetition(&index),
            parts: parts(code, &all_cases, labels),
            has_cases: all_cases.len() > 1,
            shown_devices: if code.devices.is_empty() {
                &page.devices
            } else {
                &code.devices
            },
            labels,
            text: Texts::new(page, code, &all_cases),
            in_other_languages: code.translations.iter().map(code_translation).collect(),
            all_cases,
            groups_before,
        }
    }
}

fn alias_views<'a>(type_name: &str, names: &'a CodeIdentifiers) -> Vec<AliasView<'a>> {
    let view = |alias: &'a Alias| AliasView {
        names: CodeNames::new(type_name, &alias.constant, &alias.variant),
        alias,
    };
    names.aliases.iter().map(view).collect()
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
