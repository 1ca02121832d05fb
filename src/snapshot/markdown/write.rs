//! Writes the HTML of a Markdown text, line for line: what stands in a line of the Markdown stands
//! in the same line of the HTML, so that a place in one is a place in the other.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, OffsetIter, Parser, Tag, TagEnd};

use super::OPTIONS;
use super::raw::{self, Piece};

/// What an address in angle brackets begins with. Others, such as `<name:type>`, are placeholders.
const SCHEMES: [&str; 4] = ["http:", "https:", "ftp:", "mailto:"];

/// The HTML of the Markdown that begins at `start`.
pub(super) fn to_html(text: &str, start: usize) -> String {
    let markdown = &text[start..];
    let mut writer = Writer {
        markdown,
        events: Parser::new_ext(markdown, OPTIONS).into_offset_iter(),
        html: "\n".repeat(text[..start].matches('\n').count()),
        read: LineBreaks::default(),
        written: LineBreaks::default(),
        ends: Vec::new(),
        cell: "td",
        cells_end: 0,
    };
    writer.written.end = writer.html.len();
    while let Some((event, range)) = writer.events.next() {
        writer.write_event(event, range);
    }
    writer.html
}

/// Writes HTML as the events of the parser come.
struct Writer<'a> {
    markdown: &'a str,
    events: OffsetIter<'a>,
    html: String,
    /// The line breaks of the Markdown so far, and those of the HTML.
    read: LineBreaks,
    written: LineBreaks,
    /// What ends the elements that are open.
    ends: Vec<String>,
    /// The element of a cell in the present row.
    cell: &'static str,
    /// Where the last cell that was read ends.
    cells_end: usize,
}

/// How many line breaks there are before a byte of a text.
#[derive(Default)]
struct LineBreaks {
    end: usize,
    count: usize,
}

impl LineBreaks {
    fn count_to(&mut self, text: &str, end: usize) {
        if let Some(more) = text.get(self.end..end) {
            self.count += more.matches('\n').count();
            self.end = end;
        }
    }
}

