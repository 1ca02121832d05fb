//! Blocks: headings, code, tables, call-outs and lists of devices.

use scraper::ElementRef;

use super::FlowBuilder;
use crate::catalog::{Block, Run};
use crate::parse::inline::count_visible;
use crate::parse::section::{Body, Heading, Section};
use crate::parse::table::{Grid, Row};
use crate::parse::{boilerplate, device, heading, note};

impl FlowBuilder {
    /// Reads an element that is set apart from the text around it.
    pub(super) fn read_block(&mut self, element: ElementRef<'_>) {
        match element.value().name() {
            name if heading::is_heading(name) => self.read_heading(element),
            "ul" | "ol" => self.read_list(element),
            "pre" => self.read_code(element),
            "table" => self.read_table(element),
            _ if note::is_note(element) => self.read_note(element),
            _ if device::is_list(element) && self.read_devices(element) => {}
            _ => self.read_children(*element, &Run::default()),
        }
    }

    fn read_heading(&mut self, element: ElementRef<'_>) {
        let blocks = self.blocks_in(element);
        let whole = heading::heading_line(&blocks);
        let marked = heading::split_mark(&whole);
        let text = marked.map_or(whole.as_str(), |(_, text)| text);
        if boilerplate::is_button_caption(text) {
            self.flow.account.furniture += count_visible(&whole);
            return;
        }
        if text.is_empty() {
            return;
        }
        self.flow.account.furniture += count_visible(&whole) - count_visible(text);
        if self.is_apart {
            if heading::find_code(text).is_some() {
                self.add_hidden(element.id(), text, false);
            }
            self.push(element.id(), Block::plain(text));
        } else {
            let heading = Heading {
                node: element.id(),
                level: element.value().name().as_bytes()[1] - b'0',
                mark: marked.map(|(mark, _)| mark),
                text: text.to_owned(),
                anchor: heading::anchor(element),
                devices: device::devices_of(element),
                deprecated: heading::is_deprecated(element, &blocks, text),
            };
            let body = Body::default();
            self.flow.sections.push(Section { heading, body });
        }
        for block in blocks {
            if let Block::Image { .. } = block {
                self.push(element.id(), block);
            }
        }
    }

    fn read_devices(&mut self, element: ElementRef<'_>) -> bool {
        // What somebody took for a list may have the title of the page around its items.
        let mut inner = element.descendants();
        if inner.any(|node| self.skipped.contains(&node.id())) {
            return false;
        }
        let items = device::items_of_list(element);
        let names: Vec<String> = items.filter_map(|item| self.line_in(item)).collect();
        if names.is_empty() {
            return false;
        }
        if self.is_apart {
            self.push(element.id(), Block::plain(names.join(", ")));
        } else {
            self.body().add_devices(names);
        }
        true
    }

    fn read_table(&mut self, table: ElementRef<'_>) {
        self.drop_table_captions();
        let (mut blocks, mut groups) = (Vec::new(), Vec::new());
        for part in table.child_elements() {
            match part.value().name() {
                "caption" => blocks.extend(self.blocks_in(part)),
                name @ ("thead" | "tbody" | "tfoot") => {
                    let rows = part.child_elements();
                    let rows = rows.filter(|row| row.value().name() == "tr");
                    let rows = rows.map(|row| self.cells_of(row)).collect();
                    groups.push((rows, name == "thead"));
                }
                _ => {}
            }
        }
        let mut grid = Grid::new(&self.flow.budget);
        for (rows, in_head) in groups {
            grid.push_group(rows, in_head);
        }
        let excess = grid.excess.take();
        blocks.extend(grid.into_blocks());
        if let Some(text) = excess {
            self.note_excess(table.id(), &text);
        }
        for block in blocks {
            if let Block::Table { .. } = block {
                self.drop_table_captions();
            }
            self.push(table.id(), block);
        }
    }

    fn cells_of<'a>(&mut self, row: ElementRef<'a>) -> Row<'a> {
        let is_cell = |cell: &ElementRef<'_>| matches!(cell.value().name(), "td" | "th");
        let cells = row.child_elements().filter(is_cell);
        cells.map(|cell| (cell, self.blocks_in(cell))).collect()
    }

    /// Drops the captions of a table's button that have become paragraphs right above it.
    fn drop_table_captions(&mut self) {
        while let Some((_, block)) = self.body().blocks.last()
            && let Some(caption) = boilerplate::table_caption(block)
        {
            self.flow.account.furniture += count_visible(caption);
            self.body().blocks.pop();
        }
    }

    /// Reads a call-out, or the devices that Markdown has in a quote. Its caption is in an element
    /// of its own before what it says, in its first paragraph, or in the name of its icon.
    fn read_note(&mut self, element: ElementRef<'_>) {
        let caption = note::caption_element(element);
        let own = caption.and_then(|caption| self.line_in(caption));
        self.skipped.extend(caption.map(|caption| caption.id()));
        let mut blocks = self.blocks_in(element);
        blocks.retain(|block| !note::is_icon(block));
        let written = own
            .and_then(|caption| self.clean_caption(&caption))
            .or_else(|| self.clean_caption(&note::take_caption(&mut blocks)?));
        if written.is_none() && blocks.is_empty() {
            return;
        }
        let title = written.or_else(|| note::caption_of_icon(element));
        let is_quote = element.value().name() == "blockquote";
        let devices = match &blocks[..] {
            [Block::Paragraph { text, .. }] if title.is_none() && is_quote && !self.is_apart => {
                device::names_in_quote(text)
            }
            _ => None,
        };
        match devices {
            Some(devices) => self.body().add_devices(devices),
            None => self.push(element.id(), Block::Note { title, blocks }),
        }
    }

    /// A caption without the marks around it, unless nothing else is left.
    fn clean_caption(&mut self, caption: &str) -> Option<String> {
        let clean = note::without_colon(caption);
        self.flow.account.furniture += count_visible(caption) - count_visible(clean);
        (!clean.is_empty()).then(|| clean.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use crate::catalog::Block;
    use crate::parse::parse_html;

    #[test]
    fn a_title_in_a_block_of_code_is_read_once() {
        let parsed = parse_html("<p>1</p><pre>x<h1>Scan</h1>y</pre>");
        assert_eq!(parsed.page.title, "Scan");
        let notes = [Block::plain("1"), Block::code(None, "xy")];
        assert_eq!(parsed.page.notes, notes);
        assert_eq!((parsed.account.read, parsed.account.in_records), (7, 7));
    }

    #[test]
    fn devices_are_read_once() {
        let item = "<span class=support-device-item>";
        for (list, title, devices) in [
            (format!("<h1>{item}TV</span></h1>"), "TV", &[][..]),
            (
                format!("<h1>Scan</h1></div><div class=device-list>{item}{item}TV</span></span>"),
                "Scan",
                &["TV"],
            ),
        ] {
            let parsed = parse_html(&format!("<p>1</p><div class=device-list>{list}</div>"));
            assert_eq!(parsed.page.title, title);
            assert_eq!(parsed.page.devices, devices);
            assert_eq!(parsed.account.read, parsed.account.in_records);
        }
    }
}
