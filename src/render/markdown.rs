//! Blocks as Markdown: for the Markdown target, and for the doc comments of every language.

use super::escape::{one_line, visible};
use crate::address::encode_part;
use crate::catalog::{Block, Run, plain_text};

/// Blocks as Markdown, with a blank line between them and none at the ends.
pub(super) fn blocks(blocks: &[Block]) -> String {
    let texts: Vec<String> = blocks
        .iter()
        .map(block)
        .filter(|text| !text.is_empty())
        .collect();
    texts.join("\n\n")
}

/// Blocks as a list. Paragraphs are its items; whatever has a list already stays as it is.
pub(super) fn list(items: &[Block]) -> String {
    let only_paragraphs = items
        .iter()
        .all(|item| matches!(item, Block::Paragraph { .. }));
    if !only_paragraphs {
        return blocks(items);
    }
    let items: Vec<String> = items
        .iter()
        .map(|item| format!("- {}", block(item)))
        .collect();
    items.join("\n")
}

/// Plain text as one line of Markdown that shows just this text.
///
/// Only what would mean something is escaped, so that the source stays readable.
pub(super) fn text(text: &str) -> String {
    let text = one_line(text);
    let mut escaped = String::with_capacity(text.len());
    let marker = line_marker(&text);
    let mut before = None;
    for (at, c) in text.char_indices() {
        let after = text[at + c.len_utf8()..].chars().next();
        if is_markup(c, before, after) || at == marker {
            escaped.push('\\');
        }
        escaped.push(c);
        before = Some(c);
    }
    escaped
}

fn is_markup(c: char, before: Option<char>, after: Option<char>) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        '\\' => after.is_some_and(|c| c.is_ascii_punctuation()),
        '`' | '*' | '[' | ']' | '<' | '>' | '|' => true,
        // Within a word an underscore is one.
        '_' => !(is_word(before) && is_word(after)),
        '~' => before == Some('~') || after == Some('~'),
        '&' => is_word(after) || after == Some('#'),
        _ => false,
    }
}

/// Where a text begins with what would make it a heading, a list or a rule: the character to
/// escape. The length of the text where it does not.
fn line_marker(text: &str) -> usize {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - rest.len();
    match rest.chars().next() {
        Some('.' | ')') if digits > 0 => digits,
        Some('#' | '+' | '-' | '=') if digits == 0 => 0,
        _ => text.len(),
    }
}

fn block(block: &Block) -> String {
    match block {
        Block::Paragraph { text: plain, runs } if runs.is_empty() => text(plain),
        Block::Paragraph { runs, .. } => runs.iter().map(run).collect(),
        Block::List { ordered, items } => {
            let numbers = (1..).map(|n| {
                if *ordered {
                    format!("{n}. ")
                } else {
                    "- ".to_owned()
                }
            });
            let items = items
                .iter()
                .zip(numbers)
                .map(|(item, marker)| indented(item, &marker));
            items.collect::<Vec<_>>().join("\n")
        }
        Block::Code { language, text } => code(language.as_deref(), text),
        Block::Table { header, rows } => table(header, rows),
        Block::Note {
            title,
            blocks: inner,
        } => {
            let title = title
                .as_deref()
                .map(|title| format!("**{}**\n\n", text(title)));
            quoted(&format!("{}{}", title.unwrap_or_default(), blocks(inner)))
        }
        // A link and no picture: nothing is fetched when the page is looked at.
        Block::Image { alt, url } => {
            let alt = if alt.is_empty() { "image" } else { alt };
            link(&text(alt), url)
        }
    }
}

fn run(run: &Run) -> String {
    // Blanks stay outside of marks, which would not work beside them.
    let core = run.text.trim();
    if core.is_empty() {
        return run.text.clone();
    }
    let start = run.text.len() - run.text.trim_start().len();
    let (before, after) = (&run.text[..start], &run.text[start + core.len()..]);
    let mut marked = if run.code {
        code_span(core)
    } else {
        text(core)
    };
    if run.bold && marks_work(core) {
        marked = format!("**{marked}**");
    }
    if let Some(url) = &run.link {
        marked = link(&marked, url);
    }
    format!("{before}{marked}{after}")
}

/// Whether asterisks around a text are sure to be read as marks: not where it begins or ends
/// with punctuation.
fn marks_work(text: &str) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    is_word(text.chars().next()) && is_word(text.chars().next_back())
}

fn link(text: &str, address: &str) -> String {
    match url(address).as_str() {
        "" => text.to_owned(),
        address => format!("[{text}]({address})"),
    }
}

/// An address as the target of a link; empty for one that is none of the web.
pub(super) fn url(address: &str) -> String {
    let is_web = |scheme| address.starts_with(scheme);
    if !["http://", "https://", "mailto:"].iter().any(is_web) {
        return String::new();
    }
    let ends_link = |c: char| c.is_whitespace() || c.is_control() || "()<>\\".contains(c);
    let encode = |c: char| match ends_link(c) {
        true => encode_part(c.encode_utf8(&mut [0; 4])),
        false => c.to_string(),
    };
    visible(&address.chars().map(encode).collect::<String>())
}

