//! Findings: the problems of a page, each with its place and the heading above it.

use std::collections::HashMap;
use std::mem::{Discriminant, discriminant};

use ego_tree::NodeId;

use super::item::{Content, Item};
use crate::problem::{Diagnostic, Locate as _, ParseProblem, Place};
use crate::snapshot::Document;
use crate::text::one_line;

/// The most findings of one kind that are reported of a page.
const MAX_FINDINGS: usize = 100;

/// How many characters are shown of a heading.
const LONGEST: usize = 200;

/// Gathers the problems of a page.
pub(super) struct Findings<'a> {
    document: &'a Document,
    /// The headings of the article, in their order.
    headings: Vec<(NodeId, String)>,
    counts: HashMap<Discriminant<ParseProblem>, usize>,
    found: Vec<(Option<NodeId>, Diagnostic)>,
}

impl<'a> Findings<'a> {
    /// No findings yet, about the document that has these items.
    pub(super) fn new(document: &'a Document, items: &[Item]) -> Self {
        let heading = |item: &Item| match &item.content {
            Content::Heading(heading) => Some((item.node, one_line(&heading.text, LONGEST))),
            _ => None,
        };
        let mut headings: Vec<_> = items.iter().filter_map(heading).collect();
        headings.sort_unstable();
        Self {
            document,
            headings,
            counts: HashMap::new(),
            found: Vec::new(),
        }
    }

    pub(super) fn place(&self, node: NodeId) -> Place {
        self.document.place(node)
    }

    /// Adds a problem of the page as a whole.
    pub(super) fn add_to_page(&mut self, problem: ParseProblem) {
        let found = problem.at_file(&self.document.source);
        self.found.push((None, found));
    }

    /// Adds a problem of a node. On a page that is wrong from end to end, the first few of a kind
    /// say it all.
    pub(super) fn add(&mut self, problem: ParseProblem, node: NodeId) {
        let count = self.counts.entry(discriminant(&problem)).or_default();
        *count += 1;
        if *count > MAX_FINDINGS {
            if *count == MAX_FINDINGS + 1 {
                self.add_to_page(ParseProblem::More(Box::new(problem)));
            }
            return;
        }
        let mut found = problem.at(self.place(node));
        let is_above = |heading: &&(NodeId, String)| heading.0 <= node;
        if let Some((_, heading)) = self.headings.iter().rfind(is_above) {
            found = found.note(format!("under the heading “{heading}”"));
        }
        self.found.push((Some(node), found));
    }

    /// All findings in the order of the page, those of the page as a whole first.
    pub(super) fn in_order(mut self) -> Vec<Diagnostic> {
        self.found.sort_by_key(|(node, _)| *node);
        self.found.into_iter().map(|(_, found)| found).collect()
    }
}
