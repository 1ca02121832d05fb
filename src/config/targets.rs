//! Reads what `arkerr.toml` says of targets: which there are, and what is chosen about them.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use indexmap::IndexMap;
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use toml::Spanned;

use super::reader::Reader;
use crate::render::target::{Description, Escape, FileRule, OptionValue, Pattern};
use crate::render::{Target, Templates};

/// The key in the table of targets that means all targets which it does not name.
const OTHERS: &str = "others";

/// The value of `targets`: the names of those that there are, or a table of them.
#[derive(Debug)]
pub(super) enum Targets {
    List(Vec<Spanned<String>>),
    Table(BTreeMap<Spanned<String>, Entry>),
}

/// What is said of a target: whether it is on, or what is chosen about it.
#[derive(Debug)]
pub(super) enum Entry {
    Switch(bool),
    Settings(Box<Settings>),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Settings {
    folder: Option<Spanned<String>>,
    layout: Option<Spanned<String>>,
    constants_only: Option<bool>,
    #[serde(default)]
    files: Vec<File>,
    #[serde(default)]
    options: IndexMap<Spanned<String>, OptionValue>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    path: Spanned<String>,
    template: Spanned<String>,
    escape: Option<Spanned<String>>,
}

/// Where the configuration names a template.
#[derive(Debug, Clone)]
pub(super) struct TemplateUse {
    pub(super) template: String,
    pub(super) span: Range<usize>,
}

impl TemplateUse {
    pub(super) fn is_missing(&self, templates: &Templates) -> bool {
        templates.source(&self.template).is_none()
    }
}

/// The targets of a project, in the order of their names, and the templates that it names.
pub(super) fn read(
    targets: Option<Spanned<Targets>>,
    reader: &mut Reader,
) -> (Vec<Target>, Vec<TemplateUse>) {
    let descriptions = Description::all();
    let span = targets.as_ref().map(Spanned::span).unwrap_or_default();
    let mut reading = Reading {
        descriptions,
        reader,
        targets: Vec::new(),
        uses: Vec::new(),
    };
    match targets.map(Spanned::into_inner) {
        None => reading.all_but(&BTreeMap::new()),
        Some(Targets::List(names)) => reading.list(&names),
        Some(Targets::Table(table)) => reading.table(table),
    }
    if reading.targets.is_empty() && reading.reader.is_content() {
        reading.reader.refuse(span, "at least one target is needed");
    }
    let Reading {
        mut targets, uses, ..
    } = reading;
    targets.sort_by(|a, b| a.name.cmp(&b.name));
    (targets, uses)
}

struct Reading<'a> {
    descriptions: Vec<Description>,
    reader: &'a mut Reader,
    targets: Vec<Target>,
    uses: Vec<TemplateUse>,
}

