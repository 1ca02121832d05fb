//! Blocks as Markdown: for the Markdown target, and for the doc comments of every language.

mod inline;
#[cfg(test)]
mod read_back;
#[cfg(test)]
mod shown;

use super::{image_text, list_items};
use crate::catalog::{Block, MAX_NUMBER, Run, plain_text, walk};
use crate::escape::{markdown, markdown_fence, markdown_paragraph, visible};

use inline::runs;

/// Where Markdown stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A page of its own.
    Page,
    /// The doc comment of a program, where tools may run a block of code that is not plain text.
    Comment,
}

/// Blocks as Markdown, with a blank line between them and none at the ends.
pub(super) fn blocks(blocks: &[Block], place: Place) -> String {
    sequence(blocks, place, |_, _| "\n\n")
}

/// Blocks as a list. Paragraphs are its items; whatever has a list already stays as it is.
pub(super) fn as_list(items: &[Block], place: Place) -> String {
    match list_items(items) {
        Some(items) => list(None, Marker::Usual, items, place),
        None => blocks(items, place),
    }
}

/// Blocks without those that show nothing. `separator` says what stands before one, by the block and
/// its Markdown.
fn sequence(blocks: &[Block], place: Place, separator: fn(&Block, &str) -> &'static str) -> String {
    let mut text = String::new();
    let mut before: Option<(&Block, Marker)> = None;
    for block in blocks {
        let marker = match before {
            Some((before, marker)) if is_same_kind_of_list(before, block) => marker.other(),
            _ => Marker::Usual,
        };
        let markdown = self::block(block, marker, place);
        if markdown.is_empty() {
            continue;
        }
        if before.is_some() {
            text.push_str(separator(block, &markdown));
        }
        text.push_str(&markdown);
        before = Some((block, marker));
    }
    text
}

fn is_same_kind_of_list(a: &Block, b: &Block) -> bool {
    matches!((a, b), (Block::List { ordered: a, .. }, Block::List { ordered: b, .. }) if a == b)
}

fn block(block: &Block, marker: Marker, place: Place) -> String {
    match block {
        Block::Paragraph { text, runs } if runs.is_empty() => markdown_paragraph(text),
        Block::Paragraph { runs: own, .. } => runs(own),
        Block::List {
            ordered,
            start,
            items,
        } => {
            let items = items.iter().map(Vec::as_slice);
            list(ordered.then_some(*start), marker, items, place)
        }
        Block::Code { language, code, .. } => {
            let language = language.as_deref().filter(|_| place == Place::Page);
            code_block(language, code)
        }
        Block::Table { header, rows } => table(header, rows),
        Block::Note { title, blocks } => note(title.as_deref(), blocks, place),
        Block::Image { alt, url } => image(alt, url),
    }
}

/// A link in the place of a picture.
fn image(alt: &str, url: &str) -> String {
    runs(&[Run {
        text: image_text(alt).to_owned(),
        link: Some(url.to_owned()),
        ..Run::default()
    }])
}

fn note(title: Option<&str>, inner: &[Block], place: Place) -> String {
    let title = title.map(markdown).filter(|title| !title.is_empty());
    let heading = title.map(|title| format!("**{title}**"));
    let text = Some(blocks(inner, place)).filter(|text| !text.is_empty());
    let parts: Vec<String> = heading.into_iter().chain(text).collect();
    let lines = parts.join("\n\n");
    let quoted: Vec<String> = lines.lines().map(|line| format!("> {line}")).collect();
    quoted.join("\n")
}

/// The signs of a list. One next to another of its kind has the other sign, or both would be one
/// list.
#[derive(Debug, Clone, Copy)]
enum Marker {
    Usual,
    Other,
}

impl Marker {
    fn other(self) -> Self {
        match self {
            Self::Usual => Self::Other,
            Self::Other => Self::Usual,
        }
    }

    /// What an item begins with, by its number, where the list has numbers.
    fn text(self, number: Option<u32>) -> String {
        match (number, self) {
            (None, Self::Usual) => "- ".to_owned(),
            (None, Self::Other) => "* ".to_owned(),
            (Some(number), Self::Usual) => format!("{number}. "),
            (Some(number), Self::Other) => format!("{number}) "),
        }
    }
}

/// A list, whose items have numbers where the first one has. An item that shows nothing is left
/// out: a marker alone can be read as a rule, or make the line above it a heading.
fn list<'a>(
    first: Option<u32>,
    marker: Marker,
    items: impl Iterator<Item = &'a [Block]>,
    place: Place,
) -> String {
    let items = items.zip(0..).filter_map(|(item, index)| {
        let number = first.map(|first| first.saturating_add(index).min(MAX_NUMBER));
        let text = sequence(item, place, separator_in_item);
        (!text.is_empty()).then(|| indented(&text, &marker.text(number)))
    });
    items.collect::<Vec<_>>().join("\n")
}

