//! What is wrong with a template, as a diagnostic that says where.

use std::collections::BTreeMap;
use std::error::Error as _;
use std::sync::Arc;

use tera::ErrorKind;

use super::locate::Found;
use super::source::{BUILT_IN, Source};
use crate::diagnostic::{Diagnostic, Place, Position};

/// Whether an error is about a template that is none, whatever the others are.
pub(super) fn is_syntax(error: &tera::Error) -> bool {
    matches!(error.kind(), ErrorKind::SyntaxError(_))
}

/// Whether an error is about a text that passed no filter.
pub(super) fn is_refusal(error: &tera::Error) -> bool {
    matches!(error.kind(), ErrorKind::Io(_))
}

/// All that is wrong with templates that are each right for itself.
pub(super) fn diagnostics(
    error: &tera::Error,
    sources: &BTreeMap<String, Source>,
) -> Vec<Diagnostic> {
    let ErrorKind::Msg(reports) = error.kind() else {
        return vec![diagnostic(error, None, sources)];
    };
    // Several are one text, which has a report for each.
    let mut found: Vec<Diagnostic> = Vec::new();
    for report in reports.split("\n\n") {
        let Some(diagnostic) = read_report(report, sources) else {
            return vec![diagnostic(error, None, sources)];
        };
        // A built-in template is there under two names.
        if !found
            .iter()
            .any(|known| known.message == diagnostic.message)
        {
            found.push(diagnostic);
        }
    }
    found
}

/// Reads a report of the engine: the message, and behind `-->` the template, line and column.
fn read_report(report: &str, sources: &BTreeMap<String, Source>) -> Option<Diagnostic> {
    let mut lines = report.lines();
    let message = lines.next()?.strip_prefix("error: ")?;
    let place = lines.next()?.trim_start().strip_prefix("--> ")?;
    let mut parts = place.rsplitn(3, ':');
    let column = Some(parts.next()?.parse().ok()?);
    let line = parts.next()?.parse().ok()?;
    let name = parts.next()?;
    let source = sources.get(name)?;
    let path = source.path.clone();
    let path = path.unwrap_or_else(|| shown_built_in(name.trim_start_matches(BUILT_IN)));
    let diagnostic = Diagnostic::error("template", lower_case(message));
    Some(diagnostic.at(Place::at(path, Position { line, column })))
}

/// An error with its place in the template, and what called for it. Of a text that passed no filter
/// the place has to be found first.
pub(super) fn diagnostic(
    error: &tera::Error,
    refused: Option<Found>,
    sources: &BTreeMap<String, Source>,
) -> Diagnostic {
    if is_refusal(error) {
        let cause = error.source().map(ToString::to_string);
        let place = refused.and_then(|found| {
            let source = sources.get(&found.template)?;
            Some(place(&found.template, source, &found.span))
        });
        return refusal(cause.unwrap_or_else(|| error.to_string()), place);
    }
    let (ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report)) = error.kind() else {
        return Diagnostic::error(
            "template",
            lower_case(&with_cause(&error.to_string(), error)),
        );
    };
    let message = with_cause(report.message(), error);
    let mut diagnostic = Diagnostic::error("template", lower_case(&message));
    if let Some(source) = sources.get(report.filename()) {
        diagnostic = diagnostic.at(place(report.filename(), source, &report.span().range));
    }
    // Where the template was called from stands in the report alone.
    let report = error.to_string();
    let calls = report
        .lines()
        .filter_map(|line| line.strip_prefix("note: "));
    diagnostic.notes.extend(calls.map(str::to_owned));
    diagnostic
}

fn refusal(message: String, place: Option<Place>) -> Diagnostic {
    let refusal = Diagnostic::error("template", message).help(
        "a filter says what the text is to be there, such as `| rust_string`, `| md` or `| one_line`",
    );
    match place {
        Some(place) => refusal.at(place),
        None => refusal,
    }
}

/// A message, and what led to it.
fn with_cause(message: &str, error: &tera::Error) -> String {
    match error.source() {
        Some(cause) => format!("{message}: {cause}"),
        None => message.to_owned(),
    }
}

fn place(name: &str, source: &Source, span: &std::ops::Range<usize>) -> Place {
    let path = match &source.path {
        Some(path) => path.clone(),
        None => shown_built_in(name),
    };
    let end = span.end.min(source.text.len());
    Place::excerpt(path, &Arc::clone(&source.text), span.start.min(end)..end)
}

/// What a built-in template is called in messages.
pub(super) fn shown_built_in(name: &str) -> String {
    format!("{name} (built-in template)")
}

/// Messages begin in lower case here, those of the template engine do not.
fn lower_case(message: &str) -> String {
    let mut chars = message.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => String::new(),
    }
}
