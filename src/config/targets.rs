//! Reads what `arkerr.toml` says about targets: which the project has, and their settings.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde::Deserialize;
use serde::de::Deserializer;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::reader::{Reader, checked_text};
use crate::path::is_plain_folder;
use crate::render::Target;
use crate::render::target::{Description, Escape, FileRule, OptionValue, Pattern};

/// The key in the table of targets that means all targets which it does not name.
const OTHERS: &str = "others";

/// The settings of a target.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Settings {
    #[serde(deserialize_with = "folder")]
    folder: Option<String>,
    layout: Option<Spanned<String>>,
    constants_only: Option<bool>,
    files: Vec<File>,
    options: IndexMap<Spanned<String>, OptionValue>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    path: Spanned<String>,
    template: Spanned<String>,
    escape: Option<Spanned<String>>,
}

/// The targets of a project, in the order of their names, and the templates that it names.
pub(super) fn read_targets(
    targets: Option<Spanned<DeValue<'_>>>,
    reader: &mut Reader,
) -> (Vec<Target>, Vec<Spanned<String>>) {
    let targets = targets.unwrap_or_else(|| Spanned::new(0..0, DeValue::Table(DeTable::new())));
    let span = targets.span();
    let mut selection = Selection {
        descriptions: &Description::all(),
        reader,
        targets: Vec::new(),
        templates: Vec::new(),
    };
    match targets.get_ref() {
        DeValue::Table(table) => selection.add_table(table),
        DeValue::Array(_) => {
            let names: Option<BTreeSet<Spanned<String>>> = selection.reader.read_value(targets);
            for name in names.iter().flatten() {
                selection.add(name, Settings::default());
            }
        }
        _ => selection.refuse_type(&targets, "a list of targets, or a table of them"),
    }
    if selection.targets.is_empty() && selection.reader.report.is_empty() {
        selection
            .reader
            .refuse(span, "at least one target is needed");
    }
    selection.targets.sort_by(|a, b| a.name.cmp(&b.name));
    (selection.targets, selection.templates)
}

/// The targets that were selected so far.
struct Selection<'a> {
    descriptions: &'a [Description],
    reader: &'a mut Reader,
    targets: Vec<Target>,
    templates: Vec<Spanned<String>>,
}

