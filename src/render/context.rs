//! What the templates see: the catalogue's records, with what every target needs of them.

use std::collections::HashSet;

use heck::{ToKebabCase, ToLowerCamelCase, ToSnakeCase};
use indexmap::IndexMap;
use serde::Serialize;

use super::{COMMAND, MARK, Target};
use crate::catalog::{
    Alias, Block, Case, Catalog, CodeKind, CodeText, ErrorCode, Group, Language, Page, PageText,
    json_schema, plain_text,
};

/// The context of a template that is rendered once.
#[derive(Serialize)]
pub(super) struct CatalogContext<'a> {
    header: Vec<String>,
    /// The names of the targets.
    targets: Vec<&'static str>,
    /// The files of the json target as they are written.
    catalog: JsonFile<&'a Catalog>,
    schema: JsonFile<schemars::Schema>,
    pub(super) pages: Vec<PageView<'a>>,
}

/// A file of JSON, which has no comments, with its header in a member.
#[derive(Serialize)]
struct JsonFile<T> {
    #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
    schema: Option<&'static str>,
    #[serde(rename = "$comment")]
    header: String,
    #[serde(flatten)]
    content: T,
}

/// The context of a template that is rendered for each page.
#[derive(Serialize)]
pub(super) struct PageContext<'a> {
    header: Vec<String>,
    labels: &'static Labels,
    page: &'a PageView<'a>,
}

/// What the templates need of a page's record, and what the outputs call it.
#[derive(Serialize)]
pub(super) struct PageView<'a> {
    id: &'a str,
    title: &'a str,
    url: Option<&'a str>,
    kit: Option<&'a str>,
    notes: &'a [Block],
    /// What the page is called in other languages.
    translations: Vec<PageTranslation<'a>>,
    /// The enum: `CoreVisionErrorCode`.
    #[serde(rename = "type")]
    type_name: &'a str,
    /// The Rust module: `core_vision_error_code`.
    module: &'a str,
    /// Deprecated names of the enum.
    aliases: Vec<TypeAlias<'a>>,
    /// What functions of ArkTS and TypeScript begin with: `coreVisionErrorCode`.
    camel: String,
    /// What files of TypeScript are called: `core-vision-error-code`.
    kebab: String,
    /// Whose codes they are, in a few words: the kit, else the title.
    subject: &'a str,
    /// Whether any of the codes is a number and so has a constant.
    pub(super) has_constants: bool,
    /// The sections that come after the last code.
    groups_after: Vec<&'a Group>,
    /// All codes, in the order of the page.
    codes: Vec<CodeView<'a>>,
    #[serde(skip)]
    pub(super) page: &'a Page,
}

/// A deprecated name of an enum.
#[derive(Serialize)]
struct TypeAlias<'a> {
    #[serde(rename = "type")]
    type_name: &'a str,
    /// What functions of ArkTS and TypeScript began with.
    camel: String,
    /// The Rust module.
    module: String,
}

impl<'a> TypeAlias<'a> {
    fn new(name: &'a str) -> Self {
        Self {
            type_name: name,
            camel: name.to_lower_camel_case(),
            module: name.to_snake_case(),
        }
    }
}

/// A code's record, and what every target needs of it.
#[derive(Serialize)]
struct CodeView<'a> {
    #[serde(flatten)]
    code: &'a ErrorCode,
    /// What the outputs call the code; empty where it has no constant, as it is no number.
    constant: &'a str,
    variant: &'a str,
    /// Deprecated names of the constant.
    aliases: &'a [Alias],
    /// Whether it is the first of its number, to which the constant belongs: tables may give a
    /// number several rows.
    is_constant: bool,
    /// Whether it is a row of a table that says nothing beyond the section of the same code.
    is_repetition: bool,
    /// What the page says of the number, in all its records.
    all_cases: Vec<CaseView<'a>>,
    /// The devices of the code, else those of the page.
    shown_devices: &'a [String],
    /// What the fields are called in the language of the code.
    labels: &'static Labels,
    text: Texts,
    in_other_languages: Vec<CodeTranslation<'a>>,
    /// The sections that come between the code before and this one, as far as that is known.
    groups_before: Vec<&'a Group>,
}

/// A case, with the title that tells it from others.
#[derive(Serialize)]
struct CaseView<'a> {
    #[serde(flatten)]
    case: &'a Case,
    shown_title: Option<&'a str>,
}

