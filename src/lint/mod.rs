//! Lints: what is odd about the documentation itself, for those who write or watch it.
//!
//! A lint finds fault with what a page says, never with how it was saved; nothing that a lint
//! finds keeps arkerr from its work unless the project asks for that.

mod check;
mod hidden;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::problem::Severity;

pub use check::check;

/// A rule that the documentation may break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "String")]
pub enum Lint {
    /// A code that no signed integer of 32 bits holds.
    CodePast32Bits,
    /// A code without a title in its heading.
    CodeWithoutTitle,
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

/// A lint, its id, what it finds, and what to do about that; empty where it does not know.
type Row = (Lint, &'static str, &'static str, &'static str);

impl Lint {
    /// The table of lints, in their order, which is that of their ids.
    #[rustfmt::skip]
    const ROWS: [Row; 11] = [
        (Self::CodePast32Bits, "code-past-32-bits", "a code that no signed integer of 32 bits can hold",
            "it may be a slip of the page"),
        (Self::CodeWithoutTitle, "code-without-title", "a heading that is a code and nothing else", ""),
        (Self::DevicesMissing, "devices-missing", "devices listed for some codes of a page and not for others", ""),
        (Self::EmptyField, "empty-field", "a label with nothing below it", ""),
        (Self::HiddenCharacter, "hidden-character", "a character that hides or disguises text",
            "look at the page: such characters can make a text look like another; outputs show them as `\\u{…}`"),
        (Self::MessageNotEnglish, "message-not-english", "a message that is not in English",
            "the system throws messages in English; compare with what it throws"),
        (Self::MissingField, "missing-field", "a code without a message, or without a field that others of its page have", ""),
        (Self::NamelessCode, "nameless-code", "a code without words to name it by",
            "give it a name in names.toml"),
        (Self::RepeatedMessage, "repeated-message", "the same message for several codes of a page", ""),
        (Self::SuccessAsError, "success-as-error", "a success among the errors",
            "no error has this code"),
        (Self::UnknownLabel, "unknown-label", "a label that names none of the four fields", ""),
    ];

    /// All lints.
    pub fn all() -> [Self; 11] {
        Self::ROWS.map(|(lint, ..)| lint)
    }

    /// The name that never changes, as in `arkerr.toml`.
    pub fn id(self) -> &'static str {
        Self::ROWS[self as usize].1
    }

    /// What it finds, in a few words.
    pub fn summary(self) -> &'static str {
        Self::ROWS[self as usize].2
    }

    /// What to do about what it finds.
    pub(crate) fn help(self) -> Option<&'static str> {
        Some(Self::ROWS[self as usize].3).filter(|help| !help.is_empty())
    }
}

/// The lint with an id, as `arkerr.toml` has it.
impl TryFrom<String> for Lint {
    type Error = String;

    fn try_from(id: String) -> Result<Self, String> {
        let lint = Self::all().into_iter().find(|lint| lint.id() == id);
        lint.ok_or_else(|| format!("there is no lint `{id}`; `arkerr lint --list` lists them"))
    }
}

/// How much a lint weighs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
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
    /// The name, as in `arkerr.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Warn => "warn",
            Self::Error => "error",
        }
    }
}

/// The level of a name, as `arkerr.toml` has it.
impl TryFrom<String> for Level {
    type Error = &'static str;

    fn try_from(name: String) -> Result<Self, &'static str> {
        let mut all = [Self::Off, Self::Warn, Self::Error].into_iter();
        let level = all.find(|level| level.name() == name);
        level.ok_or("a lint is `off`, `warn` or `error`")
    }
}

/// How much each lint weighs in a project.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Levels(BTreeMap<Lint, Level>);

impl Levels {
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
        Lint::all()
            .iter()
            .all(|lint| self.level(*lint) == Level::Off)
    }

    /// The same levels, but only for what is an error.
    pub fn errors_only(&self) -> Self {
        let level = |lint| match self.level(lint) {
            Level::Error => Level::Error,
            Level::Warn | Level::Off => Level::Off,
        };
        Self(Lint::all().map(|lint| (lint, level(lint))).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_stands_in_the_place_of_its_lint() {
        for (place, lint) in Lint::all().into_iter().enumerate() {
            assert_eq!(lint as usize, place);
        }
    }
}
