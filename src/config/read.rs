//! Reads `arkerr.toml`, and refuses what cannot be meant.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;
use toml::Spanned;

use super::changes::{self, Changes};
use super::fetch;
use super::reader::Reader;
use super::targets::{self, Targets};
use super::{Config, DEFAULT_SNAPSHOTS, PageConfig, Prefix, fill_url};
use crate::catalog::Language;
use crate::diagnostic::Diagnostic;
use crate::lint::{Level, Levels, Lint};
use crate::naming;

/// What is said of an id of a page that cannot be one.
const NO_ID: &str = "the id of a page is the name of a file, without the ending: the last part of the page's address";

/// The folder that arkerr writes, where nothing else is said.
const DEFAULT_OUTPUT: &str = "generated";

/// Where the site keeps a page, where nothing else is said.
const DEFAULT_URL: &str =
    "https://developer.huawei.com/consumer/{language}/doc/harmonyos-references/{page}";

/// The file as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    snapshots: Option<Spanned<String>>,
    output: Option<Spanned<String>>,
    url: Option<Spanned<String>>,
    language: Option<Spanned<String>>,
    templates: Option<Spanned<String>>,
    targets: Option<Spanned<Targets>>,
    #[serde(default)]
    lints: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    changes: Changes,
    #[serde(default)]
    fetch: fetch::Table,
    #[serde(default)]
    pages: BTreeMap<Spanned<String>, PageTable>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PageTable {
    kit: Option<Spanned<String>>,
    url: Option<Spanned<String>>,
    slug: Option<Spanned<String>>,
    translation_of: Option<Spanned<String>>,
    #[serde(default)]
    prefixes: BTreeMap<Spanned<String>, Spanned<String>>,
}

/// Reads the text of a configuration file. All that is wrong with its values is told.
pub(super) fn read(text: &str) -> Result<Config, Vec<Diagnostic>> {
    let mut reader = Reader {
        text: Arc::from(text),
        diagnostics: Vec::new(),
    };
    let file = match toml::from_str::<File>(text) {
        Ok(file) => file,
        Err(error) => {
            reader.refuse(error.span().unwrap_or_default(), error.message());
            return Err(reader.diagnostics);
        }
    };
    let config = reader.read(file);
    if reader.diagnostics.is_empty() {
        Ok(config)
    } else {
        reader.diagnostics.sort_by_key(Diagnostic::position);
        Err(reader.diagnostics)
    }
}

impl Reader {
    fn read(&mut self, file: File) -> Config {
        let (snapshots, output) = self.read_folders(file.snapshots, file.output);
        self.refuse_shared_slugs(&file.pages);
        let templates = file
            .templates
            .map(|folder| self.read_templates(folder, &output));
        let (targets, template_uses) = targets::read(file.targets, self);
        let language = self.read_language(
            file.language,
            language_named,
            "the languages are `zh` and `en`",
        );
        Config {
            snapshots,
            output,
            targets,
            templates,
            template_uses,
            language,
            lints: self.read_lints(file.lints),
            changes: changes::read(file.changes, self),
            fetch: self.read_fetch(file.fetch),
            url: self.read_pattern(file.url),
            pages: self.read_pages(file.pages),
            text: Arc::clone(&self.text),
        }
    }

    /// The folder of the snapshots and that of the outputs.
    fn read_folders(
        &mut self,
        snapshots: Option<Spanned<String>>,
        output: Option<Spanned<String>>,
    ) -> (String, String) {
        let spans = [&output, &snapshots].map(|folder| folder.as_ref().map(Spanned::span));
        let snapshots = self.read_folder(snapshots, DEFAULT_SNAPSHOTS);
        let output = self.read_folder(output, DEFAULT_OUTPUT);
        if Path::new(&output).starts_with(&snapshots) || Path::new(&snapshots).starts_with(&output)
        {
            self.refuse(
                spans.into_iter().flatten().next().unwrap_or_default(),
                format!("`{output}` and `{snapshots}` must be folders apart from each other"),
            );
        }
        (snapshots, output)
    }

    fn read_templates(&mut self, folder: Spanned<String>, output: &str) -> String {
        let span = folder.span();
        let folder = self.read_folder(Some(folder), "");
        if Path::new(&folder).starts_with(output) {
            self.refuse(
                span,
                "templates cannot lie in the folder that arkerr writes",
            );
        }
        folder
    }

    fn read_pattern(&mut self, url: Option<Spanned<String>>) -> String {
        let Some(url) = url else {
            return DEFAULT_URL.to_owned();
        };
        if !url.get_ref().contains("{page}") || fill_url(url.get_ref(), "en", "a page").is_none() {
            self.refuse(
                url.span(),
                "this must be an http or https address with `{page}` where the page's id belongs, and perhaps `{language}`",
            );
        }
        url.into_inner()
    }

