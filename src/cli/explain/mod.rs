//! `arkerr explain`: tells what codes mean.

mod text;

use std::io::{IsTerminal, stdin};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::Outcome;
use super::print;
use crate::catalog::{Catalog, ErrorCode, Language};
use crate::file::{self, MAX_LOG};
use crate::lookup::{self, Mention, Record};
use crate::problem::{CommandProblem, Diagnostic, Locate as _, Report};
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

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::En => Self::En,
            Lang::Zh => Self::Zh,
        }
    }
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
    pub(super) fn load(&self) -> Result<(Catalog, Languages), Report> {
        let Some(path) = &self.catalog else {
            let project = Project::around("".as_ref())?;
            let targets = project.targets().iter().map(|target| target.name.clone());
            let targets = Some(targets.collect());
            return Ok((project.saved_catalog()?, Languages { targets }));
        };
        let shown = path.display().to_string();
        let catalog = read_catalog(path, &shown)?;
        let catalog = catalog.ok_or_else(|| CommandProblem::NoCatalog(shown).nowhere())?;
        Ok((catalog, Languages { targets: None }))
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Report> {
    let (catalog, languages) = arguments.source.load()?;
    let mut answers = Vec::new();
    for code in &arguments.codes {
        if code == STANDARD_INPUT {
            answers.extend(read_log(&catalog)?);
        } else {
            answers.push(Answer::to_query(&catalog, code));
        }
    }
    match arguments.format {
        Format::Json => {
            let answers = answers.iter().map(|answer| answer.json(&languages));
            print::json(&answers.collect::<Vec<_>>())?;
        }
        Format::Text => {
            let language = arguments.lang.map(Language::from);
            print::result(&text::explanation(&answers, language, &languages))?;
        }
    }
    let unknown = answers.iter().filter(|answer| answer.records.is_empty());
    let unknown: Vec<Diagnostic> = unknown.map(Answer::refusal).collect();
    print::diagnostics(&unknown);
    if answers.is_empty() {
        print::status("no known code in the text");
    }
    if answers.is_empty() || !unknown.is_empty() {
        Ok(Outcome::NotFound)
    } else {
        Ok(Outcome::InSync)
    }
}

/// The known codes in the text on standard input.
fn read_log(catalog: &Catalog) -> Result<Vec<Answer<'_>>, Report> {
    if stdin().is_terminal() {
        print::status("reading a text from the terminal, until its end is typed");
    }
    let bytes = file::read_from(stdin().lock(), 0, MAX_LOG)
        .map_err(|error| CommandProblem::Input(error.to_string()).nowhere())?;
    // A log may have anything in it; what is no UTF-8 is no code either.
    let text = String::from_utf8_lossy(&bytes);
    let mentions = lookup::mentions(catalog, &text).into_iter();
    Ok(mentions.map(Answer::to_mention).collect())
}

/// What is known of something that was asked for.
#[derive(Debug)]
struct Answer<'a> {
    query: String,
    records: Vec<Record<'a>>,
    /// What else may have been meant, where nothing is known.
    nearest: Vec<Record<'a>>,
    /// Where a text has it.
    seen: Option<Mention<'a>>,
}

impl<'a> Answer<'a> {
    fn to_query(catalog: &'a Catalog, query: &str) -> Self {
        let records = lookup::find(catalog, query);
        let nearest = if records.is_empty() {
            lookup::nearest(catalog, query)
        } else {
            Vec::new()
        };
        Self {
            query: query.to_owned(),
            records,
            nearest,
            seen: None,
        }
    }

    fn to_mention(mention: Mention<'a>) -> Self {
        Self {
            query: mention.written.clone(),
            records: mention.records.clone(),
            nearest: Vec::new(),
            seen: Some(mention),
        }
    }

    fn refusal(&self) -> Diagnostic {
        let near = self.nearest.iter().map(|record| {
            let name = record.qualified_name().unwrap_or_default();
            format!("{} {name}", record.code.code)
        });
        CommandProblem::UnknownCode {
            code: self.query.clone(),
            nearest: near.collect(),
        }
        .nowhere()
    }

    fn json(&self, languages: &Languages) -> JsonAnswer<'_> {
        let records = |records: &[Record<'a>]| {
            let records = records.iter();
            records
                .map(|record| JsonRecord::new(record, languages))
                .collect()
        };
        JsonAnswer {
            query: &self.query,
            found: records(&self.records),
            nearest: records(&self.nearest),
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
    pub(super) fn new(record: &Record<'a>, languages: &Languages) -> Self {
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
