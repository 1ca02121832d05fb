//! What is known of codes, as people read it.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use indexmap::IndexSet;

use super::{Answer, Languages, Seen};
use crate::catalog::{Block, Case, ErrorCode, Labels, Language, plain_text};
use crate::cli::print::{counted, paint};
use crate::escape::visible;
use crate::lookup::Record;
use crate::render::Identifier;

/// How much of a line of a log is quoted, in characters.
const QUOTED: usize = 160;

/// All answers as text, with a blank line between two records. What several records of one page say
/// alike, such as rows of its tables, is told once.
pub(super) fn explanation(
    answers: &[Answer<'_>],
    language: Option<Language>,
    languages: &Languages,
) -> String {
    let mut texts = Vec::new();
    for answer in answers {
        for alike in answer.records.chunk_by(say_the_same) {
            texts.push(explained(alike, answer.seen.as_ref(), language, languages));
        }
    }
    texts.join("\n")
}

fn say_the_same(one: &Record<'_>, other: &Record<'_>) -> bool {
    one.page.id == other.page.id
        && one.code.title == other.code.title
        && one.code.devices == other.code.devices
        && one.code.cases == other.code.cases
}

/// The records are of one code and say the same.
fn explained(
    records: &[Record<'_>],
    seen: Option<&Seen>,
    language: Option<Language>,
    languages: &Languages,
) -> String {
    let [record, ..] = records else {
        return String::new();
    };
    let Record { page, code } = record;
    let said = Said::of(record, language);
    let mut text = String::new();
    let title = said.title.map(visible).unwrap_or_default();
    let heading = format!("{} {title}", visible(&code.code));
    push_line(&mut text, "", &bold(heading.trim_end()));
    let subject = page.kit.as_deref().unwrap_or(&page.title);
    let name = record.qualified_name().unwrap_or_default();
    let mut about = vec![visible(subject), visible(&page.id)];
    about.extend(Some(name).filter(|name| !name.is_empty()));
    about.extend(code.deprecated.then(|| "deprecated".to_owned()));
    about.extend(seen.map(|seen| match seen.count {
        1 => format!("line {}", seen.line),
        count => format!("first in line {}, {}", seen.line, counted(count, "time")),
    }));
    push_line(
        &mut text,
        "",
        &paint(AnsiColor::BrightBlack, about.join(" · ")),
    );
    if let Some(seen) = seen {
        let quoted: String = seen.text.chars().take(QUOTED).collect();
        push_line(&mut text, "> ", &visible(&quoted));
    }
    let groups = records
        .iter()
        .filter_map(|record| record.code.group.as_deref());
    let groups: IndexSet<&str> = groups.collect();
    if !groups.is_empty() {
        let groups: Vec<String> = groups.into_iter().map(visible).collect();
        push_line(&mut text, "  ", &groups.join(" · "));
    }
    for case in said.cases {
        push_case(&mut text, case, said.labels);
    }
    text.push('\n');
    let devices = match code.devices.is_empty() {
        true => &page.devices,
        false => &code.devices,
    };
    if !devices.is_empty() {
        let devices = format!("{}: {}", said.labels.devices, devices.join(", "));
        push_line(&mut text, "  ", &visible(&devices));
    }
    push_identifiers(&mut text, languages.identifiers(record));
    if let Some(url) = said.url {
        push_line(&mut text, "  ", &visible(&url));
    }
    text
}

/// What is said of a code in a language.
struct Said<'a> {
    title: Option<&'a str>,
    cases: &'a [Case],
    labels: &'static Labels,
    url: Option<String>,
}

impl<'a> Said<'a> {
    /// What is said in a language, or, where nothing is, in that of the record.
    fn of(record: &Record<'a>, language: Option<Language>) -> Self {
        let Record { page, code } = *record;
        let own = code.language.unwrap_or(page.language);
        let language = language.unwrap_or(own);
        if let Some(text) = code.translations.get(&language) {
            let translated = ErrorCode {
                anchor: text.anchor.clone(),
                language: Some(language),
                ..ErrorCode::default()
            };
            return Self {
                title: text.title.as_deref(),
                cases: &text.cases,
                labels: language.labels(),
                url: page.code_url(&translated),
            };
        }
        Self {
            title: code.title.as_deref(),
            cases: &code.cases,
            labels: own.labels(),
            url: page.code_url(code),
        }
    }
}

fn push_case(text: &mut String, case: &Case, labels: &Labels) {
    if let Some(title) = &case.title {
        text.push('\n');
        push_line(text, "  ", &bold(&visible(title)));
    }
    text.push('\n');
    let intro = case.extra.get("").map(Vec::as_slice).unwrap_or_default();
    for line in [&case.message, &case.description, intro]
        .map(plain_text)
        .concat()
    {
        push_line(text, "  ", &visible(&line));
    }
    push_field(text, labels.causes, &case.causes);
    push_field(text, labels.steps, &case.steps);
    for (label, blocks) in case.extra.iter().filter(|(label, _)| !label.is_empty()) {
        push_field(text, label, blocks);
    }
}

fn push_field(text: &mut String, label: &str, blocks: &[Block]) {
    if plain_text(blocks).is_empty() {
        return;
    }
    text.push('\n');
    push_line(text, "  ", &bold(&visible(label)));
    for block in blocks {
        push_block(text, block);
    }
}

/// A block of causes or steps: a paragraph is an item, program text stands as it is.
fn push_block(text: &mut String, block: &Block) {
    match block {
        Block::Code { code, .. } => {
            for line in visible(code).lines() {
                let _ = writeln!(text, "      {line}");
            }
        }
        Block::List {
            ordered: true,
            start,
            items,
        } => {
            for (number, item) in (*start..).zip(items) {
                push_item(text, &format!("  {number}. "), item);
            }
        }
        Block::List { items, .. } => {
            for item in items {
                push_item(text, "  - ", item);
            }
        }
        other => push_item(text, "  - ", std::slice::from_ref(other)),
    }
}

fn push_item(text: &mut String, start: &str, blocks: &[Block]) {
    let mut start = start.to_owned();
    for block in blocks {
        if let Block::Code { .. } = block {
            push_block(text, block);
            continue;
        }
        for line in plain_text(std::slice::from_ref(block)) {
            push_line(text, &start, &visible(&line));
            start = " ".repeat(start.len());
        }
    }
}

/// What each language calls the code; languages that call it the same share a line.
fn push_identifiers(text: &mut String, identifiers: Vec<Identifier>) {
    let mut lines: Vec<(String, Vec<&str>)> = Vec::new();
    for Identifier { target, name } in identifiers {
        let language = match target {
            "arkts" => "ArkTS",
            "typescript" => "TypeScript",
            "rust" => "Rust",
            _ => "C",
        };
        match lines.iter_mut().find(|(known, _)| *known == name) {
            Some((_, languages)) => languages.push(language),
            None => lines.push((name, vec![language])),
        }
    }
    for (name, languages) in lines {
        push_line(text, "  ", &format!("{}: {name}", languages.join(", ")));
    }
}

/// Adds a line, broken where the terminal ends; its further lines stand under the first.
fn push_line(text: &mut String, start: &str, line: &str) {
    let indent = " ".repeat(start.len());
    let width = terminal_size::terminal_size().map_or(usize::MAX, |(width, _)| width.0.into());
    let options = textwrap::Options::new(width.max(20))
        .initial_indent(start)
        .subsequent_indent(&indent)
        .break_words(false);
    for line in textwrap::wrap(line, options) {
        let _ = writeln!(text, "{line}");
    }
}

fn bold(text: &str) -> String {
    let style = Style::new().bold();
    format!("{style}{text}{style:#}")
}
