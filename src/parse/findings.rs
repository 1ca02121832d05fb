//! Findings: the problems of a page, each with its place and the heading above it.

use std::collections::HashMap;
use std::mem::discriminant;

use ego_tree::NodeId;

use super::section::{Heading, Section};
use crate::problem::{Diagnostic, Locate as _, ParseProblem};
use crate::snapshot::Document;
use crate::text::one_line;

/// The most findings of one kind that are reported of a page. On a page that is wrong from end to
/// end, the first few of a kind say it all.
const MAX_FINDINGS: usize = 100;

/// How many characters are shown of a heading.
const LONGEST: usize = 200;

/// A problem of a node.
pub(super) type Finding = (NodeId, ParseProblem);

/// The problems of a page as a whole, and then the others in the order of the page.
pub(super) fn diagnose(
    document: &Document,
    sections: &[Section],
    of_page: Vec<ParseProblem>,
    mut findings: Vec<Finding>,
) -> Vec<Diagnostic> {
    findings.sort_by_key(|(node, _)| *node);
    let mut headings: Vec<&Heading> = sections.iter().map(|section| &section.heading).collect();
    headings.sort_unstable_by_key(|heading| heading.node);
    let mut counts = HashMap::new();
    let (mut others, mut of_nodes) = (Vec::new(), Vec::new());
    for (node, problem) in findings {
        let count = counts.entry(discriminant(&problem)).or_insert(0);
        *count += 1;
        if *count <= MAX_FINDINGS {
            let above = headings.partition_point(|heading| heading.node <= node);
            let mut found = problem.at(document.place(node));
            if let Some(heading) = headings[..above].last() {
                let text = one_line(&heading.text, LONGEST);
                found = found.note(format!("under the heading “{text}”"));
            }
            of_nodes.push(found);
        } else if *count == MAX_FINDINGS + 1 {
            others.push(ParseProblem::More(Box::new(problem)));
        }
    }
    let of_page = others.into_iter().chain(of_page);
    let of_page = of_page.map(|problem| problem.at_file(&document.source));
    of_page.chain(of_nodes).collect()
}
