//! Answers of the site's document API: JSON that holds the HTML of a page.
//!
//! The shape is `{"code":0,"message":"…","value":{"title":"…","content":{"content":"<html>"}}}`.
//! Clients of the API know variations of it, so that only what is needed is asked for.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Visitor};
use serde_json::error::Category;
use serde_json::value::RawValue;

use super::stated::{Stated, update_time};
use super::{Extract, Form, Refusal};
use crate::problem::SnapshotProblem;
use crate::text::one_line;

/// How many characters are shown of what the site said.
const LONGEST: usize = 200;

/// The members of a JSON object, unread: what is beside the page may be large and nested deeply.
/// The last of those with the same key counts, as in JavaScript.
type Members<'a> = BTreeMap<String, &'a RawValue>;

/// An answer, and what it says about itself.
pub(crate) struct Answer<'a> {
    members: Members<'a>,
    /// The code of an error, if it reports one.
    pub(crate) error: Option<String>,
    /// What the site says, in one line.
    pub(crate) message: Option<String>,
}

impl<'a> Answer<'a> {
    /// Reads the JSON of an answer.
    ///
    /// # Errors
    /// It is not a JSON object.
    pub(crate) fn parse(text: &'a str) -> serde_json::Result<Self> {
        let members: Members<'_> = serde_json::from_str(text)?;
        let message_under = |key| {
            let message = one_line(&string_in(members.get(key)?)?, LONGEST);
            (!message.is_empty()).then_some(message)
        };
        Ok(Self {
            error: members.get("code").and_then(|code| error_code(code)),
            message: message_under("message").or_else(|| message_under("msg")),
            members,
        })
    }
}

/// Takes the HTML out of an answer.
///
/// # Errors
/// The text is not JSON, the site answered with an error, or the answer holds no page.
pub(super) fn open_answer(text: &str) -> Result<Extract, Refusal> {
    let answer = Answer::parse(text).map_err(|error| bad_json(&error))?;
    let message = answer.message;
    if let Some(code) = answer.error {
        return Err((SnapshotProblem::ApiError { code, message }, None));
    }
    find_page(&answer.members)
        .map_err(|found| (SnapshotProblem::ApiNoContent { found, message }, None))
}

/// The page in an answer; or what the answer has instead.
fn find_page(answer: &Members<'_>) -> Result<Extract, String> {
    let mut keys = ["value", "data"].into_iter();
    let page = keys.find_map(|key| Some((key, parse_as::<Members<'_>>(answer.get(key)?)?)));
    let (key, page) = page.ok_or("no `value`")?;
    let mut path = format!("{key}.content");
    let mut content = *page.get("content").ok_or_else(|| format!("no `{path}`"))?;
    if let Some(inside) = parse_as::<Members<'_>>(content) {
        path.push_str(".content");
        content = inside
            .get("content")
            .ok_or_else(|| format!("no `{path}`"))?;
    }
    let html = string_in(content).ok_or_else(|| format!("no text in `{path}`"))?;
    if html.is_empty() {
        return Err(format!("an empty `{path}`"));
    }
    let text_of = |key: &str| string_in(page.get(key)?);
    Ok(Extract {
        form: Form::ApiAnswer,
        html,
        part: Some(path),
        stated: Stated {
            title: text_of("title"),
            updated: text_of("displayUpdateTime").and_then(|time| update_time(&time)),
            ..Stated::default()
        },
    })
}

/// A code as text, unless it stands for success. The site gives numbers, and some clients keep
/// strings; a code that is neither says nothing.
fn error_code(raw: &RawValue) -> Option<String> {
    let source = raw.get();
    let is_number = source.starts_with(|c: char| c == '-' || c.is_ascii_digit());
    let number = is_number.then(|| source.to_owned());
    let code = number.or_else(|| string_in(raw))?;
    let is_success = code.trim().parse() == Ok(0_i64);
    (!is_success).then(|| one_line(&code, LONGEST))
}

/// A string. Half of a surrogate pair, which no text has, is U+FFFD, as browsers show it.
struct LossyString(String);

impl<'de> Deserialize<'de> for LossyString {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_bytes(LossyVisitor)
    }
}

struct LossyVisitor;

impl Visitor<'_> for LossyVisitor {
    type Value = LossyString;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string")
    }

    fn visit_bytes<E>(self, bytes: &[u8]) -> Result<LossyString, E> {
        /// What the bytes of a surrogate begin with.
        const SURROGATE: [u8; 1] = [0xed];
        let mut text = String::with_capacity(bytes.len());
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            if chunk.invalid() == SURROGATE {
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
        Ok(LossyString(text))
    }
}

/// A string, if the value is one.
fn string_in(raw: &RawValue) -> Option<String> {
    parse_as(raw).map(|LossyString(text)| text)
}

/// A value, if it is of this type.
fn parse_as<'a, T: Deserialize<'a>>(raw: &'a RawValue) -> Option<T> {
    serde_json::from_str(raw.get()).ok()
}

