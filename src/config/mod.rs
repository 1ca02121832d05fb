//! `arkerr.toml`: what a project may say about itself. Every key is optional, and so is the file.

mod changes;
mod example;
mod fetch;
mod read;
mod reader;
mod targets;

use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use url::Url;

use crate::catalog::Language;
use crate::diagnostic::{Diagnostic, Place};
use crate::diff;
use crate::escape::url_part;
use crate::file::{self, MAX_TEXT};
use crate::lint::Levels;
use crate::naming::Prefixes;
use crate::path;
use crate::render::{Target, Templates};
pub use example::example;
pub use fetch::{FetchSettings, is_page_name, site_language, site_language_named};
use targets::TemplateUse;

/// The name of the configuration file, at the root of a project.
pub const FILE_NAME: &str = "arkerr.toml";

/// The folder of the snapshots of a project without settings.
pub(crate) const DEFAULT_SNAPSHOTS: &str = "docs-snapshot";

/// Where a project without settings has its records.
pub const CATALOG_FILE: &str = "generated/json/catalog.json";

/// The settings of a project.
#[derive(Debug, Clone)]
pub struct Config {
    /// The folder of the saved pages, relative to the project.
    pub snapshots: String,
    /// The folder that arkerr writes, relative to the project.
    pub output: String,
    /// The targets to render, in alphabetical order of their names.
    pub targets: Vec<Target>,
    /// The folder of the project's own templates, relative to the project.
    pub templates: Option<String>,
    /// The language of the comments in the outputs, where a page was saved in more than one.
    pub language: Language,
    /// How much the lints weigh.
    pub lints: Levels,
    /// How much changes of the documentation weigh.
    pub changes: diff::Levels,
    /// How pages are fetched.
    pub fetch: FetchSettings,
    /// Where the site keeps a page: an address with `{page}` in the place of its id, and perhaps
    /// `{language}`.
    url: String,
    /// What is said about single pages, by their ids.
    pages: BTreeMap<String, PageConfig>,
    /// The templates that the targets of the file name.
    template_uses: Vec<TemplateUse>,
    /// The text of the file, for diagnostics.
    text: Arc<str>,
}

/// What a project says about one page.
#[derive(Debug, Clone)]
struct PageConfig {
    kit: Option<String>,
    url: Option<Url>,
    /// What the site calls the page since it has renamed it; so is its snapshot called.
    slug: Option<(String, Range<usize>)>,
    /// The id of the page that this one says in another language.
    translation_of: Option<(String, Range<usize>)>,
    prefixes: BTreeMap<String, Prefix>,
    span: Range<usize>,
}

/// A name for the codes that begin with the same digits.
#[derive(Debug, Clone)]
struct Prefix {
    name: String,
    span: Range<usize>,
}

impl Config {
    /// Reads the configuration of the project at `root`; without a file, everything has its
    /// default.
    ///
    /// # Errors
    /// The file cannot be read, is no TOML, has unknown keys or wrong types, or values that
    /// cannot be meant. All bad values are reported, not the first alone.
    pub fn load(root: &Path) -> Result<Self, Vec<Diagnostic>> {
        path::refuse_outside(root, FILE_NAME)?;
        match file::read_text(&root.join(FILE_NAME), MAX_TEXT) {
            Ok(text) => Self::parse(&text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Self::parse(""),
            Err(error) => Err(vec![
                Diagnostic::error("config", format!("the file cannot be read: {error}"))
                    .at(Place::file(FILE_NAME)),
            ]),
        }
    }

    /// Reads a configuration from the text of its file.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn parse(text: &str) -> Result<Self, Vec<Diagnostic>> {
        read::read(text)
    }

    /// The address that the project gives a page of its own.
    #[must_use]
    pub fn page_url(&self, id: &str) -> Option<Url> {
        self.pages.get(self.known_id(id))?.url.clone()
    }

    /// Where the documentation site keeps a page, in Chinese and in English.
    #[must_use]
    pub fn site_urls(&self, id: &str) -> [Option<Url>; 2] {
        ["cn", "en"].map(|language| fill_url(&self.url, language, self.slug(id)))
    }

    /// The id under which a snapshot is a page: another one where it is a translation, or where the
    /// site has renamed the page.
    #[must_use]
    pub fn page_id<'a>(&'a self, id: &'a str) -> &'a str {
        let id = self.known_id(id);
        let page = self.pages.get(id);
        let original = page.and_then(|page| page.translation_of.as_ref());
        original.map_or(id, |(original, _)| self.known_id(original))
    }

