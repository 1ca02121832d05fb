//! The filters that templates use, one line each over the functions that do the work.
//!
//! A text reaches an output through a filter that says what it is to be there, and only so: see
//! [`refuse`].

use std::io::{self, Write};

use heck::{ToKebabCase, ToLowerCamelCase, ToPascalCase, ToShoutySnakeCase, ToSnakeCase};
use serde::Deserialize;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::{html, markdown};
use crate::catalog::{Block, plain_text};
use crate::escape;
use crate::json;

/// A filter, and what it is for.
pub(super) struct Filter {
    /// The name.
    pub(super) name: &'static str,
    /// What it takes.
    pub(super) takes: &'static str,
    /// What it gives.
    pub(super) about: &'static str,
    apply: Apply,
}

/// What a filter does.
enum Apply {
    /// A text becomes another, which needs a filter itself.
    Words(fn(&str) -> String),
    /// A text becomes what can stand in an output.
    Text(fn(&str) -> String),
    /// So does each of several, between brackets.
    List(fn(&str) -> String),
    /// A text becomes lines, indented by so many blanks.
    Comment(fn(&str, usize) -> String),
    /// So does the documentation of something, which may be deprecated.
    DocComment(fn(&str, usize, bool) -> String),
    /// Blocks become what can stand in an output.
    Blocks(fn(&[Block]) -> String),
    /// Anything else.
    Own(fn(&mut Tera, &'static str)),
}

const fn filter(
    name: &'static str,
    takes: &'static str,
    about: &'static str,
    apply: Apply,
) -> Filter {
    Filter {
        name,
        takes,
        about,
        apply,
    }
}

/// All filters, those of Tera itself aside.
#[rustfmt::skip]
pub(super) const FILTERS: [Filter; 34] = {
    use Apply::{Blocks, Comment, DocComment, List, Own, Text, Words};
    const INDENT: &str = "text; `indent=0`";
    const DEPRECATED: &str = "text; `indent=0`, `deprecated=false`";
    [
        filter("snake", "text", "`run_timed_out`", Words(|text| text.to_snake_case())),
        filter("shouty", "text", "`RUN_TIMED_OUT`", Words(|text| text.to_shouty_snake_case())),
        filter("camel", "text", "`runTimedOut`", Words(|text| text.to_lower_camel_case())),
        filter("pascal", "text", "`RunTimedOut`", Words(|text| text.to_pascal_case())),
        filter("kebab", "text", "`run-timed-out`", Words(|text| text.to_kebab_case())),
        filter("wrap", "text; `width=80`", "the text in lines of at most so many columns; a Chinese letter has two", Own(wrap)),
        filter("plain", "blocks", "their text, a line for each paragraph, item and row", Own(plain)),
        filter("lines", "blocks", "the same lines as a list", Own(lines)),
        filter("one_line", "text", "the text in one line, such as a comment that ends with its line", Text(escape::visible_line)),
        filter("comment", "text; `start`, `indent=0`", "lines that begin with `start`, such as `//` or `#`", Own(comment)),
        filter("html_comment", "text", "the inside of a comment of HTML, XML or Markdown", Text(escape::html_comment)),
        filter("rust_doc", INDENT, "doc comment lines, `///`", Comment(escape::rust_doc)),
        filter("rust_inner_doc", INDENT, "doc comment lines, `//!`", Comment(escape::rust_inner_doc)),
        filter("jsdoc", DEPRECATED, "a doc comment of ArkTS, TypeScript or JavaScript; it begins where it stands, its other lines are indented", DocComment(escape::jsdoc)),
        filter("block_doc", DEPRECATED, "a doc comment of C, C++, Java or Kotlin; it begins where it stands, its other lines are indented", DocComment(escape::block_doc)),
        filter("rust_string", "text", "a string literal of Rust", Text(escape::rust_string)),
        filter("rust_strings", "list of texts", "string literals of Rust in brackets", List(escape::rust_string)),
        filter("js_string", "text", "a string literal of ArkTS, TypeScript or JavaScript", Text(escape::js_string)),
        filter("js_strings", "list of texts", "string literals of these in brackets", List(escape::js_string)),
        filter("c_string", "text", "a string literal of C or C++, in UTF-8", Text(escape::c_string)),
        filter("c_integer", "number", "a number of C or C++, in 64 bits where it needs them", Own(c_integer)),
        filter("kotlin_string", "text", "a string literal of Kotlin", Text(escape::kotlin_string)),
        filter("java_string", "text", "a string literal of Java", Text(escape::java_string)),
        filter("toml_string", "text", "a string of TOML", Text(escape::toml_string)),
        filter("csv", "text", "a field of CSV; one that a spreadsheet would take for a formula begins with `'`", Text(escape::csv)),
        filter("json", "anything", "the value as JSON, which is JSON5, YAML and JavaScript too", Own(as_json)),
        filter("md", "text", "Markdown that shows just this text", Text(escape::markdown)),
        filter("md_blocks", "blocks", "their Markdown", Blocks(markdown::blocks)),
        filter("md_list", "blocks", "their Markdown; paragraphs are items of a list", Blocks(markdown::list)),
        filter("heading", "number", "the marks of a heading of this level in Markdown", Own(heading)),
        filter("html_blocks", "blocks", "their HTML", Blocks(html::blocks)),
        filter("html_list", "blocks", "their HTML; paragraphs are items of a list", Blocks(html::list)),
        filter("url", "text", "an address that a link of Markdown can have; empty where it is none of the web", Text(escape::markdown_url)),
        filter("url_part", "text", "a part of an address, percent-encoded", Text(escape::url_part)),
    ]
};

/// The template engine with the filters, and without templates.
pub(super) fn engine() -> Tera {
    let mut tera = Tera::new();
    register(&mut tera);
    tera
}

/// Makes the filters known to the templates, and has them refuse text that passed none.
fn register(tera: &mut Tera) {
    tera.autoescape_on([""]);
    tera.set_escape_fn(refuse);
    for filter in &FILTERS {
        filter.register(tera);
    }
}

impl Filter {
    fn register(&self, tera: &mut Tera) {
        match self.apply {
            Apply::Words(apply) => tera
                .register_filter(self.name, move |text: &str, _: Kwargs, _: &State| {
                    apply(text)
                }),
            Apply::Text(apply) => tera
                .register_filter(self.name, move |text: &str, _: Kwargs, _: &State| {
                    Value::safe_string(&apply(text))
                }),
            Apply::List(apply) => list_filter(tera, self.name, apply),
            Apply::Comment(apply) => comment_filter(tera, self.name, apply),
            Apply::DocComment(apply) => doc_comment_filter(tera, self.name, apply),
            Apply::Blocks(apply) => block_filter(tera, self.name, apply),
            Apply::Own(register) => register(tera, self.name),
        }
    }
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

fn list_filter(tera: &mut Tera, name: &'static str, filter: fn(&str) -> String) {
    tera.register_filter(name, move |texts: Vec<String>, _: Kwargs, _: &State| {
        let literals: Vec<String> = texts.iter().map(|text| filter(text)).collect();
        Value::safe_string(&format!("[{}]", literals.join(", ")))
    });
}

fn comment_filter(tera: &mut Tera, name: &'static str, filter: fn(&str, usize) -> String) {
    let filter = move |text: &str, kwargs: Kwargs, _: &State| -> TeraResult<Value> {
        let indent = kwargs.get("indent")?.unwrap_or(0);
        Ok(Value::safe_string(&filter(text, indent)))
    };
    tera.register_filter(name, filter);
}

fn doc_comment_filter(
    tera: &mut Tera,
    name: &'static str,
    filter: fn(&str, usize, bool) -> String,
) {
    let filter = move |text: &str, kwargs: Kwargs, _: &State| -> TeraResult<Value> {
        let indent = kwargs.get("indent")?.unwrap_or(0);
        let deprecated = kwargs.get("deprecated")?.unwrap_or(false);
        Ok(Value::safe_string(&filter(text, indent, deprecated)))
    };
    tera.register_filter(name, filter);
}

fn block_filter(tera: &mut Tera, name: &'static str, filter: fn(&[Block]) -> String) {
    let filter = move |blocks: &Value, _: Kwargs, _: &State| -> TeraResult<Value> {
        Ok(Value::safe_string(&filter(&read_blocks(blocks)?)))
    };
    tera.register_filter(name, filter);
}

fn read_blocks(blocks: &Value) -> TeraResult<Vec<Block>> {
    Vec::deserialize(blocks)
        .map_err(|error| Error::message(format!("these are no blocks: {error}")))
}

fn wrap(tera: &mut Tera, name: &'static str) {
    let wrap = |text: &str, kwargs: Kwargs, _: &State| -> TeraResult<String> {
        Ok(textwrap::fill(
            text,
            kwargs.get("width")?.unwrap_or(80_usize),
        ))
    };
    tera.register_filter(name, wrap);
}

fn plain(tera: &mut Tera, name: &'static str) {
    let plain = |blocks: &Value, _: Kwargs, _: &State| -> TeraResult<String> {
        Ok(plain_text(&read_blocks(blocks)?).join("\n"))
    };
    tera.register_filter(name, plain);
}

fn lines(tera: &mut Tera, name: &'static str) {
    let lines = |blocks: &Value, _: Kwargs, _: &State| -> TeraResult<Vec<String>> {
        Ok(plain_text(&read_blocks(blocks)?))
    };
    tera.register_filter(name, lines);
}

fn comment(tera: &mut Tera, name: &'static str) {
    let comment = |text: &str, kwargs: Kwargs, _: &State| -> TeraResult<Value> {
        let start: String = kwargs.must_get("start")?;
        let indent = kwargs.get("indent")?.unwrap_or(0);
        Ok(Value::safe_string(&escape::comment(
            text,
            &format!("{:indent$}{start}", ""),
        )))
    };
    tera.register_filter(name, comment);
}

fn c_integer(tera: &mut Tera, name: &'static str) {
    tera.register_filter(name, |number: i64, _: Kwargs, _: &State| {
        Value::safe_string(&escape::c_integer(number))
    });
}

fn heading(tera: &mut Tera, name: &'static str) {
    tera.register_filter(name, |level: usize, _: Kwargs, _: &State| {
        Value::safe_string(&"#".repeat(level.min(6)))
    });
}

fn as_json(tera: &mut Tera, name: &'static str) {
    let json = |value: &Value, _: Kwargs, _: &State| -> TeraResult<Value> {
        json::pretty(value)
            .map(|json| Value::safe_string(&json))
            .map_err(|error| Error::message(error.to_string()))
    };
    tera.register_filter(name, json);
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
