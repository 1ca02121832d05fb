//! The flow of an article: its headings, device lists and blocks in order, whatever elements
//! they are wrapped in.
//!
//! Elements that are not known are looked through, so that their text is never lost.

use std::cell::Cell;
use std::collections::HashSet;

use ego_tree::{NodeId, NodeRef};
use scraper::{ElementRef, Node};
use url::Url;

use super::inline::Paragraph;
use super::{code, device, heading, table};
use crate::catalog::{Block, Run, plain_text};
use crate::snapshot::{Document, has_class};

/// One thing in the flow of an article.
#[derive(Debug)]
pub(super) enum Item {
    Heading(Heading),
    Devices(Vec<String>),
    Block(Block),
}

/// A heading of the article.
#[derive(Debug)]
pub(super) struct Heading {
    pub(super) node: NodeId,
    pub(super) level: u8,
    pub(super) text: String,
    pub(super) anchor: Option<String>,
    /// The devices that its attribute names.
    pub(super) devices: Vec<String>,
}

/// Elements that end the paragraph they stand in. All others, known or not, are part of it.
const BLOCKS: [&str; 44] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "optgroup",
    "option",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
    "ul",
];

/// Elements without any text of the article: programs, styles and what the site adds for the
/// mouse.
const FURNITURE_ELEMENTS: [&str; 5] = ["script", "style", "template", "noscript", "svg"];
const FURNITURE_CLASSES: [&str; 8] = [
    "anchor-icon",
    "highlight-div-header",
    "screen-link-div",
    "ai-button",
    "handle-button",
    "handle-hover-tips",
    "expand-box",
    "expand-btn",
];

/// How much text the cells of a page's tables may repeat because they span rows or columns.
/// Pages repeat a few hundred bytes; a hostile one is kept from filling the memory.
const MAX_REPEATED: usize = 1 << 20;

/// Reads the flow of a document's articles, and the heading of the page apart from it.
pub(super) fn read(document: &Document, base: Option<&Url>) -> (Vec<Item>, Option<String>) {
    let repeats_left = Cell::new(MAX_REPEATED);
    let mut reader = Reader {
        base,
        passed_over: HashSet::new(),
        repeats_left: &repeats_left,
        flow: Flow::default(),
    };
    let title = reader.read_title(document);
    for article in document.articles() {
        reader.walk(*article, &Run::default());
        reader.flow.end_paragraph();
    }
    (reader.flow.items, title)
}

/// What has been read so far.
#[derive(Debug, Default)]
struct Flow {
    paragraph: Paragraph,
    /// The pictures in the paragraph; they follow it, so that its sentences stay whole.
    images: Vec<Block>,
    items: Vec<Item>,
}

impl Flow {
    fn end_paragraph(&mut self) {
        self.items.extend(self.paragraph.take().map(Item::Block));
        self.items.extend(self.images.drain(..).map(Item::Block));
    }

    fn into_blocks(mut self) -> Vec<Block> {
        self.end_paragraph();
        let blocks = self.items.into_iter().filter_map(|item| match item {
            Item::Block(block) => Some(block),
            Item::Heading(heading) => Some(Block::plain(heading.text)),
            Item::Devices(_) => None,
        });
        blocks.collect()
    }
}

/// Walks the DOM and gathers items.
struct Reader<'a> {
    base: Option<&'a Url>,
    /// Elements that have been read already.
    passed_over: HashSet<NodeId>,
    /// How much of [`MAX_REPEATED`] is left.
    repeats_left: &'a Cell<usize>,
    flow: Flow,
}

