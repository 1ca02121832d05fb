//! Records: the codes, groups and notes that the sections of a page hold.

use std::collections::HashMap;

use ego_tree::NodeId;

use super::case::{self, CaseBuilder};
use super::findings::Findings;
use super::label::{self, Label, Style};
use super::row;
use super::section::{self, Section};
use crate::catalog::{Block, ErrorCode, Group};
use crate::problem::ParseProblem;

/// What the sections of a page hold.
#[derive(Debug, Default)]
pub(super) struct Records {
    /// The devices and the text before the first heading.
    pub(super) devices: Vec<String>,
    pub(super) notes: Vec<Block>,
    pub(super) groups: Vec<Group>,
    pub(super) codes: Vec<ErrorCode>,
    /// Of each code, in the same order: where it is, and the labels that nothing follows.
    pub(super) sources: Vec<(NodeId, Vec<String>)>,
}

/// Reads the records out of the sections of a page.
pub(super) fn read_records(sections: Vec<Section>, findings: &mut Findings<'_>) -> Records {
    let style = style_of(&sections);
    let chapters = section::chapters(&sections, style);
    let mut builder = RecordBuilder {
        style,
        findings,
        records: Records::default(),
        groups_above: Vec::new(),
        seen: HashMap::new(),
    };
    let mut open: Option<OpenCode> = None;
    for (index, section) in sections.into_iter().enumerate() {
        let level = open.as_ref().map(|open| open.code.level);
        let is_inside = level.is_some_and(|level| section.level() > level);
        let code = section.code(style, is_inside);
        if let Some((code, node)) = code.filter(|_| !chapters.contains(&index)) {
            let sections = vec![section];
            let closed = open.replace(OpenCode {
                code,
                node,
                sections,
            });
            builder.add_code(closed, is_inside);
        } else if let Some(open) = open.as_mut().filter(|_| is_inside) {
            open.sections.push(section);
        } else {
            builder.add_code(open.take(), false);
            builder.add_group(section);
        }
    }
    builder.add_code(open, false);
    builder.records
}

/// How the page sets its labels: in bold if any known label is.
fn style_of(sections: &[Section]) -> Style {
    let has_bold = |section: &Section| section.has_fields(Style::Bold);
    if sections.iter().any(has_bold) {
        Style::Bold
    } else {
        Style::Plain
    }
}

/// A code, and the sections that it has so far: its own, and those below it, which are its cases
/// and fields whose labels are headings.
struct OpenCode {
    code: ErrorCode,
    node: NodeId,
    sections: Vec<Section>,
}

/// Records in the making.
struct RecordBuilder<'a, 'b> {
    style: Style,
    findings: &'a mut Findings<'b>,
    records: Records,
    /// The groups that the current section lies under.
    groups_above: Vec<usize>,
    /// Where each code of a heading is.
    seen: HashMap<String, NodeId>,
}

impl RecordBuilder<'_, '_> {
    fn add_group(&mut self, section: Section) {
        let has_fields = section.has_fields(self.style);
        let devices = section.devices();
        let Some(heading) = section.heading else {
            self.records.devices = devices;
            self.records.notes = self.take_rows(section.blocks);
            return;
        };
        self.leave_groups(heading.level);
        let index = self.records.groups.len();
        self.groups_above.push(index);
        self.records.groups.push(Group {
            title: heading.text,
            level: heading.level,
            anchor: heading.anchor,
            devices,
            blocks: Vec::new(),
        });
        let codes_before = self.records.codes.len();
        self.records.groups[index].blocks = self.take_rows(section.blocks);
        // A label above a table of codes is as much as a caption.
        if has_fields && self.records.codes.len() == codes_before {
            self.findings
                .add(ParseProblem::FieldsWithoutCode, heading.node);
        }
    }

    fn leave_groups(&mut self, level: u8) {
        let groups = &self.records.groups;
        self.groups_above
            .retain(|above| groups[*above].level < level);
    }

    fn group_above(&self) -> Option<&Group> {
        self.records.groups.get(*self.groups_above.last()?)
    }

    /// Makes records of the codes in tables, and gives the other blocks.
    fn take_rows(&mut self, blocks: Vec<(NodeId, Block)>) -> Vec<Block> {
        let mut others = Vec::new();
        for (node, block) in blocks {
            let Some((codes, rest)) = row::codes_in_table(&block) else {
                others.push(block);
                continue;
            };
            others.extend(rest);
            for mut code in codes {
                let group = self.group_above();
                code.level = group.map_or(2, |group| group.level + 1);
                code.anchor = group.and_then(|group| group.anchor.clone());
                code.group = group.map(|group| group.title.clone());
                self.records.codes.push(code);
                self.records.sources.push((node, Vec::new()));
            }
        }
        others
    }

    /// Adds the code of a heading, where there is one.
    fn add_code(&mut self, open: Option<OpenCode>, is_above_codes: bool) {
        let Some(open) = open else {
            return;
        };
        let (mut code, node) = (open.code, open.node);
        self.leave_groups(code.level);
        code.group = self.group_above().map(|group| group.title.clone());
        self.refuse_second(&code, node);
        let mut empty_labels = Vec::new();
        for mut case in self.cases_of(open.sections) {
            empty_labels.extend(case.empty_labels());
            for problem in case.problems {
                self.findings.add(problem, node);
            }
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
            self.findings.add(problem, node);
        }
        self.records.codes.push(code);
        self.records.sources.push((node, empty_labels));
    }

    /// The cases of a code: the first is that of its own section, each other has a section below.
    fn cases_of(&self, sections: Vec<Section>) -> Vec<CaseBuilder> {
        let mut cases = Vec::new();
        let mut open = CaseBuilder::new(self.style);
        for (index, section) in sections.into_iter().enumerate() {
            let devices = section.devices();
            if let Some(heading) = section.heading.filter(|_| index > 0) {
                if let Some(field) = label::find_field(&heading.text) {
                    open.begin(Label::Known(field), &heading.text);
                    open.case.devices.extend(section.listed_devices);
                } else {
                    cases.push(std::mem::replace(&mut open, CaseBuilder::new(self.style)));
                    open.case.title = Some(heading.text);
                    open.case.devices = devices;
                }
            }
            for (_, block) in section.blocks {
                open.add(block);
            }
        }
        cases.push(open);
        cases
    }

    fn refuse_second(&mut self, code: &ErrorCode, node: NodeId) {
        let first = *self.seen.entry(code.key()).or_insert(node);
        if first != node {
            let problem = ParseProblem::DuplicateCode {
                code: code.code.clone(),
                first: self.findings.place(first),
            };
            self.findings.add(problem, node);
        }
    }
}
