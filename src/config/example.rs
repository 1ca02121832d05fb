//! An `arkerr.toml` in which every key stands as a comment, with its meaning and its default.

use std::fmt::Write as _;

use super::changes::OTHERS;
use crate::diff::{self, ChangeId, FieldKind};
use crate::lint::{self, Lint};
use crate::render::target::Description;

/// What can only be told by people. What the code has lists of is told from those.
const PROJECT: &str = include_str!("example/project.toml");
const OWN_TARGET: &str = include_str!("example/own-target.toml");
const FETCH: &str = include_str!("example/fetch.toml");
const PAGES: &str = include_str!("example/pages.toml");

/// The text of an `arkerr.toml` that says nothing yet, and explains all that it may say.
#[must_use]
pub fn example() -> String {
    let mut text = PROJECT.to_owned();
    push_targets(&mut text);
    text.push_str(OWN_TARGET);
    push_lints(&mut text);
    push_changes(&mut text);
    text.push_str(FETCH);
    text.push_str(PAGES);
    text
}

fn push_targets(text: &mut String) {
    text.push_str(
        "\n# The targets, which are what arkerr writes. A target is on or off, or on with settings:\n\
         # `folder`, below the output folder; `layout`, how its files are arranged; `constants_only`,\n\
         # whether a page without constants has no file; `options`.\n\
         \n\
         # The targets of which nothing is said here.\n\
         #targets.others = true\n\
         \n\
         # Switches a target off, or on with `true`. It cannot stand beside settings of the same\n\
         # target, such as `targets.c.folder`, which switch it on. An example:\n\
         #targets.c = false\n",
    );
    for description in Description::all() {
        push_target(text, &description);
    }
}

fn push_target(text: &mut String, description: &Description) {
    let name = description.name;
    push_prose(text, &description.about);
    let _ = writeln!(text, "#targets.{name}.folder = \"{name}\"");
    if let Some(target) = description.target(None) {
        let is_so = target.constants_only;
        let _ = writeln!(text, "#targets.{name}.constants_only = {is_so}");
    }
    if let Some(first) = description.layouts.keys().next() {
        for (layout, about) in &description.layouts {
            let _ = writeln!(text, "# \"{layout}\": {about}");
        }
        let _ = writeln!(text, "#targets.{name}.layout = \"{first}\"");
    }
    for (option, choice) in &description.options {
        let _ = writeln!(text, "# {}", choice.about);
        let default = toml::Value::from(choice.default.as_str());
        let _ = writeln!(text, "#targets.{name}.options.{option} = {default}");
    }
}

fn push_lints(text: &mut String) {
    push_prose(
        text,
        "How much the lints weigh: \"off\", \"warn\", or \"error\", which stops generate and check too",
    );
    let levels = lint::Levels::default();
    for lint in Lint::ALL {
        let level = levels.of(lint).name();
        let _ = writeln!(text, "\n# {}", lint.summary());
        let _ = writeln!(text, "#lints.{} = \"{level}\"", lint.id());
    }
}

fn push_changes(text: &mut String) {
    push_prose(
        text,
        "How much changes of the documentation weigh: \"breaking\", \"notable\" or \"note\"",
    );
    let levels = diff::Levels::default();
    let kinds = ChangeId::ALL.into_iter();
    for kind in kinds.filter(|kind| *kind != ChangeId::FieldChanged) {
        let level = levels.of(kind).name();
        let _ = writeln!(text, "\n# {}", kind.summary());
        let _ = writeln!(text, "#changes.{} = \"{level}\"", kind.id());
    }
    let changed = ChangeId::FieldChanged.id();
    push_prose(
        text,
        &format!(
            "The fields of a code, in one level for each. `{OTHERS}` is those that are not named; it has no default of its own, and this is an example"
        ),
    );
    let _ = writeln!(text, "#changes.{changed}.{OTHERS} = \"note\"");
    for field in FieldKind::ALL {
        let level = levels.of_field(field).name();
        let _ = writeln!(text, "\n# {}", field.summary());
        let field = field.name();
        let _ = writeln!(text, "#changes.{changed}.{field} = \"{level}\"");
    }
}

