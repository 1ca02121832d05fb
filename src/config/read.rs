//! Reads `arkerr.toml`, and rejects settings that contradict each other.

use std::collections::BTreeMap;
use std::path::{Component, Path};
use std::sync::Arc;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _, IgnoredAny};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::changes::{self, Changes};
use super::fetch::FetchSettings;
use super::reader::{Reader, checked_text, text_if};
use super::{Config, PageConfig, Pages, fill_url, targets};
use crate::catalog::Language;
use crate::lint::{Level, Levels, Lint};
use crate::naming;
use crate::problem::{Diagnostic, Report};

const NO_ID: &str = "the id of a page is the name of a file, without the ending: the last part of the page's address";

/// The file as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    #[serde(deserialize_with = "folder")]
    snapshots: Spanned<String>,
    #[serde(deserialize_with = "folder")]
    output: Spanned<String>,
    #[serde(deserialize_with = "page_address")]
    url: String,
    #[serde(deserialize_with = "language")]
    language: Language,
    #[serde(deserialize_with = "folder")]
    templates: Option<Spanned<String>>,
    /// A list or a table, which is read by itself.
    targets: Option<IgnoredAny>,
    lints: BTreeMap<Spanned<String>, Spanned<String>>,
    changes: Changes,
    fetch: FetchSettings,
    pages: Pages,
}

impl Default for File {
    fn default() -> Self {
        let folder = |name: &str| Spanned::new(0..0, name.to_owned());
        Self {
            snapshots: folder(super::DEFAULT_SNAPSHOTS),
            output: folder("generated"),
            url: "https://developer.huawei.com/consumer/{language}/doc/harmonyos-references/{page}"
                .to_owned(),
            language: Language::Zh,
            templates: None,
            targets: None,
            lints: BTreeMap::new(),
            changes: Changes::new(),
            fetch: FetchSettings::default(),
            pages: Pages::new(),
        }
    }
}

impl Config {
    /// Reads a configuration from the text of its file.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn parse(text: &str) -> Result<Self, Report> {
        let mut reader = Reader {
            text: Arc::from(text),
            report: Report::default(),
        };
        let table = DeTable::parse(text)
            .map_err(|error| reader.refuse(error.span().unwrap_or_default(), error.message()));
        let config = table.map(|table| reader.config(table)).ok();
        let mut problems = Vec::from(reader.report);
        problems.sort_by_key(Diagnostic::position);
        config
            .filter(|_| problems.is_empty())
            .ok_or(problems.into())
    }
}

impl Reader {
    fn config(&mut self, table: Spanned<DeTable<'_>>) -> Config {
        let span = table.span();
        let table = table.into_inner();
        let targets = table.get("targets").cloned();
        let file: File = self.read_value(Spanned::new(span, DeValue::Table(table)));
        self.check_folders(&file);
        self.check_pages(&file.pages);
        let (targets, template_uses) = targets::read_targets(targets, self);
        Config {
            snapshots: file.snapshots.into_inner(),
            output: file.output.into_inner(),
            targets,
            templates: file.templates.map(Spanned::into_inner),
            template_uses,
            language: file.language,
            lints: self.read_lints(file.lints),
            changes: changes::read_levels(file.changes, self),
            fetch: file.fetch.with_api_en(),
            url: file.url,
            pages: file.pages,
            text: Arc::clone(&self.text),
        }
    }

    /// Rejects folders in each other.
    fn check_folders(&mut self, file: &File) {
        let [snapshots, output] = [&file.snapshots, &file.output].map(Spanned::get_ref);
        if Path::new(output).starts_with(snapshots) || Path::new(snapshots).starts_with(output) {
            let spans = [file.output.span(), file.snapshots.span()];
            let span = spans.into_iter().find(|span| !span.is_empty());
            self.refuse(
                span.unwrap_or_default(),
                format!("`{output}` and `{snapshots}` must be folders apart from each other"),
            );
        }
        if let Some(templates) = &file.templates
            && Path::new(templates.get_ref()).starts_with(output)
        {
            self.refuse(
                templates.span(),
                "templates cannot lie in the folder that arkerr writes",
            );
        }
    }

