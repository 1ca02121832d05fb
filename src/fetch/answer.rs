//! What the site answers: JSON with a number that tells of success, and a message.

use serde::Deserialize;
use serde_json::Value;

use crate::problem::{Failure, FailureKind};
use crate::text::one_line;

/// The most characters that are shown of what the site said.
const MAX_QUOTE: usize = 200;

/// What an answer says about itself, apart from the page.
#[derive(Deserialize)]
struct Head {
    code: Option<Value>,
    message: Option<Value>,
    msg: Option<Value>,
}

impl Head {
    /// The number of an error; none for a success.
    fn error_code(&self) -> Option<String> {
        let code = match self.code.as_ref()? {
            Value::Number(number) => number.to_string(),
            Value::String(text) => text.trim().to_owned(),
            _ => return None,
        };
        (code.parse() != Ok(0_i64)).then_some(code)
    }

    fn message(&self) -> Option<&str> {
        [&self.message, &self.msg]
            .into_iter()
            .filter_map(|message| message.as_ref()?.as_str())
            .find(|message| !message.trim().is_empty())
    }
}

/// Rejects what is not JSON, and the report of an error.
pub(super) fn refuse_error(bytes: &[u8]) -> Result<(), Failure> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}').trim();
    let head: Head = serde_json::from_str(text).map_err(|error| not_json(text, &error))?;
    let Some(code) = head.error_code() else {
        return Ok(());
    };
    let failure = match code.as_str() {
        "92531031" => answer("the site has no such page").help("if it was renamed, give its new name as `slug` in arkerr.toml and rename its snapshot so (`arkerr fetch --discover` lists the pages that there are); if it is gone for good, delete its snapshot"),
        "92511002" => answer("the site does not understand the request").help("see that `fetch.catalog` and `fetch.api` in arkerr.toml are right; the site may also have changed its API"),
        _ => answer("the site answered with an error"),
    };
    let code = one_line(&code, MAX_QUOTE);
    Err(failure.note(match head.message() {
        Some(message) => format!("it said {code} \"{}\"", one_line(message, MAX_QUOTE)),
        None => format!("it said {code}"),
    }))
}

fn not_json(text: &str, error: &serde_json::Error) -> Failure {
    if text.is_empty() {
        answer("the answer is empty").help("try again later")
    } else if text.starts_with('<') {
        answer("the answer is HTML, no JSON")
            .note("a page that asks to log in, or that guards the site, may stand in between")
            .help("try again later, or save the page from a browser")
    } else {
        answer("the answer is no JSON")
            .note(error.to_string())
            .help("try again later; the site may also have changed its API")
    }
}

fn answer(cause: &str) -> Failure {
    Failure::new(FailureKind::Answer, cause)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn result(answer: &str) -> String {
        match refuse_error(answer.as_bytes()) {
            Ok(()) => "accepted".to_owned(),
            Err(failure) => format!("{} [{}]", failure.cause, failure.notes.join("; ")),
        }
    }

    #[test]
    fn answers_are_taken_as_clients_know_them() {
        assert_eq!(result(r#"{"code":0,"value":{}}"#), "accepted");
        assert_eq!(result("\u{feff} {\"code\":\" 0 \"}"), "accepted");
        assert_eq!(result(r#"{"data":{}}"#), "accepted");
        assert_eq!(result(r#"{"code":null}"#), "accepted");
        let nested = ["[".repeat(100_000), "]".repeat(100_000)].concat();
        let deep = format!(r#"{{"code":0,"value":{nested}}}"#);
        assert_eq!(result(&deep), "accepted");
    }

    #[test]
    fn errors_of_the_site_are_told_apart() {
        assert_eq!(
            result(r#"{"code":92531031,"message":"document not found"}"#),
            "the site has no such page [it said 92531031 \"document not found\"]"
        );
        assert_eq!(
            result(r#"{"code":"92511002","msg":"bad"}"#),
            "the site does not understand the request [it said 92511002 \"bad\"]"
        );
        assert_eq!(
            result(r#"{"code":7,"message":" "}"#),
            "the site answered with an error [it said 7]"
        );
    }

    #[test]
    fn other_answers_are_rejected() {
        for (answer, cause) in [
            (" \r\n", "the answer is empty "),
            ("<html></html>", "the answer is HTML, no JSON "),
            ("{\"code\":0,", "the answer is no JSON "),
            ("[]", "the answer is no JSON "),
            ("\u{0}", "the answer is no JSON "),
        ] {
            assert!(result(answer).starts_with(cause), "{answer}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_taken_or_rejected(
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
