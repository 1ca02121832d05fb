//! Markdown read back by a parser: it has the blocks, marks, links and texts that the records have,
//! and nothing else.

use proptest::prelude::*;

use super::shown::{Shown, as_in_comment, expected, forget_unknown, letters, read, text};
use super::{Place, blocks};
use crate::catalog::{Block, Run};
use crate::escape::{block_doc, comment, jsdoc, markdown};

fn text_of(pieces: Vec<&str>) -> String {
    pieces.concat()
}

/// Texts made of what means something in Markdown or in comments.
fn source() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "*",
        "**",
        "_",
        "`",
        "``",
        "```",
        "~",
        "~~~",
        "[",
        "]",
        "](",
        "(",
        ")",
        "!",
        "<",
        ">",
        "<b>",
        "</b>",
        "<!--",
        "-->",
        "<?",
        "&",
        "&lt;",
        "&#47;",
        "&amp",
        "\\",
        "|",
        "#",
        "# ",
        "-",
        "- ",
        "+ ",
        "* ",
        "> ",
        "1.",
        "1. ",
        "2) ",
        "=",
        "===",
        "---",
        "    ",
        "\t",
        "\n",
        "\r",
        "http://a.b/c",
        "https://a.b/?d=1&lt;x",
        "https://",
        "www.a.b",
        "ftp://a.b",
        "HTTPS://",
        "http:",
        "//a.b",
        "e@a.b",
        ":",
        "a",
        "b c",
        "中",
        "。",
        "（",
        "$",
        "{",
        "}",
        " @x",
        "*/",
        "/*",
        "//",
        "\\u002a",
        "??/",
        "\u{202e}",
        "\u{3000}",
        "\"",
        "'",
        "[x]: y",
        "]:",
        "[^1]",
        "[ ] ",
        ". ",
        " ",
    ]);
    prop::collection::vec(piece, 0..6).prop_map(text_of)
}

fn run() -> impl Strategy<Value = Run> {
    let link = prop::option::weighted(
        0.3,
        prop_oneof![
            source().prop_map(|path| format!("https://a.b/{path}")),
            source()
        ],
    );
    let forms = (any::<bool>(), any::<bool>(), any::<bool>());
    (source(), forms, link).prop_map(|(text, (bold, code, superscript), link)| Run {
        text,
        bold,
        code,
        superscript,
        link,
    })
}

fn any_blocks() -> impl Strategy<Value = Vec<Block>> {
    let runs = prop::collection::vec(run(), 1..4);
    let flat = prop_oneof![
        3 => source().prop_map(Block::plain),
        3 => runs.prop_map(|runs| Block::Paragraph {
            text: runs.iter().map(|run| run.text.as_str()).collect(),
            runs,
        }),
        2 => (prop::option::of(source()), source(), source())
            .prop_map(|(language, one, two)| Block::code(language, one + "\n    " + &two)),
        1 => (source(), source()).prop_map(|(alt, path)| Block::Image {
            alt,
            url: format!("https://a.b/{path}"),
        }),
    ];
    let block = flat.prop_recursive(4, 16, 3, |inner| {
        let some = move |most| prop::collection::vec(inner.clone(), 0..most);
        let start = prop::sample::select(vec![0, 1, 2, 10, 999_999_998, 999_999_999]);
        let items = prop::collection::vec(some(4), 0..4);
        let row = prop::collection::vec(some(3), 0..3);
        let rows = prop::collection::vec(row.clone(), 0..3);
        let title = prop::option::of(source());
        prop_oneof![
            3 => (any::<bool>(), start, items).prop_map(|(ordered, start, items)| Block::List {
                ordered,
                start: if ordered { start } else { 1 },
                items,
            }),
            1 => (title, some(4)).prop_map(|(title, blocks)| Block::Note { title, blocks }),
            1 => (row, rows).prop_map(|(header, rows)| Block::Table { header, rows }),
        ]
    });
    prop::collection::vec(block, 0..5)
}

/// The lines of a comment without what marks them.
fn uncommented(comment: &str, mark: &str) -> String {
    let lines = comment.lines().map(str::trim_start);
    let lines = lines.filter(|line| !["/**", "*/"].contains(line));
    let lines = lines.map(|line| line.strip_prefix(mark).unwrap_or(line));
    let lines: Vec<&str> = lines
        .map(|line| line.strip_prefix(' ').unwrap_or(line))
        .collect();
    lines.join("\n")
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn markdown_shows_what_the_records_have(source in any_blocks()) {
        let markdown = blocks(&source, Place::Page);
        let expected = expected(&source);
        let mut found = read(&markdown).shown;
        forget_unknown(&mut found, &expected);
        prop_assert_eq!(found, expected, "{}", markdown);
    }

    #[test]
    fn comments_show_what_the_records_have(source in any_blocks()) {
        let markdown = blocks(&source, Place::Comment);
        let mut expected = expected(&source);
        as_in_comment(&mut expected);
        for (comment, mark) in [
            (comment(&markdown, "    ///"), "///"),
            (jsdoc(&markdown, 4, false), "*"),
            (block_doc(&markdown, 4, false), "*"),
        ] {
            // A slash before a mark is kept apart from it, so that no comment begins there.
            if comment.contains("/\\*") {
                continue;
            }
            let markdown = uncommented(&comment, mark);
            let mut read = read(&markdown);
            as_in_comment(&mut read.shown);
            forget_unknown(&mut read.shown, &expected);
            prop_assert_eq!(&read.shown, &expected, "{}", markdown);
            prop_assert!(read.languages.iter().all(|language| language == "text"), "{}", markdown);
        }
    }

    #[test]
    fn a_text_stays_in_its_heading_cell_or_link(source in source()) {
        let text = text(letters(&Block::plain(source.as_str())));
        let markdown = markdown(&source);
        for (before, after, holders) in [
            ("", "", 0),
            ("> ", "", 1),
            ("| ", " |\n| --- |", 3),
            ("- ", "", 2),
        ] {
            let markdown = format!("{before}{markdown}{after}");
            let found = read(&markdown).shown;
            let inner = found.get(holders..found.len() - holders).unwrap_or_default();
            prop_assert_eq!(inner, &text, "{}", markdown);
        }
        let link = format!("[x{markdown}x](https://a.b/)");
        let found = read(&link).shown;
        let is_one_link = matches!(&found[..], [Shown::Text(letters)]
            if letters.iter().all(|letter| letter.letter == ' ' || letter.link.is_some()));
        prop_assert!(is_one_link, "{}: {:?}", link, found);
    }
}
