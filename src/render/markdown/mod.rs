//! Blocks as Markdown: for the Markdown target, and for the doc comments of every language.

mod inline;

use super::{image_text, list_items};
use crate::catalog::{Block, Run, plain_text};
use crate::escape::{markdown, markdown_fence, markdown_link, visible};

use inline::runs;

/// Blocks as Markdown, with a blank line between them and none at the ends.
pub(super) fn blocks(blocks: &[Block]) -> String {
    let mut texts: Vec<String> = blocks.iter().map(block).collect();
    texts.retain(|text| !text.is_empty());
    texts.join("\n\n")
}

/// Blocks as a list. Paragraphs are its items; whatever has a list already stays as it is.
pub(super) fn as_list(items: &[Block]) -> String {
    match list_items(items) {
        Some(items) => list(None, items),
        None => blocks(items),
    }
}

fn joined<T>(items: &[T], separator: &str, text: impl Fn(&T) -> String) -> String {
    items.iter().map(text).collect::<Vec<_>>().join(separator)
}

fn block(block: &Block) -> String {
    match block {
        Block::Paragraph { text, runs } if runs.is_empty() => markdown(text),
        Block::Paragraph { runs: own, .. } => runs(own),
        Block::List {
            ordered,
            start,
            items,
        } => list(ordered.then_some(*start), items.iter().map(Vec::as_slice)),
        Block::Code { language, code, .. } => code_block(language.as_deref(), code),
        Block::Table { header, rows } => table(header, rows),
        Block::Note {
            title,
            blocks: inner,
        } => {
            let heading = |title: &String| format!("**{}**\n\n", markdown(title));
            let text = title.as_ref().map(heading).unwrap_or_default() + &blocks(inner);
            let lines: Vec<&str> = text.lines().collect();
            joined(&lines, "\n", |line| format!("> {line}"))
        }
        Block::Image { alt, url } => markdown_link(&markdown(image_text(alt)), url),
    }
}

/// A list, whose items have numbers where the first one has.
fn list<'a>(first: Option<u32>, items: impl Iterator<Item = &'a [Block]>) -> String {
    let numbers = first.unwrap_or_default()..;
    let items = numbers.zip(items).map(|(number, item)| match first {
        Some(_) => indented(item, &format!("{number}. ")),
        None => indented(item, "- "),
    });
    items.collect::<Vec<_>>().join("\n")
}

/// What a block of code may call itself. Some other names have a meaning of their own: `rust`, for
/// one, would make a test of it that rustdoc runs.
const LANGUAGES: &str = "arkts bash c cmake cpp css ets html http java javascript js json json5 \
                         kotlin python shell sql ts typescript xml yaml";

fn code_block(language: Option<&str>, code: &str) -> String {
    let fence = markdown_fence(code);
    let is_allowed = |name: &&str| LANGUAGES.split(' ').any(|known| known == *name);
    let language = language.filter(is_allowed).unwrap_or("text");
    let code = visible(&code.replace('\t', "    "));
    format!("{fence}{language}\n{code}\n{fence}")
}

fn table(header: &[Vec<Block>], rows: &[Vec<Vec<Block>>]) -> String {
    let lengths = rows.iter().map(Vec::len);
    let columns = lengths.chain([header.len()]).max().unwrap_or(0);
    let line = |row: &[Vec<Block>]| {
        let mut cells: Vec<String> = row.iter().map(|blocks| cell(blocks)).collect();
        cells.resize(columns, String::new());
        format!("| {} |", cells.join(" | "))
    };
    let rule = format!("|{}", " --- |".repeat(columns));
    let mut lines = vec![line(header), rule];
    lines.extend(rows.iter().map(|row| line(row)));
    lines.join("\n")
}

/// The blocks of a cell as one line.
fn cell(blocks: &[Block]) -> String {
    let has_bar = |run: &Run| run.code && run.text.contains('|');
    joined(blocks, " ", |inner| match inner {
        Block::Paragraph { runs, .. } if runs.iter().any(has_bar) => cell_with_bars(runs),
        Block::Image { .. } | Block::Paragraph { .. } => block(inner),
        _ => markdown(&plain_text(std::slice::from_ref(inner)).join(" ")),
    })
}

