//! `arkerr search`: finds the codes that are about something.

use anstyle::AnsiColor;
use clap::Args;
use serde::Serialize;

use super::explain::{CatalogSource, Format, Found};
use super::print::{self, counted, paint};
use super::{Context, Outcome};
use crate::catalog::plain_text;
use crate::escape::visible;
use crate::lookup::{self, Hit, Record};
use crate::problem::Report;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    source: CatalogSource,

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

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Outcome, Report> {
    let lookup = arguments.source.load()?;
    let hits = lookup::search(&lookup.catalog, &arguments.words);
    let limit = match arguments.limit {
        0 => hits.len(),
        limit => limit.min(hits.len()),
    };
    let (shown, more) = hits.split_at(limit);
    match arguments.format {
        Format::Json => {
            let hits = shown.iter().map(|hit| JsonHit {
                score: hit.score,
                record: lookup.found(hit.record),
            });
            print::json(&hits.collect::<Vec<_>>())?;
        }
        Format::Text => print::result(&shown.iter().map(lines).collect::<String>())?,
    }
    if hits.is_empty() {
        context.status("no code has all of these words");
    }
    if !more.is_empty() {
        let more = counted(more.len(), "code");
        context.status(&format!("and {more} more; --limit 0 prints all"));
    }
    Ok(Outcome::no_if(hits.is_empty()))
}

#[derive(Debug, Serialize)]
struct JsonHit<'a> {
    score: u32,
    #[serde(flatten)]
    record: Found<'a>,
}

/// Two lines for a code: what it is called, and what it says.
fn lines(hit: &Hit<'_>) -> String {
    let Record { page, code } = hit.record;
    let name = hit.record.qualified_name().unwrap_or_default();
    let subject = page.kit.as_deref().unwrap_or(&page.id);
    let mut said = Vec::from_iter(code.title.clone());
    let cases = code.cases.iter();
    let fields = cases.flat_map(|case| [&case.message, &case.description]);
    said.extend(fields.flat_map(|field| plain_text(field)).next());
    format!(
        "{}  {}  {}\n    {}\n",
        paint(AnsiColor::Cyan, visible(&code.code)),
        visible(&name),
        paint(AnsiColor::BrightBlack, visible(subject)),
        visible(&said.join(": ")),
    )
}
