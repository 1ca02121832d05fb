//! Printing: results to standard output, diagnostics to standard error. Nothing is printed elsewhere.

use std::io::{ErrorKind, IsTerminal, Write};

use anstream::ColorChoice;
use clap::ValueEnum;
use comfy_table::{Table, presets};
use serde::Serialize;

pub(super) use crate::escape::Form;
use crate::escape::{printed, visible, visible_line};
use crate::problem::{CommandProblem, Diagnostic, Locate as _, Report};
use crate::report::report;
pub(super) use crate::report::text::paint;
pub(super) use crate::text::counted;

/// Prints a result for people.
pub(super) fn result(text: &str) -> Result<(), Report> {
    for_program(text, Form::Colored)
}

/// Prints a result in the form that a program reads. A reader who has seen enough and went away is
/// no error.
pub(super) fn for_program(text: &str, form: Form) -> Result<(), Report> {
    written_out(emit(Stream::Output, text, form))
}

/// Prints what is kept as a file, to the byte, unless somebody looks at it here.
pub(super) fn file(text: &str) -> Result<(), Report> {
    if is_read_by_people() {
        return for_program(text, Form::Plain);
    }
    written_out(write_all(Stream::Output.standard(), text))
}

fn written_out(outcome: std::io::Result<()>) -> Result<(), Report> {
    match outcome {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(failed(&error)),
        _ => Ok(()),
    }
}

/// Whether standard output is a terminal.
pub(super) fn is_terminal() -> bool {
    Stream::Output.is_terminal()
}

/// Whether standard output is a terminal, or the log of a service, which takes lines for commands.
fn is_read_by_people() -> bool {
    const SERVICES: [&str; 3] = ["GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION"];
    is_terminal() || SERVICES.iter().any(|name| std::env::var_os(name).is_some())
}

#[derive(Debug, Clone, Copy)]
enum Stream {
    Output,
    Errors,
}

#[expect(
    clippy::disallowed_methods,
    reason = "everything that is printed goes through here"
)]
impl Stream {
    /// The stream as it is, which shows no colours.
    fn standard(self) -> Box<dyn Write> {
        match self {
            Self::Output => Box::new(std::io::stdout()),
            Self::Errors => Box::new(std::io::stderr()),
        }
    }

    /// The stream that shows colours, unless there should be no colours.
    fn colored(self) -> Option<Box<dyn Write>> {
        let (choice, stream): (_, Box<dyn Write>) = match self {
            Self::Output => {
                let stream = anstream::stdout();
                (stream.current_choice(), Box::new(stream))
            }
            Self::Errors => {
                let stream = anstream::stderr();
                (stream.current_choice(), Box::new(stream))
            }
        };
        (choice != ColorChoice::Never).then_some(stream)
    }

    fn is_terminal(self) -> bool {
        match self {
            Self::Output => std::io::stdout().is_terminal(),
            Self::Errors => std::io::stderr().is_terminal(),
        }
    }
}

/// The one way out: what is printed is made harmless here, after everything else.
fn emit(stream: Stream, text: &str, form: Form) -> std::io::Result<()> {
    match stream.colored().filter(|_| form == Form::Colored) {
        Some(out) => write_all(out, &printed(text, form)),
        None if form == Form::Colored => write_all(stream.standard(), &printed(text, Form::Plain)),
        None => write_all(stream.standard(), &printed(text, form)),
    }
}

fn write_all(mut out: impl Write, text: &str) -> std::io::Result<()> {
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// What a reporter writes.
pub(super) fn written(
    write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> Result<String, Report> {
    let mut bytes = Vec::new();
    write(&mut bytes).map_err(|error| failed(&error))?;
    Ok(crate::file::lossy_text(bytes))
}

/// The error for a result that cannot be printed.
pub(super) fn failed(error: &impl ToString) -> Report {
    CommandProblem::Print(error.to_string()).nowhere().into()
}

/// Prints a line about the work itself, where it does not get among the results.
pub(super) fn status(line: &str) {
    message(&format!("{line}\n"));
}

/// Prints text to standard error. Where nobody reads that, nothing is to be done about it.
pub(super) fn message(text: &str) {
    let _ = emit(Stream::Errors, text, Form::Colored);
}

/// Prints a line in the place of the last one like it, if standard error is a terminal.
pub(super) fn progress(line: &str) {
    const CLEAR_LINE: &str = "\r\x1b[K";
    if Stream::Errors.is_terminal() {
        let line = printed(&visible_line(line), Form::Plain);
        let _ = write_all(Stream::Errors.standard(), &format!("{CLEAR_LINE}{line}"));
    }
}

/// Prints a result for other programs, as JSON.
pub(super) fn json(value: &impl Serialize) -> Result<(), Report> {
    let json = crate::json::pretty(value).map_err(|error| failed(&error))?;
    for_program(&(json + "\n"), Form::Json)
}

/// How to print a list: as data, or as a table.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Tabular {
    Json,
    Table,
}

impl Tabular {
    pub(super) fn print(
        self,
        value: &impl Serialize,
        table: impl FnOnce() -> String,
    ) -> Result<(), Report> {
        match self {
            Self::Json => json(value),
            Self::Table => result(&table()),
        }
    }
}

/// Rows in columns.
pub(super) fn columns<const N: usize>(rows: impl Iterator<Item = [String; N]>) -> String {
    let mut table = Table::new();
    table.add_rows(rows.map(|row| row.map(|cell| visible(&cell))));
    table.load_style(presets::NOTHING);
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    let lines = table.lines();
    let lines = lines.map(|line| line.trim_end().to_owned() + "\n");
    lines.collect()
}

/// Prints diagnostics, in the order in which they are given.
pub(super) fn diagnostics(diagnostics: &[Diagnostic]) {
    message(&report(diagnostics, true));
}
