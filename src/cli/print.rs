//! Printing: results to standard output, diagnostics to standard error.

use std::fmt::Display;
use std::io::{BufWriter, ErrorKind, Write};

use annotate_snippets::{AnnotationKind, Element, Level, Origin, Renderer, Snippet};
use anstyle::{AnsiColor, Style};
use serde::Serialize;

use crate::diagnostic::{Diagnostic, Extent, Place, Severity};
use crate::parse::Account;
use crate::text::visible;

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
    let renderer = Renderer::styled();
    let mut text = String::new();
    for diagnostic in diagnostics {
        text.push_str(&show(&renderer, diagnostic));
        text.push_str("\n\n");
    }
    let mut out = anstream::stderr().lock();
    let _ = out.write_all(text.as_bytes());
}

fn show(renderer: &Renderer, diagnostic: &Diagnostic) -> String {
    let level = match diagnostic.severity {
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
    };
    // Text of a page may be part of a message; it must not reach the terminal as it is.
    let message = visible(&diagnostic.message);
    let notes: Vec<String> = diagnostic.notes.iter().map(|note| visible(note)).collect();
    let help = diagnostic.help.as_deref().map(visible);
    let place = diagnostic.place.as_ref().map(|place| Place {
        path: visible(&place.path_and_part()),
        part: None,
        extent: place.extent.clone(),
    });

    let mut group = level
        .primary_title(&message)
        .id(diagnostic.id)
        .elements(place.iter().map(element));
    group = group.elements(notes.iter().map(|note| Level::NOTE.message(note)));
    group = group.elements(help.iter().map(|help| Level::HELP.message(help)));
    renderer.render(&[group])
}

fn element(place: &Place) -> Element<'_> {
    match &place.extent {
        Extent::Whole => Origin::path(&place.path).into(),
        Extent::At(position) => Origin::path(&place.path)
            .line(position.line)
            .char_column(position.column)
            .into(),
        Extent::Excerpt { text, span } => Snippet::source(text.as_ref())
            .path(&place.path)
            .annotation(AnnotationKind::Primary.span(span.clone()))
            .into(),
    }
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
