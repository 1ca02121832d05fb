//! Answers of the site's document API: JSON that holds the HTML of a page.
//!
//! The shape is `{"code":0,"message":"…","value":{"title":"…","content":{"content":"<html>"}}}`.
//! Clients of the API know variations of it, so that only what is needed is asked for.

use std::collections::BTreeMap;

use serde_json::error::Category;
use serde_json::value::RawValue;

use super::extract::Extract;
use super::stated::update_time;
use crate::diagnostic::{Diagnostic, Place, Position};
use crate::text::one_line;

/// How many characters are shown of what the site said.
const LONGEST: usize = 200;

/// The members of a JSON object, unread: the HTML is read once, and what is beside it not at all.
type Members<'a> = BTreeMap<String, &'a RawValue>;

/// Whether a text looks like an answer: no page begins with a brace.
pub(super) fn is_answer(text: &str) -> bool {
    text.trim_start().starts_with('{')
}

/// Takes the HTML out of an answer.
///
/// # Errors
/// The text is not JSON, the site answered with an error, or the answer holds no page.
pub(super) fn open(source: &str, text: &str) -> Result<Extract, Diagnostic> {
    let answer: &RawValue =
        serde_json::from_str(text).map_err(|error| bad_json(source, text, &error))?;
    let answer = members(answer).unwrap_or_default();
    let message = ["message", "msg"]
        .iter()
        .find_map(|key| string(answer.get(*key)?))
        .filter(|message| !message.trim().is_empty())
        .map(|message| one_line(&message, LONGEST));
    refuse_error(source, text, &answer, message.as_deref())?;
    let (page, content) = find_content(&answer)
        .map_err(|missing| no_content(source, &missing, message.as_deref()))?;
    let (html, origins) = unescape(content.inner, offset(text, content.inner));
    Ok(Extract {
        html,
        part: Some(content.path),
        title: page.get("title").and_then(|title| string(title)),
        url: None,
        updated: page
            .get("displayUpdateTime")
            .and_then(|time| update_time(&string(time)?)),
        origins,
    })
}

/// A string of an answer.
struct Content<'a> {
    /// What stands between its quotes.
    inner: &'a str,
    /// The keys that lead to it.
    path: String,
}

/// The object that describes the page, and its HTML; or what is wrong, as the end of a sentence
/// about the answer.
fn find_content<'a>(answer: &Members<'a>) -> Result<(Members<'a>, Content<'a>), String> {
    let mut keys = ["value", "data"].into_iter();
    let page = keys.find_map(|key| Some((key, members(answer.get(key)?)?)));
    let Some((key, page)) = page else {
        return Err("no `value`".to_owned());
    };
    let mut path = format!("{key}.content");
    let Some(mut content) = page.get("content").copied() else {
        return Err(format!("no `{path}`"));
    };
    if let Some(inside) = members(content) {
        path.push_str(".content");
        content = match inside.get("content") {
            Some(content) => content,
            None => return Err(format!("no `{path}`")),
        };
    }
    match quoted(content) {
        Some("") => Err(format!("an empty `{path}`")),
        Some(inner) => Ok((page, Content { inner, path })),
        None => Err(format!("no text in `{path}`")),
    }
}

/// An answer may report an error, with whatever else it holds. A code that is neither a number nor
/// a string says nothing.
fn refuse_error(
    source: &str,
    text: &str,
    answer: &Members<'_>,
    message: Option<&str>,
) -> Result<(), Diagnostic> {
    let Some((raw, code)) = answer.get("code").and_then(|raw| Some((raw, code(raw)?))) else {
        return Ok(());
    };
    if code.parse() == Ok(0_i64) {
        return Ok(());
    }
    let code = one_line(&code, LONGEST);
    let quote = message.map_or_else(String::new, |message| format!(" \"{message}\""));
    let position = Position::of(text, offset(text, raw.get()));
    let message = format!("the site answered with an error: {code}{quote}");
    Err(Diagnostic::error("api-error", message)
        .at(Place::at(source, position))
        .help("save the answer again, with the name that the page has now"))
}

/// A code as text; the site gives numbers, and some clients keep strings.
fn code(raw: &RawValue) -> Option<String> {
    let is_number =
        |text: &str| text.starts_with(|char: char| char == '-' || char.is_ascii_digit());
    match string(raw) {
        Some(code) => Some(code.trim().to_owned()),
        None => is_number(raw.get()).then(|| raw.get().to_owned()),
    }
}

/// The error for an answer without a page; what the site said about it may explain it.
fn no_content(source: &str, missing: &str, message: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::error("api-no-content", format!("the answer has {missing}"))
        .at(Place::file(source))
        .help("save the answer for a page of the documentation, or move the file out of the snapshots");
    match message {
        Some(message) => diagnostic.note(format!("the site said \"{message}\"")),
        None => diagnostic,
    }
}