    /// What the site calls a page, and its snapshot is called.
    fn slug<'a>(&'a self, id: &'a str) -> &'a str {
        let slug = self.pages.get(id).and_then(|page| page.slug.as_ref());
        slug.map_or(id, |(slug, _)| slug)
    }

    /// The id that a page had before the site renamed it to this one.
    fn known_id<'a>(&'a self, slug: &'a str) -> &'a str {
        let is_renamed = |page: &PageConfig| page.slug.as_ref().is_some_and(|(own, _)| own == slug);
        let page = self.pages.iter().find(|(_, page)| is_renamed(page));
        page.map_or(slug, |(id, _)| id)
    }

    /// The kit that throws a page's codes.
    #[must_use]
    pub fn page_kit(&self, id: &str) -> Option<&str> {
        self.pages.get(id)?.kit.as_deref()
    }

    /// The words that begin the names of codes.
    #[must_use]
    pub fn prefixes(&self) -> Prefixes {
        let of_page = |page: &PageConfig| {
            let prefixes = page.prefixes.iter();
            prefixes
                .map(|(digits, prefix)| (digits.clone(), prefix.name.clone()))
                .collect()
        };
        self.pages
            .iter()
            .map(|(id, page)| (id.clone(), of_page(page)))
            .collect()
    }

    /// Errors for the settings of pages that do not exist, and warnings for prefixes that no
    /// code begins with. `codes` gives the codes of each snapshot by its id; none where it could
    /// not be read.
    #[must_use]
    pub fn unused(&self, codes: &BTreeMap<&str, Option<Vec<&str>>>) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        for (id, page) in &self.pages {
            if let Some((original, span)) = &page.translation_of
                && !codes.contains_key(self.slug(self.known_id(original)))
            {
                diagnostics.push(self.unknown_page(original, span));
            }
            let (own, span) = match &page.slug {
                Some((slug, span)) => (slug, span),
                None => (id, &page.span),
            };
            match codes.get(own.as_str()) {
                Some(Some(codes)) => diagnostics.extend(self.unused_prefixes(page, codes)),
                Some(None) => {}
                None => diagnostics.push(self.unknown_page(own, span)),
            }
        }
        diagnostics
    }

    /// Errors for templates that the file names and that are not there.
    #[must_use]
    pub fn missing_templates(&self, templates: &Templates) -> Vec<Diagnostic> {
        let missing = self.template_uses.iter();
        let missing = missing.filter(|template| template.is_missing(templates));
        let refusal = |missing: &TemplateUse| {
            let name = &missing.template;
            let message = format!("there is no template `{name}`");
            let help = match &self.templates {
                _ if name.ends_with(".tera") => "leave off `.tera`".to_owned(),
                Some(folder) => format!("it would be the file `{folder}/{name}.tera`"),
                None => "name the folder of your templates: `templates = \"FOLDER\"`".to_owned(),
            };
            Diagnostic::error("config", message)
                .at(self.place(&missing.span))
                .help(help)
        };
        missing.map(refusal).collect()
    }

    fn unknown_page(&self, id: &str, span: &Range<usize>) -> Diagnostic {
        let folder = &self.snapshots;
        Diagnostic::error("config", format!("there is no page `{id}`"))
            .at(self.place(span))
            .note(format!(
                "a page is named after its file in `{folder}`, without the ending"
            ))
            .help("correct the name, or remove its settings")
    }

    fn unused_prefixes(&self, page: &PageConfig, codes: &[&str]) -> Vec<Diagnostic> {
        let is_unused = |digits: &str| !codes.iter().any(|code| code.starts_with(digits));
        let unused = page.prefixes.iter().filter(|(digits, _)| is_unused(digits));
        let warning = |(digits, prefix): (&String, &Prefix)| {
            Diagnostic::warning(
                "config",
                format!("no code of the page begins with {digits}"),
            )
            .at(self.place(&prefix.span))
        };
        unused.map(warning).collect()
    }

    fn place(&self, span: &Range<usize>) -> Place {
        Place::excerpt(FILE_NAME, &self.text, span.clone())
    }
}

/// Puts a page's id into an address of the web, percent-encoded as a part of its path, and the
/// name that the site has for a language.
fn fill_url(pattern: &str, language: &str, id: &str) -> Option<Url> {
    let address = pattern.replace("{language}", language);
    let address = address.replace("{page}", &url_part(id));
    let url = Url::parse(&address)
        .ok()
        .filter(|_| !address.contains(['{', '}']))?;
    matches!(url.scheme(), "http" | "https").then_some(url)
}
