//! The reference for those who write templates: what a template sees, and the filters.
//!
//! It is made of the JSON Schema of the contexts, so that it cannot say anything else than what
//! is there.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use schemars::Schema;
use serde_json::{Map, Value};

use super::context;
use super::filters::FILTERS;
use super::target::{Choice, Description};
use super::templates::Templates;

/// What templates see, as a JSON Schema for each kind of template, by what they are rendered for.
#[must_use]
pub fn schemas() -> Vec<(&'static str, Schema)> {
    context::schemas().into()
}

/// The reference as Markdown: every variable with its type, and every filter.
#[must_use]
pub fn markdown() -> String {
    let mut text = String::from(
        "# What templates see\n\n\
         <!-- made of the code by `arkerr templates context`, do not edit -->\n\n\
         A member that may be missing is read with a question mark, as in `case?.devices`; one that\n\
         may be null is there. Lists of *blocks* go through a filter such as `md_blocks` or `plain`.\n",
    );
    let mut types: BTreeMap<String, Map<String, Value>> = BTreeMap::new();
    let _ = writeln!(text, "\n## Variables");
    for (what, schema) in context::schemas() {
        let value = schema.to_value();
        if let Some(definitions) = value.get("$defs").and_then(Value::as_object) {
            let definitions = definitions.iter();
            types.extend(definitions.filter_map(|(name, definition)| {
                Some((name.clone(), definition.as_object()?.clone()))
            }));
        }
        let _ = writeln!(text, "\n### In {}\n", preposition(what));
        if let Some(schema) = value.as_object() {
            push_members(&mut text, schema);
        }
    }
    text.push_str("\n## Types\n");
    for (name, schema) in &types {
        push_type(&mut text, name, schema);
    }
    push_filters(&mut text);
    push_blocks(&mut text);
    text
}

/// The built-in targets as Markdown, with their layouts and options.
#[must_use]
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
            let Choice { about, default, .. } = choice;
            let default = match default.as_str() {
                "" => String::new(),
                default => format!("`{default}`"),
            };
            let _ = writeln!(text, "| `{option}` | {about} | {default} |");
        }
    }
    text
}

fn preposition(what: &str) -> String {
    match what.strip_prefix("once ") {
        Some(what) => format!("a template that is rendered once {what}"),
        None => what.to_owned(),
    }
}

fn push_type(text: &mut String, name: &str, schema: &Map<String, Value>) {
    let _ = writeln!(text, "\n### {name}\n");
    if let Some(about) = schema.get("description").and_then(Value::as_str) {
        let _ = writeln!(text, "{}\n", one_line(about));
    }
    let variants = schema.get("oneOf").and_then(Value::as_array);
    match variants {
        Some(variants) => variants
            .iter()
            .filter_map(Value::as_object)
            .for_each(|variant| push_variant(text, variant)),
        None if schema.contains_key("properties") => push_members(text, schema),
        None => {
            let _ = writeln!(text, "{}", type_of(&Value::Object(schema.clone())));
        }
    }
}

/// One of the shapes that a type may have, which its `kind` tells.
fn push_variant(text: &mut String, variant: &Map<String, Value>) {
    let about = variant.get("description").and_then(Value::as_str);
    let constant = variant.get("const").and_then(Value::as_str);
    let kind = variant
        .get("properties")
        .and_then(|properties| properties.get("kind")?.get("const")?.as_str());
    let name = constant.or(kind).unwrap_or("otherwise");
    let _ = writeln!(text, "- `{name}`: {}", one_line(about.unwrap_or_default()));
    for (member, schema) in members(variant).filter(|(member, _)| *member != "kind") {
        let _ = writeln!(
            text,
            "  - `{member}`: {}, {}",
            type_of(schema),
            about_of(schema)
        );
    }
}

fn push_members(text: &mut String, schema: &Map<String, Value>) {
    text.push_str("| member | type | meaning |\n| --- | --- | --- |\n");
    let required: Vec<&str> = schema
        .get("required")
        .and_then(Value::as_array)
        .map(|names| names.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default();
    for (name, member) in members(schema) {
        let missing = match required.contains(&name) {
            true => "",
            false => ", may be missing",
        };
        let _ = writeln!(
            text,
            "| `{name}` | {}{missing} | {} |",
            type_of(member),
            about_of(member)
        );
    }
}

fn members(schema: &Map<String, Value>) -> impl Iterator<Item = (&str, &Value)> {
    let properties = schema.get("properties").and_then(Value::as_object);
    let properties = properties.into_iter().flatten();
    properties.map(|(name, member)| (name.as_str(), member))
}

fn about_of(member: &Value) -> String {
    one_line(
        member
            .get("description")
            .and_then(Value::as_str)
            .unwrap_or_default(),
    )
}

/// The type of a value, in the words of templates.
fn type_of(schema: &Value) -> String {
    let Some(schema) = schema.as_object() else {
        return "anything".to_owned();
    };
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let name = reference.rsplit('/').next().unwrap_or_default();
        return format!("[{name}](#{})", name.to_lowercase());
    }
    for key in ["anyOf", "oneOf", "allOf"] {
        if let Some(shapes) = schema.get(key).and_then(Value::as_array) {
            let shapes: Vec<String> = shapes.iter().map(type_of).collect();
            return shapes.join(" or ");
        }
    }
    match schema.get("type") {
        Some(Value::Array(types)) => {
            let types = types.iter().filter_map(Value::as_str);
            types.map(word).collect::<Vec<_>>().join(" or ")
        }
        Some(Value::String(kind)) if kind == "array" => match schema.get("items") {
            Some(items) => format!("list of {}", type_of(items)),
            None => "list".to_owned(),
        },
        Some(Value::String(kind)) if kind == "object" => match schema.get("additionalProperties") {
            Some(values) if values.is_object() => format!("map of {}", type_of(values)),
            _ => "map".to_owned(),
        },
        Some(Value::String(kind)) => word(kind).to_owned(),
        _ => "anything".to_owned(),
    }
}

fn word(kind: &str) -> &str {
    match kind {
        "string" => "text",
        "integer" => "number",
        kind => kind,
    }
}

fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").replace('|', "\\|")
}

fn push_filters(text: &mut String) {
    text.push_str(
        "\n## Filters\n\n\
         Beside those of [Tera](https://keats.github.io/tera/), there are:\n\n\
         | filter | takes | gives |\n| --- | --- | --- |\n",
    );
    for filter in &FILTERS {
        let _ = writeln!(
            text,
            "| `{}` | {} | {} |",
            filter.name, filter.takes, filter.about
        );
    }
}

/// The blocks that a template of one's own may replace.
fn push_blocks(text: &mut String) {
    text.push_str(
        "\n## Blocks\n\n\
         A template that extends `builtin/NAME` may replace these:\n\n\
         | built-in template | blocks |\n| --- | --- |\n",
    );
    for name in Templates::embedded_names() {
        let tags = Templates::embedded(name).unwrap_or_default().split("{%");
        let blocks =
            tags.filter_map(|tag| tag.trim_start_matches(['-', ' ']).strip_prefix("block "));
        let blocks = blocks.filter_map(|block| block.split_whitespace().next());
        let blocks: Vec<String> = blocks.map(|block| format!("`{block}`")).collect();
        if !blocks.is_empty() {
            let _ = writeln!(text, "| `{name}` | {} |", blocks.join(", "));
        }
    }
}
