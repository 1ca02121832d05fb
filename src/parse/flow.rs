//! The flow of an article: its headings, device lists and blocks in order, whatever elements
//! they are wrapped in.
//!
//! Elements that are not known are looked through, so that their text is never lost.

use std::collections::HashSet;

use ego_tree::{NodeId, NodeRef};
use scraper::{ElementRef, Node};
use url::Url;

use super::inline::Paragraph;
use super::{device, table};
use crate::catalog::{Block, Run};
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

/// Elements that do not end the paragraph they stand in.
const INLINE: [&str; 26] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "mark",
    "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var",
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

/// Reads the flow of a document's article, and the heading of the page apart from it.
pub(super) fn read(document: &Document, base: Option<&Url>) -> (Vec<Item>, Option<String>) {
    let mut reader = Reader {
        base,
        passed_over: HashSet::new(),
        paragraph: Paragraph::default(),
        items: Vec::new(),
    };
    let title = document.title_element().and_then(|element| {
        let title = reader.text_of(element);
        reader.passed_over.insert(element.id());
        title
    });
    reader.walk(*document.article(), &Run::default());
    reader.end_paragraph();
    (reader.items, title)
}

/// Walks the DOM and gathers items.
struct Reader<'a> {
    base: Option<&'a Url>,
    /// Elements that have been read already.
    passed_over: HashSet<NodeId>,
    paragraph: Paragraph,
    items: Vec<Item>,
}

impl Reader<'_> {
    /// The blocks inside an element that stands apart from the flow: a list item, a cell, a note.
    /// There headings are paragraphs like others.
    fn blocks_in(&mut self, element: ElementRef<'_>) -> Vec<Block> {
        let outer_paragraph = std::mem::take(&mut self.paragraph);
        let outer_items = std::mem::take(&mut self.items);
        self.walk(*element, &Run::default());
        self.end_paragraph();
        self.paragraph = outer_paragraph;
        let items = std::mem::replace(&mut self.items, outer_items);
        let blocks = items.into_iter().filter_map(|item| match item {
            Item::Block(block) => Some(block),
            Item::Heading(heading) => Some(Block::plain(heading.text)),
            Item::Devices(_) => None,
        });
        blocks.collect()
    }

    /// The text of an element as one line; none where it has no text.
    fn text_of(&mut self, element: ElementRef<'_>) -> Option<String> {
        let lines = crate::catalog::plain_text(&self.blocks_in(element));
        (!lines.is_empty()).then(|| lines.join(" "))
    }

    fn walk(&mut self, parent: NodeRef<'_, Node>, form: &Run) {
        for child in parent.children() {
            match child.value() {
                Node::Text(text) => self.paragraph.push(text, form),
                Node::Element(_) => {
                    if let Some(element) = ElementRef::wrap(child) {
                        self.read_element(element, form);
                    }
                }
                _ => {}
            }
        }
    }

    fn read_element(&mut self, element: ElementRef<'_>, form: &Run) {
        if is_furniture(element) || self.passed_over.contains(&element.id()) {
            return;
        }
        let name = element.value().name();
        if name == "br" {
            self.paragraph.push_blank();
        } else if INLINE.contains(&name) {
            self.walk(*element, &self.inner_form(element, form));
        } else {
            self.end_paragraph();
            self.read_block(element);
            self.end_paragraph();
        }
    }

    fn read_block(&mut self, element: ElementRef<'_>) {
        let block = match element.value().name() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => return self.read_heading(element),
            "ul" => self.read_list(element, false),
            "ol" => self.read_list(element, true),
            "pre" => read_code(element),
            "table" => return self.read_table(element),
            "img" => read_image(element),
            "blockquote" => Some(Block::Note {
                title: None,
                blocks: self.blocks_in(element),
            }),
            _ if is_note(element) => Some(self.read_note(element)),
            _ if device::is_list(element) && self.read_devices(element) => return,
            _ => return self.walk(*element, &Run::default()),
        };
        self.items.extend(block.map(Item::Block));
    }

    fn read_heading(&mut self, element: ElementRef<'_>) {
        let Some(text) = self.text_of(element) else {
            return;
        };
        let level = element.value().name().as_bytes()[1] - b'0';
        self.items.push(Item::Heading(Heading {
            node: element.id(),
            level,
            text,
            anchor: element.value().id().map(str::to_owned),
            devices: device::of_attribute(element),
        }));
    }

    fn read_devices(&mut self, element: ElementRef<'_>) -> bool {
        let devices = device::of_list(element);
        let found = !devices.is_empty();
        if found {
            self.items.push(Item::Devices(devices));
        }
        found
    }

    fn read_list(&mut self, element: ElementRef<'_>, ordered: bool) -> Option<Block> {
        let items: Vec<_> = element
            .child_elements()
            .map(|item| self.blocks_in(item))
            .filter(|blocks| !blocks.is_empty())
            .collect();
        (!items.is_empty()).then_some(Block::List { ordered, items })
    }

    fn read_table(&mut self, element: ElementRef<'_>) {
        let blocks = table::read(element, |inner| self.blocks_in(inner));
        self.items.extend(blocks.into_iter().map(Item::Block));
    }

    /// A call-out: its caption stands in an element of its own before what it says.
    fn read_note(&mut self, element: ElementRef<'_>) -> Block {
        let caption = element
            .descendants()
            .filter_map(ElementRef::wrap)
            .find(|inner| has_class(*inner, "title") || has_class(*inner, "notetitle"));
        let title = caption.and_then(|caption| {
            let title = self.text_of(caption);
            self.passed_over.insert(caption.id());
            title
        });
        Block::Note {
            title,
            blocks: self.blocks_in(element),
        }
    }

    fn end_paragraph(&mut self) {
        self.items.extend(self.paragraph.take().map(Item::Block));
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

/// Program text. The site sets each line as an item of a list; elsewhere lines end as usual.
fn read_code(element: ElementRef<'_>) -> Option<Block> {
    let lines: Vec<String> = element
        .descendants()
        .filter_map(ElementRef::wrap)
        .filter(|inner| inner.value().name() == "li")
        .map(|line| line.text().collect())
        .collect();
    let text = if lines.is_empty() {
        element.text().collect()
    } else {
        lines.join("\n")
    };
    let text = text.replace('\u{a0}', " ").replace('\u{200b}', "");
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let text = lines.join("\n").trim_matches('\n').to_owned();
    (!text.is_empty()).then(|| Block::Code {
        language: code_language(element),
        text,
    })
}

fn code_language(element: ElementRef<'_>) -> Option<String> {
    const NOT_LANGUAGES: [&str; 4] = ["prettyprint", "linenums", "hljs", "screen"];
    let named = element.value().attr("hw-language");
    let class = || {
        element
            .value()
            .classes()
            .find(|class| !NOT_LANGUAGES.contains(class) && !class.starts_with("ng-"))
    };
    named.or_else(class).map(str::to_lowercase)
}
