//! `arkerr explain`: tells what codes mean.

mod text;

use std::io::{IsTerminal, stdin};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::print;
use super::{Outcome, language};
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
    source: CatalogSource,

    /// The language to explain in, where the documentation was saved in both
    #[arg(long, value_parser = language(["en", "zh"]))]
    lang: Option<Language>,

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
pub(super) struct CatalogSource {
    /// The file of records to look in; without it, that of the project around this folder
    #[arg(long, value_name = "FILE")]
    catalog: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Format {
    Json,
    Text,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Report> {
    let lookup = arguments.source.load()?;
    let mut answers = Vec::new();
    for code in &arguments.codes {
        if code == STANDARD_INPUT {
            answers.extend(lookup.answers_about(&read_log()?));
        } else {
            answers.push(lookup.answer(code));
        }
    }
    match arguments.format {
        Format::Json => print::json(&answers)?,
        Format::Text => print::result(&text::explanation(&answers, arguments.lang))?,
    }
    let unknown = answers.iter().filter(|answer| answer.found.is_empty());
    let unknown: Vec<Diagnostic> = unknown.map(Answer::refusal).collect();
    print::diagnostics(&unknown);
    if answers.is_empty() {
        print::status("no known code in the text");
    }
    Ok(Outcome::no_if(answers.is_empty() || !unknown.is_empty()))
}

/// The text on standard input. A log may have anything in it; what is not UTF-8 is no code either.
fn read_log() -> Result<String, Report> {
    if stdin().is_terminal() {
        print::status("reading a text from the terminal, until its end is typed");
    }
    let bytes = file::read_from(stdin().lock(), 0, MAX_LOG)
        .map_err(|error| CommandProblem::Input(error.to_string()).nowhere())?;
    Ok(file::lossy_text(bytes))
}

/// A catalogue that something is looked up in.
#[derive(Debug)]
pub(super) struct Lookup {
    pub(super) catalog: Catalog,
    /// The targets whose names of codes are told: those of the project; all, where the records are
    /// from elsewhere.
    targets: Option<Vec<String>>,
}

impl CatalogSource {
    pub(super) fn load(&self) -> Result<Lookup, Report> {
        let Some(path) = &self.catalog else {
            let project = Project::around("".as_ref())?;
            let targets = project.config.targets.iter();
            return Ok(Lookup {
                targets: Some(targets.map(|target| target.name.clone()).collect()),
                catalog: project.saved_catalog()?,
            });
        };
        let shown = path.display().to_string();
        let catalog = read_catalog(path, &shown)?;
        Ok(Lookup {
            catalog: catalog.ok_or_else(|| CommandProblem::NoCatalog(shown).nowhere())?,
            targets: None,
        })
    }
}

/// A record that was found, as JSON has it: with what the catalogue says about its page.
#[derive(Debug, Serialize)]
pub(super) struct Found<'a> {
    page: &'a str,
    page_title: &'a str,
    kit: Option<&'a str>,
    url: Option<String>,
    identifiers: Vec<Identifier>,
    code: &'a ErrorCode,
    #[serde(skip)]
    record: Record<'a>,
}

impl Lookup {
    pub(super) fn found<'a>(&self, record: Record<'a>) -> Found<'a> {
        let Record { page, code } = record;
        let mut identifiers = identifiers(page, code);
        if let Some(targets) = &self.targets {
            identifiers.retain(|own| targets.iter().any(|target| target == own.target));
        }
        Found {
            page: &page.id,
            page_title: &page.title,
            kit: page.kit.as_deref(),
            url: page.code_url(code),
            identifiers,
            code,
            record,
        }
    }

    fn all_found<'a>(&self, records: &[Record<'a>]) -> Vec<Found<'a>> {
        records.iter().map(|record| self.found(*record)).collect()
    }

    fn answer(&self, query: &str) -> Answer<'_> {
        let found = lookup::find_records(&self.catalog, query);
        let nearest = if found.is_empty() {
            lookup::nearest(&self.catalog, query)
        } else {
            Vec::new()
        };
        Answer {
            query: query.to_owned(),
            found: self.all_found(&found),
            nearest: self.all_found(&nearest),
            mention: None,
        }
    }

    /// What is known of the codes in a text.
    fn answers_about(&self, text: &str) -> impl Iterator<Item = Answer<'_>> {
        let mentions = lookup::mentions(&self.catalog, text).into_iter();
        mentions.map(|mention| Answer {
            query: mention.written.clone(),
            found: self.all_found(&mention.records),
            nearest: Vec::new(),
            mention: Some(mention),
        })
    }
}

/// What is known of something that was asked for.
#[derive(Debug, Serialize)]
struct Answer<'a> {
    query: String,
    found: Vec<Found<'a>>,
    /// What else may have been meant, where nothing is known.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    nearest: Vec<Found<'a>>,
    /// Where it is in the text in which it was found.
    #[serde(flatten)]
    mention: Option<Mention<'a>>,
}

impl Answer<'_> {
    fn refusal(&self) -> Diagnostic {
        let near = self.nearest.iter().map(|near| {
            let name = near.record.qualified_name().unwrap_or_default();
            format!("{} {name}", near.code.code)
        });
        CommandProblem::UnknownCode {
            code: self.query.clone(),
            nearest: near.collect(),
        }
        .nowhere()
    }
}
