//! Tables: rows of cells, with what spans rows or columns put into each of them.

use std::cell::Cell as Counter;

use scraper::ElementRef;

use crate::catalog::{Block, plain_text};
use crate::snapshot::attribute;

/// The most columns that one cell may span, as in browsers.
const MAX_COLUMNS: usize = 1000;

type Cell = Vec<Block>;

/// Reads a table, after its caption where it has one; `blocks_in` reads what an element holds.
///
/// What a cell repeats because of its spans counts against `repeats_left`, in bytes. Once there is too
/// much of that, nothing is left of it and no cell spans anything.
pub(super) fn read(
    table: ElementRef<'_>,
    repeats_left: &Counter<usize>,
    mut blocks_in: impl FnMut(ElementRef<'_>) -> Vec<Block>,
) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut grid = Grid {
        captions: Vec::new(),
        header: Vec::new(),
        rows: Vec::new(),
        reaching_down: Vec::new(),
        repeats_left,
    };
    for child in table.child_elements() {
        match child.value().name() {
            "caption" => blocks.extend(blocks_in(child)),
            name @ ("thead" | "tbody" | "tfoot") => {
                let rows = child.child_elements();
                for row in rows.filter(|row| row.value().name() == "tr") {
                    grid.push_row(row, name == "thead", &mut blocks_in);
                }
                grid.reaching_down.clear();
            }
            _ => {}
        }
    }
    blocks.append(&mut grid.captions);
    blocks.extend(grid.into_block());
    blocks
}

struct Grid<'a> {
    /// What stands above the header, over all columns.
    captions: Vec<Block>,
    header: Vec<Cell>,
    rows: Vec<Vec<Cell>>,
    /// By column: a cell that reaches down from the rows before, and into how many rows more.
    reaching_down: Vec<Option<(Cell, usize)>>,
    repeats_left: &'a Counter<usize>,
}

impl Grid<'_> {
    fn push_row(
        &mut self,
        row: ElementRef<'_>,
        in_head: bool,
        blocks_in: &mut impl FnMut(ElementRef<'_>) -> Vec<Block>,
    ) {
        let mut cells = Vec::new();
        let mut all_header_cells = true;
        let mut own_cells = 0;
        for cell in row.child_elements() {
            let name = cell.value().name();
            if name != "td" && name != "th" {
                continue;
            }
            all_header_cells &= name == "th";
            own_cells += 1;
            self.fill_from_above(&mut cells);
            self.push_cell(&mut cells, cell, blocks_in(cell));
        }
        self.fill_to_the_end(&mut cells);
        if cells.iter().all(Vec::is_empty) {
            return;
        }
        let is_header = self.rows.is_empty() && (in_head || all_header_cells);
        if is_header && self.header.is_empty() && own_cells == 1 && cells.len() > 1 {
            // One cell over all columns is what the table is called.
            self.captions
                .extend(cells.into_iter().next().unwrap_or_default());
        } else if is_header {
            self.add_header(cells);
        } else {
            self.rows.push(cells);
        }
    }

    /// Adds a row of the header. Further rows say more of each column.
    fn add_header(&mut self, cells: Vec<Cell>) {
        for (column, cell) in cells.into_iter().enumerate() {
            match self.header.get_mut(column) {
                None => self.header.push(cell),
                // A cell that reaches down from the row before says nothing new.
                Some(above) if *above == cell => {}
                Some(above) => above.extend(cell),
            }
        }
    }

    fn push_cell(&mut self, cells: &mut Vec<Cell>, cell: ElementRef<'_>, content: Cell) {
        let rows_below = match span(cell, "rowspan") {
            // To the end of the group of rows.
            Some(0) => usize::MAX,
            rows => rows.unwrap_or(1) - 1,
        };
        let columns = span(cell, "colspan").unwrap_or(1).clamp(1, MAX_COLUMNS);
        // What a cell says stands in the first of its columns only: the others have nothing of
        // their own to say. A header names each of its columns.
        let is_header = cell.value().name() == "th";
        let nothing = Vec::new();
        let repeated = if is_header { &content } else { &nothing };
        let others = (1..columns).map_while(|_| repeat(repeated, self.repeats_left));
        let others: Vec<Cell> = others.collect();
        if rows_below > 0 {
            self.reach_down(cells.len(), content.clone(), rows_below);
            for (column, below) in others.iter().enumerate() {
                self.reach_down(cells.len() + 1 + column, below.clone(), rows_below);
            }
        }
        cells.push(content);
        cells.extend(others);
    }

    /// Puts the cells that reach down from above into the columns that come next.
    fn fill_from_above(&mut self, cells: &mut Vec<Cell>) {
        while let Some(slot) = self.reaching_down.get_mut(cells.len())
            && let Some((content, rows_left)) = slot
        {
            let Some(content) = repeat(content, self.repeats_left) else {
                return self.reaching_down.clear();
            };
            cells.push(content);
            *rows_left -= 1;
            if *rows_left == 0 {
                *slot = None;
            }
        }
    }

    /// Fills a row whose own cells have ended, over gaps, as far as cells reach down into it.
    fn fill_to_the_end(&mut self, cells: &mut Vec<Cell>) {
        let last = self.reaching_down.iter().rposition(Option::is_some);
        let end = last.map_or(0, |last| last + 1);
        self.fill_from_above(cells);
        while cells.len() < end
            && let Some(gap) = repeat(&Vec::new(), self.repeats_left)
        {
            cells.push(gap);
            self.fill_from_above(cells);
        }
    }

    fn reach_down(&mut self, column: usize, content: Cell, rows_below: usize) {
        if self.reaching_down.len() <= column {
            self.reaching_down.resize(column + 1, None);
        }
        self.reaching_down[column] = Some((content, rows_below));
    }

    fn into_block(self) -> Option<Block> {
        let is_empty = self.header.is_empty() && self.rows.is_empty();
        (!is_empty).then_some(Block::Table {
            header: self.header,
            rows: self.rows,
        })
    }
}

