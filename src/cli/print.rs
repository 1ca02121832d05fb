//! Printing: results to standard output, diagnostics to standard error.

use std::borrow::Cow;
use std::io::{ErrorKind, Write};

use anstream::ColorChoice;
use anstream::adapter::strip_str;
use clap::ValueEnum;
use comfy_table::{Table, presets};
use serde::Serialize;

use crate::escape::visible;
use crate::problem::{CommandProblem, Diagnostic, Locate as _, Report};
use crate::report::report;
pub(super) use crate::report::text::paint;
pub(super) use crate::text::counted;

/// Prints a result for people. On the machine of a service for continuous integration nothing in it
/// is a command to that.
pub(super) fn result(text: &str) -> Result<(), Report> {
    raw(&harmless(text))
}

/// Prints a result for other programs, to the byte. A reader who has seen enough and went away is
/// no error.
pub(super) fn raw(text: &str) -> Result<(), Report> {
    let out = anstream::stdout();
    if out.current_choice() != ColorChoice::Never {
        return write_all(out, text);
    }
    // The stream would take colours out piece by piece, and look for them where there are none.
    let plain = text.contains('\x1b').then(|| strip_str(text).to_string());
    write_all(out.into_inner(), plain.as_deref().unwrap_or(text))
}

fn write_all(mut out: impl Write, text: &str) -> Result<(), Report> {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(failed(&error)),
        _ => Ok(()),
    }
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
    let mut out = anstream::stderr().lock();
    let _ = writeln!(out, "{}", harmless(line));
}

/// Prints a result for other programs, as JSON.
pub(super) fn json(value: &impl Serialize) -> Result<(), Report> {
    let json = crate::json::pretty(value).map_err(|error| failed(&error))?;
    raw(&(json + "\n"))
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
    let mut out = anstream::stderr().lock();
    let _ = out.write_all(harmless(&report(diagnostics, true)).as_bytes());
}

/// The text as it may stand in the log of a service that takes some lines of it for commands.
///
/// What pages say is printed, and they are not to set the service's variables. Elsewhere the text
/// stays as it is.
fn harmless(text: &str) -> Cow<'_, str> {
    const SERVICES: [&str; 3] = ["GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION"];
    if SERVICES.iter().any(|name| std::env::var_os(name).is_some()) {
        Cow::Owned(without_commands(text))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text without `::name` at the beginning of a line, blanks aside, and without `##[name]` and
/// `##name[…]` anywhere: the services know no others.
fn without_commands(text: &str) -> String {
    let mut harmless = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        for (at, c) in line.char_indices() {
            let (before, rest) = line.split_at(at);
            match c {
                ':' if before.trim_start() == ":" => harmless.push_str("\\u{3a}"),
                '#' if before.ends_with('#') && is_bracket_next(&rest[1..]) => {
                    harmless.push_str("\\u{23}");
                }
                _ => harmless.push(c),
            }
        }
    }
    harmless
}

/// Whether a text begins with a bracket, a name before it aside.
fn is_bracket_next(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    rest.starts_with('[')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_no_command_of_a_service() {
        for (text, expected) in [
            (
                "  ::set-output name=a::b\n",
                "  :\\u{3a}set-output name=a::b\n",
            ),
            ("a ::b::c\n::d", "a ::b::c\n:\\u{3a}d"),
            ("x ##[error]y", "x #\\u{23}[error]y"),
            ("###vso[task.x]##", "##\\u{23}vso[task.x]##"),
            ("## heading [a]\n", "## heading [a]\n"),
        ] {
            assert_eq!(without_commands(text), expected);
        }
    }
}
