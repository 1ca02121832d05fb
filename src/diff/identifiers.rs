//! What changed about the names that the outputs have for pages and codes.

use super::change::{Change, Value};
use super::level::Level;
use crate::catalog::{CodeIdentifiers, PageIdentifiers};

/// A name in its two spellings: the constant and the variant of a code, the enum and the module of
/// a page. An old name of a page has none for the module.
type Spellings<'a> = [Option<&'a str>; 2];

/// All names of a code or a page.
pub(super) struct Called<'a> {
    name: Spellings<'a>,
    aliases: Vec<Spellings<'a>>,
}

impl<'a> From<&'a CodeIdentifiers> for Called<'a> {
    fn from(names: &'a CodeIdentifiers) -> Self {
        let aliases = names.aliases.iter();
        Self {
            name: [Some(&names.constant), Some(&names.variant)],
            aliases: aliases
                .map(|alias| [Some(alias.constant.as_str()), Some(alias.variant.as_str())])
                .collect(),
        }
    }
}

impl<'a> From<&'a PageIdentifiers> for Called<'a> {
    fn from(names: &'a PageIdentifiers) -> Self {
        let aliases = names.aliases.iter();
        Self {
            name: [Some(&names.type_name), Some(&names.module)],
            aliases: aliases.map(|alias| [Some(alias.as_str()), None]).collect(),
        }
    }
}

impl<'a> Called<'a> {
    fn has(&self, spelling: usize, text: &str) -> bool {
        let mut names = std::iter::once(&self.name).chain(&self.aliases);
        names.any(|name| name[spelling] == Some(text))
    }

    /// The old names that another side does not have, each in the first spelling that it lacks.
    fn aliases_apart(&self, other: &Called<'_>) -> Vec<&'a str> {
        let lacking = |alias: &Spellings<'a>| {
            let mut spellings = alias.iter().enumerate();
            spellings.find_map(|(at, text)| text.filter(|text| !other.has(at, text)))
        };
        self.aliases.iter().filter_map(lacking).collect()
    }
}

/// Another name, old names that are gone, and old names that there are now. Where the old name is
/// kept beside the new one, nobody has to act at once. `about` is a change without values.
pub(super) fn compare(old: &Called<'_>, new: &Called<'_>, about: &Change) -> Vec<Change> {
    let notable = about.level.min(Level::Notable);
    let change = |level, old: Option<&str>, new: Option<&str>| Change {
        level,
        old: Value::from(old),
        new: Value::from(new),
        ..about.clone()
    };
    let mut changes = Vec::new();
    if let Some(at) = (0..2).find(|&at| old.name[at] != new.name[at]) {
        let is_old = |alias: &Spellings<'_>| {
            let mut spellings = alias.iter().zip(old.name);
            spellings.all(|(text, old)| text.is_none() || *text == old)
        };
        let is_kept = new.aliases.iter().any(is_old);
        let level = if is_kept { notable } else { about.level };
        changes.push(change(level, old.name[at], new.name[at]));
    }
    let gone = old.aliases_apart(new).into_iter();
    changes.extend(gone.map(|alias| change(about.level, Some(alias), None)));
    let come = new.aliases_apart(old).into_iter();
    changes.extend(come.map(|alias| change(notable, None, Some(alias))));
    changes
}
