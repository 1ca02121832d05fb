//! What records say, as strings that can be compared.

use super::change::Value;
use crate::catalog::Block;

/// The texts of some blocks: one for each paragraph, list item, block of code and row of a table.
/// Call-outs give none here, see [`call_outs`]; neither do pictures.
pub(super) fn texts(blocks: &[Block]) -> Vec<String> {
    let mut texts = Vec::new();
    push(blocks, false, &mut texts);
    texts
}

/// As [`texts`], with those of call-outs in their places.
pub(super) fn all_texts(blocks: &[Block]) -> Vec<String> {
    let mut texts = Vec::new();
    push(blocks, true, &mut texts);
    texts
}

fn push(blocks: &[Block], with_call_outs: bool, texts: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Paragraph { text, .. } | Block::Code { text, .. } => {
                texts.extend(Some(text.clone()).filter(|text| !text.is_empty()));
            }
            Block::List { items, .. } => {
                for item in items {
                    push(item, with_call_outs, texts);
                }
            }
            Block::Table { header, rows } => {
                let all = std::iter::once(header).chain(rows);
                texts.extend(all.filter(|row| !row.is_empty()).map(|row| {
                    let cells = row.iter().map(|cell| all_texts(cell).join(" "));
                    cells.collect::<Vec<_>>().join(" | ")
                }));
            }
            Block::Note { blocks, .. } if with_call_outs => push(blocks, true, texts),
            Block::Note { .. } | Block::Image { .. } => {}
        }
    }
}

/// The call-outs among some blocks, a text for each.
pub(super) fn call_outs(blocks: &[Block]) -> Vec<String> {
    let call_outs = blocks.iter().flat_map(|block| match block {
        Block::Note { blocks, .. } => vec![all_texts(blocks).join(" ")],
        Block::List { items, .. } => items.iter().flat_map(|item| call_outs(item)).collect(),
        _ => Vec::new(),
    });
    call_outs.collect()
}

/// What a value says without white space and what has no width: a page is saved with more of it or
/// less.
pub(super) fn squeezed(value: &Value) -> String {
    let is_text = |c: &char| !c.is_whitespace() && !matches!(c, '\u{200b}' | '\u{feff}');
    let lines = value.lines().into_iter();
    lines.flat_map(str::chars).filter(is_text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_code_and_tables_are_strings_and_call_outs_stand_apart() {
        let note = Block::Note {
            title: Some("说明".to_owned()),
            blocks: vec![Block::plain("Since"), Block::plain("API 20.")],
        };
        let row = |cells: [&str; 2]| cells.map(|cell| vec![Block::plain(cell)]).to_vec();
        let blocks = [
            Block::plain("Do this:"),
            Block::list(
                true,
                vec![vec![
                    Block::plain("Look."),
                    Block::list(false, vec![vec![Block::plain("Twice.")]]),
                    note.clone(),
                ]],
            ),
            Block::code(None, "a\n  b"),
            Block::Table {
                header: row(["A", "B"]),
                rows: vec![row(["1", "2"])],
            },
            note,
        ];
        assert_eq!(
            texts(&blocks),
            ["Do this:", "Look.", "Twice.", "a b", "A | B", "1 | 2"]
        );
        assert_eq!(call_outs(&blocks), ["Since API 20.", "Since API 20."]);
        assert_eq!(all_texts(&blocks).len(), 10);
    }

    #[test]
    fn white_space_is_no_change_wherever_it_stands() {
        let list = |lines: &[&str]| {
            squeezed(&Value::List(
                lines.iter().map(ToString::to_string).collect(),
            ))
        };
        assert_eq!(list(&["a b", "c"]), list(&["a", "b\u{3000}c\u{200b}"]));
        assert_ne!(list(&["a"]), list(&["1、a"]));
        assert_eq!(list(&[]), squeezed(&Value::None));
    }
}
