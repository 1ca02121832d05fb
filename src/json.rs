//! JSON as arkerr writes it, into files and to terminals.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{Formatter, PrettyFormatter};

use crate::text::{find_hidden, utf16_escape};

/// A value as JSON for people and programs.
///
/// # Errors
/// The value is none that JSON has.
pub(crate) fn pretty(value: &impl Serialize) -> serde_json::Result<String> {
    let mut bytes = Vec::with_capacity(128);
    write_pretty(&mut bytes, value)?;
    String::from_utf8(bytes).map_err(|error| serde_json::Error::io(io::Error::other(error)))
}

/// Writes a value as [`pretty`] does.
///
/// # Errors
/// It cannot be written, or the value is none that JSON has.
pub(crate) fn write_pretty(out: &mut impl Write, value: &impl Serialize) -> serde_json::Result<()> {
    let mut serializer = Serializer::with_formatter(out, Visible::default());
    value.serialize(&mut serializer)
}

/// Lays JSON out over lines, and writes characters that nobody sees as escapes. To a program they
/// are the same; a reader, or a terminal, takes no text for another because of them.
#[derive(Default)]
struct Visible(PrettyFormatter<'static>);

impl Formatter for Visible {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = find_hidden(rest) {
            let (plain, hidden) = rest.split_at(at);
            out.write_all(plain.as_bytes())?;
            let mut chars = hidden.chars();
            if let Some(c) = chars.next() {
                out.write_all(utf16_escape(c).as_bytes())?;
            }
            rest = chars.as_str();
        }
        out.write_all(rest.as_bytes())
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_array(out)
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array(out)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array_value(out)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object(out)
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object(out)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object_value(out)
    }
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