impl<'a> Writer<'a> {
    /// Writes what one event says, and with it what must be read ahead.
    fn write_event(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start_tag(tag, range),
            Event::End(tag) => self.end_tag(tag, range.end),
            Event::Code(text) => {
                self.html.push_str("<code>");
                escape_into(&mut self.html, &text);
                self.html.push_str("</code>");
            }
            Event::Html(html) | Event::InlineHtml(html) => self.write_raw(&html, false),
            // A label and its text may share a paragraph, and only the line tells them apart. To
            // all other text a line break is a blank, whichever it is.
            Event::SoftBreak | Event::HardBreak => {
                self.html.push_str("<br>");
                self.keep_line(range.end);
            }
            Event::Rule => {
                self.keep_line(range.start);
                self.html.push_str("<hr>");
            }
            Event::TaskListMarker(_) => {}
            Event::Text(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text)
            | Event::FootnoteReference(text) => escape_into(&mut self.html, &text),
        }
    }

    /// Adds the line breaks that bring the HTML to the line of this byte of the Markdown.
    fn keep_line(&mut self, offset: usize) {
        self.read.count_to(self.markdown, offset);
        self.written.count_to(&self.html, self.html.len());
        for _ in self.written.count..self.read.count {
            self.html.push('\n');
        }
    }

    /// Writes the start of an element; of one that is read ahead, the whole.
    fn start_tag(&mut self, tag: Tag<'a>, range: Range<usize>) {
        let name = match tag {
            Tag::Emphasis => "em",
            Tag::Strong => "strong",
            Tag::TableCell => self.cell,
            Tag::Image { dest_url, .. } => return self.write_image(&dest_url),
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => return self.start_link(link_type, &dest_url),
            block => {
                self.keep_line(range.start);
                return self.start_block(&block, range.end);
            }
        };
        self.open(&format!("<{name}>"), format!("</{name}>"));
    }

    fn start_block(&mut self, block: &Tag<'a>, end: usize) {
        match block {
            Tag::Paragraph => self.open("<p>", "</p>"),
            Tag::Heading { level, .. } => self.open(&format!("<{level}>"), format!("</{level}>")),
            Tag::BlockQuote(_) => self.open("<blockquote>", "</blockquote>"),
            Tag::CodeBlock(kind) => self.start_code(kind),
            Tag::HtmlBlock => self.write_raw_block(),
            Tag::List(None) => self.open("<ul>", "</ul>"),
            Tag::List(Some(1)) => self.open("<ol>", "</ol>"),
            Tag::List(Some(first)) => self.open(&format!("<ol start=\"{first}\">"), "</ol>"),
            Tag::Item => self.open("<li>", "</li>"),
            Tag::Table(_) => self.open("<table>", "</tbody></table>"),
            Tag::TableHead => {
                self.cell = "th";
                self.open("<thead><tr>", "</tr></thead><tbody>");
            }
            Tag::TableRow => {
                self.cell = "td";
                self.cells_end = end;
                self.open("<tr>", "</tr>");
            }
            // The rest is not asked of the parser.
            _ => self.open("", ""),
        }
    }

    fn open(&mut self, start: &str, end: impl Into<String>) {
        self.html.push_str(start);
        self.ends.push(end.into());
    }

    fn end_tag(&mut self, tag: TagEnd, end: usize) {
        match tag {
            TagEnd::TableCell => self.cells_end = end,
            TagEnd::TableRow => self.write_excess(end),
            _ => {}
        }
        self.html.push_str(&self.ends.pop().unwrap_or_default());
    }

    /// The cells that a row has beyond those of the head. Markdown drops them, but their text is
    /// most likely one that has an unmasked `|` in it.
    fn write_excess(&mut self, row_end: usize) {
        let is_frame = |c: char| c == '|' || c.is_whitespace();
        let row_rest = self.markdown.get(self.cells_end..row_end).unwrap_or("");
        let excess = row_rest.trim_matches(is_frame);
        if !excess.is_empty() {
            self.html.push_str("<td>");
            escape_into(&mut self.html, excess);
            self.html.push_str("</td>");
        }
    }

    /// Writes the start of program text, with its language where the fence names one.
    fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
        self.open("<pre", "</pre>");
        let CodeBlockKind::Fenced(info) = kind else {
            return self.html.push('>');
        };
        if let Some(language) = info.split_whitespace().next() {
            self.push_attribute("hw-language", language);
        }
        // This line break is no part of the text in HTML either.
        self.html.push_str(">\n");
    }

    /// Writes the start of a link. An address that is none keeps its angle brackets instead.
    fn start_link(&mut self, link_type: LinkType, url: &str) {
        let is_address = SCHEMES.iter().any(|scheme| url.starts_with(scheme));
        if link_type == LinkType::Autolink && !is_address {
            return self.open("&lt;", "&gt;");
        }
        self.open("<a", "</a>");
        match link_type {
            LinkType::Email => self.push_attribute("href", &format!("mailto:{url}")),
            _ => self.push_attribute("href", &link_target(url)),
        }
        self.html.push('>');
    }

    /// Writes an image, the plain text of whose content stands for it.
    fn write_image(&mut self, url: &str) {
        let mut alt = String::new();
        let mut depth = 0_usize;
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) if depth == 0 => break,
                Event::End(_) => depth -= 1,
                Event::Text(text) | Event::Code(text) => alt.push_str(&text),
                Event::SoftBreak | Event::HardBreak => alt.push(' '),
                Event::InlineHtml(html) => {
                    for piece in raw::pieces(&html, false) {
                        if let Piece::Placeholder(text) = piece {
                            alt.push_str(text);
                        }
                    }
                }
                _ => {}
            }
        }
        self.html.push_str("<img");
        self.push_attribute("src", url);
        self.push_attribute("alt", &alt);
        self.html.push('>');
    }

    /// Adds an attribute to the tag that is being written.
    fn push_attribute(&mut self, name: &str, value: &str) {
        self.html.push_str(&format!(" {name}=\""));
        escape_into(&mut self.html, value);
        self.html.push('"');
    }

    /// Writes a block of raw HTML. The parser gives it line by line, and tags may be broken over
    /// lines.
    fn write_raw_block(&mut self) {
        let mut raw = String::new();
        let mut end = self.markdown.len();
        for (event, range) in self.events.by_ref() {
            match event {
                Event::Html(text) | Event::Text(text) => raw.push_str(&text),
                _ => {
                    end = range.end;
                    break;
                }
            }
        }
        let is_last = self.markdown[end..].trim_start().is_empty();
        self.write_raw(&raw, is_last);
    }

    fn write_raw(&mut self, raw: &str, is_last: bool) {
        for piece in raw::pieces(raw, is_last) {
            match piece {
                Piece::Html(html) => self.html.push_str(html),
                Piece::Placeholder(text) => escape_into(&mut self.html, text),
            }
        }
    }
}

/// The address that a link has on the site: there pages are siblings, and their names have no
/// ending.
fn link_target(url: &str) -> String {
    let (path, rest) = url.split_at(url.find(['?', '#']).unwrap_or(url.len()));
    let name = path.rsplit('/').next().unwrap_or(path);
    let page = name.strip_suffix(".md").filter(|page| !page.is_empty());
    let is_relative = !path.contains(':') && !path.starts_with("//");
    match page {
        Some(page) if is_relative => format!("{page}{rest}"),
        _ => url.to_owned(),
    }
}

/// Adds a text so that it is one in HTML, within a quoted value too.
fn escape_into(html: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            c => html.push(c),
        }
    }
}
