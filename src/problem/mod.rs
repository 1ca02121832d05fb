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

pub use command::CommandProblem;
pub use config::ConfigProblem;
pub(crate) use description::Describe;
pub use description::{Description, Fix, Severity};
use description::{Rule, rule};
pub use diagnostic::{Diagnostic, any_error};
pub use drift::{DriftProblem, Edit};
pub use fetch::{Failure, FailureKind, FetchProblem};
pub use lint::{Finding, LintProblem};
pub use names::NamesProblem;
pub use output::{OutputProblem, Step};
pub use parse::ParseProblem;
pub use place::{Extent, Place, Position, display_path};
pub use project::{PageNameReason, ProjectProblem};
pub use report::Report;
pub use snapshot::SnapshotProblem;
pub use template::TemplateProblem;

/// Makes the enum of all problems from their enums.
macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident($problem:ty)),* $(,)?) => {
        /// Everything that can be wrong.
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Problem {
            $($(#[$doc])* $variant($problem)),*
        }

        impl Describe for Problem {
            fn describe(&self) -> Description {
                match self {
                    $(Self::$variant(problem) => problem.describe()),*
                }
            }
        }

        $(impl From<$problem> for Problem {
            fn from(problem: $problem) -> Self {
                Self::$variant(problem)
            }
        })*
    };
}

kinds! {
    /// A problem of a saved file that cannot be read as a page.
    Snapshot(SnapshotProblem),
    /// A problem of the text of a page.
    Parse(ParseProblem),
    /// Something odd about the documentation itself.
    Lint(LintProblem),
    /// A problem of `names.toml` and the names of codes.
    Names(NamesProblem),
    /// A problem of `arkerr.toml`.
    Config(ConfigProblem),
    /// A problem of templates and what they render.
    Template(TemplateProblem),
    /// A problem of a project as a whole: its pages, revisions and imports.
    Project(ProjectProblem),
    /// A problem of generated files and the folder that they are written to.
    Output(OutputProblem),
    /// A file that differs from what it is made of.
    Drift(DriftProblem),
    /// A problem of answers of the documentation site.
    Fetch(FetchProblem),
    /// A problem of what the command line was asked to do.
    Command(CommandProblem),
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
