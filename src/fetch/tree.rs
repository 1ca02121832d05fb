//! The tree of the site's pages, and those among them that have error codes.
//!
//! Its shape is known from others who read it: `value.catalogTreeList` is a list of nodes with a
//! name, perhaps a page (`relateDocument`), and perhaps `children`.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::failure::answer;
use crate::budget::Budget;
use crate::catalog::NODE;
use crate::config::is_page_name;
use crate::file::without_mark;
use crate::problem::{Failure, FetchProblem, Locate as _, Report};
use crate::text::one_line;

/// The pages with error codes that the tree of the site has.
#[derive(Debug, Default)]
pub struct Tree {
    /// The pages, in the order of the tree.
    pub pages: Vec<FoundPage>,
    /// Warnings about pages that cannot be fetched.
    pub warnings: Report,
    /// How many nodes the tree has.
    pub nodes: usize,
    /// How many pages with error codes the site hides, or has in a part that it hides.
    pub hidden: usize,
}

/// A page with error codes, as the tree has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FoundPage {
    /// What the site calls the page.
    pub id: String,
    /// What the page is called in the tree.
    pub title: String,
    /// The kit that the page belongs to: the page itself where it is called one, or else the
    /// innermost such node above it.
    pub kit: Option<String>,
    /// The names of the nodes above it, the outermost first.
    pub path: Vec<String>,
}

impl FoundPage {
    /// The innermost node above the page that is called a kit.
    pub(crate) fn kit_above(&self) -> Option<&str> {
        let names = self.path.iter().map(String::as_str);
        names.rev().find(|name| is_kit(name))
    }
}

#[derive(Deserialize)]
struct Answer {
    value: AnswerValue,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AnswerValue {
    catalog_tree_list: Vec<Node>,
}

/// A node of the tree. How the site writes a flag is not documented.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Node {
    node_name: Option<String>,
    relate_document: Option<String>,
    #[serde(default)]
    real_hided: Value,
    children: Option<Vec<Node>>,
}

impl Node {
    fn name(&self) -> &str {
        self.node_name.as_deref().unwrap_or_default().trim()
    }

    /// What the site calls its page; empty where it has none.
    fn page(&self) -> &str {
        self.relate_document.as_deref().unwrap_or_default().trim()
    }

    fn is_hidden(&self) -> bool {
        let flag = self.real_hided.to_string();
        matches!(flag.trim_matches('"'), "1" | "true")
    }

    /// Whether it is a page with error codes, by its names.
    fn has_error_codes(&self) -> bool {
        let name = self.name().to_lowercase();
        let page = self.page().to_lowercase().replace(['-', '_'], "");
        let is_named = name.contains("错误码") || name.contains("error code");
        let is_called = page.contains("errorcode") || page.contains("errcode");
        !page.is_empty() && (is_named || is_called)
    }
}

/// Finds the pages with error codes in an answer.
pub(super) fn find_pages(bytes: &[u8]) -> Result<Tree, Failure> {
    let text = String::from_utf8_lossy(bytes);
    let found: Answer = serde_json::from_str(without_mark(&text)).map_err(|error| {
        answer("the answer has no list of pages")
            .note(error.to_string())
            .help("see that `catalog` in the table `[fetch]` of arkerr.toml is right; the site may also have changed its API")
    })?;
    let mut tree = Tree::default();
    let budget = Budget::of_text(bytes.len());
    tree.add(
        &found.value.catalog_tree_list,
        &mut Vec::new(),
        false,
        &budget,
    );
    if budget.is_exceeded() {
        let limit = budget.limit();
        return Err(
            answer(format!("the list of pages makes more than {limit} bytes"))
                .note("each page has the names of all that it is below, and some of these are long")
                .help("try again later; the site may also have changed its API"),
        );
    }
    let mut seen = HashSet::new();
    tree.pages.retain(|page| seen.insert(page.id.clone()));
    Ok(tree)
}

impl Tree {
    /// Adds the pages of some nodes and of those in them. serde_json limits how deep they are.
    fn add(&mut self, nodes: &[Node], path: &mut Vec<String>, is_hidden: bool, budget: &Budget) {
        for node in nodes {
            self.nodes += 1;
            let is_hidden = is_hidden || node.is_hidden();
            let names = path.iter().map(|name| NODE + name.len());
            if node.has_error_codes() && budget.spend(names.sum()) {
                self.add_page(node, path, is_hidden);
            }
            path.push(node.name().to_owned());
            self.add(
                node.children.as_deref().unwrap_or_default(),
                path,
                is_hidden,
                budget,
            );
            path.pop();
        }
    }

    fn add_page(&mut self, node: &Node, path: &[String], is_hidden: bool) {
        if is_hidden {
            self.hidden += 1;
        } else if is_page_name(node.page()) {
            let (id, title) = (node.page().to_owned(), node.name().to_owned());
            let kit = path.iter().chain([&title]).rfind(|name| is_kit(name));
            self.pages.push(FoundPage {
                kit: kit.cloned(),
                id,
                title,
                path: path.to_vec(),
            });
        } else {
            let [name, title] = [node.page(), node.name()].map(|text| one_line(text, 80));
            self.warnings
                .push(FetchProblem::BadNameInList { name, title }.nowhere());
        }
    }
}

