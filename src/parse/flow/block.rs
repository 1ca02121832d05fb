//! Blocks: headings, lists, code, tables, call-outs and lists of devices.

use scraper::ElementRef;

use super::Reader;
use crate::catalog::{Block, Run};
use crate::parse::count::{count, count_block};
use crate::parse::item::{Content, Heading, Item};
use crate::parse::{code, device, furniture, heading, label, note, table};
use crate::snapshot::attribute;

/// The most that numbered items can begin with in Markdown.
const MAX_START: u32 = 999_999_999;

impl Reader<'_> {
    /// Reads an element that stands apart from the text around it.
    pub(super) fn read_block(&mut self, element: ElementRef<'_>) {
        let block = match element.value().name() {
            name if heading::is_heading(name) => return self.read_heading(element),
            "ul" => return self.push_list(element, false),
            "ol" => return self.push_list(element, true),
            "pre" => self.read_code(element),
            "table" => return self.read_table(element),
            _ if note::is_note(element) => return self.read_call_out(element),
            _ if device::is_list(element) && self.read_devices(element) => return,
            _ => return self.walk(*element, &Run::default()),
        };
        self.push_block(element.id(), block);
    }

    fn read_heading(&mut self, element: ElementRef<'_>) {
        let blocks = self.blocks_in(element);
        let whole = heading::text(&blocks);
        let (mark, text) = heading::split_mark(&whole);
        let text = text.trim();
        if text.is_empty() {
            return self.push_block(element.id(), None);
        }
        if furniture::is_caption(text) {
            return self.reckon_as_furniture(count(&whole));
        }
        self.reckon_as_furniture(count(&whole) - count(text));
        let characters = self.settle(element.id(), count(text));
        let level = element.value().name().as_bytes()[1] - b'0';
        let heading = Heading {
            node: element.id(),
            level,
            mark,
            text: text.to_owned(),
            anchor: heading::anchor(element),
            devices: device::of_attribute(element),
            deprecated: heading::is_deprecated(element, &blocks, text),
        };
        self.push(element.id(), characters, Content::Heading(heading));
        let images = blocks
            .into_iter()
            .filter(|block| matches!(block, Block::Image { .. }));
        for image in images.collect::<Vec<_>>() {
            self.push(element.id(), 0, Content::Block(image));
        }
    }

    fn read_code(&mut self, element: ElementRef<'_>) -> Option<Block> {
        for node in element.descendants() {
            let above = node.ancestors().filter_map(ElementRef::wrap);
            let mut above = above.take_while(|above| above.id() != element.id());
            if node.value().is_text() && !above.any(|above| self.is_left_out_of_code(above)) {
                self.see(node);
            }
        }
        code::read(element, |inner| self.is_left_out_of_code(inner))
    }

    /// What the site puts into a block of code, and the title of the page, which has been read
    /// already: it stands in one where somebody has not ended it.
    fn is_left_out_of_code(&self, element: ElementRef<'_>) -> bool {
        furniture::is_element(element) || self.passed_over.contains(&element.id())
    }

    fn read_devices(&mut self, element: ElementRef<'_>) -> bool {
        let devices = device::of_list(element);
        // What somebody took for a list may have the title of the page around its items.
        let mut inner = element.descendants();
        let has_title = inner.any(|node| self.passed_over.contains(&node.id()));
        if devices.names.is_empty() || has_title {
            return false;
        }
        for node in devices.nodes {
            if let Some(node) = element.tree().get(node) {
                self.see(node);
            }
        }
        self.push_devices(element, devices.names);
        true
    }

    /// Adds devices that were read from all characters that belong to no item yet.
    fn push_devices(&mut self, element: ElementRef<'_>, devices: Vec<String>) {
        let characters = self.taken - self.assigned;
        self.push(element.id(), characters, Content::Devices(devices));
    }

    /// A list, and the label that Markdown takes for a part of its last item where no empty line
    /// sets it apart.
    fn push_list(&mut self, element: ElementRef<'_>, ordered: bool) {
        let mut list = self.read_list(element, ordered);
        let mut labels = Vec::new();
        while let Some(label) = list
            .as_mut()
            .filter(|_| !self.is_apart)
            .and_then(take_last_label)
        {
            labels.push(label);
        }
        let characters: usize = labels.iter().map(count_block).sum();
        self.assigned += characters;
        self.push_block(element.id(), list);
        self.assigned -= characters;
        for label in labels.into_iter().rev() {
            self.push(element.id(), count_block(&label), Content::Block(label));
        }
    }

    /// A list. What stands between its items belongs to the item before.
    fn read_list(&mut self, element: ElementRef<'_>, ordered: bool) -> Option<Block> {
        let mut items: Vec<Vec<Block>> = Vec::new();
        for child in element.children() {
            let item = ElementRef::wrap(child).filter(|child| child.value().name() == "li");
            let blocks = match item {
                Some(item) => self.blocks_in(item),
                None => self.apart(|reader| reader.read_node(child, &Run::default())),
            };
            match items.last_mut() {
                _ if blocks.is_empty() => {}
                Some(last) if item.is_none() => self.join(last, blocks),
                _ => items.push(blocks),
            }
        }
        let start = attribute(element, "start").filter(|_| ordered);
        let start = start.and_then(|start| start.trim().parse().ok());
        (!items.is_empty()).then_some(Block::List {
            ordered,
            start: start.unwrap_or(1).min(MAX_START),
            items,
        })
    }

    /// Adds blocks to an item, without the caption of a table's button at its end.
    fn join(&mut self, item: &mut Vec<Block>, blocks: Vec<Block>) {
        let is_caption = |block: &mut Block| matches!(block, Block::Paragraph { text, .. } if furniture::is_table_caption(text));
        if let Some(Block::Table { .. }) = blocks.first() {
            while let Some(caption) = item.pop_if(is_caption) {
                self.reckon_as_furniture(count_block(&caption));
            }
        }
        item.extend(blocks);
    }

    fn read_table(&mut self, element: ElementRef<'_>) {
        self.drop_table_caption();
        let mut blocks = table::read(element, self.repeats_left, |inner| self.blocks_in(inner));
        if self.repeats_left.get() == 0 {
            self.flow.excess_spans = self.flow.excess_spans.or(Some(element.id()));
        }
        let last = blocks.pop();
        for block in blocks {
            let characters = count_block(&block).min(self.taken - self.assigned);
            self.push(element.id(), characters, Content::Block(block));
        }
        self.drop_table_caption();
        self.push_block(element.id(), last);
    }

    /// Takes away the caption of a table's button, where it has become a paragraph.
    fn drop_table_caption(&mut self) {
        let is_caption = |item: &Item| {
            matches!(&item.content, Content::Block(Block::Paragraph { text, .. })
                if furniture::is_table_caption(text))
        };
        while let Some(caption) = self.flow.items.pop_if(|item| is_caption(item)) {
            self.assigned -= caption.characters;
            self.reckon_as_furniture(caption.characters);
        }
    }

    /// A call-out, or the devices that Markdown has in a quote.
    fn read_call_out(&mut self, element: ElementRef<'_>) {
        let note = self.read_note(element);
        let devices = note.as_ref().and_then(devices_in_note);
        let is_quote = element.value().name() == "blockquote";
        match devices.filter(|_| is_quote && !self.is_apart) {
            Some(devices) => self.push_devices(element, devices),
            None => self.push_block(element.id(), note),
        }
    }

    /// A call-out: its caption stands in an element of its own before what it says, in its first
    /// paragraph, or in the name of its icon.
    fn read_note(&mut self, element: ElementRef<'_>) -> Option<Block> {
        let caption = note::caption_element(element);
        let title = caption.and_then(|caption| self.text_of(caption));
        self.passed_over.extend(caption.map(|caption| caption.id()));
        let mut blocks = self.blocks_in(element);
        if caption.is_some() {
            self.passed_over.pop();
        }
        blocks.retain(|block| !note::is_icon(block));
        let mut clean = |title: String| {
            let caption = note::without_colon(&title);
            self.reckon_as_furniture(count(&title) - count(caption));
            (!caption.is_empty()).then(|| caption.to_owned())
        };
        let title = title.and_then(&mut clean);
        let title = title.or_else(|| clean(note::take_caption(&mut blocks)?));
        if title.is_none() && blocks.is_empty() {
            return None;
        }
        Some(Block::Note {
            title: title.or_else(|| note::caption_of_icon(element)),
            blocks,
        })
    }
}

