//! Builds the DOM and remembers where each node came from.
//!
//! The HTML parser does not tell offsets. It does work through its input strictly in order,
//! so it is fed in pieces that end where a tag begins or ends: whatever nodes a piece brings
//! forth stand at the start of that piece.

use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use html5ever::tendril::StrTendril;
use scraper::{Html, Node};

use super::limit::{Excess, MAX_ATTRIBUTES};
use super::read::{Ending, Reader};

/// Where the nodes of a DOM stand in the text they were parsed from.
#[derive(Debug)]
pub(super) struct Offsets {
    /// Sorted by node: nodes are numbered in the order in which they come into being.
    starts: Vec<(NodeId, usize)>,
    has_element: bool,
    shell: Shell,
    excess: Option<(Excess, usize)>,
    ending: Ending,
}

/// What a text has of the elements around a whole document.
#[derive(Debug, Clone, Copy, Default)]
struct Shell {
    begins: bool,
    ends: bool,
}

impl Offsets {
    /// The byte at which a node begins; that of the node made before it where it is not known.
    pub(super) fn of(&self, node: NodeId) -> usize {
        let after = self.starts.partition_point(|(id, _)| *id <= node);
        match after.checked_sub(1) {
            Some(index) => self.starts[index].1,
            None => 0,
        }
    }

    /// What the text has too much of, and the byte at which its reading was given up.
    pub(super) fn excess(&self) -> Option<(Excess, usize)> {
        self.excess
    }

    /// Whether the text has any element of its own, beside those that every document has.
    pub(super) fn has_element(&self) -> bool {
        self.has_element
    }

    /// Whether the text has the elements around a whole document, rather than a piece of one.
    pub(super) fn has_shell(&self) -> bool {
        self.shell.begins
    }

    /// Whether the text has the end of a whole document.
    pub(super) fn ends_shell(&self) -> bool {
        self.shell.ends
    }

    /// What is wrong with the end of the text.
    pub(super) fn ending(&self) -> Ending {
        self.ending
    }
}

/// Parses a text as an HTML document; what follows once it has too much of something is not read.
pub(super) fn build(text: &str) -> (Html, Offsets) {
    let reader = Reader::new();
    let mut pieces = Pieces::default();
    let mut shell = Shell::default();
    let mut excess = None;
    // Pieces of one buffer share it.
    let whole = StrTendril::from_slice(text);
    let mut offset = 0;
    while offset < text.len() && excess.is_none() {
        let cut = reader.next(&text[offset..]);
        let piece = &text[offset..offset + cut.length];
        // The tokenizer compares each attribute with all before it: it must not see so many.
        if cut.attributes > MAX_ATTRIBUTES {
            excess = Some((Excess::Attributes, offset));
            break;
        }
        shell.begins = shell.begins || begins_with_any(piece, ["<html", "<body"]);
        shell.ends = shell.ends || begins_with_any(piece, ["</html", "</body"]);
        reader.read(subtendril(&whole, offset, piece));
        pieces.add(reader.nodes(), offset);
        excess = reader.excess().map(|found| (found, offset));
        offset += cut.length;
    }
    let (html, ending) = reader.finish();
    let (starts, has_element) = locate(&html, &pieces.0);
    let offsets = Offsets {
        starts,
        has_element,
        shell,
        excess,
        ending,
    };
    (html, offsets)
}

/// How many nodes there were after each piece, and where the piece began. Of pieces that bring
/// forth no node only the last is kept: a text may be all stray end tags.
#[derive(Debug, Default)]
struct Pieces(Vec<(usize, usize)>);

impl Pieces {
    fn add(&mut self, nodes: usize, offset: usize) {
        if let [.., (before, _), (last, _)] = self.0[..]
            && before == last
        {
            self.0.pop();
        }
        self.0.push((nodes, offset));
    }
}

/// A piece of a text as the parser takes it.
fn subtendril(whole: &StrTendril, offset: usize, piece: &str) -> StrTendril {
    let range = u32::try_from(offset)
        .ok()
        .zip(u32::try_from(piece.len()).ok());
    let shared = range.and_then(|(offset, length)| whole.try_subtendril(offset, length).ok());
    shared.unwrap_or_else(|| StrTendril::from_slice(piece))
}

