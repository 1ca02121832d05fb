//! The filters that templates use, one line each over the functions that do the work.
//!
//! A text reaches an output through a filter that says what it is to be there, and only so: see
//! [`refuse`].

use std::io::{self, Write};

use heck::{ToKebabCase, ToLowerCamelCase, ToPascalCase, ToShoutySnakeCase, ToSnakeCase};
use serde::Deserialize;
use tera::{ArgFromValue, Error, Kwargs, State, Tera, TeraResult, Value};

use super::html;
use super::markdown::{self, Place};
use crate::catalog::{Block, plain_text};
use crate::escape;
use crate::json;

/// A filter, and what it is for.
#[cfg_attr(not(test), expect(dead_code, reason = "a test documents the filters"))]
pub(super) struct Filter {
    /// The name.
    pub(super) name: &'static str,
    /// What it takes.
    pub(super) takes: &'static str,
    /// What it gives.
    pub(super) about: &'static str,
    apply: fn(&Value, &Kwargs) -> TeraResult<Value>,
}

const fn filter(
    name: &'static str,
    takes: &'static str,
    about: &'static str,
    apply: fn(&Value, &Kwargs) -> TeraResult<Value>,
) -> Filter {
    Filter {
        name,
        takes,
        about,
        apply,
    }
}

/// All filters, those of Tera itself aside. What is [`safe`] can stand in an output; anything else
/// needs another filter.
#[rustfmt::skip]
pub(super) const FILTERS: [Filter; 34] = {
    const INDENT: &str = "text; `indent=0`";
    const DEPRECATED: &str = "text; `indent=0`, `deprecated=false`";
    [
        filter("snake", "text", "`run_timed_out`", |v, _| cased(v, |text| text.to_snake_case())),
        filter("shouty", "text", "`RUN_TIMED_OUT`", |v, _| cased(v, |text| text.to_shouty_snake_case())),
        filter("camel", "text", "`runTimedOut`", |v, _| cased(v, |text| text.to_lower_camel_case())),
        filter("pascal", "text", "`RunTimedOut`", |v, _| cased(v, |text| text.to_pascal_case())),
        filter("kebab", "text", "`run-timed-out`", |v, _| cased(v, |text| text.to_kebab_case())),
        filter("wrap", "text; `width=80`", "the text in lines of at most so many columns; a Chinese letter has two", wrap),
        filter("plain", "blocks", "their text, a line for each paragraph, item and row", |v, _| Ok(plain_text(&blocks_of(v)?).join("\n").into())),
        filter("lines", "blocks", "the same lines as a list", |v, _| Ok(plain_text(&blocks_of(v)?).into())),
        filter("one_line", "text", "the text in one line, such as a comment that ends with its line", |v, _| escaped(v, escape::visible_line)),
        filter("comment", "text; `start`, `indent=0`", "lines that begin with `start`, such as `//` or `#`", |v, k| comment_lines(v, k, k.must_get("start")?)),
        filter("html_comment", "text", "the inside of a comment of HTML, XML or Markdown", |v, _| escaped(v, escape::html_comment)),
        filter("rust_doc", INDENT, "doc comment lines, `///`", |v, k| comment_lines(v, k, "///")),
        filter("rust_inner_doc", INDENT, "doc comment lines, `//!`", |v, k| comment_lines(v, k, "//!")),
        filter("jsdoc", DEPRECATED, "a doc comment of ArkTS, TypeScript or JavaScript; it begins where it stands, its other lines are indented", |v, k| doc_comment(v, k, escape::jsdoc)),
        filter("block_doc", DEPRECATED, "a doc comment of C, C++, Java or Kotlin; it begins where it stands, its other lines are indented", |v, k| doc_comment(v, k, escape::block_doc)),
        filter("rust_string", "text", "a string literal of Rust", |v, _| escaped(v, escape::rust_string)),
        filter("rust_strings", "list of texts", "string literals of Rust in brackets", |v, _| escaped_list(v, escape::rust_string)),
        filter("js_string", "text", "a string literal of ArkTS, TypeScript or JavaScript", |v, _| escaped(v, escape::js_string)),
        filter("js_strings", "list of texts", "string literals of these in brackets", |v, _| escaped_list(v, escape::js_string)),
        filter("c_string", "text", "a string literal of C or C++, in UTF-8", |v, _| escaped(v, escape::c_string)),
        filter("c_integer", "number", "a number of C or C++, in 64 bits where it needs them", |v, _| Ok(safe(&escape::c_integer(i64::from_value(v)?)))),
        filter("kotlin_string", "text", "a string literal of Kotlin", |v, _| escaped(v, escape::kotlin_string)),
        filter("java_string", "text", "a string literal of Java", |v, _| escaped(v, escape::java_string)),
        filter("toml_string", "text", "a string of TOML", |v, _| escaped(v, escape::toml_string)),
        filter("csv", "text", "a field of CSV; one that a spreadsheet would take for a formula begins with `'`", |v, _| escaped(v, escape::csv)),
        filter("json", "anything", "the value as JSON, which is JSON5, YAML and JavaScript too", as_json),
        filter("md", "text", "Markdown that shows just this text", |v, _| escaped(v, escape::markdown)),
        filter("md_blocks", "blocks", "their Markdown", |v, _| escaped_blocks(v, |blocks| markdown::blocks(blocks, Place::Page))),
        filter("md_list", "blocks", "their Markdown; paragraphs are items of a list", |v, _| escaped_blocks(v, |blocks| markdown::as_list(blocks, Place::Page))),
        filter("heading", "number", "the marks of a heading of this level in Markdown", |v, _| Ok(safe(&"#".repeat(usize::from_value(v)?.min(6))))),
        filter("html_blocks", "blocks", "their HTML", |v, _| escaped_blocks(v, html::blocks)),
        filter("html_list", "blocks", "their HTML; paragraphs are items of a list", |v, _| escaped_blocks(v, html::as_list)),
        filter("url", "text", "an address that a link of Markdown can have; empty where it is none of the web", |v, _| escaped(v, escape::markdown_url)),
        filter("url_part", "text", "a part of an address, percent-encoded", |v, _| escaped(v, escape::url_part)),
    ]
};

