//! How much changes weigh, and what a project may say about that.

use std::collections::BTreeMap;

use serde::Serialize;

use super::kind::{ChangeId, FieldKind};

/// How much a change weighs for those who use the outputs. The heavier, the greater.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Words have changed.
    #[default]
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
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name() == name)
    }

    /// The name, as in the JSON and in `arkerr.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Notable => "notable",
            Self::Note => "note",
        }
    }

    /// The part of a version that a change of this level raises.
    pub(super) fn semver(self) -> &'static str {
        match self {
            Self::Breaking => "major",
            Self::Notable => "minor",
            Self::Note => "patch",
        }
    }
}

/// How much each kind of change weighs in a project.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Levels(BTreeMap<(ChangeId, Option<FieldKind>), Level>);

impl Levels {
    /// Sets the level of a kind of change, or of one field for [`ChangeId::FieldChanged`].
    pub fn set(&mut self, id: ChangeId, field: Option<FieldKind>, level: Level) {
        self.0.insert((id, field), level);
    }

    /// The level of a kind of change.
    pub fn level(&self, id: ChangeId) -> Level {
        let level = self.0.get(&(id, None)).copied();
        level.unwrap_or(id.default_level())
    }

    /// The level of a field.
    pub fn field_level(&self, field: FieldKind) -> Level {
        let own = [Some(field), None].map(|field| (ChangeId::FieldChanged, field));
        let mut levels = own.iter().filter_map(|key| self.0.get(key).copied());
        levels.next().unwrap_or(field.default_level())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_level_of_a_field_goes_before_that_of_all_fields() {
        let mut levels = Levels::default();
        assert_eq!(levels.field_level(FieldKind::Message), Level::Notable);
        assert_eq!(levels.field_level(FieldKind::Steps), Level::Note);
        levels.set(ChangeId::FieldChanged, None, Level::Note);
        levels.set(
            ChangeId::FieldChanged,
            Some(FieldKind::Steps),
            Level::Breaking,
        );
        assert_eq!(levels.field_level(FieldKind::Message), Level::Note);
        assert_eq!(levels.field_level(FieldKind::Steps), Level::Breaking);
    }
}
