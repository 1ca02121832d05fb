//! Records: the codes, groups and notes that the sections of a page hold.

use std::collections::HashMap;

use ego_tree::NodeId;

use super::flow::Heading;
use super::heading::{self, CodeHeading};
use super::label::{self, Field, Label, Style};
use super::section::Section;
use crate::catalog::{Block, Case, CodeKind, ErrorCode, Group, Language};
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::snapshot::Document;

/// The most findings of one severity that are reported of a page.
const MAX_FINDINGS: usize = 100;

/// What the sections of a page hold.
#[derive(Debug, Default)]
pub(super) struct Records {
    pub(super) notes: Vec<Block>,
    pub(super) groups: Vec<Group>,
    pub(super) codes: Vec<ErrorCode>,
    /// The language of the labels; none where there are none.
    pub(super) language: Option<Language>,
}

/// Reads the records out of the sections of a page.
pub(super) fn read(
    sections: &[Section],
    document: &Document,
    diagnostics: &mut Vec<Diagnostic>,
) -> Records {
    let blocks = sections.iter().flat_map(|section| &section.blocks);
    let mut reader = Reader {
        style: Style::of(blocks),
        document,
        diagnostics,
        records: Records::default(),
        groups_above: Vec::new(),
        open: None,
        seen: HashMap::new(),
        labels: (0, 0),
    };
    for section in sections {
        match &section.heading {
            None => reader.records.notes.clone_from(&section.blocks),
            Some(heading) => reader.read_section(section, heading),
        }
    }
    reader.close();
    let (chinese, english) = reader.labels;
    if chinese + english > 0 {
        let chinese = chinese >= english;
        reader.records.language = Some(if chinese { Language::Zh } else { Language::En });
    }
    reader.records
}

struct Reader<'a> {
    style: Style,
    document: &'a Document,
    diagnostics: &'a mut Vec<Diagnostic>,
    records: Records,
    /// The headings without a code that the current section lies under: level and title.
    groups_above: Vec<(u8, String)>,
    /// The code whose section is being read, with its heading.
    open: Option<(ErrorCode, &'a Heading)>,
    /// Where each code of the page stands.
    seen: HashMap<i64, NodeId>,
    /// How many labels are Chinese and English.
    labels: (usize, usize),
}

impl<'a> Reader<'a> {
    fn read_section(&mut self, section: &'a Section, heading: &'a Heading) {
        if let Some(code) = heading::read(&heading.text) {
            self.close();
            self.open_code(section, heading, &code);
        } else if self.is_inside_open_code(heading) {
            self.read_sub_section(section, heading);
        } else {
            self.close();
            self.read_group(section, heading);
        }
    }

    fn is_inside_open_code(&self, heading: &Heading) -> bool {
        let open = self.open.as_ref();
        open.is_some_and(|(code, _)| heading.level > code.level)
    }

    fn open_code(&mut self, section: &Section, heading: &'a Heading, code: &CodeHeading<'_>) {
        self.leave_groups(heading.level);
        let case = self.read_case(None, &section.blocks);
        let record = ErrorCode {
            kind: CodeKind::Heading,
            code: code.code.to_owned(),
            value: Some(code.value),
            title: code.title.map(str::to_owned),
            identifiers: None,
            level: heading.level,
            group: self.groups_above.last().map(|(_, title)| title.clone()),
            anchor: heading.anchor.clone(),
            devices: devices(section, heading),
            cases: vec![case],
        };
        self.open = Some((record, heading));
        self.refuse_second(heading, code);
    }

    fn read_sub_section(&mut self, section: &Section, heading: &Heading) {
        let case = self.read_case(Some(heading.text.clone()), &section.blocks);
        if let Some((code, _)) = &mut self.open {
            code.cases.push(case);
        }
    }

    fn read_group(&mut self, section: &Section, heading: &Heading) {
        self.leave_groups(heading.level);
        let label_of = |block| label::read(block, self.style);
        let mut labels = section.blocks.iter().filter_map(label_of);
        if labels.any(|label| label.is_known()) {
            self.report(
                Diagnostic::warning(
                    "fields-without-code",
                    "the section has the fields of an error code, but its heading has no code",
                )
                .help("its text is kept under `groups`; check the heading in the snapshot"),
                heading,
            );
        }
        self.groups_above
            .push((heading.level, heading.text.clone()));
        self.records.groups.push(Group {
            title: heading.text.clone(),
            level: heading.level,
            anchor: heading.anchor.clone(),
            devices: devices(section, heading),
            blocks: section.blocks.clone(),
        });
    }

