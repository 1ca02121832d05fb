//! Writes the HTML of a Markdown text, line for line: what stands in a line of the Markdown stands
//! in the same line of the HTML, so that a place in one is a place in the other.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, OffsetIter, Parser, Tag, TagEnd};

use super::OPTIONS;
use super::raw;
use crate::escape::{html_attribute_source, html_source};

/// What an address in angle brackets begins with. Others, such as `<name:type>`, are placeholders.
const SCHEMES: [&str; 4] = ["http:", "https:", "ftp:", "mailto:"];

/// The HTML of a Markdown text.
pub(super) fn to_html(markdown: &str) -> String {
    let mut writer = Writer {
        markdown,
        events: Parser::new_ext(markdown, OPTIONS).into_offset_iter(),
        html: String::new(),
        read: 0,
        written: 0,
        missing_lines: 0,
        ends: Vec::new(),
        cell: "td",
        cells_end: 0,
    };
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
    /// How much of the Markdown and of the HTML has been counted, in bytes, and how many lines
    /// the Markdown had more until there.
    read: usize,
    written: usize,
    missing_lines: isize,
    /// What ends the elements that are open.
    ends: Vec<String>,
    /// The element of a cell in the present row.
    cell: &'static str,
    /// Where the last cell that was read ends.
    cells_end: usize,
}

impl<'a> Writer<'a> {
    /// Writes what one event says, and with it what must be read ahead.
    fn write_event(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start_tag(tag, range),
            Event::End(tag) => self.end_tag(tag, range.end),
            Event::Code(text) => self.write_element("code", &text),
            Event::Html(raw) | Event::InlineHtml(raw) => {
                self.html.push_str(&raw::escape_placeholders(&raw, false));
            }
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
            | Event::FootnoteReference(text) => self.html.push_str(&html_source(&text)),
        }
    }

    /// Adds the line breaks that bring the HTML to the line of this byte of the Markdown.
    fn keep_line(&mut self, offset: usize) {
        let line_breaks = |text: &str| text.matches('\n').count() as isize;
        if let Some(read) = self.markdown.get(self.read..offset) {
            self.missing_lines += line_breaks(read);
            self.read = offset;
        }
        self.missing_lines -= line_breaks(&self.html[self.written..]);
        while self.missing_lines > 0 {
            self.html.push('\n');
            self.missing_lines -= 1;
        }
        self.written = self.html.len();
    }

    /// Writes the start of an element; of one that is read ahead, the whole.
    fn start_tag(&mut self, tag: Tag<'a>, range: Range<usize>) {
        match tag {
            Tag::Emphasis => self.open("<em>", "</em>"),
            Tag::Strong => self.open("<strong>", "</strong>"),
            Tag::TableCell => {
                let cell = self.cell;
                self.open(&format!("<{cell}>"), format!("</{cell}>"));
            }
            Tag::Image { dest_url, .. } => self.write_image(&dest_url),
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => self.start_link(link_type, &dest_url),
            block => {
                self.keep_line(range.start);
                self.start_block(&block, range.end);
            }
        }
    }

    fn start_block(&mut self, block: &Tag<'a>, end: usize) {
        match block {
            Tag::Paragraph => self.open("<p>", "</p>"),
            Tag::Heading { level, .. } => self.open(&format!("<{level}>"), format!("</{level}>")),
            Tag::BlockQuote(_) => self.open("<blockquote>", "</blockquote>"),
            Tag::CodeBlock(kind) => self.start_code(kind),
            Tag::HtmlBlock => self.write_raw_block(end),
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
            self.write_element("td", excess);
        }
    }

    fn write_element(&mut self, name: &str, text: &str) {
        let text = html_source(text);
        self.html.push_str(&format!("<{name}>{text}</{name}>"));
    }

    /// Writes the start of program text, with its language where the fence names one.
    fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
        let CodeBlockKind::Fenced(info) = kind else {
            return self.open("<pre>", "</pre>");
        };
        let language = info.split_whitespace().next().map(html_attribute_source);
        let attribute = language.map(|language| format!(" hw-language=\"{language}\""));
        // This line break is no part of the text in HTML either.
        self.open(
            &format!("<pre{}>\n", attribute.unwrap_or_default()),
            "</pre>",
        );
    }

    /// Writes the start of a link. An address that is none keeps its angle brackets instead.
    fn start_link(&mut self, link_type: LinkType, url: &str) {
        let is_address = SCHEMES.iter().any(|scheme| url.starts_with(scheme));
        if link_type == LinkType::Autolink && !is_address {
            return self.open("&lt;", "&gt;");
        }
        let target = match link_type {
            LinkType::Email => format!("mailto:{url}"),
            _ => link_target(url),
        };
        self.open(
            &format!("<a href=\"{}\">", html_attribute_source(&target)),
            "</a>",
        );
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
                Event::InlineHtml(tag) if raw::is_placeholder(&tag) => alt.push_str(&tag),
                _ => {}
            }
        }
        let (url, alt) = (html_attribute_source(url), html_attribute_source(&alt));
        self.html
            .push_str(&format!("<img src=\"{url}\" alt=\"{alt}\">"));
    }

    /// Writes a block of raw HTML. The parser gives it line by line, and tags may be broken over
    /// lines.
    fn write_raw_block(&mut self, end: usize) {
        let mut raw = String::new();
        while let Some((Event::Html(text) | Event::Text(text), _)) = self.events.next() {
            raw.push_str(&text);
        }
        let is_last = self.markdown[end..].trim_start().is_empty();
        self.html.push_str(&raw::escape_placeholders(&raw, is_last));
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
