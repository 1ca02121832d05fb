//! The lints at work, each a function that looks at one page.

use std::collections::{HashMap, HashSet};

use super::hidden::{Part, code_parts, hidden_characters, page_parts};
use super::{Levels, Lint};
use crate::catalog::{Block, Case, CodeKind, ErrorCode, Page, plain_text};
use crate::parse::CodeSource;
use crate::problem::{Diagnostic, LintProblem, Locate as _, Place};
use crate::text::is_chinese;

/// Looks at the records of a page for what the lints find. `sources` tells of each code what its
/// record does not, in the same order; `nameless` are the places of the codes that are called by
/// their numbers.
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
        levels,
        findings: Vec::new(),
    };
    let page_has_devices = page.codes.iter().any(|code| !code.devices.is_empty());
    let usual = usual_fields(page);
    let nameless: HashSet<usize> = nameless.iter().copied().collect();
    let mut first_uses = HashMap::new();
    let page_place = Place::file(&page.source);
    linter.check_hidden("the page", page_parts(page), &page_place);
    for (index, (code, source)) in page.codes.iter().zip(sources).enumerate() {
        let place = &source.place;
        let name = format!("the code {}", code.code);
        linter.check_code(code, source, &name);
        for case in &code.cases {
            linter.check_case(case, code, usual, place);
        }
        if page_has_devices && code.kind == CodeKind::Heading && !code.has_devices() {
            let message = format!("{name} lists no devices, others of the page do");
            linter.find(Lint::DevicesMissing, place, message);
        }
        if nameless.contains(&index) {
            let message = format!("{name} has no words to name it by");
            linter.find(Lint::NamelessCode, place, message);
        }
        linter.check_repeated_messages(code, &mut first_uses, place);
        linter.check_hidden(&name, code_parts(code), place);
    }
    linter.findings
}

/// What the four fields of a case are called, in their order.
pub(super) const FIELDS: [&str; 4] = ["message", "description", "causes", "steps"];

/// Which of the fields the codes of the page have. Tables have the columns that they have: what no
/// row says is no fault of one.
fn usual_fields(page: &Page) -> [bool; 4] {
    let is_heading = |code: &&ErrorCode| code.kind == CodeKind::Heading;
    let headings = page.codes.iter().filter(is_heading);
    let cases: Vec<&Case> = headings.flat_map(|code| &code.cases).collect();
    [0, 1, 2, 3].map(|field| cases.iter().any(|case| !case.fields()[field].is_empty()))
}

struct Linter<'a> {
    levels: &'a Levels,
    findings: Vec<Diagnostic>,
}

impl Linter<'_> {
    /// Notes a finding, if the project wants to know.
    fn find(&mut self, lint: Lint, place: &Place, message: String) {
        self.find_in_text(lint, place, message, None);
    }

    /// Notes a finding that is about a text of the page.
    fn find_in_text(&mut self, lint: Lint, place: &Place, message: String, text: Option<String>) {
        if let Some(severity) = self.levels.severity(lint) {
            let problem = LintProblem {
                lint,
                severity,
                message,
                text,
            };
            self.findings.push(problem.at(place.clone()));
        }
    }

    fn check_code(&mut self, code: &ErrorCode, source: &CodeSource, name: &str) {
        let place = &source.place;
        let is_past_32_bits = |value| i32::try_from(value).is_err();
        if code.value.is_some_and(is_past_32_bits) {
            let message = format!("{name} does not fit in a signed integer of 32 bits");
            self.find(Lint::CodePast32Bits, place, message);
        }
        if code.kind == CodeKind::Heading && code.title.is_none() {
            self.find(
                Lint::CodeWithoutTitle,
                place,
                format!("{name} has no title"),
            );
        }
        if is_success(code) {
            self.find(Lint::SuccessAsError, place, format!("{name} is a success"));
        }
        for label in &source.empty_labels {
            let message = format!("nothing stands below “{label}” of {name}");
            self.find(Lint::EmptyField, place, message);
        }
    }

    fn check_case(&mut self, case: &Case, code: &ErrorCode, usual: [bool; 4], place: &Place) {
        let name = match &case.title {
            Some(title) => format!("the case “{title}” of the code {}", code.code),
            None => format!("the code {}", code.code),
        };
        if code.kind == CodeKind::Heading {
            for ((field, blocks), is_usual) in FIELDS.into_iter().zip(case.fields()).zip(usual) {
                // A field that no code of the page has is a choice of the page; but something is
                // thrown with every code.
                if blocks.is_empty() && (is_usual || field == "message") {
                    self.find(Lint::MissingField, place, format!("{name} has no {field}"));
                }
            }
            for label in case.extra.keys().filter(|label| !label.is_empty()) {
                let message = format!("{name} has the unusual label “{label}”");
                self.find(Lint::UnknownLabel, place, message);
            }
        }
        if line(&case.message).chars().any(is_chinese) {
            let message = format!("the message of {name} is not in English");
            self.find(Lint::MessageNotEnglish, place, message);
        }
    }

    /// Looks for hidden characters in the parts of a page or a code.
    fn check_hidden(&mut self, name: &str, parts: Vec<Part<'_>>, place: &Place) {
        for (part, strings) in parts {
            if let Some((characters, text)) = hidden_characters(&strings) {
                let message = format!("“{part}” of {name} has {characters}, which nobody sees");
                self.find_in_text(Lint::HiddenCharacter, place, message, Some(text));
            }
        }
    }

    /// `first_uses` are the messages of the codes before, with the first code that has each.
    fn check_repeated_messages<'a>(
        &mut self,
        code: &'a ErrorCode,
        first_uses: &mut HashMap<String, &'a str>,
        place: &Place,
    ) {
        let messages = code.cases.iter().map(|case| line(&case.message));
        for text in messages.filter(|text| !text.is_empty()) {
            let first = *first_uses.entry(text.clone()).or_insert(&code.code);
            if first != code.code {
                let message = format!("the codes {first} and {} have the same message", code.code);
                self.find_in_text(Lint::RepeatedMessage, place, message, Some(text));
            }
        }
    }
}

fn line(blocks: &[Block]) -> String {
    plain_text(blocks).join(" ")
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
    let descriptions = code.cases.iter().map(|case| line(&case.description));
    let mut texts = code.title.iter().cloned().chain(descriptions);
    texts.any(|text| {
        let text = text.trim_end_matches(['。', '.', '!', '！', ' ']);
        SUCCESSES.contains(&text.to_lowercase().as_str())
    })
}
