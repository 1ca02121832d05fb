//! `arkerr search`: finds the codes that are about something.

use anstyle::AnsiColor;
use clap::Args;
use serde::Serialize;

use super::explain::{Format, JsonRecord, Languages, Source};
use super::print::{self, counted, paint};
use super::{Context, Outcome};
use crate::catalog::{Case, plain_text};
use crate::diagnostic::Diagnostic;
use crate::escape::visible;
use crate::lookup::{self, Hit, Record};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    source: Source,

    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,

    /// The most codes to print; 0 for all
    #[arg(long, default_value_t = 20)]
    limit: usize,

    /// Words that a code must have, in its number, names, titles or texts in any language
    #[arg(required = true, allow_negative_numbers = true)]
    words: Vec<String>,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Outcome, Vec<Diagnostic>> {
    let (catalog, languages) = arguments.source.load()?;
    let hits = lookup::search(&catalog, &arguments.words);
    let limit = match arguments.limit {
        0 => hits.len(),
        limit => limit.min(hits.len()),
    };
    let (shown, more) = hits.split_at(limit);
    match arguments.format {
        Format::Json => {
            let hits = shown.iter().map(|hit| JsonHit::of(hit, &languages));
            print::json(&hits.collect::<Vec<_>>())?;
        }
        Format::Text => print::result(&shown.iter().map(line).collect::<String>())?,
    }
    if !context.quiet {
        match (hits.len(), more.len()) {
            (0, _) => print::status("no code has all of these words"),
            (_, 0) => {}
            (_, more) => print::status(&format!(
                "and {} more; --limit 0 prints all",
                counted(more, "code")
            )),
        }
    }
    Ok(match hits.is_empty() {
        true => Outcome::NotFound,
        false => Outcome::InSync,
    })
}

#[derive(Debug, Serialize)]
struct JsonHit<'a> {
    score: u32,
    #[serde(flatten)]
    record: JsonRecord<'a>,
}

impl<'a> JsonHit<'a> {
    fn of(hit: &Hit<'a>, languages: &Languages) -> Self {
        Self {
            score: hit.score,
            record: JsonRecord::of(&hit.record, languages),
        }
    }
}

/// Two lines for a code: what it is called, and what it says.
fn line(hit: &Hit<'_>) -> String {
    let Record { page, code } = hit.record;
    let name = hit.record.qualified_name().unwrap_or_default();
    let subject = page.kit.as_deref().unwrap_or(&page.id);
    let message = code.cases.iter().flat_map(first_line).next();
    let title = code.title.clone().into_iter();
    let said: Vec<String> = title.chain(message).collect();
    format!(
        "{}  {name}  {}\n    {}\n",
        paint(AnsiColor::Cyan, visible(&code.code)),
        paint(AnsiColor::BrightBlack, visible(subject)),
        visible(&said.join(": ")),
    )
}

/// The first line of what a case says.
fn first_line(case: &Case) -> Option<String> {
    let fields = [&case.message, &case.description];
    fields
        .into_iter()
        .flat_map(|field| plain_text(field))
        .next()
}
