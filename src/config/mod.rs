//! `arkerr.toml`: what a project may say about itself. Every key is optional, and so is the file.

mod changes;
mod fetch;
mod read;
mod reader;
mod targets;

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde::Deserialize;
use toml::Spanned;
use url::Url;

use crate::catalog::Language;
use crate::diff;
use crate::escape::url_part;
use crate::file;
use crate::lint::Levels;
use crate::naming::Prefixes;
use crate::problem::{ConfigProblem, Diagnostic, Locate, Place, Report, SourceText};
use crate::render::{Target, Templates};
pub use fetch::{FetchSettings, is_page_name, site_language, site_language_named};

/// The name of the configuration file, at the root of a project.
pub const FILE_NAME: &str = "arkerr.toml";

/// An `arkerr.toml` in which every key is commented out, with its meaning and its default.
pub const EXAMPLE: &str = include_str!("arkerr.toml");

/// The folder of the snapshots of a project without settings.
pub(crate) const DEFAULT_SNAPSHOTS: &str = "docs-snapshot";

/// Where the site keeps a page, for a project without settings.
const PAGE_URL: &str =
    "https://developer.huawei.com/consumer/{language}/doc/harmonyos-references/{page}";

/// Where a project without settings has its records.
pub const CATALOG_FILE: &str = "generated/json/catalog.json";

/// The settings of a project.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default = "Config::without_targets")]
pub struct Config {
    /// The folder of the saved pages, relative to the project.
    #[serde(deserialize_with = "read::folder")]
    pub snapshots: String,
    /// The folder that arkerr writes, relative to the project.
    #[serde(deserialize_with = "read::folder")]
    pub output: String,
    /// Where the site keeps a page: an address with `{page}` in the place of its id, and perhaps
    /// `{language}`.
    url: Spanned<String>,
    /// The language of the comments in the outputs, where a page was saved in more than one.
    #[serde(deserialize_with = "read::language")]
    pub language: Language,
    /// The folder of the project's own templates, relative to the project.
    #[serde(deserialize_with = "read::folder")]
    pub templates: Option<String>,
    /// The targets to render, in alphabetical order of their names.
    #[serde(deserialize_with = "read::later")]
    pub targets: Vec<Target>,
    /// How much the lints weigh.
    pub lints: Levels,
    /// How much changes of the documentation weigh.
    #[serde(deserialize_with = "read::later")]
    pub changes: diff::Levels,
    /// How pages are fetched.
    pub fetch: FetchSettings,
    pages: Pages,
    /// The ids of the pages that the site has renamed, by what it calls them now.
    #[serde(skip)]
    renamed: BTreeMap<String, String>,
    /// The templates that the targets of the file name.
    #[serde(skip)]
    template_uses: Vec<Spanned<String>>,
    /// The text of the file, for diagnostics.
    #[serde(skip)]
    text: SourceText,
}

/// What a project says about pages, by their ids.
type Pages = BTreeMap<Spanned<String>, PageConfig>;

/// What a project says about one page.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct PageConfig {
    kit: Option<Spanned<String>>,
    url: Option<Spanned<String>>,
    /// What the site calls the page since it has renamed it; so is its snapshot called.
    slug: Option<Spanned<String>>,
    /// The id of the page that this one says in another language.
    translation_of: Option<Spanned<String>>,
    /// Names for the codes that begin with the same digits.
    prefixes: BTreeMap<Spanned<String>, Spanned<String>>,
}

impl Config {
    /// The settings of an empty file, but for its targets.
    fn without_targets() -> Self {
        Self {
            snapshots: DEFAULT_SNAPSHOTS.to_owned(),
            output: "generated".to_owned(),
            url: Spanned::new(0..0, PAGE_URL.to_owned()),
            language: Language::Zh,
            templates: None,
            targets: Vec::new(),
            lints: Levels::default(),
            changes: diff::Levels::default(),
            fetch: FetchSettings::default(),
            pages: Pages::new(),
            renamed: BTreeMap::new(),
            template_uses: Vec::new(),
            text: SourceText::default(),
        }
    }