/// What is not JSON, in the line in which it stops to be.
fn bad_json(error: &serde_json::Error) -> Refusal {
    let message = error.to_string();
    let suffix = format!(" at line {} column {}", error.line(), error.column());
    let problem = SnapshotProblem::BadJson {
        message: message.strip_suffix(&suffix).unwrap_or(&message).to_owned(),
        is_cut_off: error.classify() == Category::Eof,
    };
    (problem, Some(error.line()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Describe as _;
    use proptest::prelude::*;

    /// The id, the line and the message of the refusal.
    fn refusal(text: &str) -> String {
        let (problem, line) = open_answer(text).expect_err("this is no answer with a page");
        let line = line.map(|line| format!("{line}: ")).unwrap_or_default();
        let description = problem.describe();
        let notes: String = description
            .notes
            .iter()
            .map(|note| format!(" ({note})"))
            .collect();
        format!("{line}{}: {}{notes}", description.id, description.message)
    }

    fn opened(text: &str) -> Extract {
        open_answer(text).expect("this is an answer with a page")
    }

    #[test]
    fn the_page_is_taken_out_of_an_answer() {
        let extract = opened(
            r#"{"code":0,"message":"success","value":{"docId":"1","title":"错误\"码\"",
            "content":{"content":"<h1 id=\"a\">\u9519误<\/h1>\n","format":"html"}}}"#,
        );
        assert_eq!(extract.html, "<h1 id=\"a\">错误</h1>\n");
        assert_eq!(extract.part.as_deref(), Some("value.content.content"));
        assert_eq!(extract.stated.title.as_deref(), Some("错误\"码\""));
        assert_eq!(extract.stated.url, None);
    }

    #[test]
    fn half_of_a_surrogate_pair_is_replaced() {
        let extract = opened(r#"{"value":{"content":"<p>a\ud83db\udc00\udc00 \ud83d\ude00"}}"#);
        assert_eq!(extract.html, "<p>a\u{fffd}b\u{fffd}\u{fffd} \u{1f600}");
    }

    #[test]
    fn variations_of_an_answer_are_known() {
        let part = |text: &str| opened(text).part.expect("it is a part");
        assert_eq!(part(r#"{"value":{"content":"<p>"}}"#), "value.content");
        assert_eq!(
            part(r#"{"code":"0","data":{"content":{"content":"<p>"}}}"#),
            "data.content.content"
        );
        assert_eq!(
            part(r#"{"code":null,"value":null,"data":{"content":"<p>"}}"#),
            "data.content"
        );
    }

    #[test]
    fn errors_of_the_site_are_quoted() {
        assert_eq!(
            refusal(r#"{"code": 92531031, "message": "document not found"}"#),
            "api-error: the site answered with an error: 92531031 \"document not found\""
        );
        assert_eq!(
            refusal(r#"{"msg":"bad \u53c2\u6570","code":"92511002","value":{"content":"<p>"}}"#),
            "api-error: the site answered with an error: 92511002 \"bad 参数\""
        );
        assert_eq!(
            refusal(r#"{"code":-1}"#),
            "api-error: the site answered with an error: -1"
        );
    }

    #[test]
    fn what_an_answer_lacks_is_named() {
        for (answer, found) in [
            ("{}", "no `value`"),
            (
                r#"{"code":0,"value":{"catalogTreeList":[]}}"#,
                "no `value.content`",
            ),
            (
                r#"{"data":{"content":{"type":"html"}}}"#,
                "no `data.content.content`",
            ),
            (
                r#"{"value":{"content":{"content":null}}}"#,
                "no text in `value.content.content`",
            ),
            (r#"{"value":{"content":""}}"#, "an empty `value.content`"),
            (
                r#"{"code":0,"msg":"no such page","value":null}"#,
                "no `value` (the site said \"no such page\")",
            ),
        ] {
            assert_eq!(
                refusal(answer),
                format!("api-no-content: the answer has {found}")
            );
        }
    }

    #[test]
    fn what_is_not_json_is_refused_where_it_breaks() {
        assert_eq!(
            refusal("{\"message\":\"成功\"\n,\"错\":x}"),
            "2: bad-json: the file is not valid JSON: expected value"
        );
        assert_eq!(
            refusal("{\"code\":0,\n\"value\":{\"content\":\"<p>错"),
            "2: bad-json: the file is not valid JSON: EOF while parsing a string"
        );
    }

    #[test]
    fn what_is_beside_the_page_may_be_nested_deeply() {
        let nested = ["[".repeat(100_000), "]".repeat(100_000)].concat();
        let text = format!(r#"{{"tree":{nested},"value":{{"tree":{nested},"content":"<p>"}}}}"#);
        assert_eq!(opened(&text).html, "<p>");
    }

    proptest! {
        #[test]
        fn any_text_is_opened_or_refused(text in "[\\[\\]{}\",:a0\\\\\nu错]{0,40}", other: String) {
            let _ = open_answer(&text);
            let _ = open_answer(&other);
        }

        #[test]
        fn any_string_comes_out_as_it_went_in(html in "(?s).{1,40}", title: String) {
            let value = serde_json::json!({"content": html, "title": title});
            let text = serde_json::json!({"value": value}).to_string();
            let extract = open_answer(&text).expect("it has content");
            prop_assert_eq!(&extract.html, &html);
            prop_assert_eq!(extract.stated.title.as_deref(), Some(title.as_str()));
        }
    }
}