    fn leave_groups(&mut self, level: u8) {
        while self
            .groups_above
            .last()
            .is_some_and(|(above, _)| *above >= level)
        {
            self.groups_above.pop();
        }
    }

    /// Ends the code that is being read.
    fn close(&mut self) {
        let Some((mut code, heading)) = self.open.take() else {
            return;
        };
        let has_sub_sections = code.cases.len() > 1;
        if has_sub_sections && code.cases.first().is_some_and(is_empty) {
            code.cases.remove(0);
        }
        if !code.cases.iter().any(has_field) {
            self.report(
                Diagnostic::error(
                    "code-without-fields",
                    format!("the code {} has no message, description, cause or step", code.code),
                )
                .note("fields follow a label such as `错误信息` or `Error Message`, which is a paragraph of its own")
                .help("check that the page was saved whole; if the section is right, please report the page"),
                heading,
            );
        }
        self.records.codes.push(code);
    }

    fn read_case(&mut self, title: Option<String>, blocks: &[Block]) -> Case {
        let mut case = Case {
            title,
            ..Case::default()
        };
        // Text before the first label belongs to none.
        let mut label = Label::Other(String::new());
        let mut follows_known_label = false;
        for block in blocks {
            let next = label::read(block, self.style);
            // What is bold right below a label is what the field says, not one more label.
            let next = next.filter(|next| next.is_known() || !follows_known_label);
            follows_known_label = next.as_ref().is_some_and(Label::is_known);
            if let Some(next) = next {
                self.count(&next);
                label = next;
                field(&mut case, &label);
            } else {
                field(&mut case, &label).push(block.clone());
            }
        }
        case
    }

    fn count(&mut self, label: &Label) {
        match label {
            Label::Known(_, Language::Zh) => self.labels.0 += 1,
            Label::Known(_, Language::En) => self.labels.1 += 1,
            Label::Other(_) => {}
        }
    }

    fn refuse_second(&mut self, heading: &Heading, code: &CodeHeading<'_>) {
        let first = *self.seen.entry(code.value).or_insert(heading.node);
        if first == heading.node || self.count_findings(Severity::Error) > MAX_FINDINGS {
            return;
        }
        let first = self.document.position(first);
        self.report(
            Diagnostic::error(
                "duplicate-code",
                format!("two sections of the page have the code {}", code.code),
            )
            .note(format!(
                "the first stands at {}:{first}",
                self.document.source
            ))
            .help("a constant can mean one of them only: correct the snapshot or save it again"),
            heading,
        );
    }

    /// Reports a finding about a heading. On a page that is wrong from end to end, the first
    /// few findings say it all.
    fn report(&mut self, diagnostic: Diagnostic, heading: &Heading) {
        match self.count_findings(diagnostic.severity) {
            ..MAX_FINDINGS => {
                let diagnostic = diagnostic.at(self.document.place(heading.node));
                let note = format!("under the heading “{}”", heading.text);
                self.diagnostics.push(diagnostic.note(note));
            }
            MAX_FINDINGS => {
                let more = Diagnostic {
                    message: "the page has more of these than are shown".to_owned(),
                    notes: Vec::new(),
                    help: None,
                    ..diagnostic
                };
                self.diagnostics
                    .push(more.at(Place::file(&self.document.source)));
            }
            _ => {}
        }
    }

    fn count_findings(&self, severity: Severity) -> usize {
        let findings = self.diagnostics.iter();
        findings
            .filter(|finding| finding.severity == severity)
            .count()
    }
}

/// The devices listed under a heading, else those that its attribute names.
fn devices(section: &Section, heading: &Heading) -> Vec<String> {
    if section.devices.is_empty() {
        heading.devices.clone()
    } else {
        section.devices.clone()
    }
}

fn field<'a>(case: &'a mut Case, label: &Label) -> &'a mut Vec<Block> {
    match label {
        Label::Known(Field::Message, _) => &mut case.message,
        Label::Known(Field::Description, _) => &mut case.description,
        Label::Known(Field::Causes, _) => &mut case.causes,
        Label::Known(Field::Steps, _) => &mut case.steps,
        Label::Other(name) => case.extra.entry(name.clone()).or_default(),
    }
}

fn has_field(case: &Case) -> bool {
    [&case.message, &case.description, &case.causes, &case.steps]
        .iter()
        .any(|blocks| !blocks.is_empty())
}

fn is_empty(case: &Case) -> bool {
    !has_field(case) && case.extra.is_empty()
}
