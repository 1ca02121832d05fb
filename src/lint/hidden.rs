use std::collections::BTreeSet;

use super::check::FIELDS;
use crate::catalog::{ErrorCode, Group, Page, all_strings};
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
    let groups = page.groups.iter().flat_map(group_strings).collect();
    let parts = [
        part("id", vec![&page.id]),
        part("title", vec![&page.title]),
        part("kit", page.kit.iter().collect()),
        part("url", page.url.iter().collect()),
        part("devices", page.devices.iter().collect()),
        part("notes", all_strings(&page.notes)),
        part("groups", groups),
    ];
    parts.into_iter().flatten().collect()
}

fn group_strings(group: &Group) -> Vec<&String> {
    let mut strings = vec![&group.title];
    strings.extend(group.anchor.iter().chain(&group.devices));
    strings.extend(all_strings(&group.blocks));
    strings
}

/// What is hidden in a code. Its address is that of the page.
pub(super) fn in_code(code: &ErrorCode) -> Vec<Hidden> {
    let mut parts = vec![
        part("code", vec![&code.code]),
        part("symbol", code.symbol.iter().collect()),
        part("title", code.title.iter().collect()),
        part("devices", code.devices.iter().collect()),
        part("anchor", code.anchor.iter().collect()),
    ];
    for case in &code.cases {
        parts.push(part("title", case.title.iter().collect()));
        parts.push(part("devices", case.devices.iter().collect()));
        for (name, blocks) in FIELDS.into_iter().zip(case.fields()) {
            parts.push(part(name, all_strings(blocks)));
        }
        for (label, blocks) in &case.extra {
            let name = if label.is_empty() { "text" } else { label };
            let strings = std::iter::once(label).chain(all_strings(blocks));
            parts.push(part(name, strings.collect()));
        }
    }
    parts.into_iter().flatten().collect()
}

fn part(name: &str, strings: Vec<&String>) -> Option<Hidden> {
    let text = strings.iter().find(|text| text.contains(is_suspicious))?;
    let all = strings.iter().flat_map(|text| text.chars());
    let hidden: BTreeSet<char> = all.filter(|c| is_suspicious(*c)).collect();
    let names = hidden.iter().map(|c| format!("U+{:04X}", u32::from(*c)));
    Some(Hidden {
        characters: names.collect::<Vec<_>>().join(", "),
        part: name.to_owned(),
        text: near(text),
    })
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
