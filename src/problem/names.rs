//! Problems of `names.toml` and the names of codes.

use super::{Describe, Description, Place};
use crate::names::{Item, Key};

/// A problem of `names.toml` and the names of codes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the fields are what the messages name")]
pub enum NamesProblem {
    /// The file cannot be read.
    Unreadable { error: String },
    /// A line is no TOML.
    Syntax { message: String },
    /// Git has left both sides of a merge in the file.
    UnfinishedMerge,
    /// A line is not one name with its page and code.
    NotOneName,
    /// A line is the header of a table.
    Header,
    /// A number has zeros before it.
    LeadingZeros { number: i64 },
    /// A value is of another type.
    NotThis { expected: &'static str },
    /// A field that names do not have.
    UnknownField { field: String },
    /// A table without a name.
    NameMissing,
    /// An enum with a variant.
    EnumWithVariant,
    /// An alias with more than a name.
    AliasWithMore,
    /// A name that no constant can have.
    NotAConstant { constant: String },
    /// A variant whose letters are not those of its constant.
    OtherVariant { constant: String, variant: String },
    /// A name with too many characters.
    TooLong { length: usize, limit: usize },
    /// A constant that is a keyword.
    ReservedConstant { constant: String },
    /// A name that no type can have.
    NotAType { name: String },
    /// A type that has another meaning in some language.
    ReservedType { name: String },
    /// Two lines about one code or page.
    LineTwice { key: Box<Key>, first: Box<Place> },
    /// A code or a page that has a name twice.
    NameTwice { name: String, first: Box<Place> },
    /// A name that two codes of a page have, or two pages.
    NameTaken {
        name: String,
        first_key: Box<Key>,
        first: Box<Place>,
    },
    /// A person renames what has no name.
    NoEntry,
    /// A person gives a name that something else has.
    RenamedToTaken {
        new: String,
        by: Box<Key>,
        is_retired: bool,
    },
    /// An old name that no language tells from the new one cannot be an alias.
    AliasAlike { old: String, new: String },
    /// A person asks for a page that the project does not have.
    UnknownPage { page: String },
    /// A person means a page without names. `record` is the command that records them.
    PageWithoutNames { page: String, record: String },
    /// A person means a code without a name.
    CodeWithoutName { page: String, code: String },
}

impl NamesProblem {
    fn message(&self) -> String {
        match self {
            Self::Unreadable { error } => format!("the file cannot be read: {error}"),
            Self::Syntax { message } => message.clone(),
            Self::UnfinishedMerge => {
                "the line is the mark of a merge that was not finished".to_owned()
            }
            Self::NotOneName | Self::Header => {
                "every line is a name of its own: `page.code = \"NAME\"`".to_owned()
            }
            Self::LeadingZeros { number } => {
                format!("numbers stand here without zeros before them: {number}")
            }
            Self::NotThis { expected } => format!("this must be {expected}"),
            Self::UnknownField { field } => format!(
                "unknown field `{field}`, expected one of `name`, `variant`, `given`, `retired`, `aliases`"
            ),
            Self::NameMissing => "the name is missing: `name = \"…\"`".to_owned(),
            Self::EnumWithVariant => "an enum has one name, and no variant".to_owned(),
            Self::AliasWithMore => "an alias is a name and nothing else".to_owned(),
            Self::NotAConstant { constant } => format!(
                "`{constant}` is no name: names are capital letters and digits in words with \
                 underscores between them, a letter first, as in `RUN_TIMED_OUT`"
            ),
            Self::OtherVariant { constant, variant } => format!(
                "the variant `{variant}` does not spell the name `{constant}` with a capital letter \
                 first; correct it, or delete it"
            ),
            Self::TooLong { length, limit } => {
                format!("the name has {length} characters, more than {limit}")
            }
            Self::ReservedConstant { constant } => format!(
                "`{constant}` is a reserved word in one of the languages that arkerr writes"
            ),
            Self::NotAType { name } => format!(
                "`{name}` is no name of a type: those are letters and digits, a capital letter \
                 first, as in `ScanErrorCode`"
            ),
            Self::ReservedType { name } => {
                format!("`{name}` means something else in one of the languages that arkerr writes")
            }
            Self::LineTwice { key, .. } => {
                format!(
                    "`{}` of the page `{}` stands here twice",
                    key.item, key.page
                )
            }
            Self::NameTwice { name, .. } => format!("the name `{name}` stands here twice"),
            Self::NameTaken {
                name, first_key, ..
            } => match &first_key.item {
                Item::Enum => {
                    format!(
                        "the name `{name}` is that of the page `{}` too",
                        first_key.page
                    )
                }
                code => format!("the name `{name}` is that of `{code}` too"),
            },
            Self::NoEntry => "there is no such name".to_owned(),
            Self::RenamedToTaken {
                new,
                by,
                is_retired,
            } => {
                let retired = if *is_retired {
                    ", which is retired"
                } else {
                    ""
                };
                format!(
                    "`{new}` is taken by `{}` of the page `{}`{retired}",
                    by.item, by.page
                )
            }
            Self::AliasAlike { old, new } => format!(
                "`{old}` differs from `{new}` only in case or underscores, so that it cannot stay as \
                 an alias; rename without --alias"
            ),
            Self::UnknownPage { page } => format!("there is no page `{page}`"),
            Self::PageWithoutNames { page, .. } => {
                format!("the page `{page}` has no names in the file")
            }
            Self::CodeWithoutName { page, code } => {
                format!("`{code}` of the page `{page}` has no name in the file")
            }
        }
    }
}

impl Describe for NamesProblem {
    fn describe(&self) -> Description {
        let summary = "an entry of names.toml that is wrong";
        let description = Description::error("names", summary, self.message());
        match self {
            Self::Unreadable { .. } => {
                description.help("it has to be UTF-8 text, of which arkerr can read every byte")
            }
            Self::UnfinishedMerge => {
                description.help("keep the lines of both sides, and delete the marks")
            }
            Self::Header => description.help(
                "write the page before each of its codes; then branches merge line by line",
            ),
            Self::LineTwice { first, .. } => description.note(format!("the first is at {first}")).help(
                "delete one of the two lines: keep what a person has written, arkerr marks \
                 what is retired itself",
            ),
            Self::NameTwice { first, .. } | Self::NameTaken { first, .. } => description
                .note(format!("the first is at {first}"))
                .note("names may not be alike but for case and underscores, retired names and aliases included")
                .help("change one of the names, or delete its line: arkerr then makes another"),
            Self::UnknownPage { .. } => description.help("`arkerr names` lists all pages"),
            Self::PageWithoutNames { record, .. } => description.help(format!(
                "`arkerr names` lists all pages; {record} records those of new ones"
            )),
            Self::CodeWithoutName { page, .. } => {
                description.help(format!("`arkerr names {page}` lists its codes"))
            }
            _ => description,
        }
    }
}