    fn read_lints(&mut self, lints: BTreeMap<Spanned<String>, Spanned<String>>) -> Levels {
        let mut levels = Levels::default();
        for (id, level) in lints {
            let Some(lint) = Lint::named(id.get_ref()) else {
                let name = id.get_ref();
                let message = format!("there is no lint `{name}`; `arkerr lint --list` lists them");
                self.refuse(id.span(), message);
                continue;
            };
            match Level::named(level.get_ref()) {
                Some(level) => levels.set(lint, level),
                None => self.refuse(level.span(), "a lint is `off`, `warn` or `error`"),
            }
        }
        levels
    }

    /// Refuses a new name that two pages would have, or that a page has which keeps its own.
    fn refuse_shared_slugs(&mut self, pages: &BTreeMap<Spanned<String>, PageTable>) {
        let mut first_uses: BTreeMap<&str, &str> = BTreeMap::new();
        for (id, page) in pages {
            let Some(slug) = &page.slug else {
                continue;
            };
            if let Some(first) = first_uses.insert(slug.get_ref(), id.get_ref()) {
                self.refuse(
                    slug.span(),
                    format!("the page `{first}` has been renamed to this, too"),
                );
            }
            if pages
                .keys()
                .any(|other| other != id && other.get_ref() == slug.get_ref())
            {
                self.refuse(
                    slug.span(),
                    "this is another page, which has settings of its own",
                );
            }
        }
    }

    fn read_pages(
        &mut self,
        pages: BTreeMap<Spanned<String>, PageTable>,
    ) -> BTreeMap<String, PageConfig> {
        let pages = pages.into_iter().map(|(id, page)| {
            let config = self.read_page(id.get_ref(), id.span(), page);
            (id.into_inner(), config)
        });
        pages.collect()
    }

    fn read_page(&mut self, id: &str, span: Range<usize>, page: PageTable) -> PageConfig {
        if !crate::path::is_file_name(id) {
            self.refuse(span.clone(), NO_ID);
        }
        let kit = page.kit.map(|kit| {
            if kit.get_ref().trim().is_empty() {
                self.refuse(kit.span(), "the name of the kit is empty");
            }
            kit.into_inner()
        });
        let url = page.url.and_then(|url| {
            let parsed = fill_url(url.get_ref(), "cn", id);
            if parsed.is_none() {
                self.refuse(url.span(), "this must be an http or https address");
            }
            parsed
        });
        let translation_of = page.translation_of.map(|original| {
            if original.get_ref() == id {
                self.refuse(original.span(), "a page is no translation of itself");
            } else if !crate::path::is_file_name(original.get_ref()) {
                self.refuse(original.span(), NO_ID);
            }
            (original.get_ref().clone(), original.span())
        });
        let slug = page.slug.map(|slug| {
            if slug.get_ref() == id {
                self.refuse(slug.span(), "the page has this id anyway");
            } else if !crate::path::is_file_name(slug.get_ref()) {
                self.refuse(slug.span(), NO_ID);
            }
            (slug.get_ref().clone(), slug.span())
        });
        let prefixes = page.prefixes.into_iter();
        let prefixes = prefixes.map(|(digits, name)| self.read_prefix(digits, name));
        PageConfig {
            kit,
            prefixes: prefixes.collect(),
            slug,
            translation_of,
            url,
            span,
        }
    }

    fn read_prefix(&mut self, digits: Spanned<String>, name: Spanned<String>) -> (String, Prefix) {
        let is_number = !digits.get_ref().is_empty()
            && digits.get_ref().bytes().all(|byte| byte.is_ascii_digit());
        if !is_number {
            self.refuse(digits.span(), "a prefix is the first digits of some codes");
        }
        if !naming::is_prefix(name.get_ref()) {
            self.refuse(
                name.span(),
                "a prefix is named in Latin letters and digits, a letter first: `textRecognition`",
            );
        }
        let prefix = Prefix {
            span: digits.span(),
            name: name.into_inner(),
        };
        (digits.into_inner(), prefix)
    }
}

/// The language of the outputs with this name.
fn language_named(name: &str) -> Option<Language> {
    match name {
        "zh" => Some(Language::Zh),
        "en" => Some(Language::En),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::target::OptionValue;

    fn problems(text: &str) -> Vec<String> {
        let diagnostics = Config::parse(text).err().unwrap_or_default();
        diagnostics.iter().map(ToString::to_string).collect()
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
        let config = Config::parse("snapshots = './docs/'\noutput = 'app/./gen'");
        let config = config.expect("these are folders");
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
rust = { layout = "wide", folder = "../x" }
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
                "arkerr.toml:9:28",
                "arkerr.toml:9:40",
                "arkerr.toml:10:17",
                "arkerr.toml:10:43",
                "arkerr.toml:10:81",
                "arkerr.toml:11:1",
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
    }
}
