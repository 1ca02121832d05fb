//! `arkerr explain`: tells what codes mean.

use std::fmt::Write as _;
use std::io::{IsTerminal, Read, stdin};
use std::path::PathBuf;

use anstyle::{AnsiColor, Style};
use clap::{Args, ValueEnum};
use serde::Serialize;

use super::print::{self, counted, paint};
use super::{Context, Outcome};
use crate::catalog::{Block, Case, Catalog, ErrorCode, Labels, Language, plain_text};
use crate::diagnostic::Diagnostic;
use crate::lookup::{self, Mention, Record};
use crate::project::{Project, read_catalog};
use crate::render::{Identifier, identifiers};
use crate::text::visible;

/// The query that means a text from standard input.
const STANDARD_INPUT: &str = "-";

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    source: Source,

    /// The language to explain in, where the documentation was saved in both
    #[arg(long, value_enum)]
    lang: Option<Lang>,

    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,

    /// Numbers or names of codes; `-` reads a text, such as a log, and explains every known code in
    /// it
    #[arg(value_name = "CODE", required = true, allow_negative_numbers = true)]
    codes: Vec<String>,
}

/// Where the records are that something is looked up in.
#[derive(Debug, Args)]
pub(super) struct Source {
    /// The file of records to look in; without it, that of the project around this folder
    #[arg(long, value_name = "FILE")]
    catalog: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Lang {
    En,
    Zh,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Format {
    Json,
    Text,
}

impl Source {
    pub(super) fn load(&self) -> Result<Catalog, Vec<Diagnostic>> {
        let Some(path) = &self.catalog else {
            return Ok(Project::around("".as_ref())?.saved_catalog()?);
        };
        let shown = path.display().to_string();
        read_catalog(path, &shown)?.ok_or_else(|| {
            let missing = Diagnostic::error("catalog", format!("there is no file `{shown}`"));
            vec![missing.help("`arkerr generate` writes the records to json/catalog.json")]
        })
    }
}

pub(super) fn run(arguments: &Arguments, _: &Context) -> Result<Outcome, Vec<Diagnostic>> {
    let catalog = arguments.source.load()?;
    let language = arguments.lang.map(|lang| match lang {
        Lang::En => Language::En,
        Lang::Zh => Language::Zh,
    });
    let mut answers = Vec::new();
    for code in &arguments.codes {
        match code.as_str() {
            STANDARD_INPUT => answers.extend(read_text(&catalog)?),
            code => answers.push(Answer::of(&catalog, code)),
        }
    }
    match arguments.format {
        Format::Json => print::json(&answers.iter().map(Answer::json).collect::<Vec<_>>())?,
        Format::Text => print::result(&explanation(&answers, language))?,
    }
    let unknown = answers.iter().filter(|answer| answer.records.is_empty());
    let unknown: Vec<Diagnostic> = unknown.map(Answer::refusal).collect();
    print::diagnostics(&unknown);
    let has_none = answers.is_empty();
    if has_none {
        print::status("no known code in the text");
    }
    Ok(match unknown.is_empty() && !has_none {
        true => Outcome::InSync,
        false => Outcome::NotFound,
    })
}

/// The known codes in the text on standard input.
fn read_text(catalog: &Catalog) -> Result<Vec<Answer<'_>>, Vec<Diagnostic>> {
    if stdin().is_terminal() {
        print::status("reading a text from the terminal, until its end is typed");
    }
    let mut bytes = Vec::new();
    stdin().lock().read_to_end(&mut bytes).map_err(|error| {
        let message = format!("standard input cannot be read: {error}");
        vec![Diagnostic::error("input", message)]
    })?;
    // A log may have anything in it; what is no UTF-8 is no code either.
    let text = String::from_utf8_lossy(&bytes);
    let mentions = lookup::mentions(catalog, &text).into_iter();
    Ok(mentions.map(Answer::of_mention).collect())
}

/// What is known of something that was asked for.
#[derive(Debug)]
struct Answer<'a> {
    query: String,
    records: Vec<Record<'a>>,
    /// What else may have been meant, where nothing is known.
    nearest: Vec<Record<'a>>,
    /// Where a text has it: the line of the first time, and how often.
    seen: Option<(usize, usize)>,
}

