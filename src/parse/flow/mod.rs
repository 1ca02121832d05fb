//! The flow of an article: its headings, device lists and blocks in order, whatever elements
//! they are wrapped in.
//!
//! Elements that are not known are looked through, so that their text is never lost.

mod block;

use std::cell::Cell;

use ego_tree::{NodeId, NodeRef};
use scraper::{ElementRef, Node};
use url::Url;

use crate::catalog::{Block, Run, plain_text};
use crate::parse::count::{count, count_block};
use crate::parse::inline::{self, Paragraph};
use crate::parse::item::{Content, Flow, Item, Title};
use crate::parse::{device, furniture, heading, image, label};
use crate::snapshot::{Document, attribute};

/// Whether an element ends the paragraph it stands in. All others, known or not, are part of it.
fn is_block(name: &str) -> bool {
    heading::is_heading(name)
        || matches!(
            name,
            "p" | "div"
                | "li"
                | "td"
                | "th"
                | "tr"
                | "ul"
                | "ol"
                | "pre"
                | "table"
                | "tbody"
                | "blockquote"
                | "address"
                | "article"
                | "aside"
                | "body"
                | "center"
                | "dd"
                | "details"
                | "dialog"
                | "dir"
                | "dl"
                | "dt"
                | "fieldset"
                | "figcaption"
                | "figure"
                | "footer"
                | "form"
                | "header"
                | "hr"
                | "legend"
                | "main"
                | "menu"
                | "nav"
                | "optgroup"
                | "option"
                | "section"
                | "summary"
        )
}

/// How much text the cells of a page's tables may repeat because they span rows or columns.
/// Pages repeat a few hundred bytes; a hostile one is kept from filling the memory.
const MAX_REPEATED: usize = 1 << 20;

/// The longest address that is kept. Every piece of a linked text has it, so that a hostile page
/// could make much of little.
const MAX_LINK: usize = 2048;

/// How many bytes the addresses of a page's links may take, each counted for every text that has it.
/// Pages have some ten kB of them.
pub(super) const MAX_LINKS: usize = 4 << 20;

/// Reads the flow of a document's articles, and the heading of the page apart from it.
pub(super) fn read(document: &Document, base: Option<&Url>) -> Flow {
    let repeats_left = Cell::new(MAX_REPEATED);
    let mut reader = Reader::new(base, &repeats_left);
    reader.flow.title = reader.read_title(document);
    for article in document.articles() {
        reader.walk(*article, &Run::default());
        reader.end_paragraph();
    }
    let headings = reader.flow.items.iter_mut();
    heading::settle_levels(headings.filter_map(|item| match &mut item.content {
        Content::Heading(heading) => Some(heading),
        _ => None,
    }));
    reader.flow
}

/// The heading of the page alone, for those who have to know it before the flow is read.
pub(super) fn title(document: &Document) -> Option<Title> {
    Reader::new(None, &Cell::new(MAX_REPEATED)).read_title(document)
}

/// Walks the DOM and gathers items.
struct Reader<'a> {
    base: Option<&'a Url>,
    /// Elements that have been read already: the title, and the captions of the notes that are
    /// being read.
    passed_over: Vec<NodeId>,
    /// How much of [`MAX_REPEATED`] is left.
    repeats_left: &'a Cell<usize>,
    /// How much of [`MAX_LINKS`] is left.
    links_left: usize,
    /// The line that is being read, and the lines of the same paragraph before it.
    line: Paragraph,
    lines: Vec<Vec<Run>>,
    /// Where the paragraph begins.
    paragraph_node: Option<NodeId>,
    /// The pictures in the paragraph; they follow it, so that its sentences stay whole.
    images: Vec<(NodeId, Block)>,
    /// How many characters have been read, and how many of them belong to items.
    taken: usize,
    assigned: usize,
    /// Whether a list item, a cell or a note is being read.
    is_apart: bool,
    flow: Flow,
}

impl<'a> Reader<'a> {
    fn new(base: Option<&'a Url>, repeats_left: &'a Cell<usize>) -> Self {
        Self {
            base,
            passed_over: Vec::new(),
            repeats_left,
            links_left: MAX_LINKS,
            line: Paragraph::default(),
            lines: Vec::new(),
            paragraph_node: None,
            images: Vec::new(),
            taken: 0,
            assigned: 0,
            is_apart: false,
            flow: Flow::default(),
        }
    }

