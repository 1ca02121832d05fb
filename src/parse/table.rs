//! Tables: rows of cells, with what spans rows or columns put into each of them.

use scraper::ElementRef;

use crate::catalog::Block;

/// The most columns that one cell may span. No page comes near it, and a hostile one is kept
/// from filling the memory.
const MAX_SPAN: usize = 64;

type Cell = Vec<Block>;

/// Reads a table, after its caption where it has one; `blocks_in` reads what an element holds.
pub(super) fn read(
    table: ElementRef<'_>,
    mut blocks_in: impl FnMut(ElementRef<'_>) -> Vec<Block>,
) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut grid = Grid::default();
    for child in table.child_elements() {
        match child.value().name() {
            "caption" => blocks.extend(blocks_in(child)),
            "tr" => grid.push_row(child, false, &mut blocks_in),
            name => {
                for row in child.child_elements() {
                    grid.push_row(row, name == "thead", &mut blocks_in);
                }
            }
        }
    }
    blocks.extend(grid.into_block());
    blocks
}

#[derive(Default)]
struct Grid {
    header: Vec<Cell>,
    rows: Vec<Vec<Cell>>,
    /// By column: a cell that reaches down from the rows before, and into how many rows more.
    reaching_down: Vec<Option<(Cell, usize)>>,
}

impl Grid {
    fn push_row(
        &mut self,
        row: ElementRef<'_>,
        in_head: bool,
        blocks_in: &mut impl FnMut(ElementRef<'_>) -> Vec<Block>,
    ) {
        let mut cells = Vec::new();
        let mut all_header_cells = true;
        for cell in row.child_elements() {
            all_header_cells &= cell.value().name() == "th";
            self.fill_from_above(&mut cells);
            let content = blocks_in(cell);
            let rows_below = span(cell, "rowspan") - 1;
            for _ in 0..span(cell, "colspan") {
                self.reach_down(cells.len(), &content, rows_below);
                cells.push(content.clone());
            }
        }
        self.fill_from_above(&mut cells);
        if cells.iter().all(Vec::is_empty) {
            return;
        }
        let is_first = self.header.is_empty() && self.rows.is_empty();
        if is_first && (in_head || all_header_cells) {
            self.header = cells;
        } else {
            self.rows.push(cells);
        }
    }

    /// Puts the cells that reach down from above into the columns that come next.
    fn fill_from_above(&mut self, cells: &mut Vec<Cell>) {
        while let Some(slot @ Some(_)) = self.reaching_down.get_mut(cells.len()) {
            let Some((content, rows_left)) = slot.take() else {
                return;
            };
            if rows_left > 1 {
                *slot = Some((content.clone(), rows_left - 1));
            }
            cells.push(content);
        }
    }

    fn reach_down(&mut self, column: usize, content: &Cell, rows_below: usize) {
        if rows_below == 0 {
            return;
        }
        if self.reaching_down.len() <= column {
            self.reaching_down.resize(column + 1, None);
        }
        self.reaching_down[column] = Some((content.clone(), rows_below));
    }

    fn into_block(self) -> Option<Block> {
        let is_empty = self.header.is_empty() && self.rows.is_empty();
        (!is_empty).then_some(Block::Table {
            header: self.header,
            rows: self.rows,
        })
    }
}

fn span(cell: ElementRef<'_>, attribute: &str) -> usize {
    let value = cell.value().attr(attribute);
    value
        .and_then(|value| value.trim().parse().ok())
        .map_or(1, |span: usize| span.clamp(1, MAX_SPAN))
}
