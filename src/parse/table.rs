//! Tables: rows of cells, with what spans rows or columns put into each of them.

use std::collections::BTreeMap;

use scraper::ElementRef;

use super::number_attribute;
use crate::budget::Budget;
use crate::catalog::{Block, NODE, plain_text};

/// The most columns that one cell may span, as in browsers.
const MAX_COLUMNS: usize = 1000;

type Cell = Vec<Block>;

/// The cells of a row, each with its blocks.
pub(super) type Row<'a> = Vec<(ElementRef<'a>, Cell)>;

/// A table in the making.
///
/// What a cell repeats because of its spans counts against the budget of the page. Once that is
/// exceeded, no cell spans anything.
pub(super) struct Grid<'a> {
    budget: &'a Budget,
    /// The text of a cell that exceeded the budget.
    pub(super) excess: Option<String>,
    /// What is above the header, over all columns.
    captions: Vec<Block>,
    header: Vec<Cell>,
    rows: Vec<Vec<Cell>>,
    /// By column: a cell that reaches down from the rows before, and into how many rows more.
    reaching_down: BTreeMap<usize, (Cell, usize)>,
}

impl<'a> Grid<'a> {
    pub(super) fn new(budget: &'a Budget) -> Self {
        Self {
            budget,
            excess: None,
            captions: Vec::new(),
            header: Vec::new(),
            rows: Vec::new(),
            reaching_down: BTreeMap::new(),
        }
    }

    /// Adds a group of rows, which no cell reaches out of.
    pub(super) fn push_group(&mut self, rows: Vec<Row<'_>>, in_head: bool) {
        for row in rows {
            self.push_row(row, in_head);
        }
        self.reaching_down.clear();
    }

    fn push_row(&mut self, cells: Row<'_>, in_head: bool) {
        let own_cells = cells.len();
        let all_header_cells = cells.iter().all(|(cell, _)| cell.value().name() == "th");
        let mut row = Vec::new();
        for (cell, content) in cells {
            self.fill_from_above(&mut row, 0);
            self.push_cell(&mut row, cell, content);
        }
        let last = self.reaching_down.last_key_value();
        self.fill_from_above(&mut row, last.map_or(0, |(last, _)| last + 1));
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

    fn push_cell(&mut self, row: &mut Vec<Cell>, cell: ElementRef<'_>, content: Cell) {
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
            row.extend(self.repeat(&repeated));
        }
        if rows_below > 0 {
            let own = row.iter().enumerate().skip(first_column);
            let reaching = own.map(|(column, cell)| (column, (cell.clone(), rows_below)));
            self.reaching_down.extend(reaching);
        }
    }

    /// Puts the cells that reach down from above into the columns that come next; over gaps, up to
    /// the column `end`.
    fn fill_from_above(&mut self, row: &mut Vec<Cell>, end: usize) {
        loop {
            let column = row.len();
            let above = self.reaching_down.remove(&column);
            if above.is_none() && column >= end {
                return;
            }
            let (content, rows_below) = above.unwrap_or_default();
            let Some(copy) = self.repeat(&content) else {
                return self.reaching_down.clear();
            };
            row.push(copy);
            if rows_below > 1 {
                self.reaching_down.insert(column, (content, rows_below - 1));
            }
        }
    }

    /// A copy of a cell; none once there are as many as a page may have.
    fn repeat(&mut self, content: &Cell) -> Option<Cell> {
        let lines = plain_text(content);
        let text: usize = lines.iter().map(|line| line.len() + NODE).sum();
        if self.budget.spend(text + NODE) {
            return Some(content.clone());
        }
        self.excess.get_or_insert_with(|| lines.join(" "));
        None
    }

    /// The captions, and the table itself unless it has no cells.
    pub(super) fn into_blocks(mut self) -> Vec<Block> {
        if !(self.header.is_empty() && self.rows.is_empty()) {
            self.captions.push(Block::Table {
                header: self.header,
                rows: self.rows,
            });
        }
        self.captions
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
        let budget = Budget::new(repeats);
        let mut grid = Grid::new(&budget);
        let cell = |cell: ElementRef<'_>| cell.text().map(Block::plain).collect();
        for group in table.child_elements() {
            let rows = group.child_elements().map(|row| {
                let cells = row.child_elements();
                cells.map(|element| (element, cell(element))).collect()
            });
            grid.push_group(rows.collect(), group.value().name() == "thead");
        }
        plain_text(&grid.into_blocks())
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
