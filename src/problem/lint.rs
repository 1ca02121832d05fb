//! What the lints find in the documentation itself.

use super::{Describe, Description, Problem, Severity, rule};
use crate::lint::Lint;

/// What a lint has found, with the weight that it has in the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LintProblem {
    /// The lint that found it.
    pub lint: Lint,
    /// How much it weighs.
    pub severity: Severity,
    /// What is odd, in one clause without a full stop.
    pub message: String,
    /// The text of the page that it is about, where that helps.
    pub text: Option<String>,
}

impl Describe for LintProblem {
    fn describe(&self) -> Description {
        let description = rule(self.lint.id(), self.lint.summary())
            .warning(&self.message)
            .notes(self.text.iter().map(|text| format!("“{text}”")));
        Description {
            severity: self.severity,
            help: self.lint.help().map(str::to_owned),
            ..description
        }
    }
}

impl From<LintProblem> for Problem {
    fn from(problem: LintProblem) -> Self {
        Self::Lint(problem)
    }
}