fn begins_with_any(piece: &str, tags: [&str; 2]) -> bool {
    let piece = piece.as_bytes();
    piece.first() == Some(&b'<') && tags.iter().any(|tag| begins_with(piece, tag))
}

/// Whether a text begins with some ASCII, in whatever case.
fn begins_with(text: &[u8], start: &str) -> bool {
    let own = text.get(..start.len());
    own.is_some_and(|own| own.eq_ignore_ascii_case(start.as_bytes()))
}

/// The address that a browser, or what extends one, notes when it saves a page.
pub(super) fn saved_from(html: &Html) -> Option<String> {
    let outside = html.tree.root().children();
    let nodes = outside.chain(html.root_element().children());
    let mut comments = nodes.filter_map(|node| node.value().as_comment());
    comments.find_map(|comment| {
        let comment = comment.trim();
        // `saved from url=(0081)https://…`: the number is the length of the address.
        let noted = comment.strip_prefix("saved from url=");
        let by_browser = noted.and_then(|noted| noted.split_once(')'));
        if let Some((_, address)) = by_browser {
            return Some(address.trim().to_owned());
        }
        let noted = comment.strip_prefix("Page saved with SingleFile")?;
        let mut lines = noted.lines().map(str::trim);
        let address = lines.find_map(|line| line.strip_prefix("url:"))?;
        Some(address.trim().to_owned())
    })
}

/// Where each node begins, and whether there is an element beside those of every document.
fn locate(html: &Html, pieces: &[(usize, usize)]) -> (Vec<(NodeId, usize)>, bool) {
    let mut starts = Vec::with_capacity(html.tree.values().len());
    let mut has_element = false;
    let mut piece = 0;
    for (index, node) in html.tree.nodes().enumerate() {
        while piece + 1 < pieces.len() && pieces[piece].0 <= index {
            piece += 1;
        }
        starts.push((
            node.id(),
            pieces.get(piece).map_or(0, |(_, offset)| *offset),
        ));
        has_element |= node
            .value()
            .as_element()
            .is_some_and(|element| !matches!(element.name(), "html" | "head" | "body"));
    }
    (starts, has_element)
}

