//! Parses HTML with html5ever, in chunks: between two of them it is checked whether the page has
//! more of something than any real one. A hostile page is given up before it costs much.

use std::cell::RefCell;
use std::collections::HashSet;
use std::mem;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, EndTag, StartTag, Tag, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{Tracer, TreeBuilder, TreeBuilderOpts};
use html5ever::{TokenizerResult, local_name};
use scraper::{ElementRef, Html, HtmlTreeSink, Node};

use crate::budget::Budget;
use crate::catalog::NODE;
use crate::problem::SnapshotProblem;

/// How many bytes are parsed before the limits are checked.
const CHUNK: usize = 512;

/// How deep the elements of an article may be nested. Real pages have about a dozen levels.
const MAX_DEPTH: usize = 64;

/// How deep the elements of a whole document may be nested: as deep as browsers go. The parser
/// looks through all open elements at each tag.
const MAX_OPEN: usize = 512;

/// What an attribute takes, beside its text.
const ATTRIBUTE: usize = 32;

/// The most attributes of an element. The parser compares each with all before it.
const MAX_ATTRIBUTES: usize = 256;

/// The most attributes of all elements that are open at one place. The parser compares those of a
/// formatting element with all before it, and those of a second `body` with all of the first. Real
/// pages have some 50.
const MAX_OPEN_ATTRIBUTES: usize = 1_000;

/// The most words of a tag or comment. It bounds the attributes of a tag that has no end: their
/// number is known only at its end.
const MAX_WORDS: usize = 10_000;

/// A parsed page.
#[derive(Debug)]
pub(super) struct ParsedHtml {
    pub(super) html: Html,
    pub(super) seen: Seen,
    /// What there is too much of; the rest was not parsed.
    pub(super) excess: Option<SnapshotProblem>,
}

/// What was seen of a text while it was parsed.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// For each line on which nodes begin, in their order: the last node before it, and the line.
    lines: Vec<(NodeId, usize)>,
    /// The line at which parsing ended.
    pub(super) last_line: usize,
    /// The most attributes of a tag.
    attributes: usize,
    /// The words, about, since the last tag, comment or text.
    words: usize,
    /// Whether there is a tag of the elements around a whole document.
    pub(super) is_whole_page: bool,
    ends_whole_page: bool,
    is_at_end: bool,
    /// The text ends within a tag or comment.
    pub(super) ends_in_markup: bool,
    /// The text ends with elements open, and without an end tag of the whole document.
    pub(super) ends_in_element: bool,
}

impl ParsedHtml {
    /// The line on which a node begins.
    pub(super) fn line_of(&self, node: NodeId) -> usize {
        let lines = &self.seen.lines;
        let after = lines.partition_point(|(before, _)| *before < node);
        let entry = after.checked_sub(1).and_then(|index| lines.get(index));
        entry.map_or(1, |(_, line)| *line)
    }

    /// All elements, in the order of the document.
    pub(super) fn elements(&self) -> impl Iterator<Item = ElementRef<'_>> {
        self.html.root_element().descendent_elements()
    }

    /// Whether there is an element beside those that every document has.
    pub(super) fn has_element(&self) -> bool {
        self.elements()
            .any(|element| !matches!(element.value().name(), "html" | "head" | "body"))
    }
}

/// Parses a text as an HTML document.
pub(super) fn parse(text: &str) -> ParsedHtml {
    parse_in_chunks(text, CHUNK)
}

fn parse_in_chunks(text: &str, size: usize) -> ParsedHtml {
    let sink = HtmlTreeSink::new(Html::new_document());
    let watch = Watch {
        builder: TreeBuilder::new(sink, TreeBuilderOpts::default()),
        seen: RefCell::default(),
        budget: Budget::of_text(text.len()),
    };
    let tokenizer = Tokenizer::new(watch, TokenizerOpts::default());
    let input = BufferQueue::default();
    let mut excess = None;
    let mut rest = text;
    while !rest.is_empty() && excess.is_none() {
        let (chunk, after) = rest.split_at(chunk_end(rest, size));
        tokenizer.sink.count_words(chunk);
        input.push_back(StrTendril::from_slice(chunk));
        // The tokenizer stops where a browser would run a script.
        while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
        excess = tokenizer.sink.excess();
        rest = after;
    }
    tokenizer.sink.seen.borrow_mut().is_at_end = true;
    tokenizer.end();
    ParsedHtml {
        html: tokenizer.sink.builder.sink.0.into_inner(),
        seen: tokenizer.sink.seen.into_inner(),
        excess,
    }
}

fn chunk_end(text: &str, size: usize) -> usize {
    let mut ends = size..text.len();
    ends.find(|end| text.is_char_boundary(*end))
        .unwrap_or(text.len())
}

