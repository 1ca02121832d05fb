//! Pages whose every text is full of what means something in some language.

use proptest::prelude::*;
use serde_json::json;

/// A page as it was saved.
#[derive(Debug, Clone)]
pub struct Page {
    pub id: &'static str,
    pub kit: Option<String>,
    pub text: String,
}

/// Stands for half of a surrogate pair, which only JSON can have.
const LONE_SURROGATE: char = '\u{f8ff}';

/// What ends a comment, a string, an element or a line somewhere, begins something there, or cannot
/// be seen.
const FRAGMENTS: &[&str] = &[
    // Ends of comments, strings and lines.
    "*/",
    "/*",
    "*/ export const INJECTED = 1; /*",
    "//",
    "///",
    "//!",
    "/**",
    "--",
    "-->",
    "--!>",
    "<!--",
    "]]>",
    "#",
    "\"",
    "'",
    "\"\"\"",
    "'''",
    "`",
    "``",
    "```",
    "~~~",
    "\"#",
    "\"##",
    "r#\"",
    "\\",
    "\\\\",
    "\\\"",
    "\\'",
    "\\n",
    "\\u002a/",
    "\\u{202e}",
    "\\x41",
    "\\101",
    "??/",
    "??'",
    "\n",
    "\r",
    "\r\n",
    "\u{b}",
    "\u{c}",
    "\u{85}",
    "\u{2028}",
    "\u{2029}",
    "\0",
    "\t",
    "\u{2028}*/\u{2029}",
    "\n//",
    "\r//",
    // What computes.
    "${process.exit()}",
    "$x",
    "${",
    "}",
    "#{x}",
    "$(x)",
    "%s",
    "%n",
    "{}",
    "{0}",
    "{{",
    "}}",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "{%",
    "%}",
    "{# c #}",
    "<?php",
    "<%",
    "@@",
    "!important",
    // Rust and its documentation.
    "#![feature(x)]",
    "#[cfg(x)]",
    "panic!()",
    "include!(\"/etc/passwd\")",
    "[Foo]",
    "[`Foo`]",
    "[a]: https://a.b/",
    "concat!(",
    "compile_error!(\"x\")",
    "mod evil;",
    // Tags of documentation, and what compilers look for in comments.
    "@ts-ignore",
    "@ts-expect-error",
    "@Extend Text.f(",
    "@deprecated",
    "{@link x}",
    "@param",
    "# sourceMappingURL=x",
    "eslint-disable",
    "NOLINT",
    "#include <x>",
    "\\file",
    "@file",
    "<reference",
    // Markdown.
    "*",
    "**",
    "_",
    "__",
    "~",
    "~~",
    "|",
    "| --- |",
    "---",
    "===",
    "> ",
    "- ",
    "+ ",
    "1. ",
    "1) ",
    "# x",
    "    x",
    "[x](javascript:alert(1))",
    "![x](https://evil.example/x.png)",
    "[^1]",
    "[ ] ",
    "[!NOTE]",
    "<https://evil.example>",
    "<a@b.c>",
    "https://a.b/c_d*e*?f=1&lt;g&amp;h#i",
    "http://a.b/`",
    "http://",
    "www.a.b",
    "a@b.c",
    "&lt;",
    "&amp;",
    "&#60;",
    "&#x3c;",
    "&copy",
    "&",
    "!",
    "[",
    "]",
    "(",
    ")",
    "](https://evil.example)",
    "\\[",
    ":smile:",
    "<br>",
    "</details>",
    // HTML.
    "<",
    ">",
    "<script>alert(1)</script>",
    "</script>",
    "</title>",
    "</style>",
    "<style>*{}",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "\" onmouseover=\"alert(1)",
    "' autofocus onfocus='x",
    "<![CDATA[",
    "<iframe src=//x>",
    "</pre>",
    "</code>",
    "</main>",
    "<plaintext>",
    "javascript:alert(1)",
    "data:text/html,x",
    // Spreadsheets.
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "=cmd|'/c calc'!A1",
    "-inf",
    "＝1",
    "＠x",
    ";",
    ",",
    "\t=1",
    // Terminals and services.
    "\u{1b}[31m",
    "\u{1b}]0;x\u{7}",
    "\u{1b}c",
    "\u{9b}31m",
    "\u{9d}0;x\u{9c}",
    "\u{7}",
    "\u{8}",
    "::error::x",
    "##[error]x",
    "##vso[x]",
    "\u{7f}",
    // What nobody sees, and what turns the direction.
    "\u{202e}",
    "\u{202d}",
    "\u{202c}",
    "\u{2066}",
    "\u{2067}",
    "\u{2069}",
    "\u{200e}",
    "\u{200f}",
    "\u{61c}",
    "\u{200b}",
    "\u{200c}",
    "\u{200d}",
    "\u{2060}",
    "\u{2063}",
    "\u{feff}",
    "\u{ad}",
    "\u{34f}",
    "\u{3164}",
    "\u{ffa0}",
    "\u{115f}",
    "\u{180e}",
    "\u{fe00}",
    "\u{fe0f}",
    "\u{e0100}",
    "\u{e0041}",
    "\u{e0001}",
    "\u{fff9}",
    "\u{2800}",
    "\u{a0}",
    "\u{3000}",
    "\u{1d173}",
    "\u{ffff}",
    "\u{202e}\u{2066}// x\u{2069}\u{2066}",
    "\u{f8ff}",
    "\u{f8ff}\u{f8ff}",
    "\u{fffd}",
    "\u{fffc}",
    "a'n't",
    "'n't",
    "--x-'y",
    // Marks that combine, letters of both directions, letters that look like others.
    "\u{301}",
    "\u{338}",
    "\u{20dd}",
    "שלום",
    "а",
    "Ⅷ",
    "ß",
    "İ",
    "🦀",
    "👨\u{200d}👩",
];

