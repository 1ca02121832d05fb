//! The account of a page's text: what became of every character of the article.

use ego_tree::NodeId;
use scraper::{ElementRef, Node};

use super::count::count;
use super::furniture;
use super::item::{Content, Flow};
use super::report::Reporter;
use crate::diagnostic::Diagnostic;
use crate::snapshot::Document;
use crate::text::one_line;

/// How many characters are shown of a text that is in no record.
const LONGEST: usize = 60;

/// What became of the characters of a page, or of several. White space and characters without
/// width do not count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Account {
    /// The characters of the articles and their titles.
    pub read: usize,
    /// Those that stand in a record.
    pub in_records: usize,
    /// Those that belong to the site: captions of buttons, names of icons.
    pub furniture: usize,
    /// Those that are neither; each is told in a warning.
    pub unaccounted: usize,
}

impl std::ops::AddAssign for Account {
    fn add_assign(&mut self, other: Self) {
        self.read += other.read;
        self.in_records += other.in_records;
        self.furniture += other.furniture;
        self.unaccounted += other.unaccounted;
    }
}

/// The characters of an article, counted apart from its reading.
#[derive(Debug)]
pub(super) struct Audit {
    read: usize,
    furniture: usize,
    /// The text that the reading did not come by and that is no furniture.
    unseen: Vec<(NodeId, String)>,
    /// How many characters pieces of the flow lack, and where.
    lost: Vec<(NodeId, usize)>,
}

impl Audit {
    /// Looks through the articles of a document, and its title, for what the flow has left out.
    pub(super) fn of(document: &Document, flow: &mut Flow) -> Self {
        let mut audit = Self {
            read: 0,
            furniture: flow.furniture,
            unseen: Vec::new(),
            lost: std::mem::take(&mut flow.lost),
        };
        let seen = std::mem::take(&mut flow.seen).sorted();
        for article in document.articles() {
            audit.look_through(article, &seen);
        }
        let is_inside = |title: &ElementRef<'_>| {
            let mut articles = document.articles();
            articles.any(|article| title.ancestors().any(|above| above.id() == article.id()))
        };
        let title = flow.title.as_ref().and_then(|title| title.node);
        let title = title.and_then(|title| document.element(title));
        if let Some(title) = title.filter(|title| !is_inside(title)) {
            audit.look_through(title, &seen);
        }
        audit
    }

    fn look_through(&mut self, element: ElementRef<'_>, seen: &[NodeId]) {
        for node in element.descendants() {
            let Node::Text(text) = node.value() else {
                continue;
            };
            let characters = count(text);
            self.read += characters;
            if characters == 0 || seen.binary_search(&node.id()).is_ok() {
                continue;
            }
            if furniture::is_inside(node) {
                self.furniture += characters;
            } else {
                self.unseen.push((node.id(), text.to_string()));
            }
        }
    }

    /// Reports what is in no record, under the headings of the flow.
    pub(super) fn report(&self, flow: &Flow, reporter: &mut Reporter<'_>) {
        let headings = flow.items.iter().filter_map(|item| match &item.content {
            Content::Heading(heading) => Some((item.node, heading.text.as_str())),
            _ => None,
        });
        let mut headings: Vec<(NodeId, &str)> = headings.collect();
        headings.sort_unstable();
        let heading_above = |node: NodeId| {
            let above = headings.partition_point(|(heading, _)| *heading < node);
            above.checked_sub(1).map(|index| headings[index].1)
        };
        for (node, text) in &self.unseen {
            reporter.enter_text(heading_above(*node));
            let text = one_line(text, LONGEST);
            let message = format!("the text “{text}” is in no record");
            reporter.report(unaccounted(message), *node);
        }
        for (node, characters) in &self.lost {
            reporter.enter_text(heading_above(*node));
            let message = format!("{characters} characters of what begins here are in no record");
            reporter.report(unaccounted(message), *node);
        }
        for (node, text) in &flow.hidden_codes {
            reporter.enter_text(heading_above(*node));
            let message = format!("the heading “{text}” is not read as a code");
            let finding = Diagnostic::warning("hidden-code", message)
                .note("it stands in a list, a table, a call-out or raw HTML, and is kept as their text")
                .help("if it is a code of this page, mend the snapshot and report the page");
            reporter.report(finding, *node);
        }
        reporter.enter_text(None);
    }

    /// The account of a page whose records were read from so many characters.
    pub(super) fn settle(&self, in_records: usize, reporter: &mut Reporter<'_>) -> Account {
        let unseen = self.unseen.iter().map(|(_, text)| count(text));
        let lost = self.lost.iter().map(|(_, characters)| *characters);
        let known = unseen.chain(lost).sum::<usize>();
        // What nothing above explains would be a mistake in the reading itself.
        let accounted = in_records + self.furniture + known;
        let unknown = self.read.abs_diff(accounted);
        if unknown > 0 {
            let message = format!("{unknown} characters of the page cannot be accounted for");
            reporter.report_page(unaccounted(message));
        }
        Account {
            read: self.read,
            in_records,
            furniture: self.furniture,
            unaccounted: known + unknown,
        }
    }
}

fn unaccounted(message: String) -> Diagnostic {
    Diagnostic::warning("unaccounted-text", message)
        .note("arkerr left it out of every record")
        .help("please report the page: no text should be lost")
}
