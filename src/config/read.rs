//! Reads `arkerr.toml`, and rejects settings that contradict each other.

use std::path::Path;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::reader::{Reader, checked_text};
use super::{Config, PageConfig, changes, fill_url, targets};
use crate::catalog::Language;
use crate::problem::{Diagnostic, MAX_PROBLEMS, Report, SourceText};
use crate::{naming, path};

impl Config {
    /// Reads a configuration from the text of its file.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn parse(text: &str) -> Result<Self, Report> {
        let mut reader = Reader {
            text: SourceText::from(text),
            report: Report::default(),
        };
        let table = DeTable::parse(text)
            .map_err(|error| reader.refuse(error.span().unwrap_or_default(), error.message()));
        let config = table.ok().and_then(|table| reader.config(table));
        let mut problems = Vec::from(reader.report);
        problems.sort_by_key(Diagnostic::position);
        problems.truncate(MAX_PROBLEMS);
        config
            .filter(|_| problems.is_empty())
            .ok_or(problems.into())
    }
}

impl Reader {
    fn config(&mut self, table: Spanned<DeTable<'_>>) -> Option<Config> {
        let value = Spanned::new(table.span(), DeValue::Table(table.get_ref().clone()));
        let mut config: Config = self.read_value(value)?;
        let table = table.get_ref();
        self.check_folders(&config, table);
        let url = config.url.get_ref();
        let is_pattern = url.contains("{page}") && fill_url(url, "en", "a page").is_some();
        self.require(is_pattern, &config.url, "this must be an http or https address with `{page}` where the page's id belongs, and perhaps `{language}`");
        for (id, page) in &config.pages {
            if let Some(slug) = &page.slug {
                let known = config.renamed.entry(slug.get_ref().clone());
                known.or_insert_with(|| id.get_ref().clone());
            }
        }
        for (id, page) in &config.pages {
            self.check_page(id, page, &config);
        }
        let targets = table.get("targets").cloned();
        (config.targets, config.template_uses) = targets::read_targets(targets, self);
        if let Some(changes) = table.get("changes").cloned() {
            let changes = self.read_value(changes).unwrap_or_default();
            config.changes = changes::read_levels(changes, self);
        }
        config.fetch = config.fetch.with_api_en();
        config.text = self.text.clone();
        Some(config)
    }

    /// Rejects folders in each other.
    fn check_folders(&mut self, config: &Config, table: &DeTable<'_>) {
        let [snapshots, output] = [&config.snapshots, &config.output];
        let span = |key| table.get(key).map(Spanned::span);
        if lies_in(output, snapshots) || lies_in(snapshots, output) {
            self.refuse(
                span("output").or(span("snapshots")).unwrap_or_default(),
                format!("`{output}` and `{snapshots}` must be folders apart from each other"),
            );
        }
        if let Some(templates) = &config.templates
            && lies_in(templates, output)
        {
            self.refuse(
                span("templates").unwrap_or_default(),
                "templates cannot lie in the folder that arkerr writes",
            );
        }
    }

    fn check_page(&mut self, id: &Spanned<String>, page: &PageConfig, config: &Config) {
        let [slug, original] = [&page.slug, &page.translation_of].map(Option::as_ref);
        for id in [Some(id), slug, original].into_iter().flatten() {
            let is_name = path::is_file_name(id.get_ref());
            self.require(is_name, id, "the id of a page is the name of a file, without the ending: the last part of the page's address");
        }
        if let Some(original) = original {
            let message = "a page is no translation of itself";
            self.require(original != id, original, message);
        }
        if let Some(slug) = slug {
            self.require(slug != id, slug, "the page has this id anyway");
            let is_other = slug != id && config.pages.contains_key(slug);
            let message = "this is another page, which has settings of its own";
            self.require(!is_other, slug, message);
            let first = config.known_id(slug.get_ref());
            let message = format!("the page `{first}` has been renamed to this, too");
            self.require(first == id.get_ref(), slug, message);
        }
        if let Some(kit) = &page.kit {
            let is_empty = kit.get_ref().trim().is_empty();
            self.require(!is_empty, kit, "the name of the kit is empty");
        }
        if let Some(url) = &page.url {
            let is_address = fill_url(url.get_ref(), "cn", "a page").is_some();
            self.require(is_address, url, "this must be an http or https address");
        }
        self.check_prefixes(page);
    }

    fn check_prefixes(&mut self, page: &PageConfig) {
        for (digits, name) in &page.prefixes {
            let is_digit = |byte: u8| byte.is_ascii_digit();
            let is_number = !digits.get_ref().is_empty() && digits.get_ref().bytes().all(is_digit);
            let message = "a prefix is the first digits of some codes";
            self.require(is_number, digits, message);
            let is_prefix = naming::is_prefix(name.get_ref());
            let message =
                "a prefix is named in Latin letters and digits, a letter first: `textRecognition`";
            self.require(is_prefix, name, message);
        }
    }
}

/// Whether some file system takes a folder for one in another, or for that one.
fn lies_in(folder: &str, other: &str) -> bool {
    Path::new(&path::clash_key(folder)).starts_with(path::clash_key(other))
}

/// Passes over a table that is read later.
pub(super) fn later<'de, D: Deserializer<'de>, T: Default>(value: D) -> Result<T, D::Error> {
    IgnoredAny::deserialize(value).map(|_| T::default())
}

/// A folder inside the project, without `.` and slashes at its end.
pub(super) fn folder<'de, D: Deserializer<'de>, T: From<String>>(value: D) -> Result<T, D::Error> {
    checked_text(value, |text| {
        let parts = text.trim_end_matches('/').split('/');
        let names: Vec<&str> = parts.filter(|part| *part != ".").collect();
        let folder = names.join("/");
        if path::is_plain_folder(&folder) {
            Ok(folder.into())
        } else {
            Err(
                "a folder is given as a path inside the project, such as `docs/pages`, with names that every system takes and that begin with no dot",
            )
        }
    })
}

pub(super) fn language<'de, D: Deserializer<'de>>(value: D) -> Result<Language, D::Error> {
    checked_text(value, |name| match name {
        "zh" => Ok(Language::Zh),
        "en" => Ok(Language::En),
        _ => Err("the languages are `zh` and `en`"),
    })
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
                "arkerr.toml:2:13: error[config]: a folder is given as a path inside the project, such as `docs/pages`, with names that every system takes and that begin with no dot",
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