/// What texts say that mean no harm.
const WORDS: &[&str] = &[
    "a",
    "Failed",
    "run",
    "timed",
    "out",
    "x_y",
    "1.5",
    "401",
    "error",
    "运行",
    "失败",
    "，请重试。",
    "（",
    "）",
    "参数",
    "：",
    "API",
    "of",
    "the",
    "don't",
    "100%",
    "A & B",
    "Map<K, V>",
];

/// Markup that no record may keep as it is.
const MARKUP: &[&str] = &[
    "<script>alert(1)</script>",
    "<style>*{}</style>",
    "<img src='https://evil.example/beacon.png' alt='b\"] \u{202e}*/'>",
    "<img src='javascript:alert(1)' alt='x](javascript:alert(1))'>",
    "<img src='data:image/svg+xml,<svg onload=alert(1)>' alt=x>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><text>x</text></svg>",
    "<iframe src=https://evil.example>x</iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' JaVaScRiPt:alert(1)'>x</a>",
    "<a href='data:text/html,x'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<a href='https://a.b/)](x) */ |`<script>'>x</a>",
    "<a href='https://a.b/\"onclick=\"x' onclick=alert(1)>x</a>",
    "<a href='https://a.b/`'>x</a><a href='https://a.b/`'>y</a>",
    "<a href='https://a.b/?x=1&amp;lt;y&amp;copy;z'>x</a>",
    "<a href='mailto:a@b.c?subject=*/'>x</a>",
    "<a href='https://a.b/\u{202e}x'>x</a>",
    "<b onmouseover=alert(1)>x</b>",
    "<!-- */ --><br>",
    "<form action=https://evil.example><input value=x></form>",
];

fn text() -> impl Strategy<Value = String> {
    let fragment = || prop::sample::select(FRAGMENTS).prop_map(str::to_owned);
    let word = || prop::sample::select(WORDS).prop_map(str::to_owned);
    let other = any::<char>().prop_map(String::from);
    let piece = prop_oneof![6 => fragment(), 4 => word(), 1 => other];
    let pieces = prop::collection::vec((piece, any::<bool>()), 1..7);
    pieces.prop_map(|pieces| {
        let texts = pieces
            .into_iter()
            .map(|(text, blank)| if blank { text + " " } else { text });
        texts.collect()
    })
}

/// A text between tags or quotes. A carriage return would be made a line end.
fn slot() -> impl Strategy<Value = String> {
    text().prop_map(|text| {
        let text = text
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        text.replace('"', "&quot;").replace('\r', "&#13;")
    })
}

