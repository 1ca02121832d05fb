//! Blocks: paragraphs, lists, code, tables, call-outs and images.

use super::html::{attribute, text};
use crate::catalog::{Block, Run};

/// Writes a block, which ends with a line end.
pub(super) fn push(block: &Block, page: &mut String) {
    match block {
        Block::Paragraph { .. } => push_lines("p", "", std::slice::from_ref(block), page),
        Block::List {
            ordered,
            start,
            items,
        } => push_list(*ordered, *start, items, page),
        Block::Code { language, code, .. } => push_code(language.as_deref(), code, page),
        Block::Table { header, rows } => push_table(header, rows, page),
        Block::Note { title, blocks } => push_note(title.as_deref(), blocks, page),
        Block::Image { alt, url } => push_image(alt, url, page),
    }
}

/// An element around some blocks: on one line where they are no more than a paragraph.
fn push_lines(name: &str, attributes: &str, blocks: &[Block], page: &mut String) {
    page.push_str(&format!("<{name}{attributes}>"));
    match blocks {
        [] => {}
        [Block::Paragraph { text: own, runs }] if runs.is_empty() => page.push_str(&text(own)),
        [Block::Paragraph { runs, .. }] => runs.iter().for_each(|run| push_run(run, page)),
        blocks => {
            page.push('\n');
            blocks.iter().for_each(|block| push(block, page));
        }
    }
    page.push_str(&format!("</{name}>\n"));
}

fn push_run(run: &Run, page: &mut String) {
    let link = run.link.as_deref().map(|link| {
        let link = attribute(link);
        format!("<a href=\"{link}\">")
    });
    page.push_str(link.as_deref().unwrap_or_default());
    let forms = [
        (run.bold, "strong"),
        (run.code, "code"),
        (run.superscript, "sup"),
    ];
    let names = || {
        forms
            .iter()
            .filter_map(|(is_set, name)| is_set.then_some(name))
    };
    names().for_each(|name| page.push_str(&format!("<{name}>")));
    page.push_str(&text(&run.text));
    names()
        .rev()
        .for_each(|name| page.push_str(&format!("</{name}>")));
    page.push_str(link.map_or("", |_| "</a>"));
}

fn push_list(ordered: bool, start: u32, items: &[Vec<Block>], page: &mut String) {
    let name = if ordered { "ol" } else { "ul" };
    page.push_str(&format!("<{name}"));
    if ordered && start != 1 {
        page.push_str(&format!(" start=\"{start}\""));
    }
    page.push_str(">\n");
    for item in items {
        push_lines("li", "", item, page);
    }
    page.push_str(&format!("</{name}>\n"));
}

/// Program text begins on a line of its own, which is no part of it.
fn push_code(language: Option<&str>, code: &str, page: &mut String) {
    page.push_str("<pre");
    if let Some(language) = language {
        page.push_str(&format!(" hw-language=\"{}\"", attribute(language)));
    }
    page.push_str(&format!(">\n{}</pre>\n", text(code)));
}

fn push_table(header: &[Vec<Block>], rows: &[Vec<Vec<Block>>], page: &mut String) {
    page.push_str("<table>\n");
    if !header.is_empty() {
        page.push_str("<thead>\n");
        push_row("th", header, page);
        page.push_str("</thead>\n");
    }
    if !rows.is_empty() {
        page.push_str("<tbody>\n");
        rows.iter().for_each(|row| push_row("td", row, page));
        page.push_str("</tbody>\n");
    }
    page.push_str("</table>\n");
}

fn push_row(name: &str, cells: &[Vec<Block>], page: &mut String) {
    page.push_str("<tr>\n");
    for cell in cells {
        push_lines(name, "", cell, page);
    }
    page.push_str("</tr>\n");
}

fn push_note(title: Option<&str>, blocks: &[Block], page: &mut String) {
    page.push_str("<div class=\"note\">\n");
    if let Some(title) = title {
        page.push_str(&format!("<div class=\"title\">{}</div>\n", text(title)));
    }
    blocks.iter().for_each(|block| push(block, page));
    page.push_str("</div>\n");
}

fn push_image(alt: &str, url: &str, page: &mut String) {
    page.push_str("<p><img");
    for (name, value) in [("src", url), ("alt", alt)] {
        if !value.is_empty() {
            page.push_str(&format!(" {name}=\"{}\"", attribute(value)));
        }
    }
    page.push_str("></p>\n");
}