    /// The first likely title that is no error code: some pages have those at level 1.
    fn read_title(&mut self, document: &Document) -> Option<Title> {
        // What leads around the page, or out of it, may have a heading of its own.
        let mut likely = document
            .title_elements()
            .filter(|element| !furniture::is_inside(**element));
        let title = likely.find_map(|element| self.title_of(element));
        if title.is_some() {
            return title;
        }
        let stated = document.title.as_deref().map(inline::collapse);
        if let Some(text) = stated.filter(|stated| !stated.is_empty()) {
            return Some(Title {
                text,
                ..Title::default()
            });
        }
        let mut others = document.fallback_title_elements();
        others.find_map(|element| self.title_of(element))
    }

    fn title_of(&mut self, element: ElementRef<'_>) -> Option<Title> {
        // What is no title is read in its turn, so it has not been read before.
        let glance = Reader::new(None, &Cell::new(MAX_REPEATED)).text_of(element)?;
        if heading::read(&glance).is_some() {
            return None;
        }
        let text = self.text_of(element)?;
        let characters = self.taken - self.assigned;
        self.assigned = self.taken;
        self.passed_over.push(element.id());
        Some(Title {
            text,
            node: Some(element.id()),
            characters,
            devices: device::of_attribute(element),
        })
    }

    /// The blocks that some reading finds, apart from the flow: those of a list item, a cell or
    /// a note. There headings are paragraphs like others.
    fn apart(&mut self, read: impl FnOnce(&mut Self)) -> Vec<Block> {
        let outer_items = std::mem::take(&mut self.flow.items);
        let outer_images = std::mem::take(&mut self.images);
        let outer = (self.is_apart, self.assigned);
        self.is_apart = true;
        self.assigned = self.taken;
        read(self);
        self.end_paragraph();
        (self.is_apart, self.assigned) = outer;
        self.images = outer_images;
        let items = std::mem::replace(&mut self.flow.items, outer_items);
        let blocks = items.into_iter().map(|item| match item.content {
            Content::Block(block) => {
                if let Block::Code { code, .. } = &block
                    && let Some(heading) = heading::in_markdown(code)
                {
                    self.hide_code(item.node, heading);
                }
                block
            }
            Content::Heading(heading) => {
                if heading::read(&heading.text).is_some() {
                    self.hide_code(item.node, &heading.text);
                }
                Block::plain(heading.text)
            }
            Content::Devices(devices) => Block::plain(devices.join(", ")),
        });
        blocks.collect()
    }

    /// Notes a heading that seems to have a code and is kept as text.
    fn hide_code(&mut self, node: NodeId, heading: &str) {
        self.flow.hidden_codes.push((node, heading.to_owned()));
    }

    fn blocks_in(&mut self, element: ElementRef<'_>) -> Vec<Block> {
        self.apart(|reader| reader.walk(*element, &Run::default()))
    }

    /// The text of an element as one line; none where it has no text.
    fn text_of(&mut self, element: ElementRef<'_>) -> Option<String> {
        let lines = plain_text(&self.blocks_in(element));
        let text = inline::collapse(&lines.join(" "));
        (!text.is_empty()).then_some(text)
    }

    fn walk(&mut self, parent: NodeRef<'_, Node>, form: &Run) {
        for child in parent.children() {
            self.read_node(child, form);
        }
    }

    fn read_node(&mut self, node: NodeRef<'_, Node>, form: &Run) {
        if let Node::Text(text) = node.value() {
            self.see(node);
            self.paragraph_node.get_or_insert(node.id());
            // In Markdown, what follows a tag is read as HTML up to the next empty line.
            if let Some(heading) = heading::in_markdown(text) {
                self.hide_code(node.id(), heading);
            }
            match self.can_link(node.id(), form) {
                true => self.line.push(text, form),
                false => {
                    let form = Run {
                        link: None,
                        ..form.clone()
                    };
                    self.line.push(text, &form);
                }
            }
        } else if let Some(element) = ElementRef::wrap(node) {
            self.read_element(element, form);
        }
    }

    /// Whether one more text may have its link; the first that may not is noted.
    fn can_link(&mut self, node: NodeId, form: &Run) -> bool {
        let length = form.link.as_ref().map_or(0, String::len);
        let left = self.links_left.checked_sub(length);
        match left {
            Some(left) => self.links_left = left,
            None => self.flow.excess_link = self.flow.excess_link.or(Some(node)),
        }
        left.is_some()
    }

    /// Notes that the characters of a text node become part of an item.
    fn see(&mut self, node: NodeRef<'_, Node>) {
        if let Node::Text(text) = node.value() {
            self.flow.seen.add(node.id());
            self.taken += count(text);
        }
    }

