//! The templates of a project: the built-in ones, and its own, which come first.

mod embedded;
mod folder;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use tera::{Tera, Value};

use super::source::{BUILT_IN, Source};
use super::target::{Escape, Target};
use super::{failure, filters, locate, scan};
use crate::diagnostic::Diagnostic;
use embedded::EMBEDDED;

/// The template that every project has, whatever its targets.
pub(super) const ATTRIBUTES_TEMPLATE: &str = "gitattributes";

/// The component that makes what an editor shows of a code, and the member that has it.
const HOVER: &str = "hover";

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
    /// The templates of some targets, and those in a folder of the project at `root`.
    ///
    /// # Errors
    /// The folder or a template in it cannot be read, or is no template. All are told that can be
    /// told apart.
    pub fn load(
        root: &Path,
        folder: Option<&str>,
        targets: &[Target],
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut sources = embedded_sources();
        let own = match folder {
            Some(folder) => folder::read(root, folder)?,
            None => BTreeMap::new(),
        };
        if !own.is_empty() {
            // What a component is called is known everywhere, so that it cannot be there twice.
            let plain = sources.iter().filter(|(_, source)| !has_components(source));
            let aliases = plain.map(|(name, source)| (format!("{BUILT_IN}{name}"), source.clone()));
            let aliases: Vec<(String, Source)> = aliases.collect();
            sources.extend(aliases);
        }
        sources.extend(own);
        // A template that nothing needs may not fit what a project has put in another's place.
        let rules = targets.iter().flat_map(|target| &target.files);
        let mut needed: Vec<&str> = rules.map(|rule| rule.template.as_str()).collect();
        needed.push(ATTRIBUTES_TEMPLATE);
        let others = sources.iter();
        let others = others.filter(|(_, source)| source.path.is_some() || has_components(source));
        needed.extend(others.map(|(name, _)| name.as_str()));
        let needed = with_references(&sources, needed);
        Self::of(sources, &needed)
    }

    /// All built-in templates.
    ///
    /// # Errors
    /// None is known: they are tested.
    pub fn built_in() -> Result<Self, Vec<Diagnostic>> {
        let sources = embedded_sources();
        let names = sources.keys().cloned().collect();
        Self::of(sources, &names)
    }

    fn of(
        sources: BTreeMap<String, Source>,
        needed: &BTreeSet<String>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let own = sources.iter().filter(|(_, source)| source.path.is_some());
        let errors = own.filter_map(|(name, source)| {
            let error = filters::engine()
                .add_raw_template(name, &source.text)
                .err()?;
            failure::is_syntax(&error).then(|| failure::diagnostic(&error, None, &sources))
        });
        let errors: Vec<Diagnostic> = errors.collect();
        if !errors.is_empty() {
            return Err(errors);
        }
        let mut refusing = filters::engine();
        let texts = sources.iter().filter(|(name, _)| needed.contains(*name));
        let texts = texts.map(|(name, source)| (name.as_str(), source.text.as_ref()));
        if let Err(error) = refusing.add_raw_templates(texts) {
            return Err(failure::diagnostics(&error, &sources));
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

    /// The text of a template, and where it stands. A built-in one that is shadowed has its name
    /// behind [`BUILT_IN`].
    #[must_use]
    pub fn source(&self, name: &str) -> Option<&Source> {
        self.sources.get(name)
    }

    /// The text of a built-in template, whether it is shadowed or not.
    #[must_use]
    pub fn embedded(name: &str) -> Option<&'static str> {
        let name = name.strip_prefix(BUILT_IN).unwrap_or(name);
        let found = EMBEDDED.iter().find(|(embedded, _)| *embedded == name);
        found.map(|(_, text)| *text)
    }

    /// The names of the built-in templates, in alphabetical order.
    #[must_use]
    pub fn embedded_names() -> Vec<&'static str> {
        let mut names: Vec<&str> = EMBEDDED.iter().map(|(name, _)| *name).collect();
        names.sort_unstable();
        names
    }

    /// Whether a template stands in the place of a built-in one.
    #[must_use]
    pub fn is_shadowing(&self, name: &str) -> bool {
        let is_own = self.source(name).is_some_and(|own| own.path.is_some());
        is_own && Self::embedded(name).is_some()
    }

    /// The project's own templates.
    pub(super) fn own(&self) -> impl Iterator<Item = (&str, &Source)> {
        let sources = self.sources.iter();
        sources
            .filter(|(_, source)| source.path.is_some())
            .map(|(name, source)| (name.as_str(), source))
    }

    /// The templates that are in use.
    fn loaded(&self) -> impl Iterator<Item = (&str, &Source)> {
        let names = self.refusing.get_template_names();
        names.filter_map(|name| Some((name, self.sources.get(name)?)))
    }

    /// The texts of the templates that share variables with one: those that it extends or
    /// includes, and those that extend or include it.
    pub(super) fn related(&self, template: &str) -> Vec<&str> {
        let below = with_references(&self.sources, vec![template]);
        let is_above = |name: &&str| with_references(&self.sources, vec![name]).contains(template);
        let above = self.loaded().map(|(name, _)| name).filter(is_above);
        let names = above.map(str::to_owned).chain(below);
        names
            .filter_map(|name| Some(self.sources.get(&name)?.text.as_ref()))
            .collect()
    }

    /// The variables of its context that a template may look at, in alphabetical order.
    pub(super) fn variables(&self, template: &str) -> Vec<String> {
        let variables = self.refusing.get_template_variables(template);
        let variables = variables.into_iter().flatten().map(str::to_owned);
        let mut variables: Vec<String> = variables.collect();
        variables.sort();
        variables
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
        text.map_err(|error| {
            let refused = match failure::is_refusal(&error) {
                true => locate::refused(self.loaded(), template, context),
                false => None,
            };
            failure::diagnostic(&error, refused, &self.sources)
        })
    }

    /// Whether some templates, or what they are made of, show what editors show of a code.
    pub(super) fn show_hover<'a>(&self, templates: impl Iterator<Item = &'a str>) -> bool {
        let with_components = self.loaded().filter(|(_, source)| has_components(source));
        let defined = with_components.map(|(name, source)| (name, scan::components(&source.text)));
        let defined: Vec<(&str, Vec<&str>)> = defined.collect();
        let mut seen = BTreeSet::new();
        let mut rest: Vec<String> = templates.map(str::to_owned).collect();
        while let Some(name) = rest.pop() {
            let Some(source) = self.sources.get(&name).filter(|_| seen.insert(name)) else {
                continue;
            };
            if scan::has_member(&source.text, HOVER) {
                return true;
            }
            let used = scan::used_components(&source.text);
            let defining = defined
                .iter()
                .filter(|(_, components)| components.iter().any(|name| used.contains(name)));
            rest.extend(defining.map(|(name, _)| (*name).to_owned()));
            rest.extend(scan::references(&source.text));
        }
        false
    }

    /// What an editor shows of a code: the component [`HOVER`], as Markdown.
    ///
    /// # Errors
    /// The component fails; the diagnostic says where in it.
    pub(super) fn hover(&self, code: &Value) -> Result<String, Diagnostic> {
        let mut context = tera::Context::new();
        context.insert_value("code", code.clone());
        let text = self.refusing.render_component(HOVER, &context, None, true);
        text.map_err(|error| {
            let call = Source {
                path: None,
                text: Arc::from(format!("{{{{ <{HOVER} code={{code}} /> }}}}")),
            };
            let sources = self.loaded().chain([(HOVER, &call)]);
            let refused = match failure::is_refusal(&error) {
                true => locate::refused(sources, HOVER, &context),
                false => None,
            };
            failure::diagnostic(&error, refused, &self.sources)
        })
    }
}

fn embedded_sources() -> BTreeMap<String, Source> {
    let built_in = EMBEDDED.iter().map(|(name, text)| {
        let text = Arc::from(*text);
        ((*name).to_owned(), Source { path: None, text })
    });
    built_in.collect()
}

/// Whether a template defines components, which all others may use.
fn has_components(source: &Source) -> bool {
    source.text.contains("{% component ")
}

/// Templates, and those that they extend or include, as far as they are there.
fn with_references(sources: &BTreeMap<String, Source>, names: Vec<&str>) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    let mut rest: Vec<String> = names.into_iter().map(str::to_owned).collect();
    while let Some(name) = rest.pop() {
        if let Some(source) = sources.get(&name)
            && all.insert(name)
        {
            rest.extend(scan::references(&source.text));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_among_the_templates_is_built_in() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        let files = folder::read(&folder, ".").expect("the folder is there");
        let files: Vec<&str> = files.keys().map(String::as_str).collect();
        let mut embedded: Vec<&str> = EMBEDDED.iter().map(|(name, _)| *name).collect();
        embedded.sort_unstable();
        assert_eq!(files, embedded);
    }
}
