//! A page as the templates see it.

use heck::{ToKebabCase, ToLowerCamelCase, ToSnakeCase};
use schemars::JsonSchema;
use serde::Serialize;

use super::code::{CodeView, Constants};
use crate::catalog::{Block, Group, Labels, Language, Page, PageText};

/// What the templates need of a page's record, and what the outputs call it.
#[derive(Clone, Serialize, JsonSchema)]
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
    pub(in crate::render) has_constants: bool,
    /// The sections that come after the last code.
    groups_after: Vec<&'a Group>,
    /// All codes, in the order of the page.
    pub(in crate::render) codes: Vec<CodeView<'a>>,
    #[serde(skip)]
    pub(in crate::render) page: &'a Page,
}

/// A deprecated name of an enum.
#[derive(Clone, Serialize, JsonSchema)]
struct TypeAlias<'a> {
    /// The former name: `TextVisionErrorCode`.
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

/// What a page is called in a language that is not its own.
#[derive(Clone, Serialize, JsonSchema)]
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
            language: page.language,
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

    /// The page as if it had no other code than this one.
    pub(in crate::render) fn with_only(&self, code: Option<&CodeView<'a>>) -> Self {
        Self {
            codes: code.into_iter().cloned().collect(),
            ..self.clone()
        }
    }
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
