//! Compares the reference documents and schemas in `docs/` with the code that they are about, and
//! writes them anew where `SNAPSHOTS` is `overwrite`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use indexmap::IndexMap;
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::context::{
    AttributesContext, CatalogContext, CatalogFiles, CodeContext, Options, PageContext,
};
use super::filters::FILTERS;
use super::target::Description;
use super::templates::Templates;
use crate::catalog::Catalog;
use crate::expected::assert_file;
use crate::json;

#[track_caller]
fn assert_document(name: &str, text: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    assert_file(text, folder.join(name));
}

fn json_lines(value: &impl Serialize) -> String {
    json::pretty(value).expect("schemas are JSON") + "\n"
}

#[test]
fn the_schema_of_the_catalogue_is_that_of_its_types() {
    // Rust's names of integer types are no formats that other validators know.
    let without_formats = RecursiveTransform(|schema: &mut Schema| {
        schema.remove("format");
    });
    let settings = SchemaSettings::draft2020_12().with_transform(without_formats);
    let schema = settings.into_generator().into_root_schema_for::<Catalog>();
    assert_document("catalog.schema.json", &json_lines(&schema));
}

#[test]
fn what_templates_see_is_documented() {
    let schemas: IndexMap<_, _> = context_schemas().into();
    assert_document("template-context.schema.json", &json_lines(&schemas));
    assert_document("template-context.md", &contexts());
}

#[test]
fn the_built_in_targets_are_documented() {
    assert_document("targets.md", &targets());
}

