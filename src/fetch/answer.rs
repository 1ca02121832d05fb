//! What the site answers: JSON with a number that tells of success, and a message.

use super::failure::answer;
use crate::file::without_mark;
use crate::problem::Failure;
use crate::snapshot::Answer;

/// Rejects what is not JSON, and the report of an error.
pub(super) fn refuse_error(bytes: &[u8]) -> Result<(), Failure> {
    let text = String::from_utf8_lossy(bytes);
    let text = without_mark(&text).trim();
    let said = Answer::parse(text).map_err(|error| not_json(text, &error))?;
    let Some(code) = said.error else {
        return Ok(());
    };
    let failure = match code.as_str() {
        "92531031" => answer("the site has no such page").help("if it was renamed, give its new name as `slug` in arkerr.toml and rename its snapshot so (`arkerr fetch --discover` lists the pages that there are); if it is gone for good, delete its snapshot"),
        "92511002" => answer("the site does not understand the request").help("see that `fetch.catalog` and `fetch.api` in arkerr.toml are right; the site may also have changed its API"),
        _ => answer("the site answered with an error"),
    };
    let quote = said.message.map(|message| format!(" \"{message}\""));
    Err(failure.note(format!("it said {code}{}", quote.unwrap_or_default())))
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
