//! Problems of `names.toml` and the names of codes.

use super::{Description, Place, Rule, rule};
use crate::names::{Item, Key};

pub(super) const NAMES: Rule = rule("names", "an entry of names.toml that is wrong");

problems! {
    /// A problem of `names.toml` and the names of codes.
    pub enum NamesProblem in Names {
        /// The file cannot be read.
        Unreadable { error: String } => NAMES.error(format!("the file cannot be read: {error}"))
            .help("it has to be UTF-8 text, of which arkerr can read every byte"),
        /// A line is no TOML.
        Syntax { message: String } => NAMES.error(message),
        /// Git has left both sides of a merge in the file.
        UnfinishedMerge => NAMES.error("the line is the mark of a merge that was not finished")
            .help("keep the lines of both sides, and delete the marks"),
        /// A line is not one name with its page and code.
        NotOneName => NAMES.error(ONE_NAME),
        /// A line is the header of a table.
        Header => NAMES.error(ONE_NAME)
            .help("write the page before each of its codes; then branches merge line by line"),
        /// A number has zeros before it.
        LeadingZeros { number: i64 } =>
            NAMES.error(format!("numbers stand here without zeros before them: {number}")),
        /// A value is of another type.
        NotThis { expected: &'static str } => NAMES.error(format!("this must be {expected}")),
        /// A field that names do not have.
        UnknownField { field: String } => NAMES.error(format!(
            "unknown field `{field}`, expected one of `name`, `variant`, `given`, `retired`, \
             `aliases`"
        )),
        /// The former names of pages and codes make too much of the file.
        TooManyFormer { page: String, limit: usize } => NAMES
            .error(format!(
                "the former names in the file make more than {limit} bytes of outputs, those of the \
                 page `{page}` among them"
            ))
            .help("delete former names that no program uses any more"),
        /// A table without a name.
        NameMissing => NAMES.error("the name is missing: `name = \"…\"`"),
        /// An enum with a variant.
        EnumWithVariant => NAMES.error("an enum has one name, and no variant"),
        /// An alias with more than a name.
        AliasWithMore => NAMES.error("an alias is a name and nothing else"),
        /// A name that no constant can have.
        NotAConstant { constant: String } => NAMES.error(format!(
            "`{constant}` is no name: names are capital letters and digits in words with \
             underscores between them, a letter first, as in `RUN_TIMED_OUT`"
        )),
        /// A variant whose letters are not those of its constant.
        OtherVariant { constant: String, variant: String } => NAMES.error(format!(
            "the variant `{variant}` does not spell the name `{constant}` with a capital letter \
             first; correct it, or delete it"
        )),
        /// A name with too many characters.
        TooLong { length: usize, limit: usize } =>
            NAMES.error(format!("the name has {length} characters, more than {limit}")),
        /// A constant that is a keyword.
        ReservedConstant { constant: String, owner: &'static str } => NAMES
            .error(format!("`{constant}` is a word of {owner}, and cannot be a name"))
            .help("write another name, such as one with a word more"),
        /// A name that no type can have.
        NotAType { name: String } => NAMES.error(format!(
            "`{name}` is no name of a type: those are letters and digits, a capital letter first, \
             as in `ScanErrorCode`"
        )),
        /// A type that has another meaning in some language.
        ReservedType { name: String, owner: &'static str } => NAMES
            .error(format!("`{name}` is a word of {owner}, and cannot be a name"))
            .help(WITH_ERROR),
        /// A type whose constants may be those of headers in C.
        NameOfHeaders { name: String } => NAMES
            .error(format!(
                "`{name}` cannot be a name, since constants of the headers of C begin so, such as \
                 `INT32_MAX` and `SEEK_SET`"
            ))
            .help(WITH_ERROR),
        /// Two lines about one code or page.
        LineTwice { key: Key, first: Box<Place> } => NAMES
            .error(format!("`{}` of the page `{}` stands here twice", key.item, key.page))
            .note(format!("the first is at {first}"))
            .help("delete one of the two lines: keep what a person has written, arkerr marks what \
                   is retired itself"),
        /// A code or a page that has a name twice.
        NameTwice { name: String, first: Box<Place> } =>
            alike(format!("the name `{name}` stands here twice"), first),
        /// A name that two codes of a page have, or two pages.
        NameTaken { name: String, first_key: Key, first: Box<Place> } => {
            let owner = match &first_key.item {
                Item::Enum => format!("the page `{}` too", first_key.page),
                code => format!("`{code}` too"),
            };
            alike(format!("the name `{name}` is that of {owner}"), first)
        },
        /// A person renames what has no name.
        NoEntry => NAMES.error("there is no such name"),
        /// A person gives a name that something else has.
        RenamedToTaken { new: String, by: Key, is_retired: bool } => {
            let retired = if *is_retired { ", which is retired" } else { "" };
            let Key { page, item } = by;
            NAMES.error(format!("`{new}` is taken by `{item}` of the page `{page}`{retired}"))
        },
        /// An old name that no language tells from the new one cannot be an alias.
        AliasAlike { old: String, new: String } => NAMES.error(format!(
            "`{old}` differs from `{new}` only in case or underscores, so that it cannot stay as \
             an alias; rename without --alias"
        )),
        /// A person asks for a page that the project does not have.
        UnknownPage { page: String } => NAMES.error(format!("there is no page `{page}`"))
            .help("`arkerr names` lists all pages"),
        /// A person means a page without names. `record` is the command that records them.
        PageWithoutNames { page: String, record: String } => NAMES
            .error(format!("the page `{page}` has no names in the file"))
            .help(format!("`arkerr names` lists all pages; {record} records those of new ones")),
        /// A person means a code without a name.
        CodeWithoutName { page: String, code: String } => NAMES
            .error(format!("`{code}` of the page `{page}` has no name in the file"))
            .help(format!("`arkerr names {page}` lists its codes")),
    }
}

const WITH_ERROR: &str = "write a name that ends in `ErrorCode`, which is nobody else's";

const ONE_NAME: &str = "every line is a name of its own: `page.code = \"NAME\"`";

/// Two names that are alike.
fn alike(message: String, first: &Place) -> Description {
    NAMES
        .error(message)
        .note(format!("the first is at {first}"))
        .note(
            "names may not be alike but for case and underscores, retired names and aliases \
             included",
        )
        .help("change one of the names, or delete its line: arkerr then makes another")
}