/// Stands between the tokenizer and the tree builder of html5ever, and counts.
struct Watch {
    builder: TreeBuilder<NodeId, HtmlTreeSink>,
    seen: RefCell<Seen>,
    /// What the nodes take. A tag may make many: the builder opens elements again.
    budget: Budget,
}

impl Seen {
    fn note_line(&mut self, line: usize, newest: NodeId) {
        self.last_line = line;
        match self.lines.last_mut() {
            Some((_, last)) if *last == line => {}
            Some((before, last)) if *before == newest => *last = line,
            _ => self.lines.push((newest, line)),
        }
    }

    fn note_tag(&mut self, tag: &Tag) {
        self.attributes = self.attributes.max(tag.attrs.len());
        if matches!(tag.name, local_name!("html") | local_name!("body")) {
            self.is_whole_page |= tag.kind == StartTag;
            self.ends_whole_page |= tag.kind == EndTag;
        }
    }
}

impl TokenSink for Watch {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        if self.budget.is_exceeded() {
            return TokenSinkResult::Continue;
        }
        let is_end = matches!(token, Token::EOFToken);
        let before = self.node_count();
        let newest = self.newest_node();
        let mut seen = self.seen.borrow_mut();
        match &token {
            // It comes between words that no blank divides, and where the text may not end.
            Token::ParseError(_) => {
                seen.words += 1;
                seen.ends_in_markup |= seen.is_at_end;
                return TokenSinkResult::Continue;
            }
            Token::TagToken(tag) => seen.note_tag(tag),
            _ => {}
        }
        seen.words = 0;
        seen.note_line(line as usize, newest);
        let result = self.builder.process_token(token, line);
        self.count_nodes(before);
        // What the tree builder finds wrong with the end are the elements that are open.
        let errors = mem::take(&mut self.builder.sink.0.borrow_mut().errors);
        seen.ends_in_element = is_end && !errors.is_empty() && !seen.ends_whole_page;
        result
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder
            .adjusted_current_node_present_but_not_in_html_namespace()
    }
}

impl Watch {
    fn count_words(&self, chunk: &str) {
        self.seen.borrow_mut().words += chunk.bytes().filter(u8::is_ascii_whitespace).count();
    }

    fn node_count(&self) -> usize {
        self.builder.sink.0.borrow().tree.values().len()
    }

    /// Counts the nodes that there are beside so many.
    fn count_nodes(&self, before: usize) {
        let html = self.builder.sink.0.borrow();
        let values = html.tree.values();
        let new = values.len() - before;
        self.budget.spend(values.rev().take(new).map(size).sum());
    }

    fn newest_node(&self) -> NodeId {
        let html = self.builder.sink.0.borrow();
        let newest = html.tree.nodes().next_back();
        newest.map_or_else(|| html.tree.root().id(), |node| node.id())
    }

    /// What there is too much of so far.
    fn excess(&self) -> Option<SnapshotProblem> {
        let seen = self.seen.borrow();
        let open = OpenElements::default();
        self.builder.trace_handles(&open);
        let open = open.0.into_inner();
        if self.budget.is_exceeded() {
            let limit = self.budget.limit();
            let message =
                format!("the page makes more than {limit} bytes of elements, attributes included");
            return Some(SnapshotProblem::TooMuch(message));
        }
        for (count, limit, whole, parts) in [
            (seen.attributes, MAX_ATTRIBUTES, "an element", "attributes"),
            (
                self.attributes(&open),
                MAX_OPEN_ATTRIBUTES,
                "what is open at one place",
                "attributes",
            ),
            (seen.words, MAX_WORDS, "a tag or comment", "words"),
        ] {
            if count > limit {
                let message = format!("{whole} has more than {limit} {parts}");
                return Some(SnapshotProblem::TooMuch(message));
            }
        }
        (open.len() > MAX_OPEN).then_some(SnapshotProblem::TooDeep(MAX_OPEN))
    }

    fn attributes(&self, elements: &HashSet<NodeId>) -> usize {
        let html = self.builder.sink.0.borrow();
        let nodes = elements.iter().filter_map(|id| html.tree.get(*id));
        let elements = nodes.filter_map(|node| node.value().as_element());
        elements.map(|element| element.attrs.len()).sum()
    }
}

/// What a node takes. The texts of the document are there once.
fn size(node: &Node) -> usize {
    let attributes = node
        .as_element()
        .into_iter()
        .flat_map(|element| &element.attrs);
    let sizes = attributes.map(|(name, value)| ATTRIBUTE + name.local.len() + value.len());
    NODE + sizes.sum::<usize>()
}

/// The elements that a tree builder has open, and those that it will open again.
#[derive(Default)]
struct OpenElements(RefCell<HashSet<NodeId>>);

impl Tracer for OpenElements {
    type Handle = NodeId;