    fn read_lints(&mut self, lints: BTreeMap<Spanned<String>, Spanned<String>>) -> Levels {
        let mut levels = Levels::default();
        for (id, level) in lints {
            match (Lint::named(id.get_ref()), Level::named(level.get_ref())) {
                (Some(lint), Some(level)) => levels.set(lint, level),
                (Some(_), None) => self.refuse(level.span(), "a lint is `off`, `warn` or `error`"),
                (None, _) => self.refuse(
                    id.span(),
                    format!("there is no lint `{id}`; `arkerr lint --list` lists them"),
                ),
            }
        }
        levels
    }

    fn check_pages(&mut self, pages: &Pages) {
        let mut first_uses: BTreeMap<&str, &str> = BTreeMap::new();
        for (id, page) in pages {
            if !crate::path::is_file_name(id.get_ref()) {
                self.refuse(id.span(), NO_ID);
            }
            if let Some(original) = &page.translation_of
                && original == id
            {
                self.refuse(original.span(), "a page is no translation of itself");
            }
            self.check_prefixes(page);
            let Some(slug) = &page.slug else {
                continue;
            };
            if slug == id {
                self.refuse(slug.span(), "the page has this id anyway");
            } else if pages.contains_key(slug) {
                let message = "this is another page, which has settings of its own";
                self.refuse(slug.span(), message);
            }
            if let Some(first) = first_uses.insert(slug.get_ref(), id.get_ref()) {
                let message = format!("the page `{first}` has been renamed to this, too");
                self.refuse(slug.span(), message);
            }
        }
    }

    fn check_prefixes(&mut self, page: &PageConfig) {
        for (digits, name) in &page.prefixes {
            let is_digit = |byte: u8| byte.is_ascii_digit();
            if digits.get_ref().is_empty() || !digits.get_ref().bytes().all(is_digit) {
                self.refuse(digits.span(), "a prefix is the first digits of some codes");
            }
            if !naming::is_prefix(name.get_ref()) {
                self.refuse(
                    name.span(),
                    "a prefix is named in Latin letters and digits, a letter first: `textRecognition`",
                );
            }
        }
    }
}

/// A folder inside the project, without `.` and slashes at its end.
fn folder<'de, D: Deserializer<'de>, T: From<Spanned<String>>>(value: D) -> Result<T, D::Error> {
    let folder = Spanned::<String>::deserialize(value)?;
    let name = |part| match part {
        Component::CurDir => None,
        Component::Normal(part) => Some(Ok(part.to_string_lossy())),
        _ => Some(Err(())),
    };
    let parts = Path::new(folder.get_ref()).components().filter_map(name);
    match parts.collect::<Result<Vec<_>, ()>>() {
        Ok(parts) if !parts.is_empty() => Ok(Spanned::new(folder.span(), parts.join("/")).into()),
        _ => Err(D::Error::custom(
            "a folder is given as a path inside the project, such as `docs/pages`",
        )),
    }
}

fn page_address<'de, D: Deserializer<'de>>(value: D) -> Result<String, D::Error> {
    text_if(
        value,
        |address| address.contains("{page}") && fill_url(address, "en", "a page").is_some(),
        "this must be an http or https address with `{page}` where the page's id belongs, and perhaps `{language}`",
    )
}

fn language<'de, D: Deserializer<'de>>(value: D) -> Result<Language, D::Error> {
    checked_text(value, |name| match name {
        "zh" => Ok(Language::Zh),
        "en" => Ok(Language::En),
        _ => Err("the languages are `zh` and `en`"),
    })
}

