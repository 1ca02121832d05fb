//! The templates of a project: its own, and the built-in ones behind them.
//!
//! To the engine, a built-in template is called `builtin/NAME`, which is also what it looks for
//! where a project has no template `NAME` of its own.

mod embedded;
mod failure;
mod folder;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use tera::Tera;

use super::filters;
use super::target::{Escape, Target};
use crate::budget::Budget;
use crate::file::lossy_text;
use crate::problem::{Diagnostic, Report, SourceText};
use embedded::EMBEDDED;

/// The template that every project has, whatever its targets.
pub(super) const ATTRIBUTES_TEMPLATE: &str = "gitattributes";

/// What the files of templates end in.
pub const ENDING: &str = ".tera";

/// What the names of built-in templates begin with, for templates that extend or include them.
pub const BUILT_IN: &str = "builtin/";

/// The text of a template, and where it is.
#[derive(Debug, Clone)]
pub struct Source {
    /// The path of the file, as the user would write it; none for a built-in template.
    pub path: Option<String>,
    /// The text.
    pub text: SourceText,
}

/// The templates of a project, ready to be rendered.
#[derive(Debug)]
pub struct Templates {
    /// By the names that the engine has for them.
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
    /// The folder or a template in it cannot be read, or a template is wrong.
    pub fn load(root: &Path, folder: Option<&str>, targets: &[Target]) -> Result<Self, Report> {
        let mut sources = embedded_sources();
        if let Some(folder) = folder {
            sources.extend(folder::read_templates(root, folder)?);
        }
        // A template that nothing needs may not fit what a project has put in another's place.
        let rules = targets.iter().flat_map(|target| &target.files);
        let mut roots: Vec<&str> = rules.map(|rule| rule.template.as_str()).collect();
        roots.push(ATTRIBUTES_TEMPLATE);
        for (name, source) in &sources {
            if source.path.is_some() || has_components(source) {
                roots.push(name);
            }
        }
        let needed = needed(&sources, roots);
        Self::compile(sources, &needed)
    }

    fn compile(
        sources: BTreeMap<String, Source>,
        needed: &BTreeSet<String>,
    ) -> Result<Self, Report> {
        let errors: Vec<Diagnostic> = sources.iter().filter_map(syntax_error).collect();
        if !errors.is_empty() {
            return Err(errors.into());
        }
        let texts = sources
            .iter()
            .filter(|(name, _)| needed.contains(*name))
            .map(|(name, source)| (name, &source.text));
        let mut refusing = engine().map_err(|error| failure::unknown_names(&error))?;
        let added = refusing.add_raw_templates(texts);
        added.map_err(|error| failure::unknown_names(&error))?;
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
        let short = |name| str::strip_prefix(name, BUILT_IN).unwrap_or(name);
        let keys = self.sources.keys().map(String::as_str);
        keys.map(short).collect::<BTreeSet<&str>>().into_iter()
    }

    /// The text of a template, and where it is. A built-in one that is shadowed has its name
    /// behind [`BUILT_IN`].
    pub fn source(&self, name: &str) -> Option<&Source> {
        find(&self.sources, name).map(|(_, source)| source)
    }

    /// The text of a built-in template, whether it is shadowed or not.
    pub fn embedded(name: &str) -> Option<&'static str> {
        let name = name.strip_prefix(BUILT_IN).unwrap_or(name);
        let is_named = |(own, text): &(&str, &'static str)| (*own == name).then_some(*text);
        EMBEDDED.iter().find_map(is_named)
    }

