//! Problems of `arkerr.toml`.

use super::{Describe, Description};

const ID: &str = "config";
const SUMMARY: &str = "a setting in arkerr.toml that is wrong";

/// A problem of `arkerr.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConfigProblem {
    /// The file cannot be read, for this reason.
    Unreadable(String),
    /// The file is not TOML, or a key or a value is not allowed; the text says what is.
    Invalid(String),
    /// Settings for a page without a snapshot.
    UnknownPage {
        /// The name of the snapshot, without the ending.
        name: String,
        /// The folder of the snapshots.
        snapshots: String,
    },
    /// A prefix for digits that no code of its page begins with.
    UnusedPrefix(String),
    /// A target that names a template which does not exist.
    MissingTemplate {
        /// The name of the template.
        name: String,
        /// The folder of custom templates, where the project has one.
        folder: Option<String>,
    },
}

impl Describe for ConfigProblem {
    fn describe(&self) -> Description {
        let error = |message: String| Description::error(ID, SUMMARY, message);
        match self {
            Self::Unreadable(reason) => error(format!("the file cannot be read: {reason}")),
            Self::Invalid(reason) => error(reason.clone()),
            Self::UnknownPage { name, snapshots } => error(format!("there is no page `{name}`"))
                .note(format!(
                    "a page is named after its file in `{snapshots}`, without the ending"
                ))
                .help("correct the name, or remove its settings"),
            Self::UnusedPrefix(digits) => Description::warning(
                ID,
                SUMMARY,
                format!("no code of the page begins with {digits}"),
            ),
            Self::MissingTemplate { name, folder } => {
                error(format!("there is no template `{name}`")).help(match folder {
                    _ if name.ends_with(".tera") => "leave off `.tera`".to_owned(),
                    Some(folder) => format!("it would be the file `{folder}/{name}.tera`"),
                    None => {
                        "name the folder of your templates: `templates = \"FOLDER\"`".to_owned()
                    }
                })
            }
        }
    }
}
