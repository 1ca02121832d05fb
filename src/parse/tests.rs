//! No text of a page is lost, whatever elements it stands in and whatever surrounds it.
//!
//! Pages are put together at random from what real pages are made of and from what no page has
//! ever had. Every piece of text has a word of its own, so that what became of it can be seen in
//! the records and the diagnostics; the account of the page is held against them.

use proptest::prelude::*;
use scraper::{ElementRef, Html, Node};

use super::{PageFacts, Parsed, parse};
use crate::snapshot::{Document, has_class};

/// Elements whose text no reader sees, and icons.
const WITHOUT_TEXT: [&str; 6] = ["script", "style", "template", "noscript", "svg", "iframe"];

/// The classes of what the site puts around the text of an article.
const FURNITURE: [&str; 12] = [
    "anchor-icon",
    "highlight-div-header",
    "ai-button",
    "handle-button",
    "expand-box",
    "expand-btn",
    "anchor-list-box",
    "ant-breadcrumb",
    "doc-feedback",
    "helpful-box",
    "share-container",
    "support-device-pre",
];

/// Classes that mean something to arkerr, or almost do, beside those of furniture.
const CLASSES: [&str; 14] = [
    "note",
    "notetitle",
    "notebody",
    "hw-editor-tip info",
    "title",
    "icon-panel",
    "content-panel",
    "device-list",
    "support-device-item",
    "section",
    "tiledSection",
    "markdown-body",
    "linenums",
    "unknown",
];

const ELEMENTS: [&str; 34] = [
    "div",
    "span",
    "p",
    "ul",
    "ol",
    "li",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "td",
    "th",
    "dl",
    "dt",
    "dd",
    "details",
    "summary",
    "blockquote",
    "pre",
    "code",
    "b",
    "strong",
    "a",
    "sup",
    "h2",
    "h3",
    "h4",
    "svg",
    "form",
    "button",
    "select",
    "x-foo",
    "script",
];

/// Texts that mean something where they stand alone or at the start.
const TEXTS: [&str; 17] = [
    "错误信息",
    "错误描述：",
    "可能原因",
    "Solution",
    "说明",
    "200 ",
    "1000500001 ",
    "3 ",
    "[h2]",
    "E000001 ",
    "错误码",
    "展开",
    "收起自动换行深色代码主题复制",
    "phone | 2in1",
    "支持设备Phone",
    "**错误信息：**",
    " ",
];

