//! All that was found, and the one error type of the library.

use std::fmt;

use super::{Diagnostic, Problem};
use crate::escape::visible;

/// The most problems of one file that are shown at once.
pub(crate) const MAX_PROBLEMS: usize = 100;

/// All that was found, errors and warnings, in the order of the inputs. As an error it has at
/// least one error.
///
/// It prints a line for each problem, as compilers do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// The first error, for callers that act on it.
    #[must_use]
    pub fn first_error(&self) -> Option<&Problem> {
        let first = self.diagnostics.iter().find(|found| found.is_error());
        first.map(|found| &*found.problem)
    }

    /// Everything that was found.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Whether anything found makes the work impossible.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        super::any_error(&self.diagnostics)
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// Adds one problem.
    pub(crate) fn push(&mut self, found: Diagnostic) {
        self.diagnostics.push(found);
    }

    /// All values, or everything that went wrong.
    pub(crate) fn gather<T>(
        results: impl IntoIterator<Item = Result<T, Self>>,
    ) -> Result<Vec<T>, Self> {
        let mut report = Self::default();
        let results = results.into_iter();
        let values = results
            .filter_map(|result| report.collect(result))
            .collect();
        if report.is_empty() {
            Ok(values)
        } else {
            Err(report)
        }
    }

    /// The value, or none once its errors are in the report: so all that is wrong is found in one
    /// run.
    pub(crate) fn collect<T>(&mut self, result: Result<T, Self>) -> Option<T> {
        result.map_err(|errors| self.extend(errors)).ok()
    }

    /// The value, or its errors after all that is in the report already.
    pub(crate) fn require<T>(&mut self, result: Result<T, Self>) -> Result<T, Self> {
        result.map_err(|errors| {
            self.extend(errors);
            std::mem::take(self)
        })
    }

    /// Fails with the report if it has an error.
    pub(crate) fn check(self) -> Result<Self, Self> {
        if self.has_errors() {
            Err(self)
        } else {
            Ok(self)
        }
    }
}

impl Extend<Diagnostic> for Report {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, found: T) {
        self.diagnostics.extend(found);
    }
}

impl FromIterator<Diagnostic> for Report {
    fn from_iter<T: IntoIterator<Item = Diagnostic>>(found: T) -> Self {
        Self {
            diagnostics: found.into_iter().collect(),
        }
    }
}

impl IntoIterator for Report {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.diagnostics.into_iter()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines = self
            .diagnostics
            .iter()
            .map(|found| visible(&found.to_string()));
        f.write_str(&lines.collect::<Vec<_>>().join("\n"))
    }
}

impl std::error::Error for Report {}

impl From<Vec<Diagnostic>> for Report {
    fn from(diagnostics: Vec<Diagnostic>) -> Self {
        Self { diagnostics }
    }
}

impl From<Diagnostic> for Report {
    fn from(diagnostic: Diagnostic) -> Self {
        vec![diagnostic].into()
    }
}

impl From<Report> for Vec<Diagnostic> {
    fn from(report: Report) -> Self {
        report.diagnostics
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Locate as _, OutputProblem};
    use super::*;

    #[test]
    fn a_report_prints_a_line_for_each_problem() {
        let report: Report = [
            OutputProblem::FolderIsFile.at_file("out"),
            OutputProblem::NotOwned.at_file("out/a.rs"),
        ]
        .into_iter()
        .collect();
        assert_eq!(
            report.to_string(),
            "out: error[output]: the output folder is a file\n\
             out/a.rs: error[output]: the file is in the way: arkerr did not make it"
        );
    }
}