/// What stands between a block of an item and the one before it. A list that follows directly keeps
/// the list around it tight; one that does not begin with 1 would be a part of the paragraph above
/// it.
fn separator_in_item(block: &Block, markdown: &str) -> &'static str {
    let is_list = matches!(block, Block::List { .. });
    let mut starts = ["- ", "* ", "1. ", "1) "].into_iter();
    if is_list && starts.any(|start| markdown.starts_with(start)) {
        "\n"
    } else {
        "\n\n"
    }
}

/// The blocks of an item behind its marker.
fn indented(text: &str, marker: &str) -> String {
    let indent = " ".repeat(marker.len());
    format!("{marker}{}", text.replace('\n', &format!("\n{indent}")))
}

/// What a block of code of a page may call itself. Some other names have a meaning of their own,
/// such as `mermaid` on GitHub.
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
    if columns == 0 {
        return String::new();
    }
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
    let lines = blocks.iter().map(|block| match block {
        Block::Paragraph { text, runs } if runs.is_empty() => markdown_paragraph(text),
        Block::Paragraph { runs: own, .. } if own.iter().any(has_bar) => cell_with_bars(own),
        Block::Paragraph { runs: own, .. } => runs(own),
        Block::Image { alt, url } => image(alt, url),
        _ => flattened(block),
    });
    lines.collect::<Vec<_>>().join(" ")
}

/// A block with others in it as one line: its text, then its pictures.
fn flattened(block: &Block) -> String {
    let block = std::slice::from_ref(block);
    let mut line = markdown(&plain_text(block).join(" "));
    walk(block, &mut |inner| {
        if let Block::Image { alt, url } = inner {
            line.extend([" ", &image(alt, url)]);
        }
    });
    line
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Blocks on a page, without the indentation of blank lines.
    fn page(blocks: &[Block]) -> String {
        let markdown = super::blocks(blocks, Place::Page);
        let lines: Vec<&str> = markdown.lines().map(str::trim_end).collect();
        lines.join("\n")
    }

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

3) 四

> **说明**
>
> x
>
> y

| a\\|b |  |
| --- | --- |
| 1 | 2 [i](https://a.b/i) |

[图](https://a.b/x.png)";
        assert_eq!(page(&source), expected);
    }

    #[test]
    fn a_list_item_never_begins_with_a_blank_line() {
        let empty = Block::Note {
            title: None,
            blocks: vec![],
        };
        let list = Block::list(true, vec![vec![empty, Block::plain("evil()")]]);
        assert_eq!(page(&[list]), "1. evil()");
    }

    #[test]
    fn a_list_that_does_not_begin_with_1_is_no_part_of_the_paragraph_above_it() {
        let numbered = |start, items| Block::List {
            ordered: true,
            start,
            items,
        };
        let inner = numbered(10, vec![vec![Block::plain("b"), Block::plain("evil()")]]);
        let outer = Block::list(false, vec![vec![Block::plain("a"), inner]]);
        assert_eq!(page(&[outer]), "- a\n\n  10. b\n\n      evil()");
        let items = vec![vec![Block::plain("a")], vec![Block::plain("b")]];
        assert_eq!(
            page(&[numbered(999_999_999, items)]),
            "999999999. a\n999999999. b"
        );
    }

    #[test]
    fn lists_side_by_side_stay_two() {
        let list = |ordered, text| Block::list(ordered, vec![vec![Block::plain(text)]]);
        let lists = [
            list(false, "a"),
            list(false, "b"),
            list(false, "c"),
            list(true, "d"),
            list(true, "e"),
        ];
        assert_eq!(page(&lists), "- a\n\n* b\n\n- c\n\n1. d\n\n1) e");
    }

    #[test]
    fn code_in_a_comment_is_plain_text() {
        let code = [Block::code(Some("ts".to_owned()), "a")];
        assert_eq!(blocks(&code, Place::Comment), "```text\na\n```");
        assert_eq!(page(&code), "```ts\na\n```");
    }

    #[test]
    fn paragraphs_make_a_list_and_lists_stay() {
        let paragraphs = [Block::plain("a"), Block::plain("b")];
        assert_eq!(as_list(&paragraphs, Place::Page), "- a\n- b");
        let own = [
            Block::plain("a"),
            Block::list(true, vec![vec![Block::plain("b")]]),
        ];
        assert_eq!(as_list(&own, Place::Page), "a\n\n1. b");
        assert_eq!(as_list(&[], Place::Page), "");
    }
}