    fn trace_handle(&self, node: &NodeId) {
        self.0.borrow_mut().insert(*node);
    }
}

/// A node of an article that is nested too deep, if there is one. Without recursion: the tree may
/// be as deep as its text is long.
pub(super) fn too_deep(article: ElementRef<'_>) -> Option<(NodeId, SnapshotProblem)> {
    let mut depth = 0;
    article.traverse().find_map(|edge| match edge {
        Edge::Open(node) => {
            depth += 1;
            (depth > MAX_DEPTH + 1).then(|| (node.id(), SnapshotProblem::TooDeep(MAX_DEPTH)))
        }
        Edge::Close(_) => {
            depth -= 1;
            None
        }
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_text_parsed_in_chunks_is_the_same_document(
            parts in prop::collection::vec(prop::sample::select(vec![
                "<p>", "</p>", "<p a==\"", "<p =\"x", "\"", "'", ">", "<", "<!--", "-->", "--!>", "<!-",
                "<!", "<?", "</", "<script>", "</script>", "<title>", "</title>", "<svg>", "</svg>",
                "<style>", "</style>", "<![CDATA[", "]]>", "]", "<plaintext>", "<table>", "<td>", "<b>",
                "</b>", "<a b=c>", "<template>", "<select>", "<textarea>\n", "</TEXTAREA\r\n>", "</body>",
                "<!DOCTYPE html>", "\r", "\n", "\0", "/", "=", " ", "&am", "&lt", ";", "x", "错",
            ]), 0..60),
            size in 1..20_usize,
        ) {
            let text = parts.concat();
            let parsed = parse_in_chunks(&text, size);
            prop_assert_eq!(parsed.html.html(), Html::parse_document(&text).html());
        }
    }

    #[test]
    fn it_is_known_how_a_text_ends() {
        let ending = |text: &str| {
            let parsed = parse(text);
            (parsed.seen.ends_in_markup, parsed.seen.ends_in_element)
        };
        for whole in [
            "<p>x",
            "<p>AT&T",
            "<p>x &amp; y</p>",
            "<p><b>x</p>",
            "<div>x</body></div>",
            "<div>x</html>",
        ] {
            assert_eq!(ending(whole), (false, false), "{whole}");
        }
        for cut in [
            "<p>x</p><p",
            "<p>x<!-- x",
            "<p>x</",
            "<p>x <b a='",
            "<p>x<!-",
        ] {
            assert_eq!(ending(cut), (true, false), "{cut}");
        }
        for open in ["<div>x", "<p><b>x", "<ul><li>x", "<script>x", "<title>x"] {
            assert_eq!(ending(open), (false, true), "{open}");
        }
        assert_eq!(ending("<div>x <b"), (true, true));
    }

    #[test]
    fn nodes_know_their_lines() {
        let parsed =
            parse("<h1\ntitle='a > b'>x</h1>\r\n<p>一 &amp;\n二<b>三</b>\n\n<i>四\n</i>五");
        let lines: Vec<_> = parsed
            .elements()
            .map(|element| (element.value().name(), parsed.line_of(element.id())))
            .collect();
        let expected = [
            ("html", 2),
            ("head", 2),
            ("body", 2),
            ("h1", 2),
            ("p", 3),
            ("b", 4),
            ("i", 6),
        ];
        assert_eq!(lines, expected);
        assert_eq!(parsed.seen.last_line, 7);
    }

    /// An end tag of a paragraph leaves formatting open, and each text opens it again with all its
    /// attributes.
    #[test]
    fn attributes_that_the_parser_copies_are_counted() {
        let attributes: String = (0..45).map(|number| format!(" a{number}")).collect();
        let bold: String = (0..20)
            .map(|number| format!("<b i={number}{attributes}>"))
            .collect();
        let page = |paragraphs| format!("<p>{bold}</p>{}", "<p>x</p>".repeat(paragraphs));
        assert_eq!(parse(&page(50)).excess, None);
        let message = "the page makes more than 4194304 bytes of elements, attributes included";
        let expected = Some(SnapshotProblem::TooMuch(message.to_owned()));
        assert_eq!(parse(&page(300)).excess, expected);
    }

    #[test]
    fn an_endless_tag_is_given_up() {
        for separator in [" ", "/", "=''"] {
            let attributes: String = (0..12_000).map(|n| format!("a{n}{separator}")).collect();
            let excess = parse(&format!("<p {attributes}>x")).excess;
            let message = "a tag or comment has more than 10000 words";
            assert_eq!(excess, Some(SnapshotProblem::TooMuch(message.to_owned())));
        }
        let picture = format!(
            "<img src='data:image/png;base64,{}'>",
            "a/b=".repeat(100_000)
        );
        assert_eq!(parse(&picture).excess, None);
    }
}