/// A copy of a cell; none once there are as many as a page may have.
fn repeat(content: &Cell, repeats_left: &Counter<usize>) -> Option<Cell> {
    const BYTES_PER_BLOCK: usize = 64;
    let lines = plain_text(content);
    let text: usize = lines.iter().map(|line| line.len() + BYTES_PER_BLOCK).sum();
    let left = repeats_left.get().checked_sub(text + BYTES_PER_BLOCK);
    repeats_left.set(left.unwrap_or(0));
    left.map(|_| content.clone())
}

fn span(cell: ElementRef<'_>, name: &str) -> Option<usize> {
    attribute(cell, name)?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use scraper::Html;

    fn rows(html: &str, repeats: usize) -> Vec<String> {
        let html = Html::parse_fragment(&format!("<table>{html}</table>"));
        let table = html.root_element().child_elements().next();
        let blocks = read(
            table.expect("there is a table"),
            &Counter::new(repeats),
            |cell| {
                let text = cell.text().collect::<String>();
                if text.is_empty() {
                    vec![]
                } else {
                    vec![Block::plain(text)]
                }
            },
        );
        plain_text(&blocks)
    }

    #[test]
    fn spans_fill_the_places_they_cover() {
        let html = "<thead><tr><th>a<th colspan=2>b</thead>\
            <tr><td rowspan=2>1<td>2<td>3<tr><td colspan=2>4<tr><td>5<td>6<td rowspan=0>7<tr><td>8";
        assert_eq!(
            rows(html, 10_000),
            [
                "a | b | b",
                "1 | 2 | 3",
                "1 | 4 | ",
                "5 | 6 | 7",
                "8 |  | 7"
            ]
        );
    }

    #[test]
    fn a_span_ends_with_its_group_of_rows() {
        let html = "<tbody><tr><td rowspan=9>1<td>2</tbody><tbody><tr><td>3<td>4</tbody>";
        assert_eq!(rows(html, 10_000), ["1 | 2", "3 | 4"]);
    }

    #[test]
    fn a_header_may_have_a_caption_and_several_rows() {
        let html = "<tr><th colspan=3>T<tr><th rowspan=2>a<th colspan=2>b<tr><th>c<th>d\
            <tr><td>1<td>2<td>3";
        assert_eq!(rows(html, 10_000), ["T", "a | b c | b d", "1 | 2 | 3"]);
    }

    #[test]
    fn repetition_has_an_end() {
        let html = "<tr><th colspan=1000>x<th>y<tr><td>z";
        let cells: Vec<usize> = rows(html, 1000)
            .iter()
            .map(|row| row.matches('x').count())
            .collect();
        assert_eq!(cells, [8, 0]);
    }
}
