//! What changed about a page as a whole.

use super::change::{Change, Value};
use super::fields::{self, fields, of_group, of_page};
use super::identifiers;
use super::kind::{ChangeId, FieldKind};
use super::level::{Level, Levels};
use super::text::all_texts;
use crate::catalog::{Block, ErrorCode, Group, Language, Page};

/// A page on both sides, or on one of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair<'a> {
    pub(super) old: Option<&'a Page>,
    pub(super) new: Option<&'a Page>,
}

impl<'a> Pair<'a> {
    /// The page as the new side has it, where it has it.
    pub(super) fn latest(&self) -> Option<&'a Page> {
        self.new.or(self.old)
    }

    pub(super) fn id(&self) -> &'a str {
        self.latest().map_or("", |page| &page.id)
    }

    /// The languages that both sides have, the new page's own first.
    pub(super) fn shared_languages(&self) -> Vec<Language> {
        let [old, mut new] =
            [self.old, self.new].map(|page| page.map(languages).unwrap_or_default());
        new.retain(|language| old.contains(language));
        new
    }

    /// How a change tells its language: not at all where it is the page's own.
    pub(super) fn told(&self, language: Language) -> Option<Language> {
        let own = self.latest().map(|page| page.language);
        (own != Some(language)).then_some(language)
    }

    /// Whether devices of codes are compared: only where both saves of the page show some. Some
    /// forms have them at the title alone.
    pub(super) fn has_devices(&self) -> bool {
        let mut pages = [self.old, self.new].into_iter();
        pages.all(|page| page.is_some_and(|page| page.codes.iter().any(ErrorCode::has_devices)))
    }
}

fn languages(page: &Page) -> Vec<Language> {
    let others = page.translations.keys().copied();
    std::iter::once(page.language).chain(others).collect()
}

/// What a page says in a language: its title, its notes and its sections.
fn said(page: &Page, language: Language) -> Option<(&str, &[Block], &[Group])> {
    if page.language == language {
        return Some((&page.title, &page.notes, &page.groups));
    }
    let text = page.translations.get(&language)?;
    Some((&text.title, &text.notes, &text.groups))
}