/// The JSON Schemas of what templates see, by what they are rendered for. All see the options too.
fn context_schemas() -> [(&'static str, Schema); 6] {
    [
        ("every template", schema::<Options<'_>>()),
        ("once for all pages", schema::<CatalogContext<'_>>()),
        (
            "once for all pages, the files of the json target",
            schema::<CatalogFiles>(),
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

/// What templates see as Markdown: every variable with its type, and every filter.
fn contexts() -> String {
    let mut text = String::from(
        "# What templates see\n\n\
         <!-- made of the code by its tests, do not edit -->\n\n\
         A member that may be missing is read with a question mark, as in `case?.devices`; one that\n\
         may be null is there. Lists of *blocks* go through a filter such as `md_blocks` or `plain`.\n\n\
         ## Variables\n",
    );
    let mut types = BTreeMap::new();
    for (what, schema) in context_schemas() {
        let shape: Shape =
            serde_json::from_value(schema.to_value()).expect("the schema has a known shape");
        let what = match what.strip_prefix("once ") {
            Some(what) => format!("a template that is rendered once {what}"),
            None => what.to_owned(),
        };
        let _ = writeln!(text, "\n### In {what}\n\n{}", shape.members());
        types.extend(shape.definitions);
    }
    text.push_str("\n## Types\n");
    for (name, shape) in &types {
        let _ = writeln!(text, "\n### {name}\n\n{}", shape.definition());
    }
    text.push_str(
        "\n## Filters\n\n\
         Beside those of [Tera](https://keats.github.io/tera/), there are:\n\n\
         | filter | takes | gives |\n| --- | --- | --- |\n",
    );
    for filter in &FILTERS {
        let (name, takes, gives) = (filter.name, filter.takes, filter.about);
        let _ = writeln!(text, "| `{name}` | {takes} | {gives} |");
    }
    push_blocks(&mut text);
    text
}

/// The blocks that a project's own template may replace.
fn push_blocks(text: &mut String) {
    text.push_str(
        "\n## Blocks\n\n\
         A template that extends `builtin/NAME` may replace these:\n\n\
         | built-in template | blocks |\n| --- | --- |\n",
    );
    for name in Templates::embedded_names() {
        let tags = Templates::embedded(name).unwrap_or_default().split("{%");
        let blocks: Vec<String> = tags
            .filter_map(|tag| tag.trim_start_matches(['-', ' ']).strip_prefix("block "))
            .filter_map(|block| block.split_whitespace().next())
            .map(|block| format!("`{block}`"))
            .collect();
        if !blocks.is_empty() {
            let _ = writeln!(text, "| `{name}` | {} |", blocks.join(", "));
        }
    }
}

/// The built-in targets as Markdown, with their layouts and options.
fn targets() -> String {
    let mut text = String::from(
        "# Built-in targets\n\n\
         <!-- made of the code by its tests, do not edit -->\n\n\
         They are switched and set in `arkerr.toml`, see [targets and templates](templates.md).\n",
    );
    for description in Description::all() {
        let _ = writeln!(text, "\n## {}\n\n{}.", description.name, description.about);
        for (index, (layout, about)) in description.layouts.iter().enumerate() {
            let gap = if index == 0 { "\n" } else { "" };
            let _ = writeln!(text, "{gap}- `layout = \"{layout}\"`: {about}");
        }
        if !description.options.is_empty() {
            text.push_str("\n| option | meaning | default |\n| --- | --- | --- |\n");
        }
        for (option, choice) in &description.options {
            let default = match choice.default.as_str() {
                "" => String::new(),
                default => format!("`{default}`"),
            };
            let _ = writeln!(text, "| `{option}` | {} | {default} |", choice.about);
        }
    }
    text
}

/// A JSON Schema, as far as those of the contexts go.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Shape {
    description: String,
    #[serde(rename = "type")]
    types: Value,
    #[serde(rename = "$ref")]
    reference: Option<String>,
    #[serde(rename = "const")]
    constant: Option<Value>,
    properties: IndexMap<String, Shape>,
    required: Vec<String>,
    items: Option<Box<Shape>>,
    additional_properties: Option<Values>,
    any_of: Vec<Shape>,
    one_of: Vec<Shape>,
    #[serde(rename = "$defs")]
    definitions: BTreeMap<String, Shape>,
}

/// The values of a map: of a type, or of any.
#[derive(Deserialize)]
#[serde(untagged)]
enum Values {
    Of(Box<Shape>),
    Any(IgnoredAny),
}

impl Shape {
    /// What a type is and has.
    fn definition(&self) -> String {
        let mut text = String::new();
        if !self.description.is_empty() {
            let _ = writeln!(text, "{}\n", self.about());
        }
        if !self.one_of.is_empty() {
            text.extend(self.one_of.iter().map(Self::variant));
        } else if self.properties.is_empty() {
            text.push_str(&self.type_name());
        } else {
            text.push_str(&self.members());
        }
        text.trim_end().to_owned()
    }

    /// A table of the members.
    fn members(&self) -> String {
        let mut text = String::from("| member | type | meaning |\n| --- | --- | --- |");
        for (name, member) in &self.properties {
            let is_required = self.required.contains(name);
            let missing = if is_required { "" } else { ", may be missing" };
            let (type_name, about) = (member.type_name(), member.about());
            let _ = write!(text, "\n| `{name}` | {type_name}{missing} | {about} |");
        }
        text
    }

    /// One of the shapes that a type may have, which its `kind` tells.
    fn variant(&self) -> String {
        let kind = self.properties.get("kind").unwrap_or(self);
        let constant = kind.constant.as_ref().and_then(Value::as_str);
        let name = constant.unwrap_or("otherwise");
        let mut text = format!("- `{name}`: {}\n", self.about());
        for (name, member) in self.properties.iter().filter(|(name, _)| *name != "kind") {
            let (type_name, about) = (member.type_name(), member.about());
            let _ = writeln!(text, "  - `{name}`: {type_name}, {about}");
        }
        text
    }

    /// The type of a value, in the words of templates.
    fn type_name(&self) -> String {
        if let Some(reference) = &self.reference {
            let name = reference.rsplit('/').next().unwrap_or_default();
            return format!("[{name}](#{})", name.to_lowercase());
        }
        let either = self.any_of.iter().chain(&self.one_of);
        let shapes: Vec<String> = either.map(Self::type_name).collect();
        if !shapes.is_empty() {
            return shapes.join(" or ");
        }
        let types: Vec<&str> = match &self.types {
            Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
            one => one.as_str().into_iter().collect(),
        };
        if types.is_empty() {
            return "anything".to_owned();
        }
        let words: Vec<String> = types.iter().map(|name| self.word(name)).collect();
        words.join(" or ")
    }

    fn word(&self, kind: &str) -> String {
        match (kind, &self.items, &self.additional_properties) {
            ("string", ..) => "text".to_owned(),
            ("integer", ..) => "number".to_owned(),
            ("array", Some(items), _) => format!("list of {}", items.type_name()),
            ("array", ..) => "list".to_owned(),
            ("object", _, Some(Values::Of(values))) => format!("map of {}", values.type_name()),
            ("object", ..) => "map".to_owned(),
            (kind, ..) => kind.to_owned(),
        }
    }

    fn about(&self) -> String {
        let words: Vec<&str> = self.description.split_whitespace().collect();
        words.join(" ").replace('|', "\\|")
    }
}
