//! The flow of an article: its headings, device lists and blocks in order, whatever elements
//! they are wrapped in.
//!
//! Elements that are not known are looked through, so that their text is never lost.

use std::cell::Cell;

use ego_tree::{NodeId, NodeRef};
use scraper::{ElementRef, Node};
use url::Url;

use super::account::{Seen, count, count_block};
use super::inline::{self, Paragraph};
use super::{code, device, furniture, heading, label, note, table};
use crate::catalog::{Block, Run, plain_text};
use crate::snapshot::{Document, attribute, has_class};

/// One thing in the flow of an article.
#[derive(Debug)]
pub(super) struct Item {
    /// Where it begins.
    pub(super) node: NodeId,
    /// How many characters of the article it was read from.
    pub(super) characters: usize,
    pub(super) content: Content,
}

#[derive(Debug)]
pub(super) enum Content {
    Heading(Heading),
    Devices(Vec<String>),
    Block(Block),
}

/// A heading of the article.
#[derive(Debug)]
pub(super) struct Heading {
    pub(super) node: NodeId,
    pub(super) level: u8,
    /// The level that a mark in its text tells, see [`heading::split_mark`].
    pub(super) mark: Option<u8>,
    pub(super) text: String,
    pub(super) anchor: Option<String>,
    /// The devices that its attribute names.
    pub(super) devices: Vec<String>,
    /// Whether it says that what it names is deprecated.
    pub(super) deprecated: bool,
}

/// The flow of a document, with what the account of its text needs.
#[derive(Debug)]
pub(super) struct Flow {
    pub(super) title: Option<Title>,
    pub(super) items: Vec<Item>,
    /// The text nodes that were read or passed over as furniture.
    pub(super) seen: Seen,
    /// The characters that are furniture.
    pub(super) furniture: usize,
    /// Pieces that hold fewer characters than they were read from: where, and how many they lack.
    pub(super) lost: Vec<(NodeId, usize)>,
    /// Headings with codes where headings are text: in a list, a table or a call-out.
    pub(super) hidden_codes: Vec<(NodeId, String)>,
}

/// The heading of a page.
#[derive(Debug, Default)]
pub(super) struct Title {
    pub(super) text: String,
    /// The element that it was read from; none where the file states it beside the article.
    pub(super) node: Option<NodeId>,
    /// How many characters of the page it was read from.
    pub(super) characters: usize,
    /// The devices that its attribute names.
    pub(super) devices: Vec<String>,
}

/// Whether an element ends the paragraph it stands in. All others, known or not, are part of it.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "li"
            | "td"
            | "th"
            | "tr"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
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

/// The most that numbered items can begin with in Markdown.
const MAX_START: u32 = 999_999_999;

