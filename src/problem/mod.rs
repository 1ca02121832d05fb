//! Everything that can be wrong, as data.
//!
//! A [`Problem`] says what is wrong; a [`Diagnostic`] is a problem at a place; a [`Report`] is all
//! that was found, and the one error type of the library. Modules return them and never print:
//! `report` shows them.

#[macro_use]
mod description;
mod diagnostic;
mod place;
mod report;

mod command;
mod config;
mod drift;
mod fetch;
mod lint;
mod names;
mod output;
mod parse;
mod project;
mod snapshot;
mod template;

pub use crate::lint::Lint;
pub use command::CommandProblem;
pub use config::ConfigProblem;
pub(crate) use description::Describe;
pub use description::{Description, Fix, Severity};
use description::{Rule, rule};
pub use diagnostic::{Diagnostic, any_error};
pub use drift::{DriftProblem, Edit};
pub use fetch::{Failure, FailureKind, FetchProblem};
pub use lint::LintProblem;
pub use names::NamesProblem;
pub use output::{OutputProblem, Step};
pub use parse::ParseProblem;
pub use place::{Extent, Place, Position, SourceText, display_path};
pub use project::{PageNameReason, ProjectProblem};
pub(crate) use report::MAX_PROBLEMS;
pub use report::Report;
pub use snapshot::SnapshotProblem;
pub use template::TemplateProblem;

problems! {
    /// Everything that can be wrong.
    pub enum Problem {
        /// A problem of a saved file that cannot be read as a page.
        Snapshot(problem: SnapshotProblem) => problem.describe(),
        /// A problem of the text of a page.
        Parse(problem: ParseProblem) => problem.describe(),
        /// Something odd about the documentation itself.
        Lint(problem: LintProblem) => problem.describe(),
        /// A problem of `names.toml` and the names of codes.
        Names(problem: NamesProblem) => problem.describe(),
        /// A problem of `arkerr.toml`.
        Config(problem: ConfigProblem) => problem.describe(),
        /// A problem of templates and what they render.
        Template(problem: TemplateProblem) => problem.describe(),
        /// A problem of a project as a whole: its pages, revisions and imports.
        Project(problem: ProjectProblem) => problem.describe(),
        /// A problem of generated files and the folder that they are written to.
        Output(problem: OutputProblem) => problem.describe(),
        /// A file that differs from what it is made of.
        Drift(problem: DriftProblem) => problem.describe(),
        /// A problem of answers of the documentation site.
        Fetch(problem: FetchProblem) => problem.describe(),
        /// A problem of what the command line was asked to do.
        Command(problem: CommandProblem) => problem.describe(),
    }
}

/// Puts a problem somewhere: `SnapshotProblem::Empty.at(place)`.
pub(crate) trait Locate: Into<Problem> {
    /// The problem at a place.
    fn at(self, place: Place) -> Diagnostic {
        Diagnostic {
            place: Some(Box::new(place)),
            ..self.nowhere()
        }
    }

    /// The problem of a whole file.
    fn at_file(self, path: impl Into<String>) -> Diagnostic {
        self.at(Place::file(path))
    }

    /// The problem without a place.
    fn nowhere(self) -> Diagnostic {
        Diagnostic {
            problem: Box::new(self.into()),
            place: None,
            notes: Vec::new(),
            help: None,
        }
    }
}

impl<T: Into<Problem>> Locate for T {}

/// The first of some texts, and how many more there are.
pub(crate) fn first_of(texts: &[String]) -> Vec<String> {
    const MOST: usize = 20;
    let mut shown: Vec<String> = texts.iter().take(MOST).cloned().collect();
    if texts.len() > MOST {
        shown.push(format!("and {} more", texts.len() - MOST));
    }
    shown
}