/// A node that lies more than so many levels below another, if there is one. Found without
/// recursion: the tree may be as deep as its text is long.
pub(super) fn too_deep(top: NodeRef<'_, Node>, levels: usize) -> Option<NodeId> {
    let mut depth = 0;
    top.traverse().find_map(|edge| {
        match edge {
            Edge::Open(_) => depth += 1,
            Edge::Close(_) => depth -= 1,
        }
        match edge {
            Edge::Open(node) if depth > levels + 1 => Some(node.id()),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pieces_of(text: &str) -> Vec<(usize, &str)> {
        let reader = Reader::new();
        let mut pieces = Vec::new();
        let mut offset = 0;
        while offset < text.len() {
            let length = reader.next(&text[offset..]).length;
            let piece = &text[offset..offset + length];
            reader.read(StrTendril::from_slice(piece));
            pieces.push((offset, piece));
            offset += length;
        }
        pieces
    }

    #[test]
    fn a_text_is_cut_at_its_tags() {
        assert_eq!(
            pieces_of("a<b>c</b>d > e<f x='>' y=\">\">< g<h"),
            [
                (0, "a"),
                (1, "<b>"),
                (4, "c"),
                (5, "</b>"),
                (9, "d > e"),
                (14, "<f x='>' y=\">\">"),
                (29, "< g"),
                (32, "<h"),
            ]
        );
    }

    #[test]
    fn programs_have_no_tags_in_them() {
        assert_eq!(
            pieces_of("<script>a='<b c=\"'<</SCRIPT a='>'><p>"),
            [
                (0, "<script>"),
                (8, "a='<b c=\"'<<"),
                (20, "/"),
                (21, "SCRIPT a='>'>"),
                (34, "<p>"),
            ]
        );
        let in_comment = pieces_of("<script><!--<script></script a='</script><p>'>");
        let texts: Vec<_> = in_comment.iter().map(|(_, piece)| *piece).collect();
        assert_eq!(
            texts,
            [
                "<script>",
                "<!--<script><",
                "/",
                "script a='<",
                "/",
                "script>",
                "<p>",
                "'>"
            ]
        );
        // A title of a drawing is an element like any other.
        let drawing = pieces_of("<svg><title><p></title><plaintext><p>");
        assert_eq!(drawing.last(), Some(&(34, "<p>")));
    }

    proptest! {
        /// The reader itself sees to it that no piece has two tags or comments.
        #[test]
        fn a_text_read_in_pieces_is_the_same_document(
            parts in prop::collection::vec(prop::sample::select(vec![
                "<p>", "</p>", "<p a==\"", "<p =\"x", "\"", "'", ">", "<", "<!--", "-->", "--!>", "<!-",
                "<!", "<?", "</", "</ ", "<script>", "</script>", "</script ", "<script", "<title>",
                "</title>", "</title/a='", "<svg>", "<math>", "</svg>", "<style>", "</style>", "<![CDATA[",
                "]]>", "]", "<plaintext>", "<table>", "<td>", "<b>", "</b>", "<a b=c>", "<noscript>",
                "</noscript>", "<template>", "<select>", "<textarea>\n", "</TEXTAREA\r\n>", "<iframe/>",
                "<!DOCTYPE html>", "</body>", "<frameset>", "<foreignObject>", "\r", "\n", "\0", "/", "=",
                " ", "&am", "&lt", ";", "x", "错",
            ]), 0..60),
        ) {
            let text = parts.concat();
            let (html, _) = build(&text);
            prop_assert_eq!(html.html(), Html::parse_document(&text).html());
        }
    }

    #[test]
    fn an_address_is_noted_in_a_comment() {
        let noted = |text: &str| saved_from(&build(text).0);
        let address = Some("https://a.b/c".to_owned());
        assert_eq!(
            noted("<!-- saved from url=(0013)https://a.b/c --><p>x"),
            address
        );
        let single_file = "<!DOCTYPE html> <html lang=zh><!--\n Page saved with SingleFile \n \
            url: https://a.b/c \n saved date: Sat Aug 29 2026\n--><meta charset=utf-8><p>x";
        assert_eq!(noted(single_file), address);
        assert_eq!(noted("<!-- url: https://a.b/c --><p>x"), None);
    }

    #[test]
    fn what_brings_forth_nothing_is_not_kept() {
        let mut pieces = Pieces::default();
        for (nodes, offset) in [(3, 0), (3, 4), (3, 8), (5, 12), (6, 16), (6, 20), (6, 24)] {
            pieces.add(nodes, offset);
        }
        assert_eq!(pieces.0, [(3, 0), (5, 12), (6, 16), (6, 24)]);
        let (html, offsets) = build(&"<!doctype html></b></p x></body></x>".repeat(9));
        assert!(html.errors.is_empty());
        assert!(!offsets.ending().leaves_open);
    }

    #[test]
    fn it_is_known_how_a_text_ends() {
        let ending = |text: &str| {
            let ending = build(text).1.ending();
            (ending.breaks_off, ending.leaves_open)
        };
        assert_eq!(ending("<p>x"), (false, false));
        assert_eq!(ending("<p>x</p><p"), (true, false));
        assert_eq!(ending("<!-- x"), (true, false));
        assert_eq!(ending("<div>x"), (false, true));
        assert_eq!(ending("<div>x</body></div>"), (false, true));
        assert_eq!(ending("<div>x <b"), (true, true));
    }

    #[test]
    fn nodes_know_where_they_stood() {
        let text = "<h1 title='a > b'>x</h1>\n<p>一 &amp; 二<b>三</b>四</p>";
        let (html, offsets) = build(text);
        for node in html.tree.nodes() {
            let at = &text[offsets.of(node.id())..];
            match node.value() {
                scraper::Node::Element(element) if element.name() == "h1" => {
                    assert!(at.starts_with("<h1 "), "{at}");
                }
                scraper::Node::Element(element) if element.name() == "p" => {
                    assert!(at.starts_with("<p>"), "{at}");
                }
                scraper::Node::Element(element) if element.name() == "b" => {
                    assert!(at.starts_with("<b>"), "{at}");
                }
                scraper::Node::Text(text) if text.starts_with('一') => {
                    assert!(at.starts_with("一 &amp;"), "{at}");
                }
                scraper::Node::Text(text) if text.starts_with('四') => {
                    assert!(at.starts_with("四</p>"), "{at}");
                }
                _ => {}
            }
        }
    }
}
