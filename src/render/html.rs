//! Blocks as HTML. Every text passes [`html`]; nothing of a page's own markup gets through, and
//! nothing is fetched when the result is looked at.

use crate::catalog::{Block, Run};
use crate::escape::html;

/// Blocks as HTML, one a line.
pub(super) fn blocks(blocks: &[Block]) -> String {
    let blocks: Vec<String> = blocks.iter().map(block).collect();
    blocks.join("\n")
}

/// Blocks as a list. Paragraphs are its items; whatever has a list already stays as it is.
pub(super) fn list(items: &[Block]) -> String {
    let only_paragraphs = items
        .iter()
        .all(|item| matches!(item, Block::Paragraph { .. }));
    if !only_paragraphs || items.is_empty() {
        return blocks(items);
    }
    let items: String = items
        .iter()
        .map(|item| format!("<li>{}</li>", inline(item)))
        .collect();
    format!("<ul>{items}</ul>")
}

fn block(block: &Block) -> String {
    match block {
        Block::Paragraph { .. } | Block::Image { .. } => format!("<p>{}</p>", inline(block)),
        Block::List {
            ordered,
            start,
            items,
        } => {
            let (tag, start) = match (ordered, start) {
                (true, 1) => ("ol", String::new()),
                (true, start) => ("ol", format!(" start=\"{start}\"")),
                (false, _) => ("ul", String::new()),
            };
            let items: String = items
                .iter()
                .map(|item| format!("<li>{}</li>", contents(item)))
                .collect();
            format!("<{tag}{start}>{items}</{tag}>")
        }
        Block::Code { code, .. } => {
            // Of what cannot be seen a tab alone belongs into code.
            let code = html(&code.replace('\t', "    "));
            format!("<pre><code>{code}</code></pre>")
        }
        Block::Table { header, rows } => table(header, rows),
        Block::Note { title, blocks: own } => {
            let title = title
                .as_deref()
                .map(|title| format!("<p><strong>{}</strong></p>", html(title)));
            format!(
                "<blockquote>{}{}</blockquote>",
                title.unwrap_or_default(),
                blocks(own)
            )
        }
    }
}

fn table(header: &[Vec<Block>], rows: &[Vec<Vec<Block>>]) -> String {
    let row = |cells: &[Vec<Block>], tag: &str| {
        let cells: String = cells
            .iter()
            .map(|cell| format!("<{tag}>{}</{tag}>", contents(cell)))
            .collect();
        format!("<tr>{cells}</tr>")
    };
    let head = match header {
        [] => String::new(),
        header => format!("<thead>{}</thead>", row(header, "th")),
    };
    let body: String = rows.iter().map(|cells| row(cells, "td")).collect();
    format!("<table>{head}<tbody>{body}</tbody></table>")
}

/// What a list item or a cell holds: one paragraph stands there without being one.
fn contents(item: &[Block]) -> String {
    match item {
        [only @ (Block::Paragraph { .. } | Block::Image { .. })] => inline(only),
        [first @ Block::Paragraph { .. }, rest @ ..] => {
            format!("{}\n{}", inline(first), blocks(rest))
        }
        blocks_of_item => blocks(blocks_of_item),
    }
}

/// A paragraph or a picture without anything around it.
fn inline(block: &Block) -> String {
    match block {
        Block::Paragraph { text: plain, runs } if runs.is_empty() => html(plain),
        Block::Paragraph { runs, .. } => runs.iter().map(run).collect(),
        // A link and no picture: nothing is fetched when the page is looked at.
        Block::Image { alt, url } => {
            let alt = if alt.is_empty() { "image" } else { alt };
            link(&html(alt), url)
        }
        other => self::block(other),
    }
}

fn run(run: &Run) -> String {
    let mut html = html(&run.text);
    for (is_set, tag) in [
        (run.code, "code"),
        (run.bold, "strong"),
        (run.superscript, "sup"),
    ] {
        if is_set {
            html = format!("<{tag}>{html}</{tag}>");
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
            format!(
                "<a href=\"{}\" rel=\"noreferrer\">{inner}</a>",
                html(url.as_str())
            )
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
        assert_eq!(list(&items), "<ul><li>a</li><li>&lt;b&gt;</li></ul>");
        assert_eq!(list(&[]), "");
    }
}
