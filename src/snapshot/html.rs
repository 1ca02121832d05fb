//! Parses HTML with html5ever, in chunks: between two of them it is checked whether the page has
//! more of something than any real one. A hostile page is given up before it costs much.

use std::cell::RefCell;
use std::collections::HashSet;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, StartTag, Tag, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{Tracer, TreeBuilder, TreeBuilderOpts};
use html5ever::{TokenizerResult, local_name};
use scraper::{ElementRef, Html, HtmlTreeSink};

use crate::problem::SnapshotProblem;

/// How many bytes are parsed before the limits are checked.
const CHUNK: usize = 512;

/// How deep the elements of an article may be nested. Real pages have about a dozen levels.
const MAX_DEPTH: usize = 64;

/// How deep the elements of a whole document may be nested: as deep as browsers go. The parser
/// looks through all open elements at each tag.
const MAX_OPEN: usize = 512;

/// The most elements, texts and comments of a document. The longest error-code pages have some
/// 10,000.
const MAX_NODES: usize = 1_000_000;

/// The most attributes of an element. The parser compares each with all before it.
const MAX_ATTRIBUTES: usize = 256;

/// The most words of a tag or comment. It bounds the attributes of a tag that has no end: their
/// number is known only at its end.
const MAX_WORDS: usize = 10_000;

/// A parsed page.
#[derive(Debug)]
pub(super) struct ParsedHtml {
    pub(super) html: Html,
    /// For each line on which nodes begin, in their order: the last node before it, and the line.
    lines: Vec<(NodeId, usize)>,
    /// The line at which parsing ended.
    pub(super) last_line: usize,
    /// Whether there is a tag of the elements around a whole document.
    pub(super) is_whole_page: bool,
    /// What there is too much of; the rest was not parsed.
    pub(super) excess: Option<SnapshotProblem>,
    /// The text ends within a tag or comment.
    pub(super) ends_in_markup: bool,
    /// The text ends with elements open, and without an end tag of the whole document.
    pub(super) ends_in_element: bool,
}

impl ParsedHtml {
    /// The line on which a node begins.
    pub(super) fn line_of(&self, node: NodeId) -> usize {
        let after = self.lines.partition_point(|(before, _)| *before < node);
        let entry = after.checked_sub(1).and_then(|index| self.lines.get(index));
        entry.map_or(1, |(_, line)| *line)
    }

    /// All elements, in the order of the document.
    pub(super) fn elements(&self) -> impl Iterator<Item = ElementRef<'_>> {
        let nodes = self.html.tree.root().descendants();
        nodes.filter_map(ElementRef::wrap)
    }

    /// Whether there is an element beside those that every document has.
    pub(super) fn has_element(&self) -> bool {
        let names = self.elements().map(|element| element.value().name());
        names
            .into_iter()
            .any(|name| !matches!(name, "html" | "head" | "body"))
    }
}

/// Parses a text as an HTML document.
pub(super) fn parse(text: &str) -> ParsedHtml {
    parse_in_chunks(text, CHUNK)
}

fn parse_in_chunks(text: &str, size: usize) -> ParsedHtml {
    let builder = TreeBuilder::new(
        HtmlTreeSink::new(Html::new_document()),
        TreeBuilderOpts::default(),
    );
    let tokenizer = Tokenizer::new(Watch::new(builder), TokenizerOpts::default());
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
    tokenizer.sink.finish(excess)
}

fn chunk_end(text: &str, size: usize) -> usize {
    let ends = size..text.len();
    ends.into_iter()
        .find(|end| text.is_char_boundary(*end))
        .unwrap_or(text.len())
}

/// Stands between the tokenizer and the tree builder of html5ever, and counts.
struct Watch {
    builder: TreeBuilder<NodeId, HtmlTreeSink>,
    seen: RefCell<Seen>,
}

/// What was seen so far.
#[derive(Default)]
struct Seen {
    lines: Vec<(NodeId, usize)>,
    line: usize,
    /// The most attributes of a tag.
    attributes: usize,
    /// The attributes of all tags of `html` and `body`: each adds to the one element of its kind.
    shell_attributes: usize,
    /// The words, about, since the last tag, comment or text.
    words: usize,
    is_whole_page: bool,
    ends_whole_page: bool,
    is_at_end: bool,
    ends_in_markup: bool,
    ends_in_element: bool,
}

