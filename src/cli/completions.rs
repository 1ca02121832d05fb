//! `arkerr completions`: what a shell needs to complete the commands.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Outcome, print};
use crate::problem::Report;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The shell that the completions are for
    shell: Shell,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Report> {
    let mut command = super::Arguments::command();
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, "arkerr", &mut script);
    print::file(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Done)
}
