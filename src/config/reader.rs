//! What every part of the configuration needs to be read: a place for what is wrong with it.

use std::ops::Range;
use std::path::{Component, Path};
use std::sync::Arc;

use toml::Spanned;

use super::FILE_NAME;
use crate::catalog::Language;
use crate::diagnostic::{Diagnostic, Place};

/// Notes what is wrong with a configuration.
pub(super) struct Reader {
    pub(super) text: Arc<str>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Reader {
    /// A language, by the names that a part of the configuration has for them; Chinese where
    /// nothing is said.
    pub(super) fn read_language(
        &mut self,
        language: Option<Spanned<String>>,
        named: impl Fn(&str) -> Option<Language>,
        refusal: &str,
    ) -> Language {
        let Some(language) = language else {
            return Language::Zh;
        };
        named(language.get_ref()).unwrap_or_else(|| {
            self.refuse(language.span(), refusal);
            Language::Zh
        })
    }

    pub(super) fn read_folder(&mut self, folder: Option<Spanned<String>>, default: &str) -> String {
        let Some(folder) = folder else {
            return default.to_owned();
        };
        let mut parts = Vec::new();
        let mut is_inside = true;
        for part in Path::new(folder.get_ref()).components() {
            match part {
                Component::Normal(part) => parts.push(part.to_string_lossy()),
                Component::CurDir => {}
                _ => is_inside = false,
            }
        }
        if !is_inside || parts.is_empty() {
            self.refuse(
                folder.span(),
                "a folder is given as a path inside the project, such as `docs/pages`",
            );
        }
        parts.join("/")
    }

    /// The folder of a target, below the output folder.
    pub(super) fn read_target_folder(&mut self, folder: &Spanned<String>) -> String {
        let text = folder.get_ref().trim_end_matches('/');
        if matches!(text, "" | ".") {
            return String::new();
        }
        let is_plain = |part: &str| {
            let is_special =
                |c: char| c.is_control() || c.is_whitespace() || "\\:*?\"<>|[]!#".contains(c);
            !matches!(part, "" | "." | "..") && !part.contains(is_special)
        };
        if !text.split('/').all(is_plain) {
            self.refuse(
                folder.span(),
                "the folder of a target is a path below the output folder, such as `packages/rust`; `.` is that folder itself",
            );
        }
        text.to_owned()
    }

    /// Whether nothing is wrong so far.
    pub(super) fn is_content(&self) -> bool {
        self.diagnostics.is_empty()
    }

    pub(super) fn refuse(&mut self, span: Range<usize>, message: impl Into<String>) {
        let place = Place::excerpt(FILE_NAME, &self.text, span);
        self.diagnostics
            .push(Diagnostic::error("config", message).at(place));
    }
}
