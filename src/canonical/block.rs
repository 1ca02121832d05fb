//! Blocks of a canonical snapshot, a line or more each.

use std::slice;

use crate::catalog::{Block, Run};
use crate::escape::{html_attribute_source, html_source};

/// A block, which ends with a newline.
pub(super) fn block_html(block: &Block) -> String {
    match block {
        Block::Paragraph { .. } => element_html("p", slice::from_ref(block)),
        Block::List {
            ordered,
            start,
            items,
        } => {
            let name = if *ordered { "ol" } else { "ul" };
            let first = (*ordered && *start != 1).then(|| start.to_string());
            let start = attribute("start", first);
            let items: String = items.iter().map(|item| element_html("li", item)).collect();
            format!("<{name}{start}>\n{items}</{name}>\n")
        }
        // Program text begins on a line of its own, which is not part of it.
        Block::Code { language, code, .. } => format!(
            "<pre{}>\n{}</pre>\n",
            attribute("hw-language", language.as_ref()),
            html_source(code)
        ),
        Block::Table { header, rows } => {
            let mut table = String::new();
            if !header.is_empty() {
                table += &format!("<thead>\n{}</thead>\n", row_html("th", header));
            }
            if !rows.is_empty() {
                let rows: String = rows.iter().map(|cells| row_html("td", cells)).collect();
                table += &format!("<tbody>\n{rows}</tbody>\n");
            }
            format!("<table>\n{table}</table>\n")
        }
        Block::Note { title, blocks } => {
            let caption = title.as_ref().map_or_else(String::new, |title| {
                format!("<div class=\"title\">{}</div>\n", html_source(title))
            });
            let inner = blocks_html(blocks);
            format!("<div class=\"note\">\n{caption}{inner}</div>\n")
        }
        Block::Image { alt, url } => {
            let [src, alt] = [("src", url), ("alt", alt)]
                .map(|(name, value)| attribute(name, Some(value).filter(|v| !v.is_empty())));
            format!("<p><img{src}{alt}></p>\n")
        }
    }
}

/// An attribute with the blank before it; nothing where it has no value.
pub(super) fn attribute(name: &str, value: Option<impl AsRef<str>>) -> String {
    value.map_or_else(String::new, |value| {
        format!(" {name}=\"{}\"", html_attribute_source(value.as_ref()))
    })
}

fn blocks_html(blocks: &[Block]) -> String {
    blocks.iter().map(block_html).collect()
}

/// An element around some blocks: on one line where they are no more than a paragraph.
fn element_html(name: &str, blocks: &[Block]) -> String {
    let inner = match blocks {
        [] => String::new(),
        [Block::Paragraph { text, runs }] if runs.is_empty() => html_source(text),
        [Block::Paragraph { runs, .. }] => runs.iter().map(run_html).collect(),
        blocks => format!("\n{}", blocks_html(blocks)),
    };
    format!("<{name}>{inner}</{name}>\n")
}

fn run_html(run: &Run) -> String {
    let mut html = html_source(&run.text);
    for (is_set, name) in [
        (run.superscript, "sup"),
        (run.code, "code"),
        (run.bold, "strong"),
    ] {
        if is_set {
            html = format!("<{name}>{html}</{name}>");
        }
    }
    match &run.link {
        Some(url) => format!("<a{}>{html}</a>", attribute("href", Some(url))),
        None => html,
    }
}

fn row_html(name: &str, cells: &[Vec<Block>]) -> String {
    let cells: String = cells.iter().map(|cell| element_html(name, cell)).collect();
    format!("<tr>\n{cells}</tr>\n")
}
