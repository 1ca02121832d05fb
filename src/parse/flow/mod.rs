//! The flow of an article: its sections with their devices and blocks, whatever elements they are
//! wrapped in.
//!
//! Elements that are not known are looked through, so that their text is never lost.

mod block;
mod list;
mod pre;
mod title;

use std::collections::HashSet;
use std::iter;

use ego_tree::{NodeId, NodeRef};
use scraper::{ElementRef, Node};
use url::Url;

use super::findings::Finding;
use super::inline::{self, Lines};
use super::section::{Body, Section, Title};
use super::{Account, PageFacts, boilerplate, device, heading, image, language};
use crate::budget::Budget;
use crate::catalog::{Block, Language, Part, Run, plain_text};
use crate::problem::ParseProblem;
use crate::snapshot::{Document, attribute};

/// The flow of a document.
#[derive(Debug, Default)]
pub(crate) struct Flow {
    /// What may be made of the page.
    pub(super) budget: Budget,
    pub(crate) language: Language,
    /// The address of the page.
    pub(crate) url: Option<Url>,
    pub(crate) title: Option<Title>,
    /// What is before the first heading.
    pub(crate) preface: Body,
    pub(crate) sections: Vec<Section>,
    /// The text nodes that are in the title, in a section or in boilerplate.
    pub(super) visited: HashSet<NodeId>,
    /// The characters of these nodes, and those of them that are boilerplate.
    pub(super) account: Account,
    /// What is wrong with the flow itself.
    pub(super) findings: Vec<Finding>,
}

impl Flow {
    /// What is before the first heading, and what follows each.
    pub(crate) fn bodies(&self) -> impl Iterator<Item = &Body> {
        let bodies = self.sections.iter().map(|section| &section.body);
        iter::once(&self.preface).chain(bodies)
    }
}

/// Reads the flow of a page's articles, and the heading of the page apart from it.
pub(crate) fn page_flow(document: &Document, facts: &PageFacts) -> Flow {
    let mut builder = FlowBuilder::default();
    builder.flow.budget = Budget::of_text(document.size);
    builder.read_title(document, facts);
    let title = builder.flow.title.as_ref();
    let title = title.map_or(&facts.id, |title| &title.text);
    let language = language::page_language(document, facts, title);
    let [chinese, english] = &facts.site_urls;
    let of_site = match language {
        Language::En => english,
        Language::Zh => chinese,
    };
    // What the project says, else what the file says, else where the site keeps such pages.
    let stated = facts.url.as_ref().or(document.stated.url.as_ref());
    builder.flow.url = stated.or(of_site.as_ref()).cloned();
    builder.flow.language = language;
    for article in document.articles() {
        builder.read_children(*article, &Run::default());
        builder.end_paragraph();
    }
    let mut flow = builder.flow;
    heading::settle_levels(&mut flow.sections);
    flow.findings.extend(builder.excess);
    flow
}

/// A flow in the making.
#[derive(Default)]
struct FlowBuilder {
    flow: Flow,
    /// Elements that are read already: the title, and the captions of call-outs.
    skipped: HashSet<NodeId>,
    /// Where the budget was exceeded.
    excess: Option<Finding>,
    /// The paragraph that is being read, and where it begins.
    lines: Lines,
    paragraph_node: Option<NodeId>,
    /// The pictures in the paragraph; they follow it, so that its sentences stay whole.
    images: Vec<(NodeId, Block)>,
    /// Whether a list item, a cell or a call-out is being read.
    is_apart: bool,
}

impl FlowBuilder {
    /// Whether a node may have so many copies of a text.
    fn may_copy(&mut self, node: NodeId, text: &str, copies: usize) -> bool {
        let is_allowed = self.flow.budget.spend(text.len().saturating_mul(copies));
        if !is_allowed {
            self.note_excess(node, text);
        }
        is_allowed
    }

    /// Notes the first text of which there are too many copies.
    fn note_excess(&mut self, node: NodeId, text: &str) {
        let (limit, heaviest) = (self.flow.budget.limit(), Part::Text(text).to_string());
        let problem = ParseProblem::TooMuch { limit, heaviest };
        self.excess.get_or_insert((node, problem));
    }

    /// What is being read: what follows the last heading, or, apart from the flow, the blocks of a
    /// list item, a cell or a call-out.
    fn body(&mut self) -> &mut Body {
        match self.flow.sections.last_mut() {
            Some(section) => &mut section.body,
            None => &mut self.flow.preface,
        }
    }

