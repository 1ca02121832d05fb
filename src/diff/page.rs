//! What changed about a page as a whole.

use std::collections::BTreeSet;

use super::change::{Change, Value, change};
use super::identifiers;
use super::kind::{ChangeId, Field};
use super::level::{Level, Levels};
use super::text::{all_texts, same};
use crate::catalog::{Block, ErrorCode, Group, Language, Page};

/// A page on both sides, or on one of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair<'a> {
    pub(super) old: Option<&'a Page>,
    pub(super) new: Option<&'a Page>,
    /// Whether devices are compared: only where both saves of the page show some.
    pub(super) has_devices: bool,
}

impl<'a> Pair<'a> {
    pub(super) fn new(old: Option<&'a Page>, new: Option<&'a Page>) -> Self {
        let has_devices = |page: Option<&Page>| page.is_some_and(shows_devices);
        Self {
            old,
            new,
            has_devices: has_devices(old) && has_devices(new),
        }
    }

    /// The page as the new side has it, where it has it.
    pub(super) fn latest(&self) -> Option<&'a Page> {
        self.new.or(self.old)
    }

    pub(super) fn id(&self) -> &'a str {
        self.latest().map_or("", |page| &page.id)
    }

    /// The languages that both sides have, the new page's own first.
    pub(super) fn shared_languages(&self) -> Vec<Language> {
        let languages = |page: Option<&Page>| page.map(languages).unwrap_or_default();
        let old = languages(self.old);
        let new = languages(self.new).into_iter();
        new.filter(|language| old.contains(language)).collect()
    }

    /// How a change tells its language: not at all where it is the page's own.
    pub(super) fn told(&self, language: Language) -> Option<Language> {
        let own = self.latest().map(|page| page.language);
        (own != Some(language)).then_some(language)
    }
}

/// Whether a save of a page shows devices at its codes. Some forms have them at the title alone.
fn shows_devices(page: &Page) -> bool {
    let has_devices = |code: &ErrorCode| {
        !code.devices.is_empty() || code.cases.iter().any(|case| !case.devices.is_empty())
    };
    page.codes.iter().any(has_devices)
}

fn languages(page: &Page) -> Vec<Language> {
    let others = page.translations.keys().copied();
    std::iter::once(page.language).chain(others).collect()
}

/// What changed about a page, its codes aside.
pub(super) fn changes(pair: &Pair<'_>, levels: &Levels) -> Vec<Change> {
    let (old, new) = match (pair.old, pair.new) {
        (Some(old), Some(new)) => (old, new),
        (Some(old), None) => {
            let removed = ChangeId::PageRemoved;
            return vec![gone_or_come(removed, old, &old.title, levels)];
        }
        (None, Some(new)) => {
            let added = ChangeId::PageAdded;
            return vec![gone_or_come(added, new, &new.title, levels)];
        }
        (None, None) => return Vec::new(),
    };
    let mut changes = Vec::new();
    if old.id != new.id {
        changes.push(Change {
            old: Value::Text(old.id.clone()),
            new: Value::Text(new.id.clone()),
            ..about(ChangeId::PageRenamed, new, levels)
        });
    }
    if let (Some(before), Some(now)) = (&old.identifiers, &new.identifiers) {
        let template = about(ChangeId::IdentifierChanged, new, levels);
        changes.extend(identifiers::of_page(before, now, &template));
    }
    changes.extend(languages_apart(old, new, levels));
    let mut fields = Fields {
        page: new,
        levels,
        language: None,
        changes,
    };
    // Some saves show devices at sections and not at the title.
    if !old.devices.is_empty() && !new.devices.is_empty() {
        let [old, new] = [old, new].map(|page| devices(&page.devices));
        fields.compare(Field::Devices, old, new);
    }
    for language in pair.shared_languages() {
        if let (Some(old), Some(new)) = (Text::of(old, language), Text::of(new, language)) {
            fields.language = pair.told(language);
            fields.compare_texts(&old, &new);
        }
    }
    fields.changes
}

/// The devices as a value.
pub(super) fn devices(devices: &[String]) -> Value {
    match devices {
        [] => Value::None,
        devices => Value::List(devices.to_vec()),
    }
}

/// Whether two values of a field say the same. The order of devices says nothing.
pub(super) fn is_same(field: &Field, old: &Value, new: &Value) -> bool {
    match field {
        Field::Devices => {
            let [old, new] = [old, new].map(|value| BTreeSet::from_iter(value.lines()));
            old == new
        }
        _ => same(old, new),
    }
}

fn about(id: ChangeId, page: &Page, levels: &Levels) -> Change {
    let names = page.identifiers.as_ref();
    Change {
        title: Some(page.title.clone()),
        name: names.map(|names| names.type_name.clone()),
        ..change(id, &page.id, levels)
    }
}

/// A page, or its text in a language, that one side alone has, with its title there.
fn gone_or_come(id: ChangeId, page: &Page, title: &str, levels: &Levels) -> Change {
    let title = Value::Text(title.to_owned());
    let (old, new) = match id {
        ChangeId::PageRemoved => (title, Value::None),
        _ => (Value::None, title),
    };
    Change {
        old,
        new,
        ..about(id, page, levels)
    }
}

