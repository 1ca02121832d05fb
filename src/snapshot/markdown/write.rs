//! Writes the HTML of a Markdown text, and notes where each piece of it comes from.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, OffsetIter, Parser, Tag, TagEnd};

use super::OPTIONS;
use super::raw::{self, Piece};
use super::site;

/// What an address in angle brackets begins with. Others, such as `<name:type>`, are placeholders.
const SCHEMES: [&str; 4] = ["http:", "https:", "ftp:", "mailto:"];

/// Writes the HTML of the Markdown that begins at `start`. The offsets beside it are pairs of a
/// byte of the HTML and a byte of `text`.
pub(super) fn write(text: &str, start: usize) -> (String, Vec<(usize, usize)>) {
    let markdown = &text[start..];
    let mut writer = Writer {
        markdown,
        start,
        events: Parser::new_ext(markdown, OPTIONS).into_offset_iter(),
        html: String::with_capacity(markdown.len() * 3 / 2),
        origins: Vec::new(),
        link_ends: Vec::new(),
        cell: "td",
        cells_end: 0,
    };
    while let Some((event, range)) = writer.events.next() {
        writer.write_event(event, range);
    }
    (writer.html, writer.origins)
}

/// Writes HTML as the events of the parser come.
struct Writer<'a> {
    markdown: &'a str,
    /// Where in its file the Markdown begins.
    start: usize,
    events: OffsetIter<'a>,
    html: String,
    origins: Vec<(usize, usize)>,
    /// What ends the links that are open.
    link_ends: Vec<&'static str>,
    /// The element of a cell in the present row.
    cell: &'static str,
    /// Where the last cell that was read ends.
    cells_end: usize,
}

