//! `arkerr explain`: tells what codes mean.

mod text;

use std::io::{IsTerminal, stdin};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::print;
use super::{Context, Outcome};
use crate::catalog::{Catalog, ErrorCode, Language};
use crate::diagnostic::Diagnostic;
use crate::file::{self, MAX_LOG};
use crate::lookup::{self, Mention, Record};
use crate::project::{Project, read_catalog};
use crate::render::{Identifier, identifiers};

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

/// The languages whose names of codes are told: those that the project has outputs for, or, of
/// records from elsewhere, all.
#[derive(Debug)]
pub(super) struct Languages {
    targets: Option<Vec<String>>,
}

impl Languages {
    fn identifiers(&self, record: &Record<'_>) -> Vec<Identifier> {
        let mut names = identifiers(record.page, record.code);
        if let Some(targets) = &self.targets {
            names.retain(|name| targets.iter().any(|target| target == name.target));
        }
        names
    }
}

impl Source {
    pub(super) fn load(&self) -> Result<(Catalog, Languages), Vec<Diagnostic>> {
        let Some(path) = &self.catalog else {
            let project = Project::around("".as_ref())?;
            let targets = project.targets().iter().map(|target| target.name.clone());
            let targets = Some(targets.collect());
            return Ok((project.saved_catalog()?, Languages { targets }));
        };
        let shown = path.display().to_string();
        let catalog = read_catalog(path, &shown)?.ok_or_else(|| {
            let missing = Diagnostic::error("catalog", format!("there is no file `{shown}`"));
            vec![missing.help("`arkerr generate` writes the records to json/catalog.json")]
        })?;
        Ok((catalog, Languages { targets: None }))
    }
}

pub(super) fn run(arguments: &Arguments, _: &Context) -> Result<Outcome, Vec<Diagnostic>> {
    let (catalog, languages) = arguments.source.load()?;
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
        Format::Json => {
            let answers = answers.iter().map(|answer| answer.json(&languages));
            print::json(&answers.collect::<Vec<_>>())?;
        }
        Format::Text => print::result(&text::explanation(&answers, language, &languages))?,
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
    let bytes = file::read_from(stdin().lock(), 0, MAX_LOG).map_err(|error| {
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
    /// Where a text has it.
    seen: Option<Seen>,
}

/// Where a text has a code.
#[derive(Debug)]
struct Seen {
    /// The line of the first time, from 1.
    line: usize,
    /// What that line says.
    text: String,
    count: usize,
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
            seen: Some(Seen {
                line: mention.line,
                text: mention.text,
                count: mention.count,
            }),
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

    fn json(&self, languages: &Languages) -> JsonAnswer<'_> {
        let record = |record| JsonRecord::of(record, languages);
        JsonAnswer {
            query: &self.query,
            found: self.records.iter().map(record).collect(),
            nearest: self.nearest.iter().map(record).collect(),
            line: self.seen.as_ref().map(|seen| seen.line),
            count: self.seen.as_ref().map(|seen| seen.count),
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
    pub(super) fn of(record: &Record<'a>, languages: &Languages) -> Self {
        let Record { page, code } = *record;
        Self {
            page: &page.id,
            page_title: &page.title,
            kit: page.kit.as_deref(),
            url: page.code_url(code),
            identifiers: languages.identifiers(record),
            code,
        }
    }
}