/// Languages in which one side alone has the page. No constant depends on that; but where the sides
/// have no language in common, nobody has seen whether the texts say the same.
fn languages_apart(old: &Page, new: &Page, levels: &Levels) -> Vec<Change> {
    let (before, now) = (languages(old), languages(new));
    let level = match before.iter().any(|language| now.contains(language)) {
        true => Level::Note,
        false => Level::Notable,
    };
    let apart = |id, page: &Page, language: Language| {
        let title = Text::of(page, language).map_or(&page.title, |text| text.title);
        Change {
            level,
            language: Some(language),
            ..gone_or_come(id, page, title, levels)
        }
    };
    let removed = before.iter().filter(|language| !now.contains(language));
    let added = now.iter().filter(|language| !before.contains(language));
    let removed = removed.map(|language| apart(ChangeId::PageRemoved, old, *language));
    let added = added.map(|language| apart(ChangeId::PageAdded, new, *language));
    removed.chain(added).collect()
}

/// What a page says in a language.
struct Text<'a> {
    title: &'a String,
    notes: &'a [Block],
    groups: &'a [Group],
    page: &'a Page,
}

impl<'a> Text<'a> {
    fn of(page: &'a Page, language: Language) -> Option<Self> {
        if page.language == language {
            return Some(Self {
                title: &page.title,
                notes: &page.notes,
                groups: &page.groups,
                page,
            });
        }
        let text = page.translations.get(&language)?;
        Some(Self {
            title: &text.title,
            notes: &text.notes,
            groups: &text.groups,
            page,
        })
    }

    /// Whether codes stand below a group, so that they tell when it is called something else.
    fn has_codes(&self, group: &Group) -> bool {
        let mut codes = self.page.codes.iter();
        codes.any(|code| code.group.as_ref() == Some(&group.title))
    }
}

struct Fields<'a> {
    page: &'a Page,
    levels: &'a Levels,
    language: Option<Language>,
    changes: Vec<Change>,
}

impl Fields<'_> {
    fn compare(&mut self, field: Field, old: Value, new: Value) {
        if !is_same(&field, &old, &new) {
            self.changes.push(Change {
                level: self.levels.of(ChangeId::FieldChanged, Some(&field)),
                language: self.language,
                field: Some(field),
                old,
                new,
                ..about(ChangeId::FieldChanged, self.page, self.levels)
            });
        }
    }

    fn compare_texts(&mut self, old: &Text<'_>, new: &Text<'_>) {
        let [old_title, new_title] = [old, new].map(|text| Value::Text(text.title.clone()));
        self.compare(Field::Title, old_title, new_title);
        let [old_notes, new_notes] = [old, new].map(|text| Value::List(all_texts(text.notes)));
        self.compare(Field::Notes, old_notes, new_notes);
        let titles = |text: &Text<'_>| {
            let groups = text.groups.iter();
            groups.map(|group| group.title.clone()).collect::<Vec<_>>()
        };
        let places = align(&titles(old), &titles(new));
        for (before, now) in places {
            let before = before.map(|place| &old.groups[place]);
            let now = now.map(|place| &new.groups[place]);
            let text = |group: Option<&Group>| group.map(|group| all_texts(&group.blocks));
            let has_codes = before.is_some_and(|group| old.has_codes(group))
                || now.is_some_and(|group| new.has_codes(group));
            if has_codes && text(before).unwrap_or_default() == text(now).unwrap_or_default() {
                continue;
            }
            self.compare(Field::Group, section(before), section(now));
        }
    }
}

/// A section as a value: its heading, and its text.
fn section(group: Option<&Group>) -> Value {
    let Some(group) = group else {
        return Value::None;
    };
    let mut lines = vec![group.title.clone()];
    lines.extend(all_texts(&group.blocks));
    Value::List(lines)
}

/// Which of the old belongs to which of the new: those of one title, then those that are left, in
/// their order. What one side has too many stands alone. In the order of the new side.
pub(super) fn align<T: PartialEq>(old: &[T], new: &[T]) -> Vec<(Option<usize>, Option<usize>)> {
    let mut free: Vec<usize> = (0..old.len()).collect();
    let mut partners: Vec<Option<usize>> = vec![None; new.len()];
    for (place, title) in new.iter().enumerate() {
        if let Some(at) = free.iter().position(|&before| old[before] == *title) {
            partners[place] = Some(free.remove(at));
        }
    }
    let mut rest = free.into_iter();
    for partner in partners.iter_mut().filter(|partner| partner.is_none()) {
        *partner = rest.next();
    }
    let pairs = partners.into_iter().enumerate();
    let pairs = pairs.map(|(place, partner)| (partner, Some(place)));
    pairs.chain(rest.map(|place| (Some(place), None))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_one_title_belongs_together_and_the_rest_by_order() {
        let pairs = align(&["a", "b", "c"], &["x", "c", "a"]);
        assert_eq!(
            pairs,
            [(Some(1), Some(0)), (Some(2), Some(1)), (Some(0), Some(2))]
        );
        assert_eq!(
            align(&["a", "b"], &["b"]),
            [(Some(1), Some(0)), (Some(0), None)]
        );
        assert_eq!(
            align(&["a"], &["a", "b"]),
            [(Some(0), Some(0)), (None, Some(1))]
        );
    }
}