/// The template engine with the filters, and without templates. It refuses text that passed none.
pub(super) fn engine() -> Tera {
    let mut tera = Tera::new();
    tera.autoescape_on([""]);
    tera.set_escape_fn(refuse);
    for filter in &FILTERS {
        let apply = |value: &Value, kwargs: Kwargs, _: &State| (filter.apply)(value, &kwargs);
        tera.register_filter(filter.name, apply);
    }
    tera
}

/// What stands in a template without a filter is an identifier or a number. A text in its place
/// is a mistake in the template, which must not end as code in somebody's build.
fn refuse(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if text.bytes().all(is_name) {
        return out.write_all(text.as_bytes());
    }
    Err(io::Error::other(format!(
        "the text {text:?} needs a filter"
    )))
}

/// In HTML and XML, text is text wherever it stands, between tags and in quoted attributes.
pub(super) fn escape_html(text: &str, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(escape::html(text).as_bytes())
}

/// What can stand in an output.
fn safe(text: &str) -> Value {
    Value::safe_string(text)
}

fn text_of(value: &Value) -> TeraResult<&str> {
    <&str>::from_value(value)
}

fn blocks_of(value: &Value) -> TeraResult<Vec<Block>> {
    Vec::deserialize(value).map_err(|error| Error::message(format!("these are no blocks: {error}")))
}

fn indent(kwargs: &Kwargs) -> TeraResult<usize> {
    Ok(kwargs.get("indent")?.unwrap_or(0))
}

