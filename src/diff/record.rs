//! What changed about what two records of one code say.

use super::change::{Change, Value};
use super::fields::{self, Fields, fields, of_case, of_row};
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
    about: Change,
    levels: &Levels,
) -> Vec<Change> {
    let mut records = Records {
        codes,
        has_devices: pair.has_devices(),
        about,
        levels,
        changes: Vec::new(),
    };
    if let (Some(old), Some(new)) = (pair.old, pair.new) {
        for language in pair.shared_languages() {
            records.about.language = pair.told(language);
            records.compare_language([old, new], language);
        }
        records.about.language = None;
        records.compare_shared();
    }
    records.changes
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

/// Two records of one code, while they are compared.
struct Records<'a> {
    codes: [&'a ErrorCode; 2],
    has_devices: bool,
    about: Change,
    levels: &'a Levels,
    changes: Vec<Change>,
}

impl Records<'_> {
    fn compare_fields(&mut self, sides: [Fields; 2]) {
        let changes = fields::compare(sides, &self.about, self.levels);
        self.changes.extend(changes);
    }

    fn compare_language(&mut self, pages: [&Page; 2], language: Language) {
        let codes = self.codes;
        let texts = [0, 1].map(|side| said(pages[side], codes[side], language));
        let is_own =
            texts.iter().all(Option::is_some) && pages.iter().all(|page| page.language == language);
        // The fields of a row are made of its cells.
        if is_own && codes[1].kind == CodeKind::Table {
            self.compare_rows();
        } else {
            self.compare_titles(texts);
            self.compare_cases(texts);
        }
        if is_own {
            let group = |code: &ErrorCode| Value::from(code.group.as_deref());
            self.compare_fields(codes.map(|code| fields([(FieldKind::Group, group(code))])));
        }
    }

    /// Compares what a code says in all languages alike.
    fn compare_shared(&mut self) {
        let has_devices = self.has_devices;
        self.compare_fields(self.codes.map(|code| {
            let devices = Some(&code.devices[..]).filter(|_| has_devices);
            fields([
                (FieldKind::Deprecated, Value::Flag(code.deprecated)),
                (FieldKind::Devices, Value::from(devices.unwrap_or_default())),
            ])
        }));
    }

    /// Compares the cells of two rows. A cell that holds the message weighs as much as a message.
    fn compare_rows(&mut self) {
        let message = |case: &Case| squeezed(&Value::List(texts(&case.message)));
        let messages = self
            .codes
            .map(|code| -> Vec<String> { code.cases.iter().map(message).collect() });
        let first = self.changes.len();
        self.compare_fields(self.codes.map(of_row));
        if messages[0] == messages[1] {
            return;
        }
        let is_message = |cell: &Value| messages.concat().contains(&squeezed(cell));
        for change in &mut self.changes[first..] {
            if is_message(&change.old) || is_message(&change.new) {
                change.level = change
                    .level
                    .max(self.levels.field_level(FieldKind::Message));
            }
        }
    }

    /// Compares titles; with the codes before them, where these are written in another way.
    fn compare_titles(&mut self, said: [Option<Said<'_>>; 2]) {
        let codes = self.codes;
        let is_rewritten = said.iter().all(Option::is_some) && codes[0].code != codes[1].code;
        let title = |code: &ErrorCode, said: Option<Said<'_>>| match said {
            Some((title, _)) if is_rewritten => {
                let words = [Some(code.code.as_str()), title].into_iter().flatten();
                Value::Text(words.collect::<Vec<_>>().join(" "))
            }
            said => Value::from(said.and_then(|(title, _)| title)),
        };
        let titles = [0, 1].map(|side| title(codes[side], said[side]));
        self.compare_fields(titles.map(|title| fields([(FieldKind::Title, title)])));
    }

    fn compare_cases(&mut self, said: [Option<Said<'_>>; 2]) {
        let [old, new] = said.map(|said| said.map_or(&[][..], |(_, cases)| cases));
        let has_several = old.len() > 1 || new.len() > 1;
        // Some saves show devices at the codes and not at their cases.
        let shows_devices = |cases: &[Case]| cases.iter().any(|case| !case.devices.is_empty());
        let has_devices = self.has_devices && shows_devices(old) && shows_devices(new);
        for (place, before, now) in align(old, new, |case| &case.title) {
            if has_several {
                self.about.case = Some(place);
                self.about.case_title = now.or(before).and_then(|case| case.title.clone());
            }
            let mut sides = [before, now].map(|case| case.map(of_case).unwrap_or_default());
            if has_devices {
                for (side, devices) in sides.iter_mut().zip(devices(self.codes, [before, now])) {
                    side.insert(FieldKind::Devices.into(), Value::from(devices));
                }
            }
            self.compare_fields(sides);
        }
        self.about.case = None;
        self.about.case_title = None;
    }
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
