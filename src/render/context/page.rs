//! A page as the templates see it.

use heck::{ToKebabCase, ToLowerCamelCase, ToSnakeCase};
use serde::Serialize;
use tera::Value;

use super::code::{CodeView, Numbers};
use crate::catalog::{Block, Group, Labels, Language, Page, PageText};
use crate::render::names::{CNames, JsNames, c_prefix};

/// What the templates need of a page's record, and what the outputs call it.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct PageView<'a> {
    /// The page's name in its address: `core-vision-error-code`.
    id: &'a str,
    /// The heading of the page: `ArkTS API错误码`.
    title: &'a str,
    /// The language of the page.
    language: Language,
    /// The address of the page.
    url: Option<&'a str>,
    /// The kit that throws the codes: `Core Vision Kit`.
    kit: Option<&'a str>,
    /// Everything before the first section.
    notes: &'a [Block],
    /// What the page is called in other languages.
    translations: Vec<PageTranslation<'a>>,
    /// What the outputs call the page.
    #[serde(flatten)]
    names: PageNames<'a>,
    /// Deprecated names of the enum.
    aliases: Vec<PageNames<'a>>,
    /// Whose codes they are, in a few words: the kit, else the title.
    subject: &'a str,
    /// Whether any of the codes is a number and so has a constant.
    pub(in crate::render) has_constants: bool,
    /// The sections that come after the last code.
    groups_after: Vec<&'a Group>,
    /// All codes, in the order of the page.
    #[cfg_attr(test, schemars(with = "Vec<CodeView<'a>>"))]
    pub(in crate::render) codes: Vec<Value>,
    /// The codes that are constants, in the order of the page.
    #[cfg_attr(test, schemars(with = "Vec<CodeView<'a>>"))]
    pub(super) constants: Vec<Value>,
    #[serde(skip)]
    pub(in crate::render) page: &'a Page,
}

/// What the outputs call a page, or called it.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct PageNames<'a> {
    /// The enum: `CoreVisionErrorCode`.
    #[serde(rename = "type")]
    type_name: &'a str,
    /// What functions of ArkTS and TypeScript begin with: `coreVisionErrorCode`.
    camel: String,
    /// What files of TypeScript are called: `core-vision-error-code`.
    kebab: String,
    /// The Rust module: `core_vision_error_code`.
    module: String,
    /// The functions of ArkTS and TypeScript.
    functions: JsNames,
    /// What constants of C begin with: `CORE_VISION_ERROR_CODE`.
    c_prefix: String,
    /// The functions and tables of C.
    c_names: CNames,
}

impl<'a> PageNames<'a> {
    fn new(type_name: &'a str) -> Self {
        Self {
            type_name,
            camel: type_name.to_lower_camel_case(),
            kebab: type_name.to_kebab_case(),
            module: type_name.to_snake_case(),
            functions: JsNames::new(type_name),
            c_prefix: c_prefix(type_name),
            c_names: CNames::new(type_name),
        }
    }
}

/// What a page is called in a language that is not its own.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct PageTranslation<'a> {
    /// The language: `en`.
    lang: Language,
    /// What the language is called in itself: `English`.
    language: &'static str,
    /// The heading of the page.
    title: &'a str,
    /// The address of the page in this language.
    url: Option<&'a str>,
    /// What the fields are called in this language.
    labels: &'static Labels,
    /// Everything before the first section.
    notes: &'a [Block],
}

impl<'a> PageView<'a> {
    /// A page that has been named; none of another.
    pub(in crate::render) fn new(page: &'a Page) -> Option<Self> {
        let names = page.identifiers.as_ref()?;
        let numbers = Numbers::new(page);
        let mut groups = page.groups.iter().collect();
        let mut group = None;
        let mut codes = Vec::new();
        for (index, code) in page.codes.iter().enumerate() {
            let groups_before = if code.group == group {
                Vec::new()
            } else {
                group.clone_from(&code.group);
                take_up_to(&mut groups, code.group.as_deref())
            };
            let view = CodeView::new(page, &names.type_name, index, &numbers, groups_before);
            codes.push(Value::from_serializable(&view));
        }
        let aliases = names.aliases.iter();
        let view = Self {
            id: &page.id,
            title: &page.title,
            language: page.language,
            url: page.url.as_deref(),
            kit: page.kit.as_deref(),
            notes: &page.notes,
            translations: page.translations.iter().map(page_translation).collect(),
            names: PageNames::new(&names.type_name),
            aliases: aliases.map(|name| PageNames::new(name)).collect(),
            subject: page.kit.as_deref().unwrap_or(&page.title),
            has_constants: !numbers.records.is_empty(),
            groups_after: groups,
            codes: Vec::new(),
            constants: Vec::new(),
            page,
        };
        Some(view.with_codes(codes))
    }

    /// The page as if it had these codes and no others.
    pub(in crate::render) fn with_codes(self, codes: Vec<Value>) -> Self {
        let constants = codes.iter().filter(|code| is_true(code, "is_constant"));
        Self {
            constants: constants.cloned().collect(),
            codes,
            ..self
        }
    }
}

/// Whether a member of a code is true.
pub(in crate::render) fn is_true(code: &Value, member: &str) -> bool {
    code.get_from_path(member).is_some_and(Value::is_truthy)
}

fn page_translation<'a>((language, text): (&Language, &'a PageText)) -> PageTranslation<'a> {
    PageTranslation {
        lang: *language,
        language: language.own_name(),
        title: &text.title,
        url: text.url.as_deref(),
        labels: language.labels(),
        notes: &text.notes,
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
