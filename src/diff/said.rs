//! What changed about what two records of one code say.

use super::change::{Change, Value};
use super::fields::{compare as compare_fields, fields, of_case, of_row};
use super::kind::FieldKind;
use super::level::Levels;
use super::page::{Pair, align};
use super::text::{squeezed, texts};
use crate::catalog::{Case, CodeKind, ErrorCode, Language, Page};

/// Compares an old and a new record of a page that both sides have. `about` is a change of the
/// record, without field and values.
pub(super) fn compare(
    pair: &Pair<'_>,
    codes: [&ErrorCode; 2],
    mut about: Change,
    levels: &Levels,
) -> Vec<Change> {
    let (Some(old_page), Some(new_page)) = (pair.old, pair.new) else {
        return Vec::new();
    };
    let [old, new] = codes;
    let has_devices = pair.has_devices();
    let mut changes = Vec::new();
    for language in pair.shared_languages() {
        about.language = pair.told(language);
        let said = [said(old_page, old, language), said(new_page, new, language)];
        let is_own = said.iter().all(Option::is_some)
            && [old_page, new_page]
                .iter()
                .all(|page| page.language == language);
        // The fields of a row are made of its cells.
        if is_own && new.kind == CodeKind::Table {
            changes.extend(compare_rows(codes, &about, levels));
        } else {
            changes.extend(compare_titles(codes, said, &about, levels));
            changes.extend(compare_cases(codes, said, has_devices, &about, levels));
        }
        if is_own {
            let group = codes.map(|code| Value::from(code.group.as_deref()));
            let group = group.map(|group| fields([(FieldKind::Group, group)]));
            changes.extend(compare_fields(group, &about, levels));
        }
    }
    about.language = None;
    let shared = codes.map(|code| {
        let devices = Some(&code.devices[..]).filter(|_| has_devices);
        fields([
            (FieldKind::Deprecated, Value::Flag(code.deprecated)),
            (FieldKind::Devices, Value::from(devices.unwrap_or_default())),
        ])
    });
    changes.extend(compare_fields(shared, &about, levels));
    changes
}

/// The title and the cases of a code in one language.
type Said<'a> = (Option<&'a str>, &'a [Case]);

fn said<'a>(page: &Page, code: &'a ErrorCode, language: Language) -> Option<Said<'a>> {
    if code.language.unwrap_or(page.language) == language {
        return Some((code.title.as_deref(), &code.cases));
    }
    let text = code.translations.get(&language)?;
    Some((text.title.as_deref(), &text.cases))
}

/// Compares the cells of two rows. A cell that holds the message weighs as much as a message.
fn compare_rows(codes: [&ErrorCode; 2], about: &Change, levels: &Levels) -> Vec<Change> {
    let messages = codes.map(|code| -> Vec<String> {
        let messages = code.cases.iter().map(|case| texts(&case.message));
        messages
            .map(|texts| squeezed(&Value::List(texts)))
            .collect()
    });
    let mut changes = compare_fields(codes.map(of_row), about, levels);
    if messages[0] != messages[1] {
        let is_message = |cell: &Value| {
            messages
                .iter()
                .flatten()
                .any(|text| *text == squeezed(cell))
        };
        for change in &mut changes {
            if is_message(&change.old) || is_message(&change.new) {
                change.level = change.level.max(levels.of_field(FieldKind::Message));
            }
        }
    }
    changes
}

/// Compares titles; with the codes before them, where these are written in another way.
fn compare_titles(
    codes: [&ErrorCode; 2],
    said: [Option<Said<'_>>; 2],
    about: &Change,
    levels: &Levels,
) -> Vec<Change> {
    let is_rewritten = said.iter().all(Option::is_some) && codes[0].code != codes[1].code;
    let title = |code: &ErrorCode, said: Option<Said<'_>>| match said {
        Some((title, _)) if is_rewritten => {
            let words = [Some(code.code.as_str()), title].into_iter().flatten();
            Value::Text(words.collect::<Vec<_>>().join(" "))
        }
        said => Value::from(said.and_then(|(title, _)| title)),
    };
    let titles = [0, 1].map(|side| fields([(FieldKind::Title, title(codes[side], said[side]))]));
    compare_fields(titles, about, levels)
}

fn compare_cases(
    codes: [&ErrorCode; 2],
    said: [Option<Said<'_>>; 2],
    has_devices: bool,
    about: &Change,
    levels: &Levels,
) -> Vec<Change> {
    let [old, new] = said.map(|said| said.map_or(&[][..], |(_, cases)| cases));
    let has_several = old.len() > 1 || new.len() > 1;
    // Some saves show devices at the codes and not at their cases.
    let shows_devices = |cases: &[Case]| cases.iter().any(|case| !case.devices.is_empty());
    let has_devices = has_devices && shows_devices(old) && shows_devices(new);
    let mut changes = Vec::new();
    for (place, before, now) in align(old, new, |case| &case.title) {
        let title = now.or(before).and_then(|case| case.title.clone());
        let about = Change {
            case: has_several.then_some(place),
            case_title: title.filter(|_| has_several),
            ..about.clone()
        };
        let mut sides = [before, now].map(|case| case.map(of_case).unwrap_or_default());
        if has_devices {
            for (side, devices) in sides.iter_mut().zip(devices(codes, [before, now])) {
                side.insert(FieldKind::Devices.into(), Value::from(devices));
            }
        }
        changes.extend(compare_fields(sides, &about, levels));
    }
    changes
}

/// The devices of a case on both sides. Where one side shows none at the case, they are those of the
/// code.
fn devices<'a>(codes: [&'a ErrorCode; 2], cases: [Option<&'a Case>; 2]) -> [&'a [String]; 2] {
    let own = cases.map(|case| case.map_or(&[][..], |case| &case.devices));
    let is_told = cases.iter().all(Option::is_some) && own.iter().any(|own| !own.is_empty());
    [0, 1].map(|side| match own[side] {
        [] if is_told => &codes[side].devices,
        own => own,
    })
}
