//! Records: the codes, groups and notes that the sections of a page hold.

use std::collections::HashMap;

use ego_tree::NodeId;

use super::findings::Finding;
use super::flow::Flow;
use super::label::Style;
use super::section::{Body, Section, first_code};
use super::{CodeSource, case, row};
use crate::budget::Budget;
use crate::catalog::{Block, CodeKind, ErrorCode, Group, Page, heaviest, weigh_code, weigh_text};
use crate::problem::ParseProblem;
use crate::snapshot::Document;

/// The most error codes of a page. The longest pages have some hundred; each becomes a constant in
/// every output, and their names are compared with each other.
const MAX_CODES: usize = 5_000;

/// The records of a page in the making.
struct Records<'a> {
    document: &'a Document,
    style: Style,
    page: Page,
    /// Of each code of the page, in the same order.
    sources: Vec<CodeSource>,
    findings: Vec<Finding>,
    /// The levels and titles of the groups that the current section lies under.
    groups_above: Vec<(u8, String)>,
    /// Where each code of a heading is.
    seen: HashMap<String, NodeId>,
    budget: &'a Budget,
    /// Whether the budget was exceeded before.
    was_exceeded: bool,
    /// The code that exceeded the budget or is one too many.
    excess: Option<Finding>,
}

/// Reads the records out of the flow of a page, and takes its blocks: the page, without what is
/// known of it from elsewhere, and of each code what its record does not say.
pub(super) fn read_records(document: &Document, flow: &mut Flow) -> (Page, Vec<CodeSource>) {
    let mut records = Records {
        document,
        style: style_of(flow),
        page: Page::default(),
        sources: Vec::new(),
        findings: Vec::new(),
        groups_above: Vec::new(),
        seen: HashMap::new(),
        budget: &flow.budget,
        was_exceeded: flow.budget.is_exceeded(),
        excess: None,
    };
    records.page.url = flow.url.clone().map(String::from);
    records.page.devices.clone_from(&flow.preface.devices);
    if let Some(title) = &flow.title {
        records.page.title.clone_from(&title.text);
        if records.page.devices.is_empty() {
            records.page.devices.clone_from(&title.devices);
        }
    }
    records.page.notes = records.take_rows(&mut flow.preface, None);
    let mut rest = &mut flow.sections[..];
    while !rest.is_empty() {
        let count = records.add_first(rest);
        rest = &mut rest[count..];
    }
    records.spend_on_text();
    flow.findings.append(&mut records.findings);
    flow.findings.extend(records.excess);
    (records.page, records.sources)
}

/// How the page sets its labels: in bold if any known label is.
fn style_of(flow: &Flow) -> Style {
    let mut bodies = flow.bodies();
    if bodies.any(|body| body.has_fields(Style::Bold)) {
        Style::Bold
    } else {
        Style::Plain
    }
}