impl Reading<'_> {
    fn description(&self, name: &str) -> Option<&Description> {
        self.descriptions
            .iter()
            .find(|description| description.name == name)
    }

    /// The built-in targets that the table does not name.
    fn all_but(&mut self, table: &BTreeMap<Spanned<String>, Entry>) {
        let is_named = |name: &str| table.keys().any(|key| key.get_ref() == name);
        let others = self
            .descriptions
            .iter()
            .filter(|description| !is_named(description.name));
        let others = others.filter_map(|description| description.target(None));
        self.targets.extend(others);
    }

    fn list(&mut self, names: &[Spanned<String>]) {
        for name in names {
            let built_in = self.description(name.get_ref());
            match built_in.and_then(|description| description.target(None)) {
                Some(target) if self.targets.contains(&target) => self.reader.refuse(
                    name.span(),
                    format!("the target `{}` stands here twice", target.name),
                ),
                Some(target) => self.targets.push(target),
                None => self.refuse_unknown(name),
            }
        }
    }

    fn table(&mut self, table: BTreeMap<Spanned<String>, Entry>) {
        let others = table.iter().find(|(key, _)| key.get_ref() == OTHERS);
        match others {
            Some((_, Entry::Switch(false))) => {}
            Some((key, Entry::Settings(_))) => self.reader.refuse(
                key.span(),
                format!("`{OTHERS}` means all targets that are not named; it is `true` or `false`"),
            ),
            _ => self.all_but(&table),
        }
        for (name, entry) in table {
            match entry {
                _ if name.get_ref() == OTHERS => {}
                Entry::Switch(true) => self.list(&[name]),
                // What is switched off has to be there, lest it was meant to be another.
                Entry::Switch(false) if self.description(name.get_ref()).is_none() => {
                    self.refuse_unknown(&name);
                }
                Entry::Switch(false) => {}
                Entry::Settings(settings) => self.settings(&name, *settings),
            }
        }
    }

    /// The names of the built-in targets, for messages.
    fn known(&self) -> String {
        let known = self.descriptions.iter().map(|known| known.name);
        known.collect::<Vec<_>>().join(", ")
    }

    fn refuse_unknown(&mut self, name: &Spanned<String>) {
        let known = self.known();
        let own = name.get_ref();
        let message = format!(
            "there is no target `{own}`; the targets are {known}, and those with `files` in a table `[targets.{own}]`"
        );
        self.reader.refuse(name.span(), message);
    }

    fn settings(&mut self, name: &Spanned<String>, settings: Settings) {
        let target = match self.description(name.get_ref()).cloned() {
            Some(description) => self.built_in(&description, &settings),
            None => self.own(name, &settings),
        };
        let Some(mut target) = target else {
            return;
        };
        if let Some(folder) = settings.folder {
            target.folder = self.reader.read_target_folder(&folder);
        }
        if let Some(constants_only) = settings.constants_only {
            target.constants_only = constants_only;
        }
        for file in settings.files {
            target.files.extend(self.file(file));
        }
        self.targets.push(target);
    }

    fn built_in(&mut self, description: &Description, settings: &Settings) -> Option<Target> {
        let layout = settings.layout.as_ref();
        let target = description.target(layout.map(|layout| layout.get_ref().as_str()));
        let Some(mut target) = target else {
            let span = layout.map(Spanned::span).unwrap_or_default();
            let name = description.name;
            let message = match quoted(description.layouts.keys()) {
                None => format!("the target `{name}` has one layout only"),
                Some(known) => format!("the layouts of `{name}` are {known}"),
            };
            self.reader.refuse(span, message);
            return None;
        };
        for (option, value) in &settings.options {
            let name = option.get_ref();
            match (description.options.get(name), value) {
                (Some(choice), OptionValue::Text(text)) => {
                    if let Some(refusal) = choice.refusal(text) {
                        self.reader.refuse(option.span(), refusal);
                    }
                    target.options.insert(name.clone(), value.clone());
                }
                (Some(_), _) => self.reader.refuse(option.span(), "this option is a text"),
                (None, _) => {
                    let known = quoted(description.options.keys());
                    let known =
                        known.map_or("it has none".to_owned(), |known| format!("it has {known}"));
                    let target = description.name;
                    let message = format!("the target `{target}` has no option `{name}`; {known}");
                    self.reader.refuse(option.span(), message);
                }
            }
        }
        Some(target)
    }

    /// A target that the project adds.
    fn own(&mut self, name: &Spanned<String>, settings: &Settings) -> Option<Target> {
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if settings.files.is_empty() {
            let own = name.get_ref();
            let message = format!(
                "`{own}` is none of the built-in targets ({}), and one that is added needs `files`",
                self.known()
            );
            self.reader.refuse(name.span(), message);
            return None;
        }
        if !name.get_ref().chars().all(is_name) || name.get_ref().is_empty() {
            let message = "a target is named in Latin letters, digits, `-` and `_`";
            self.reader.refuse(name.span(), message);
        }
        if let Some(layout) = &settings.layout {
            let message = "only built-in targets have layouts";
            self.reader.refuse(layout.span(), message);
        }
        let options = settings.options.iter();
        Some(Target {
            name: name.get_ref().clone(),
            folder: name.get_ref().clone(),
            constants_only: false,
            files: Vec::new(),
            options: options
                .map(|(name, value)| (name.get_ref().clone(), value.clone()))
                .collect(),
        })
    }

    fn file(&mut self, file: File) -> Option<FileRule> {
        let escape = match &file.escape {
            None => Escape::of_file(file.path.get_ref()),
            Some(escape) => Escape::named(escape.get_ref()).unwrap_or_else(|| {
                let message = "text without a filter is `refuse`d, or made `html`";
                self.reader.refuse(escape.span(), message);
                Escape::Refuse
            }),
        };
        self.uses.push(TemplateUse {
            template: file.template.get_ref().clone(),
            span: file.template.span(),
        });
        match Pattern::parse(file.path.get_ref()) {
            Ok(path) => Some(FileRule {
                path,
                template: file.template.into_inner(),
                escape,
            }),
            Err(message) => {
                self.reader.refuse(file.path.span(), message);
                None
            }
        }
    }
}

/// Names as a text lists them; none where there are none.
fn quoted<'a>(names: impl Iterator<Item = &'a String>) -> Option<String> {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

impl<'de> Deserialize<'de> for Targets {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Shape;
        impl<'de> Visitor<'de> for Shape {
            type Value = Targets;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of targets, or a table of them")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut names: A) -> Result<Targets, A::Error> {
                let mut list = Vec::new();
                while let Some(name) = names.next_element()? {
                    list.push(name);
                }
                Ok(Targets::List(list))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Targets, A::Error> {
                let mut table = BTreeMap::new();
                while let Some((name, entry)) = entries.next_entry()? {
                    table.insert(name, entry);
                }
                Ok(Targets::Table(table))
            }
        }
        deserializer.deserialize_any(Shape)
    }
}

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Shape;
        impl<'de> Visitor<'de> for Shape {
            type Value = Entry;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("`true`, `false`, or a table of settings")
            }

            fn visit_bool<E>(self, is_on: bool) -> Result<Entry, E> {
                Ok(Entry::Switch(is_on))
            }

            fn visit_map<A: MapAccess<'de>>(self, settings: A) -> Result<Entry, A::Error> {
                let settings = MapAccessDeserializer::new(settings);
                Settings::deserialize(settings).map(|settings| Entry::Settings(Box::new(settings)))
            }
        }
        deserializer.deserialize_any(Shape)
    }
}
