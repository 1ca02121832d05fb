//! Cases: the fields of a code, read block by block.

use super::label::{self, Label, Style};
use crate::catalog::{Block, Case};
use crate::problem::ParseProblem;

/// A case in the making.
#[derive(Debug, Default)]
pub(super) struct CaseBuilder {
    style: Style,
    pub(super) case: Case,
    /// The labels so far, as they are written, and what they name.
    labels: Vec<(String, Label)>,
    /// What is odd about the labels.
    pub(super) problems: Vec<ParseProblem>,
    /// Whether nothing has followed the last label yet.
    at_field_start: bool,
    /// Whether the field that is being read sets its own text in bold, so that a bold line in it
    /// is not a label.
    has_bold_text: bool,
}

impl CaseBuilder {
    pub(super) fn new(style: Style) -> Self {
        Self {
            style,
            ..Self::default()
        }
    }

    /// Adds a block: a label, or what a field says.
    pub(super) fn add(&mut self, block: Block) {
        if let Some((field, rest)) = label::split_label(&block) {
            self.begin(Label::Known(field), paragraph_text(&block));
            self.add_to_field(rest);
        } else if let Some(label) = self.label_in(&block) {
            self.begin(label, paragraph_text(&block));
        } else {
            let label = label::find_label(&block, Style::Bold);
            self.has_bold_text |= self.at_field_start && matches!(label, Some(Label::Other(_)));
            self.add_to_field(block);
        }
    }

    /// Begins the field that a label names. `text` is how the page writes the label.
    pub(super) fn begin(&mut self, label: Label, text: &str) {
        if self.has_field(&label) {
            let label = text.to_owned();
            self.problems.push(ParseProblem::RepeatedLabel { label });
        }
        self.at_field_start = true;
        self.has_bold_text = false;
        // An unknown label is kept even where nothing follows it: its text is nowhere else.
        label.blocks_in(&mut self.case);
        self.labels.push((text.to_owned(), label));
    }

    fn add_to_field(&mut self, block: Block) {
        self.at_field_start = false;
        if let Some(label) = label::doubtful(&block) {
            let label = label.to_owned();
            self.problems.push(ParseProblem::DoubtfulLabel { label });
        }
        // Text before the first label belongs to none.
        let none = Label::Other(String::new());
        let open = self.labels.last().map_or(&none, |(_, label)| label);
        open.blocks_in(&mut self.case).push(block);
    }

    fn label_in(&self, block: &Block) -> Option<Label> {
        let last = self.labels.last().and_then(|(_, label)| label.field());
        let is_after_known = self.at_field_start && last.is_some();
        match label::find_label(block, self.style) {
            // What is bold right below a label is what the field says, not one more label.
            Some(Label::Other(_)) if is_after_known || self.has_bold_text => None,
            // A label may have lost its bold; a word that says the same in a field has not.
            None if !is_after_known => {
                label::find_label(block, Style::Plain).filter(|label| !self.has_field(label))
            }
            label => label,
        }
    }

    /// Whether the field that a label names, if it is a known one, has begun before.
    fn has_field(&self, label: &Label) -> bool {
        let field = label.field();
        field.is_some() && self.labels.iter().any(|(_, own)| own.field() == field)
    }

    /// The labels that nothing follows.
    pub(super) fn empty_labels(&mut self) -> Vec<String> {
        let labels = self.labels.iter();
        let empty = labels.filter(|(_, label)| label.blocks_in(&mut self.case).is_empty());
        empty.map(|(text, _)| text.clone()).collect()
    }
}

fn paragraph_text(block: &Block) -> &str {
    match block {
        Block::Paragraph { text, .. } => text,
        _ => "",
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