/// What a page is called in a language that is not its own.
#[derive(Serialize)]
struct PageTranslation<'a> {
    /// The language, in itself.
    language: &'static str,
    title: &'a str,
    url: Option<&'a str>,
    labels: &'static Labels,
    notes: &'a [Block],
}

/// What a page says of a code in a language that is not the page's own.
#[derive(Serialize)]
struct CodeTranslation<'a> {
    language: &'static str,
    title: Option<&'a str>,
    labels: &'static Labels,
    cases: &'a [Case],
}

/// A code as plain text, whatever its cases. What is not known is empty.
#[derive(Serialize)]
struct Texts {
    title: String,
    /// The address of the code's section.
    url: String,
    message: String,
    description: String,
    causes: Vec<String>,
    steps: Vec<String>,
    /// The first line of the message, else of the description.
    summary: String,
}

/// What the fields are called in a page's language.
#[derive(Serialize)]
struct Labels {
    message: &'static str,
    description: &'static str,
    causes: &'static str,
    steps: &'static str,
    devices: &'static str,
    documentation: &'static str,
}

const CHINESE: Labels = Labels {
    message: "错误信息",
    description: "错误描述",
    causes: "可能原因",
    steps: "处理步骤",
    devices: "支持设备",
    documentation: "查看文档",
};

const ENGLISH: Labels = Labels {
    message: "Error message",
    description: "Description",
    causes: "Possible causes",
    steps: "Solution",
    devices: "Supported devices",
    documentation: "Documentation",
};

fn labels(language: Language) -> &'static Labels {
    match language {
        Language::Zh => &CHINESE,
        Language::En => &ENGLISH,
    }
}

/// What a language is called in itself.
fn own_name(language: Language) -> &'static str {
    match language {
        Language::Zh => "中文",
        Language::En => "English",
    }
}

impl<'a> CatalogContext<'a> {
    pub(super) fn new(catalog: &'a Catalog, targets: &[Target], snapshots: &str) -> Self {
        let header = header(&format!("the snapshots in {snapshots}/"), None);
        Self {
            catalog: JsonFile {
                schema: Some("./catalog.schema.json"),
                header: header.join(" "),
                content: catalog,
            },
            schema: JsonFile {
                schema: None,
                header: header.join(" "),
                content: json_schema(),
            },
            header,
            targets: targets.iter().map(Target::name).collect(),
            pages: catalog.pages.iter().filter_map(PageView::new).collect(),
        }
    }
}

impl<'a> PageContext<'a> {
    pub(super) fn new(view: &'a PageView<'a>) -> Self {
        Self {
            header: header(&sources(view.page), view.page.url.as_deref()),
            labels: labels(view.page.language),
            page: view,
        }
    }
}

/// The snapshots that a page was read from.
fn sources(page: &Page) -> String {
    let others = page.translations.values().map(|text| text.source.as_str());
    let sources = std::iter::once(page.source.as_str()).chain(others);
    sources.collect::<Vec<_>>().join(" and ")
}

/// The lines that every file begins with. Nothing in them changes unless the inputs do.
fn header(source: &str, url: Option<&str>) -> Vec<String> {
    let mut lines = vec![format!("{MARK} from {source}, do not edit.")];
    lines.extend(url.map(|url| format!("Documentation: {url}")));
    lines.push(format!("To regenerate it, run: {COMMAND}"));
    lines
}

impl<'a> PageView<'a> {
    pub(super) fn new(page: &'a Page) -> Option<Self> {
        let names = page.identifiers.as_ref()?;
        let mut groups = page.groups.iter().collect();
        let mut group = None;
        let mut codes: Vec<CodeView<'_>> = Vec::new();
        let constants = Constants::of(page);
        for (index, code) in page.codes.iter().enumerate() {
            let groups_before = if code.group == group {
                Vec::new()
            } else {
                group.clone_from(&code.group);
                take_up_to(&mut groups, code.group.as_deref())
            };
            codes.push(CodeView::new(page, index, &constants, groups_before));
        }
        Some(Self {
            id: &page.id,
            title: &page.title,
            url: page.url.as_deref(),
            kit: page.kit.as_deref(),
            notes: &page.notes,
            translations: page.translations.iter().map(page_translation).collect(),
            type_name: &names.type_name,
            module: &names.module,
            aliases: names
                .aliases
                .iter()
                .map(|name| TypeAlias::new(name))
                .collect(),
            camel: names.type_name.to_lower_camel_case(),
            kebab: names.type_name.to_kebab_case(),
            subject: page.kit.as_deref().unwrap_or(&page.title),
            has_constants: !constants.records.is_empty(),
            groups_after: groups,
            codes,
            page,
        })
    }
}