impl Reader<'_> {
    /// The first likely title that is no error code: some pages have those at level 1.
    fn read_title(&mut self, document: &Document) -> Option<String> {
        for element in document.title_elements() {
            let title = self.text_of(element);
            let Some(title) = title.filter(|title| heading::read(title).is_none()) else {
                continue;
            };
            self.passed_over.insert(element.id());
            return Some(title);
        }
        None
    }

    /// The blocks that some reading finds, apart from the flow: those of a list item, a cell or
    /// a note. There headings are paragraphs like others.
    fn apart(&mut self, read: impl FnOnce(&mut Self)) -> Vec<Block> {
        let outer = std::mem::take(&mut self.flow);
        read(self);
        std::mem::replace(&mut self.flow, outer).into_blocks()
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
            self.flow.paragraph.push(text, form);
        } else if let Some(element) = ElementRef::wrap(node) {
            self.read_element(element, form);
        }
    }

    fn read_element(&mut self, element: ElementRef<'_>, form: &Run) {
        if is_furniture(element) || self.passed_over.contains(&element.id()) {
            return;
        }
        match element.value().name() {
            "br" => self.flow.paragraph.push_blank(),
            "img" => self.flow.images.extend(read_image(element)),
            name if BLOCKS.contains(&name) => {
                self.flow.end_paragraph();
                self.read_block(element);
                self.flow.end_paragraph();
            }
            _ => self.walk(*element, &self.inner_form(element, form)),
        }
    }

    fn read_block(&mut self, element: ElementRef<'_>) {
        let block = match element.value().name() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => return self.read_heading(element),
            "ul" => self.read_list(element, false),
            "ol" => self.read_list(element, true),
            "pre" => code::read(element),
            "table" => return self.read_table(element),
            "blockquote" => self.read_note(element),
            _ if is_note(element) => self.read_note(element),
            _ if device::is_list(element) && self.read_devices(element) => return,
            _ => return self.walk(*element, &Run::default()),
        };
        self.flow.items.extend(block.map(Item::Block));
    }

    fn read_heading(&mut self, element: ElementRef<'_>) {
        let Some(text) = self.text_of(element) else {
            return;
        };
        let level = element.value().name().as_bytes()[1] - b'0';
        let anchor = element.value().id().filter(|id| !id.is_empty());
        self.flow.items.push(Item::Heading(Heading {
            node: element.id(),
            level,
            text,
            anchor: anchor.map(str::to_owned),
            devices: device::of_attribute(element),
        }));
    }

    fn read_devices(&mut self, element: ElementRef<'_>) -> bool {
        let devices = device::of_list(element);
        let found = !devices.is_empty();
        if found {
            self.flow.items.push(Item::Devices(devices));
        }
        found
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
        (!items.is_empty()).then_some(Block::List { ordered, items })
    }

    fn read_table(&mut self, element: ElementRef<'_>) {
        let blocks = table::read(element, self.repeats_left, |inner| self.blocks_in(inner));
        self.flow.items.extend(blocks.into_iter().map(Item::Block));
    }

    /// A call-out: its caption stands in an element of its own before what it says.
    fn read_note(&mut self, element: ElementRef<'_>) -> Option<Block> {
        let is_caption =
            |inner: &ElementRef<'_>| has_class(*inner, "title") || has_class(*inner, "notetitle");
        let caption = element.child_elements().find(is_caption);
        let title = caption.and_then(|caption| {
            let title = self.text_of(caption)?;
            self.passed_over.insert(caption.id());
            Some(title)
        });
        let blocks = self.blocks_in(element);
        let is_empty = title.is_none() && blocks.is_empty();
        (!is_empty).then_some(Block::Note { title, blocks })
    }

    fn inner_form(&self, element: ElementRef<'_>, form: &Run) -> Run {
        let mut form = form.clone();
        match element.value().name() {
            "b" | "strong" => form.bold = true,
            "code" | "kbd" | "samp" | "tt" => form.code = true,
            "sup" => form.superscript = true,
            "a" => {
                let link = element.value().attr("href");
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

fn is_furniture(element: ElementRef<'_>) -> bool {
    FURNITURE_ELEMENTS.contains(&element.value().name())
        || element
            .value()
            .classes()
            .any(|class| FURNITURE_CLASSES.contains(&class))
}

fn is_note(element: ElementRef<'_>) -> bool {
    has_class(element, "hw-editor-tip") || has_class(element, "note")
}

fn read_image(element: ElementRef<'_>) -> Option<Block> {
    let attribute = |name| element.value().attr(name).unwrap_or_default().trim();
    let (alt, url) = (attribute("alt"), attribute("src"));
    (!alt.is_empty() || !url.is_empty()).then(|| Block::Image {
        alt: alt.to_owned(),
        url: url.to_owned(),
    })
}