    /// The names of the built-in templates, in alphabetical order.
    pub fn embedded_names() -> Vec<&'static str> {
        let mut names: Vec<&str> = EMBEDDED.iter().map(|(name, _)| *name).collect();
        names.sort_unstable();
        names
    }

    /// Whether a template is in the place of a built-in one.
    pub fn is_shadowing(&self, name: &str) -> bool {
        self.sources.contains_key(name) && Self::embedded(name).is_some()
    }

    /// The templates that are in use.
    fn loaded(&self) -> impl Iterator<Item = (&str, &Source)> {
        let names = self.refusing.get_template_names();
        names.filter_map(|name| Some((name, self.sources.get(name)?)))
    }

    /// The variables of its context that a template may look at.
    pub(super) fn variables(&self, template: &str) -> Vec<String> {
        let variables = self.refusing.get_template_variables(template);
        variables.into_iter().flatten().map(str::to_owned).collect()
    }

    /// Renders a template; `output` says what is to be made of it. None where that is more than the
    /// budget has.
    ///
    /// # Errors
    /// The template fails; the problem says where in it.
    pub(super) fn render(
        &self,
        template: &str,
        escape: Escape,
        context: &tera::Context,
        budget: &Budget,
        output: impl FnOnce() -> String,
    ) -> Result<Option<String>, Report> {
        let tera = match escape {
            Escape::Refuse => &self.refusing,
            Escape::Html => &self.html,
        };
        let mut counted = Counted {
            bytes: Vec::new(),
            budget,
        };
        match tera.render_to(template, context, &mut counted) {
            _ if budget.is_exceeded() => Ok(None),
            Ok(()) => Ok(Some(lossy_text(counted.bytes))),
            Err(error) => Err(self.failure(&error, template, context, output()).into()),
        }
    }
}

/// An output in the making, which refuses what is more than a budget has.
struct Counted<'a> {
    bytes: Vec<u8>,
    budget: &'a Budget,
}

impl Write for Counted<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.budget.spend(bytes.len()) {
            return Err(ErrorKind::FileTooLarge.into());
        }
        self.bytes.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The engine with the filters, which looks for built-in templates where there is no own one.
fn engine() -> Result<Tera, tera::Error> {
    let mut tera = filters::engine();
    tera.set_fallback_prefixes([BUILT_IN])?;
    Ok(tera)
}

fn embedded_sources() -> BTreeMap<String, Source> {
    let built_in = |(name, text): &(&str, &str)| {
        let text = SourceText::from(*text);
        (format!("{BUILT_IN}{name}"), Source { path: None, text })
    };
    EMBEDDED.iter().map(built_in).collect()
}

/// What the engine says of an own template that it cannot read; nothing of one that it can.
fn syntax_error((name, source): (&String, &Source)) -> Option<Diagnostic> {
    source.path.as_ref()?;
    let error = filters::engine()
        .add_raw_template(name, &source.text)
        .err()?;
    failure::syntax_error(&error, name, source)
}

/// Whether a template defines components, which all others may use.
fn has_components(source: &Source) -> bool {
    source.text.contains("{% component ")
}

/// A template as the engine finds it: an own one, else the built-in one.
fn find<'a>(sources: &'a BTreeMap<String, Source>, name: &str) -> Option<(&'a String, &'a Source)> {
    let own = sources.get_key_value(name);
    own.or_else(|| sources.get_key_value(&format!("{BUILT_IN}{name}")))
}

/// Templates, and those whose names are between quotes in them, to be extended or included.
fn needed(sources: &BTreeMap<String, Source>, roots: Vec<&str>) -> BTreeSet<String> {
    let mut needed = BTreeSet::new();
    let mut rest: Vec<String> = roots.into_iter().map(str::to_owned).collect();
    while let Some(name) = rest.pop() {
        let Some((name, source)) = find(sources, &name) else {
            continue;
        };
        if needed.insert(name.clone()) {
            let quoted = source.text.split(['"', '\'', '`']).map(str::to_owned);
            rest.extend(quoted);
        }
    }
    needed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_among_the_templates_is_built_in() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        let entries = walkdir::WalkDir::new(&folder).sort_by_file_name();
        let files = entries.into_iter().filter_map(|entry| {
            let path = entry.expect("the folder can be read").into_path();
            let name = path.strip_prefix(&folder).ok()?.to_str()?.to_owned();
            (path.is_file() && !name.ends_with("target.toml")).then_some(name)
        });
        for file in files {
            let (text, is_template) = match file.strip_suffix(ENDING) {
                Some(name) => (Templates::embedded(name), true),
                None => (Templates::embedded(&file), false),
            };
            let text = text.unwrap_or_else(|| panic!("{file} is not built in"));
            let has_tags = ["{{", "{%", "{#"].iter().any(|tag| text.contains(tag));
            assert_eq!(has_tags, is_template, "{file}");
        }
    }
}
