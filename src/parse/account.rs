//! The account of a page's text: what became of every character of the article.

use scraper::Node;

use super::boilerplate;
use super::flow::Flow;
use super::inline::count_visible;
use crate::problem::ParseProblem;
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
    /// Those that are in a record.
    pub in_records: usize,
    /// Those that belong to the site: captions of buttons, names of icons.
    pub furniture: usize,
    /// Those that are neither; each text of them is reported in a warning.
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

/// Looks through the articles of a document for text that the flow did not visit, and reports it.
pub(super) fn audit(document: &Document, flow: &mut Flow) {
    let account = &mut flow.account;
    let nodes = document
        .articles()
        .flat_map(|article| article.descendants());
    for node in nodes.filter(|node| !flow.visited.contains(&node.id())) {
        let Node::Text(text) = node.value() else {
            continue;
        };
        let characters = count_visible(text);
        if characters == 0 {
            continue;
        }
        account.read += characters;
        if boilerplate::is_inside(node) {
            account.furniture += characters;
        } else {
            account.unaccounted += characters;
            let text = one_line(text, LONGEST);
            let problem = ParseProblem::UnaccountedText { text };
            flow.findings.push((node.id(), problem));
        }
    }
    let others = account.furniture + account.unaccounted;
    account.in_records = account.read.saturating_sub(others);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::parse::parse_html;

    fn elements() -> impl Strategy<Value = String> {
        let boilerplate = "<div class=anchor-list-box>词</div>";
        let leaf = prop::sample::select(vec!["词", "词 词", "<br>", boilerplate]);
        leaf.prop_map(str::to_owned)
            .prop_recursive(4, 30, 5, |inner| {
                let names = prop::sample::select(vec![
                    "p",
                    "div",
                    "ul",
                    "li",
                    "table",
                    "tr",
                    "td",
                    "th",
                    "blockquote",
                    "h2",
                    "h3",
                    "span",
                ]);
                let inner = prop::collection::vec(inner, 0..5);
                (names, inner)
                    .prop_map(|(name, inner)| format!("<{name}>{}</{name}>", inner.concat()))
            })
    }

    proptest! {
        #[test]
        fn what_was_visited_is_in_the_records(html in elements()) {
            let parsed = parse_html(&format!("<h1>词</h1>{html}"));
            let page = serde_json::to_string(&parsed.page).expect("a page is JSON");
            prop_assert_eq!(page.matches('词').count(), parsed.account.in_records);
            prop_assert_eq!(parsed.account.unaccounted, 0);
        }
    }
}
