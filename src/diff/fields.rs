//! What changed about what two records of one code say.

use std::collections::HashSet;

use super::change::{Change, Value};
use super::kind::{ChangeId, Field};
use super::level::{Level, Levels};
use super::page::{Pair, align, devices, is_same};
use super::text::{call_outs, same, texts};
use crate::catalog::{Block, Case, CodeKind, ErrorCode, Language, Page};

/// Compares an old and a new record of a page that both sides have. `template` is a change of the
/// record, without field and values.
pub(super) fn compare(
    pair: &Pair<'_>,
    [old, new]: [&ErrorCode; 2],
    template: Change,
    levels: &Levels,
) -> Vec<Change> {
    let (Some(old_page), Some(new_page)) = (pair.old, pair.new) else {
        return Vec::new();
    };
    let mut record = Compared {
        template,
        levels,
        has_devices: pair.has_devices,
        language: None,
        case: None,
        changes: Vec::new(),
    };
    for language in pair.shared_languages() {
        record.language = pair.told(language);
        let before = Text::of(old_page, old, language);
        let now = Text::of(new_page, new, language);
        let is_own = old_page.language == language && new_page.language == language;
        match (before, now) {
            (None, None) => {}
            (Some(before), Some(now)) if is_own => {
                record.compare_own(&before, &now);
            }
            (before, now) => record.compare_texts(before.as_ref(), now.as_ref()),
        }
    }
    record.language = None;
    record.field(
        Field::Deprecated,
        Value::Flag(old.deprecated),
        Value::Flag(new.deprecated),
    );
    if record.has_devices {
        record.field(Field::Devices, devices(&old.devices), devices(&new.devices));
    }
    record.changes
}

/// What a page says of a code in a language.
struct Text<'a> {
    code: &'a ErrorCode,
    title: Option<&'a str>,
    cases: &'a [Case],
}

impl<'a> Text<'a> {
    fn of(page: &Page, code: &'a ErrorCode, language: Language) -> Option<Self> {
        if code.language.unwrap_or(page.language) == language {
            return Some(Self {
                code,
                title: code.title.as_deref(),
                cases: &code.cases,
            });
        }
        let text = code.translations.get(&language)?;
        Some(Self {
            code,
            title: text.title.as_deref(),
            cases: &text.cases,
        })
    }

    /// The title; with the code before it, where the other side writes that in another way.
    fn heading(&self, other: Option<&Self>) -> Value {
        let is_written_alike = other.is_none_or(|other| other.code.code == self.code.code);
        if is_written_alike {
            return Value::from(self.title);
        }
        let words = [Some(self.code.code.as_str()), self.title];
        let words: Vec<&str> = words.into_iter().flatten().collect();
        Value::Text(words.join(" "))
    }
}

/// A record that both sides have, while its fields are compared.
struct Compared<'a> {
    /// A change of the record, without field and values.
    template: Change,
    levels: &'a Levels,
    has_devices: bool,
    language: Option<Language>,
    case: Option<usize>,
    changes: Vec<Change>,
}

