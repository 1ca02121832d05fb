//! The filters that templates use, one line each over the functions that do the work.
//!
//! A text reaches an output through a filter that says what it is to be there, and only so: see
//! [`refuse`].

use std::io::{self, Write};

use serde::Deserialize;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::{escape, markdown};
use crate::catalog::Block;
use crate::text::encode_part;

/// Makes the filters known to the templates, and has them refuse text that passed none.
pub(super) fn register(tera: &mut Tera) {
    tera.autoescape_on([""]);
    tera.set_escape_fn(refuse);

    text_filter(tera, "rust_string", escape::rust_string);
    text_filter(tera, "js_string", escape::js_string);
    list_filter(tera, "rust_strings", escape::rust_string);
    list_filter(tera, "js_strings", escape::js_string);
    text_filter(tera, "one_line", escape::one_line);
    text_filter(tera, "html_comment", escape::html_comment);
    comment_filter(tera, "rust_doc", escape::rust_doc);
    comment_filter(tera, "rust_inner_doc", escape::rust_inner_doc);
    tera.register_filter(
        "jsdoc",
        |text: &str, kwargs: Kwargs, _: &State| -> TeraResult<Value> {
            let indent = kwargs.get("indent")?.unwrap_or(0);
            let deprecated = kwargs.get("deprecated")?.unwrap_or(false);
            Ok(Value::safe_string(&escape::jsdoc(text, indent, deprecated)))
        },
    );
    text_filter(tera, "md", markdown::text);
    text_filter(tera, "url", markdown::url);
    text_filter(tera, "url_part", encode_part);
    block_filter(tera, "md_blocks", markdown::blocks);
    block_filter(tera, "md_list", markdown::list);
    tera.register_filter("heading", |level: usize, _: Kwargs, _: &State| {
        Value::safe_string(&"#".repeat(level.min(6)))
    });
    tera.register_filter("json", json);
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

fn text_filter(tera: &mut Tera, name: &'static str, filter: fn(&str) -> String) {
    tera.register_filter(name, move |text: &str, _: Kwargs, _: &State| {
        Value::safe_string(&filter(text))
    });
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

fn block_filter(tera: &mut Tera, name: &'static str, filter: fn(&[Block]) -> String) {
    let filter = move |blocks: &Value, _: Kwargs, _: &State| -> TeraResult<Value> {
        let blocks = Vec::deserialize(blocks)
            .map_err(|error| Error::message(format!("these are no blocks: {error}")))?;
        Ok(Value::safe_string(&filter(&blocks)))
    };
    tera.register_filter(name, filter);
}

fn json(value: &Value, _: Kwargs, _: &State) -> TeraResult<Value> {
    let json = serde_json::to_string_pretty(value);
    json.map(|json| Value::safe_string(&json))
        .map_err(|error| Error::message(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn render(template: &str, text: &str) -> Result<String, String> {
        let mut tera = Tera::new();
        register(&mut tera);
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
        for template in ["{{ text | upper }}", "{% set copy = text %}{{ copy }}"] {
            assert!(render(template, "a b").is_err(), "{template}");
        }
        let block = "{% set copy %}{{ text | md }}{% endset %}{{ copy | rust_doc }}";
        assert_eq!(render(block, "a *b*"), Ok(r"/// a \*b\*".to_owned()));
    }

    #[test]
    fn a_variable_that_does_not_exist_is_an_error_with_its_place() {
        let error = render("\n  {{ txet | md }}", "").expect_err("there is no such variable");
        assert!(
            error.contains("txet") && error.contains("page.rs:2:6"),
            "{error}"
        );
    }
}
