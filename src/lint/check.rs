//! The lints at work, each a function that looks at one page.

use std::collections::HashMap;

use super::hidden::{self, Hidden};
use super::{Levels, Lint};
use crate::catalog::{CodeKind, ErrorCode, Page, plain_text};
use crate::diagnostic::{Diagnostic, Place};
use crate::parse::CodeSource;
use crate::text::is_chinese;

/// Looks at the records of a page for what the lints find. `sources` tells of each code what its
/// record does not, in the same order; `nameless` are the places of the codes that are called by
/// their numbers.
#[must_use]
pub fn check(
    page: &Page,
    sources: &[CodeSource],
    nameless: &[usize],
    levels: &Levels,
) -> Vec<Diagnostic> {
    if levels.are_off() {
        return Vec::new();
    }
    let mut linter = Linter {
        page,
        levels,
        findings: Vec::new(),
    };
    let page_has_devices = page.codes.iter().any(|code| !code.devices.is_empty());
    let usual = linter.usual_fields();
    for (code, source) in page.codes.iter().zip(sources) {
        linter.check_code(code, source);
        linter.check_fields(code, source, usual);
        let is_heading = code.kind == CodeKind::Heading;
        let has_devices =
            !code.devices.is_empty() || code.cases.iter().any(|case| !case.devices.is_empty());
        if is_heading && page_has_devices && !has_devices {
            let message = format!(
                "the code {} lists no devices, others of the page do",
                code.code
            );
            linter.find(Lint::DevicesMissing, &source.place, message);
        }
    }
    for &record in nameless {
        let message = format!(
            "the code {} has no words to name it by",
            page.codes[record].code
        );
        let help = "give it a name in names.toml";
        linter.find_with_help(Lint::NamelessCode, &sources[record].place, message, help);
    }
    linter.check_repeated_messages(sources);
    linter.check_hidden(sources);
    linter.findings.sort_by_key(Diagnostic::position);
    linter.findings
}

/// What the four fields of a case are called, in their order.
const FIELDS: [&str; 4] = ["message", "description", "causes", "steps"];

struct Linter<'a> {
    page: &'a Page,
    levels: &'a Levels,
    findings: Vec<Diagnostic>,
}

