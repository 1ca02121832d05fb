//! JSON as arkerr writes it, into files and to terminals.

use serde::Serialize;

use crate::escape::json_source;

/// A value as JSON for people and programs, with characters that nobody sees escaped.
///
/// # Errors
/// JSON cannot express the value.
pub(crate) fn pretty(value: &impl Serialize) -> serde_json::Result<String> {
    Ok(json_source(&serde_json::to_string_pretty(value)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_an_escape_and_the_same_text() {
        let value = serde_json::json!({
            "a\u{202e}": ["一 é 🦀\n\t\"\\\u{1b}", "\u{9b}31m\u{e0041}\u{2028}\u{a0}"],
            "b": {"c": [], "d": {}, "e": -1.5},
        });
        let json = pretty(&value).expect("it is JSON");
        assert_eq!(
            json,
            r#"{
  "a\u202e": [
    "一 é 🦀\n\t\"\\\u001b",
    "\u009b31m\udb40\udc41\u2028\u00a0"
  ],
  "b": {
    "c": [],
    "d": {},
    "e": -1.5
  }
}"#
        );
        let back: serde_json::Value = serde_json::from_str(&json).expect("it is read back");
        assert_eq!(back, value);
    }
}