pub(super) fn kit<'de, D: Deserializer<'de>>(value: D) -> Result<Option<String>, D::Error> {
    let is_valid = |kit: &str| !kit.trim().is_empty();
    text_if(value, is_valid, "the name of the kit is empty")
}

pub(super) fn url<'de, D: Deserializer<'de>>(value: D) -> Result<Option<String>, D::Error> {
    let is_valid = |address: &str| fill_url(address, "cn", "a page").is_some();
    text_if(value, is_valid, "this must be an http or https address")
}

/// The name that a snapshot may have.
pub(super) fn page_id<'de, D: Deserializer<'de>>(
    value: D,
) -> Result<Option<Spanned<String>>, D::Error> {
    let id = Spanned::<String>::deserialize(value)?;
    if crate::path::is_file_name(id.get_ref()) {
        Ok(Some(id))
    } else {
        Err(D::Error::custom(NO_ID))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::target::OptionValue;

    fn problems(text: &str) -> Vec<String> {
        let report = Config::parse(text).err().unwrap_or_default();
        report.into_iter().map(|found| found.to_string()).collect()
    }

    #[test]
    fn without_a_file_everything_has_its_default() {
        let config = Config::parse("").expect("an empty file is fine");
        assert_eq!(config.snapshots, "docs-snapshot");
        assert_eq!(config.output, "generated");
        let names: Vec<&str> = config.targets.iter().map(|t| t.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "arkts",
                "c",
                "html",
                "json",
                "markdown",
                "rust",
                "typescript"
            ]
        );
        assert_eq!(
            config
                .site_urls("通用 错误码")
                .map(|url| url.map_or_else(String::new, String::from)),
            ["cn", "en"].map(|language| {
                format!(
                    "https://developer.huawei.com/consumer/{language}/doc/harmonyos-references/\
                     %E9%80%9A%E7%94%A8%20%E9%94%99%E8%AF%AF%E7%A0%81"
                )
            })
        );
    }

    #[test]
    fn folders_may_be_written_in_several_ways() {
        let config = Config::parse("snapshots = './docs/'\noutput = 'app/./gen'")
            .expect("these are folders");
        assert_eq!(
            (config.snapshots.as_str(), config.output.as_str()),
            ("docs", "app/gen")
        );
    }

    #[test]
    fn all_impossible_values_are_reported_with_their_lines() {
        let text = r#"
snapshots = "../pages"
output = "generated"
url = "https://example.com/"
targets = ["rust", "cobol"]

language = "fr"

[lints]
no-such-lint = "warn"
missing-field = "fatal"

[pages.scan]
slug = "scan"
translation_of = "scan"
url = "file:///etc/passwd"
prefixes = { 10x = "scan", 1000 = "扫码" }
"#;
        assert_eq!(
            problems(text),
            [
                "arkerr.toml:2:13: error[config]: a folder is given as a path inside the project, such as `docs/pages`",
                "arkerr.toml:4:7: error[config]: this must be an http or https address with `{page}` where the page's id belongs, and perhaps `{language}`",
                "arkerr.toml:5:20: error[config]: there is no target `cobol`; the targets are arkts, c, html, json, markdown, rust, typescript, and those with `files` in a table `[targets.cobol]`",
                "arkerr.toml:7:12: error[config]: the languages are `zh` and `en`",
                "arkerr.toml:10:1: error[config]: there is no lint `no-such-lint`; `arkerr lint --list` lists them",
                "arkerr.toml:11:17: error[config]: a lint is `off`, `warn` or `error`",
                "arkerr.toml:14:8: error[config]: the page has this id anyway",
                "arkerr.toml:15:18: error[config]: a page is no translation of itself",
                "arkerr.toml:16:7: error[config]: this must be an http or https address",
                "arkerr.toml:17:14: error[config]: a prefix is the first digits of some codes",
                "arkerr.toml:17:35: error[config]: a prefix is named in Latin letters and digits, a letter first: `textRecognition`",
            ]
        );
    }

    #[test]
    fn targets_are_switched_set_and_added() {
        let config = Config::parse(
            r#"
[targets]
others = false
json = true
rust = { layout = "module", folder = "src/errors" }

[targets.kotlin]
folder = "."
files = [{ path = "{Type}.kt", template = "page.kt" }]
options = { package = "com.acme", internal = true }
"#,
        );
        let config = config.expect("it is right");
        let names: Vec<&str> = config.targets.iter().map(|t| t.name.as_str()).collect();
        assert_eq!(names, ["json", "kotlin", "rust"]);
        let kotlin = &config.targets[1];
        assert_eq!((kotlin.folder.as_str(), kotlin.files.len()), ("", 1));
        assert_eq!(kotlin.options["internal"], OptionValue::Flag(true));
        let rust = &config.targets[2];
        assert_eq!(rust.folder, "src/errors");
        assert_eq!(
            rust.options["layout"],
            OptionValue::Text("module".to_owned())
        );
    }

    #[test]
    fn impossible_targets_are_reported_with_their_lines() {
        let text = r#"
templates = "generated/templates"
[targets]
kotlin = true
swift = false
others = {}
json = { layout = "wide" }
rust = { layout = "wide" }
c = { layout = "wide", folder = "../x" }
typescript = { options = { nmae = "a", name = 1 } }
go = { layout = "wide", files = [{ path = "{pgae}.go", template = "a", escape = "none" }] }
"a b" = { files = [{ path = "a.b", template = "a" }] }
"#;
        let found = problems(text);
        let places: Vec<&str> = found
            .iter()
            .map(|found| &found[..found.find(": ").unwrap_or(0)])
            .collect();
        assert_eq!(
            places,
            [
                "arkerr.toml:2:13",
                "arkerr.toml:4:1",
                "arkerr.toml:5:1",
                "arkerr.toml:6:1",
                "arkerr.toml:7:19",
                "arkerr.toml:8:19",
                "arkerr.toml:9:33",
                "arkerr.toml:10:28",
                "arkerr.toml:10:40",
                "arkerr.toml:11:17",
                "arkerr.toml:11:43",
                "arkerr.toml:11:81",
                "arkerr.toml:12:1",
            ],
            "{found:#?}"
        );
        assert_eq!(problems("targets = []").len(), 1);
        assert_eq!(problems("[targets]\nothers = false").len(), 1);
    }

    #[test]
    fn unknown_keys_and_wrong_types_are_reported_with_their_lines() {
        assert_eq!(
            problems("snapshots = \"a\"\noutptu = \"b\""),
            [
                "arkerr.toml:2:1: error[config]: unknown field `outptu`, expected one of `snapshots`, `output`, `url`, `language`, `templates`, `targets`, `lints`, `changes`, `fetch`, `pages`"
            ]
        );
        assert_eq!(
            problems("targets = \"rust\""),
            [
                "arkerr.toml:1:11: error[config]: invalid type: string \"rust\", expected a list of targets, or a table of them"
            ]
        );
        assert_eq!(problems("output = \"docs-snapshot/out\"").len(), 1);
        assert_eq!(
            problems(
                "snapshot = 'a'\nlanguage = 1\n[pages.a]\nkit = []\n[targets.c]\nfile = 1\n[[targets.x.files]]\npath = 'a'"
            ),
            [
                "arkerr.toml:1:1: error[config]: unknown field `snapshot`, expected one of `snapshots`, `output`, `url`, `language`, `templates`, `targets`, `lints`, `changes`, `fetch`, `pages`",
                "arkerr.toml:2:12: error[config]: invalid type: integer `1`, expected a string",
                "arkerr.toml:4:7: error[config]: invalid type: sequence, expected a string",
                "arkerr.toml:6:1: error[config]: unknown field `file`, expected one of `folder`, `layout`, `constants_only`, `files`, `options`",
                "arkerr.toml:7:1: error[config]: missing field `template`",
            ]
        );
    }
}
