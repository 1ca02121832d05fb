//! Markdown and HTML, as pulldown-cmark and html5ever read them.

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd, html::push_html};
use scraper::{ElementRef, Html, Node};

use crate::piece::Piece;

/// A file of Markdown.
pub fn markdown(text: &str) -> Result<Vec<Piece>, String> {
    events(text, Piece::Shown)
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
    let mut shown = String::new();
    let mut pieces = Vec::new();
    let mut autolink = None;
    for event in Parser::new_ext(text, options) {
        match event {
            // Some texts cannot be bold or code, such as those that begin or end with a sign.
            Event::Start(Tag::Strong) | Event::End(TagEnd::Strong) => continue,
            // An address in a text is a link to itself.
            Event::Start(Tag::Link {
                link_type: LinkType::Autolink,
                dest_url,
                ..
            }) => {
                autolink = Some(dest_url);
                continue;
            }
            Event::End(TagEnd::Link) if autolink.is_some() => {
                autolink = None;
                continue;
            }
            Event::Text(text) => {
                if let Some(address) = autolink.as_ref().filter(|address| **address != text) {
                    return Err(format!("{text} links to {address}"));
                }
                shown.push_str(&text);
                continue;
            }
            Event::Code(code) => {
                shown.push_str(&code);
                continue;
            }
            Event::SoftBreak => {
                shown.push('\n');
                continue;
            }
            _ => {}
        }
        if !shown.is_empty() {
            pieces.push(piece(std::mem::take(&mut shown)));
        }
        match event {
            Event::Start(Tag::Image { .. }) => return Err(format!("a picture: {event:?}")),
            Event::Start(Tag::Link { dest_url, .. }) => {
                check_address(&dest_url)?;
                pieces.push(Piece::Shape(format!("link to {dest_url}")));
            }
            event => pieces.push(Piece::Shape(format!("{event:?}"))),
        }
    }
    let mut page = String::new();
    push_html(&mut page, Parser::new_ext(text, options));
    check_elements(&Html::parse_fragment(&page))?;
    Ok(pieces)
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
    match is_relative || is_web {
        true => Ok(()),
        false => Err(format!("a link to {address:?}")),
    }
}
