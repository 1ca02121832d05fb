//! What the templates see: the catalogue's records, with what every target needs of them.
//!
//! The types here are the reference of what a template may write: their JSON Schema is what
//! `docs/template-context.md` shows.

mod code;
mod page;

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use tera::Value;

use super::target::OptionValue;
use super::{COMMAND, MARK, Target};
use crate::catalog::{Catalog, JSON_SCHEMA, Labels, Page};
use crate::json;

#[cfg(test)]
use code::CodeView;
pub(super) use page::{PageView, is_true};

/// What a template sees that is rendered once, for all pages.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct CatalogContext<'a> {
    /// The lines that every file begins with, to be put into comments.
    header: Vec<String>,
    /// The pages that have names, in the order of their ids.
    #[cfg_attr(test, schemars(with = "Vec<PageView<'a>>"))]
    pages: Vec<Value>,
    /// Those of them that have constants.
    #[cfg_attr(test, schemars(with = "Vec<PageView<'a>>"))]
    pages_with_constants: Vec<&'a Value>,
}

/// The files of the json target as they are written; other templates seldom need them.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct CatalogFiles {
    /// The records of all pages, with their names.
    #[cfg_attr(test, schemars(with = "JsonFile<Catalog>"))]
    catalog: Value,
    /// The same as JSON, to be written as it is: much quicker than `catalog | json`.
    #[cfg_attr(test, schemars(with = "String"))]
    catalog_json: Value,
    /// Their JSON Schema.
    #[cfg_attr(test, schemars(with = "JsonFile<schemars::Schema>"))]
    schema: Value,
}

/// A file of JSON, which has no comments, with its header in a member.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "JsonFile"))]
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
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct PageContext<'a> {
    /// The lines that every file begins with, to be put into comments.
    header: Vec<String>,
    /// What the fields are called in the language of the page.
    labels: &'static Labels,
    /// The page.
    #[cfg_attr(test, schemars(with = "PageView<'a>"))]
    page: Value,
    /// The constants of the page, as in `page.constants`.
    #[cfg_attr(test, schemars(with = "Vec<CodeView<'a>>"))]
    constants: &'a [Value],
}

/// What a template sees that is rendered for each code, beside what one for a page sees.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct CodeContext<'a> {
    /// The code.
    #[cfg_attr(test, schemars(with = "CodeView<'a>"))]
    pub(super) code: &'a Value,
}

/// What the template `gitattributes` sees.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct AttributesContext<'a> {
    /// The lines that every file begins with, to be put into comments.
    header: Vec<String>,
    /// The folders of the targets, below the output folder.
    folders: Vec<&'a str>,
}

/// What every template sees.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Options<'a> {
    /// What the project has chosen for the target, by the names of the options; `layout` is one.
    pub(super) options: &'a IndexMap<String, OptionValue>,
}

/// A value of JSON whose members keep their order.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Ordered {
    Object(IndexMap<String, Ordered>),
    List(Vec<Ordered>),
    Scalar(serde_json::Value),
}

impl<'a> CatalogContext<'a> {
    pub(super) fn new(values: &'a [Value], snapshots: &str) -> Self {
        let named = values.iter().filter(|page| is_true(page, "has_constants"));
        Self {
            header: header_of_all(snapshots),
            pages: values.to_vec(),
            pages_with_constants: named.collect(),
        }
    }
}

impl CatalogFiles {
    /// The files that are needed; the others are null, as each takes time.
    pub(super) fn new(
        catalog: &Catalog,
        snapshots: &str,
        is_needed: impl Fn(&str) -> bool,
    ) -> serde_json::Result<Self> {
        let header = header_of_all(snapshots).join(" ");
        let records = || JsonFile {
            schema: Some("./catalog.schema.json"),
            header: header.clone(),
            content: catalog,
        };
        let mut files = Self {
            catalog: Value::none(),
            catalog_json: Value::none(),
            schema: Value::none(),
        };
        if is_needed("catalog") {
            files.catalog = Value::from_serializable(&records());
        }
        if is_needed("catalog_json") {
            files.catalog_json = Value::safe_string(&json::pretty(&records())?);
        }
        if is_needed("schema") {
            files.schema = Value::from_serializable(&JsonFile {
                schema: None,
                header,
                content: serde_json::from_str::<Ordered>(JSON_SCHEMA)?,
            });
        }
        Ok(files)
    }
}

impl<'a> PageContext<'a> {
    /// What templates see of a page; `value` is the page as a value.
    pub(super) fn new(view: &'a PageView<'_>, value: &Value) -> Self {
        Self {
            header: header(&sources(view.page), view.page.url.as_deref()),
            labels: view.page.language.labels(),
            page: value.clone(),
            constants: &view.constants,
        }
    }
}

impl<'a> AttributesContext<'a> {
    pub(super) fn new(targets: &'a [Target], snapshots: &str) -> Self {
        let folders = targets.iter().map(|target| target.folder.as_str());
        let folders: BTreeSet<&str> = folders.filter(|folder| !folder.is_empty()).collect();
        Self {
            header: header_of_all(snapshots),
            folders: folders.into_iter().collect(),
        }
    }
}

/// The snapshots that a page was read from.
fn sources(page: &Page) -> String {
    let others = page.translations.values().map(|text| text.source.as_str());
    let sources = std::iter::once(page.source.as_str()).chain(others);
    sources.collect::<Vec<_>>().join(" and ")
}

fn header_of_all(snapshots: &str) -> Vec<String> {
    header(&format!("the snapshots in {snapshots}/"), None)
}

/// The lines that every file begins with. Nothing in them changes unless the inputs do.
fn header(source: &str, url: Option<&str>) -> Vec<String> {
    let mut lines = vec![format!("{MARK} from {source}, do not edit.")];
    lines.extend(url.map(|url| format!("Documentation: {url}")));
    lines.push(format!("To regenerate it, run: {COMMAND}"));
    lines
}