fn cased(value: &Value, filter: fn(&str) -> String) -> TeraResult<Value> {
    Ok(filter(text_of(value)?).into())
}

fn escaped(value: &Value, filter: fn(&str) -> String) -> TeraResult<Value> {
    Ok(safe(&filter(text_of(value)?)))
}

/// Literals between brackets.
fn escaped_list(value: &Value, literal: fn(&str) -> String) -> TeraResult<Value> {
    let texts = Vec::<String>::from_value(value)?;
    let literals: Vec<String> = texts.iter().map(|text| literal(text)).collect();
    Ok(safe(&format!("[{}]", literals.join(", "))))
}

fn escaped_blocks(value: &Value, filter: fn(&[Block]) -> String) -> TeraResult<Value> {
    Ok(safe(&filter(&blocks_of(value)?)))
}

fn comment_lines(value: &Value, kwargs: &Kwargs, start: &str) -> TeraResult<Value> {
    let prefix = " ".repeat(indent(kwargs)?) + start;
    Ok(safe(&escape::comment(text_of(value)?, &prefix)))
}

fn doc_comment(
    value: &Value,
    kwargs: &Kwargs,
    filter: fn(&str, usize, bool) -> String,
) -> TeraResult<Value> {
    let deprecated = kwargs.get("deprecated")?.unwrap_or(false);
    Ok(safe(&filter(text_of(value)?, indent(kwargs)?, deprecated)))
}

fn wrap(value: &Value, kwargs: &Kwargs) -> TeraResult<Value> {
    let width = kwargs.get("width")?.unwrap_or(80_usize);
    Ok(textwrap::fill(text_of(value)?, width).into())
}

fn as_json(value: &Value, _: &Kwargs) -> TeraResult<Value> {
    let json = json::pretty(value).map_err(|error| Error::message(error.to_string()))?;
    Ok(safe(&json))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn render(template: &str, text: &str) -> Result<String, String> {
        let mut tera = engine();
        let context = tera::context! { text };
        tera.add_raw_template("page.rs", template)
            .and_then(|()| tera.render("page.rs", &context))
            .map_err(|error| format!("{:#}", anyhow::Error::from(error)))
    }

    #[test]
    fn text_without_a_filter_is_refused() {
        assert_eq!(render("enum {{ text }}", "A_1"), Ok("enum A_1".to_owned()));
        let error = render("enum {{ text }}", "A; evil()").expect_err("it is refused");
        assert!(
            error.ends_with("the text \"A; evil()\" needs a filter"),
            "{error}"
        );
        assert_eq!(
            render("{{ text | rust_string }}", "A; \"evil\"()"),
            Ok(r#""A; \"evil\"()""#.to_owned())
        );
    }

    #[test]
    fn text_keeps_its_refusal_through_other_filters_and_blocks() {
        for template in [
            "{{ text | upper }}",
            "{% set copy = text %}{{ copy }}",
            "{{ text | wrap }}",
        ] {
            assert!(render(template, "a b").is_err(), "{template}");
        }
        let block = "{% set copy %}{{ text | md }}{% endset %}{{ copy | rust_doc }}";
        assert_eq!(render(block, "a *b*"), Ok(r"/// a \*b\*".to_owned()));
    }

    #[test]
    fn words_take_the_case_of_a_language() {
        let template = "{{ text | snake }} {{ text | shouty }} {{ text | camel }} {{ text | pascal }} {{ text | kebab }}";
        assert_eq!(
            render(template, "RunTimedOut"),
            Ok("run_timed_out RUN_TIMED_OUT runTimedOut RunTimedOut run-timed-out".to_owned())
        );
    }

    #[test]
    fn lines_are_wrapped_and_marked() {
        assert_eq!(
            render(
                "{{ text | wrap(width=8) | comment(start='#', indent=1) }}",
                "the text is 一二三四"
            ),
            Ok(" # the text\n # is 一二\n # 三四".to_owned())
        );
    }
}
