//! What records say, as strings that can be compared.

use super::change::Value;
use crate::catalog::Block;

/// The texts of some blocks: one for each paragraph, list item, block of code and row of a table.
/// Call-outs give none here, see [`call_outs`]; neither do pictures.
pub(super) fn texts(blocks: &[Block]) -> Vec<String> {
    let mut texts = Vec::new();
    push(blocks, &mut texts, Some(&mut Vec::new()));
    texts
}

/// The call-outs among some blocks, a text for each.
pub(super) fn call_outs(blocks: &[Block]) -> Vec<String> {
    let mut call_outs = Vec::new();
    push(blocks, &mut Vec::new(), Some(&mut call_outs));
    call_outs
}

/// As [`texts`], with those of call-outs in their places.
pub(super) fn all_texts(blocks: &[Block]) -> Vec<String> {
    let mut texts = Vec::new();
    push(blocks, &mut texts, None);
    texts
}

/// Call-outs become texts like others where there is no place for them.
fn push(blocks: &[Block], texts: &mut Vec<String>, mut call_outs: Option<&mut Vec<String>>) {
    for block in blocks {
        match block {
            Block::Paragraph { text, .. } | Block::Code { text, .. } => {
                texts.extend((!text.is_empty()).then(|| text.clone()));
            }
            Block::List { items, .. } => {
                for item in items {
                    push(item, texts, call_outs.as_deref_mut());
                }
            }
            Block::Table { header, rows } => {
                let rows = std::iter::once(header).chain(rows);
                texts.extend(rows.filter(|row| !row.is_empty()).map(|row| {
                    let cells = row.iter().map(|cell| all_texts(cell).join(" "));
                    cells.collect::<Vec<_>>().join(" | ")
                }));
            }
            Block::Note { blocks, .. } => match &mut call_outs {
                Some(call_outs) => call_outs.push(all_texts(blocks).join(" ")),
                None => push(blocks, texts, None),
            },
            Block::Image { .. } => {}
        }
    }
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