/// The devices that a note names, where it says nothing else.
fn devices_in_note(note: &Block) -> Option<Vec<String>> {
    let Block::Note {
        title: None,
        blocks,
    } = note
    else {
        return None;
    };
    match &blocks[..] {
        [Block::Paragraph { text, .. }] => device::of_quote(text),
        _ => None,
    }
}

/// Takes a known label off the end of a list.
fn take_last_label(list: &mut Block) -> Option<Block> {
    let Block::List { items, .. } = list else {
        return None;
    };
    let item = items.last_mut().filter(|item| item.len() > 1)?;
    match item.last_mut()? {
        inner @ Block::List { .. } => take_last_label(inner),
        Block::Paragraph { runs, .. } if label::is_line(runs) => item.pop(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::catalog::Block;
    use crate::parse::{PageFacts, Parsed, parse};
    use crate::snapshot::Document;

    fn read(html: &str) -> Parsed {
        let document = Document::decode("page.html", html.into()).expect("this is a page");
        parse(&document, PageFacts::default())
    }

    #[test]
    fn a_title_in_a_block_of_code_is_read_once() {
        let parsed = read("<p>1</p><pre>x<h1>Scan</h1>y</pre>");
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
            let parsed = read(&format!("<p>1</p><div class=device-list>{list}</div>"));
            assert_eq!(parsed.page.title, title);
            assert_eq!(parsed.page.devices, devices);
            assert_eq!(parsed.account.read, parsed.account.in_records);
        }
    }
}