impl Records<'_> {
    /// Adds the code or the group that some sections begin with. Gives how many of them belong to
    /// it: those below that of a code are its cases, and fields whose labels are headings.
    fn add_first(&mut self, sections: &mut [Section]) -> usize {
        let Some(stated) = first_code(sections, self.style, false) else {
            self.add_group(&mut sections[0]);
            return 1;
        };
        let heading = &sections[0].heading;
        let (node, level) = (heading.node, heading.level);
        let code = ErrorCode {
            kind: CodeKind::Heading,
            code: stated.code.to_owned(),
            value: stated.value,
            title: stated.title.map(str::to_owned),
            deprecated: heading.deprecated,
            level,
            anchor: heading.anchor.clone(),
            devices: sections[0].devices(),
            ..ErrorCode::default()
        };
        let is_own = |at: &usize| {
            let is_below = sections[*at].heading.level > level;
            is_below && first_code(&sections[*at..], self.style, true).is_none()
        };
        let end = 1 + (1..sections.len()).take_while(is_own).count();
        let is_above_codes = sections
            .get(end)
            .is_some_and(|next| next.heading.level > level);
        self.add_code(code, node, &mut sections[..end], is_above_codes);
        end
    }

    fn add_group(&mut self, section: &mut Section) {
        let heading = &section.heading;
        let mut group = Group {
            title: heading.text.clone(),
            level: heading.level,
            anchor: heading.anchor.clone(),
            devices: section.devices(),
            blocks: Vec::new(),
        };
        let has_fields = section.body.has_fields(self.style);
        let codes_before = self.page.codes.len();
        group.blocks = self.take_rows(&mut section.body, Some(&group));
        // A label above a table of codes is as much as a caption.
        if has_fields && self.page.codes.len() == codes_before {
            self.findings
                .push((section.heading.node, ParseProblem::FieldsWithoutCode));
        }
        self.leave_groups(group.level);
        self.groups_above.push((group.level, group.title.clone()));
        self.page.groups.push(group);
    }

    fn leave_groups(&mut self, level: u8) {
        self.groups_above.retain(|(above, _)| *above < level);
    }

    /// Makes records of the codes in the tables below the heading of a group, and gives the other
    /// blocks.
    fn take_rows(&mut self, body: &mut Body, group: Option<&Group>) -> Vec<Block> {
        let mut others = Vec::new();
        for (node, block) in body.blocks.drain(..) {
            let Some((codes, rest)) = row::codes_in_table(&block, self.budget) else {
                others.push(block);
                continue;
            };
            others.extend(rest);
            for mut code in codes {
                code.level = group.map_or(2, |group| group.level + 1);
                code.anchor = group.and_then(|group| group.anchor.clone());
                code.group = group.map(|group| group.title.clone());
                self.push(code, node, Vec::new());
            }
        }
        others
    }

    /// Adds the code of a heading, with the sections that belong to it.
    fn add_code(
        &mut self,
        mut code: ErrorCode,
        node: NodeId,
        sections: &mut [Section],
        is_above_codes: bool,
    ) {
        self.leave_groups(code.level);
        code.group = self.groups_above.last().map(|(_, title)| title.clone());
        self.refuse_second(&code, node);
        let mut empty_labels = Vec::new();
        for mut case in case::cases_of(sections, self.style) {
            empty_labels.extend(case.empty_labels());
            let problems = case.problems.into_iter();
            self.findings
                .extend(problems.map(|problem| (node, problem)));
            if case.case.devices == code.devices {
                case.case.devices.clear();
            }
            code.cases.push(case.case);
        }
        if code.cases.len() > 1 && case::is_empty(&code.cases[0]) {
            code.cases.remove(0);
        }
        if !code.cases.iter().any(case::has_field) && !is_above_codes {
            let problem = ParseProblem::CodeWithoutFields {
                code: code.code.clone(),
                has_text: !code.cases.iter().all(case::is_empty),
            };
            self.findings.push((node, problem));
        }
        self.push(code, node, empty_labels);
    }

    fn refuse_second(&mut self, code: &ErrorCode, node: NodeId) {
        let first = *self.seen.entry(code.key()).or_insert(node);
        if first != node {
            let problem = ParseProblem::DuplicateCode {
                code: code.code.clone(),
                first: self.document.place(first),
            };
            self.findings.push((node, problem));
        }
    }

    /// Adds a code to the page, unless that is too much.
    fn push(&mut self, code: ErrorCode, node: NodeId, empty_labels: Vec<String>) {
        if self.excess.is_some() {
            return;
        }
        if self.page.codes.len() == MAX_CODES {
            let too_many = ParseProblem::TooManyCodes { limit: MAX_CODES };
            self.excess = Some((node, too_many));
            return;
        }
        weigh_code(&self.page, &code, &mut |_, bytes| {
            self.budget.spend(bytes);
        });
        self.page.codes.push(code);
        self.sources.push(CodeSource {
            place: self.document.place(node),
            empty_labels,
        });
        self.note_excess(node);
    }

    /// Counts what the page says beside its codes.
    fn spend_on_text(&mut self) {
        weigh_text(&self.page, &mut |_, bytes| {
            self.budget.spend(bytes);
        });
        if let Some(article) = self.document.articles().next() {
            self.note_excess(article.id());
        }
    }

    /// Notes where the budget was exceeded, unless it was before there were records.
    fn note_excess(&mut self, node: NodeId) {
        if self.budget.is_exceeded() && self.excess.is_none() && !self.was_exceeded {
            let (limit, heaviest) = (self.budget.limit(), heaviest([&self.page]));
            self.excess = Some((node, ParseProblem::TooMuch { limit, heaviest }));
        }
    }
}
