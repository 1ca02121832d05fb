//! Lints: what is odd about the documentation itself, for those who write or watch it.
//!
//! A lint finds fault with what a page says, never with how it was saved; nothing that a lint
//! finds keeps arkerr from its work unless the project asks for that.

mod check;
mod hidden;

use std::collections::BTreeMap;

use crate::problem::Severity;

pub use check::check;

/// A rule that the documentation may break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lint {
    /// A code without a title in its heading.
    CodeWithoutTitle,
    /// A code that no signed integer of 32 bits holds.
    CodePast32Bits,
    /// Devices that are told for some codes of a page and not for others.
    DevicesMissing,
    /// A label with nothing below it.
    EmptyField,
    /// A character that can hide or disguise text.
    HiddenCharacter,
    /// A message that is not in English, in which the system throws it.
    MessageNotEnglish,
    /// A code without a message, or without a field that others of its page have.
    MissingField,
    /// A code that is called by its number, for want of words.
    NamelessCode,
    /// One message for several codes of a page.
    RepeatedMessage,
    /// A success in the list of errors.
    SuccessAsError,
    /// A label that is none of the documentation's usual ones.
    UnknownLabel,
}

impl Lint {
    /// All lints, in the order of their ids.
    pub const ALL: [Self; 11] = [
        Self::CodePast32Bits,
        Self::CodeWithoutTitle,
        Self::DevicesMissing,
        Self::EmptyField,
        Self::HiddenCharacter,
        Self::MessageNotEnglish,
        Self::MissingField,
        Self::NamelessCode,
        Self::RepeatedMessage,
        Self::SuccessAsError,
        Self::UnknownLabel,
    ];

    /// The table of lints: the id, and what the lint finds.
    #[rustfmt::skip]
    fn row(self) -> (&'static str, &'static str) {
        match self {
            Self::CodePast32Bits => ("code-past-32-bits", "a code that no signed integer of 32 bits can hold"),
            Self::CodeWithoutTitle => ("code-without-title", "a heading that is a code and nothing else"),
            Self::DevicesMissing => ("devices-missing", "devices listed for some codes of a page and not for others"),
            Self::EmptyField => ("empty-field", "a label with nothing below it"),
            Self::HiddenCharacter => ("hidden-character", "a character that hides or disguises text"),
            Self::MessageNotEnglish => ("message-not-english", "a message that is not in English"),
            Self::MissingField => ("missing-field", "a code without a message, or without a field that others of its page have"),
            Self::NamelessCode => ("nameless-code", "a code without words to name it by"),
            Self::RepeatedMessage => ("repeated-message", "the same message for several codes of a page"),
            Self::SuccessAsError => ("success-as-error", "a success among the errors"),
            Self::UnknownLabel => ("unknown-label", "a label that names none of the four fields"),
        }
    }

    /// The name that never changes, as in `arkerr.toml`.
    pub fn id(self) -> &'static str {
        self.row().0
    }

    /// What it finds, in a few words.
    pub fn summary(self) -> &'static str {
        self.row().1
    }

    /// The lint with this id.
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lint| lint.id() == id)
    }
}

/// How much a lint weighs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Level {
    /// It is not looked for.
    Off,
    /// `arkerr lint` tells of it.
    #[default]
    Warn,
    /// It is an error, for `arkerr generate` and `arkerr check` too.
    Error,
}

impl Level {
    /// The level of this name.
    pub fn named(name: &str) -> Option<Self> {
        let all = [Self::Off, Self::Warn, Self::Error];
        all.into_iter().find(|level| level.name() == name)
    }

    /// The name, as in `arkerr.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Warn => "warn",
            Self::Error => "error",
        }
    }
}

/// How much each lint weighs in a project.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Levels(BTreeMap<Lint, Level>);

impl Levels {
    /// Sets the level of a lint.
    pub fn set(&mut self, lint: Lint, level: Level) {
        self.0.insert(lint, level);
    }

    /// The level of a lint.
    pub fn level(&self, lint: Lint) -> Level {
        self.0.get(&lint).copied().unwrap_or_default()
    }

    /// How much the findings of a lint weigh; none where nobody looks for any.
    pub(crate) fn severity(&self, lint: Lint) -> Option<Severity> {
        match self.level(lint) {
            Level::Off => None,
            Level::Warn => Some(Severity::Warning),
            Level::Error => Some(Severity::Error),
        }
    }

    /// Whether nothing is looked for.
    pub fn are_off(&self) -> bool {
        Lint::ALL.iter().all(|lint| self.level(*lint) == Level::Off)
    }

    /// The same levels, but only for what is an error.
    pub fn errors_only(&self) -> Self {
        let level = |lint| match self.level(lint) {
            Level::Error => Level::Error,
            Level::Warn | Level::Off => Level::Off,
        };
        Self(Lint::ALL.map(|lint| (lint, level(lint))).into())
    }
}
