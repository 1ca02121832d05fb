//! What the site answers: JSON with a number that tells of success, and a message.

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use serde_json::{Value, from_str};

use super::failure::Failure;
use crate::text::one_line;

/// How many characters are shown of what the site said.
const LONGEST: usize = 200;

/// What the site answers where there is no page of the name.
const NOT_FOUND: &str = "92531031";

/// What the site answers where it does not understand the question.
const BAD_ARGUMENT: &str = "92511002";

/// Refuses what is no answer, and the report of an error.
pub(super) fn refuse_error(bytes: &[u8]) -> Result<(), Failure> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(Failure::new("fetch-empty", "the answer is empty").help("try again later"));
    }
    let members: BTreeMap<String, &RawValue> =
        from_str(text).map_err(|error| no_json(text, &error))?;
    let value = |key: &str| from_str::<Value>(members.get(key)?.get()).ok();
    let code = value("code").and_then(|code| match code {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.trim().to_owned()),
        _ => None,
    });
    let message = ["message", "msg"]
        .into_iter()
        .find_map(|key| match value(key)? {
            Value::String(message) if !message.trim().is_empty() => {
                Some(one_line(&message, LONGEST))
            }
            _ => None,
        });
    match code {
        Some(code) if code.parse() != Ok(0_i64) => Err(reported(&code, message)),
        _ => Ok(()),
    }
}

/// The failure for an error that the site reports.
fn reported(code: &str, message: Option<String>) -> Failure {
    let failure = match code {
        NOT_FOUND => Failure::new("fetch-not-found", "the site has no such page")
            .help("if it was renamed, give its new name as `slug` in arkerr.toml and rename its snapshot so (`arkerr fetch --discover` lists the pages that there are); if it is gone for good, delete its snapshot"),
        BAD_ARGUMENT => Failure::new("fetch-bad-argument", "the site does not understand the request")
            .help("see that `fetch.catalog` and `fetch.api` in arkerr.toml are right; the site may also have changed its API"),
        _ => Failure::new("fetch-error", "the site answered with an error"),
    };
    let quote = message.map_or_else(String::new, |message| format!(" \"{message}\""));
    failure.note(format!("it said {}{quote}", one_line(code, LONGEST)))
}

fn no_json(text: &str, error: &serde_json::Error) -> Failure {
    if text.starts_with('<') {
        return Failure::new("fetch-no-json", "the answer is HTML, no JSON")
            .note("a page that asks to log in, or that guards the site, may stand in between")
            .help("try again later, or save the page from a browser");
    }
    Failure::new("fetch-no-json", "the answer is no JSON")
        .note(error.to_string())
        .help("try again later; the site may also have changed its API")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Language;
    use proptest::prelude::*;

    fn told(answer: &str) -> String {
        match refuse_error(answer.as_bytes()) {
            Ok(()) => "accepted".to_owned(),
            Err(failure) => {
                let found = failure.of_page("a", Language::En);
                format!("{found} [{}]", found.notes.join("; "))
            }
        }
    }

    #[test]
    fn answers_are_taken_as_clients_know_them() {
        assert_eq!(told(r#"{"code":0,"value":{}}"#), "accepted");
        assert_eq!(told("\u{feff} {\"code\":\" 0 \"}"), "accepted");
        assert_eq!(told(r#"{"data":{}}"#), "accepted");
        assert_eq!(told(r#"{"code":null}"#), "accepted");
        let nested = ["[".repeat(100_000), "]".repeat(100_000)].concat();
        assert_eq!(
            told(&format!(r#"{{"code":0,"value":{nested}}}"#)),
            "accepted"
        );
    }

    #[test]
    fn errors_of_the_site_are_told_apart() {
        assert_eq!(
            told(r#"{"code":92531031,"message":"document not found"}"#),
            "error[fetch-not-found]: `a` (en) was not fetched: the site has no such page \
             [it said 92531031 \"document not found\"]"
        );
        assert_eq!(
            told(r#"{"code":"92511002","msg":"bad"}"#),
            "error[fetch-bad-argument]: `a` (en) was not fetched: the site does not understand \
             the request [it said 92511002 \"bad\"]"
        );
        assert_eq!(
            told(r#"{"code":7,"message":" "}"#),
            "error[fetch-error]: `a` (en) was not fetched: the site answered with an error \
             [it said 7]"
        );
    }

    #[test]
    fn what_is_no_answer_is_refused() {
        let id = |answer: &str| refuse_error(answer.as_bytes()).map_err(|failure| failure.id());
        assert_eq!(id(" \r\n"), Err("fetch-empty"));
        assert_eq!(id("<html></html>"), Err("fetch-no-json"));
        assert_eq!(id("{\"code\":0,"), Err("fetch-no-json"));
        assert_eq!(id("[]"), Err("fetch-no-json"));
        assert_eq!(id("\u{0}"), Err("fetch-no-json"));
    }
    proptest! {
        #[test]
        fn any_bytes_are_taken_or_refused(
            bytes: Vec<u8>,
            text in "[{}\\[\\]\",:0-9a\u{feff}]{0,20}",
            code in "-?[0-9]{1,30}(\\.[0-9]+)?",
        ) {
            let _ = refuse_error(&bytes);
            let _ = refuse_error(text.as_bytes());
            let _ = refuse_error(format!("{{\"code\":{code},\"msg\":\"{text}\"}}").as_bytes());
        }
    }
}
