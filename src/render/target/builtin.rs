//! The built-in targets, as `templates/*/target.toml` describes them.

use indexmap::IndexMap;
use serde::Deserialize;

use super::{Escape, FileRule, OptionValue, Pattern, Target};

/// What a built-in target is, and what may be chosen about it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Description {
    /// The name, which is also that of its folder.
    #[serde(skip)]
    pub name: &'static str,
    /// What it makes, in a sentence.
    pub about: String,
    /// Whether a page without constants has no file.
    #[serde(default)]
    constants_only: bool,
    /// The arrangements of its files; the first is the one where nothing else is said. Empty where
    /// there is but one.
    #[serde(default)]
    pub layouts: IndexMap<String, String>,
    /// What may be chosen.
    #[serde(default)]
    pub options: IndexMap<String, Choice>,
    files: Vec<File>,
}

/// Something that may be chosen about a target.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What it means.
    #[cfg_attr(not(test), expect(dead_code, reason = "a test documents the options"))]
    pub about: String,
    /// What it is where nobody chooses.
    pub default: String,
    /// What it has to look like.
    #[serde(default)]
    form: Form,
}

/// What the value of an option has to look like, so that the tools which read it take it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Form {
    /// Any text.
    #[default]
    Text,
    /// A version of three numbers: `1.0.0`.
    Version,
    /// The name of a crate: `error-codes`.
    CrateName,
    /// The name of a package of npm or ohpm: `error-codes`, `@team/error-codes`.
    PackageName,
}

impl Choice {
    /// Why a value cannot be chosen, in a sentence.
    pub fn refusal(&self, value: &str) -> Option<&'static str> {
        let (is_fine, rule) = match self.form {
            Form::Text => return None,
            Form::Version => (
                is_version(value),
                "a version is three numbers, such as `1.0.0`",
            ),
            Form::CrateName => (
                is_crate_name(value),
                "a crate is named in small letters, digits, `-` and `_`, a letter first, such as `error-codes`",
            ),
            Form::PackageName => (
                is_package_name(value),
                "a package is named in small letters, digits, `-`, `_` and `.`, such as `error-codes` or `@team/error-codes`",
            ),
        };
        (!is_fine).then_some(rule)
    }
}

fn is_crate_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase()) && is_name(name) && !name.contains('.')
}

fn is_package_name(name: &str) -> bool {
    match name.strip_prefix('@').map(|name| name.split_once('/')) {
        None => is_name(name),
        Some(parts) => parts.is_some_and(|(scope, name)| is_name(scope) && is_name(name)),
    }
}

fn is_name(name: &str) -> bool {
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
    name.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && name.chars().all(|c| is_part(c) || c == '.')
}

fn is_version(version: &str) -> bool {
    let (numbers, suffix) = match version.find(['-', '+']) {
        Some(at) => version.split_at(at),
        None => (version, "-0"),
    };
    let is_number = |part: &str| {
        part.parse::<u64>()
            .is_ok_and(|number| number.to_string() == part)
    };
    let is_suffix = |c: char| c.is_ascii_alphanumeric() || "-+.".contains(c);
    numbers.split('.').count() == 3
        && numbers.split('.').all(is_number)
        && suffix.len() > 1
        && suffix.chars().all(is_suffix)
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    path: String,
    template: String,
    /// The layouts that have it; all where none is named.
    #[serde(default)]
    layouts: Vec<String>,
}

macro_rules! embed {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../templates/", $name, "/target.toml")))),*]
    };
}

/// The descriptions by the names of the targets, in alphabetical order.
const DESCRIPTIONS: &[(&str, &str)] = embed![
    "arkts",
    "c",
    "html",
    "json",
    "markdown",
    "rust",
    "typescript"
];

impl Description {
    /// The descriptions of all built-in targets, in alphabetical order.
    pub fn all() -> Vec<Self> {
        let read = |(name, text): &(&'static str, &str)| {
            let mut description: Self =
                toml::from_str(text).expect("a test reads all descriptions");
            description.name = name;
            description
        };
        DESCRIPTIONS.iter().map(read).collect()
    }

    /// The target in a layout of the description, the first where none is named, with nothing
    /// chosen. None where there is no such layout.
    pub fn target(&self, layout: Option<&str>) -> Option<Target> {
        let layout = match layout {
            Some(layout) => Some(self.layouts.get_key_value(layout)?.0),
            None => self.layouts.keys().next(),
        };
        let has_file = |file: &&File| {
            file.layouts.is_empty() || layout.is_some_and(|layout| file.layouts.contains(layout))
        };
        let mut options = IndexMap::new();
        if let Some(layout) = layout {
            options.insert(LAYOUT.to_owned(), OptionValue::Text(layout.clone()));
        }
        for (name, choice) in &self.options {
            options.insert(name.clone(), OptionValue::Text(choice.default.clone()));
        }
        Some(Target {
            name: self.name.to_owned(),
            folder: self.name.to_owned(),
            constants_only: self.constants_only,
            files: self.files.iter().filter(has_file).map(File::rule).collect(),
            options,
        })
    }
}

/// The name under which templates see the layout among the options.
const LAYOUT: &str = "layout";

impl File {
    fn rule(&self) -> FileRule {
        FileRule {
            path: Pattern::parse(&self.path).expect("a test reads all descriptions"),
            template: self.template.clone(),
            escape: Escape::of_file(&self.path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_have_to_be_what_their_tools_take() {
        for description in Description::all() {
            for choice in description.options.values() {
                assert_eq!(choice.refusal(&choice.default), None, "{}", choice.about);
            }
        }
        for version in ["1.0.0", "0.1.20-rc.1+5"] {
            assert!(is_version(version), "{version}");
        }
        for version in ["1", "1.0", "01.0.0", "1.0.0-", "one", "1.0.0 "] {
            assert!(!is_version(version), "{version}");
        }
        let choice = |form| Choice {
            about: String::new(),
            default: String::new(),
            form,
        };
        let package = choice(Form::PackageName);
        assert_eq!(package.refusal("@team/error.codes"), None);
        for name in ["My Codes", "@team", "@/a", "", "a/b"] {
            assert!(package.refusal(name).is_some(), "{name}");
        }
        for name in ["my crate", "1a", "a\"]\n"] {
            assert!(choice(Form::CrateName).refusal(name).is_some(), "{name}");
        }
    }

    #[test]
    fn every_description_gives_a_target_in_every_layout() {
        for description in Description::all() {
            let layouts = description.layouts.keys().map(|layout| Some(&layout[..]));
            for layout in [None].into_iter().chain(layouts) {
                let target = description.target(layout).expect("there is such a layout");
                assert!(!target.files.is_empty(), "{}", description.name);
            }
            let named: Vec<&String> = description.files.iter().flat_map(|f| &f.layouts).collect();
            let is_known = |layout: &&String| description.layouts.contains_key(*layout);
            assert!(named.iter().all(is_known), "{}", description.name);
            assert!(description.target(Some("no such layout")).is_none());
        }
    }
}