    fn read_element(&mut self, element: ElementRef<'_>, form: &Run) {
        if self.passed_over.contains(&element.id()) {
            return;
        }
        if furniture::is_element(element) {
            return self.pass_over_furniture(element);
        }
        match element.value().name() {
            "br" => self.end_line(),
            "img" => {
                let image = image::read(element).map(|image| (element.id(), image));
                self.images.extend(image);
            }
            name if is_block(name) => {
                self.end_paragraph();
                self.read_block(element);
                self.end_paragraph();
            }
            _ => self.walk(*element, &self.inner_form(element, form)),
        }
    }

    /// Reckons characters that have been read among the furniture.
    fn reckon_as_furniture(&mut self, characters: usize) {
        self.taken -= characters;
        self.flow.furniture += characters;
    }

    /// Counts the text of furniture, but for that of a title which has been read for want of a
    /// better one.
    fn pass_over_furniture(&mut self, element: ElementRef<'_>) {
        for node in element.descendants() {
            let is_read = || {
                let mut above = node.ancestors();
                above.any(|above| self.passed_over.contains(&above.id()))
            };
            if let Node::Text(text) = node.value()
                && !is_read()
            {
                self.flow.seen.add(node.id());
                self.flow.furniture += count(text);
            }
        }
    }

    fn end_line(&mut self) {
        let line = self.line.take();
        if !line.is_empty() {
            self.lines.push(line);
        }
    }

    /// Ends the paragraph. A line of it that is a label becomes a paragraph of its own: some
    /// pages have nothing but a line break between labels and fields.
    fn end_paragraph(&mut self) {
        let last_line = self.line.take();
        let node = self.paragraph_node.take();
        if self.lines.is_empty() {
            self.push_paragraph(node, last_line);
            return self.push_images();
        }
        let mut paragraph = Vec::new();
        self.lines.push(last_line);
        for line in std::mem::take(&mut self.lines) {
            if label::is_line(&line) {
                self.push_paragraph(node, std::mem::take(&mut paragraph));
                self.push_paragraph(node, line);
            } else {
                inline::join_lines(&mut paragraph, line);
            }
        }
        self.push_paragraph(node, paragraph);
        self.push_images();
    }

    fn push_images(&mut self) {
        for (node, image) in std::mem::take(&mut self.images) {
            self.push(node, 0, Content::Block(image));
        }
    }

    fn push_paragraph(&mut self, node: Option<NodeId>, runs: Vec<Run>) {
        let Some((node, block)) = node.zip(inline::paragraph(runs)) else {
            return;
        };
        let characters = count_block(&block);
        match &block {
            Block::Paragraph { text, .. } if furniture::is_caption(text) => {
                self.reckon_as_furniture(characters);
            }
            _ => self.push(node, characters, Content::Block(block)),
        }
    }

    /// Adds an item that was read from so many characters.
    fn push(&mut self, node: NodeId, characters: usize, content: Content) {
        self.assigned += characters;
        self.flow.items.push(Item {
            node,
            characters,
            content,
        });
    }

    /// Adds a block that was read from all characters that belong to no item yet.
    fn push_block(&mut self, node: NodeId, block: Option<Block>) {
        let held = self.settle(node, block.as_ref().map_or(0, count_block));
        if let Some(block) = block {
            self.push(node, held, Content::Block(block));
        }
    }

    /// Compares what a piece holds with the characters that belong to no item yet, notes what is
    /// lost, and gives how many of them it holds.
    fn settle(&mut self, node: NodeId, held: usize) -> usize {
        let characters = self.taken - self.assigned;
        // Within a list item, a cell or a note the whole is settled at its end.
        if held < characters && !self.is_apart {
            self.flow.lost.push((node, characters - held));
            self.assigned += characters - held;
        }
        held.min(characters)
    }

    fn inner_form(&self, element: ElementRef<'_>, form: &Run) -> Run {
        let mut form = form.clone();
        match element.value().name() {
            "b" | "strong" => form.bold = true,
            "code" | "kbd" | "samp" | "tt" => form.code = true,
            "sup" => form.superscript = true,
            "a" => {
                let link = attribute(element, "href");
                form.link = link.and_then(|link| self.resolve(link)).or(form.link);
            }
            _ => {}
        }
        form
    }

    /// The absolute address of a link; none for what is no address of a page, such as a script.
    fn resolve(&self, link: &str) -> Option<String> {
        if link.len() > MAX_LINK {
            return None;
        }
        let url = Url::options().base_url(self.base).parse(link).ok()?;
        let is_link = matches!(url.scheme(), "http" | "https" | "mailto");
        (is_link && url.as_str().len() <= MAX_LINK).then(|| url.into())
    }
}
