//! What a problem says of itself.

use std::fmt;

use serde::Serialize;

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

/// A kind of problem.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    id: &'static str,
    summary: &'static str,
}

impl Rule {
    /// A problem of this kind that makes the work impossible.
    pub(super) fn error(self, message: impl Into<String>) -> Description {
        Description {
            severity: Severity::Error,
            id: self.id,
            summary: self.summary,
            message: message.into(),
            notes: Vec::new(),
            help: None,
            fix: None,
        }
    }

    /// A problem of this kind that is worth a look.
    pub(super) fn warning(self, message: impl Into<String>) -> Description {
        Description {
            severity: Severity::Warning,
            ..self.error(message)
        }
    }
}

/// What a problem says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// How much it weighs.
    pub severity: Severity,
    /// A stable kebab-case name for this kind of problem.
    pub id: &'static str,
    /// What the id means, for formats that list their rules; a few words, without a full stop.
    pub summary: &'static str,
    /// What is wrong, in one clause without a full stop.
    pub message: String,
    /// What else helps to understand it.
    pub notes: Vec<String>,
    /// What to do about it.
    pub help: Option<String>,
    /// The command that fixes it, where there is one; the help names it.
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

/// Prints the command as one types it in the folder of the project.
impl fmt::Display for Fix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "arkerr {}", self.command())
    }
}

impl Description {
    /// The same, with one more note.
    pub(super) fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// The same, with more notes.
    pub(super) fn notes(mut self, notes: impl IntoIterator<Item = String>) -> Self {
        self.notes.extend(notes);
        self
    }

    /// The same, with what to do about it.
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same, with the command that fixes it, where `help` has `{}`.
    pub(super) fn fix(mut self, fix: Fix, help: &str) -> Self {
        self.fix = Some(fix);
        self.help(help.replace("{}", &fix.to_string()))
    }
}

/// What knows what to say of itself.
pub(crate) trait Describe {
    fn describe(&self) -> Description;
}

/// Makes an enum of problems in which each variant stands with what it says, its fields at hand.
/// It is a kind of [`Problem`](super::Problem) where `in` names the variant.
macro_rules! problems {
    (
        $(#[$about:meta])*
        pub enum $name:ident $(in $kind:ident)? {
            $(
                $(#[$doc:meta])*
                $variant:ident
                $(($value:ident: $value_type:ty))?
                $({ $($field:ident: $type:ty),* $(,)? })?
                => $description:expr
            ),* $(,)?
        }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[non_exhaustive]
        #[allow(missing_docs, reason = "the fields are what the messages name")]
        pub enum $name {
            $($(#[$doc])* $variant $(($value_type))? $({ $($field: $type),* })?),*
        }

        impl $crate::problem::Describe for $name {
            fn describe(&self) -> $crate::problem::Description {
                match self {
                    $(Self::$variant $(($value))? $({ $($field),* })? => $description),*
                }
            }
        }

        $(impl From<$name> for $crate::problem::Problem {
            fn from(problem: $name) -> Self {
                Self::$kind(problem)
            }
        })?
    };
}

/// A kind of problem that only one variant is of.
pub(super) const fn rule(id: &'static str, summary: &'static str) -> Rule {
    Rule { id, summary }
}
