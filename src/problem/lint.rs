//! What the lints find in the documentation itself.

use super::{Describe, Description, Severity};
use crate::lint::Lint;

/// What a lint has found, with the weight that it has in the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LintProblem {
    /// How much it weighs.
    pub severity: Severity,
    /// What was found.
    pub finding: Finding,
}

/// What a lint may find. `of` says whose it is: `the code 401`, or a case of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the fields are what the messages name")]
pub enum Finding {
    /// A code that no signed integer of 32 bits holds.
    CodePast32Bits { code: String },
    /// A code without a title in its heading.
    CodeWithoutTitle { code: String },
    /// A code that lists no devices on a page where others do.
    DevicesMissing { code: String },
    /// A label with nothing below it.
    EmptyField { code: String, label: String },
    /// Characters that can hide or disguise text.
    HiddenCharacter {
        of: String,
        part: String,
        characters: String,
        text: String,
    },
    /// A message that is not in English.
    MessageNotEnglish { of: String },
    /// A code without a message, or without a field that others of its page have.
    MissingField { of: String, field: &'static str },
    /// A code that is called by its number.
    NamelessCode { code: String },
    /// One message for several codes of a page.
    RepeatedMessage {
        first: String,
        code: String,
        message: String,
    },
    /// A success in the list of errors.
    SuccessAsError { code: String },
    /// A label that is none of the documentation's usual ones.
    UnknownLabel { of: String, label: String },
}

impl Finding {
    /// The lint that looks for it.
    pub fn lint(&self) -> Lint {
        match self {
            Self::CodePast32Bits { .. } => Lint::CodePast32Bits,
            Self::CodeWithoutTitle { .. } => Lint::CodeWithoutTitle,
            Self::DevicesMissing { .. } => Lint::DevicesMissing,
            Self::EmptyField { .. } => Lint::EmptyField,
            Self::HiddenCharacter { .. } => Lint::HiddenCharacter,
            Self::MessageNotEnglish { .. } => Lint::MessageNotEnglish,
            Self::MissingField { .. } => Lint::MissingField,
            Self::NamelessCode { .. } => Lint::NamelessCode,
            Self::RepeatedMessage { .. } => Lint::RepeatedMessage,
            Self::SuccessAsError { .. } => Lint::SuccessAsError,
            Self::UnknownLabel { .. } => Lint::UnknownLabel,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::CodePast32Bits { code } => {
                format!("the code {code} does not fit in a signed integer of 32 bits")
            }
            Self::CodeWithoutTitle { code } => format!("the code {code} has no title"),
            Self::DevicesMissing { code } => {
                format!("the code {code} lists no devices, others of the page do")
            }
            Self::EmptyField { code, label } => {
                format!("nothing stands below “{label}” of the code {code}")
            }
            Self::HiddenCharacter {
                of,
                part,
                characters,
                ..
            } => format!("“{part}” of {of} has {characters}, which nobody sees"),
            Self::MessageNotEnglish { of } => format!("the message of {of} is not in English"),
            Self::MissingField { of, field } => format!("{of} has no {field}"),
            Self::NamelessCode { code } => format!("the code {code} has no words to name it by"),
            Self::RepeatedMessage { first, code, .. } => {
                format!("the codes {first} and {code} have the same message")
            }
            Self::SuccessAsError { code } => format!("the code {code} is a success"),
            Self::UnknownLabel { of, label } => format!("{of} has the unusual label “{label}”"),
        }
    }

    fn help(&self) -> Option<&'static str> {
        match self {
            Self::CodePast32Bits { .. } => Some("it may be a slip of the page"),
            Self::HiddenCharacter { .. } => Some(
                "look at the page: such characters can make a text look like another; outputs show them as `\\u{…}`",
            ),
            Self::MessageNotEnglish { .. } => {
                Some("the system throws messages in English; compare with what it throws")
            }
            Self::NamelessCode { .. } => Some("give it a name in names.toml"),
            Self::SuccessAsError { .. } => Some("no error has this code"),
            _ => None,
        }
    }
}

impl Describe for LintProblem {
    fn describe(&self) -> Description {
        let lint = self.finding.lint();
        let mut description = Description::error(lint.id(), lint.summary(), self.finding.message());
        description.severity = self.severity;
        description.help = self.finding.help().map(str::to_owned);
        match &self.finding {
            Finding::HiddenCharacter { text, .. } => description.note(format!("“{text}”")),
            Finding::RepeatedMessage { message, .. } => description.note(format!("“{message}”")),
            _ => description,
        }
    }
}
