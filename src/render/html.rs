//! Blocks as HTML. Every text passes [`html`]; nothing of a page's own markup gets through, and
//! nothing is fetched when the result is looked at.

use super::{image_text, list_items};
use crate::catalog::{Block, Run};
use crate::escape::html;

/// Blocks as HTML, one a line.
pub(super) fn blocks(blocks: &[Block]) -> String {
    let blocks: Vec<String> = blocks.iter().map(block).collect();
    blocks.join("\n")
}

/// Blocks as a list. Paragraphs are its items; whatever has a list already stays as it is.
pub(super) fn as_list(items: &[Block]) -> String {
    match list_items(items) {
        Some(items) => element("ul", &elements("li", items)),
        None => blocks(items),
    }
}

fn block(block: &Block) -> String {
    match block {
        Block::Paragraph { .. } | Block::Image { .. } => element("p", &inline(block)),
        Block::List {
            ordered,
            start,
            items,
        } => {
            let items = elements("li", items.iter().map(Vec::as_slice));
            match (ordered, start) {
                (false, _) => element("ul", &items),
                (true, 1) => element("ol", &items),
                (true, start) => format!("<ol start=\"{start}\">{items}</ol>"),
            }
        }
        // Of what cannot be seen a tab alone belongs into code.
        Block::Code { code, .. } => {
            element("pre", &element("code", &html(&code.replace('\t', "    "))))
        }
        Block::Table { header, rows } => {
            let row = |tag, cells: &[Vec<Block>]| {
                element("tr", &elements(tag, cells.iter().map(Vec::as_slice)))
            };
            let head = match header.as_slice() {
                [] => String::new(),
                header => element("thead", &row("th", header)),
            };
            let body: String = rows.iter().map(|cells| row("td", cells)).collect();
            element("table", &(head + &element("tbody", &body)))
        }
        Block::Note { title, blocks: own } => {
            let heading = |title: &String| element("p", &element("strong", &html(title)));
            let title = title.as_ref().map(heading).unwrap_or_default();
            element("blockquote", &(title + &blocks(own)))
        }
    }
}

fn element(tag: &str, inner: &str) -> String {
    format!("<{tag}>{inner}</{tag}>")
}

/// An element for each list item or cell: one paragraph stands there without being one.
fn elements<'a>(tag: &str, items: impl Iterator<Item = &'a [Block]>) -> String {
    let contents = |item: &[Block]| match item {
        [only @ (Block::Paragraph { .. } | Block::Image { .. })] => inline(only),
        [first @ Block::Paragraph { .. }, rest @ ..] => {
            format!("{}\n{}", inline(first), blocks(rest))
        }
        item => blocks(item),
    };
    items.map(|item| element(tag, &contents(item))).collect()
}

/// A paragraph or a picture without anything around it.
fn inline(block: &Block) -> String {
    match block {
        Block::Paragraph { text, runs } if runs.is_empty() => html(text),
        Block::Paragraph { runs, .. } => runs.iter().map(marked_up).collect(),
        Block::Image { alt, url } => link(&html(image_text(alt)), url),
        other => self::block(other),
    }
}

fn marked_up(run: &Run) -> String {
    let mut html = html(&run.text);
    for (is_set, tag) in [
        (run.code, "code"),
        (run.bold, "strong"),
        (run.superscript, "sup"),
    ] {
        if is_set {
            html = element(tag, &html);
        }
    }
    match &run.link {
        Some(url) => link(&html, url),
        None => html,
    }
}

/// A link, or, where its address is none of the web, what it would be around.
fn link(inner: &str, url: &str) -> String {
    match url::Url::parse(url) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => {
            let url = html(url.as_str());
            format!("<a href=\"{url}\" rel=\"noreferrer\">{inner}</a>")
        }
        _ => inner.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_of_every_kind() {
        let run = |text: &str| Run {
            text: text.to_owned(),
            ..Run::default()
        };
        let source = [
            Block::Paragraph {
                text: String::new(),
                runs: vec![
                    run("a < b "),
                    Run {
                        bold: true,
                        code: true,
                        ..run("c")
                    },
                    Run {
                        link: Some("https://a.b/?c=\"d".to_owned()),
                        ..run("文档")
                    },
                    Run {
                        link: Some("javascript:alert(1)".to_owned()),
                        ..run("!")
                    },
                ],
            },
            Block::List {
                ordered: true,
                start: 3,
                items: vec![
                    vec![
                        Block::plain("一"),
                        Block::list(false, vec![vec![Block::plain("二")]]),
                    ],
                    vec![Block::code(None, "<b>\n\tc")],
                ],
            },
            Block::Table {
                header: vec![vec![Block::plain("h")]],
                rows: vec![vec![vec![Block::Image {
                    alt: String::new(),
                    url: "https://a.b/c.png".to_owned(),
                }]]],
            },
            Block::Note {
                title: Some("说明".to_owned()),
                blocks: vec![Block::plain("x")],
            },
        ];
        assert_eq!(
            blocks(&source),
            "<p>a &lt; b <strong><code>c</code></strong><a href=\"https://a.b/?c=%22d\" rel=\"noreferrer\">文档</a>!</p>\n\
             <ol start=\"3\"><li>一\n<ul><li>二</li></ul></li><li><pre><code>&lt;b&gt;\n    c</code></pre></li></ol>\n\
             <table><thead><tr><th>h</th></tr></thead><tbody><tr><td><a href=\"https://a.b/c.png\" rel=\"noreferrer\">image</a></td></tr></tbody></table>\n\
             <blockquote><p><strong>说明</strong></p><p>x</p></blockquote>"
        );
    }

    #[test]
    fn paragraphs_are_items_of_a_list() {
        let items = [Block::plain("a"), Block::plain("<b>")];
        assert_eq!(as_list(&items), "<ul><li>a</li><li>&lt;b&gt;</li></ul>");
        assert_eq!(as_list(&[]), "");
    }
}
