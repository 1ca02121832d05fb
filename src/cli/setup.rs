//! `arkerr completions` and `arkerr man`: what a shell and `man` want to know about the commands.

use std::path::PathBuf;

use clap::{Args, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;

use super::print;
use super::{Context, Outcome};
use crate::diagnostic::{Diagnostic, Place, display_path};

#[derive(Debug, Args)]
pub(super) struct CompletionsArguments {
    /// The shell that the completions are for
    shell: Shell,
}

#[derive(Debug, Args)]
pub(super) struct ManArguments {
    /// The folder to write a page for each command to, as `arkerr.1`, `arkerr-check.1` and so on;
    /// without it, the page of arkerr itself is printed
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

pub(super) fn completions(arguments: &CompletionsArguments) -> Result<Outcome, Vec<Diagnostic>> {
    let mut command = super::Arguments::command();
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, "arkerr", &mut script);
    print::raw(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::InSync)
}

pub(super) fn man(arguments: &ManArguments, context: &Context) -> Result<Outcome, Vec<Diagnostic>> {
    let command = super::Arguments::command();
    let Some(folder) = &arguments.folder else {
        let mut page = Vec::new();
        let written = Man::new(command).render(&mut page);
        written.map_err(|error| vec![Diagnostic::error("print", error.to_string())])?;
        print::raw(&String::from_utf8_lossy(&page))?;
        return Ok(Outcome::InSync);
    };
    let written =
        std::fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(command, folder));
    written.map_err(|error| {
        let message = format!("the pages cannot be written: {error}");
        vec![Diagnostic::error("output", message).at(Place::file(display_path(folder)))]
    })?;
    if !context.quiet {
        print::result(&format!("wrote the pages to {}\n", display_path(folder)))?;
    }
    Ok(Outcome::InSync)
}
