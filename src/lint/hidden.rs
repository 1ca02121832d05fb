//! Characters that can hide or disguise text, in any part of a page or a code.

use std::collections::BTreeSet;

use super::check::FIELDS;
use crate::catalog::{ErrorCode, Group, Page, all_strings};
use crate::escape::is_suspicious;

/// A part of a record: its name, or the label of the page for it, and all that it says.
pub(super) type Part<'a> = (&'a str, Vec<&'a String>);

/// The parts of a page outside of its codes.
pub(super) fn page_parts(page: &Page) -> Vec<Part<'_>> {
    vec![
        ("id", vec![&page.id]),
        ("title", vec![&page.title]),
        ("kit", page.kit.iter().collect()),
        ("url", page.url.iter().collect()),
        ("devices", page.devices.iter().collect()),
        ("notes", all_strings(&page.notes)),
        (
            "groups",
            page.groups.iter().flat_map(group_strings).collect(),
        ),
    ]
}

fn group_strings(group: &Group) -> Vec<&String> {
    let mut strings = vec![&group.title];
    strings.extend(group.anchor.iter().chain(&group.devices));
    strings.extend(all_strings(&group.blocks));
    strings
}

/// The parts of a code. Its address is that of the page.
pub(super) fn code_parts(code: &ErrorCode) -> Vec<Part<'_>> {
    let mut parts = vec![
        ("code", vec![&code.code]),
        ("symbol", code.symbol.iter().collect()),
        ("title", code.title.iter().collect()),
        ("devices", code.devices.iter().collect()),
        ("anchor", code.anchor.iter().collect()),
    ];
    for case in &code.cases {
        parts.push(("title", case.title.iter().collect()));
        parts.push(("devices", case.devices.iter().collect()));
        for (name, blocks) in FIELDS.into_iter().zip(case.fields()) {
            parts.push((name, all_strings(blocks)));
        }
        for (label, blocks) in &case.extra {
            let name = if label.is_empty() { "text" } else { label };
            let strings = std::iter::once(label).chain(all_strings(blocks));
            parts.push((name, strings.collect()));
        }
    }
    parts
}

/// The characters that are hidden in some texts, as `U+202E, U+2066`, and the first text that has
/// one, as far as it is near.
pub(super) fn hidden_characters(strings: &[&String]) -> Option<(String, String)> {
    let text = strings.iter().find(|text| text.contains(is_suspicious))?;
    let all = strings.iter().flat_map(|text| text.chars());
    let hidden: BTreeSet<char> = all.filter(|c| is_suspicious(*c)).collect();
    let names = hidden.iter().map(|c| format!("U+{:04X}", u32::from(*c)));
    Some((names.collect::<Vec<_>>().join(", "), near(text)))
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
        let found: Vec<[String; 3]> = code_parts(&code)
            .into_iter()
            .filter_map(|(part, strings)| {
                let (characters, text) = hidden_characters(&strings)?;
                Some([part.to_owned(), characters, text])
            })
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