/// Whether a node is called a kit: `Scan Kit（统一扫码服务）`.
fn is_kit(name: &str) -> bool {
    name.split(|c: char| !c.is_ascii_alphanumeric())
        .any(|word| word == "Kit")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn tree(list: &Value) -> Tree {
        let answer = json!({"code": 0, "value": {"catalogTreeList": list}});
        find_pages(answer.to_string().as_bytes()).expect("there is a list")
    }

    fn ids(tree: &Tree) -> Vec<&str> {
        tree.pages.iter().map(|page| page.id.as_str()).collect()
    }

    #[test]
    fn pages_with_error_codes_are_found_with_their_kits() {
        let tree = tree(&json!([
            {"nodeId": "1", "nodeName": "媒体", "relateDocument": "media", "children": [
                {"nodeId": "2", "nodeName": "Scan Kit（统一扫码服务）", "parent": "1", "children": [
                    {"nodeId": "3", "nodeName": "ArkTS API错误码", "relateDocument": "errorcode-scan"},
                    {"nodeId": "4", "nodeName": "扫码", "relateDocument": "scan-api", "children": null},
                ]},
            ]},
            {"nodeId": 5, "nodeName": "Universal Error Codes", "relateDocument": "universal"},
            {"nodeId": 6, "nodeName": "REST", "relateDocument": "restapi_errcode"},
            {"nodeId": 7, "nodeName": "错误码"},
            {"nodeId": 8, "nodeName": "REST", "relateDocument": "restapi_errcode"},
        ]));
        assert_eq!(
            ids(&tree),
            ["errorcode-scan", "universal", "restapi_errcode"]
        );
        assert_eq!(tree.pages[0].path, ["媒体", "Scan Kit（统一扫码服务）"]);
        assert_eq!(tree.pages[0].title, "ArkTS API错误码");
        assert_eq!(
            tree.pages[0].kit.as_deref(),
            Some("Scan Kit（统一扫码服务）")
        );
        assert_eq!(tree.pages[1].kit, None);
        assert_eq!((tree.nodes, tree.hidden), (8, 0));
    }

    #[test]
    fn hidden_pages_are_counted_and_not_listed() {
        let tree = tree(&json!([
            {"nodeName": "错误码", "relateDocument": "a", "realHided": 1},
            {"nodeName": "old", "realHided": "1", "children": [
                {"nodeName": "错误码", "relateDocument": "b", "realHided": 0},
            ]},
            {"nodeName": "错误码", "relateDocument": "c", "realHided": false},
        ]));
        assert_eq!((ids(&tree), tree.hidden), (vec!["c"], 2));
    }

    #[test]
    fn names_that_lead_elsewhere_are_not_listed() {
        let long = "错误码".repeat(1_000);
        let pages = [
            "../x",
            "/etc/passwd",
            "a\nb",
            long.as_str(),
            "C:\\x",
            "fine",
        ];
        let list = pages.map(|page| json!({"nodeName": "错误码", "relateDocument": page}));
        let tree = tree(&json!(list));
        assert_eq!(ids(&tree), ["fine"]);
        let warnings = tree.warnings.diagnostics();
        assert_eq!(warnings.len(), 5);
        assert!(
            warnings
                .iter()
                .all(|found| found.describe().message.len() < 400)
        );
    }

    #[test]
    fn names_above_many_pages_are_not_long() {
        let pages = |count| -> Vec<Value> {
            let page = |page| json!({"nodeName": "错误码", "relateDocument": format!("p{page}")});
            (0..count).map(page).collect()
        };
        let answer = |count| {
            let nodes = json!([{"nodeName": "Scan Kit".repeat(1_000), "children": pages(count)}]);
            let answer = json!({"value": {"catalogTreeList": nodes}});
            find_pages(answer.to_string().as_bytes()).map_err(|failure| failure.cause)
        };
        assert_eq!(answer(400).map(|tree| tree.pages.len()), Ok(400));
        let refusal = answer(600).map(|tree| tree.pages.len());
        let cause = "the list of pages makes more than 4194304 bytes".to_owned();
        assert_eq!(refusal, Err(cause));
    }

    #[test]
    fn an_answer_without_a_list_is_rejected() {
        let deep = format!("{{\"value\":{}1{}}}", "[".repeat(1_000), "]".repeat(1_000));
        for answer in [
            "{}",
            r#"{"value":null}"#,
            r#"{"value":{"catalogTreeList":{}}}"#,
            "<",
            &deep,
        ] {
            let failure = find_pages(answer.as_bytes()).expect_err("there is no list");
            assert_eq!(failure.cause, "the answer has no list of pages", "{answer}");
        }
    }

    proptest! {
        #[test]
        fn listed_names_are_safe(
            names in prop::collection::vec("(错误码|errorcode|\\.\\./x|[a-c]|\u{7}){0,3}", 0..6),
            text: String,
        ) {
            let nodes: Vec<Value> = names
                .iter()
                .map(|name| json!({"nodeName": "错误码", "relateDocument": name}))
                .collect();
            let tree = tree(&json!([{"nodeName": "Scan Kit", "children": nodes}]));
            for page in &tree.pages {
                prop_assert!(is_page_name(&page.id));
            }
            let _ = find_pages(text.as_bytes());
        }
    }
}
