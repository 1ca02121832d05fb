//! Reads how much changes of the documentation weigh in a project.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};
use toml::Spanned;

use super::reader::Reader;
use crate::diff::{ChangeId, FieldKind, Level, Levels};

/// The name that stands for all fields that are not named.
pub(super) const OTHERS: &str = "others";

/// The table `[changes]`: a level for a kind of change, or levels for single fields.
pub(super) type Changes = BTreeMap<Spanned<String>, Spanned<Setting>>;

/// What is said about a kind of change.
#[derive(Debug)]
pub(super) enum Setting {
    Level(String),
    Fields(BTreeMap<Spanned<String>, Spanned<String>>),
}

pub(super) fn read_levels(changes: Changes, reader: &mut Reader) -> Levels {
    let mut levels = Levels::default();
    for (id, entry) in changes {
        let Some(change) = ChangeId::named(id.get_ref()) else {
            let name = id.get_ref();
            let message = format!("there is no change `{name}`; `arkerr diff --list` lists them");
            reader.refuse(id.span(), message);
            continue;
        };
        let span = entry.span();
        match entry.into_inner() {
            Setting::Level(level) => {
                if let Some(level) = read_level(&Spanned::new(span, level), reader) {
                    levels.set(change, None, level);
                }
            }
            Setting::Fields(fields) if change == ChangeId::FieldChanged => {
                for (name, level) in &fields {
                    read_field(name, level, &mut levels, reader);
                }
            }
            Setting::Fields(_) => reader.refuse(span, "only `field-changed` has levels for fields"),
        }
    }
    levels
}

fn read_field(
    name: &Spanned<String>,
    level: &Spanned<String>,
    levels: &mut Levels,
    reader: &mut Reader,
) {
    let field = FieldKind::named(name.get_ref());
    if field.is_none() && name.get_ref() != OTHERS {
        let fields = FieldKind::all().map(FieldKind::name).join(", ");
        let message = format!("the fields are {fields}; `{OTHERS}` is all that are not named");
        return reader.refuse(name.span(), message);
    }
    if let Some(level) = read_level(level, reader) {
        levels.set(ChangeId::FieldChanged, field, level);
    }
}

fn read_level(level: &Spanned<String>, reader: &mut Reader) -> Option<Level> {
    let named = Level::named(level.get_ref());
    if named.is_none() {
        reader.refuse(level.span(), "a change is `breaking`, `notable` or `note`");
    }
    named
}

impl<'de> Deserialize<'de> for Setting {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SettingVisitor;

        impl<'de> Visitor<'de> for SettingVisitor {
            type Value = Setting;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a level, or a table of levels by fields")
            }

            fn visit_str<E: serde::de::Error>(self, level: &str) -> Result<Setting, E> {
                Ok(Setting::Level(level.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Setting, A::Error> {
                BTreeMap::deserialize(MapAccessDeserializer::new(map)).map(Setting::Fields)
            }
        }

        deserializer.deserialize_any(SettingVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn kinds_and_fields_have_levels() {
        let text = "[changes]\ncode-added = 'note'\nfield-changed.message = 'breaking'\n";
        let levels = Config::parse(text).expect("it is right").changes;
        assert_eq!(levels.level(ChangeId::CodeAdded), Level::Note);
        assert_eq!(levels.field_level(FieldKind::Message), Level::Breaking);
        assert_eq!(levels.field_level(FieldKind::Devices), Level::Notable);
        let text = "[changes]\nfield-changed.others = 'breaking'\nfield-changed.devices = 'note'\n";
        let levels = Config::parse(text).expect("it is right").changes;
        let fields = [FieldKind::Title, FieldKind::Devices, FieldKind::Message]
            .map(|field| levels.field_level(field));
        assert_eq!(fields, [Level::Breaking, Level::Note, Level::Breaking]);
        let text = "[changes]\nfield-changed = 'note'\n";
        let levels = Config::parse(text).expect("it is right").changes;
        assert_eq!(levels.field_level(FieldKind::Devices), Level::Note);
    }

    #[test]
    fn what_cannot_be_meant_is_told_with_its_line() {
        let text = "
[changes]
code-gone = 'note'
code-added = 'big'
code-removed.message = 'note'
field-changed.massage = 'note'
field-changed.others = 'big'
";
        let report = Config::parse(text).expect_err("all of it is wrong");
        let lines = report.to_string();
        assert_eq!(
            lines.split('\n').collect::<Vec<_>>(),
            [
                "arkerr.toml:3:1: error[config]: there is no change `code-gone`; `arkerr diff --list` lists them",
                "arkerr.toml:4:14: error[config]: a change is `breaking`, `notable` or `note`",
                "arkerr.toml:5:1: error[config]: only `field-changed` has levels for fields",
                "arkerr.toml:6:15: error[config]: the fields are title, message, description, causes, steps, notes, devices, group, deprecated, extra, column; `others` is all that are not named",
                "arkerr.toml:7:24: error[config]: a change is `breaking`, `notable` or `note`",
            ]
        );
    }
}