/// The path of a page's file: the pattern with the page's names in it; none for a page without
/// names.
pub(super) fn path(pattern: &str, page: &Page) -> Option<String> {
    let names = page.identifiers.as_ref()?;
    let path = pattern
        .replace("{Type}", &names.type_name)
        .replace("{module}", &names.module)
        .replace("{kebab}", &names.type_name.to_kebab_case())
        .replace("{id}", &page.id);
    Some(path)
}

/// The numbers of a page.
struct Constants {
    /// For each, its records; the one that has the constant first.
    records: IndexMap<i64, Vec<usize>>,
    /// The rows of tables that say nothing which the section of their number does not say.
    repetitions: HashSet<usize>,
}

impl Constants {
    fn of(page: &Page) -> Self {
        let records = page.records_by_number();
        let mut repetitions = HashSet::new();
        for records in records.values().filter(|records| records.len() > 1) {
            let mut codes = records.iter().map(|&record| (record, &page.codes[record]));
            let section = codes.next().map(|(_, code)| code);
            let Some(section) = section.filter(|code| code.kind == CodeKind::Heading) else {
                continue;
            };
            let said: HashSet<String> = section.cases.iter().flat_map(lines_of).collect();
            let rows = codes.filter(|(_, code)| code.kind == CodeKind::Table);
            let says_nothing = |code: &ErrorCode| {
                let mut own = code.cases.iter().flat_map(lines_of);
                own.all(|line| said.contains(&line))
            };
            repetitions.extend(
                rows.filter(|(_, row)| says_nothing(row))
                    .map(|(row, _)| row),
            );
        }
        Self {
            records,
            repetitions,
        }
    }

    /// The records of a code's number, where the code has the constant.
    fn records(&self, code: &ErrorCode, index: usize) -> Option<&[usize]> {
        let records = self.records.get(&code.value?)?;
        (records.first() == Some(&index)).then_some(records)
    }
}

impl<'a> CodeView<'a> {
    fn new(
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
        let text = |field: fn(&Case) -> &Vec<Block>| lines(&all_cases, field);
        let messages = all_cases
            .iter()
            .flat_map(|case| plain_text(&case.case.message));
        let messages: Vec<String> = messages.collect();
        let summary = messages.first().cloned();
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
            labels: labels(code.language.unwrap_or(page.language)),
            text: Texts {
                title: code.title.clone().unwrap_or_default(),
                url: page.code_url(code).unwrap_or_default(),
                summary: summary
                    .or_else(|| text(|case| &case.description).into_iter().next())
                    .unwrap_or_default(),
                message: messages.join("\n"),
                description: text(|case| &case.description).join("\n"),
                causes: text(|case| &case.causes),
                steps: text(|case| &case.steps),
            },
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

fn page_translation<'a>((language, text): (&Language, &'a PageText)) -> PageTranslation<'a> {
    PageTranslation {
        language: own_name(*language),
        title: &text.title,
        url: text.url.as_deref(),
        labels: labels(*language),
        notes: &text.notes,
    }
}

fn code_translation<'a>((language, text): (&Language, &'a CodeText)) -> CodeTranslation<'a> {
    CodeTranslation {
        language: own_name(*language),
        title: text.title.as_deref(),
        labels: labels(*language),
        cases: &text.cases,
    }
}

/// Takes the first groups off a list, up to the one with this title. Where there is no such
/// group, none is taken.
fn take_up_to<'a>(groups: &mut Vec<&'a Group>, title: Option<&str>) -> Vec<&'a Group> {
    let end = groups
        .iter()
        .position(|group| Some(group.title.as_str()) == title);
    groups.drain(..end.map_or(0, |last| last + 1)).collect()
}

/// All that a case says.
fn lines_of(case: &Case) -> Vec<String> {
    let extra = case.extra.values().map(Vec::as_slice);
    let fields = case.fields().into_iter().chain(extra);
    fields.flat_map(plain_text).collect()
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
