//! What is known of codes, as people read it.

use std::slice;

use anstyle::{AnsiColor, Color, Style};
use indexmap::{IndexMap, IndexSet};
use terminal_size::terminal_size;

use super::{Answer, Found};
use crate::catalog::{Block, Case, Labels, Language, plain_text};
use crate::cli::print::counted;
use crate::escape::visible;
use crate::lookup::Record;
use crate::render::Identifier;

/// How much of a line of a log is quoted, in characters.
const QUOTED: usize = 160;

/// How narrow lines may become, in characters.
const NARROWEST: usize = 20;

const PLAIN: Style = Style::new();
const BOLD: Style = Style::new().bold();
const GRAY: Style = Style::new().fg_color(Some(Color::Ansi(AnsiColor::BrightBlack)));

/// All answers as text, with a blank line between two records. What several records of one page say
/// alike, such as rows of its tables, is told once.
pub(super) fn explanation(answers: &[Answer<'_>], language: Option<Language>) -> String {
    let width = terminal_size().map_or(usize::MAX, |(width, _)| width.0.into());
    let mut texts = Vec::new();
    for answer in answers {
        for alike in answer.found.chunk_by(say_the_same) {
            let mut lines = Lines {
                text: String::new(),
                width: width.max(NARROWEST),
            };
            lines.push_records(alike, answer, language);
            texts.push(lines.text);
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
struct Lines {
    text: String,
    /// How many characters a line may have.
    width: usize,
}

impl Lines {
    /// Adds records of one code that say the same, in the language that is asked for if they have
    /// it.
    fn push_records(&mut self, alike: &[Found<'_>], answer: &Answer<'_>, asked: Option<Language>) {
        // Chunks are never empty.
        let found = &alike[0];
        let Record { page, code } = found.record;
        let own = code.language.unwrap_or(page.language);
        let translated = asked.filter(|asked| code.translations.contains_key(asked));
        let language = translated.unwrap_or(own);
        let (title, cases, anchor) = match code.translations.get(&language) {
            Some(text) => (&text.title, &text.cases, &text.anchor),
            None => (&code.title, &code.cases, &code.anchor),
        };
        self.push_head(title.as_deref().unwrap_or_default(), alike, answer);
        let labels = language.labels();
        for case in cases {
            self.push_case(case, labels);
        }
        self.text.push('\n');
        let mut devices = [&code.devices, &page.devices].into_iter();
        if let Some(devices) = devices.find(|devices| !devices.is_empty()) {
            let devices = format!("{}: {}", labels.devices, devices.join(", "));
            self.push("  ", PLAIN, &devices);
        }
        self.push_identifiers(&found.identifiers);
        if let Some(url) = page.section_url(Some(language), anchor.as_deref()) {
            self.push("  ", PLAIN, &url);
        }
    }

    /// Adds what is above the text of the records.
    fn push_head(&mut self, title: &str, alike: &[Found<'_>], answer: &Answer<'_>) {
        let record = &alike[0].record;
        let heading = format!("{} {title}", record.code.code);
        self.push("", BOLD, heading.trim_end());
        self.push("", GRAY, &about(record, answer));
        if let Some(mention) = &answer.mention {
            let quoted: String = mention.text.chars().take(QUOTED).collect();
            self.push("> ", PLAIN, &quoted);
        }
        let groups = alike.iter().filter_map(|found| found.code.group.as_deref());
        let groups: IndexSet<&str> = groups.collect();
        if !groups.is_empty() {
            self.push("  ", PLAIN, &Vec::from_iter(groups).join(" · "));
        }
    }

    fn push_case(&mut self, case: &Case, labels: &Labels) {
        if let Some(title) = &case.title {
            self.push_caption(title);
        }
        self.text.push('\n');
        let intro = case.extra.get("").map(Vec::as_slice).unwrap_or_default();
        for blocks in [&case.message, &case.description, intro] {
            for line in plain_text(blocks) {
                self.push("  ", PLAIN, &line);
            }
        }
        self.push_field(labels.causes, &case.causes);
        self.push_field(labels.steps, &case.steps);
        for (label, blocks) in case.extra.iter().filter(|(label, _)| !label.is_empty()) {
            self.push_field(label, blocks);
        }
    }

    fn push_caption(&mut self, caption: &str) {
        self.text.push('\n');
        self.push("  ", BOLD, caption);
    }

    /// Adds causes, steps or the like, as items.
    fn push_field(&mut self, label: &str, blocks: &[Block]) {
        if plain_text(blocks).is_empty() {
            return;
        }
        self.push_caption(label);
        for (marker, item) in blocks.iter().flat_map(items) {
            self.push_item(&format!("  {marker} "), item);
        }
    }

    /// Adds blocks as one item; program text stands as it is.
    fn push_item(&mut self, start: &str, blocks: &[Block]) {
        let mut start = start.to_owned();
        for block in blocks {
            if let Block::Code { code, .. } = block {
                for line in visible(code).lines() {
                    self.text += &format!("      {line}\n");
                }
                continue;
            }
            for line in plain_text(slice::from_ref(block)) {
                self.push(&start, PLAIN, &line);
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
            self.push("  ", PLAIN, &format!("{}: {name}", languages.join(", ")));
        }
    }

    /// Adds a line of text; where it is broken, its further lines stand under the first.
    fn push(&mut self, start: &str, style: Style, text: &str) {
        let indent = " ".repeat(start.len());
        let options = textwrap::Options::new(self.width)
            .initial_indent(start)
            .subsequent_indent(&indent)
            .break_words(false);
        let line = format!("{style}{}{style:#}", visible(text));
        for line in textwrap::wrap(&line, options) {
            self.text += &line;
            self.text.push('\n');
        }
    }
}

/// The items of a list with their markers; what is no list is an item itself.
fn items(block: &Block) -> Vec<(String, &[Block])> {
    let Block::List {
        ordered,
        start,
        items,
    } = block
    else {
        return vec![("-".to_owned(), slice::from_ref(block))];
    };
    let numbered = (*start..).zip(items).map(|(number, item)| {
        let number = ordered.then(|| format!("{number}."));
        (number.unwrap_or("-".to_owned()), &item[..])
    });
    numbered.collect()
}

/// Where a code is from and what it is called, in one line.
fn about(record: &Record<'_>, answer: &Answer<'_>) -> String {
    let Record { page, code } = record;
    let subject = page.kit.as_ref().unwrap_or(&page.title);
    let mut about = vec![subject.clone(), page.id.clone()];
    about.extend(record.qualified_name());
    about.extend(code.deprecated.then(|| "deprecated".to_owned()));
    about.extend(answer.mention.as_ref().map(|mention| match mention.count {
        1 => format!("line {}", mention.line),
        count => format!("first in line {}, {}", mention.line, counted(count, "time")),
    }));
    about.join(" · ")
}