fn inline() -> impl Strategy<Value = String> {
    let address = prop_oneof![
        slot(),
        slot().prop_map(|text| format!("https://a.b/{text}")),
    ];
    prop_oneof![
        4 => slot(),
        1 => slot().prop_map(|text| format!("<b>{text}</b>")),
        1 => slot().prop_map(|text| format!("<code>{text}</code>")),
        1 => slot().prop_map(|text| format!("<sup>{text}</sup>")),
        1 => (address, slot()).prop_map(|(to, text)| format!("<a href=\"{to}\">{text}</a>")),
        1 => (slot(), slot()).prop_map(|(from, alt)| format!("<img src=\"https://a.b/{from}\" alt=\"{alt}\">")),
        1 => prop::sample::select(MARKUP).prop_map(str::to_owned),
    ]
}

fn line() -> impl Strategy<Value = String> {
    prop::collection::vec(inline(), 1..4).prop_map(|pieces| pieces.concat())
}

fn lines(tag: &'static str) -> impl Strategy<Value = String> {
    let lines = prop::collection::vec(line(), 1..3);
    lines.prop_map(move |lines| {
        lines
            .iter()
            .map(|line| format!("<{tag}>{line}</{tag}>\n"))
            .collect()
    })
}

fn block() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => lines("p"),
        1 => lines("li").prop_map(|items| format!("<ul>\n{items}</ul>\n")),
        1 => lines("li").prop_map(|items| format!("<ol start=9>\n{items}</ol>\n")),
        1 => (slot(), slot(), slot()).prop_map(|(class, one, two)| {
            format!("<pre class=\"{class}\">{one}\n    {two}</pre>\n")
        }),
        1 => (lines("th"), lines("td")).prop_map(|(header, row)| {
            format!("<table><thead><tr>{header}</tr></thead><tbody><tr>{row}</tr></tbody></table>\n")
        }),
        1 => (slot(), line()).prop_map(|(title, line)| {
            format!("<div class=note><span class=notetitle>{title}：</span><p>{line}</p></div>\n")
        }),
        1 => line().prop_map(|line| format!("<blockquote>{line}</blockquote>\n")),
    ]
}

/// The sections of a page: codes, and a section that is none with a table of codes in it.
fn section() -> impl Strategy<Value = String> {
    let label = prop_oneof![
        2 => Just("可能原因".to_owned()),
        2 => Just("处理步骤".to_owned()),
        1 => slot(),
    ];
    let more = prop::collection::vec((label, block()), 0..3);
    let code = (slot(), slot(), slot(), line(), block(), more).prop_map(
        |(id, title, device, message, description, more)| {
            let more = more.into_iter().map(|(label, block)| format!("<p><strong>{label}</strong></p>\n{block}"));
            format!(
                "<h2 id=\"{id}\">NUMBER {title}</h2>\n\
                 <div class=\"device-list\"><span class=\"support-device-item\">{device}</span></div>\n\
                 <p><strong>错误信息</strong></p>\n<p>{message}</p>\n\
                 <p><strong>错误描述</strong></p>\n{description}{}",
                more.collect::<String>()
            )
        },
    );
    let table = (slot(), slot(), slot()).prop_map(|(title, message, description)| {
        format!(
            "<h2>{title}</h2>\n<table><tr><th>错误码</th><th>错误信息</th><th>描述</th></tr>\n\
             <tr><td>NUMBER</td><td>{message}</td><td>{description}</td></tr></table>\n"
        )
    });
    prop_oneof![3 => code, 1 => table]
}

/// A page, as HTML or as the answer of the document API.
pub fn page() -> impl Strategy<Value = Page> {
    let sections = prop::collection::vec(section(), 1..4);
    let parts = (
        slot(),
        prop::option::of(text()),
        block(),
        sections,
        any::<bool>(),
    );
    parts.prop_map(|(title, kit, intro, sections, is_answer)| {
        let mut html = format!("<h1>{title}</h1>\n{intro}");
        for (number, section) in (1001..).zip(sections) {
            html.push_str(&section.replace("NUMBER", &number.to_string()));
        }
        // One code of the page is always there.
        html.push_str("<h2>1999 Last</h2>\n<p><strong>错误信息</strong></p>\n<p>Last.</p>\n");
        let text = match is_answer {
            true => answer(&html),
            false => html,
        };
        Page {
            id: "hostile-error-code",
            kit,
            text,
        }
    })
}

fn answer(html: &str) -> String {
    let answer =
        json!({"code": 0, "value": {"title": html.lines().next(), "content": {"content": html}}});
    answer.to_string().replace(LONE_SURROGATE, "\\ud800")
}