impl Linter<'_> {
    /// Notes a finding, and gives it for what else there is to say. None where nobody wants to
    /// know.
    fn find(&mut self, lint: Lint, place: &Place, message: String) -> Option<&mut Diagnostic> {
        let severity = self.levels.of(lint).severity()?;
        let mut finding = Diagnostic::warning(lint.id(), message).at(place.clone());
        finding.severity = severity;
        self.findings.push(finding);
        self.findings.last_mut()
    }

    fn find_with_help(&mut self, lint: Lint, place: &Place, message: String, help: &str) {
        if let Some(finding) = self.find(lint, place, message) {
            finding.help = Some(help.to_owned());
        }
    }

    /// Which of the fields the codes of the page have. Tables have the columns that they have:
    /// what no row says is no fault of one.
    fn usual_fields(&self) -> [bool; 4] {
        let mut usual = [false; 4];
        let headings = self.page.codes.iter();
        let headings = headings.filter(|code| code.kind == CodeKind::Heading);
        for case in headings.flat_map(|code| &code.cases) {
            for (is_usual, field) in usual.iter_mut().zip(case.fields()) {
                *is_usual |= !field.is_empty();
            }
        }
        usual
    }

    fn check_code(&mut self, code: &ErrorCode, source: &CodeSource) {
        if code
            .value
            .is_some_and(|value| i32::try_from(value).is_err())
        {
            let message = format!(
                "the code {} does not fit in a signed integer of 32 bits",
                code.code
            );
            let help = "it may be a slip of the page";
            self.find_with_help(Lint::CodePast32Bits, &source.place, message, help);
        }
        if code.kind == CodeKind::Heading && code.title.is_none() {
            let message = format!("the code {} has no title", code.code);
            self.find(Lint::CodeWithoutTitle, &source.place, message);
        }
        if is_success(code) {
            let message = format!("the code {} is a success", code.code);
            let help = "no error has this code";
            self.find_with_help(Lint::SuccessAsError, &source.place, message, help);
        }
        for label in &source.empty_labels {
            let message = format!("nothing stands below “{label}” of the code {}", code.code);
            self.find(Lint::EmptyField, &source.place, message);
        }
    }

    fn check_fields(&mut self, code: &ErrorCode, source: &CodeSource, usual: [bool; 4]) {
        for case in &code.cases {
            let which = match &case.title {
                Some(title) => format!("the case “{title}” of the code {}", code.code),
                None => format!("the code {}", code.code),
            };
            for ((name, field), is_usual) in FIELDS.iter().zip(case.fields()).zip(usual) {
                // A field that no code of the page has is a choice of the page; but something is
                // thrown with every code.
                let is_usual = is_usual || *name == "message";
                if code.kind == CodeKind::Heading && is_usual && field.is_empty() {
                    let message = format!("{which} has no {name}");
                    self.find(Lint::MissingField, &source.place, message);
                }
            }
            for label in case.extra.keys().filter(|label| !label.is_empty()) {
                if code.kind == CodeKind::Heading {
                    let message = format!("{which} has the unusual label “{label}”");
                    self.find(Lint::UnknownLabel, &source.place, message);
                }
            }
            let message = plain_text(&case.message).join(" ");
            if message.chars().any(is_chinese) {
                let message = format!("the message of {which} is not in English");
                let help = "the system throws messages in English; compare with what it throws";
                self.find_with_help(Lint::MessageNotEnglish, &source.place, message, help);
            }
        }
    }

    fn check_hidden(&mut self, sources: &[CodeSource]) {
        if self.levels.of(Lint::HiddenCharacter).severity().is_none() {
            return;
        }
        let page = self.page;
        let place = Place::file(&page.source);
        for hidden in hidden::in_page(page) {
            self.find_hidden(&hidden, "the page", &place);
        }
        for (code, source) in page.codes.iter().zip(sources) {
            for hidden in hidden::in_code(code) {
                self.find_hidden(&hidden, &format!("the code {}", code.code), &source.place);
            }
        }
    }

    fn find_hidden(&mut self, hidden: &Hidden, whose: &str, place: &Place) {
        let Hidden {
            characters,
            part,
            text,
        } = hidden;
        let message = format!("“{part}” of {whose} has {characters}, which nobody sees");
        let help = "look at the page: such characters can make a text look like another; outputs show them as `\\u{…}`";
        if let Some(finding) = self.find(Lint::HiddenCharacter, place, message) {
            finding.notes.push(format!("“{text}”"));
            finding.help = Some(help.to_owned());
        }
    }

    fn check_repeated_messages(&mut self, sources: &[CodeSource]) {
        let mut first_uses: HashMap<String, &str> = HashMap::new();
        for (code, source) in self.page.codes.iter().zip(sources) {
            let messages = code
                .cases
                .iter()
                .map(|case| plain_text(&case.message).join(" "));
            for message in messages.filter(|message| !message.is_empty()) {
                let shown = format!("“{message}”");
                let first = *first_uses.entry(message).or_insert(&code.code);
                if first != code.code {
                    let message =
                        format!("the codes {first} and {} have the same message", code.code);
                    if let Some(finding) = self.find(Lint::RepeatedMessage, &source.place, message)
                    {
                        finding.notes.push(shown);
                    }
                }
            }
        }
    }
}

/// Whether the documentation calls a code a success, in its title or its description.
fn is_success(code: &ErrorCode) -> bool {
    const SUCCESSES: [&str; 8] = [
        "成功",
        "操作成功",
        "请求成功",
        "执行成功",
        "调用成功",
        "success",
        "succeeded",
        "ok",
    ];
    let descriptions = code
        .cases
        .iter()
        .map(|case| plain_text(&case.description).join(" "));
    let mut texts = code.title.iter().cloned().chain(descriptions);
    texts.any(|text| {
        let text = text
            .trim_end_matches(['。', '.', '!', '！', ' '])
            .to_lowercase();
        SUCCESSES.contains(&text.as_str())
    })
}
