//! `arkerr parse`: prints records.

use std::path::PathBuf;

use clap::Args;
use comfy_table::{ContentArrangement, Table, presets};

use super::print::{self, Tabular, counted};
use super::{Context, Outcome};
use crate::catalog::{Catalog, Page, plain_text};
use crate::escape::visible;
use crate::problem::Report;
use crate::project::Project;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// How to print the records; on a terminal as a table, elsewhere as JSON
    #[arg(long, value_enum)]
    format: Option<Tabular>,

    /// Saved pages, or folders of them; the project's snapshots where none is given
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Outcome, Report> {
    let read = Project::open("")?.read_pages(&arguments.paths);
    let (catalog, found) = (Catalog::new(read.pages), read.report);
    print::diagnostics(found.diagnostics());
    let usual = if print::is_terminal() {
        Tabular::Table
    } else {
        Tabular::Json
    };
    let format = arguments.format.unwrap_or(usual);
    format.print(&catalog, || catalog.pages.iter().map(table).collect())?;
    context.account(&read.account);
    Ok(context.outcome_of(found.diagnostics()))
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
        let title = code.title.as_deref().unwrap_or_default();
        let mut cells = vec![format!("{}\n{title}", code.code)];
        cells.extend((0..4).map(|field| {
            let fields = code.cases.iter().map(|case| case.fields()[field]);
            fields.flat_map(plain_text).collect::<Vec<_>>().join("\n")
        }));
        table.add_row(cells.iter().map(|cell| visible(cell)));
    }
    let kit = page.kit.as_ref().map(|kit| format!(" ({kit})"));
    let kit = kit.unwrap_or_default();
    let codes = counted(page.codes.len(), "code");
    let heading = format!("{}: {}{kit}, {codes}", page.source, page.title);
    format!("{}\n{table}\n\n", visible(&heading))
}
