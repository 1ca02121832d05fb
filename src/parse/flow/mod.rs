//! The flow of an article: its headings, device lists and blocks in order, whatever elements
//! they are wrapped in.
//!
//! Elements that are not known are looked through, so that their text is never lost.

mod block;
mod list;
mod pre;
mod title;

use std::collections::HashSet;

use ego_tree::{NodeId, NodeRef};
use scraper::{ElementRef, Node};
use url::Url;

use super::budget::Budget;
use super::inline::{self, Lines};
use super::item::{Content, Item, Title};
use super::{boilerplate, heading, image, is_one_of};
use crate::catalog::{Block, Run, plain_text};
use crate::problem::ParseProblem;
use crate::snapshot::{Document, attribute};

/// Elements that end the paragraph they are in. All others, known or not, are part of it.
const BLOCKS: &str = "address|article|aside|blockquote|body|center|dd|details|dialog|dir|div|dl|dt|\
    fieldset|figcaption|figure|footer|form|h1|h2|h3|h4|h5|h6|header|hr|legend|li|main|menu|nav|ol|\
    optgroup|option|p|pre|section|summary|table|tbody|td|th|tr|ul";

/// How much text the cells of a page's tables may repeat because they span rows or columns.
/// Pages repeat a few hundred bytes; a hostile one is kept from filling the memory.
const MAX_REPEATED: usize = 1 << 20;

/// The longest address that is kept. Every piece of a linked text has it, so that a hostile page
/// could make much of little.
const MAX_LINK: usize = 2048;

/// How many bytes the addresses of a page's links may take, each counted for every text that has it.
/// Pages have some ten kB of them.
const MAX_LINKS: usize = 4 << 20;

/// The flow of a document.
#[derive(Debug, Default)]
pub(crate) struct Flow {
    pub(crate) title: Option<Title>,
    pub(crate) items: Vec<Item>,
    /// The text nodes that are in the title, in an item or in boilerplate.
    pub(super) visited: HashSet<NodeId>,
    /// How many characters of them are boilerplate.
    pub(super) boilerplate: usize,
    /// What is wrong with the flow itself, and where.
    pub(super) problems: Vec<(NodeId, ParseProblem)>,
}

/// Reads the flow of a document's articles, and the heading of the page apart from it.
pub(crate) fn flow_of(document: &Document, base: Option<&Url>) -> Flow {
    let mut builder = FlowBuilder::new(base);
    builder.read_title(document);
    for article in document.articles() {
        builder.read_children(*article, &Run::default());
        builder.end_paragraph();
    }
    builder.finish()
}

/// The heading of the page alone, for those who have to know it before the flow is read.
pub(super) fn read_title(document: &Document) -> Option<Title> {
    let mut builder = FlowBuilder::new(None);
    builder.read_title(document);
    builder.flow.title
}

/// A flow in the making.
#[derive(Default)]
struct FlowBuilder<'a> {
    base: Option<&'a Url>,
    flow: Flow,
    /// Elements that are read already: the title, and the captions of call-outs.
    skipped: HashSet<NodeId>,
    repeats: Budget,
    links: Budget,
    /// The paragraph that is being read, and where it begins.
    lines: Lines,
    paragraph_node: Option<NodeId>,
    /// The pictures in the paragraph; they follow it, so that its sentences stay whole.
    images: Vec<Item>,
    /// Whether a list item, a cell or a call-out is being read.
    is_apart: bool,
}

impl<'a> FlowBuilder<'a> {
    fn new(base: Option<&'a Url>) -> Self {
        Self {
            base,
            repeats: Budget::new(MAX_REPEATED),
            links: Budget::new(MAX_LINKS),
            ..Self::default()
        }
    }

    fn finish(mut self) -> Flow {
        let links = |node| (node, ParseProblem::TooManyLinks { limit: MAX_LINKS });
        let spans = |node| (node, ParseProblem::TooManySpans);
        self.flow.problems.extend(self.links.exceeded_at.map(links));
        self.flow
            .problems
            .extend(self.repeats.exceeded_at.map(spans));
        heading::settle_levels(&mut self.flow.items);
        self.flow
    }