/// The error for what is not JSON, at the byte at which it stops to be.
fn bad_json(source: &str, text: &str, error: &serde_json::Error) -> Diagnostic {
    let message = error.to_string();
    let suffix = format!(" at line {} column {}", error.line(), error.column());
    let message = message.strip_suffix(&suffix).unwrap_or(&message);
    let is_end = error.classify() == Category::Eof;
    let end = if is_end {
        text.len()
    } else {
        error_offset(text, error.line(), error.column())
    };
    let diagnostic =
        Diagnostic::error("bad-json", format!("the file is not valid JSON: {message}"))
            .at(Place::at(source, Position::of(text, end)));
    if is_end {
        diagnostic.help("it may be cut off: save the answer again")
    } else {
        diagnostic.help("save the answer again, as the site gave it")
    }
}

/// The byte at which serde_json stopped. It counts the bytes of a line that it had read, and may
/// stop within a character.
fn error_offset(text: &str, line: usize, column: usize) -> usize {
    let before = text.split_inclusive('\n').take(line.saturating_sub(1));
    let line_start: usize = before.map(str::len).sum();
    let mut offset = (line_start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// The members of an object; the last of those with the same key counts, as in JavaScript.
fn members(raw: &RawValue) -> Option<Members<'_>> {
    serde_json::from_str(raw.get()).ok()
}

/// What stands between the quotes of a string.
fn quoted(raw: &RawValue) -> Option<&str> {
    raw.get().strip_prefix('"')?.strip_suffix('"')
}

/// The text of a string; nothing for what is none.
fn string(raw: &RawValue) -> Option<String> {
    quoted(raw).map(|inner| unescape(inner, 0).0)
}

/// Where a part of a text begins in it. The raw values of serde_json are such parts.
fn offset(text: &str, part: &str) -> usize {
    part.as_ptr().addr() - text.as_ptr().addr()
}

/// The text of a JSON string whose syntax is known to be valid and which begins at a byte of the
/// file; and for its start and what follows each escape, where that is in the file.
fn unescape(inner: &str, start: usize) -> (String, Vec<(usize, usize)>) {
    let mut text = String::with_capacity(inner.len());
    let mut origins = vec![(0, start)];
    let mut rest = inner;
    while let Some((plain, escape)) = rest.split_once('\\') {
        let (char, length) = escaped(escape);
        text.push_str(plain);
        text.push(char);
        rest = escape.get(length..).unwrap_or_default();
        origins.push((text.len(), start + inner.len() - rest.len()));
    }
    text.push_str(rest);
    (text, origins)
}

/// The character that an escape stands for, and its bytes after the backslash.
fn escaped(escape: &str) -> (char, usize) {
    match escape.chars().next() {
        Some('b') => ('\u{8}', 1),
        Some('f') => ('\u{c}', 1),
        Some('n') => ('\n', 1),
        Some('r') => ('\r', 1),
        Some('t') => ('\t', 1),
        Some('u') => escaped_unicode(escape),
        Some(char) => (char, char.len_utf8()),
        None => (char::REPLACEMENT_CHARACTER, 0),
    }
}

/// The character of `u4e2d` or of the surrogates `ud83d\ude00`. A surrogate without the other is
/// no character, but what is around it is still worth reading.
fn escaped_unicode(escape: &str) -> (char, usize) {
    let unit = |start: usize| u16::from_str_radix(escape.get(start..start + 4)?, 16).ok();
    let first = unit(1).unwrap_or(0xfffd);
    let second = match escape.get(5..7) {
        Some("\\u") => unit(7),
        _ => None,
    };
    let mut chars = char::decode_utf16([first].into_iter().chain(second));
    match chars.next() {
        Some(Ok(char)) => (char, if char.len_utf16() == 2 { 11 } else { 5 }),
        _ => (char::REPLACEMENT_CHARACTER, 5),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn refusal(text: &str) -> Diagnostic {
        open("a.json", text).expect_err("this is no answer with a page")
    }

    fn opened(text: &str) -> Extract {
        open("a.json", text).expect("this is an answer with a page")
    }

    /// The byte of the file that a byte of the HTML was made of.
    fn origin(extract: &Extract, at: usize) -> usize {
        let after = extract.origins.partition_point(|(html, _)| *html <= at);
        let (html, file) = extract.origins[after - 1];
        file + at - html
    }

    #[test]
    fn an_answer_begins_with_a_brace() {
        assert!(is_answer("\r\n {\"code\":0}"));
        assert!(!is_answer("<html>{}</html>"));
        assert!(!is_answer(""));
    }

    #[test]
    fn the_page_is_taken_out_of_an_answer() {
        let extract = opened(
            r#"{"code":0,"message":"success","value":{"docId":"1","title":"错误\"码\"",
            "content":{"content":"<h1 id=\"a\">\u9519误<\/h1>\n","format":"html"}}}"#,
        );
        assert_eq!(extract.html, "<h1 id=\"a\">错误</h1>\n");
        assert_eq!(extract.part.as_deref(), Some("value.content.content"));
        assert_eq!(extract.title.as_deref(), Some("错误\"码\""));
        assert_eq!(extract.url, None);
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
    fn origins_lead_back_to_the_bytes_of_the_file() {
        let text = "{\"value\":\n{\"content\":\"<p>\\\"\\u9519\\n误</p>\\ud83d\\ude00<h2>\"}}";
        let extract = opened(text);
        assert_eq!(extract.html, "<p>\"错\n误</p>😀<h2>");
        for piece in ["<p>", "误", "</p>", "<h2>"] {
            let html = extract.html.find(piece).expect("the HTML has it");
            assert_eq!(Some(origin(&extract, html)), text.find(piece), "{piece}");
        }
        let cuo = extract.html.find('错').expect("the HTML has it");
        assert_eq!(Some(origin(&extract, cuo)), text.find("\\u9519"));
    }

    #[test]
    fn a_lone_surrogate_spoils_only_itself() {
        assert_eq!(
            opened(r#"{"value":{"content":"a\ud83db\ude00\ud83d\u0063"}}"#).html,
            "a\u{fffd}b\u{fffd}\u{fffd}c"
        );
    }

    #[test]
    fn errors_of_the_site_are_quoted() {
        assert_eq!(
            refusal(r#"{"code": 92531031, "message": "document not found"}"#).to_string(),
            "a.json:1:10: error[api-error]: the site answered with an error: \
             92531031 \"document not found\""
        );
        assert_eq!(
            refusal(r#"{"msg":"bad \u53c2\u6570","code":"92511002","value":{"content":"<p>"}}"#)
                .to_string(),
            "a.json:1:34: error[api-error]: the site answered with an error: \
             92511002 \"bad 参数\""
        );
        assert_eq!(
            refusal(r#"{"code":-1}"#).message,
            "the site answered with an error: -1"
        );
    }

    #[test]
    fn what_an_answer_lacks_is_named() {
        let message = |text: &str| {
            let diagnostic = refusal(text);
            assert_eq!(diagnostic.id, "api-no-content");
            diagnostic.message
        };
        assert_eq!(message("{}"), "the answer has no `value`");
        assert_eq!(message("[0, 1]"), "the answer has no `value`");
        assert_eq!(
            message(r#"{"code":0,"value":{"catalogTreeList":[]}}"#),
            "the answer has no `value.content`"
        );
        assert_eq!(
            message(r#"{"data":{"content":{"type":"html"}}}"#),
            "the answer has no `data.content.content`"
        );
        assert_eq!(
            message(r#"{"value":{"content":{"content":null}}}"#),
            "the answer has no text in `value.content.content`"
        );
        assert_eq!(
            message(r#"{"value":{"content":""}}"#),
            "the answer has an empty `value.content`"
        );
        let said = refusal(r#"{"code":0,"msg":"no such page","value":null}"#);
        assert_eq!(said.notes, ["the site said \"no such page\""]);
    }

    #[test]
    fn what_is_not_json_is_refused_where_it_breaks() {
        assert_eq!(
            refusal("{\"message\":\"成功\"\n,\"错\":x}").to_string(),
            "a.json:2:6: error[bad-json]: the file is not valid JSON: expected value"
        );
        let cut = refusal("{\"code\":0,\n\"value\":{\"content\":\"<p>错");
        assert_eq!(
            cut.to_string(),
            "a.json:2:25: error[bad-json]: the file is not valid JSON: \
             EOF while parsing a string"
        );
        assert_eq!(
            cut.help.as_deref(),
            Some("it may be cut off: save the answer again")
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
            let _ = open("a.json", &text);
            let _ = open("a.json", &other);
        }

        #[test]
        fn any_string_comes_out_as_it_went_in(html in "(?s).{1,40}", title: String) {
            let value = serde_json::json!({"content": html, "title": title});
            let text = serde_json::json!({"value": value}).to_string();
            let extract = open("a.json", &text).expect("it has content");
            prop_assert_eq!(&extract.html, &html);
            prop_assert_eq!(extract.title.as_deref(), Some(title.as_str()));
            for (at, char) in html.char_indices() {
                let file = origin(&extract, at);
                prop_assert!(text[file..].starts_with(['\\', char]));
            }
        }

        #[test]
        fn escapes_are_read_as_serde_json_reads_them(
            escapes in prop::collection::vec(r#"\\[bfnrt/"\\]|\\u[0-9a-cA-C][0-9a-f]{3}|\\ud83d\\ude0[0-9]|[a错]"#, 1..9)
        ) {
            let string = format!("\"{}\"", escapes.concat());
            let expected: String = serde_json::from_str(&string).expect("it is valid");
            let text = format!(r#"{{"value":{{"content":{string}}}}}"#);
            prop_assert_eq!(opened(&text).html, expected);
        }
    }
}
