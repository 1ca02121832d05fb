//! Pages whose every text is full of what means something in some language.

use arkerr::catalog::Language;
use proptest::prelude::*;

use super::forms::{Charset, Saving, encoded, saving};
use super::fragments::{FRAGMENTS, MARKUP, WORDS};
use super::markdown;

/// A page as it was saved.
#[derive(Debug, Clone)]
pub struct Page {
    pub id: &'static str,
    pub kit: Option<String>,
    pub saved: Saved,
    /// The same page in English; the first one is in Chinese.
    pub in_english: Option<Saved>,
}

/// What a file is made of.
#[derive(Debug, Clone)]
pub enum Saved {
    /// HTML, in any of the forms that hold it.
    Html {
        html: String,
        saving: Saving,
    },
    Markdown {
        text: String,
        charset: Charset,
    },
}

impl Saved {
    /// The bytes of the file.
    pub fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Html { html, saving } => saving.save(html),
            Self::Markdown { text, charset } => encoded(text, *charset).0,
        }
    }

    /// What people read to find out what is wrong.
    pub fn text(&self) -> &str {
        match self {
            Self::Html { html: text, .. } | Self::Markdown { text, .. } => text,
        }
    }
}

/// A text of a page, nothing of it masked.
pub fn text() -> impl Strategy<Value = String> {
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

/// Blocks in blocks: lists with any start in lists, quotes and tables.
fn block() -> impl Strategy<Value = String> {
    let flat = prop_oneof![
        4 => lines("p"),
        1 => (slot(), slot(), slot()).prop_map(|(class, one, two)| {
            format!("<pre class=\"{class}\">{one}\n    {two}</pre>\n")
        }),
        1 => (lines("th"), lines("td")).prop_map(|(header, row)| {
            format!("<table><thead><tr>{header}</tr></thead><tbody><tr>{row}</tr></tbody></table>\n")
        }),
        1 => (slot(), line()).prop_map(|(title, line)| {
            format!("<div class=note><span class=notetitle>{title}：</span><p>{line}</p></div>\n")
        }),
    ];
    flat.prop_recursive(3, 12, 3, |inner| {
        let start = prop::sample::select(vec!["0", "1", "9", "10", "999999999", "9999999999"]);
        let items = |inner| {
            let items = prop::collection::vec(prop::collection::vec(inner, 0..3), 1..3);
            items.prop_map(|items| {
                let items = items.iter().map(|blocks| format!("<li>{}</li>\n", blocks.concat()));
                items.collect::<String>()
            })
        };
        prop_oneof![
            2 => items(inner.clone()).prop_map(|items| format!("<ul>\n{items}</ul>\n")),
            2 => (start, items(inner.clone())).prop_map(|(start, items)| format!("<ol start={start}>\n{items}</ol>\n")),
            1 => (line(), inner.clone()).prop_map(|(line, inner)| format!("<blockquote>{line}{inner}</blockquote>\n")),
            1 => (line(), inner).prop_map(|(line, inner)| format!("<table><tr><td>{line}</td><td>{inner}</td></tr></table>\n")),
        ]
    })
}

/// What the fields of a code are called: code, message, description, causes and steps.
pub fn labels(language: Language) -> [&'static str; 5] {
    match language {
        Language::Zh => ["错误码", "错误信息", "错误描述", "可能原因", "处理步骤"],
        Language::En => [
            "Error Code",
            "Error Message",
            "Description",
            "Possible Causes",
            "Solution",
        ],
    }
}

/// Fields of a code beside the first two: labels, and what stands below them.
pub fn more_fields(
    language: Language,
    slot: impl Strategy<Value = String>,
    block: impl Strategy<Value = String>,
) -> impl Strategy<Value = Vec<(String, String)>> {
    let [.., causes, steps] = labels(language);
    let label = prop_oneof![
        2 => Just(causes.to_owned()),
        2 => Just(steps.to_owned()),
        1 => slot,
    ];
    prop::collection::vec((label, block), 0..3)
}

/// The sections of a page: codes, and a section that is none with a table of codes in it.
fn section(language: Language) -> impl Strategy<Value = String> {
    let [number, message_label, description_label, ..] = labels(language);
    let more = more_fields(language, slot(), block());
    let code = (slot(), slot(), slot(), line(), block(), more).prop_map(
        move |(id, title, device, message, description, more)| {
            let more = more.into_iter().map(|(label, block)| format!("<p><strong>{label}</strong></p>\n{block}"));
            format!(
                "<h2 id=\"{id}\">NUMBER {title}</h2>\n\
                 <div class=\"device-list\"><span class=\"support-device-item\">{device}</span></div>\n\
                 <p><strong>{message_label}</strong></p>\n<p>{message}</p>\n\
                 <p><strong>{description_label}</strong></p>\n{description}{}",
                more.collect::<String>()
            )
        },
    );
    let table = (slot(), slot(), slot()).prop_map(move |(title, message, description)| {
        format!(
            "<h2>{title}</h2>\n<table><tr><th>{number}</th><th>{message_label}</th><th>{description_label}</th></tr>\n\
             <tr><td>NUMBER</td><td>{message}</td><td>{description}</td></tr></table>\n"
        )
    });
    prop_oneof![3 => code, 1 => table]
}

/// A page, in one language or in two.
pub fn page() -> impl Strategy<Value = Page> {
    let parts = (
        prop::option::of(text()),
        saved(Language::Zh),
        prop::option::weighted(0.7, saved(Language::En)),
    );
    parts.prop_map(|(kit, saved, in_english)| Page {
        id: "hostile-error-code",
        kit,
        saved,
        in_english,
    })
}

/// What was saved, in any form.
fn saved(language: Language) -> impl Strategy<Value = Saved> {
    let html = (html(language), saving(text()));
    let charset = prop_oneof![3 => Just(Charset::Utf8), 1 => Just(Charset::Utf16)];
    let markdown = (markdown::page(language), charset);
    prop_oneof![
        2 => html.prop_map(|(html, saving)| Saved::Html { html, saving }),
        1 => markdown.prop_map(|(text, charset)| Saved::Markdown { text, charset }),
    ]
}

/// The HTML of a page. Two pages have most codes in common.
fn html(language: Language) -> impl Strategy<Value = String> {
    let sections = prop::collection::vec(section(language), 1..4);
    let parts = (slot(), block(), sections);
    parts.prop_map(move |(title, intro, sections)| {
        let mut html = format!("<h1>{title}</h1>\n{intro}");
        for (number, section) in (1001..).zip(sections) {
            html.push_str(&section.replace("NUMBER", &number.to_string()));
        }
        // One code of the page is always there.
        let [_, label, ..] = labels(language);
        html.push_str(&format!(
            "<h2>1999 Last</h2>\n<p><strong>{label}</strong></p>\n<p>Last.</p>\n"
        ));
        html
    })
}