impl Seen {
    fn note_line(&mut self, line: usize, newest: NodeId) {
        self.line = line;
        match self.lines.last_mut() {
            Some((_, last)) if *last == line => {}
            Some((before, last)) if *before == newest => *last = line,
            _ => self.lines.push((newest, line)),
        }
    }

    fn note_tag(&mut self, tag: &Tag) {
        self.attributes = self.attributes.max(tag.attrs.len());
        if matches!(tag.name, local_name!("html") | local_name!("body")) {
            self.shell_attributes += tag.attrs.len();
            if tag.kind == StartTag {
                self.is_whole_page = true;
            } else {
                self.ends_whole_page = true;
            }
        }
    }
}

impl TokenSink for Watch {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        let is_end = matches!(token, Token::EOFToken);
        {
            let mut seen = self.seen.borrow_mut();
            if matches!(token, Token::ParseError(_)) {
                // Between words that no blank divides there is an error.
                seen.words += 1;
                seen.ends_in_markup |= seen.is_at_end;
                return TokenSinkResult::Continue;
            }
            seen.words = 0;
            seen.note_line(line as usize, self.newest_node());
            if let Token::TagToken(tag) = &token {
                seen.note_tag(tag);
            }
        }
        if is_end {
            self.forget_errors();
        }
        let result = self.builder.process_token(token, line);
        if is_end {
            // What the tree builder finds wrong with the end are the elements that are open.
            let has_errors = self.forget_errors();
            let mut seen = self.seen.borrow_mut();
            seen.ends_in_element = has_errors && !seen.ends_whole_page;
        }
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
    fn new(builder: TreeBuilder<NodeId, HtmlTreeSink>) -> Self {
        Self {
            builder,
            seen: RefCell::default(),
        }
    }

    fn count_words(&self, chunk: &str) {
        let blanks = chunk.bytes().filter(u8::is_ascii_whitespace);
        self.seen.borrow_mut().words += blanks.count();
    }

    fn newest_node(&self) -> NodeId {
        let html = self.builder.sink.0.borrow();
        let newest = html.tree.nodes().next_back();
        newest.map_or_else(|| html.tree.root().id(), |node| node.id())
    }

    /// Drops the errors that the tree builder has found, and tells whether there were any.
    fn forget_errors(&self) -> bool {
        let errors = &mut self.builder.sink.0.borrow_mut().errors;
        let had_errors = !errors.is_empty();
        errors.clear();
        had_errors
    }

    /// What there is too much of so far.
    fn excess(&self) -> Option<SnapshotProblem> {
        self.forget_errors();
        let seen = self.seen.borrow();
        if seen.attributes.max(seen.shell_attributes) > MAX_ATTRIBUTES {
            let message = format!("an element has more than {MAX_ATTRIBUTES} attributes");
            return Some(SnapshotProblem::TooMuch(message));
        }
        if seen.words > MAX_WORDS {
            let message = format!("a tag or comment has more than {MAX_WORDS} words");
            return Some(SnapshotProblem::TooMuch(message));
        }
        if self.builder.sink.0.borrow().tree.values().len() > MAX_NODES {
            let message = format!("the page has more than {MAX_NODES} elements and texts");
            return Some(SnapshotProblem::TooMuch(message));
        }
        let open = OpenElements::default();
        self.builder.trace_handles(&open);
        let is_too_deep = open.0.into_inner().len() > MAX_OPEN;
        is_too_deep.then_some(SnapshotProblem::TooDeep(MAX_OPEN))
    }

    fn finish(self, excess: Option<SnapshotProblem>) -> ParsedHtml {
        let seen = self.seen.into_inner();
        ParsedHtml {
            html: self.builder.sink.0.into_inner(),
            lines: seen.lines,
            last_line: seen.line,
            is_whole_page: seen.is_whole_page,
            excess,
            ends_in_markup: seen.ends_in_markup,
            ends_in_element: seen.ends_in_element,
        }
    }
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
    article.traverse().find_map(|edge| {
        match edge {
            Edge::Open(_) => depth += 1,
            Edge::Close(_) => depth -= 1,
        }
        match edge {
            Edge::Open(node) if depth > MAX_DEPTH + 1 => {
                Some((node.id(), SnapshotProblem::TooDeep(MAX_DEPTH)))
            }
            _ => None,
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
            (parsed.ends_in_markup, parsed.ends_in_element)
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
        assert_eq!(parsed.last_line, 7);
    }

    #[test]
    fn an_endless_tag_is_given_up() {
        for separator in [" ", "/", "=''"] {
            let attributes: String = (0..40_000).map(|n| format!("a{n}{separator}")).collect();
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
