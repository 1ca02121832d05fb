//! Markdown and HTML, as pulldown-cmark and html5ever read them.

use pulldown_cmark::{
    CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, html::push_html,
};
use scraper::{ElementRef, Html, Node};

use super::piece::Piece;

/// A file of Markdown.
pub fn markdown(text: &str) -> Result<Vec<Piece>, String> {
    check_fences(text)?;
    events(text, Piece::Shown)
}

/// Refuses code by indentation alone, which is none of a record. The harmless twin would have it
/// too.
pub fn check_fences(text: &str) -> Result<(), String> {
    let is_indented =
        |event| matches!(event, Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)));
    if Parser::new(text).any(is_indented) {
        return Err("code by indentation alone".to_owned());
    }
    Ok(())
}

/// The Markdown of a comment, in which languages need backslashes of their own.
pub fn comment(text: &str) -> Result<Vec<Piece>, String> {
    events(text, Piece::Comment)
}

fn events(text: &str, piece: fn(String) -> Piece) -> Result<Vec<Piece>, String> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM;
    let mut events = Events {
        piece,
        pieces: Vec::new(),
        shown: String::new(),
        autolink: None,
    };
    for event in Parser::new_ext(text, options) {
        events.push(event)?;
    }
    let mut page = String::new();
    push_html(&mut page, Parser::new_ext(text, options));
    check_elements(&Html::parse_fragment(&page))?;
    Ok(events.pieces)
}

/// What is read of Markdown so far.
struct Events<'a> {
    piece: fn(String) -> Piece,
    pieces: Vec<Piece>,
    /// Text that has not become a piece, as more of it may follow.
    shown: String,
    /// The address of a text that is a link to itself.
    autolink: Option<CowStr<'a>>,
}

impl<'a> Events<'a> {
    fn push(&mut self, event: Event<'a>) -> Result<(), String> {
        match event {
            // Some texts cannot be bold or code, such as those that begin or end with a sign.
            Event::Start(Tag::Strong) | Event::End(TagEnd::Strong) => {}
            Event::Code(code) => self.shown.push_str(&code),
            // An address in a text is a link to itself.
            Event::Start(Tag::Link {
                link_type: LinkType::Autolink,
                dest_url,
                ..
            }) => self.autolink = Some(dest_url),
            Event::End(TagEnd::Link) if self.autolink.is_some() => self.autolink = None,
            Event::Text(text) => match self.autolink.as_ref() {
                Some(address) if *address != text => {
                    return Err(format!("{text} links to {address}"));
                }
                _ => self.shown.push_str(&text),
            },
            Event::SoftBreak => self.shown.push('\n'),
            event => self.push_shape(event)?,
        }
        Ok(())
    }

    fn push_shape(&mut self, event: Event<'a>) -> Result<(), String> {
        if !self.shown.is_empty() {
            let shown = std::mem::take(&mut self.shown);
            self.pieces.push((self.piece)(shown));
        }
        self.pieces.push(Piece::Shape(match event {
            Event::Start(Tag::Image { .. }) => return Err(format!("a picture: {event:?}")),
            Event::Start(Tag::Link { dest_url, .. }) => {
                check_address(&dest_url)?;
                format!("link to {dest_url}")
            }
            event => format!("{event:?}"),
        }));
        Ok(())
    }
}

/// A file of HTML: its elements with their attributes, its texts and comments.
pub fn html(text: &str) -> Result<Vec<Piece>, String> {
    let page = Html::parse_document(text);
    if let [error, ..] = &page.errors[..] {
        return Err(error.to_string());
    }
    check_elements(&page)?;
    let mut pieces = Vec::new();
    for node in page.tree.root().descendants() {
        match node.value() {
            Node::Element(element) => {
                let parent = node.parent().and_then(ElementRef::wrap);
                let parent = parent.map_or("", |parent| parent.value().name());
                pieces.push(Piece::Shape(format!("{parent} > {}", element.name())));
                let mut attributes: Vec<(&str, &str)> = element.attrs().collect();
                attributes.sort_unstable();
                for (name, value) in attributes {
                    pieces.push(Piece::Shape(name.to_owned()));
                    pieces.push(Piece::Shown(value.to_owned()));
                }
            }
            Node::Text(text) => pieces.push(Piece::Shown(text.to_string())),
            Node::Comment(comment) => pieces.push(Piece::Shape(format!("{:?}", &comment[..]))),
            other => pieces.push(Piece::Shape(format!("{other:?}"))),
        }
    }
    Ok(pieces)
}

/// Nothing runs but the script of the catalogue itself, which the comparison finds unchanged,
/// nothing is fetched, and links lead to the web or stay in the page.
fn check_elements(page: &Html) -> Result<(), String> {
    const FETCH: [&str; 14] = [
        "img", "image", "iframe", "frame", "object", "embed", "link", "base", "audio", "video",
        "source", "svg", "math", "portal",
    ];
    for element in page.tree.root().descendants().filter_map(ElementRef::wrap) {
        let name = element.value().name();
        if FETCH.contains(&name) {
            return Err(format!("an element {}", element.html()));
        }
        for (name, value) in element.value().attrs() {
            let is_bad = match name {
                "href" => check_address(value).is_err(),
                // Columns of Markdown.
                "style" => !value.starts_with("text-align: "),
                "src" | "srcset" | "action" | "formaction" | "poster" | "background" | "srcdoc"
                | "ping" => true,
                name => name.starts_with("on") || name.starts_with("xlink"),
            };
            if is_bad {
                return Err(format!("an attribute {name}={value:?}"));
            }
        }
    }
    Ok(())
}

fn check_address(address: &str) -> Result<(), String> {
    let is_relative = address.starts_with('#')
        || address.split('#').next().is_some_and(|file| {
            file.ends_with(".md")
                && file
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
        });
    let is_web = ["https://", "http://", "mailto:"]
        .iter()
        .any(|scheme| address.starts_with(scheme));
    if is_relative || is_web {
        Ok(())
    } else {
        Err(format!("a link to {address:?}"))
    }
}