/// A piece of a page.
#[derive(Debug, Clone)]
enum Piece {
    /// An element with a class and what is in it.
    Element(&'static str, Option<&'static str>, Vec<Piece>),
    /// A text of its own, or one with a word after it.
    Text(&'static str, bool),
    /// A tag without an end, or any other bit of HTML.
    Raw(&'static str),
}

impl Piece {
    /// Writes the piece; `word` counts the words so far.
    fn write(&self, html: &mut String, word: &mut usize) {
        match self {
            Self::Element(name, class, children) => {
                let class = class.map(|class| format!(" class=\"{class}\""));
                html.push_str(&format!("<{name}{}>", class.unwrap_or_default()));
                children.iter().for_each(|child| child.write(html, word));
                html.push_str(&format!("</{name}>"));
            }
            Self::Text(text, has_word) => {
                html.push_str(text);
                if *has_word {
                    html.push_str(&marked_word(*word));
                    *word += 1;
                }
            }
            Self::Raw(raw) => html.push_str(raw),
        }
    }
}

fn text_piece() -> impl Strategy<Value = Piece> {
    prop_oneof![
        3 => Just(Piece::Text("", true)),
        2 => prop::sample::select(&TEXTS[..]).prop_map(|text| Piece::Text(text, true)),
        1 => prop::sample::select(&TEXTS[..]).prop_map(|text| Piece::Text(text, false)),
    ]
}

fn class() -> impl Strategy<Value = Option<&'static str>> {
    prop_oneof![
        6 => Just(None),
        2 => prop::sample::select(&CLASSES[..]).prop_map(Some),
        1 => prop::sample::select(&FURNITURE[..]).prop_map(Some),
    ]
}

fn raw() -> impl Strategy<Value = Piece> {
    let raws = vec![
        "<br>",
        "<img src='note_1.png'>",
        "<img alt='x'>",
        "<hr>",
        "<!-- c -->",
        "&nbsp;",
        "\u{200b}",
        "</p>",
        "</div>",
        "</b>",
        "</table>",
        "<td rowspan=2>",
        "<td colspan=3>",
        "<th rowspan=0>",
        "<tr>",
        "<li>",
        "<p>",
        "<b>",
        "<svg>",
        "</svg>",
        "<wbr>",
        "\n",
    ];
    prop::sample::select(raws).prop_map(Piece::Raw)
}

/// What a code of a real page is made of, so that sections and fields are met often.
fn section() -> impl Strategy<Value = Piece> {
    let labels = prop::sample::select(vec!["错误信息", "可能原因：", "其他", "Solution"]);
    let heads = prop::sample::select(vec!["100 ", "2200001 ", "E000001 ", "3 ", "概述"]);
    let levels = prop::sample::select(vec!["h2", "h3", "h4"]);
    (levels, heads, labels).prop_map(|(level, head, label)| {
        let one = |text| vec![Piece::Text(text, false)];
        let label = Piece::Element("p", None, vec![Piece::Element("strong", None, one(label))]);
        let heading = Piece::Element(level, None, vec![Piece::Text(head, true)]);
        let message = Piece::Element("p", None, vec![Piece::Text("", true)]);
        Piece::Element("div", Some("tiledSection"), vec![heading, label, message])
    })
}

fn table() -> impl Strategy<Value = Piece> {
    let headers = prop::sample::select(vec!["错误码", "HTTP响应码", "说明", "value", "模块"]);
    let cell = prop_oneof![
        2 => prop::sample::select(vec!["200", "0x1F", "-1", "ERR_OK", "-", ""])
            .prop_map(|text| Piece::Text(text, false)),
        2 => text_piece(),
        1 => raw(),
    ];
    let cells = prop::collection::vec(cell, 0..5);
    (
        prop::collection::vec(headers, 1..4),
        prop::collection::vec(cells, 0..4),
    )
        .prop_map(|(headers, rows)| {
            let element = |name, inner| Piece::Element(name, None, vec![inner]);
            let header = |text| element("th", Piece::Text(text, false));
            let headers = headers.into_iter().map(header).collect();
            let mut all = vec![Piece::Element("tr", None, headers)];
            for row in rows {
                let cells = row.into_iter().map(|cell| element("td", cell));
                all.push(Piece::Element("tr", None, cells.collect()));
            }
            Piece::Element("table", None, all)
        })
}

fn piece() -> impl Strategy<Value = Piece> {
    let leaf = prop_oneof![4 => text_piece(), 2 => raw()];
    leaf.prop_recursive(5, 40, 5, |inner| {
        let name = prop::sample::select(&ELEMENTS[..]);
        let element = (name, class(), prop::collection::vec(inner, 0..5));
        element.prop_map(|(name, class, children)| Piece::Element(name, class, children))
    })
}

/// Lines that the site or a converter leaves in an article, where pages have them: as paragraphs
/// of the article itself, and not in its lists, cells and call-outs.
fn left_over() -> impl Strategy<Value = Piece> {
    let lines = prop::sample::select(vec![
        "收起自动换行深色代码主题复制",
        "展开",
        "支持设备PhonePC/2in1展开",
    ]);
    lines.prop_map(|line| Piece::Element("p", None, vec![Piece::Text(line, false)]))
}

/// A page of pieces, as a fragment or as a whole page with other text around its article.
fn page() -> impl Strategy<Value = String> {
    let piece = prop_oneof![6 => piece(), 4 => section(), 2 => table(), 1 => left_over()];
    (prop::collection::vec(piece, 1..12), any::<bool>()).prop_map(|(pieces, is_whole)| {
        let (mut html, mut word) = (String::new(), 0);
        for piece in pieces {
            piece.write(&mut html, &mut word);
        }
        if is_whole {
            format!(
                "<html><body><nav>around</nav><h1 class='doc-title'>Title</h1>\
                 <div class='markdown-body'>{html}<p>end</p></div></body></html>"
            )
        } else {
            format!("<h1>Title</h1>{html}<p>end</p>")
        }
    })
}

/// The words in the text of an article that a reader sees, that is, outside of furniture.
fn words_of(html: &str) -> Vec<String> {
    let html = Html::parse_document(html);
    let is_article = |element: ElementRef<'_>| has_class(element, "markdown-body");
    let is_furniture = |element: ElementRef<'_>| {
        WITHOUT_TEXT.contains(&element.value().name())
            || FURNITURE.iter().any(|class| has_class(element, class))
    };
    let has_shell = html.html().contains("<nav>around");
    let mut words = Vec::new();
    for node in html.tree.root().descendants() {
        let above = || node.ancestors().filter_map(ElementRef::wrap);
        if let Node::Text(text) = node.value()
            && !above().any(is_furniture)
            && (!has_shell || above().any(is_article))
        {
            words.extend(marked(text));
        }
    }
    words
}

