//! Walks through blocks and the text in them.

use super::Block;

impl Block {
    /// The blocks inside it: of each item of a list, each cell of a table, or a note.
    pub(crate) fn children(&self) -> Vec<&[Self]> {
        match self {
            Self::Paragraph { .. } | Self::Code { .. } | Self::Image { .. } => Vec::new(),
            Self::List { items, .. } => items.iter().map(Vec::as_slice).collect(),
            Self::Table { header, rows } => {
                let cells = header.iter().chain(rows.iter().flatten());
                cells.map(Vec::as_slice).collect()
            }
            Self::Note { blocks, .. } => vec![blocks],
        }
    }
}

/// Visits every block, each before those inside it.
pub(crate) fn walk<'a>(blocks: &'a [Block], visit: &mut impl FnMut(&'a Block)) {
    for block in blocks {
        visit(block);
        for inner in block.children() {
            walk(inner, visit);
        }
    }
}

/// Everything that a page says in some blocks, addresses and the names of languages included.
pub(crate) fn all_strings(blocks: &[Block]) -> Vec<&String> {
    let mut strings = Vec::new();
    walk(blocks, &mut |block| match block {
        Block::Paragraph { text, runs } => {
            strings.push(text);
            strings.extend(runs.iter().filter_map(|run| run.link.as_ref()));
        }
        Block::Code { language, code, .. } => strings.extend(language.iter().chain([code])),
        Block::Note { title, .. } => strings.extend(title),
        Block::Image { alt, url } => strings.extend([alt, url]),
        Block::List { .. } | Block::Table { .. } => {}
    });
    strings
}

/// The text of some blocks as lines: one for each paragraph, list item, line of code, table row and
/// note. Pictures give none.
#[must_use]
pub fn plain_text(blocks: &[Block]) -> Vec<String> {
    blocks.iter().flat_map(lines).collect()
}

fn lines(block: &Block) -> Vec<String> {
    match block {
        Block::Paragraph { text, .. } => vec![text.clone()],
        Block::List { items, .. } => items.iter().flat_map(|item| plain_text(item)).collect(),
        Block::Code { code, .. } => code.lines().map(str::to_owned).collect(),
        Block::Table { header, rows } => {
            let header = (!header.is_empty()).then_some(header).into_iter();
            header.chain(rows).map(|row| joined_cells(row)).collect()
        }
        Block::Note { title, blocks } => {
            let text = plain_text(blocks).join(" ");
            vec![match title {
                Some(title) => format!("{title}: {text}"),
                None => text,
            }]
        }
        Block::Image { .. } => Vec::new(),
    }
}

fn joined_cells(row: &[Vec<Block>]) -> String {
    let cells: Vec<String> = row.iter().map(|cell| plain_text(cell).join(" ")).collect();
    cells.join(" | ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_gives_a_line_for_each_item_row_and_note() {
        let blocks = [
            Block::plain("Check the network:"),
            Block::list(
                true,
                vec![
                    vec![Block::plain("Is it on?")],
                    vec![
                        Block::plain("Is it reachable?"),
                        Block::code(None, "ping a\nping b"),
                    ],
                ],
            ),
            Block::Table {
                header: vec![vec![Block::plain("Code")], vec![Block::plain("Name")]],
                rows: vec![vec![vec![Block::plain("1")], vec![Block::plain("EPERM")]]],
            },
            Block::Note {
                title: Some("说明".to_owned()),
                blocks: vec![Block::plain("Since API 20.")],
            },
        ];
        assert_eq!(
            plain_text(&blocks),
            [
                "Check the network:",
                "Is it on?",
                "Is it reachable?",
                "ping a",
                "ping b",
                "Code | Name",
                "1 | EPERM",
                "说明: Since API 20.",
            ]
        );
    }
}
