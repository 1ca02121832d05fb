//! Reporting: diagnostics about a page, each with its place and the heading it stands under.

use std::collections::HashMap;

use ego_tree::NodeId;

use super::item::Heading;
use crate::diagnostic::{Diagnostic, Place};
use crate::snapshot::Document;
use crate::text::one_line;

/// The most findings of one kind that are reported of a page.
const MAX_FINDINGS: usize = 100;

/// How many characters are shown of a heading.
const LONGEST: usize = 200;

/// Gathers the diagnostics about a page.
pub(super) struct Reporter<'a> {
    document: &'a Document,
    heading: Option<String>,
    counts: HashMap<&'static str, usize>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Reporter<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        Self {
            document,
            heading: None,
            counts: HashMap::new(),
            diagnostics: Vec::new(),
        }
    }

    /// Notes the heading that what follows stands under.
    pub(super) fn enter(&mut self, heading: &Heading) {
        self.enter_text(Some(&heading.text));
    }

    /// Notes that what follows stands under no heading, or under one of this text.
    pub(super) fn enter_text(&mut self, heading: Option<&str>) {
        self.heading = heading.map(|heading| one_line(heading, LONGEST));
    }

    pub(super) fn place(&self, node: NodeId) -> Place {
        self.document.place(node)
    }

    /// Reports a finding about the page as a whole.
    pub(super) fn report_page(&mut self, diagnostic: Diagnostic) {
        self.diagnostics
            .push(diagnostic.at(Place::file(&self.document.source)));
    }

    /// Reports a finding at a place.
    pub(super) fn report_at(&mut self, diagnostic: Diagnostic, place: Place) {
        self.diagnostics.push(diagnostic.at(place));
    }

    /// Reports a finding about a node. On a page that is wrong from end to end, the first few
    /// findings of a kind say it all.
    pub(super) fn report(&mut self, diagnostic: Diagnostic, node: NodeId) {
        let count = self.counts.entry(diagnostic.id).or_default();
        *count += 1;
        match *count {
            ..=MAX_FINDINGS => {
                let diagnostic = diagnostic.at(self.document.place(node));
                self.diagnostics.push(match &self.heading {
                    Some(heading) => diagnostic.note(format!("under the heading “{heading}”")),
                    None => diagnostic,
                });
            }
            count if count == MAX_FINDINGS + 1 => {
                let more = Diagnostic {
                    message: "the page has more of these than are shown".to_owned(),
                    notes: Vec::new(),
                    help: None,
                    ..diagnostic
                };
                self.report_page(more);
            }
            _ => {}
        }
    }

    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        self.diagnostics.sort_by_key(Diagnostic::position);
        self.diagnostics
    }
}
