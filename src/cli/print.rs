//! Printing: results to standard output, diagnostics to standard error.

use std::fmt::Display;
use std::io::{BufWriter, ErrorKind, Write};

use anstyle::{AnsiColor, Style};
use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::parse::Account;
use crate::report::report;

/// Prints a result. A reader who has seen enough and went away is no error.
pub(super) fn result(text: &str) -> Result<(), Vec<Diagnostic>> {
    let mut out = anstream::stdout().lock();
    printed(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

fn printed(written: std::io::Result<()>) -> Result<(), Vec<Diagnostic>> {
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            let message = format!("the result cannot be printed: {error}");
            Err(vec![Diagnostic::error("print", message)])
        }
        _ => Ok(()),
    }
}

/// Prints a line about the work itself, where it does not get among the results.
pub(super) fn status(line: &str) {
    let mut out = anstream::stderr().lock();
    let _ = writeln!(out, "{line}");
}

/// Prints what became of the text of the pages that were read, as one line.
pub(super) fn account(account: &Account) {
    status(&format!(
        "read {}: {} in records, {} furniture, {} unaccounted",
        counted(account.read, "character"),
        account.in_records,
        account.furniture,
        account.unaccounted,
    ));
}

/// Prints a result for other programs, as JSON.
pub(super) fn json(value: &impl Serialize) -> Result<(), Vec<Diagnostic>> {
    let mut out = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    let written = serde_json::to_writer_pretty(&mut out, value).map_err(std::io::Error::from);
    printed(written.and_then(|()| out.write_all(b"\n").and_then(|()| out.flush())))
}

/// Prints diagnostics, in the order in which they are given.
pub(super) fn diagnostics(diagnostics: &[Diagnostic]) {
    let mut out = anstream::stderr().lock();
    let _ = out.write_all(report(diagnostics, true).as_bytes());
}

/// A text in a colour, for results.
pub(super) fn paint(color: AnsiColor, text: impl Display) -> String {
    let style = Style::new().fg_color(Some(color.into()));
    format!("{style}{text}{style:#}")
}

/// A number with its noun: `1 page`, `2 pages`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{ending}")
}