/// The word that marks a text: `w17w`, or, for every other one, Chinese from end to end, because
/// what looks for names in Latin letters may pass over all else.
fn marked_word(number: usize) -> String {
    if number.is_multiple_of(2) {
        return format!("w{number}w");
    }
    let chinese = |digit: u8| DIGITS[usize::from(digit - b'0')];
    let digits: String = number.to_string().bytes().map(chinese).collect();
    format!("词{digits}词")
}

const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// The marked words in a text.
fn marked(text: &str) -> Vec<String> {
    let is_digit = |c: &char| c.is_ascii_digit() || DIGITS.contains(c);
    let mut words = Vec::new();
    for (at, mark) in text.char_indices().filter(|(_, c)| ['w', '词'].contains(c)) {
        let digits: String = text[at + mark.len_utf8()..]
            .chars()
            .take_while(is_digit)
            .collect();
        let word = format!("{mark}{digits}{mark}");
        if !digits.is_empty() && text[at..].starts_with(&word) {
            words.push(word);
        }
    }
    words
}

/// Reads a page; none where it is refused for a reason that a random page may well give.
fn parse_unless_usual(name: &str, text: &str) -> Option<Parsed> {
    match Document::decode(name, text.as_bytes().to_vec()) {
        Ok(document) => Some(parse(&document, PageFacts::default())),
        Err(refusal) => {
            let id = refusal.diagnostics()[0].describe().id;
            let is_usual = ["too-deep", "no-text", "cut-off", "unknown-form"].contains(&id);
            assert!(is_usual, "{refusal}: {text}");
            None
        }
    }
}

/// What the records and the diagnostics of a page say.
fn told(parsed: &Parsed) -> String {
    let mut told = serde_json::to_string(&parsed.page).expect("records are JSON");
    for finding in &parsed.diagnostics {
        told.push_str(&finding.to_string());
    }
    told
}

fn check(text: &str, parsed: &Parsed, words: &[String]) -> Result<(), TestCaseError> {
    let told = told(parsed);
    for word in words {
        prop_assert!(told.contains(word), "{word} is lost in {text}: {told}");
    }
    let account = parsed.account;
    prop_assert_eq!(
        account.read,
        account.in_records + account.furniture + account.unaccounted,
        "{:?}: {}",
        account,
        text
    );
    // A warning may tell of text that is in no record. That characters are missing and nobody
    // knows which would be a mistake in the account itself.
    let is_explained = !told.contains("cannot be accounted for");
    prop_assert!(is_explained, "{text}: {:?}", parsed.diagnostics);
    let is_told = parsed
        .diagnostics
        .iter()
        .any(|finding| finding.describe().id == "unaccounted-text");
    prop_assert_eq!(account.unaccounted > 0, is_told, "{}: {:?}", text, account);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_of_html_is_lost(html in page()) {
        if let Some(parsed) = parse_unless_usual("page.html", &html) {
            check(&html, &parsed, &words_of(&html))?;
        }
    }

    #[test]
    fn no_text_of_markdown_is_lost(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "\n> phone", "\n> **说明：**", "**错误信息：**", "\n```\n",
            "\n", "\n\n", "\n\n## 100 ", "\n\n### ", "\n\n## E000001 ", "\n\n#### 7 ", "\n> ", "\n> **说明：**\n>\n> ", "\n- ", "\n  - ", "\n2. ", "\n\n**错误信息**\n\n",
            "\n\n**可能原因**<br>", "\n**处理步骤**\n- ", "\n\n错误描述\n\n", "**", "*", "_", "`",
            "\n```ts\n", "\n|错误码|说明|\n|-|-|\n|401|", "|", "\n---\n", "<b>", "</b>", "<xxx>",
            "<div>", "</div>", "<td>", "<", ">", "&", "\\", "\n    ", " ", "：", "<sup>", "</sup>",
            "<!--Del-->", "<br>", "\r\n",
        ]), 0..40)
    ) {
        let mut text = "# Title\n\nbegin ".to_owned();
        let mut words = Vec::new();
        for (index, piece) in pieces.iter().enumerate() {
            text.push_str(piece);
            text.push_str(&marked_word(index));
            words.push(marked_word(index));
        }
        if let Some(parsed) = parse_unless_usual("page.md", &text) {
            check(&text, &parsed, &words)?;
        }
    }
}
