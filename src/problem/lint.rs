//! What the lints find in the documentation itself.

use super::{Describe, Description, Rule, Severity, rule};
use crate::lint::Lint;

/// What a lint has found, with the weight that it has in the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LintProblem {
    /// How much it weighs.
    pub severity: Severity,
    /// What was found.
    pub finding: Finding,
}

/// What the id and the summary of a lint are put in the place of.
const FINDING: Rule = rule("lint", "what is odd about the documentation itself");

problems! {
    /// What a lint may find. `of` says whose it is: `the code 401`, or a case of it.
    pub enum Finding {
        /// A code that no signed integer of 32 bits holds.
        CodePast32Bits { code: String } => FINDING
            .warning(format!("the code {code} does not fit in a signed integer of 32 bits"))
            .help("it may be a slip of the page"),
        /// A code without a title in its heading.
        CodeWithoutTitle { code: String } =>
            FINDING.warning(format!("the code {code} has no title")),
        /// A code that lists no devices on a page where others do.
        DevicesMissing { code: String } =>
            FINDING.warning(format!("the code {code} lists no devices, others of the page do")),
        /// A label with nothing below it.
        EmptyField { code: String, label: String } =>
            FINDING.warning(format!("nothing stands below “{label}” of the code {code}")),
        /// Characters that can hide or disguise text.
        HiddenCharacter { of: String, part: String, characters: String, text: String } => FINDING
            .warning(format!("“{part}” of {of} has {characters}, which nobody sees"))
            .note(format!("“{text}”"))
            .help("look at the page: such characters can make a text look like another; outputs \
                   show them as `\\u{…}`"),
        /// A message that is not in English.
        MessageNotEnglish { of: String } => FINDING
            .warning(format!("the message of {of} is not in English"))
            .help("the system throws messages in English; compare with what it throws"),
        /// A code without a message, or without a field that others of its page have.
        MissingField { of: String, field: &'static str } =>
            FINDING.warning(format!("{of} has no {field}")),
        /// A code that is called by its number.
        NamelessCode { code: String } => FINDING
            .warning(format!("the code {code} has no words to name it by"))
            .help("give it a name in names.toml"),
        /// One message for several codes of a page.
        RepeatedMessage { first: String, code: String, message: String } => FINDING
            .warning(format!("the codes {first} and {code} have the same message"))
            .note(format!("“{message}”")),
        /// A success in the list of errors.
        SuccessAsError { code: String } => FINDING.warning(format!("the code {code} is a success"))
            .help("no error has this code"),
        /// A label that is none of the documentation's usual ones.
        UnknownLabel { of: String, label: String } =>
            FINDING.warning(format!("{of} has the unusual label “{label}”")),
    }
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
}

impl Describe for LintProblem {
    fn describe(&self) -> Description {
        let lint = self.finding.lint();
        Description {
            severity: self.severity,
            id: lint.id(),
            summary: lint.summary(),
            ..self.finding.describe()
        }
    }
}
