//! Characters that can hide or disguise text, such as those that turn its direction.

use std::collections::BTreeSet;

use crate::catalog::{Block, ErrorCode, Page};
use crate::text::is_suspicious;

/// What is hidden in a part of a record.
pub(super) struct Hidden {
    /// The name of the part, or the label of the page for it: `message`.
    pub(super) part: String,
    /// The characters: `U+202E, U+2066`.
    pub(super) characters: String,
    /// The first text of the part that has one of them, as far as it is near.
    pub(super) text: String,
}

/// What is hidden in a page outside of its codes.
pub(super) fn in_page(page: &Page) -> Vec<Hidden> {
    let mut groups = Vec::new();
    for group in &page.groups {
        groups.extend(group.anchor.as_deref());
        groups.extend(texts(&group.blocks));
        groups.extend(strings(&group.devices));
        groups.push(&group.title);
    }
    let parts = [
        ("id", vec![page.id.as_str()]),
        ("title", vec![page.title.as_str()]),
        ("kit", Vec::from_iter(page.kit.as_deref())),
        ("url", Vec::from_iter(page.url.as_deref())),
        ("devices", strings(&page.devices)),
        ("notes", texts(&page.notes)),
        ("groups", groups),
    ];
    parts.into_iter().filter_map(hidden).collect()
}

/// What is hidden in a code, its address, which is that of the page, aside.
pub(super) fn in_code(code: &ErrorCode) -> Vec<Hidden> {
    let mut parts = vec![
        ("code", vec![code.code.as_str()]),
        ("symbol", Vec::from_iter(code.symbol.as_deref())),
        ("title", Vec::from_iter(code.title.as_deref())),
        ("devices", strings(&code.devices)),
        ("anchor", Vec::from_iter(code.anchor.as_deref())),
    ];
    for case in &code.cases {
        parts.extend([
            ("title", Vec::from_iter(case.title.as_deref())),
            ("devices", strings(&case.devices)),
            ("message", texts(&case.message)),
            ("description", texts(&case.description)),
            ("causes", texts(&case.causes)),
            ("steps", texts(&case.steps)),
        ]);
        for (label, blocks) in &case.extra {
            let name = if label.is_empty() { "text" } else { label };
            parts.push((name, [vec![label.as_str()], texts(blocks)].concat()));
        }
    }
    parts.into_iter().filter_map(hidden).collect()
}

fn strings(strings: &[String]) -> Vec<&str> {
    strings.iter().map(String::as_str).collect()
}

/// All texts of some blocks, addresses and the texts of pictures included.
fn texts(blocks: &[Block]) -> Vec<&str> {
    let mut all = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph { text, runs } => {
                let runs = runs.iter();
                all.extend(
                    runs.flat_map(|run| run.link.iter().chain([&run.text]))
                        .map(String::as_str),
                );
                all.push(text);
            }
            Block::List { items, .. } => all.extend(items.iter().flat_map(|item| texts(item))),
            Block::Code {
                language,
                text,
                code,
            } => {
                all.push(code);
                all.extend(language.as_deref());
                all.push(text);
            }
            Block::Table { header, rows } => {
                let cells = header.iter().chain(rows.iter().flatten());
                all.extend(cells.flat_map(|cell| texts(cell)));
            }
            Block::Note { title, blocks } => {
                all.extend(texts(blocks));
                all.extend(title.as_deref());
            }
            Block::Image { alt, url } => all.extend([alt.as_str(), url]),
        }
    }
    all
}

/// What is hidden in the texts of a part.
fn hidden((part, texts): (&str, Vec<&str>)) -> Option<Hidden> {
    let text = texts.iter().find(|text| text.contains(is_suspicious))?;
    let characters = texts.iter().flat_map(|text| text.chars());
    let characters: BTreeSet<char> = characters.filter(|c| is_suspicious(*c)).collect();
    let characters = characters
        .into_iter()
        .map(|c| format!("U+{:04X}", u32::from(c)));
    Some(Hidden {
        part: part.to_owned(),
        characters: characters.collect::<Vec<_>>().join(", "),
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
        let found = in_code(&code).into_iter();
        let found: Vec<[String; 3]> = found
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
