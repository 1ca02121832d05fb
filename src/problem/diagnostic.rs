//! A problem at a place.

use std::fmt;

use super::{Describe as _, Description, Place, Position, Problem, Severity};

/// A problem at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What is wrong.
    pub problem: Box<Problem>,
    /// Where it is.
    pub place: Option<Box<Place>>,
    /// What else helps to understand it here, such as the heading above it.
    pub notes: Vec<String>,
    /// What to do about it here, if that is not what the problem says itself.
    pub help: Option<String>,
}

impl Diagnostic {
    /// All that it says.
    #[must_use]
    pub fn describe(&self) -> Description {
        let mut description = self.problem.describe();
        description.notes.extend_from_slice(&self.notes);
        description.help = self.help.clone().or(description.help);
        description
    }

    /// The same finding, with one more note.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
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
        self.problem.describe().severity == Severity::Error
    }
}

/// Prints one line, `path:line:column: error[id]: message`, as compilers do.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        let said = self.problem.describe();
        write!(f, "{}[{}]: {}", said.severity.name(), said.id, said.message)
    }
}

/// Whether any of these makes the work impossible.
#[must_use]
pub fn any_error(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(Diagnostic::is_error)
}

#[cfg(test)]
mod tests {
    use super::super::{Locate as _, OutputProblem};
    use super::*;

    #[test]
    fn a_diagnostic_prints_as_one_line() {
        assert_eq!(
            OutputProblem::FolderIsFile.at_file("out").to_string(),
            "out: error[output]: the output folder is a file"
        );
        let place = Place::at("a.html", Position::line(2));
        assert_eq!(place.to_string(), "a.html:2");
        let place = Place::file("a.mhtml").in_part(Some("text/html part"));
        assert_eq!(place.to_string(), "a.mhtml (text/html part)");
    }
}