impl<'a> Writer<'a> {
    /// Writes what one event says, and with it what must be read ahead.
    fn write_event(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            Event::Start(tag) => {
                self.mark(range.start);
                self.start_tag(tag, range);
            }
            Event::End(tag) => self.end_tag(tag, &range),
            Event::Code(text) => {
                self.mark(range.start);
                self.html.push_str("<code>");
                escape_into(&mut self.html, &text);
                self.html.push_str("</code>");
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                self.write_raw(&html, &[(0, range.start)], false);
            }
            // A label and its text may share a paragraph, and only the line tells them apart. To
            // all other text a line break is a blank, whichever it is.
            Event::SoftBreak | Event::HardBreak => self.html.push_str("<br>"),
            Event::Rule => self.html.push_str("<hr>\n"),
            Event::TaskListMarker(_) => {}
            Event::Text(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text)
            | Event::FootnoteReference(text) => {
                self.mark(range.start);
                escape_into(&mut self.html, &text);
            }
        }
    }

    /// Notes that what is written next comes from this byte of the Markdown.
    fn mark(&mut self, offset: usize) {
        let (html, source) = self.origins.last().copied().unwrap_or_default();
        if self.origins.is_empty() || html < self.html.len() {
            let source = source.max(self.start + offset);
            self.origins.push((self.html.len(), source));
        }
    }

    /// Writes the start of an element; of one that is read ahead, the whole.
    fn start_tag(&mut self, tag: Tag<'a>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => self.html.push_str(&format!("<{level}>")),
            Tag::CodeBlock(kind) => self.start_code(&kind),
            Tag::HtmlBlock => self.write_raw_block(),
            Tag::List(Some(1)) => self.html.push_str("<ol>\n"),
            Tag::List(Some(first)) => self.html.push_str(&format!("<ol start=\"{first}\">\n")),
            Tag::List(None) => self.html.push_str("<ul>\n"),
            Tag::TableHead => {
                self.cell = "th";
                self.html.push_str("<thead><tr>");
            }
            Tag::TableRow => {
                self.cell = "td";
                self.cells_end = range.end;
                self.html.push_str("<tr>");
            }
            Tag::TableCell => self.html.push_str(&format!("<{}>", self.cell)),
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => self.start_link(link_type, &dest_url),
            Tag::Image { dest_url, .. } => self.write_image(&dest_url),
            tag => self.html.push_str(match tag {
                Tag::Paragraph => "<p>",
                Tag::Item => "<li>",
                Tag::Table(_) => "<table>",
                Tag::BlockQuote(_) => "<blockquote>\n",
                Tag::Emphasis => "<em>",
                Tag::Strong => "<strong>",
                // The rest is not asked of the parser.
                _ => "",
            }),
        }
    }

    /// Writes the end of an element.
    fn end_tag(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Heading(level) => self.html.push_str(&format!("</{level}>\n")),
            TagEnd::TableCell => {
                self.cells_end = range.end;
                self.html.push_str(&format!("</{}>", self.cell));
            }
            TagEnd::TableRow => {
                self.write_excess(range.end);
                self.html.push_str("</tr>\n");
            }
            TagEnd::Link => self.html.push_str(self.link_ends.pop().unwrap_or_default()),
            tag => self.html.push_str(match tag {
                TagEnd::Paragraph => "</p>\n",
                TagEnd::BlockQuote(_) => "</blockquote>\n",
                TagEnd::CodeBlock => "</pre>\n",
                TagEnd::List(true) => "</ol>\n",
                TagEnd::List(false) => "</ul>\n",
                TagEnd::Item => "</li>\n",
                TagEnd::TableHead => "</tr></thead>\n<tbody>",
                TagEnd::Table => "</tbody></table>\n",
                TagEnd::Emphasis => "</em>",
                TagEnd::Strong => "</strong>",
                _ => "",
            }),
        }
    }

    /// The cells that a row has beyond those of the head. Markdown drops them, but their text is
    /// most likely one that has an unmasked `|` in it.
    fn write_excess(&mut self, row_end: usize) {
        let excess = self.markdown.get(self.cells_end..row_end);
        let is_frame = |c: char| c == '|' || c.is_whitespace();
        let excess = excess.unwrap_or_default().trim_matches(is_frame);
        if !excess.is_empty() {
            self.html.push_str("<td>");
            escape_into(&mut self.html, excess);
            self.html.push_str("</td>");
        }
    }

    /// Writes the start of program text, with its language where the fence names one.
    fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split_whitespace().next(),
            CodeBlockKind::Indented => None,
        };
        self.html.push_str("<pre");
        if let Some(language) = language {
            self.push_attribute("hw-language", language);
        }
        self.html.push('>');
    }

    /// Writes the start of a link. An address that is none keeps its angle brackets instead.
    fn start_link(&mut self, link_type: LinkType, url: &str) {
        let is_address = SCHEMES.iter().any(|scheme| url.starts_with(scheme));
        if link_type == LinkType::Autolink && !is_address {
            self.html.push_str("&lt;");
            self.link_ends.push("&gt;");
            return;
        }
        let url = match link_type {
            LinkType::Email => format!("mailto:{url}"),
            _ => site::link_target(url),
        };
        self.html.push_str("<a");
        self.push_attribute("href", &url);
        self.html.push('>');
        self.link_ends.push("</a>");
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
                    let pieces = raw::pieces(&html, false).map(|(_, piece)| piece);
                    let texts = pieces.filter(|piece| !matches!(piece, Piece::Markup(_)));
                    alt.extend(texts.map(Piece::text));
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
        let mut lines = Vec::new();
        let mut end = self.markdown.len();
        for (event, range) in self.events.by_ref() {
            match event {
                Event::Html(text) | Event::Text(text) => {
                    lines.push((raw.len(), range.start));
                    raw.push_str(&text);
                }
                _ => {
                    end = range.end;
                    break;
                }
            }
        }
        let is_last = self.markdown[end..].trim_start().is_empty();
        self.write_raw(&raw, &lines, is_last);
    }

    /// Writes raw HTML. `lines` are pairs of a byte of it and the byte of the Markdown where it
    /// stands.
    fn write_raw(&mut self, raw: &str, lines: &[(usize, usize)], is_last: bool) {
        for (at, piece) in raw::pieces(raw, is_last) {
            let after = lines.partition_point(|(start, _)| *start <= at);
            if let Some((start, offset)) = after.checked_sub(1).and_then(|line| lines.get(line)) {
                self.mark(offset + (at - start));
            }
            match piece {
                Piece::Markup(text) | Piece::Between(text) => self.html.push_str(text),
                Piece::Placeholder(text) => escape_into(&mut self.html, text),
            }
        }
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
