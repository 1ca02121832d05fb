//! What the templates see: the catalogue's records, with what every target needs of them.
//!
//! The types here are the reference of what a template may write: their JSON Schema is what
//! `docs/template-context.md` shows and what [`super::check`] holds templates against.

mod code;
mod page;

use std::borrow::Cow;

use indexmap::IndexMap;
use rayon::prelude::*;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::Serialize;
use tera::Value;

use super::target::OptionValue;
use super::{COMMAND, MARK, Target};
use crate::catalog::{Catalog, Labels, Page, json_schema};
use crate::json;

pub(super) use code::CodeView;
pub(super) use page::PageView;

/// What a template sees that is rendered once, for all pages.
#[derive(Serialize, JsonSchema)]
pub(super) struct CatalogContext<'a> {
    /// The lines that every file begins with, to be put into comments.
    pub(super) header: Vec<String>,
    /// The pages that have names, in the order of their ids.
    pub(super) pages: Vec<PageView<'a>>,
}

/// What the template `gitattributes` sees.
#[derive(Serialize, JsonSchema)]
pub(super) struct AttributesContext<'a> {
    /// The lines that every file begins with, to be put into comments.
    header: Vec<String>,
    /// The folders of the targets, below the output folder.
    folders: Vec<&'a str>,
}

/// The files of the json target as they are written; other templates seldom need them.
#[derive(Serialize, JsonSchema)]
pub(super) struct CatalogFiles<'a> {
    /// The records of all pages, with their names.
    catalog: JsonFile<Cow<'a, Catalog>>,
    /// The same as JSON, to be written as it is: much quicker than `catalog | json`.
    catalog_json: &'static str,
    /// Their JSON Schema.
    schema: JsonFile<Schema>,
}

/// A file of JSON, which has no comments, with its header in a member.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "JsonFile")]
struct JsonFile<T> {
    /// Where the schema of the file is.
    #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
    schema: Option<&'static str>,
    /// The lines that every file begins with.
    #[serde(rename = "$comment")]
    header: String,
    #[serde(flatten)]
    content: T,
}

/// What a template sees that is rendered for each page.
#[derive(JsonSchema)]
#[expect(
    dead_code,
    reason = "the page has become a value when it is rendered; this is its schema"
)]
pub(super) struct PageContext<'a> {
    /// The lines that every file begins with, to be put into comments.
    header: Vec<String>,
    /// What the fields are called in the language of the page.
    labels: &'static Labels,
    /// The page.
    page: &'a PageView<'a>,
}

/// What a template sees that is rendered for each code, beside what one for a page sees.
#[derive(JsonSchema)]
#[expect(
    dead_code,
    reason = "the code has become a value when it is rendered; this is its schema"
)]
pub(super) struct CodeContext<'a> {
    /// The code.
    code: &'a CodeView<'a>,
}

/// What every template sees.
#[derive(Serialize, JsonSchema)]
pub(super) struct Options<'a> {
    /// What the project has chosen for the target, by the names of the options; `layout` is one.
    options: &'a IndexMap<String, OptionValue>,
}

impl<'a> CatalogContext<'a> {
    pub(super) fn new(catalog: &'a Catalog, snapshots: &str) -> Self {
        Self {
            header: header(&format!("the snapshots in {snapshots}/"), None),
            pages: catalog.pages.par_iter().filter_map(PageView::new).collect(),
        }
    }

    /// What templates see, where the pages have been made values already.
    pub(super) fn around(&self, pages: &[Value]) -> tera::Context {
        let mut context = tera::Context::new();
        context.insert("header", &self.header);
        context.insert_value("pages", Value::from(pages.to_vec()));
        context
    }
}

impl<'a> AttributesContext<'a> {
    pub(super) fn new(targets: &'a [Target], snapshots: &str) -> Self {
        Self {
            header: header(&format!("the snapshots in {snapshots}/"), None),
            folders: folders(targets),
        }
    }
}

impl<'a> CatalogFiles<'a> {
    /// What templates see of the files. What none of them needs is empty, as it takes time.
    pub(super) fn context(
        catalog: &'a Catalog,
        header: &[String],
        is_needed: impl Fn(&str) -> bool,
    ) -> tera::Context {
        let header = header.join(" ");
        let records = |catalog: Cow<'a, Catalog>| JsonFile {
            schema: Some("./catalog.schema.json"),
            header: header.clone(),
            content: catalog,
        };
        let mut context = context_of(&Self {
            catalog: records(match is_needed("catalog") {
                true => Cow::Borrowed(catalog),
                false => Cow::Owned(Catalog::new(Vec::new())),
            }),
            catalog_json: "",
            schema: JsonFile {
                schema: None,
                header: header.clone(),
                content: match is_needed("schema") {
                    true => json_schema(),
                    false => Schema::default(),
                },
            },
        });
        if is_needed("catalog_json") {
            let json = json::pretty(&records(Cow::Borrowed(catalog)));
            let json = json.expect("records are JSON, as their schema says");
            context.insert_value("catalog_json", Value::safe_string(&json));
        }
        context
    }
}

impl PageContext<'_> {
    /// What templates see of a page that has been made a value.
    pub(super) fn around(view: &PageView<'_>, page: &Value) -> tera::Context {
        let sources = sources(view.page);
        let mut context = tera::Context::new();
        context.insert("header", &header(&sources, view.page.url.as_deref()));
        context.insert("labels", view.page.language.labels());
        context.insert_value("page", page.clone());
        context
    }
}

/// The JSON Schemas of what templates see: those rendered for all pages, for each page, and, for
/// each code, what those see beside. All see the options too.
pub(super) fn schemas() -> [(&'static str, Schema); 6] {
    [
        ("every template", schema::<Options<'_>>()),
        ("once for all pages", schema::<CatalogContext<'_>>()),
        (
            "once for all pages, the files of the json target",
            schema::<CatalogFiles<'_>>(),
        ),
        ("once for each page", schema::<PageContext<'_>>()),
        (
            "once for each code, beside what is there for its page",
            schema::<CodeContext<'_>>(),
        ),
        (
            "the template `gitattributes`",
            schema::<AttributesContext<'_>>(),
        ),
    ]
}

/// The schema of a value as it is written, with what is always there marked as required.
fn schema<T: JsonSchema>() -> Schema {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    settings.into_generator().into_root_schema_for::<T>()
}

/// The folders of some targets, each once.
fn folders(targets: &[Target]) -> Vec<&str> {
    let folders = targets.iter().map(|target| target.folder.as_str());
    let mut folders: Vec<&str> = folders.filter(|folder| !folder.is_empty()).collect();
    folders.sort_unstable();
    folders.dedup();
    folders
}

/// What a template sees of some value that has members.
pub(super) fn context_of(value: &impl Serialize) -> tera::Context {
    tera::Context::from_serialize(value).expect("contexts are structs, which have members")
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