fn code_span(text: &str) -> String {
    let text = visible(text);
    let fence = "`".repeat(longest_run_of_backticks(&text) + 1);
    let pad = if text.contains('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// What a block of code may call itself. Some other names have a meaning of their own: `rust`,
/// for one, would make a test of it that rustdoc runs.
const LANGUAGES: [&str; 22] = [
    "arkts",
    "bash",
    "c",
    "cmake",
    "cpp",
    "css",
    "ets",
    "html",
    "http",
    "java",
    "javascript",
    "js",
    "json",
    "json5",
    "kotlin",
    "python",
    "shell",
    "sql",
    "ts",
    "typescript",
    "xml",
    "yaml",
];

fn code(language: Option<&str>, text: &str) -> String {
    let fence = "`".repeat(longest_run_of_backticks(text).max(2) + 1);
    let language = language.filter(|language| LANGUAGES.contains(language));
    format!(
        "{fence}{}\n{}\n{fence}",
        language.unwrap_or("text"),
        visible(text)
    )
}

fn longest_run_of_backticks(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

fn table(header: &[Vec<Block>], rows: &[Vec<Vec<Block>>]) -> String {
    let columns = rows
        .iter()
        .map(Vec::len)
        .chain([header.len()])
        .max()
        .unwrap_or(0);
    let row = |cells: &[Vec<Block>]| {
        let texts = (0..columns).map(|column| {
            cells
                .get(column)
                .map_or_else(String::new, |cell| text(&plain_text(cell).join(" ")))
        });
        format!("| {} |", texts.collect::<Vec<_>>().join(" | "))
    };
    let rule = format!("|{}", " --- |".repeat(columns));
    let lines = [row(header), rule]
        .into_iter()
        .chain(rows.iter().map(|cells| row(cells)));
    lines.collect::<Vec<_>>().join("\n")
}

/// The blocks of a list item behind its marker.
fn indented(item: &[Block], marker: &str) -> String {
    let indent = " ".repeat(marker.len());
    let mut text = String::new();
    for (index, inner) in item.iter().enumerate() {
        // A list that follows its paragraph directly keeps the outer list tight.
        let gap = match (index, inner) {
            (0, _) => "",
            (_, Block::List { .. }) => "\n",
            _ => "\n\n",
        };
        text.push_str(gap);
        text.push_str(&block(inner));
    }
    format!("{marker}{}", text.replace('\n', &format!("\n{indent}")))
}

fn quoted(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| format!("> {line}")).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_shown_as_it_is() {
        for (plain, markdown) in [
            ("run_timed_out", "run_timed_out"),
            ("_a_ *b* `c` ~d~ ~~e~~", r"\_a\_ \*b\* \`c\` ~d~ \~\~e\~\~"),
            ("Map<K, V>[0] | a\\b \\*", r"Map\<K, V\>\[0\] \| a\b \\\*"),
            ("A & B &amp; &#1;", r"A & B \&amp; \&#1;"),
            ("1. one", r"1\. one"),
            ("- one", r"\- one"),
            ("#tag #", r"\#tag #"),
            ("1.5 is fine", r"1\.5 is fine"),
            ("bell\u{7}", r"bell\u{7}"),
        ] {
            assert_eq!(text(plain), markdown);
        }
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
            Block::List {
                ordered: true,
                items: vec![
                    vec![
                        Block::plain("一"),
                        Block::List {
                            ordered: false,
                            items: vec![vec![Block::plain("二")]],
                        },
                    ],
                    vec![
                        Block::plain("三"),
                        Block::Code {
                            language: Some("ts".into()),
                            text: "a\n\nb".into(),
                        },
                    ],
                ],
            },
            Block::Note {
                title: Some("说明".into()),
                blocks: vec![Block::plain("x"), Block::plain("y")],
            },
            Block::Table {
                header: vec![vec![Block::plain("a|b")]],
                rows: vec![vec![vec![Block::plain("1")], vec![Block::plain("2")]]],
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

> **说明**
>
> x
>
> y

| a\\|b |  |
| --- | --- |
| 1 | 2 |

[图](https://a.b/x.png)";
        let markdown: Vec<String> = blocks(&source)
            .lines()
            .map(|line| line.trim_end().to_owned())
            .collect();
        assert_eq!(markdown.join("\n"), expected);
    }

    #[test]
    fn paragraphs_make_a_list_and_lists_stay() {
        let paragraphs = [Block::plain("a"), Block::plain("b")];
        assert_eq!(list(&paragraphs), "- a\n- b");
        let own = [
            Block::plain("a"),
            Block::List {
                ordered: true,
                items: vec![vec![Block::plain("b")]],
            },
        ];
        assert_eq!(list(&own), "a\n\n1. b");
        assert_eq!(list(&[]), "");
    }
}
