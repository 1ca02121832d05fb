//! Tables: rows of cells, with what spans rows or columns put into each of them.

use ego_tree::NodeId;
use scraper::ElementRef;

use super::budget::Budget;
use super::number_attribute;
use crate::catalog::{Block, plain_text};

/// The most columns that one cell may span, as in browsers.
const MAX_COLUMNS: usize = 1000;

type Cell = Vec<Block>;

/// A table in the making.
///
/// What a cell repeats because of its spans counts against a budget, in bytes. Once there is too
/// much of that, no cell spans anything.
pub(super) struct Grid {
    /// The element that it is made of.
    node: NodeId,
    /// What is above the header, over all columns.
    pub(super) captions: Vec<Block>,
    header: Vec<Cell>,
    rows: Vec<Vec<Cell>>,
    /// By column: a cell that reaches down from the rows before, and into how many rows more.
    reaching_down: Vec<Option<(Cell, usize)>>,
}

impl Grid {
    pub(super) fn new(node: NodeId) -> Self {
        Self {
            node,
            captions: Vec::new(),
            header: Vec::new(),
            rows: Vec::new(),
            reaching_down: Vec::new(),
        }
    }

    /// Adds a row of cells, each with its blocks.
    pub(super) fn push_row(
        &mut self,
        cells: Vec<(ElementRef<'_>, Cell)>,
        in_head: bool,
        repeats: &mut Budget,
    ) {
        let own_cells = cells.len();
        let all_header_cells = cells.iter().all(|(cell, _)| cell.value().name() == "th");
        let mut row = Vec::new();
        for (cell, content) in cells {
            self.fill_from_above(&mut row, 0, repeats);
            self.push_cell(&mut row, cell, content, repeats);
        }
        let last = self.reaching_down.iter().rposition(Option::is_some);
        self.fill_from_above(&mut row, last.map_or(0, |last| last + 1), repeats);
        if row.iter().all(Vec::is_empty) {
            return;
        }
        let is_header = self.rows.is_empty() && (in_head || all_header_cells);
        if is_header && self.header.is_empty() && own_cells == 1 && row.len() > 1 {
            // One cell over all columns is what the table is called.
            self.captions.extend(row.into_iter().take(1).flatten());
        } else if is_header {
            self.add_header(row);
        } else {
            self.rows.push(row);
        }
    }

    /// Ends a group of rows, which no cell reaches out of.
    pub(super) fn end_group(&mut self) {
        self.reaching_down.clear();
    }

    /// Adds a row of the header. Further rows say more of each column.
    fn add_header(&mut self, row: Vec<Cell>) {
        for (column, cell) in row.into_iter().enumerate() {
            match self.header.get_mut(column) {
                None => self.header.push(cell),
                // A cell that reaches down from the row before says nothing new.
                Some(above) if *above == cell => {}
                Some(above) => above.extend(cell),
            }
        }
    }

    fn push_cell(
        &mut self,
        row: &mut Vec<Cell>,
        cell: ElementRef<'_>,
        content: Cell,
        repeats: &mut Budget,
    ) {
        let rows_below = match number_attribute(cell, "rowspan") {
            // To the end of the group of rows.
            Some(0) => usize::MAX,
            rows => rows.unwrap_or(1) - 1,
        };
        let span = number_attribute(cell, "colspan").unwrap_or(1);
        let columns = span.clamp(1, MAX_COLUMNS);
        // What a cell says is in the first of its columns only: the others have nothing of
        // their own to say. A header names each of its columns.
        let is_header = cell.value().name() == "th";
        let repeated = if is_header { content.clone() } else { vec![] };
        let first_column = row.len();
        row.push(content);
        for _ in 1..columns {
            row.extend(self.repeat(&repeated, repeats));
        }
        if rows_below > 0 {
            for (column, cell) in row.iter().enumerate().skip(first_column) {
                self.reaching_down
                    .resize(self.reaching_down.len().max(column + 1), None);
                self.reaching_down[column] = Some((cell.clone(), rows_below));
            }
        }
    }

    /// Puts the cells that reach down from above into the columns that come next; over gaps, up to
    /// the column `end`.
    fn fill_from_above(&mut self, row: &mut Vec<Cell>, end: usize, repeats: &mut Budget) {
        loop {
            let above = self.reaching_down.get_mut(row.len()).and_then(Option::take);
            if above.is_none() && row.len() >= end {
                return;
            }
            let column = row.len();
            let (content, rows_below) = above.unwrap_or_default();
            let Some(copy) = self.repeat(&content, repeats) else {
                return self.reaching_down.clear();
            };
            row.push(copy);
            if rows_below > 1 {
                self.reaching_down[column] = Some((content, rows_below - 1));
            }
        }
    }

    /// A copy of a cell; none once there are as many as a page may have.
    fn repeat(&self, content: &Cell, repeats: &mut Budget) -> Option<Cell> {
        const BYTES_PER_BLOCK: usize = 64;
        let lines = plain_text(content);
        let text: usize = lines.iter().map(|line| line.len() + BYTES_PER_BLOCK).sum();
        let is_allowed = repeats.spend(text + BYTES_PER_BLOCK, self.node);
        is_allowed.then(|| content.clone())
    }

    pub(super) fn into_block(self) -> Option<Block> {
        let is_empty = self.header.is_empty() && self.rows.is_empty();
        (!is_empty).then_some(Block::Table {
            header: self.header,
            rows: self.rows,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use scraper::Html;

    fn rows(html: &str, repeats: usize) -> Vec<String> {
        let html = Html::parse_fragment(&format!("<table>{html}</table>"));
        let mut elements = html.root_element().child_elements();
        let table = elements.next().expect("there is a table");
        let mut grid = Grid::new(table.id());
        let mut budget = Budget::new(repeats);
        for group in table.child_elements() {
            for row in group.child_elements() {
                let cells = row
                    .child_elements()
                    .map(|cell| (cell, cell.text().map(Block::plain).collect()));
                let in_head = group.value().name() == "thead";
                grid.push_row(cells.collect(), in_head, &mut budget);
            }
            grid.end_group();
        }
        let mut blocks = std::mem::take(&mut grid.captions);
        blocks.extend(grid.into_block());
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
