//! What is wrong with a template, as a diagnostic that says where.

use std::collections::BTreeMap;
use std::error::Error as _;
use std::sync::Arc;

use tera::ErrorKind;

use super::templates::Source;
use crate::diagnostic::{Diagnostic, Place};

/// Whether an error is about a template that is none, whatever the others are.
pub(super) fn is_syntax(error: &tera::Error) -> bool {
    matches!(error.kind(), ErrorKind::SyntaxError(_))
}

/// An error with its place in the template, and what called for it.
pub(super) fn diagnostic(error: &tera::Error, sources: &BTreeMap<String, Source>) -> Diagnostic {
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
