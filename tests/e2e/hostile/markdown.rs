//! Pages of Markdown, made of the same texts as those of HTML, which are masked here and there.

use arkerr::catalog::Language;
use proptest::prelude::*;

use super::fragments::MARKUP;
use super::pages::{labels, more_fields, text};

/// How a text is masked.
#[derive(Debug, Clone, Copy)]
enum Mask {
    /// Not at all: it means whatever it means.
    None,
    /// A backslash in front of any sign, or a reference in its place.
    Signs,
    /// Only what would be a tag.
    Tags,
}

fn masked(text: &str, mask: Mask, whims: &[u8]) -> String {
    let mut out = String::new();
    for (c, whim) in text.chars().zip(whims.iter().cycle()) {
        match (mask, whim % 4) {
            (Mask::Signs, 0) if c.is_ascii_punctuation() => out.extend(['\\', c]),
            (Mask::Signs, 1) if c.is_ascii_punctuation() => {
                out.push_str(&format!("&#{};", u32::from(c)));
            }
            (Mask::Signs, 2) if c == '\n' => out.push_str("\\\n"),
            (Mask::Tags, _) if c == '<' => out.push_str("&lt;"),
            (Mask::Tags, _) if c == '\n' => out.push(' '),
            _ => out.push(c),
        }
    }
    out
}

fn slot() -> impl Strategy<Value = String> {
    let mask = prop::sample::select(vec![Mask::None, Mask::Signs, Mask::Tags]);
    let whims = prop::collection::vec(any::<u8>(), 1..9);
    (text(), mask, whims).prop_map(|(text, mask, whims)| masked(&text, mask, &whims))
}

fn inline() -> impl Strategy<Value = String> {
    let code = (slot(), 1..4_usize).prop_map(|(text, ticks)| {
        let ticks = "`".repeat(ticks);
        format!("{ticks}{text}{ticks}")
    });
    prop_oneof![
        4 => slot(),
        1 => slot().prop_map(|text| format!("**{text}**")),
        1 => slot().prop_map(|text| format!("<b>{text}</b>")),
        1 => slot().prop_map(|text| format!("<sup>{text}</sup>")),
        1 => code,
        1 => (slot(), slot()).prop_map(|(text, to)| format!("[{text}](https://a.b/{to})")),
        1 => (slot(), slot()).prop_map(|(text, to)| format!("[{text}](<{to}> \"{text}\")")),
        1 => (slot(), slot()).prop_map(|(alt, from)| format!("![{alt}]({from}.png)")),
        1 => prop::sample::select(MARKUP).prop_map(str::to_owned),
    ]
}

fn line() -> impl Strategy<Value = String> {
    prop::collection::vec(inline(), 1..4).prop_map(|pieces| pieces.concat())
}

fn block() -> impl Strategy<Value = String> {
    let lines = |mark: &'static str| {
        let lines = prop::collection::vec(line(), 1..3);
        lines.prop_map(move |lines| lines.iter().map(|line| format!("{mark}{line}\n")).collect())
    };
    prop_oneof![
        4 => lines(""),
        1 => lines("- "),
        1 => lines("9. "),
        1 => lines("> "),
        1 => lines("    "),
        1 => (slot(), line()).prop_map(|(title, line)| format!("> **{title}：**\n>\n> {line}\n")),
        1 => (slot(), slot()).prop_map(|(info, text)| format!("```{info}\n{text}\n```\n")),
        1 => (slot(), slot()).prop_map(|(info, text)| format!("- x\n  ~~~ {info}\n  {text}\n  ~~~\n")),
        1 => prop::collection::vec(line(), 4).prop_map(|cells| {
            let [a, b, c, d] = &cells[..] else { return String::new() };
            format!("| {a} | {b} |\n| --- | :-: |\n| {c} | {d} |\n")
        }),
        1 => (line(), line()).prop_map(|(header, cell)| {
            format!("<table><tr><th>{header}</th></tr>\n<tr><td>\n\n{cell}\n\n</td></tr></table>\n")
        }),
        1 => (slot(), line()).prop_map(|(class, line)| format!("<div class=\"{class}\">\n\n{line}\n</div>\n")),
    ]
}

/// A code, or a section that is none with a table of codes in it.
fn section(language: Language) -> impl Strategy<Value = String> {
    let [number, message_label, description_label, ..] = labels(language);
    let more = more_fields(language, slot(), block());
    let code = (slot(), slot(), line(), block(), more).prop_map(
        move |(title, device, message, description, more)| {
            let more = more.into_iter();
            let more = more.map(|(label, block)| format!("**{label}**\n\n{block}\n"));
            format!(
                "## NUMBER {title}\n\n> phone | {device}\n\n**{message_label}**\n\n{message}\n\n\
                 **{description_label}**\n{description}\n{}",
                more.collect::<String>()
            )
        },
    );
    let table = (slot(), slot(), slot()).prop_map(move |(title, message, description)| {
        format!(
            "{title}\n---\n\n|{number}|{message_label}|{description_label}|\n|-|-|-|\n\
             |NUMBER|{message}|{description}|\n\n"
        )
    });
    prop_oneof![3 => code, 1 => table]
}

/// A page, whose last code is not always there: what is not masked may take it in.
pub fn page(language: Language) -> impl Strategy<Value = String> {
    let front = prop::option::of(slot());
    let sections = prop::collection::vec(section(language), 1..4);
    let parts = (front, slot(), block(), sections, any::<bool>());
    parts.prop_map(move |(front, title, intro, sections, is_windows)| {
        let front = front.map(|text| format!("---\ntitle: {text}\nsource: {text}\n---\n"));
        let mut page = format!("{}# {title}\n\n{intro}\n", front.unwrap_or_default());
        for (number, section) in (1001..).zip(sections) {
            page.push_str(&section.replace("NUMBER", &number.to_string()));
        }
        let [_, label, ..] = labels(language);
        page.push_str(&format!("## 1999 Last\n\n**{label}**\n\nLast.\n"));
        if is_windows {
            page.replace('\n', "\r\n")
        } else {
            page
        }
    })
}
