//! Characters that can hide or disguise text, such as those that turn its direction.

use serde::Serialize;
use serde_json::Value;

use crate::catalog::{ErrorCode, Page};
use crate::escape::is_suspicious;

/// What is hidden in a part of a record.
pub(super) struct Hidden {
    /// The characters: `U+202E, U+2066`.
    pub(super) characters: String,
    /// The name of the part, or the label of the page for it: `message`.
    pub(super) part: String,
    /// The first text of the part that has one of them, as far as it is near.
    pub(super) text: String,
}

/// What is hidden in a page outside of its codes.
pub(super) fn in_page(page: &Page) -> Vec<Hidden> {
    let parts = [
        part("id", &page.id),
        part("title", &page.title),
        part("kit", &page.kit),
        part("url", &page.url),
        part("devices", &page.devices),
        part("notes", &page.notes),
        part("groups", &page.groups),
    ];
    parts.into_iter().flatten().collect()
}

/// What is hidden in a code, its address, which is that of the page, aside.
pub(super) fn in_code(code: &ErrorCode) -> Vec<Hidden> {
    let mut parts = vec![
        part("code", &code.code),
        part("symbol", &code.symbol),
        part("title", &code.title),
        part("devices", &code.devices),
        part("anchor", &code.anchor),
    ];
    for case in &code.cases {
        parts.push(part("title", &case.title));
        parts.push(part("devices", &case.devices));
        parts.push(part("message", &case.message));
        parts.push(part("description", &case.description));
        parts.push(part("causes", &case.causes));
        parts.push(part("steps", &case.steps));
        for (label, blocks) in &case.extra {
            let name = if label.is_empty() { "text" } else { label };
            parts.push(part(name, &(label, blocks)));
        }
    }
    parts.into_iter().flatten().collect()
}

/// Looks for what is hidden in all texts of a value, addresses and the texts of pictures included.
fn part(name: &str, value: &impl Serialize) -> Option<Hidden> {
    let value = serde_json::to_value(value).ok()?;
    let mut texts = Vec::new();
    push_texts(&value, &mut texts);
    let text = texts.iter().find(|text| text.contains(is_suspicious))?;
    let mut characters: Vec<char> = texts.iter().flat_map(|text| text.chars()).collect();
    characters.retain(|c| is_suspicious(*c));
    characters.sort_unstable();
    characters.dedup();
    let characters: Vec<String> = characters
        .iter()
        .map(|c| format!("U+{:04X}", u32::from(*c)))
        .collect();
    Some(Hidden {
        characters: characters.join(", "),
        part: name.to_owned(),
        text: near(text),
    })
}

fn push_texts<'a>(value: &'a Value, texts: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => texts.push(text),
        Value::Array(values) => values.iter().for_each(|value| push_texts(value, texts)),
        Value::Object(members) => members.values().for_each(|value| push_texts(value, texts)),
        _ => {}
    }
}

/// The text around the first character that is hidden in it, in one line.
fn near(text: &str) -> String {
    const BEFORE: usize = 20;
    const LENGTH: usize = 60;
    let at = text.chars().position(is_suspicious).unwrap_or(0);
    let start = at.saturating_sub(BEFORE);
    let mut near: String = text.chars().skip(start).take(LENGTH).collect();
    if start > 0 {
        near.insert(0, '…');
    }
    if text.chars().count() > start + LENGTH {
        near.push('…');
    }
    near.replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Block, Case};

    #[test]
    fn what_is_hidden_is_told_by_the_part_that_has_it() {
        let code = ErrorCode {
            title: Some("a\u{200b}b".to_owned()),
            cases: vec![Case {
                message: vec![Block::plain("fine"), Block::plain("a\u{202e}b\u{e0041}c")],
                steps: vec![Block::Image {
                    alt: "x\u{2066}".to_owned(),
                    url: "https://a.b/".to_owned(),
                }],
                ..Case::default()
            }],
            ..ErrorCode::default()
        };
        let found: Vec<[String; 3]> = in_code(&code)
            .into_iter()
            .map(|hidden| [hidden.part, hidden.characters, hidden.text])
            .collect();
        assert_eq!(
            found,
            [
                ["message", "U+202E, U+E0041", "a\u{202e}b\u{e0041}c"],
                ["steps", "U+2066", "x\u{2066}"],
            ]
        );
    }

    #[test]
    fn a_long_text_is_shown_where_it_hides_something() {
        let text = format!("{}\u{202e}{}", "a".repeat(30), "b".repeat(90));
        let shown = format!("…{}\u{202e}{}…", "a".repeat(20), "b".repeat(39));
        assert_eq!(near(&text), shown);
    }
}