impl<'a> Answer<'a> {
    fn of(catalog: &'a Catalog, query: &str) -> Self {
        let records = lookup::find(catalog, query);
        let nearest = match records.is_empty() {
            true => lookup::nearest(catalog, query),
            false => Vec::new(),
        };
        Self {
            query: query.to_owned(),
            records,
            nearest,
            seen: None,
        }
    }

    fn of_mention(mention: Mention<'a>) -> Self {
        Self {
            query: mention.written,
            records: mention.records,
            nearest: Vec::new(),
            seen: Some((mention.line, mention.count)),
        }
    }

    fn refusal(&self) -> Diagnostic {
        let message = format!("no page has the code `{}`", self.query);
        let mut refusal = Diagnostic::error("unknown-code", message);
        let near = self.nearest.iter().map(|record| {
            let name = record.qualified_name().unwrap_or_default();
            format!("near it is {} {name}", record.code.code)
        });
        refusal.notes.extend(near);
        match self.nearest.is_empty() {
            true => refusal.help("`arkerr search WORDS` looks in names and texts"),
            false => refusal,
        }
    }

    fn json(&self) -> JsonAnswer<'_> {
        JsonAnswer {
            query: &self.query,
            found: self.records.iter().map(JsonRecord::of).collect(),
            nearest: self.nearest.iter().map(JsonRecord::of).collect(),
            line: self.seen.map(|(line, _)| line),
            count: self.seen.map(|(_, count)| count),
        }
    }
}

/// An answer as JSON.
#[derive(Debug, Serialize)]
struct JsonAnswer<'a> {
    query: &'a str,
    found: Vec<JsonRecord<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    nearest: Vec<JsonRecord<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<usize>,
}

/// A record as JSON, with what the catalogue says about its page.
#[derive(Debug, Serialize)]
pub(super) struct JsonRecord<'a> {
    page: &'a str,
    page_title: &'a str,
    kit: Option<&'a str>,
    url: Option<String>,
    identifiers: Vec<Identifier>,
    code: &'a ErrorCode,
}

impl<'a> JsonRecord<'a> {
    pub(super) fn of(record: &Record<'a>) -> Self {
        let Record { page, code } = *record;
        Self {
            page: &page.id,
            page_title: &page.title,
            kit: page.kit.as_deref(),
            url: page.code_url(code),
            identifiers: identifiers(page, code),
            code,
        }
    }
}

/// All answers as text; a rule stands between two of them.
fn explanation(answers: &[Answer<'_>], language: Option<Language>) -> String {
    let records = answers.iter().flat_map(|answer| {
        let records = answer.records.iter();
        records.map(move |record| explained(record, answer.seen, language))
    });
    records.collect::<Vec<_>>().join("\n")
}

fn explained(
    record: &Record<'_>,
    seen: Option<(usize, usize)>,
    language: Option<Language>,
) -> String {
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
    about.extend(seen.map(|(line, count)| match count {
        1 => format!("line {line}"),
        count => format!("first in line {line}, {}", counted(count, "time")),
    }));
    push_line(
        &mut text,
        "",
        &paint(AnsiColor::BrightBlack, about.join(" · ")),
    );
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
    push_identifiers(&mut text, record);
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
    let lines = plain_text(blocks);
    if lines.is_empty() {
        return;
    }
    text.push('\n');
    push_line(text, "  ", &bold(&visible(label)));
    for line in lines {
        push_line(text, "  - ", &visible(&line));
    }
}

/// What each language calls the code; languages that call it the same share a line.
fn push_identifiers(text: &mut String, record: &Record<'_>) {
    let mut lines: Vec<(String, Vec<&str>)> = Vec::new();
    for Identifier { target, name } in identifiers(record.page, record.code) {
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