    /// Reads the configuration of the project at `root`; without a file, everything has its
    /// default.
    ///
    /// # Errors
    /// The file cannot be read, is not TOML, has unknown keys or wrong types, or values that are
    /// not allowed. All bad keys and values are reported, not the first alone.
    pub fn load(root: &Path) -> Result<Self, Report> {
        let unreadable = |error: io::Error| ConfigProblem::Unreadable(error.to_string());
        let text = file::read_own_text(root, FILE_NAME, unreadable)?;
        Self::parse(&text.unwrap_or_default())
    }

    /// The address that the project gives a page of its own.
    pub fn page_url(&self, id: &str) -> Option<Url> {
        let id = self.known_id(id);
        fill_url(self.pages.get(id)?.url.as_ref()?.get_ref(), "cn", id)
    }

    /// Where the documentation site keeps a page, in Chinese and in English.
    pub fn site_urls(&self, id: &str) -> [Option<Url>; 2] {
        ["cn", "en"].map(|language| fill_url(self.url.get_ref(), language, self.slug(id)))
    }

    /// The id under which a snapshot is a page: another one where it is a translation, or where the
    /// site has renamed the page.
    pub fn page_id<'a>(&'a self, id: &'a str) -> &'a str {
        let id = self.known_id(id);
        let page = self.pages.get(id);
        let original = page.and_then(|page| page.translation_of.as_ref());
        original.map_or(id, |original| self.known_id(original.get_ref()))
    }

    /// The id that a page had before the site renamed it to this one.
    fn known_id<'a>(&'a self, slug: &'a str) -> &'a str {
        self.renamed.get(slug).map_or(slug, String::as_str)
    }

    /// What the site calls the page with an id, and so the name of its snapshot.
    fn slug<'a>(&'a self, id: &'a str) -> &'a str {
        let slug = self.pages.get(id).and_then(|page| page.slug.as_ref());
        slug.map_or(id, |slug| slug.get_ref())
    }

    /// The kit that throws a page's codes.
    pub fn page_kit(&self, id: &str) -> Option<&str> {
        let kit = self.pages.get(id)?.kit.as_ref()?;
        Some(kit.get_ref())
    }

    /// The words that begin the names of codes.
    pub fn prefixes(&self) -> Prefixes {
        let of_page = |page: &PageConfig| {
            let prefixes = page.prefixes.clone().into_iter();
            prefixes
                .map(|(digits, name)| (digits.into_inner(), name.into_inner()))
                .collect()
        };
        let pages = self.pages.iter();
        pages
            .map(|(id, page)| (id.get_ref().clone(), of_page(page)))
            .collect()
    }

    /// Errors for the settings of pages that do not exist, and warnings for prefixes that no
    /// code begins with. `codes` gives the codes of each snapshot by its id; none where it could
    /// not be read.
    pub fn unused(&self, codes: &BTreeMap<&str, Option<Vec<&str>>>) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for (id, page) in &self.pages {
            if let Some(original) = &page.translation_of
                && !codes.contains_key(self.slug(self.known_id(original.get_ref())))
            {
                found.push(self.unknown_page(original));
            }
            let own = page.slug.as_ref().unwrap_or(id);
            match codes.get(own.get_ref().as_str()) {
                Some(Some(codes)) => found.extend(self.unused_prefixes(page, codes)),
                Some(None) => {}
                None => found.push(self.unknown_page(own)),
            }
        }
        found
    }

    /// Errors for templates that the file names and that do not exist.
    pub fn missing_templates(&self, templates: &Templates) -> Vec<Diagnostic> {
        let missing = |template: &&Spanned<String>| templates.source(template.get_ref()).is_none();
        let error = |template: &Spanned<String>| {
            let problem = ConfigProblem::MissingTemplate {
                name: template.get_ref().clone(),
                folder: self.templates.clone(),
            };
            problem.at(self.place(template))
        };
        self.template_uses
            .iter()
            .filter(missing)
            .map(error)
            .collect()
    }

    fn unknown_page(&self, name: &Spanned<String>) -> Diagnostic {
        let problem = ConfigProblem::UnknownPage {
            name: name.get_ref().clone(),
            snapshots: self.snapshots.clone(),
        };
        problem.at(self.place(name))
    }

    fn unused_prefixes(&self, page: &PageConfig, codes: &[&str]) -> Vec<Diagnostic> {
        page.prefixes
            .keys()
            .filter(|digits| !codes.iter().any(|code| code.starts_with(digits.get_ref())))
            .map(|digits| {
                ConfigProblem::UnusedPrefix(digits.get_ref().clone()).at(self.place(digits))
            })
            .collect()
    }

    fn place(&self, value: &Spanned<String>) -> Place {
        Place::excerpt(FILE_NAME, &self.text, value.span())
    }
}