/// What changed about a page, its codes aside.
pub(super) fn changes(pair: &Pair<'_>, levels: &Levels) -> Vec<Change> {
    let (Some(old), Some(new)) = (pair.old, pair.new) else {
        let removed = pair.old.map(|page| (ChangeId::PageRemoved, page));
        let added = pair.new.map(|page| (ChangeId::PageAdded, page));
        let pages = removed.into_iter().chain(added);
        let of_one_side = |(id, page): (_, &Page)| of_one_side(id, page, page.language, levels);
        return pages.map(of_one_side).collect();
    };
    let mut changes = Vec::new();
    if old.id != new.id {
        changes.push(Change {
            old: Value::from(old.id.as_str()),
            new: Value::from(new.id.as_str()),
            ..about(ChangeId::PageRenamed, new, levels)
        });
    }
    if let (Some(old), Some(names)) = (&old.identifiers, &new.identifiers) {
        let about = about(ChangeId::IdentifierChanged, new, levels);
        changes.extend(identifiers::compare(&old.into(), &names.into(), &about));
    }
    changes.extend(languages_apart(pair, old, new, levels));
    let mut about = about(ChangeId::FieldChanged, new, levels);
    // Some saves show devices at sections and not at the title.
    if !old.devices.is_empty() && !new.devices.is_empty() {
        let devices = |page: &Page| fields([(FieldKind::Devices, Value::from(&page.devices[..]))]);
        let sides = [old, new].map(devices);
        changes.extend(fields::compare(sides, &about, levels));
    }
    for language in pair.shared_languages() {
        about.language = pair.told(language);
        changes.extend(compare_texts([old, new], language, &about, levels));
    }
    changes
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
    let title = Value::from(said(page, language).map(|(title, ..)| title));
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
fn languages_apart(pair: &Pair<'_>, old: &Page, new: &Page, levels: &Levels) -> Vec<Change> {
    let shared = pair.shared_languages();
    let level = if shared.is_empty() {
        Level::Notable
    } else {
        Level::Note
    };
    let apart = |id, page| {
        let mut languages = languages(page);
        languages.retain(|language| !shared.contains(language));
        languages.into_iter().map(move |language| Change {
            level,
            language: Some(language),
            ..of_one_side(id, page, language, levels)
        })
    };
    let removed = apart(ChangeId::PageRemoved, old);
    removed.chain(apart(ChangeId::PageAdded, new)).collect()
}

fn compare_texts(
    [old, new]: [&Page; 2],
    language: Language,
    about: &Change,
    levels: &Levels,
) -> Vec<Change> {
    let [
        Some((old_title, old_notes, old_groups)),
        Some((title, notes, groups)),
    ] = [old, new].map(|page| said(page, language))
    else {
        return Vec::new();
    };
    let texts = [of_page(old_title, old_notes), of_page(title, notes)];
    let mut changes = fields::compare(texts, about, levels);
    // The heading above codes is one of their own fields.
    let has_codes = |page: &Page, group: Option<&Group>| {
        let mut codes = page.codes.iter();
        group.is_some_and(|group| codes.any(|code| code.group.as_ref() == Some(&group.title)))
    };
    for (_, before, now) in align(old_groups, groups, |group| &group.title) {
        let text = |group: Option<&Group>| group.map(|group| all_texts(&group.blocks));
        let stays = text(before).unwrap_or_default() == text(now).unwrap_or_default();
        if !stays || !(has_codes(old, before) || has_codes(new, now)) {
            let groups = [before, now].map(|group| group.map(of_group).unwrap_or_default());
            changes.extend(fields::compare(groups, about, levels));
        }
    }
    changes
}

/// Which of the old belongs to which of the new, with the place on the side that has it: those of
/// one title, then those that are left, in their order. What one side has too many stands alone. In
/// the order of the new side.
pub(super) fn align<'a, T, K: PartialEq>(
    old: &'a [T],
    new: &'a [T],
    title: impl Fn(&'a T) -> K,
) -> Vec<(usize, Option<&'a T>, Option<&'a T>)> {
    let mut free: Vec<usize> = (0..old.len()).collect();
    let mut take = |new: &'a T| {
        let is_it = |place: &usize| title(&old[*place]) == title(new);
        let at = free.iter().position(is_it)?;
        Some(&old[free.remove(at)])
    };
    let mut partners: Vec<Option<&T>> = new.iter().map(&mut take).collect();
    let mut rest = free.into_iter();
    for partner in partners.iter_mut().filter(|partner| partner.is_none()) {
        *partner = rest.next().map(|place| &old[place]);
    }
    let pairs = partners.into_iter().zip(new).enumerate();
    let gone = rest.map(|place| (place, Some(&old[place]), None));
    pairs
        .map(|(place, (partner, new))| (place, partner, Some(new)))
        .chain(gone)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aligned<'a>(old: &'a [char], new: &'a [char]) -> Vec<String> {
        let shown = |side: Option<&char>| side.copied().unwrap_or('-');
        let pairs = align(old, new, |title| title).into_iter();
        pairs
            .map(|(at, old, new)| format!("{at}: {} {}", shown(old), shown(new)))
            .collect()
    }

    #[test]
    fn what_has_one_title_belongs_together_and_the_rest_by_order() {
        assert_eq!(
            aligned(&['a', 'b', 'c'], &['x', 'c', 'a']),
            ["0: b x", "1: c c", "2: a a"]
        );
        assert_eq!(aligned(&['a', 'b'], &['b']), ["0: b b", "0: a -"]);
        assert_eq!(aligned(&['a'], &['a', 'b']), ["0: a a", "1: - b"]);
    }
}
