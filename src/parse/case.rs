//! Cases: the fields of a code, read block by block.

use super::label::{self, Label, Style};
use super::section::Section;
use crate::catalog::{Block, Case};
use crate::problem::ParseProblem;

/// A case in the making.
#[derive(Debug, Default)]
pub(super) struct CaseBuilder {
    style: Style,
    pub(super) case: Case,
    /// The labels so far.
    labels: Vec<Label>,
    /// What is odd about the labels.
    pub(super) problems: Vec<ParseProblem>,
    /// Whether nothing has followed the last label yet.
    at_field_start: bool,
    /// Whether the field that is being read sets its own text in bold, so that a bold line in it
    /// is not a label.
    has_bold_text: bool,
}

/// The cases of a code: the first is that of its own section, each other has a section below.
/// Takes the blocks out of the sections.
pub(super) fn cases_of(sections: &mut [Section], style: Style) -> Vec<CaseBuilder> {
    let new_case = || CaseBuilder {
        style,
        ..CaseBuilder::default()
    };
    let mut cases = Vec::new();
    let mut open = new_case();
    for (index, section) in sections.iter_mut().enumerate() {
        let title = &section.heading.text;
        if index == 0 {
            open.case.devices.clear();
        } else if let Some(label) = Label::known(title) {
            open.begin(label);
            open.case.devices.append(&mut section.body.devices);
        } else {
            cases.push(std::mem::replace(&mut open, new_case()));
            open.case.title = Some(title.clone());
            open.case.devices = section.devices();
        }
        for (_, block) in section.body.blocks.drain(..) {
            open.add(block);
        }
    }
    cases.push(open);
    cases
}

impl CaseBuilder {
    /// Adds a block: a label, or what a field says.
    fn add(&mut self, block: Block) {
        if let Some((field, rest)) = label::split_label(&block)
            && let Block::Paragraph { text, .. } = block
        {
            let field = Some(field);
            self.begin(Label { field, text });
            self.add_to_field(rest);
        } else if let Some(label) = self.label_in(&block) {
            self.begin(label);
        } else {
            self.add_to_field(block);
        }
    }

    /// Begins the field that a label names.
    fn begin(&mut self, label: Label) {
        if self.has_field(&label) {
            let label = label.text.clone();
            self.problems.push(ParseProblem::RepeatedLabel { label });
        }
        self.at_field_start = true;
        self.has_bold_text = false;
        // An unknown label is kept even where nothing follows it: its text is nowhere else.
        label.blocks_in(&mut self.case);
        self.labels.push(label);
    }

    fn add_to_field(&mut self, block: Block) {
        self.at_field_start = false;
        if let Some(label) = label::doubtful(&block) {
            let label = label.to_owned();
            self.problems.push(ParseProblem::DoubtfulLabel { label });
        }
        // Text before the first label belongs to none.
        let none = Label::default();
        let open = self.labels.last().unwrap_or(&none);
        open.blocks_in(&mut self.case).push(block);
    }

    fn label_in(&mut self, block: &Block) -> Option<Label> {
        let last = self.labels.last().and_then(|label| label.field);
        let is_after_known = self.at_field_start && last.is_some();
        match label::find_label(block, self.style) {
            // What is bold right below a label is what the field says, not one more label.
            Some(label) if label.field.is_none() && (is_after_known || self.has_bold_text) => {
                self.has_bold_text = true;
                None
            }
            // A label may have lost its bold; a word that says the same in a field has not.
            None if !is_after_known => {
                label::find_label(block, Style::Plain).filter(|label| !self.has_field(label))
            }
            label => label,
        }
    }

    /// Whether the field that a label names, if it is a known one, has begun before.
    fn has_field(&self, label: &Label) -> bool {
        let mut labels = self.labels.iter();
        label.field.is_some() && labels.any(|own| own.field == label.field)
    }

    /// The labels that nothing follows.
    pub(super) fn empty_labels(&mut self) -> Vec<String> {
        let labels = self.labels.iter();
        let empty = labels.filter(|label| label.blocks_in(&mut self.case).is_empty());
        empty.map(|label| label.text.clone()).collect()
    }
}

/// Whether a case has any of the four fields.
pub(super) fn has_field(case: &Case) -> bool {
    case.fields().iter().any(|blocks| !blocks.is_empty())
}

/// Whether a case says nothing at all.
pub(super) fn is_empty(case: &Case) -> bool {
    !has_field(case) && case.extra.is_empty()
}
