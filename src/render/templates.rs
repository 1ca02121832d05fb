//! The templates of a project: the built-in ones, and its own, which come first.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use tera::Tera;
use walkdir::WalkDir;

use super::target::Escape;
use super::{failure, filters};
use crate::diagnostic::{Diagnostic, Place, display_path};

/// What the files of templates end in.
pub const ENDING: &str = ".tera";

/// What the name of a built-in template begins with where a project has one of the same name.
pub const BUILT_IN: &str = "builtin/";

macro_rules! embed {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../templates/", $name, ".tera")))),*]
    };
}

/// The built-in templates by name, as they lie under `templates/`.
const EMBEDDED: &[(&str, &str)] = embed![
    "gitattributes",
    "hover.md",
    "arkts/index.ets",
    "arkts/info.ets",
    "arkts/page.ets",
    "html/index.html",
    "html/parts.html",
    "html/script.js",
    "html/style.css",
    "json/catalog.json",
    "json/catalog.schema.json",
    "markdown/README.md",
    "markdown/page.md",
    "markdown/parts.md",
    "rust/mod.rs",
    "rust/page.rs",
    "typescript/index.ts",
    "typescript/info.ts",
    "typescript/page.ts",
];

/// The text of a template, and where it stands.
#[derive(Debug, Clone)]
pub struct Source {
    /// The path of the file, as the user would write it; none for a built-in template.
    pub path: Option<String>,
    /// The text.
    pub text: Arc<str>,
}

/// The templates of a project, ready to be rendered.
#[derive(Debug)]
pub struct Templates {
    sources: BTreeMap<String, Source>,
    /// Refuses text without a filter.
    refusing: Tera,
    /// Makes text of HTML of it.
    html: Tera,
}

impl Templates {
    /// The built-in templates, and those in a folder of the project at `root`.
    ///
    /// # Errors
    /// The folder or a template in it cannot be read, or is no template. All are told that can be
    /// told apart.
    pub fn load(root: &Path, folder: Option<&str>) -> Result<Self, Vec<Diagnostic>> {
        let built_in = EMBEDDED.iter().map(|(name, text)| {
            let text = Arc::from(*text);
            ((*name).to_owned(), Source { path: None, text })
        });
        let mut sources: BTreeMap<String, Source> = built_in.collect();
        let own = match folder {
            Some(folder) => read_folder(root, folder)?,
            None => BTreeMap::new(),
        };
        for (name, source) in own {
            let shadowed = sources.insert(name.clone(), source);
            // What a component is called is known everywhere, so that it cannot be there twice.
            let shadowed = shadowed.filter(|source| !source.text.contains("{% component "));
            sources.extend(shadowed.map(|source| (format!("{BUILT_IN}{name}"), source)));
        }
        Self::of(sources)
    }

    /// The built-in templates alone.
    ///
    /// # Errors
    /// None is known: they are tested.
    pub fn built_in() -> Result<Self, Vec<Diagnostic>> {
        Self::load(Path::new(""), None)
    }

    fn of(sources: BTreeMap<String, Source>) -> Result<Self, Vec<Diagnostic>> {
        let own = sources.iter().filter(|(_, source)| source.path.is_some());
        let errors = own.filter_map(|(name, source)| {
            let error = new_tera().add_raw_template(name, &source.text).err()?;
            failure::is_syntax(&error).then(|| failure::diagnostic(&error, &sources))
        });
        let errors: Vec<Diagnostic> = errors.collect();
        if !errors.is_empty() {
            return Err(errors);
        }
        let mut refusing = new_tera();
        let texts = sources
            .iter()
            .map(|(name, source)| (name.as_str(), source.text.as_ref()));
        if let Err(error) = refusing.add_raw_templates(texts) {
            return Err(vec![failure::diagnostic(&error, &sources)]);
        }
        let mut html = refusing.clone();
        html.set_escape_fn(filters::escape_html);
        Ok(Self {
            sources,
            refusing,
            html,
        })
    }

