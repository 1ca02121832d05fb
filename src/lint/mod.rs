//! Lints: what is odd about the documentation itself, for those who write or watch it.
//!
//! A lint finds fault with what a page says, never with how it was saved; nothing that a lint
//! finds keeps arkerr from its work unless the project asks for that.

mod check;
mod hidden;

use std::collections::BTreeMap;

use crate::diagnostic::Severity;

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

    /// The name that never changes, as in `arkerr.toml`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::CodePast32Bits => "code-past-32-bits",
            Self::CodeWithoutTitle => "code-without-title",
            Self::DevicesMissing => "devices-missing",
            Self::EmptyField => "empty-field",
            Self::HiddenCharacter => "hidden-character",
            Self::MessageNotEnglish => "message-not-english",
            Self::MissingField => "missing-field",
            Self::NamelessCode => "nameless-code",
            Self::RepeatedMessage => "repeated-message",
            Self::SuccessAsError => "success-as-error",
            Self::UnknownLabel => "unknown-label",
        }
    }

    /// What it finds, in a few words.
    #[must_use]
    pub fn summary(self) -> &'static str {
        match self {
            Self::CodePast32Bits => "a code that no signed integer of 32 bits can hold",
            Self::CodeWithoutTitle => "a heading that is a code and nothing else",
            Self::DevicesMissing => "devices listed for some codes of a page and not for others",
            Self::EmptyField => "a label with nothing below it",
            Self::HiddenCharacter => "a character that hides or disguises text",
            Self::MessageNotEnglish => "a message that is not in English",
            Self::MissingField => {
                "a code without a message, or without a field that others of its page have"
            }
            Self::NamelessCode => "a code without words to name it by",
            Self::RepeatedMessage => "the same message for several codes of a page",
            Self::SuccessAsError => "a success among the errors",
            Self::UnknownLabel => "a label that names none of the four fields",
        }
    }

    /// The lint with this id.
    #[must_use]
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
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let all = [Self::Off, Self::Warn, Self::Error];
        all.into_iter().find(|level| level.name() == name)
    }

    /// The name, as in `arkerr.toml`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Warn => "warn",
            Self::Error => "error",
        }
    }

    fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Warn => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
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
    #[must_use]
    pub fn of(&self, lint: Lint) -> Level {
        self.0.get(&lint).copied().unwrap_or_default()
    }

    /// Whether nothing is looked for.
    #[must_use]
    pub fn are_off(&self) -> bool {
        Lint::ALL.iter().all(|lint| self.of(*lint) == Level::Off)
    }

    /// The same levels, but only for what is an error.
    #[must_use]
    pub fn errors_only(&self) -> Self {
        let level = |lint| match self.of(lint) {
            Level::Error => Level::Error,
            Level::Warn | Level::Off => Level::Off,
        };
        Self(Lint::ALL.map(|lint| (lint, level(lint))).into())
    }
}