    /// The blocks that some reading finds, apart from the flow: those of a list item, a cell or
    /// a call-out. There headings are paragraphs like others.
    fn read_apart(&mut self, read: impl FnOnce(&mut Self)) -> Vec<Block> {
        let outer_items = std::mem::take(&mut self.flow.items);
        let was_apart = std::mem::replace(&mut self.is_apart, true);
        read(self);
        self.end_paragraph();
        self.is_apart = was_apart;
        let items = std::mem::replace(&mut self.flow.items, outer_items);
        let blocks = items.into_iter().map(|item| match item.content {
            Content::Block(block) => block,
            Content::Heading(heading) => Block::plain(heading.text),
            Content::Devices(devices) => Block::plain(devices.join(", ")),
        });
        blocks.collect()
    }

    fn blocks_in(&mut self, element: ElementRef<'_>) -> Vec<Block> {
        self.read_apart(|builder| builder.read_children(*element, &Run::default()))
    }

    /// The text of an element as one line; none where it has no text.
    fn line_in(&mut self, element: ElementRef<'_>) -> Option<String> {
        let text = inline::collapse(&plain_text(&self.blocks_in(element)).join(" "));
        (!text.is_empty()).then_some(text)
    }

    fn read_children(&mut self, parent: NodeRef<'_, Node>, form: &Run) {
        for child in parent.children() {
            self.read_node(child, form);
        }
    }

    fn read_node(&mut self, node: NodeRef<'_, Node>, form: &Run) {
        if let Node::Text(text) = node.value() {
            self.read_text(node.id(), text, form);
        } else if let Some(element) = ElementRef::wrap(node) {
            self.read_element(element, form);
        }
    }

    fn read_text(&mut self, node: NodeId, text: &str, form: &Run) {
        self.flow.visited.insert(node);
        self.paragraph_node.get_or_insert(node);
        // In Markdown, what follows a tag is read as HTML up to the next empty line.
        if let Some(heading) = heading::find_in_markdown(text) {
            self.add_hidden(node, heading, false);
        }
        match &form.link {
            Some(link) if !self.links.spend(link.len(), node) => {
                let form = Run {
                    link: None,
                    ..form.clone()
                };
                self.lines.push(text, &form);
            }
            _ => self.lines.push(text, form),
        }
    }

    fn read_element(&mut self, element: ElementRef<'_>, form: &Run) {
        if self.skipped.contains(&element.id()) {
            return;
        }
        if boilerplate::is_element(element) {
            return self.skip_boilerplate(element);
        }
        let name = element.value().name();
        if is_one_of(name, BLOCKS) {
            self.end_paragraph();
            self.read_block(element);
            self.end_paragraph();
        } else if name == "br" {
            self.lines.end_line();
        } else if name == "img" {
            let image = image::read_image(element).map(|image| Item {
                node: element.id(),
                content: Content::Block(image),
            });
            self.images.extend(image);
        } else {
            self.read_children(*element, &self.inner_form(element, form));
        }
    }

    fn skip_boilerplate(&mut self, element: ElementRef<'_>) {
        for node in element.descendants() {
            // A title may have been read in boilerplate because there is no better one.
            if let Node::Text(text) = node.value()
                && self.flow.visited.insert(node.id())
            {
                self.flow.boilerplate += inline::count_visible(text);
            }
        }
    }

    fn end_paragraph(&mut self) {
        let node = self.paragraph_node.take();
        for block in self.lines.take_paragraphs() {
            if let Block::Paragraph { text, .. } = &block
                && boilerplate::is_button_caption(text)
            {
                self.flow.boilerplate += inline::count_visible(text);
            } else if let Some(node) = node {
                self.push(node, Content::Block(block));
            }
        }
        self.flow.items.append(&mut self.images);
    }

    fn push(&mut self, node: NodeId, content: Content) {
        self.flow.items.push(Item { node, content });
    }

    /// Reports a heading that seems to have a code and is kept as text.
    fn add_hidden(&mut self, node: NodeId, heading: &str, is_program_text: bool) {
        let problem = ParseProblem::HiddenCode {
            heading: heading.to_owned(),
            is_program_text,
        };
        self.flow.problems.push((node, problem));
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

    /// The absolute address of a link; none for what is not the address of a page, such as a script.
    fn resolve(&self, link: &str) -> Option<String> {
        if link.len() > MAX_LINK {
            return None;
        }
        let url = Url::options().base_url(self.base).parse(link).ok()?;
        let is_link = matches!(url.scheme(), "http" | "https" | "mailto");
        (is_link && url.as_str().len() <= MAX_LINK).then(|| url.into())
    }
}
