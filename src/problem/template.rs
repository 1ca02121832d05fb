//! Problems of templates and what they render.

use super::{Describe, Description};

/// A problem of templates and what they render.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TemplateProblem {
    /// The folder that `templates` names is missing.
    NoFolder,
    /// A template cannot be read.
    Unreadable {
        /// Why, as the system says it.
        error: String,
    },
    /// An own template has a name that is kept for built-in ones.
    ReservedName {
        /// What such names begin with.
        prefix: &'static str,
    },
    /// Templates name a filter, component, template or block that does not exist.
    UnknownNames {
        /// The report of the template engine, with file and line.
        report: String,
    },
    /// A template that the engine cannot read or render.
    Failed {
        /// What the engine says.
        message: String,
        /// What was to be made of it: a file, a page, a code.
        output: Option<String>,
    },
    /// A template writes a text without a filter.
    Unfiltered {
        /// Which text that is.
        message: String,
        /// What was to be made of it: a file, a page, a code.
        output: Option<String>,
    },
    /// A template that `arkerr templates` does not find.
    NoTemplate {
        /// The name that was asked for.
        name: String,
    },
    /// An exported template would overwrite a file.
    FileExists,
    /// The path of an output is not a path of a file.
    NotAPath {
        /// The path.
        path: String,
    },
    /// Two outputs have one path.
    SamePath {
        /// The path.
        path: String,
    },
    /// Two things have one name in C.
    SameNameInC {
        /// The name.
        name: String,
        /// What has it.
        one: String,
        /// What else has it.
        other: String,
    },
}

impl Describe for TemplateProblem {
    fn describe(&self) -> Description {
        match self {
            Self::NoFolder => wrong_template("there is no such folder of templates").help(
                "make it, or correct `templates` in arkerr.toml; `arkerr templates export` puts \
                 built-in ones there",
            ),
            Self::Unreadable { error } => wrong_template(format!("this cannot be read: {error}")),
            Self::ReservedName { prefix } => wrong_template(format!(
                "what begins with `{prefix}` is the name of a built-in template"
            ))
            .help("move it to another folder"),
            Self::UnknownNames { report } => {
                wrong_template("the templates name something that does not exist").note(report)
            }
            Self::Failed { message, output } => made(wrong_template(message), output.as_deref()),
            Self::Unfiltered { message, output } => {
                made(wrong_template(message), output.as_deref()).help(
                    "a filter says what the text is to be there, such as `| rust_string`, `| md` \
                     or `| one_line`",
                )
            }
            Self::NoTemplate { name } => wrong_template(format!("there is no template `{name}`"))
                .help("`arkerr templates list` lists all templates"),
            Self::FileExists => wrong_template("the file is there already")
                .help("move it away, or choose another folder"),
            Self::NotAPath { path } => wrong_path(format!(
                "`{}` is no path of a file",
                crate::escape::visible(path)
            ))
            .help("choose another `path` for the target in arkerr.toml"),
            Self::SamePath { path } => {
                wrong_path(format!("two files would have the path `{path}`")).help(
                    "say more in the `path` of the target, such as `{page}/{code}.md`, or give \
                     targets folders of their own",
                )
            }
            Self::SameNameInC { name, one, other } => Description::error(
                "names",
                "an entry of names.toml that is wrong",
                format!("C has one name space, where `{name}` would be two things"),
            )
            .note(format!("one is {one}"))
            .note(format!("the other is {other}"))
            .help(
                "rename one of them, as in `arkerr names rename PAGE CODE NEW`, delete a former \
                 name in names.toml, or switch the target `c` off",
            ),
        }
    }
}

fn wrong_template(message: impl Into<String>) -> Description {
    Description::error("template", "a template that is wrong", message)
}

fn wrong_path(message: String) -> Description {
    Description::error("render", "two outputs with one path", message)
}

/// The same, with what was to be made of the template.
fn made(description: Description, output: Option<&str>) -> Description {
    match output {
        Some(output) => description.note(format!("this was to become {output}")),
        None => description,
    }
}
