//! How much changes weigh, and what a project may say about that.

use std::collections::BTreeMap;

use serde::Serialize;

use super::kind::{ChangeId, Field};

/// How much a change weighs for those who use the outputs. The heavier, the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Words have changed.
    Note,
    /// There is something to look at: a new code, another message.
    Notable,
    /// A constant disappears, or changes its value or name.
    Breaking,
}

impl Level {
    /// All levels, the heaviest first.
    pub const ALL: [Self; 3] = [Self::Breaking, Self::Notable, Self::Note];

    /// The level of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name() == name)
    }

    /// The name, as in the JSON and in `arkerr.toml`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Notable => "notable",
            Self::Note => "note",
        }
    }
}

/// How much each kind of change weighs in a project.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Levels {
    changes: BTreeMap<ChangeId, Level>,
    fields: BTreeMap<&'static str, Level>,
}

impl Levels {
    /// Sets the level of a kind of change; of all fields for [`ChangeId::FieldChanged`].
    pub fn set(&mut self, id: ChangeId, level: Level) {
        self.changes.insert(id, level);
    }

    /// Sets the level of a field, by one of [`Field::NAMES`].
    pub fn set_field(&mut self, name: &'static str, level: Level) {
        self.fields.insert(name, level);
    }

    /// The level of a change.
    #[must_use]
    pub fn of(&self, id: ChangeId, field: Option<&Field>) -> Level {
        match field {
            Some(field) => self.of_field(field.name()),
            None => self.changes.get(&id).copied().unwrap_or(default_of(id)),
        }
    }

    /// The level of a field, by one of [`Field::NAMES`].
    #[must_use]
    pub fn of_field(&self, name: &str) -> Level {
        let all_fields = self.changes.get(&ChangeId::FieldChanged);
        let level = self.fields.get(name).or(all_fields);
        level.copied().unwrap_or(default_of_field(name))
    }
}

fn default_of(id: ChangeId) -> Level {
    match id {
        ChangeId::PageRemoved
        | ChangeId::PageRenamed
        | ChangeId::CodeRemoved
        | ChangeId::CodeMoved
        | ChangeId::IdentifierChanged => Level::Breaking,
        ChangeId::PageAdded | ChangeId::CodeAdded | ChangeId::CodeReturned => Level::Notable,
        ChangeId::FieldChanged => Level::Note,
    }
}

fn default_of_field(name: &str) -> Level {
    match name {
        "message" | "devices" | "deprecated" => Level::Notable,
        _ => Level::Note,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_level_of_a_field_goes_before_that_of_all_fields() {
        let mut levels = Levels::default();
        assert_eq!(levels.of_field("message"), Level::Notable);
        assert_eq!(levels.of_field("steps"), Level::Note);
        levels.set(ChangeId::FieldChanged, Level::Note);
        levels.set_field("steps", Level::Breaking);
        assert_eq!(levels.of_field("message"), Level::Note);
        assert_eq!(levels.of_field("steps"), Level::Breaking);
    }
}
