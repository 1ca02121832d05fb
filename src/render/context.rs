//! What the templates see: the catalogue's records, with what every target needs of them.

use heck::{ToKebabCase, ToLowerCamelCase};
use serde::Serialize;

use super::{COMMAND, MARK, Target};
use crate::catalog::{
    Block, Case, Catalog, CodeIdentifiers, ErrorCode, Group, Language, Page, json_schema,
    plain_text,
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
    /// The enum: `CoreVisionErrorCode`.
    #[serde(rename = "type")]
    type_name: &'a str,
    /// The Rust module: `core_vision_error_code`.
    module: &'a str,
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
    page: &'a Page,
}

/// A code's record, and what every target needs of it.
#[derive(Serialize)]
struct CodeView<'a> {
    #[serde(flatten)]
    code: &'a ErrorCode,
    constant: &'a str,
    variant: &'a str,
    text: Texts,
    /// The sections that come between the code before and this one, as far as that is known.
    groups_before: Vec<&'a Group>,
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
            header: header(&view.page.source, view.page.url.as_deref()),
            labels: match view.page.language {
                Language::Zh => &CHINESE,
                Language::En => &ENGLISH,
            },
            page: view,
        }
    }
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
        for code in &page.codes {
            let groups_before = if code.group == group {
                Vec::new()
            } else {
                group.clone_from(&code.group);
                take_up_to(&mut groups, code.group.as_deref())
            };
            codes.push(CodeView::new(page, code, groups_before)?);
        }
        Some(Self {
            id: &page.id,
            title: &page.title,
            url: page.url.as_deref(),
            kit: page.kit.as_deref(),
            notes: &page.notes,
            type_name: &names.type_name,
            module: &names.module,
            camel: names.type_name.to_lower_camel_case(),
            kebab: names.type_name.to_kebab_case(),
            subject: page.kit.as_deref().unwrap_or(&page.title),
            has_constants: page.codes.iter().any(|code| code.value.is_some()),
            groups_after: groups,
            codes,
            page,
        })
    }

    /// Puts the page's names into the pattern of a path.
    pub(super) fn fill(&self, pattern: &str) -> String {
        pattern
            .replace("{Type}", self.type_name)
            .replace("{module}", self.module)
            .replace("{kebab}", &self.kebab)
            .replace("{id}", self.id)
    }
}

impl<'a> CodeView<'a> {
    fn new(page: &Page, code: &'a ErrorCode, groups_before: Vec<&'a Group>) -> Option<Self> {
        let CodeIdentifiers { constant, variant } = code.identifiers.as_ref()?;
        Some(Self {
            code,
            constant,
            variant,
            text: Texts {
                title: code.title.clone().unwrap_or_default(),
                url: page.code_url(code).unwrap_or_default(),
                message: lines(code, |case| &case.message).join("\n"),
                description: lines(code, |case| &case.description).join("\n"),
                causes: lines(code, |case| &case.causes),
                steps: lines(code, |case| &case.steps),
            },
            groups_before,
        })
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

/// The lines of a field in all cases; those of a case with a title say which case it is.
fn lines(code: &ErrorCode, field: impl Fn(&Case) -> &Vec<Block>) -> Vec<String> {
    let of_case = |case| {
        let lines = plain_text(field(case)).into_iter();
        lines.map(|line| match &case.title {
            Some(title) => format!("{title}: {line}"),
            None => line,
        })
    };
    code.cases.iter().flat_map(of_case).collect()
}
