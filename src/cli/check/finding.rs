//! One thing that a check finds, as data.

use serde::Serialize;

use super::paths::Paths;
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::visible;

/// What a finding is about, so that a service can tell whose trouble it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    /// An output is not what the snapshots give.
    Outputs,
    /// `names.toml` is not what the snapshots give.
    Names,
    /// The site has changed since the snapshots were saved.
    Upstream,
    /// Something cannot be read.
    Errors,
    /// Something is worth a look.
    Warnings,
}

impl Kind {
    /// All kinds, in the order in which they are counted.
    pub(super) const ALL: [Self; 5] = [
        Self::Outputs,
        Self::Names,
        Self::Upstream,
        Self::Errors,
        Self::Warnings,
    ];

    /// The name that never changes.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Outputs => "outputs",
            Self::Names => "names",
            Self::Upstream => "upstream",
            Self::Errors => "errors",
            Self::Warnings => "warnings",
        }
    }

    /// Whether a finding is that two things differ which should be alike; else something could not
    /// be told at all.
    pub(super) fn is_drift(self) -> bool {
        matches!(self, Self::Outputs | Self::Names | Self::Upstream)
    }
}

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Level {
    /// It makes the check fail.
    Error,
    /// It does not.
    Warning,
}

impl Level {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// One thing that a check finds. Its texts can be shown as they are; its path is for programs.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Finding {
    pub(super) kind: Kind,
    pub(super) level: Level,
    pub(super) id: &'static str,
    pub(super) message: String,
    /// As it is where arkerr was started, with forward slashes.
    pub(super) path: Option<String>,
    pub(super) line: Option<usize>,
    /// The character in the line, from 1.
    pub(super) column: Option<usize>,
    pub(super) notes: Vec<String>,
    pub(super) help: Option<String>,
}

impl Finding {
    /// A diagnostic as a finding; with `strict`, a warning fails the check.
    pub(super) fn new(kind: Kind, diagnostic: &Diagnostic, strict: bool, paths: &Paths) -> Self {
        let place = diagnostic.place.as_deref();
        let mut notes: Vec<String> = diagnostic.notes.iter().map(|note| visible(note)).collect();
        let mut position = diagnostic.position();
        // The lines of a part, once it is unpacked, are not those of the file.
        if let Some(part) = place.and_then(|place| place.part.as_deref()) {
            let at = position.take().map(|at| format!(", {at}"));
            let part = visible(part);
            notes.insert(
                0,
                format!("in a part of the file: {part}{}", at.unwrap_or_default()),
            );
        }
        Self {
            kind,
            level: match diagnostic.severity {
                Severity::Warning if !strict => Level::Warning,
                Severity::Warning | Severity::Error => Level::Error,
            },
            id: diagnostic.id,
            message: visible(&diagnostic.message),
            path: place.map(|place| paths.seen_from_start(&place.path)),
            line: position.map(|position| position.line),
            column: position.and_then(|position| position.column),
            notes,
            help: diagnostic.help.as_deref().map(visible),
        }
    }

    /// All that it says, in lines.
    pub(super) fn text(&self) -> String {
        let notes = self.notes.iter().map(|note| format!("\nnote: {note}"));
        let help = self.help.iter().map(|help| format!("\nhelp: {help}"));
        let rest: String = notes.chain(help).collect();
        format!("{}{rest}", self.message)
    }
}
