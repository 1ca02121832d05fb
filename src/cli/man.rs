//! `arkerr man`: manual pages of the commands.

use std::fs;
use std::path::PathBuf;

use clap::{Args, CommandFactory};
use clap_mangen::Man;

use super::print;
use super::{Context, Outcome};
use crate::problem::{CommandProblem, Locate as _, Report, display_path};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The folder to write a page for each command to, as `arkerr.1`, `arkerr-check.1` and so on;
    /// without it, the page of arkerr itself is printed
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

#[expect(
    clippy::disallowed_methods,
    reason = "somebody names the folder, and no project"
)]
pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Outcome, Report> {
    let command = super::Arguments::command();
    let Some(folder) = &arguments.folder else {
        let mut page = Vec::new();
        Man::new(command)
            .render(&mut page)
            .map_err(|error| print::failed(&error))?;
        print::file(&String::from_utf8_lossy(&page))?;
        return Ok(Outcome::Done);
    };
    let shown = display_path(folder);
    fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(command, folder))
        .map_err(|error| CommandProblem::ManualPages(error.to_string()).at_file(&shown))?;
    context.report(&format!("wrote the pages to {shown}\n"))?;
    Ok(Outcome::Done)
}