/// Reads the flow of a document's articles, and the heading of the page apart from it.
pub(super) fn read(document: &Document, base: Option<&Url>) -> Flow {
    let repeats_left = Cell::new(MAX_REPEATED);
    let mut reader = Reader {
        base,
        passed_over: Vec::new(),
        repeats_left: &repeats_left,
        line: Paragraph::default(),
        lines: Vec::new(),
        paragraph_node: None,
        images: Vec::new(),
        taken: 0,
        assigned: 0,
        is_apart: false,
        flow: Flow {
            title: None,
            items: Vec::new(),
            seen: Seen::default(),
            furniture: 0,
            lost: Vec::new(),
            hidden_codes: Vec::new(),
        },
    };
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

/// Walks the DOM and gathers items.
struct Reader<'a> {
    base: Option<&'a Url>,
    /// Elements that have been read already: the title, and the captions of the notes that are
    /// being read.
    passed_over: Vec<NodeId>,
    /// How much of [`MAX_REPEATED`] is left.
    repeats_left: &'a Cell<usize>,
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

impl Reader<'_> {
    /// The first likely title that is no error code: some pages have those at level 1.
    fn read_title(&mut self, document: &Document) -> Option<Title> {
        let title = document
            .title_elements()
            .find_map(|element| self.title_of(element));
        if title.is_some() {
            return title;
        }
        let stated = document.title.as_deref().map(str::trim);
        if let Some(stated) = stated.filter(|stated| !stated.is_empty()) {
            return Some(Title {
                text: stated.to_owned(),
                ..Title::default()
            });
        }
        let mut others = document.fallback_title_elements();
        others.find_map(|element| self.title_of(element))
    }

    fn title_of(&mut self, element: ElementRef<'_>) -> Option<Title> {
        let text = element.text().collect::<String>();
        if heading::read(text.trim()).is_some() {
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
            Content::Block(block) => block,
            Content::Heading(heading) => {
                if heading::read(&heading.text).is_some() {
                    self.flow
                        .hidden_codes
                        .push((item.node, heading.text.clone()));
                }
                Block::plain(heading.text)
            }
            Content::Devices(devices) => Block::plain(devices.join(", ")),
        });
        blocks.collect()
    }

    fn blocks_in(&mut self, element: ElementRef<'_>) -> Vec<Block> {
        self.apart(|reader| reader.walk(*element, &Run::default()))
    }

    /// The text of an element as one line; none where it has no text.
    fn text_of(&mut self, element: ElementRef<'_>) -> Option<String> {
        let lines = plain_text(&self.blocks_in(element));
        (!lines.is_empty()).then(|| lines.join(" "))
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
            self.line.push(text, form);
        } else if let Some(element) = ElementRef::wrap(node) {
            self.read_element(element, form);
        }
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
                let image = read_image(element).map(|image| (element.id(), image));
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

    fn pass_over_furniture(&mut self, element: ElementRef<'_>) {
        for node in element.descendants() {
            if let Node::Text(text) = node.value() {
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
                self.assigned += characters;
                self.flow.furniture += characters;
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

    fn read_block(&mut self, element: ElementRef<'_>) {
        let block = match element.value().name() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => return self.read_heading(element),
            "ul" => self.read_list(element, false),
            "ol" => self.read_list(element, true),
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
        let whole = plain_text(&blocks).join(" ");
        let (mark, text) = heading::split_mark(&whole);
        let text = text.trim();
        if text.is_empty() {
            return self.push_block(element.id(), None);
        }
        self.reckon_as_furniture(count(&whole) - count(text));
        let characters = self.settle(element.id(), count(text));
        let level = element.value().name().as_bytes()[1] - b'0';
        let heading = Heading {
            node: element.id(),
            level,
            mark,
            text: text.to_owned(),
            anchor: anchor(element),
            devices: device::of_attribute(element),
            deprecated: is_deprecated(&blocks, text),
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
            let furniture = node.ancestors().filter_map(ElementRef::wrap);
            let mut furniture = furniture.take_while(|above| above.id() != element.id());
            if node.value().is_text() && !furniture.any(furniture::is_element) {
                self.see(node);
            }
        }
        code::read(element)
    }

    fn read_devices(&mut self, element: ElementRef<'_>) -> bool {
        let devices = device::of_list(element);
        if devices.names.is_empty() {
            return false;
        }
        for node in devices.nodes {
            if let Some(node) = element.tree().get(node) {
                self.see(node);
            }
        }
        let characters = self.taken - self.assigned;
        self.push(element.id(), characters, Content::Devices(devices.names));
        true
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
                Some(last) if item.is_none() => last.extend(blocks),
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

    fn read_table(&mut self, element: ElementRef<'_>) {
        self.drop_table_caption();
        let mut blocks = table::read(element, self.repeats_left, |inner| self.blocks_in(inner));
        let last = blocks.pop();
        for block in blocks {
            let characters = count_block(&block).min(self.taken - self.assigned);
            self.push(element.id(), characters, Content::Block(block));
        }
        self.push_block(element.id(), last);
    }

    /// Takes away the caption of a table's button, where it has become a paragraph.
    fn drop_table_caption(&mut self) {
        let is_caption = |item: &Item| {
            matches!(&item.content, Content::Block(Block::Paragraph { text, .. })
                if furniture::is_table_caption(text))
        };
        if let Some(caption) = self.flow.items.pop_if(|item| is_caption(item)) {
            self.flow.furniture += caption.characters;
        }
    }

    /// A call-out, or the devices that Markdown has in its place.
    fn read_call_out(&mut self, element: ElementRef<'_>) {
        let note = self.read_note(element);
        match note.as_ref().and_then(devices_in_note) {
            Some(devices) => {
                let characters = self.taken - self.assigned;
                self.push(element.id(), characters, Content::Devices(devices));
            }
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
        let title = title.or_else(|| note::take_caption(&mut blocks));
        let title = title.map(|title| {
            let caption = note::without_colon(&title);
            self.reckon_as_furniture(count(&title) - count(caption));
            caption.to_owned()
        });
        if title.is_none() && blocks.is_empty() {
            return None;
        }
        Some(Block::Note {
            title: title.or_else(|| note::caption_of_icon(element)),
            blocks,
        })
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
        let url = Url::options().base_url(self.base).parse(link).ok()?;
        matches!(url.scheme(), "http" | "https" | "mailto").then(|| url.into())
    }
}

/// The id of a heading, or of the section of the document API that it begins.
fn anchor(heading: ElementRef<'_>) -> Option<String> {
    let of_section = || {
        let section = heading.parent().and_then(ElementRef::wrap)?;
        let section = Some(section).filter(|section| has_class(*section, "section"))?;
        let mut headings = section.child_elements().filter(|child| {
            matches!(
                child.value().name(),
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
            )
        });
        let is_first = headings
            .next()
            .is_some_and(|first| first.id() == heading.id());
        attribute(section, "id").filter(|_| is_first)
    };
    let id = attribute(heading, "id").filter(|id| !id.is_empty());
    id.or_else(of_section).map(str::to_owned)
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

/// Whether a heading is marked as deprecated: raised, as the site does, or in parentheses at its
/// end.
fn is_deprecated(heading: &[Block], text: &str) -> bool {
    const MARKS: [&str; 3] = ["deprecated", "已废弃", "废弃"];
    let is_mark = |text: &str| {
        let text = text.trim_matches(|c: char| c.is_whitespace() || "()（）".contains(c));
        MARKS.iter().any(|mark| mark.eq_ignore_ascii_case(text))
    };
    let runs = heading.iter().flat_map(|block| match block {
        Block::Paragraph { runs, .. } => &runs[..],
        _ => &[],
    });
    let mut raised = runs.filter(|run| run.superscript);
    let ends_in_mark = || {
        let opening = text.rfind(['(', '（'])?;
        Some(text.ends_with([')', '）']) && is_mark(&text[opening..]))
    };
    raised.any(|run| is_mark(&run.text)) || ends_in_mark() == Some(true)
}

fn read_image(element: ElementRef<'_>) -> Option<Block> {
    let text = |name| attribute(element, name).unwrap_or_default().trim();
    let (alt, url) = (text("alt"), text("src"));
    (!alt.is_empty() || !url.is_empty()).then(|| Block::Image {
        alt: alt.to_owned(),
        url: url.to_owned(),
    })
}
