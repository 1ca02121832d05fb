//! Everything that can be wrong, as data.
//!
//! A [`Problem`] says what is wrong; a [`Diagnostic`] is a problem at a place; a [`Report`] is all
//! that was found, and the one error type of the library. Modules return them and never print:
//! `report` shows them.

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

use serde::Serialize;

pub use command::CommandProblem;
pub use config::ConfigProblem;
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

/// How much a problem weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth a look; the work goes on.
    Warning,
    /// What was asked for cannot be done.
    Error,
}

impl Severity {
    /// The name that never changes.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Everything that can be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// A problem of a saved file that cannot be read as a page.
    Snapshot(SnapshotProblem),
    /// A problem of the text of a page.
    Parse(ParseProblem),
    /// Something odd about the documentation itself.
    Lint(Box<LintProblem>),
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

/// What a problem says of itself. Each variant of an enum of problems has one, in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// How much it weighs.
    pub severity: Severity,
    /// A stable kebab-case name for this kind of problem.
    pub id: &'static str,
    /// What the id means, for formats that list their rules; a few words, without an article's
    /// full stop.
    pub summary: &'static str,
    /// What is wrong, in one clause without a full stop.
    pub message: String,
    /// What else helps to understand it.
    pub notes: Vec<String>,
    /// What to do about it.
    pub help: Option<String>,
    /// The command of arkerr that fixes it, where there is one.
    pub fix: Option<Fix>,
}

/// A command of arkerr that fixes a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fix {
    /// `arkerr generate`
    Generate,
    /// `arkerr update`
    Update,
}

impl Fix {
    /// The name of the command.
    #[must_use]
    pub fn command(self) -> &'static str {
        match self {
            Self::Generate => "generate",
            Self::Update => "update",
        }
    }
}

impl Description {
    /// A problem that makes the work impossible.
    pub(crate) fn error(
        id: &'static str,
        summary: &'static str,
        message: impl Into<String>,
    ) -> Self {
        Self {
            severity: Severity::Error,
            id,
            summary,
            message: message.into(),
            notes: Vec::new(),
            help: None,
            fix: None,
        }
    }

    /// A problem that is worth a look.
    pub(crate) fn warning(
        id: &'static str,
        summary: &'static str,
        message: impl Into<String>,
    ) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(id, summary, message)
        }
    }

    /// The same, with one more note.
    pub(crate) fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// The same, with what to do about it.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same, with the command that fixes it, which is part of the help.
    pub(crate) fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }
}

/// What knows what to say of itself.
pub(crate) trait Describe {
    fn describe(&self) -> Description;
}

impl Describe for Problem {
    fn describe(&self) -> Description {
        match self {
            Self::Snapshot(problem) => problem.describe(),
            Self::Parse(problem) => problem.describe(),
            Self::Lint(problem) => problem.describe(),
            Self::Names(problem) => problem.describe(),
            Self::Config(problem) => problem.describe(),
            Self::Template(problem) => problem.describe(),
            Self::Project(problem) => problem.describe(),
            Self::Output(problem) => problem.describe(),
            Self::Drift(problem) => problem.describe(),
            Self::Fetch(problem) => problem.describe(),
            Self::Command(problem) => problem.describe(),
        }
    }
}

/// Puts a problem somewhere: `SnapshotProblem::Empty.at(place)`.
pub(crate) trait Locate: Into<Problem> {
    /// The problem at a place.
    fn at(self, place: Place) -> Diagnostic {
        Diagnostic::new(self).at(place)
    }

    /// The problem of a whole file.
    fn at_file(self, path: impl Into<String>) -> Diagnostic {
        self.at(Place::file(path))
    }

    /// The problem without a place.
    fn nowhere(self) -> Diagnostic {
        Diagnostic::new(self)
    }
}

impl<T: Into<Problem>> Locate for T {}

macro_rules! impl_from {
    ($($variant:ident($problem:ty)),* $(,)?) => {
        $(impl From<$problem> for Problem {
            fn from(problem: $problem) -> Self {
                Self::$variant(problem)
            }
        })*
    };
}

impl_from! {
    Snapshot(SnapshotProblem),
    Parse(ParseProblem),
    Names(NamesProblem),
    Config(ConfigProblem),
    Template(TemplateProblem),
    Project(ProjectProblem),
    Output(OutputProblem),
    Drift(DriftProblem),
    Fetch(FetchProblem),
    Command(CommandProblem),
}

impl From<LintProblem> for Problem {
    fn from(problem: LintProblem) -> Self {
        Self::Lint(Box::new(problem))
    }
}

/// The first of some texts, and how many more there are.
fn first_of(texts: &[String]) -> Vec<String> {
    const MOST: usize = 20;
    let mut shown: Vec<String> = texts.iter().take(MOST).cloned().collect();
    if texts.len() > MOST {
        shown.push(format!("and {} more", texts.len() - MOST));
    }
    shown
}
