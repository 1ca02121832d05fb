//! What is known of codes, as people read it.

use std::slice;

use anstyle::{AnsiColor, Style};
use indexmap::{IndexMap, IndexSet};

use super::{Answer, Found};
use crate::catalog::{Block, Case, Labels, Language, plain_text};
use crate::cli::print::counted;
use crate::escape::visible;
use crate::lookup::Record;
use crate::render::Identifier;

/// How much of a line of a log is quoted, in characters.
const QUOTED: usize = 160;

/// All answers as text, with a blank line between two records. What several records of one page say
/// alike, such as rows of its tables, is told once.
pub(super) fn explanation(answers: &[Answer<'_>], language: Option<Language>) -> String {
    let mut texts = Vec::new();
    for answer in answers {
        for alike in answer.found.chunk_by(say_the_same) {
            let mut lines = Lines::default();
            lines.push_records(alike, answer, language);
            texts.push(lines.0);
        }
    }
    texts.join("\n")
}

fn say_the_same(one: &Found<'_>, other: &Found<'_>) -> bool {
    one.page == other.page
        && one.code.title == other.code.title
        && one.code.devices == other.code.devices
        && one.code.cases == other.code.cases
}

/// Lines that are broken where the terminal ends.
#[derive(Default)]
struct Lines(String);

impl Lines {
    /// Adds records of one code that say the same.
    fn push_records(
        &mut self,
        alike: &[Found<'_>],
        answer: &Answer<'_>,
        language: Option<Language>,
    ) {
        let Some(found) = alike.first() else {
            return;
        };
        let Record { page, code } = found.record;
        let translation =
            language.and_then(|language| Some((language, code.translations.get(&language)?)));
        let (title, cases, labels, url) = match translation {
            Some((language, text)) => {
                let url = page.section_url(Some(language), text.anchor.as_deref());
                (&text.title, &text.cases, language.labels(), url)
            }
            None => {
                let language = code.language.unwrap_or(page.language);
                (
                    &code.title,
                    &code.cases,
                    language.labels(),
                    page.code_url(code),
                )
            }
        };
        let heading = format!("{} {}", code.code, title.as_deref().unwrap_or_default());
        self.push_styled("", Style::new().bold(), heading.trim_end());
        let gray = Style::new().fg_color(Some(AnsiColor::BrightBlack.into()));
        self.push_styled("", gray, &about(&found.record, answer));
        if let Some(text) = &answer.text {
            let quoted: String = text.chars().take(QUOTED).collect();
            self.push("> ", &quoted);
        }
        let groups = alike.iter().filter_map(|found| found.code.group.as_deref());
        let groups: IndexSet<&str> = groups.collect();
        if !groups.is_empty() {
            self.push("  ", &Vec::from_iter(groups).join(" · "));
        }
        for case in cases {
            self.push_case(case, labels);
        }
        self.0.push('\n');
        let mut devices = [&code.devices, &page.devices].into_iter();
        if let Some(devices) = devices.find(|devices| !devices.is_empty()) {
            self.push("  ", &format!("{}: {}", labels.devices, devices.join(", ")));
        }
        self.push_identifiers(&found.identifiers);
        if let Some(url) = url {
            self.push("  ", &url);
        }
    }

    fn push_case(&mut self, case: &Case, labels: &Labels) {
        if let Some(title) = &case.title {
            self.0.push('\n');
            self.push_styled("  ", Style::new().bold(), title);
        }
        self.0.push('\n');
        let intro = case.extra.get("").map(Vec::as_slice).unwrap_or_default();
        for blocks in [&case.message, &case.description, intro] {
            for line in plain_text(blocks) {
                self.push("  ", &line);
            }
        }
        self.push_field(labels.causes, &case.causes);
        self.push_field(labels.steps, &case.steps);
        for (label, blocks) in case.extra.iter().filter(|(label, _)| !label.is_empty()) {
            self.push_field(label, blocks);
        }
    }

    fn push_field(&mut self, label: &str, blocks: &[Block]) {
        if plain_text(blocks).is_empty() {
            return;
        }
        self.0.push('\n');
        self.push_styled("  ", Style::new().bold(), label);
        for block in blocks {
            self.push_block(block);
        }
    }

    /// Adds a block of causes or steps: a paragraph is an item.
    fn push_block(&mut self, block: &Block) {
        let Block::List {
            ordered,
            start,
            items,
        } = block
        else {
            return self.push_item("  - ", slice::from_ref(block));
        };
        for (number, item) in (*start..).zip(items) {
            if *ordered {
                self.push_item(&format!("  {number}. "), item);
            } else {
                self.push_item("  - ", item);
            }
        }
    }

    /// Adds blocks as one item; program text stands as it is.
    fn push_item(&mut self, start: &str, blocks: &[Block]) {
        let mut start = start.to_owned();
        for block in blocks {
            if let Block::Code { code, .. } = block {
                for line in visible(code).lines() {
                    self.0 += &format!("      {line}\n");
                }
                continue;
            }
            for line in plain_text(slice::from_ref(block)) {
                self.push(&start, &line);
                start = " ".repeat(start.len());
            }
        }
    }

    /// Adds what each language calls the code; languages that call it the same share a line.
    fn push_identifiers(&mut self, identifiers: &[Identifier]) {
        let mut languages: IndexMap<&str, Vec<&str>> = IndexMap::new();
        for Identifier { target, name } in identifiers {
            languages.entry(name).or_default().push(match *target {
                "arkts" => "ArkTS",
                "typescript" => "TypeScript",
                "rust" => "Rust",
                _ => "C",
            });
        }
        for (name, languages) in languages {
            self.push("  ", &format!("{}: {name}", languages.join(", ")));
        }
    }

    /// Adds a line of text; where it is broken, its further lines stand under the first.
    fn push(&mut self, start: &str, text: &str) {
        self.push_styled(start, Style::new(), text);
    }

    fn push_styled(&mut self, start: &str, style: Style, text: &str) {
        let indent = " ".repeat(start.len());
        let width = terminal_size::terminal_size().map_or(usize::MAX, |(width, _)| width.0.into());
        let options = textwrap::Options::new(width.max(20))
            .initial_indent(start)
            .subsequent_indent(&indent)
            .break_words(false);
        let line = format!("{style}{}{style:#}", visible(text));
        for line in textwrap::wrap(&line, options) {
            self.0 += &line;
            self.0.push('\n');
        }
    }
}

/// Where a code is from and what it is called, in one line.
fn about(record: &Record<'_>, answer: &Answer<'_>) -> String {
    let Record { page, code } = record;
    let subject = page.kit.as_ref().unwrap_or(&page.title);
    let mut about = vec![subject.clone(), page.id.clone()];
    about.extend(record.qualified_name());
    about.extend(code.deprecated.then(|| "deprecated".to_owned()));
    about.extend(answer.line.map(|line| match answer.count {
        Some(count @ 2..) => format!("first in line {line}, {}", counted(count, "time")),
        _ => format!("line {line}"),
    }));
    about.join(" · ")
}