    /// The names of all templates, in alphabetical order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let names = self.sources.keys().map(String::as_str);
        names.filter(|name| !name.starts_with(BUILT_IN))
    }

    /// The text of a template, and where it stands.
    #[must_use]
    pub fn source(&self, name: &str) -> Option<&Source> {
        self.sources.get(name)
    }

    /// Whether a template stands in the place of a built-in one.
    #[must_use]
    pub fn is_shadowing(&self, name: &str) -> bool {
        let is_own = self.source(name).is_some_and(|own| own.path.is_some());
        is_own && EMBEDDED.iter().any(|(embedded, _)| *embedded == name)
    }

    /// The project's own templates.
    pub(super) fn own(&self) -> impl Iterator<Item = (&str, &Source)> {
        let sources = self.sources.iter();
        sources
            .filter(|(_, source)| source.path.is_some())
            .map(|(name, source)| (name.as_str(), source))
    }

    /// Whether a template may look at a variable of its context.
    pub(super) fn looks_at(&self, template: &str, variable: &str) -> bool {
        let variables = self.refusing.get_template_variables(template);
        variables.is_ok_and(|variables| variables.contains(variable))
    }

    /// Renders a template.
    ///
    /// # Errors
    /// The template fails; the diagnostic says where in it.
    pub(super) fn render(
        &self,
        template: &str,
        escape: Escape,
        context: &tera::Context,
    ) -> Result<String, Diagnostic> {
        let tera = match escape {
            Escape::Refuse => &self.refusing,
            Escape::Html => &self.html,
        };
        let text = tera.render(template, context);
        text.map_err(|error| failure::diagnostic(&error, &self.sources))
    }
}

fn new_tera() -> Tera {
    let mut tera = Tera::new();
    filters::register(&mut tera);
    tera
}

/// Reads the templates in a folder of a project: `NAME.tera` is the template `NAME`.
fn read_folder(root: &Path, folder: &str) -> Result<BTreeMap<String, Source>, Vec<Diagnostic>> {
    let base = root.join(folder);
    if !base.is_dir() {
        let missing = Diagnostic::error("template", "there is no such folder of templates");
        return Err(vec![missing.at(Place::file(folder)).help(
            "make it, or correct `templates` in arkerr.toml; `arkerr templates export` puts built-in ones there",
        )]);
    }
    let mut sources = BTreeMap::new();
    let mut errors = Vec::new();
    for entry in WalkDir::new(&base).sort_by_file_name() {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => {
                let path = display_path(entry.path().strip_prefix(&base).unwrap_or(entry.path()));
                let Some(name) = path.strip_suffix(ENDING) else {
                    continue;
                };
                let shown = format!("{folder}/{path}");
                match read_file(entry.path(), &shown, name) {
                    Ok(source) => drop(sources.insert(name.to_owned(), source)),
                    Err(error) => errors.push(error),
                }
            }
            Err(error) => errors.push(unreadable(folder, &error)),
        }
    }
    match errors.is_empty() {
        true => Ok(sources),
        false => Err(errors),
    }
}

fn read_file(path: &Path, shown: &str, name: &str) -> Result<Source, Diagnostic> {
    if name.starts_with(BUILT_IN) {
        let message = format!("what begins with `{BUILT_IN}` is the name of a built-in template");
        return Err(Diagnostic::error("template", message)
            .at(Place::file(shown))
            .help("move it to another folder"));
    }
    let text = fs::read_to_string(path).map_err(|error| unreadable(shown, &error))?;
    Ok(Source {
        path: Some(shown.to_owned()),
        text: Arc::from(text),
    })
}

fn unreadable(shown: &str, error: &dyn std::fmt::Display) -> Diagnostic {
    Diagnostic::error("template", format!("this cannot be read: {error}")).at(Place::file(shown))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_among_the_templates_is_built_in() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        let files = read_folder(&folder, ".").expect("the folder is there");
        let files: Vec<&str> = files.keys().map(String::as_str).collect();
        let mut embedded: Vec<&str> = EMBEDDED.iter().map(|(name, _)| *name).collect();
        embedded.sort_unstable();
        assert_eq!(files, embedded);
    }
}
