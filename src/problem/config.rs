//! Problems of `arkerr.toml`.

use super::{Rule, rule};

const CONFIG: Rule = rule("config", "a setting in arkerr.toml that is wrong");

problems! {
    /// A problem of `arkerr.toml`.
    pub enum ConfigProblem in Config {
        /// The file cannot be read.
        Unreadable(reason: String) => CONFIG.error(format!("the file cannot be read: {reason}")),
        /// The file is not TOML, or a key or a value is not allowed; the text says what is.
        Invalid(message: String) => CONFIG.error(message),
        /// Settings for a page without a snapshot.
        UnknownPage { name: String, snapshots: String } => CONFIG
            .error(format!("there is no page `{name}`"))
            .note(format!("a page is named after its file in `{snapshots}`, without the ending"))
            .help("correct the name, or remove its settings"),
        /// A prefix for digits that no code of its page begins with.
        UnusedPrefix(digits: String) =>
            CONFIG.warning(format!("no code of the page begins with {digits}")),
        /// A target that names a template which does not exist, in the project's folder of
        /// templates or elsewhere.
        MissingTemplate { name: String, folder: Option<String> } => CONFIG
            .error(format!("there is no template `{name}`"))
            .help(match folder {
                _ if name.ends_with(".tera") => "leave off `.tera`".to_owned(),
                Some(folder) => format!("it would be the file `{folder}/{name}.tera`"),
                None => "name the folder of your templates: `templates = \"FOLDER\"`".to_owned(),
            }),
    }
}
