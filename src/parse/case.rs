//! Cases: the fields of a code, read block by block.

use super::label::{self, Label, Style};
use crate::catalog::{Block, Case};

/// What is odd about a label of a case, with the label as it is written.
#[derive(Debug)]
pub(super) enum Oddity {
    /// It stands there a second time, so that a heading between the two may be missing.
    Repeated(String),
    /// A text begins with it, and is not read as a label.
    Doubtful(String),
}

/// Reads the blocks of a case into its fields.
#[derive(Debug, Default)]
pub(super) struct CaseReader {
    style: Style,
    case: Case,
    /// The label that was read last; none before the first.
    label: Option<Label>,
    /// The labels that were read, as they are written, and what they name.
    labels: Vec<(String, Label)>,
    /// What is odd about the labels.
    oddities: Vec<Oddity>,
    /// Whether nothing has followed the last label yet.
    at_field_start: bool,
    /// Whether the field that is being read sets its own text in bold, so that a bold line in it
    /// is no label.
    has_bold_text: bool,
}

impl CaseReader {
    pub(super) fn new(style: Style) -> Self {
        Self {
            style,
            ..Self::default()
        }
    }

    /// Reads a block: a label, or what a field says.
    pub(super) fn read(&mut self, block: Block) {
        if let Some((label, rest)) = label::split(&block) {
            let text = label_text(&block);
            self.begin(label, &text);
            return self.push(rest);
        }
        match self.label_in(&block) {
            Some(label) => self.begin(label, &label_text(&block)),
            None => {
                self.has_bold_text |= self.at_field_start
                    && label::read(&block, Style::Bold).is_some_and(|label| !label.is_known());
                self.push(block);
            }
        }
    }

    /// Begins the field that a label names. `text` is how the page writes the label.
    pub(super) fn begin(&mut self, label: Label, text: &str) {
        if label.is_known() && self.has(&label) {
            self.oddities.push(Oddity::Repeated(text.to_owned()));
        }
        self.at_field_start = true;
        self.has_bold_text = false;
        self.labels.push((text.to_owned(), label.clone()));
        // An unknown label is kept even where nothing follows it: its text is nowhere else.
        field(&mut self.case, &label);
        self.label = Some(label);
    }

    fn push(&mut self, block: Block) {
        self.at_field_start = false;
        if let Some(label) = label::doubtful(&block) {
            self.oddities.push(Oddity::Doubtful(label.to_owned()));
        }
        // Text before the first label belongs to none.
        let none = Label::Other(String::new());
        let label = self.label.as_ref().unwrap_or(&none);
        field(&mut self.case, label).push(block);
    }

    fn label_in(&self, block: &Block) -> Option<Label> {
        let is_after_known =
            self.at_field_start && self.label.as_ref().is_some_and(Label::is_known);
        match label::read(block, self.style) {
            Some(label) if label.is_known() => Some(label),
            // What is bold right below a label is what the field says, not one more label.
            Some(_) if is_after_known || self.has_bold_text => None,
            Some(label) => Some(label),
            // A label may have lost its bold; a word that says the same in a field has not.
            None if is_after_known => None,
            None => label::read(block, Style::Plain).filter(|label| !self.has(label)),
        }
    }

    fn has(&self, label: &Label) -> bool {
        let mut fields = self.labels.iter().filter_map(|(_, label)| label.field());
        fields.any(|field| Some(field) == label.field())
    }

    /// The case, the labels that nothing follows, and what is odd about others.
    pub(super) fn finish(mut self) -> (Case, Vec<String>, Vec<Oddity>) {
        let mut empty = Vec::new();
        for (text, label) in &self.labels {
            if field(&mut self.case, label).is_empty() {
                empty.push(text.clone());
            }
        }
        (self.case, empty, self.oddities)
    }
}

fn label_text(block: &Block) -> String {
    match block {
        Block::Paragraph { text, .. } => text.clone(),
        _ => String::new(),
    }
}

fn field<'a>(case: &'a mut Case, label: &Label) -> &'a mut Vec<Block> {
    match label {
        Label::Known(field, _) => field.of(case),
        Label::Other(name) => case.extra.entry(name.clone()).or_default(),
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