/// Puts a page's id into an address of the web, percent-encoded as a part of its path, and the
/// name that the site has for a language.
fn fill_url(pattern: &str, language: &str, id: &str) -> Option<Url> {
    let address = pattern
        .replace("{language}", language)
        .replace("{page}", &url_part(id));
    let url = Url::parse(&address).ok()?;
    let is_filled = !address.contains(['{', '}']);
    (is_filled && matches!(url.scheme(), "http" | "https")).then_some(url)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::diff::{ChangeId, FieldKind};
    use crate::lint::Lint;
    use crate::render::target::Description;

    /// The settings of the example that are not the defaults.
    const EXAMPLES: [&str; 5] = [
        "templates",
        "targets.kotlin",
        "targets.c",
        "changes.field-changed.others",
        "pages",
    ];

    /// The settings of the example, one by one.
    fn settings() -> impl Iterator<Item = &'static str> {
        let settings = EXAMPLE.lines().filter_map(|line| line.strip_prefix('#'));
        settings.filter(|line| !line.is_empty() && !line.starts_with(' '))
    }

    /// All that a text says about a project.
    fn state(text: &str) -> String {
        let config = Config::parse(text).unwrap_or_else(|report| panic!("{text}\n{report}"));
        let lints = Lint::all().map(|lint| config.lints.level(lint));
        let kinds = ChangeId::all().map(|kind| config.changes.level(kind));
        let fields = FieldKind::all().map(|field| config.changes.field_level(field));
        // A level that is set to its default is not remembered as one that is not set.
        let config = Config {
            url: Spanned::new(0..0, config.url.into_inner()),
            lints: Levels::default(),
            changes: diff::Levels::default(),
            text: SourceText::default(),
            ..config
        };
        format!("{config:?} {lints:?} {kinds:?} {fields:?}")
    }

    #[test]
    fn the_example_says_nothing_and_each_of_its_settings_is_the_default() {
        assert!(
            EXAMPLE
                .lines()
                .all(|line| line.is_empty() || line.starts_with('#'))
        );
        assert_eq!(state(EXAMPLE), state(""));
        for setting in settings() {
            let (key, _) = setting.split_once(" = ").expect("it has a value");
            let is_example = EXAMPLES.contains(&key) || key.starts_with("pages.");
            // Only the places of values differ.
            assert_eq!(state(setting) != state(""), is_example, "{setting}");
        }
    }

    #[test]
    fn all_settings_of_the_example_can_be_set_at_once() {
        // It is said of this one that it conflicts with others.
        let settings = settings().filter(|setting| *setting != "targets.c = false");
        let text: String = settings.map(|setting| format!("{setting}\n")).collect();
        assert_ne!(state(&text), state(""));
    }

    #[test]
    fn the_example_has_every_target_lint_and_change() {
        let settings: BTreeSet<&str> = settings().collect();
        let mut expected = Vec::new();
        for description in Description::all() {
            let target = format!("targets.{}", description.name);
            expected.push(format!("{target}.folder = \"{}\"", description.name));
            if let Some(layout) = description.layouts.keys().next() {
                expected.push(format!("{target}.layout = \"{layout}\""));
            }
            for (option, choice) in &description.options {
                let default = toml::Value::from(choice.default.as_str());
                expected.push(format!("{target}.options.{option} = {default}"));
            }
        }
        let levels = Levels::default();
        expected.extend(Lint::all().map(|lint| {
            let level = levels.level(lint).name();
            format!("lints.{} = \"{level}\"", lint.id())
        }));
        let levels = diff::Levels::default();
        let mut kinds = ChangeId::all().to_vec();
        kinds.retain(|kind| *kind != ChangeId::FieldChanged);
        expected.extend(kinds.into_iter().map(|kind| {
            let level = levels.level(kind).name();
            format!("changes.{} = \"{level}\"", kind.id())
        }));
        expected.extend(FieldKind::all().map(|field| {
            let level = levels.field_level(field).name();
            format!("changes.field-changed.{} = \"{level}\"", field.name())
        }));
        for setting in expected {
            assert!(settings.contains(setting.as_str()), "{setting}");
        }
    }

    /// The keys that may be in a table, by what is said about one that may not.
    fn known_keys(text: &str) -> Vec<String> {
        let report = Config::parse(text).expect_err("there is no such key");
        let message = report.diagnostics()[0].describe().message;
        let (_, known) = message.split_once(", expected ").expect("it lists them");
        let names = known.split('`').skip(1).step_by(2);
        names.map(str::to_owned).collect()
    }

    #[test]
    fn the_example_has_every_key() {
        for (path, text) in [
            ("", "no_such_key = 1"),
            ("targets.c.", "targets.c.no_such_key = 1"),
            ("fetch.", "fetch.no_such_key = 1"),
            ("pages.core-vision-error-code.", "pages.x.no_such_key = 1"),
        ] {
            for key in known_keys(text) {
                // These are in the example of an added target.
                let is_inline = ["files", "options", "layout"].contains(&key.as_str());
                let key = format!("{path}{key}");
                let is_set = |setting: &str| {
                    let rest = setting.strip_prefix(&key);
                    rest.is_some_and(|rest| rest.starts_with([' ', '.']))
                };
                assert!(is_inline || settings().any(is_set), "{key}");
            }
        }
        let added = settings().find(|setting| setting.starts_with("targets.kotlin"));
        let keys = known_keys("targets.x.files = [{ no_such_key = 1 }]").into_iter();
        for key in keys.chain(["options".to_owned()]) {
            assert!(added.is_some_and(|added| added.contains(&format!("{key} = "))));
        }
    }

    /// The settings that a document shows after a text.
    fn shown(document: &str, mark: &str) -> Config {
        let (_, rest) = document
            .split_once(mark)
            .expect("the document has the text");
        let block = rest.split("```").nth(1).expect("a block follows");
        let text = block.strip_prefix("toml\n").expect("it is TOML");
        Config::parse(text).unwrap_or_else(|report| panic!("{text}\n{report}"))
    }

    #[test]
    fn the_settings_in_the_documents_are_right_and_state_the_defaults() {
        let readme = include_str!("../../README.md");
        let default = Config::parse("").expect("a project needs no settings");
        let stated = shown(readme, "## Configuration");
        assert_eq!(stated.snapshots, default.snapshots);
        assert_eq!(stated.output, default.output);
        assert_eq!(stated.targets, default.targets);
        assert_eq!(stated.page_url("x"), default.page_url("x"));
        let kit = stated.page_kit("core-vision-error-code");
        assert_eq!(kit, Some("Core Vision Kit"));

        let packages = shown(readme, "## Packages").targets.into_iter();
        let layouts = packages.filter_map(|target| target.options.get("layout").cloned());
        assert_eq!(layouts.count(), 3);

        let sync = include_str!("../../docs/sync.md");
        let stated = shown(sync, "<!-- how pages are fetched -->");
        assert_eq!(stated.fetch, default.fetch);
    }
}