/// A comment before settings, as a sentence, in lines of a bearable length.
fn push_prose(text: &mut String, prose: &str) {
    let options = textwrap::Options::new(100)
        .initial_indent("# ")
        .subsequent_indent("# ");
    let prose = format!("{prose}.");
    let _ = writeln!(text, "\n{}", textwrap::fill(&prose, options));
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::Arc;

    use super::*;
    use crate::config::Config;

    /// The settings of the example, one by one.
    fn settings() -> Vec<String> {
        let text = example();
        let settings = text.lines().filter_map(|line| line.strip_prefix('#'));
        let settings = settings.filter(|line| !line.is_empty() && !line.starts_with(' '));
        settings.map(str::to_owned).collect()
    }

    /// The keys that the reader knows in a table, by what it says of one that it does not know.
    /// None where it does not know the table.
    fn known_keys(text: &str) -> Vec<String> {
        let problems = Config::parse(text).expect_err("there is no such key");
        let message = &problems[0].message;
        let (unknown, known) = message.split_once(", expected ").expect("it lists them");
        match unknown {
            "unknown field `no_such_key`" => {}
            _ => return Vec::new(),
        }
        known
            .split('`')
            .skip(1)
            .step_by(2)
            .map(str::to_owned)
            .collect()
    }

    /// Whether the reader knows the tables that a setting is in.
    fn is_known(setting: &str) -> bool {
        let tables = known_keys("no_such_key = 1");
        let first = setting.split([' ', '.']).next().unwrap_or_default();
        tables.iter().any(|table| table == first)
    }

    #[test]
    fn the_example_says_nothing() {
        let text = example();
        assert!(
            text.lines()
                .all(|line| line.is_empty() || line.starts_with('#'))
        );
        let config = Config::parse(&text).expect("comments are fine");
        let default = Config::parse("").expect("nothing is fine");
        assert_eq!(config.targets, default.targets);
    }

    #[test]
    fn every_setting_can_be_meant() {
        let settings = settings();
        assert!(settings.len() > 50, "{settings:#?}");
        for setting in settings.iter().filter(|setting| is_known(setting)) {
            if let Err(problems) = Config::parse(setting) {
                panic!("{setting}\n{problems:#?}");
            }
        }
    }

    #[test]
    fn all_settings_can_be_meant_at_once() {
        // It is said of this one that it conflicts with others.
        let settings = settings().into_iter();
        let settings =
            settings.filter(|setting| is_known(setting) && setting != "targets.c = false");
        let text: String = settings.map(|setting| setting + "\n").collect();
        let config = Config::parse(&text).unwrap_or_else(|problems| panic!("{problems:#?}"));
        assert_eq!(
            config.changes.of_field(FieldKind::Devices),
            diff::Level::Notable
        );
    }

    #[test]
    fn every_setting_but_the_examples_states_the_default() {
        // An address for all languages is another thing than one for each, which is the default.
        let examples = [
            "templates",
            "targets.kotlin",
            "targets.c",
            "changes.field-changed.others",
            "fetch.api",
        ];
        for setting in settings().iter().filter(|setting| is_known(setting)) {
            let (key, _) = setting.split_once(" = ").expect("it has a value");
            let is_example = examples.contains(&key) || key.starts_with("pages.");
            assert_eq!(state(setting) != state(""), is_example, "{setting}");
        }
    }

    /// All that a text says of a project.
    fn state(text: &str) -> String {
        let config = Config::parse(text).expect("another test has read it");
        let lints = Lint::ALL.map(|lint| config.lints.of(lint));
        let kinds = ChangeId::ALL.map(|kind| config.changes.of(kind));
        let fields = FieldKind::ALL.map(|field| config.changes.of_field(field));
        // A level that is set to its default is not remembered as one that is not set.
        let config = Config {
            lints: lint::Levels::default(),
            changes: diff::Levels::default(),
            text: Arc::from(""),
            ..config
        };
        format!("{config:?} {lints:?} {kinds:?} {fields:?}")
    }

    #[test]
    fn every_key_of_the_reader_is_there() {
        let tables = [
            ("", "no_such_key = 1"),
            ("targets.*.", "targets.arkts.no_such_key = 1"),
            (
                "targets.*.files.",
                "targets.x.files = [{ no_such_key = 1 }]",
            ),
            ("fetch.", "fetch.no_such_key = 1"),
            ("pages.*.", "pages.x.no_such_key = 1"),
        ];
        let mut told = BTreeSet::new();
        for setting in settings() {
            let table: toml::Table = toml::from_str(&setting).expect("it is TOML");
            push_keys("", &table, &mut told);
        }
        for (path, text) in tables {
            for key in known_keys(text) {
                assert!(
                    told.contains(&format!("{path}{key}")),
                    "{path}{key} is not told"
                );
            }
        }
    }

    /// The paths of the keys of a table, with `*` for the names of targets and pages.
    fn push_keys(path: &str, table: &toml::Table, keys: &mut BTreeSet<String>) {
        for (key, value) in table {
            let key = match path {
                "targets." | "pages." => "*",
                _ => key,
            };
            keys.insert(format!("{path}{key}"));
            let path = format!("{path}{key}.");
            match value {
                toml::Value::Table(table) => push_keys(&path, table, keys),
                toml::Value::Array(items) => {
                    let tables = items.iter().filter_map(toml::Value::as_table);
                    tables.for_each(|table| push_keys(&path, table, keys));
                }
                _ => {}
            }
        }
    }
}
