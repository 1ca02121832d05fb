//! What changed about what two records of one code say.

use std::collections::HashSet;

use indexmap::{IndexMap, IndexSet};

use super::change::{Change, Value};
use super::changes::Changes;
use super::kind::{Field, FieldKind};
use super::page::shared_languages;
use super::pairing::{Record, align};
use super::text::{call_outs, squeezed, texts};
use crate::catalog::{Case, CodeKind, ErrorCode, Language};

/// Compares an old and a new record. `about` is a change of the record, without field and values.
pub(super) fn compare(records: [Record<'_>; 2], about: Change, changes: &mut Changes<'_>) {
    let [old, new] = records.map(|record| record.index.page);
    let mut comparison = Comparison {
        codes: records.map(|record| record.code),
        has_devices: records.iter().all(|record| record.index.has_devices),
        about,
        changes,
    };
    for language in shared_languages(old, new) {
        let is_own = [old, new].iter().all(|page| page.language == language);
        comparison.about.language = (language != new.language).then_some(language);
        comparison.compare_language(records.map(|record| said(record, language)), is_own);
    }
    comparison.about.language = None;
    comparison.compare_shared();
}

/// The title and the cases of a code in one language.
type Said<'a> = (Option<&'a str>, &'a [Case]);

fn said(record: Record<'_>, language: Language) -> Option<Said<'_>> {
    let code = record.code;
    if code.language.unwrap_or(record.index.page.language) == language {
        return Some((code.title.as_deref(), &code.cases));
    }
    let text = code.translations.get(&language)?;
    Some((text.title.as_deref(), &text.cases))
}

/// What one side says, by what the page calls it.
type Fields = IndexMap<Field, Value>;

/// Two records of one code, while they are compared.
struct Comparison<'a, 'c> {
    codes: [&'a ErrorCode; 2],
    /// Whether devices are compared: only where both saves of the page show some at codes.
    has_devices: bool,
    about: Change,
    changes: &'a mut Changes<'c>,
}

impl Comparison<'_, '_> {
    fn compare(&mut self, field: impl Into<Field>, values: [Value; 2]) {
        self.changes.compare(&self.about, field, values);
    }

    /// Compares several fields, those of the new side first.
    fn compare_all(&mut self, [old, new]: [Fields; 2]) {
        let fields: IndexSet<&Field> = new.keys().chain(old.keys()).collect();
        for field in fields {
            let values = [&old, &new].map(|side| side.get(field).cloned().unwrap_or_default());
            self.compare(field.clone(), values);
        }
    }

    /// `is_own` is whether the language is that of both pages.
    fn compare_language(&mut self, said: [Option<Said<'_>>; 2], is_own: bool) {
        let codes = self.codes;
        let is_own = is_own && said.iter().all(Option::is_some);
        // The fields of a row are made of its cells.
        if is_own && codes[1].kind == CodeKind::Table {
            self.compare_rows();
        } else {
            self.compare_titles(said);
            self.compare_cases(said);
        }
        if is_own {
            let groups = codes.map(|code| Value::from(code.group.clone()));
            self.compare(FieldKind::Group, groups);
        }
    }

    /// Compares what a code says in all languages alike.
    fn compare_shared(&mut self) {
        let deprecated = self.codes.map(|code| Value::Flag(code.deprecated));
        self.compare(FieldKind::Deprecated, deprecated);
        if self.has_devices {
            let devices = self.codes.map(|code| Value::from(&code.devices[..]));
            self.compare(FieldKind::Devices, devices);
        }
    }

    /// Compares the cells of two rows. A cell that holds the message weighs as much as a message.
    fn compare_rows(&mut self) {
        let first = self.changes.found.len();
        let codes = self.codes;
        self.compare_all(codes.map(columns));
        let message = |case: &Case| squeezed(&Value::List(texts(&case.message)));
        let [old, new] = codes.map(|code| Vec::from_iter(code.cases.iter().map(message)));
        if old == new {
            return;
        }
        let messages: HashSet<String> = old.into_iter().chain(new).collect();
        let message_level = self.changes.levels.field_level(FieldKind::Message);
        let is_message = |cell: &Value| messages.contains(&squeezed(cell));
        for change in &mut self.changes.found[first..] {
            if is_message(&change.old) || is_message(&change.new) {
                change.level = change.level.max(message_level);
            }
        }
    }

    /// Compares titles; with the codes before them, where these are written in another way.
    fn compare_titles(&mut self, said: [Option<Said<'_>>; 2]) {
        let codes = self.codes;
        let is_rewritten = said.iter().all(Option::is_some) && codes[0].code != codes[1].code;
        let titles = [0, 1].map(|side| {
            let title = said[side].and_then(|(title, _)| title);
            let code = is_rewritten.then_some(codes[side].code.as_str());
            let words: Vec<&str> = code.into_iter().chain(title).collect();
            Value::from((!words.is_empty()).then(|| words.join(" ")))
        });
        self.compare(FieldKind::Title, titles);
    }

    fn compare_cases(&mut self, said: [Option<Said<'_>>; 2]) {
        let [old, new] = said.map(|said| said.map_or(&[][..], |(_, cases)| cases));
        let has_several = old.len() > 1 || new.len() > 1;
        // Some saves show devices at the codes and not at their cases.
        let shows_devices = |cases: &[Case]| cases.iter().any(|case| !case.devices.is_empty());
        let has_devices = self.has_devices && shows_devices(old) && shows_devices(new);
        for (place, cases) in align(old, new, &[|case| Some(&case.title), |_| None]) {
            if has_several {
                self.about.case = Some(place);
                self.about.case_title = cases[1].or(cases[0]).and_then(|case| case.title.clone());
            }
            self.compare_case(cases);
            if has_devices {
                let devices = devices(self.codes, cases).map(Value::from);
                self.compare(FieldKind::Devices, devices);
            }
        }
        self.about.case = None;
        self.about.case_title = None;
    }

    fn compare_case(&mut self, cases: [Option<&Case>; 2]) {
        let values =
            |value: fn(&Case) -> Value| cases.map(|case| case.map(value).unwrap_or_default());
        let titles = values(|case| Value::from(case.title.clone()));
        self.compare(FieldKind::Title, titles);
        self.compare_all(cases.map(|case| case.map(fields).unwrap_or_default()));
        let notes = |case: &Case| Value::List(case.all_blocks().flat_map(call_outs).collect());
        self.compare(FieldKind::Notes, values(notes));
    }
}

/// The cells of a row, by the headers of their columns.
fn columns(code: &ErrorCode) -> Fields {
    let columns = code.columns.iter();
    columns
        .map(|(header, cell)| {
            (
                FieldKind::Column.labelled(header),
                Value::Text(cell.clone()),
            )
        })
        .collect()
}

/// What a case says under its labels.
fn fields(case: &Case) -> Fields {
    use FieldKind::{Causes, Description, Extra, Message, Steps};
    let fields = [Message, Description, Causes, Steps].map(Field::from);
    let labels = case.extra.keys().map(|label| Extra.labelled(label));
    let texts = case.all_blocks().map(|blocks| Value::List(texts(blocks)));
    fields.into_iter().chain(labels).zip(texts).collect()
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
