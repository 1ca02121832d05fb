//! The lints at work, each a function that looks at one page.

use std::collections::{HashMap, HashSet};

use super::hidden::{self, Hidden};
use super::{Levels, Lint};
use crate::catalog::{Block, Case, CodeKind, ErrorCode, Page, plain_text};
use crate::parse::CodeSource;
use crate::problem::{Diagnostic, Finding, LintProblem, Locate as _, Place};
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
    linter.check_hidden(|| hidden::in_page(page), "the page", &page_place);
    for (index, (code, source)) in page.codes.iter().zip(sources).enumerate() {
        let place = &source.place;
        linter.check_code(code, source);
        for case in &code.cases {
            linter.check_case(case, code, usual, place);
        }
        if page_has_devices {
            linter.check_devices(code, place);
        }
        if nameless.contains(&index) {
            let code = code.code.clone();
            linter.find(Finding::NamelessCode { code }, place);
        }
        linter.check_repeated_messages(code, &mut first_uses, place);
        let name = format!("the code {}", code.code);
        linter.check_hidden(|| hidden::in_code(code), &name, place);
    }
    linter.findings
}

/// What the four fields of a case are called, in their order.
pub(super) const FIELDS: [&str; 4] = ["message", "description", "causes", "steps"];

/// Which of the fields the codes of the page have. Tables have the columns that they have: what no
/// row says is no fault of one.
fn usual_fields(page: &Page) -> [bool; 4] {
    let mut usual = [false; 4];
    let is_heading = |code: &&ErrorCode| code.kind == CodeKind::Heading;
    let headings = page.codes.iter().filter(is_heading);
    for case in headings.flat_map(|code| &code.cases) {
        for (is_usual, blocks) in usual.iter_mut().zip(case.fields()) {
            *is_usual |= !blocks.is_empty();
        }
    }
    usual
}

struct Linter<'a> {
    levels: &'a Levels,
    findings: Vec<Diagnostic>,
}

impl Linter<'_> {
    /// Notes a finding, if the project wants to know.
    fn find(&mut self, finding: Finding, place: &Place) {
        if let Some(severity) = self.levels.severity(finding.lint()) {
            let problem = LintProblem { severity, finding };
            self.findings.push(problem.at(place.clone()));
        }
    }

    fn check_code(&mut self, code: &ErrorCode, source: &CodeSource) {
        let place = &source.place;
        let name = || code.code.clone();
        let is_heading = code.kind == CodeKind::Heading;
        let is_past_32_bits = |value| i32::try_from(value).is_err();
        if code.value.is_some_and(is_past_32_bits) {
            self.find(Finding::CodePast32Bits { code: name() }, place);
        }
        if is_heading && code.title.is_none() {
            self.find(Finding::CodeWithoutTitle { code: name() }, place);
        }
        if is_success(code) {
            self.find(Finding::SuccessAsError { code: name() }, place);
        }
        for label in &source.empty_labels {
            let (code, label) = (name(), label.clone());
            self.find(Finding::EmptyField { code, label }, place);
        }
    }

    fn check_devices(&mut self, code: &ErrorCode, place: &Place) {
        if code.kind == CodeKind::Heading && !code.has_devices() {
            let code = code.code.clone();
            self.find(Finding::DevicesMissing { code }, place);
        }
    }

    fn check_case(&mut self, case: &Case, code: &ErrorCode, usual: [bool; 4], place: &Place) {
        let of = || match &case.title {
            Some(title) => format!("the case “{title}” of the code {}", code.code),
            None => format!("the code {}", code.code),
        };
        if code.kind == CodeKind::Heading {
            for ((field, blocks), is_usual) in FIELDS.into_iter().zip(case.fields()).zip(usual) {
                // A field that no code of the page has is a choice of the page; but something is
                // thrown with every code.
                if blocks.is_empty() && (is_usual || field == "message") {
                    self.find(Finding::MissingField { of: of(), field }, place);
                }
            }
            for label in case.extra.keys().filter(|label| !label.is_empty()) {
                let (of, label) = (of(), label.clone());
                self.find(Finding::UnknownLabel { of, label }, place);
            }
        }
        if line(&case.message).chars().any(is_chinese) {
            self.find(Finding::MessageNotEnglish { of: of() }, place);
        }
    }

    /// Looks for characters that are hidden in a page or a code, if the project wants to know: it
    /// takes a look at every text.
    fn check_hidden(&mut self, find: impl FnOnce() -> Vec<Hidden>, of: &str, place: &Place) {
        if self.levels.severity(Lint::HiddenCharacter).is_none() {
            return;
        }
        for hidden in find() {
            let finding = Finding::HiddenCharacter {
                of: of.to_owned(),
                part: hidden.part,
                characters: hidden.characters,
                text: hidden.text,
            };
            self.find(finding, place);
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
        for message in messages.filter(|message| !message.is_empty()) {
            let first = *first_uses.entry(message.clone()).or_insert(&code.code);
            if first != code.code {
                let finding = Finding::RepeatedMessage {
                    first: first.to_owned(),
                    code: code.code.clone(),
                    message,
                };
                self.find(finding, place);
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
