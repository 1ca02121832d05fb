//! The text of a template, and what templates and their files are called.

use std::sync::Arc;

/// What the files of templates end in.
pub const ENDING: &str = ".tera";

/// What a project's own templates call a built-in one, whether they shadow it or not: this, and
/// its name.
pub const BUILT_IN: &str = "builtin/";

/// The text of a template, and where it stands.
#[derive(Debug, Clone)]
pub struct Source {
    /// The path of the file, as the user would write it; none for a built-in template.
    pub path: Option<String>,
    /// The text.
    pub text: Arc<str>,
}
