//! `arkerr parse`: prints records.

use std::io::{IsTerminal, stdout};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use comfy_table::{ContentArrangement, Table, presets};

use super::print::{self, counted};
use super::{Context, Outcome};
use crate::catalog::{Case, ErrorCode, Page, plain_text};
use crate::diagnostic::Diagnostic;
use crate::escape::visible;
use crate::project::Project;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// How to print the records; on a terminal as a table, elsewhere as JSON
    #[arg(long, value_enum)]
    format: Option<Format>,

    /// Saved pages, or folders of them; the project's snapshots where none is given
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Json,
    Table,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Outcome, Vec<Diagnostic>> {
    let reading = Project::open("")?.read(&arguments.paths);
    print::diagnostics(&reading.diagnostics);
    let format = arguments
        .format
        .unwrap_or_else(|| match stdout().is_terminal() {
            true => Format::Table,
            false => Format::Json,
        });
    match format {
        Format::Json => print::json(&reading.catalog)?,
        Format::Table => {
            let tables: String = reading.catalog.pages.iter().map(table).collect();
            print::result(&tables)?;
        }
    }
    if !context.quiet {
        print::account(&reading.account);
    }
    Ok(context.outcome_of(&reading.diagnostics))
}

/// A page as a heading and a table of its codes.
fn table(page: &Page) -> String {
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_HORIZONTAL_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_header(["code", "message", "description", "causes", "steps"]);
    if let Some((terminal_size::Width(width), _)) = terminal_size::terminal_size() {
        table.set_width(width);
    }
    for code in &page.codes {
        table.add_row([
            visible(&format!(
                "{}\n{}",
                code.code,
                code.title.as_deref().unwrap_or_default()
            )),
            field(code, |case| plain_text(&case.message)),
            field(code, |case| plain_text(&case.description)),
            field(code, |case| plain_text(&case.causes)),
            field(code, |case| plain_text(&case.steps)),
        ]);
    }
    let kit = page
        .kit
        .as_deref()
        .map(|kit| format!(" ({})", visible(kit)));
    format!(
        "{}: {}{}, {}\n{table}\n\n",
        visible(&page.source),
        visible(&page.title),
        kit.unwrap_or_default(),
        counted(page.codes.len(), "code"),
    )
}

fn field(code: &ErrorCode, lines: impl Fn(&Case) -> Vec<String>) -> String {
    let lines: Vec<String> = code.cases.iter().flat_map(lines).collect();
    visible(&lines.join("\n"))
}