    /// Some blocks, and those that some reading finds behind them, apart from the flow: those of a
    /// list item, a cell or a call-out. There headings are paragraphs like others.
    fn read_apart(
        &mut self,
        begun: Vec<(NodeId, Block)>,
        read: impl FnOnce(&mut Self),
    ) -> Vec<(NodeId, Block)> {
        let outer = std::mem::replace(&mut self.body().blocks, begun);
        let was_apart = std::mem::replace(&mut self.is_apart, true);
        read(self);
        self.end_paragraph();
        self.is_apart = was_apart;
        std::mem::replace(&mut self.body().blocks, outer)
    }

    fn blocks_in(&mut self, element: ElementRef<'_>) -> Vec<Block> {
        let blocks = self.read_apart(Vec::new(), |builder| {
            builder.read_children(*element, &Run::default());
        });
        blocks.into_iter().map(|(_, block)| block).collect()
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
        self.visit(node, text);
        self.paragraph_node.get_or_insert(node);
        // In Markdown, what follows a tag is read as HTML up to the next empty line.
        if let Some(heading) = heading::find_in_markdown(text) {
            self.add_hidden(node, heading, false);
        }
        self.lines.push(text, form);
    }

    /// Counts the text of a node, unless that is done already.
    fn visit(&mut self, node: NodeId, text: &str) -> bool {
        let is_new = self.flow.visited.insert(node);
        if is_new {
            self.flow.account.read += inline::count_visible(text);
        }
        is_new
    }

    fn read_element(&mut self, element: ElementRef<'_>, form: &Run) {
        if self.skipped.contains(&element.id()) {
            return;
        }
        if boilerplate::is_element(element) {
            return self.skip_boilerplate(element);
        }
        match element.value().name() {
            "br" => self.lines.end_line(),
            "img" => {
                let image = image::read_image(element);
                self.images.extend(image.map(|image| (element.id(), image)));
            }
            // Elements that end the paragraph they are in. All others, known or not, are part of it.
            "address" | "article" | "aside" | "blockquote" | "body" | "center" | "dd"
            | "details" | "dialog" | "dir" | "div" | "dl" | "dt" | "fieldset" | "figcaption"
            | "figure" | "footer" | "form" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "header"
            | "hr" | "legend" | "li" | "main" | "menu" | "nav" | "ol" | "optgroup" | "option"
            | "p" | "pre" | "section" | "summary" | "table" | "tbody" | "td" | "th" | "tr"
            | "ul" => {
                self.end_paragraph();
                self.read_block(element);
                self.end_paragraph();
            }
            _ => {
                let form = self.inner_form(element, form);
                self.read_children(*element, &form);
            }
        }
    }

    fn skip_boilerplate(&mut self, element: ElementRef<'_>) {
        for node in element.descendants() {
            // A title may have been read in boilerplate because there is no better one.
            if let Node::Text(text) = node.value()
                && self.visit(node.id(), text)
            {
                self.flow.account.furniture += inline::count_visible(text);
            }
        }
    }

    fn end_paragraph(&mut self) {
        let node = self.paragraph_node.take();
        for block in self.lines.take_paragraphs() {
            if let Block::Paragraph { text, .. } = &block
                && boilerplate::is_button_caption(text)
            {
                self.flow.account.furniture += inline::count_visible(text);
            } else if let Some(node) = node {
                self.push(node, block);
            }
        }
        let mut images = std::mem::take(&mut self.images);
        self.body().blocks.append(&mut images);
    }

    fn push(&mut self, node: NodeId, block: Block) {
        let is_apart = self.is_apart;
        let body = self.body();
        if !is_apart
            && body.blocks.is_empty()
            && let Block::Paragraph { text, .. } = &block
            && let Some(devices) = device::names_in_line(text)
        {
            body.add_devices(devices);
        } else {
            body.blocks.push((node, block));
        }
    }

    /// Reports a heading that seems to have a code and is kept as text.
    fn add_hidden(&mut self, node: NodeId, heading: &str, is_program_text: bool) {
        let problem = ParseProblem::HiddenCode {
            heading: heading.to_owned(),
            is_program_text,
        };
        self.flow.findings.push((node, problem));
    }

    /// The form of what is in an element. Each piece of a linked text has the address, so that each
    /// is a copy of it.
    fn inner_form(&mut self, element: ElementRef<'_>, form: &Run) -> Run {
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
        if let Some(link) = &form.link
            && !self.may_copy(element.id(), link, 1 + element.children().count())
        {
            form.link = None;
        }
        form
    }

    /// The absolute address of a link; none for what is not the address of a page, such as a script.
    fn resolve(&self, link: &str) -> Option<String> {
        let url = Url::options()
            .base_url(self.flow.url.as_ref())
            .parse(link)
            .ok()?;
        let is_link = matches!(url.scheme(), "http" | "https" | "mailto");
        is_link.then(|| url.into())
    }
}
