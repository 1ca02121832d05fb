//! What changed about a page as a whole.

use super::change::{Change, Value};
use super::changes::Changes;
use super::identifiers::{self, page_names};
use super::kind::{ChangeId, FieldKind};
use super::level::{Level, Levels};
use super::pairing::{PageIndex, Pair, align};
use super::text::all_texts;
use crate::catalog::{Block, Group, Language, Page};

/// The languages that both sides have, the new page's own first.
pub(super) fn shared_languages(old: &Page, new: &Page) -> Vec<Language> {
    let old = languages(old);
    let mut languages = languages(new);
    languages.retain(|language| old.contains(language));
    languages
}

fn languages(page: &Page) -> Vec<Language> {
    let others = page.translations.keys().copied();
    std::iter::once(page.language).chain(others).collect()
}

/// What a page says in one of its languages: its title, its notes and its sections.
fn said(page: &Page, language: Language) -> (&str, &[Block], &[Group]) {
    match page.translations.get(&language) {
        Some(text) if page.language != language => (&text.title, &text.notes, &text.groups),
        _ => (&page.title, &page.notes, &page.groups),
    }
}

/// Compares a page, its codes aside.
pub(super) fn compare(pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let (id, page) = match (&pair.old, &pair.new) {
        (Some(old), Some(new)) => return compare_sides([old, new], changes),
        (Some(old), None) => (ChangeId::PageRemoved, old.page),
        (None, Some(new)) => (ChangeId::PageAdded, new.page),
        (None, None) => return,
    };
    let change = of_one_side(id, page, page.language, changes.levels);
    changes.found.push(change);
}

fn compare_sides(indexes: [&PageIndex<'_>; 2], changes: &mut Changes<'_>) {
    let [old, new] = indexes.map(|index| index.page);
    let about = |id| about(id, new, changes.levels);
    if old.id != new.id {
        changes.found.push(Change {
            old: Value::Text(old.id.clone()),
            new: Value::Text(new.id.clone()),
            ..about(ChangeId::PageRenamed)
        });
    }
    if let (Some(old), Some(names)) = (&old.identifiers, &new.identifiers) {
        let about = about(ChangeId::IdentifierChanged);
        let renamed = identifiers::compare(&page_names(old), &page_names(names), &about);
        changes.found.extend(renamed);
    }
    compare_languages([old, new], changes);
    let mut about = about(ChangeId::FieldChanged);
    // Some saves show devices at sections and not at the title.
    if !old.devices.is_empty() && !new.devices.is_empty() {
        let devices = [old, new].map(|page| Value::from(&page.devices[..]));
        changes.compare(&about, FieldKind::Devices, devices);
    }
    for language in shared_languages(old, new) {
        about.language = (language != new.language).then_some(language);
        compare_texts(indexes, language, &about, changes);
    }
}

fn about(id: ChangeId, page: &Page, levels: &Levels) -> Change {
    let names = page.identifiers.as_ref();
    Change {
        id,
        level: levels.level(id),
        page: page.id.clone(),
        title: Some(page.title.clone()),
        name: names.map(|names| names.type_name.clone()),
        ..Change::default()
    }
}

/// A page, or its text in a language, that one side alone has, with its title there.
fn of_one_side(id: ChangeId, page: &Page, language: Language, levels: &Levels) -> Change {
    let title = Value::Text(said(page, language).0.to_owned());
    let mut change = about(id, page, levels);
    if id == ChangeId::PageRemoved {
        change.old = title;
    } else {
        change.new = title;
    }
    change
}

/// Languages in which one side alone has the page. No constant depends on that; but where the sides
/// have no language in common, nobody has seen whether the texts say the same.
fn compare_languages([old, new]: [&Page; 2], changes: &mut Changes<'_>) {
    let shared = shared_languages(old, new);
    let level = if shared.is_empty() {
        Level::Notable
    } else {
        Level::Note
    };
    for (id, page) in [(ChangeId::PageRemoved, old), (ChangeId::PageAdded, new)] {
        let apart = languages(page).into_iter();
        for language in apart.filter(|language| !shared.contains(language)) {
            let change = of_one_side(id, page, language, changes.levels);
            changes.found.push(Change {
                level,
                language: Some(language),
                ..change
            });
        }
    }
}

fn compare_texts(
    indexes: [&PageIndex<'_>; 2],
    language: Language,
    about: &Change,
    changes: &mut Changes<'_>,
) {
    let [old, new] = indexes.map(|index| said(index.page, language));
    let titles = [old.0, new.0].map(|title| Value::Text(title.to_owned()));
    changes.compare(about, FieldKind::Title, titles);
    let notes = [old.1, new.1].map(|notes| Value::List(all_texts(notes)));
    changes.compare(about, FieldKind::Notes, notes);
    for (_, groups) in align(old.2, new.2, &[|group| Some(&group.title), |_| None]) {
        let lines = groups.map(|group| group.map(lines).unwrap_or_default());
        let [old_text, text] = [0, 1].map(|side| lines[side].get(1..).unwrap_or_default());
        // The heading above codes is one of their own fields.
        let is_above_codes = groups.iter().zip(indexes).any(|(group, index)| {
            group.is_some_and(|group| index.groups.contains(group.title.as_str()))
        });
        if !is_above_codes || old_text != text {
            let lines = lines.map(|lines| Value::from(&lines[..]));
            changes.compare(about, FieldKind::Group, lines);
        }
    }
}

/// A section that is no code: its heading, and its text.
fn lines(group: &Group) -> Vec<String> {
    let mut lines = all_texts(&group.blocks);
    lines.insert(0, group.title.clone());
    lines
}
