//! The reference for those who write templates: what a template sees, and the filters.
//!
//! It is made of the JSON Schema of what templates see, so that it cannot say anything else.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use indexmap::IndexMap;
use schemars::Schema;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::context;
use super::filters::FILTERS;
use super::target::Description;
use super::templates::Templates;
use crate::problem::{Diagnostic, Locate as _, Report, TemplateProblem};

/// What templates see, as a JSON Schema for each kind of template, by what they are rendered for.
pub fn schemas() -> Vec<(&'static str, Schema)> {
    context::schemas().into()
}

/// The reference as Markdown: every variable with its type, and every filter.
///
/// # Errors
/// A schema has a shape that the reference does not know; a test renders it.
pub fn markdown() -> Result<String, Report> {
    let mut text = String::from(
        "# What templates see\n\n\
         <!-- made of the code by `arkerr templates context`, do not edit -->\n\n\
         A member that may be missing is read with a question mark, as in `case?.devices`; one that\n\
         may be null is there. Lists of *blocks* go through a filter such as `md_blocks` or `plain`.\n\n\
         ## Variables\n",
    );
    let mut types = BTreeMap::new();
    for (what, schema) in context::schemas() {
        let shape: Shape = serde_json::from_value(schema.to_value()).map_err(unknown_shape)?;
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
    Ok(text)
}

fn unknown_shape(error: serde_json::Error) -> Diagnostic {
    let (message, output) = (error.to_string(), None);
    TemplateProblem::Failed { message, output }.nowhere()
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
pub fn targets() -> String {
    let mut text = String::from(
        "# Built-in targets\n\n\
         <!-- made of the code by `arkerr targets --format markdown`, do not edit -->\n\n\
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