impl<'a> Selection<'a> {
    fn description(&self, name: &str) -> Option<&'a Description> {
        self.descriptions.iter().find(|known| known.name == name)
    }

    fn add_table(&mut self, table: &DeTable<'_>) {
        self.add_others(table);
        for (name, value) in table.iter().filter(|(name, _)| name.get_ref() != OTHERS) {
            let name = Spanned::new(name.span(), name.get_ref().to_string());
            match value.get_ref() {
                DeValue::Boolean(true) => self.add(&name, Settings::default()),
                // Unknown names are rejected here as well: they are probably typos.
                DeValue::Boolean(false) if self.description(name.get_ref()).is_none() => {
                    self.refuse_unknown(&name);
                }
                DeValue::Boolean(false) => {}
                DeValue::Table(_) => {
                    let problems = self.reader.report.diagnostics().len();
                    // What was left out of the settings must not look like another problem.
                    if let Some(settings) = self.reader.read_value(value.clone())
                        && self.reader.report.diagnostics().len() == problems
                    {
                        self.add(&name, settings);
                    }
                }
                _ => self.refuse_type(value, "`true`, `false`, or a table of settings"),
            }
        }
    }

    /// Adds the built-in targets that the table does not name, unless it switches them off.
    fn add_others(&mut self, table: &DeTable<'_>) {
        match table.get_key_value(OTHERS) {
            Some((key, value)) if !value.get_ref().is_bool() => self.reader.refuse(
                key.span(),
                format!("`{OTHERS}` means all targets that are not named; it is `true` or `false`"),
            ),
            Some((_, value)) if value.get_ref().as_bool() == Some(false) => {}
            _ => {
                let is_named = |target: &&Description| table.contains_key(target.name);
                let others = self.descriptions.iter().filter(|target| !is_named(target));
                self.targets
                    .extend(others.filter_map(|target| target.target(None)));
            }
        }
    }

    fn add(&mut self, name: &Spanned<String>, settings: Settings) {
        let target = match self.description(name.get_ref()) {
            Some(description) => self.built_in(description, &settings),
            None => self.own(name, &settings),
        };
        let Some(mut target) = target else {
            return;
        };
        target.folder = settings.folder.unwrap_or(target.folder);
        target.constants_only = settings.constants_only.unwrap_or(target.constants_only);
        let options = settings.options.into_iter();
        target
            .options
            .extend(options.map(|(name, value)| (name.into_inner(), value)));
        for file in settings.files {
            target.files.extend(self.file(file));
        }
        self.targets.push(target);
    }

    /// A built-in target, in a layout and with options that it has.
    fn built_in(&mut self, description: &Description, settings: &Settings) -> Option<Target> {
        let name = description.name;
        let layout = settings.layout.as_ref();
        let target = description.target(layout.map(|layout| layout.get_ref().as_str()));
        if target.is_none() {
            let message = match quoted(description.layouts.keys()).as_str() {
                "" => format!("the target `{name}` has one layout only"),
                known => format!("the layouts of `{name}` are {known}"),
            };
            self.reader
                .refuse(layout.map(Spanned::span).unwrap_or_default(), message);
            return None;
        }
        for (option, value) in &settings.options {
            let refusal = match (description.options.get(option.get_ref()), value) {
                (Some(choice), OptionValue::Text(text)) => choice.refusal(text).map(str::to_owned),
                (Some(_), _) => Some("this option is a text".to_owned()),
                (None, _) => Some(match quoted(description.options.keys()).as_str() {
                    "" => format!("the target `{name}` has no option `{option}`; it has none"),
                    known => {
                        format!("the target `{name}` has no option `{option}`; it has {known}")
                    }
                }),
            };
            if let Some(refusal) = refusal {
                self.reader.refuse(option.span(), refusal);
            }
        }
        target
    }

    /// A target that the project adds.
    fn own(&mut self, name: &Spanned<String>, settings: &Settings) -> Option<Target> {
        if settings.files.is_empty() {
            self.refuse_unknown(name);
            return None;
        }
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let is_named = !name.get_ref().is_empty() && name.get_ref().chars().all(is_name);
        let message = "a target is named in Latin letters, digits, `-` and `_`";
        self.reader.require(is_named, name, message);
        if let Some(layout) = &settings.layout {
            self.reader
                .refuse(layout.span(), "only built-in targets have layouts");
        }
        Some(Target {
            name: name.get_ref().clone(),
            folder: name.get_ref().clone(),
            constants_only: false,
            files: Vec::new(),
            options: IndexMap::new(),
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
        self.templates.push(file.template.clone());
        let path = Pattern::parse(file.path.get_ref())
            .map_err(|message| self.reader.refuse(file.path.span(), message));
        Some(FileRule {
            path: path.ok()?,
            template: file.template.into_inner(),
            escape,
        })
    }

    fn refuse_unknown(&mut self, name: &Spanned<String>) {
        let names = self.descriptions.iter().map(|known| known.name);
        let known = names.collect::<Vec<_>>().join(", ");
        let message = format!(
            "there is no target `{name}`; the targets are {known}, and those with `files` in a table `[targets.{name}]`"
        );
        self.reader.refuse(name.span(), message);
    }

    fn refuse_type(&mut self, value: &Spanned<DeValue<'_>>, expected: &str) {
        let written = self.reader.text.get(value.span()).unwrap_or_default();
        let kind = value.get_ref().type_str();
        let message = format!("invalid type: {kind} {written}, expected {expected}");
        self.reader.refuse(value.span(), message);
    }
}

/// Names as a message lists them.
fn quoted<'a>(names: impl Iterator<Item = &'a String>) -> String {
    let quoted: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

/// The folder of a target, below the output folder; empty for that folder itself.
fn folder<'de, D: Deserializer<'de>>(value: D) -> Result<Option<String>, D::Error> {
    checked_text(value, |text| {
        let text = text.trim_end_matches('/');
        // Git has a meaning for these.
        let is_special = |c: char| c.is_whitespace() || "[]!#".contains(c);
        if matches!(text, "" | ".") {
            Ok(Some(String::new()))
        } else if is_plain_folder(text) && !text.contains(is_special) {
            Ok(Some(text.to_owned()))
        } else {
            Err(
                "the folder of a target is a path below the output folder, such as `packages/rust`; `.` is that folder itself",
            )
        }
    })
}