impl Compared<'_> {
    fn field(&mut self, field: Field, old: Value, new: Value) {
        let level = self.levels.of(ChangeId::FieldChanged, Some(&field));
        self.field_of_level(field, level, old, new);
    }

    fn field_of_level(&mut self, field: Field, level: Level, old: Value, new: Value) {
        if !is_same(&field, &old, &new) {
            self.changes.push(Change {
                level,
                field: Some(field),
                case: self.case,
                old,
                new,
                language: self.language,
                ..self.template.clone()
            });
        }
    }

    /// Compares texts in the language that both pages have for their own. Of a row that is the
    /// cells: the fields are made of them.
    fn compare_own(&mut self, old: &Text<'_>, new: &Text<'_>) {
        let [before, now] = [old, new].map(|text| Value::from(text.code.group.as_deref()));
        match new.code.kind {
            CodeKind::Heading => self.compare_texts(Some(old), Some(new)),
            CodeKind::Table => self.compare_columns(old.code, new.code),
        }
        self.field(Field::Group, before, now);
    }

    fn compare_columns(&mut self, old: &ErrorCode, new: &ErrorCode) {
        let messages = |code: &ErrorCode| -> Vec<Value> {
            let cases = code.cases.iter();
            cases
                .map(|case| Value::List(texts(&case.message)))
                .collect()
        };
        let (before, now) = (messages(old), messages(new));
        let stays = before.len() == now.len()
            && before
                .iter()
                .zip(&now)
                .all(|(before, now)| same(before, now));
        let is_gone = |header: &&String| !new.columns.contains_key(*header);
        let gone = old.columns.keys().filter(is_gone);
        for header in new.columns.keys().chain(gone) {
            let cell = |code: &ErrorCode| Value::from(code.columns.get(header).map(String::as_str));
            let (old, new) = (cell(old), cell(new));
            let field = Field::Column(header.clone());
            let mut level = self.levels.of(ChangeId::FieldChanged, Some(&field));
            // A cell that holds the message weighs as much as a message.
            let is_message = |message: &Value| same(message, &old) || same(message, &new);
            if !stays && before.iter().chain(&now).any(is_message) {
                level = level.max(self.levels.of_field(Field::Message.name()));
            }
            self.field_of_level(field, level, old, new);
        }
    }

    fn compare_texts(&mut self, old: Option<&Text<'_>>, new: Option<&Text<'_>>) {
        let heading =
            |text: Option<&Text<'_>>, other| text.map_or(Value::None, |text| text.heading(other));
        self.field(Field::Title, heading(old, new), heading(new, old));
        let all_devices = [old, new].map(|text| text.map_or(&[][..], |text| &text.code.devices));
        let (old, new) = (cases(old), cases(new));
        let has_several = old.len() > 1 || new.len() > 1;
        // Some saves show devices at the codes and not at their cases.
        let has_devices = |cases: &[Case]| cases.iter().any(|case| !case.devices.is_empty());
        let has_devices = self.has_devices && has_devices(old) && has_devices(new);
        for (before, now) in align(&titles(old), &titles(new)) {
            self.case = now.or(before).filter(|_| has_several);
            let (before, now) = (
                before.map(|place| &old[place]),
                now.map(|place| &new[place]),
            );
            let case = now.or(before).filter(|_| has_several);
            self.template.case_title = case.and_then(|case| case.title.clone());
            self.compare_cases(before, now);
            if has_devices {
                self.compare_devices(before, now, all_devices);
            }
        }
        self.case = None;
        self.template.case_title = None;
    }

    /// Compares the devices of a case. Where one side shows none at the case, they are those of the
    /// code, of which is told at the code.
    fn compare_devices(&mut self, old: Option<&Case>, new: Option<&Case>, of_code: [&[String]; 2]) {
        let own = [old, new].map(|case| case.map_or(&[][..], |case| &case.devices));
        let is_told = old.is_some() && new.is_some() && own.iter().any(|own| !own.is_empty());
        let [old, new] = [0, 1].map(|side| match own[side] {
            [] if is_told => devices(of_code[side]),
            own => devices(own),
        });
        self.field(Field::Devices, old, new);
    }

    fn compare_cases(&mut self, old: Option<&Case>, new: Option<&Case>) {
        let title = |case: Option<&Case>| Value::from(case.and_then(|case| case.title.as_deref()));
        self.field(Field::Title, title(old), title(new));
        let fields = [
            Field::Message,
            Field::Description,
            Field::Causes,
            Field::Steps,
        ];
        for (place, field) in fields.into_iter().enumerate() {
            let [old, new] = [old, new].map(|case| list(case.map(|case| case.fields()[place])));
            self.field(field, old, new);
        }
        let labels = [new, old]
            .into_iter()
            .flatten()
            .flat_map(|case| case.extra.keys());
        let mut told = HashSet::new();
        for label in labels.filter(|label| told.insert(*label)) {
            let extra = |case: Option<&Case>| {
                list(
                    case.and_then(|case| case.extra.get(label))
                        .map(Vec::as_slice),
                )
            };
            self.field(Field::Extra(label.clone()), extra(old), extra(new));
        }
        let [notes_old, notes_new] = [old, new].map(|case| match case {
            Some(case) => Value::List(notes(case)),
            None => Value::None,
        });
        self.field(Field::Notes, notes_old, notes_new);
    }
}

fn cases<'a>(text: Option<&Text<'a>>) -> &'a [Case] {
    text.map_or(&[], |text| text.cases)
}

fn titles(cases: &[Case]) -> Vec<Option<&str>> {
    cases.iter().map(|case| case.title.as_deref()).collect()
}

fn list(blocks: Option<&[Block]>) -> Value {
    blocks.map_or(Value::None, |blocks| Value::List(texts(blocks)))
}

/// The call-outs in all fields of a case.
fn notes(case: &Case) -> Vec<String> {
    let fields = case.fields().into_iter();
    let all = fields.chain(case.extra.values().map(Vec::as_slice));
    all.flat_map(call_outs).collect()
}
