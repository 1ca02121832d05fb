//! What parsers find in a file, and how two files are compared.

use serde_json::Value;

use super::twin::Twin;

/// A piece of what a file is made of.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// What no text of a page may change.
    Shape(String),
    /// A text that reads exactly as the page has it, such as that of a string literal.
    Exact(String),
    /// A text for people: what nobody sees is written out, and blanks do not count.
    Shown(String),
    /// A text in a comment, which has to have some backslashes more, and in one of C marks.
    Comment(String),
    /// A field of a spreadsheet: as what is shown, behind an apostrophe where it would be computed.
    Field(String),
}

/// Compares what was found with what is found in the harmless twin.
pub fn compare(found: &[Piece], expected: &[Piece], twin: &Twin) -> Result<(), String> {
    for (index, piece) in expected.iter().enumerate() {
        let Some(is) = found.get(index) else {
            return Err(format!("there is no {piece:?}"));
        };
        let (is, should_be) = match (is, piece) {
            (Piece::Shape(is), Piece::Shape(other)) => (is.clone(), other.clone()),
            (Piece::Exact(is), Piece::Exact(words)) => (is.clone(), twin.restore(words)),
            (Piece::Shown(is), Piece::Shown(words)) => (shown(is), shown(&twin.restore(words))),
            (Piece::Comment(is), Piece::Comment(words)) => {
                (comment(is), comment(&twin.restore(words)))
            }
            (Piece::Field(is), Piece::Field(words)) => {
                check_field(is)?;
                (shown(unguarded(is)), shown(unguarded(&twin.restore(words))))
            }
            (is, piece) => (format!("{is:?}"), format!("{piece:?}")),
        };
        if is != should_be {
            let (is, should_be) = difference(&is, &should_be);
            let before = &found[index.saturating_sub(4)..index];
            return Err(format!(
                "it reads {is:?}\n  instead of {should_be:?}\n  after {before:#?}"
            ));
        }
    }
    match found.get(expected.len()) {
        Some(more) => Err(format!("there is more: {more:?}")),
        None => Ok(()),
    }
}

/// Two texts from a little before the place where they differ.
fn difference<'a>(one: &'a str, other: &'a str) -> (&'a str, &'a str) {
    let pairs = one.char_indices().zip(other.chars());
    let mut same = pairs
        .take_while(|((_, c), d)| c == d)
        .map(|((at, _), _)| at);
    let mut starts = Vec::new();
    starts.extend(&mut same);
    let start = starts
        .len()
        .checked_sub(20)
        .map_or(0, |index| starts[index]);
    (&one[start..], &other[start..])
}

/// A text with what is written out read back, and every run of white space as one blank.
fn shown(text: &str) -> String {
    squeezed(&read_back(text, "\\u{"))
}

/// Marks and backslashes do not count in the comments of all languages.
fn comment(text: &str) -> String {
    let text = text.replace("&#64;", "@").replace("&#96;", "`");
    let text = text.replace(['\\', '<', '>', '*', '`', '|', '-'], "");
    read_back(&text, "u{").split_whitespace().collect()
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Reads `\u{202e}` as the character that it stands for.
fn read_back(text: &str, start: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(start) {
        out.push_str(before);
        let hex = after.split_once('}');
        let c = hex.and_then(|(hex, _)| char::from_u32(u32::from_str_radix(hex, 16).ok()?));
        match (hex, c) {
            (Some((_, after)), Some(c)) => {
                out.push(c);
                rest = after;
            }
            _ => {
                out.push_str(start);
                rest = after;
            }
        }
    }
    out + rest
}

/// Spreadsheets compute what begins with one of these.
const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Refuses a field that a spreadsheet computes.
fn check_field(field: &str) -> Result<(), String> {
    let is_number = field.parse::<f64>().is_ok_and(f64::is_finite);
    if field.starts_with(['\t', '\r']) || (field.trim_start().starts_with(SIGNS) && !is_number) {
        Err(format!("the field {field:?} is computed"))
    } else {
        Ok(())
    }
}

/// A field without the apostrophe in front of what would be computed.
fn unguarded(field: &str) -> &str {
    let rest = field.strip_prefix('\'');
    rest.filter(|rest| rest.trim_start().starts_with(SIGNS))
        .unwrap_or(field)
}

/// Whether nobody sees a character: the list of Unicode, control characters and blanks.
pub fn is_hidden(c: char) -> bool {
    const BLANK: [char; 2] = ['\u{2800}', '\u{1d159}'];
    let is_ignorable = matches!(u32::from(c),
        0xad | 0x34f | 0x61c | 0x115f | 0x1160 | 0x17b4 | 0x17b5 | 0x180b..=0x180f | 0x200b..=0x200f
        | 0x2028..=0x202e | 0x2060..=0x206f | 0x3164 | 0xfe00..=0xfe0d | 0xfeff | 0xffa0
        | 0xfff0..=0xfffb | 0x1bca0..=0x1bca3 | 0x1d173..=0x1d17a | 0xe0000..=0xe0fff);
    is_ignorable || c.is_control() || (c.is_whitespace() && c != ' ') || BLANK.contains(&c)
}

/// A text for people to read, with what is hidden written out.
pub fn seen(text: &str) -> String {
    let mut seen = String::new();
    for c in text.chars() {
        if is_hidden(c) && c != '\n' {
            seen.extend(c.escape_unicode())
        } else {
            seen.push(c)
        }
    }
    seen
}

/// What JSON is made of.
pub fn json(text: &str) -> Result<Vec<Piece>, String> {
    let value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let mut pieces = Vec::new();
    push_json(&value, &mut pieces);
    Ok(pieces)
}

fn push_json(value: &Value, pieces: &mut Vec<Piece>) {
    match value {
        Value::String(text) => pieces.push(Piece::Exact(text.clone())),
        Value::Array(values) => {
            pieces.push(Piece::Shape(format!("[{}]", values.len())));
            values.iter().for_each(|value| push_json(value, pieces));
        }
        Value::Object(members) => {
            pieces.push(Piece::Shape(format!("{{{}}}", members.len())));
            for (key, value) in members {
                pieces.push(Piece::Exact(key.clone()));
                push_json(value, pieces);
            }
        }
        other => pieces.push(Piece::Shape(other.to_string())),
    }
}