/// A paragraph of a cell with bars in code, where they end the cell too unless a backslash stands
/// before them. Code that has backslashes itself is no code then: what they mean there differs
/// from one reader to the next.
fn cell_with_bars(forms: &[Run]) -> String {
    let mut forms = forms.to_vec();
    for run in forms.iter_mut().filter(|run| run.text.contains('\\')) {
        run.code = false;
    }
    let mut out = String::new();
    for c in runs(&forms).chars() {
        if c == '|' && !out.ends_with('\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The blocks of a list item behind its marker. The first line is never blank: what follows it
/// would stand outside of the list, and be code by its indentation.
fn indented(item: &[Block], marker: &str) -> String {
    let indent = " ".repeat(marker.len());
    let mut text = String::new();
    for inner in item {
        let markdown = block(inner);
        if !text.is_empty() && !markdown.is_empty() {
            // A list that follows its paragraph directly keeps the outer list tight.
            let is_list = matches!(inner, Block::List { .. });
            text.push_str(if is_list { "\n" } else { "\n\n" });
        }
        text.push_str(&markdown);
    }
    format!("{marker}{}", text.replace('\n', &format!("\n{indent}")))
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
                    run("见"),
                    Run {
                        link: Some("https://a.b/c_(d)".to_owned()),
                        ..run("文档 ")
                    },
                    Run {
                        bold: true,
                        ..run("必须")
                    },
                    Run {
                        code: true,
                        ..run("a`b")
                    },
                    Run {
                        link: Some("javascript:alert(1)".to_owned()),
                        ..run("!")
                    },
                ],
            },
            Block::list(
                true,
                vec![
                    vec![
                        Block::plain("一"),
                        Block::list(false, vec![vec![Block::plain("二")]]),
                    ],
                    vec![Block::plain("三"), Block::code(Some("ts".into()), "a\n\nb")],
                ],
            ),
            Block::List {
                ordered: true,
                start: 3,
                items: vec![vec![Block::plain("四")]],
            },
            Block::Note {
                title: Some("说明".into()),
                blocks: vec![Block::plain("x"), Block::plain("y")],
            },
            Block::Table {
                header: vec![vec![Block::plain("a|b")]],
                rows: vec![vec![
                    vec![Block::plain("1")],
                    vec![
                        Block::plain("2"),
                        Block::Image {
                            alt: "i".into(),
                            url: "https://a.b/i".into(),
                        },
                    ],
                ]],
            },
            Block::Image {
                alt: "图".into(),
                url: "https://a.b/x.png".into(),
            },
        ];
        let expected = "\
见[文档](https://a.b/c_%28d%29) **必须**`` a`b ``!

1. 一
   - 二
2. 三

   ```ts
   a

   b
   ```

3. 四

> **说明**
>
> x
>
> y

| a\\|b |  |
| --- | --- |
| 1 | 2 [i](https://a.b/i) |

[图](https://a.b/x.png)";
        let markdown: Vec<String> = blocks(&source)
            .lines()
            .map(|line| line.trim_end().to_owned())
            .collect();
        assert_eq!(markdown.join("\n"), expected);
    }

    #[test]
    fn a_list_item_never_begins_with_a_blank_line() {
        let empty = Block::Note {
            title: None,
            blocks: vec![],
        };
        let list = Block::list(true, vec![vec![empty, Block::plain("evil()")]]);
        assert_eq!(blocks(&[list]), "1. evil()");
    }

    #[test]
    fn paragraphs_make_a_list_and_lists_stay() {
        let paragraphs = [Block::plain("a"), Block::plain("b")];
        assert_eq!(as_list(&paragraphs), "- a\n- b");
        let own = [
            Block::plain("a"),
            Block::list(true, vec![vec![Block::plain("b")]]),
        ];
        assert_eq!(as_list(&own), "a\n\n1. b");
        assert_eq!(as_list(&[]), "");
    }
}
