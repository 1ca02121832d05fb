//! A problem at a place.

use std::fmt;

use super::{Describe as _, Description, Place, Position, Problem, Severity};

/// A problem at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What is wrong, for programs.
    pub problem: Problem,
    /// How much it weighs.
    pub severity: Severity,
    /// A stable kebab-case name for this kind of problem.
    pub id: &'static str,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where it is.
    pub place: Option<Box<Place>>,
    /// What else helps to understand it.
    pub notes: Vec<String>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A problem without a place.
    pub(crate) fn new(problem: impl Into<Problem>) -> Self {
        let problem = problem.into();
        let Description {
            severity,
            id,
            message,
            notes,
            help,
            ..
        } = problem.describe();
        Self {
            problem,
            severity,
            id,
            message,
            place: None,
            notes,
            help,
        }
    }

    /// To be replaced by a problem with a variant of its own.
    pub fn error(id: &'static str, message: impl Into<String>) -> Self {
        Self::new(Problem::Other(Box::new(Description::error(
            id, "", message,
        ))))
    }

    /// To be replaced by a problem with a variant of its own.
    pub fn warning(id: &'static str, message: impl Into<String>) -> Self {
        Self::new(Problem::Other(Box::new(Description::warning(
            id, "", message,
        ))))
    }

    /// An error from elsewhere; its causes become notes.
    #[must_use]
    pub fn from_error(id: &'static str, error: &anyhow::Error) -> Self {
        let mut diagnostic = Self::error(id, error.to_string());
        diagnostic.notes = error.chain().skip(1).map(ToString::to_string).collect();
        diagnostic
    }

    /// The same finding, with its place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(Box::new(place));
        self
    }

    /// The same finding, with one more note.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// The same finding, with the way to mend it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Where it was found, for sorting.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        self.place.as_ref().and_then(|place| place.position())
    }

    /// Whether it makes the work impossible.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Prints one line, `path:line:column: error[id]: message`, as compilers do.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        let severity = self.severity.name();
        write!(f, "{severity}[{}]: {}", self.id, self.message)
    }
}

/// Whether any of these makes the work impossible.
#[must_use]
pub fn any_error(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(Diagnostic::is_error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagnostic_prints_as_one_line() {
        let diagnostic = Diagnostic::error("empty", "the file is empty").at(Place::file("a.html"));
        assert_eq!(
            diagnostic.to_string(),
            "a.html: error[empty]: the file is empty"
        );
        let place = Place::at("a.html", Position::line(2));
        assert_eq!(place.to_string(), "a.html:2");
        let place = Place::file("a.mhtml").in_part(Some("text/html part"));
        assert_eq!(place.to_string(), "a.mhtml (text/html part)");
    }
}
